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
	offset int    // the first line shown
	moved  bool   // the cursor came to another field: its block is to be shown
	page   int    // lines shown the last time
	block  [2]int // the lines of the current field, of the last drawing
}

func newConflict(f *form, c *db.Conflict) *conflict {
	return &conflict{form: f, with: c, theirs: make([]bool, len(c.Fields)), moved: true}
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
