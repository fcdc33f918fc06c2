package tui

import (
	"cmp"
	"slices"
	"strings"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// group is the records that share a value. One with several values stands in
// several groups.
type group struct {
	id    string // of the value, as long as it lives
	label string
	keys  []db.Key
	sums  sums
	open  bool

	order model.Order
}

// groups reports whether records can be grouped by the field.
func groupable(f *model.Field) bool {
	switch f.Type {
	case model.TypePick, model.TypePicks, model.TypeRef, model.TypeRefs, model.TypeOccasion, model.TypeBool, model.TypePeriod:
		return f.Stored() && !f.Removed && f.Class != model.Handler
	}
	return false
}

// group divides the rows, in their order, by the values of a field or by month,
// and adds up each part and the whole.
func (s *session) group(w *work, reg *model.Register, keys []db.Key, by string) ([]group, *sums, error) {
	reg = s.latest(reg)
	f := reg.Field(by)
	if by != byMonths && (f == nil || !groupable(f)) {
		return nil, nil, nil
	}
	total := newSums(s.summed(reg))
	read := slices.Clone(total.fields)
	if f != nil {
		read = append(read, f)
	}
	found := map[string]*group{}
	err := s.each(w, reg, keys, read, func(c *model.Context, k db.Key, r *model.Record) {
		total.add(c, r, 1)
		for _, v := range s.valuesOf(c, f, r) {
			g := found[v.id]
			if g == nil {
				g = &group{id: v.id, label: v.label(), order: v.order(), sums: newSums(total.fields)}
				found[v.id] = g
			}
			g.keys = append(g.keys, k)
			g.sums.add(c, r, 1)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	out := make([]group, 0, len(found))
	for _, g := range found {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b group) int {
		switch x, y := a.order.Blank(), b.order.Blank(); {
		case x && !y:
			return 1
		case y && !x:
			return -1
		}
		n := a.order.Compare(b.order)
		if by == byMonths { // as the list: newest first
			n = -n
		}
		return cmp.Or(n, strings.Compare(a.id, b.id))
	})
	return out, &total, nil
}

// value is one value that a record is grouped by; label and order are asked
// once per group.
type value struct {
	id    string
	label func() string
	order func() model.Order
}

// valuesOf lists the values of a record, one that stands for none if there is
// none. A nil field means the month of its date.
func (s *session) valuesOf(c *model.Context, f *model.Field, r *model.Record) []value {
	if f == nil {
		d := r.Date()
		if d.Precision == model.ByDay && !d.IsZero() {
			d.Day, d.Precision = 1, model.ByMonth
		}
		return []value{{d.String(), func() string { return clean(d.Echo(s.lang)) },
			func() model.Order { return c.Order(dateField, d, s.lang) }}}
	}
	one := func(v any, id string) value {
		text := func() string { return clean(c.MaskText(f, v, model.Inside, s.lang, c.Today())) }
		if !f.InFull(s.actor, model.Inside) { // two that look the same are one
			id = text()
		}
		return value{id, text, func() model.Order { return c.Order(f, v, s.lang) }}
	}
	var out []value
	switch x := r.Values[f.Key].(type) {
	case nil:
	case []string:
		for _, t := range x {
			out = append(out, one([]string{t}, t))
		}
	case []model.Ref:
		for _, ref := range x {
			out = append(out, one([]model.Ref{ref}, ref.String()))
		}
	default:
		out = append(out, one(x, c.Text(f, x, model.ZH)))
		if ref, ok := x.(model.Ref); ok {
			out[0] = one(x, ref.String())
		}
	}
	kept := out[:0]
	for _, v := range out {
		if v.id != "" && !slices.ContainsFunc(kept, func(k value) bool { return k.id == v.id }) {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 {
		kept = append(kept, value{"", func() string { return words.NotGiven.In(s.lang) }, func() model.Order { return c.Order(dateField, nil, s.lang) }})
	}
	return kept
}

// dateField stands for the date of any record where a field is asked for.
var dateField = &model.Field{Type: model.TypeDate}

// groupText says what the rows are grouped by.
func groupText(reg *model.Register, by string, l model.Lang) string {
	name := words.OrderMonth
	if f := reg.Field(by); f != nil {
		name = f.Words
	}
	return model.Sayf(words.GroupedBy.ZH, words.GroupedBy.EN, name).In(l)
}
