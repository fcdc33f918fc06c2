package model

import (
	"strings"
	"testing"
)

// TestOddVisits: a household given aid twice on one occasion, and an occasion of
// which the period holds a part only.
func TestOddVisits(t *testing.T) {
	d := newDesk(t)
	visit := func(id, on, home string, o Occasion, amount Money) *Record {
		v := &Record{Register: Visit, ID: id, State: Final, Values: Values{"date": onDay(on), "occasion": o, "household": Ref{ID: home}}}
		if amount > 0 {
			v.Set("amount", amount)
		}
		return v
	}
	spring, routine := Occasion{"春节", 2027}, Occasion{RoutineVisit, 2027}
	a := visit("V-2026-0001", "2026-12-28", "H-1", spring, 50000)
	b := visit("V-2027-0001", "2027-01-10", "H-2", spring, 50000)
	again := visit("V-2027-0002", "2027-01-12", "H-2", spring, 20000)
	look := visit("V-2027-0003", "2027-01-12", "H-1", spring, 0) // no aid
	often := []*Record{visit("V-2027-0004", "2027-03-01", "H-1", routine, 10000), visit("V-2027-0005", "2027-04-01", "H-1", routine, 10000)}
	for name, c := range map[string]struct {
		in, near []*Record
		want     []string
	}{
		"all in one year":      {[]*Record{b, look}, []*Record{b, look}, nil},
		"routine visits":       {often, often, nil},
		"over the new year":    {[]*Record{b, look}, []*Record{a, b, look}, []string{"2027春节：期间内发放500.00元，发放明细表是1,000.00元，有的发放在期间之外"}},
		"twice":                {[]*Record{b, again}, []*Record{b, again}, []string{"2027春节：慰问了不止一次的有1户"}},
		"twice, and once more": {[]*Record{again}, []*Record{a, b, again}, []string{"2027春节：慰问了不止一次的有1户", "2027春节：期间内发放200.00元，发放明细表是1,200.00元，有的发放在期间之外"}},
	} {
		var got []string
		for _, f := range Visit.Odd(c.in, c.near, d.Context) {
			got = append(got, f.Words.ZH)
			if strings.Contains(f.Words.ZH, "不止一次") != (strings.Join(f.IDs, " ") == "V-2027-0001 V-2027-0002") {
				t.Errorf("%s: %v", name, f)
			}
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
