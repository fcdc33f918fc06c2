package db

import (
	"context"
	"encoding/binary"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// TakeOver enters records as another ledger of this program wrote them out in
// full: under their ids, with what the program and the steps of a chain filled
// in there. Nothing is judged again, as the rules may have changed since; but
// every value has the type of its field, and what a record refers to is in the
// ledger or, as there says, comes with the same file.
//
// Only an administrator may, and only into a ledger in which nothing has been
// entered yet: nobody brings signatures into a ledger at work in this way. More
// calls may follow the first. Versions and histories begin anew. The first
// administrator's own record, which came with the ledger, gets the values of the
// record of its id as a second version, and keeps its login.
//
// At most mostOps records, in one transaction; it cannot be undone.
func (l *Ledger) TakeOver(ctx context.Context, actor model.Actor, records []*model.Record, there func(id string) bool) error {
	if len(records) > mostOps {
		return refuse(ExitUsage, "一次最多保存%d条，未保存，请分批", "at most %d records are saved at once; nothing was saved, split them", mostOps)
	}
	return l.visit(ctx, true, func(tx *bolt.Tx) error {
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		if err := w.allowed(model.ActImport, nil); err != nil {
			return err
		}
		if err := w.untouched(); err != nil {
			return err
		}
		for i, r := range records {
			if err := w.take(r, there); err != nil {
				return &OpError{Index: i, Err: err}
			}
			if w.fault != nil {
				return w.fault
			}
		}
		return nil
	})
}

// Untouched says why records cannot be taken over: something has been entered.
func (s *Snapshot) Untouched() error {
	c := s.tx.Bucket(bucketJournal).Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		e, err := readEntry(k, v)
		switch {
		case err != nil:
			return err
		case e.Action == string(model.ActImport): // which was allowed then
			return nil
		case e.Version == 0 || e.Action == ActSettings:
		case e.Action == string(model.ActAdd) && e.ID == e.By: // the first administrator came with the ledger
		default:
			return refuse(ExitUsage, "台账里已有登记的记录（%s），整本接收只能用于新建的台账，没有写入。请先用 taizhang init 新建一本",
				"the ledger already holds records (%s); a whole ledger is taken over into a new one only. Nothing was written; make one with taizhang init", e.ID)
		}
	}
	return nil
}

func (w *writer) untouched() error { return w.Untouched() }

// take stores one record under its own id.
func (w *writer) take(from *model.Record, there func(string) bool) error {
	reg := from.Register
	letter, year, serial, ok := model.SplitID(from.ID)
	if !ok || letter != reg.Letter || year < model.MinYear || year > model.MaxYear {
		return model.Problemf("“%s”不是“%s”的编号", "%q is no id of %s", model.Shorten(from.ID), reg.Words)
	}
	r := model.NewRecord(reg)
	r.ID, r.Version, r.State = from.ID, 1, from.State
	r.Created = model.Stamp{By: w.actor.Staff, At: w.now}
	r.Updated = r.Created
	if err := w.takeValues(r, from.Values, there); err != nil {
		return err
	}
	if before, raw, err := w.checked(from.ID); err == nil {
		if reg.Key != model.Staff.Key || from.ID != w.actor.Staff || before.Version != 1 {
			return model.Problemf("编号 %s 已被占用", "the id %s is taken", from.ID)
		}
		return w.takeFirst(r, before, raw)
	}
	key := binary.BigEndian.AppendUint16(prefix(reg.Letter), uint16(year))
	counters := w.tx.Bucket(bucketCounters)
	if v := counters.Get(key); len(v) != 4 || binary.BigEndian.Uint32(v) < uint32(serial) {
		if err := counters.Put(key, binary.BigEndian.AppendUint32(nil, uint32(serial))); err != nil {
			return err
		}
	}
	return w.put(model.ActImport, "", r, nil, nil, model.Changed(reg, nil, r.Values))
}

// takeFirst gives the first administrator's record the values it had elsewhere.
// Whoever is at work stays logged in, with the rights to go on.
func (w *writer) takeFirst(r, before *model.Record, raw []byte) error {
	r.Created = before.Created
	r.Version = before.Version + 1
	model.StaffLogin.Set(r, model.StaffLogin.Of(before))
	if !model.Administers(r) {
		model.StaffRoles.Set(r, model.StaffRoles.Of(before))
		r.Set(model.StaffDisabled.Key(), nil)
	}
	return w.put(model.ActImport, "", r, before, raw, model.Changed(r.Register, before.Values, r.Values))
}

func (w *writer) takeValues(r *model.Record, values model.Values, there func(string) bool) error {
	var errs model.Errors
	for key, v := range values {
		f := r.Register.Field(key)
		switch {
		case f == nil:
			kept, err := plain(r.Register, key, v)
			if err != nil {
				return err
			}
			r.Set(key, kept)
		case !f.Stored() || !f.Holds(v):
			errs = errs.Refuse(f, "值的类型不对", "the value is of the wrong type")
		default:
			for _, ref := range model.RefsIn(f, v) {
				if ref.ID != "" && !there(ref.ID) && w.Record(ref.ID) == nil {
					errs = errs.Refuse(f, "没有编号 %s", "there is no %s", ref.ID)
				}
			}
			r.Set(key, v)
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}
