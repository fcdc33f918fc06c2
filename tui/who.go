package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// who lists who looked at, exported or changed a record.
type who struct {
	reg    *model.Register
	id     string
	lines  []string // nil: not read yet
	ready  bool
	offset int
}

type whoMsg struct {
	who   *who
	lines []string
	err   error
}

func (m whoMsg) to() screen { return m.who }

func newWho(reg *model.Register, id string) *who { return &who{reg: reg, id: id} }

func (v *who) place() place               { return onWho }
func (v *who) register() *model.Register  { return v.reg }
func (v *who) typing() bool               { return false }
func (v *who) title(s *session) string    { return words.WhoTitle.In(s.lang) }
func (v *who) init(s *session) tea.Cmd    { return v.load(s) }
func (v *who) refresh(s *session) tea.Cmd { return v.load(s) }

func (v *who) load(s *session) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), scanPatience)
		defer cancel()
		deeds, err := export.Who(ctx, s.ledger, s.actor, v.id)
		msg := whoMsg{who: v, err: err}
		if err != nil {
			return msg
		}
		msg.err = s.view(func(sn *db.Snapshot) error {
			c := s.context(sn)
			for i := range deeds {
				e := &deeds[i]
				msg.lines = append(msg.lines, e.At.In(model.Zone).Format("2006-01-02 15:04")+"  "+clean(c.NameOf(model.Ref{ID: e.By}))+"  "+
					e.Text(sn.Schema(), words.Actions[e.Action], s.lang))
			}
			return nil
		})
		return msg
	}
}

func (v *who) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case whoMsg:
		if msg.err != nil {
			if !v.ready {
				s.pop()
			}
			return complain(msg.err)
		}
		v.lines, v.ready = msg.lines, true
	case tea.KeyPressMsg:
		if a := find(onWho, msg.String()); a != nil && a.id == actBack {
			return s.pop()
		}
		v.offset = pageTo(v.offset, msg.String())
	}
	return nil
}

func (v *who) view(s *session, w, h int) frame {
	m := s.metric
	if !v.ready {
		return frame{lines: []string{faint.Render(words.Reading.In(s.lang))}}
	}
	lines := append(m.Wrap(model.Sayf(words.WhoIntro.ZH, words.WhoIntro.EN, v.id).In(s.lang), w), "")
	for _, l := range v.lines {
		head := "  "
		for _, part := range m.Wrap(l, w-4) {
			lines = append(lines, head+part)
			head = "    "
		}
	}
	v.offset = max(0, min(v.offset, len(lines)-h))
	return frame{lines: lines[v.offset:min(len(lines), v.offset+h)]}
}

// pageTo is how far a page is scrolled after a key; drawing knows its end.
func pageTo(offset int, key string) int {
	switch key {
	case "up":
		return offset - 1
	case "down":
		return offset + 1
	case "pgup":
		return offset - 10
	case "pgdown":
		return offset + 10
	case "home":
		return 0
	case "end":
		return 1 << 20
	}
	return offset
}
