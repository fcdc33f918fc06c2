package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// sums is how many records there are and what their numbers come to. Drafts and
// void records count nowhere, and are said to be there.
type sums struct {
	fields []*model.Field
	count  int
	apart  int
	values []int64 // by field, in its smallest unit
}

func newSums(fields []*model.Field) sums {
	return sums{fields: fields, values: make([]int64, len(fields))}
}

// summed are the numbers of a register that are added up for the person: those
// stored that she sees in full.
func (s *session) summed(reg *model.Register) []*model.Field {
	var out []*model.Field
	for _, f := range reg.Fields {
		if f.Summed() && f.Stored() && f.InFull(s.actor, model.Inside) {
			out = append(out, f)
		}
	}
	return out
}

// add counts a record in (1) or out (-1).
func (t *sums) add(c *model.Context, r *model.Record, sign int) {
	if r.State != model.Final {
		t.apart += sign
		return
	}
	t.count += sign
	for i, f := range t.fields {
		t.values[i] += int64(sign) * units(r.Values[f.Key])
	}
}

// merge adds what another part comes to, or takes it off.
func (t *sums) merge(o *sums, sign int) {
	t.count += sign * o.count
	t.apart += sign * o.apart
	for i := range t.values {
		t.values[i] += int64(sign) * o.values[i]
	}
}

func (t *sums) clone() *sums {
	out := *t
	out.values = append([]int64(nil), t.values...)
	return &out
}

// units is a number in its smallest unit.
func units(v any) int64 {
	switch x := v.(type) {
	case int64:
		return x
	case model.Dec:
		return int64(x)
	case model.Money:
		return int64(x)
	}
	return 0
}

// amount writes a sum as its field writes a value.
func amount(f *model.Field, n int64) string {
	switch f.Type {
	case model.TypeDec:
		return model.Dec(n).String()
	case model.TypeMoney:
		return model.Money(n).Text()
	}
	return strconv.FormatInt(n, 10)
}

// text writes the sums that fit into w cells: first those whose columns show,
// then the others that come to something.
func (t *sums) text(s *session, shown []*model.Field, w int) string {
	return t.of(s, t.count, words.NotCounted, shown, w)
}

// records says how many there are.
func records(n int) model.Words {
	w := words.Records
	if n == 1 {
		w = words.Record
	}
	return model.Sayf(w.ZH, w.EN, n)
}

// of is text for a number of records that holds those not counted.
func (t *sums) of(s *session, n int, not model.Words, shown []*model.Field, w int) string {
	m := s.metric
	parts := []string{records(n).In(s.lang)}
	add := func(part string) {
		if m.Width(strings.Join(parts, "  "))+2+m.Width(part) <= w {
			parts = append(parts, part)
		}
	}
	for _, first := range []bool{true, false} {
		for i, f := range t.fields {
			isShown := false
			for _, c := range shown {
				isShown = isShown || c == f
			}
			if isShown == first && (first || t.values[i] != 0) {
				add(f.Words.In(s.lang) + " " + amount(f, t.values[i]))
			}
		}
		if first && t.apart > 0 {
			add(model.Sayf(not.ZH, not.EN, t.apart).In(s.lang))
		}
	}
	return strings.Join(parts, "  ")
}

type totalMsg struct {
	list   *list
	work   *work
	marked bool
	sums   *sums
	gone   []db.Key // marked once, and deleted since
	err    error
}

// total adds up the rows shown, and the marked ones, unless they are known.
func (l *list) total(s *session) tea.Cmd {
	if l.adding != nil {
		l.adding.cancel()
	}
	marked := l.totals != nil
	if marked && !l.marks.unknown(len(l.keys)) {
		l.adding = nil
		return nil
	}
	w := newWork(scanPatience)
	l.adding = w
	keys, reg, fields := l.keys, l.reg, l.summed(s)
	if marked {
		keys = nil
	}
	pick := l.marks.copy()
	shown := l.keys
	return func() tea.Msg {
		if marked {
			keys = pick.of(shown)
		}
		total := newSums(fields)
		msg := totalMsg{list: l, work: w, marked: marked, sums: &total}
		msg.err = s.each(w, reg, keys, fields, func(c *model.Context, k db.Key, r *model.Record) {
			if r.State == model.Deleted {
				msg.gone = append(msg.gone, k)
				return
			}
			total.add(c, r, 1)
		})
		return msg
	}
}

// summed are the fields added up, the same as long as the rows are.
func (l *list) summed(s *session) []*model.Field {
	if l.totals != nil {
		return l.totals.fields
	}
	return s.summed(l.reg)
}

func (l *list) totalled(s *session, msg totalMsg) tea.Cmd {
	if msg.list != l || l.adding == nil || msg.work != l.adding {
		return nil
	}
	l.adding = nil
	msg.work.cancel()
	if msg.err != nil {
		return complain(msg.err)
	}
	if msg.marked {
		for _, k := range msg.gone {
			delete(l.marks.away, k)
		}
		l.marks.sums = msg.sums
		return nil
	}
	l.totals = msg.sums
	return l.retotal(s)
}
