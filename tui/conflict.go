package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// conflict shows, side by side, the fields that two clerks changed, and lets
// the second choose for each. Nothing of either is lost: the other's version is
// stored, hers is still in the form.
type conflict struct {
	form   *form
	with   *db.Conflict
	theirs []bool // by field: take the other's value
	at     int
}

func newConflict(f *form, c *db.Conflict) *conflict {
	return &conflict{form: f, with: c, theirs: make([]bool, len(c.Fields))}
}

func (c *conflict) init(*session) tea.Cmd     { return nil }
func (c *conflict) refresh(*session) tea.Cmd  { return nil }
func (c *conflict) place() place              { return onConflict }
func (c *conflict) register() *model.Register { return c.form.reg }
func (c *conflict) typing() bool              { return false }
func (c *conflict) title(s *session) string   { return words.ConflictTitle.In(s.lang) }

// keep implements keeper: what the form below holds is hers.
func (c *conflict) keep(s *session) tea.Cmd { return c.form.keep(s) }

func (c *conflict) update(s *session, msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	a := find(onConflict, key.String())
	if a == nil {
		return nil
	}
	switch a.id {
	case actMove:
		step := map[string]int{"up": -1, "down": 1}[key.String()]
		c.at = max(0, min(len(c.with.Fields)-1, c.at+step))
	case actChoose:
		c.theirs[c.at] = !c.theirs[c.at]
	case actSave:
		s.pop()
		return func() tea.Msg { return settledMsg{c} }
	case actBack:
		return s.pop()
	}
	return nil
}

// settledMsg tells the form which side was chosen.
type settledMsg struct{ conflict *conflict }

// settle takes the choices into the form and saves on top of the other's
// version.
func (f *form) settle(s *session, c *conflict) tea.Cmd {
	for i, cf := range c.with.Fields {
		for _, e := range f.fields {
			if e.f.Key == cf.Key && c.theirs[i] {
				e.setValue(f.ctx, cf.Theirs, s.lang)
				e.initial = e.text()
			}
		}
	}
	f.base = c.with.Current
	return f.save(s, false)
}

func (c *conflict) view(s *session, w, h int) frame {
	m := s.metric
	lines := append(m.Wrap(model.Sayf(words.ConflictIntro.ZH, words.ConflictIntro.EN, c.with.By).In(s.lang), w), "")
	const perField = 4
	room := max(1, (h-len(lines))/perField)
	from := max(0, min(c.at-room/2, len(c.with.Fields)-room))
	for i := from; i < min(len(c.with.Fields), from+room); i++ {
		f := c.with.Fields[i]
		label := f.Key
		if f.Field != nil {
			label = f.Field.Words.In(s.lang)
		}
		mark := "  "
		if i == c.at {
			mark, label = m.Glyphs().Mark+" ", bold.Render(label)
		}
		lines = append(lines, mark+label,
			c.side(s, words.Yours.In(s.lang), f, f.Mine, !c.theirs[i], w),
			c.side(s, c.with.By, f, f.Theirs, c.theirs[i], w), "")
	}
	return frame{lines: lines[:min(len(lines), h)]}
}

func (c *conflict) side(s *session, who string, f db.FieldConflict, v any, chosen bool, w int) string {
	m := s.metric
	text := words.Blank.In(s.lang)
	if !model.Blank(v) {
		text = clean(c.form.ctx.Text(f.Field, v, s.lang))
	}
	box := m.Glyphs().Off
	if chosen {
		box = m.Glyphs().On
	}
	line := m.Cut("    "+box+" "+m.Fit(who, 10)+" "+text, w)
	if chosen {
		return line
	}
	return faint.Render(line)
}
