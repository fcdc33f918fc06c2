package model

import (
	"maps"
	"slices"
	"strconv"
)

// BudgetFigure is a budget whose time meets the period. What was used is counted
// over the budget's own time; nil where it cannot be told exactly.
type BudgetFigure struct {
	ID     string `json:"id"`
	Fund   string `json:"fund"`
	Period string `json:"period"`
	Amount Money  `json:"amount"`
	Used   *Money `json:"used,omitempty"`
	Left   *Money `json:"left,omitempty"`
}

// AddBudget enters a budget, in any order.
func (f *Figures) AddBudget(b *Record, c *Context) {
	p := BudgetPeriod(b)
	if b.State != Final || p.To.Before(f.Period.From) || f.Period.To.Before(p.From) {
		return
	}
	line := BudgetFigure{ID: b.ID, Fund: BudgetFund.Of(b), Period: p.String(), Amount: BudgetAmount.Of(b)}
	if used, ok := c.Used(b); ok {
		left := line.Amount - used
		line.Used, line.Left = &used, &left
	}
	v := &f.Visit
	v.Budgets = append(v.Budgets, line)
	slices.SortFunc(v.Budgets, func(a, b BudgetFigure) int { return ComparePinyin(a.Fund+a.Period+a.ID, b.Fund+b.Period+b.ID) })
}

var budgetsHeading = W("走访慰问：资金预算", "Aid visits: budgets")

func (b BudgetFigure) words(c *Context) Words {
	fund := c.termWords("FUND", b.Fund)
	return Words{fund.ZH + " " + b.Period, fund.EN + " " + b.Period}
}

// buildingOf names the building of a household; of an address that is only text,
// the compound.
func (c *Context) buildingOf(home Ref) string {
	if h := c.at(home); h != nil {
		return c.NameOf(HouseholdCompound.Of(h)) + buildingText(h)
	}
	return compoundOf(home.Text)
}

// visitPart is one way to take the visits apart.
type visitPart struct {
	heading Words
	lines   []visitLine
}

type visitLine struct {
	label Words
	count *VisitCount
}

// parts takes the visits apart in every way, each in its own order.
func (v *VisitFigures) parts(c *Context) []visitPart {
	term := func(vocab string) func(string) Words {
		return func(name string) Words { return c.termWords(vocab, name) }
	}
	plain := func(name string) Words {
		if name == "" {
			return W("未填", "not given")
		}
		return Words{name, name}
	}
	part := func(heading Words, m map[string]*VisitCount, names []string, words func(string) Words) visitPart {
		out := visitPart{heading: heading}
		for _, name := range names {
			out.lines = append(out.lines, visitLine{words(name), m[name]})
		}
		return out
	}
	byPinyin := func(m map[string]*VisitCount) []string { return slices.SortedFunc(maps.Keys(m), ComparePinyin) }
	return []visitPart{
		part(W("走访慰问：场合", "Aid visits by occasion"), v.ByOccasion, byPinyin(v.ByOccasion), c.occasionWords),
		part(W("走访慰问：对象类别", "Aid visits by category"), v.ByCategory, inOrder(c.Schema.Vocab("CAT"), v.ByCategory), term("CAT")),
		part(W("走访慰问：资金来源", "Aid visits by source of funds"), v.ByFund, inOrder(c.Schema.Vocab("FUND"), v.ByFund), term("FUND")),
		part(W("走访慰问：走访方式", "Aid visits by way"), v.ByWay, inOrder(c.Schema.Vocab("VWAY"), v.ByWay), term("VWAY")),
		part(W("走访慰问：楼栋", "Aid visits by building"), v.ByBuilding, byPinyin(v.ByBuilding), plain),
		part(W("走访慰问：走访人", "Aid visits by visitor"), v.ByVisitor, byPinyin(v.ByVisitor), plain),
	}
}

// aidParts is how many of the parts are in the summary of aid.
const aidParts = 3

// Aid lists the figures of the summary of aid 慰问汇总: under each heading a run
// of 户 户次 人 元 物资 for each label. The first heading is the total's.
func (f *Figures) Aid(c *Context, l Lang) []FigureRow {
	var rows []FigureRow
	add := func(section, label Words, v *VisitCount) {
		put := func(unit Words, value string) {
			rows = append(rows, FigureRow{section.In(l), label.In(l), unit.In(l), value})
		}
		put(W("户", "households"), strconv.FormatInt(v.Households, 10))
		put(W("户次", "household visits"), strconv.FormatInt(v.HouseholdVisits, 10))
		put(W("人", "persons"), strconv.FormatInt(v.Persons, 10))
		put(W("元", "yuan"), v.Amount.Text())
		put(W("物资", "goods"), v.goods.Text(c, l))
	}
	add(W("合计", "Total"), W("合计", "Total"), &f.Visit.VisitCount)
	for _, part := range f.Visit.parts(c)[:aidParts] {
		for _, line := range part.lines {
			add(part.heading, line.label, line.count)
		}
	}
	return rows
}
