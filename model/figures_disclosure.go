package model

import "strconv"

// DisclosureRate is how a class of disclosures does: see Rates.
type DisclosureRate struct {
	Rates
	Rate string `json:"on_time_rate"` // in time ÷ expected
}

// OpinionFigures count opinions by the day they were received.
type OpinionFigures struct {
	Received int64  `json:"received"`
	Answered int64  `json:"answered"`
	OnTime   int64  `json:"on_time"` // answered by the day it was due, five days after unless another was set
	Rate     string `json:"answer_rate"`
}

// Add counts an opinion when it was received in the period.
func (o *OpinionFigures) Add(r *Record, p Period) {
	if !p.Contains(OpinionDate.Of(r)) {
		return
	}
	o.Received++
	if on := OpinionAnsweredOn.Of(r); !on.IsZero() {
		o.Answered++
		if due := OpinionDue.Of(r); due.IsZero() || !on.First().After(due.Last()) {
			o.OnTime++
		}
	}
	o.Rate = Percent(o.Answered, o.Received)
}

// AddRates takes the rates of a finished board of the period.
func (f *Figures) AddRates(b *Board) {
	for class, r := range b.Rates() {
		f.Disclosure.Rates[class] = DisclosureRate{*r, r.OnTimePercent()}
	}
}

// rateRows are the rates and the opinions as lines of the figures.
func (d *DisclosureFigures) rateRows(c *Context, l Lang) (rows []FigureRow) {
	section := W("三务公开：按期率", "Disclosure in time").In(l)
	put := func(label, unit Words, value string) {
		rows = append(rows, FigureRow{section, label.In(l), unit.In(l), value})
	}
	count := func(n int64) string { return strconv.FormatInt(n, 10) }
	for _, class := range inOrder(c.Schema.Vocab("DCLASS"), d.Rates) {
		r, label := d.Rates[class], c.termWords("DCLASS", class)
		put(label, W("应公开", "due"), count(r.Expected))
		put(label, W("已公开", "posted"), count(r.Posted))
		put(label, W("按期", "in time"), count(r.OnTime))
		put(label, W("按期率", "rate in time"), r.Rate)
	}
	if o := d.Opinions; o.Received > 0 {
		section = W("公开意见", "Opinions").In(l)
		total := W("合计", "total")
		put(total, W("收到", "received"), count(o.Received))
		put(total, W("已答复", "answered"), count(o.Answered))
		put(total, W("按期答复", "answered in time"), count(o.OnTime))
		put(total, W("答复率", "rate answered"), o.Rate)
	}
	return rows
}
