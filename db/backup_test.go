package db_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func (o *office) backup(opt db.BackupOptions) db.Backup {
	o.t.Helper()
	b, err := o.Backup(ctx, o.actor, opt)
	if err != nil {
		o.t.Fatal(err)
	}
	return b
}

// restoring is how a test restores: with the office's clock and user.
func (o *office) restoring(id *db.Identity) db.RestoreOptions {
	return db.RestoreOptions{Identity: id, Options: db.Options{Clock: o.clock.Now, User: func() (string, error) { return dbtest.Login, nil }}}
}

// key makes an age key and the file of its private part.
func key(t testing.TB) (db.Recipient, *db.Identity) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key.txt")
	if err := os.WriteFile(path, []byte("# created for a test\n"+id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	to, err := db.ParseRecipient(id.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	private, err := db.ReadIdentity(path)
	if err != nil {
		t.Fatal(err)
	}
	return to, private
}

// writer starts another process that enters records without end, and returns
// when it has begun.
func writer(t testing.TB, path string) (stop func()) {
	t.Helper()
	cmd := child(t, "add", path)
	cmd.Env = append(cmd.Env, "DBTEST_N=100000000")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if _, err := lines.ReadString('\n'); err != nil {
		t.Fatal("the other process did not start")
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

// leftovers are the files of unfinished work.
func leftovers(t testing.TB, dirs ...string) (names []string) {
	for _, dir := range dirs {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if strings.HasPrefix(e.Name(), ".") {
				names = append(names, e.Name())
			}
		}
	}
	return names
}

// A backup says what it is, is the owner's alone, and restores.
func TestBackup(t *testing.T) {
	o := newOffice(t)
	o.add("venue", venue("甲厅"))
	o.clock.Set(time.Date(2026, 11, 23, 9, 30, 0, 7e6, time.UTC))
	seq, hash, _ := o.Head(ctx)
	b := o.backup(db.BackupOptions{Program: "v1"})
	dir := db.BackupDir(o.Path())
	if b.Path != filepath.Join(dir, "ledger-20261123T093000Z.db") {
		t.Error(b.Path)
	}
	for path, mode := range map[string]os.FileMode{b.Path: 0o600, b.Path + ".json": 0o600, dir: 0o700 | os.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("%s: %v %v", path, info, err)
		}
	}
	text, err := os.ReadFile(b.Path + ".json")
	var m db.Manifest
	if err != nil || json.Unmarshal(text, &m) != nil {
		t.Fatal(err)
	}
	content, _ := os.ReadFile(b.Path)
	if m.Ledger != o.Info().ID || m.Community != "示例社区" || m.Seq != seq || m.Hash != hash.String() || m.Format != db.Format ||
		m.Records != 2 || m.Size != int64(len(content)) || m.Program != "v1" || m.Recipients != nil || m.Created.Format(time.RFC3339) != "2026-11-23T09:30:00Z" {
		t.Errorf("%s", text)
	}
	again := o.backup(db.BackupOptions{})
	if again.File != "ledger-20261123T093000Z-2.db" {
		t.Error(again.File)
	}
	if list, err := db.Backups(dir, o.Info().ID); err != nil || len(list) != 2 || list[0].File != again.File {
		t.Errorf("%v %v", list, err)
	}
	if left := leftovers(t, dir, filepath.Dir(o.Path())); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

func TestBackupRefusals(t *testing.T) {
	o := newOffice(t)
	open := t.TempDir()
	if err := os.Chmod(open, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"missing": filepath.Join(t.TempDir(), "stick", "backups"), "file": o.Path(), "open to all": open} {
		if _, err := o.Backup(ctx, o.actor, db.BackupOptions{Dir: dir}); db.ExitCode(err) != db.ExitUnsafe {
			t.Errorf("%s: %v", name, err)
		}
	}
	o.must(db.Op{Kind: db.Add, Register: "staff", Values: model.Values{"name": "李强", "login": "liq", "roles": []string{"录入"}}})
	clerk := model.Actor{Login: "liq", Roles: []model.Role{model.Administrator}} // her word is not asked
	if _, err := o.Backup(ctx, clerk, db.BackupOptions{}); db.ExitCode(err) != db.ExitDenied {
		t.Error(err)
	}
	if _, err := o.Drill(ctx, clerk, db.DrillOptions{}); db.ExitCode(err) != db.ExitDenied {
		t.Error(err)
	}
	b := o.backup(db.BackupOptions{})
	opt := o.restoring(nil)
	opt.User = func() (string, error) { return "liq", nil }
	if _, err := db.Restore(ctx, o.Path(), b.Path, opt); db.ExitCode(err) != db.ExitDenied {
		t.Error(err)
	}
	for _, s := range []string{"", "age1", "age1qqqq", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1QQQQ", "age1pq1xyz"} {
		if _, err := db.ParseRecipient(s); db.ExitCode(err) != db.ExitUsage || strings.Contains(err.Error(), "QQQQ") {
			t.Errorf("%q: %v", s, err)
		}
	}
	path := filepath.Join(t.TempDir(), "key.txt")
	for text, mode := range map[string]os.FileMode{"AGE-SECRET-KEY-1X\n": 0o640, "nothing": 0o600} {
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		want := map[os.FileMode]int{0o640: db.ExitUnsafe, 0o600: db.ExitFailed}[mode]
		if _, err := db.ReadIdentity(path); db.ExitCode(err) != want {
			t.Errorf("%q: %v", text, err)
		}
		os.Remove(path)
	}
}

// Backups made while another process writes without pause all verify, and
// contain ever more. TAIZHANG_BACKUPS sets how many.
func TestBackupWhileOthersWrite(t *testing.T) {
	n := 20
	if v, err := strconv.Atoi(os.Getenv("TAIZHANG_BACKUPS")); err == nil {
		n = v
	}
	o := newOffice(t)
	stop := writer(t, o.Path())
	defer stop()
	seq := uint64(0)
	var held time.Duration
	for range n {
		b := o.backup(db.BackupOptions{})
		if b.Seq <= seq {
			t.Errorf("the other process stands still at %d", b.Seq)
		}
		seq, held = b.Seq, max(held, b.Held)
		path := filepath.Join(t.TempDir(), "ledger.db") // proved by other means: as a ledger, by hand
		content, err := os.ReadFile(b.Path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		l := dbtest.Open(t, path, o.clock)
		rep, err := l.Verify(ctx, nil)
		if err != nil || rep.Seq != b.Seq || rep.Records != b.Records {
			t.Fatalf("%v %+v", err, rep)
		}
		if _, err := l.Write(ctx, dbtest.Actor(t, l), db.RequestID{}, addVenue("新")); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(path)
		if _, err := db.Prune(filepath.Dir(b.Path), b.Ledger, b.File); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d backups during %d commits, all whole; others waited for %v at most", n, seq, held)
}

// A plain copy of the file, made while another process writes, is found damaged,
// or is whole; never accepted with a fault in it.
func TestPlainCopyOfALiveFile(t *testing.T) {
	o := newOffice(t)
	for i := range 40 {
		o.must(db.Op{Kind: db.Add, Register: "venue", Values: model.Values{"name": "厅" + strconv.Itoa(i), "category": "室内", "hours": strings.Repeat("每日", 90)}})
	}
	stop := writer(t, o.Path())
	defer stop()
	refused := 0
	const n = 10
	for range n {
		dir := t.TempDir()
		path := filepath.Join(dir, "copy.db")
		src, err := os.Open(o.Path())
		if err != nil {
			t.Fatal(err)
		}
		dst, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		for err == nil {
			if _, err = io.CopyN(dst, src, 4096); err == nil {
				time.Sleep(200 * time.Microsecond)
			}
		}
		src.Close()
		dst.Close()
		to := filepath.Join(dir, "ledger.db")
		res, err := db.Restore(ctx, to, path, o.restoring(nil))
		if err != nil {
			if code := db.ExitCode(err); code != db.ExitFailed {
				t.Errorf("code %d: %v", code, err)
			}
			if _, e := os.Stat(to); e == nil {
				t.Error("a refused copy was restored")
			}
			refused++
			continue
		}
		l := dbtest.Open(t, to, o.clock)
		for range 20 { // a wrong list of free pages would show now
			if _, err := l.Write(ctx, dbtest.Actor(t, l), db.RequestID{}, addVenue("新")); err != nil {
				t.Fatal(err)
			}
		}
		if rep, err := l.Verify(ctx, nil); err != nil || rep.Seq != res.Head.Seq+20 {
			t.Errorf("%v %+v", err, rep)
		}
	}
	t.Logf("%d of %d plain copies were found damaged", refused, n)
	if refused == 0 {
		t.Error("no copy was damaged: the test shows nothing")
	}
}

// An encrypted backup opens with any of its keys and no other, and one changed
// byte anywhere is refused, with its manifest and without.
func TestEncryptedBackup(t *testing.T) {
	o := newOffice(t)
	o.add("venue", venue("甲厅的名字"))
	to1, id1 := key(t)
	to2, id2 := key(t)
	_, other := key(t)
	dir := t.TempDir()
	b := o.backup(db.BackupOptions{Dir: dir, Recipients: []db.Recipient{to1, to2, to1}, Identity: id2})
	if !strings.HasSuffix(b.File, ".db.age") || len(b.Recipients) != 2 || !b.Decrypted {
		t.Errorf("%+v", b)
	}
	sealed, err := os.ReadFile(b.Path)
	if err != nil || bytes.Contains(sealed, []byte("甲厅")) || bytes.Contains(sealed, []byte("taizhang")) {
		t.Error("not encrypted")
	}
	if _, err := o.Backup(ctx, o.actor, db.BackupOptions{Dir: dir, Recipients: []db.Recipient{to1}, Identity: other}); db.ExitCode(err) != db.ExitFailed {
		t.Errorf("verified with another key: %v", err)
	}
	if names := files(t, dir); len(names) != 2 {
		t.Errorf("left behind: %v", names)
	}
	try := func(path string, id *db.Identity) (string, error) {
		to := filepath.Join(t.TempDir(), "ledger.db")
		_, err := db.Restore(ctx, to, path, o.restoring(id))
		if _, e := os.Stat(to); (e == nil) != (err == nil) {
			t.Errorf("%v, but the file: %v", err, e)
		}
		return to, err
	}
	for _, id := range []*db.Identity{id1, id2} {
		to, err := try(b.Path, id)
		if err != nil {
			t.Fatal(err)
		}
		if list, err := dbtest.Open(t, to, o.clock).List(ctx, db.Query{Register: "venue"}); err != nil || len(list) != 1 {
			t.Errorf("%v %v", list, err)
		}
	}
	if _, err := try(b.Path, other); db.ExitCode(err) != db.ExitFailed || !strings.Contains(err.Error(), "private key") {
		t.Error(err)
	}
	if _, err := try(b.Path, nil); db.ExitCode(err) != db.ExitUsage {
		t.Error(err)
	}
	n := 200
	if testing.Short() {
		n = 20
	}
	rnd := rand.New(rand.NewPCG(1, 26))
	manifest, _ := os.ReadFile(b.Path + ".json")
	for i := range n {
		bad := bytes.Clone(sealed)
		at := rnd.IntN(len(bad))
		if i < n/4 {
			at = i * 500 / (n / 4) // the header
		}
		bad[at] ^= 1 << rnd.IntN(8)
		path := filepath.Join(t.TempDir(), b.File)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if i%2 == 1 {
			if err := os.WriteFile(path+".json", manifest, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := try(path, id1)
		if db.ExitCode(err) != db.ExitFailed || i%2 == 1 && !strings.Contains(err.Error(), "manifest") {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
	// Anyone who knows the public keys can make a file that opens: it is not what
	// the manifest speaks of.
	o.add("venue", venue("乙厅"))
	o.clock.Set(o.clock.Now().Add(time.Hour))
	forged := o.backup(db.BackupOptions{Dir: t.TempDir(), Recipients: []db.Recipient{to1}})
	var m db.Manifest
	if err := json.Unmarshal(manifest, &m); err != nil {
		t.Fatal(err)
	}
	m.File, m.SHA256, m.Size = forged.File, forged.SHA256, forged.Size
	text, _ := json.Marshal(m)
	if err := os.WriteFile(forged.Path+".json", text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := try(forged.Path, id1); db.ExitCode(err) != db.ExitFailed || !strings.Contains(err.Error(), "manifest") {
		t.Error(err)
	}
}

// Whatever step of a backup fails, no half of one stays behind and the backups
// before it are as they were.
func TestBackupFailures(t *testing.T) {
	o := newOffice(t)
	first := o.backup(db.BackupOptions{})
	dir := filepath.Dir(first.Path)
	to, id := key(t)
	for _, opt := range []db.BackupOptions{{}, {Recipients: []db.Recipient{to}, Identity: id}} {
		for _, step := range []string{"copy", "verify", "write", "read back", "name", "manifest"} {
			o.clock.Set(o.clock.Now().Add(time.Hour))
			reached := false
			db.StepOfBackup(&opt, func(s string) error {
				if s == step {
					reached = true
					return errors.New("injected")
				}
				return nil
			})
			if _, err := o.Backup(ctx, o.actor, opt); err == nil || !reached {
				t.Errorf("%s: %v", step, err)
			}
			if names := files(t, dir); len(names) != 2 {
				t.Errorf("%s: %v", step, names)
			}
			if left := leftovers(t, filepath.Dir(o.Path())); left != nil {
				t.Errorf("%s: left behind %v", step, left)
			}
		}
	}
	if d, err := o.Drill(ctx, o.actor, db.DrillOptions{}); err != nil || d.Backup.File != first.File {
		t.Errorf("%v %+v", err, d.Backup)
	}
	// A file changed on its way to the folder is noticed.
	opt := db.BackupOptions{Recipients: []db.Recipient{to}, Identity: id}
	db.StepOfBackup(&opt, func(s string) error {
		if s == "read back" {
			for _, name := range leftovers(t, dir) {
				f, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR, 0)
				if err != nil {
					t.Fatal(err)
				}
				_, _ = f.WriteAt([]byte("bad luck"), 9000)
				f.Close()
			}
		}
		return nil
	})
	if _, err := o.Backup(ctx, o.actor, opt); db.ExitCode(err) != db.ExitFailed {
		t.Error(err)
	}
}

// An encrypted backup does not push a plain one of the same day out, and the one
// just made stays even where the clock went back.
func TestPruneKeepsKindsApart(t *testing.T) {
	o := newOffice(t)
	to, _ := key(t)
	plain := o.backup(db.BackupOptions{})
	o.clock.Set(o.clock.Now().Add(time.Hour))
	o.backup(db.BackupOptions{Recipients: []db.Recipient{to}})
	dir := filepath.Dir(plain.Path)
	if removed, err := db.Prune(dir, o.Info().ID, ""); err != nil || removed != nil {
		t.Error(removed, err)
	}
	o.clock.Set(o.clock.Now().Add(-2 * time.Hour))
	back := o.backup(db.BackupOptions{})
	if removed, err := db.Prune(dir, o.Info().ID, back.File); err != nil || removed != nil {
		t.Error(removed, err)
	}
	if removed, err := db.Prune(dir, o.Info().ID, plain.File); err != nil || len(removed) != 1 || removed[0] != back.Path {
		t.Error(removed, err)
	}
}

// What a killed process left is removed by the next, and not while it is in use.
func TestKilledBackupIsSweptUp(t *testing.T) {
	o := newOffice(t)
	stale := filepath.Join(filepath.Dir(o.Path()), ".taizhang-work-1")
	if err := os.Mkdir(stale, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(stale, "ledger.db"), []byte("personal"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.backup(db.BackupOptions{})
	if _, err := os.Stat(stale); err != nil {
		t.Error("a young one was removed")
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(stale, old, old); err != nil {
		t.Fatal(err)
	}
	o.clock.Set(o.clock.Now().Add(time.Hour))
	o.backup(db.BackupOptions{})
	if _, err := os.Stat(stale); err == nil {
		t.Error("it is still there")
	}
}

// What the office's own settings declare is in its backups, and verifies there.
func TestBackupWithSettings(t *testing.T) {
	o := newOffice(t)
	save(t, o.Ledger, func(c *model.Custom) { addSeats(c); c.Registers = append(c.Registers, dogs) })
	o.add("x_dogs", model.Values{"x_name": "旺财"})
	b := o.backup(db.BackupOptions{})
	if d, err := o.Drill(ctx, o.actor, db.DrillOptions{}); err != nil || d.Report.Records != 2 || d.Live.Records != 2 {
		t.Errorf("%v %+v", err, d)
	}
	o.add("x_dogs", model.Values{"x_name": "来福"})
	o.restore(b.Path)
	if list, err := o.List(ctx, db.Query{Register: "x_dogs"}); err != nil || len(list) != 1 {
		t.Errorf("%v %v", err, list)
	}
	o.verify()
}
