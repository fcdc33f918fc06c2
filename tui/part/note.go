package part

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/cell"
)

// NoteLimit is the greatest length of a note. It keeps a key press well below a
// millisecond and is more than a page of print.
const NoteLimit = 4000

// Note is a text of several lines, wrapped by the rules of Chinese printing.
// bubbles/textarea would wrap Chinese as if it were English, and draws the
// whole text for every key (bubbles #1023).
type Note struct {
	text
	Metric cell.Metric

	top  int // first visible line
	goal int // column that up and down try to keep, -1 when none

	// What the last View knew: moving by visual lines depends on the width.
	w, h  int
	lines []cell.Line
	of    string // text and width the lines belong to
	ofW   int
}

// NewNote returns an empty note with the usual limit.
func NewNote(m cell.Metric) *Note {
	n := &Note{Metric: m, goal: -1, w: 40, h: 5}
	n.multiline, n.Limit = true, NoteLimit
	return n
}

// Update applies a key or a paste and tells whether the value changed.
func (n *Note) Update(msg tea.Msg) (changed bool) {
	key, _ := msg.(tea.KeyPressMsg)
	lines := n.wrapped(n.w)
	at := n.line(lines)
	switch key.String() {
	case "up":
		n.toLine(lines, at-1)
		return false
	case "down":
		n.toLine(lines, at+1)
		return false
	case "pgup":
		n.toLine(lines, max(at-n.h, 0))
		return false
	case "pgdown":
		n.toLine(lines, min(at+n.h, len(lines)-1))
		return false
	}
	n.goal = -1
	switch key.String() {
	case "home":
		n.pos = lines[at].Start
	case "end":
		n.pos = n.endOf(lines, at)
	case "ctrl+home":
		n.pos = 0
	case "ctrl+end":
		n.pos = len(n.s)
	case "enter":
		n.Full, n.Dropped = false, 0
		return n.insert("\n")
	default:
		return n.edit(msg)
	}
	return false
}

// View draws h lines of exactly w cells and returns the cell of the cursor. One
// column stays free for the cursor behind a full line.
func (n *Note) View(w, h int) (out []string, curX, curY int) {
	n.w, n.h = max(w, 3), max(h, 1)
	lines := n.wrapped(n.w)
	at := n.line(lines)
	n.top = min(n.top, max(len(lines)-n.h, 0), at)
	n.top = max(n.top, at-n.h+1)
	for i := n.top; i < n.top+n.h; i++ {
		s := ""
		if i < len(lines) {
			s = n.s[lines[i].Start:lines[i].End]
		}
		out = append(out, n.Metric.Fit(s, w))
	}
	return out, n.column(lines, at), at - n.top
}

// Position tells which visual line the cursor is on, counting from 1, and how
// many there are.
func (n *Note) Position() (line, of int) {
	lines := n.wrapped(n.w)
	return n.line(lines) + 1, len(lines)
}

// Lines is how many visual lines the text has in w cells.
func (n *Note) Lines(w int) int { return len(n.wrapped(max(w, 3))) }

// wrapped are the visual lines in w cells. After an edit only what it touched is
// broken again: from a line before it to the end of its paragraph.
func (n *Note) wrapped(w int) []cell.Line {
	switch {
	case n.lines == nil || n.ofW != w:
		n.lines = n.Metric.Lines(n.s, w-1)
	case n.of != n.s:
		n.lines = rewrap(n.Metric, n.lines, n.of, n.s, w-1)
	}
	n.of, n.ofW = n.s, w
	return n.lines
}

// rewrap turns the lines of a text in w cells into those of the text it became.
// How a line breaks depends on where it begins and on the word at its end, never
// on what stands further on.
func rewrap(m cell.Metric, lines []cell.Line, was, now string, w int) []cell.Line {
	same := 0
	for same < len(was) && same < len(now) && was[same] == now[same] {
		same++
	}
	tail := 0
	for tail < len(was)-same && tail < len(now)-same && was[len(was)-1-tail] == now[len(now)-1-tail] {
		tail++
	}
	keep := 0 // lines that stay: all but the last two of those before the change
	for keep < len(lines) && lines[keep].Next <= same && lines[keep].Next > lines[keep].Start {
		keep++
	}
	keep = max(keep-2, 0)
	start := 0
	if keep > 0 {
		start = lines[keep-1].Next
	}
	out := append(make([]cell.Line, 0, len(lines)+2), lines[:keep]...)
	end, rest := len(now), 0 // the changed paragraph; the first line after it
	if i := strings.IndexByte(now[len(now)-tail:], '\n'); i >= 0 {
		end = len(now) - tail + i + 1
		rest = len(lines)
		for rest > 0 && lines[rest-1].Start >= end-len(now)+len(was) {
			rest--
		}
	} else {
		rest = len(lines)
	}
	for _, l := range m.Lines(now[start:end], w) {
		l.Start, l.End, l.Next = l.Start+start, l.End+start, l.Next+start
		out = append(out, l)
	}
	if end < len(now) || rest < len(lines) { // Lines adds an empty line behind the newline
		out = out[:len(out)-1]
	}
	for _, l := range lines[rest:] {
		by := len(now) - len(was)
		out = append(out, cell.Line{Start: l.Start + by, End: l.End + by, Next: l.Next + by})
	}
	return out
}

// line is the visual line of the cursor: the last that starts at or before it.
func (n *Note) line(lines []cell.Line) int {
	i := len(lines) - 1
	for i > 0 && lines[i].Start > n.pos {
		i--
	}
	return i
}

// column is the cell of the cursor in its line. Behind the spaces that a break
// swallowed it stays at the edge.
func (n *Note) column(lines []cell.Line, at int) int {
	l := lines[at]
	return min(n.Metric.Width(n.s[l.Start:min(n.pos, max(l.End, l.Start))])+
		n.Metric.Width(n.s[min(n.pos, l.End):n.pos]), n.w-1)
}

// endOf is the last place on a line. Where a line breaks without a space, the
// place behind it already is the start of the next.
func (n *Note) endOf(lines []cell.Line, at int) int {
	l := lines[at]
	if at+1 < len(lines) && l.End == l.Next && l.End > l.Start {
		return n.prev(l.End)
	}
	return l.End
}

// toLine moves up or down by visual lines, keeping the column.
func (n *Note) toLine(lines []cell.Line, to int) {
	at := n.line(lines)
	if n.goal < 0 {
		n.goal = n.column(lines, at)
	}
	switch {
	case to < 0:
		n.pos = 0
		return
	case to >= len(lines):
		n.pos = len(n.s)
		return
	}
	l, end := lines[to], n.endOf(lines, to)
	n.pos = l.Start
	for n.pos < end {
		next := n.next(n.pos)
		if n.Metric.Width(n.s[l.Start:next]) > n.goal {
			break
		}
		n.pos = next
	}
}
