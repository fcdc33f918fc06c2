package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"taizhang/model"
)

// Deleting is marking: a deleted record gets a version in the state deleted and
// leaves every index but that of the recycle bin, so that no list, count,
// picker, figure or search meets it, while its id still finds it and its
// history. Nothing in this package removes the data.

// BinDays is how many days of 24 hours a deleted record can be restored.
const BinDays = 90

const binTime = BinDays * 24 * time.Hour

// binAt is where the register begins in a key of the bin.
const binAt = 8

func binKey(at time.Time, letter string, key Key) []byte {
	return key.append(append(binMoment(at), prefix(letter)...))
}

func binMoment(at time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(max(at.UnixMilli(), 0)))
}

// Binned is a deleted record as the recycle bin lists it.
type Binned struct {
	ID       string
	Register string
	Version  int    // what Undelete takes as its base
	Title    string // as the actor may see it
	By       string // staff id of who deleted it
	At       time.Time
	Left     int // days begun in which it can still be restored; 0: past
}

// BinQuery chooses from the recycle bin.
type BinQuery struct {
	Past   bool // also what can no longer be restored
	Limit  int  // 0: 500
	Offset int
}

// Bin lists deleted records, those deleted last first, as an actor may see them.
func (s *Snapshot) Bin(actor model.Actor, now time.Time, q BinQuery) ([]Binned, error) {
	b := s.tx.Bucket(indexBin)
	if b == nil { // a ledger in which nothing was ever deleted
		return nil, nil
	}
	if q.Limit <= 0 {
		q.Limit = 500
	}
	var low []byte
	if !q.Past {
		low = binMoment(now.Add(-binTime))
	}
	mc := &model.Context{Schema: s.schema, Book: s, Now: now, Actor: actor}
	var out []Binned
	c := b.Cursor()
	for k, _ := c.Last(); k != nil && bytes.Compare(k, low) >= 0 && len(out) < q.Limit; k, _ = c.Prev() {
		if q.Offset > 0 {
			q.Offset--
			continue
		}
		var r *model.Record
		if len(k) > binAt+keyLength {
			letter, _, _ := bytes.Cut(k[binAt:], []byte{0})
			key := readKey(k)
			r = s.Record(model.FormatID(string(letter), int(key>>32), int(uint32(key))))
		}
		if s.fault != nil {
			return nil, s.fault
		}
		if r == nil || r.State != model.Deleted {
			return nil, damaged("index/bin", nil)
		}
		out = append(out, Binned{
			ID: r.ID, Register: r.Register.Key, Version: r.Version, Title: shownTitle(mc, r.ID),
			By: r.Updated.By, At: r.Updated.At, Left: daysLeft(r.Updated.At, now),
		})
	}
	return out, nil
}

// Bin is Snapshot.Bin in a visit of its own, by the ledger's clock.
func (l *Ledger) Bin(ctx context.Context, actor model.Actor, q BinQuery) (out []Binned, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		out, err = s.Bin(actor, l.Now(), q)
		return err
	})
	return out, err
}

// shownTitle names a record of any register as the actor may see it.
func shownTitle(c *model.Context, id string) string {
	any := &model.Field{Type: model.TypeRef, Mask: model.MaskName}
	return c.MaskText(any, model.Ref{ID: id}, model.Inside, model.ZH, c.Today())
}

// daysLeft counts the days begun until what was deleted at a moment cannot be
// restored any more.
func daysLeft(at, now time.Time) int {
	left := min(at.Add(binTime).Sub(now), binTime) // the clock may have been set back
	if left < 0 {
		return 0
	}
	return max(int((left+24*time.Hour-1)/(24*time.Hour)), 1)
}

func errDeleted(id string) error {
	return model.Problemf("%s 已删除，请先恢复", "%s is deleted; restore it first", id)
}

// delete moves a record to the recycle bin.
func (w *writer) delete(op Op, before *model.Record, raw []byte) (Saved, error) {
	if before.State == model.Deleted {
		return Saved{ID: before.ID, Version: before.Version}, nil
	}
	err := unseen(op, before)
	if err == nil {
		err = w.deletable(before)
	}
	if err != nil {
		return Saved{}, err
	}
	return w.turn(model.ActDelete, op.Reason, before, raw, model.Deleted)
}

// deletable says why a record must stay: what the accounts and the public have
// seen of any of its versions, live records that name it, a member of staff
// whose work stands in the journal.
func (w *writer) deletable(r *model.Record) error {
	if err := model.Erasable(r); err != nil {
		return err
	}
	if reg := r.Register; reg.Paid != nil || reg.Published != nil {
		for v := r.Version - 1; v > 0; v-- {
			former, err := w.version(reg, r.ID, v)
			if err == nil {
				err = model.Erasable(former)
			}
			if err != nil {
				return err
			}
		}
	}
	const most = 5
	ids, err := w.referrers(r.ID, most+1)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		first := ids[:min(len(ids), most)]
		list := model.W(strings.Join(first, "、"), strings.Join(first, ", "))
		if len(ids) > most {
			list = model.W(list.ZH+" 等", list.EN+" and others")
		}
		return model.Problemf("%s 还被引用，不能删除。引用它的有：%s", "%s is still referred to and cannot be deleted, by: %s", r.ID, list)
	}
	if r.Register.Key == model.Staff.Key {
		worked, err := w.worked(r.ID)
		if err == nil && worked {
			err = model.Problemf("%s 登记过内容，不能删除；不再任职的请停用", "%s has entered records and cannot be deleted; disable whoever no longer works here", r.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// names reports whether what the actor may see of a record names id: whom a
// complaint names, not even a refusal tells. What is deleted keeps its name there.
func (w *writer) names(reg *model.Register, raw []byte, id string) bool {
	if !reg.Guarded() {
		return true
	}
	r, _, err := decodeRecord(reg, raw)
	if err != nil {
		return true // who reads it finds the damage
	}
	seen := r.Seen(w.actor.Staff, r)
	return slices.ContainsFunc(reg.AllFields(), func(f *model.Field) bool {
		return slices.Contains(model.RefsIn(f, seen.Values[f.Key]), model.Ref{ID: id})
	})
}

// referrers lists the first live records that name id, itself left out, as the
// actor may know.
func (w *writer) referrers(id string, most int) (ids []string, err error) {
	p := prefix(id)
	eachWithPrefix(w.tx.Bucket(indexBack), p, func(k, _ []byte) bool {
		letter, _, _ := bytes.Cut(k[len(p):], []byte{0})
		key := readKey(k)
		from := model.FormatID(string(letter), int(key>>32), int(uint32(key)))
		_, raw := w.find(from)
		e, bad := readEnvelope(raw)
		if bad != nil {
			err = damaged("index/back "+from, bad)
			return false
		}
		if from != id && e.state.Live() && w.names(w.schema.OfID(from), raw, id) {
			ids = append(ids, from)
		}
		return len(ids) < most
	})
	return ids, err
}

// worked reports whether the journal holds anything by a member of staff. It
// reads all of it in the one case that matters, half a second for a million
// entries: staff entered by mistake are rare.
func (w *writer) worked(staff string) (found bool, err error) {
	eachWithPrefix(w.tx.Bucket(bucketJournal), nil, func(k, v []byte) bool {
		if !bytes.Contains(v, []byte(staff)) {
			return true
		}
		var e Entry
		e, err = readEntry(k, v)
		found = e.By == staff
		return err == nil && !found
	})
	return found, err
}

// undelete brings a record back from the recycle bin.
func (w *writer) undelete(op Op, before *model.Record, raw []byte) (Saved, error) {
	if before.State != model.Deleted {
		return Saved{}, model.Problemf("%s 没有删除，不用恢复", "%s is not deleted", before.ID)
	}
	if err := unseen(op, before); err != nil {
		return Saved{}, err
	}
	former, err := w.version(before.Register, before.ID, before.Version-1)
	if err == nil {
		err = w.restorable(before, former.State)
	}
	if err != nil {
		return Saved{}, err
	}
	return w.turn(model.ActUndelete, op.Reason, before, raw, former.State)
}

// restorable says why a record cannot come back into a state: too late, or it
// would be in use and name what is itself deleted.
func (w *writer) restorable(r *model.Record, to model.State) error {
	if r.State == model.Deleted && daysLeft(r.Updated.At, w.clock) == 0 {
		return model.Problemf("%s 删除已超过%d天，不能恢复；它的内容和历史仍可查看", "%s was deleted more than %d days ago and cannot be restored; it and its history can still be read", r.ID, BinDays)
	}
	if !to.Live() {
		return nil
	}
	var gone []string
	w.deletedTargets(r, nil, func(_ *model.Field, id string) {
		if !slices.Contains(gone, id) {
			gone = append(gone, id)
		}
	})
	if gone != nil {
		return model.Problemf("%s 引用的记录也已删除，请先恢复：%s", "%s refers to records that are deleted too; restore them first: %s",
			r.ID, model.W(strings.Join(gone, "、"), strings.Join(gone, ", ")))
	}
	return nil
}

// deletedTargets calls fn for what r refers to in the recycle bin, and before did
// not in the same field.
func (w *writer) deletedTargets(r, before *model.Record, fn func(f *model.Field, id string)) {
	for _, f := range r.Register.AllFields() {
		for _, ref := range model.RefsIn(f, r.Values[f.Key]) {
			if ref.ID == "" || ref.ID == r.ID || before != nil && slices.Contains(model.RefsIn(f, before.Values[f.Key]), ref) {
				continue
			}
			if target := w.Record(ref.ID); target != nil && target.State == model.Deleted {
				fn(f, ref.ID)
			}
		}
	}
}
