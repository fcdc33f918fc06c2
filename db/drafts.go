package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Draft is a form begun and not yet saved. It belongs to one member of staff,
// counts in no figure, and is never sent by itself.
type Draft struct {
	Key      string // names the form: a register's key for a new record, an id for an edit
	Register string
	ID       string            // record being edited, "" for a new one
	Base     int               // its version when the form opened
	Request  RequestID         // of the form
	Texts    map[string]string // what stands in the fields, as typed
	Cursor   string            // key of the field with the cursor
	At       time.Time         // of the last save, set by SaveDraft
	In       *Window           // for SaveDraft: the window of the form; nil: none
	Closed   bool              // for SaveDraft: the form does not stay open there

	window uint64 // the number of that window, as stored
}

// mostDraft bounds the bytes of one draft: all fields of the longest form at
// their limits.
const mostDraft = 1 << 20

func draftKey(staff, key string) []byte { return append(prefix(staff), key...) }

// SaveDraft stores a form as it stands, over its former draft. One that stands
// open in another window is left alone; see IsOpenElsewhere. Who was disabled while
// at work is no longer let in, but what she had typed by then is kept.
func (l *Ledger) SaveDraft(ctx context.Context, actor model.Actor, d Draft) error {
	return l.visit(ctx, true, func(tx *bolt.Tx) error {
		s := l.snapshot(tx)
		a, err := s.staff(actor.Login)
		if r := s.holder(actor.Login); err != nil && r != nil && r.ID == actor.Staff && model.StaffDisabled.Of(r) {
			a, err = actor, nil
		}
		if err != nil {
			return err
		}
		k := draftKey(a.Staff, d.Key)
		if b := tx.Bucket(bucketDrafts).Get(k); b != nil && draftHolds(k, b) {
			if was := decodeDraft(b).window; was != d.In.number() && l.isThere(was) {
				return openElsewhere()
			}
		}
		if d.At, d.window = l.Now(), d.In.number(); d.Closed {
			d.window = 0
		}
		return storeDraft(tx, a.Staff, d)
	})
}

func storeDraft(tx *bolt.Tx, staff string, d Draft) error {
	texts := make(map[string]any, len(d.Texts))
	for k, v := range d.Texts {
		texts[k] = v
	}
	b, err := encodeSummed(map[string]any{
		"staff": staff, "key": d.Key, "reg": d.Register, "id": d.ID, "base": d.Base, "req": d.Request.String(),
		"texts": texts, "cursor": d.Cursor, "at": d.At.UnixMilli(), "win": int64(d.window),
	})
	if err != nil {
		return err
	}
	if len(b) > mostDraft {
		return model.Problemf("草稿过长，没有存下；表单里的内容还在", "the draft is too long and was not kept; the form still holds everything")
	}
	return tx.Bucket(bucketDrafts).Put(draftKey(staff, d.Key), b)
}

// Drafts returns the actor's drafts by key. All drafts are looked at, since one
// whose key is damaged would otherwise only seem not to be there.
func (l *Ledger) Drafts(ctx context.Context, actor model.Actor) (out []Draft, err error) {
	err = l.visit(ctx, false, func(tx *bolt.Tx) error {
		a, err := l.snapshot(tx).staff(actor.Login)
		if err != nil {
			return err
		}
		eachWithPrefix(tx.Bucket(bucketDrafts), nil, func(k, v []byte) bool {
			if !draftHolds(k, v) {
				err = damaged("草稿 draft", nil)
				return false
			}
			if bytes.HasPrefix(k, prefix(a.Staff)) {
				out = append(out, decodeDraft(v))
			}
			return true
		})
		return err
	})
	return out, err
}

// encodeSummed adds a hash: drafts and preferences stand in no journal, and what
// comes back must be what was stored.
func encodeSummed(m map[string]any) ([]byte, error) {
	b, err := appendMap(nil, m)
	if err != nil {
		return nil, err
	}
	m["sum"] = byteString(sha256.Sum256(b))
	return appendMap(b[:0], m)
}

// sumHolds compares what encodeSummed wrote with its hash, if it has one.
func sumHolds(b []byte) bool {
	m, ok := decodeAny(b, 0).(map[string]any)
	if !ok {
		return false
	}
	sum, ok := m["sum"]
	if !ok {
		return true
	}
	delete(m, "sum")
	plain, err := appendMap(nil, m)
	return err == nil && sum == byteString(sha256.Sum256(plain))
}

// draftHolds compares a stored draft with its hash and with where it lies. Those
// of older programs do not say whose they are.
func draftHolds(k, b []byte) bool {
	if !sumHolds(b) {
		return false
	}
	staff, key, _ := bytes.Cut(k, []byte{0})
	whose := string(staff)
	m, _ := decodeAny(b, 0).(map[string]any)
	if said, ok := m["staff"]; ok {
		whose, _ = said.(string)
	}
	return whose == string(staff) && m["key"] == string(key)
}

func decodeDraft(b []byte) (d Draft) {
	m, _ := decodeAny(b, 0).(map[string]any)
	str := func(key string) string { s, _ := m[key].(string); return s }
	num := func(key string) int64 { n, _ := m[key].(int64); return n }
	d = Draft{
		Key: str("key"), Register: str("reg"), ID: str("id"), Base: int(num("base")),
		Request: ParseRequest(str("req")), Texts: map[string]string{}, Cursor: str("cursor"), At: time.UnixMilli(num("at")).UTC(),
		window: uint64(num("win")),
	}
	texts, _ := m["texts"].(map[string]any)
	for k, v := range texts {
		d.Texts[k], _ = v.(string)
	}
	return d
}

// DropDraft removes a draft of the actor; one that is not there is fine.
func (l *Ledger) DropDraft(ctx context.Context, actor model.Actor, key string) error {
	err := l.visit(ctx, true, func(tx *bolt.Tx) error {
		a, err := l.snapshot(tx).staff(actor.Login)
		if err != nil {
			return err
		}
		dropped, err := dropDraft(tx, a.Staff, key)
		if err == nil && !dropped {
			err = errUnchanged
		}
		return err
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

func dropDraft(tx *bolt.Tx, staff, key string) (dropped bool, err error) {
	b := tx.Bucket(bucketDrafts)
	k := draftKey(staff, key)
	return b.Get(k) != nil, b.Delete(k)
}
