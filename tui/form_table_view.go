package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/part"
)

// plain is the list for reading: without the marks that only reading back needs.
func (t *rowTable) plain() string {
	var rows []string
	for _, row := range t.cells {
		if text := rowText(row); text != "" {
			rows = append(rows, text)
		}
	}
	return strings.Join(rows, model.W("；", "; ").In(t.lang))
}

// gridColumns are the columns as the grid shares the window among them.
func gridColumns(m cell.Metric, subs []*model.Field, l model.Lang) []part.Column {
	cols := make([]part.Column, len(subs))
	for i, f := range subs {
		head := m.Width(f.Words.In(l))
		want, least := 10, 10
		switch f.Type {
		case model.TypeInt, model.TypeDec:
			want, least = 8, 6
		case model.TypeBool, model.TypeTime:
			want, least = 6, 5
		case model.TypePick, model.TypeRef, model.TypePeriod:
			want, least = 14, 8
		case model.TypeText, model.TypeNote, model.TypePicks, model.TypeRefs, model.TypeOccasion:
			want, least = max(12, min(2*f.Limit(), 40)), 8
		}
		cols[i] = part.Column{Head: f.Words.In(l), Want: max(want, head), Least: max(least, min(head, 12)), Right: f.Numeric()}
	}
	return cols
}

// view draws the table in at most h lines of w cells, and where the cursor is.
func (t *rowTable) view(w, h int) (lines []string, cursor tea.Position) {
	m := t.grid.Metric
	cols := gridColumns(m, t.f.Sub, t.lang)
	for i := range cols { // what is typed begins on the left
		cols[i].Right = false
	}
	var cx int
	lines, x, y := t.grid.View(w, h, cols, len(t.cells), t.row, t.col, func(row, col, width int) string {
		if col < 0 {
			return t.lead(row, width)
		}
		cl := t.cells[row][col]
		if row == t.row && col == t.col {
			line, at := t.cur().line(t.lang, width)
			cx = at
			return line
		}
		text := m.Fit(clean(cl.text), width)
		if cl.err != (model.Words{}) {
			return bad.Render(text)
		}
		return text
	})
	return lines, tea.Position{X: x + cx, Y: y}
}

// lead is the number of a row, with a mark where a cell needs correcting.
func (t *rowTable) lead(row, width int) string {
	if t.f.One {
		return t.grid.Metric.Fit("", width)
	}
	n := model.Sayf("%d", "%d", row+1).ZH
	if slices.ContainsFunc(t.cells[row], func(c rowCell) bool { return c.err != (model.Words{}) }) {
		return bad.Render(t.grid.Metric.FitRight(n+"!", width-1)) + " "
	}
	if row == len(t.cells)-1 && blankRow(t.cells[row]) {
		n = "+"
	}
	return faint.Render(t.grid.Metric.FitRight(n, width-1)) + " "
}

// rowText is a row in a few words.
func rowText(row []rowCell) string {
	var parts []string
	for _, c := range row {
		if c.text != "" {
			parts = append(parts, c.text)
		}
	}
	return strings.Join(parts, " ")
}
