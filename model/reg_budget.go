package model

import "strings"

// Budget 资金预算: how much of one source of funds there is for aid in a time.
// No two budgets of a source share a day, so every payment comes out of at most
// one of them.
var Budget = declare(&Register{
	Key: "budget", Letter: "F", Words: W("资金预算", "Fund budget"), Group: Front, Shelf: ShelfAid, Rank: 95,
	Aliases: []string{"慰问资金预算", "经费预算", "预算"}, DateField: "from",
	Title: func(r *Record, _ *Context) string {
		return strings.TrimSpace(BudgetFund.Of(r) + " " + BudgetPeriod(r).String())
	},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "fund", Words: W("资金来源", "Source of funds"), Type: TypePick, Vocab: "FUND", Need: Required, Copy: true, Col: 1, Cells: 14,
			Aliases: []string{"来源", "经费来源"}},
		{Key: "from", Words: W("期间", "Period"), Type: TypeDate, Need: Required, Carry: true, Default: thisYear, Col: 2, Cells: 8,
			Hint: W("2027、2027上 或起日", "2027, 2027H1 or the first day"), Aliases: []string{"起", "年度", "年份", "year"}},
		{Key: "to", Words: W("截止", "To"), Type: TypeDate, Need: Required, Carry: true, Col: 6, Cells: 10,
			Hint: W("空着：期间的最后一天", "blank: the last day of the period"), Aliases: []string{"止"}},
		{Key: "amount", Words: W("预算金额", "Budget"), Type: TypeMoney, Need: Required, Col: 3, Cells: 11,
			Hint: W("追加就改这一项", "when more is granted, change this"), Aliases: []string{"金额", "预算"}},
		{Key: "document", Words: W("依据", "Source document"), Type: TypeText, Alone: true, Max: 60, Class: Internal,
			Hint: W("文号、拨款单号", "number of the grant or the voucher"), Aliases: []string{"文号", "拨款文件"}},
		{Key: "used", Words: W("已用", "Used"), Type: TypeMoney, Col: 4, Cells: 11, Hint: W("这一来源在期间内发放的慰问金", "money given from this source in the period"),
			Computed: func(r *Record, c *Context) any {
				if used, ok := c.Used(r); ok {
					return used
				}
				return nil
			}},
		{Key: "left", Words: W("结余", "Left"), Type: TypeMoney, Col: 5, Cells: 11,
			Computed: func(r *Record, c *Context) any {
				if used, ok := c.Used(r); ok {
					return BudgetAmount.Of(r) - used
				}
				return nil
			}},
	},
	Fill: func(r *Record, _ *Context) {
		if from := BudgetFrom.Of(r); !from.IsZero() {
			fill(r, "to", from.Last())
		}
	},
	Check: func(r *Record, c *Context) Errors {
		errs := checkOrder(nil, r, "from", "to")
		mine := BudgetPeriod(r)
		for _, o := range c.budgets() {
			if p := BudgetPeriod(o); o.ID != r.ID && BudgetFund.Of(o) == BudgetFund.Of(r) && !p.To.Before(mine.From) && !mine.To.Before(p.From) {
				return refuse(errs, r, "fund", "%s 已是这一来源 %s 的预算；追加请改它的金额", "%s is the budget of this source for %s already; change its amount when more is granted", o.ID, p.String())
			}
		}
		return errs
	},
})

// thisYear offers the current year as a whole.
func thisYear(c *Context) any { return spanOf(int(c.Today().Year), 1, ByYear) }

// BudgetPeriod is the time a budget is for.
func BudgetPeriod(r *Record) Period { return Period{BudgetFrom.Of(r).First(), BudgetTo.Of(r).Last()} }

// What code asks of a budget.
var (
	BudgetFund   = handle[string]("budget", "fund")
	BudgetFrom   = handle[Date]("budget", "from")
	BudgetTo     = handle[Date]("budget", "to")
	BudgetAmount = handle[Money]("budget", "amount")
)
