package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// preferring shows what the person prefers, one choice a line. What is chosen
// holds at once.
type preferring struct {
	table   part.Table
	choices *part.Picker // of the current line, while it is asked
}

func newPreferences() *preferring { return &preferring{} }

// preference is one line: what can be chosen, which of it is, and how to.
type preference struct {
	words   model.Words
	choices []choice
	now     string
	choose  func(s *session, id string) tea.Cmd
}

type choice struct {
	id    string
	words model.Words
}

func (p *preferring) place() place              { return onPreferences }
func (p *preferring) register() *model.Register { return nil }
func (p *preferring) typing() bool              { return false }
func (p *preferring) title(s *session) string   { return words.Preferences.In(s.lang) }
func (p *preferring) init(*session) tea.Cmd     { return nil }
func (p *preferring) refresh(*session) tea.Cmd  { return nil }

// opening are the screens a login begins with: home, and on it what the person
// prefers to see first.
func (s *session) opening() []screen {
	stack := []screen{newHome()}
	if reg := s.declared().Register(s.preferences.Start); reg != nil && !reg.Removed {
		stack = append(stack, newList(s, reg))
	}
	if s.preferences.Start == model.StartSearch {
		stack = append(stack, newSearch(s))
	}
	return stack
}

// preferences lists the lines.
func (s *session) preferenceLines() []preference {
	now := &s.preferences
	set := func(change func(*model.Preferences)) tea.Cmd { return s.prefer(change) }
	start := []choice{{"", words.StartHome}, {model.StartSearch, words.StartSearchIt}}
	for _, reg := range s.declared().Registers {
		if !reg.Removed {
			start = append(start, choice{reg.Key, reg.Words})
		}
	}
	redraw := map[bool]string{true: "yes"}
	out := []preference{
		{words.PreferLang, []choice{{"", words.LangFollows}, {model.ZH.String(), sameWords("中文")}, {model.EN.String(), sameWords("English")}}, now.Lang,
			func(s *session, id string) tea.Cmd {
				if l, ok := model.ParseLang(id); ok {
					return s.speak(l)
				}
				return set(func(p *model.Preferences) { p.Lang = id })
			}},
		{words.PreferStart, start, now.Start, func(_ *session, id string) tea.Cmd {
			return set(func(p *model.Preferences) { p.Start = id })
		}},
		{words.PreferGlyphs, []choice{{"", words.GlyphsAsk}, {model.GlyphsNarrow, words.GlyphsOne}, {model.GlyphsWide, words.GlyphsTwo}}, now.Glyphs,
			func(s *session, id string) tea.Cmd {
				cmd := set(func(p *model.Preferences) { p.Glyphs = id })
				s.become((*session).measure)
				return tea.Batch(cmd, tea.ClearScreen)
			}},
		{words.PreferRedraw, []choice{{"", words.RedrawNo}, {"yes", words.RedrawYes}}, redraw[now.Redraw], func(_ *session, id string) tea.Cmd {
			return set(func(p *model.Preferences) { p.Redraw = id != "" })
		}},
	}
	for _, reg := range s.declared().All() {
		keys := now.Columns[reg.Key]
		if len(keys) == 0 {
			continue
		}
		out = append(out, preference{
			model.Sayf(words.PreferColumns.ZH, words.PreferColumns.EN, reg.Words),
			[]choice{{"", model.Sayf(words.ColumnsAsChosen.ZH, words.ColumnsAsChosen.EN, len(keys))}, {"back", words.ColumnsDeclared}}, "",
			func(_ *session, id string) tea.Cmd {
				if id == "" {
					return nil
				}
				return set(func(p *model.Preferences) { p.SetColumns(reg.Key, nil) })
			},
		})
	}
	for _, t := range now.Templates {
		out = append(out, preference{
			model.Sayf(words.PreferTemplate.ZH, words.PreferTemplate.EN, t.Words),
			[]choice{{"", words.TemplateKeep}, {"remove", words.TemplateRemove}}, "",
			func(_ *session, id string) tea.Cmd {
				if id == "" {
					return nil
				}
				return set(func(p *model.Preferences) { p.DropTemplate(t.Register, t.Words.ZH) })
			},
		})
	}
	return out
}

// measure takes the width of ambiguous characters from the preference, else from
// what the terminal answered when the program began.
func (s *session) measure() {
	s.metric = s.probed
	if n := s.preferences.Ambiguous(); n != 0 && !s.fixed {
		s.metric = cell.Metric{Ambiguous: n}
	}
}

func (p *preferring) update(s *session, msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	lines := s.preferenceLines()
	p.table.SetRows(len(lines))
	a := find(onPreferences, key.String())
	if p.choices != nil {
		switch {
		case a != nil && a.id == actBack:
			p.choices = nil
		case p.choices.Update(key) == part.Chosen:
			o, _ := p.choices.Selected()
			p.choices = nil
			return lines[p.table.Cursor].choose(s, o.ID)
		}
		return nil
	}
	if p.table.Move(key.String()) || a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		return s.pop()
	case actTake:
		line := lines[p.table.Cursor]
		options := make([]part.Option, len(line.choices))
		for i, c := range line.choices {
			options[i] = part.Option{ID: c.id, Text: c.words.In(s.lang)}
		}
		p.choices = part.NewPicker(s.metric, options, pinyin)
		p.choices.Numbers = true
		p.choices.View(1, len(options)+1) // a digit may come before the first drawing
		p.choices.Select(line.now)
	}
	return nil
}

// shown is the choice that holds.
func (p *preference) shown() model.Words {
	i := slices.IndexFunc(p.choices, func(c choice) bool { return c.id == p.now })
	if i < 0 { // of a register or program that is gone
		return sameWords(p.now)
	}
	return p.choices[i].words
}

func (p *preferring) view(s *session, w, h int) frame {
	m := s.metric
	all := s.preferenceLines()
	p.table.SetRows(len(all))
	if p.choices != nil {
		lines := []string{bold.Render(m.Cut(all[p.table.Cursor].words.In(s.lang), w)), ""}
		return frame{lines: append(lines, p.choices.View(min(w-1, pickWidth), min(h-2, len(all[p.table.Cursor].choices)+1))...)}
	}
	label := 0
	for i := range all {
		label = max(label, m.Width(all[i].words.In(s.lang)))
	}
	label = min(label, w/2)
	var lines []string
	for _, l := range m.Wrap(words.PreferIntro.In(s.lang), w) {
		lines = append(lines, faint.Render(l))
	}
	lines = append(lines, "")
	from, to := p.table.Window(max(1, h-len(lines)))
	for i := from; i < to; i++ {
		mark := m.Mark(i == p.table.Cursor)
		line := m.Cut(mark+m.Fit(all[i].words.In(s.lang), label)+"  "+clean(all[i].shown().In(s.lang)), w)
		if i == p.table.Cursor {
			line = reverse.Render(m.Fit(line, w))
		}
		lines = append(lines, line)
	}
	return frame{lines: lines}
}
