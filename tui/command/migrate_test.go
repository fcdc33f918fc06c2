package command_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// toFormat1 makes of the office's ledger what a program of format 1 would have
// written.
func (o *office) toFormat1() {
	o.t.Helper()
	b, err := bolt.Open(o.path, 0o600, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	err = b.Update(func(tx *bolt.Tx) error {
		meta := tx.Bucket([]byte("meta"))
		return errors.Join(tx.DeleteBucket([]byte("search")), meta.Put([]byte("format"), []byte("1")), meta.Put([]byte("min_writer"), []byte("1")))
	})
	if err := errors.Join(err, b.Close()); err != nil {
		o.t.Fatal(err)
	}
}

// A ledger of an earlier format is brought up at a quiet time, with a copy kept
// that restores like any backup; a second time there is nothing to do.
func TestMigrate(t *testing.T) {
	o := newOffice(t)
	o.event()
	contains(t, o.ok("migrate"), "已是格式 2", "不需要升级")
	o.toFormat1()
	head := o.seqHash()
	before, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	o.refused(2, "", "migrate", "now")
	if after, _ := os.ReadFile(o.path); !bytes.Equal(before, after) {
		t.Error("a refused migration changed something")
	}
	contains(t, o.ok("--lang", "en", "migrate"), "from format 1 to format 2", o.path+".before-2", "personal data")
	contains(t, o.ok("migrate"), "不需要升级")
	contains(t, o.ok("verify", "--head", head), "核对无误")
	if o.seqHash() != head {
		t.Error("migrating made a journal entry")
	}
	o.event("title=趣味运动会二")
	contains(t, o.ok("restore", o.path+".before-2", "--yes"), "已恢复", "2 条记录")
	contains(t, o.ok("migrate"), "从格式 1 升级到格式 2", o.path+".before-2-2")
	if len(o.list("activity")) != 1 {
		t.Error("not restored")
	}
}
