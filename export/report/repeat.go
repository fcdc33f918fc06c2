package report

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// loop repeats a body for records. Rounds within a paragraph whose every clause
// has nothing to say are left out, and what separates the rounds stands between
// them only.
func (f *filler) loop(n *loop) {
	var list []*model.Record
	also := f.looked(func() { list = slices.Clone(f.records(n.query, f.period(n.query))) })
	list = slices.DeleteFunc(list, func(r *model.Record) bool { return f.c.Withheld(r, f.job.Audience) })
	if by := n.order; by != nil {
		slices.SortStableFunc(list, func(a, b *model.Record) int { return f.compareBy(by, a, b) })
	}
	if n.down {
		slices.Reverse(list)
	}
	if n.limit > 0 && len(list) > n.limit {
		list = list[:n.limit]
	}
	if len(list) > mostItems {
		list = list[:mostItems]
	}
	outer := f.env
	defer func() { f.env = outer }()
	rounds := f.rounds(n.at, n.block, n.body)
	for _, r := range list {
		e := outer
		e.rec, e.recs = r, append(slices.Clip(outer.recs), r)
		e.style, e.inst, e.also = n.style, outer.inst, union(outer.also, also)
		if n.block {
			e.inst += "/" + r.ID
		}
		rounds.next(e)
	}
	rounds.end()
}

// group repeats a body for the values of a field, in the order of their
// vocabulary, with the records of each.
func (f *filler) group(n *group) {
	parts := map[string][]*model.Record{}
	var keys []string
	also := f.looked(func() {
		for _, r := range f.records(n.query, f.period(n.query)) {
			for _, k := range f.keys(n.by, f.c.Value(r, n.by)) {
				if parts[k] == nil {
					keys = append(keys, k)
				}
				parts[k] = append(parts[k], r)
			}
		}
	})
	// Values of no vocabulary, such as 2027春节, stay in the order they first came.
	if n.by.Vocab != "" && !slices.ContainsFunc(keys, func(k string) bool { _, ok := f.rank(n.by, k, k); return !ok }) {
		slices.SortStableFunc(keys, func(a, b string) int {
			c, _ := f.rank(n.by, a, b)
			return c
		})
	}
	if n.down {
		slices.Reverse(keys)
	}
	if !n.by.ShownTo(f.job.Audience) || n.by.Mask != model.MaskNone && f.job.Audience == model.Public {
		if len(keys) > 0 {
			f.refuse(n.pos(), model.Sayf("%s 按 %s", "%s by %s", n.query.reg.Words, n.by.Words), model.W("不给这类读者看", "not for this audience"))
		}
		return
	}
	outer := f.env
	defer func() { f.env = outer }()
	rounds := f.rounds(n.at, n.block, n.body)
	for _, k := range keys {
		e := outer
		e.group, e.shown, e.style, e.also = k, k, n.style, union(outer.also, also)
		if n.by.Vocab != "" {
			e.shown = f.c.Schema.Vocab(n.by.Vocab).Text(k, f.job.Lang)
		}
		if n.by.Type == model.TypeOccasion {
			e.shown = f.occasion(k)
		}
		e.only = map[string][]*model.Record{n.query.reg.Key: parts[k]}
		for reg, list := range outer.only {
			if reg != n.query.reg.Key {
				e.only[reg] = list
			}
		}
		if n.block {
			e.inst += "/" + k
		}
		rounds.next(e)
	}
	rounds.end()
}

// occasion says a festival without its year where that is the report's own:
// 2026春节 as 春节, 2027春节 as 2027年春节.
func (f *filler) occasion(k string) string {
	n := 0
	for n < len(k) && k[n] >= '0' && k[n] <= '9' {
		n++
	}
	name := k[n:]
	if term, ok := f.c.Schema.Vocab("OCC").Term(name); ok {
		name = term.Words().In(f.job.Lang)
	}
	if n == 0 || k[:n] == strconv.Itoa(int(f.job.Period.To.Year)) && f.job.Period.From.Year == f.job.Period.To.Year {
		return name
	}
	return f.say("%[1]s年%[2]s", "%[2]s %[1]s", k[:n], name)
}

// rounds writes the rounds of a loop.
type rounds struct {
	f     *filler
	at    at
	block bool
	body  []node
	kept  int
	cut   string // the separator taken off the last round
	cutAt int    // where it stands
}

func (f *filler) rounds(at at, block bool, body []node) *rounds {
	return &rounds{f: f, at: at, block: block, body: body}
}

func (r *rounds) next(e env) {
	f := r.f
	if f.err != nil {
		return
	}
	e.round = r.kept + 1
	f.env = e
	if r.block {
		r.kept++
		f.nodes(r.body)
		return
	}
	before := f.out
	f.out = nil
	f.nodes(r.body)
	mine, _ := settle(f.out, f.job.Lang, false)
	f.out = before
	if !slices.ContainsFunc(mine, func(p piece) bool { return p.live || p.gap }) {
		return
	}
	whole := mine
	mine, cut := cutSeparator(mine)
	if r.kept > 0 && r.cut != "" {
		f.emit(piece{text: r.cut, at: r.cutAt, lit: true})
	}
	r.kept, r.cut, r.cutAt = r.kept+1, cut, int(r.at)
	if n := len(whole); cut != "" && n > 0 {
		r.cutAt = whole[n-1].at + len(whole[n-1].text) - len(cut)
	}
	for _, p := range mine {
		f.emit(p)
	}
}

func (r *rounds) end() {
	switch {
	case r.block:
	case r.kept == 0:
		r.f.nothing(int(r.at))
	case strings.ContainsAny(r.cut, "。.！!"): // sentences keep their end
		r.f.emit(piece{text: strings.TrimSpace(r.cut), at: r.cutAt, lit: true})
	case r.cut != "" && len(r.f.out) > 0:
		r.f.out[len(r.f.out)-1].open = true
	}
}

// cutSeparator takes the separator off the end.
func cutSeparator(in []piece) ([]piece, string) {
	n := len(in)
	if n == 0 || !in[n-1].lit {
		return in, ""
	}
	text := in[n-1].text
	rest := strings.TrimRight(text, "；、，。;, ")
	if strings.HasSuffix(text, ". ") {
		rest = strings.TrimSuffix(text, ". ")
	}
	cut := text[len(rest):]
	if rest == "" {
		return in[:n-1], cut
	}
	in = slices.Clone(in)
	in[n-1].text = rest
	return in, cut
}

// compareBy orders records by a field: terms by their vocabulary, numbers by
// size, dates by day, texts by their reading.
func (f *filler) compareBy(by *model.Field, a, b *model.Record) int {
	x, y := f.c.Value(a, by), f.c.Value(b, by)
	switch v := x.(type) {
	case model.Date:
		if w, ok := y.(model.Date); ok {
			return v.Compare(w)
		}
	case string:
		if w, ok := y.(string); ok && by.Vocab != "" {
			if n, ok := f.rank(by, v, w); ok {
				return n
			}
		}
	}
	if m, ok := numberOf(x); ok {
		n, _ := numberOf(y)
		switch {
		case m < n:
			return -1
		case m > n:
			return 1
		}
		return 0
	}
	if _, ok := numberOf(y); ok {
		return -1
	}
	return strings.Compare(f.c.Text(by, x, model.ZH), f.c.Text(by, y, model.ZH))
}

func numberOf(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case model.Dec:
		return int64(v), true
	case model.Money:
		return int64(v), true
	}
	return 0, false
}
