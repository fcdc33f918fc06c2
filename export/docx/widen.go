package docx

import "unicode"

var wide = map[rune]rune{',': '，', ':': '：', ';': '；', '?': '？', '!': '！', '(': '（', ')': '）'}

// Widen makes half-width punctuation that stands beside Chinese full-width, as
// print wants it, and drops the space behind it: 你好, 世界 becomes 你好，世界.
// Numbers, times and Latin text keep theirs: 1,045 and 12:30 and http://. A
// bracket follows its partner.
func Widen(s string) string {
	r := []rune(s)
	out := make([]rune, 0, len(r))
	partner := pairs(r)
	for i := 0; i < len(r); i++ {
		w, ok := wide[r[i]]
		if !ok || !widens(r, i, partner) {
			out = append(out, r[i])
			continue
		}
		out = append(out, w)
		if r[i] != '(' && i+2 < len(r) && r[i+1] == ' ' && chinese(r[i+2]) {
			i++
		}
	}
	return string(out)
}

// pairs finds the partner of each bracket.
func pairs(r []rune) map[int]int {
	out := map[int]int{}
	var open []int
	for i, c := range r {
		switch {
		case c == '(':
			open = append(open, i)
		case c == ')' && len(open) > 0:
			j := open[len(open)-1]
			open = open[:len(open)-1]
			out[i], out[j] = j, i
		}
	}
	return out
}

func widens(r []rune, i int, partner map[int]int) bool {
	if beside(r, i) {
		return true
	}
	j, ok := partner[i]
	return ok && beside(r, j)
}

// beside reports whether there is Chinese next to a mark, and not digits on both
// sides of it.
func beside(r []rune, i int) bool {
	var before, after rune
	if i > 0 {
		before = r[i-1]
	}
	if i+1 < len(r) {
		after = r[i+1]
		if after == ' ' && i+2 < len(r) && r[i] != '(' && r[i] != ')' {
			after = r[i+2]
		}
	}
	return chinese(before) || chinese(after)
}

// chinese reports whether a character is Han or a mark of Chinese print.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3001 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60 || r == '“' || r == '”'
}
