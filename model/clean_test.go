package model

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// hostile is the corpus of attacks by text, with what must be left.
var hostile = []struct {
	name, in, want string
	removed        int
}{
	{"OSC 52", "a\x1b]52;c;aGk=\x07b", "a]52;c;aGk=b", 2},
	{"OSC 0", "\x1b]0;title\x1b\\", "]0;title\\", 2},
	{"OSC 8", "\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\", "]8;;http://x\\y]8;;\\", 4},
	{"DCS", "\x1bPq#0\x1b\\", "Pq#0\\", 2},
	{"APC", "\x1b_Gf=24\x1b\\", "_Gf=24\\", 2},
	{"CSI 2J", "\x1b[2J", "[2J", 1},
	{"CSI 6n", "\x1b[6n", "[6n", 1},
	{"RIS", "\x1bc", "c", 1},
	{"charset", "\x1b(0", "(0", 1},
	{"SO", "a\x0eb", "ab", 1},
	{"BEL", "a\ab", "ab", 1},
	{"BS", "ab\b", "ab", 1},
	{"CR", "a\rb", "a\nb", 0},
	{"CRLF", "a\r\nb", "a\nb", 0},
	{"tab", "a\tb", "a b", 0},
	{"NUL", "a\x00b", "ab", 1},
	{"DEL", "a\x7fb", "ab", 1},
	{"raw 9B", "a\x9b2Jb", "a2Jb", 1},
	{"U+009B", "a\u009b2J", "a2J", 1},
	{"U+009D", "a\u009d0;x", "a0;x", 1},
	{"RLO", "a\u202eb", "ab", 1},
	{"LRI", "a\u2066b\u2069", "ab", 2},
	{"zero width", "张\u200b明", "张明", 1},
	{"byte order mark", "\ufeff张", "张", 1},
	{"soft hyphen", "a\u00adb", "ab", 1},
	{"Hangul filler", "a\u3164b", "ab", 1},
	{"tag", "a\U000e0041b", "ab", 1},
	{"replacement", "a\ufffdb", "ab", 1},
	{"50 marks", "x" + strings.Repeat("\u0302", 50), "x" + strings.Repeat("\u0302", 4), 46},
	{"50 marks composed", "e" + strings.Repeat("\u0301", 50) + "张", "é" + strings.Repeat("\u0301", 4) + "张", 45},
	{"64 KB", strings.Repeat("啊", 65536/3), strings.Repeat("啊", 65536/3), 0},
	{"line separator", "a\u2028b", "a\nb", 0},
	{"NFC", "e\u0301", "é", 0},
}

// harmless is text that must come through untouched.
var harmless = []string{
	"", "今日上午", "𠮷野家㐂", "葛\U000e0100城", "字\ufe00", "阿依古丽·买买提", "བོད་སྐད་", "ཧཱུྃ", "ئۇيغۇرچە",
	"（全角）：，。—…“”《》", "两行\n文字", "A座3栋", "㎡ km² ℃", "Việt",
}

func TestClean(t *testing.T) {
	for _, c := range hostile {
		got, removed := Clean(c.in)
		if got != c.want || removed != c.removed {
			t.Errorf("%s: Clean = %.60q, %d; want %.60q, %d", c.name, got, removed, c.want, c.removed)
		}
	}
	for _, s := range harmless {
		if got, removed := Clean(s); got != s || removed != 0 {
			t.Errorf("Clean(%q) = %q, %d", s, got, removed)
		}
		if err := CheckText(s, true); err != nil {
			t.Errorf("CheckText(%q): %v", s, err)
		}
	}
}

// TestCleanEveryRune proves that the normaliser never brings back what was
// dropped, and that everything that can pile up counts as a mark.
func TestCleanEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := "a" + string(r) + "b"
		clean, removed := Clean(s)
		if again, n := Clean(clean); again != clean || n != 0 {
			t.Fatalf("%U: not idempotent: %q, then %q", r, clean, again)
		}
		if err := CheckText(clean, true); err != nil {
			t.Fatalf("%U: cleaned text refused: %v", r, err)
		}
		if removed > 0 && CheckText(s, true) == nil {
			t.Fatalf("%U: dropped by Clean, passed by CheckText", r)
		}
		if norm.NFC.PropertiesString(string(r)).CCC() != 0 && !unicode.Is(unicode.M, r) {
			t.Fatalf("%U piles up but is no mark", r)
		}
	}
}

func TestCheckText(t *testing.T) {
	for in, want := range map[string]string{
		"a\x1b[2J":                         "控制字符",
		"a\tb":                             "控制字符",
		"a\rb":                             "控制字符",
		"a\u009b":                          "控制字符",
		"a\u202eb":                         "双向控制符",
		"a\u200bb":                         "看不见",
		"a\U000e0041":                      "标签字符",
		"a\ufffd":                          "特殊字符",
		"a\x9b":                            "UTF-8",
		"a" + strings.Repeat("\u0302", 50): "附加符号过多",
		"a\nb":                             "换行",
	} {
		err := CheckText(in, false)
		if p, ok := err.(*Problem); !ok || !strings.Contains(p.ZH, want) || p.EN == "" {
			t.Errorf("CheckText(%q) = %v, want %s", in, err, want)
		}
	}
	if err := CheckText("a\nb", true); err != nil {
		t.Error(err)
	}
}

func TestCharacters(t *testing.T) {
	for s, want := range map[string]int{"": 0, "张明": 2, "𠮷": 1, "e\u0301a": 2, "a\nb": 3} {
		if got := Characters(s); got != want {
			t.Errorf("Characters(%q) = %d, want %d", s, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, c := range hostile {
		f.Add(c.in)
	}
	for _, s := range harmless {
		f.Add(s)
	}
	f.Add("a" + strings.Repeat("\u302e\u0301\u0323", 20) + "\u1161\u11a8")
	f.Fuzz(func(t *testing.T, s string) {
		clean, _ := Clean(s)
		if again, n := Clean(clean); again != clean || n != 0 {
			t.Errorf("not idempotent: %q, then %q (%d)", clean, again, n)
		}
		if err := CheckText(clean, true); err != nil {
			t.Errorf("%q: %v", clean, err)
		}
		if !norm.NFC.IsNormalString(clean) {
			t.Errorf("%q is not NFC", clean)
		}
	})
}
