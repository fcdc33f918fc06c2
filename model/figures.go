package model

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Figures are the numbers of one period (domain.md §6). They are added up
// record by record and count final records only.
type Figures struct {
	Period     Period            `json:"period"`
	Activity   ActivityFigures   `json:"activity"`
	Visit      VisitFigures      `json:"visit"`
	Need       NeedFigures       `json:"need"`
	Disclosure DisclosureFigures `json:"disclosure"`

	names    *Context // nil: nothing is counted by building or visitor
	LastYear *Figures `json:"last_year,omitempty"` // the same period a year before; nil unless it was asked for
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

	households, persons map[Ref]bool
	goods               GoodsSum
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

	goods map[string]map[string]Dec // item → unit → quantity
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
func NewFigures(p Period) *Figures {
	f := &Figures{Period: p}
	f.Activity.ByProgramme, f.Activity.ByLine, f.Activity.ByRole = map[string]*EventCount{}, map[string]*EventCount{}, map[string]*EventCount{}
	f.Visit.Goods, f.Visit.goods = map[string]Quantity{}, map[string]map[string]Dec{}
	f.Visit.ByOccasion, f.Visit.ByCategory = map[string]*VisitCount{}, map[string]*VisitCount{}
	f.Visit.ByFund, f.Visit.ByWay = map[string]*VisitCount{}, map[string]*VisitCount{}
	f.Visit.ByBuilding, f.Visit.ByVisitor = map[string]*VisitCount{}, map[string]*VisitCount{}
	f.Visit.Budgets = []BudgetFigure{}
	f.Need.ByTopic, f.Need.ByState = map[string]int64{}, map[string]int64{}
	f.Disclosure.ByClass, f.Disclosure.ByState = map[string]int64{}, map[string]int64{}
	f.Disclosure.Rates = map[string]DisclosureRate{}
	return f
}

// By lets visits also be counted by building and by visitor, whose names the
// context knows.
func (f *Figures) By(c *Context) *Figures {
	f.names = c
	return f
}

// MarshalJSON writes the period as people write it.
func (f Figures) MarshalJSON() ([]byte, error) {
	type figures Figures
	return json.Marshal(struct {
		Period string `json:"period"`
		*figures
	}{f.Period.String(), (*figures)(&f)})
}

// Add counts a record where it belongs; records of other registers, of other
// dates, drafts and void ones change nothing. class names the class of a
// catalogue item by its id.
func (f *Figures) Add(r *Record, class func(itemID string) string) {
	if r.State != Final {
		return
	}
	switch r.Register.Key {
	case "activity":
		if ActivityHeld.Of(r) == HeldDone && f.Period.Contains(ActivityDate.Of(r)) {
			f.Activity.add(r)
		}
	case "visit":
		if f.Period.Contains(VisitDate.Of(r)) {
			f.Visit.add(r, f.names)
		}
	case "need":
		if f.Period.Contains(NeedDate.Of(r)) {
			f.Need.add(r)
		}
	case "opinion":
		f.Disclosure.Opinions.Add(r, f.Period)
	case "issue":
		if f.Period.Contains(IssuePeriod.Of(r).Span().To) {
			state := IssueState.Of(r)
			f.Disclosure.ByState[state]++
			if state != IssueVoid && state != IssueSuperseded { // its correction counts instead
				f.Disclosure.ByClass[class(IssueItem.Of(r).ID)]++
			}
		}
	}
}

func (a *ActivityFigures) add(r *Record) {
	n := ActivityAttendTotal.Of(r)
	a.EventCount.add(n)
	for _, tag := range ActivityProgrammes.Of(r) {
		under(a.ByProgramme, tag).add(n)
	}
	for _, tag := range ActivityLines.Of(r) {
		under(a.ByLine, tag).add(n)
	}
	under(a.ByRole, ActivityRole.Of(r)).add(n)
}

func (e *EventCount) add(attendances int64) {
	e.Events++
	e.Attendances += attendances
}

func (v *VisitFigures) add(r *Record, names *Context) {
	v.VisitCount.add(r)
	under(v.ByOccasion, VisitOccasion.Of(r).String()).add(r)
	for _, cat := range VisitCatsThen.Of(r) {
		under(v.ByCategory, cat).add(r)
	}
	under(v.ByFund, VisitFund.Of(r)).add(r)
	under(v.ByWay, VisitWay.Of(r)).add(r)
	if names != nil {
		under(v.ByBuilding, names.buildingOf(VisitHousehold.Of(r))).add(r)
		var seen []string // two of one name count once
		for _, who := range VisitVisitors.Of(r) {
			if name := names.NameOf(who); !contains(seen, name) {
				seen = append(seen, name)
				under(v.ByVisitor, name).add(r)
			}
		}
	}
	for _, row := range VisitGoods.Of(r) {
		item, _ := row["item"].(string)
		unit, _ := row["unit"].(string)
		qty, _ := row["qty"].(Dec)
		if v.goods[item] == nil {
			v.goods[item] = map[string]Dec{}
		}
		v.goods[item][unit] += qty
		v.nameGoods(item)
	}
}

// nameGoods keeps kinds that cannot be added apart: an item counted in one unit
// stands under its own name, in several under the name with the unit.
func (v *VisitFigures) nameGoods(item string) {
	units := v.goods[item]
	delete(v.Goods, item)
	for unit, qty := range units {
		name := item
		if len(units) > 1 && unit != "" {
			name += "（" + unit + "）"
		}
		v.Goods[name] = Quantity{qty, unit}
	}
}

func (v *VisitCount) add(r *Record) {
	if v.households == nil {
		v.households, v.persons = map[Ref]bool{}, map[Ref]bool{}
	}
	v.goods.Add(VisitGoods.Of(r))
	v.HouseholdVisits++
	v.Amount += VisitAmount.Of(r)
	home := VisitHousehold.Of(r)
	if home.IsZero() {
		home = VisitPerson.Of(r) // whoever has no household on file is one
	}
	v.households[home] = true
	v.persons[VisitPerson.Of(r)] = true
	v.Households, v.Persons = int64(len(v.households)), int64(len(v.persons))
}

// under returns the count under a name, a new one when there is none yet.
func under[T any](m map[string]*T, name string) *T {
	if m[name] == nil {
		m[name] = new(T)
	}
	return m[name]
}

// FigureRow is one number for people: under which heading, of what, in which
// unit.
type FigureRow struct {
	Section, Label, Unit, Value string
}

// Rows lists the figures in the order of the page: totals first, then the
// parts in the order of their vocabularies. Screen, table and summary print
// this list, so no figure is named twice in the program.
func (f *Figures) Rows(c *Context, l Lang) []FigureRow {
	var rows []FigureRow
	section := ""
	put := func(label Words, unit Words, value string) {
		rows = append(rows, FigureRow{section, label.In(l), unit.In(l), value})
	}
	total := W("合计", "total")
	events := func(label Words, e *EventCount) {
		put(label, W("场", "events"), strconv.FormatInt(e.Events, 10))
		put(label, W("人次", "attendances"), strconv.FormatInt(e.Attendances, 10))
	}
	visits := func(label Words, v *VisitCount) {
		put(label, W("户", "households"), strconv.FormatInt(v.Households, 10))
		put(label, W("户次", "household visits"), strconv.FormatInt(v.HouseholdVisits, 10))
		put(label, W("人", "persons"), strconv.FormatInt(v.Persons, 10))
		put(label, W("元", "yuan"), v.Amount.Text())
	}

	section = W("活动", "Activities").In(l)
	events(total, &f.Activity.EventCount)
	for _, part := range []struct {
		heading Words
		vocab   string
		counts  map[string]*EventCount
	}{
		{W("活动：品牌项目", "Activities by programme"), "PROG", f.Activity.ByProgramme},
		{W("活动：条线", "Activities by line of work"), "LINE", f.Activity.ByLine},
		{W("活动：我方角色", "Activities by role"), "ROLE", f.Activity.ByRole},
	} {
		section = part.heading.In(l)
		for _, name := range inOrder(c.Schema.Vocab(part.vocab), part.counts) {
			events(c.termWords(part.vocab, name), part.counts[name])
		}
	}

	section = W("走访慰问", "Aid visits").In(l)
	visits(total, &f.Visit.VisitCount)
	section = W("走访慰问：慰问品", "Aid visits: goods").In(l)
	for _, name := range slices.SortedFunc(maps.Keys(f.Visit.Goods), ComparePinyin) {
		q := f.Visit.Goods[name]
		put(c.termWords("GOODS", name), Words{q.Unit, q.Unit}, q.Qty.String())
	}
	for _, part := range f.Visit.parts(c) {
		section = part.heading.In(l)
		for _, line := range part.lines {
			visits(line.label, line.count)
		}
	}
	section = W("走访慰问：覆盖率", "Aid visits: coverage").In(l)
	f.Visit.coverageRows(c, put)
	section = budgetsHeading.In(l)
	for _, b := range f.Visit.Budgets {
		label := b.words(c)
		put(label, W("元预算", "yuan set"), b.Amount.Text())
		if b.Used != nil {
			put(label, W("元已用", "yuan used"), b.Used.Text())
			put(label, W("元结余", "yuan left"), b.Left.Text())
		}
	}

	f.Need.rows(c, func(heading, label, unit Words, value string) {
		section = heading.In(l)
		put(label, unit, value)
	})

	issues := W("期", "issues")
	section = W("三务公开：类别", "Disclosure by class").In(l)
	for _, name := range inOrder(c.Schema.Vocab("DCLASS"), f.Disclosure.ByClass) {
		put(c.termWords("DCLASS", name), issues, strconv.FormatInt(f.Disclosure.ByClass[name], 10))
	}
	rows = append(rows, f.Disclosure.rateRows(c, l)...)
	section = W("三务公开：状态", "Disclosure by state").In(l)
	for _, name := range inOrder(c.Schema.Vocab("DSTATE"), f.Disclosure.ByState) {
		put(c.termWords("DSTATE", name), issues, strconv.FormatInt(f.Disclosure.ByState[name], 10))
	}
	return rows
}

// inOrder sorts names as their vocabulary does, unknown ones last by pinyin.
func inOrder[T any](v *Vocab, m map[string]T) []string {
	place := func(name string) int {
		if i := slices.IndexFunc(v.Terms, func(t Term) bool { return t.ZH == name }); i >= 0 {
			return i
		}
		return len(v.Terms)
	}
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(place(a)-place(b), ComparePinyin(a, b))
	})
}

// termWords names a stored value in both languages; what no vocabulary knows
// keeps its own name, and a blank is said to be one.
func (c *Context) termWords(vocab, name string) Words {
	if name == "" {
		return W("未填", "not given")
	}
	v := c.Schema.Vocab(vocab)
	return Words{name, v.Text(name, EN)}
}

// OccasionWords names an occasion in both languages.
func (c *Context) OccasionWords(o Occasion) Words { return c.occasionWords(o.String()) }

func (c *Context) occasionWords(name string) Words {
	festival, year := SplitOccasion(name)
	if t, ok := c.Schema.Vocab("OCC").Term(festival); ok && year != 0 {
		return Words{name, t.EN + " " + strconv.Itoa(year)}
	}
	return c.termWords("OCC", name)
}
