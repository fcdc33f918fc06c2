package db

import "taizhang/model"

// What only the handlers of a record may see leaves the file for them alone: a
// visit that reads gets, of every record of a guarded register, the bytes of
// what its reader may see (model.Record.Seen), and so does all that looks for
// words, compares, counts and lists. The reader is who has the login of this
// process; where nobody has, it is nobody. Writes read everything, and so do
// verify and the filters: those hold grams of confidential words too, but only
// say where to look.

// reader is the member of staff who reads, "" for nobody.
func (s *Snapshot) reader() string {
	if !s.asked {
		s.asked = true
		if login, err := s.login(); err == nil {
			if r := s.holder(login); r != nil && r.State.Live() && !model.StaffDisabled.Of(r) {
				s.who = r.ID
			}
		}
	}
	return s.who
}

// seen is what the reader may see of a stored record. Bytes that are no record
// come back as they are: who decodes them finds the damage.
func (s *Snapshot) seen(reg *model.Register, raw []byte) []byte {
	if s.whole || !reg.Guarded() || raw == nil {
		return raw
	}
	r, seq, err := decodeRecord(reg, raw)
	if err != nil {
		return raw
	}
	v := r.Seen(s.reader(), r)
	if v == r {
		return raw
	}
	sealed, err := encodeSeen(v, seq)
	if err != nil {
		s.fault = damaged(r.ID, err)
		return nil
	}
	return sealed
}

// seenVersion is seen for a version of a record, of which now is the one in
// force.
func (s *Snapshot) seenVersion(r, now *model.Record) *model.Record {
	if s.whole {
		return r
	}
	return r.Seen(s.reader(), now)
}

// encodeSeen writes a record of which something is left out. Such bytes are
// never stored.
func encodeSeen(r *model.Record, seq uint64) ([]byte, error) {
	b, err := encodeRecord(r, seq, nil)
	if err != nil {
		return nil, err
	}
	whole := appendHead(nil, majorMap, frameFields)
	out := appendHead(make([]byte, 0, len(b)+16), majorMap, frameFields+1)
	out = append(out, b[len(whole):]...)
	return appendInt(appendText(out, "shown"), int64(r.Shown)), nil
}

// silent drops from a journal entry what was typed with a sealed version.
func silent(r *model.Record, e Entry) Entry {
	if r.Shown == model.Sealed {
		e.Reason, e.Fields = "", nil
	}
	return e
}
