package model

import "testing"

func TestHalfWidth(t *testing.T) {
	for in, want := range map[string]string{
		"０３０８":        "0308",
		"ＡＢｚ？／：－＋．，。": "ABz?/:-+.,.",
		"3、4":         "3,4",
		"￥５００":        "¥500",
		"a　b":         "a b",
		"三月—八日":       "三月-八日",
		"·「」《》𠮷":      "·「」《》𠮷",
	} {
		if got := halfWidth(in); got != want {
			t.Errorf("halfWidth(%q) = %q, want %q", in, got, want)
		}
	}
	if n := testing.AllocsPerRun(10, func() { _ = halfWidth("三月8日 plain") }); n != 0 {
		t.Errorf("halfWidth allocates %v times when nothing changes", n)
	}
}

func TestBrief(t *testing.T) {
	if got := brief("一二三四五六七八九十"); got != "一二三四五六七八…" {
		t.Errorf("brief = %q", got)
	}
	if got := brief("a\x1b]52;\nb"); got != "a]52; b" {
		t.Errorf("brief = %q", got)
	}
}
