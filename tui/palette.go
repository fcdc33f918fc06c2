package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// palette finds anything that can be done by a few letters of its name, and does
// it on the screen beneath.
type palette struct {
	under    screen
	input    part.Input
	picker   *part.Picker
	commands map[string]command
}

func newPalette(s *session, under screen) *palette {
	p := &palette{under: under, input: part.Input{Metric: s.metric}}
	p.input.Clean, p.input.Limit = model.Clean, 40
	p.build(s)
	return p
}

func (p *palette) overlay()                  {}
func (p *palette) init(*session) tea.Cmd     { return nil }
func (p *palette) refresh(*session) tea.Cmd  { return nil }
func (p *palette) title(s *session) string   { return words.Palette.In(s.lang) }
func (p *palette) place() place              { return onPalette }
func (p *palette) register() *model.Register { return nil }
func (p *palette) typing() bool              { return true }

// build lists the commands, those chosen last in front. What was typed and the
// line chosen stay.
func (p *palette) build(s *session) { p.list(s, commandsOn(s, p.under)) }

func (p *palette) list(s *session, commands []command) {
	rank := map[string]int{}
	for i, id := range s.preferences.Recent {
		rank[id] = i - len(s.preferences.Recent)
	}
	slices.SortStableFunc(commands, func(a, b command) int { return rank[a.id] - rank[b.id] })
	p.commands = make(map[string]command, len(commands))
	options := make([]part.Option, len(commands))
	ready := make([]part.Matcher, len(commands))
	for i, c := range commands {
		p.commands[c.id] = c
		extra := c.extra.In(s.lang)
		if c.off != nil {
			extra = model.Say(c.off, s.lang)
		}
		options[i] = part.Option{ID: c.id, Text: clean(c.words.In(s.lang)), Extra: clean(extra)}
		ready[i] = newMatcher(c.words)
	}
	next := 0
	picker := part.NewPicker(s.metric, options, func(string) part.Matcher {
		next++
		return ready[next-1]
	})
	if p.picker != nil {
		picker.SetQuery(p.picker.Query())
		if o, ok := p.picker.Selected(); ok && p.picker.Moved() {
			picker.Select(o.ID)
		}
	}
	p.picker = picker
}

func (p *palette) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		p.typed(msg)
	case tea.KeyPressMsg:
		a := find(onPalette, msg.String())
		switch {
		case msg.Text != "" || a == nil:
			p.typed(msg)
		case a.id == actBack:
			return s.pop()
		case a.id == actMove:
			p.picker.Update(msg)
		case a.id == actTake:
			return p.take(s)
		}
	}
	return nil
}

func (p *palette) typed(msg tea.Msg) {
	if p.input.Update(msg) {
		p.picker.SetQuery(p.input.Value())
	}
}

// take closes the palette and runs the command of the current line, or says why
// it cannot be run.
func (p *palette) take(s *session) tea.Cmd {
	o, ok := p.picker.Selected()
	c := p.commands[o.ID]
	switch {
	case !ok:
		return complain(&model.Problem{Words: words.PaletteNone})
	case c.off != nil:
		return complain(c.off)
	}
	s.pop()
	return tea.Batch(c.run(s), s.chose(c.id))
}

// chose notes what was chosen. It is no matter if it cannot be kept.
func (s *session) chose(id string) tea.Cmd {
	keep := s.prefer(func(p *model.Preferences) { p.Chose(id) })
	if keep == nil || s.unwritable() != nil {
		return nil
	}
	return func() tea.Msg {
		if msg, ok := keep().(preferencesMsg); ok && msg.err == nil {
			return msg
		}
		return nil
	}
}

func (p *palette) view(s *session, w, h int) frame {
	m := s.metric
	label := words.PaletteAsk.In(s.lang)
	at := m.Width(label)
	text, x := p.input.View(min(40, w-at-1))
	lines := []string{bold.Render(label) + underline.Render(text)}
	var why []string
	if o, ok := p.picker.Selected(); ok {
		if off := p.commands[o.ID].off; off != nil {
			text := model.Sayf(words.OffNow.ZH, words.OffNow.EN, model.AsWords(off)).In(s.lang)
			for _, l := range m.Wrap(clean(text), w) {
				why = append(why, bad.Render(l))
			}
			why = why[:min(len(why), 3)]
		}
	}
	lines = append(lines, p.picker.View(w, h-1-len(why))...)
	return frame{lines: append(lines, why...), cursor: &tea.Position{X: at + x, Y: 0}}
}
