package model

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// FieldError is a refusal of one field's value.
type FieldError struct {
	Field *Field
	Words // what is wrong and what is accepted
}

// Named puts the field's name before the sentence.
func (e FieldError) Named(l Lang) string {
	if l == EN {
		return e.Field.Words.EN + " (" + e.Field.Key + "): " + e.EN
	}
	return e.Field.Words.ZH + "（" + e.Field.Key + "）：" + e.ZH
}

// Errors are all refusals of one record, in the order of its fields.
type Errors []FieldError

// Error implements error in English; screens and commands call In.
func (es Errors) Error() string { return es.In(EN) }

// In joins the refusals in one language.
func (es Errors) In(l Lang) string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = e.Named(l)
	}
	return strings.Join(out, map[Lang]string{ZH: "；", EN: "; "}[l])
}

// Of returns the refusal of one field.
func (es Errors) Of(key string) (FieldError, bool) {
	i := slices.IndexFunc(es, func(e FieldError) bool { return e.Field.Key == key })
	if i < 0 {
		return FieldError{}, false
	}
	return es[i], true
}

// Refuse appends a refusal.
func (es Errors) Refuse(f *Field, zh, en string, args ...any) Errors {
	return append(es, FieldError{f, Sayf(zh, en, args...)})
}

// Say turns any error into a sentence of the language: the two-language errors
// of this package in their own words, others as they are.
func Say(err error, l Lang) string {
	if w, ok := err.(interface{ In(Lang) string }); ok {
		return w.In(l)
	}
	return err.Error()
}

// AsWords turns any error into Words.
func AsWords(err error) Words { return Words{Say(err, ZH), Say(err, EN)} }

// Shorten cuts what a person typed to a length that fits into a message, with
// everything unprintable dropped.
func Shorten(s string) string {
	s, _ = Clean(s)
	s = strings.ReplaceAll(s, "\n", " ")
	const most = 24
	g := uniseg.NewGraphemes(s)
	n := 0
	for g.Next() {
		if n++; n > most {
			from, _ := g.Positions()
			return s[:from] + "…"
		}
	}
	return s
}
