package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// real is the real program on the office's ledger, with the real clock.
func (o *office) real(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), program, args...)
	cmd.Env = append(os.Environ(), "TAIZHANG_LEDGER="+o.path, "LC_ALL=zh_CN.UTF-8")
	return cmd
}

func realOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), env: map[string]string{}}
	if out, err := o.real("init", "--name", "示例社区").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	return o
}

// Many real processes enter records at once: none is lost, none doubled.
func TestManyProcesses(t *testing.T) {
	clerks, each := 16, 100
	if testing.Short() {
		clerks, each = 4, 20
	}
	o := realOffice(t)
	var mu sync.Mutex
	given := map[string]string{} // id → title
	var took []time.Duration
	var all sync.WaitGroup
	for clerk := range clerks {
		all.Go(func() {
			for i := range each {
				title := "活动 " + strconv.Itoa(clerk) + "-" + strconv.Itoa(i)
				start := time.Now()
				out, err := o.real("add", "activity", "date=2026-03-08", "title="+title, "lines=文体", "venue=广场", "attend_total=30", "--json").CombinedOutput()
				spent := time.Since(start)
				var saved struct {
					ID      string
					Version int
				}
				if err == nil {
					err = json.Unmarshal(out, &saved)
				}
				mu.Lock()
				if err != nil || saved.Version != 1 || given[saved.ID] != "" {
					t.Errorf("%s: %v %s", title, err, out)
				}
				given[saved.ID] = title
				took = append(took, spent)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	out, err := o.real("list", "activity", "--format", "json").Output()
	if err != nil {
		t.Fatal(err)
	}
	records := decode[[]record](t, string(out))
	for _, r := range records {
		if given[r.ID] != r.Values["title"] {
			t.Errorf("%s is %v, was acknowledged as %q", r.ID, r.Values["title"], given[r.ID])
		}
	}
	if want := clerks * each; len(records) != want || len(given) != want {
		t.Errorf("%d records, %d acknowledged, want %d", len(records), len(given), want)
	}
	if out, err := o.real("verify").CombinedOutput(); err != nil {
		t.Errorf("%v %s", err, out)
	}
	slices.Sort(took)
	t.Logf("%d processes × %d adds: wall time of one process from start to exit p50 %v, p99 %v, worst %v", clerks, each,
		took[len(took)/2].Round(time.Millisecond/10), took[len(took)*99/100].Round(time.Millisecond/10), took[len(took)-1].Round(time.Millisecond/10))
}

// A reader that takes its time over the output keeps nobody from the ledger.
func TestSlowReader(t *testing.T) {
	o := realOffice(t)
	big := strings.Repeat("长", 3900)
	line := toJSON(t, map[string]any{"date": "2026-03-08", "title": "t", "lines": []string{"文体"}, "venue": "v", "attend_total": 30,
		"summary": big, "note": big, "x_a": big, "x_b": big, "x_c": big, "x_d": big, "x_e": big})
	id := o.okIn(strings.Repeat(line, 3), "add", "activity", "-")[:11]
	for _, args := range [][]string{{"show", id, "--format", "json"}, {"show", id}, {"list", "activity", "--format", "json"}, {"list", "activity", "--format", "csv"}} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd := o.real(args...)
		cmd.Stdout = w
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		w.Close()
		first := make([]byte, 1)
		if _, err := io.ReadFull(r, first); err != nil { // it has begun, and waits for us
			t.Fatal(err)
		}
		if out, err := o.real("add", "venue", "name=馆", "category=室外").CombinedOutput(); err != nil {
			t.Errorf("while %q waits: %v %s", args, err, out)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%q: %v", args, err)
		}
		r.Close()
	}
}

// Output that nobody wants or that has no place.
func TestOutput(t *testing.T) {
	o := realOffice(t)
	var many strings.Builder
	for range 2000 {
		many.WriteString(goodLine + "\n")
	}
	o.okIn(many.String(), "add", "activity", "-")
	for _, format := range []string{"table", "json", "csv"} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd := o.real("list", "activity", "--format", format)
		var errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		w.Close()
		_, _ = r.Read(make([]byte, 100)) // head -1
		r.Close()
		err = cmd.Wait()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || errs.Len() > 0 {
			t.Errorf("%s: %v, stderr %s", format, err, &errs)
		} else if s := exit.Sys().(syscall.WaitStatus); !s.Signaled() || s.Signal() != syscall.SIGPIPE {
			t.Errorf("%s ended with %v", format, exit)
		}
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		for _, args := range [][]string{{"list", "activity"}, {"list", "activity", "--format", "json"}, {"fields"}, {"verify"}, {"figures", "--period", "2026"},
			{"add", "venue", "name=满", "category=室外"}, {"add", "venue", "name=盈", "category=室外", "--json"}} {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			cmd := o.real(args...)
			var errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = full, &errs
			err = cmd.Run()
			full.Close()
			if cmd.ProcessState.ExitCode() != 1 || strings.Count(errs.String(), "\n") != 1 || !strings.Contains(errs.String(), "结果写不出来") {
				t.Errorf("%q on a full disk: %v %s", args, err, &errs)
			}
		}
		if n := len(o.list("venue")); n != 2 {
			t.Errorf("%d records: what was saved must stay", n)
		}
	}
	// Closed streams: the ledger file must not take their numbers.
	before := len(o.list("venue"))
	for _, redirect := range []string{">&-", "2>&-", "<&-", "<&- >&- 2>&-"} {
		sh := exec.Command("sh", "-c", `"$0" add venue name=关 category=室外 `+redirect, program)
		sh.Env = append(os.Environ(), "TAIZHANG_LEDGER="+o.path)
		if err := sh.Run(); err != nil {
			t.Errorf("%s: %v", redirect, err)
		}
	}
	if n := len(o.list("venue")); n != before+4 {
		t.Errorf("%d records, want %d", n, before+4)
	}
	if out, err := o.real("verify").CombinedOutput(); err != nil {
		t.Errorf("%v %s", err, out)
	}
}

// In a folder that may only be read the ledger may be read, and nothing else.
func TestReadOnlyFolder(t *testing.T) {
	o := &office{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), env: map[string]string{}}
	dir := filepath.Dir(o.path)
	run := func(code int, args ...string) string {
		t.Helper()
		cmd := o.real(args...)
		if os.Getuid() == 0 { // who may write everywhere
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody, NoSetGroups: true}}
		}
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
			t.Errorf("%q: %v %s", args, err, out)
		}
		return string(out)
	}
	if os.Getuid() == 0 {
		if _, err := user.LookupId(strconv.Itoa(nobody)); err != nil {
			t.Skip("no other user to be")
		}
		for _, err := range []error{os.Chown(dir, nobody, nobody), os.Chmod(filepath.Dir(program), 0o755), os.Chmod(filepath.Dir(dir), 0o755)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	run(0, "init", "--name", "示例社区")
	run(0, "add", "venue", "name=馆", "category=室外")
	for _, side := range []string{"with", "without"} {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		if out := run(0, "list", "venue"); !strings.Contains(out, "馆") {
			t.Errorf("%s the side file: %s", side, out)
		}
		run(0, "verify")
		run(0, "figures", "--period", "2026")
		run(3, "init", "--name", "又一个", "--ledger", filepath.Join(dir, "other.db"))
		if side == "without" {
			run(3, "add", "venue", "name=馆", "category=室外")
		}
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(o.path + ".queue")
	}
}

const nobody = 65534

// An export that is interrupted leaves nothing behind: the whole file or none.
func TestInterruptedExport(t *testing.T) {
	o := realOffice(t)
	o.okIn(strings.Repeat(goodLine+"\n", 5000), "add", "activity", "-")
	dir := t.TempDir()
	for i, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		file := filepath.Join(dir, strconv.Itoa(i)+".csv")
		cmd := o.real("export", "activity", "--format", "csv", "--audience", "internal", "--out", file)
		var errs bytes.Buffer
		cmd.Stderr = &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		var err error
		for begun := false; !begun; {
			left, _ := filepath.Glob(filepath.Join(dir, ".*"))
			select {
			case err = <-ended:
				begun = true
			default:
				if begun = len(left) > 0; begun {
					_ = cmd.Process.Signal(sig)
					err = <-ended
				}
			}
		}
		b, readErr := os.ReadFile(file)
		switch {
		case err == nil && bytes.Count(b, []byte("\n")) == 5001: // was quicker than the signal
		case cmd.ProcessState.ExitCode() == 1 && os.IsNotExist(readErr) && strings.Count(errs.String(), "\n") == 1:
		default:
			t.Errorf("%v: %v, %v, %d bytes, %s", sig, err, readErr, len(b), &errs)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Errorf("%v left %q", sig, left)
		}
	}
}
