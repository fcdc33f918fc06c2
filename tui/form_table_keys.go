package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

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

// leaveTable goes to the field before or after the list.
func (f *form) leaveTable(by int) {
	f.goTo(max(0, min(len(f.fields), f.at+by)))
}
