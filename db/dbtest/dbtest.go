// Package dbtest gives tests a ledger of their own.
package dbtest

import (
	"bufio"
	"context"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
	"taizhang/model/sample"
)

// Login is the operating-system user the ledger of New takes the test for; its
// staff record is S-2026-0001 with the roles 管理 and 录入.
const Login = "zhangm"

// Start is the moment the clock of New stands at: a Sunday morning in Beijing.
var Start = time.Date(2026, 3, 8, 1, 30, 0, 0, time.UTC)

// Clock is a clock that moves only when told.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at t.
func NewClock(t time.Time) *Clock { return &Clock{now: t} }

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// New makes an empty ledger in a folder of the test's own, with the clock
// standing at Start and the user Login.
func New(t testing.TB) *db.Ledger {
	t.Helper()
	return NewAt(t, NewClock(Start))
}

// NewAt is New with a clock of the test's.
func NewAt(t testing.TB, clock *Clock) *db.Ledger {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	err := db.Init(path, db.InitOptions{Name: "示例社区", Login: Login, FullName: "张敏", Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	return Open(t, path, clock)
}

// Open opens a ledger again, as another process would.
func Open(t testing.TB, path string, clock *Clock) *db.Ledger {
	t.Helper()
	l, err := db.Open(path, db.Options{Clock: clock.Now, User: func() (string, error) { return Login, nil }})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Actor returns who the test acts as.
func Actor(t testing.TB, l *db.Ledger) model.Actor {
	t.Helper()
	a, err := l.Actor(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Add stores one record and returns its id.
func Add(t testing.TB, l *db.Ledger, register string, values model.Values) string {
	t.Helper()
	res, err := l.Write(context.Background(), Actor(t, l), db.RequestID{}, db.Op{Kind: db.Add, Register: register, Values: values})
	if err != nil {
		t.Fatal(err)
	}
	return res.Records[0].ID
}

// Holding starts another process, waits for its first line, by which it says
// that it holds what it is to hold, and returns its number. leave ends its input,
// by which it is told to let go, and waits until it has ended well.
func Holding(t testing.TB, cmd *exec.Cmd) (pid int, leave func()) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("the other process did not start")
	}
	return cmd.Process.Pid, func() {
		t.Helper()
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// Filled makes a ledger with the sample community in it, of about n records; see
// sample.Fill. It stands at the end of the report year.
func Filled(t testing.TB, n int) *db.Ledger {
	t.Helper()
	today := model.NewDate(sample.Year, 12, 31)
	clock := NewClock(time.Date(sample.Year, 12, 31, 9, 0, 0, 0, model.Zone))
	l := NewAt(t, clock)
	back, err := db.Open(l.Path(), db.Options{Clock: clock.Now, Backdate: true, User: func() (string, error) { return Login, nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := sample.Fill(&filler{back, Actor(t, l)}, today, n); err != nil {
		t.Fatal(err)
	}
	return l
}

// Filler returns the way of the sample community into a ledger that was opened
// with Options.Backdate.
func Filler(t testing.TB, l *db.Ledger) sample.Writer { return &filler{l, Actor(t, l)} }

// filler is the way of the sample community into a ledger.
type filler struct {
	l     *db.Ledger
	actor model.Actor
}

// Add implements sample.Writer.
func (f *filler) Add(register string, entries []sample.Entry) (ids []string, err error) {
	ops := make([]db.Op, len(entries))
	for i, e := range entries {
		ops[i] = db.Op{Kind: db.Add, Register: register, Values: e.Values, At: e.At}
	}
	res, err := f.l.Write(context.Background(), f.actor, db.RequestID{}, ops...)
	for _, r := range res.Records {
		ids = append(ids, r.ID)
	}
	return ids, err
}
