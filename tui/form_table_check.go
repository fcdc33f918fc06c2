package tui

import (
	"taizhang/model"
	"taizhang/tui/words"
)

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
