package part

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/rivo/uniseg"

	"taizhang/tui/cell"
)

// Input is a field of one line. It replaces bubbles/textinput, whose cursor
// counts characters instead of cells (bubbles #906) and ignores scrolling
// (bubbles #1001): an input method would open its window in the wrong place.
//
// The zero value is ready to use.
type Input struct {
	text
	Metric cell.Metric
	first  int // offset of the first visible character
}

// Update applies a key or a paste and tells whether the value changed. Keys
// that mean nothing in a line of text are left to the screen.
func (in *Input) Update(msg tea.Msg) (changed bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "home", "ctrl+home":
			in.pos = 0
			return false
		case "end", "ctrl+end":
			in.pos = len(in.s)
			return false
		}
	}
	return in.edit(msg)
}

// SetValue replaces the text, within Limit, and puts the cursor at its end.
func (in *Input) SetValue(s string) {
	in.text.SetValue(s)
	in.first = 0
}

// View draws the field in exactly w cells and returns the column of the cursor.
// One cell always stays free for the cursor behind the text.
func (in *Input) View(w int) (line string, cursorX int) {
	w = max(w, 1)
	in.scroll(w)
	cursorX = in.Metric.Width(in.s[in.first:in.pos])
	var b strings.Builder
	used := 0
	for rest := in.s[in.first:]; rest != ""; {
		c, tail, _, _ := uniseg.FirstGraphemeClusterInString(rest, -1)
		n := in.Metric.Width(c)
		if used+n > w-1 && (in.AtEnd() || used+n > w) {
			break
		}
		b.WriteString(c)
		used += n
		rest = tail
	}
	return in.Metric.Fit(b.String(), w), cursorX
}

// scroll chooses the first visible character: the cursor, and the whole of a
// character under it, must be inside, and no room may be wasted on the right.
func (in *Input) scroll(w int) {
	in.first = min(in.first, in.pos)
	in.first = in.snap(in.first) // an edit may have joined its neighbours
	under := 1
	if !in.AtEnd() {
		under = max(1, in.Metric.Width(in.s[in.pos:in.next(in.pos)]))
	}
	for in.first < in.pos && in.Metric.Width(in.s[in.first:in.pos])+under > w {
		in.first = in.next(in.first)
	}
	for in.first > 0 {
		p := in.prev(in.first)
		if in.Metric.Width(in.s[p:])+1 > w {
			break
		}
		in.first = p
	}
}
