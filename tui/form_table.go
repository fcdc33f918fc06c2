package tui

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/tui/part"
)

// rowTable is the small table in which a list inside a record is filled in: one
// editor a column, the texts of all cells, and the cell with the cursor. Its
// text is the list's as model.Field.JoinRows writes it, so drafts and the
// command line know only that.
type rowTable struct {
	f        *model.Field
	lang     model.Lang
	columns  []*editor // what the cells of a column are edited with
	cells    [][]rowCell
	row, col int
	was      string // the text of the cell when the cursor came
	grid     part.Grid

	joined  string // the text, unless stale
	stale   bool
	dropped []rowCell // the row deleted last, and where it stood
	dropAt  int
}

// rowCell is a cell as typed, what is wrong with it, and what was read from it.
type rowCell struct {
	text, read string
	value      any
	err        model.Words
}

func newRowTable(s *session, f *model.Field) *rowTable {
	t := &rowTable{f: f, lang: s.lang, grid: part.Grid{Metric: s.metric}}
	for _, sub := range f.Sub {
		e := newEditor(s, sub)
		e.list = f
		t.columns = append(t.columns, e)
	}
	t.set("")
	return t
}

// cur is the editor of the cell with the cursor.
func (t *rowTable) cur() *editor { return t.columns[t.col] }

// set takes a list's text apart. Cells beyond the last column go into it, to be
// seen and judged there.
func (t *rowTable) set(text string) {
	t.cells = t.cells[:0]
	text, _ = model.Clean(text)
	for _, texts := range t.f.SplitRows(text) {
		t.cells = append(t.cells, t.rowOf(texts, 0))
	}
	t.settle()
	t.row, t.col = len(t.cells)-1, 0
	t.load()
}

// rowOf makes a row of texts that begin at a column.
func (t *rowTable) rowOf(texts []string, from int) []rowCell {
	row := make([]rowCell, len(t.columns))
	for i, s := range texts {
		s = strings.TrimSpace(s)
		if at := from + i; at < len(row) {
			row[at].text = s
		} else if s != "" {
			row[len(row)-1].text = strings.TrimSpace(row[len(row)-1].text + " " + s)
		}
	}
	return row
}

// settle keeps one blank row at the end, or exactly one row where the list has
// only one.
func (t *rowTable) settle() {
	t.stale = true
	if n := len(t.cells); n == 0 || !t.f.One && !blankRow(t.cells[n-1]) {
		t.cells = append(t.cells, make([]rowCell, len(t.columns)))
	}
}

func blankRow(row []rowCell) bool {
	return !slices.ContainsFunc(row, func(c rowCell) bool { return c.text != "" })
}

// text is the list as text.
func (t *rowTable) text() string {
	if t.stale {
		rows := make([][]string, len(t.cells))
		for i, row := range t.cells {
			rows[i] = make([]string, len(row))
			for j := range row {
				rows[i][j] = row[j].text
			}
		}
		t.joined, t.stale = t.f.JoinRows(rows, t.lang), false
	}
	return t.joined
}

// load brings the text of the cell with the cursor into its editor.
func (t *rowTable) load() {
	c := &t.cells[t.row][t.col]
	t.cur().setText(c.text)
	t.cur().err = c.err
	t.cur().enter()
	t.was = c.text
}

// store takes back what was typed.
func (t *rowTable) store() {
	c := &t.cells[t.row][t.col]
	if text := t.cur().text(); text != c.text {
		c.text = text
		t.settle()
	}
	c.err = t.cur().err
}

// enter puts the cursor where a table is entered: on the first cell that needs
// correcting, on the blank row at the end, or on the only row.
func (t *rowTable) enter() {
	t.row, t.col = len(t.cells)-1, 0
	t.toBad()
	t.load()
}

// toBad goes to the first cell with an error.
func (t *rowTable) toBad() {
	for i, row := range t.cells {
		for j := range row {
			if row[j].err != (model.Words{}) {
				t.row, t.col = i, j
				t.load()
				return
			}
		}
	}
}

// step goes to the next cell or the one before; false when that is outside.
func (t *rowTable) step(by int) bool {
	switch {
	case by > 0 && t.col+1 < len(t.columns) && (t.f.One || !t.atBlankEnd()):
		t.col++
	case by > 0:
		if t.row+1 >= len(t.cells) {
			return false
		}
		t.row, t.col = t.row+1, 0
	case t.col > 0:
		t.col--
	case t.row > 0:
		t.row, t.col = t.row-1, len(t.columns)-1
	default:
		return false
	}
	t.load()
	return true
}

// atBlankEnd reports whether the cursor is in the blank row at the end, which
// Enter leaves.
func (t *rowTable) atBlankEnd() bool {
	return t.row == len(t.cells)-1 && blankRow(t.cells[t.row])
}

// climb goes to the row above or below; false when there is none.
func (t *rowTable) climb(by int) bool {
	if to := t.row + by; to < 0 || to >= len(t.cells) {
		return false
	}
	t.row += by
	t.load()
	return true
}

// remove deletes the row with the cursor and remembers it; false when there is
// nothing in it.
func (t *rowTable) remove() bool {
	if blankRow(t.cells[t.row]) {
		return false
	}
	t.dropped, t.dropAt = t.cells[t.row], t.row
	t.cells = slices.Delete(t.cells, t.row, t.row+1)
	t.settle()
	t.row, t.col = min(t.row, len(t.cells)-1), 0
	t.load()
	return true
}

// restore puts the row deleted last back where it was.
func (t *rowTable) restore() bool {
	if t.dropped == nil {
		return false
	}
	at := min(t.dropAt, len(t.cells))
	if t.f.One {
		if !blankRow(t.cells[0]) {
			return false
		}
		t.cells = t.cells[:0]
		at = 0
	}
	t.cells = slices.Insert(t.cells, at, t.dropped)
	t.dropped = nil
	t.settle()
	t.row, t.col = at, 0
	t.load()
	return true
}
