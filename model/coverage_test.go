package model

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// street is a small neighbourhood for coverage: people of known categories in
// known buildings, kept as they are.
type street struct{ *desk }

func newStreet(t *testing.T) *street { return &street{newDesk(t)} }

func (s *street) put(reg *Register, v Values) *Record {
	r := record(reg, v)
	s.keep(r)
	return r
}

func (s *street) ref(r *Record) Ref { return Ref{ID: r.ID} }

func (s *street) home(compound *Record, building, room string) *Record {
	return s.put(Household, Values{"head": Ref{Text: "户主"}, "compound": s.ref(compound), "building": building, "room": room})
}

func (s *street) person(name string, home *Record, birth string, cats ...string) *Record {
	v := Values{"name": name, "birth": onDay(birth)}
	if home != nil {
		v["household"] = s.ref(home)
	}
	var rows []Row
	for _, c := range cats {
		rows = append(rows, Row{"cat": c})
	}
	v["cats"] = rows
	return s.put(Person, v)
}

func (s *street) visit(p *Record, day Date, o Occasion, yuan int) *Record {
	return s.put(Visit, Values{"date": day, "occasion": o, "person": s.ref(p), "household": PersonHousehold.Of(p), "amount": Money(yuan) * 100})
}

func (s *street) coverage(q CoverageQuery, people, visits []*Record) *Coverage {
	cov := NewCoverage(s.Context, q)
	for _, p := range people {
		cov.AddPerson(p)
	}
	for _, v := range visits {
		cov.AddVisit(v)
	}
	cov.Finish()
	return cov
}

func TestCoverageOfAnOccasion(t *testing.T) {
	s := newStreet(t)
	c := s.put(s.Schema.Register("compound"), Values{"name": "和平小区"})
	h2, h10 := s.home(c, "2", "101"), s.home(c, "10", "101")
	wang := s.person("王秀英", h10, "1947-02-06", "困难党员")
	li := s.person("李国福", h2, "1950-01-01", "低保户")
	wife := s.person("赵桂兰", h2, "1952-01-01", "低保户")
	aged := s.person("孙德明", nil, "1947-02-06") // 80 on the very day of 2027春节
	young := s.person("周洋", h10, "1990-01-01")
	dead := s.person("吴永福", h2, "1940-01-01", "特困")
	dead.Set("ended", []Row{{"kind": "去世", "on": NewDate(2026, 12, 1)}})
	people := []*Record{wang, li, wife, aged, young, dead}
	spring := Occasion{"春节", 2027}
	first := s.visit(li, NewDate(2026, 12, 28), spring, 800)
	again := s.visit(wife, NewDate(2027, 1, 20), spring, 500)
	extra := s.visit(young, NewDate(2027, 2, 1), spring, 100)
	other := s.visit(wang, NewDate(2026, 7, 1), Occasion{"七一", 2026}, 500)
	void := s.visit(wang, NewDate(2027, 2, 1), spring, 500)
	void.State = Void
	visits := []*Record{first, again, extra, other, void}

	cov := s.coverage(NewCoverageQuery(spring, 0, NewDate(2027, 3, 10)), people, visits)
	if got, want := fmt.Sprint(cov.Households, cov.Persons, cov.Households.Percent()), "{3 1} {4 2}33.3%"; got != want {
		t.Errorf("households, persons, share: %s, want %s", got, want)
	}
	var order []string
	for _, r := range cov.Rows {
		order = append(order, PersonName.Of(r.Person))
	}
	if got, want := fmt.Sprint(order), "[李国福 赵桂兰 王秀英 孙德明]"; got != want { // 2 before 10, no address last
		t.Errorf("walk %s, want %s", got, want)
	}
	if got := cov.Missing(); len(got) != 2 || got[0].Person != wang || got[0].Last != NewDate(2026, 7, 1) || got[1].Person != aged {
		t.Errorf("missing %v", got)
	}
	if len(cov.Extra) != 1 || cov.Extra[0].Person != young {
		t.Errorf("extra %v", cov.Extra)
	}
	if cov.Amount != 140000 {
		t.Errorf("given %s", cov.Amount)
	}
	if twice := cov.Twice(); len(twice) != 1 || len(twice[h2.ID]) != 2 {
		t.Errorf("twice %v", twice)
	}
	if got, want := fmt.Sprint(cov.ByBuilding), "[{和平小区2号楼 {2 2}} {和平小区10号楼 {1 0}} { {1 0}}]"; got != want {
		t.Errorf("buildings %s, want %s", got, want)
	}

	// A plan narrows it to whom it names, and brings the budget.
	plan := s.put(Round, Values{"occasion": spring, "cats": []string{"低保户"}, "people": []Ref{s.ref(young)}, "except": []Ref{s.ref(wife)}, "budget": Money(200000)})
	q := NewCoverageQuery(spring, 0, NewDate(2027, 3, 10))
	q.Rounds = []*Record{plan}
	cov = s.coverage(q, people, visits)
	if got, want := fmt.Sprint(cov.Persons, len(cov.Extra), cov.Budget), "{2 2} 1 2000.00"; got != want {
		t.Errorf("with a plan: %s, want %s", got, want)
	}
	q.Building = "10号楼"
	if cov = s.coverage(q, people, visits); cov.Persons != (Cover{1, 1}) {
		t.Errorf("of building 10: %v", cov.Persons)
	}
	if cov.Amount >= cov.Spent || cov.Spent != 140000 {
		t.Errorf("of building 10: given %s, spent of the budget %s", cov.Amount, cov.Spent)
	}

	// What was paid is paid, though the file of the person is void.
	q.Building, wife.State = "", Void
	if cov = s.coverage(q, people, visits); cov.Amount != 140000 || cov.Spent != 140000 {
		t.Errorf("a void file: given %s, spent of the budget %s", cov.Amount, cov.Spent)
	}
}

func TestCoverageOfThirtyDays(t *testing.T) {
	s := newStreet(t)
	alone := s.person("王秀英", nil, "1947-02-06", "独居")
	never := s.person("李国福", nil, "1950-01-01", "失能")
	people := []*Record{alone, never, s.person("赵桂兰", nil, "1952-01-01", "低保户")}
	today := NewDate(2027, 3, 10)
	for _, c := range []struct {
		day     Date
		reached int64
	}{{NewDate(2027, 2, 8), 1}, {NewDate(2027, 2, 7), 0}, {NewDate(2027, 3, 11), 0}} { // 30 days, 31, tomorrow
		cov := s.coverage(NewCoverageQuery(Occasion{}, 30, today), people, []*Record{s.visit(alone, c.day, Occasion{"日常走访", 2027}, 0)})
		if cov.Persons != (Cover{2, c.reached}) {
			t.Errorf("visited on %s: %v", c.day, cov.Persons)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{5, 6, "83.3%"}, {2, 3, "66.7%"}, {0, 4, "0.0%"}, {4, 4, "100.0%"}, {9999, 10000, "99.9%"}, {0, 0, ""}, {1, 2000, "0.1%"}} {
		if got := Percent(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

// TestCoverageAddsUp: over random neighbourhoods 户 ≤ 人, the buildings add up
// to the whole, everybody planned is either reached or missing.
func TestCoverageAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(2027, 2))
	cats := []string{"低保户", "独居", "困难党员"}
	for range 200 {
		s := newStreet(t)
		c := s.put(s.Schema.Register("compound"), Values{"name": "和平小区"})
		var homes, people, visits []*Record
		for i := range 1 + rng.IntN(8) {
			homes = append(homes, s.home(c, fmt.Sprint(1+i%3), fmt.Sprint(100+i)))
		}
		spring := Occasion{"春节", 2027}
		for i := range rng.IntN(20) {
			var of []string
			if n := rng.IntN(4); n < 3 {
				of = cats[n : n+1]
			}
			p := s.person(fmt.Sprint("人", i), homes[rng.IntN(len(homes))], fmt.Sprint(1930+rng.IntN(60), "-05-01"), of...)
			people = append(people, p)
			for range rng.IntN(3) {
				visits = append(visits, s.visit(p, NewDate(2027, 1+rng.IntN(3), 1+rng.IntN(20)), spring, rng.IntN(3)*100))
			}
		}
		cov := s.coverage(NewCoverageQuery(spring, 0, NewDate(2027, 3, 10)), people, visits)
		var built Cover
		for _, b := range cov.ByBuilding {
			built.Planned += b.Planned
			built.Reached += b.Reached
		}
		var given Money
		for _, v := range visits {
			given += VisitAmount.Of(v)
		}
		switch {
		case built != cov.Persons:
			t.Fatalf("buildings add up to %v of %v", built, cov.Persons)
		case cov.Households.Planned > cov.Persons.Planned || cov.Households.Reached > cov.Persons.Reached:
			t.Fatalf("more households than people: %v, %v", cov.Households, cov.Persons)
		case int64(len(cov.Missing()))+cov.Persons.Reached != cov.Persons.Planned:
			t.Fatalf("%d missing, %v", len(cov.Missing()), cov.Persons)
		case given != cov.Amount:
			t.Fatalf("%s given, %s counted", given, cov.Amount)
		}
		q := NewCoverageQuery(spring, 0, NewDate(2027, 3, 10))
		q.Planned = true // counts those who are to be visited alike
		if few := s.coverage(q, people, visits); few.Households != cov.Households || few.Persons != cov.Persons || few.Spent != cov.Spent || len(few.Rows) != len(cov.Rows) || len(few.Extra) > 0 {
			t.Fatalf("%v and %v of those to be visited, not %v and %v", few.Households, few.Persons, cov.Households, cov.Persons)
		}
	}
}
