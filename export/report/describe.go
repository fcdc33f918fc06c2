package report

import (
	"strconv"
	"strings"

	"taizhang/model"
)

// describe says a query in words: 活动·场次，条线=文体，2026年.
func (f *filler) describe(q *query, p model.Period) model.Words {
	what := model.Words{ZH: q.reg.Words.ZH, EN: q.reg.Words.EN}
	switch {
	case q.measure != nil:
		what = model.Sayf("%s·%s", "%s, %s", q.reg.Words, q.measure.Words)
	case q.roundup != nil:
		what = model.Sayf("%s·%s", "%s, %s", q.reg.Words, q.roundup.Words)
	case q.said != nil:
		what = model.Sayf("%s·%s", "%s, %s", q.reg.Words, q.said.Words)
	case q.field != nil:
		what = model.Sayf("%s·%s", "%s, %s", q.reg.Words, q.field.Words)
	}
	var zh, en []string
	for _, any := range q.where {
		var a, b []string
		for _, c := range any {
			var z, e []string
			for _, field := range c.path {
				z, e = append(z, field.Words.ZH), append(e, field.Words.EN)
			}
			op, val := c.op, strings.Join(c.texts, "、")
			last := c.path[len(c.path)-1]
			shown := make([]string, len(c.texts))
			for i, t := range c.texts {
				shown[i] = t
				switch last.Type {
				case model.TypePick, model.TypePicks:
					shown[i] = f.c.Schema.Vocab(last.Vocab).Text(t, model.EN)
				case model.TypeMoney:
					if n, err := strconv.ParseInt(t, 10, 64); err == nil {
						shown[i] = model.Money(n).Text()
						val = shown[i]
					}
				case model.TypeDec:
					if n, err := strconv.ParseInt(t, 10, 64); err == nil {
						shown[i] = model.Dec(n).String()
						val = shown[i]
					}
				}
			}
			en2 := strings.Join(shown, ", ")
			if c.refer != "" {
				val = f.env.group
				if c.refer != "组" && c.refer != "group" && f.env.rec != nil {
					val = clean(f.c.Title(f.env.rec))
				}
				en2 = val
			}
			not := model.Words{}
			if c.not {
				not = model.W("非", "not ")
			}
			a, b = append(a, not.ZH+strings.Join(z, ".")+op+val), append(b, not.EN+strings.Join(e, ".")+strings.ReplaceAll(op, "含", " holds ")+en2)
		}
		zh, en = append(zh, strings.Join(a, " 或 ")), append(en, strings.Join(b, " or "))
	}
	switch {
	case p.IsZero():
	case q.asOf || q.reg.Lasts():
		zh, en = append(zh, "截至"+model.Period{From: p.To, To: p.To}.Text(model.ZH)), append(en, "as of "+p.To.String())
	default:
		zh, en = append(zh, p.Text(model.ZH)), append(en, p.Text(model.EN))
	}
	if f.env.group != "" && f.env.only[q.reg.Key] != nil {
		zh, en = append([]string{f.env.group}, zh...), append([]string{f.env.shown}, en...)
	}
	if len(zh) == 0 {
		return what
	}
	return model.Sayf("%s，%s", "%s; %s", what, model.Words{ZH: strings.Join(zh, "，"), EN: strings.Join(en, "; ")})
}
