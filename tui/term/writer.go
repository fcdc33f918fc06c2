package term

import (
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// mostCells is the largest window of which Writer keeps a picture (5 MB).
// Beyond, everything passes through.
const mostCells = 1 << 16

// Writer is terminal output for tea.WithOutput that sends only what changed.
//
// Bubble Tea's renderer repaints every row that holds a Han character on every
// frame (ultraviolet #163, PR #131), about 3 KB for a key. Writer reads what
// the renderer writes into a grid of cells, as a terminal would, and sends the
// difference between that and the grid of what the terminal shows: whole
// characters only, and from the first character of doubtful width on the whole
// rest of its row, as the renderer does for the sake of terminals that measure
// it otherwise.
//
// Between two calls of Write the terminal shows exactly what it would show had
// everything been passed through. At any sequence that Writer does not know it
// therefore brings the terminal's cursor and pen up to date and passes the
// sequence and all that follows through, until the renderer next clears the
// screen, as it does on a resize and on tea.ClearScreen.
//
// It has the methods of a terminal file, so that Bubble Tea finds its size.
type Writer struct {
	mu   sync.Mutex
	out  io.Writer
	file *os.File // nil over other writers

	parser *ansi.Parser
	method ansi.Method
	want   *grid   // what the renderer believes is on the screen
	at     picture // what is there, while synced
	synced bool
	resize [2]int // not yet heeded
	buf    []byte // to be sent

	visible bool // the cursor, by the renderer
	hid     bool // the renderer hid the cursor for this frame
	sync    bool // the renderer began a synchronized update

	home   bool // the cursor was just sent home
	badPen bool // the pen is not known
}

// NewWriter writes to w, usually the terminal's *os.File, which has the given
// size. mapNewline tells that a line feed also returns to column 1 there, as
// Bubble Tea believes when its input is no terminal.
func NewWriter(w io.Writer, cols, rows int, mapNewline bool) *Writer {
	f, _ := w.(*os.File)
	wr := &Writer{out: w, file: f, parser: ansi.NewParser(), method: ansi.WcWidth, visible: true}
	wr.at.visible = true
	wr.parser.SetParamsSize(32)
	wr.parser.SetDataSize(1024)
	wr.setSize(cols, rows)
	wr.want.mapNL = mapNewline
	return wr
}

// Fd is the descriptor of the terminal, or an invalid one.
func (w *Writer) Fd() uintptr {
	if w.file == nil {
		return ^uintptr(0)
	}
	return w.file.Fd()
}

// Read reads from the terminal, as Bubble Tea's idea of a terminal demands.
func (w *Writer) Read(p []byte) (int, error) {
	if w.file == nil {
		return 0, os.ErrInvalid
	}
	return w.file.Read(p)
}

// Close does nothing: the terminal belongs to the caller.
func (w *Writer) Close() error { return nil }

// Filter is ClampFilter for a program with this output, which must hear of a
// new size before the renderer does.
func (w *Writer) Filter(m tea.Model, msg tea.Msg) tea.Msg {
	msg = ClampFilter(m, msg)
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		w.mu.Lock()
		w.resize = [2]int{size.Width, size.Height}
		w.mu.Unlock()
	}
	return msg
}

func (w *Writer) setSize(cols, rows int) {
	mapNL := w.want != nil && w.want.mapNL
	if cols < 2 || rows < 2 || cols*rows > mostCells {
		cols, rows = 0, 0
	}
	w.want = newGrid(cols, rows)
	w.want.mapNL = mapNL
	w.want.scrolled = w.scroll
	w.at.rows, w.at.stale = blankRows(cols, rows), make([]bool, rows)
}

// Write takes a frame of the renderer and sends what is new in it.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf = w.buf[:0]
	if w.resize != [2]int{} {
		w.settle()
		w.synced = false
		old := w.want
		w.setSize(w.resize[0], w.resize[1])
		w.want.pen, w.want.noWrap, w.want.insert, w.resize = old.pen, old.noWrap, old.insert, [2]int{}
	}
	for rest := p; len(rest) > 0; {
		seq, width, whole := w.decode(rest)
		if whole {
			w.take(seq, width)
		} else {
			seq = rest
			w.unknown(seq)
		}
		rest = rest[len(seq):]
	}
	if w.synced {
		w.frame()
	}
	w.hid = false
	if len(w.buf) == 0 {
		return len(p), nil
	}
	if _, err := w.out.Write(w.buf); err != nil {
		w.synced = false // nobody knows how much arrived
		return 0, err
	}
	return len(p), nil
}

// decode takes one grapheme cluster or sequence, as the renderer does, and
// reports whether it is a whole one.
func (w *Writer) decode(b []byte) (seq []byte, width int, whole bool) {
	if c := b[0]; c > 0x1f && c < 0x7f && (len(b) == 1 || b[1] < 0xc0) {
		return b[:1], 1, true
	}
	var n int
	var state byte
	if w.method == ansi.GraphemeWidth {
		_, width, n, state = ansi.DecodeSequence(b, ansi.NormalState, w.parser)
	} else {
		_, width, n, state = ansi.DecodeSequenceWc(b, ansi.NormalState, w.parser)
	}
	// The decoder takes an ASCII character without the marks that follow.
	if n == 1 && b[0] > 0x1f && b[0] < 0x7f {
		seq, width = ansi.FirstGraphemeCluster(b, w.method)
		return seq, width, true
	}
	return b[:n], width, n > 0 && state == ansi.NormalState
}

// take does what one cluster or sequence says, to the grid and, where it is
// not about cells, to the terminal.
func (w *Writer) take(seq []byte, width int) {
	home := w.home
	w.home = false
	c := seq[0]
	switch {
	case width > 0:
		if w.synced && w.want.print(string(seq), width) {
			return
		}
	case c < 0x20 && c != ansi.ESC:
		if w.synced && w.want.control(c) {
			return
		}
	case c != ansi.ESC || len(seq) < 2:
	case seq[1] == 'M':
		if w.synced {
			w.want.reverseIndex()
			return
		}
	case seq[1] == ']':
		if plainOSC[w.parser.Command()] {
			w.buf = append(w.buf, seq...)
			return
		}
	case seq[1] == '[' && len(seq) > 2:
		if w.control(ansi.Cmd(w.parser.Command()), seq, home) {
			return
		}
	}
	w.unknown(seq)
}

// control does what a control sequence says, or reports that it must be passed
// through.
func (w *Writer) control(cmd ansi.Cmd, seq []byte, home bool) bool {
	g := w.want
	switch final := cmd.Final(); {
	case cmd.Prefix() == '?' && cmd.Intermediate() == 0 && (final == 'h' || final == 'l'):
		return w.mode(final == 'h', seq)
	case cmd.Prefix() != 0 || cmd.Intermediate() != 0:
		if !plainCSI[cmd] {
			return false
		}
		w.buf = append(w.buf, seq...)
		return true
	case final == 'J' && param(w.parser) == 2:
		return w.clear(home)
	case final == 'h', final == 'l':
		if param(w.parser) != 4 || len(w.parser.Params()) != 1 {
			return false
		}
		g.insert = final == 'h'
		return w.synced
	case final == 'm':
		q := g.pen
		if !q.read(w.parser.Params()) {
			w.badPen = true
			return false
		}
		if q == (pen{}) {
			w.badPen = false
		}
		g.pen = q
		return w.synced
	case w.synced:
		return g.csi(final, w.parser)
	case final == 'H':
		w.home = len(seq) == len(ansi.CursorHomePosition)
	case final == 'r' && g.h > 0:
		g.csi(final, w.parser)
	}
	return false
}

func param(p *ansi.Parser) int { n, _ := p.Param(0, 0); return n }

// clear begins a new picture on an empty screen.
func (w *Writer) clear(home bool) bool {
	g := w.want
	if w.synced {
		home = g.x == 0 && g.y == 0
	}
	if g.w == 0 || !home || w.badPen || g.pen.bg != 0 || !g.wholeRegion() || g.noWrap || g.insert {
		return false
	}
	if !w.synced {
		w.at.pen = g.pen // until here it was passed through
	}
	w.synced = true
	mark := len(w.buf)
	w.usePen(pen{})
	w.buf = append(w.buf, ansi.CursorHomePosition+ansi.EraseEntireScreen...)
	w.at.x, w.at.y, w.at.known = 0, 0, true
	w.before(mark)
	g.moveTo(0, 0)
	for y := range g.rows {
		for x := range g.rows[y] {
			g.rows[y][x], w.at.rows[y][x] = blank, blank
		}
		g.dirty[y], w.at.stale[y] = false, false
	}
	return true
}

// mode sets or resets private modes.
func (w *Writer) mode(set bool, seq []byte) bool {
	params := w.parser.Params()
	if len(params) == 1 {
		switch ansi.DECMode(params[0].Param(0)) {
		case ansi.ModeAutoWrap:
			w.want.noWrap = !set
			return w.synced
		case ansi.ModeTextCursorEnable:
			w.visible, w.hid = set, w.hid || !set
			if !w.synced {
				w.at.visible = set
			}
			return w.synced
		case ansi.ModeSynchronizedOutput:
			if w.synced && !set {
				w.frame()
			}
			w.sync = set
			if !w.synced {
				w.at.sync = set
			} else if w.at.sync && !set {
				w.at.sync = false
				w.buf = append(w.buf, seq...)
			}
			return w.synced
		case ansi.ModeUnicodeCore:
			w.method = ansi.WcWidth
			if set {
				w.method = ansi.GraphemeWidth
			}
			for y, row := range w.at.rows {
				w.at.stale[y] = w.at.stale[y] || firstDoubtful(row) < len(row)
			}
			w.buf = append(w.buf, seq...)
			return true
		}
	}
	for _, p := range params {
		if !plainModes[ansi.DECMode(p.Param(0))] {
			return false
		}
	}
	w.buf = append(w.buf, seq...)
	return true
}

// What concerns neither cells nor the cursor's place and may be passed through
// at any time.
var (
	plainModes = map[ansi.DECMode]bool{
		ansi.ModeCursorKeys: true, 12: true, ansi.ModeBracketedPaste: true, ansi.ModeFocusEvent: true,
		ansi.ModeMouseNormal: true, ansi.ModeMouseButtonEvent: true, ansi.ModeMouseAnyEvent: true, ansi.ModeMouseExtSgr: true,
		ansi.ModeLightDark: true, ansi.ModeInBandResize: true,
	}
	plainCSI = map[ansi.Cmd]bool{
		ansi.Cmd(ansi.Command('>', 0, 'm')):   true, // modifyOtherKeys
		ansi.Cmd(ansi.Command('>', 0, 'u')):   true, // kitty keyboard: push,
		ansi.Cmd(ansi.Command('<', 0, 'u')):   true, // pop,
		ansi.Cmd(ansi.Command('=', 0, 'u')):   true, // change,
		ansi.Cmd(ansi.Command('?', 0, 'u')):   true, // ask
		ansi.Cmd(ansi.Command('>', 0, 'q')):   true, // name of the terminal
		ansi.Cmd(ansi.Command(0, ' ', 'q')):   true, // shape of the cursor
		ansi.Cmd(ansi.Command('?', '$', 'p')): true, // is a mode set
		ansi.Cmd(ansi.Command('?', 0, 'W')):   true, // tab stops every 8 cells
	}
	// Titles, colours of the screen and cursor, clipboard. Not 8, a hyperlink,
	// nor anything that draws.
	plainOSC = map[int]bool{0: true, 1: true, 2: true, 10: true, 11: true, 12: true, 52: true, 110: true, 111: true, 112: true}
)

// unknown passes a sequence through, and everything after it.
func (w *Writer) unknown(seq []byte) {
	w.settle()
	w.synced = false
	w.buf = append(w.buf, seq...)
}

// settle brings the terminal to where the renderer believes it.
func (w *Writer) settle() {
	if !w.synced {
		return
	}
	w.frame()
	g := w.want
	if !g.wholeRegion() {
		w.buf = append(w.buf, ansi.SetTopBottomMargins(g.top+1, g.bot+1)...)
		w.at.known = false
	}
	if x := g.x; g.phantom { // only printing leads there
		for x > 0 && g.rows[g.y][x].width == 0 {
			x--
		}
		w.goTo(x, g.y)
		w.usePen(g.rows[g.y][x].pen)
		w.buf = append(w.buf, g.rows[g.y][x].text...)
	} else {
		w.at.known = false // and not by a way that depends on what is shown
		w.goTo(x, g.y)
	}
	w.usePen(g.pen)
	if g.noWrap {
		w.buf = append(w.buf, ansi.ResetModeAutoWrap...)
	}
	if g.insert {
		w.buf = append(w.buf, ansi.SetModeInsertReplace...)
	}
	if w.sync && !w.at.sync {
		w.buf = append(w.buf, ansi.SetModeSynchronizedOutput...)
		w.at.sync = true
	}
	w.at.known = false
}

// frame sends what changed since the last one.
func (w *Writer) frame() {
	mark := len(w.buf)
	w.changedRows()
	w.before(mark)
	if w.visible {
		w.goTo(w.want.x, w.want.y)
	}
	if w.visible != w.at.visible {
		seq := ansi.ResetModeTextCursorEnable
		if w.visible {
			seq = ansi.SetModeTextCursorEnable
		}
		w.buf = append(w.buf, seq...)
		w.at.visible = w.visible
	}
}

func (w *Writer) changedRows() {
	for y, dirty := range w.want.dirty {
		if dirty {
			w.row(y, w.want.rows[y])
			w.want.dirty[y] = false
		}
	}
}

// before puts in front of cells what hides from the person how they are drawn,
// as far as the renderer asked for it.
func (w *Writer) before(mark int) {
	if len(w.buf) == mark {
		return
	}
	var seq string
	if w.sync && !w.at.sync {
		seq = ansi.SetModeSynchronizedOutput
		w.at.sync = true
	}
	if w.at.visible && (w.hid || !w.visible) {
		seq += ansi.ResetModeTextCursorEnable
		w.at.visible = false
	}
	w.buf = slices.Insert(w.buf, mark, []byte(seq)...)
}

// scroll moves the terminal's rows as the grid's are about to move. Line feeds
// and reverse index at the edge of a region are what every terminal knows.
func (w *Writer) scroll(top, bot, n int) {
	mark := len(w.buf)
	w.changedRows()
	w.usePen(pen{})
	region := top > 0 || bot < w.want.h-1
	if region {
		w.buf = append(w.buf, ansi.SetTopBottomMargins(top+1, bot+1)...)
		w.at.known = false
	}
	if n > 0 {
		w.goTo(0, bot)
		w.buf = append(w.buf, strings.Repeat("\n", n)...)
	} else {
		w.goTo(0, top)
		w.buf = append(w.buf, strings.Repeat(ansi.ReverseIndex, -n)...)
	}
	if region {
		w.buf = append(w.buf, "\x1b[r"...)
		w.at.x, w.at.y = 0, 0
	}
	w.at.scroll(top, bot, n)
	w.before(mark)
}
