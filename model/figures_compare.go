package model

import (
	"maps"
	"slices"
)

// Beside finds for each row the value of the same figure in the rows of another
// period, "" where that one has none: 去年同期 beside this year's.
func Beside(rows, before []FigureRow) []string {
	type figure struct{ section, label, unit string }
	values := map[figure]string{}
	for _, r := range before {
		values[figure{r.Section, r.Label, r.Unit}] = r.Value
	}
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = values[figure{r.Section, r.Label, r.Unit}]
	}
	return out
}

// AddCoverage takes the households of a finished coverage of a planned occasion.
func (f *Figures) AddCoverage(cov *Coverage) {
	name := cov.Occasion.String()
	f.Visit.Coverage[name] = cov.Households
	if !f.tracing {
		return
	}
	if f.covered == nil {
		f.covered = map[string]*idsOf{}
	}
	ids := &idsOf{}
	f.covered[name] = ids
	homes := map[string]bool{} // reached?
	byID := map[string]*Record{}
	var order []string
	for _, row := range cov.Rows {
		key := row.Person.ID // who has no household on file is one
		if row.Home != nil {
			key = row.Home.ID
			byID[key] = row.Home
		}
		if _, known := homes[key]; !known {
			order = append(order, key)
		}
		homes[key] = homes[key] || row.Reached(&cov.CoverageQuery)
	}
	for _, key := range order {
		ids.add(0, byID[key], true)
		ids.add(1, byID[key], homes[key])
	}
}

// coverageRows lists the occasions that were planned, and how many of their
// households were reached.
func (f *Figures) coverageRows(c *Context, put func(FigureRow, Words, Words, Words)) {
	section := W("走访慰问：覆盖率", "Aid visits: coverage")
	for _, name := range slices.SortedFunc(maps.Keys(f.Visit.Coverage), ComparePinyin) {
		n, label, ids := f.Visit.Coverage[name], c.occasionWords(name), f.covered[name]
		row := func(measure string, n int64, i int) FigureRow {
			return FigureRow{Register: Household.Key, Measure: measure, Part: "coverage", Term: name, Value: count(n), Amount: n, trace: ids.at(i)}
		}
		put(row("planned", n.Planned, 0), section, label, W("应走访户", "households planned"))
		put(row("reached", n.Reached, 1), section, label, W("已走访户", "households reached"))
		rate := row("covered", 0, 0)
		rate.Value, rate.Share = n.Percent(), true
		put(rate, section, label, W("覆盖率", "covered"))
	}
}
