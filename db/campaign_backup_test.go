//go:build campaign

package db_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
)

// Backups are taken while processes save as fast as they can. Each must open as
// a ledger, prove itself and hold all that had been acknowledged before it was
// begun. The negative control copies the file as cp would, at the same moments:
// if those copies were whole too, the backups would show nothing.
func TestCampaignBackup(t *testing.T) {
	const perLedger = 30 // it grows fast meanwhile
	n := campaignSize(20)
	start := time.Now()
	var all backupRun
	for round := 0; round*perLedger < n; round++ {
		r := backupWhileSaving(t, round, min(perLedger, n-round*perLedger))
		all.held = append(all.held, r.held...)
		all.saves, all.controls, all.bad = all.saves+r.saves, all.controls+r.controls, all.bad+r.bad
		all.size = max(all.size, r.size)
	}
	if all.bad*20 < all.controls {
		t.Errorf("negative control: only %d of %d copies made by cp are damaged; the rig is blind", all.bad, all.controls)
	}
	if len(all.held) != n {
		t.Errorf("%d of %d backups", len(all.held), n)
	}
	slices.Sort(all.held)
	t.Logf("%d backups while %d processes made %d saves, seed %d: all verify and hold what was acknowledged; others waited %v at most; negative control, the file copied as it is: %d of %d damaged; ledgers of up to %d KiB; %v",
		len(all.held), backupSavers, all.saves, *flagSeed, all.held[len(all.held)-1].Round(time.Millisecond), all.bad, all.controls, all.size>>10, time.Since(start).Round(time.Second))
}

const backupSavers = 4

type backupRun struct {
	held                 []time.Duration // how long each backup kept others waiting
	saves, controls, bad int
	size                 int64
}

func backupWhileSaving(t *testing.T, round, n int) (r backupRun) {
	path := dbtest.Filled(t, 2000).Path()
	l, actor, err := open(path)
	if err != nil {
		t.Fatal(err)
	}

	var mu sync.Mutex
	var acks []acknowledgement
	var running sync.WaitGroup
	var savers []*exec.Cmd
	defer func() {
		for _, cmd := range savers {
			_ = cmd.Process.Kill()
		}
		running.Wait()
		for _, cmd := range savers {
			_ = cmd.Wait()
		}
	}()
	for w := range backupSavers {
		cmd := child(t, "saver", path)
		cmd.Env = append(cmd.Env, "DBTEST_N=10000000", "DBTEST_TRIES=1", "DBTEST_RUN="+strconv.FormatUint(*flagSeed*100_000+uint64(round*backupSavers+w), 10))
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		savers = append(savers, cmd)
		running.Go(func() {
			for lines := bufio.NewScanner(out); lines.Scan(); {
				if a, ok := parseAck(lines.Text()); ok {
					mu.Lock()
					acks = append(acks, a)
					mu.Unlock()
				}
			}
		})
	}
	acknowledged := func() []acknowledgement {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(acks)
	}
	for since := time.Now(); len(acknowledged()) < 10*backupSavers; time.Sleep(10 * time.Millisecond) {
		if time.Since(since) > time.Minute {
			t.Fatal("nobody saves")
		}
	}

	dir := t.TempDir()
	for i := range n {
		before := acknowledged()
		b, err := l.Backup(context.Background(), actor, db.BackupOptions{Dir: dir})
		if err != nil {
			t.Errorf("backup %d: %v", i, err)
			continue
		}
		r.held = append(r.held, b.Held)
		if err := sound(b.Path, before[max(0, len(before)-200):]); err != nil { // the earlier ones were looked for before
			t.Errorf("backup %d: %v", i, err)
		}
		for _, file := range []string{b.Path, b.Path + ".json", b.Path + ".queue"} {
			_ = os.Remove(file)
		}

		before = acknowledged()
		copied := filepath.Join(dir, "copied.db")
		if err := copyBlindly(path, copied); err != nil {
			t.Fatal(err)
		}
		r.controls++
		if err := sound(copied, before[max(0, len(before)-200):]); err != nil {
			r.bad++
		}
		_ = os.Remove(copied)
		_ = os.Remove(copied + ".queue")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	r.saves, r.size = len(acknowledged()), info.Size()
	return r
}

// copyBlindly copies a file as cp does.
func copyBlindly(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err = io.CopyBuffer(struct{ io.Writer }{dst}, struct{ io.Reader }{src}, make([]byte, 128<<10)); err != nil { // cp reads and writes 128 KiB at a time
		dst.Close()
		return err
	}
	return dst.Close()
}
