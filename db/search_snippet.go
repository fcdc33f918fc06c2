package db

import (
	"strings"
	"unicode/utf8"
)

// Around a match so many characters are shown, and of a long one so many.
const (
	snippetBefore = 16
	snippetMatch  = 40
	snippetAfter  = 32
)

// cut takes what stands around a match out of a text, on one line.
func cut(s string, from, to int) (snippet string, at, end int) {
	to = forward(s[:to], from, snippetMatch)
	stop := forward(s, to, snippetAfter)
	start := from
	for i := 0; i < snippetBefore && start > 0; i++ {
		_, n := utf8.DecodeLastRuneInString(s[:start])
		start -= n
	}
	const dots = "…"
	out := s[start:stop]
	if at = from - start; start > 0 {
		out, at = dots+out, at+len(dots)
	}
	end = at + to - from
	if stop < len(s) {
		out += dots
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, out), at, end
}

// forward is the place so many characters after another, or the end.
func forward(s string, at, characters int) int {
	for ; characters > 0 && at < len(s); characters-- {
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return at
}
