package cell

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		s            string
		narrow, wide int
	}{
		{"", 0, 0},
		{"abc", 3, 3},
		{"今日上午", 8, 8},
		{"𠮷䶮", 4, 4},
		{"e\u0301", 1, 1},
		{"“你好”", 6, 8},
		{"——…·─→●①", 8, 16},
		{"\x1b[7m张三\x1b[0m", 4, 4},
		{"a\tb\nc", 5, 5},
		{"阿依古丽·买买提", 15, 16},
	} {
		if n, w := Narrow.Width(c.s), Wide.Width(c.s); n != c.narrow || w != c.wide {
			t.Errorf("%q: narrow %d wide %d, want %d and %d", c.s, n, w, c.narrow, c.wide)
		}
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		m    Metric
		s    string
		w    int
		want string
	}{
		{Narrow, "欧阳明月", 8, "欧阳明月"},
		{Narrow, "欧阳明月", 10, "欧阳明月  "},
		{Narrow, "欧阳明月", 7, "欧阳明…"},
		{Narrow, "欧阳明月", 6, "欧阳… "},
		{Narrow, "欧阳明月", 1, "…"},
		{Narrow, "欧阳明月", 0, ""},
		{Narrow, "欧阳明月", -3, ""},
		{Wide, "欧阳明月", 7, "欧阳明~"},
		{Wide, "“欧阳”明月街道", 10, "“欧阳... "},
		{Narrow, "a\nb", 4, "a b "},
		{Narrow, "\x1b[7m欧阳明月\x1b[0m", 5, "\x1b[7m欧阳…\x1b[0m"},
	} {
		if got := c.m.Fit(c.s, c.w); got != c.want {
			t.Errorf("Fit(%q, %d) = %q, want %q", c.s, c.w, got, c.want)
		}
	}
	if got := Narrow.FitRight("1,234", 8); got != "   1,234" {
		t.Errorf("FitRight = %q", got)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		w    int
		s    string
		want string
	}{
		{10, "街道社区开展活动", "街道社区开|展活动"},
		{10, "街道社区开。展活动", "街道社区|开。展活动"},
		{10, "街道社区“开展”活动", "街道社区|“开展”活动"},
		{9, "他说：（见附件）", "他说：|（见附|件）"},
		{7, "他说说（见）", "他说说|（见）"},
		{10, "参加 Bubble Tea", "参加|Bubble Tea"},
		{10, "共计12345.67元", "共计|12345.67元"},
		{6, "abcdefghij", "abcdef|ghij"},
		{8, "党员——先锋", "党员——先|锋"},
		{5, "党员——先锋", "党|员——|先锋"},
		{4, "a\n\n街道", "a||街道"},
		{4, "", ""},
		{4, "街道\n", "街道|"},
		{4, "街道   社区", "街道|社区"},
		{10, "　　社区活动室", "　　社区活|动室"},
	} {
		if got := strings.Join(Narrow.Wrap(c.s, c.w), "|"); got != c.want {
			t.Errorf("Wrap(%q, %d) = %s, want %s", c.s, c.w, got, c.want)
		}
	}
}

// text draws strings as an office would type them, and worse.
func text(extra string) *rapid.Generator[string] {
	alphabet := []rune("社区街道党员活动𠮷䶮，。！？：；、“”（）《》【】……——·①●→ab cde XYZ 0123456789.,-/()  " + extra)
	return rapid.StringOf(rapid.SampledFrom(alphabet))
}

func metrics(t *rapid.T) Metric { return rapid.SampledFrom([]Metric{{}, Narrow, Wide}).Draw(t, "m") }

func TestFitIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, w := metrics(t), rapid.IntRange(0, 40).Draw(t, "w")
		s := rapid.OneOf(text("\u0301\t\n"), rapid.String()).Draw(t, "s")
		for _, got := range []string{m.Fit(s, w), m.FitRight(s, w)} {
			if n := m.Width(got); n != w {
				t.Fatalf("%q is %d cells, want %d", got, n, w)
			}
		}
		if got := m.Cut(s, w); m.Width(got) > w {
			t.Fatalf("Cut %q is wider than %d", got, w)
		}
	})
}

func TestWrapKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, w := metrics(t), rapid.IntRange(2, 30).Draw(t, "w")
		s := text("\n\u0301").Draw(t, "s")
		at := 0
		for i, l := range m.Lines(s, w) {
			if l.Start != at {
				t.Fatalf("line %d starts at %d, want %d", i, l.Start, at)
			}
			if n := m.Width(s[l.Start:l.End]); n > w {
				t.Fatalf("line %q is %d cells, limit %d", s[l.Start:l.End], n, w)
			}
			if lost := strings.Trim(s[l.End:l.Next], " "); lost != "" && lost != "\n" {
				t.Fatalf("lost %q", lost)
			}
			at = l.Next
		}
		if at != len(s) {
			t.Fatalf("lines end at %d of %d", at, len(s))
		}
	})
}

// No line may start with a closing mark or end with an opening one when the
// piece that had to stay together fits a line.
func TestWrapMarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{
			"社", "区", "活动。", "（党员）", "“先锋”", "开展，", "《通知》", "12.5%", "abc", " ",
		})).Draw(t, "parts")
		s := strings.Join(parts, "")
		for i, line := range Narrow.Wrap(s, 30) {
			if i > 0 && line != "" && strings.ContainsRune("。）”，》%", []rune(line)[0]) {
				t.Fatalf("line %d starts with a closing mark: %q", i, line)
			}
			if r := []rune(line); len(r) > 0 && i < len(Narrow.Wrap(s, 30))-1 && strings.ContainsRune("（“《", r[len(r)-1]) {
				t.Fatalf("line %d ends with an opening mark: %q", i, line)
			}
		}
	})
}

func TestGlyphsAreTheWidthTheyClaim(t *testing.T) {
	for _, m := range []Metric{Narrow, Wide} {
		g := m.Glyphs()
		for _, s := range []string{g.Rule, g.Arrow, g.Bullet, g.Mark, g.Sep} {
			if m.Width(s) != 1 {
				t.Errorf("%v: %q is not one cell", m, s)
			}
		}
		if m.Width(m.Rule(20)) != 20 {
			t.Errorf("%v: rule of 20 is %d", m, m.Width(m.Rule(20)))
		}
	}
}

func TestNarrowAgreesWithTheRenderer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text("").Draw(t, "s")
		if a, b := Narrow.Width(s), ansi.StringWidth(s); a != b {
			t.Fatalf("%q: %d here, %d in the renderer", s, a, b)
		}
	})
}

func ExampleMetric_Fit() {
	fmt.Printf("%s|\n", Narrow.Fit("欧阳明月", 6))
	// Output: 欧阳… |
}

func BenchmarkFit(b *testing.B) {
	for b.Loop() {
		Narrow.Fit("重阳节慰问独居老人活动暨健康义诊", 24)
	}
}

func BenchmarkLines(b *testing.B) {
	s := strings.Repeat("街道社区开展活动，", 444)
	for b.Loop() {
		Narrow.Lines(s, 60)
	}
}

// What is dropped at the left edge is so many cells, whatever goes through it.
func TestDrop(t *testing.T) {
	for _, m := range []Metric{Narrow, Wide} {
		s := "台账a“b”c — 年度 é x"
		for n := range m.Width(s) + 3 {
			if got, want := m.Width(m.Drop(s, n)), max(0, m.Width(s)-n); got != want {
				t.Errorf("%d dropped leave %d cells, not %d: %q", n, got, want, m.Drop(s, n))
			}
		}
	}
	if got := Narrow.Drop("台账", 1); got != " 账" {
		t.Errorf("%q", got)
	}
}
