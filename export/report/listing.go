package report

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// values writes the values of a field, each once.
func (f *filler) values(n figure, records []*model.Record) {
	at, q := n.pos(), n.query
	var texts, ids []string
	seen := map[string]bool{}
	withheld := false
	for _, r := range records {
		if f.c.Withheld(r, f.job.Audience) {
			withheld = true
			continue
		}
		form := n.format
		if form.how == howList || form.how == howFirst {
			form.how = howPlain
		}
		used := false
		for _, text := range f.texts(q, r, form) {
			if text = clean(text); text != "" {
				used = true
				if !seen[text] {
					seen[text] = true
					texts = append(texts, text)
				}
			}
		}
		if used {
			ids = append(ids, r.ID)
		}
		if len(texts) > mostItems {
			break
		}
	}
	if len(texts) == 0 {
		if withheld || len(records) > 0 && q.field != nil && !q.field.ShownTo(f.job.Audience) {
			f.refuse(at, f.describe(q, f.period(q)), model.W("不给这类读者看", "not for this audience"))
			return
		}
		f.nothing(at)
		return
	}
	text := n.format.list(texts, f.job.Lang)
	f.emit(piece{text: text, at: at, live: true, fig: &Figure{Text: text, Value: strings.Join(texts, "、"), Register: q.reg.Key, IDs: ids, Query: f.describe(q, f.period(q))}})
}

func (f *filler) table(n table) {
	t := &Table{}
	var fields []*model.Field
	for _, field := range n.columns {
		if field.ShownTo(f.job.Audience) {
			fields = append(fields, field)
			t.Heads, t.Right = append(t.Heads, field.Words.In(f.job.Lang)), append(t.Right, field.Numeric())
		}
	}
	if len(fields) == 0 {
		return
	}
	for _, r := range f.records(n.query, f.period(n.query)) {
		if f.c.Withheld(r, f.job.Audience) {
			continue
		}
		row := make([]string, len(fields))
		for i, field := range fields {
			row[i] = clean(f.c.MaskField(r, field, f.c.Value(r, field), f.job.Audience, f.job.Lang, f.c.Today()))
			f.size += len(row[i])
		}
		if t.Rows = append(t.Rows, row); f.size > mostOutput || len(t.Rows) > mostItems {
			f.err = model.Problemf("表太长，最多%d行", "the table is too long; %d rows at most", mostItems)
			return
		}
	}
	if len(t.Rows) > 0 {
		f.emit(piece{brk: true, at: n.pos()})
		f.emit(piece{tbl: t, at: n.pos(), text: fmt.Sprint(len(t.Rows))})
		f.emit(piece{brk: true, at: n.pos()})
	}
}

// texts are what a listing slot takes of one record: a sentence, the terms of a
// field of several, or its value.
func (f *filler) texts(q *query, r *model.Record, form format) (out []string) {
	if q.said != nil {
		return []string{q.said.Say(f.telling(r))}
	}
	keys := f.keys(q.field, f.c.Value(r, q.field))
	if len(keys) < 2 || !q.field.ShownTo(f.job.Audience) || q.field.Mask != model.MaskNone {
		return []string{f.text(r, q.field, form)}
	}
	for _, k := range keys {
		if q.field.Vocab != "" {
			k = f.c.Schema.Vocab(q.field.Vocab).Text(k, f.job.Lang)
		}
		out = append(out, k)
	}
	return out
}

func (f *filler) telling(r *model.Record) *model.Telling {
	return &model.Telling{Record: r, Context: f.c, Audience: f.job.Audience, Lang: f.job.Lang, Day: f.c.EndOf(f.job.Period).Today()}
}

// roundup writes the items of a roundup, each number a figure of its own. In
// public it is refused where an item concerns few people.
func (f *filler) roundup(at int, q *query, records []*model.Record) {
	p := f.period(q)
	shares := q.roundup.Say(records, f.c.EndOf(p))
	if len(shares) == 0 {
		f.nothing(at)
		return
	}
	for _, s := range shares {
		if f.job.Audience == model.Public && q.reg.ConcernsPeople() && model.TooFew(s.N) {
			f.refuse(at, f.describe(q, p), model.W("人数太少，公开时不写出", "so few people are not told of in public"))
			return
		}
	}
	for i, s := range shares {
		if i > 0 {
			f.emit(piece{text: f.say("、", ", "), at: at})
		}
		n := model.ProseNumber(s.N, model.Exactly, f.job.Lang)
		fig := &Figure{Text: n, Value: n, Register: q.reg.Key, Measure: q.roundup.Key, IDs: s.IDs, Query: model.Sayf("%s：%s", "%s: %s", f.describe(q, p), s.Words)}
		if f.job.Lang == model.EN {
			f.emit(piece{text: n, at: at, live: true, fig: fig})
			f.emit(piece{text: " " + s.Words.EN, at: at})
			continue
		}
		f.emit(piece{text: s.Words.ZH, at: at})
		f.emit(piece{text: n, at: at, live: true, fig: fig})
		f.emit(piece{text: s.Unit.ZH, at: at})
	}
}
