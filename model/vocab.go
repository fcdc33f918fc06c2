package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Term is one value of a vocabulary. ZH is what is stored: the office's own
// word, readable in the file in thirty years.
type Term struct {
	ZH, EN, Initials string
	Other            []string // what else people call it, in either language: accepted on input
	Retired          bool     // kept for old records, no longer offered
}

// Words names the term in both languages.
func (t Term) Words() Words { return Words{t.ZH, t.EN} }

// Offered is the term as a pick list shows it, with what else it is called.
func (t Term) Offered(l Lang) string {
	var other []string
	for _, o := range t.Other {
		if isASCII(o) == (l == EN) {
			other = append(other, o)
		}
	}
	if other == nil {
		return t.Words().In(l)
	}
	return t.Words().In(l) + W("（", " (").In(l) + strings.Join(other, W("、", ", ").In(l)) + W("）", ")").In(l)
}

// Vocab is a list of terms a pick field takes its values from.
type Vocab struct {
	Code  string
	Words Words
	Terms []Term
	Own   bool // local habit: the office may change the list (domain.md §5 "custom")
}

// Term returns the term stored as value.
func (v *Vocab) Term(value string) (Term, bool) {
	for _, t := range v.Terms {
		if t.ZH == value {
			return t, true
		}
	}
	return Term{}, false
}

// Text names a stored value in a language; an unknown one is shown as it is.
func (v *Vocab) Text(value string, l Lang) string {
	if t, ok := v.Term(value); ok {
		return t.Words().In(l)
	}
	return value
}

// Find returns the stored value a person means: the Chinese or English word,
// another name of it, its initials, or its number in the list. Initials shared by several terms are
// refused with the choices, since guessing would store the wrong one.
func (v *Vocab) Find(text string) (string, error) {
	want := nameKey(strings.TrimSpace(text))
	var byInitials []Term
	for _, t := range v.Terms {
		switch {
		case t.ZH == strings.TrimSpace(text) || nameKey(t.ZH) == want || nameKey(t.EN) == want:
			return t.ZH, nil
		case slices.ContainsFunc(t.Other, func(o string) bool { return nameKey(o) == want }):
			return t.ZH, nil
		case t.Initials == want && !t.Retired:
			byInitials = append(byInitials, t)
		}
	}
	if len(byInitials) == 1 {
		return byInitials[0].ZH, nil
	}
	if len(byInitials) > 1 {
		return "", Problemf("“%s”可以是：%s，请写全", "%q may be: %s; write it in full", Shorten(text), someTerms(byInitials))
	}
	if n, err := strconv.Atoi(want); err == nil && n >= 1 && n <= len(v.Terms) {
		return v.Terms[n-1].ZH, nil
	}
	return "", Problemf("“%s”不在可选范围内：%s", "%q is not one of: %s", Shorten(text), someTerms(v.live()))
}

func (v *Vocab) live() []Term {
	out := make([]Term, 0, len(v.Terms))
	for _, t := range v.Terms {
		if !t.Retired {
			out = append(out, t)
		}
	}
	return out
}

// place is where a term stands in the list; others stand at its end.
func (v *Vocab) place(zh string) int {
	if i := slices.IndexFunc(v.Terms, func(t Term) bool { return t.ZH == zh }); i >= 0 {
		return i
	}
	return len(v.Terms)
}

// Live returns the terms that are offered.
func (v *Vocab) Live() []Term { return v.live() }

// mostTermsNamed is how many terms a refusal lists: a long vocabulary would push
// everything else off the screen.
const mostTermsNamed = 8

// someTerms names terms in a sentence, and says how many there are when they
// are too many to name.
func someTerms(terms []Term) Words {
	shown := terms[:min(len(terms), mostTermsNamed)]
	zh, en := make([]string, len(shown)), make([]string, len(shown))
	for i, t := range shown {
		zh[i], en[i] = t.ZH, t.EN
	}
	names := Words{strings.Join(zh, "、"), strings.Join(en, ", ")}
	if len(shown) == len(terms) {
		return names
	}
	return Words{fmt.Sprintf("%s 等 %d 项", names.ZH, len(terms)), fmt.Sprintf("%s and %d more", names.EN, len(terms)-len(shown))}
}
