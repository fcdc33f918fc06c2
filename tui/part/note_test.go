package part

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"taizhang/tui/cell"
)

func (n *Note) show(w, h int) string {
	lines, x, y := n.View(w, h)
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return fmt.Sprintf("%s @%d,%d", strings.Join(lines, "|"), x, y)
}

func TestNote(t *testing.T) {
	n := NewNote(cell.Narrow)
	for _, c := range []struct{ key, want string }{
		{"街道社区", "街道社区|| @8,0"},
		{"开", "街道社区|开| @2,1"}, // nine cells: eight for text, one for the cursor
		{"up", "街道社区|开| @2,0"},
		{"end", "街道社区|开| @6,0"},
		{"down", "街道社区|开| @2,1"},
		{"enter", "街道社区|开| @0,2"},
		{"up", "街道社区|开| @0,1"},
		{"up", "街道社区|开| @0,0"},
		{"delete", "道社区开|| @0,0"},
		{"ctrl+end", "道社区开|| @0,1"},
		{"展", "道社区开|展| @2,1"},
		{"enter", "道社区开|展| @0,2"},
		{"活", "道社区开|展|活 @2,2"},
		{"enter", "展|活| @0,2"},
		{"pgup", "道社区开|展|活 @0,0"},
		{"ctrl+k", "|展|活 @0,0"},
		{"delete", "展|活| @0,0"},
	} {
		if r := []rune(c.key); r[0] > 0x7f {
			words(n.Update, c.key)
		} else {
			n.Update(press(c.key))
		}
		if got := n.show(9, 3); got != c.want {
			t.Errorf("after %s: %s, want %s", c.key, got, c.want)
		}
	}
}

func TestNoteGoalColumn(t *testing.T) {
	n := NewNote(cell.Narrow)
	n.SetValue("街道社区\n党\n活动开展")
	n.View(20, 5)
	n.Update(press("up"))
	n.Update(press("up"))
	if got := n.show(20, 3); got != "街道社区|党|活动开展 @8,0" {
		t.Error(got)
	}
}

func TestNoteLimit(t *testing.T) {
	n := NewNote(cell.Narrow)
	n.Update(tea.PasteMsg{Content: strings.Repeat("社区\r\n", 3000)})
	if n.Len() != NoteLimit || !n.Full {
		t.Errorf("%d characters, full %v", n.Len(), n.Full)
	}
}

func TestNoteView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(4, 16).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h")
		n := NewNote(cell.Narrow)
		keys := []string{"今", "。", "abc", "space", "enter", "left", "right", "up", "down", "home",
			"end", "pgup", "pgdown", "backspace", "delete", "ctrl+u", "ctrl+k", "\u0301"}
		for _, k := range rapid.SliceOf(rapid.SampledFrom(keys)).Draw(t, "keys") {
			n.Update(press(k))
			lines, x, y := n.View(w, h)
			if len(lines) != h || x < 0 || x >= w || y < 0 || y >= h {
				t.Fatalf("%d lines, cursor %d,%d in %dx%d of %q", len(lines), x, y, w, h, n.s)
			}
			for _, l := range lines {
				if cell.Narrow.Width(l) != w {
					t.Fatalf("%q is not %d wide", l, w)
				}
			}
		}
	})
}

// After any edit the lines are what breaking the whole text anew gives.
func TestNoteRewrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(4, 24).Draw(t, "w")
		n := NewNote(rapid.SampledFrom([]cell.Metric{cell.Narrow, cell.Wide}).Draw(t, "m"))
		pieces := []string{"今天", "。", "“", "”", "abc", "longwordlongwordlongword", " ", "   ", "\n", "\n\n", "12,345", "……", "e\u0301", "（"}
		text := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "text")
		n.SetValue(strings.Join(text, ""))
		for range 12 {
			n.wrapped(w)
			n.pos = n.snap(rapid.IntRange(0, len(n.s)).Draw(t, "at"))
			switch rapid.IntRange(0, 3).Draw(t, "edit") {
			case 0:
				n.Update(press("backspace"))
			case 1:
				n.Update(press("delete"))
			case 2:
				n.Update(press("ctrl+k"))
			default:
				n.Update(tea.PasteMsg{Content: rapid.SampledFrom(pieces).Draw(t, "insert")})
			}
			got, want := n.wrapped(w), n.Metric.Lines(n.s, w-1)
			if !slices.Equal(got, want) {
				t.Fatalf("%q in %d cells: %v, want %v", n.s, w, got, want)
			}
		}
	})
}

// BenchmarkNoteStart types at the start of a long text of one paragraph, the
// dearest place.
func BenchmarkNoteStart(b *testing.B) {
	n := NewNote(cell.Narrow)
	n.SetValue(strings.Repeat("街道社区开展活动，", 440))
	n.Update(press("ctrl+home"))
	for b.Loop() {
		n.Update(press("一"))
		n.View(60, 10)
		n.Update(press("backspace"))
	}
}

func BenchmarkNoteKey(b *testing.B) {
	n := NewNote(cell.Narrow)
	n.SetValue(strings.Repeat("街道社区开展活动，", 440))
	for b.Loop() {
		n.Update(press("一"))
		n.View(60, 10)
		n.Update(press("backspace"))
	}
}
