package tui

import (
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/tui/words"
)

// span is the period a list or the figures are looked at through: a kind of
// length, and where it stands.
type span struct {
	kind   spanKind
	period model.Period
}

type spanKind uint8

const (
	allTime spanKind = iota
	byYear
	byHalf
	byQuarter
	byMonth
	typedPeriod
)

// of returns the span of a kind that holds a day.
func spanOf(k spanKind, day model.Date) span {
	switch k {
	case byYear:
		return span{k, model.YearOf(day)}
	case byHalf:
		return span{k, model.HalfOf(day)}
	case byQuarter:
		return span{k, model.QuarterOf(day)}
	case byMonth:
		return span{k, model.MonthOf(day)}
	}
	return span{}
}

// cycle goes on to the next shorter kind: all, year, half, quarter, month, all.
func (p span) cycle(today model.Date) span {
	day := today
	if p.kind != allTime {
		day = p.period.From
		if p.period.Contains(today) {
			day = today
		}
	}
	if p.kind >= byMonth {
		return span{}
	}
	return spanOf(p.kind+1, day)
}

// step goes one period back or on.
func (p span) step(by int) span {
	switch {
	case p.kind == allTime:
		return p
	case by < 0:
		return span{p.kind, p.period.Previous()}
	}
	return span{p.kind, next(p.period)}
}

// limit is what a query is given; nil for all time.
func (p span) limit() *model.Period {
	if p.kind == allTime {
		return nil
	}
	return &p.period
}

func (p span) text(l model.Lang) string {
	if p.kind == allTime {
		return words.AllTime.In(l)
	}
	return p.period.Text(l)
}

// quick are the periods asked for most, by their numbers from 1.
var quick = []struct {
	words model.Words
	span  func(today model.Date) span
}{
	{words.ThisMonth, func(d model.Date) span { return spanOf(byMonth, d) }},
	{words.LastMonth, func(d model.Date) span { return spanOf(byMonth, d).step(-1) }},
	{words.ThisQuarter, func(d model.Date) span { return spanOf(byQuarter, d) }},
	{words.LastQuarter, func(d model.Date) span { return spanOf(byQuarter, d).step(-1) }},
	{words.ThisHalf, func(d model.Date) span { return spanOf(byHalf, d) }},
	{words.ThisYear, func(d model.Date) span { return spanOf(byYear, d) }},
	{words.LastYear, func(d model.Date) span { return spanOf(byYear, d).step(-1) }},
	{words.AllTime, func(model.Date) span { return span{} }},
}

// quickText lists them on one line.
func quickText(l model.Lang) string {
	parts := make([]string, len(quick))
	for i, q := range quick {
		parts[i] = strconv.Itoa(i+1) + " " + q.words.In(l)
	}
	return strings.Join(parts, "  ")
}

// parseSpan reads a typed period: one of the quick ones by number or name, or
// what model.ParsePeriod reads; blank means all time.
func parseSpan(text string, today model.Date) (span, error) {
	if text == "" {
		return span{}, nil
	}
	for i, q := range quick {
		if fullWidth.Replace(text) == strconv.Itoa(i+1) || text == q.words.ZH || strings.EqualFold(text, q.words.EN) {
			return q.span(today), nil
		}
	}
	p, err := model.ParsePeriod(text)
	if err != nil {
		return span{}, err
	}
	return span{typedPeriod, p}, nil
}

// next is the period of the same kind after p, by the day that follows it.
func next(p model.Period) model.Period {
	day := p.To.AddDays(1)
	for _, kind := range []func(model.Date) model.Period{model.YearOf, model.HalfOf, model.QuarterOf, model.MonthOf} {
		if kind(p.From) == p {
			return kind(day)
		}
	}
	return model.Period{From: day, To: day.AddDays(p.Days() - 1)}
}
