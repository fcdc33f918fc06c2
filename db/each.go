package db

import (
	"context"
	"sort"
	"time"

	"taizhang/model"
)

// Each gives fn the records of keys, in their order: what a list that holds
// keys reads of them to sort, group and add up. Nothing is looked for, so it
// costs the records alone, and it holds no lock while fn runs. With fields only
// those values are there, and such a record must not be written back; nil: all.
// fn's i is the place among keys; r is nil where the record is gone. Each
// record is as it was at one moment, see Scan.
func (l *Ledger) Each(ctx context.Context, register string, keys []Key, fields []string, progress Progress, fn func(i int, r *model.Record) error) error {
	var buf []byte
	var ends []int
	var reg *model.Register
	for done := 0; done < len(keys); done += len(ends) {
		buf, ends = buf[:0], ends[:0]
		err := l.View(ctx, func(s *Snapshot) error {
			if reg = s.schema.Register(register); reg == nil {
				return errNotFound(register)
			}
			stop := time.Now().Add(visitTime)
			for _, k := range keys[done:] {
				buf = append(buf, s.raw(reg, k)...)
				ends = append(ends, len(buf))
				if len(buf) >= visitBytes || len(ends)%64 == 0 && time.Now().After(stop) {
					break
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		at := 0
		for i, end := range ends {
			var r *model.Record
			if end > at {
				if r, err = decodeSome(reg, buf[at:end], fields); err != nil {
					return l.metOutside(damaged(keys[done+i].ID(reg), err))
				}
			}
			if err := fn(done+i, r); err != nil {
				return err
			}
			at = end
		}
		if progress != nil {
			progress(done+len(ends), len(keys))
		}
	}
	return gaveUp(ctx)
}

// Nearest returns the place of the record whose date is nearest to a day among
// keys in the order of dates, newest first or, if ascending, last; len(keys) is
// 0 for none. It reads some twenty records.
func (l *Ledger) Nearest(ctx context.Context, register string, keys []Key, ascending bool, day model.Date) (place int, found model.Date, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		reg := s.schema.Register(register)
		if reg == nil {
			return errNotFound(register)
		}
		var fault error
		date := func(i int) model.Date {
			for ; i < len(keys); i++ { // one deleted meanwhile has its neighbour's place
				if raw := s.raw(reg, keys[i]); raw != nil {
					r, err := decodeSome(reg, raw, []string{reg.DateField})
					if err != nil {
						fault = damaged(keys[i].ID(reg), err)
						return model.Date{}
					}
					return r.Date().First()
				}
			}
			return model.Date{}
		}
		place = sort.Search(len(keys), func(i int) bool {
			if ascending {
				return !date(i).Before(day)
			}
			return !date(i).After(day)
		})
		if place == len(keys) {
			place = max(place-1, 0)
		} else if place > 0 && distance(date(place-1), day) < distance(date(place), day) {
			place--
		}
		found = date(place)
		return fault
	})
	return place, found, err
}

func distance(a, b model.Date) int {
	if n := a.DaysUntil(b); n >= 0 {
		return n
	}
	return b.DaysUntil(a)
}
