package term

import (
	"slices"

	"github.com/charmbracelet/x/ansi"
)

// gridCell is one cell of a screen. A character of two cells stands in the
// first; the second has neither text nor width.
type gridCell struct {
	text  string
	width uint8
	pen   pen
}

var blank = gridCell{text: " ", width: 1}

// grid is a terminal as far as Bubble Tea's renderer uses one. Its methods
// change it as the sequence of that name does; those that return a bool report
// false for what terminals do not agree about, and then have changed nothing
// that matters.
type grid struct {
	w, h     int
	rows     [][]gridCell
	dirty    []bool // rows that changed
	x, y     int
	phantom  bool // behind the last cell: the next character wraps
	noWrap   bool
	insert   bool
	pen      pen
	top, bot int      // of the scroll region, both inside
	last     gridCell // printed last
	mapNL    bool     // a line feed also returns to column 1
	// scrolled is called before rows move.
	scrolled func(top, bot, n int)
}

func newGrid(w, h int) *grid {
	return &grid{w: w, h: h, bot: h - 1, rows: blankRows(w, h), dirty: make([]bool, h)}
}

func blankRows(w, h int) [][]gridCell {
	all := slices.Repeat([]gridCell{blank}, w*h)
	rows := make([][]gridCell, h)
	for y := range rows {
		rows[y] = all[y*w : (y+1)*w : (y+1)*w]
	}
	return rows
}

// print puts one grapheme cluster at the cursor.
func (g *grid) print(text string, width int) bool {
	if g.phantom {
		if g.y == g.bot || g.y == g.h-1 {
			return false
		}
		g.x, g.y, g.phantom = 0, g.y+1, false
	}
	if width < 1 || g.x+width > g.w {
		return false
	}
	if g.insert {
		g.insertCells(width)
	}
	g.whole(g.x, g.x+width)
	c := gridCell{text, uint8(width), g.pen}
	if text == " " {
		c.pen = c.pen.space()
	}
	row := g.rows[g.y]
	row[g.x] = c
	for i := 1; i < width; i++ {
		row[g.x+i] = gridCell{pen: c.pen}
	}
	g.dirty[g.y] = true
	g.last = c
	if g.x += width; g.x >= g.w {
		g.x, g.phantom = g.w-1, !g.noWrap
	}
	return true
}

// whole blanks the characters of which the cells from a up to b hold only a
// part.
func (g *grid) whole(a, b int) {
	row := g.rows[g.y]
	for _, at := range [2]int{a, b} {
		if at >= g.w || row[at].width != 0 {
			continue
		}
		for x := at - 1; x >= 0; x-- {
			w := int(row[x].width)
			row[x] = blank
			if w != 0 {
				break
			}
		}
		for x := at; x < g.w && row[x].width == 0; x++ {
			row[x] = blank
		}
	}
}

// erased is a cell as erasing leaves it.
func (g *grid) erased() gridCell {
	c := blank
	c.pen.bg = g.pen.bg
	return c
}

// erase blanks the cells from a up to b of the cursor's row.
func (g *grid) erase(a, b int) {
	a, b = max(a, 0), min(b, g.w)
	g.whole(a, b)
	for x := a; x < b; x++ {
		g.rows[g.y][x] = g.erased()
	}
	g.dirty[g.y] = true
}

func (g *grid) eraseLine(how int) bool {
	switch how {
	case 0:
		g.erase(g.x, g.w)
	case 1:
		g.erase(0, g.x+1)
	case 2:
		g.erase(0, g.w)
	default:
		return false
	}
	return true
}

// eraseDisplay knows 0 and 1; erasing everything is for Writer.
func (g *grid) eraseDisplay(how int) bool {
	at := g.y
	from, to := at+1, g.h
	switch how {
	case 0:
	case 1:
		from, to = 0, at
	default:
		return false
	}
	g.eraseLine(how)
	for g.y = from; g.y < to; g.y++ {
		g.erase(0, g.w)
	}
	g.y = at
	return true
}

func (g *grid) insertCells(n int) {
	n = min(n, g.w-g.x)
	g.whole(g.x, g.w-n)
	row := g.rows[g.y]
	copy(row[g.x+n:], row[g.x:g.w-n])
	for x := g.x; x < g.x+n; x++ {
		row[x] = g.erased()
	}
	g.dirty[g.y] = true
}

func (g *grid) deleteCells(n int) {
	n = min(n, g.w-g.x)
	g.whole(g.x, g.x+n)
	row := g.rows[g.y]
	copy(row[g.x:], row[g.x+n:])
	for x := g.w - n; x < g.w; x++ {
		row[x] = g.erased()
	}
	g.dirty[g.y] = true
}

// scroll moves the rows from top to bot up by n, or down by -n.
func (g *grid) scroll(top, bot, n int) {
	n = max(min(n, bot-top+1), -(bot - top + 1))
	switch {
	case n == 0:
		return
	case top == bot: // no region: it would be the whole screen
		at := g.y
		g.y = top
		g.erase(0, g.w)
		g.y = at
		return
	}
	g.scrolled(top, bot, n)
	rotate(g.rows[top:bot+1], n)
	fresh := g.rows[bot+1-max(n, 0) : bot+1]
	if n < 0 {
		fresh = g.rows[top : top-n]
	}
	for _, row := range fresh {
		for x := range row {
			row[x] = g.erased()
		}
	}
	if g.pen.bg != 0 {
		for y := top; y <= bot; y++ {
			g.dirty[y] = true
		}
	}
}

// rotate moves the first n rows to the end, or the last -n to the start.
func rotate[T any](rows []T, n int) {
	if n < 0 {
		n += len(rows)
	}
	copy(rows, append(slices.Clone(rows[n:]), rows[:n]...))
}

func (g *grid) moveTo(x, y int) {
	g.x, g.y, g.phantom = max(min(x, g.w-1), 0), max(min(y, g.h-1), 0), false
}

// shift moves the cursor; by rows only where no scroll region may stop it.
func (g *grid) shift(dx, dy int) bool {
	if dy != 0 && !g.wholeRegion() {
		return false
	}
	g.moveTo(g.x+dx, g.y+dy)
	return true
}

func (g *grid) wholeRegion() bool { return g.top == 0 && g.bot == g.h-1 }

func (g *grid) lineFeed() {
	g.phantom = false
	if g.mapNL {
		g.x = 0
	}
	switch {
	case g.y == g.bot:
		g.scroll(g.top, g.bot, 1)
	case g.y < g.h-1:
		g.y++
	}
}

func (g *grid) reverseIndex() {
	g.phantom = false
	switch {
	case g.y == g.top:
		g.scroll(g.top, g.bot, -1)
	case g.y > 0:
		g.y--
	}
}

func (g *grid) control(c byte) bool {
	switch c {
	case '\r':
		g.x, g.phantom = 0, false
	case '\n':
		g.lineFeed()
	case '\b':
		return g.shift(-1, 0)
	case '\t':
		return g.shift(8-g.x%8, 0)
	default:
		return false
	}
	return true
}

// csi does what a control sequence without prefix says.
func (g *grid) csi(final byte, p *ansi.Parser) bool {
	n, _ := p.Param(0, 1)
	count := max(n, 1)
	switch final {
	case 'A':
		return g.shift(0, -count)
	case 'B':
		return g.shift(0, count)
	case 'C':
		return g.shift(count, 0)
	case 'D':
		return g.shift(-count, 0)
	case 'G', '`':
		g.moveTo(count-1, g.y)
	case 'd':
		g.moveTo(g.x, count-1)
	case 'H', 'f':
		col, _ := p.Param(1, 1)
		g.moveTo(max(col, 1)-1, count-1)
	case 'I':
		return g.shift(8*count-g.x%8, 0)
	case 'Z':
		return g.shift(-((g.x-1)%8 + 1 + 8*(count-1)), 0)
	case 'J', 'K':
		how, _ := p.Param(0, 0)
		if final == 'J' {
			return g.eraseDisplay(how)
		}
		return g.eraseLine(how)
	case 'X':
		g.erase(g.x, g.x+count)
	case '@':
		g.insertCells(count)
	case 'P':
		g.deleteCells(count)
	case 'b':
		for range min(count, g.w) {
			if g.last.width == 0 || !g.print(g.last.text, int(g.last.width)) {
				return false
			}
		}
	case 'L', 'M':
		if g.y < g.top || g.y > g.bot {
			return false
		}
		if final == 'L' {
			count = -count
		}
		g.x, g.phantom = 0, false
		g.scroll(g.y, g.bot, count)
	case 'S':
		g.scroll(g.top, g.bot, count)
	case 'T':
		if len(p.Params()) > 1 {
			return false
		}
		g.scroll(g.top, g.bot, -count)
	case 'r':
		bot, _ := p.Param(1, g.h)
		if count > bot || bot > g.h {
			return false
		}
		g.top, g.bot = count-1, bot-1
		g.moveTo(0, 0)
	case 'm':
		q := g.pen
		if !q.read(p.Params()) {
			return false
		}
		g.pen = q
	default:
		return false
	}
	return true
}
