// Package part holds the building blocks of the screens: an input line, a note,
// a pick list and a windowed table. They are plain structs: a screen owns them,
// passes them messages and asks them to draw themselves in a given size.
package part

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/rivo/uniseg"
)

// text is what Input and Note have in common: a string, a position in it, and
// the rules of editing. The position always stands between two grapheme
// clusters, so nobody can delete half of a character.
type text struct {
	s   string
	pos int // byte offset

	// Limit is the greatest number of characters (grapheme clusters), 0 for
	// none. What would go beyond is refused and Full set.
	Limit int
	// Clean, if set, is applied to all text coming in. It returns what may stay
	// and how many characters it removed; their number is left in Dropped.
	Clean func(string) (string, int)

	// Full and Dropped describe the last message only.
	Full    bool
	Dropped int

	multiline bool
}

// Value is the text entered.
func (t *text) Value() string { return t.s }

// SetValue replaces the text, within Limit, and puts the cursor at its end.
func (t *text) SetValue(s string) {
	t.s, t.pos, t.Full, t.Dropped = "", 0, false, 0
	t.insert(s)
}

// Len is the number of characters.
func (t *text) Len() int { return uniseg.GraphemeClusterCount(t.s) }

// AtStart and AtEnd tell where the cursor is, for screens in which an arrow key
// at the edge leaves the field.
func (t *text) AtStart() bool { return t.pos == 0 }

// AtEnd reports whether the cursor stands after the last character.
func (t *text) AtEnd() bool { return t.pos == len(t.s) }

// edit applies the keys that mean the same on one line and on many.
func (t *text) edit(msg tea.Msg) (changed bool) {
	t.Full, t.Dropped = false, 0
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return t.insert(msg.Content)
	case tea.KeyPressMsg:
		before := t.s
		switch key := msg.String(); key {
		case "left":
			t.pos = t.prev(t.pos)
		case "right":
			t.pos = t.next(t.pos)
		case "ctrl+left":
			t.pos = t.wordLeft()
		case "ctrl+right":
			t.pos = t.wordRight()
		case "backspace", "ctrl+h", "shift+backspace":
			t.cut(t.prev(t.pos), t.pos)
		case "delete":
			t.cut(t.pos, t.next(t.pos))
		case "ctrl+u":
			t.cut(t.lineStart(), t.pos)
		case "ctrl+k":
			t.cut(t.pos, t.lineEnd())
		default:
			if msg.Text != "" && !msg.Mod.Contains(tea.ModCtrl) && !msg.Mod.Contains(tea.ModAlt) {
				return t.insert(msg.Text)
			}
		}
		return t.s != before
	}
	return false
}

// insert puts in as much of s as may stay.
func (t *text) insert(s string) bool {
	s = t.plain(s)
	if t.Clean != nil {
		s, t.Dropped = t.Clean(s)
		s = t.plain(s)
	}
	head, tail := t.s[:t.pos], t.s[t.pos:]
	// Runes are quick to count and never fewer than characters.
	if t.Limit > 0 && utf8.RuneCountInString(t.s)+utf8.RuneCountInString(s) > t.Limit {
		// Cut a long paste near the limit first, then exactly, counting the
		// whole text: what joins a neighbour adds no character.
		if n := clusters(s, max(t.Limit-t.Len(), 0)+2); n < len(s) {
			s, t.Full = s[:n], true
		}
		for s != "" && uniseg.GraphemeClusterCount(head+s+tail) > t.Limit {
			t.Full = true
			s = s[:lastBoundary(s)]
		}
	}
	if s == "" {
		return false
	}
	t.s = head + s + tail
	t.pos = t.snap(len(head) + len(s))
	return true
}

// plain makes one line, or clean lines, of s and removes what would move the
// terminal's cursor.
func (t *text) plain(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\u2028', r == '\u2029':
			if t.multiline {
				return '\n'
			}
			return ' '
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

func (t *text) cut(from, to int) {
	t.s = t.s[:from] + t.s[to:]
	t.pos = t.snap(from) // the neighbours may have joined
}

// snap moves an offset inside a cluster to the cluster's end.
func (t *text) snap(pos int) int {
	at := t.boundary(pos)
	for at < pos {
		at = t.next(at)
	}
	return at
}

// para is the start of the logical line that holds pos. Clusters never cross a
// newline, so counting from here is enough and keeps long notes quick.
func (t *text) para(pos int) int { return strings.LastIndexByte(t.s[:pos], '\n') + 1 }

func (t *text) lineStart() int { return t.para(t.pos) }

func (t *text) lineEnd() int {
	if i := strings.IndexByte(t.s[t.pos:], '\n'); i >= 0 {
		return t.pos + i
	}
	return len(t.s)
}

func (t *text) next(pos int) int {
	c, _, _, _ := uniseg.FirstGraphemeClusterInString(t.s[pos:], -1)
	return pos + len(c)
}

func (t *text) prev(pos int) int {
	if pos > 0 && t.s[pos-1] == '\n' {
		return pos - 1
	}
	start := t.boundary(max(pos-1, 0))
	return start + lastBoundary(t.s[start:pos])
}

// boundary is a place at or before pos where one character certainly ends and
// another begins: the start of the line or, nearer, a place between two plain
// characters, which nothing joins. It keeps long notes quick.
func (t *text) boundary(pos int) int {
	for at := pos; at > 0; {
		r, size := utf8.DecodeLastRuneInString(t.s[:at])
		if r == '\n' {
			return at
		}
		if next, _ := utf8.DecodeRuneInString(t.s[at:]); at < len(t.s) && lone(r) && lone(next) {
			return at
		}
		at -= size
	}
	return 0
}

// lone reports a character that never joins a neighbour of its own kind.
func lone(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r >= ' ' && r <= '~' }

// clusters is the length of the first n clusters of s.
func clusters(s string, n int) (size int) {
	for ; n > 0 && size < len(s); n-- {
		c, _, _, _ := uniseg.FirstGraphemeClusterInString(s[size:], -1)
		size += len(c)
	}
	return size
}

// lastBoundary is the offset at which the last cluster of s begins.
func lastBoundary(s string) int {
	last := 0
	for at := 0; at < len(s); {
		last = at
		c, _, _, _ := uniseg.FirstGraphemeClusterInString(s[at:], -1)
		at += len(c)
	}
	return last
}

// wordLeft goes over spaces, then over one run of Han or of anything else.
func (t *text) wordLeft() int {
	pos, kind := t.pos, blank
	for pos > 0 {
		p := t.prev(pos)
		k := kindOf(t.s[p:pos])
		if kind == blank {
			kind = k
		}
		if k != kind {
			break
		}
		pos = p
	}
	return pos
}

func (t *text) wordRight() int {
	pos, kind := t.pos, blank
	for pos < len(t.s) {
		n := t.next(pos)
		k := kindOf(t.s[pos:n])
		if kind == blank {
			kind = k
		}
		if k != kind {
			break
		}
		pos = n
	}
	return pos
}

const (
	blank = iota
	letters
	hanzi
	marks
)

func kindOf(cluster string) int {
	switch r, _ := utf8.DecodeRuneInString(cluster); {
	case unicode.IsSpace(r):
		return blank
	case unicode.Is(unicode.Han, r):
		return hanzi
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return letters
	}
	return marks
}
