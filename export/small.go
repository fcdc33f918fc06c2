package export

import (
	"cmp"
	"slices"
	"strconv"

	"taizhang/model"
)

func small(n int64) bool { return model.TooFew(n) }

// personUnits are the units of figures about people, in both languages.
var personUnits = []string{"户", "户次", "人", "households", "household visits", "persons"}

var (
	fewer    = model.W("不足3人", "fewer than 3")
	notShown = model.W("不公布", "not shown")
)

// hideSmall hides figures that tell of fewer than three people; their money and
// visits go too. What is hidden alone, or adds up to as few, could be worked out
// from the total, so the next smallest parts are hidden with it.
func hideSmall(rows []model.FigureRow, l model.Lang) []model.FigureRow {
	rows = slices.Clone(rows)
	for from := 0; from < len(rows); {
		to := from
		for to < len(rows) && rows[to].Section == rows[from].Section {
			to++
		}
		hideParts(byLabel(rows[from:to]), l)
		from = to
	}
	return rows
}

func hideParts(parts [][]model.FigureRow, l model.Lang) {
	parts = slices.DeleteFunc(slices.Clone(parts), func(p []model.FigureRow) bool {
		n, people := fewest(p)
		return !people || n == 0
	})
	slices.SortStableFunc(parts, func(a, b []model.FigureRow) int {
		x, _ := fewest(a)
		y, _ := fewest(b)
		return cmp.Compare(x, y)
	})
	var together int64
	for i, p := range parts {
		n, _ := fewest(p)
		if !small(n) && (i == 0 || i > 1 && !small(together)) {
			return
		}
		together += n
		hide(p, l)
	}
}

// fewest is the smallest count of people in the rows of one label.
func fewest(rows []model.FigureRow) (n int64, people bool) {
	for _, r := range rows {
		v, err := strconv.ParseInt(r.Value, 10, 64)
		if err == nil && slices.Contains(personUnits, r.Unit) && (!people || v < n) {
			n, people = v, true
		}
	}
	return n, people
}

func hide(rows []model.FigureRow, l model.Lang) {
	for i, r := range rows {
		rows[i].Value = notShown.In(l)
		if v, err := strconv.ParseInt(r.Value, 10, 64); err == nil && small(v) && slices.Contains(personUnits, r.Unit) {
			rows[i].Value = fewer.In(l)
		}
	}
}

func count(n int64) string { return strconv.FormatInt(n, 10) }
