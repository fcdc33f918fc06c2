package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"testing"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// The newest 10,000 requests are remembered, and no more is kept than that.
func TestOldRequestsAreForgotten(t *testing.T) {
	l := tampered(t, nil)
	id := func(n int) (id RequestID) {
		binary.BigEndian.PutUint32(id[:], uint32(n))
		return id
	}
	const extra = 5
	err := l.visit(context.Background(), true, func(tx *bolt.Tx) error {
		for n := range requestsKept + extra {
			if err := rememberRequest(tx, id(n), "S-2026-0001", Result{Records: []Saved{{ID: "L-2026-0001", Version: 1}}}); err != nil {
				return err
			}
		}
		keys := 0
		eachWithPrefix(tx.Bucket(bucketRequests), nil, func(_, _ []byte) bool { keys++; return true })
		if keys != 2*requestsKept {
			t.Errorf("%d keys are kept", keys)
		}
		for n, want := range map[int]bool{0: false, extra - 1: false, extra: true, requestsKept + extra - 1: true} {
			if _, found, err := recallRequest(tx, id(n), "S-2026-0001"); found != want || err != nil {
				t.Errorf("request %d: found %t, %v", n, found, err)
			}
		}
		if _, _, err := recallRequest(tx, id(extra), "S-2026-0002"); err == nil {
			t.Error("another's request was answered")
		}
		return errUnchanged
	})
	if err != errUnchanged {
		t.Error(err)
	}
}

// Keys sort as ids were given out, beyond four digits and over the years.
func TestKeysSortByCreation(t *testing.T) {
	var last []byte
	for _, id := range []string{"L-2026-0001", "L-2026-9999", "L-2026-10000", "L-2026-70000", "L-2027-0001"} {
		k, ok := KeyOf(id)
		if !ok || k.ID(model.Venue) != id || readKey(k.bytes()) != k {
			t.Errorf("%s became %s", id, k.ID(model.Venue))
		}
		if bytes.Compare(last, k.bytes()) >= 0 {
			t.Errorf("%s does not sort after the one before", id)
		}
		last = k.bytes()
	}
}
