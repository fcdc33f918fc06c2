package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// columns chooses which fields of a register are columns of its list, and in
// which order. What is chosen belongs to the person.
type columns struct {
	reg    *model.Register
	fields []*model.Field // those shown first, in their order
	on     map[*model.Field]bool
	table  part.Table
}

func newColumns(s *session, reg *model.Register) *columns {
	shown := s.chosenColumns(reg)
	if shown == nil {
		shown = declaredColumns(reg)
	}
	c := &columns{reg: reg}
	c.begin(s, shown)
	return c
}

// begin lists the shown fields and then the others.
func (c *columns) begin(s *session, shown []*model.Field) {
	c.fields, c.on = slices.Clone(shown), map[*model.Field]bool{}
	for _, f := range shown {
		c.on[f] = true
	}
	for _, f := range c.reg.Fields {
		if !c.on[f] && s.mayBeColumn(f) {
			c.fields = append(c.fields, f)
		}
	}
	c.table.SetRows(len(c.fields))
}

func (c *columns) init(*session) tea.Cmd     { return nil }
func (c *columns) refresh(*session) tea.Cmd  { return nil }
func (c *columns) title(s *session) string   { return words.Columns.In(s.lang) }
func (c *columns) place() place              { return onColumns }
func (c *columns) register() *model.Register { return c.reg }
func (c *columns) typing() bool              { return false }

func (c *columns) update(s *session, msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || c.table.Move(key.String()) {
		return nil
	}
	a := find(onColumns, key.String())
	if a == nil {
		return nil
	}
	at := c.table.Cursor
	switch a.id {
	case actBack:
		return s.pop()
	case actChoose:
		f := c.fields[at]
		c.on[f] = !c.on[f]
		c.table.Move("down")
	case actEarlier:
		c.shift(at, at-1)
	case actLater:
		c.shift(at, at+1)
	case actDefault:
		c.begin(s, declaredColumns(c.reg))
		c.table.Go(0)
	case actSave:
		return c.save(s)
	}
	return nil
}

// shift moves a column to another place.
func (c *columns) shift(from, to int) {
	if to < 0 || to >= len(c.fields) {
		return
	}
	c.fields[from], c.fields[to] = c.fields[to], c.fields[from]
	c.table.Go(to)
}

// save keeps the choice; the declared columns are kept as no choice, so that
// they follow when the declaration grows.
func (c *columns) save(s *session) tea.Cmd {
	var shown []*model.Field
	for _, f := range c.fields {
		if c.on[f] {
			shown = append(shown, f)
		}
	}
	if len(shown) == 0 {
		return complain(&model.Problem{Words: words.NoColumns})
	}
	var keys []string
	if !slices.Equal(shown, declaredColumns(c.reg)) {
		for _, f := range shown {
			keys = append(keys, f.Key)
		}
	}
	s.pop()
	reg := c.reg.Key
	return tea.Batch(s.prefer(func(p *model.Preferences) { p.SetColumns(reg, keys) }), say(words.ColumnsKept))
}

func (c *columns) view(s *session, w, h int) frame {
	m := s.metric
	fr := frame{lines: []string{faint.Render(m.Cut(words.ColumnsHint.In(s.lang), w))}}
	from, to := c.table.Window(h - 1)
	for i := from; i < to; i++ {
		f := c.fields[i]
		box := m.Glyphs().Off
		if c.on[f] {
			box = m.Glyphs().On
		}
		line := m.Mark(i == c.table.Cursor) + box + " " + f.Words.In(s.lang)
		if f.Computed != nil {
			line += "  " + words.Computed.In(s.lang)
		}
		line = m.Fit(line, w)
		if i == c.table.Cursor {
			line = reverse.Render(line)
		}
		fr.lines = append(fr.lines, line)
	}
	return fr
}
