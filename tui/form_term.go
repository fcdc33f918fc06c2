package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// termMsg brings the pick lists with a term that was just added.
type termMsg struct {
	form  *form
	field string
	term  string
	opts  *options
	err   error
}

// addTerm adds what is typed to the vocabulary of the field, as one of the
// office's own, for those who may change its settings.
func (f *form) addTerm(s *session, e *editor) tea.Cmd {
	v := f.opts.schema.Vocab(e.f.Vocab)
	term := e.query()
	switch {
	case !v.Own:
		return complain(model.Problemf(words.TermFixed.ZH, words.TermFixed.EN, v.Words))
	case term == "":
		return complain(model.Problemf(words.TermBlank.ZH, words.TermBlank.EN, v.Words))
	}
	if err := model.Can(s.actor, model.ActSettings, nil); err != nil {
		return complain(err)
	}
	load, code := f.load(s), e.f.Vocab
	_, _, name := e.place()
	f.filling = true
	return func() tea.Msg {
		msg := termMsg{form: f, field: name, term: term}
		msg.err = s.changeSettings(func(c *model.Custom) error {
			if old := c.Term(code, term); old != nil {
				old.Retired = false
				return nil
			}
			if v := c.Vocab(code); v != nil {
				v.Terms = append(v.Terms, model.CustomTerm{ZH: term})
				return nil
			}
			c.Terms = append(c.Terms, model.CustomTerm{Vocab: code, ZH: term})
			return nil
		})
		if msg.err == nil {
			msg.opts, msg.err = load()
		}
		return msg
	}
}

// termAdded takes the new term where the cursor still is.
func (f *form) termAdded(s *session, msg termMsg) tea.Cmd {
	f.filling = false
	if msg.err != nil {
		return complain(msg.err)
	}
	f.renew(s, msg.opts)
	e := f.current()
	if e == nil || f.picker == nil {
		return nil
	}
	if _, _, name := e.place(); name != msg.field {
		return nil
	}
	if e.several() && slices.Contains(e.chosen, msg.term) {
		return nil
	}
	e.take(msg.term)
	f.picker.SetQuery(e.query())
	return tea.Batch(f.typed(true, model.Words{}), say(model.Sayf(words.TermAdded.ZH, words.TermAdded.EN, msg.term)))
}
