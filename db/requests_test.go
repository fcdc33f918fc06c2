package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"strings"
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

// A remembered result that the disk has changed is not given as the answer: it
// would name a record that is another's. It is damage like any other.
func TestDamagedRequestIsNotAnswered(t *testing.T) {
	ctx := context.Background()
	op := Op{Kind: Add, Register: "venue", Values: model.Values{"name": "阅览室", "category": "室内"}}
	for name, spoil := range map[string]func(b *bolt.Bucket, mine, others []byte){
		"another id": func(b *bolt.Bucket, mine, _ []byte) {
			_ = b.Put(mine, bytes.Replace(b.Get(mine), []byte("-0004"), []byte("-0001"), 1))
		},
		"another's result": func(b *bolt.Bucket, mine, others []byte) { _ = b.Put(mine, b.Get(others)) },
		"without its hash": func(b *bolt.Bucket, mine, _ []byte) {
			_ = b.Put(mine, bytes.Replace(b.Get(mine), []byte("sum"), []byte("sun"), 1))
		},
		"cut": func(b *bolt.Bucket, mine, _ []byte) { _ = b.Put(mine, b.Get(mine)[:20]) },
		"one bit of the version": func(b *bolt.Bucket, mine, _ []byte) {
			v := bytes.Clone(b.Get(mine))
			at := bytes.Index(v, []byte("-0004"))
			v[at+5] ^= 2
			_ = b.Put(mine, v)
		},
	} {
		l := tampered(t, nil)
		a, err := l.Actor(ctx)
		if err != nil {
			t.Fatal(err)
		}
		reqs := [2]RequestID{{1}, {2}}
		for _, req := range reqs {
			if _, err := l.Write(ctx, a, req, op); err != nil {
				t.Fatal(err)
			}
		}
		b, err := bolt.Open(l.path, 0o600, nil)
		if err == nil {
			err = b.Update(func(tx *bolt.Tx) error {
				spoil(tx.Bucket(bucketRequests), requestKey(reqs[0]), requestKey(reqs[1]))
				return nil
			})
		}
		if err = errors.Join(err, b.Close()); err != nil {
			t.Fatal(err)
		}
		again, err := Open(l.path, l.opt)
		if err != nil {
			t.Fatal(err)
		}
		if rep, err := again.Verify(ctx, nil); err == nil || len(rep.Faults) != 1 {
			t.Errorf("%s: verify: %v", name, err)
		}
		if res, err := l.Write(ctx, a, reqs[0], op); err == nil || !strings.Contains(err.Error(), "requests") {
			t.Errorf("%s: answered %+v, %v", name, res, err)
		}
	}
}

// A request that an older program remembered, without a hash, is answered.
func TestOlderRequestIsAnswered(t *testing.T) {
	l := tampered(t, nil)
	id := RequestID{7}
	err := l.visit(context.Background(), true, func(tx *bolt.Tx) error {
		for _, ops := range []any{nil, byteString(Hash{3})} {
			v, err := appendMap(nil, map[string]any{"by": "S-2026-0001", "seq": uint64(4), "hash": byteString(Hash{1}), "ops": ops,
				"recs": []any{[]any{"L-2026-0001", 2}}})
			if err != nil {
				return err
			}
			if err := tx.Bucket(bucketRequests).Put(requestKey(id), v); err != nil {
				return err
			}
			res, found, err := recallRequest(tx, id, "S-2026-0001", Hash{3})
			if err != nil || !found || res.Seq != 4 || res.Hash != (Hash{1}) || len(res.Records) != 1 || res.Records[0].ID != "L-2026-0001" || res.Records[0].Version != 2 {
				t.Errorf("%v: %+v, %t, %v", ops, res, found, err)
			}
		}
		return errUnchanged
	})
	if err != errUnchanged {
		t.Error(err)
	}
}

// A draft whose key the disk has changed would seem not to be there.
func TestDraftWithAnotherKeyIsDamage(t *testing.T) {
	ctx := context.Background()
	for name, key := range map[string][]byte{"another's": draftKey("S-2026-0009", "venue"), "another form": draftKey("S-2026-0001", "venuf")} {
		l := tampered(t, nil)
		a, err := l.Actor(ctx)
		if err == nil {
			err = l.SaveDraft(ctx, a, Draft{Key: "venue", Register: "venue", Texts: map[string]string{"name": "厅"}})
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := bolt.Open(l.path, 0o600, nil)
		if err == nil {
			err = b.Update(func(tx *bolt.Tx) error {
				drafts := tx.Bucket(bucketDrafts)
				k := draftKey(a.Staff, "venue")
				return errors.Join(drafts.Put(key, drafts.Get(k)), drafts.Delete(k))
			})
		}
		if err = errors.Join(err, b.Close()); err != nil {
			t.Fatal(err)
		}
		if list, err := l.Drafts(ctx, a); err == nil {
			t.Errorf("%s: %v", name, list)
		}
	}
}

// A list in a page that has become shorter hides what is behind its end.
func TestShorterPageIsDamage(t *testing.T) {
	l := tampered(t, nil)
	good, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for at := 2 * 4096; at < len(good); at += 4096 {
		kind, count := binary.NativeEndian.Uint16(good[at+8:]), binary.NativeEndian.Uint16(good[at+10:])
		if kind != leafPage || count == 0 || binary.NativeEndian.Uint64(good[at:]) != uint64(at/4096) {
			continue
		}
		bad := bytes.Clone(good)
		binary.NativeEndian.PutUint16(bad[at+10:], count-1)
		if err := os.WriteFile(l.path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(l.path, l.opt); err != nil {
			n++
		}
	}
	if n < 2 { // pages that are free by now do not count
		t.Errorf("%d shortened pages were noticed", n)
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
