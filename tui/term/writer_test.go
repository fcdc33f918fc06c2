package term

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"taizhang/tui/cell"
)

const begin = "\x1b[?1049h\x1b[H\x1b[2J"

// sent is what Writer makes of each frame.
func sent(t *testing.T, frames ...string) (out []string) {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, 20, 5, false)
	for _, f := range append([]string{begin}, frames...) {
		b.Reset()
		if n, err := io.WriteString(w, f); n != len(f) || err != nil {
			t.Fatalf("%q: %d, %v", f, n, err)
		}
		out = append(out, b.String())
	}
	return out[1:]
}

func TestWriterSendsWhatChanged(t *testing.T) {
	row := func(y int, s string) string {
		return fmt.Sprintf("\x1b[?7l\x1b[%dH\x1b[K%s\x1b[?7h\x1b[%d;%dH", y, s, y, 1+ansi.StringWidth(s))
	}
	for _, c := range []struct {
		name   string
		frames []string
		want   string // of the last frame
	}{
		{"nothing", []string{row(1, "社区活动"), row(1, "社区活动")}, ""},
		{"one Han", []string{row(1, "社区活动") + "\x1b[3;1H", row(1, "社区话动") + "\x1b[3;1H"}, "\x1b[1;5H话\x1b[3H"},
		{"typed at the end", []string{row(1, "社区"), row(1, "社区活")}, "活"},
		{"deleted at the end", []string{row(1, "社区活动"), row(1, "社区")}, "\x1b[1;5H\x1b[K"},
		{"from the doubtful one on", []string{row(1, "社“区”活动") + "\x1b[3H", row(1, "社“区”活东") + "\x1b[3H"},
			"\x1b[1;3H\x1b[?7l“区”活东\x1b[?7h\x1b[K\x1b[3H"},
		{"before the doubtful one", []string{row(1, "社“区”") + "\x1b[3H", row(1, "射“区”") + "\x1b[3H"}, "\x1b[1H射\x1b[3H"},
		{"one half and another", []string{row(1, "社区活动") + "\x1b[3H", row(1, "a社区活动") + "\x1b[3H"}, "\x1b[1Ha社区活动\x1b[3H"},
		{"synchronized", []string{row(1, "社区"), "\x1b[?2026h" + row(1, "社会") + "\x1b[?2026l"}, "\x1b[?2026h\x1b[1;3H会\x1b[?2026l"},
		{"synchronized, nothing", []string{row(1, "社区"), "\x1b[?2026h" + row(1, "社区") + "\x1b[?2026l"}, ""},
		{"hidden meanwhile", []string{row(1, "社区"), "\x1b[?25l" + row(1, "社会") + "\x1b[?25h"}, "\x1b[?25l\x1b[1;3H会\x1b[?25h"},
		{"cursor only", []string{row(1, "社区"), "\x1b[2;3H"}, "\x1b[2;3H"},
		{"hidden cursor", []string{row(1, "社区"), "\x1b[?25l", "\x1b[2;3H"}, ""},
		{"title, shape, paste mode", []string{"\x1b]2;台账\x07\x1b[2 q\x1b[?2004h\x1b[>4;2m\x1b[=1;1u"}, "\x1b]2;台账\x07\x1b[2 q\x1b[?2004h\x1b[>4;2m\x1b[=1;1u"},
		{"scrolled", []string{row(2, "社区") + row(3, "活动"), "\x1b[2;4r\x1b[4;1H\n\x1b[r" + row(2, "活动") + row(3, "")}, "\x1b[2;4r\x1b[4H\n\x1b[r\x1b[3H"},
		{"pen", []string{row(1, "社区"), "\x1b[7m" + row(1, "社区") + "\x1b[m"}, "\x1b[1H\x1b[7m社区"},
		{"a query", []string{row(1, "社区"), "\x1b[6n"}, "\x1b[1;5H\x1b[6n"},
		{"all after what is not known", []string{row(1, "社区"), "\x1b[?69h" + row(1, "社区"), row(1, "社区")}, row(1, "社区")},
		{"cut off", []string{row(1, "社区"), "\x1b[2;", "3H", row(1, "社区")}, row(1, "社区")},
		{"until the next clear", []string{row(1, "社区"), "\x1b[?69h", "\x1b[H\x1b[2J" + row(1, "社区"), row(1, "社区")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := sent(t, c.frames...)
			if got := out[len(out)-1]; got != c.want {
				t.Errorf("sent %q\nwant %q", got, c.want)
			}
		})
	}
}

// A resize makes it forget, whatever the renderer sends until it clears.
func TestWriterForgetsOnResize(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, 20, 5, false)
	frame := func(s string) string {
		b.Reset()
		_, _ = io.WriteString(w, s)
		return b.String()
	}
	frame(begin + "社区")
	if msg := w.Filter(nil, tea.WindowSizeMsg{Width: 5000, Height: 3}); msg != (tea.WindowSizeMsg{Width: MaxCols, Height: 3}) {
		t.Errorf("%v", msg)
	}
	if got := frame("\r\x1b[K社区"); !strings.HasSuffix(got, "\r\x1b[K社区") {
		t.Errorf("sent %q", got)
	}
	frame("\x1b[H\x1b[2J" + "\x1b[3;900H社")
	if got := frame("\x1b[3;900H社"); got != "" {
		t.Errorf("sent %q", got)
	}
	// No picture is kept of a window that would cost too much.
	w.Filter(nil, tea.WindowSizeMsg{Width: MaxCols, Height: MaxRows})
	frame("\x1b[H\x1b[2J社")
	if got := frame("\x1b[H社"); got != "\x1b[H社" || len(w.at.rows) != 0 {
		t.Errorf("sent %q, %d rows", got, len(w.at.rows))
	}
}

type failing struct{ fail bool }

func (f *failing) Write(p []byte) (int, error) {
	if f.fail {
		return 0, os.ErrClosed
	}
	return len(p), nil
}

func TestWriterForgetsOnError(t *testing.T) {
	f := new(failing)
	w := NewWriter(f, 20, 5, false)
	_, _ = io.WriteString(w, begin+"社区")
	f.fail = true
	if _, err := io.WriteString(w, "\r会"); err == nil {
		t.Error("the error is lost")
	}
	if w.synced {
		t.Error("it believes that the terminal got it")
	}
}

// TestWriterIsTransparent sends random frames of all that a renderer may write,
// and of what it may not, to one terminal as they are and to another through
// Writer. After each both must be the same, cursor and pen included.
func TestWriterIsTransparent(t *testing.T) {
	const w, h = 30, 8
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 2))
		plain, through := vt.NewEmulator(w, h), vt.NewEmulator(w, h)
		for _, e := range []*vt.Emulator{plain, through} {
			go func() { _, _ = io.Copy(io.Discard, e) }()
		}
		saved, visible := 0, [2]bool{true, true}
		for i, e := range []*vt.Emulator{plain, through} {
			e.SetCallbacks(vt.Callbacks{CursorVisibility: func(v bool) { visible[i] = v }})
		}
		out := NewWriter(through, w, h, false)
		var log []string
		for i := range 300 {
			frame := randomFrame(r, w, h)
			if i%100 == 0 {
				frame = "\x1b[r\x1b[?7h\x1b[4l\x1b[m" + begin + frame
			}
			log = append(log, frame)
			_, _ = plain.WriteString(frame)
			_, _ = io.WriteString(out, frame)
			if out.synced {
				saved++
			}
			if a, b := look(plain, visible[0]), look(through, visible[1]); a != b {
				t.Fatalf("seed %d, frame %d\n%q\nplain\n%s\nthrough\n%s", seed, i, log[max(0, len(log)-4):], a, b)
			}
		}
		if saved < 100 {
			t.Errorf("seed %d: only %d frames of 300 were understood", seed, saved)
		}
		for _, e := range []*vt.Emulator{plain, through} {
			_ = e.InputPipe().(io.Closer).Close()
		}
	}
}

// look is all that can be seen of a terminal.
func look(e *vt.Emulator, cursor bool) string {
	var b strings.Builder
	for y := range e.Height() {
		for x := range e.Width() {
			c := e.CellAt(x, y)
			if c == nil || c.Content == "" || c.Content == " " {
				b.WriteByte(' ')
				if c != nil && c.Style.Attrs&(1<<5) != 0 {
					b.WriteByte('r')
				}
				continue
			}
			fmt.Fprintf(&b, "%s%q", c.Content, c.Style.String())
		}
		b.WriteByte('\n')
	}
	at := e.CursorPosition()
	if !cursor {
		at.X, at.Y = -1, -1
	}
	fmt.Fprintf(&b, "cursor %d,%d", at.X, at.Y)
	return b.String()
}

func randomFrame(r *rand.Rand, w, h int) string {
	var b strings.Builder
	row := func(y int) {
		fmt.Fprintf(&b, "\x1b[?7l\x1b[%dH\x1b[K", y)
		for range r.IntN(10) {
			b.WriteString([]string{"社", "区活", "ab ", "“", "𠮷", "——", "1", " "}[r.IntN(8)])
			if r.IntN(4) == 0 {
				b.WriteString([]string{"\x1b[7m", "\x1b[m", "\x1b[1;31m", "\x1b[2m", "\x1b[22;27;39m", "\x1b[38;5;12m"}[r.IntN(6)])
			}
		}
		fmt.Fprintf(&b, "\x1b[m\x1b[?7h\x1b[%d;%dH", y, 1+r.IntN(w))
	}
	for range 1 + r.IntN(4) {
		switch r.IntN(16) {
		case 0, 1, 2, 3:
			row(1 + r.IntN(h))
		case 4:
			top := 1 + r.IntN(h-1)
			bot := top + 1 + r.IntN(h-top)
			if r.IntN(2) == 0 {
				fmt.Fprintf(&b, "\x1b[%d;%dr\x1b[%d;1H%s\x1b[1;%dr", top, bot, bot, strings.Repeat("\n", 1+r.IntN(3)), h)
			} else {
				fmt.Fprintf(&b, "\x1b[%d;%dr\x1b[%d;1H%s\x1b[1;%dr", top, bot, top, strings.Repeat("\x1bM", 1+r.IntN(3)), h)
			}
		case 5:
			fmt.Fprintf(&b, "\x1b[%d;1H\x1b[%d%c", 1+r.IntN(h), 1+r.IntN(3), "LM"[r.IntN(2)])
		case 6:
			fmt.Fprintf(&b, "\x1b[%d;%dH\x1b[K", 1+r.IntN(h), 1)
		case 7:
			fmt.Fprintf(&b, "\x1b[%d;1H\x1b[J", 1+r.IntN(h))
		case 8:
			// Inside ASCII text only, as the renderer does.
			y := 1 + r.IntN(h)
			fmt.Fprintf(&b, "\x1b[%dH\x1b[Kplain text of ASCII\x1b[%d;%dH\x1b[%d%c", y, y, 1+r.IntN(15), 1+r.IntN(4), "@PX"[r.IntN(3)])
		case 9:
			fmt.Fprintf(&b, "\x1b[%d;%dH", 1+r.IntN(h), 1+r.IntN(w))
		case 10:
			b.WriteString([]string{"\r", "\b", "\x1b[2C", "\x1b[2D", "\x1b[A", "\x1b[B", "\x1b[5G", "\x1b[3d"}[r.IntN(8)])
		case 11:
			b.WriteString([]string{"\x1b[?25l", "\x1b[?25h", "\x1b[?2026h", "\x1b[?2026l"}[r.IntN(4)])
		case 12:
			fmt.Fprintf(&b, "\x1b[%dH\x1b[Kx\x1b[7my\x1b[m", 1+r.IntN(h))
		case 13:
			b.WriteString("\x1b[H\x1b[2J")
		case 14:
			if r.IntN(8) == 0 { // not known
				b.WriteString([]string{"\x1b7\x1b8", "\x1b[?6l", "\x1b]8;;\x07", "\x1b[20l", "\x1b[?1048h"}[r.IntN(5)])
			}
		case 15:
			y := 1 + r.IntN(h)
			fmt.Fprintf(&b, "\x1b[%dH\x1b[K\x1b[%d;%dH%s\r", y, y, w-3, "abcd"[:1+r.IntN(4)])
		}
	}
	return b.String()
}

// A terminal that gives two cells to ambiguous characters, of which the program
// thinks otherwise, still shows every row whole: what a terminal makes of the
// text when it is written from the start.
func TestWriterOnWideTerminal(t *testing.T) {
	const w, h = 40, 6
	r := rand.New(rand.NewPCG(3, 4))
	terminal := &wide{newGrid(w, h)}
	out := NewWriter(terminal, w, h, false)
	_, _ = io.WriteString(out, "\x1b[H\x1b[2J")
	lines := make([]string, h)
	for i := range 2000 {
		y := r.IntN(h)
		c := strings.Split(lines[y], "")
		at := r.IntN(len(c) + 1)
		insert := []string{"社", "区", "a", "“", "”", "—", "·", "", ""}[r.IntN(9)]
		lines[y] = strings.Join(c[:at], "") + insert + strings.Join(c[min(len(c), at+r.IntN(2)):], "")
		for cell.Wide.Width(lines[y]) > w-1 {
			lines[y] = strings.Join(strings.Split(lines[y], "")[1:], "")
		}
		_, _ = fmt.Fprintf(out, "\x1b[?7l\x1b[%dH\x1b[K%s\x1b[?7h\x1b[1H", y+1, lines[y])
		for y, want := range lines {
			if got := terminal.text(y); got != want {
				t.Fatalf("edit %d, row %d: %q, want %q", i, y, got, want)
			}
		}
	}
}

// wide is that terminal.
type wide struct{ *grid }

func (g *wide) Write(p []byte) (int, error) {
	parser := ansi.NewParser()
	for b := p; len(b) > 0; {
		seq, width, n, _ := ansi.DecodeSequence(b, ansi.NormalState, parser)
		switch {
		case width > 0:
			g.print(string(seq), cell.Wide.Width(string(seq)))
		case len(seq) > 2 && ansi.Cmd(parser.Command()).Prefix() == 0:
			if param(parser) != 2 || ansi.Cmd(parser.Command()).Final() != 'J' {
				g.csi(ansi.Cmd(parser.Command()).Final(), parser)
			}
		case len(seq) == 1:
			g.control(seq[0])
		}
		b = b[n:]
	}
	return len(p), nil
}

func (g *wide) text(y int) string {
	var b strings.Builder
	for _, c := range g.rows[y] {
		b.WriteString(c.text)
	}
	return strings.TrimRight(b.String(), " ")
}

func BenchmarkWriter(b *testing.B) {
	w := NewWriter(io.Discard, 80, 24, false)
	_, _ = io.WriteString(w, begin)
	var frames [2]bytes.Buffer
	for i := range frames {
		for y := range 24 {
			fmt.Fprintf(&frames[i], "\x1b[?7l\x1b[%dH\x1b[K%s\x1b[?7h\x1b[%d;1H", y+1, strings.Repeat("社区活动", 9+(y+i)%2), y+1)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_, _ = w.Write(frames[i%2].Bytes())
	}
}
