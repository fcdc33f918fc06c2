package model

import (
	"cmp"
	"slices"
	"strings"
)

// OfferedPhrase is a phrase as forms and texts offer it.
type OfferedPhrase struct {
	ID, Short, Full string
	Approved        bool
}

// Line is what it is found by and shown as: the short name and the full text on
// one line.
func (p *OfferedPhrase) Line() string { return p.Short + "  " + OneLine(p.Full) }

// OfferPhrases puts phrases into the order in which they are offered: approved
// ones first, then by the pinyin of their short names. What is not in force is
// left out.
func OfferPhrases(records []*Record) []OfferedPhrase {
	var out []OfferedPhrase
	for _, r := range records {
		if r.State == Final {
			out = append(out, OfferedPhrase{r.ID, PhraseShort.Of(r), PhraseFull.Of(r), PhraseApproved.Of(r)})
		}
	}
	slices.SortFunc(out, func(a, b OfferedPhrase) int {
		return cmp.Or(cmp.Compare(one(b.Approved), one(a.Approved)), ComparePinyin(a.Short, b.Short), strings.Compare(a.ID, b.ID))
	})
	return out
}

// TakesPhrases reports whether a phrase may be written into the field: prose, in
// one line or several. What follows a rule of its own, such as a phone number,
// does not.
func (f *Field) TakesPhrases() bool {
	return (f.Type == TypeText || f.Type == TypeNote) && f.Tidy == nil
}

// OneLine puts a text on one line, for a field that has no more.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
