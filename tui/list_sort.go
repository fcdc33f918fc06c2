package tui

import (
	"cmp"
	"slices"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// sorting is an order of the rows: by a field, or by one of these. The zero
// value is the order of dates, newest first, which the index gives for nothing.
type sorting struct {
	key string // of the field; byDates, byIDs
	up  bool   // ascending
}

// Orders and groups that no single field stands for.
const (
	byDates  = ""
	byIDs    = "#id"
	byMonths = "#month"
)

// reads reports whether the order needs a look into the records.
func (o sorting) reads(reg *model.Register) bool { return o.field(reg) != nil }

// field is what is sorted by, nil where the keys alone decide.
func (o sorting) field(reg *model.Register) *model.Field {
	if f := reg.Field(o.key); f != nil && !f.Removed {
		return f
	}
	return nil
}

// byDate reports whether the rows shown stand in the order of dates.
func (l *list) byDate() bool { return l.had.sort.key != byIDs && l.had.sort.field(l.reg) == nil }

// text says how the rows are sorted, "" for the order they begin with.
func (o sorting) text(reg *model.Register, l model.Lang) string {
	name := words.OrderDate
	f := o.field(reg)
	switch {
	case o == sorting{}:
		return ""
	case f != nil:
		name = f.Words
	case o.key == byIDs:
		name = words.RecordID
	}
	w := words.Descending
	if o.up {
		w = words.Ascending
	}
	return model.Sayf(w.ZH, w.EN, name).In(l)
}

// placed is a row with what it is sorted by.
type placed struct {
	order model.Order
	key   db.Key
	at    int32 // where it stood before: decides between equals
}

// sort puts keys, which come newest first, into an order. It keeps a few bytes
// per row and reads the one field of each record, all of it where the value is
// computed. Blank values stand last in either direction.
func (s *session) sort(w *work, reg *model.Register, keys []db.Key, by sorting) ([]db.Key, error) {
	reg = s.latest(reg)
	f := by.field(reg)
	if f == nil {
		return simplySorted(keys, by), nil
	}
	rows := make([]placed, 0, len(keys))
	err := s.each(w, reg, keys, []*model.Field{f}, func(c *model.Context, k db.Key, r *model.Record) {
		rows = append(rows, placed{c.Order(f, c.Value(r, f), s.lang), k, int32(len(rows))})
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b placed) int {
		n := 0
		switch x, y := a.order.Blank(), b.order.Blank(); {
		case x && !y:
			return 1
		case y && !x:
			return -1
		case by.up:
			n = a.order.Compare(b.order)
		default:
			n = b.order.Compare(a.order)
		}
		return cmp.Or(n, cmp.Compare(a.at, b.at))
	})
	out := make([]db.Key, len(rows))
	for i := range rows {
		out[i] = rows[i].key
	}
	return out, nil
}

// simplySorted sorts by what the keys tell.
func simplySorted(keys []db.Key, by sorting) []db.Key {
	switch {
	case by.key == byIDs:
		keys = slices.Clone(keys)
		slices.Sort(keys)
		if !by.up {
			slices.Reverse(keys)
		}
	case by.up:
		keys = slices.Clone(keys)
		slices.Reverse(keys)
	}
	return keys
}

// each gives fn the records of keys with the values of the fields, and the
// context in which they are read.
func (s *session) each(w *work, reg *model.Register, keys []db.Key, fields []*model.Field, fn func(*model.Context, db.Key, *model.Record)) error {
	src, err := export.FromLedger(w.ctx, s.ledger, s.actor)
	if err != nil {
		return err
	}
	src.Progress = w.progress
	names := []string{reg.DateField}
	for _, f := range fields {
		if f.Computed != nil {
			names = nil // it may depend on anything
			break
		}
		names = append(names, f.Key)
	}
	c := src.Context()
	err = src.Each(reg.Key, keys, names, func(k db.Key, r *model.Record) error {
		fn(c, k, r)
		return nil
	})
	if err == nil {
		err = src.Err()
	}
	return err
}

// nearest finds the row of a day.
func (s *session) nearest(reg *model.Register, keys []db.Key, up bool, day model.Date) (place int, found model.Date, err error) {
	w := newWork(scanPatience)
	defer w.cancel()
	return s.ledger.Nearest(w.ctx, reg.Key, keys, up, day)
}
