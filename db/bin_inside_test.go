package db

import (
	"context"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// DropBin takes the recycle bin's index out of a ledger.
func DropBin(t testing.TB, l *Ledger) {
	t.Helper()
	if err := l.visit(context.Background(), true, func(tx *bolt.Tx) error { return tx.DeleteBucket(indexBin) }); err != nil {
		t.Fatal(err)
	}
}

// Whatever is done to the bin and to batches behind the program's back, verify
// says so.
func TestTamperedBinIsFound(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		spoil func(tx *bolt.Tx, key Key) error
		says  string
	}{
		"nothing":       {nil, ""},
		"entry missing": {func(tx *bolt.Tx, _ Key) error { removeFirst(t, tx, indexBin, nil); return nil }, "index/bin"},
		"bin missing":   {func(tx *bolt.Tx, _ Key) error { return tx.DeleteBucket(indexBin) }, "index/bin"},
		"entry too many": {func(tx *bolt.Tx, key Key) error {
			return tx.Bucket(indexBin).Put(binKey(now, "L", key), []byte{})
		}, "index/bin"},
		"live record in it": {func(tx *bolt.Tx, key Key) error {
			return tx.Bucket(indexBin).Put(binKey(now, "L", key+1), []byte{})
		}, "0003"},
		"cut entry": {func(tx *bolt.Tx, _ Key) error { return tx.Bucket(indexBin).Put([]byte{1, 2}, []byte{}) }, "index/bin"},
		"deleted record offered": {func(tx *bolt.Tx, key Key) error {
			return tx.Bucket(indexName).Put(nameKey("L", "乙厅", key), []byte{})
		}, "index/name"},
		"deleted record counted": {func(tx *bolt.Tx, key Key) error {
			return tx.Bucket(indexDate).Put(dateKey("L", 20260308, key), []byte{0, 0})
		}, "index/date"},
		"batch broken": {func(tx *bolt.Tx, _ Key) error {
			rewriteEntry(t, tx, 5, func(e *Entry) { e.Part = 2 })
			return nil
		}, "entry 5"},
	} {
		t.Run(name, func(t *testing.T) {
			l := tampered(t, nil)
			a, err := l.Actor(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			id, _ := venueKey(l, "0002")
			if _, err := l.Write(context.Background(), a, RequestID{}, Op{Kind: Delete, ID: id}); err != nil {
				t.Fatal(err)
			}
			key, _ := KeyOf(id)
			if c.spoil != nil {
				if err := l.visit(context.Background(), true, func(tx *bolt.Tx) error { return c.spoil(tx, key) }); err != nil {
					t.Fatal(err)
				}
			}
			rep, err := l.Verify(context.Background(), nil)
			said := ""
			for _, f := range rep.Faults {
				said += f.EN + "\n"
			}
			if (err == nil) != (c.says == "") || !strings.Contains(said, c.says) {
				t.Errorf("%v, %q is not in:\n%s", err, c.says, said)
			}
		})
	}
}

// A version whose state does not go with what the journal says was done.
func TestStateFits(t *testing.T) {
	for _, c := range []struct {
		state  model.State
		action model.Action
		want   bool
	}{
		{model.Deleted, model.ActDelete, true}, {model.Final, model.ActDelete, false},
		{model.Deleted, model.ActEdit, false}, {model.Deleted, model.ActUndelete, false}, {model.Void, model.ActUndelete, true},
		{model.Deleted, model.ActUndo, true}, {model.Final, model.ActRedo, true},
	} {
		r := model.NewRecord(model.Venue)
		r.ID, r.Version, r.State = "L-2026-0001", 1, c.state
		raw, err := encodeRecord(r, 1, make([]byte, saltLength))
		if err != nil || stateFits(raw, string(c.action)) != c.want {
			t.Errorf("%v %s, %v", c.state, c.action, err)
		}
	}
}
