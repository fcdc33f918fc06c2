package tui

import (
	"context"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// todayRegisters are those of which today's lines are made: those counted, those
// looked through for who is to be visited, and those with dates to watch.
func todayRegisters(s *model.Schema) []string {
	out := []string{model.Activity.Key, model.Visit.Key, model.Issue.Key, model.Catalogue.Key,
		model.Person.Key, model.Household.Key, model.Round.Key, model.Org.Key, model.Meeting.Key}
	for _, reg := range s.Registers {
		if reg.Due != nil {
			out = append(out, reg.Key)
		}
	}
	return out
}

// todayRead is what the home screen reads of the ledger.
type todayRead struct {
	day      model.Date
	todo     []export.Todo
	occasion model.Occasion // people are visited for now; zero: none
	cov      *model.Coverage
	care     *model.Coverage // of those to be seen every month
	month    [2]*model.Figures
	yearAgo  []yearAgo
	drafts   []db.Draft
}

// yearAgo is something done a year before.
type yearAgo struct {
	id, title string
	reg       *model.Register
	date      model.Date
}

// mostYearAgo bounds what is recalled of last year.
const mostYearAgo = 4

// mostOfKind is how many of one kind stand on the list before the rest is kept
// behind a line that opens it, so that nothing else is pushed out of sight.
const mostOfKind = 3

// readToday reads what today brings. It costs what lies in the windows it looks
// through and the people on file, and runs only when something of it changed.
func (s *session) readToday() (t todayRead, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), scanPatience)
	defer cancel()
	src, err := s.source(ctx)
	if err != nil {
		return t, err
	}
	c := src.Context()
	t.day = c.Today()
	if t.todo, err = export.Today(src, s.lang); err != nil {
		return t, err
	}
	month := model.MonthOf(t.day)
	for i, p := range []model.Period{month, month.LastYear()} {
		if t.month[i], err = export.Figures(src, p, model.Activity.Key, model.Visit.Key, model.Issue.Key); err != nil {
			return t, err
		}
	}
	if t.occasion, err = comingOccasion(src, t.day); err != nil {
		return t, err
	}
	covs, err := export.Coverages(src, model.NewCoverageQuery(t.occasion, 0, t.day), model.NewCoverageQuery(model.Occasion{}, model.SpecialCareDays, t.day))
	if err != nil {
		return t, err
	}
	t.cov, t.care = covs[0], covs[1]
	records, err := s.ledger.YearAgo(ctx, t.day, mostYearAgo, model.Activity.Key)
	if err != nil {
		return t, err
	}
	for _, r := range records {
		t.yearAgo = append(t.yearAgo, yearAgo{r.ID, clean(model.TitleIn(c.Title(r), s.lang)), r.Register, r.Date()})
	}
	return t, src.Err()
}

// entries are today's lines: what is overdue first, then what is due, who is
// still to be visited, drafts, the month, a year ago.
func (t *todayRead) entries(s *session, whole bool) []entry {
	var out []entry
	if t.day.IsZero() { // not read yet
		return nil
	}
	for _, d := range t.drafts {
		if open := draftForm(s, d); open != nil {
			out = append(out, entry{tag: words.DraftTag, words: draftLine(s, d), extra: d.At.In(model.Zone).Format("01-02 15:04"), open: open})
		}
	}
	shown, held := map[string]int{}, 0
	for _, d := range t.todo {
		if shown[d.Register.Key]++; shown[d.Register.Key] > mostOfKind && !whole {
			held++
			continue
		}
		out = append(out, entry{tag: d.Tag, words: dueLine(d), extra: d.Clock.In(s.lang), late: d.Late, open: openTodo(d)})
	}
	if held > 0 {
		out = append(out, entry{tag: words.MoreTag, words: model.Sayf(words.TodayMore.ZH, words.TodayMore.EN, held)})
	}
	if n := t.cov.Households; n.Planned > 0 && n.Reached < n.Planned {
		o := t.occasion
		out = append(out, entry{tag: words.VisitTag, words: model.Sayf(words.TodayVisits.ZH, words.TodayVisits.EN, o.String(), n.Planned, n.Planned-n.Reached),
			extra: n.Percent(), open: func(s *session) screen { return gridOf(s, o) }})
	}
	if n := t.care.Persons; n.Reached < n.Planned {
		out = append(out, entry{tag: words.VisitTag, words: model.Sayf(words.TodayCare.ZH, words.TodayCare.EN, n.Planned, model.SpecialCareDays, n.Planned-n.Reached),
			extra: n.Percent(), open: func(s *session) screen { return gridOf(s, routine(t.day)) }})
	}
	out = append(out, t.monthEntries()...)
	for _, y := range t.yearAgo {
		out = append(out, entry{tag: words.YearAgoTag, words: model.W(y.title, y.title), extra: y.date.String(),
			open: func(*session) screen { return newDetail(y.reg, y.id) }})
	}
	return out
}

// dueLine says whose it is, what is to be done, and about what.
func dueLine(d export.Todo) model.Words {
	who := model.W(d.WhoName, d.WhoName)
	if d.Mine {
		who = words.Mine
	}
	if who.ZH == "" {
		return model.Sayf(words.DueLine.ZH, words.DueLine.EN, d.Words, d.Text)
	}
	return model.Sayf(words.DueLineOf.ZH, words.DueLineOf.EN, who, d.Words, d.Text)
}

// routine is the occasion of visits for no occasion.
func routine(day model.Date) model.Occasion {
	return model.Occasion{Name: model.RoutineVisit, Year: int(day.Year)}
}

// monthEntries set this month beside the same month of last year.
func (t *todayRead) monthEntries() []entry {
	now, then := t.month[0], t.month[1]
	month := span{kind: byMonth, period: model.MonthOf(t.day)}
	line := func(reg *model.Register, text, before model.Words) entry {
		return entry{tag: words.MonthTag, words: model.Sayf(words.TodayMonth.ZH, words.TodayMonth.EN, text, before), open: func(s *session) screen {
			l := newList(s, s.latest(reg))
			l.span = month
			return l
		}}
	}
	count := func(w, short model.Words, args func(*model.Figures) []any) (model.Words, model.Words) {
		return model.Sayf(w.ZH, w.EN, args(now)...), model.Sayf(short.ZH, short.EN, args(then)...)
	}
	var out []entry
	text, before := count(words.CountActivities, words.ThenActivities, func(f *model.Figures) []any { return []any{f.Activity.Events, f.Activity.Attendances} })
	out = append(out, line(model.Activity, text, before))
	text, before = count(words.CountVisits, words.ThenVisits, func(f *model.Figures) []any { return []any{f.Visit.HouseholdVisits, f.Visit.Amount.Text()} })
	out = append(out, line(model.Visit, text, before))
	text, before = count(words.CountIssues, words.ThenIssues, func(f *model.Figures) []any { return []any{issueCount(f)} })
	return append(out, line(model.Issue, text, before))
}

// issueCount is the disclosures of all classes.
func issueCount(f *model.Figures) (n int64) {
	for _, c := range f.Disclosure.ByClass {
		n += c
	}
	return n
}

// openTodo opens what a line of today is about: the screen on which it stands, the
// record, or the form of a disclosure that was not begun.
func openTodo(d export.Todo) func(*session) screen {
	if open := views[d.View]; open != nil {
		return func(s *session) screen {
			on := open(s)
			if f, ok := on.(focuser); ok {
				f.focus(d)
			}
			return on
		}
	}
	if d.Record != nil {
		return func(s *session) screen { return newDetail(d.Record.Register, d.Record.ID) }
	}
	return func(*session) screen { return beginIssue(d.Slot, "") }
}
