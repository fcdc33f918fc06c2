package model

import (
	"strings"
	"unicode"
)

// halfWidth turns what an input method left on types into its plain twin:
// full-width letters, digits and punctuation (全角 → 半角), 。 and 、 to . and
// a comma, the Chinese dashes to a minus sign and the ideographic space to a
// space. Han characters stay. It allocates only when something changes.
func halfWidth(s string) string { return strings.Map(halfRune, s) }

func halfRune(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= '！' && r <= '～':
		return r - 0xFEE0
	}
	switch r {
	case '\u3000', '\u00A0': // ideographic space, no-break space
		return ' '
	case '。', '｡':
		return '.'
	case '、', '､':
		return ','
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	case '￥':
		return '¥'
	}
	return r
}

// compact is halfWidth without any white space.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if r = halfRune(r); unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// brief is as much of refused input as an error message may repeat: the first
// eight characters, cleaned, on one line.
func brief(s string) string {
	if len(s) > 200 {
		s = s[:200]
	}
	s, _ = Clean(s)
	out := []rune(strings.ReplaceAll(s, "\n", " "))
	if len(out) > 8 {
		return string(out[:8]) + "…"
	}
	return string(out)
}

// isDigits says whether s is one or more ASCII digits.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// atoi reads ASCII digits already checked by isDigits, at most nine of them.
func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
