package tui

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/term/ptytest"
)

// runLedger tells a second process of the test to be the program on a ledger.
const runLedger = "TAIZHANG_TEST_RUN"

// runAs tells it to be of another account, by number.
const runAs = "TAIZHANG_TEST_UID"

func TestMain(m *testing.M) {
	if path := os.Getenv(runLedger); path != "" {
		os.Exit(beProgram(path))
	}
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f.Value.String() == f.DefValue { // they wait more than they work; see alongside
		_ = f.Value.Set("6")
	}
	os.Exit(m.Run())
}

func beProgram(path string) int {
	if s := os.Getenv(runAs); s != "" {
		uid, _ := strconv.Atoi(s)
		if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(uid), syscall.Setuid(uid)); err != nil {
			return 2
		}
	}
	led, err := db.Open(path, db.Options{User: func() (string, error) { return dbtest.Login, nil }})
	if err != nil {
		return 3
	}
	actor, err := led.Actor(context.Background())
	if err != nil {
		return 7
	}
	o := Options{Opened: &Opened{Ledger: led, Actor: actor, Name: "张敏"}, Wide: 1, Now: led.Now}
	if err := Run(context.Background(), o, os.Stdin, os.Stdout); err != nil {
		return 1
	}
	return 0
}

// console is a real process on a real terminal line.
type console struct {
	cmd    *exec.Cmd
	master *os.File
	mu     sync.Mutex
	out    bytes.Buffer
	done   chan struct{}
}

func startProcess(t *testing.T, path string, env ...string) *console {
	t.Helper()
	line, slave := ptytest.Open(t, 80, 24)
	// A descriptor that Close really closes while a Read waits.
	fd, err := unix.FcntlInt(line.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = line.Close()
	master := os.NewFile(uintptr(fd), "line")
	c := &console{cmd: exec.Command(os.Args[0]), master: master, done: make(chan struct{})}
	c.cmd.Env = append(append(os.Environ(), runLedger+"="+path, "TERM=xterm-256color"), env...)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = slave, slave, slave
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := master.Read(buf)
			c.mu.Lock()
			c.out.Write(buf[:n])
			c.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	go func() { _ = c.cmd.Wait(); close(c.done) }()
	t.Cleanup(func() { _ = c.cmd.Process.Kill(); <-c.done })
	return c
}

func (c *console) expect(t *testing.T, text string) {
	t.Helper()
	waitFor(t, text, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return bytes.Contains(c.out.Bytes(), []byte(text))
	})
}

func (c *console) typed(t *testing.T, text string) {
	t.Helper()
	if _, err := c.master.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("no %q after 10s", what)
		}
	}
}

// titleInDraft is what the draft of a new activity holds as its title.
func titleInDraft(led *db.Ledger) string {
	ctx := context.Background()
	actor, err := led.Actor(ctx)
	if err != nil {
		return err.Error()
	}
	list, err := led.Drafts(ctx, actor)
	if err != nil || len(list) == 0 {
		return ""
	}
	return list[0].Texts["title"]
}

// TestEnds breaks off a half-filled form in every way a login ends. The signals
// and the lost line save what was typed up to that moment; a kill that cannot
// be caught loses at most the last second.
func TestEnds(t *testing.T) {
	for _, end := range []struct {
		name string
		do   func(c *console)
		wait bool // until the draft of the pause is in the file
	}{
		{"SIGHUP", func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGHUP) }, false},
		{"SIGTERM", func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGTERM) }, false},
		{"closed terminal", func(c *console) { _ = c.master.Close() }, false},
		{"kill -9", func(c *console) { _ = c.cmd.Process.Kill() }, true},
	} {
		t.Run(end.name, func(t *testing.T) {
			t.Parallel()
			led := dbtest.New(t)
			c := startProcess(t, led.Path())
			c.expect(t, "本月")
			c.typed(t, "1")
			c.expect(t, "没有记录")
			c.typed(t, "\x0e")
			c.expect(t, "*名称")
			c.typed(t, "\r\r\r")
			c.typed(t, "春节慰问演出")
			c.expect(t, "演出")
			if end.wait {
				waitFor(t, "a draft by itself", func() bool { return titleInDraft(led) == "春节慰问演出" })
			}
			end.do(c)
			select {
			case <-c.done:
			case <-time.After(5 * time.Second):
				t.Fatal("the program is still there")
			}
			if got := titleInDraft(led); got != "春节慰问演出" {
				t.Errorf("the draft holds %q", got)
			}
			if code := c.cmd.ProcessState.ExitCode(); !end.wait && code != 0 {
				t.Errorf("exit code %d", code)
			}
			if n, err := led.Count(context.Background(), "activity", nil); err != nil || n != 0 {
				t.Errorf("%d activities, %v: a draft must not count", n, err)
			}
			next := login(t, led, model.ZH, 80, 24)
			next.Expect("春节慰问演出").Press("1").Expect("没有记录").Press("ctrl+n").Expect("接着上次的草稿").CursorAfter("春节慰问演出")
		})
	}
}
