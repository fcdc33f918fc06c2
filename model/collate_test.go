package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestComparePinyin(t *testing.T) {
	want := []string{"", "1号楼", "2号楼", "02号楼", "2号楼1室", "１０号楼", "12号楼", "100000000000000000000000号楼", "Abc", "abd", "Z",
		"安明", "白云", "陈明", "曾明", "张", "张二", "张三", "张三丰", "章一"}
	slices.SortFunc(want[2:4], strings.Compare) // equal numbers fall back to the text
	got := slices.Clone(want)
	for i := range got { // a fixed shuffle
		j := (i*7 + 3) % len(got)
		got[i], got[j] = got[j], got[i]
	}
	slices.SortFunc(got, ComparePinyin)
	index := func(s string) int { return slices.Index(got, s) }
	for _, c := range [][2]string{{"2号楼", "１０号楼"}, {"12号楼", "Abc"}, {"Abc", "abd"}, {"Z", "安明"}, {"陈明", "曾明"}, {"曾明", "张"}, {"张三", "张三丰"},
		{"张三丰", "章一"}, {"", "1号楼"}, {"安明", "白云"}, {"2号楼", "2号楼1室"}} {
		if index(c[0]) > index(c[1]) {
			t.Errorf("%q after %q in %q", c[0], c[1], got)
		}
	}
	for _, a := range want {
		for _, b := range want {
			if ComparePinyin(a, b) != -ComparePinyin(b, a) || (ComparePinyin(a, b) == 0) != (a == b) {
				t.Errorf("%q against %q: %d and %d", a, b, ComparePinyin(a, b), ComparePinyin(b, a))
			}
			for _, c := range want {
				if ComparePinyin(a, b) < 0 && ComparePinyin(b, c) < 0 && ComparePinyin(a, c) >= 0 {
					t.Errorf("%q < %q < %q, but not the first and the last", a, b, c)
				}
			}
		}
	}
}

// What two texts share does not change how they compare.
func TestSharedStart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		less bool
	}{{"第2场", "第10场", true}, {"第１２场", "第１３场", true}, {"第12场", "第123场", true}, {"第12", "第12场", true}, {"张明", "张三", true},
		{"第1\u0660", "第1x", true}, {"一栋12", "一栋9", false}, {"甲\xe5", "甲", false}} {
		if got := ComparePinyin(c.a, c.b) < 0; got != c.less || ComparePinyin(c.b, c.a) < 0 == c.less {
			t.Errorf("%q < %q: %v", c.a, c.b, got)
		}
	}
}

// sorted sorts values of a field as a list would, blanks last.
func sorted(c *Context, f *Field, values []any) []any {
	out := slices.Clone(values)
	slices.SortStableFunc(out, func(a, b any) int {
		x, y := c.Order(f, a, ZH), c.Order(f, b, ZH)
		if x.Blank() != y.Blank() {
			return cmp.Compare(fmt.Sprint(x.Blank()), fmt.Sprint(y.Blank()))
		}
		return x.Compare(y)
	})
	return out
}

// Every kind of value has its own order, and blanks come last.
func TestOrder(t *testing.T) {
	c := &Context{Schema: NewSchema(), Actor: Actor{Roles: []Role{Clerk}}}
	field := func(register, key string) *Field { return c.Schema.Register(register).Field(key) }
	for _, tc := range []struct {
		name string
		f    *Field
		want []any // in order
	}{
		{"text", field("activity", "title"), []any{"“三八”运动会", "2号楼", "10号楼", "A座3栋", "a座12栋", "B座1栋", "白云", "长安街", "陈明", "曾明", "张三", "张三丰", "章一", ""}},
		{"long text", field("activity", "title"), []any{strings.Repeat("庆", 30) + "第2场", strings.Repeat("庆", 30) + "第10场"}},
		{"text of every class", field("activity", "title"), []any{"!", "0", "99999999999999999999", "100000000000000000000", "٣", "a", "z", "阿"}},
		{"int", field("activity", "attend_total"), []any{int64(-3), int64(0), int64(2), int64(10), int64(1 << 62), nil}},
		{"money", field("activity", "cost"), []any{Money(-100), Money(99), Money(100000)}},
		{"decimal", field("activity", "volunteer_hours"), []any{Dec(500), Dec(1000), Dec(12500)}},
		{"bool", field("activity", "key_event"), []any{false, true, nil}},
		{"date", field("activity", "date"), []any{NewDate(2025, 12, 31), spanOf(2026, 1, ByYear), spanOf(2026, 1, ByMonth), NewDate(2026, 1, 1), NewDate(2026, 3, 8), Date{}}},
		{"period", field("issue", "period"), []any{PeriodKey("2026-B6"), PeriodKey("2027-01"), PeriodKey("2027-B1"), PeriodKey("2027-Q1"), PeriodKey("2027")}},
		{"occasion", field("visit", "occasion"), []any{Occasion{"重阳", 2025}, Occasion{"春节", 2026}, Occasion{"中秋", 2026}, Occasion{"春节", 2027}}},
		{"pick", field("activity", "held"), []any{HeldPlanned, HeldDone, HeldCancelled, "没有的词", ""}},
		{"time", field("activity", "time_from"), []any{"08:05", "09:30", "11:00"}},
		{"reference as text", field("activity", "venue"), []any{Ref{Text: "2号楼"}, Ref{Text: "10号楼"}, Ref{Text: "文化广场"}, Ref{}}},
	} {
		mixed := slices.Clone(tc.want)
		for i := range mixed {
			j := (i*5 + 2) % len(mixed)
			mixed[i], mixed[j] = mixed[j], mixed[i]
		}
		if got := sorted(c, tc.f, mixed); !slices.EqualFunc(got, tc.want, Equal) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
	lines := field("activity", "lines")
	terms := c.Schema.Vocab(lines.Vocab).Terms
	first, second := terms[0].ZH, terms[1].ZH
	want := []any{[]string{first}, []string{first, second}, []string{second}, []string{second, first}}
	if got := sorted(c, lines, []any{want[3], want[1], want[2], want[0]}); !slices.EqualFunc(got, want, Equal) {
		t.Errorf("several terms: %v, want %v", got, want)
	}
}

// The number in front of a text never contradicts the comparison of the texts.
func TestFirstRank(t *testing.T) {
	texts := []string{"!", "“", "０1号", "1", "02", "2", "9a", "10", "99999999999", "1099511627776", "1099511627777", "٣", "Ａ", "a", "b", "é", "Z", "阿", "安", "俺", "八", "巴", "張", "张", "章", "𠮷", "㐂", "双", "霜", "女", "绿", "乐", "曾"}
	for _, a := range texts {
		for _, b := range texts {
			if ra, rb := firstRank(a), firstRank(b); ra != rb && cmp.Compare(ra, rb) != ComparePinyin(a, b) {
				t.Errorf("%q and %q: ranks %d, texts %d", a, b, cmp.Compare(ra, rb), ComparePinyin(a, b))
			}
		}
	}
}

// Who does not see a field in full cannot tell its values by the order.
func TestOrderOfMasked(t *testing.T) {
	viewer := &Context{Schema: NewSchema(), Actor: Actor{Roles: []Role{Viewer}}}
	person := viewer.Schema.Register("person")
	name := person.Field("name")
	if a, b := viewer.Order(name, "张小明", ZH), viewer.Order(name, "张大明", ZH); a.Compare(b) != 0 {
		t.Error("two names that look the same are placed apart")
	}
	for _, f := range person.Fields {
		if f.Class == Handler && !viewer.Order(f, "举报人", ZH).Blank() {
			t.Errorf("%s has a place", f.Key)
		}
	}
	clerk := &Context{Schema: viewer.Schema, Actor: Actor{Roles: []Role{Clerk}}}
	number := person.Field("id_no")
	if a, b := clerk.Order(number, "110105194912310021", ZH), clerk.Order(number, "110105195001010021", ZH); a.Compare(b) != 0 {
		t.Error("identity numbers are placed by the digits behind the stars")
	}
}

func BenchmarkSort10000(b *testing.B) {
	list := names(10_000)
	b.ReportAllocs()
	for b.Loop() {
		slices.SortFunc(slices.Clone(list), ComparePinyin)
	}
}

func BenchmarkOrder10000(b *testing.B) {
	c := &Context{Schema: NewSchema(), Actor: Actor{Roles: []Role{Clerk}}}
	f, list := Activity.Field("title"), names(10_000)
	b.ReportAllocs()
	for b.Loop() {
		orders := make([]Order, len(list))
		for i, s := range list {
			orders[i] = c.Order(f, s, ZH)
		}
		slices.SortFunc(orders, Order.Compare)
	}
}
