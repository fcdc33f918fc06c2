package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Measure is one thing that the records of a register come to: 场次, 人次, 户,
// 元 (domain.md §6). It is declared with the register; figures, statistics and
// the texts of reports all count by it. Of Sum, Amount and Distinct at most one
// is given; without any each record counts one.
type Measure struct {
	Key   string // stable name in JSON and on the command line
	Words Words  // as templates of reports name it: 场次
	Unit  Words  // 场

	// Sum is the key of a field whose values are added up; of a list's column
	// list.column.
	Sum string
	// Amount is what one record counts, where that is no field of its own.
	Amount func(*Record, *Context) int64
	// Distinct names what is counted once however many records name it.
	Distinct func(*Record, *Context) []string
	// AtEnd says that it tells how things stood at the end of the period, which its
	// function gets as today; see Context.For. Else today is today.
	AtEnd bool
	// Whole refuses a record that makes the measure meaningless, such as an
	// event without a roster where persons are counted; blank: it does not.
	Whole func(*Record, *Context) Words

	// How figures list it. Label stands before the number, blank: Words. What is
	// Minor stands with the totals only, where there is any. Of is the key of the
	// measure that this one is a share of, Share how the percentage says so.
	Label Words
	Minor bool
	Told  bool // in the texts of reports only: figures have it from elsewhere
	Of    string
	Share Words
	// Topic is what its figures belong to besides the register, such as volunteers:
	// see TopicRows. Blank: nothing.
	Topic Words
}

// Volunteers is the topic of what volunteers did.
var Volunteers = W("志愿服务", "Volunteers")

// label is what stands before its number among the totals.
func (m *Measure) label() Words {
	if m.Label != (Words{}) {
		return m.Label
	}
	return m.Words
}

// bring is what one record brings to the measure: a number to add up, or what is
// counted once.
func (m *Measure) bring(r *Record, c *Context) (n int64, keys []string) {
	switch {
	case m.Sum != "":
		return r.sumOf(m.Sum), nil
	case m.Amount != nil:
		return m.Amount(r, c), nil
	case m.Distinct != nil:
		keys = m.Distinct(r, c)
		return int64(len(keys)), keys
	}
	return 1, nil
}

// valueType is what the numbers of a measure are.
func (reg *Register) valueType(m *Measure) Type {
	if m.Sum != "" {
		return reg.sumField(m.Sum).Type
	}
	return TypeInt
}

// For is the context in which a measure of a period is counted: of one that is
// AtEnd the last day of the period, at the latest today. The zero period is all
// time.
func (c *Context) For(m *Measure, p Period) *Context {
	if !m.AtEnd {
		return c
	}
	return c.EndOf(p)
}

// EndOf is the context on the last day of a period, at the latest today.
func (c *Context) EndOf(p Period) *Context {
	if p.IsZero() || c.Today().Before(p.To) {
		return c
	}
	return c.On(p.To)
}

// Tally is a measure of some records.
type Tally struct {
	Measure *Measure
	Type    Type     // of the value: TypeInt, TypeDec or TypeMoney
	Value   int64    // 分 for money, thousandths for TypeDec
	IDs     []string // of the records that bring something, in the order given
	Refused Words    // why it cannot be counted; blank where it can
}

// Measure returns the measure that a person means: by key or name. The refusal
// lists those there are.
func (reg *Register) Measure(name string) (*Measure, error) {
	var zh, en []string
	for i := range reg.Measures {
		m := &reg.Measures[i]
		if goesBy(name, m.Key, m.Words) {
			return m, nil
		}
		zh, en = append(zh, m.Words.ZH+" "+m.Key), append(en, m.Key)
	}
	return nil, Problemf("“%s”没有“%s”这个统计项。可用的有：%s", "%s has no measure %q; it has: %s",
		reg.Words, Shorten(name), Words{strings.Join(zh, "、"), strings.Join(en, ", ")})
}

// measureAt is the place of the measure with that key, negative when there is none.
func (reg *Register) measureAt(key string) int {
	return slices.IndexFunc(reg.Measures, func(m Measure) bool { return m.Key == key })
}

// Counted reports whether the record counts in the figures of its register.
func (r *Record) Counted() bool {
	return r.State == Final && (r.Register.Counts == nil || r.Register.Counts(r))
}

// Tally counts records of the register by one of its measures. Records that do
// not count (drafts, void ones, what was only planned) change nothing.
func (reg *Register) Tally(c *Context, m *Measure, records []*Record) Tally {
	t := Tally{Measure: m, Type: reg.valueType(m)}
	seen := map[string]bool{}
	for _, r := range records {
		if !r.Counted() {
			continue
		}
		r = r.Figured()
		if m.Whole != nil && t.Refused == (Words{}) {
			t.Refused = m.Whole(r, c)
		}
		n, keys := m.bring(r, c)
		for _, what := range keys {
			seen[what] = true
		}
		if t.Value += n; n != 0 {
			t.IDs = append(t.IDs, r.ID)
		}
	}
	if m.Distinct != nil {
		t.Value = int64(len(seen))
	}
	return t
}

// Figured is what figures and texts see of a record: of a restricted one its cover, for
// everybody alike, so that no figure depends on who looks.
func (r *Record) Figured() *Record {
	if r.IsRestricted() {
		return r.OnlyCover()
	}
	return r
}

// sumField finds a field, or a column of a list, by the key of a measure.
func (reg *Register) sumField(key string) *Field {
	list, column, inList := strings.Cut(key, ".")
	f := reg.Field(list)
	if f == nil || !inList {
		return f
	}
	return f.subKey(column)
}

// sumOf adds up one record's values of such a field, in the smallest unit.
func (r *Record) sumOf(key string) int64 {
	list, column, inList := strings.Cut(key, ".")
	if !inList {
		return plain(r.Get(key))
	}
	n := int64(0)
	rows, _ := r.Get(list).([]Row)
	for _, row := range rows {
		n += plain(row[column])
	}
	return n
}

// plain is a number in its smallest unit.
func plain(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case Dec:
		return int64(v)
	case Money:
		return int64(v)
	}
	return 0
}

// Text writes the value as tables have it.
func (t Tally) Text() string { return numberText(t.Type, t.Value) }

func numberText(t Type, n int64) string {
	switch t {
	case TypeMoney:
		return Money(n).Text()
	case TypeDec:
		return Dec(n).String()
	}
	return strconv.FormatInt(n, 10)
}

// one is what a record counts that has what is counted.
func one(has bool) int64 {
	if has {
		return 1
	}
	return 0
}

// refKeys names references: what is not on file by its text.
func refKeys(refs ...Ref) []string {
	var out []string
	for _, r := range refs {
		switch {
		case r.ID != "":
			out = append(out, r.ID)
		case r.Text != "":
			out = append(out, "="+r.Text)
		}
	}
	return out
}

// checkMeasures panics on a measure that contradicts the declaration: a fault
// of the program, met at start.
func (reg *Register) checkMeasures() {
	for _, m := range reg.Measures {
		given := 0
		for _, g := range []bool{m.Sum != "", m.Amount != nil, m.Distinct != nil} {
			if g {
				given++
			}
		}
		if f := reg.sumField(m.Sum); given > 1 || m.Sum != "" && (f == nil || !f.Numeric() || f.Apart && reg.Standing == nil) {
			panic(fmt.Sprintf("register %s counts %s in no way there is", reg.Key, m.Key))
		}
		if m.Of != "" && reg.measureAt(m.Of) < 0 {
			panic(fmt.Sprintf("register %s counts %s as a share of nothing", reg.Key, m.Key))
		}
	}
	for _, b := range reg.Plausible {
		for _, key := range []string{b.Of, b.Per} {
			if reg.measureAt(key) < 0 {
				panic(fmt.Sprintf("register %s compares %s, which it does not count", reg.Key, key))
			}
		}
	}
	for _, key := range reg.Parts {
		if reg.Field(key) == nil {
			panic(fmt.Sprintf("register %s is taken apart by %s, which it does not have", reg.Key, key))
		}
	}
	for _, key := range reg.Open {
		if !reg.TakenApart(key) {
			panic(fmt.Sprintf("register %s opens %s, by which it is not taken apart", reg.Key, key))
		}
	}
}
