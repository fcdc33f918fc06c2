package db_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// The test binary is its own second process: with DBTEST_JOB set it does that
// job and ends.
func TestMain(m *testing.M) {
	switch os.Getenv("DBTEST_JOB") {
	case "":
		var err error
		if bigDir, err = os.MkdirTemp("", "taizhang-bench"); err != nil {
			panic(err)
		}
		code := m.Run()
		_ = os.RemoveAll(bigDir)
		os.Exit(code)
	case "add":
		os.Exit(jobAdd())
	case "hold":
		os.Exit(jobHold())
	default:
		os.Exit(jobs[os.Getenv("DBTEST_JOB")]())
	}
}

// jobs are those of the other test files.
var jobs = map[string]func() int{}

func child(t testing.TB, job, path string, args ...string) *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), "DBTEST_JOB="+job, "DBTEST_LEDGER="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

func openInChild() (*db.Ledger, model.Actor, error) {
	l, err := db.Open(os.Getenv("DBTEST_LEDGER"), db.Options{User: func() (string, error) { return dbtest.Login, nil }})
	if err != nil {
		return nil, model.Actor{}, err
	}
	a, err := l.Actor(context.Background())
	return l, a, err
}

// jobAdd adds DBTEST_N records one by one and prints id and microseconds.
func jobAdd() int {
	l, a, err := openInChild()
	n, _ := strconv.Atoi(os.Getenv("DBTEST_N"))
	for i := 0; err == nil && i < n; i++ {
		var res db.Result
		start := time.Now()
		res, err = l.Write(context.Background(), a, db.RequestID{}, addVenue(fmt.Sprintf("厅 %d-%d", os.Getpid(), i)))
		if err == nil {
			fmt.Println(res.Records[0].ID, time.Since(start).Microseconds())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// jobHold holds the ledger until its input ends.
func jobHold() int {
	l, _, err := openInChild()
	if err != nil {
		return 1
	}
	_ = l.View(context.Background(), func(*db.Snapshot) error {
		fmt.Println("held")
		_, err := io.Copy(io.Discard, os.Stdin)
		return err
	})
	return 0
}

// Many processes enter records into one file: none is lost, none doubled, and
// the chain holds.
func TestManyWritingProcesses(t *testing.T) {
	processes, each := 16, 100
	if testing.Short() {
		processes, each = 4, 25
	}
	l := dbtest.New(t)
	outs := make([]*bufio.Scanner, processes)
	cmds := make([]*exec.Cmd, processes)
	for i := range cmds {
		cmds[i] = child(t, "add", l.Path())
		cmds[i].Env = append(cmds[i].Env, "DBTEST_N="+strconv.Itoa(each))
		out, err := cmds[i].StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmds[i].Start(); err != nil {
			t.Fatal(err)
		}
		outs[i] = bufio.NewScanner(out)
	}
	acknowledged := map[string]int{}
	var took []int
	for i, out := range outs {
		for out.Scan() {
			id, us, _ := strings.Cut(out.Text(), " ")
			n, err := strconv.Atoi(us)
			if err != nil {
				t.Fatal(out.Text())
			}
			acknowledged[id]++
			took = append(took, n)
		}
		if err := cmds[i].Wait(); err != nil {
			t.Error(err)
		}
	}
	names := map[any]bool{}
	list, err := l.List(ctx, db.Query{Register: "venue"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		names[r.Values["name"]] = true
		if acknowledged[r.ID] != 1 {
			t.Errorf("%s was acknowledged %d times", r.ID, acknowledged[r.ID])
		}
	}
	if want := processes * each; len(list) != want || len(names) != want || len(acknowledged) != want {
		t.Errorf("%d records of %d names, %d acknowledged, want %d", len(list), len(names), len(acknowledged), want)
	}
	if rep, err := l.Verify(ctx, nil); err != nil {
		t.Errorf("%v %+v", err, rep.Faults)
	}
	slices.Sort(took)
	t.Logf("%d processes × %d adds: p50 %.1f ms, p99 %.1f ms, worst %.1f ms", processes, each,
		float64(took[len(took)/2])/1e3, float64(took[len(took)*99/100])/1e3, float64(took[len(took)-1])/1e3)
}

// A holder that does not let go is named, the waiter gives up in time, and
// nothing of its attempt stays behind.
func TestBusyNamesTheHolder(t *testing.T) {
	l := dbtest.New(t)
	actor := dbtest.Actor(t, l)
	db.SetPatience(l, 100*time.Millisecond)
	pid, leave := dbtest.Holding(t, child(t, "hold", l.Path(), "--staff=wangf"))
	for range 3 {
		_, err := l.Write(ctx, actor, db.RequestID{}, addVenue("厅"))
		if db.ExitCode(err) != db.ExitBusy || !strings.Contains(err.Error(), "wangf") || !strings.Contains(err.Error(), strconv.Itoa(pid)) {
			t.Errorf("got %v", err)
		}
	}
	give, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	if _, err := l.Write(give, actor, db.RequestID{}, addVenue("厅")); !strings.Contains(fmt.Sprint(err), "deadline") {
		t.Errorf("given up: %v", err)
	}
	leave()
	db.SetPatience(l, 5*time.Second)
	if _, err := l.Write(ctx, actor, db.RequestID{}, addVenue("厅")); err != nil {
		t.Errorf("after the holder left: %v", err)
	}
	if n, _ := l.Count(ctx, "venue", nil); n != 1 {
		t.Errorf("%d records: a given-up write was carried out", n)
	}
}

// A writer among ceaseless readers gets its turn.
func TestReadersDoNotStarveAWriter(t *testing.T) {
	l := dbtest.New(t)
	actor := dbtest.Actor(t, l)
	stop, cancel := context.WithCancel(ctx)
	defer cancel()
	for range 4 {
		r := dbtest.Open(t, l.Path(), dbtest.NewClock(dbtest.Start))
		go func() {
			for stop.Err() == nil {
				_ = r.View(ctx, func(*db.Snapshot) error { time.Sleep(5 * time.Millisecond); return nil })
			}
		}()
	}
	for range 10 {
		start := time.Now()
		if _, err := l.Write(ctx, actor, db.RequestID{}, addVenue("厅")); err != nil || time.Since(start) > 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	}
}

// A panic of the program's own, inside a visit, goes on to whoever made it and
// leaves no lock.
func TestPanicLeavesNoLock(t *testing.T) {
	l := dbtest.New(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = l.View(ctx, func(*db.Snapshot) error { panic("mine") })
	}()
	if _, err := dbtest.Open(t, l.Path(), dbtest.NewClock(dbtest.Start)).Write(ctx, dbtest.Actor(t, l), db.RequestID{}, addVenue("厅")); err != nil {
		t.Error(err)
	}
}
