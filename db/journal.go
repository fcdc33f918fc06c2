package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// The journal is the list of everything that was ever done, in order. Each
// entry carries the hash of the one before it, so that nothing can be changed,
// taken out or put in without every later hash changing. It names fields and
// never holds their values; reasons are what people typed.

// Hash is a SHA-256 sum.
type Hash [sha256.Size]byte

// String writes all of it in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Short is the first 16 hexadecimal digits, as printed on sheets.
func (h Hash) Short() string { return h.String()[:16] }

// Actions of journal entries besides those of the policy.
const (
	ActInit = "init" // the first entry; ID is the ledger's
)

// Entry is one entry of the journal.
type Entry struct {
	Seq       uint64    // 1 for the first, without gaps
	At        time.Time // UTC, to the millisecond
	By        string    // staff id; "" for the first entries of a ledger
	Action    string
	Register  string
	ID        string   // record
	Version   int      // version of the record that this made; 0 when it made none
	Reason    string   // typed by whoever did it
	Fields    []string // keys of the fields changed
	Record    Hash     // of the record version
	Previous  Hash     // of the entry before
	Hash      Hash     // of this entry
	ClockBack bool     // the clock stood more than 5 minutes behind the entry before

	// Part is the entry's place within its transaction, 0 for the first: what was
	// saved together is undone together. It proves nothing and stays outside Hash.
	Part int
}

// clockSlack is how far a clock may run behind the last entry unremarked.
const clockSlack = 5 * time.Minute

// sum computes the entry's own hash: SHA-256 over a domain string and each
// field with its length before it, so that no two entries read the same.
func (e *Entry) sum() (sum Hash) {
	b := make([]byte, 0, 256)
	b = append(b, "taizhang journal 1\x00"...)
	field := func(f []byte) { b = append(binary.BigEndian.AppendUint32(b, uint32(len(f))), f...) }
	number := func(n uint64) { field(binary.BigEndian.AppendUint64(nil, n)) }
	number(e.Seq)
	number(uint64(e.At.UnixMilli()))
	for _, s := range []string{e.By, e.Action, e.Register, e.ID} {
		field([]byte(s))
	}
	number(uint64(e.Version))
	field([]byte(e.Reason))
	number(uint64(len(e.Fields)))
	for _, s := range e.Fields {
		field([]byte(s))
	}
	field(e.Record[:])
	if e.ClockBack {
		field([]byte("clock back"))
	}
	field(e.Previous[:])
	return sha256.Sum256(b)
}

// The keys of an entry in the file.
func (e *Entry) encode() ([]byte, error) {
	m := map[string]any{
		"seq": e.Seq, "at": e.At.UnixMilli(), "by": e.By, "act": e.Action, "reg": e.Register,
		"id": e.ID, "why": e.Reason, "fields": e.Fields, "prev": byteString(e.Previous), "hash": byteString(e.Hash),
	}
	if e.Version > 0 {
		m["v"], m["rec"] = e.Version, byteString(e.Record)
	}
	if e.ClockBack {
		m["back"] = true
	}
	if e.Part > 0 {
		m["part"] = e.Part
	}
	return appendMap(nil, m)
}

func byteString(h Hash) Raw { return Raw(append(appendHead(nil, majorBytes, uint64(len(h))), h[:]...)) }

func decodeEntry(b []byte) (e Entry, err error) {
	ok := true
	num := func(v []byte) uint64 {
		n, fits := decodeInt(v)
		ok = ok && fits && n >= 0
		return uint64(n)
	}
	str := func(v []byte) string {
		s, fits := decodeText(v)
		ok = ok && fits
		return s
	}
	sum := func(v []byte) (h Hash) {
		major, n, rest, err := head(v)
		ok = ok && err == nil && major == majorBytes && n == uint64(len(h))
		copy(h[:], rest)
		return h
	}
	err = eachPair(b, func(key, v []byte) bool {
		switch string(key) {
		case "seq":
			e.Seq = num(v)
		case "at":
			at, fits := decodeInt(v) // before 1970 on a computer whose clock is lost
			ok = ok && fits
			e.At = time.UnixMilli(at).UTC()
		case "by":
			e.By = str(v)
		case "act":
			e.Action = str(v)
		case "reg":
			e.Register = str(v)
		case "id":
			e.ID = str(v)
		case "v":
			e.Version = int(num(v))
		case "why":
			e.Reason = str(v)
		case "fields":
			ok = eachItem(v, func(item []byte) bool {
				e.Fields = append(e.Fields, str(item))
				return true
			}) == nil && ok
		case "rec":
			e.Record = sum(v)
		case "prev":
			e.Previous = sum(v)
		case "hash":
			e.Hash = sum(v)
		case "back":
			e.ClockBack = true
		case "part":
			e.Part = int(num(v))
		}
		return true
	})
	if err == nil && !ok {
		err = errMalformed
	}
	return e, err
}

// lastEntry returns the newest entry, a zero Entry in a journal without any.
func lastEntry(tx *bolt.Tx) (Entry, error) {
	k, v := tx.Bucket(bucketJournal).Cursor().Last()
	if k == nil {
		return Entry{}, nil
	}
	return readEntry(k, v)
}

// readEntry reads a stored entry and proves it by its own hash: who, when and
// why are shown, printed and built upon only as they were entered.
func readEntry(k, v []byte) (Entry, error) {
	e, err := decodeEntry(v)
	if err != nil || !bytes.Equal(k, seqKey(e.Seq)) || e.Hash != e.sum() {
		return Entry{}, damaged(fmt.Sprintf("流水 journal %x", k), err)
	}
	return e, nil
}

// appendEntry completes and stores the next entry after last.
func appendEntry(tx *bolt.Tx, last Entry, e Entry) (Entry, error) {
	e.Seq, e.Previous = last.Seq+1, last.Hash
	e.ClockBack = last.Seq > 0 && e.At.Before(last.At.Add(-clockSlack))
	e.Hash = e.sum()
	b, err := e.encode()
	if err != nil {
		return e, err
	}
	j := tx.Bucket(bucketJournal)
	j.FillPercent = appendOnly
	return e, j.Put(seqKey(e.Seq), b)
}

// Head returns the newest sequence and its hash: what a printed sheet or a
// backup's manifest carries as a witness outside the file.
func (s *Snapshot) Head() (seq uint64, hash Hash, err error) {
	e, err := lastEntry(s.tx)
	return e.Seq, e.Hash, err
}

// Head is Snapshot.Head in a visit of its own.
func (l *Ledger) Head(ctx context.Context) (seq uint64, hash Hash, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		seq, hash, err = s.Head()
		return err
	})
	return seq, hash, err
}

// Entry returns one journal entry; ok is false when there is none.
func (s *Snapshot) Entry(seq uint64) (e Entry, ok bool, err error) {
	b := s.tx.Bucket(bucketJournal).Get(seqKey(seq))
	if b == nil {
		return e, false, nil
	}
	e, err = readEntry(seqKey(seq), b)
	return e, err == nil, err
}

// EntriesSince returns, oldest first, at most limit entries after seq (0: from
// the first): what a screen reads to learn of others' work.
func (s *Snapshot) EntriesSince(seq uint64, limit int) ([]Entry, error) {
	var out []Entry
	c := s.tx.Bucket(bucketJournal).Cursor()
	for k, v := c.Seek(seqKey(seq + 1)); k != nil && len(out) < limit; k, v = c.Next() {
		e, err := readEntry(k, v)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// EntriesSince is Snapshot.EntriesSince in a visit of its own.
func (l *Ledger) EntriesSince(ctx context.Context, seq uint64, limit int) (out []Entry, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		out, err = s.EntriesSince(seq, limit)
		return err
	})
	return out, err
}

// Event is something done with the ledger that changes no record: an export, a
// look at masked data.
type Event struct {
	Action   string // a word of its own: export, reveal
	Register string
	ID       string
	Reason   string // purpose; never personal values
	Fields   []string
}

// Note enters events in the journal. The actor must be registered staff; a
// disabled one is refused with exit code 7.
func (l *Ledger) Note(ctx context.Context, actor model.Actor, events ...Event) (head Entry, err error) {
	err = l.visit(ctx, true, func(tx *bolt.Tx) error {
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		for _, ev := range events {
			if w.last, err = appendEntry(tx, w.last, Entry{
				At: w.clock, By: w.actor.Staff, Action: ev.Action, Register: ev.Register,
				ID: ev.ID, Reason: ev.Reason, Fields: ev.Fields,
			}); err != nil {
				return err
			}
		}
		head = w.last
		return nil
	})
	return head, err
}
