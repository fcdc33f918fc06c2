package db

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Undo reads the journal alone, so it works in another login and after a
// restart. An undo is a change like any other: a new version with a journal
// entry whose reason names the entry it reverts, "undo 1234". A redo reverts an
// undo in the same way, "redo 1240". From these reasons follows what stands: a
// change is undone while an undo names it that no redo names. What was written
// in one transaction (Entry.Part) is undone and redone in one.

// Undo looks back over at most so many transactions of anyone, and so many
// entries: the cost is some milliseconds where nothing of the actor's is found.
const (
	mostBack    = 1000
	mostEntries = 4 * mostOps
)

// Undone is a change that was undone, or done again.
type Undone struct {
	Seq      uint64       // its journal entry; the last one of what was written together
	Action   model.Action // what it had been: add, edit, void, delete, undelete, merge
	At       time.Time    // and when
	Register string       // of the first record it changed
	ID       string
	Title    string
	Records  []Saved // what is stored now, in the order of the original change
	Head     Entry   // of the journal after it
}

// Undo reverts the actor's last change that is not undone yet: what was added is
// deleted, a payment that was entered is reversed 冲销, what was changed gets its former values in the fields changed, what
// was made void, deleted or restored is as before. What others changed since in
// other fields stays. Refused with exit code 6 where others changed the same,
// and with the reason where the rules are against it.
func (l *Ledger) Undo(ctx context.Context, actor model.Actor) (Undone, error) {
	return l.revert(ctx, actor, model.ActUndo)
}

// Redo reverts the actor's last undo, as long as she has changed nothing since.
func (l *Ledger) Redo(ctx context.Context, actor model.Actor) (Undone, error) {
	return l.revert(ctx, actor, model.ActRedo)
}

func (l *Ledger) revert(ctx context.Context, actor model.Actor, act model.Action) (u Undone, err error) {
	err = l.visit(ctx, true, func(tx *bolt.Tx) error {
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		r := reverter{writer: w, act: act, others: map[string][]Entry{}, off: map[uint64]bool{}}
		if u, err = r.run(); err == nil {
			err = w.fault
		}
		return err
	})
	if err != nil {
		return Undone{}, err
	}
	return u, nil
}

// reverter is an undo or redo at work.
type reverter struct {
	*writer
	act    model.Action
	others map[string][]Entry // by record: what others made of it since, newest first
	off    map[uint64]bool    // changes undone, and undos redone
}

func (r *reverter) run() (u Undone, err error) {
	last, err := r.find()
	if err != nil {
		return u, err
	}
	batch, err := r.batch(last)
	if err != nil {
		return u, err
	}
	for _, e := range slices.Backward(batch) {
		if e.Version == 0 {
			continue
		}
		saved, err := r.one(e)
		if err != nil {
			return u, err
		}
		u.Records = append(u.Records, saved)
	}
	// People are told of the original change, also when it is done again. An undo
	// went through it backwards, so a redo has gone forwards.
	first := batch[0]
	if seq, ok := named(last); ok {
		if first, err = r.entry(seq); err != nil {
			return u, err
		}
		if seq, ok = named(batch[0]); ok {
			if last, err = r.entry(seq); err != nil {
				return u, err
			}
		}
	} else {
		slices.Reverse(u.Records)
	}
	u.Seq, u.Action, u.At, u.Register, u.ID = last.Seq, model.Action(first.Action), first.At, first.Register, first.ID
	if rec := r.Record(u.ID); rec != nil {
		u.Title = r.rules().Title(rec)
	}
	u.Head = r.last
	return u, nil
}

// find walks back to the change to revert, noting what others made since.
func (r *reverter) find() (Entry, error) {
	c := r.tx.Bucket(bucketJournal).Cursor()
	transactions := 0
	k, v := c.Last()
	for n := 0; k != nil && n < mostEntries && transactions < mostBack; n++ {
		e, err := readEntry(k, v)
		if err != nil {
			return e, err
		}
		if e.Part == 0 {
			transactions++
		}
		k, v = c.Prev()
		act := model.Action(e.Action)
		target, back := named(e)
		switch {
		case e.Version == 0: // an export, a setting: nothing to undo
		case e.By != r.actor.Staff:
			r.others[e.ID] = append(r.others[e.ID], e)
		case r.off[e.Seq]:
		case back && act == model.ActRedo:
			r.off[target] = true
		case back && r.act == model.ActRedo:
			return e, nil
		case back:
			r.off[target] = true
		case act == model.ActAdd && e.ID == e.By: // the first administrator came with the ledger
		case r.schema.Register(e.Register) == nil:
		case !undoable(act) && r.schema.Register(e.Register).StepOf(e.Action) == nil:
		case r.act == model.ActRedo:
			return e, model.Problemf("没有可以重做的：撤销的都已重做，或者之后您又有改动", "there is nothing to redo: all you undid is done again, or you have changed something since")
		default:
			return e, nil
		}
	}
	if r.act == model.ActRedo {
		return Entry{}, model.Problemf("没有可以重做的", "there is nothing to redo")
	}
	return Entry{}, model.Problemf("没有可以撤销的：您最近没有改动", "there is nothing to undo: you have changed nothing lately")
}

// undoable lists the actions that change records, undo and redo aside.
func undoable(act model.Action) bool {
	switch act {
	case model.ActAdd, model.ActEdit, model.ActVoid, model.ActDelete, model.ActUndelete, model.ActMerge:
		return true
	}
	return false
}

// named reads which entry an undo or redo reverted.
func named(e Entry) (seq uint64, ok bool) {
	act := model.Action(e.Action)
	if act != model.ActUndo && act != model.ActRedo {
		return 0, false
	}
	number, ok := strings.CutPrefix(e.Reason, e.Action+" ")
	seq, err := strconv.ParseUint(number, 10, 64)
	return seq, ok && err == nil && seq < e.Seq
}

func (r *reverter) entry(seq uint64) (Entry, error) {
	e, ok, err := r.Entry(seq)
	if err == nil && !ok {
		err = damaged("流水 journal "+strconv.FormatUint(seq, 10), nil)
	}
	return e, err
}

// batch returns the entries of the transaction that ended with last.
func (r *reverter) batch(last Entry) ([]Entry, error) {
	out := make([]Entry, last.Part+1)
	out[last.Part] = last
	for i := range last.Part {
		e, err := r.entry(last.Seq - uint64(last.Part-i))
		if err == nil && (e.Part != i || e.By != last.By || !e.At.Equal(last.At)) {
			err = damaged("流水 journal "+strconv.FormatUint(e.Seq, 10), nil)
		}
		if err != nil {
			return nil, err
		}
		out[i] = e
	}
	return out, nil
}

// one reverts what one entry made.
func (r *reverter) one(e Entry) (Saved, error) {
	now, raw, err := r.checked(e.ID)
	if err != nil {
		return Saved{}, err
	}
	reg := now.Register
	if err := r.allowedOn(r.act, now); err != nil {
		return Saved{}, err
	}
	after, err := r.version(reg, e.ID, e.Version)
	if err != nil {
		return Saved{}, err
	}
	var before *model.Record
	to := model.Deleted // what was new goes to the recycle bin
	if e.Version > 1 {
		if before, err = r.version(reg, e.ID, e.Version-1); err != nil {
			return Saved{}, err
		}
		to = before.State
	}
	if err := model.Undoable(before, after); err != nil {
		return Saved{}, err
	}
	reason := string(r.act) + " " + strconv.FormatUint(e.Seq, 10)
	if before != nil && len(reg.ChainTouched(e.Fields)) > 0 && !reg.Direct(now, r.rules()) {
		return r.unsign(e, now, before, raw, reason)
	}
	if now.State != after.State || to != after.State && len(r.others[e.ID]) > 0 {
		return Saved{}, r.changedSince(now, nil)
	}
	if to != after.State {
		if to == model.Deleted && now.Register.Paid != nil && now.Register.Paid(now) {
			to = model.Void // what stands in the accounts is reversed, never erased
		} else if to == model.Deleted {
			err = r.deletable(now)
		} else {
			err = r.restorable(now, to)
		}
		if err != nil {
			return Saved{}, err
		}
		return r.turn(r.act, reason, now, raw, to)
	}
	former := model.Values{}
	for _, key := range e.Fields {
		former[key] = before.Values[key]
	}
	if err := r.confide(now, former, reason); err != nil {
		return Saved{}, err
	}
	next := now.Clone()
	var clash []string
	for _, key := range e.Fields {
		if !model.Equal(now.Values[key], after.Values[key]) {
			clash = append(clash, key)
		}
		next.Set(key, before.Values[key])
	}
	if clash != nil {
		return Saved{}, r.changedSince(now, clash)
	}
	if now.State.Live() { // a void record counts nowhere; a merge alone turns what it names
		if err := r.prepare(next, now); err != nil {
			return Saved{}, err
		}
	}
	changed := model.Changed(reg, now.Values, next.Values)
	version := r.next(next)
	return Saved{ID: e.ID, Version: version, Changed: true}, r.put(r.act, reason, next, now, raw, changed)
}

// unsign reverts what gave or took signatures. They come back only on the very
// text they stood on, and a redo gives none.
func (r *reverter) unsign(e Entry, now, before *model.Record, raw []byte, reason string) (Saved, error) {
	if r.act == model.ActRedo {
		return Saved{}, model.Problemf("%s 的审批步骤不能重做，请重新办理", "a step of %s cannot be done again by a redo; take it anew", e.ID)
	}
	if now.Version != e.Version {
		return Saved{}, r.changedSince(now, nil)
	}
	next := now.Clone()
	next.State = before.State
	for _, key := range e.Fields {
		next.Set(key, before.Values[key])
	}
	r.way = model.ByStep
	defer func() { r.way = model.Typed }()
	if err := r.prepare(next, now); err != nil {
		return Saved{}, err
	}
	changed := model.Changed(now.Register, now.Values, next.Values)
	version := r.next(next)
	return Saved{ID: e.ID, Version: version, Changed: true}, r.put(r.act, reason, next, now, raw, changed)
}

// changedSince is the refusal where others were at the same record or, with
// keys, at the same fields of it.
func (r *reverter) changedSince(now *model.Record, keys []string) error {
	by := now.Updated.By
	for _, e := range r.others[now.ID] {
		if keys == nil || slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(e.Fields, k) }) {
			by = e.By
			break
		}
	}
	who := r.rules().NameOf(model.Ref{ID: by})
	verb := model.W("撤销", "undone")
	if r.act == model.ActRedo {
		verb = model.W("重做", "redone")
	}
	if keys == nil {
		return refuse(ExitConflict, "%s 后来被 %s 改动过，不能%s，没有改动任何内容", "%s was changed since by %s and cannot be %s; nothing was changed", now.ID, who, verb)
	}
	names := make([]model.Words, len(keys))
	for i, key := range keys {
		if names[i] = model.W(key, key); now.Register.Field(key) != nil {
			names[i] = now.Register.Field(key).Words
		}
	}
	return refuse(ExitConflict, "%s 的%s后来被 %s 改动过，不能%s，没有改动任何内容", "%s: %s was changed since by %s and cannot be %s; nothing was changed",
		now.ID, joined(names), who, verb)
}

func joined(list []model.Words) (out model.Words) {
	for i, w := range list {
		if i > 0 {
			out.ZH, out.EN = out.ZH+"、", out.EN+", "
		}
		out.ZH, out.EN = out.ZH+w.ZH, out.EN+w.EN
	}
	return out
}
