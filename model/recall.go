package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// What a new record may take over from earlier ones follows from the
// declaration alone. Everything here works on the records entered last, as few
// or many as the caller has at hand, newest first; nothing here reads.

// Repeats reports whether the field is taken over when an earlier record is
// copied. Numbers that were counted, signatures and what says when are not.
func (f *Field) Repeats() bool {
	if !f.InForm() || f.Removed {
		return false
	}
	switch f.Type {
	case TypeDate, TypeOccasion, TypePeriod:
		return false
	}
	return f.Copy || f.Carry
}

// Completes reports whether the field is completed from what was written in it
// before: free text that names things, never people's own data.
func (f *Field) Completes() bool {
	if !f.InForm() || f.Removed || f.Class > Internal {
		return false
	}
	return f.Type == TypeText && f.Tidy == nil && !f.Alone || f.OrText && (f.Type == TypeRef || f.Type == TypeRefs)
}

// Recalls lists the stored fields that Copied, LastAlike, Written and Used look
// at: all that needs to be read of earlier records.
func (reg *Register) Recalls() []string {
	var keys []string
	for _, f := range reg.Fields {
		if !f.Stored() {
			continue
		}
		sub := slices.ContainsFunc(f.Sub, (*Field).Completes) && f.Class <= Internal
		like := slices.ContainsFunc(reg.Fields, func(o *Field) bool { return o.Last && contains(o.Like, f.Key) })
		if f.Last || like || sub || f.Completes() || f.chosen() {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// chosen reports a field whose value is taken from a list that may begin with
// what was chosen last; with what is sensitive it keeps its order.
func (f *Field) chosen() bool {
	switch f.Type {
	case TypePick, TypePicks, TypeRef, TypeRefs:
		return f.InForm() && f.Class <= Personal
	}
	return false
}

// LastAlike is what a blank field of r begins with: the value of the newest
// earlier record that is alike. Among those the one counts that agrees in most
// of the fields named by Like, at least in one; without Like it is the newest
// of the same person. A field that is needed under a condition only is offered
// nothing before the condition holds. nil: nothing is offered.
func LastAlike(f *Field, r *Record, recent []*Record, staff string) any {
	if !f.Last || f.Need == Either && !f.When(r) {
		return nil
	}
	var found any
	most := 0
	for _, old := range recent {
		v := old.Values[f.Key]
		if Blank(v) || !f.Holds(v) {
			continue
		}
		if f.Like == nil {
			if old.Created.By == staff {
				return v
			}
			continue
		}
		agree := 0
		for _, key := range f.Like {
			if a := r.Values[key]; !Blank(a) && Equal(a, old.Values[key]) {
				agree++
			}
		}
		if agree > most {
			found, most = v, agree
		}
	}
	return found
}

// Copied returns what a new record takes over from an earlier one. day is the
// new record's: where a text names the year of the earlier one, it names the new
// year instead.
func Copied(old *Record, day Date) Values {
	out := Values{}
	for _, f := range old.Register.Fields {
		v := old.Values[f.Key]
		if !f.Repeats() || Blank(v) || !f.Holds(v) {
			continue
		}
		if s, ok := v.(string); ok && (f.Type == TypeText || f.Type == TypeNote) {
			if !day.IsZero() {
				v = replaceYear(s, old.Date(), strconv.Itoa(int(day.Year)))
			}
		}
		out[f.Key] = v
	}
	// What is only told of something that is not copied waits for that: a source
	// of funds would ask for a sum.
	r := &Record{Register: old.Register, Values: out}
	idle := []string{}
	for key := range out {
		if f := old.Register.Field(key); f.Need == Either && !f.When(r) {
			idle = append(idle, key)
		}
	}
	for _, key := range idle {
		delete(out, key)
	}
	return out
}

// replaceYear writes something in place of the year of a date, where it stands
// by itself: 2026年春节慰问.
func replaceYear(s string, of Date, now string) string {
	if of.IsZero() {
		return s
	}
	was := strconv.Itoa(int(of.Year))
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	var b strings.Builder
	for at := 0; ; {
		i := strings.Index(s[at:], was)
		if i < 0 {
			b.WriteString(s[at:])
			return b.String()
		}
		i += at
		b.WriteString(s[at:i])
		if at = i + len(was); digit(i-1) || digit(at) {
			b.WriteString(was)
		} else {
			b.WriteString(now)
		}
	}
}

// Written lists the texts written in a field before, the likeliest first: what
// was written often and lately, by the same person above all. sub names a
// column of a list, "" the field itself.
func Written(f *Field, sub string, recent []*Record, staff string) []string {
	var t tally
	for i, old := range recent {
		by := old.Created.By == staff
		switch v := old.Values[f.Key].(type) {
		case string:
			t.add(v, i, by)
		case Ref:
			t.add(v.Text, i, by)
		case []Ref:
			for _, ref := range v {
				t.add(ref.Text, i, by)
			}
		case []Row:
			for _, row := range v {
				s, _ := row[sub].(string)
				t.add(s, i, by)
			}
		}
	}
	return t.list()
}

// tally weighs texts by how often and how lately they were written.
type tally struct {
	weight map[string]int
	order  []string // as met: the latest first
}

func (t *tally) add(s string, age int, own bool) {
	s = strings.TrimSpace(s)
	if s == "" || strings.Contains(s, "\n") {
		return
	}
	const half = 100 // records after which a use counts half
	w := 1000 * half / (half + age)
	if own {
		w *= 2
	}
	if t.weight == nil {
		t.weight = map[string]int{}
	}
	if _, met := t.weight[s]; !met {
		t.order = append(t.order, s)
	}
	t.weight[s] += w
}

func (t *tally) list() []string {
	slices.SortStableFunc(t.order, func(a, b string) int { return cmp.Compare(t.weight[b], t.weight[a]) })
	return t.order
}

// Used lists the values chosen in a field before, each once: those of the same
// person first, the latest first, then those of others. Terms are as stored,
// references ids. At most n of them.
func Used(f *Field, recent []*Record, staff string, n int) []string {
	if !f.chosen() {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	take := func(s string) {
		if s != "" && !seen[s] && len(out) < n {
			seen[s] = true
			out = append(out, s)
		}
	}
	for _, own := range []bool{true, false} {
		for _, old := range recent {
			if (old.Created.By == staff) != own {
				continue
			}
			switch v := old.Values[f.Key].(type) {
			case string:
				take(v)
			case []string:
				for _, s := range v {
					take(s)
				}
			case Ref:
				take(v.ID)
			case []Ref:
				for _, ref := range v {
					take(ref.ID)
				}
			}
			if len(out) == n {
				return out
			}
		}
	}
	return out
}

// YearAgo returns the days of last year that answer to a day: where it lies in
// the weeks of a festival, the same days counted from that festival a year
// before, since 春节 and others move; then the same weekday of the same week, 52
// weeks before. Each is seven days wide. Days that both hold are in the first.
func YearAgo(day Date) []Period {
	const around = 3
	day = day.First()
	var out []Period
	add := func(d Date) {
		p := Period{d.AddDays(-around), d.AddDays(around)}
		for _, q := range out {
			switch {
			case q.Contains(p.From) && q.Contains(p.To):
				return
			case q.Contains(p.From):
				p.From = q.To.AddDays(1)
			case q.Contains(p.To):
				p.To = q.From.AddDays(-1)
			}
		}
		out = append(out, p)
	}
	if o, ok := OccasionAt(day); ok {
		now, ok1 := o.Date()
		before, ok2 := Occasion{o.Name, o.Year - 1}.Date()
		if ok1 && ok2 {
			add(before.AddDays(now.DaysUntil(day)))
		}
	}
	add(day.AddDays(-52 * 7))
	return out
}
