package model

import (
	"cmp"
	"fmt"
	"slices"
)

// SpecialCare are the categories of people who are to be seen every month
// (domain.md §9: 独居、空巢、留守、失能、重残、计生特殊家庭), and how many days
// that is.
var SpecialCare = []string{"独居", "空巢老人", "留守老人", "失能", "重残", "计生特殊家庭"}

// SpecialCareDays is the longest that people of SpecialCare are not visited.
const SpecialCareDays = 30

// CoverageQuery says whose visits are compared with what.
type CoverageQuery struct {
	Occasion Occasion  // who is visited for an occasion; zero: see Days
	Rounds   []*Record // the plans of the occasion; none: everybody in a category
	Days     int       // without an occasion: who was not visited for so many days
	On       Date      // the day whose ages and categories count, and from which Days go back

	// Planned leaves out at once everybody who is not to be visited: there is no
	// Extra, and little to remember.
	Planned bool

	// What of that is looked at; blank parts choose everybody.
	Cats     []string
	Compound string // id
	Building string
	Grid     string
}

// NewCoverageQuery is the query of an occasion or of a number of days as of
// today. The ages of a festival are those of its day.
func NewCoverageQuery(o Occasion, days int, today Date) CoverageQuery {
	q := CoverageQuery{Occasion: o, Days: days, On: today}
	if d, ok := o.Date(); ok {
		q.On = d
	}
	if o.IsZero() {
		q.Cats = SpecialCare
	}
	return q
}

// Coverage 覆盖 sets who was to be visited against who was. People, then visits
// are added; Finish puts the rows in the order of a walk.
type Coverage struct {
	CoverageQuery
	Rows  []*CoverageRow // who is to be visited
	Extra []*CoverageRow // who was visited for the occasion without that

	Households, Persons Cover
	ByCategory          []CoverPart
	ByBuilding          []CoverPart // in the order of the walk
	Amount              Money       // given on the occasion to whom the query looks at, extra visits included
	Spent               Money       // given on the occasion to anybody: what is held against the budget
	Budget              Money       // of all rounds; 0: none was set

	c    *Context
	rows map[string]*CoverageRow // everybody, by id
}

// Cover counts those to be reached and those who were.
type Cover struct {
	Planned int64 `json:"planned"`
	Reached int64 `json:"reached"`
}

// Percent writes the share to one decimal, such as 83.3%; never 100.0% while
// somebody is missing, "" when nobody was to be reached.
func (n Cover) Percent() string { return Percent(n.Reached, n.Planned) }

// Percent writes part of whole to one decimal, rounded to the nearest but never
// up to 100.0% while something is missing; "" for a whole of 0.
func Percent(part, whole int64) string {
	if whole <= 0 {
		return ""
	}
	tenths := (part*2000 + whole) / (2 * whole)
	if part < whole && tenths >= 1000 {
		tenths = 999
	}
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// Narrowed reports whether the query looks at a part of the people only.
func (q *CoverageQuery) Narrowed() bool {
	return len(q.Cats) > 0 || q.Compound != "" || q.Building != "" || q.Grid != ""
}

// CoverPart is a part of the whole: a category or a building.
type CoverPart struct {
	Label string
	Cover
}

// CoverageRow is a person of the coverage.
type CoverageRow struct {
	Person *Record
	Home   *Record // household; nil: not on file
	Cats   []string
	Visits []*Record // for the occasion, oldest first; without an occasion the last one
	Last   Date      // the last visit of any kind, without an occasion up to the day; zero: never
	Round  *Record   // the plan that wants it; nil: none does
	wanted bool
}

// Reached reports whether the person was visited as the query asks.
func (r *CoverageRow) Reached(q *CoverageQuery) bool {
	if !q.Occasion.IsZero() {
		return len(r.Visits) > 0
	}
	return !r.Last.IsZero() && r.Last.DaysUntil(q.On) <= q.Days
}

// Given is the money of the row's visits.
func (r *CoverageRow) Given() (sum Money) {
	for _, v := range r.Visits {
		sum += VisitAmount.Of(v)
	}
	return sum
}

// NewCoverage begins a comparison.
func NewCoverage(c *Context, q CoverageQuery) *Coverage {
	cov := &Coverage{CoverageQuery: q, c: c, rows: map[string]*CoverageRow{}}
	for _, r := range q.Rounds {
		cov.Budget += RoundBudget.Of(r)
	}
	return cov
}

// AddPerson enters somebody; all people come before the visits.
func (cov *Coverage) AddPerson(p *Record) {
	if p.State != Final {
		return
	}
	row := &CoverageRow{Person: p, Home: cov.c.at(PersonHousehold.Of(p)), Cats: CategoriesOn(p, cov.On)}
	row.wanted, row.Round = cov.wants(row)
	if row.wanted || !cov.Planned {
		cov.rows[p.ID] = row
	}
}

// AddVisit enters a visit, in any order.
func (cov *Coverage) AddVisit(v *Record) {
	if v.State != Final {
		return
	}
	ofOccasion := !cov.Occasion.IsZero() && VisitOccasion.Of(v) == cov.Occasion
	if ofOccasion { // it was paid, whatever became of the person's file
		cov.Spent += VisitAmount.Of(v)
	}
	row := cov.rows[VisitPerson.Of(v).ID]
	day := VisitDate.Of(v)
	if row == nil {
		return
	}
	if cov.Occasion.IsZero() {
		if day.After(row.Last) && !day.After(cov.On) {
			row.Last, row.Visits = day, []*Record{v}
		}
		return
	}
	if day.After(row.Last) {
		row.Last = day
	}
	if ofOccasion {
		row.Visits = append(row.Visits, v)
	}
}

// wants decides whether somebody is to be visited, and which plan says so.
func (cov *Coverage) wants(row *CoverageRow) (bool, *Record) {
	if GoneBy(row.Person, cov.On) {
		return false, nil
	}
	if !cov.looksAt(row) {
		return false, nil
	}
	if len(cov.Rounds) == 0 {
		return len(row.Cats) > 0, nil
	}
	for _, r := range cov.Rounds {
		if roundWants(r, row) {
			return true, r
		}
	}
	return false, nil
}

// looksAt applies the filters of whoever looks.
func (cov *Coverage) looksAt(row *CoverageRow) bool {
	if len(cov.Cats) > 0 && !shares(cov.Cats, row.Cats) {
		return false
	}
	if cov.Compound == "" && cov.Building == "" && cov.Grid == "" {
		return true
	}
	h := row.Home
	return h != nil && (cov.Compound == "" || HouseholdCompound.Of(h).ID == cov.Compound) &&
		(cov.Building == "" || buildingName(HouseholdBuilding.Of(h)) == buildingName(cov.Building)) &&
		(cov.Grid == "" || HouseholdGrid.Of(h) == cov.Grid)
}

// roundWants says whether a plan is for somebody.
func roundWants(r *Record, row *CoverageRow) bool {
	self := Ref{ID: row.Person.ID}
	if contains(RoundExcept.Of(r), self) {
		return false
	}
	if contains(RoundPeople.Of(r), self) {
		return true
	}
	if !shares(RoundCats.Of(r), row.Cats) {
		return false
	}
	compounds, grid := RoundCompounds.Of(r), RoundGrid.Of(r)
	if len(compounds) == 0 && grid == "" {
		return true
	}
	h := row.Home
	return h != nil && (len(compounds) == 0 || contains(compounds, HouseholdCompound.Of(h))) &&
		(grid == "" || grid == HouseholdGrid.Of(h))
}

// shares reports whether two lists have a member in common.
func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return contains(b, s) })
}

// buildingName folds 3 and 3号楼.
func buildingName(s string) string { return nameKey(withUnit(s, "号楼")) }

// Finish orders the rows and counts them.
func (cov *Coverage) Finish() {
	for _, row := range cov.rows {
		slices.SortStableFunc(row.Visits, func(a, b *Record) int {
			return cmp.Or(VisitDate.Of(a).Compare(VisitDate.Of(b)), cmp.Compare(a.ID, b.ID))
		})
		switch {
		case row.wanted:
			cov.Rows = append(cov.Rows, row)
		case !cov.Occasion.IsZero() && len(row.Visits) > 0 && cov.looksAt(row):
			cov.Extra = append(cov.Extra, row)
		}
	}
	for _, rows := range [][]*CoverageRow{cov.Rows, cov.Extra} {
		slices.SortFunc(rows, cov.walk)
		for _, row := range rows {
			if !cov.Occasion.IsZero() {
				cov.Amount += row.Given()
			}
		}
	}
	if !cov.Narrowed() {
		cov.Amount = cov.Spent
	}
	cov.count()
}

// walk is the order in which somebody goes from door to door: compound,
// building, unit, room, name; who has no address on file comes last.
func (cov *Coverage) walk(a, b *CoverageRow) int {
	return cmp.Or(cov.c.doorToDoor(a.Home, b.Home), ComparePinyin(PersonName.Of(a.Person), PersonName.Of(b.Person)), cmp.Compare(a.Person.ID, b.Person.ID))
}

// doorToDoor orders households as somebody walks; nil, who has none, comes last.
func (c *Context) doorToDoor(a, b *Record) int {
	x, y := c.door(a), c.door(b)
	for i := range x {
		if n := blankLast(x[i], y[i]); n != 0 {
			return n
		}
	}
	return 0
}

func (c *Context) door(home *Record) [4]string {
	if home == nil {
		return [4]string{}
	}
	return [4]string{c.NameOf(HouseholdCompound.Of(home)), HouseholdBuilding.Of(home), HouseholdUnit.Of(home), HouseholdRoom.Of(home)}
}

func blankLast(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	return ComparePinyin(a, b)
}

// count adds up rows that are in order. A household is reached when anybody of
// it was.
func (cov *Coverage) count() {
	homes := map[string]bool{} // reached?
	cats := map[string]*Cover{}
	buildings := map[string]int{}
	for _, row := range cov.Rows {
		reached := row.Reached(&cov.CoverageQuery)
		cov.Persons.add(reached)
		key := row.Person.ID // who has no household on file is one
		place := ""
		if row.Home != nil {
			key = row.Home.ID
			place = cov.c.NameOf(HouseholdCompound.Of(row.Home)) + buildingText(row.Home)
		}
		homes[key] = homes[key] || reached
		for _, cat := range row.Cats {
			under(cats, cat).add(reached)
		}
		at, ok := buildings[place]
		if !ok {
			at = len(cov.ByBuilding)
			buildings[place] = at
			cov.ByBuilding = append(cov.ByBuilding, CoverPart{Label: place})
		}
		cov.ByBuilding[at].add(reached)
	}
	for _, reached := range homes {
		cov.Households.add(reached)
	}
	for _, cat := range inOrder(cov.c.Schema.Vocab("CAT"), cats) {
		cov.ByCategory = append(cov.ByCategory, CoverPart{cat, *cats[cat]})
	}
}

func (n *Cover) add(reached bool) {
	n.Planned++
	if reached {
		n.Reached++
	}
}

// Missing are the rows still to be visited, in the order of the walk.
func (cov *Coverage) Missing() []*CoverageRow {
	var out []*CoverageRow
	for _, row := range cov.Rows {
		if !row.Reached(&cov.CoverageQuery) {
			out = append(out, row)
		}
	}
	return out
}

// Twice are the households that were given aid on the occasion more than once,
// by their ids, with the visits: 不重复 is the rule, and a reason may pass it.
func (cov *Coverage) Twice() map[string][]*Record {
	out := map[string][]*Record{}
	if cov.Occasion.IsZero() {
		return out
	}
	for _, row := range slices.Concat(cov.Rows, cov.Extra) {
		for _, v := range row.Visits {
			if home := VisitHousehold.Of(v).ID; home != "" && givesAid(v) {
				out[home] = append(out[home], v)
			}
		}
	}
	for home, visits := range out {
		if len(visits) < 2 {
			delete(out, home)
		}
	}
	return out
}
