package model

import (
	"cmp"
	"slices"
)

// The clock of disclosure (domain.md §8.4): which periods of which items are
// due when, and how far each is.

// cadenceMonths is how many months a period of a cadence has; a cadence that
// is not here has none, its issues come with the event. 长期 is looked at once
// a year.
var cadenceMonths = map[string]int{"月": 1, "2月": 2, "季": 3, "半年": 6, "年": 12, "长期": 12}

// Expected lists the periods of a catalogue item that end in the span, oldest
// first. Months are counted from the item's first month 起算月. A period of
// which the item was not in force to its end is not expected; neither is
// anything of an item for named events.
func Expected(item *Record, span Period) []PeriodKey {
	n := cadenceMonths[CatalogueCadence.Of(item)]
	if n == 0 || span.IsZero() || item.State != Final {
		return nil
	}
	anchor := max(1, int(CatalogueAnchor.Of(item)))
	// The first month, counted from year 0, that is a whole number of periods
	// from the anchor and not before the one a period earlier than the span.
	at := (int(span.From.Year)-2)*12 + anchor - 1
	var out []PeriodKey
	for ; ; at += n {
		key := monthsKey(at/12, at%12+1, n)
		p := key.Span()
		switch {
		case p.IsZero() || p.To.After(span.To):
			return out
		case p.To.Before(span.From), p.To.Before(inForceFrom(item)),
			CatalogueTo.Has(item) && p.To.After(CatalogueTo.Of(item).Last()):
			continue
		}
		out = append(out, key)
	}
}

// inForceFrom is the first day of an item: what the catalogue says, else the
// day on which it was entered, since nobody owes what was never decided.
func inForceFrom(item *Record) Date {
	if CatalogueFrom.Has(item) {
		return CatalogueFrom.Of(item).First()
	}
	if item.Created.At.IsZero() {
		return Date{}
	}
	return DateOf(item.Created.At)
}

// GraceDays is how many days after its period an item is due; 15 unless the
// catalogue says otherwise.
func GraceDays(item *Record) int {
	if item != nil && CatalogueGraceDays.Has(item) {
		return int(CatalogueGraceDays.Of(item))
	}
	return 15
}

// Slot is one item in one period: what the office owes the public.
type Slot struct {
	Item   *Record // nil where the catalogue has it no more
	Period PeriodKey
	Due    Date
	Issue  *Record // the issue that stands for it now; nil: not begun
	State  string  // of the issue, by the day of the board; 未起草 when not begun
	Posted Date    // when it was first made public; zero: not yet
	Event  bool    // comes with an event, by no cadence: expected once it is there
	Last   *Record // the issue of the item before it, whose text is carried forward; nil: none
}

// OnTime reports whether it was made public on or before the day it was due.
func (s *Slot) OnTime() bool { return !s.Posted.IsZero() && !s.Posted.After(s.Due) }

// DaysLeft is how many days are left until it is due, negative once overdue.
func (s *Slot) DaysLeft(on Date) int { return on.DaysUntil(s.Due) }

// Overdue reports whether it should be public by now and is not.
func (s *Slot) Overdue(on Date) bool { return s.Posted.IsZero() && on.After(s.Due) }

// Board 公开看板 is catalogue × period with the clock. Items and issues are
// added, then Finish.
type Board struct {
	Period Period
	On     Date
	Rows   []BoardRow // overdue first, then in the order of the catalogue

	issues  map[string]map[PeriodKey][]*Record // by item
	earlier map[string]*Record                 // the last issue of each item from before the board
}

// BoardRow is one item of the board, its slots in the order of time.
type BoardRow struct {
	Item  *Record
	Slots []*Slot
}

// NewBoard begins the board of the periods that end in p, as of a day.
func NewBoard(p Period, on Date) *Board {
	return &Board{Period: p, On: on, issues: map[string]map[PeriodKey][]*Record{}, earlier: map[string]*Record{}}
}

// AddItem enters a catalogue item.
func (b *Board) AddItem(item *Record) {
	if item.State == Final {
		b.Rows = append(b.Rows, BoardRow{Item: item})
	}
}

// AddIssue enters an issue, in any order; of those from before the board's
// period only the last of each item is kept, to be carried forward.
func (b *Board) AddIssue(r *Record) {
	end := IssuePeriod.Of(r).Span().To
	if r.State != Final || IssueState.Of(r) == IssueVoid || end.IsZero() || end.After(b.Period.To) {
		return
	}
	item := IssueItem.Of(r).ID
	if end.Before(b.Period.From) {
		if was := b.earlier[item]; was == nil || end.After(IssuePeriod.Of(was).Span().To) {
			b.earlier[item] = r
		}
		return
	}
	if b.issues[item] == nil {
		b.issues[item] = map[PeriodKey][]*Record{}
	}
	b.issues[item][IssuePeriod.Of(r)] = append(b.issues[item][IssuePeriod.Of(r)], r)
}

// Finish lays out the slots. A voided issue leaves its slot empty.
func (b *Board) Finish() {
	for i := range b.Rows {
		row := &b.Rows[i]
		periods := Expected(row.Item, b.Period)
		expected := len(periods)
		for p := range b.issues[row.Item.ID] {
			if !contains(periods[:expected], p) {
				periods = append(periods, p)
			}
		}
		event := cadenceMonths[CatalogueCadence.Of(row.Item)] == 0
		for j, p := range periods {
			s := b.slot(row.Item, p)
			s.Event = event || j >= expected
			row.Slots = append(row.Slots, s)
		}
		slices.SortFunc(row.Slots, func(a, c *Slot) int {
			return cmp.Or(a.Period.Span().To.Compare(c.Period.Span().To), cmp.Compare(a.Period, c.Period))
		})
		last := b.earlier[row.Item.ID]
		for _, s := range row.Slots {
			if s.Last = last; s.Issue != nil {
				last = s.Issue
			}
		}
	}
	slices.SortStableFunc(b.Rows, func(x, y BoardRow) int {
		return cmp.Or(-cmp.Compare(b.late(x), b.late(y)), compareItems(x.Item, y.Item))
	})
}

// compareItems is the order of the catalogue: class, then number.
func compareItems(a, b *Record) int {
	order := []string{"党务", "居务", "财务"}
	return cmp.Or(cmp.Compare(slices.Index(order, CatalogueClass.Of(a)), slices.Index(order, CatalogueClass.Of(b))),
		cmp.Compare(CatalogueNo.Of(a), CatalogueNo.Of(b)), cmp.Compare(a.ID, b.ID))
}

// late is 1 for a row with something overdue.
func (b *Board) late(r BoardRow) int {
	for _, s := range r.Slots {
		if s.Overdue(b.On) {
			return 1
		}
	}
	return 0
}

func (b *Board) slot(item *Record, p PeriodKey) *Slot {
	s := &Slot{Item: item, Period: p, Due: p.Span().To.AddDays(GraceDays(item)), State: IssueNotStarted}
	for _, r := range b.issues[item.ID][p] {
		if on, ok := One(r.Get(IssuePostedBy.Key()))["on"].(Date); ok && (s.Posted.IsZero() || on.Before(s.Posted)) && !on.After(b.On) {
			s.Posted = on
		}
		if s.Issue == nil || IssueState.Of(s.Issue) == IssueSuperseded || IssueState.Of(r) != IssueSuperseded && r.ID > s.Issue.ID {
			s.Issue = r // the correction stands for what it corrects
		}
	}
	if s.Issue != nil {
		s.State = IssueStateOn(s.Issue, b.On)
		if IssueDue.Has(s.Issue) {
			s.Due = IssueDue.Of(s.Issue)
		}
	}
	return s
}

// IssueStateOn is the state of an issue on a day: what hung long enough is
// 已期满 of itself, and waits to be taken down.
func IssueStateOn(r *Record, on Date) string {
	state := IssueState.Of(r)
	if until := IssueUpUntil.Of(r); state == IssuePosted && !until.IsZero() && on.After(until) {
		return IssueExpired
	}
	return state
}

// Slots are all slots of the board, row by row.
func (b *Board) Slots() []*Slot {
	var out []*Slot
	for _, r := range b.Rows {
		out = append(out, r.Slots...)
	}
	return out
}

// Ahead is how many days before its due day an unfinished slot stands in Due.
const Ahead = 15

// Todo lists what is to be done about disclosures, the most urgent first:
// what is not public though its period is over or somebody has begun it, and
// what is to be taken down.
func (b *Board) Todo() []*Slot { return b.TodoWithin(Ahead) }

// TodoWithin is Todo with what is due within so many days though its period is
// not over.
func (b *Board) TodoWithin(ahead int) []*Slot {
	var out []*Slot
	for _, s := range b.Slots() {
		switch s.State {
		case IssueTakenDown, IssueArchived, IssuePosted:
			continue
		case IssueNotStarted:
			if !s.Period.Span().To.Before(b.On) && s.DaysLeft(b.On) > ahead {
				continue
			}
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, c *Slot) int {
		down := func(s *Slot) int { // taking down comes after what the public waits for
			if s.State == IssueExpired {
				return 1
			}
			return 0
		}
		return cmp.Or(down(a)-down(c), a.Due.Compare(c.Due), compareItems(a.Item, c.Item))
	})
	return out
}

// Rates of disclosure: those expected by the day, drafted or not, those made
// public, and of these those in time.
type Rates struct {
	Expected int64 `json:"expected"`
	Posted   int64 `json:"posted"`
	OnTime   int64 `json:"on_time"`
}

// OnTimePercent is 按期率: in time ÷ expected.
func (r Rates) OnTimePercent() string { return Percent(r.OnTime, r.Expected) }

// PostedPercent is the rate of completion: posted ÷ expected.
func (r Rates) PostedPercent() string { return Percent(r.Posted, r.Expected) }

// Rates counts the slots by class: what was due by the day of the board or is
// public before it was due.
func (b *Board) Rates() map[string]*Rates {
	out := map[string]*Rates{}
	b.expected(func(s *Slot) {
		r := under(out, CatalogueClass.Of(s.Item))
		r.Expected++
		if !s.Posted.IsZero() {
			r.Posted++
		}
		if s.OnTime() {
			r.OnTime++
		}
	})
	return out
}

// expected gives fn the slots that rates count.
func (b *Board) expected(fn func(*Slot)) {
	for _, s := range b.Slots() {
		if !s.Posted.IsZero() || !s.Event && b.On.After(s.Due) {
			fn(s)
		}
	}
}

// SlotNotice says in words how the clock of a slot stands: 还有5天, 逾期3天.
func SlotNotice(s *Slot, on Date) Words {
	switch left := s.DaysLeft(on); {
	case s.State == IssueExpired:
		return W("待撤下", "take down")
	case !s.Posted.IsZero() && s.OnTime():
		return W("按期", "in time")
	case !s.Posted.IsZero():
		return Sayf("晚%d天", "%d days late", s.Due.DaysUntil(s.Posted))
	default:
		return DaysLeft(left)
	}
}

// DaysLeft says in words how many days are left; a negative number is overdue.
func DaysLeft(left int) Words {
	switch {
	case left < 0:
		return Sayf("!逾期%d天", "!%d days overdue", -left)
	case left == 0:
		return W("今天到期", "due today")
	}
	return Sayf("还有%d天", "%d days left", left)
}
