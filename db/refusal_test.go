package db_test

import (
	"bytes"
	"errors"
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

// Each way in which a path is no ledger to work with: the exit code, words in
// both languages, and not a byte changed or file created.
func TestRefusals(t *testing.T) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		spoil func(path string) // done to a good ledger
		code  int
		says  string // part of the English sentence
	}{
		"missing":      {func(p string) { must(os.Remove(p)) }, db.ExitUnsafe, "taizhang init"},
		"empty":        {func(p string) { must(os.Truncate(p, 0)) }, db.ExitFailed, "is empty"},
		"foreign text": {func(p string) { must(os.WriteFile(p, []byte(strings.Repeat("姓名,金额\n", 900)), 0o600)) }, db.ExitFailed, "not a ledger"},
		"short text":   {func(p string) { must(os.WriteFile(p, []byte("x"), 0o600)) }, db.ExitFailed, "not a ledger"},
		"other bbolt file": {func(p string) {
			must(os.Remove(p))
			b, err := bolt.Open(p, 0o600, nil)
			must(err)
			must(b.Close())
		}, db.ExitFailed, "not a ledger"},
		"cut short": {func(p string) {
			info, err := os.Stat(p)
			must(err)
			must(os.Truncate(p, info.Size()/2))
		}, db.ExitFailed, "cut short"},
		"cut inside the header": {func(p string) { must(os.Truncate(p, 100)) }, db.ExitFailed, "cut short"},
		"both headers damaged": {func(p string) {
			f, err := os.OpenFile(p, os.O_RDWR, 0)
			must(err)
			for _, at := range []int64{16 + 40, 4096 + 16 + 40} {
				_, err = f.WriteAt([]byte{0xEE, 0xEE}, at)
				must(err)
			}
			must(f.Close())
		}, db.ExitFailed, "damaged"},
		"readable by others": {func(p string) { must(os.Chmod(p, 0o644)) }, db.ExitUnsafe, "chmod 600"},
		"writable by group":  {func(p string) { must(os.Chmod(p, 0o660)) }, db.ExitUnsafe, "chmod 600"},
		"symbolic link": {func(p string) {
			must(os.Rename(p, p+".real"))
			must(os.Symlink(p+".real", p))
		}, db.ExitUnsafe, "symbolic link"},
		"hard link":   {func(p string) { must(os.Link(p, p+".too")) }, db.ExitUnsafe, "hard links"},
		"folder":      {func(p string) { must(os.Remove(p)); must(os.Mkdir(p, 0o700)) }, db.ExitUnsafe, "nothing changed"},
		"named pipe":  {func(p string) { must(os.Remove(p)); must(syscall.Mkfifo(p, 0o600)) }, db.ExitUnsafe, "not a regular file"},
		"open folder": {func(p string) { must(os.Chmod(filepath.Dir(p), 0o777)) }, db.ExitUnsafe, "chmod go-w"},
		"newer format": {func(p string) {
			b, err := bolt.Open(p, 0o600, nil)
			must(err)
			must(b.Update(func(tx *bolt.Tx) error {
				return tx.Bucket([]byte("meta")).Put([]byte("min_reader"), []byte("3"))
			}))
			must(b.Close())
		}, db.ExitNewer, "newer program"},
	} {
		t.Run(name, func(t *testing.T) {
			l := dbtest.New(t)
			actor := dbtest.Actor(t, l)
			must(os.Remove(l.Path() + ".queue"))
			c.spoil(l.Path())
			before, names := contents(t, l.Path())
			_, err := db.Open(l.Path(), db.Options{})
			_, err2 := l.Write(ctx, actor, db.RequestID{}, addVenue("厅")) // spoiled while someone works
			for _, err := range []error{err, err2} {
				var r *db.Refusal
				if !errors.As(err, &r) {
					t.Fatalf("got %v", err)
				}
				if db.ExitCode(err) != c.code || !strings.Contains(r.EN, c.says) || model.Say(err, model.ZH) == r.EN {
					t.Errorf("code %d: %s\n%s", r.Code, r.ZH, r.EN)
				}
			}
			if after, now := contents(t, l.Path()); !bytes.Equal(before, after) || names != now {
				t.Errorf("the refused file changed, or %s became %s", names, now)
			}
		})
	}
}

// contents returns the bytes of a file, nil for none, and the names beside it.
func contents(t *testing.T, path string) ([]byte, string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		if !strings.HasSuffix(e.Name(), ".queue") {
			names = append(names, e.Name())
		}
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() && info.Mode()&os.ModeSymlink == 0 {
		return nil, strings.Join(names, " ")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b, strings.Join(names, " ")
}

// A ledger that a newer program may still share for reading is read, not written.
func TestNewerWriterIsReadOnly(t *testing.T) {
	l := dbtest.New(t)
	actor := dbtest.Actor(t, l)
	b, err := bolt.Open(l.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("min_writer"), []byte("3")) })
	if err != nil || b.Close() != nil {
		t.Fatal(err)
	}
	before, _ := contents(t, l.Path())
	if _, err := l.Get(ctx, "S-2026-0001"); err != nil {
		t.Error(err)
	}
	if _, err := l.Write(ctx, actor, db.RequestID{}, addVenue("厅")); db.ExitCode(err) != db.ExitNewer {
		t.Errorf("got %v", err)
	}
	if after, _ := contents(t, l.Path()); !bytes.Equal(before, after) {
		t.Error("the file changed")
	}
}

func TestInit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	opt := db.InitOptions{Name: "示例社区", Login: "zhangm", Lang: model.EN}
	old := syscall.Umask(0)
	err := db.Init(path, opt)
	syscall.Umask(old)
	if err != nil {
		t.Fatal(err)
	}
	before, names := contents(t, path)
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 || names != "ledger.db" {
		t.Errorf("mode %v, files %s", info.Mode(), names)
	}
	if err := db.Init(path, opt); err == nil || db.ExitCode(err) != db.ExitFailed {
		t.Errorf("made over an existing ledger: %v", err)
	}
	if after, _ := contents(t, path); !bytes.Equal(before, after) {
		t.Error("the existing ledger changed")
	}
	l, err := db.Open(path, db.Options{User: func() (string, error) { return "zhangm", nil }})
	if err != nil {
		t.Fatal(err)
	}
	if i := l.Info(); len(i.ID) != 32 || i.Community != "示例社区" || i.Lang != model.EN || i.Format != db.Format || time.Since(i.Created) > time.Minute {
		t.Errorf("%+v", i)
	}
	if a := dbtest.Actor(t, l); a.Staff == "" || !a.Is(model.Administrator) || !a.Is(model.Clerk) {
		t.Errorf("%+v", a)
	}
	if err := db.Init(filepath.Join(t.TempDir(), "x"), db.InitOptions{Name: "x"}); db.ExitCode(err) != db.ExitUsage {
		t.Errorf("without a login: %v", err)
	}
}

// The actor comes from the operating system; --staff and the variables of
// others count for nothing outside the service account.
func TestActorIsNotWhoOneSays(t *testing.T) {
	l := dbtest.New(t)
	for _, v := range []string{"USER", "LOGNAME", "SUDO_USER"} {
		t.Setenv(v, dbtest.Login)
	}
	t.Setenv("SSH_CONNECTION", "1 2 3 4")
	forced, err := db.Open(l.Path(), db.Options{Staff: dbtest.Login})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := forced.Actor(ctx); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("--staff made %+v, %v", a, err)
	}
	plain, err := db.Open(l.Path(), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := plain.Actor(ctx); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("the environment made %+v, %v", a, err)
	}
}

// Replaced under a writer's hands: refused, and neither file is half written.
func TestReplacedFileIsNoticed(t *testing.T) {
	l := dbtest.New(t)
	other := dbtest.New(t)
	actor := dbtest.Actor(t, l)
	swap := &swapClock{func() {
		if err := os.Rename(other.Path(), l.Path()); err != nil {
			t.Fatal(err)
		}
	}}
	w, err := db.Open(l.Path(), db.Options{Clock: swap.now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(ctx, actor, db.RequestID{}, addVenue("厅")); db.ExitCode(err) != db.ExitUnsafe {
		t.Errorf("got %v", err)
	}
	if n, err := dbtest.Open(t, l.Path(), dbtest.NewClock(dbtest.Start)).Count(ctx, "venue", nil); n != 0 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
}

// swapClock does something when asked for the time, which is inside the write.
type swapClock struct{ do func() }

func (c *swapClock) now() time.Time {
	c.do()
	c.do = func() {}
	return dbtest.Start
}
