package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// list shows the records of one register through a period and a filter, in an
// order of its own, flat or by groups. It holds the keys of the rows (8 bytes
// each) and the text of the few rows near the window; all reading happens in
// commands.
type list struct {
	reg      *model.Register
	only     map[db.Key]bool // the records behind a figure, and nothing else; nil: all
	of       model.Words     // the figure
	look                     // what is asked for; filter holds the text
	had      look            // what the rows on the screen answer
	filter   part.Input
	prompt   part.Input // a typed period or date
	mode     listMode
	bad      model.Words // what is wrong with what is typed there
	pick     *pick       // open over the rows: a choice to make
	report   []string    // open over the rows: what became of something
	reported int         // its first line that shows

	keys   []db.Key // in the order shown
	groups []group  // nil: flat
	starts []int    // the table's row at which each group begins
	table  part.Table
	rows   map[db.Key]row
	ready  bool
	turn   int    // counts queries, so that a late answer is dropped
	given  int    // the turn that was answered last
	seq    uint64 // head of the journal at the last answer
	work   *work  // the query under way, or what is done to the marked rows
	again  bool   // something was written meanwhile: ask once more

	entering *form // opened from here for a new record, to which the cursor goes

	totals *sums // of the rows; nil: not known yet
	adding *work // by which they become known
	marks  marks
}

// look is how the records are looked at.
type look struct {
	span  span
	text  string  // of the filter
	sort  sorting // the zero value is the order of dates, newest first
	group string  // key of the field they are grouped by; byMonths; "" for none
}

type listMode uint8

const (
	browsing listMode = iota
	filtering
	choosingPeriod
	jumping
)

// ahead is how many rows on each side of the window are read with it, so that
// moving by one or by a page finds its text there.
const ahead = 40

// mostRows bounds the text kept of rows that were passed.
const mostRows = 2000

// filterPause lets a fast typist finish the syllable before the ledger is asked.
const filterPause = 120 * time.Millisecond

func newList(s *session, reg *model.Register) *list {
	l := &list{reg: reg, rows: map[db.Key]row{}}
	l.filter = part.Input{Metric: s.metric}
	l.prompt = part.Input{Metric: s.metric}
	l.filter.Clean, l.prompt.Clean = model.Clean, model.Clean
	l.filter.Limit, l.prompt.Limit = 60, 40
	if reg.DateField != "" && !reg.Lasting {
		l.span = spanOf(byYear, model.DateOf(s.now()))
	}
	return l
}

// newListOf shows some records of a register: those behind a figure.
func newListOf(s *session, reg *model.Register, ids []string, of model.Words) *list {
	l := newList(s, reg)
	l.span, l.of, l.only = span{}, of, make(map[db.Key]bool, len(ids))
	for _, id := range ids {
		if key, ok := db.KeyOf(id); ok {
			l.only[key] = true
		}
	}
	return l
}

func (l *list) init(s *session) tea.Cmd   { return l.query(s) }
func (l *list) register() *model.Register { return l.reg }
func (l *list) title(s *session) string {
	if l.only != nil {
		return l.of.In(s.lang)
	}
	return l.reg.Words.In(s.lang)
}
func (l *list) typing() bool { return l.mode != browsing || l.pick != nil }

func (l *list) place() place {
	if l.pick != nil {
		return onChoice
	}
	return onList
}

// waiting implements waiter: while an answer is on its way, Enter would open a
// row of the former one.
func (l *list) waiting() bool {
	return l.mode == browsing && l.pick == nil && l.work != nil && !l.work.quiet
}

func (l *list) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case staleMsg:
		if msg.list != l {
			return nil
		}
		if l.work != nil { // let it be answered, or it never would be
			l.again = true
			return nil
		}
		return l.requery(s)
	case askMsg:
		if msg.list == l && msg.turn == l.turn {
			return l.query(s)
		}
	case keysMsg:
		if msg.list == l && msg.turn == l.turn && l.work != nil {
			return l.answered(s, msg)
		}
	case rowsMsg:
		if msg.list != l || msg.reg != l.reg {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		if len(l.rows) > mostRows { // somebody leafs through everything
			l.rows = msg.rows
			return l.fetch(s)
		}
		for k, r := range msg.rows {
			l.rows[k] = r
		}
	case totalMsg:
		return l.totalled(s, msg)
	case jumpedMsg:
		if msg.list == l && msg.turn == l.turn {
			return l.jumped(s, msg)
		}
	case bulkMsg:
		if msg.list == l {
			return l.done(s, msg)
		}
	case pickMsg:
		if msg.list == l && l.mode == browsing && l.pick == nil {
			if msg.err != nil {
				return complain(msg.err)
			}
			l.pick = msg.pick
		}
	case tea.PasteMsg:
		switch {
		case l.pick != nil:
			l.pick.update(msg)
		case l.mode == filtering:
			if l.filter.Update(msg) {
				return l.later()
			}
		case l.mode != browsing:
			l.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		switch {
		case l.pick != nil:
			return l.pick.press(msg, func() { l.pick = nil })
		case l.mode == filtering:
			return l.pressFilter(s, msg)
		case l.mode != browsing:
			return l.pressPrompt(s, msg)
		}
		return l.press(s, msg)
	}
	return nil
}

func (l *list) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	if l.report != nil {
		switch name {
		case "up", "pgup":
			l.reported -= 3
			return nil
		case "down", "pgdown":
			l.reported += 3
			return nil
		}
		l.report, l.reported = nil, 0
		if name == "esc" || name == "enter" {
			return nil
		}
	}
	if l.table.Move(name) {
		return l.fetch(s)
	}
	a := find(onList, name)
	if a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		return l.back(s)
	case actOpen:
		return l.open(s)
	case actView:
		if len(l.reg.Views) > 0 {
			return s.push(views[l.reg.Views[0].Key](s))
		}
	case actNew:
		l.entering = newForm(l.reg, nil)
		return s.push(l.entering)
	case actFilter:
		l.mode = filtering
	case actPeriod, actJump:
		l.mode = choosingPeriod
		if a.id == actJump {
			l.mode = jumping
		}
		l.prompt.SetValue("")
		l.bad = model.Words{}
	case actEarlier:
		l.span = l.span.step(-1)
		return l.query(s)
	case actLater:
		l.span = l.span.step(1)
		return l.query(s)
	case actSpan:
		l.span = l.span.cycle(model.DateOf(s.now()))
		return l.query(s)
	case actColumns:
		return s.push(newColumns(s, l.reg))
	case actSort:
		l.pick = l.pickSort(s)
	case actGroup:
		l.pick = l.pickGroup(s)
	case actFold:
		l.foldAll()
		return l.fetch(s)
	case actMark:
		return l.mark(s)
	case actMarkAll:
		return l.markAll(s)
	case actInvert:
		return l.invert(s)
	case actMarked:
		l.pick = l.pickMarked(s)
	case actIntake:
		if err := model.Can(s.actor, model.ActAdd, l.reg); err != nil {
			return complain(err)
		}
		return s.push(newIntake(s, l.reg))
	case actClip:
		return s.clip()
	}
	return nil
}

// back goes one step back: out of the marks, then of the filter, of the list.
func (l *list) back(s *session) tea.Cmd {
	switch {
	case l.marks.any(len(l.keys)):
		n := l.marks.count(len(l.keys))
		l.marks.none()
		return say(model.Sayf(words.Unmarked.ZH, words.Unmarked.EN, n))
	case l.text != "":
		l.filter.SetValue("")
		return l.query(s)
	}
	l.stop(s)
	return s.pop()
}

// open opens the record, or folds and unfolds the group.
func (l *list) open(s *session) tea.Cmd {
	g, k, ok := l.at(l.table.Cursor)
	switch {
	case !ok:
		return nil
	case k == 0:
		l.groups[g].open = !l.groups[g].open
		l.layout()
		return l.fetch(s)
	}
	return s.push(newDetail(l.reg, k.ID(l.reg)))
}

// off says why an action can do nothing now.
func (l *list) off(id act) model.Words {
	switch id {
	case actEarlier, actLater, actSpan, actPeriod:
		if l.only != nil {
			return words.OffOfFigure
		}
		if l.reg.DateField == "" {
			return words.OffNoDate
		}
	case actJump:
		switch {
		case l.reg.DateField == "":
			return words.OffNoDate
		case len(l.keys) == 0:
			return words.OffNothing
		case l.groups != nil, !l.byDate():
			return words.OffJump
		}
	case actFold:
		if len(l.groups) == 0 {
			return words.OffFold
		}
	case actMark, actMarkAll, actInvert, actOpen:
		if len(l.keys) == 0 {
			return words.OffNothing
		}
	case actMarked:
		if !l.marks.any(len(l.keys)) {
			return words.OffMarked
		}
	}
	return model.Words{}
}

// pressFilter handles keys while the filter is typed. Moving works meanwhile.
func (l *list) pressFilter(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		l.mode = browsing
		if l.given != l.turn && l.work == nil { // the pause after the last letter is not over
			return l.query(s)
		}
		return nil
	case "esc", "ctrl+c":
		l.mode = browsing
		if l.filter.Value() != "" {
			l.filter.SetValue("")
			return l.query(s)
		}
		return nil
	case "up", "down", "pgup", "pgdown":
		l.table.Move(key.String())
		return l.fetch(s)
	}
	if l.filter.Update(key) {
		return l.later()
	}
	return nil
}

// pressPrompt handles keys while a period or a date is typed.
func (l *list) pressPrompt(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		l.mode = browsing
		return nil
	case "enter":
		typed, today := strings.TrimSpace(l.prompt.Value()), model.DateOf(s.now())
		if l.mode == jumping {
			day, err := model.ReadDate(typed, today)
			if err != nil {
				l.bad = model.AsWords(err)
				return nil
			}
			l.mode = browsing
			return l.jump(s, day.First())
		}
		sp, err := parseSpan(typed, today)
		if err != nil {
			l.bad = model.AsWords(err)
			return nil
		}
		l.span, l.mode = sp, browsing
		return l.query(s)
	}
	l.bad = model.Words{}
	l.prompt.Update(key)
	return nil
}

type jumpedMsg struct {
	list  *list
	turn  int
	place int
	found model.Date
	err   error
}

// jump goes to the row nearest to a day.
func (l *list) jump(s *session, day model.Date) tea.Cmd {
	reg, keys, up, turn := l.reg, l.keys, l.had.sort.up, l.turn
	return func() tea.Msg {
		place, found, err := s.nearest(reg, keys, up, day)
		return jumpedMsg{l, turn, place, found, err}
	}
}

func (l *list) jumped(s *session, msg jumpedMsg) tea.Cmd {
	if msg.err != nil {
		return complain(msg.err)
	}
	l.table.Go(msg.place)
	day := msg.found.Echo(s.lang)
	return tea.Batch(l.fetch(s), say(model.Sayf(words.Jumped.ZH, words.Jumped.EN, day)))
}
