package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// leave goes back. A changed form is never thrown away by Esc: its draft is
// kept, and because a split arrow key can arrive as Esc, the form asks first.
func (f *form) leave(s *session) tea.Cmd {
	if !f.changed() {
		s.pop()
		if f.drafts { // what was typed has been taken back
			return f.dropDraft(s)
		}
		return nil
	}
	f.leaving, f.undrafted = true, s.readOnly != (model.Words{})
	return f.keepDraft(s, true)
}

func (f *form) answer(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		s.pop()
		if f.undrafted {
			return nil
		}
		return tea.Sequence(f.keepDraft(s, false), say(words.DraftKept))
	case "ctrl+x":
		s.pop()
		return f.dropDraft(s)
	case "esc", "ctrl+c":
		f.leaving = false
	case "ctrl+s":
		f.leaving = false
		return f.press(s, key)
	default:
		if key.Text != "" { // she goes on writing
			f.leaving = false
			return f.press(s, key)
		}
	}
	return nil
}

// pause writes the draft when something was typed a moment ago, whatever stands
// on top of the form by now.
func (f *form) pause(s *session) tea.Cmd {
	if !f.unsaved || f.saving {
		return nil
	}
	return f.keepDraft(s, true)
}

// keepDraft writes the form as it stands into the ledger's drafts, and whether it
// stays open.
func (f *form) keepDraft(s *session, open bool) tea.Cmd {
	d := db.Draft{Key: f.slot, Register: f.reg.Key, ID: f.id, Base: f.base, Request: f.request, Texts: map[string]string{}}
	for _, e := range f.fields {
		if e.changed() || f.id == "" {
			d.Texts[e.f.Key] = e.text()
		}
	}
	d.Cursor = f.cursorName()
	f.unsaved, f.drafts = false, true
	gen := f.ink.gen.Load()
	return func() tea.Msg {
		f.ink.mu.Lock()
		defer f.ink.mu.Unlock()
		if f.ink.gen.Load() != gen {
			return nil
		}
		return draftMsg{f, s.saveDraft(d, open)}
	}
}

// draftMsg tells what became of a draft.
type draftMsg struct {
	form *form
	err  error
}

func (m draftMsg) to() screen { return m.form }

// drafted remembers whether what is typed is in a draft, so that nobody is told
// it was. That the ledger can only be read stands on the screen already.
func (f *form) drafted(s *session, err error) tea.Cmd {
	if db.IsOpenElsewhere(err) { // two windows began the same at the same moment
		f.slot = ""
		f.newSlot()
		return f.keepDraft(s, true)
	}
	f.undrafted = err != nil
	if err == nil || s.readOnly != (model.Words{}) {
		return nil
	}
	return complain(err)
}

// keep implements keeper.
func (f *form) keep(s *session) tea.Cmd {
	if !f.ready || f.saving || !f.changed() {
		return nil
	}
	return f.keepDraft(s, true)
}

// dropDraft throws the draft away, if there can be one.
func (f *form) dropDraft(s *session) tea.Cmd {
	if s.readOnly != (model.Words{}) {
		return nil
	}
	key := f.slot
	f.unsaved = false
	f.ink.gen.Add(1)
	return func() tea.Msg {
		f.ink.mu.Lock()
		defer f.ink.mu.Unlock()
		if err := s.dropDraft(key); err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return toastMsg{text: words.DraftGone}
	}
}
