// Package drive runs a Bubble Tea program inside a test: keys go in through a
// pipe, the screen comes out of a terminal emulator. A test reads like a story:
// type, press, expect.
package drive

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"taizhang/tui/term"
)

const (
	patience = 5 * time.Second        // of Expect
	glance   = 3 * time.Millisecond   // between two looks at the screen
	quiet    = 100 * time.Millisecond // no output for so long is idle
	// escape is how long nothing may follow an Esc, so that it is read alone and
	// not as the start of a longer key.
	escape = 80 * time.Millisecond
)

// Driver is a running program and the terminal it believes in.
type Driver struct {
	t       testing.TB
	p       *tea.Program
	in      *os.File // what we write is typed
	screen  *screen
	done    chan struct{}
	final   tea.Model
	err     error
	stop    sync.Once
	cleanup []func()
}

// Start runs the model on a terminal of the given size until the test ends. The
// options come after the driver's own and override them.
func Start(t testing.TB, model tea.Model, cols, rows int, opts ...tea.ProgramOption) *Driver {
	t.Helper()
	s := newScreen(cols, rows)
	out := term.NewWriter(s, cols, rows, true) // as in the real program
	return start(t, model, s, out, out.Filter, cols, rows, opts...)
}

// StartFull is Start with everything sent that the renderer writes, as with
// --full-redraw.
func StartFull(t testing.TB, model tea.Model, cols, rows int, opts ...tea.ProgramOption) *Driver {
	t.Helper()
	s := newScreen(cols, rows)
	return start(t, model, s, s, term.ClampFilter, cols, rows, opts...)
}

type filter = func(tea.Model, tea.Msg) tea.Msg

// start runs the model with its output going to out and, by way of it, to s.
func start(t testing.TB, model tea.Model, s *screen, out io.Writer, f filter, cols, rows int, opts ...tea.ProgramOption) *Driver {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	reader := term.NewReader(r) // as in the real program
	all := append([]tea.ProgramOption{
		tea.WithInput(reader),
		tea.WithOutput(out),
		tea.WithFilter(f),
		// As in an office: a login over SSH.
		tea.WithEnvironment([]string{"TERM=xterm-256color", "SSH_TTY=/dev/pts/0", "LANG=zh_CN.UTF-8"}),
		tea.WithColorProfile(colorprofile.ANSI),
		tea.WithWindowSize(cols, rows),
		tea.WithFPS(120),
		tea.WithoutSignals(),
		tea.WithoutSignalHandler(),
	}, opts...)
	d := &Driver{t: t, p: tea.NewProgram(model, all...), in: w, screen: s, done: make(chan struct{})}
	d.cleanup = []func(){
		func() { _ = reader.Close() }, func() { _ = w.Close() }, func() { _ = r.Close() }, s.close,
	}
	go func() {
		defer close(d.done)
		d.final, d.err = d.p.Run()
	}()
	t.Cleanup(func() { d.Quit() })
	return d
}

// Type types text as an input method commits it.
func (d *Driver) Type(text string) *Driver { return d.write(text) }

// Paste pastes text as a terminal does, between the marks.
func (d *Driver) Paste(text string) *Driver {
	return d.write(ansi.BracketedPasteStart + text + ansi.BracketedPasteEnd)
}

// Press presses keys by the names that Bubble Tea gives them: "enter",
// "ctrl+s", "shift+tab", "pgdown". A single character is typed.
func (d *Driver) Press(keys ...string) *Driver {
	d.t.Helper()
	for _, k := range keys {
		seq, ok := sequence(k)
		if !ok {
			d.t.Fatalf("drive: unknown key %q", k)
		}
		d.write(seq)
		if k == "esc" {
			time.Sleep(escape)
		}
	}
	return d
}

// Send gives the program a message, as a command would.
func (d *Driver) Send(msg tea.Msg) *Driver { d.p.Send(msg); return d }

func (d *Driver) write(s string) *Driver {
	d.t.Helper()
	if _, err := d.in.WriteString(s); err != nil {
		d.t.Fatalf("drive: %v", err)
	}
	return d
}

// Resize changes the size of the terminal.
func (d *Driver) Resize(cols, rows int) *Driver {
	d.screen.resize(cols, rows)
	return d.Send(tea.WindowSizeMsg{Width: cols, Height: rows})
}

// Expect waits until the text stands on the screen.
func (d *Driver) Expect(text string) *Driver {
	d.t.Helper()
	return d.until(fmt.Sprintf("%q on the screen", text), func() bool {
		return strings.Contains(d.Screen(), text)
	})
}

// ExpectNot waits until the text is gone.
func (d *Driver) ExpectNot(text string) *Driver {
	d.t.Helper()
	return d.until(fmt.Sprintf("%q gone", text), func() bool {
		return !strings.Contains(d.Screen(), text)
	})
}

// CursorAfter waits until the visible cursor stands right behind the text, as
// counted in cells.
func (d *Driver) CursorAfter(text string) *Driver {
	d.t.Helper()
	return d.until(fmt.Sprintf("the cursor behind %q", text), func() bool {
		d.screen.mu.Lock()
		defer d.screen.mu.Unlock()
		x, y, visible := d.screen.cursor()
		return visible && strings.HasSuffix(d.screen.row(y, x), text)
	})
}

// Until waits for any condition; what names it in the failure.
func (d *Driver) Until(what string, ok func() bool) *Driver {
	d.t.Helper()
	return d.until(what, ok)
}

func (d *Driver) until(what string, ok func() bool) *Driver {
	d.t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(glance) {
		if time.Now().After(end) {
			x, y, visible := d.Cursor()
			d.t.Fatalf("no %s after %v; cursor %d,%d visible %v\n%s", what, patience, x, y, visible, d.frame())
		}
	}
	return d
}

// Idle waits until nothing was written for 100 ms.
func (d *Driver) Idle() *Driver {
	d.t.Helper()
	last, since := d.Bytes(), time.Now()
	return d.until("rest", func() bool {
		if n := d.Bytes(); n != last {
			last, since = n, time.Now()
		}
		return time.Since(since) >= quiet
	})
}

// Screen is the text of the screen, without spaces at the ends of lines.
func (d *Driver) Screen() string { return strings.Join(d.Lines(), "\n") }

// Lines are the lines of the screen, as many as the terminal has.
func (d *Driver) Lines() []string {
	d.screen.mu.Lock()
	defer d.screen.mu.Unlock()
	return d.screen.lines()
}

// Cursor is the cell of the cursor, and whether it shows.
func (d *Driver) Cursor() (x, y int, visible bool) {
	d.screen.mu.Lock()
	defer d.screen.mu.Unlock()
	return d.screen.cursor()
}

// Bytes is the number of bytes written to the terminal so far.
func (d *Driver) Bytes() int {
	d.screen.mu.Lock()
	defer d.screen.mu.Unlock()
	return d.screen.bytes
}

// Done is closed when the program has ended, by itself or by Quit.
func (d *Driver) Done() <-chan struct{} { return d.done }

// Quit ends the program in good order and returns its last model. The end of a
// test calls it too.
func (d *Driver) Quit() tea.Model {
	d.t.Helper()
	d.stop.Do(func() {
		// Input that waits when the program ends would leave Bubble Tea's
		// reader behind for good: let it be read first.
		select {
		case <-d.done:
		case <-time.After(2 * quiet):
		}
		go d.p.Quit()
		select {
		case <-d.done:
		case <-time.After(patience):
			d.t.Errorf("drive: the program does not end\n%s", d.frame())
			d.p.Kill()
			<-d.done
		}
		// The program is gone; only now may its pipes be closed.
		for _, f := range d.cleanup {
			f()
		}
	})
	if d.err != nil {
		d.t.Errorf("drive: the program ended with: %v", d.err)
		d.err = nil
	}
	return d.final
}

// frame is the screen with a border, for failures.
func (d *Driver) frame() string {
	var b strings.Builder
	for i, l := range d.Lines() {
		fmt.Fprintf(&b, "%3d|%s\n", i, l)
	}
	return b.String()
}

// screen is the terminal: an emulator behind a lock, counting bytes.
type screen struct {
	mu      sync.Mutex
	emu     *vt.Emulator
	visible bool
	bytes   int
	last    byte
	drained chan struct{}
}

func newScreen(cols, rows int) *screen {
	s := &screen{emu: vt.NewEmulator(cols, rows), visible: true, drained: make(chan struct{})}
	s.emu.SetCallbacks(vt.Callbacks{CursorVisibility: func(v bool) { s.visible = v }})
	go func() {
		// The emulator answers queries; unread, the answers would block it.
		defer close(s.drained)
		_, _ = io.Copy(io.Discard, s.emu)
	}()
	return s
}

// Write takes a frame. Where input is no terminal, Bubble Tea counts on the
// line discipline to turn a line feed into carriage return and line feed.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes += len(p)
	var b bytes.Buffer
	for _, c := range p {
		if c == '\n' && s.last != '\r' {
			b.WriteByte('\r')
		}
		b.WriteByte(c)
		s.last = c
	}
	if _, err := s.emu.Write(s.clamped(b.Bytes())); err != nil {
		return 0, err
	}
	return len(p), nil
}

var scrollRegion = regexp.MustCompile(`\x1b\[(\d+);(\d+)r`)

// clamped keeps scroll regions within the screen, as terminals do and the emulator
// does not: a frame may be on its way when the window becomes smaller.
func (s *screen) clamped(p []byte) []byte {
	return scrollRegion.ReplaceAllFunc(p, func(seq []byte) []byte {
		m := scrollRegion.FindSubmatch(seq)
		top, _ := strconv.Atoi(string(m[1]))
		bottom, _ := strconv.Atoi(string(m[2]))
		if h := s.emu.Height(); bottom > h {
			return fmt.Appendf(nil, "\x1b[%d;%dr", min(top, max(1, h-1)), h)
		}
		return seq
	})
}

func (s *screen) resize(cols, rows int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emu.Resize(cols, rows)
}

func (s *screen) cursor() (x, y int, visible bool) {
	at := s.emu.CursorPosition()
	return at.X, at.Y, s.visible
}

func (s *screen) lines() []string {
	out := make([]string, s.emu.Height())
	for y := range out {
		out[y] = strings.TrimRight(s.row(y, s.emu.Width()), " ")
	}
	return out
}

// row is the text of the first w cells of a row.
func (s *screen) row(y, w int) string {
	var b strings.Builder
	for x := 0; x < w; {
		c := s.emu.CellAt(x, y)
		if c == nil || c.Content == "" {
			b.WriteByte(' ')
			x++
			continue
		}
		b.WriteString(c.Content)
		x += max(c.Width, 1)
	}
	return b.String()
}

// close ends the drain through its pipe: Emulator.Close races with Read.
func (s *screen) close() {
	if w, ok := s.emu.InputPipe().(io.Closer); ok {
		_ = w.Close()
	}
	<-s.drained
}
