package plain

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"taizhang/db"
	"taizhang/model"
)

// few choices are told with the field; of more, those like what was asked for.
const (
	few      = 20
	mostLike = 9
)

// choice is one value that a field offers: the text that Parse takes, and what
// is told.
type choice struct{ take, show string }

// hasChoices reports a field that offers values.
func hasChoices(f *model.Field) bool {
	switch f.Type {
	case model.TypePick, model.TypePicks, model.TypeRef, model.TypeRefs, model.TypeBool, model.TypeOccasion:
		return true
	}
	return false
}

// several reports a field of several values.
func several(f *model.Field) bool { return f.Type == model.TypePicks || f.Type == model.TypeRefs }

// choices are all values that a field offers.
func (d *desk) choices(c *model.Context, f *model.Field) (list []choice, err error) {
	put := func(take, show string) { list = append(list, choice{take, show}) }
	switch f.Type {
	case model.TypeBool:
		for _, v := range []bool{true, false} {
			text := c.Text(f, v, d.lang)
			put(text, text)
		}
	case model.TypeRef, model.TypeRefs:
		for _, key := range f.Refs {
			var options []db.Option
			if err := d.visit(func(ctx context.Context) (err error) {
				options, err = d.ledger.Options(ctx, key)
				return err
			}); err != nil {
				return nil, err
			}
			for _, o := range options {
				put(o.ID, o.Name+" "+o.ID)
			}
		}
	case model.TypeOccasion:
		for _, t := range c.Schema.Vocab(f.Vocab).Live() {
			if oc, err := model.ParseOccasion(t.ZH, c.Today()); err == nil {
				show := oc.String()
				if d.lang == model.EN {
					show += " " + t.EN
				}
				put(oc.String(), show)
			}
		}
	case model.TypePick, model.TypePicks:
		for _, t := range c.Schema.Vocab(f.Vocab).Live() {
			put(t.ZH, t.Offered(d.lang))
		}
	}
	return list, nil
}

// like narrows choices by text, pinyin or initials, the best first.
func like(list []choice, query string) []choice {
	type hit struct {
		choice
		score int
	}
	var hits []hit
	for _, ch := range list {
		if score, ok := model.NewPinyin(ch.show).Match(query); ok {
			hits = append(hits, hit{ch, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	out := make([]choice, len(hits))
	for i, h := range hits {
		out[i] = h.choice
	}
	return out
}

// told is choices in a line, with the numbers that choose them.
func (d *desk) told(list []choice) string {
	parts := make([]string, len(list))
	for i, ch := range list {
		parts[i] = model.Sayf(wChoice.ZH, wChoice.EN, i+1, ch.show).In(d.lang)
	}
	return strings.Join(parts, model.W("，", ", ").In(d.lang))
}

// numbered puts the values of the told choices in the place of their numbers:
// one number, or several where the field takes several.
func numbered(f *model.Field, told []choice, text string) string {
	split := func(r rune) bool { return strings.ContainsRune(" 、,，;；", r) }
	parts := []string{text}
	if several(f) {
		parts = strings.FieldsFunc(text, split)
	}
	out := make([]string, len(parts))
	for i, p := range parts {
		n, err := strconv.Atoi(command(p))
		if err != nil || n < 1 || n > len(told) {
			return text // not all of them are numbers: read as it stands
		}
		out[i] = told[n-1].take
	}
	if len(out) == 0 {
		return text
	}
	return strings.Join(out, "、")
}
