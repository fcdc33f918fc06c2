package db

import (
	"bytes"
	"fmt"
	"strings"

	"taizhang/model"
)

// joinRecords joins op.Other to op.ID, in one transaction: the kept record takes what
// it lacks and the values chosen in op.Values, everything that names the other
// names it instead, and the other becomes void. The cost is that of the other's
// entries in the index of references. Undo takes it all back at once.
func (w *writer) joinRecords(op Op, keep *model.Record, raw []byte) (Saved, error) {
	other, _, err := w.checked(op.Other)
	if err != nil {
		return Saved{}, err
	}
	if err := w.joinable(op, keep, other); err != nil {
		return Saved{}, err
	}
	from, err := w.naming(other.ID, keep.ID)
	if err != nil {
		return Saved{}, err
	}
	reason := mergeReason(other.ID, keep.ID, op.Reason)

	now := keep.Clone()
	for _, part := range []model.Values{model.Join(keep, other).Values, op.Values} {
		for k, v := range part {
			if v, err = plain(keep.Register, k, v); err != nil {
				return Saved{}, err
			}
			now.Set(k, v)
		}
	}
	model.Turn(now, other.ID, keep.ID)
	if err := w.prepare(now, keep); err != nil {
		return Saved{}, err
	}
	saved := Saved{ID: keep.ID, Version: w.next(now), Changed: true}
	if err := w.put(model.ActMerge, reason, now, keep, raw, model.Changed(keep.Register, keep.Values, now.Values)); err != nil {
		return Saved{}, err
	}
	for _, id := range from {
		if err := w.turnTo(id, other.ID, keep.ID, reason); err != nil {
			return Saved{}, err
		}
		saved.Also = append(saved.Also, id)
	}
	other, rawOther, err := w.checked(op.Other)
	if err != nil {
		return Saved{}, err
	}
	_, err = w.turn(model.ActMerge, reason, other, rawOther, model.Void)
	return saved, err
}

// joinable refuses what cannot be merged, and versions the person has not seen.
func (w *writer) joinable(op Op, keep, other *model.Record) error {
	switch {
	case !keep.Register.Twins || keep.Register != other.Register:
		return model.Problemf("%s 和 %s 不能合并：只有同一台账的两个人、两户可以", "%s and %s cannot be merged: only two people or two households can", keep.ID, other.ID)
	case keep.ID == other.ID:
		return model.Problemf("%s 不能并入自己", "%s cannot be merged with itself", keep.ID)
	case strings.TrimSpace(op.Reason) == "":
		return model.Problemf("合并必须写明理由", "merging needs a reason")
	}
	for _, r := range []*model.Record{keep, other} {
		if !r.State.Live() {
			return w.notLive(r)
		}
	}
	if err := unseen(op, keep); err != nil {
		return err
	}
	return unseen(Op{Base: op.OtherBase}, other)
}

// notLive says why a record cannot be changed any more, and where it went.
func (w *writer) notLive(r *model.Record) error {
	if r.State == model.Deleted {
		return errDeleted(r.ID)
	}
	if into := w.MergedInto(r.ID); into != "" {
		return model.Problemf("%s 已并入 %s，不能修改；请改 %s", "%s was merged into %s and cannot be changed; change %s", r.ID, into, into)
	}
	return model.Problemf("%s 已%s，不能修改", "%s is %s and cannot be changed", r.ID, r.StateWords())
}

// naming lists what refers to a record, void records among them, other left out.
func (w *writer) naming(id, other string) (from []string, err error) {
	p := prefix(id)
	eachWithPrefix(w.tx.Bucket(indexBack), p, func(k, _ []byte) bool {
		letter, _, _ := bytes.Cut(k[len(p):], []byte{0})
		key := readKey(k)
		if at := model.FormatID(string(letter), int(key>>32), int(uint32(key))); at != id && at != other {
			from = append(from, at)
		}
		return len(from) <= mostOps
	})
	if len(from) > mostOps {
		err = model.Problemf("%s 被引用超过%d次，不能一次合并；没有改动任何内容", "%s is referred to more than %d times, too many to merge at once; nothing was changed", id, mostOps)
	}
	return from, err
}

// turnTo makes a record name another one. Nothing else of it changes, so its
// register's rules are not asked: what was entered under older ones stays.
func (w *writer) turnTo(id, from, to, reason string) error {
	before, raw, err := w.checked(id)
	if err != nil {
		return err
	}
	if err := w.allowed(model.ActMerge, before.Register); err != nil {
		return err
	}
	now := before.Clone()
	model.Turn(now, from, to)
	changed := model.Changed(before.Register, before.Values, now.Values)
	w.next(now)
	return w.put(model.ActMerge, reason, now, before, raw, changed)
}

// Merger is what an entry of a merge says: what was merged into what, and why.
type Merger struct{ Other, Keep, Reason string }

// The reason of every entry of a merge begins with both ids, so that it reads in
// any language.
func mergeReason(other, keep, reason string) string {
	return fmt.Sprintf("%s %s %s", other, keep, strings.TrimSpace(reason))
}

// Merger reads the entry of a merge.
func (e *Entry) Merger() (m Merger, ok bool) {
	if e.Action != string(model.ActMerge) {
		return m, false
	}
	m.Other, m.Reason, _ = strings.Cut(e.Reason, " ")
	m.Keep, m.Reason, ok = strings.Cut(m.Reason, " ")
	return m, ok
}

// Why is the entry's reason for people.
func (e *Entry) Why(l model.Lang) string {
	if m, ok := e.Merger(); ok {
		return model.Sayf("%s 并入 %s，%s", "%s merged into %s; %s", m.Other, m.Keep, m.Reason).In(l)
	}
	return e.Reason
}

// MergedInto is the record that a void one was merged into, "" where it was
// not.
func (s *Snapshot) MergedInto(id string) string {
	reg, raw := s.findStored(id)
	if raw == nil {
		return ""
	}
	r, e, err := s.proven(reg, id, raw)
	if err != nil || r.State != model.Void {
		return ""
	}
	for e.Action == string(model.ActRedo) { // the merge that was done again
		seq, ok := named(e)
		if !ok {
			return ""
		}
		if e, ok, err = s.Entry(seq); err != nil || !ok {
			return ""
		}
		if seq, ok = named(e); ok {
			if e, ok, err = s.Entry(seq); err != nil || !ok {
				return ""
			}
		}
	}
	if m, ok := e.Merger(); ok && m.Other == id {
		return m.Keep
	}
	return ""
}
