package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

type (
	keysMsg struct {
		list   *list
		turn   int
		seq    uint64 // head of the journal before they were read
		keys   []db.Key
		groups []group
		totals *sums // known where the groups were added up
		err    error
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

// The ledger's answers are for the list even while another screen lies on it, such
// as that of its columns: lost, its rows would stay blank.
func (m keysMsg) to() screen  { return m.list }
func (m rowsMsg) to() screen  { return m.list }
func (m staleMsg) to() screen { return m.list }
func (m totalMsg) to() screen { return m.list }
func (m bulkMsg) to() screen  { return m.list }

// refresh asks again if a record of the register, or one whose name its rows
// show, was written since the last query.
func (l *list) refresh(s *session) tea.Cmd {
	return s.staleSince(l.seq, staleMsg{l}, append(targets(l.reg), l.reg.Key)...)
}

// query asks for the keys of all rows that pass period and filter, in their
// order and groups.
func (l *list) query(s *session) tea.Cmd {
	l.stop(s)
	w := newWork(scanPatience)
	w.give = l.interrupt
	l.work = w
	l.turn++
	l.text = strings.TrimSpace(l.filter.Value())
	turn, reg, look, only := l.turn, l.reg, l.look, l.only
	q := db.Query{Register: l.reg.Key, Period: l.span.limit(), Text: l.text}
	ask := func() tea.Msg {
		msg := keysMsg{list: l, turn: turn}
		if msg.seq, msg.keys, msg.err = s.keys(w.ctx, q); msg.err != nil {
			return msg
		}
		if only != nil {
			msg.keys = slices.DeleteFunc(msg.keys, func(k db.Key) bool { return !only[k] })
		}
		if msg.keys, msg.err = s.sort(w, reg, msg.keys, look.sort); msg.err != nil || look.group == "" {
			return msg
		}
		msg.groups, msg.totals, msg.err = s.group(w, reg, msg.keys, look.group)
		return msg
	}
	if !l.sort.reads(l.reg) && l.group == "" {
		return ask
	}
	return s.follow(w, words.DoLook, ask)
}

// requery asks the same again, because something was written: the rows stay in
// use meanwhile.
func (l *list) requery(s *session) tea.Cmd {
	cmd := l.query(s)
	l.work.quiet = true
	return cmd
}

// later asks after a pause, unless something more is typed.
func (l *list) later() tea.Cmd {
	l.turn++
	turn := l.turn
	return tea.Tick(filterPause, func(time.Time) tea.Msg { return askMsg{l, turn} })
}

// interrupt gives up the query under way and goes back to what the rows show.
func (l *list) interrupt(s *session) tea.Cmd {
	l.stop(s)
	l.turn++
	if !l.ready { // it was just opened
		return s.pop()
	}
	l.given, l.again, l.look = l.turn, false, l.had
	l.filter.SetValue(l.had.text)
	return say(words.Stopped)
}

// stop ends the scans under way; nobody waits for them any more.
func (l *list) stop(s *session) {
	s.drop(l.work)
	s.drop(l.adding)
	l.work, l.adding = nil, nil
}

// answered takes the answer to the last query.
func (l *list) answered(s *session, msg keysMsg) tea.Cmd {
	s.drop(l.work)
	l.work, l.given = nil, msg.turn
	if msg.err != nil {
		return complain(msg.err)
	}
	l.seq, l.reg = msg.seq, s.latest(l.reg)
	l.arrive(msg)
	cmds := []tea.Cmd{l.fetch(s), l.total(s)}
	if l.again {
		l.again = false
		cmds = append(cmds, l.refresh(s))
	}
	return tea.Batch(cmds...)
}

// arrive takes the rows; the cursor stays on its record, in its group.
func (l *list) arrive(msg keysMsg) {
	g, at, kept := l.at(l.table.Cursor)
	kept = kept && l.ready
	var id string
	if kept && g >= 0 {
		id = l.groups[g].id
	}
	l.marks.settle(l.keys, msg.keys)
	opened := map[string]bool{}
	for _, g := range l.groups {
		opened[g.id] = g.open
	}
	regrouped := l.had.group != l.look.group
	l.had = l.look
	l.keys, l.groups, l.totals, l.ready = msg.keys, msg.groups, msg.totals, true
	for i := range l.groups {
		l.groups[i].open = !regrouped && opened[l.groups[i].id]
	}
	l.rows = map[db.Key]row{} // their text may have changed
	l.layout()
	if kept {
		l.goTo(id, at)
	}
	l.goToEntered()
}

// goToEntered puts the cursor on the record that was entered from here last, so
// that Enter opens it. One that the period or the filter leaves out moves nothing.
func (l *list) goToEntered() {
	if l.entering == nil || l.entering.savedID == "" {
		return
	}
	key, ok := db.KeyOf(l.entering.savedID)
	if l.entering = nil; ok && slices.Contains(l.keys, key) {
		l.goTo("", key)
	}
}

// goTo puts the cursor on a record, in its group if it is still there, or on the
// group.
func (l *list) goTo(id string, key db.Key) {
	if l.groups == nil {
		if i := slices.Index(l.keys, key); i >= 0 {
			l.table.Go(i)
		}
		return
	}
	g := slices.IndexFunc(l.groups, func(g group) bool { return g.id == id })
	if g < 0 || key != 0 && !slices.Contains(l.groups[g].keys, key) {
		if in := slices.IndexFunc(l.groups, func(g group) bool { return slices.Contains(g.keys, key) }); in >= 0 {
			g = in
		}
	}
	if g < 0 {
		return
	}
	row := l.starts[g]
	if i := slices.Index(l.groups[g].keys, key); i >= 0 && l.groups[g].open {
		row += 1 + i
	}
	l.table.Go(row)
}

// at is what stands in a row of the table: a record, with its group or -1, or
// with the zero key the head of a group.
func (l *list) at(row int) (g int, key db.Key, ok bool) {
	switch {
	case row < 0 || row >= l.table.Rows:
		return -1, 0, false
	case l.groups == nil:
		return -1, l.keys[row], true
	}
	g, found := slices.BinarySearch(l.starts, row)
	if found {
		return g, 0, true
	}
	g--
	return g, l.groups[g].keys[row-l.starts[g]-1], true
}

// layout counts the rows of the table.
func (l *list) layout() {
	if l.groups == nil {
		l.starts = nil
		l.table.SetRows(len(l.keys))
		return
	}
	l.starts = l.starts[:0]
	n := 0
	for _, g := range l.groups {
		l.starts = append(l.starts, n)
		n++
		if g.open {
			n += len(g.keys)
		}
	}
	l.table.SetRows(n)
}

// foldAll opens all groups, or closes them if one is open.
func (l *list) foldAll() {
	g, key, ok := l.at(l.table.Cursor)
	if !ok {
		return
	}
	open := !slices.ContainsFunc(l.groups, func(g group) bool { return g.open })
	for i := range l.groups {
		l.groups[i].open = open
	}
	l.layout()
	l.goTo(l.groups[g].id, key)
}

// fetch reads the rows near the window that are not at hand.
func (l *list) fetch(s *session) tea.Cmd {
	from, to := max(0, l.table.Offset-ahead), min(l.table.Rows, l.table.Offset+2*ahead)
	if c := l.table.Cursor; c < from || c >= to { // the window follows when it is drawn
		from, to = max(0, c-ahead), min(l.table.Rows, c+2*ahead)
	}
	var want []db.Key
	needed := false // one of them shows, or will with the next keys
	for i := from; i < to; i++ {
		if _, k, _ := l.at(i); k != 0 && !l.have(k) {
			want = append(want, k)
			needed = needed || i > l.table.Cursor-ahead/2 && i < l.table.Cursor+ahead/2
		}
	}
	if !needed && len(want) < ahead/2 {
		return nil
	}
	reg, columns := l.reg, l.columns(s)
	return func() tea.Msg {
		rows, err := s.rows(reg, want, columns)
		return rowsMsg{l, reg, rows, err}
	}
}

func (l *list) have(k db.Key) bool {
	_, ok := l.rows[k]
	return ok
}
