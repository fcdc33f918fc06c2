package term

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// picture is what a terminal shows, with its cursor and pen.
type picture struct {
	rows    [][]gridCell
	stale   []bool // rows of which nothing is known
	x, y    int
	known   bool // x and y are
	pen     pen
	visible bool // the cursor
	sync    bool // inside a synchronized update
}

func (p *picture) scroll(top, bot, n int) {
	rows, stale := p.rows[top:bot+1], p.stale[top:bot+1]
	rotate(rows, n)
	rotate(stale, n)
	from, to := max(len(rows)-n, 0), len(rows)
	if n < 0 {
		from, to = 0, -n
	}
	for y := from; y < to; y++ {
		stale[y] = false
		for x := range rows[y] {
			rows[y][x] = blank
		}
	}
}

// goTo appends the way of the cursor to a cell.
func (w *Writer) goTo(x, y int) {
	a := &w.at
	switch {
	case a.known && x == a.x && y == a.y:
	case a.known && x == 0 && y == a.y+1:
		w.buf = append(w.buf, "\r\n"...)
	case a.known && y == a.y && x > a.x:
		w.buf = append(w.buf, ansi.CursorForward(x-a.x)...)
	case x == 0:
		w.buf = append(strconv.AppendInt(append(w.buf, "\x1b["...), int64(y+1), 10), 'H')
	default:
		w.buf = append(w.buf, ansi.CursorPosition(x+1, y+1)...)
	}
	a.x, a.y, a.known = x, y, true
}

func (w *Writer) usePen(p pen) {
	w.buf = p.appendTo(w.buf, w.at.pen)
	w.at.pen = p
}

// joinCells is how many unchanged cells are rather sent again than jumped over.
const joinCells = 4

// row appends what turns a row of the terminal into the wanted one.
func (w *Writer) row(y int, want []gridCell) {
	have := w.at.rows[y]
	// A row is rewritten to its end from the first character on of which the
	// terminal may think otherwise than we about the columns that follow.
	doubtful := min(firstDoubtful(want), firstDoubtful(have))
	if w.at.stale[y] {
		w.at.stale[y] = false
		w.span(y, 0, len(want), want, true)
	} else {
		for x := 0; x < len(want); {
			if want[x] == have[x] {
				x++
				continue
			}
			end := changedUntil(want, have, x)
			if end > doubtful {
				w.span(y, min(x, doubtful), len(want), want, true)
				break
			}
			w.span(y, x, end, want, false)
			x = end
		}
	}
	copy(have, want)
}

// changedUntil is the end of the changed cells that begin at x: whole
// characters in both rows, and few unchanged ones between.
func changedUntil(want, have []gridCell, x int) int {
	end := x + 1
	for x := end; x < len(want) && x < end+joinCells; x++ {
		if want[x] != have[x] || x == end && (want[x].width == 0 || have[x].width == 0) {
			end = x + 1
		}
	}
	for end < len(want) && (want[end].width == 0 || have[end].width == 0) {
		end++
	}
	return end
}

// span appends the cells from a up to b. With rest they are the last of the
// row, and whatever the terminal has behind them is erased.
func (w *Writer) span(y, a, b int, want []gridCell, rest bool) {
	text := len(want) // where the blank end of the row begins
	for text > 0 && want[text-1] == blank {
		text--
	}
	end := min(b, max(text, a))
	erase := rest && text < len(want) || b-end > len(ansi.EraseLineRight)
	if !erase {
		end = b
	}
	w.goTo(a, y)
	// A terminal that finds the row longer than we do must not go on in the next.
	// But a cluster in the last cell needs the wrap to be taken whole.
	guard := rest && end > a && firstDoubtful(want[:end]) < end && utf8.RuneCountInString(want[len(want)-1].text) < 2
	if guard {
		w.buf = append(w.buf, ansi.ResetModeAutoWrap...)
	}
	for _, c := range want[a:end] {
		if c.width > 0 {
			if c.text != " " || c.pen != w.at.pen.space() { // else it looks the same
				w.usePen(c.pen)
			}
			w.buf = append(w.buf, c.text...)
		}
	}
	if guard {
		w.buf = append(w.buf, ansi.SetModeAutoWrap...)
	}
	if w.at.x = end; rest || end >= len(want) {
		w.at.known = false
	}
	if erase {
		w.usePen(pen{})
		w.buf = append(w.buf, ansi.EraseLineRight...)
	}
}

// firstDoubtful is the first cell of a row that holds a character about whose
// width terminals differ.
func firstDoubtful(row []gridCell) int {
	if i := slices.IndexFunc(row, func(c gridCell) bool { return c.width > 0 && !certain(c.text, int(c.width)) }); i >= 0 {
		return i
	}
	return len(row)
}

// certain reports characters whose width nobody doubts: ASCII, and the Han,
// kana, Hangul and full-width characters of the first plane.
func certain(text string, width int) bool {
	r, n := utf8.DecodeRuneInString(text)
	if n != len(text) {
		return false
	}
	if r < 0x7f {
		return width == 1
	}
	return width == 2 && (0x3001 <= r && r <= 0x303e || 0x3041 <= r && r <= 0x31ff || 0x3400 <= r && r <= 0x4dbf ||
		0x4e00 <= r && r <= 0x9fff || 0xac00 <= r && r <= 0xd7a3 || 0xf900 <= r && r <= 0xfaff ||
		0xff01 <= r && r <= 0xff60 || 0xffe0 <= r && r <= 0xffe6 || r == 0x3000)
}
