package part

import "taizhang/tui/cell"

// Column is a column of a small table.
type Column struct {
	Head        string
	Want, Least int  // cells: as many as it would like, and what it can do with
	Right       bool // numbers stand against the right edge
}

// Grid draws a table of a few rows in which one cell may be edited. It holds no
// texts, only which part of the table is in sight.
type Grid struct {
	Metric    cell.Metric
	top, left int
}

// GridLead is the room before the first column, for the number of a row.
const GridLead = 4

// Share gives each column its width so that all stand in w cells with one cell
// between two, the widest giving way first. It returns nil when even their
// least widths are too many.
func Share(cols []Column, w int) []int {
	widths := make([]int, len(cols))
	total := len(cols) - 1
	for i, c := range cols {
		widths[i] = max(c.Want, c.Least)
		total += widths[i]
	}
	for ; total > w; total-- {
		widest := -1
		for i, c := range cols {
			if widths[i] > c.Least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return nil
		}
		widths[widest]--
	}
	return widths
}

// columns chooses the columns [from, to) in sight around the one at, and their
// widths.
func (g *Grid) columns(cols []Column, at, w int) (from, to int, widths []int) {
	if widths = Share(cols, w); widths != nil {
		g.left = 0
		return 0, len(cols), widths
	}
	widths = make([]int, len(cols))
	for i, c := range cols {
		widths[i] = min(max(c.Want, c.Least), w)
	}
	fits := func(from, to int) bool {
		total := to - from - 1
		for _, n := range widths[from:to] {
			total += n
		}
		return total <= w
	}
	g.left = max(0, min(g.left, at))
	for g.left < at && !fits(g.left, at+1) {
		g.left++
	}
	for to = at + 1; to < len(cols) && fits(g.left, to+1); to++ {
	}
	for g.left > 0 && fits(g.left-1, to) {
		g.left--
	}
	return g.left, to, widths
}

// View draws the heads of the columns and below them rows, in at most h lines of
// at most w cells, so that the cell at row and col is in sight. draw returns the
// text of a cell in exactly width cells; col -1 is the number of the row. The
// result tells where that cell stands.
func (g *Grid) View(w, h int, cols []Column, rows, row, col int, draw func(row, col, width int) string) (lines []string, x, y int) {
	from, to, widths := g.columns(cols, col, max(w-GridLead-2, 4))
	head := g.Metric.Fit("", GridLead)
	if from > 0 {
		head = g.Metric.Fit("  <", GridLead)
	}
	for i := from; i < to; i++ {
		if i == col {
			x = g.Metric.Width(head)
		}
		if cols[i].Right {
			head += g.Metric.FitRight(cols[i].Head, widths[i]) + " "
		} else {
			head += g.Metric.Fit(cols[i].Head, widths[i]) + " "
		}
	}
	if to < len(cols) {
		head += ">"
	}
	lines = append(lines, head)
	n := max(h-1, 1)
	g.top = min(g.top, row, max(rows-n, 0))
	g.top = max(g.top, row-n+1)
	for r := g.top; r < min(g.top+n, rows); r++ {
		if r == row {
			y = len(lines)
		}
		line := draw(r, -1, GridLead)
		for i := from; i < to; i++ {
			line += draw(r, i, widths[i]) + " "
		}
		lines = append(lines, line)
	}
	return lines, x, y
}
