package db

import (
	"encoding/binary"
	"slices"

	"taizhang/model"
)

func (w *writer) add(op Op) (Saved, error) {
	reg := w.schema.Register(op.Register)
	if reg == nil {
		return Saved{}, model.Problemf("没有“%s”这种台账", "there is no register %q", model.Shorten(op.Register))
	}
	if w.way != model.ByStep { // what a step brings about was decided with it
		if err := w.allowed(model.ActAdd, reg); err != nil {
			return Saved{}, err
		}
	}
	if twin := w.twin(reg, op); twin != nil {
		return Saved{ID: twin.ID, Version: twin.Version}, nil
	}
	id, err := w.nextID(reg)
	if err != nil {
		return Saved{}, err
	}
	r := model.NewRecord(reg)
	r.ID, r.Version = id, 1
	if w.actor.Staff == "" { // the first member of staff enters herself
		w.actor.Staff = id
	}
	r.Created = model.Stamp{By: w.actor.Staff, At: w.now}
	r.Updated = r.Created
	for k, v := range op.Values {
		if v, err = plain(reg, k, v); err != nil {
			return Saved{}, err
		}
		r.Set(k, v)
	}
	if err := w.prepare(r, nil); err != nil {
		return Saved{}, err
	}
	changed := model.Changed(reg, nil, r.Values)
	if err := w.put(model.ActAdd, op.Reason, r, nil, nil, changed); err != nil {
		return Saved{}, err
	}
	also, err := w.follow(r, nil, op)
	return Saved{ID: id, Version: 1, Changed: true, Also: also}, err
}

// twin finds the record that already stands for an Add with Unless.
func (w *writer) twin(reg *model.Register, op Op) *model.Record {
	if len(op.Unless) == 0 {
		return nil
	}
	ref, _ := op.Values[op.Unless[0]].(model.Ref)
	if ref.ID == "" {
		return nil
	}
	for _, id := range w.Referring(reg.Key, ref.ID) {
		r := w.Record(id)
		if r != nil && r.State.Live() && !slices.ContainsFunc(op.Unless, func(key string) bool { return !model.Equal(r.Values[key], op.Values[key]) }) {
			return r
		}
	}
	return nil
}

// follow enters what a stored version brings about.
func (w *writer) follow(r, before *model.Record, op Op) (ids []string, err error) {
	if r.Register.Follow == nil {
		return nil, nil
	}
	for _, next := range r.Register.Follow(r, before, w.rules()) {
		saved, err := w.add(Op{Kind: Add, Register: next.Register.Key, Values: next.Values, Reason: r.ID, At: op.At})
		if err != nil {
			return nil, err
		}
		ids = append(append(ids, saved.ID), saved.Also...)
	}
	return ids, nil
}

// nextID counts up the serial of the register and of the year in Beijing.
func (w *writer) nextID(reg *model.Register) (string, error) {
	year := w.now.In(model.Zone).Year()
	key := binary.BigEndian.AppendUint16(prefix(reg.Letter), uint16(year))
	b := w.tx.Bucket(bucketCounters)
	serial := uint32(0)
	if v := b.Get(key); len(v) == 4 {
		serial = binary.BigEndian.Uint32(v)
	} else if v != nil {
		return "", damaged("counters", nil)
	}
	serial++
	id := makeKey(year, int(serial)).ID(reg)
	if recs := w.tx.Bucket(bucketRecords(reg.Key)); recs != nil && recs.Get(makeKey(year, int(serial)).bytes()) != nil {
		return "", damaged("counters "+id, nil) // never give an id twice
	}
	return id, b.Put(key, binary.BigEndian.AppendUint32(nil, serial))
}
