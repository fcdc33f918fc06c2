package model

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// Over random visits, whatever takes them apart adds up to the total: by fund,
// occasion, building and way; 户 is never more than 户次, in the total and in every
// part; no part has more households or persons than the whole; and what a budget
// says was used is what the figures of its time say of its fund.
func TestPartsAddUp(t *testing.T) {
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 11))
		d := newDesk(t)
		d.add(Compound, "name", "和平小区")
		var people []Ref
		for i := range 12 {
			home := d.add(Household, "head", fmt.Sprint("户主", i), "compound", "K-2027-0001", "building", fmt.Sprint(1+i%4))
			for range 1 + i%2 {
				people = append(people, Ref{ID: d.add(Person, "name", fmt.Sprint("居民", i), "birth", "1950-01-01", "household", home.ID).ID})
			}
		}
		for _, fund := range []string{"党费", "工会"} {
			d.add(Budget, "fund", fund, "from", "2027", "amount", "100000")
		}
		for range 150 {
			pairs := []string{"date", NewDate(2026, 11, 1).AddDays(r.IntN(480)).String(), "person", people[r.IntN(len(people))].ID, "way", []string{"入户", "电话", "集中"}[r.IntN(3)],
				"occasion", []string{"2027春节", "2027七一", "2027日常走访", "2026中秋"}[r.IntN(4)], "visitors", []string{"李敏", "周慧", "李敏、周慧"}[r.IntN(3)]}
			if r.IntN(3) > 0 {
				pairs = append(pairs, "amount", Money(1+r.Int64N(3_000_00)).String(), "fund", []string{"党费", "工会", "残联"}[r.IntN(3)], "receipt", "已签", "goods", "米 1.5 袋；油 1 桶")
			}
			v := d.add(Visit, pairs...)
			switch r.IntN(8) {
			case 0:
				v.State = Void
			case 1:
				v.State = Draft
			}
		}
		p := YearOf(onDay("2027"))
		f := NewFigures(p, d.Context)
		for _, id := range slices.Sorted(maps.Keys(d.records)) {
			f.Add(d.records[id])
		}
		v := &f.Finish().Visit
		fits := func(what string, c *VisitCount) {
			if c.Households > c.HouseholdVisits || c.Persons > c.HouseholdVisits || c.Households > v.Households || c.Persons > v.Persons || c.Amount > v.Amount {
				t.Fatalf("seed %d, %s: %+v of %+v", seed, what, c, v.VisitCount)
			}
		}
		fits("total", &v.VisitCount)
		if v.HouseholdVisits == 0 || v.Amount == 0 {
			t.Fatalf("seed %d: nothing to add up", seed)
		}
		for what, part := range map[string]map[string]*VisitCount{"fund": v.ByFund, "occasion": v.ByOccasion, "building": v.ByBuilding, "way": v.ByWay} {
			var sum VisitCount
			for name, c := range part {
				fits(what+" "+name, c)
				sum.HouseholdVisits += c.HouseholdVisits
				sum.Amount += c.Amount
			}
			if sum.HouseholdVisits != v.HouseholdVisits || sum.Amount != v.Amount {
				t.Fatalf("seed %d: by %s %d visits, %s; in all %d, %s", seed, what, sum.HouseholdVisits, sum.Amount, v.HouseholdVisits, v.Amount)
			}
		}
		for what, part := range map[string]map[string]*VisitCount{"category": v.ByCategory, "visitor": v.ByVisitor} {
			for name, c := range part {
				fits(what+" "+name, c)
			}
		}
		for _, b := range d.budgets() {
			f.AddBudget(b, d.Context)
		}
		if len(v.Budgets) != 2 {
			t.Fatalf("seed %d: budgets %+v", seed, v.Budgets)
		}
		for _, b := range v.Budgets {
			want := Money(0)
			if c := v.ByFund[b.Fund]; c != nil {
				want = c.Amount
			}
			if *b.Used != want || *b.Used+*b.Left != b.Amount {
				t.Fatalf("seed %d: %s used %s and left %s of %s, by the figures %s", seed, b.Fund, *b.Used, *b.Left, b.Amount, want)
			}
		}
	}
}
