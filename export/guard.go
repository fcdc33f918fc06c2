package export

import (
	"strings"
	"unicode/utf8"
)

// Guard makes a text safe to stand in a CSV cell: one that a spreadsheet would
// take for a formula gets an apostrophe before it. Plain numbers stay numbers,
// or sums over the column would break. Unguard takes it off again.
func Guard(s string) string {
	if risky(s) {
		return "'" + s
	}
	return s
}

// Unguard undoes Guard. An apostrophe that Guard did not put there stays.
func Unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && risky(rest) {
		return rest
	}
	return s
}

// risky says whether a spreadsheet might run the text, or whether it begins as
// a guarded one does and so would not survive the way back.
func risky(s string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00A0\u3000"))
	switch first {
	case '\'', '=', '@', '|', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return true
	case '+', '-', '%':
		return !plainNumber(s)
	}
	return false
}

// plainNumber accepts what counts as a number in every spreadsheet: a sign,
// digits, optionally in groups of three, decimals and a percent sign.
func plainNumber(s string) bool {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	s = strings.TrimSuffix(s, "%")
	whole, part, decimal := strings.Cut(s, ".")
	if decimal && !digits(part) {
		return false
	}
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if !digits(g) || len(groups) > 1 && (i == 0 && len(g) > 3 || i > 0 && len(g) != 3) {
			return false
		}
	}
	return true
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
