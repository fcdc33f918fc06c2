package plain

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/db"
	"taizhang/model"
)

// mostPhrases bounds how many phrases are looked through.
const mostPhrases = 1_000

// expand puts the full text of phrases in the place of their marks: two slashes
// with initials, pinyin or a part of the phrase behind them, such as //sjt. Where
// a mark fits several it asks which; ok is false when the answer is to be given
// again. A web address is no mark.
func (f *form) expand(fd *model.Field, text string) (out string, ok bool, err error) {
	rest := strings.ReplaceAll(text, "／／", "//")
	var list []choice
	var b strings.Builder
	for {
		before, after, marked := strings.Cut(rest, "//")
		b.WriteString(before)
		if !marked {
			return b.String(), true, nil
		}
		if strings.HasSuffix(before, ":") || strings.HasSuffix(before, "：") {
			b.WriteString("//")
			rest = after
			continue
		}
		if list == nil {
			if list, err = f.phrases(); err != nil {
				return "", false, err
			}
		}
		query, tail := markEnd(after)
		full, found, err := f.phrase(list, query)
		if err != nil || !found {
			return "", false, err
		}
		if fd.Type != model.TypeNote {
			full = model.OneLine(full)
		}
		b.WriteString(full)
		rest = tail
	}
}

// markEnd cuts what names a phrase from what follows: letters, where it begins
// with one, and otherwise all up to a space or a punctuation mark. One space
// behind it is part of the mark.
func markEnd(s string) (query, rest string) {
	first, _ := utf8.DecodeRuneInString(s)
	end := strings.IndexFunc(s, func(r rune) bool {
		if first < utf8.RuneSelf {
			return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if end < 0 {
		end = len(s)
	}
	return s[:end], strings.TrimPrefix(s[end:], " ")
}

// phrases reads the phrases of the office in the order in which they are offered.
func (d *desk) phrases() ([]choice, error) {
	list := []choice{}
	err := d.visit(func(ctx context.Context) error {
		records, err := d.ledger.List(ctx, db.Query{Register: model.Phrase.Key, States: []model.State{model.Final}, Limit: mostPhrases})
		for _, p := range model.OfferPhrases(records) {
			show := p.Line()
			if !p.Approved {
				show = model.Sayf(wPhraseOpen.ZH, wPhraseOpen.EN, show).In(d.lang)
			}
			list = append(list, choice{p.Full, show})
		}
		return err
	})
	return list, err
}

// phrase finds the phrase that is meant, asking where several are like it.
func (f *form) phrase(list []choice, query string) (full string, found bool, err error) {
	hits := like(list, query)
	switch {
	case len(list) == 0:
		f.say(wPhraseNone)
		return "", false, nil
	case len(hits) == 0:
		f.sayf(wPhraseNoLike, query)
		return "", false, nil
	case len(hits) == 1:
		return hits[0].take, true, nil
	}
	hits = hits[:min(len(hits), mostLike)]
	f.sayf(wLike, f.told(hits))
	for {
		text, err := f.ask(wPhraseWhich)
		if err != nil || text == "" {
			return "", false, err
		}
		if picked := numbered(&model.Field{}, hits, text); picked != text {
			return picked, true, nil
		}
		f.sayf(wNoChoice, model.Shorten(text))
	}
}
