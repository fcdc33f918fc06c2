package db_test

import (
	"bytes"
	"os"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// What keeps a ledger from being written to is known before anybody tries, and
// is the same that a save is refused with.
func TestReadOnlyIsKnown(t *testing.T) {
	same := func(t *testing.T, l *db.Ledger, code int, part string) {
		t.Helper()
		r := l.ReadOnly()
		if r == nil {
			t.Fatal("nothing is known")
		}
		says(t, r, code, part)
		_, err := l.Write(ctx, model.Actor{Login: dbtest.Login}, db.RequestID{}, addVenue("厅"))
		says(t, err, code, part)
	}
	t.Run("whole", func(t *testing.T) {
		o := newOffice(t)
		o.must(addVenue("厅"))
		if r := o.ReadOnly(); r != nil {
			t.Error(r)
		}
		if err := os.Remove(o.Path() + ".queue"); err != nil {
			t.Fatal(err)
		}
		if r := o.ReadOnly(); r != nil {
			t.Errorf("without the side file: %v", r)
		}
		if _, err := os.Lstat(o.Path() + ".queue"); err == nil {
			t.Error("the look made a file")
		}
	})
	t.Run("file system", func(t *testing.T) {
		dir := mount(t, "1m")
		l := newIn(t, dir)
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Skip(err)
		}
		same(t, l, db.ExitUnsafe, "reading still works")
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, ""); err != nil {
			t.Fatal(err)
		}
		if r := l.ReadOnly(); r != nil {
			t.Errorf("writable again: %v", r)
		}
	})
	t.Run("newer program", func(t *testing.T) {
		o := newOffice(t)
		set := func(to string) {
			b, err := bolt.Open(o.Path(), 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			if err := b.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("min_writer"), []byte(to)) }); err != nil {
				t.Fatal(err)
			}
		}
		set("99")
		if _, err := o.Get(ctx, o.actor.Staff); err != nil {
			t.Fatal(err)
		}
		same(t, o.Ledger, db.ExitNewer, "newer program")
		set("2")
		if _, err := o.Get(ctx, o.actor.Staff); err != nil || o.ReadOnly() != nil {
			t.Errorf("after the upgrade: %v, %v", err, o.ReadOnly())
		}
	})
	t.Run("damage", func(t *testing.T) {
		o := newOffice(t)
		id := o.add("venue", model.Values{"name": "甲厅", "category": "室内", "hours": "every day"})
		good, _ := contents(t, o.Path())
		if err := os.WriteFile(o.Path(), bytes.ReplaceAll(good, []byte("every day"), []byte("evesy day")), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Get(ctx, id); err == nil {
			t.Fatal("damage was not met")
		}
		same(t, o.Ledger, db.ExitFailed, id)
	})
}
