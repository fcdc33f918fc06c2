package report

import (
	"slices"
	"strings"

	"taizhang/model"
)

// Source is what a report reads of a ledger. export.Source is one.
type Source interface {
	Context() *model.Context
	Unit() string
	// Scan gives fn the final records of a register whose date lies in the
	// period; the zero period is all time.
	Scan(register string, period model.Period, fn func(*model.Record) error) error
}

// store holds the records a template asks for, oldest first.
type store struct {
	all  map[string][]*model.Record
	seen map[slice][]*model.Record
}

type slice struct {
	register string
	period   model.Period
	asOf     bool
}

// span is the days of a register that are needed; all: every day.
type span struct {
	period model.Period
	all    bool
}

// read fetches every register once: the days between the first and the last
// that any slot asks for.
func (f *filler) read() error {
	need := map[string]*span{}
	want := func(q *query, periods ...model.Period) {
		s := need[q.reg.Key]
		if s == nil {
			s = &span{}
			need[q.reg.Key] = s
		}
		for _, p := range periods {
			if q.reg.Odd != nil && !p.IsZero() {
				p = reach(p)
			}
			switch {
			case p.IsZero() || q.asOf || q.reg.Lasts():
				s.all = true
			case s.period.IsZero():
				s.period = p
			default:
				if p.From.Before(s.period.From) {
					s.period.From = p.From
				}
				if s.period.To.Before(p.To) {
					s.period.To = p.To
				}
			}
		}
	}
	walk(f.t.nodes, func(n node) {
		switch n := n.(type) {
		case figure:
			want(n.query, f.period(n.query))
		case rate:
			want(n.part, f.period(n.part))
			want(n.whole, f.period(n.whole))
		case compare:
			want(n.query, f.period(n.query), f.period(n.query).LastYear())
		case yearly:
			want(n.query, model.Period{})
		case *loop:
			want(n.query, f.period(n.query))
		case *group:
			want(n.query, f.period(n.query))
		case table:
			want(n.query, f.period(n.query))
		case *branch:
			if n.query != nil {
				want(n.query, f.period(n.query))
			}
		case phrase:
			if reg := f.c.Schema.Register(model.Phrase.Key); reg != nil {
				want(&query{reg: reg}, model.Period{})
			}
		}
	})
	f.store = store{all: map[string][]*model.Record{}, seen: map[slice][]*model.Record{}}
	for _, reg := range f.c.Schema.Registers {
		s := need[reg.Key]
		if s == nil {
			continue
		}
		p := s.period
		if s.all {
			p = model.Period{}
		}
		var list []*model.Record
		err := f.src.Scan(reg.Key, p, func(r *model.Record) error {
			list = append(list, r.Figured())
			return nil
		})
		if err != nil {
			return err
		}
		slices.SortStableFunc(list, func(a, b *model.Record) int {
			if n := a.Date().Compare(b.Date()); n != 0 {
				return n
			}
			return strings.Compare(a.ID, b.ID)
		})
		f.store.all[reg.Key] = list
	}
	return nil
}

// walk shows every node of a tree to fn.
func walk(nodes []node, fn func(node)) {
	for _, n := range nodes {
		fn(n)
		switch n := n.(type) {
		case *loop:
			walk(n.body, fn)
		case *group:
			walk(n.body, fn)
		case *branch:
			walk(n.yes, fn)
			walk(n.no, fn)
		}
	}
}

// period is the one a query asks for; zero: all time.
func (f *filler) period(q *query) model.Period {
	if q.timeless() {
		return model.Period{}
	}
	return f.named(q.period)
}

// timeless says that a query is the same in all periods.
func (q *query) timeless() bool {
	return q.reg.DateField == "" && q.reg.Stood == nil && q.roundup == nil && (q.measure == nil || !q.measure.AtEnd)
}

// named is a period as templates write it; zero: all time.
func (f *filler) named(text string) model.Period {
	p := f.job.Period
	switch text {
	case "", "本期":
	case "上年":
		p = p.LastYear()
	case "上期":
		p = p.Previous()
	case "本年":
		p = model.YearOf(p.To)
	case "年初以来":
		p = model.Period{From: model.YearOf(p.To).From, To: p.To}
	case "全部":
		return model.Period{}
	default:
		if other, err := model.ParsePeriod(text); err == nil {
			p = other
		}
	}
	return p
}

// in are the records of a register in a period.
func (f *filler) in(reg *model.Register, p model.Period, asOf bool) []*model.Record {
	key := slice{reg.Key, p, asOf}
	if list, ok := f.store.seen[key]; ok {
		return list
	}
	list := f.store.all[reg.Key]
	switch {
	case !asOf || reg.Lasts() || p.IsZero():
		list = reg.OfPeriod(list, p)
	default:
		list = slices.DeleteFunc(slices.Clone(list), func(r *model.Record) bool {
			return r.Date().IsZero() || r.Date().Last().After(p.To)
		})
	}
	f.store.seen[key] = list
	return list
}

// tally counts records of a query's period by its measure.
func (f *filler) tally(q *query, m *model.Measure, records []*model.Record, p model.Period) model.Tally {
	return q.reg.Tally(f.c.For(m, p), m, records)
}

// records are what a query is about, oldest first. Inside a group they are the
// group's.
func (f *filler) records(q *query, p model.Period) []*model.Record {
	list := f.in(q.reg, p, q.asOf)
	if only, ok := f.env.only[q.reg.Key]; ok {
		list = only
	}
	f.work += len(list)
	var out []*model.Record
	for _, r := range list {
		if (q.any || r.Counted()) && f.meets(q, r) {
			out = append(out, r)
		}
	}
	switch {
	case q.latest && len(out) > 1:
		out = out[len(out)-1:]
	case q.latestBy != nil:
		out = f.latestBy(q.latestBy, out)
	}
	return out
}

// latestBy keeps the last record of each value of a field.
func (f *filler) latestBy(by *model.Field, in []*model.Record) (out []*model.Record) {
	last := map[string]int{}
	for i, r := range in {
		last[f.c.Text(by, f.c.Value(r, by), model.ZH)] = i
	}
	for i, r := range in {
		if last[f.c.Text(by, f.c.Value(r, by), model.ZH)] == i {
			out = append(out, r)
		}
	}
	return out
}

func (f *filler) meets(q *query, r *model.Record) bool {
	for _, any := range q.where {
		if !slices.ContainsFunc(any, func(c *cond) bool { return f.match(c, r) }) {
			return false
		}
	}
	return true
}

// follow goes along a path of references; nil where it breaks off.
func (f *filler) follow(path []*model.Field, r *model.Record) (*model.Record, *model.Field) {
	for i, field := range path {
		if i == len(path)-1 {
			return r, r.Register.Field(field.Key)
		}
		ref, _ := f.c.Value(r, field).(model.Ref)
		if ref.ID == "" || f.c.Book == nil {
			return nil, nil
		}
		if r = f.c.Book.Record(ref.ID); r == nil {
			return nil, nil
		}
	}
	return nil, nil
}
