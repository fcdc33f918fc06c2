package model

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// recount checks that every number of traced figures is what its register makes
// of exactly the records named, in the order of their dates, and that figures
// that keep no ids say the same.
func recount(t interface {
	Helper()
	Fatalf(string, ...any)
}, c *Context, records map[string]*Record, traced, plain *Figures) {
	t.Helper()
	traced.Explain(c)
	for _, n := range traced.Trace {
		what := fmt.Sprint(n.Register, " ", n.Measure, " ", n.Part)
		reg := c.Schema.Register(n.Register)
		var of []*Record
		var before keptID
		for _, id := range n.IDs {
			r := records[id]
			if r == nil || r.Register != reg {
				t.Fatalf("%s names %s, which is none of the register", what, id)
			}
			if now := (keptID{id, r.Date()}); n.Part != "budgets" && before.id != "" && now.compare(before) <= 0 {
				t.Fatalf("%s names %s after %s", what, id, before.id)
			} else {
				before = now
			}
			of = append(of, r)
		}
		var p *Part
		for _, part := range reg.parts() {
			if part.Key == n.Part {
				p = &part
			}
		}
		for _, r := range of {
			if p != nil && !slices.Contains(p.of(r, c), *n.Term) {
				t.Fatalf("%s: %s is not of %q", what, r.ID, *n.Term)
			}
		}
		m, err := reg.Measure(n.Measure)
		if err != nil || n.Part != "" && p == nil || isShare(n.Value) {
			continue // a rate, a coverage, a budget, goods: checked by their own tests
		}
		var want any = int64(len(of)) // states that count nowhere else
		if p == nil || !p.All {
			tally := reg.Tally(c, m, of)
			want = asNumber(tally.Type, tally.Value)
		}
		if n.Value != want {
			t.Fatalf("%s %v is %v, its records come to %v", what, n.Term, n.Value, want)
		}
	}
	a, b := traced.Rows(c, EN), plain.Rows(c, EN)
	if len(a) != len(b) {
		t.Fatalf("%d rows traced, %d plain", len(a), len(b))
	}
	for i := range a {
		if a[i].trace = nil; a[i] != b[i] {
			t.Fatalf("traced %+v, plain %+v", a[i], b[i])
		}
	}
}

func isShare(v any) bool { _, ok := v.(string); return ok }

func TestTraceOfRandomLedgers(t *testing.T) {
	d := newDesk(t)
	home := func(t *rapid.T) Ref {
		return rapid.SampledFrom([]Ref{{}, {ID: "H-1"}, {ID: "H-2"}, {Text: "和平小区3号楼"}}).Draw(t, "home")
	}
	person := func(t *rapid.T) Ref {
		return rapid.SampledFrom([]Ref{{ID: "P-1"}, {ID: "P-2"}, {ID: "P-3"}, {Text: "王某"}}).Draw(t, "person")
	}
	pick := func(t *rapid.T, from ...string) string { return rapid.SampledFrom(from).Draw(t, "pick") }
	picks := func(t *rapid.T, from ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, len(from), rapid.ID[string]).Draw(t, "picks")
	}
	rapid.Check(t, func(t *rapid.T) {
		records := map[string]*Record{}
		p := Period{From: onDay("2027-01-01"), To: onDay("2027-06-30")}
		traced, plain := NewFigures(p, d.Context).Traced(), NewFigures(p, d.Context)
		for i := range rapid.IntRange(0, 60).Draw(t, "records") {
			day := NewDate(2026, 12, 20).AddDays(rapid.IntRange(0, 220).Draw(t, "day"))
			v := Values{"date": day}
			var reg *Register
			switch rapid.IntRange(0, 4).Draw(t, "register") {
			case 0:
				reg = Activity
				v["held"], v["attend_total"] = pick(t, HeldDone, HeldDone, HeldPlanned), rapid.Int64Range(0, 3).Draw(t, "n")
				v["roster"], v["volunteer_hours"] = []Ref{person(t)}, Dec(rapid.Int64Range(0, 4000).Draw(t, "hours"))
				v["programmes"], v["lines"], v["role"] = picks(t, "先锋社", "文体社", "连心社"), picks(t, "党建", "文体"), pick(t, "主办", "承办")
			case 1:
				reg = Visit
				v["occasion"], v["household"], v["person"] = Occasion{pick(t, "春节", "七一"), 2027}, home(t), person(t)
				v["amount"], v["cats_then"] = Money(rapid.Int64Range(0, 90000).Draw(t, "money")), picks(t, "困难党员", "高龄")
				v["visitors"] = []Ref{{Text: pick(t, "李敏", "周慧")}, {Text: pick(t, "李敏", "周慧")}}
				v["goods"] = []Row{{"item": pick(t, "米", "油"), "qty": Dec(1000), "unit": pick(t, "袋", "斤")}}
			case 2:
				reg = Needs
				v["due"], v["state"], v["closed_on"] = day.AddDays(15), pick(t, NeedOpen, NeedSolved), day.AddDays(rapid.IntRange(1, 20).Draw(t, "closed"))
				v["topic"], v["satisfaction"] = pick(t, "民生", "物业"), pick(t, "", "满意", "不满意")
			case 3:
				reg = Issue
				v["period"], v["state"], v["forms"] = PeriodKey(pick(t, "2027-B1", "2027-Q1", "2027-Q3")), pick(t, IssueDraft, IssuePosted, IssueSuperseded), picks(t, "公开栏", "微信群")
			case 4:
				reg = Opinion
				v["due"], v["channel"], v["topic"] = day.AddDays(5), pick(t, "意见箱", "电话"), "民生"
				if rapid.Bool().Draw(t, "answered") {
					v["answered_on"] = day.AddDays(rapid.IntRange(0, 9).Draw(t, "after"))
				}
			}
			r := record(reg, v)
			r.ID = fmt.Sprintf("%s-2027-%04d", reg.Letter, i+1)
			r.State = rapid.SampledFrom([]State{Final, Final, Final, Draft, Void}).Draw(t, "state")
			records[r.ID] = r
		}
		for _, id := range slices.Sorted(maps.Keys(records)) {
			traced.Add(records[id])
			plain.Add(records[id])
		}
		recount(t, d.Context, records, traced, plain)
		for _, row := range traced.Rows(d.Context, ZH) {
			if row.Amount != 0 && !row.Opens() {
				t.Fatalf("%+v opens nothing", row)
			}
		}
	})
}

func TestSingularUnits(t *testing.T) {
	for many, one := range map[string]string{"events": "event", "household visits": "household visit", "households planned": "household planned", "cases": "case",
		"entries": "entry", "of those raised": "of those raised", "yuan": "yuan", "hours": "hour", "boxes": "box", "in time": "in time", "场": "场", "": ""} {
		if got := (FigureRow{Unit: many, Value: "1"}).UnitText(); got != one {
			t.Errorf("1 %s, want %s", got, one)
		}
		if got := (FigureRow{Unit: many, Value: "2"}).UnitText(); got != many {
			t.Errorf("2 %s, want %s", got, many)
		}
	}
}

func BenchmarkFigures(b *testing.B) {
	c := &Context{Schema: NewSchema()}
	for _, n := range []int{20_000, 100_000} {
		records := make([]*Record, n)
		for i := range records {
			v := Values{"date": NewDate(2027, 1, 1).AddDays(i % 365)}
			reg := Visit
			if i%4 == 0 {
				reg = Activity
				v["held"], v["attend_total"], v["role"] = HeldDone, int64(i%90), "主办"
				v["programmes"], v["lines"] = []string{"先锋社"}, []string{"党建", "文体"}
			} else {
				v["occasion"], v["household"], v["person"] = Occasion{"春节", 2027}, Ref{ID: fmt.Sprint("H-", i%3000)}, Ref{ID: fmt.Sprint("P-", i%5000)}
				v["amount"], v["fund"], v["way"], v["cats_then"] = Money(50000), "党费", "入户", []string{"高龄"}
				v["visitors"] = []Ref{{Text: "李敏"}}
			}
			records[i] = &Record{ID: fmt.Sprintf("%s-2027-%06d", reg.Letter, i), Register: reg, State: Final, Values: v}
		}
		for _, traced := range []bool{false, true} {
			b.Run(fmt.Sprintf("%d/traced=%v", n, traced), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f := NewFigures(YearOf(NewDate(2027, 1, 1)), c)
					if traced {
						f.Traced()
					}
					for _, r := range records {
						f.Add(r)
					}
					if len(f.Rows(c, ZH)) == 0 {
						b.Fatal("no rows")
					}
				}
			})
		}
	}
}
