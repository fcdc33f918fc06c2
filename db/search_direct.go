package db

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"taizhang/model"
)

type openBlock struct {
	sd    *searched
	block uint64
	key   Key // of a single record
}

// place is where a hit lies in the order of the answer.
type place struct {
	sd  *searched
	at  int // of sd in the answer
	day uint32
	key Key
}

// plan decides how to go on: when few records may answer they are read one and
// all, and put in order; otherwise the walk goes on.
func (r *search) plan(s *Snapshot, _ time.Time) bool {
	few := true
	for _, w := range r.words {
		few = few && w.period == nil
	}
	left := mostDirect
	all := uint32(1)<<len(r.words) - 1
	for _, sd := range r.found {
		if !few || left < 0 {
			return true
		}
		if filters(s.tx, sd.reg) == nil {
			few = sd.records == nil
			continue
		}
		if sd.any&all == all {
			few = sd.records == nil
			continue
		}
		for _, block := range s.openBlocks(sd.reg, func(b uint64) bool { _, sealed := sd.blocks[b]; return sealed }) {
			r.blocks = append(r.blocks, openBlock{sd: sd, block: block})
		}
		for block, may := range sd.blocks {
			if may|sd.any == all {
				r.blocks = append(r.blocks, openBlock{sd: sd, block: block})
				left -= 1 << blockBits
			}
		}
		// A record may answer to one word by a name and to another by its text.
		for _, keys := range sd.some {
			for key := range keys {
				if may, sealed := sd.blocks[key.block()]; sealed && may|sd.any != all {
					r.some = append(r.some, openBlock{sd: sd, key: key})
					left--
				}
			}
		}
	}
	r.direct = few && left >= 0
	return true
}

// read goes through the blocks and records that may answer, and at the end
// makes the page.
func (r *search) read(s *Snapshot, stop time.Time) error {
	one := func(sd *searched, key Key, raw []byte) error {
		if !r.passes(s, sd, key, model.Date{}, raw) { // no word is a date
			return nil
		}
		rec, err := decodeSome(sd.reg, raw, []string{sd.reg.DateField})
		if err != nil {
			return damaged(key.ID(sd.reg), err)
		}
		day := rec.Date().SortKey()
		if bytes.Compare(dateKey(sd.reg.Letter, day, key), sd.next) >= 0 || !r.states[rec.State] || !inLists(rec.State) {
			return nil // on this page or one before already
		}
		r.places = append(r.places, place{sd, slices.Index(r.found, sd), day, key})
		return nil
	}
	for len(r.blocks) > 0 {
		b := r.blocks[0]
		r.blocks = r.blocks[1:]
		if err := eachInBlock(s.tx, b.sd.reg, b.block, func(key Key, raw []byte) error {
			if !r.possible(b.sd, key, model.Date{}) {
				return nil
			}
			return one(b.sd, key, s.seen(b.sd.reg, raw))
		}); err != nil {
			return err
		}
		if time.Now().After(stop) {
			return nil
		}
	}
	for _, b := range r.some {
		if raw := s.raw(b.sd.reg, b.key); raw != nil && r.possible(b.sd, b.key, model.Date{}) {
			if err := one(b.sd, b.key, raw); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(r.places, func(a, b place) int {
		return cmp.Or(-cmp.Compare(a.day, b.day), cmp.Compare(a.at, b.at), -cmp.Compare(a.key, b.key))
	})
	r.done = true
	for i, p := range slices.Compact(r.places) {
		if len(r.hits) == r.Limit {
			r.more = i < len(r.places)
			break
		}
		if raw := s.raw(p.sd.reg, p.key); raw != nil { // a moment ago it was there
			if err := r.add(s, p.sd, p.key, raw); err != nil {
				return err
			}
		}
	}
	return nil
}
