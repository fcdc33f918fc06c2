package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"time"

	"taizhang/model"
)

// Recent returns up to n records of a register that are in use, those entered
// last first, with only the values of some fields: what a form remembers. It
// costs what it reads, not what the register holds. Visits of the file are as
// short as those of Scan.
func (l *Ledger) Recent(ctx context.Context, register string, n int, fields ...string) ([]*model.Record, error) {
	var out []*model.Record
	var buf []byte
	var ends []int
	var next []byte // the key before which to go on
	for done := false; !done && len(out) < n; {
		var reg *model.Register
		err := l.View(ctx, func(s *Snapshot) error {
			if reg = s.schema.Register(register); reg == nil {
				return model.Problemf("没有“%s”这种台账", "there is no register %q", model.Shorten(register))
			}
			b := s.tx.Bucket(bucketRecords(reg.Key))
			if b == nil {
				done = true
				return nil
			}
			c := b.Cursor()
			k, raw := c.Last()
			if next != nil {
				if k, _ = c.Seek(next); k == nil {
					k, raw = c.Last()
				} else {
					k, raw = c.Prev()
				}
			}
			stop := time.Now().Add(visitTime)
			for seen := 0; ; seen++ {
				if k == nil {
					done = true
					return nil
				}
				if len(out)+len(ends) == n || len(buf) > visitBytes || seen%64 == 63 && time.Now().After(stop) {
					return nil
				}
				if liveRecord(raw) {
					buf = append(buf, s.seen(reg, raw)...)
					ends = append(ends, len(buf))
				}
				next = bytes.Clone(k)
				k, raw = c.Prev()
			}
		})
		if err != nil {
			return nil, err
		}
		at := 0
		for _, end := range ends {
			r, err := decodeSome(reg, buf[at:end], fields)
			if err != nil {
				return nil, l.metOutside(damaged(register, err))
			}
			out = append(out, r)
			at = end
		}
		buf, ends = buf[:0], ends[:0]
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// YearAgo returns what was done a year before a day, by register as given and
// day by day: the records of model.YearAgo's days, the festival's first. At
// most limit of each register and stretch of days.
func (l *Ledger) YearAgo(ctx context.Context, day model.Date, limit int, registers ...string) (out []*model.Record, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		for _, p := range model.YearAgo(day) {
			for _, register := range registers {
				list, err := s.List(Query{Register: register, Period: &p, Limit: limit, States: []model.State{model.Final}})
				if err != nil {
					return err
				}
				out = append(out, list...)
			}
		}
		return nil
	})
	return out, err
}

// Between implements model.Finder by the date index.
func (s *Snapshot) Between(register string, from, to model.Date, most int) (ids []string) {
	reg := s.schema.Register(register)
	if reg == nil || most <= 0 {
		return nil
	}
	p := prefix(reg.Letter)
	low := binary.BigEndian.AppendUint32(slices.Clone(p), from.SortKey())
	high := binary.BigEndian.AppendUint32(slices.Clone(p), to.SortKey()+1)
	c := s.tx.Bucket(indexDate).Cursor()
	for k, v := c.Seek(low); k != nil && bytes.Compare(k, high) < 0 && len(ids) < most; k, v = c.Next() {
		if len(v) > 0 && model.State(v[0]).Live() {
			ids = append(ids, readKey(k).ID(reg))
		}
	}
	return ids
}

// Holding implements model.Finder: the search's filters say which blocks of
// records may hold the number, and only those are read.
func (s *Snapshot) Holding(register, field, value string, most int) (ids []string) {
	reg := s.schema.Register(register)
	f := reg.Field(field)
	number := plainNumber(value)
	if !numberKind(f) || number == "" {
		return nil
	}
	look := func(key Key, raw []byte) bool {
		var one [1][]byte
		if t, ok := decodeText(fields(s.seen(reg, raw), one[:], field)[0]); ok && plainNumber(t) == number && liveRecord(raw) {
			ids = append(ids, key.ID(reg))
		}
		return len(ids) < most
	}
	sealed := map[uint64]bool{}
	if b := filters(s.tx, reg); b != nil {
		eachWithPrefix(b, prefix(reg.Letter), func(k, stored []byte) bool {
			if g := readFilter(stored); g != nil {
				block := readBlock(k)
				sealed[block] = true
				if g.has(hashBytes(gramNumber, number)) {
					_ = eachInBlock(s.tx, reg, block, func(key Key, raw []byte) error {
						look(key, raw)
						return nil
					})
				}
			}
			return true
		})
	}
	for _, block := range s.openBlocks(reg, func(block uint64) bool { return sealed[block] }) {
		_ = eachInBlock(s.tx, reg, block, func(key Key, raw []byte) error {
			look(key, raw)
			return nil
		})
	}
	return ids[:min(len(ids), most)]
}

// Between implements model.Finder.
func (b *Book) Between(register string, from, to model.Date, most int) (ids []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.visit(func(s *Snapshot) { ids = s.Between(register, from, to, most) })
	return ids
}

// Holding implements model.Finder.
func (b *Book) Holding(register, field, value string, most int) (ids []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.visit(func(s *Snapshot) { ids = s.Holding(register, field, value, most) })
	return ids
}
