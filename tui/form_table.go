package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/part"
	"taizhang/tui/words"
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

// fill puts rows of texts in from the cell with the cursor on. What stands
// there already is never written over: then they become rows of their own below.
func (t *rowTable) fill(rows [][]string) {
	at, from := t.row, t.col
	if !blankRow(t.cells[at][from:]) {
		at, from = at+1, 0
	} else {
		first := t.rowOf(rows[0], from)
		copy(first[:from], t.cells[at][:from])
		t.cells[at] = first
		if rows = rows[1:]; t.f.One {
			rows = nil
		}
		at++
	}
	for i, texts := range rows {
		t.cells = slices.Insert(t.cells, min(at+i, len(t.cells)), t.rowOf(texts, from))
	}
	t.row = min(at+len(rows), len(t.cells)) - 1
	t.col = len(t.columns) - 1
	for t.col > 0 && t.cells[t.row][t.col].text == "" {
		t.col--
	}
	t.settle()
	t.load()
}

// paste takes rows copied elsewhere: cells apart by tabs, as spreadsheets copy
// them, or written as on one line. It reports false for a plain piece of text,
// which goes into the cell.
func (t *rowTable) paste(content string) bool {
	content = strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content), "\n")
	if !strings.ContainsAny(content, "\t\n") {
		return false
	}
	var rows [][]string
	for _, line := range strings.Split(content, "\n") {
		var texts []string
		if strings.Contains(line, "\t") || len(t.columns) == 1 {
			for _, s := range strings.Split(line, "\t") {
				s, _ = model.Clean(s)
				texts = append(texts, s)
			}
		} else if split := t.f.SplitRows(line); len(split) == 1 {
			texts = split[0]
		}
		if strings.TrimSpace(strings.Join(texts, "")) != "" {
			rows = append(rows, texts)
		}
	}
	if len(rows) == 0 || t.f.One && len(rows) > 1 {
		return false
	}
	t.fill(rows)
	return true
}

// spread tells what a cell becomes in which a whole row, or several, were
// written as on the command line: 米2袋, or 米 2 袋；油 1 桶. Only a blank row
// is so filled, and only by what reads well in every cell.
func (t *rowTable) spread(c *model.Context) [][]string {
	text := t.cells[t.row][0].text
	if t.col != 0 || text == t.was {
		return nil
	}
	for _, other := range t.cells[t.row][1:] {
		if other.text != "" {
			return nil
		}
	}
	first := t.f.Sub[0]
	if !strings.ContainsAny(text, "；;|｜") {
		_, err := c.Parse(first, text)
		if first.Type == model.TypeText && !t.f.Counts() || first.Type != model.TypeText && err == nil {
			return nil
		}
	}
	rows := t.f.SplitRows(text)
	if len(rows) == 0 || len(rows) == 1 && len(rows[0]) == 1 && rows[0][0] == text || t.f.One && len(rows) > 1 {
		return nil
	}
	for _, texts := range rows {
		if len(texts) > len(t.f.Sub) {
			return nil
		}
		for i, s := range texts {
			if _, err := c.Parse(t.f.Sub[i], s); err != nil {
				return nil
			}
		}
	}
	return rows
}

// leaveCell judges the cell with the cursor and takes its normal form.
func (t *rowTable) leaveCell(c *model.Context) {
	t.store()
	if rows := t.spread(c); rows != nil {
		t.cells[t.row][0] = rowCell{}
		t.cur().setText("")
		if t.fill(rows); len(rows) > 1 || len(rows[0]) > 1 {
			t.col = len(t.columns) - 1 // the row is written: on to the next
			t.load()
		}
	}
	t.cur().check(c, t.lang)
	t.store()
}

// check judges every cell and gives the first fault, named by row and column.
func (t *rowTable) check(c *model.Context) model.Words {
	t.leaveCell(c)
	var first model.Words
	for i, row := range t.cells {
		blank := blankRow(row)
		for j := range row {
			cl, e := &row[j], t.columns[j]
			if !blank {
				e.setText(cl.text)
				if e.check(c, t.lang); cl.text != e.text() {
					cl.text, t.stale = e.text(), true
				}
				if cl.err = e.err; cl.text == "" && e.f.Need == model.Required {
					cl.err = words.MustFill
				}
			} else {
				cl.err = model.Words{}
			}
			if cl.err != (model.Words{}) && first == (model.Words{}) {
				first = t.where(i, j, cl.err)
			}
		}
	}
	t.load()
	return first
}

// wrong is the first fault found, other than in the cell with the cursor.
func (t *rowTable) wrong() model.Words {
	for i, row := range t.cells {
		for j, c := range row {
			if c.err != (model.Words{}) && (i != t.row || j != t.col) {
				return t.where(i, j, c.err)
			}
		}
	}
	return model.Words{}
}

// where names a cell before a sentence about it.
func (t *rowTable) where(row, col int, what model.Words) model.Words {
	if t.f.One {
		return model.Sayf(words.AtCellOne.ZH, words.AtCellOne.EN, t.f.Sub[col].Words, what)
	}
	return model.Sayf(words.AtCell.ZH, words.AtCell.EN, row+1, t.f.Sub[col].Words, what)
}

// values are the rows as far as they can be read. A cell is read again only
// after it changed.
func (t *rowTable) values(c *model.Context) (out []model.Row) {
	for _, cells := range t.cells {
		row := model.Row{}
		for j := range cells {
			cl := &cells[j]
			if cl.text != cl.read {
				cl.read = cl.text
				cl.value, _ = c.Parse(t.f.Sub[j], cl.text)
			}
			if !model.Blank(cl.value) {
				row[t.f.Sub[j].Key] = cl.value
			}
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// unread forgets the values, which may refer to records since changed.
func (t *rowTable) unread() {
	for _, row := range t.cells {
		for j := range row {
			row[j].read, row[j].value = "", nil
		}
	}
}

// edit gives a key or a paste to the cell with the cursor.
func (t *rowTable) edit(msg tea.Msg) (changed bool, notice model.Words) {
	if paste, ok := msg.(tea.PasteMsg); ok && t.paste(paste.Content) {
		return true, model.Words{}
	}
	if changed, notice = t.cur().edit(msg); changed {
		t.cur().err = model.Words{}
		t.store()
	}
	return changed, notice
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

// goTo puts the cursor on a cell, or as near as there is one.
func (t *rowTable) goTo(row int, column string) {
	t.row, t.col = max(0, min(row, len(t.cells)-1)), 0
	for i, e := range t.columns {
		if e.f.Key == column {
			t.col = i
		}
	}
	t.load()
}

// pressTable handles the keys that mean something else in a table than in a
// field. Enter, Tab and Shift-Tab go through moveRaw like everywhere.
func (f *form) pressTable(t *rowTable, name string) (cmd tea.Cmd, done bool) {
	e := t.cur()
	choosing := f.picker != nil && (e.moved || e.query() != "" || e.text() == "" && name == "down")
	switch name {
	case "up", "down":
		if choosing {
			return nil, false
		}
		by := map[string]int{"up": -1, "down": 1}[name]
		t.leaveCell(f.ctx)
		if !t.climb(by) {
			f.leaveTable(by)
			return nil, true
		}
		f.focus()
	case "left", "right":
		by := map[string]int{"left": -1, "right": 1}[name]
		atEdge := by < 0 && e.in.AtStart() || by > 0 && e.in.AtEnd()
		if !atEdge || t.col+by < 0 || t.col+by >= len(t.columns) {
			return nil, false
		}
		t.leaveCell(f.ctx)
		t.col += by
		t.load()
		f.focus()
	case "esc":
		f.leaveTable(1)
	case "ctrl+r":
		t.store()
		row := t.row
		gone := model.Shorten(rowText(t.cells[row]))
		if !t.remove() {
			return nil, true
		}
		f.focus()
		return tea.Batch(f.touched(), say(model.Sayf(words.RowRemoved.ZH, words.RowRemoved.EN, row+1, gone))), true
	case "ctrl+z":
		if !t.restore() {
			return complain(&model.Problem{Words: words.NoRow}), true
		}
		f.focus()
		return tea.Batch(f.touched(), say(model.Sayf(words.RowRestored.ZH, words.RowRestored.EN, t.row+1))), true
	case "backspace":
		if e.text() != "" || t.f.One || t.row == 0 || !t.atBlankEnd() {
			return nil, false
		}
		t.row, t.col = t.row-1, len(t.columns)-1 // back into the row before
		t.load()
		f.focus()
	default:
		return nil, false
	}
	return nil, true
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

// leaveTable goes to the field before or after the list.
func (f *form) leaveTable(by int) {
	f.goTo(max(0, min(len(f.fields), f.at+by)))
}
