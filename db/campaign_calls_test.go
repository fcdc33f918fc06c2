//go:build campaign

package db_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Every system call of a run that makes a ledger and saves to it a hundred
// times fails once, at every position: in each run every 50th, over 50 runs all.
// The saver sends a failed form again with the same request id. Nothing
// acknowledged may be missing, nothing be there twice, nothing be given up.
func TestCampaignCalls(t *testing.T) {
	tool, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	const apart = 50
	saves := campaignSize(20)
	start := time.Now()
	runs, all := 0, 0
	for _, c := range []struct{ call, fault string }{
		{"pwrite64", "EIO"}, {"pwrite64", "ENOSPC"}, {"fdatasync", "EIO"}, {"fsync", "EIO"}, {"ftruncate", "ENOSPC"}, {"ftruncate", "EIO"},
		{"openat", "EIO"}, {"openat", "EMFILE"}, {"flock", "ENOLCK"}, {"renameat2", "EIO"}, {"fchmod", "EIO"}, {"unlinkat", "EIO"}, {"fstatfs", "EIO"},
		{"pread64", "EIO"},
	} {
		failed, gaveUp, unborn := 0, 0, 0
		for k := range apart {
			path := filepath.Join(t.TempDir(), "ledger.db")
			trace := path + ".trace"
			saver := child(t, "saver", path)
			cmd := exec.Command(tool, append([]string{"-f", "--seccomp-bpf", "-o", trace, "-e", "trace=" + c.call,
				"-e", fmt.Sprintf("inject=%s:error=%s:when=%d+%d", c.call, c.fault, k+1, apart)}, saver.Args...)...)
			cmd.Env = append(saver.Env, "DBTEST_INIT=1", "DBTEST_TRIES=6", "DBTEST_RUN="+strconv.Itoa(k), "DBTEST_N="+strconv.Itoa(saves))
			out, _ := cmd.Output()
			runs++
			b, err := os.ReadFile(trace)
			if err != nil {
				t.Fatal(err)
			}
			here := strings.Count(string(b), "(INJECTED)")
			failed += here
			if here == 0 {
				break // the run has no more positions
			}
			var acks []acknowledgement
			made := false
			for line := range strings.Lines(string(out)) {
				line = strings.TrimSpace(line)
				a, ok := parseAck(line)
				switch {
				case ok && a.made:
					made = true
				case ok:
					acks = append(acks, a)
				case strings.HasPrefix(line, "fail "):
					gaveUp++
					t.Errorf("%s %s from %d: %s", c.call, c.fault, k+1, line)
				}
			}
			if _, err := os.Lstat(path); err != nil && !made {
				unborn++ // the process could not even start
				continue
			}
			if len(acks) != saves {
				t.Errorf("%s %s from %d: %d of %d saved: %s", c.call, c.fault, k+1, len(acks), saves, last(strings.Split(string(out), "\n")))
			}
			if err := sound(path, acks); err != nil {
				t.Errorf("%s %s from %d: %v", c.call, c.fault, k+1, err)
			}
			if n := total(path); n != steps(acks) {
				t.Errorf("%s %s from %d: %d records of %d", c.call, c.fault, k+1, n, steps(acks))
			}
		}
		all += failed
		t.Logf("%-10s %-7s %5d failed once, %d given up, %d runs did not start", c.call, c.fault, failed, gaveUp, unborn)
	}
	t.Logf("%d calls failed in %d runs of %d saves; %v", all, runs, saves, time.Since(start).Round(time.Second))
}

func total(path string) int {
	l, _, err := open(path)
	if err != nil {
		return -1
	}
	n, err := l.Count(context.Background(), "venue", nil)
	if err != nil {
		return -1
	}
	return n
}

// steps counts the records that acknowledgements brought, edits aside.
func steps(acks []acknowledgement) int {
	ids := map[string]bool{}
	for _, a := range acks {
		for _, one := range a.saved {
			id, _, _ := strings.Cut(one, ":")
			ids[id] = true
		}
	}
	return len(ids)
}
