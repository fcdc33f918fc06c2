package model

import "slices"

// BudgetFigure is a budget whose time meets the period. What was used is counted
// over the budget's own time; nil where it cannot be told exactly.
type BudgetFigure struct {
	ID     string `json:"id"`
	Fund   string `json:"fund"`
	Period string `json:"period"`
	Amount Money  `json:"amount"`
	Used   *Money `json:"used,omitempty"`
	Left   *Money `json:"left,omitempty"`

	paid *traceIDs // the visits paid from it
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
		if f.tracing {
			line.paid = c.spentOn(b)
		}
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

// aidParts are the parts in the summary of aid.
var aidParts = []string{"occasion", "cats_then", "fund"}

// Aid lists the figures of the summary of aid 慰问汇总: under each heading a run
// of 户 户次 人 元 物资 for each label. The first heading is the total's.
func (f *Figures) Aid(c *Context, l Lang) []FigureRow {
	var rows []FigureRow
	add := func(section, label Words, n *Count) {
		put := func(unit Words, value string) {
			rows = append(rows, FigureRow{Section: section.In(l), Label: label.In(l), Unit: unit.In(l), Value: value})
		}
		for i, m := range Visit.Measures {
			if !m.Minor {
				put(m.Unit, numberText(Visit.valueType(&Visit.Measures[i]), n.number(Visit, m.Key)))
			}
		}
		put(W("物资", "goods"), n.goods.Text(c, l))
	}
	v := f.Registers[Visit.Key]
	add(W("合计", "Total"), W("合计", "Total"), &v.Total)
	for _, p := range v.Parts {
		if !slices.Contains(aidParts, p.Key) {
			continue
		}
		for _, name := range p.order(c, p.Terms) {
			add(v.Register.heading(p.Words), p.label(c, name), p.Terms[name])
		}
	}
	return rows
}

// budgetRows lists the budgets and what is left of them.
func (f *Figures) budgetRows(c *Context, put func(FigureRow, Words, Words, Words)) {
	for _, b := range f.Visit.Budgets {
		label := b.words(c)
		row := func(measure string, m Money, ids *traceIDs) FigureRow {
			return FigureRow{Register: Budget.Key, Measure: measure, Part: "budgets", Term: b.ID, Value: m.Text(), Amount: int64(m), trace: ids}
		}
		var own *traceIDs
		if f.tracing {
			own = &traceIDs{own: []keptID{{id: b.ID}}}
		}
		put(row("amount", b.Amount, own), budgetsHeading, label, W("元预算", "yuan set"))
		if b.Used != nil {
			used := row("used", *b.Used, b.paid)
			used.Register = Visit.Key
			put(used, budgetsHeading, label, W("元已用", "yuan used"))
			put(row("left", *b.Left, own), budgetsHeading, label, W("元结余", "yuan left"))
		}
	}
}

// spentOn are the visits that were paid for from a budget.
func (c *Context) spentOn(budget *Record) *traceIDs {
	p, fund := BudgetPeriod(budget), BudgetFund.Of(budget)
	out := &traceIDs{}
	if w, ok := c.Book.(Walker); ok {
		w.Walk(Visit.Key, p, paymentFields, func(v *Record) {
			if VisitFund.Of(v) == fund && p.Contains(VisitDate.Of(v)) && VisitAmount.Of(v) != 0 {
				out.own = append(out.own, keptID{v.ID, VisitDate.Of(v)})
			}
		})
	}
	return out
}
