package model

// Witness is a Book that is told which records an answer rests on, where it
// cannot see that itself.
type Witness interface {
	Saw(id string)
}

// rests tells the book which records an answer rests on.
func (c *Context) rests(ids []string) {
	if w, ok := c.Book.(Witness); ok {
		for _, id := range ids {
			w.Saw(id)
		}
	}
}

// Walker is a Book that can go through the records of a time at little cost, to
// add them up.
type Walker interface {
	Book
	// Walk gives fn the final records of a register whose date lies in the period
	// (the zero one is all time), in no promised order, with the fields named
	// alone. It reports false when there are more than MostWalked, or they cannot
	// be read; then a sum over them means nothing.
	Walk(register string, p Period, fields []string, fn func(*Record)) bool
}

// MostWalked bounds what one question adds up: more visits than a community
// makes in years.
const MostWalked = 20_000

// spent adds up the money of visits in a period; not ok when it cannot be told
// exactly.
func (c *Context) spent(p Period, want func(*Record) bool) (sum Money, ok bool) {
	w, ok := c.Book.(Walker)
	if !ok {
		return 0, false
	}
	fits := true
	ok = w.Walk("visit", p, paymentFields, func(v *Record) {
		if want(v) {
			next, held := addMoney(sum, VisitAmount.Of(v))
			sum, fits = next, fits && held
		}
	})
	return sum, ok && fits
}

// paymentFields are what spent lets its conditions see.
var paymentFields = []string{"date", "occasion", "amount", "fund"}

// addMoney adds two amounts; not ok when the sum is too large to hold.
func addMoney(a, b Money) (Money, bool) {
	sum := a + b
	return sum, (sum < a) == (b < 0)
}

// is reports whether the record is stored under the id; one that is not stored
// yet is nobody's.
func (r *Record) is(id string) bool { return id != "" && r.ID == id }

// Used is what was given from a budget's source in its time; not ok where it
// cannot be told exactly, as while a form is being filled in.
func (c *Context) Used(budget *Record) (Money, bool) { return c.used(budget, "") }

// used leaves out one visit, by its id; "" for none.
func (c *Context) used(budget *Record, but string) (Money, bool) {
	p, fund := BudgetPeriod(budget), BudgetFund.Of(budget)
	return c.spent(p, func(v *Record) bool { return !v.is(but) && VisitFund.Of(v) == fund && p.Contains(VisitDate.Of(v)) })
}

// budgets are all of them in force; none where the book cannot tell.
func (c *Context) budgets() (out []*Record) { return c.all("budget") }

func (c *Context) all(register string) (out []*Record) {
	if w, ok := c.Book.(Walker); ok {
		w.Walk(register, Period{}, nil, func(r *Record) { out = append(out, r) })
	}
	return out
}

// BudgetFor is the budget that a payment from a source on a day comes out of,
// nil for none.
func BudgetFor(budgets []*Record, fund string, day Date) *Record {
	for _, b := range budgets {
		if BudgetFund.Of(b) == fund && BudgetPeriod(b).Contains(day) {
			return b
		}
	}
	return nil
}

// overspent asks about a payment that takes its source of funds or its occasion
// over what was set for it.
func (d *doubts) overspent() {
	v, c := d.r, d.c
	amount := VisitAmount.Of(v)
	if amount <= 0 || v.State != Final {
		return
	}
	over := func(budget, used Money) (Money, bool) {
		sum, ok := addMoney(used, amount)
		return sum - budget, ok && sum > budget
	}
	if b := BudgetFor(c.budgets(), VisitFund.Of(v), VisitDate.Of(v)); b != nil {
		if used, ok := c.used(b, v.ID); ok {
			if by, ok := over(BudgetAmount.Of(b), used); ok {
				d.add([]string{"amount", "fund", "date"}, []string{b.ID}, "“%s”%s 预算 %s 元，已用 %s 元，加上这一笔超出 %s 元",
					"the budget of %s for %s is %s yuan, %s of it used; this payment goes over it by %s",
					c.termWords("FUND", VisitFund.Of(v)), BudgetPeriod(b).String(), BudgetAmount.Of(b).Text(), used.Text(), by.Text())
			}
		}
	}
	o := VisitOccasion.Of(v)
	var budget Money
	var plans []string
	for _, r := range c.all("round") {
		if RoundOccasion.Of(r) == o && RoundBudget.Of(r) > 0 {
			budget, plans = budget+RoundBudget.Of(r), append(plans, r.ID)
		}
	}
	if budget == 0 {
		return
	}
	used, ok := c.spent(o.around(), func(other *Record) bool { return !other.is(v.ID) && VisitOccasion.Of(other) == o })
	if !ok {
		return
	}
	if by, ok := over(budget, used); ok {
		d.add([]string{"amount", "occasion"}, plans, "%s 的走访计划预算 %s 元，已发 %s 元，加上这一笔超出 %s 元",
			"the visit plans for %s have a budget of %s yuan, %s of it given; this payment goes over it by %s", o, budget.Text(), used.Text(), by.Text())
	}
}

// around is the time in which visits for an occasion are made at all: its own
// year and the ones beside it; all time for one without a year.
func (o Occasion) around() Period {
	if o.Year <= MinYear || o.Year >= MaxYear {
		return Period{}
	}
	return Period{NewDate(o.Year-1, 1, 1), NewDate(o.Year+1, 12, 31)}
}
