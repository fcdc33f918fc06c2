package tui

import (
	"strings"
	"unicode/utf8"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// view shows both sides of every field whole, wrapped; what differs is bold.
func (c *conflict) view(s *session, w, h int) frame {
	m := s.metric
	lines := append(m.Wrap(c.intro.In(s.lang), w), "")
	for i, f := range c.with.Fields {
		from := len(lines)
		lines = append(lines, c.field(s, i, f, w)...)
		if i == c.at {
			c.block = [2]int{from, len(lines)}
		}
		lines = append(lines, "")
	}
	lines = lines[:len(lines)-1]
	c.page = h
	if len(lines) > h {
		c.page-- // for the choice
	}
	if c.moved { // its end in sight, and before that its beginning
		c.offset = min(max(c.offset, c.block[1]-c.page), c.block[0])
		if c.at == 0 && c.block[1] <= c.page {
			c.offset = 0
		}
		c.moved = false
	}
	c.offset = max(0, min(c.offset, len(lines)-c.page))
	end := min(len(lines), c.offset+c.page)
	fr := frame{lines: lines[c.offset:end:end]}
	if c.page < h {
		fr.lines = append(fr.lines, c.choice(s, len(lines)-end, w))
	}
	return fr
}

// choice repeats below what scrolls away above: which side of the current field
// is chosen, and how much there is to read.
func (c *conflict) choice(s *session, below, w int) string {
	m, f := s.metric, c.with.Fields[c.at]
	mine, theirs := m.Glyphs().On, m.Glyphs().Off
	if c.theirs[c.at] {
		mine, theirs = theirs, mine
	}
	line := c.label(s, f, w/3) + words.Colon.In(s.lang) + mine + " " + c.mine.In(s.lang) + "  " + theirs + " " + m.Cut(c.other, w/4)
	if below > 0 {
		line += "  " + model.Sayf(words.MoreBelow.ZH, words.MoreBelow.EN, below).In(s.lang)
	}
	return bold.Render(m.Cut(line, w))
}

// label names a field.
func (c *conflict) label(s *session, f db.FieldConflict, w int) string {
	label := f.Key
	if f.Field != nil {
		label = f.Field.Words.In(s.lang)
	}
	return s.metric.Cut(clean(label), w)
}

// field draws the block of one field.
func (c *conflict) field(s *session, i int, f db.FieldConflict, w int) []string {
	label, mark := c.label(s, f, w-2), "  "
	if i == c.at {
		mark, label = s.metric.Glyphs().Mark+" ", bold.Render(label)
	}
	mine, theirs := c.read(s, f, f.Mine), c.read(s, f, f.Theirs)
	head, tail := alike(mine, theirs)
	out := append([]string{mark + label}, c.side(s, c.mine.In(s.lang), mine, head, tail, !c.theirs[i], w)...)
	return append(out, c.side(s, c.other, theirs, head, tail, c.theirs[i], w)...)
}

// sideText is a value as it stands in the form, the rows of a list on lines of
// their own.
func sideText(f *model.Field, v any, l model.Lang, text func(*model.Field, any, model.Lang) string) string {
	if model.Blank(v) {
		return words.Blank.In(l)
	}
	rows, ok := v.([]model.Row)
	if !ok || len(rows) < 2 || f == nil {
		return clean(text(f, v, l))
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = text(f, []model.Row{row}, l)
	}
	return clean(strings.Join(lines, "\n"))
}

// side draws one side: whether it is chosen, whose it is, and all it says. Its
// bytes from head to tail before its end are what the other side has otherwise.
func (c *conflict) side(s *session, who, text string, head, tail int, chosen bool, w int) []string {
	m := s.metric
	name := max(10, m.Width(c.mine.In(s.lang))) // an id needs a little more
	box := m.Glyphs().Off
	if chosen {
		box = m.Glyphs().On
	}
	before := "    " + box + " " + m.Fit(who, name) + " "
	indent := m.Width(before)
	var out []string
	for _, l := range m.Lines(text, w-indent) {
		from, to := min(max(head, l.Start), l.End), max(min(len(text)-tail, l.End), l.Start)
		line := text[l.Start:l.End]
		if from < to {
			line = text[l.Start:from] + bold.Render(text[from:to]) + text[to:l.End]
		}
		if len(out) > 0 {
			before = m.Fit("", indent)
		}
		out = append(out, before+line)
	}
	return out
}

// alike is how many bytes two texts have in common at their beginning and, of
// what is left, at their end.
func alike(a, b string) (head, tail int) {
	for head < len(a) && head < len(b) {
		r, n := utf8.DecodeRuneInString(a[head:])
		if q, _ := utf8.DecodeRuneInString(b[head:]); r != q {
			break
		}
		head += n
	}
	for tail < len(a)-head && tail < len(b)-head {
		r, n := utf8.DecodeLastRuneInString(a[head : len(a)-tail])
		if q, _ := utf8.DecodeLastRuneInString(b[head : len(b)-tail]); r != q {
			break
		}
		tail += n
	}
	return head, tail
}
