package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// match reports whether a record meets a condition.
func (f *filler) match(c *cond, r *model.Record) bool {
	rec, field := f.follow(c.path, r)
	if rec == nil || field == nil {
		return c.not || c.op == "!="
	}
	v := f.c.Value(rec, field)
	if c.op == "" {
		yes := !model.Blank(v)
		if b, ok := v.(bool); ok {
			yes = b
		}
		return yes != c.not
	}
	if c.refer != "" {
		return f.matchRefer(c, field, v)
	}
	if c.op == "!=" {
		return !slices.ContainsFunc(c.texts, func(t string) bool { return f.equal(field, v, t) })
	}
	return slices.ContainsFunc(c.texts, func(t string) bool {
		switch c.op {
		case "=":
			return f.equal(field, v, t)
		case "含":
			return strings.Contains(fold(f.c.Text(field, v, model.ZH)), fold(t))
		}
		n, ok := f.order(field, v, t)
		switch {
		case !ok:
			return false
		case c.op == ">=":
			return n >= 0
		case c.op == "<=":
			return n <= 0
		case c.op == ">":
			return n > 0
		}
		return n < 0
	})
}

// days are those of a period as a condition writes it: 2026H1, or 本年 as of the
// report.
func (f *filler) days(text string) (model.Period, bool) {
	if slices.Contains(periods, text) {
		p := f.named(text)
		return p, !p.IsZero()
	}
	p, err := model.ParsePeriod(text)
	return p, err == nil
}

func fold(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }

// equal compares a value with a text of the template.
func (f *filler) equal(field *model.Field, v any, t string) bool {
	switch x := v.(type) {
	case nil:
		return field.Type == model.TypeBool && t == "否"
	case bool:
		return x == (t == "是")
	case []string:
		return slices.Contains(x, t)
	case model.Ref:
		return x.ID == t || fold(f.c.NameOf(x)) == fold(t)
	case []model.Ref:
		return slices.ContainsFunc(x, func(r model.Ref) bool { return f.equal(field, r, t) })
	case model.Occasion:
		return x.Name == t || fold(x.String()) == fold(t)
	case model.PeriodKey:
		return string(x) == t
	case model.Date:
		p, ok := f.days(t)
		return ok && p.Contains(x)
	case string:
		return x == t || fold(x) == fold(t)
	}
	n, ok := f.order(field, v, t)
	return ok && n == 0
}

// order compares a value with a text of the template: numbers by size, dates by
// day, terms by their place in the vocabulary.
func (f *filler) order(field *model.Field, v any, t string) (int, bool) {
	number := func(x int64) (int, bool) {
		n, err := strconv.ParseInt(t, 10, 64)
		return cmp.Compare(x, n), err == nil
	}
	switch x := v.(type) {
	case int64:
		return number(x)
	case model.Dec:
		return number(int64(x))
	case model.Money:
		return number(int64(x))
	case model.Date:
		p, ok := f.days(t)
		switch {
		case !ok || x.IsZero():
			return 0, false
		case x.Last().Before(p.From):
			return -1, true
		case x.First().After(p.To):
			return 1, true
		}
		return 0, true
	case string:
		if field.Vocab == "" {
			return strings.Compare(x, t), true
		}
		return f.rank(field, x, t)
	case []string:
		best, any := 0, false
		for _, s := range x {
			if n, ok := f.rank(field, s, t); ok && (!any || n > best) {
				best, any = n, true
			}
		}
		return best, any
	}
	return 0, false
}

func (f *filler) rank(field *model.Field, a, b string) (int, bool) {
	terms := f.c.Schema.Vocab(field.Vocab).Terms
	place := func(s string) int {
		return slices.IndexFunc(terms, func(t model.Term) bool { return t.ZH == s })
	}
	i, j := place(a), place(b)
	return cmp.Compare(i, j), i >= 0 && j >= 0
}

// matchRefer compares a field with the record or the group in hand.
func (f *filler) matchRefer(c *cond, field *model.Field, v any) bool {
	hand := f.env.rec
	if hand != nil { // what is compared with it depends on it
		f.saw.Saw(hand.ID)
	}
	var same func(v any) bool
	switch {
	case c.refer == "组" || c.refer == "group":
		same = func(v any) bool { return slices.Contains(f.keys(field, v), f.env.group) }
	case hand == nil:
		return false
	case c.refer == "本条" || c.refer == "this":
		same = func(v any) bool {
			switch x := v.(type) {
			case model.Ref:
				return x.ID == hand.ID
			case []model.Ref:
				return slices.ContainsFunc(x, func(r model.Ref) bool { return r.ID == hand.ID })
			}
			return fold(f.c.Text(field, v, model.ZH)) == fold(f.c.Title(hand))
		}
	default:
		other, err := hand.Register.FindField(c.refer)
		if err != nil {
			return false
		}
		want := f.keys(other, f.c.Value(hand, other))
		same = func(v any) bool {
			return slices.ContainsFunc(f.keys(field, v), func(k string) bool { return slices.Contains(want, k) })
		}
	}
	if c.op == "!=" {
		return !same(v)
	}
	return same(v)
}

// keys are the single values of a field, as groups are told apart by them.
func (f *filler) keys(field *model.Field, v any) []string {
	switch x := v.(type) {
	case nil:
		return nil
	case []string:
		return x
	case []model.Ref:
		var out []string
		for _, r := range x {
			out = append(out, f.c.NameOf(r))
		}
		return out
	}
	if model.Blank(v) {
		return nil
	}
	return []string{f.c.Text(field, v, model.ZH)}
}
