package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// mostPhrases bounds how many phrases are offered.
const mostPhrases = 1_000

// phrasing chooses a phrase of the office by its initials, pinyin or any part of
// its text, for whatever screen with a text below it.
type phrasing struct {
	from   keeper
	reg    *model.Register
	list   []model.OfferedPhrase
	picker *part.Picker // nil until the phrases are read
	asked  part.Input
	insert func(full string) tea.Cmd // puts it at the cursor
}

// phrasesMsg brings the phrases of the office.
type phrasesMsg struct {
	phrasing *phrasing
	list     []model.OfferedPhrase
	err      error
}

// choosePhrase opens the choice over a screen of the register; insert is told the
// full text of the phrase taken.
func (s *session) choosePhrase(from keeper, reg *model.Register, insert func(full string) tea.Cmd) tea.Cmd {
	p := &phrasing{from: from, reg: reg, insert: insert, asked: part.Input{Metric: s.metric}}
	p.asked.Limit, p.asked.Clean = 40, model.Clean
	s.push(p)
	return tea.Batch(p.refresh(s), from.keep(s))
}

func (p *phrasing) init(*session) tea.Cmd     { return nil }
func (p *phrasing) register() *model.Register { return p.reg }
func (p *phrasing) typing() bool              { return true }
func (p *phrasing) waiting() bool             { return p.picker == nil }
func (p *phrasing) title(s *session) string   { return words.Phrases.In(s.lang) }
func (p *phrasing) place() place              { return onChoice }

// keep implements keeper: what the screen below holds is what is half written.
func (p *phrasing) keep(s *session) tea.Cmd { return p.from.keep(s) }

// refresh reads the phrases.
func (p *phrasing) refresh(s *session) tea.Cmd {
	return func() tea.Msg {
		msg := phrasesMsg{phrasing: p}
		msg.err = s.ask(func(ctx context.Context) error {
			records, err := s.ledger.List(ctx, db.Query{Register: model.Phrase.Key, States: []model.State{model.Final}, Limit: mostPhrases})
			msg.list = model.OfferPhrases(records)
			return err
		})
		return msg
	}
}

func (p *phrasing) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case phrasesMsg:
		if msg.phrasing == p {
			return p.read(s, msg)
		}
	case tea.PasteMsg:
		p.typed(msg)
	case tea.KeyPressMsg:
		return p.press(s, msg)
	}
	return nil
}

// read shows the phrases that were read.
func (p *phrasing) read(s *session, msg phrasesMsg) tea.Cmd {
	if msg.err != nil {
		s.pop()
		return complain(msg.err)
	}
	p.list = msg.list
	opts := make([]part.Option, len(p.list))
	for i, ph := range p.list {
		opts[i] = part.Option{ID: ph.ID, Text: clean(ph.Line())}
		if !ph.Approved {
			opts[i].Extra = words.PhraseOpen.In(s.lang)
		}
	}
	p.picker = part.NewPicker(s.metric, opts, pinyin)
	p.picker.SetQuery(strings.TrimSpace(p.asked.Value()))
	return nil
}

func (p *phrasing) typed(msg tea.Msg) {
	if p.asked.Update(msg) && p.picker != nil {
		p.picker.SetQuery(strings.TrimSpace(p.asked.Value()))
	}
}

func (p *phrasing) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	a := find(onChoice, key.String())
	switch {
	case a != nil && a.id == actBack:
		return s.pop()
	case p.picker == nil:
		p.typed(key)
	case p.picker.Update(key) == part.Chosen:
		return p.take(s)
	case a == nil || a.id == actNone:
		p.typed(key)
	}
	return nil
}

// take goes back with the phrase that is marked.
func (p *phrasing) take(s *session) tea.Cmd {
	o, ok := p.picker.Selected()
	if !ok {
		return nil
	}
	for _, ph := range p.list {
		if ph.ID == o.ID {
			return tea.Batch(s.pop(), p.insert(ph.Full))
		}
	}
	return nil
}

func (p *phrasing) view(s *session, w, h int) frame {
	line, x := ask(s, words.PhraseAsk, model.Words{}, &p.asked, w)
	fr := frame{lines: []string{line, ""}, cursor: &tea.Position{X: x, Y: 0}}
	switch {
	case p.picker == nil:
		return fr
	case len(p.list) == 0:
		fr.lines = append(fr.lines, s.metric.Wrap(words.PhraseNone.In(s.lang), w)...)
		return fr
	}
	_, all := p.picker.Count()
	fr.lines = append(fr.lines, p.picker.View(w-1, min(all+1, max(2, h-7)))...)
	if o, ok := p.picker.Selected(); ok { // the whole of what is cut off above
		fr.lines = append(fr.lines, "")
		for _, ph := range p.list {
			if ph.ID == o.ID {
				fr.lines = append(fr.lines, s.metric.Wrap(clean(ph.Full), w-1)...)
			}
		}
	}
	fr.lines = fr.lines[:min(len(fr.lines), h)]
	return fr
}

// choosePhrase offers the phrases for the text field with the cursor.
func (f *form) choosePhrase(s *session) tea.Cmd {
	e := f.current()
	if e == nil || !e.f.TakesPhrases() {
		return complain(model.Problemf(words.PhraseNotHere.ZH, words.PhraseNotHere.EN))
	}
	return s.choosePhrase(f, f.reg, func(full string) tea.Cmd {
		if e.note == nil {
			full = model.OneLine(full)
		}
		changed, notice := e.edit(tea.PasteMsg{Content: full})
		if t := f.rows(); t != nil {
			t.store()
		}
		return f.typed(changed, notice)
	})
}
