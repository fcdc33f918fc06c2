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
			if err := rememberRequest(tx, id(n), "S-2026-0001", Hash{}, Result{Records: []Saved{{ID: "L-2026-0001", Version: 1}}}); err != nil {
				return err
			}
		}
		keys := 0
		eachWithPrefix(tx.Bucket(bucketRequests), nil, func(_, _ []byte) bool { keys++; return true })
		if keys != 2*requestsKept {
			t.Errorf("%d keys are kept", keys)
		}
		for n, want := range map[int]bool{0: false, extra - 1: false, extra: true, requestsKept + extra - 1: true} {
			if _, found, err := recallRequest(tx, id(n), "S-2026-0001", Hash{}); found != want || err != nil {
				t.Errorf("request %d: found %t, %v", n, found, err)
			}
		}
		if _, _, err := recallRequest(tx, id(extra), "S-2026-0002", Hash{}); err == nil {
			t.Error("another's request was answered")
		}
		return errUnchanged
	})
	if err != errUnchanged {
		t.Error(err)
	}
}

// A retry of the same form is answered; the same form with something changed
// is refused, so that nobody believes the change stored.
func TestChangedRetryIsRefused(t *testing.T) {
	l := tampered(t, nil)
	ctx := context.Background()
	actor, err := l.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	req, err := l.NewRequest()
	if err != nil {
		t.Fatal(err)
	}
	before, err := l.Count(ctx, "venue", nil)
	if err != nil {
		t.Fatal(err)
	}
	add := func(name string) (Result, error) {
		return l.Write(ctx, actor, req, Op{Kind: Add, Register: "venue", Values: model.Values{"name": name, "category": "室内"}})
	}
	first, err := add("阅览室")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := add("阅览室"); err != nil || !again.Repeated || again.Records[0].ID != first.Records[0].ID {
		t.Errorf("the retry gave %v, %v", again, err)
	}
	if _, err := add("棋牌室"); ExitCode(err) != ExitConflict {
		t.Errorf("the changed form gave %v", err)
	}
	if n, err := l.Count(ctx, "venue", nil); err != nil || n != before+1 {
		t.Errorf("%d venues after %d, %v", n, before, err)
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
