package report

import (
	"strings"

	"taizhang/model"
)

func (f *filler) name(n name) {
	at := n.pos()
	switch {
	case n.global != "":
		f.emit(piece{text: clean(findGlobal(n.global).say(f)), at: at})
		return
	case n.special == "序":
		f.emit(piece{text: ordinal(f.env.style, f.env.round), at: at})
		return
	case n.special == "逐项":
		f.emit(piece{text: "逐项", at: at, item: true})
		return
	case n.special == "组":
		f.emit(piece{text: clean(f.env.shown), at: at})
		return
	case n.special == "编号":
		if f.env.rec != nil && f.job.Audience != model.Public {
			f.emit(piece{text: f.env.rec.ID, at: at})
		}
		return
	}
	var r *model.Record
	for i := len(f.env.recs) - 1; i >= 0 && r == nil; i-- {
		if f.env.recs[i].Register == n.reg {
			r = f.env.recs[i]
		}
	}
	if r == nil {
		f.nothing(at)
		return
	}
	text, label := "", model.Words{}
	if n.said != nil {
		label = n.said.Words
		text = n.said.Say(f.telling(r))
	} else {
		rec, field := f.follow(n.path, r)
		if rec != nil && field != nil && !f.c.Withheld(rec, f.job.Audience) {
			label = field.Words
			text = f.text(rec, field, n.format)
		}
	}
	if text = clean(text); text == "" {
		f.nothing(at)
		return
	}
	f.emit(piece{text: text, at: at, live: true, fig: &Figure{Text: text, Value: text, Register: r.Register.Key, IDs: []string{r.ID},
		Query: model.Sayf("%s·%s", "%s, %s", r.Register.Words, label)}})
}

// text is a field as the audience may see it, in the form asked for.
func (f *filler) text(r *model.Record, field *model.Field, form format) string {
	v := f.c.Value(r, field)
	masked := f.c.MaskField(r, field, v, f.job.Audience, f.job.Lang, f.c.Today())
	if masked == "" || masked != f.c.Text(field, v, f.job.Lang) {
		return masked
	}
	switch x := v.(type) {
	case model.Date:
		return form.date(x, f.job.Lang)
	case int64:
		return form.number(model.TypeInt, x, f.job.Lang)
	case model.Dec:
		return form.number(model.TypeDec, int64(x), f.job.Lang)
	case model.Money:
		return form.number(model.TypeMoney, int64(x), f.job.Lang)
	}
	return masked
}

// clean is a value on one line.
func clean(s string) string {
	s, _ = model.Clean(s)
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\n", " ")), " ")
}

func (f *filler) figure(n figure) {
	at, q := n.pos(), n.query
	p := f.period(q)
	records := f.records(q, p)
	switch {
	case q.roundup != nil:
		f.roundup(at, q, records)
		return
	case q.measure == nil:
		f.values(n, records)
		return
	}
	tally := f.tally(q, q.measure, records, p)
	if tally.Refused != (model.Words{}) && len(records) > 0 {
		f.refuse(at, f.describe(q, p), tally.Refused)
		return
	}
	hidden, few := f.tooFew(q, p, records, tally)
	fig := &Figure{Value: tally.Text(), Query: f.describe(q, p), Register: q.reg.Key, Measure: q.measure.Key, IDs: tally.IDs}
	switch {
	case few:
		fig.Value, fig.IDs = model.FewerWords.In(f.job.Lang), nil
		fig.Text = fig.Value
		f.emit(piece{text: fig.Text, at: at, live: true, fig: fig})
		return
	case hidden:
		f.refuse(at, f.describe(q, p), model.W("人数太少，公开时不写出", "so few people are not told of in public"))
		return
	case tally.Value == 0 && !n.even0:
		f.nothing(at)
		return
	}
	fig.Text = n.format.number(tally.Type, tally.Value, f.job.Lang)
	f.asked = append(f.asked, &asked{q, tally.Value, fig, f.env.rec != nil || f.env.only != nil})
	f.emit(piece{text: fig.Text, at: at, live: true, fig: fig})
}
