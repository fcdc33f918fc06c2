package model

import (
	"maps"
	"slices"
	"strconv"
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

// coverageRows lists the occasions that were planned, and how many of their
// households were reached.
func (v *VisitFigures) coverageRows(c *Context, put func(label Words, unit Words, value string)) {
	for _, name := range slices.SortedFunc(maps.Keys(v.Coverage), ComparePinyin) {
		n, label := v.Coverage[name], c.occasionWords(name)
		put(label, W("应走访户", "households planned"), strconv.FormatInt(n.Planned, 10))
		put(label, W("已走访户", "households reached"), strconv.FormatInt(n.Reached, 10))
		put(label, W("覆盖率", "covered"), n.Percent())
	}
}
