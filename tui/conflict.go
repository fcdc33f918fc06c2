package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// conflict shows, side by side, the fields in which two sides differ, and lets
// the clerk choose for each: what two clerks changed in one record, or what two
// records of one thing say. Nothing of either is lost: the other's version is
// stored, hers is still in the form beneath.
type conflict struct {
	under  screen // told by settledMsg what was chosen
	with   *db.Conflict
	intro  model.Words
	mine   model.Words // names of the sides
	other  string
	read   func(s *session, f db.FieldConflict, v any) string // a value as text
	theirs []bool                                             // by field: take the other's value
	at     int
	offset int    // the first line shown
	moved  bool   // the cursor came to another field: its block is to be shown
	page   int    // lines shown the last time
	block  [2]int // the lines of the current field, of the last drawing
}

// newConflict is about what another clerk changed while a form was open.
func newConflict(f *form, with *db.Conflict) *conflict {
	c := compare(f, with)
	c.intro, c.mine, c.other = model.Sayf(words.ConflictIntro.ZH, words.ConflictIntro.EN, clean(with.By)), words.Yours, clean(with.By)
	c.read = func(s *session, cf db.FieldConflict, v any) string { return sideText(cf.Field, v, s.lang, f.ctx.Text) }
	return c
}

// compare is about any two sides.
func compare(under screen, with *db.Conflict) *conflict {
	return &conflict{under: under, with: with, theirs: make([]bool, len(with.Fields)), moved: true}
}

func (c *conflict) init(*session) tea.Cmd     { return nil }
func (c *conflict) refresh(*session) tea.Cmd  { return nil }
func (c *conflict) place() place              { return onConflict }
func (c *conflict) register() *model.Register { return c.under.register() }
func (c *conflict) typing() bool              { return false }
func (c *conflict) title(s *session) string   { return words.ConflictTitle.In(s.lang) }

// keep implements keeper: what a form below holds is hers.
func (c *conflict) keep(s *session) tea.Cmd {
	if k, ok := c.under.(keeper); ok {
		return k.keep(s)
	}
	return nil
}

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
		c.move(key.String())
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

// move goes to another field. What is longer than the screen is scrolled through
// to its end first, so that nothing is passed over unread.
func (c *conflict) move(key string) {
	above, below := c.block[0] < c.offset, c.block[1] > c.offset+c.page
	switch {
	case key == "pgup":
		c.offset -= max(c.page-1, 1)
	case key == "pgdown":
		c.offset += max(c.page-1, 1)
	case key == "up" && above:
		c.offset--
	case key == "down" && below:
		c.offset++
	case key == "up" && c.at > 0:
		c.at--
		c.moved = true
	case key == "down" && c.at < len(c.with.Fields)-1:
		c.at++
		c.moved = true
	}
}

// settledMsg tells the screen beneath which side was chosen.
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
