package part

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"taizhang/tui/cell"
)

func TestInputCursorIsExact(t *testing.T) {
	var in Input
	for _, c := range []struct {
		key, line string
		x         int
	}{
		{"今日上午", "今日上午    ", 8}, // bubbles #906 would say 4
		{"left", "今日上午    ", 6},
		{"left", "今日上午    ", 4},
		{"a", "今日a上午   ", 5},
		{"backspace", "今日上午    ", 4},
		{"delete", "今日午      ", 4},
		{"𠮷䶮", "今日𠮷䶮午  ", 8},
		{"home", "今日𠮷䶮午  ", 0},
		{"right", "今日𠮷䶮午  ", 2},
		{"end", "今日𠮷䶮午  ", 10},
		{"党", "日𠮷䶮午党  ", 10}, // scrolls
	} {
		if len([]rune(c.key)) > 1 && c.key[0] > 0x7f {
			words(in.Update, c.key)
		} else {
			in.Update(press(c.key))
		}
		line, x := in.View(12)
		if line != c.line || x != c.x {
			t.Errorf("after %s: %q cursor %d, want %q cursor %d", c.key, line, x, c.line, c.x)
		}
	}
}

func TestInputCombining(t *testing.T) {
	var in Input
	in.SetValue("cafe")
	in.Update(tea.PasteMsg{Content: "\u0301"}) // joins the e
	if _, x := in.View(10); x != 4 || in.Len() != 4 {
		t.Errorf("cursor %d, length %d, want 4 and 4", x, in.Len())
	}
	in.Update(press("backspace"))
	if in.Value() != "caf" {
		t.Errorf("backspace left %q", in.Value())
	}
}

func TestInputEditing(t *testing.T) {
	for _, c := range []struct{ start, keys, want string }{
		{"街道社区", "left left ctrl+u", "社区"},
		{"街道社区", "left left ctrl+k", "街道"},
		{"街道 abc 社区", "ctrl+left ctrl+left x", "街道 xabc 社区"},
		{"街道 abc 社区", "home ctrl+right ctrl+right x", "街道 abcx 社区"},
		{"a", "space b", "a b"},
		{"ab", "ctrl+s ctrl+a up enter", "ab"},
		{"", "backspace delete left right", ""},
	} {
		var in Input
		in.SetValue(c.start)
		for _, k := range strings.Fields(c.keys) {
			in.Update(press(k))
		}
		if in.Value() != c.want {
			t.Errorf("%q %s: %q, want %q", c.start, c.keys, in.Value(), c.want)
		}
	}
}

func TestInputChanged(t *testing.T) {
	var in Input
	for _, c := range []struct {
		key  string
		want bool
	}{{"x", true}, {"left", false}, {"delete", true}, {"delete", false}, {"up", false}} {
		if got := in.Update(press(c.key)); got != c.want {
			t.Errorf("%s: changed %v", c.key, got)
		}
	}
}

func TestInputPaste(t *testing.T) {
	in := Input{}
	in.Update(tea.PasteMsg{Content: "第一行\r\n第二行\t完\x1b[2J\x00"})
	if in.Value() != "第一行 第二行 完[2J" {
		t.Errorf("%q", in.Value())
	}
	in.Clean = func(s string) (string, int) {
		n := strings.Count(s, "\u202e")
		return strings.ReplaceAll(s, "\u202e", ""), n
	}
	in.SetValue("")
	in.Update(tea.PasteMsg{Content: "社\u202e区"})
	if in.Value() != "社区" || in.Dropped != 1 {
		t.Errorf("%q, dropped %d", in.Value(), in.Dropped)
	}
}

func TestInputLimit(t *testing.T) {
	in := Input{}
	in.Limit = 3
	if in.Update(tea.PasteMsg{Content: "街道社区"}); in.Value() != "街道社" || !in.Full {
		t.Errorf("%q full %v", in.Value(), in.Full)
	}
	if in.Update(press("区")) || !in.Full {
		t.Error("the fourth character went in")
	}
	if in.Update(press("backspace")); in.Full {
		t.Error("still full")
	}
	in.SetValue("")
	in.Update(tea.PasteMsg{Content: strings.Repeat("街", 20000)}) // must not take seconds
	if in.Len() != 3 {
		t.Errorf("%d characters", in.Len())
	}
}

// Whatever is typed, the field is exactly as wide as asked, its cursor is inside,
// and stands at the cells of the text before it.
func TestInputView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom([]cell.Metric{cell.Narrow, cell.Wide}).Draw(t, "m")
		w := rapid.IntRange(4, 20).Draw(t, "w")
		in := Input{Metric: m}
		keys := []string{"今", "𠮷", "a", "·", "“", "\u0301", "left", "right", "home", "end",
			"backspace", "delete", "ctrl+left", "ctrl+right", "ctrl+u", "ctrl+k"}
		for _, k := range rapid.SliceOf(rapid.SampledFrom(keys)).Draw(t, "keys") {
			in.Update(press(k))
			line, x := in.View(w)
			if m.Width(line) != w || x < 0 || x >= w {
				t.Fatalf("%q is %d of %d cells, cursor %d", line, m.Width(line), w, x)
			}
			before := in.s[in.first:in.pos]
			if !strings.HasPrefix(line, before) || m.Width(before) != x {
				t.Fatalf("cursor %d is not behind %q in %q", x, before, line)
			}
			if n := uniseg.GraphemeClusterCount(in.s[:in.pos]) + uniseg.GraphemeClusterCount(in.s[in.pos:]); n != in.Len() {
				t.Fatalf("cursor inside a character of %q", in.s)
			}
		}
	})
}

func BenchmarkInput(b *testing.B) {
	var in Input
	in.SetValue("江苏省南京市玄武区梅园新村街道大行宫社区")
	for b.Loop() {
		in.Update(press("一"))
		in.View(40)
		in.Update(press("backspace"))
	}
}
