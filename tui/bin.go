package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// undo takes back the person's own last change, or does it again.
func (s *session) undo(again bool) tea.Cmd {
	if s.ledger == nil {
		return nil
	}
	return func() tea.Msg {
		var done db.Undone
		err := s.ask(func(ctx context.Context) (err error) {
			if again {
				done, err = s.ledger.Redo(ctx, s.actor)
			} else {
				done, err = s.ledger.Undo(ctx, s.actor)
			}
			return err
		})
		if err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		w := words.UndoDone
		if again {
			w = words.RedoDone
		}
		what := words.Of(done.ID, len(done.Records))
		return toastMsg{text: model.Sayf(w.ZH, w.EN, words.Actions[string(done.Action)], what, clean(model.TitleIn(done.Title, s.lang)))}
	}
}

// bin is the recycle bin 回收站: what was deleted in the last 90 days.
type bin struct {
	list  []db.Binned
	table part.Table
	ready bool
}

type (
	binMsg struct {
		bin  *bin
		list []db.Binned
		err  error
	}
	undeletedMsg struct {
		bin *bin
		id  string
		err error
	}
)

func (b *bin) place() place              { return onBin }
func (b *bin) register() *model.Register { return nil }
func (b *bin) typing() bool              { return false }
func (b *bin) title(s *session) string   { return words.Bin.In(s.lang) }
func (b *bin) init(s *session) tea.Cmd   { return b.refresh(s) }

func (b *bin) refresh(s *session) tea.Cmd {
	return func() tea.Msg {
		msg := binMsg{bin: b}
		msg.err = s.ask(func(ctx context.Context) (err error) {
			msg.list, err = s.ledger.Bin(ctx, s.actor, db.BinQuery{})
			return err
		})
		return msg
	}
}

func (b *bin) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case binMsg:
		if msg.bin != b {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		b.list, b.ready = msg.list, true
		b.table.SetRows(len(b.list))
	case undeletedMsg:
		if msg.bin != b {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		return tea.Batch(say(model.Sayf(words.UndeleteDone.ZH, words.UndeleteDone.EN, msg.id)), b.refresh(s))
	case tea.KeyPressMsg:
		if b.table.Move(msg.String()) {
			return nil
		}
		a := find(onBin, msg.String())
		if a == nil {
			return nil
		}
		switch a.id {
		case actBack:
			return s.pop()
		case actRestore:
			return b.restore(s)
		}
	}
	return nil
}

// restore puts the current record back.
func (b *bin) restore(s *session) tea.Cmd {
	if b.table.Cursor >= len(b.list) {
		return nil
	}
	r := b.list[b.table.Cursor]
	req := s.newRequest()
	return func() tea.Msg {
		_, err := s.write(req, db.Op{Kind: db.Undelete, Register: r.Register, ID: r.ID, Base: r.Version})
		return undeletedMsg{b, r.ID, err}
	}
}

func (b *bin) view(s *session, w, h int) frame {
	m := s.metric
	if b.ready && len(b.list) == 0 {
		return frame{lines: []string{"", "  " + words.BinEmpty.In(s.lang)}}
	}
	var fr frame
	from, to := b.table.Window(h)
	for i := from; i < to; i++ {
		r := b.list[i]
		register := r.Register
		if reg := s.declared().Register(r.Register); reg != nil {
			register = reg.Words.In(s.lang)
		}
		left := model.Sayf(words.DaysLeft.ZH, words.DaysLeft.EN, r.Left).In(s.lang)
		mark := m.Mark(i == b.table.Cursor)
		line := mark + m.Fit(r.ID, idCells(s.declared().All()...)) + " " + m.Fit(register, 10) + " " + r.At.In(model.Zone).Format("2006-01-02 15:04") + " " + m.Fit(left, 12) + " " + clean(model.TitleIn(r.Title, s.lang))
		line = m.Fit(line, w)
		if i == b.table.Cursor {
			line = reverse.Render(line)
		}
		fr.lines = append(fr.lines, line)
	}
	return fr
}
