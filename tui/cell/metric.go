// Package cell measures and shapes text in terminal cells. Every width in the
// program comes from here: a Han character takes two cells, a combining mark
// none, and the so-called ambiguous characters (“ ” … — · ─ → ●) one or two
// depending on the setting of the terminal.
package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"
)

// Metric is how a terminal measures text. It is a plain value, handed down from
// whoever probed the terminal, so two terminals in one process may differ.
type Metric struct {
	// Ambiguous is the number of cells of an East Asian ambiguous character:
	// 1, or 2 in terminals set for old Chinese fonts. Zero counts as 1.
	Ambiguous int
}

// Narrow and Wide are the two terminals there are.
var (
	Narrow = Metric{Ambiguous: 1}
	Wide   = Metric{Ambiguous: 2}
)

// IsWide tells whether ambiguous characters take two cells.
func (m Metric) IsWide() bool { return m.Ambiguous > 1 }

// Width is the number of cells s takes on one line. Escape sequences take none;
// a control character counts as the space that Cut and Fit make of it.
func (m Metric) Width(s string) int {
	n := 0
	for _, w := range m.tokens(s) {
		n += w
	}
	return n
}

// tokens yields grapheme clusters and, whole, escape sequences, each with its
// width.
func (m Metric) tokens(s string) func(func(string, int) bool) {
	return func(yield func(string, int) bool) {
		for len(s) > 0 {
			n, w := m.first(s)
			if !yield(s[:n], w) {
				return
			}
			s = s[n:]
		}
	}
}

// first is the length and width of the first token of s. The early cases only
// save time: nearly all text is Han or ASCII.
func (m Metric) first(s string) (n, w int) {
	switch c := s[0]; {
	case c == ansi.ESC:
		if _, _, n, _ = ansi.DecodeSequence(s, ansi.NormalState, nil); n > 1 {
			return n, 0
		}
		return 1, 1
	case c < 0x80 && (len(s) == 1 || s[1] < 0x80) && c != '\r':
		return 1, 1
	case isHan(c) && len(s) >= 3 && (len(s) == 3 || s[3] < 0x80 || isHan(s[3])) &&
		s[1]&0xc0 == 0x80 && s[2]&0xc0 == 0x80:
		return 3, 2
	}
	t, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	switch {
	case len(t) == 0:
		return 1, 1
	case isControl(t):
		return len(t), 1
	case m.IsWide():
		w = displaywidth.Options{EastAsianWidth: true}.String(t)
	}
	return len(t), w
}

// isHan reports the first byte of U+5000 to U+9FFF, all of it Han.
func isHan(c byte) bool { return 0xe5 <= c && c <= 0xe9 }

// isControl reports a C0 or C1 control or a line separator. A cluster never
// joins a control to other text, except CR LF.
func isControl(t string) bool {
	return t[0] < ' ' || t[0] == 0x7f || t[0] == 0xc2 && len(t) == 2 && t[1] < 0xa0 ||
		t == "\u2028" || t == "\u2029"
}

// Glyphs are the decorations of the screens. None carries alignment that would
// break if the probe was wrong: rules may only be too short or too long.
type Glyphs struct {
	Rule, Arrow, Bullet, Ellipsis string
	Mark                          string // before the current row
	On, Off                       string // a box that is ticked or not
	Sep                           string // between hints of the footer
}

// Glyphs returns characters of certain width: ASCII where ambiguous characters
// are wide.
func (m Metric) Glyphs() Glyphs {
	g := Glyphs{
		Rule: "─", Arrow: "→", Bullet: "●", Ellipsis: "…",
		Mark: ">", On: "[x]", Off: "[ ]", Sep: "|",
	}
	if m.IsWide() {
		g.Rule, g.Arrow, g.Bullet, g.Ellipsis = "-", ">", "*", "..."
	}
	return g
}

// Mark begins a row of a list, in two cells: > before the one with the cursor.
func (m Metric) Mark(here bool) string {
	if here {
		return m.Glyphs().Mark + " "
	}
	return "  "
}

// Rule is a horizontal line of exactly w cells.
func (m Metric) Rule(w int) string { return strings.Repeat(m.Glyphs().Rule, max(w, 0)) }
