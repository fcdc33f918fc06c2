package tui

import "taizhang/tui/cell"

// sideways moves tables that are wider than the screen to the left and back.
type sideways struct {
	at   int // cells out of sight on the left
	room int // cells for a line, when last drawn
	most int // cells of the widest line of a table
}

// wide reports whether something does not fit.
func (v *sideways) wide() bool { return v.most > v.room }

// move goes half a screen on, or back; never past the last column.
func (v *sideways) move(on bool) {
	step := max(1, v.room/2)
	if !on {
		step = -step
	}
	v.at = max(0, min(v.at+step, v.most-v.room))
}

// show is a line of a table that takes so many cells, as it shows. A mark stands at
// each edge beyond which there is more of it.
func (v *sideways) show(m cell.Metric, line string, cells, room int) string {
	v.room = room
	v.at = max(0, min(v.at, v.most-room))
	at := max(0, min(v.at, cells-room))
	if at > 0 {
		line = "<" + m.Drop(line, at+1)
	}
	return m.Cut(line, room)
}
