package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// purse is the budget of a source of funds with what is left of it, as it was
// when the grid was read.
type purse struct {
	budget *model.Record
	words  model.Words // 党费 2027
	left   model.Money
}

// readPurses reads the budgets; what cannot be told exactly is left out.
func readPurses(src *export.Ledger) (out []purse, err error) {
	c := src.Context()
	err = src.Scan(model.Budget.Key, model.Period{}, func(b *model.Record) error {
		if used, ok := c.Used(b); ok {
			fund, period := model.BudgetFund.Of(b), model.BudgetPeriod(b).String()
			out = append(out, purse{b, model.W(fund+" "+period, c.Schema.Vocab("FUND").Text(fund, model.EN)+" "+period), model.BudgetAmount.Of(b) - used})
		}
		return nil
	})
	if err == nil {
		err = src.Err()
	}
	return out, err
}

// planned is the money of everybody ticked.
func (g *grid) planned() (sum model.Money) {
	for _, p := range g.chosen() {
		m, _ := g.values(p)[model.VisitAmount.Key()].(model.Money)
		sum += m
	}
	return sum
}

// drawn is what of it comes out of a purse.
func (g *grid) drawn(p purse) (sum model.Money) {
	for _, person := range g.chosen() {
		v := g.values(person)
		fund, _ := v[model.VisitFund.Key()].(string)
		day, _ := v[model.VisitDate.Key()].(model.Date)
		if model.BudgetFor([]*model.Record{p.budget}, fund, day) != nil {
			m, _ := v[model.VisitAmount.Key()].(model.Money)
			sum += m
		}
	}
	return sum
}

// overspent says which budgets a save would go over; nil: none.
func (g *grid) overspent() (out []model.Words) {
	if n := g.cov; n.Budget > 0 {
		if planned := g.planned(); planned > 0 && n.Spent+planned > n.Budget {
			out = append(out, model.Sayf(words.GridOverPlan.ZH, words.GridOverPlan.EN, g.occasion.String(), n.Budget.Text(), n.Spent.Text(), planned.Text(), (n.Spent+planned-n.Budget).Text()))
		}
	}
	for _, p := range g.purses {
		if drawn := g.drawn(p); drawn > 0 && drawn > p.left {
			out = append(out, model.Sayf(words.GridOverFund.ZH, words.GridOverFund.EN, p.words, p.left.Text(), drawn.Text(), (drawn-p.left).Text()))
		}
	}
	return out
}

// pressDoubts answers the question about budgets: save all the same, or go on.
func (g *grid) pressDoubts(s *session, key tea.KeyPressMsg) tea.Cmd {
	g.doubts = nil
	switch key.String() {
	case "ctrl+s":
		return g.store(s, g.chosen())
	case "esc", "ctrl+c":
		return nil
	}
	return g.press(s, key)
}
