package report

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// count is what a measure comes to in a period. ok is false where it cannot be
// told, which is then said.
func (f *filler) count(at int, q *query, p model.Period) (t model.Tally, ok bool) {
	records := f.records(q, p)
	t = f.tally(q, q.measure, records, p)
	if t.Refused != (model.Words{}) && len(records) > 0 {
		f.refuse(at, f.describe(q, p), t.Refused)
		return t, false
	}
	if hidden, few := f.tooFew(q, p, records, t); hidden || few {
		f.refuse(at, f.describe(q, p), model.W("人数太少，公开时不写出", "so few people are not told of in public"))
		return t, false
	}
	return t, true
}

// rate says a share.
func (f *filler) rate(n rate) {
	p := f.period(n.part)
	part, ok := f.count(n.pos(), n.part, p)
	if !ok {
		return
	}
	whole, ok := f.count(n.pos(), n.whole, f.period(n.whole))
	switch {
	case !ok:
		return
	case whole.Value <= 0 || part.Value == 0 && !n.even0:
		f.nothing(n.pos())
		return
	}
	text := percent(part.Value, whole.Value)
	ids := slices.Clone(part.IDs)
	for _, id := range whole.IDs {
		if !slices.Contains(ids, id) && len(whole.IDs) < mostItems {
			ids = append(ids, id)
		}
	}
	f.emit(piece{text: text, at: n.pos(), live: true, fig: &Figure{Text: text, Value: fmt.Sprintf("%s / %s", part.Text(), whole.Text()),
		Query:    model.Sayf("%s ÷ %s", "%s ÷ %s", f.describe(n.part, p), f.describe(n.whole, f.period(n.whole))),
		Register: n.part.reg.Key, Measure: n.part.measure.Key + "/" + n.whole.measure.Key, IDs: ids}})
}

// percent writes a share as figures do, to one decimal: 83.3%, 100%.
func percent(part, whole int64) string {
	return strings.Replace(model.Percent(part, whole), ".0%", "%", 1)
}

// compare says how much more there was than a year before, where both periods
// are over and the year before has records at all.
func (f *filler) compare(n compare) {
	p := f.period(n.query)
	before := p.LastYear()
	if p.IsZero() || f.c.Today().Before(p.To) || len(f.in(n.query.reg, before, n.query.asOf)) == 0 {
		f.nothing(n.pos())
		return
	}
	now, ok := f.count(n.pos(), n.query, p)
	if !ok {
		return
	}
	then, ok := f.count(n.pos(), n.query, before)
	if !ok {
		return
	}
	if then.Value == 0 || now.Value == 0 {
		f.nothing(n.pos())
		return
	}
	form := format{}
	unit := n.query.measure.Unit.In(f.job.Lang)
	last := model.W("上年同期", "the same period of the year before")
	if kindOf(p) == "年" {
		last = model.W("上年", "the year before")
	}
	diff := now.Value - then.Value
	text := ""
	number := func(v int64) string {
		if now.Type == model.TypeMoney {
			return model.Money(v).Prose(f.job.Lang)
		}
		s := form.number(now.Type, v, f.job.Lang)
		if f.job.Lang == model.EN {
			return s
		}
		return s + unit
	}
	switch {
	case diff == 0:
		text = f.say("与%s持平", "as many as in %s", last)
	case diff > 0:
		text = f.say("较%s增加%s，增长%s", "%[2]s more than in %[1]s (%[3]s)", last, number(diff), percent(diff, then.Value))
	default:
		text = f.say("较%s减少%s，下降%s", "%[2]s fewer than in %[1]s (%[3]s)", last, number(-diff), percent(-diff, then.Value))
	}
	f.emit(piece{text: text, at: n.pos(), live: true, fig: &Figure{Text: text, Value: fmt.Sprintf("%s − %s", now.Text(), then.Text()),
		Query: f.describe(n.query, p), Register: n.query.reg.Key, Measure: n.query.measure.Key, IDs: append(slices.Clone(now.IDs), then.IDs...)}})
}

// yearly says what every complete year reached: the least of the yearly sums,
// from the first year with records to the last that is over.
func (f *filler) yearly(n yearly) {
	all := f.records(n.query, model.Period{})
	least, ok := n.query.reg.LeastYear(f.c, n.query.measure, all, f.job.Period.To, n.last)
	if !ok || least.Value == 0 {
		f.nothing(n.pos())
		return
	}
	if hidden, few := f.tooFew(n.query, model.Period{}, all, least.Tally); hidden || few {
		f.refuse(n.pos(), f.describe(n.query, model.Period{}), model.W("人数太少，公开时不写出", "so few people are not told of in public"))
		return
	}
	text := n.format.number(least.Type, least.Value, f.job.Lang)
	f.emit(piece{text: text, at: n.pos(), live: true, fig: &Figure{Text: text, Value: least.Text(), Register: n.query.reg.Key, Measure: n.query.measure.Key, IDs: least.All,
		Query: model.Sayf("%s，%d—%d年各年中最少的一年", "%s; the least of the years %d to %d", f.describe(n.query, model.Period{}), least.First, least.Last)}})
}

// phrase puts in an approved formula in full. One that is not on file, or not
// approved, is a gap.
func (f *filler) phrase(n phrase) {
	if reg := f.c.Schema.Register(model.Phrase.Key); reg != nil {
		for _, r := range f.in(reg, model.Period{}, false) {
			short, full := model.PhraseShort.Of(r), model.PhraseFull.Of(r)
			if fold(short) == fold(n.name) && model.PhraseApproved.Of(r) {
				text := clean(full)
				f.emit(piece{text: text, at: n.pos(), fig: &Figure{Text: text, Value: text, Register: reg.Key, IDs: []string{r.ID},
					Query: model.Sayf("%s·%s", "%s, %s", reg.Words, short)}})
				return
			}
		}
	}
	f.gap(n.pos(), f.say("用语“%s”", "phrase %q", n.name))
}

// doubts are what looks wrong in what the text says (domain.md §6).
func (f *filler) doubts() {
	seen := map[string]bool{}
	add := func(w model.Words) {
		if !seen[w.ZH] {
			seen[w.ZH] = true
			f.doc.Doubts = append(f.doc.Doubts, w)
		}
	}
	for _, a := range f.asked {
		if a.fig.No == 0 || a.within { // not in the text, or of one record or group only
			continue
		}
		p := f.period(a.q)
		for _, b := range a.q.reg.Plausible {
			of, err := a.q.reg.Measure(b.Of)
			if err != nil || of != a.q.measure {
				continue
			}
			per, err := a.q.reg.Measure(b.Per)
			if err != nil {
				continue
			}
			records := f.records(a.q, p)
			x, y := f.tally(a.q, of, records, p).Value, f.tally(a.q, per, records, p).Value
			if y > 0 && (x < y*b.Least || b.Most > 0 && x > y*b.Most) {
				add(model.Sayf("%s：%s %d，%s %d，%s", "%s: %s %d, %s %d: %s", f.describe(a.q, p), of.Words, x, per.Words, y, b.Words))
			}
		}
		for _, odd := range f.odd(a.q.reg, p) {
			add(odd)
		}
		if kindOf(p) == "年" && !a.q.asOf && !a.q.reg.Lasts() && a.q.measure.Distinct == nil {
			for m := 1; m <= 12; m += 3 {
				q := model.QuarterOf(model.NewDate(int(p.To.Year), m, 1))
				if n := f.tally(a.q, a.q.measure, f.records(a.q, q), q).Value; n > a.value {
					add(model.Sayf("%s：全年%d小于其中%s的%d", "%s: the year has %d, less than %s with %d", f.describe(a.q, p), a.value, model.W(q.Text(model.ZH), q.Text(model.EN)), n))
				}
			}
		}
	}
}

// odd is what looks wrong in the records of a period side by side, each period of
// a register asked once. The public is not told which records they are.
func (f *filler) odd(reg *model.Register, p model.Period) (out []model.Words) {
	key := slice{reg.Key, p, false}
	if reg.Odd == nil || p.IsZero() || f.oddAsked[key] {
		return nil
	}
	if f.oddAsked == nil {
		f.oddAsked = map[slice]bool{}
	}
	f.oddAsked[key] = true
	near := reg.OfPeriod(f.store.all[reg.Key], reach(p))
	for _, found := range reg.Odd(f.in(reg, p, false), near, f.c) {
		w := found.Words
		if n := len(found.IDs); n > 0 && f.job.Audience != model.Public {
			ids := strings.Join(found.IDs[:min(n, mostOddIDs)], "、")
			if n > mostOddIDs {
				ids += "…"
			}
			w = model.Sayf("%s（%s）", "%s (%s)", w, model.W(ids, strings.ReplaceAll(ids, "、", ", ")))
		}
		out = append(out, w)
	}
	return out
}

// mostOddIDs is how many records a doubt names.
const mostOddIDs = 6

// reach is a period and the days around it that a register's Odd looks at.
func reach(p model.Period) model.Period {
	return model.Period{From: p.From.First().AddDays(-model.OddReach), To: p.To.Last().AddDays(model.OddReach)}
}
