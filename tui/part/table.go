package part

import "strconv"

// Table is the window of a list: which row the cursor is on and which rows show.
// It holds no rows, so a list of 100,000 costs what it shows.
type Table struct {
	Cursor, Offset, Rows int

	page int // height of the last window, for page keys
}

// SetRows tells the number of rows after a filter or a refresh.
func (t *Table) SetRows(n int) { t.Rows = max(n, 0); t.clamp() }

// Go puts the cursor on a row.
func (t *Table) Go(row int) { t.Cursor = row; t.clamp() }

// Move applies a movement key and tells whether it was one.
func (t *Table) Move(key string) bool {
	page := max(t.page-1, 1) // one row stays in sight
	switch key {
	case "up":
		t.Cursor--
	case "down":
		t.Cursor++
	case "pgup":
		t.Cursor -= page
	case "pgdown":
		t.Cursor += page
	case "home":
		t.Cursor = 0
	case "end":
		t.Cursor = t.Rows - 1
	default:
		return false
	}
	t.clamp()
	return true
}

// Window returns the rows [from, to) that show in h lines.
func (t *Table) Window(h int) (from, to int) {
	t.page = max(h, 1)
	t.clamp()
	t.Offset = min(t.Offset, t.Cursor, max(t.Rows-t.page, 0))
	t.Offset = max(t.Offset, t.Cursor-t.page+1)
	return t.Offset, min(t.Offset+t.page, t.Rows)
}

// Position is "26/200", or "0/0" for an empty list.
func (t *Table) Position() string {
	return strconv.Itoa(min(t.Cursor+1, t.Rows)) + "/" + strconv.Itoa(t.Rows)
}

func (t *Table) clamp() { t.Cursor = max(0, min(t.Cursor, t.Rows-1)) }
