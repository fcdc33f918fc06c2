package term

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// log is a program that notes the keys and pastes it was given.
type log struct {
	mu    sync.Mutex
	notes []string
}

func (l *log) note(s string) { l.mu.Lock(); l.notes = append(l.notes, s); l.mu.Unlock() }
func (l *log) all() []string { l.mu.Lock(); defer l.mu.Unlock(); return slices.Clone(l.notes) }

type logger struct{ *log }

func (l logger) Init() tea.Cmd  { return nil }
func (l logger) View() tea.View { return tea.NewView("") }
func (l logger) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		l.note(msg.String())
	case tea.PasteMsg:
		l.note("paste " + msg.Content)
	case tea.PasteStartMsg, tea.PasteEndMsg, tea.WindowSizeMsg, tea.ColorProfileMsg, tea.EnvMsg:
	default:
		if s := fmt.Sprintf("%T", msg); strings.Contains(s, "Unknown") {
			l.note(s)
		}
	}
	return l, nil
}

// run drives a real Bubble Tea program over a reader of r and returns its log
// and how to end it. It must not use t.Fatal: the tests run many at a time.
func run(r *Reader, opts ...tea.ProgramOption) (*log, *tea.Program, func() error) {
	l := new(log)
	p := tea.NewProgram(logger{l}, append([]tea.ProgramOption{
		tea.WithInput(r), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
		tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm"}),
	}, opts...)...)
	done := make(chan error, 1)
	go func() { _, err := p.Run(); done <- err }()
	return l, p, func() error {
		go p.Quit()
		select {
		case err := <-done:
			return err
		case <-time.After(5 * time.Second):
			return fmt.Errorf("the program does not end")
		}
	}
}

// waitFor polls until the log holds what is wanted.
func (l *log) waitFor(want ...string) bool {
	for end := time.Now().Add(4 * time.Second); !slices.Equal(l.all(), want); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// TestSplits sends each input in two pieces, at every place and with gaps that
// Bubble Tea alone forgives (5 ms) and does not (60 and 120 ms).
func TestSplits(t *testing.T) {
	inputs := []struct{ bytes, want string }{
		{"中", "中"},
		{"𠮷", "𠮷"},
		{"\x1b[A", "up"},
		{"\x1b[200~街𠮷\x1b[201~", "paste 街𠮷"},
	}
	var wg sync.WaitGroup
	gate := make(chan struct{}, 24) // so many at a time
	for _, in := range inputs {
		for at := 1; at < len(in.bytes); at++ {
			for _, gap := range []time.Duration{5, 60, 120} {
				wg.Go(func() {
					gate <- struct{}{}
					defer func() { <-gate }()
					if err := split(in.bytes, at, gap*time.Millisecond, in.want); err != nil {
						t.Errorf("%q split at %d, %d ms: %v", in.bytes, at, gap, err)
					}
				})
			}
		}
	}
	wg.Wait()
}

func split(s string, at int, gap time.Duration, want string) error {
	for try := 0; ; try++ {
		pr, pw, err := os.Pipe()
		if err != nil {
			return err
		}
		r := NewReader(pr)
		l, _, quit := run(r)
		start := time.Now()
		_, _ = pw.WriteString(s[:at])
		time.Sleep(gap)
		_, _ = pw.WriteString(s[at:])
		took := time.Since(start)
		_, _ = pw.WriteString("!")
		ok := l.waitFor(want, "!")
		got := l.all()
		err = quit()
		_, _, _ = r.Close(), pw.Close(), pr.Close()
		switch {
		case err != nil:
			return err
		case ok:
			return nil
		case took > gap+15*time.Millisecond && try < 5:
			continue // a busy machine made the gap longer than it should be
		}
		return fmt.Errorf("got %q", got)
	}
}

// scripted gives the chunks one per Read, then waits for the end.
type scripted struct {
	chunks [][]byte
	end    chan struct{}
}

func script(chunks ...string) *scripted {
	s := &scripted{end: make(chan struct{})}
	for _, c := range chunks {
		s.chunks = append(s.chunks, []byte(c))
	}
	return s
}

func (s *scripted) Read(p []byte) (int, error) {
	if len(s.chunks) == 0 {
		<-s.end
		return 0, io.EOF
	}
	n := copy(p, s.chunks[0])
	if s.chunks[0] = s.chunks[0][n:]; len(s.chunks[0]) == 0 {
		s.chunks = s.chunks[1:]
	}
	return n, nil
}

// read collects what a reader hands on until want characters are there.
func read(t *testing.T, r *Reader, want string) {
	t.Helper()
	var got strings.Builder
	buf := make([]byte, 4096)
	for got.Len() < len(want) {
		n, err := r.Read(buf)
		got.Write(buf[:n])
		if err != nil {
			break
		}
	}
	if got.String() != want {
		t.Errorf("got %.200q, want %.200q", got.String(), want)
	}
}

func TestReader(t *testing.T) {
	const start, end = "\x1b[200~", "\x1b[201~"
	for _, c := range []struct {
		name   string
		chunks []string
		want   string
	}{
		{"plain", []string{"abc"}, "abc"},
		{"esc alone", []string{"\x1b"}, "\x1b"},
		{"broken character", []string{"\xe4\xbd", "a"}, "\xe4\xbda"},
		{"paste in many pieces", []string{start[:2], start[2:] + "街\xe9", "\x81\x93" + end[:3], end[3:] + "x"}, start + "街道" + end + "x"},
		{"two pastes", []string{start + "a" + end + "b" + start + "c" + end}, start + "a" + end + "b" + start + "c" + end},
		{"paste never closed", []string{start + "街道"}, start + "街道" + end},
		{"end mark cut short", []string{start + "街道\x1b[2"}, start + "街道" + end},
		{"keys in a paste", []string{start + "a\x1b[2Jb\xff\xe4c" + end}, start + "a[2Jbc" + end},
		{"empty paste", []string{start + end + "x"}, "x"},
		{"late answer to the probe", []string{"a\x1b[12;3R", "b"}, "ab"},
		{"answer in pieces", []string{"\x1b[1;", "2R" + "b"}, "b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := script(c.chunks...)
			r := NewReader(src)
			r.silence = 50 * time.Millisecond
			read(t, r, c.want)
			_ = r.Close()
			close(src.end)
		})
	}
}

// An Esc and a key soon after it are two keys; Bubble Tea alone makes an Alt key
// of them when they are less than 50 ms apart. An Alt key comes in one piece.
func TestEscapeThenKey(t *testing.T) {
	var wg sync.WaitGroup
	gate := make(chan struct{}, 4)
	for _, second := range []string{"A", "街", "\r", "\x1b"} {
		for _, gap := range []time.Duration{30, 100, 170, 250} {
			wg.Go(func() {
				gate <- struct{}{}
				defer func() { <-gate }()
				pr, pw, err := os.Pipe()
				if err != nil {
					t.Error(err)
					return
				}
				r := NewReader(pr)
				l, _, quit := run(r)
				_, _ = pw.WriteString("\x1b")
				time.Sleep(gap * time.Millisecond)
				_, _ = pw.WriteString(second)
				want := map[string]string{"\r": "enter", "\x1b": "esc"}[second]
				if want == "" {
					want = second
				}
				if !l.waitFor("esc", want) {
					t.Errorf("%q after %d ms: %q", second, gap, l.all())
				}
				_, _ = pw.WriteString("\x1bx")
				if !l.waitFor("esc", want, "alt+x") {
					t.Errorf("%q after %d ms, alt: %q", second, gap, l.all())
				}
				if err := quit(); err != nil {
					t.Error(err)
				}
				_, _, _ = r.Close(), pw.Close(), pr.Close()
			})
		}
	}
	wg.Wait()
}

// A paste larger than what Bubble Tea reads at a time arrives whole: no Han
// character is divided by the end of its buffer, and nothing waits for a key.
func TestLongPaste(t *testing.T) {
	pr, pw, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(pr)
	text := "a" + strings.Repeat("街道社区𠮷", PasteLimit/16-1)
	l, _, quit := run(r)
	go func() { _, _ = pw.WriteString("\x1b[200~" + text + "\x1b[201~") }()
	if !l.waitFor("paste " + text) {
		t.Errorf("%d notes", len(l.all()))
	}
	if err := quit(); err != nil {
		t.Error(err)
	}
	_, _, _ = r.Close(), pw.Close(), pr.Close()
}

func TestPasteRefused(t *testing.T) {
	src := script("\x1b[200~"+strings.Repeat("街", PasteLimit), "\x1b[201", "~ok")
	r := NewReader(src)
	refused := 0
	r.Refused = func(n int) { refused = n }
	read(t, r, "ok")
	if refused != 3*PasteLimit {
		t.Errorf("refused %d", refused)
	}
	if cap(r.paste) > 2*PasteLimit || cap(r.raw) > 2*PasteLimit {
		t.Error("the refused paste is kept")
	}
	_ = r.Close()
	close(src.end)
}

// After a silence the paste is closed; what comes late is still a paste and not
// keys, of which the line ends would press Enter.
func TestPasteSilence(t *testing.T) {
	for _, c := range []struct{ first, second, want string }{
		{"\x1b[200~街道", "\r社区\x1b[201~x", "\x1b[200~\r社区\x1b[201~x"},
		{"\x1b[200~街道\x1b[20", "1~x", "x"},
		{"\x1b[200~街道\x1b[20", "x", "x"},
	} {
		pr, pw, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r := NewReader(pr)
		r.silence = 40 * time.Millisecond
		_, _ = pw.WriteString(c.first)
		read(t, r, "\x1b[200~街道\x1b[201~")
		_, _ = pw.WriteString(c.second)
		read(t, r, c.want)
		_, _, _ = r.Close(), pw.Close(), pr.Close()
	}
}

// Close ends a Read that waits, over files and over other readers.
func TestClose(t *testing.T) {
	pr, pw, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	src := script()
	for _, in := range []io.Reader{pr, src} {
		r := NewReader(in)
		r.Ended = func(error) { t.Errorf("%T: our own Close looks like a lost terminal", in) }
		done := make(chan error)
		go func() { _, err := r.Read(make([]byte, 10)); done <- err }()
		time.Sleep(10 * time.Millisecond)
		_ = r.Close()
		if err := <-done; err != io.EOF {
			t.Errorf("%T: %v", in, err)
		}
		if _, err := r.Read(make([]byte, 10)); err != io.EOF {
			t.Errorf("%T: %v after the end", in, err)
		}
	}
	close(src.end)
	_, _ = pw.Close(), pr.Close()
}
