//go:build campaign

package drive

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	xterm "github.com/charmbracelet/x/term"

	"taizhang/tui/term"
)

// childVar names the socket by which the program in tmux is told what to show.
const childVar = "TAIZHANG_DRIVE_SOCKET"

func init() {
	if path := os.Getenv(childVar); path != "" {
		if err := child(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// child is the program that runs in tmux, with input and output as in the real
// one.
func child(path string) error {
	conn, err := net.Dial("unix", path)
	if err != nil {
		return err
	}
	w, h, err := xterm.GetSize(os.Stdout.Fd())
	if err != nil {
		return err
	}
	reader, out := term.NewReader(os.Stdin), term.NewWriter(os.Stdout, w, h, false)
	defer reader.Close()
	p := tea.NewProgram(rows{}, tea.WithInput(reader), tea.WithOutput(out), tea.WithFilter(out.Filter), tea.WithFPS(120),
		tea.WithEnvironment(append(os.Environ(), "SSH_TTY=/dev/pts/0")))
	go func() {
		for in := json.NewDecoder(conn); ; {
			var r rows
			if in.Decode(&r) != nil {
				p.Quit()
				return
			}
			p.Send(r)
		}
	}()
	_, err = p.Run()
	return err
}

// TestRandomEditsInTmux is TestRandomEdits on a real terminal multiplexer.
func TestRandomEditsInTmux(t *testing.T) {
	tmux, err := exec.LookPath("tmux")
	if err != nil {
		t.Fatal("this campaign needs tmux: ", err)
	}
	for seed := range *seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			e := newEditor(seed)
			e.marks = true
			state := e.first()
			dir := t.TempDir()
			listener, err := net.Listen("unix", filepath.Join(dir, "child"))
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			run := func(args ...string) string {
				out, err := exec.Command(tmux, append([]string{"-u", "-f", "/dev/null", "-S", filepath.Join(dir, "tmux")}, args...)...).CombinedOutput()
				if err != nil {
					t.Fatalf("tmux %q: %v: %s", args, err, out)
				}
				return string(out)
			}
			run("new-session", "-d", "-x", strconv.Itoa(e.w), "-y", strconv.Itoa(e.h),
				"env", childVar+"="+filepath.Join(dir, "child"), "TERM=xterm-256color", os.Args[0])
			defer func() { // it may have ended with its program
				_ = exec.Command(tmux, "-S", filepath.Join(dir, "tmux"), "kill-server").Run()
			}()
			run("set", "-g", "status", "off", ";", "set", "-g", "window-size", "manual", ";", "resize-window", "-x", strconv.Itoa(e.w), "-y", strconv.Itoa(e.h))
			conn, err := listener.Accept()
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			out := json.NewEncoder(conn)
			wrong := 0
			for i := 0; i < *edits && wrong < 3; i++ {
				w, h := e.w, e.h
				state = e.edit(state)
				if e.w != w || e.h != h {
					run("resize-window", "-x", strconv.Itoa(e.w), "-y", strconv.Itoa(e.h))
				}
				if err := out.Encode(state); err != nil {
					t.Fatal(err)
				}
				cursor := "0"
				if state.Y >= 0 {
					cursor = fmt.Sprintf("1 %d %d", state.X, state.Y)
				}
				want := append(trimmed(state.Lines), cursor)
				for end := time.Now().Add(3 * time.Second); ; time.Sleep(glance) {
					got := strings.Split(strings.TrimSuffix(run("capture-pane", "-p", ";", "display-message", "-p", "#{cursor_flag} #{cursor_x} #{cursor_y}"), "\n"), "\n")
					if last := &got[len(got)-1]; strings.HasPrefix(*last, "0 ") {
						*last = "0" // where a hidden cursor is, nobody sees
					}
					if slices.Equal(got, want) {
						break
					}
					if time.Now().After(end) {
						wrong++
						t.Errorf("edit %d: screen\n%s\nwant\n%s", i, strings.Join(got, "\n"), strings.Join(want, "\n"))
						break
					}
				}
			}
			t.Logf("%d edits, %d wrong", *edits, wrong)
		})
	}
}
