package db

import (
	"bytes"
	"context"

	"taizhang/model"
)

// Encoded is a record as it lies in the file, for who goes through thousands
// and needs of each only some fields. Equal values are equal bytes.
type Encoded struct {
	Register *model.Register
	id       string
	values   []byte // the map of values, part of raw
	raw      []byte
}

// encoded reads the frame of a stored record.
func encoded(reg *model.Register, raw []byte) (Encoded, error) {
	e := Encoded{Register: reg, raw: raw}
	frame, err := readEnvelope(raw)
	if err == nil && string(frame.register) != reg.Key {
		err = errMalformed
	}
	if err != nil {
		return e, damaged(reg.Key, err)
	}
	e.id, e.values = frame.id, frame.values
	return e, nil
}

// ID is the record's id.
func (e Encoded) ID() string { return e.id }

// Record reads the whole record.
func (e Encoded) Record() (*model.Record, error) {
	r, _, err := decodeRecord(e.Register, e.raw)
	if err != nil {
		return nil, damaged(e.ID(), err)
	}
	return r, nil
}

// Each calls fn for the fields that are not blank, in no useful order, until it
// returns false.
func (e Encoded) Each(fn func(key, value []byte) bool) error {
	if err := eachPair(e.values, fn); err != nil {
		return damaged(e.ID(), err)
	}
	return nil
}

// Value reads one value that Each gave.
func (e Encoded) Value(key string, value []byte) any { return decodeField(e.Register, key, value) }

// Name is the record's title where that is a field of its own, else "".
func (e Encoded) Name() string { return nameIn(e.Register, e.raw) }

// Refs calls fn with each id the record refers to, as often as it does.
func (e Encoded) Refs(fn func(id string)) {
	for b := e.values; len(b) > 0; {
		major, n, rest, err := head(b)
		if err != nil {
			return
		}
		b = rest
		switch major {
		case majorBytes, majorText:
			if n > uint64(len(b)) {
				return
			}
			b = b[n:]
		case majorTag:
			if n == tagIdentifier {
				if id, after, err := text(b); err == nil {
					fn(string(id))
					b = after
				}
			}
		}
	}
}

// Encoded returns a record that stays valid after the visit; ok is false when
// there is none of that id.
func (s *Snapshot) Encoded(id string) (e Encoded, ok bool, err error) {
	reg, raw := s.find(id)
	if raw == nil {
		return e, false, nil
	}
	e, err = encoded(reg, bytes.Clone(raw))
	return e, err == nil, err
}

// ScanEncoded is Scan for records as they lie in the file, as many at a time as
// one visit copied out, some thousands at most. They are valid until fn returns.
func (l *Ledger) ScanEncoded(ctx context.Context, q Query, progress Progress, fn func([]Encoded) error) error {
	var out []Encoded
	return l.copies(ctx, q, progress, func(reg *model.Register, copied [][]byte) error {
		out = out[:0]
		for _, raw := range copied {
			e, err := encoded(reg, raw)
			if err != nil {
				return l.metOutside(err)
			}
			out = append(out, e)
		}
		if err := fn(out); err != nil {
			return l.metOutside(err)
		}
		return nil
	})
}
