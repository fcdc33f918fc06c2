package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
)

// list shows the records of one register through a period and a filter. It
// holds the keys of the rows (8 bytes each) and the text of the few rows near
// the window; all reading happens in commands.
type list struct {
	reg    *model.Register
	span   span
	filter part.Input
	prompt part.Input // a typed period
	mode   listMode
	bad    model.Words // what is wrong with the typed period

	keys  []db.Key
	table part.Table
	rows  map[db.Key]row
	ready bool
	turn  int    // counts queries, so that a late answer is dropped
	given int    // the turn that was answered last
	seq   uint64 // head of the journal at the last answer
}

type listMode uint8

const (
	browsing listMode = iota
	filtering
	choosingPeriod
)

// row is one line as text, by column.
type row struct {
	id    string
	cells []string
	void  bool
}

// ahead is how many rows on each side of the window are read with it, so that
// moving by one or by a page finds its text there.
const ahead = 40

// filterPause lets a fast typist finish the syllable before the ledger is asked.
const filterPause = 120 * time.Millisecond

func newList(s *session, reg *model.Register) *list {
	l := &list{reg: reg, rows: map[db.Key]row{}}
	l.filter = part.Input{Metric: s.metric}
	l.prompt = part.Input{Metric: s.metric}
	l.filter.Clean, l.prompt.Clean = model.Clean, model.Clean
	l.filter.Limit, l.prompt.Limit = 60, 40
	if reg.DateField != "" {
		l.span = spanOf(byYear, model.DateOf(s.now()))
	}
	return l
}

type (
	keysMsg struct {
		list *list
		turn int
		seq  uint64 // head of the journal before they were read
		keys []db.Key
		err  error
	}
	staleMsg struct{ list *list }
	rowsMsg  struct {
		list *list
		reg  *model.Register // by which the rows were read
		rows map[db.Key]row
		err  error
	}
	askMsg struct {
		list *list
		turn int
	}
)

func (l *list) init(s *session) tea.Cmd   { return l.query(s) }
func (l *list) place() place              { return onList }
func (l *list) register() *model.Register { return l.reg }
func (l *list) title(s *session) string   { return l.reg.Words.In(s.lang) }
func (l *list) typing() bool              { return l.mode != browsing }

// refresh asks again if a record of the register, or one whose name its rows
// show, was written since the last query.
func (l *list) refresh(s *session) tea.Cmd {
	seq, registers := l.seq, append(targets(l.reg), l.reg.Key)
	return func() tea.Msg {
		changed := true
		err := s.view(func(sn *db.Snapshot) (err error) {
			changed, err = changedSince(sn, seq, registers...)
			return err
		})
		if err != nil || !changed {
			return nil // a failure is shown by whatever the person does next
		}
		return staleMsg{l}
	}
}

// waiting implements waiter: while an answer is on its way, Enter would open a
// row of the former one.
func (l *list) waiting() bool { return l.mode == browsing && l.given != l.turn }

// query asks for the keys of all rows that pass period and filter.
func (l *list) query(s *session) tea.Cmd {
	l.turn++
	turn := l.turn
	q := db.Query{Register: l.reg.Key, Period: l.span.limit(), Text: strings.TrimSpace(l.filter.Value())}
	return func() tea.Msg {
		seq, keys, err := s.keys(q)
		return keysMsg{l, turn, seq, keys, err}
	}
}

// later asks after a pause, unless something more is typed.
func (l *list) later() tea.Cmd {
	l.turn++
	turn := l.turn
	return tea.Tick(filterPause, func(time.Time) tea.Msg { return askMsg{l, turn} })
}

// fetch reads the rows near the window that are not at hand.
func (l *list) fetch(s *session) tea.Cmd {
	from, to := max(0, l.table.Offset-ahead), min(len(l.keys), l.table.Offset+2*ahead)
	var want []db.Key
	for _, k := range l.keys[from:to] {
		if _, ok := l.rows[k]; !ok {
			want = append(want, k)
		}
	}
	near := min(len(l.keys), l.table.Cursor+1)
	if len(want) == 0 || len(want) < ahead/2 && near > 0 && l.has(l.table.Cursor) && l.has(min(len(l.keys)-1, l.table.Cursor+20)) {
		return nil
	}
	reg, columns := l.reg, l.columns()
	return func() tea.Msg {
		rows, err := s.rows(reg, want, columns)
		return rowsMsg{l, reg, rows, err}
	}
}

func (l *list) has(i int) bool {
	if i < 0 || i >= len(l.keys) {
		return true
	}
	_, ok := l.rows[l.keys[i]]
	return ok
}

func (l *list) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case staleMsg:
		if msg.list == l {
			return l.query(s)
		}
	case askMsg:
		if msg.list == l && msg.turn == l.turn {
			return l.query(s)
		}
	case keysMsg:
		if msg.list != l || msg.turn != l.turn {
			return nil
		}
		l.given = msg.turn
		if msg.err != nil {
			return complain(msg.err)
		}
		l.seq, l.reg = msg.seq, s.latest(l.reg)
		l.arrive(msg.keys)
		return l.fetch(s)
	case rowsMsg:
		if msg.list != l || msg.reg != l.reg {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		for k, r := range msg.rows {
			l.rows[k] = r
		}
	case tea.PasteMsg:
		switch l.mode {
		case filtering:
			if l.filter.Update(msg) {
				return l.later()
			}
		case choosingPeriod:
			l.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		switch l.mode {
		case filtering:
			return l.pressFilter(s, msg)
		case choosingPeriod:
			return l.pressPeriod(s, msg)
		}
		return l.press(s, msg)
	}
	return nil
}

// arrive takes the answer to a query; the cursor stays on its record.
func (l *list) arrive(keys []db.Key) {
	var at db.Key
	kept := l.ready && l.table.Cursor < len(l.keys)
	if kept {
		at = l.keys[l.table.Cursor]
	}
	l.keys, l.ready = keys, true
	l.rows = map[db.Key]row{} // their text may have changed
	l.table.SetRows(len(keys))
	if kept {
		if i := slices.Index(keys, at); i >= 0 {
			l.table.Go(i)
		}
	}
}

func (l *list) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	if l.table.Move(name) {
		return l.fetch(s)
	}
	a := find(onList, name)
	if a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		if l.filter.Value() != "" {
			l.filter.SetValue("")
			return l.query(s)
		}
		return s.pop()
	case actOpen:
		if l.table.Cursor < len(l.keys) {
			return s.push(newDetail(l.reg, l.keys[l.table.Cursor].ID(l.reg)))
		}
	case actView:
		if len(l.reg.Views) > 0 {
			return s.push(views[l.reg.Views[0].Key](s))
		}
	case actNew:
		return s.push(newForm(l.reg, nil))
	case actFilter:
		l.mode = filtering
	case actPeriod:
		if l.reg.DateField != "" {
			l.mode = choosingPeriod
			l.prompt.SetValue("")
			l.bad = model.Words{}
		}
	case actEarlier, actLater, actSpan:
		if l.reg.DateField == "" {
			return nil
		}
		switch a.id {
		case actEarlier:
			l.span = l.span.step(-1)
		case actLater:
			l.span = l.span.step(1)
		default:
			l.span = l.span.cycle(model.DateOf(s.now()))
		}
		return l.query(s)
	}
	return nil
}

// pressFilter handles keys while the filter is typed. Moving works meanwhile.
func (l *list) pressFilter(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		l.mode = browsing
		if l.given != l.turn { // the pause after the last letter is not over
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

func (l *list) pressPeriod(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		l.mode = browsing
		return nil
	case "enter":
		sp, err := parseSpan(strings.TrimSpace(l.prompt.Value()))
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
