package model

import (
	"cmp"
	"encoding/json"
	"slices"
)

// keptID is a record that was counted.
type keptID struct {
	id   string
	date Date
}

// traceIDs are the records behind a number.
type traceIDs struct {
	from  *Figures // nil: it has its own
	at    []uint32 // of what it kept
	own   []keptID
	other int64 // how many of what is counted are no record
}

// IDs are the records that the number counts, in order of date; the records that
// a share is of. nil unless the figures were Traced.
func (r FigureRow) IDs() []string {
	t := r.trace
	switch {
	case t == nil:
		return nil
	case t.from == nil:
		ids := []string{}
		for _, k := range slices.SortedFunc(slices.Values(t.own), keptID.compare) {
			ids = append(ids, k.id)
		}
		return ids
	}
	rank := t.from.ranks()
	at := slices.Clone(t.at)
	slices.SortFunc(at, func(a, b uint32) int { return cmp.Compare(rank[a], rank[b]) })
	ids := make([]string, len(at))
	for i, n := range at {
		ids[i] = t.from.kept[n].id
	}
	return ids
}

// Unrecorded is how many of what the number counts have no record of their own,
// such as disclosures that were due and not begun.
func (r FigureRow) Unrecorded() int64 {
	if r.trace == nil {
		return 0
	}
	return r.trace.other
}

// Opens reports that there are records behind the number.
func (r FigureRow) Opens() bool {
	return r.trace != nil && (len(r.trace.at) > 0 || len(r.trace.own) > 0)
}

// ranks are the places of the records that were kept in the order of dates.
func (f *Figures) ranks() []uint32 {
	if f.rank != nil {
		return f.rank
	}
	order := make([]uint32, len(f.kept))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return f.kept[a].compare(f.kept[b]) })
	f.rank = make([]uint32, len(order))
	for place, no := range order {
		f.rank[no] = uint32(place)
	}
	return f.rank
}

func (k keptID) compare(other keptID) int {
	return cmp.Or(k.date.Compare(other.date), cmp.Compare(k.id, other.id))
}

// idsOf are records behind several numbers that belong together.
type idsOf struct{ lists [4]traceIDs }

// add enters a record, nil for what has none, under one of the numbers.
func (o *idsOf) add(i int, r *Record, counts bool) {
	switch {
	case !counts:
	case r == nil:
		o.lists[i].other++
	default:
		o.lists[i].own = append(o.lists[i].own, keptID{r.ID, r.Date()})
	}
}

func (o *idsOf) at(i int) *traceIDs {
	if o == nil {
		return nil
	}
	return &o.lists[i]
}

// TracedFigure is a number with what it counted, as figures --trace writes it.
type TracedFigure struct {
	Register   string   `json:"register"`
	Measure    string   `json:"measure"`
	Part       string   `json:"part,omitempty"`
	Term       *string  `json:"term,omitempty"` // with Part; "" is what was not given
	Value      any      `json:"value"`          // as it stands elsewhere; a share as text, such as "83.3%"
	IDs        []string `json:"ids"`
	Unrecorded int64    `json:"unrecorded,omitempty"`
}

// Explain fills Trace of figures that were Traced: all measures of totals and
// parts, then what is listed besides.
func (f *Figures) Explain(c *Context) *Figures {
	f.Trace = f.explained(c)
	return f
}

func (f *Figures) explained(c *Context) []TracedFigure {
	f.Finish()
	out := []TracedFigure{}
	put := func(r FigureRow, value any) {
		t := TracedFigure{Register: r.Register, Measure: r.Measure, Part: r.Part, Value: value, IDs: r.IDs(), Unrecorded: r.Unrecorded()}
		if r.Part != "" {
			t.Term = &r.Term
		}
		out = append(out, t)
	}
	for _, reg := range c.Schema.Measured() {
		n := f.Registers[reg.Key]
		if n == nil {
			continue
		}
		all := func(of *Count, part, term string) {
			for i := range reg.Measures {
				if r, ok := f.row(n, i, of); ok {
					r.Part, r.Term = part, term
					put(r, asNumber(reg.valueType(&reg.Measures[i]), r.Amount))
				}
			}
		}
		all(&n.Total, "", "")
		for _, p := range n.Parts {
			for _, name := range p.order(c, p.Terms) {
				all(p.Terms[name], p.Key, name)
			}
		}
	}
	for _, r := range f.Rows(c, ZH) {
		switch {
		case r.Share:
			put(r, r.Value)
		case r.Part == "goods":
			put(r, Dec(r.Amount))
		case r.Part == "budgets":
			put(r, Money(r.Amount))
		case r.Part == "rates" || r.Part == "coverage":
			put(r, r.Amount)
		}
	}
	return out
}

// asNumber is a number of a type as JSON has it.
func asNumber(t Type, n int64) any {
	switch t {
	case TypeMoney:
		return Money(n)
	case TypeDec:
		return Dec(n)
	}
	return n
}

// MarshalJSON writes {measure: n, "by": {part: {term: {measure: n}}}}. What
// cannot be counted is left out.
func (f *RegisterFigures) MarshalJSON() ([]byte, error) {
	numbers := func(n *Count) map[string]any {
		out := map[string]any{}
		for i := range f.Register.Measures {
			m := &f.Register.Measures[i]
			if v, ok := n.value(f.Register, m.Key); ok {
				out[m.Key] = asNumber(f.Register.valueType(m), v)
			}
		}
		return out
	}
	out, by := numbers(&f.Total), map[string]any{}
	for _, p := range f.Parts {
		terms := map[string]any{}
		for name, n := range p.Terms {
			terms[name] = numbers(n)
		}
		by[p.Key] = terms
	}
	if len(by) > 0 {
		out["by"] = by
	}
	return json.Marshal(out)
}
