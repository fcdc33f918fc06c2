package db

import (
	"bytes"
	"context"
	"slices"
	"time"

	"taizhang/model"
)

// Tally is how many records fall into a month, and what some of their fields
// add up to.
type Tally struct {
	Month   model.Date // of the register's date; a coarser one where that is all that is known
	Records int
	Sums    []int64 // by field, in its own unit: whole, 分 or thousandths
}

// ByMonth counts the final records of a query by month, newest first, and adds
// up numeric fields of theirs. Limit and offset do not count. It reads no record
// where the date index is enough, and of the others only these fields; it may
// take several visits, see Scan.
func (l *Ledger) ByMonth(ctx context.Context, q Query, sums []*model.Field) ([]Tally, error) {
	q.States, q.Limit, q.Offset = []model.State{model.Final}, 0, 0
	t := tallier{sums: sums, months: map[model.Date]*Tally{}}
	var c *cursor
	for done := false; !done; {
		err := l.View(ctx, func(s *Snapshot) error {
			if c == nil {
				m, err := s.compile(q)
				if err != nil {
					return err
				}
				c = &cursor{m: m}
				t.begin(m)
			}
			if t.straight {
				done = t.records(s, c)
				return t.fault
			}
			err := c.walk(s, len(sums) > 0, func(_ Key, raw []byte) bool {
				if t.add(c.date); len(sums) > 0 {
					t.sum(valuesOf(raw))
				}
				return true
			})
			done = c.done
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	out := make([]Tally, 0, len(t.months))
	for _, m := range t.months {
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b Tally) int { return b.Month.Compare(a.Month) })
	return out, nil
}

type tallier struct {
	m      *matcher
	sums   []*model.Field
	months map[model.Date]*Tally
	last   *Tally // the month added to last

	// Going through a whole register in the order of its ids is several times as
	// fast as by the index, which leads from page to page.
	straight bool
	date     *model.Field
	next     []byte // the key to go on from
	fault    error
}

func (t *tallier) begin(m *matcher) {
	t.m, t.date = m, m.reg.Field(m.reg.DateField)
	t.straight = m.Period == nil && m.find == nil && len(t.sums) > 0 && t.date != nil && t.date.Type == model.TypeDate
}

// add counts a record.
func (t *tallier) add(d model.Date) {
	if d.Precision < model.ByMonth {
		d = model.Date{Year: d.Year, Month: d.Month, Day: 1, Precision: model.ByMonth}
	}
	if t.last == nil || t.last.Month != d {
		if t.last = t.months[d]; t.last == nil {
			t.last = &Tally{Month: d, Sums: make([]int64, len(t.sums))}
			t.months[d] = t.last
		}
	}
	t.last.Records++
}

// sum adds the values of the record that was counted last.
func (t *tallier) sum(values []byte) {
	left := len(t.sums)
	_ = eachPair(values, func(key, value []byte) bool {
		for i, f := range t.sums {
			if string(key) == f.Key {
				n, _ := wholeNumber(f, value)
				t.last.Sums[i] += n
				left--
			}
		}
		return left > 0
	})
}

func wholeNumber(f *model.Field, b []byte) (int64, bool) {
	if f.Type == model.TypeDec {
		d, ok := decodeDec(b)
		n, _ := d.(model.Dec)
		return int64(n), ok
	}
	return decodeInt(b)
}

// records goes through the register itself until it ends or the visit's time is
// up.
func (t *tallier) records(s *Snapshot, c *cursor) (done bool) {
	b := s.tx.Bucket(bucketRecords(t.m.reg.Key))
	if b == nil {
		return true
	}
	stop := time.Now().Add(visitTime)
	bc := b.Cursor()
	n := 0
	for k, raw := bc.Seek(t.next); k != nil; k, raw = bc.Next() {
		if n++; n%64 == 0 && time.Now().After(stop) {
			t.next = bytes.Clone(k)
			return false
		}
		raw = s.seen(t.m.reg, raw)
		state, values := frameOf(raw)
		if state != model.Final || t.m.needsRecord() && !t.m.match(s, raw, readKey(k).ID(t.m.reg)) {
			continue
		}
		d, ok := t.dateIn(values)
		if !ok { // the rare one that has none of its own
			r, _, err := decodeRecord(t.m.reg, raw)
			if err != nil {
				t.fault = damaged(readKey(k).ID(t.m.reg), err)
				return true
			}
			d = r.Date()
		}
		t.add(d)
		t.sum(values)
	}
	return true
}

// frameOf finds a record's state and values without reading the rest.
func frameOf(raw []byte) (state model.State, values []byte) {
	_ = eachPair(raw, func(key, value []byte) bool {
		switch string(key) {
		case "st":
			st, _, _ := text(value)
			state = parseState(st)
		case "val":
			values = value
		}
		return values == nil
	})
	return state, values
}

func (t *tallier) dateIn(values []byte) (d model.Date, ok bool) {
	_ = eachPair(values, func(key, value []byte) bool {
		if string(key) != t.date.Key {
			return true
		}
		var v any
		v, ok = decodeTyped(t.date, value)
		d, _ = v.(model.Date)
		return false
	})
	return d, ok
}
