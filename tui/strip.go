package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// strip 三会一课 is branch × kind of meeting: held of required in a period, and
// what is missing. A cell opens the meetings behind it; where there are none, the
// form of one.
type strip struct {
	span   span
	on     model.Date
	rows   []model.MeetingRow
	names  []string // of the branches
	table  part.Table
	col    int
	seq    uint64
	turn   int
	ready  bool
	toward [2]string // branch and kind of meeting the cursor is to begin at

	asking bool // for a period
	prompt part.Input
	bad    model.Words
}

func newStrip(s *session) *strip {
	t := &strip{span: spanOf(byYear, model.DateOf(s.now())), prompt: part.Input{Metric: s.metric}}
	t.prompt.Clean, t.prompt.Limit = model.Clean, 40
	return t
}

type (
	stripMsg struct {
		strip *strip
		turn  int
		on    model.Date
		rows  []model.MeetingRow
		names []string
		seq   uint64
		err   error
	}
	stripStaleMsg struct{ strip *strip }
)

func (t *strip) register() *model.Register { return model.Meeting }
func (t *strip) typing() bool              { return t.asking }
func (t *strip) waiting() bool             { return !t.ready }
func (t *strip) place() place              { return onStrip }
func (t *strip) title(s *session) string   { return words.StripTitle.In(s.lang) }
func (t *strip) init(s *session) tea.Cmd   { return t.load(s) }

// focus implements focuser: a line of today is about a branch and a kind.
func (t *strip) focus(d export.Todo) { t.toward = [2]string{d.Record.ID, d.Type} }

// refresh reads again when somebody wrote a meeting or changed a branch or post.
func (t *strip) refresh(s *session) tea.Cmd {
	return s.staleSince(t.seq, stripStaleMsg{t}, model.Meeting.Key, model.Org.Key, model.Staff.Key)
}

func (t *strip) load(s *session) tea.Cmd {
	t.turn++
	msg := stripMsg{strip: t, turn: t.turn}
	p := t.span.period
	return func() tea.Msg {
		msg.seq, msg.err = s.read(func(src *export.Ledger) (err error) {
			c := src.Context()
			msg.on = c.Today()
			if msg.rows, err = export.MeetingStrip(src, p, msg.on); err != nil {
				return err
			}
			for _, r := range msg.rows {
				msg.names = append(msg.names, clean(c.Title(r.Branch)))
			}
			return nil
		})
		return msg
	}
}

func (t *strip) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case stripStaleMsg:
		if msg.strip == t {
			return t.load(s)
		}
	case stripMsg:
		if msg.strip != t || msg.turn != t.turn {
			return nil
		}
		if msg.err != nil {
			if !t.ready {
				s.pop()
			}
			return complain(msg.err)
		}
		t.arrive(msg)
	case tea.PasteMsg:
		if t.asking {
			t.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		if t.asking {
			return t.pressPeriod(s, msg)
		}
		return t.press(s, msg)
	}
	return nil
}

// arrive takes what was read. The cursor stays on its cell; at first it begins at
// what was asked for, or else at what is missing.
func (t *strip) arrive(msg stripMsg) {
	at := t.toward
	if cell := t.current(); t.ready && cell != nil {
		at = [2]string{t.rows[t.table.Cursor].Branch.ID, cell.Rule.Type}
	}
	first := !t.ready
	t.rows, t.names, t.on, t.seq, t.ready = msg.rows, msg.names, msg.on, msg.seq, true
	t.table.SetRows(len(t.rows))
	for i, row := range t.rows {
		for j := range row.Cells {
			cell := &row.Cells[j]
			if row.Branch.ID == at[0] && cell.Rule.Type == at[1] || at == [2]string{} && first && cell.Late(t.on) {
				t.table.Go(i)
				t.col = j
				return
			}
		}
	}
	t.step(0)
}

// current is the cell under the cursor, nil for none.
func (t *strip) current() *model.MeetingCell {
	if t.table.Cursor >= len(t.rows) || t.col >= len(t.rows[t.table.Cursor].Cells) {
		return nil
	}
	return &t.rows[t.table.Cursor].Cells[t.col]
}

func (t *strip) step(by int) {
	if t.table.Cursor < len(t.rows) {
		t.col = max(0, min(t.col+by, len(t.rows[t.table.Cursor].Cells)-1))
	}
}

func (t *strip) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	a := find(onStrip, name)
	if !t.ready {
		if a != nil && a.id == actBack {
			return s.pop()
		}
		return nil
	}
	if t.table.Move(name) || a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		return s.pop()
	case actNext, actPrev:
		t.step(map[act]int{actPrev: -1, actNext: 1}[a.id])
	case actEarlier, actLater:
		t.span = t.span.step(map[act]int{actEarlier: -1, actLater: 1}[a.id])
		return t.load(s)
	case actSpan:
		today := model.DateOf(s.now())
		if t.span = t.span.cycle(today); t.span.kind == allTime { // what is required has no end
			t.span = spanOf(byYear, today)
		}
		return t.load(s)
	case actPeriod:
		t.asking, t.bad = true, model.Words{}
		t.prompt.SetValue("")
	case actOpen:
		return t.open(s)
	case actNew:
		return t.enter(s)
	}
	return nil
}

// pressPeriod handles keys while a period is typed.
func (t *strip) pressPeriod(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		t.asking = false
	case "enter":
		sp, err := parseSpan(t.prompt.Value(), model.DateOf(s.now()))
		switch {
		case err != nil:
			t.bad = model.AsWords(err)
			return nil
		case sp.kind == allTime:
			sp = spanOf(byYear, model.DateOf(s.now()))
		}
		t.span, t.asking = sp, false
		return t.load(s)
	default:
		t.bad = model.Words{}
		t.prompt.Update(key)
	}
	return nil
}

// off says why an action can do nothing now.
func (t *strip) off(id act) model.Words {
	if (id == actOpen || id == actNew) && t.current() == nil {
		return words.OffNothing
	}
	return model.Words{}
}

// open opens the meetings of the cell, those that do not count among them, or the
// form of one where there are none.
func (t *strip) open(s *session) tea.Cmd {
	cell := t.current()
	if cell == nil {
		return nil
	}
	all := cell.All()
	if len(all) == 0 {
		if err := s.cannotAdd(model.Meeting); err != nil {
			return complain(err)
		}
		return t.enter(s)
	}
	ids := make([]string, len(all))
	for i, r := range all {
		ids[i] = r.ID
	}
	of := t.names[t.table.Cursor] + " " + t.kind(s, cell) + "  " + t.span.text(s.lang)
	return s.push(newListOf(s, s.latest(model.Meeting), ids, sameWords(of)))
}

// enter opens the form of a meeting of the cell's branch and kind.
func (t *strip) enter(s *session) tea.Cmd {
	cell := t.current()
	if cell == nil {
		return nil
	}
	branch := t.rows[t.table.Cursor].Branch
	return s.push(newForm(s.latest(model.Meeting), model.Values{model.MeetingOrg.Key(): model.Ref{ID: branch.ID}, model.MeetingType.Key(): cell.Rule.Type}))
}

func (t *strip) kind(s *session, cell *model.MeetingCell) string {
	return s.declared().Vocab("MTYPE").Text(cell.Rule.Type, s.lang)
}

// wants reports whether anything is to be said under a row.
func (t *strip) wants() bool {
	return slices.ContainsFunc(t.rows, func(r model.MeetingRow) bool {
		return slices.ContainsFunc(r.Cells, func(c model.MeetingCell) bool { return len(c.Missing) > 0 })
	})
}
