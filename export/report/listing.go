package report

import "taizhang/model"

// texts are what a listing slot takes of one record: a sentence, the terms of a
// field of several, or its value.
func (f *filler) texts(q *query, r *model.Record, form format) (out []string) {
	if q.said != nil {
		return []string{q.said.Say(f.telling(r))}
	}
	keys := f.keys(q.field, value(f.c, q.field, r))
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
