package model

import (
	"strings"
	"testing"
)

func TestIDNumber(t *testing.T) {
	for _, c := range []struct{ in, want, birth, sex string }{
		{"11010519491231002X", "11010519491231002X", "1949-12-31", "女"}, // the example of GB 11643
		{"11010519491231002x", "11010519491231002X", "1949-12-31", "女"},
		{"110105 19491231 002X", "11010519491231002X", "1949-12-31", "女"},
		{"１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", "1949-12-31", "女"},
		{"440524188001010014", "", "", ""}, // born in 1880
		{"440524198001010013", "440524198001010013", "1980-01-01", "男"},
		{"110105491231002", "110105491231002", "1949-12-31", "女"},
		{"110105491231001", "110105491231001", "1949-12-31", "男"},
	} {
		id, err := ParseIDNumber(c.in)
		if c.want == "" {
			if err == nil {
				t.Errorf("%s is accepted", c.in)
			}
			continue
		}
		if err != nil || id.String() != c.want || id.Birth().String() != c.birth || id.Sex() != c.sex {
			t.Errorf("%s: %s %s %s, %v", c.in, id, id.Birth(), id.Sex(), err)
		}
	}
	for in, reason := range map[string]string{
		"": "18位", "11010519491231": "现为14位", "1101051949123100212": "现为19位", "11010519491231002A": "数字", "X10105194912310021": "数字",
		"110105194X1231002X": "数字", "11010549123100X": "数字", "张三": "数字",
		"010105194912310021": "地区", "170105194912310021": "地区", "660105194912310021": "地区",
		"110105194902300021": "出生日期", "110105194913010021": "出生日期", "110105210101010021": "出生日期", "110105491331002": "出生日期",
		"110105194912310021": "校验码", "11010519491232002X": "出生日期", "110105194912300029": "校验码",
	} {
		id, err := ParseIDNumber(in)
		p, ok := err.(*Problem)
		if !ok || !strings.Contains(p.ZH, reason) || p.EN == "" || !id.IsZero() {
			t.Errorf("ParseIDNumber(%q) = %s, %v; want %s", in, id, err, reason)
			continue
		}
		if len(in) > 13 && (strings.Contains(p.ZH, in[6:12]) || strings.Contains(p.EN, in[6:12])) {
			t.Errorf("the refusal repeats the number: %s", p.ZH)
		}
	}
	if c := CheckDigit("11010519491231002"); c != 'X' {
		t.Errorf("check digit %c", c)
	}
	if CheckDigit("1101051949123100") != 0 || CheckDigit("1101051949123100X") != 0 {
		t.Error("a check digit of something else than 17 digits")
	}
	var none IDNumber
	if none.Sex() != "" || !none.Birth().IsZero() || none.String() != "" {
		t.Error("no number says something")
	}
}

// TestCheckDigitCatches changes every digit of a number in every way: none of
// the changes may pass as the same valid number's twin.
func TestCheckDigitCatches(t *testing.T) {
	const good = "11010519491231002X"
	for i := range 17 {
		for c := byte('0'); c <= '9'; c++ {
			if bad := good[:i] + string(c) + good[i+1:]; c != good[i] {
				if _, err := ParseIDNumber(bad); err == nil {
					t.Errorf("%s is accepted", bad)
				}
			}
		}
	}
}

// The two forms of a number name one person.
func TestIDNumberForms(t *testing.T) {
	for _, c := range []struct{ in, long, short string }{
		{"110105491231002", "11010519491231002X", "110105491231002"},
		{"11010519491231002X", "11010519491231002X", "110105491231002"},
		{"110105200103070028", "110105200103070028", ""},
	} {
		id, err := ParseIDNumber(c.in)
		if err != nil || id.Long() != c.long || id.Short() != c.short {
			t.Errorf("%s: %q and %q, %v; the digit is %c", c.in, id.Long(), id.Short(), err, CheckDigit(c.in[:min(17, len(c.in))]))
		}
		if again, err := ParseIDNumber(id.Long()); err != nil || again.Birth() != id.Birth() || again.Sex() != id.Sex() {
			t.Errorf("%s reads back otherwise: %v", id.Long(), err)
		}
	}
	var none IDNumber
	if none.Long() != "" || none.Short() != "" {
		t.Error("no number has a form")
	}
}
