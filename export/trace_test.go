package export

import (
	"context"
	"testing"

	"taizhang/model"
)

// Every number of the sample community's year opens exactly the records it
// counts, and keeping them changes no number.
func TestTraceOfTheCommunity(t *testing.T) {
	town := openCommunity(t)
	src, err := FromLedger(context.Background(), town.l, town.actor)
	if err != nil {
		t.Fatal(err)
	}
	p, err := model.ParsePeriod("2026")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := FiguresBeside(src, p)
	if err != nil {
		t.Fatal(err)
	}
	f, err := TracedFigures(src, p)
	if err != nil {
		t.Fatal(err)
	}
	c := src.Context()
	f.Explain(c)
	shares, counted := 0, 0
	for _, n := range f.Trace {
		reg := c.Schema.Register(n.Register)
		var of []*model.Record
		for _, id := range n.IDs {
			r := c.Book.Record(id)
			if r == nil || r.Register.Key != reg.Key {
				t.Fatalf("%+v names %s", n, id)
			}
			of = append(of, r)
		}
		m, err := reg.Measure(n.Measure)
		switch {
		case n.Part == "rates" || n.Part == "coverage":
			if v, ok := n.Value.(int64); ok && v != int64(len(of))+n.Unrecorded {
				t.Errorf("%s %s %v: %d, behind it %d records and %d without", n.Part, n.Measure, *n.Term, v, len(of), n.Unrecorded)
			}
			shares++
		case n.Part == "budgets" && n.Register == model.Visit.Key:
			sum := model.Money(0)
			for _, r := range of {
				sum += model.VisitAmount.Of(r)
			}
			if n.Value != sum {
				t.Errorf("the budget %v has %v used, its visits come to %v", *n.Term, n.Value, sum)
			}
		case err != nil || n.Part == "state":
		default:
			if _, share := n.Value.(string); share {
				shares++
				break
			}
			if tally := reg.Tally(c, m, of); plainText(n.Value) != tally.Text() {
				t.Errorf("%s %s %s %v: %v, its records come to %s", n.Register, n.Measure, n.Part, n.Term, n.Value, tally.Text())
			}
			counted++
		}
	}
	if counted < 300 || shares < 10 {
		t.Errorf("%d numbers and %d of rates were looked at", counted, shares)
	}
	a, b := f.Rows(c, model.ZH), plain.Rows(c, model.ZH)
	if len(a) != len(b) {
		t.Fatalf("%d rows, %d untraced", len(a), len(b))
	}
	for i := range a {
		if a[i].Section != b[i].Section || a[i].Label != b[i].Label || a[i].Value != b[i].Value || a[i].Unit != b[i].Unit {
			t.Errorf("traced %+v, else %+v", a[i], b[i])
		}
		if a[i].Value != "0" && a[i].Value != "0.00" && a[i].Value != "0.0%" && !a[i].Opens() && a[i].Unrecorded() == 0 {
			t.Errorf("%+v opens nothing", a[i])
		}
		if b[i].IDs() != nil {
			t.Errorf("%+v keeps ids nobody asked for", b[i])
		}
	}
	if err := src.Err(); err != nil {
		t.Error(err)
	}
}

func plainText(v any) string {
	switch v := v.(type) {
	case model.Money:
		return v.Text()
	case model.Dec:
		return v.String()
	case int64:
		return count(v)
	}
	return ""
}
