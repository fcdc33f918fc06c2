package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// tampered makes a ledger with three venues, the second edited once, and lets
// spoil change it behind the program's back.
func tampered(t *testing.T, spoil func(tx *bolt.Tx)) *Ledger {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := Init(path, InitOptions{Name: "示例社区", Login: "zhangm"}); err != nil {
		t.Fatal(err)
	}
	l, err := Open(path, Options{User: func() (string, error) { return "zhangm", nil }})
	if err != nil {
		t.Fatal(err)
	}
	a, err := l.Actor(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	write := func(ops ...Op) {
		if _, err := l.Write(context.Background(), a, RequestID{}, ops...); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"甲厅", "乙厅", "丙厅"} {
		write(Op{Kind: Add, Register: "venue", Values: model.Values{"name": name, "category": "室内", "hours": "every day of " + name}})
	}
	write(Op{Kind: Edit, ID: "L-" + thisYear(l) + "-0002", Values: model.Values{"place": "二楼"}})
	if spoil != nil {
		b, err := bolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Update(func(tx *bolt.Tx) error { spoil(tx); return nil }); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func thisYear(l *Ledger) string { return l.Now().In(model.Zone).Format("2006") }

func venueKey(l *Ledger, serial string) (id string, key []byte) {
	id = "L-" + thisYear(l) + "-" + serial
	k, _ := KeyOf(id)
	return id, k.bytes()
}

// One bit of one value, flipped in the file: verify names the record, and the
// record cannot be opened or edited.
func TestFlippedByteIsFound(t *testing.T) {
	l := tampered(t, nil)
	b, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	needle := []byte("every day of 丙厅")
	if !bytes.Contains(b, needle) {
		t.Fatal("the value is not in the file")
	}
	if err := os.WriteFile(l.path, bytes.ReplaceAll(b, needle, []byte("evesy day of 丙厅")), 0o600); err != nil {
		t.Fatal(err)
	}
	id, _ := venueKey(l, "0003")
	rep, err := l.Verify(context.Background(), nil)
	if ExitCode(err) != ExitFailed || !strings.Contains(err.Error(), id) || len(rep.Faults) != 1 || rep.Faults[0].ID != id {
		t.Errorf("%v %+v", err, rep.Faults)
	}
	if _, err := l.Get(context.Background(), id); err == nil || !strings.Contains(err.Error(), id) {
		t.Errorf("opened: %v", err)
	}
	a, _ := l.Actor(context.Background())
	if _, err := l.Write(context.Background(), a, RequestID{}, Op{Kind: Edit, ID: id, Values: model.Values{"place": "x"}}); err == nil {
		t.Error("a damaged record was edited")
	}
}

// Everything that can be done to a ledger behind its back, by someone who knows
// the format, short of rewriting all of the chain.
func TestTamperingIsFound(t *testing.T) {
	clean := tampered(t, nil)
	id1, key1 := venueKey(clean, "0001")
	id2, key2 := venueKey(clean, "0002")
	records, history := bucketRecords("venue"), bucketHistory("venue")
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	entryOf := func(tx *bolt.Tx, id string, version int) Entry {
		var out Entry
		check(tx.Bucket(bucketJournal).ForEach(func(_, v []byte) error {
			e, err := decodeEntry(v)
			if e.ID == id && e.Version == version {
				out = e
			}
			return err
		}))
		return out
	}
	for name, c := range map[string]struct {
		spoil func(tx *bolt.Tx)
		says  string
	}{
		"nothing": {nil, ""},
		"record rewritten": {func(tx *bolt.Tx) {
			raw := bytes.Replace(tx.Bucket(records).Get(key1), []byte("甲厅"), []byte("丁厅"), -1)
			check(tx.Bucket(records).Put(key1, raw))
		}, id1},
		"record and its entry rewritten with right hashes": {func(tx *bolt.Tx) {
			raw := bytes.Replace(tx.Bucket(records).Get(key1), []byte("every day"), []byte("never day"), -1)
			check(tx.Bucket(records).Put(key1, raw))
			e := entryOf(tx, id1, 1)
			e.Record = hashRecord(raw)
			e.Hash = e.sum()
			b, err := e.encode()
			check(err)
			check(tx.Bucket(bucketJournal).Put(seqKey(e.Seq), b))
		}, "entry 4"}, // the one after it
		"former version rewritten": {func(tx *bolt.Tx) {
			k, _ := KeyOf(id2)
			at := versionKey(k, 1)
			raw := bytes.Replace(tx.Bucket(history).Get(at), []byte("every"), []byte("never"), 1)
			check(tx.Bucket(history).Put(at, raw))
		}, id2},
		"former version removed": {func(tx *bolt.Tx) {
			k, _ := KeyOf(id2)
			check(tx.Bucket(history).Delete(versionKey(k, 1)))
		}, id2},
		"former version put back": {func(tx *bolt.Tx) {
			k, _ := KeyOf(id2)
			check(tx.Bucket(records).Put(key2, bytes.Clone(tx.Bucket(history).Get(versionKey(k, 1)))))
		}, id2},
		"record removed":     {func(tx *bolt.Tx) { check(tx.Bucket(records).Delete(key1)) }, id1},
		"record copied":      {func(tx *bolt.Tx) { check(tx.Bucket(records).Put(key2, bytes.Clone(tx.Bucket(records).Get(key1)))) }, id2},
		"entry removed":      {func(tx *bolt.Tx) { check(tx.Bucket(bucketJournal).Delete(seqKey(3))) }, "entry 3"},
		"entry made garbage": {func(tx *bolt.Tx) { check(tx.Bucket(bucketJournal).Put(seqKey(3), []byte{0xFF})) }, "entry 3"},
		"entry added": {func(tx *bolt.Tx) {
			check(tx.Bucket(bucketJournal).Put(seqKey(9), tx.Bucket(bucketJournal).Get(seqKey(3))))
		}, "entry 7"},
		"reason rewritten": {func(tx *bolt.Tx) { rewriteEntry(t, tx, 3, func(e *Entry) { e.Reason = "x" }) }, "entry 3"},
		"another's doing":  {func(tx *bolt.Tx) { rewriteEntry(t, tx, 3, func(e *Entry) { e.By = "S-2026-0009" }) }, "entry 3"},
		"counter set back": {func(tx *bolt.Tx) {
			check(tx.Bucket(bucketCounters).Put(append(prefix("L"), key1[:2]...), binary.BigEndian.AppendUint32(nil, 1)))
		}, "counter"},
		"index entry missing": {func(tx *bolt.Tx) { removeFirst(t, tx, indexName, prefix("L")) }, "index/name"},
		"index entry too many": {func(tx *bolt.Tx) {
			k, _ := KeyOf(id1)
			check(tx.Bucket(indexName).Put(nameKey("L", "没有", k), []byte{}))
		}, id1},
		"login too many": {func(tx *bolt.Tx) {
			k, v := tx.Bucket(bucketLogins).Cursor().First()
			check(tx.Bucket(bucketLogins).Put(append(bytes.Clone(k), 'x'), bytes.Clone(v)))
		}, "logins"},
	} {
		t.Run(name, func(t *testing.T) {
			l := tampered(t, c.spoil)
			rep, err := l.Verify(context.Background(), nil)
			if c.says == "" {
				if err != nil || rep.Entries != 6 || rep.Records != 4 || rep.Versions != 5 || rep.Seq != 6 {
					t.Errorf("%v %+v", err, rep)
				}
				return
			}
			if ExitCode(err) != ExitFailed {
				t.Fatalf("not found: %v", err)
			}
			said := ""
			for _, f := range rep.Faults {
				said += f.EN + "\n"
			}
			if !strings.Contains(said, c.says) {
				t.Errorf("%q is not in:\n%s", c.says, said)
			}
		})
	}
}

func rewriteEntry(t *testing.T, tx *bolt.Tx, seq uint64, change func(*Entry)) {
	e, err := decodeEntry(tx.Bucket(bucketJournal).Get(seqKey(seq)))
	if err != nil {
		t.Fatal(err)
	}
	change(&e)
	b, err := e.encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Bucket(bucketJournal).Put(seqKey(seq), b); err != nil {
		t.Fatal(err)
	}
}

func removeFirst(t *testing.T, tx *bolt.Tx, bucket, p []byte) {
	k, _ := tx.Bucket(bucket).Cursor().Seek(p)
	if err := tx.Bucket(bucket).Delete(k); err != nil {
		t.Fatal(err)
	}
}

// A head on paper proves what came before it, and that nothing was cut off.
func TestWitness(t *testing.T) {
	l := tampered(t, nil)
	ctx := context.Background()
	seq, hash, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Verify(ctx, nil, Witness{seq, hash.Short()}); err != nil {
		t.Error(err)
	}
	for _, w := range []Witness{{seq, "0000000000000000"}, {seq + 1, hash.Short()}, {seq - 1, hash.Short()}} {
		if _, err := l.Verify(ctx, nil, w); err == nil {
			t.Errorf("%+v passed", w)
		}
	}
}

// Wherever the file is damaged, the answer is an error or the truth: no crash,
// no hang, no lock left behind.
func TestDamagedPages(t *testing.T) {
	if checkptr {
		t.Skip("damaged pages end a program built with checkptr; the ordinary build runs this test")
	}
	l := tampered(t, nil)
	good, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	a, err := l.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	step := 509
	if testing.Short() {
		step = 4099
	}
	for at := 0; at < len(good); at += step {
		bad := bytes.Clone(good)
		copy(bad[at:], bytes.Repeat([]byte{0xA7}, 24))
		path := filepath.Join(t.TempDir(), "ledger.db")
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Open(path, Options{})
		if err != nil {
			continue
		}
		_, _ = d.Verify(ctx, nil)
		_, _ = d.List(ctx, Query{Register: "venue"})
		_, _ = d.Write(ctx, a, RequestID{}, Op{Kind: Add, Register: "venue", Values: model.Values{"name": "新", "category": "室内"}})
		f, err := d.lock.queueUp(true, 4) // LOCK_NB: nobody may hold it any more
		if err != nil {
			t.Fatalf("damage at %d left a lock: %v", at, err)
		}
		unlock(f)
	}
}
