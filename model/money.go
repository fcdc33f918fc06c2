package model

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// Money is an amount in 分 (1/100 元). No amount is ever a float.
type Money int64

// Dec is an exact decimal in thousandths, for areas, hours and weights.
type Dec int64

// fault is what can be wrong with a number.
type fault uint8

const (
	numberFine       fault = iota
	numberUnreadable       // not a number, or its commas stand wrong
	numberTooFine          // more decimals than the kind holds
	numberTooLarge         // beyond int64
)

// fixedPoint reads 1234, 1,234.50, -3 or 1.2万 as a whole number of units of
// 10^-places. Commas must group by three; at 万 four more decimals are exact.
func fixedPoint(s string, places int) (int64, fault) {
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	exponent := places
	if t, ok := strings.CutSuffix(s, "万"); ok {
		s, exponent = t, places+4
	}
	whole, decimals, dotted := strings.Cut(s, ".")
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for i, g := range groups {
			if len(g) > 3 || len(g) < 3 && i > 0 || g == "" {
				return 0, numberUnreadable
			}
		}
		whole = strings.Join(groups, "")
	}
	if !isDigits(whole) || dotted && !isDigits(decimals) {
		return 0, numberUnreadable
	}
	if len(decimals) > exponent {
		return 0, numberTooFine
	}
	digits := whole + decimals + strings.Repeat("0", exponent-len(decimals))
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, numberTooLarge
	}
	if negative {
		n = -n
	}
	return n, numberFine
}

// ParseMoney reads an amount as people write it: 1234, 1,234.50, ¥500, 500元,
// 0.5万, 1.2万元, also in full width. It refuses, with a *Problem, amounts below
// zero, finer than 分 or too large to hold.
func ParseMoney(s string) (Money, error) {
	m, err := ParseSignedMoney(s)
	if err == nil && m < 0 {
		return 0, Problemf("金额不能为负", "an amount cannot be negative")
	}
	return m, err
}

// ParseSignedMoney is ParseMoney for corrections and balances, which may be
// below zero: -500, ¥-500, -¥500.
func ParseSignedMoney(s string) (Money, error) {
	t := compact(s)
	negative := false
	if rest, ok := strings.CutPrefix(t, "-¥"); ok {
		t, negative = rest, true
	}
	t = strings.TrimPrefix(t, "¥")
	for _, unit := range []string{"元整", "元", "块"} {
		if rest, ok := strings.CutSuffix(t, unit); ok {
			t = rest
			break
		}
	}
	if negative && strings.HasPrefix(t, "-") {
		t = ""
	}
	n, f := fixedPoint(t, 2)
	switch f {
	case numberTooFine:
		return 0, Problemf("金额最多到分（两位小数）", "an amount has at most two decimals")
	case numberTooLarge:
		return 0, Problemf("金额太大", "the amount is too large")
	case numberUnreadable:
		return 0, Problemf("看不懂金额“%s”，可填 1234、1,234.50、500元、1.2万元", "cannot read %q as an amount; write 1234, 1,234.50, ¥500 or 1.2万", brief(s))
	}
	if negative {
		n = -n
	}
	return Money(n), nil
}

// String returns the stored form in 元, always with two decimals: 1234.50.
func (m Money) String() string { return string(m.append(nil, false)) }

// Text returns the form for tables, with commas: 1,234.50.
func (m Money) Text() string { return string(m.append(nil, true)) }

func (m Money) append(b []byte, commas bool) []byte {
	n := magnitude(int64(m))
	if m < 0 {
		b = append(b, '-')
	}
	whole := strconv.FormatUint(n/100, 10)
	for i := range len(whole) {
		if commas && i > 0 && (len(whole)-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, whole[i])
	}
	return append(b, '.', '0'+byte(n/10%10), '0'+byte(n%10))
}

// MarshalJSON writes the stored form as a string, so that no reader makes a
// float of it.
func (m Money) MarshalJSON() ([]byte, error) {
	return append(m.append([]byte{'"'}, false), '"'), nil
}

// UnmarshalJSON reads the stored form, also where it came as a bare number.
func (m *Money) UnmarshalJSON(b []byte) error {
	text, ok, err := jsonNumber(b)
	if err != nil || !ok {
		return err
	}
	v, err := ParseSignedMoney(text)
	if err == nil {
		*m = v
	}
	return err
}

// ParseDec reads a decimal with at most three places, which may be below zero
// and may end in 万: 1,234.567, -0.5, 1.2万.
func ParseDec(s string) (Dec, error) { return readDec(compact(s), s) }

// readDec reads a decimal; typed is what stood there, for the refusal.
func readDec(t, typed string) (Dec, error) {
	n, f := fixedPoint(t, 3)
	switch f {
	case numberTooFine:
		return 0, Problemf("最多三位小数", "at most three decimals are kept")
	case numberTooLarge:
		return 0, Problemf("数字太大", "the number is too large")
	case numberUnreadable:
		return 0, Problemf("看不懂数字“%s”，可填 12、1,234.5、1.2万", "cannot read %q as a number; write 12, 1,234.5 or 1.2万", brief(typed))
	}
	return Dec(n), nil
}

// String returns the decimal without trailing zeros: 12, 0.5, -3.125.
func (d Dec) String() string {
	n := magnitude(int64(d))
	s := strconv.FormatUint(n/1000, 10)
	if rest := n % 1000; rest != 0 {
		s += "." + strings.TrimRight(strconv.FormatUint(rest+1000, 10)[1:], "0")
	}
	if d < 0 {
		s = "-" + s
	}
	return s
}

// MarshalJSON writes a JSON number.
func (d Dec) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads a JSON number, or a string that holds one.
func (d *Dec) UnmarshalJSON(b []byte) error {
	text, ok, err := jsonNumber(b)
	if err != nil || !ok {
		return err
	}
	v, err := ParseDec(text)
	if err == nil {
		*d = v
	}
	return err
}

// jsonNumber returns the text of a JSON number or string; ok is false for null.
func jsonNumber(b []byte) (text string, ok bool, err error) {
	if bytes.Equal(b, []byte("null")) {
		return "", false, nil
	}
	if len(b) > 0 && b[0] == '"' {
		err = json.Unmarshal(b, &text)
		return text, true, err
	}
	return string(b), true, nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-(n + 1)) + 1 // math.MinInt64 too
	}
	return uint64(n)
}

// countWords are the units (量词) that may follow a count, longest first.
var countWords = []string{"人次", "户次", "场次", "小时", "公斤", "人", "名", "次", "户", "场", "个", "位", "件", "条", "份", "期",
	"项", "支", "册", "张", "只", "袋", "箱", "盒", "瓶", "桶", "斤", "本", "台", "辆", "处", "组", "队", "天", "月",
	"年", "岁", "届", "批", "篇", "桌", "套", "间", "栋", "幢", "层", "幅", "块", "面", "盆", "棵", "株", "元"}

// withoutUnit drops one unit word at the end: 25人, 3.5小时, 2袋.
func withoutUnit(s string) string {
	t := compact(s)
	for _, w := range countWords {
		if rest, ok := strings.CutSuffix(t, w); ok {
			return rest
		}
	}
	return t
}

// ReadInt reads a count as people write it: 1045, 1,045, 25人, 12户次, 1.2万,
// also in full width. One unit word at the end is dropped. It may be below
// zero; bounds are the caller's. Round words (三十余人, 30多) are refused because
// a ledger holds the exact number.
func ReadInt(s string) (int64, error) {
	n, f := fixedPoint(withoutUnit(s), 0)
	if f == numberTooLarge {
		return 0, Problemf("数字太大", "the number is too large")
	}
	if f != numberFine {
		return 0, Problemf("看不懂数目“%s”，请填整数，如 25、1,045、25人、1.2万", "cannot read %q as a count; write a whole number such as 25, 1,045 or 1.2万", brief(s))
	}
	return n, nil
}
