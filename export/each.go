package export

import (
	"taizhang/db"
	"taizhang/model"
)

// Each gives fn the records of keys, in their order, with what they refer to at
// hand: names are written without a visit of their own. With fields only those
// values are there; nil: all. Records that are gone are left out.
func (s *Ledger) Each(register string, keys []db.Key, fields []string, fn func(key db.Key, r *model.Record) error) error {
	if s.fault != nil {
		return s.fault
	}
	var waiting []*model.Record
	var places []int
	give := func() error {
		var ids, refs []string
		for _, r := range waiting {
			ids = append(ids, r.ID)
			for _, f := range r.Register.AllFields() {
				for _, ref := range model.RefsIn(f, r.Values[f.Key]) {
					if ref.ID != "" {
						refs = append(refs, ref.ID)
					}
				}
			}
		}
		if err := s.fetch(ids, refs); err != nil {
			return err
		}
		for i, r := range waiting {
			if err := fn(keys[places[i]], r); err != nil {
				return err
			}
			if s.fault != nil {
				return s.fault
			}
		}
		waiting, places = waiting[:0], places[:0]
		return s.ctx.Err()
	}
	err := s.l.Each(s.ctx, register, keys, fields, s.Progress, func(i int, r *model.Record) error {
		if r == nil {
			return nil
		}
		if waiting, places = append(waiting, r), append(places, i); len(waiting) < chunk {
			return nil
		}
		return give()
	})
	if err != nil {
		return err
	}
	return give()
}
