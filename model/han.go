package model

// HanNumber writes a number as headings count: 一, 十, 十二, 二十, 九十九. It
// knows 1 to 99; others are written with digits.
func HanNumber(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n < 1 || n > 99 {
		return Dec(n * 1000).String()
	}
	s := ""
	if n >= 20 {
		s = string(digits[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}
