package model

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

func newOpinionFigures(received, answered, onTime int64) OpinionFigures {
	return OpinionFigures{received, answered, onTime, Percent(answered, received)}
}

// opinionAnsweredInTime: by the day it was due, if one was set.
func opinionAnsweredInTime(r *Record) bool {
	on, due := OpinionAnsweredOn.Of(r), OpinionDue.Of(r)
	return !on.IsZero() && (due.IsZero() || !on.First().After(due.Last()))
}

// AddRates takes the rates of a finished board of the period.
func (f *Figures) AddRates(b *Board) {
	for class, r := range b.Rates() {
		f.Disclosure.Rates[class] = DisclosureRate{*r, r.OnTimePercent()}
	}
	if !f.tracing {
		return
	}
	f.rates = map[string]*idsOf{}
	b.expected(func(s *Slot) {
		ids := under(f.rates, CatalogueClass.Of(s.Item))
		ids.add(0, s.Issue, true)
		ids.add(1, s.Issue, !s.Posted.IsZero())
		ids.add(2, s.Issue, s.OnTime())
		ids.add(3, s.Issue, !s.OnTime())
	})
}

// classOf is the class of a disclosure's item.
func classOf(issue *Record, c *Context) []string {
	if issue != nil {
		if item := c.at(IssueItem.Of(issue)); item != nil {
			return []string{CatalogueClass.Of(item)}
		}
	}
	return []string{""}
}

// rateRows are the rates as lines of the figures.
func (f *Figures) rateRows(c *Context, put func(FigureRow, Words, Words, Words)) {
	d, section := &f.Disclosure, W("三务公开：按期率", "Disclosure in time")
	for _, class := range inOrder(c.Schema.Vocab("DCLASS"), d.Rates) {
		r, label, ids := d.Rates[class], c.termWords("DCLASS", class), f.rates[class]
		row := func(measure string, n int64, i int) FigureRow {
			return FigureRow{Register: Issue.Key, Measure: measure, Part: "rates", Term: class, Value: count(n), Amount: n, trace: ids.at(i)}
		}
		put(row("expected", r.Expected, 0), section, label, W("应公开", "due"))
		put(row("posted", r.Posted, 1), section, label, W("已公开", "posted"))
		put(row("on_time", r.OnTime, 2), section, label, W("按期", "in time"))
		put(row("late", r.Expected-r.OnTime, 3), section, label, W("逾期", "late or missing"))
		rate := row("on_time_rate", 0, 0)
		rate.Value, rate.Share = r.Rate, true
		put(rate, section, label, W("按期率", "rate in time"))
		heard := f.Registers[Opinion.Key]
		if heard == nil {
			continue
		}
		of := heard.part("class")[class]
		if of == nil {
			of = &Count{}
		}
		for i, key := range []string{"opinions", "answered"} {
			n, _ := f.row(heard, Opinion.measureAt(key), of)
			n.Part, n.Term = "class", class
			put(n, section, label, [2]Words{W("意见", "opinions"), W("答复", "answered")}[i])
		}
	}
}
