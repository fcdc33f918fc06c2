package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Cut returns s in at most w cells, with a mark where something was left out.
// It never shows half a character. Styles survive the cut, so one that was
// opened is closed again; any other escape sequence is dropped, and control
// characters become spaces.
func (m Metric) Cut(s string, w int) string { out, _ := m.cut(s, w); return out }

// Fit returns s in exactly w cells, cut or padded with spaces on the right.
func (m Metric) Fit(s string, w int) string {
	out, n := m.cut(s, w)
	out += spaces(w - n)
	// A character that joins its neighbour may have swallowed a space.
	for n = m.Width(out); n < w; n = m.Width(out) {
		out += spaces(w - n)
	}
	return out
}

// FitRight returns s in exactly w cells against the right edge, for numbers.
func (m Metric) FitRight(s string, w int) string {
	out, n := m.cut(s, w)
	out = spaces(w-n) + out
	for n = m.Width(out); n < w; n = m.Width(out) {
		out = spaces(w-n) + out
	}
	return out
}

func (m Metric) cut(s string, w int) (out string, width int) {
	if w <= 0 {
		return "", 0
	}
	mark := m.mark(w)
	room := w - m.Width(mark)
	var b strings.Builder
	b.Grow(len(s))
	keep, keepWidth := 0, 0 // what stays if a mark is needed
	cut := false
	for t, n := range m.tokens(s) {
		switch {
		case t[0] == ansi.ESC && n == 0:
			if isStyle(t) {
				b.WriteString(t)
				if !cut && width <= room {
					keep = b.Len()
				}
			}
		case cut:
		case width+n > w:
			cut = true
			rest := b.String()[keep:]
			head := b.String()[:keep]
			b.Reset()
			b.WriteString(head)
			b.WriteString(mark)
			b.WriteString(sequences(rest))
			width = keepWidth + m.Width(mark)
		default:
			width += n
			if isControl(t) {
				t = " "
			}
			b.WriteString(t)
			if width <= room {
				keep, keepWidth = b.Len(), width
			}
		}
	}
	return b.String(), width
}

// mark shows a cut: "…" where it is one cell, "..." where it would be two, "~"
// where three cells would eat the text.
func (m Metric) mark(w int) string {
	switch {
	case !m.IsWide():
		return "…"
	case w >= 8:
		return "..."
	}
	return "~"
}

// isStyle reports a complete SGR sequence, the only kind text may carry.
func isStyle(t string) bool { return strings.HasPrefix(t, "\x1b[") && t[len(t)-1] == 'm' }

// sequences keeps only the styles of s.
func sequences(s string) string {
	if !strings.Contains(s, "\x1b") {
		return ""
	}
	var b strings.Builder
	for t := range Narrow.tokens(s) {
		if isStyle(t) {
			b.WriteString(t)
		}
	}
	return b.String()
}

const blanks = "                                                                                "

func spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Drop returns s without its first n cells. Half of a character that the edge
// goes through becomes a space; styles stay.
func (m Metric) Drop(s string, n int) string {
	if n <= 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for t, w := range m.tokens(s) {
		switch {
		case w == 0 && isStyle(t), at >= n:
			b.WriteString(t)
		case at+w > n:
			b.WriteString(spaces(at + w - n))
		}
		at += w
	}
	return b.String()
}
