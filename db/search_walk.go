package db

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// walk goes through the date indexes of all registers together, newest first,
// and looks at the records that may answer.
func (r *search) walk(s *Snapshot, stop time.Time) error {
	index := s.tx.Bucket(indexDate)
	var at []*dateCursor
	for _, sd := range r.found {
		if sd.records == nil {
			continue
		}
		if c := newDateCursor(index, sd); c.k != nil {
			at = append(at, c)
		}
	}
	leave := func() error {
		for _, c := range at {
			c.sd.next = append(bytes.Clone(c.k), 0) // come back to this very key
		}
		return nil
	}
	for n := 1; len(at) > 0; {
		// The newest day of all, and how far its register leads.
		best, second := 0, uint32(0)
		for i, c := range at[1:] {
			if d := c.day(); d > at[best].day() {
				second, best = at[best].day(), i+1
			} else {
				second = max(second, d)
			}
		}
		c := at[best]
		for {
			if n++; n%64 == 0 && time.Now().After(stop) {
				return leave()
			}
			if r.looked++; r.lazy && r.looked > firstLook*(1+len(r.hits)) { // where there are some there will be more
				r.lazy = false
				return leave()
			}
			full, err := r.look(s, c)
			if err != nil || full {
				r.done = r.done || full
				return err
			}
			if c.back(); c.k == nil {
				at = slices.Delete(at, best, best+1)
				c.sd.next = c.low
				break
			}
			if d := c.day(); d < second || d == second && best > 0 {
				break
			}
		}
	}
	r.done = true
	return nil
}

// start is where the walk of a register begins.
func (r *search) start(sd *searched) []byte {
	p := prefix(sd.reg.Letter)
	if r.After == nil {
		return after(p)
	}
	day := r.After.Date.SortKey()
	key, ok := KeyOf(r.After.ID)
	switch last := r.After.Register; {
	case last == nil || !ok:
		return after(p)
	case last.Letter == sd.reg.Letter:
		return dateKey(sd.reg.Letter, day, key)
	case r.before(sd.reg, last):
		return binary.BigEndian.AppendUint32(p, day)
	}
	return binary.BigEndian.AppendUint32(p, day+1)
}

// before reports which of two registers comes first on one day.
func (r *search) before(a, b *model.Register) bool {
	for _, sd := range r.found {
		switch sd.reg.Letter {
		case a.Letter:
			return true
		case b.Letter:
			return false
		}
	}
	return false
}

// dateCursor walks the date index of one register backward.
type dateCursor struct {
	*bolt.Cursor
	sd   *searched
	low  []byte
	k, v []byte
}

func newDateCursor(index *bolt.Bucket, sd *searched) *dateCursor {
	c := &dateCursor{Cursor: index.Cursor(), sd: sd, low: prefix(sd.reg.Letter)}
	c.k, c.v = c.Seek(sd.next)
	if c.k == nil {
		c.k, c.v = c.Last()
	}
	for c.k != nil && bytes.Compare(c.k, sd.next) >= 0 {
		c.k, c.v = c.Prev()
	}
	c.check()
	return c
}

func (c *dateCursor) back() {
	c.k, c.v = c.Prev()
	c.check()
}

func (c *dateCursor) check() {
	if !bytes.HasPrefix(c.k, c.low) || len(c.k) != len(c.low)+4+keyLength || len(c.v) != 2 {
		c.k = nil
	}
}

func (c *dateCursor) day() uint32 { return binary.BigEndian.Uint32(c.k[len(c.low):]) }

func (c *dateCursor) date() model.Date {
	day := c.day()
	return model.Date{Year: int16(day / 10000), Month: int8(day / 100 % 100), Day: int8(day % 100), Precision: model.Precision(c.v[1])}
}

// look decides on the record at a cursor; full tells that the page is.
func (r *search) look(s *Snapshot, c *dateCursor) (full bool, err error) {
	key := readKey(c.k)
	if !r.states[c.v[0]] || !r.lazy && !r.possible(c.sd, key, c.date()) {
		return false, nil
	}
	raw := s.seen(c.sd.reg, c.sd.records.Get(key.bytes()))
	if raw == nil {
		return false, damaged("index/date "+key.ID(c.sd.reg), nil)
	}
	if !r.passes(s, c.sd, key, c.date(), raw) {
		return false, nil
	}
	if len(r.hits) == r.Limit {
		r.more = true
		return true, nil
	}
	return false, r.add(s, c.sd, key, raw)
}
