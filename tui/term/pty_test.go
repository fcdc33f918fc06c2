//go:build linux

package term

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"

	"taizhang/tui/term/ptytest"
)

func raw(t *testing.T, f *os.File) bool {
	t.Helper()
	s, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return s.Lflag&(unix.ICANON|unix.ECHO) == 0
}

// On a real terminal Bubble Tea finds the descriptor through Reader, enters raw
// mode, reads through Reader, and restores the terminal.
func TestOnTerminal(t *testing.T) {
	master, slave := ptytest.Open(t, 80, 24)
	go func() { _, _ = io.Copy(io.Discard, master) }()
	r := NewReader(slave)
	refused := make(chan int, 1)
	r.Refused = func(n int) { refused <- n }
	l := new(log)
	p := tea.NewProgram(logger{l}, tea.WithInput(r), tea.WithOutput(slave),
		tea.WithoutSignalHandler(), tea.WithFilter(ClampFilter),
		tea.WithEnvironment([]string{"TERM=xterm", "SSH_TTY=/dev/pts/0"}))
	done := make(chan error, 1)
	go func() { _, err := p.Run(); done <- err }()
	for end := time.Now().Add(5 * time.Second); !raw(t, slave); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the terminal is not raw")
		}
	}
	write := func(s string) { _, _ = master.WriteString(s) }
	write("\xe4\xbd")
	time.Sleep(70 * time.Millisecond)
	write("\xa0\x1b[200~社\xe5")
	time.Sleep(70 * time.Millisecond)
	write("\x8c\xba\x1b[20")
	time.Sleep(70 * time.Millisecond)
	write("1~")
	if !l.waitFor("你", "paste 社区") {
		t.Errorf("got %q", l.all())
	}
	write("\x1b[200~" + strings.Repeat("街", PasteLimit) + "\x1b[201~z")
	if !l.waitFor("你", "paste 社区", "z") || <-refused != 3*PasteLimit {
		t.Errorf("got %d notes", len(l.all()))
	}
	p.Quit()
	if err := <-done; err != nil {
		t.Error(err)
	}
	_ = r.Close()
	if raw(t, slave) {
		t.Error("the terminal is left raw")
	}
	// The copier of the master's output ends with the slave.
	_, _ = slave.Close(), master.Close()
}

// A terminal that goes away is reported once and does not kill the program, so
// that it can still save.
func TestTerminalGone(t *testing.T) {
	master, slave := ptytest.Open(t, 80, 24)
	r := NewReader(slave)
	gone := make(chan error, 2)
	r.Ended = func(err error) { gone <- err }
	_, _, quit := run(r)
	_ = master.Close()
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("nobody was told")
	}
	time.Sleep(50 * time.Millisecond)
	if err := quit(); err != nil {
		t.Error(err)
	}
	if len(gone) != 0 {
		t.Error("told twice")
	}
	_ = r.Close()
}

func TestProbe(t *testing.T) {
	for _, c := range []struct {
		name, answer string
		want         int
	}{
		{"narrow", "\x1b[5;2R", 1},
		{"wide", "\x1b[5;3R", 2},
		{"wide, after keys typed ahead", "ab\x1b[A\x1b[24;3R", 2},
		{"silent", "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			master, slave := ptytest.Open(t, 80, 24)
			asked := make(chan string, 1)
			go func() {
				var got []byte
				buf := make([]byte, 100)
				for !bytes.Contains(got, []byte("\x1b[6n")) {
					n, err := master.Read(buf)
					if err != nil {
						break
					}
					got = append(got, buf[:n]...)
				}
				_, _ = master.WriteString(c.answer)
				asked <- string(got)
			}()
			if got := ProbeAmbiguous(slave, slave, 300*time.Millisecond); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
			if got := <-asked; !strings.HasPrefix(got, "\r─") {
				t.Errorf("asked %q", got)
			}
			if raw(t, slave) {
				t.Error("the terminal is left raw")
			}
		})
	}
	pr, pw, _ := os.Pipe()
	if ProbeAmbiguous(pr, pw, time.Second) != 1 {
		t.Error("a pipe is not narrow")
	}
	_, _ = pr.Close(), pw.Close()
}
