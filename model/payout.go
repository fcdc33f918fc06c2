package model

import (
	"cmp"
	"slices"
)

// Payout 发放明细 is what was given on one occasion, a line for each visit with
// money or goods, in the order of the doors.
type Payout struct {
	Occasion Occasion
	Lines    []PayoutLine
	Reversed []PayoutLine // counted nowhere
	Days     Period       // from the first line's day to the last one's

	c *Context
}

// PayoutLine is one payment.
type PayoutLine struct {
	Visit        *Record
	Person, Home *Record // nil: not on file
	Reason       string  // why it was reversed
}

// NewPayout begins a sheet.
func NewPayout(c *Context, o Occasion) *Payout { return &Payout{Occasion: o, c: c} }

// Add enters a visit where it belongs: of the occasion, with money or goods. A
// reversed one comes with the reason.
func (p *Payout) Add(v *Record, reason string) {
	if VisitOccasion.Of(v) != p.Occasion || !givesAid(v) {
		return
	}
	line := PayoutLine{v, p.c.at(VisitPerson.Of(v)), p.c.at(VisitHousehold.Of(v)), reason}
	switch v.State {
	case Final:
		p.Lines = append(p.Lines, line)
		day := VisitDate.Of(v)
		if p.Days.From.IsZero() || day.First().Before(p.Days.From) {
			p.Days.From = day.First()
		}
		if p.Days.To.IsZero() || day.Last().After(p.Days.To) {
			p.Days.To = day.Last()
		}
	case Void:
		p.Reversed = append(p.Reversed, line)
	}
}

// Finish puts the lines in order.
func (p *Payout) Finish() {
	for _, lines := range [][]PayoutLine{p.Lines, p.Reversed} {
		slices.SortStableFunc(lines, func(a, b PayoutLine) int {
			return cmp.Or(p.c.doorToDoor(a.Home, b.Home),
				ComparePinyin(p.c.NameOf(VisitPerson.Of(a.Visit)), p.c.NameOf(VisitPerson.Of(b.Visit))), cmp.Compare(a.Visit.ID, b.Visit.ID))
		})
	}
}

// PayoutSum is what some lines come to.
type PayoutSum struct {
	Money  Money
	Goods  GoodsSum
	Funds  map[string]Money
	People int // distinct
}

// SumPayout adds up lines; not ok when the money is too large to hold.
func SumPayout(lines []PayoutLine) (s PayoutSum, ok bool) {
	s.Funds, ok = map[string]Money{}, true
	people := map[Ref]bool{}
	for _, line := range lines {
		m := VisitAmount.Of(line.Visit)
		sum, held := addMoney(s.Money, m)
		s.Money, ok = sum, ok && held
		s.Goods.Add(VisitGoods.Of(line.Visit))
		if m > 0 {
			s.Funds[VisitFund.Of(line.Visit)] += m
		}
		people[VisitPerson.Of(line.Visit)] = true
	}
	s.People = len(people)
	return s, ok
}
