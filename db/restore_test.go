package db_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func (o *office) restore(backup string) db.Restored {
	o.t.Helper()
	res, err := db.Restore(ctx, o.Path(), backup, o.restoring(nil))
	if err != nil {
		o.t.Fatal(err)
	}
	return res
}

// aside are the files that a restore keeps beside the ledger.
func (o *office) aside() (names []string) {
	for _, name := range files(o.t, filepath.Dir(o.Path())) {
		if strings.Contains(name, ".replaced-") || strings.Contains(name, ".restoring-") {
			names = append(names, filepath.Join(filepath.Dir(o.Path()), name))
		}
	}
	return names
}

// later is an office with a backup of two records ago: the backup and the head
// then.
func later(t testing.TB) (o *office, b db.Backup) {
	o = newOffice(t)
	o.add("venue", venue("甲厅"))
	b = o.backup(db.BackupOptions{})
	o.clock.Set(o.clock.Now().Add(26 * time.Hour))
	o.add("venue", venue("乙厅"))
	o.add("venue", venue("丙厅"))
	return o, b
}

// An older file comes in, the replaced one stays beside it, the journal tells of
// it with the former head, and whoever had the ledger open goes on working.
func TestRestore(t *testing.T) {
	o, b := later(t)
	seq, hash, _ := o.Head(ctx)
	before, _ := os.ReadFile(o.Path())
	var asked db.RestorePlan
	opt := o.restoring(nil)
	opt.Confirm = func(p db.RestorePlan) error { asked = p; return nil }
	res, err := db.Restore(ctx, o.Path(), b.Path, opt)
	if err != nil {
		t.Fatal(err)
	}
	if !asked.Replaces || asked.Former.Seq != seq || asked.Backup.Seq != b.Seq || asked.Info.Community != "示例社区" || asked.Manifest == nil {
		t.Errorf("%+v", asked)
	}
	if kept, err := os.ReadFile(res.Kept); err != nil || !bytes.Equal(kept, before) || res.Kept != o.Path()+".replaced-20260309T033000Z" {
		t.Errorf("%s: %v", res.Kept, err)
	}
	for _, path := range []string{res.Kept, o.Path()} {
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v %v", path, info, err)
		}
	}
	last, err := o.EntriesSince(ctx, b.Seq, 9)
	if err != nil || len(last) != 1 || last[0].Action != db.ActRestore || last[0].By != "S-2026-0001" || last[0].ID != o.Info().ID ||
		last[0].Reason != fmt.Sprintf("%d:%s", seq, hash) || last[0].Hash != res.Head.Hash {
		t.Errorf("%v %+v", err, last)
	}
	if n, _ := o.Count(ctx, "venue", nil); n != 1 {
		t.Errorf("%d records", n)
	}
	o.add("venue", venue("丁厅"))
	o.verify()
	if left := leftovers(t, filepath.Dir(o.Path())); left != nil {
		t.Errorf("left behind: %v", left)
	}
	// Once more in the same second: nothing is overwritten.
	if again := o.restore(b.Path); again.Kept != res.Kept+"-2" {
		t.Error(again.Kept)
	}
}

// An empty computer: no ledger, no staff, another login.
func TestRestoreToANewPlace(t *testing.T) {
	o, b := later(t)
	opt := o.restoring(nil)
	opt.User = func() (string, error) { return "stranger", nil }
	to := filepath.Join(t.TempDir(), "new.db")
	res, err := db.Restore(ctx, to, b.Path, opt)
	if err != nil || res.Kept != "" || res.Replaces || res.Head.By != "" || res.Head.Reason != "" {
		t.Fatalf("%v %+v", err, res)
	}
	l := dbtest.Open(t, to, o.clock)
	if rep, err := l.Verify(ctx, nil, db.Witness{Seq: b.Seq, Hash: b.Hash}); err != nil || rep.Seq != b.Seq+1 {
		t.Errorf("%v %+v", err, rep)
	}
	if d, err := l.Drill(ctx, dbtest.Actor(t, l), db.DrillOptions{Dir: filepath.Dir(b.Path)}); err != nil {
		t.Errorf("%v %v", err, d.Differs)
	}
}

// What cannot take the ledger's place is refused, and nothing changed by that.
func TestRestoreRefusals(t *testing.T) {
	o, b := later(t)
	whole, err := os.ReadFile(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(o.Path())
	elsewhere := func(content []byte) string {
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	altered := func(fn func(tx *bolt.Tx) error) string {
		path := elsewhere(whole)
		d, err := bolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Update(fn); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	meta := func(key, value string) string {
		return altered(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte(key), []byte(value)) })
	}
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(b.Path, link); err != nil {
		t.Fatal(err)
	}
	another := newOffice(t)
	for _, c := range []struct {
		name, path string
		code       int
	}{
		{"missing", filepath.Join(t.TempDir(), "none.db"), db.ExitFailed},
		{"a folder", t.TempDir(), db.ExitUnsafe},
		{"a link", link, db.ExitFailed},
		{"empty", elsewhere(nil), db.ExitFailed},
		{"a text", elsewhere([]byte(strings.Repeat("not a ledger\n", 999))), db.ExitFailed},
		{"cut", elsewhere(whole[:len(whole)/2]), db.ExitFailed},
		{"one letter changed", elsewhere(bytes.Replace(whole, []byte("甲厅"), []byte("申厅"), -1)), db.ExitFailed},
		{"a list of free pages that is wrong", altered(nothing), 0},
		{"newer", meta("min_reader", "99"), db.ExitNewer},
		{"newer for writing", meta("min_writer", "99"), db.ExitNewer},
		{"no ledger", meta("magic", "x"), db.ExitFailed},
		{"another ledger's", another.backup(db.BackupOptions{}).Path, db.ExitFailed},
	} {
		if c.code == 0 {
			spoilFreelist(t, c.path)
			c.code = db.ExitFailed
		}
		if _, err := db.Restore(ctx, o.Path(), c.path, o.restoring(nil)); db.ExitCode(err) != c.code {
			t.Errorf("%s: code %d, %v", c.name, db.ExitCode(err), err)
		}
		if after, _ := os.ReadFile(o.Path()); !bytes.Equal(after, before) || o.aside() != nil || leftovers(t, filepath.Dir(o.Path())) != nil {
			t.Errorf("%s: something changed", c.name)
		}
	}
	// A person changes her mind.
	opt := o.restoring(nil)
	opt.Confirm = func(db.RestorePlan) error { return errors.New("no") }
	if _, err := db.Restore(ctx, o.Path(), b.Path, opt); err == nil || o.aside() != nil {
		t.Error(err)
	}
	// A file of another kind is never taken for a ledger.
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, []byte("dear office"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Restore(ctx, letter, b.Path, o.restoring(nil)); db.ExitCode(err) != db.ExitFailed {
		t.Error(err)
	}
	if text, _ := os.ReadFile(letter); string(text) != "dear office" {
		t.Error("the letter is gone")
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := db.Restore(cancelled, o.Path(), b.Path, o.restoring(nil)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func nothing(*bolt.Tx) error { return nil }

// spoilFreelist lets the list of free pages of a whole file claim a page in use:
// everything can still be read, and the next write destroys it.
func spoilFreelist(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := os.Getpagesize()
	u64 := func(at int) uint64 { return binary.NativeEndian.Uint64(b[at:]) }
	meta := 16 // the newer of the two
	if u64(size+16+48) > u64(16+48) {
		meta = size + 16
	}
	root, free := u64(meta+16), int(u64(meta+32))*size
	if binary.NativeEndian.Uint16(b[free+10:]) == 0 {
		t.Fatal("no page is free")
	}
	binary.NativeEndian.PutUint64(b[free+16:], root)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A ledger that can no longer be read is what backups are for; it is kept all the
// same.
func TestRestoreOverDamage(t *testing.T) {
	for name, spoil := range map[string]func([]byte) []byte{
		"empty": func([]byte) []byte { return nil },
		"cut":   func(b []byte) []byte { return b[:len(b)/2] },
		"holes": func(b []byte) []byte { clear(b[3*4096 : len(b)-4096]); return b },
		"header": func(b []byte) []byte {
			copy(b[20:60], "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
			copy(b[4096+20:], "xxxxxxxxx")
			return b
		},
	} {
		o, b := later(t)
		content, _ := os.ReadFile(o.Path())
		content = spoil(content)
		if err := os.WriteFile(o.Path(), content, 0o600); err != nil {
			t.Fatal(err)
		}
		opt := o.restoring(nil)
		opt.User = func() (string, error) { return "stranger", nil }
		if _, err := db.Restore(ctx, o.Path(), b.Path, opt); db.ExitCode(err) != db.ExitDenied {
			t.Errorf("%s: by a stranger: %v", name, err)
		}
		res, err := db.Restore(ctx, o.Path(), b.Path, o.restoring(nil))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if kept, _ := os.ReadFile(res.Kept); !bytes.Equal(kept, content) || res.Head.Reason != "" {
			t.Errorf("%s: kept %d bytes, reason %q", name, len(kept), res.Head.Reason)
		}
		dbtest.Open(t, o.Path(), o.clock)
	}
}

// While another process holds the ledger, nothing is replaced.
func TestRestoreWaitsInVain(t *testing.T) {
	t.Parallel()
	o, b := later(t)
	before, _ := os.ReadFile(o.Path())
	_, leave := dbtest.Holding(t, child(t, "hold", o.Path(), "--staff=wangf"))
	_, err := db.Restore(ctx, o.Path(), b.Path, o.restoring(nil))
	if db.ExitCode(err) != db.ExitBusy || !strings.Contains(err.Error(), "wangf") {
		t.Error(err)
	}
	leave()
	if after, _ := os.ReadFile(o.Path()); !bytes.Equal(after, before) || o.aside() != nil {
		t.Error("something changed")
	}
	o.restore(b.Path)
}

// Another process writes without pause while older files come in: it goes on in
// the restored ledger, and what it was told is stored lies in the ledger or in a
// file kept beside it.
func TestRestoreUnderAWriter(t *testing.T) {
	o, b := later(t)
	stop := writer(t, o.Path())
	for range 5 {
		res := o.restore(b.Path)
		kept := dbtest.Open(t, res.Kept, o.clock)
		if rep, err := kept.Verify(ctx, nil, res.Former); err != nil || rep.Seq != res.Former.Seq {
			t.Errorf("the replaced file: %v; it ends at %d, not at %d", err, rep.Seq, res.Former.Seq)
		}
		for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
			if seq, _, err := o.Head(ctx); err != nil || seq > res.Head.Seq+2 {
				break
			}
			if time.Since(start) > 10*time.Second {
				t.Fatal("the other process stands still")
			}
		}
	}
	stop()
	o.verify()
}

var restoreSteps = []string{"copy", "verify", "note", "sync", "place", "exchange", "keep"}

func init() { jobs["restore"] = jobRestore }

// jobRestore restores DBTEST_BACKUP and kills itself at the step DBTEST_STEP.
func jobRestore() int {
	opt := db.RestoreOptions{Options: db.Options{User: func() (string, error) { return dbtest.Login, nil }}}
	db.StepOfRestore(&opt, func(step string) error {
		if step == os.Getenv("DBTEST_STEP") {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		return nil
	})
	if _, err := db.Restore(context.Background(), os.Getenv("DBTEST_LEDGER"), os.Getenv("DBTEST_BACKUP"), opt); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// Whatever step a restore is killed or fails at, the ledger is the old or the new
// one, whole, the old one lies somewhere, and the next restore works.
func TestInterruptedRestore(t *testing.T) {
	for _, kill := range []bool{true, false} {
		for i, step := range restoreSteps {
			o, b := later(t)
			former, hash, _ := o.Head(ctx)
			before, _ := os.ReadFile(o.Path())
			if kill {
				cmd := child(t, "restore", o.Path())
				cmd.Env = append(cmd.Env, "DBTEST_BACKUP="+b.Path, "DBTEST_STEP="+step)
				if err := cmd.Run(); err == nil || cmd.ProcessState.Exited() {
					t.Errorf("%s: not killed: %v", step, err)
				}
			} else {
				opt := o.restoring(nil)
				db.StepOfRestore(&opt, func(s string) error {
					if s == step {
						return errors.New("injected")
					}
					return nil
				})
				if _, err := db.Restore(ctx, o.Path(), b.Path, opt); err == nil {
					t.Errorf("%s: no error", step)
				}
				if left := leftovers(t, filepath.Dir(o.Path())); left != nil {
					t.Errorf("%s: left behind %v", step, left)
				}
			}
			rep := o.verify()
			restored := rep.Seq == b.Seq+1
			if restored != (i >= len(restoreSteps)-1) || !restored && (rep.Seq != former || rep.Hash != hash) {
				t.Errorf("%s: the ledger is at %d", step, rep.Seq)
			}
			found := false
			for _, path := range append(o.aside(), o.Path()) {
				content, _ := os.ReadFile(path)
				found = found || bytes.Equal(content, before)
			}
			if !found {
				t.Errorf("%s: the old ledger is nowhere", step)
			}
			if !kill && !restored && o.aside() != nil {
				t.Errorf("%s: %v", step, o.aside())
			}
			o.restore(b.Path)
			o.verify()
		}
	}
}

// A drill agrees with the ledger it came from, however far that went on, and with
// no other past of it.
func TestDrill(t *testing.T) {
	o := newOffice(t)
	if _, err := o.Drill(ctx, o.actor, db.DrillOptions{}); db.ExitCode(err) != db.ExitFailed || !strings.Contains(err.Error(), "no backup") {
		t.Error(err)
	}
	o.add("venue", venue("甲厅"))
	old := o.backup(db.BackupOptions{})
	o.clock.Set(o.clock.Now().Add(time.Hour))
	o.add("venue", venue("乙厅"))
	to, id := key(t)
	b := o.backup(db.BackupOptions{Recipients: []db.Recipient{to}})
	o.add("venue", venue("丙厅"))
	o.clock.Set(o.clock.Now().Add(40 * 24 * time.Hour))
	d, err := o.Drill(ctx, o.actor, db.DrillOptions{Identity: id})
	if err != nil || d.Backup.File != b.File || d.Report.Records != 3 || d.Live.Records != 4 || d.Live.Seq != b.Seq+1 || d.Age != 40*24*time.Hour || d.Age < db.StaleBackup || d.Took <= 0 {
		t.Errorf("%v %+v", err, d)
	}
	if left := leftovers(t, filepath.Dir(o.Path()), filepath.Dir(b.Path)); left != nil {
		t.Errorf("left behind: %v", left)
	}
	if _, err := o.Drill(ctx, o.actor, db.DrillOptions{}); db.ExitCode(err) != db.ExitUsage {
		t.Errorf("without the key: %v", err)
	}
	// An older file was put back: first the journal is too short, then another.
	o.restore(old.Path)
	if err := os.Rename(o.aside()[0], filepath.Join(t.TempDir(), "kept")); err != nil {
		t.Fatal(err)
	}
	if d, err := o.Drill(ctx, o.actor, db.DrillOptions{Identity: id}); db.ExitCode(err) != db.ExitFailed || len(d.Differs) == 0 {
		t.Errorf("%v %v", err, d.Differs)
	}
	o.add("venue", venue("丁厅"))
	if d, err := o.Drill(ctx, o.actor, db.DrillOptions{Identity: id}); db.ExitCode(err) != db.ExitFailed || len(d.Differs) == 0 {
		t.Errorf("%v %v", err, d.Differs)
	}
	o.clock.Set(o.clock.Now().Add(time.Hour))
	b = o.backup(db.BackupOptions{})
	if _, err := o.Drill(ctx, o.actor, db.DrillOptions{}); err != nil {
		t.Error(err)
	}
	// The newest backup rots on its disk.
	content, _ := os.ReadFile(b.Path)
	content[len(content)/2] ^= 4
	if err := os.WriteFile(b.Path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err := o.Drill(ctx, o.actor, db.DrillOptions{}); db.ExitCode(err) != db.ExitFailed || d.Backup.File != b.File {
		t.Errorf("%v %+v", err, d.Backup)
	}
}

// Heads from paper: right ones pass; for others it is told since when the file
// disagrees.
func TestSince(t *testing.T) {
	o, b := later(t)
	seq, hash, _ := o.Head(ctx)
	e, _, _ := func() (e db.Entry, ok bool, err error) {
		err = o.View(ctx, func(s *db.Snapshot) error { e, ok, err = s.Entry(b.Seq + 1); return err })
		return e, ok, err
	}()
	first := db.Witness{Seq: b.Seq, Hash: b.Hash[:16]}
	lost := db.Witness{Seq: seq, Hash: strings.ToUpper(hash.Short())}
	middle := db.Witness{Seq: e.Seq, Hash: e.Hash.Short()}
	if out, err := o.Since(ctx, []db.Witness{first, lost, middle}); err != nil || out != nil {
		t.Errorf("%v %v", err, out)
	}
	wrong := db.Witness{Seq: seq, Hash: "0000000000000000"}
	future := db.Witness{Seq: seq + 9, Hash: hash.Short()}
	says := func(w []db.Witness, want ...string) {
		t.Helper()
		if _, err := o.Verify(ctx, nil, w...); db.ExitCode(err) != db.ExitFailed {
			t.Error("verified")
		}
		out, err := o.Since(ctx, w)
		if err != nil || len(out) != 1 {
			t.Fatalf("%v %v", err, out)
		}
		for _, s := range want {
			if !strings.Contains(out[0].EN, s) {
				t.Errorf("%q is not in %q", s, out[0].EN)
			}
		}
	}
	says([]db.Witness{first, wrong}, "entry 3 (2026-03-08 09:30) still agrees", "from entry 5")
	says([]db.Witness{wrong}, "from entry 5 at the latest")
	says([]db.Witness{future}, "ends at entry 5 (2026-03-09 11:30)")
	o.restore(b.Path)
	says([]db.Witness{first, lost}, "restore of 2026-03-09 11:30 (entry 4)", "ends at entry 3 (2026-03-08 09:30)")
	for range 3 {
		o.add("venue", venue("丁厅"))
	}
	says([]db.Witness{first, lost}, "restore of")
	says([]db.Witness{middle}, "restore of")
	if out, err := o.Since(ctx, []db.Witness{first}); err != nil || out != nil {
		t.Errorf("%v %v", err, out)
	}
}

// The words of the policy.
func TestWhoMay(t *testing.T) {
	for _, act := range []model.Action{model.ActBackup, model.ActRestore, model.ActDrill} {
		for _, role := range []model.Role{model.Viewer, model.Clerk, model.Reviewer, model.Approver, model.Finance, model.Supervisor} {
			if model.Can(model.Actor{Roles: []model.Role{role}}, act, nil) == nil {
				t.Errorf("%s may %s", role, act)
			}
		}
		if err := model.Can(model.Actor{Roles: []model.Role{model.Administrator}}, act, nil); err != nil {
			t.Error(err)
		}
	}
	if model.Can(model.Actor{Roles: []model.Role{model.Viewer}}, model.ActVerify, nil) != nil || model.Can(model.Actor{}, model.ActVerify, nil) == nil {
		t.Error("verify")
	}
}
