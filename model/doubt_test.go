package model

import "testing"

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"庆三八趣味运动会", "庆“三八”趣味运动会", true},
		{"庆三八妇女节趣味运动会", "庆三八节趣味运动会", true}, // two of eleven left out
		{"庆三八趣味运动会", "庆七一文艺演出", false},
		{"ＡＢＣ读书会", "abc 读书会", true},
		{"第3期讲座", "第4期讲座", false},
		{"活动 1-39", "活动 13-9", false},
		{"", "", false},
		{"义诊", "义诊", true},
		{"义诊", "义剪", false},
	} {
		if got := Alike(c.a, c.b); (got >= alikeTitles) != c.same || got != Alike(c.b, c.a) {
			t.Errorf("%q and %q: %d", c.a, c.b, got)
		}
	}
}
