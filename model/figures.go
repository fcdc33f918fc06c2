package model

import (
	"encoding/json"
	"slices"
)

// Figures are the numbers of one period (domain.md §6). They are added up
// record by record and count final records only, each by the measures and parts
// that its register declares.
type Figures struct {
	Period     Period            `json:"period"`
	Activity   ActivityFigures   `json:"activity"`
	Visit      VisitFigures      `json:"visit"`
	Need       NeedFigures       `json:"need"`
	Disclosure DisclosureFigures `json:"disclosure"`

	// Registers are the figures of every register that comes to something, by its
	// key. What stands above is derived from them by Finish.
	Registers map[string]*RegisterFigures `json:"registers"`
	// Trace is every number with the records behind it; see Explain.
	Trace    []TracedFigure `json:"trace,omitempty"`
	LastYear *Figures       `json:"last_year,omitempty"` // the same period a year before; nil unless it was asked for

	c, end  *Context // of today, and of the last day of the period
	b       brought
	tracing bool
	kept    []keptID          // of the records counted, in the order met
	rank    []uint32          // of kept, in the order of dates; nil until asked for
	rates   map[string]*idsOf // by class, of disclosures due, posted and in time
	covered map[string]*idsOf // by occasion, of households planned and reached
	done    bool
	monthly bool

	standing []*Record // of registers whose latest record is in force

	public, hideGoods bool
}

// EventCount is 场次 and 人次.
type EventCount struct {
	Events      int64 `json:"events"`
	Attendances int64 `json:"attendances"`
}

// ActivityFigures count activities that were held and whose date lies wholly in
// the period. An activity with several tags counts once in the total and once
// under each, so the tags may add up to more.
type ActivityFigures struct {
	EventCount
	ByProgramme map[string]*EventCount `json:"by_programme"`
	ByLine      map[string]*EventCount `json:"by_line"`
	ByRole      map[string]*EventCount `json:"by_role"`
}

// VisitCount is 户, 户次, 人 and 元. Households and persons are distinct.
type VisitCount struct {
	Households      int64 `json:"households"`
	HouseholdVisits int64 `json:"household_visits"`
	Persons         int64 `json:"persons"`
	Amount          Money `json:"amount"`

	goods GoodsSum
}

// Quantity is an amount of goods.
type Quantity struct {
	Qty  Dec    `json:"qty"`
	Unit string `json:"unit"`
}

// VisitFigures count visits by their actual date; the occasion a visit belongs
// to may be of another year. Each visit has one occasion, fund, way and building,
// so these parts add up to the total; categories and visitors may be several.
// What is not given counts under "".
type VisitFigures struct {
	VisitCount
	Goods      map[string]Quantity    `json:"goods"`
	ByOccasion map[string]*VisitCount `json:"by_occasion"`
	ByCategory map[string]*VisitCount `json:"by_category"`
	ByFund     map[string]*VisitCount `json:"by_fund"`
	ByWay      map[string]*VisitCount `json:"by_way"`
	ByBuilding map[string]*VisitCount `json:"by_building"`
	ByVisitor  map[string]*VisitCount `json:"by_visitor"`
	Budgets    []BudgetFigure         `json:"budgets"`
	// Coverage counts the households of each planned occasion whose plan ends in
	// the period; nil unless it was asked for.
	Coverage map[string]Cover `json:"coverage,omitempty"`
}

// DisclosureFigures count issues whose own period ends in the period.
type DisclosureFigures struct {
	ByClass map[string]int64 `json:"by_class"`
	ByState map[string]int64 `json:"by_state"`
	// Rates are by class, as of the day of counting: what was due, posted, in
	// time; see Board.Rates.
	Rates    map[string]DisclosureRate `json:"rates"`
	Opinions OpinionFigures            `json:"opinions"`
}

// NewFigures begins to count a period.
func NewFigures(p Period, c *Context) *Figures {
	f := &Figures{Period: p, c: c, end: c.EndOf(p), Registers: map[string]*RegisterFigures{}}
	for _, reg := range c.Schema.Measured() {
		f.Registers[reg.Key] = newRegisterFigures(reg)
	}
	f.Activity.ByProgramme, f.Activity.ByLine, f.Activity.ByRole = map[string]*EventCount{}, map[string]*EventCount{}, map[string]*EventCount{}
	f.Visit.Goods = map[string]Quantity{}
	f.Visit.ByOccasion, f.Visit.ByCategory = map[string]*VisitCount{}, map[string]*VisitCount{}
	f.Visit.ByFund, f.Visit.ByWay = map[string]*VisitCount{}, map[string]*VisitCount{}
	f.Visit.ByBuilding, f.Visit.ByVisitor = map[string]*VisitCount{}, map[string]*VisitCount{}
	f.Visit.Budgets = []BudgetFigure{}
	f.Need.ByTopic, f.Need.ByState = map[string]int64{}, map[string]int64{}
	f.Disclosure.ByClass, f.Disclosure.ByState = map[string]int64{}, map[string]int64{}
	f.Disclosure.Rates = map[string]DisclosureRate{}
	return f
}

// Traced keeps with every number the ids behind it, four bytes a record and
// number; without it they are not kept.
func (f *Figures) Traced() *Figures {
	f.tracing = true
	return f
}

// Monthly also counts the totals of each month of the period, for ByMonth. What
// lies in no single month is in none.
func (f *Figures) Monthly() *Figures {
	f.monthly = true
	return f
}

// TotalsOnly leaves out the parts.
func (f *Figures) TotalsOnly() *Figures {
	for _, n := range f.Registers {
		n.Parts = nil
	}
	return f
}

// ByMonth is a measure's total of each month of the period; nil where it was not
// counted by month, or has no date to count by.
func (f *Figures) ByMonth(register, measure string) []int64 {
	n := f.Registers[register]
	if n == nil || !f.monthly || n.Register.Lasts() {
		return nil
	}
	out := make([]int64, f.Period.Months())
	for i := range n.months {
		out[i] = n.months[i].number(n.Register, measure)
	}
	return out
}

// Months is how many months the period touches.
func (p Period) Months() int {
	from, to := p.From.First(), p.To.Last()
	return (int(to.Year)-int(from.Year))*12 + int(to.Month) - int(from.Month) + 1
}

// MarshalJSON writes the period as people write it.
func (f *Figures) MarshalJSON() ([]byte, error) {
	f.Finish()
	type figures Figures
	return json.Marshal(struct {
		Period string `json:"period"`
		*figures
	}{f.Period.String(), (*figures)(f)})
}

// Add counts a record where it belongs; records of other registers, of other
// dates, drafts and void ones change nothing.
func (f *Figures) Add(r *Record) {
	n := f.Registers[r.Register.Key]
	switch {
	case n == nil || r.State != Final:
	case r.Register.Standing != nil: // which of them is in force shows when all are there
		f.standing = append(f.standing, r)
	case r.in(f.Period):
		f.count(n, r)
	}
}

func (f *Figures) count(n *RegisterFigures, r *Record) {
	no := -1
	if f.tracing {
		no = len(f.kept)
		f.kept = append(f.kept, keptID{r.ID, r.Date()})
	}
	n.add(r, f.c, f.end, &f.b, no)
	if f.monthly && r.Counted() && !n.Register.Lasts() {
		first, last := r.Date().First(), r.Date().Last()
		if first.Year != last.Year || first.Month != last.Month {
			return
		}
		if n.months == nil {
			n.months = make([]Count, f.Period.Months())
		}
		from := f.Period.From.First()
		n.months[(int(first.Year)-int(from.Year))*12+int(first.Month)-int(from.Month)].add(n.Register, &f.b, -1)
	}
}

// Finish derives the figures that have names of their own; what is added after
// it is not among them.
func (f *Figures) Finish() *Figures {
	if f.done {
		return f
	}
	f.done = true
	for _, r := range InForce(f.standing, f.Period.To) {
		f.count(f.Registers[r.Register.Key], r)
	}
	events := func(n *Count) *EventCount {
		return &EventCount{n.number(Activity, "events"), n.number(Activity, "attendances")}
	}
	visits := func(n *Count) *VisitCount {
		return &VisitCount{n.number(Visit, "households"), n.number(Visit, "household_visits"), n.number(Visit, "persons"), Money(n.number(Visit, "amount")), n.goods}
	}
	count := func(reg *Register, key string) func(*Count) int64 {
		return func(n *Count) int64 { return n.number(reg, key) }
	}
	if a := f.Registers[Activity.Key]; a != nil {
		f.Activity.EventCount = *events(&a.Total)
		derive(f.Activity.ByProgramme, a.part("programmes"), events)
		derive(f.Activity.ByLine, a.part("lines"), events)
		derive(f.Activity.ByRole, a.part("role"), events)
	}
	if v := f.Registers[Visit.Key]; v != nil {
		f.Visit.VisitCount = *visits(&v.Total)
		f.Visit.Goods = v.Total.goods.named()
		derive(f.Visit.ByOccasion, v.part("occasion"), visits)
		derive(f.Visit.ByCategory, v.part("cats_then"), visits)
		derive(f.Visit.ByFund, v.part("fund"), visits)
		derive(f.Visit.ByWay, v.part("way"), visits)
		derive(f.Visit.ByBuilding, v.part("building"), visits)
		derive(f.Visit.ByVisitor, v.part("visitor"), visits)
	}
	if n := f.Registers[Needs.Key]; n != nil {
		t := &n.Total
		f.Need.Raised, f.Need.Solved, f.Need.OnTime = t.number(Needs, "cases"), t.number(Needs, "solved"), t.number(Needs, "on_time")
		f.Need.Revisited, f.Need.Satisfied = t.number(Needs, "revisited"), t.number(Needs, "satisfied")
		derive(f.Need.ByTopic, n.part("topic"), count(Needs, "cases"))
		derive(f.Need.ByState, n.part("state"), count(Needs, "cases"))
	}
	if n := f.Registers[Opinion.Key]; n != nil {
		t := &n.Total
		f.Disclosure.Opinions = newOpinionFigures(t.number(Opinion, "opinions"), t.number(Opinion, "answered"), t.number(Opinion, "on_time"))
	}
	if n := f.Registers[Issue.Key]; n != nil {
		derive(f.Disclosure.ByClass, n.part("class"), count(Issue, "issues"))
		derive(f.Disclosure.ByState, n.part("state"), count(Issue, "issues"))
	}
	return f
}

func derive[T any](out map[string]T, terms map[string]*Count, of func(*Count) T) {
	for name, n := range terms {
		out[name] = of(n)
	}
}

// number is a measure's number, 0 where it cannot be counted.
func (n *Count) number(reg *Register, key string) int64 {
	v, ok := n.value(reg, key)
	if !ok {
		return 0
	}
	return v
}

// under returns the count under a name, a new one when there is none yet.
func under[T any](m map[string]*T, name string) *T {
	if m[name] == nil {
		m[name] = new(T)
	}
	return m[name]
}

// Public takes out what the public does not read: registers and parts that are
// not declared open, budgets, and, where they tell of too few, goods.
func (f *Figures) Public(hideGoods bool) {
	f.Finish()
	for key, n := range f.Registers {
		if n.Register.Open == nil {
			delete(f.Registers, key)
			continue
		}
		n.Parts = slices.DeleteFunc(n.Parts, func(p PartFigures) bool { return !slices.Contains(n.Register.Open, p.Key) })
	}
	f.Visit.Budgets, f.hideGoods, f.public = nil, hideGoods, true
}
