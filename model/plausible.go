package model

import (
	"cmp"
	"maps"
	"slices"
)

// What looks wrong in figures (domain.md §6) and where it is asked:
//
//   - a part larger than its whole, more came than were expected, more forms came
//     back than were handed out: refused in the record itself, by Check;
//   - a proportion that can hardly be: Plausible of the register;
//   - what shows only in several records side by side: Odd of the register;
//   - a year with less than one of its quarters: the report, of every measure.
//
// A report asks before it is issued, and goes out as it is for a reason.

// Plausible says in which proportion two measures of the same records stand:
// outside of it something was probably entered wrong.
type Plausible struct {
	Of, Per     string // keys of measures
	Least, Most int64  // of Of for each of Per; Most 0: no bound
	Words       Words  // what is odd
}

// OddReach is how many days before and after a period Odd is shown records of:
// the window of the longest occasion.
const OddReach = 62

// OddFinding is what looks wrong in several records, with their ids.
type OddFinding struct {
	Words Words
	IDs   []string
}

// oddVisits asks about households that were given aid twice on one occasion, and
// about occasions of which the period holds a part only: what it comes to is then
// not what the payout sheet of the occasion says.
func oddVisits(in, near []*Record, c *Context) (found []OddFinding) {
	type giving struct {
		here, whole Money // of the period, and of all
		visits      map[string][]string
	}
	given := map[Occasion]*giving{}
	for _, v := range in {
		if o := VisitOccasion.Of(v); o.Name != RoutineVisit && givesAid(v) {
			if given[o] == nil {
				given[o] = &giving{visits: map[string][]string{}}
			}
			given[o].here += VisitAmount.Of(v)
		}
	}
	for _, v := range near {
		if g := given[VisitOccasion.Of(v)]; g != nil && givesAid(v) {
			g.whole += VisitAmount.Of(v)
			if home := VisitHousehold.Of(v).ID; home != "" {
				g.visits[home] = append(g.visits[home], v.ID)
			}
		}
	}
	for _, o := range slices.SortedFunc(maps.Keys(given), func(a, b Occasion) int { return cmp.Compare(a.String(), b.String()) }) {
		g, name := given[o], c.occasionWords(o.String())
		twice, ids := 0, []string(nil)
		for _, visits := range g.visits {
			if len(visits) > 1 {
				twice++
				ids = append(ids, visits...)
			}
		}
		if slices.Sort(ids); twice > 0 {
			found = append(found, OddFinding{Sayf("%s：慰问了不止一次的有%d户", "%s: households given aid more than once: %d", name, twice), ids})
		}
		if g.here != g.whole {
			found = append(found, OddFinding{Words: Sayf("%s：期间内发放%s元，发放明细表是%s元，有的发放在期间之外",
				"%s: %s yuan were given in the period, the payout sheet has %s; some lies outside of the period", name, g.here.Text(), g.whole.Text())})
		}
	}
	return found
}
