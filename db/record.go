package db

import (
	"crypto/sha256"
	"time"

	"taizhang/model"
)

// A record lies in the file as one CBOR map:
//
//	v     version, 1 for the first
//	ca cb created at (milliseconds since 1970, UTC), by (staff id)
//	ua ub updated at, by
//	id    the id
//	st    state: final, draft, void, deleted
//	reg   key of the register
//	seq   sequence of the journal entry that proves this version
//	val   the values by field key
//	salt  16 random bytes, so that the hash in the journal tells nothing
//
// The order is that of the deterministic encoding.

const (
	saltLength  = 16
	frameFields = 11
)

// envelope is a record's frame, with the values still encoded.
type envelope struct {
	id               string
	register         []byte // as values
	state            model.State
	version          int
	created, updated model.Stamp
	seq              uint64
	values           []byte      // the map under val, part of the bytes read
	shown            model.Shown // never stored, see encodeSeen
}

// encodeRecord writes a record version.
func encodeRecord(r *model.Record, seq uint64, salt []byte) ([]byte, error) {
	b := make([]byte, 0, 512)
	b = appendHead(b, majorMap, frameFields)
	b = appendInt(appendText(b, "v"), int64(r.Version))
	b = appendInt(appendText(b, "ca"), r.Created.At.UnixMilli())
	b = appendText(appendText(b, "cb"), r.Created.By)
	b = appendText(appendText(b, "id"), r.ID)
	b = appendText(appendText(b, "st"), r.State.String())
	b = appendInt(appendText(b, "ua"), r.Updated.At.UnixMilli())
	b = appendText(appendText(b, "ub"), r.Updated.By)
	b = appendText(appendText(b, "reg"), r.Register.Key)
	b = appendHead(appendText(b, "seq"), majorUint, seq)
	b, err := appendMap(appendText(b, "val"), r.Values)
	if err != nil {
		return nil, err
	}
	b = appendHead(appendText(b, "salt"), majorBytes, uint64(len(salt)))
	return append(b, salt...), nil
}

// readEnvelope reads the frame of a stored record.
func readEnvelope(raw []byte) (e envelope, err error) {
	bad := false
	num := func(b []byte) int64 {
		n, ok := decodeInt(b)
		bad = bad || !ok
		return n
	}
	str := func(b []byte) string {
		s, ok := decodeText(b)
		bad = bad || !ok
		return s
	}
	err = eachPair(raw, func(key, value []byte) bool {
		switch string(key) {
		case "v":
			e.version = int(num(value))
		case "ca":
			e.created.At = time.UnixMilli(num(value)).UTC()
		case "cb":
			e.created.By = str(value)
		case "ua":
			e.updated.At = time.UnixMilli(num(value)).UTC()
		case "ub":
			if by, _, _ := text(value); string(by) == e.created.By { // most often: one string for both
				e.updated.By = e.created.By
			} else {
				e.updated.By = str(value)
			}
		case "id":
			e.id = str(value)
		case "st":
			st, _, err := text(value)
			e.state, bad = parseState(st), bad || err != nil
		case "reg":
			reg, _, err := text(value)
			e.register, bad = reg, bad || err != nil
		case "seq":
			seq := num(value)
			e.seq, bad = uint64(seq), bad || seq < 0
		case "val":
			e.values = value
		case "shown":
			e.shown = model.Shown(num(value))
		}
		return true
	})
	if err == nil && (bad || e.values == nil || e.version < 1) {
		err = errMalformed
	}
	return e, err
}

func parseState(s []byte) model.State {
	for _, st := range [...]model.State{model.Draft, model.Void, model.Deleted} {
		if st.String() == string(s) {
			return st
		}
	}
	return model.Final
}

// decodeRecord reads a whole record.
func decodeRecord(reg *model.Register, raw []byte) (*model.Record, uint64, error) {
	e, err := readEnvelope(raw)
	if err == nil && string(e.register) != reg.Key {
		err = errMalformed
	}
	if err != nil {
		return nil, 0, err
	}
	_, n, _, _ := head(e.values)
	r := e.record(reg, int(min(n, 64)))
	err = eachPair(e.values, func(key, value []byte) bool {
		k := string(key)
		r.Values[k] = decodeField(reg, k, value)
		return true
	})
	return r, e.seq, err
}

// record is the record without its values, with room for size of them.
func (e *envelope) record(reg *model.Register, size int) *model.Record {
	return &model.Record{
		ID: e.id, Register: reg, Version: e.version, State: e.state,
		Created: e.created, Updated: e.updated, Values: make(model.Values, size), Shown: e.shown,
	}
}

// decodeField reads the value of a key, declared or not.
func decodeField(reg *model.Register, key string, b []byte) any {
	var v any
	if f := reg.Field(key); f != nil {
		v = decodeAs(f, b)
	} else {
		v = decodeAny(b, 0)
	}
	if model.Blank(v) { // it would be dropped when written back
		return Raw(b)
	}
	return v
}

// valuesOf finds the map of values without reading the rest.
func valuesOf(raw []byte) (values []byte) {
	_ = eachPair(raw, func(key, value []byte) bool {
		if string(key) == "val" {
			values = value
		}
		return values == nil
	})
	return values
}

// fields finds the encoded values of some fields in a stored record without
// reading the others; nil stands for blank. The bytes are raw's own.
func fields(raw []byte, out [][]byte, keys ...string) [][]byte {
	out = append(out[:0], make([][]byte, len(keys))...)
	left := len(keys)
	values := valuesOf(raw)
	if values == nil {
		return out
	}
	_ = eachPair(values, func(key, value []byte) bool {
		for i, k := range keys {
			if string(key) == k {
				out[i] = value
				left--
			}
		}
		return left > 0
	})
	return out
}

// hashRecord is the hash of a record version in the journal.
func hashRecord(raw []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte("taizhang record 1\x00"))
	h.Write(raw)
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return sum
}
