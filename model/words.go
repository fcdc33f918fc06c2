package model

import "fmt"

// Lang is a language of the interface. Chinese is the zero value because it is
// what an office gets when nothing else is said.
type Lang uint8

const (
	ZH Lang = iota // Chinese 中文
	EN             // English
)

// String returns the tag used on the command line, in files and in settings.
func (l Lang) String() string {
	if l == EN {
		return "en"
	}
	return "zh"
}

// ParseLang reads "zh" or "en" (also with a region, as in zh_CN.UTF-8).
func ParseLang(s string) (Lang, bool) {
	switch {
	case len(s) >= 2 && (s[:2] == "zh" || s[:2] == "ZH"):
		return ZH, true
	case len(s) >= 2 && (s[:2] == "en" || s[:2] == "EN"):
		return EN, true
	}
	return ZH, false
}

// Words is one text in both languages.
type Words struct{ ZH, EN string }

// W is short for Words{zh, en}; declarations are full of them.
func W(zh, en string) Words { return Words{zh, en} }

// In returns the text in the language asked for.
func (w Words) In(l Lang) string {
	if l == EN && w.EN != "" {
		return w.EN
	}
	return w.ZH
}

// Sayf builds Words from a pair of formats that take the same arguments. An
// argument that is Words itself is given to each format in its own language.
func Sayf(zh, en string, args ...any) Words {
	pick := func(l Lang) []any {
		out := make([]any, len(args))
		for i, a := range args {
			if w, ok := a.(Words); ok {
				out[i] = w.In(l)
			} else {
				out[i] = a
			}
		}
		return out
	}
	return Words{fmt.Sprintf(zh, pick(ZH)...), fmt.Sprintf(en, pick(EN)...)}
}

// Problem is an error that speaks both languages: what a clerk reads when her
// input is refused. It never quotes more than a few characters of the input.
type Problem struct{ Words }

// Error implements error, in English because logs are read by machines too;
// screens and commands call In instead.
func (p *Problem) Error() string { return p.Words.EN }

// Problemf builds a Problem as Sayf builds Words.
func Problemf(zh, en string, args ...any) *Problem { return &Problem{Sayf(zh, en, args...)} }
