package model

import (
	"strings"
	"unicode"
)

// splitTerms splits several vocabulary values: they contain no spaces in
// Chinese, so every separator people use is taken. English terms may contain
// spaces, so spaces separate only when no other separator is there and the
// text is not ASCII.
func splitTerms(text string) []string {
	if parts := splitNames(text); len(parts) > 1 || isASCII(text) {
		return parts
	}
	return strings.Fields(text)
}

// splitNames splits several names: a name may hold a space (John Smith), so
// only commas, 顿号 and semicolons separate.
func splitNames(text string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func isASCII(s string) bool {
	for _, r := range s {
		if r > unicode.MaxASCII {
			return false
		}
	}
	return true
}

func (c *Context) parsePicks(f *Field, texts []string) (any, error) {
	if len(texts) == 1 { // initials with spaces between: dj wt
		if _, err := c.Schema.Vocab(f.Vocab).Find(texts[0]); err != nil {
			texts = strings.Fields(texts[0])
		}
	}
	var out []string
	for len(texts) > 0 {
		v, used, err := findLongest(c.Schema.Vocab(f.Vocab), texts)
		if err != nil {
			return nil, err
		}
		if texts = texts[used:]; !contains(out, v) {
			out = append(out, v)
		}
	}
	if out == nil {
		return nil, nil
	}
	return out, nil
}

// findLongest finds the term that the first texts make together, since English
// terms may hold the comma that separates them: women, children.
func findLongest(v *Vocab, texts []string) (value string, used int, err error) {
	for n := min(len(texts), 3); n > 0; n-- {
		if value, err = v.Find(strings.Join(texts[:n], ",")); err == nil {
			return value, n, nil
		}
	}
	return "", 0, err
}

func contains[T comparable](list []T, v T) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}
