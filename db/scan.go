package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"time"

	"taizhang/model"
)

// visitTime bounds how long one visit of a long read holds the lock. Readers
// hold up whoever wants to write, so long reads let go and come back.
var visitTime = 25 * time.Millisecond // tests shorten it

// visitBytes bounds what one visit copies out.
const visitBytes = 2 << 20

// Progress is told how far a long job is; total is 0 when it is not known.
type Progress func(done, total int)

// cursor walks the date index of a query, newest first, from where it stopped.
type cursor struct {
	m    *matcher
	next []byte // the key before which to go on; nil: at the end of the range
	left int    // rows still to skip
	seen int    // index entries passed
	done bool
	date model.Date // of the record at hand
}

// walk calls fn for the next chosen records until fn returns false or the
// visit's time is up. raw is nil when want is false and the index was enough.
func (c *cursor) walk(s *Snapshot, want bool, fn func(key Key, raw []byte) bool) error {
	m := c.m
	p := prefix(m.reg.Letter)
	low, high := p, after(p)
	if m.Period != nil {
		low = binary.BigEndian.AppendUint32(slices.Clone(p), m.Period.From.SortKey())
		high = binary.BigEndian.AppendUint32(slices.Clone(p), m.Period.To.SortKey()+1)
	}
	if c.next != nil {
		high = c.next
	}
	records := s.tx.Bucket(bucketRecords(m.reg.Key))
	if records == nil {
		c.done = true
		return nil
	}
	stop := time.Now().Add(visitTime)
	bc := s.tx.Bucket(indexDate).Cursor()
	k, v := bc.Seek(high)
	if k == nil {
		k, v = bc.Last()
	}
	for k != nil && bytes.Compare(k, high) >= 0 {
		k, v = bc.Prev()
	}
	for ; k != nil && bytes.Compare(k, low) >= 0; k, v = bc.Prev() {
		c.seen++
		if c.seen%64 == 0 && time.Now().After(stop) {
			c.next = append(bytes.Clone(k), 0) // come back to this very key
			c.seen--
			return nil
		}
		if !m.dated(k, v) {
			continue
		}
		key := readKey(k)
		var raw []byte
		if m.find != nil && m.find.cannot(key) {
			continue
		}
		if want || m.needsRecord() {
			if raw = s.seen(m.reg, records.Get(key.bytes())); raw == nil {
				return damaged("index/date "+key.ID(m.reg), nil)
			}
			if m.needsRecord() && !m.match(s, raw, key.ID(m.reg)) {
				continue
			}
		}
		if c.left > 0 {
			c.left--
			continue
		}
		c.date = indexed(k, v)
		if !fn(key, raw) {
			c.next = bytes.Clone(k)
			return nil
		}
	}
	c.done = true
	return nil
}

// all walks to the end of a query in as many visits as it takes, each a moment
// of its own. between runs after each visit, without the lock.
//
// What that means for the reader: every record is whole, as it was at one
// moment. A record whose date is changed while the scan runs may be met twice
// or not at all, and one entered meanwhile may be missing. Who needs all of one
// moment compares Revision before and after.
func (l *Ledger) all(ctx context.Context, q Query, want bool, progress Progress, fn func(Key, []byte) bool, between func() error) error {
	total := 0
	if progress != nil {
		n, err := l.Count(ctx, q.Register, q.Period)
		if err != nil {
			return err
		}
		total = n
	}
	c := cursor{left: q.Offset}
	given, full := 0, false
	for !c.done && !full {
		err := l.View(ctx, func(s *Snapshot) error {
			if c.m == nil {
				m, err := s.compile(q)
				if err != nil {
					return err
				}
				c.m = m
			}
			copied := 0
			return c.walk(s, want, func(k Key, raw []byte) bool {
				given++
				copied += len(raw)
				full = !fn(k, raw) || given == q.Limit
				return !full && copied < visitBytes
			})
		})
		if err == nil && between != nil {
			err = between()
		}
		if err != nil {
			return err
		}
		if progress != nil {
			progress(c.seen, max(total, c.seen))
		}
	}
	return nil
}

// Keys returns the keys of all records of a query, newest first: what a list
// screen holds, 8 bytes a row. It may take several visits; see Scan.
func (l *Ledger) Keys(ctx context.Context, q Query, progress Progress) ([]Key, error) {
	var keys []Key
	err := l.all(ctx, q, false, progress, func(k Key, _ []byte) bool {
		keys = append(keys, k)
		return true
	}, nil)
	return keys, err
}

// List returns the records of a query, newest first by the register's date and
// then by id. For a screenful or some hundreds; Scan is for more.
func (l *Ledger) List(ctx context.Context, q Query) (out []*model.Record, err error) {
	err = l.Scan(ctx, q, nil, func(r *model.Record) error {
		out = append(out, r)
		return nil
	})
	return out, err
}

// Scan gives fn every record of a query, newest first, without holding the lock
// while fn runs: it copies some thousands out, lets go, decodes, goes on. Each
// record is whole; one changed while the scan runs may appear before or after
// the change, and twice or not at all if its date moved. With Query.Fields only
// those values are there, and such a record must not be written back.
func (l *Ledger) Scan(ctx context.Context, q Query, progress Progress, fn func(*model.Record) error) error {
	return l.copies(ctx, q, progress, func(reg *model.Register, copied [][]byte) error {
		for _, raw := range copied {
			r, err := decodeSome(reg, raw, q.Fields)
			if err != nil {
				return l.metOutside(damaged(q.Register, err))
			}
			if err := fn(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// copies gives fn what each visit of a query copied out, as it lies in the file,
// without the lock. The copies are valid until fn returns.
func (l *Ledger) copies(ctx context.Context, q Query, progress Progress, fn func(*model.Register, [][]byte) error) error {
	var buf []byte
	var ends []int
	var out [][]byte
	return l.all(ctx, q, true, progress, func(_ Key, raw []byte) bool {
		buf = append(buf, raw...)
		ends = append(ends, len(buf))
		return true
	}, func() error {
		at, reg := 0, l.Schema().Register(q.Register)
		if reg == nil { // a file without it was put in place meanwhile
			return errNotFound(q.Register)
		}
		for _, end := range ends { // only now: buf may have moved while it grew
			out = append(out, buf[at:end])
			at = end
		}
		if err := fn(reg, out); err != nil {
			return err
		}
		buf, ends, out = buf[:0], ends[:0], out[:0]
		return ctx.Err()
	})
}

// List is Ledger.List inside a visit: it sees one moment, and holds up writers
// until it is done. For queries with a limit that the date alone decides, and
// small registers.
func (s *Snapshot) List(q Query) (out []*model.Record, err error) {
	m, err := s.compile(q)
	if err != nil {
		return nil, err
	}
	for c, full := (cursor{m: m, left: q.Offset}), false; !c.done && !full; {
		var bad error
		err := c.walk(s, true, func(_ Key, raw []byte) bool {
			var r *model.Record
			if r, bad = decodeSome(m.reg, raw, q.Fields); bad == nil {
				out = append(out, r)
			}
			full = len(out) == q.Limit || bad != nil
			return !full
		})
		if bad != nil {
			err = damaged(q.Register, bad)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Load returns records by key, in that order; one that is gone is nil.
func (s *Snapshot) Load(register string, keys []Key, fields ...string) ([]*model.Record, error) {
	reg := s.schema.Register(register)
	if reg == nil {
		return nil, model.Problemf("没有“%s”这种台账", "there is no register %q", model.Shorten(register))
	}
	out := make([]*model.Record, len(keys))
	for i, k := range keys {
		raw := s.raw(reg, k)
		if raw == nil {
			continue
		}
		r, err := decodeSome(reg, raw, fields)
		if err != nil {
			return nil, damaged(k.ID(reg), err)
		}
		out[i] = r
	}
	return out, nil
}

// Load is Snapshot.Load in a visit of its own.
func (l *Ledger) Load(ctx context.Context, register string, keys []Key, fields ...string) (out []*model.Record, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		out, err = s.Load(register, keys, fields...)
		return err
	})
	return out, err
}

// decodeSome reads a record with only some of its values; nil: with all.
func decodeSome(reg *model.Register, raw []byte, keys []string) (*model.Record, error) {
	if keys == nil {
		r, _, err := decodeRecord(reg, raw)
		return r, err
	}
	e, err := readEnvelope(raw)
	if err != nil {
		return nil, err
	}
	r := e.record(reg, len(keys))
	left := len(keys)
	err = eachPair(e.values, func(key, value []byte) bool {
		for _, k := range keys {
			if string(key) == k {
				r.Values[k] = decodeField(reg, k, value)
				left--
			}
		}
		return left > 0
	})
	return r, err
}

// Count counts the final records of a register in a period, nil for all time,
// from the date index alone.
func (s *Snapshot) Count(register string, period *model.Period) (int, error) {
	m, err := s.compile(Query{Register: register, Period: period, States: []model.State{model.Final}})
	if err != nil {
		return 0, err
	}
	n := 0
	for c := (cursor{m: m}); !c.done; {
		if err := c.walk(s, false, func(Key, []byte) bool { n++; return true }); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// Count is Snapshot.Count in visits of its own.
func (l *Ledger) Count(ctx context.Context, register string, period *model.Period) (n int, err error) {
	err = l.all(ctx, Query{Register: register, Period: period, States: []model.State{model.Final}}, false, nil,
		func(Key, []byte) bool { n++; return true }, nil)
	return n, err
}

// Get is Snapshot.Get in a visit of its own.
func (l *Ledger) Get(ctx context.Context, id string) (r *model.Record, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		r, err = s.Get(id)
		return err
	})
	return r, err
}

// History is Snapshot.History in a visit of its own.
func (l *Ledger) History(ctx context.Context, id string) (out []Version, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		out, err = s.History(id)
		return err
	})
	return out, err
}

// Options is Snapshot.Options in a visit of its own.
func (l *Ledger) Options(ctx context.Context, register string) (out []Option, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		out = s.Options(register)
		return nil
	})
	return out, err
}
