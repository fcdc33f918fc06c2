package model

import "strings"

// IDNumber is a citizen's identity number (公民身份号码, GB 11643): 18 characters,
// or the 15 of numbers given out before 1999. The zero value is none.
type IDNumber struct{ s string }

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// provinces are the codes of GB/T 2260 that a number may begin with; 81 to 83
// stand on residence permits of Hong Kong, Macao and Taiwan.
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"

// CheckDigit returns the last character of an identity number, 0 to 9 or X,
// from its first 17 digits (GB 11643, ISO 7064 MOD 11-2); 0 when these are not
// 17 digits.
func CheckDigit(first17 string) byte {
	if len(first17) != 17 || !isDigits(first17) {
		return 0
	}
	sum := 0
	for i, w := range idWeights {
		sum += int(first17[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// ParseIDNumber reads an identity number of 18 or 15 characters; spaces, full
// width and a lower-case x do no harm. It refuses, with a *Problem that names
// the wrong part and never repeats the number, a wrong length, region, date of
// birth or check digit.
func ParseIDNumber(s string) (IDNumber, error) {
	t := compact(s)
	if n := len(t); n == 18 && t[17] == 'x' {
		t = t[:17] + "X"
	}
	digits := t
	if len(t) == 18 && t[17] == 'X' {
		digits = t[:17]
	}
	switch {
	case len(t) != 18 && len(t) != 15 && isDigits(digits):
		return IDNumber{}, Problemf("身份证号应为18位（旧号15位），现为%d位", "an ID number has 18 characters (old ones 15), not %d", len(t))
	case len(t) != 18 && len(t) != 15, !isDigits(digits):
		return IDNumber{}, Problemf("身份证号应为18位（旧号15位）数字，末位可为 X", "an ID number is 18 digits (old ones 15), the last may be X")
	case t[0] != '9' && !strings.Contains(provinces, " "+t[:2]): // 9: permanent residents from abroad
		return IDNumber{}, Problemf("身份证号前6位的地区不对", "the region in the first six digits of the ID number is wrong")
	}
	id := IDNumber{t}
	if id.Birth().IsZero() {
		return IDNumber{}, Problemf("身份证号中的出生日期不对", "the date of birth in the ID number is wrong")
	}
	if len(t) == 18 && CheckDigit(t[:17]) != t[17] {
		return IDNumber{}, Problemf("身份证号的校验码（末位）不对，请核对各位数字", "the check digit (the last) of the ID number is wrong; compare all digits")
	}
	return id, nil
}

// String returns the number with an upper-case X, "" for none.
func (n IDNumber) String() string { return n.s }

// IsZero reports whether there is no number.
func (n IDNumber) IsZero() bool { return n.s == "" }

// Birth returns the date of birth; in numbers of 15 digits the year is 19YY.
func (n IDNumber) Birth() Date {
	switch len(n.s) {
	case 18:
		return NewDate(atoi(n.s[6:10]), atoi(n.s[10:12]), atoi(n.s[12:14]))
	case 15:
		return NewDate(1900+atoi(n.s[6:8]), atoi(n.s[8:10]), atoi(n.s[10:12]))
	}
	return Date{}
}

// Sex returns 男 for an odd serial number, 女 for an even one, "" for none.
func (n IDNumber) Sex() string {
	var last byte
	switch len(n.s) {
	case 18:
		last = n.s[16]
	case 15:
		last = n.s[14]
	default:
		return ""
	}
	if last%2 == 1 {
		return "男"
	}
	return "女"
}

// Long is the number in its form of 18 characters: one of 15 gets its century
// and check digit; "" for none.
func (n IDNumber) Long() string {
	if len(n.s) != 15 {
		return n.s
	}
	first17 := n.s[:6] + "19" + n.s[6:]
	return first17 + string(CheckDigit(first17))
}

// Short is the old form of 15 characters; "" for none and for numbers of people
// who never had one, those born after 1999.
func (n IDNumber) Short() string {
	switch {
	case len(n.s) == 15:
		return n.s
	case len(n.s) == 18 && n.s[6:8] == "19":
		return n.s[:6] + n.s[8:17]
	}
	return ""
}
