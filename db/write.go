package db

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// OpKind is what an operation does.
type OpKind uint8

// The kinds of operation.
const (
	Add      OpKind = iota // a new record
	Edit                   // a new version of a record
	Void                   // withdraws a record 作废; it stays readable and counts nowhere
	Delete                 // moves a record to the recycle bin; see Bin
	Undelete               // brings it back from there as it was
	Merge                  // joins Other, a record of the same thing, to the record; see joinRecords
	Step                   // takes a step of the register's chain; see model.Chain
)

var kindActions = [...]model.Action{
	Add: model.ActAdd, Edit: model.ActEdit, Void: model.ActVoid, Delete: model.ActDelete, Undelete: model.ActUndelete, Merge: model.ActMerge,
}

// Op is one operation of a write.
type Op struct {
	Kind     OpKind
	Register string       // key; needed for Add
	ID       string       // for all but Add
	Base     int          // for all but Add: the version the person saw; 0: whatever is stored now
	Values   model.Values // Add: all; Edit: only those changed, nil clears; Merge: what else the kept record is to hold
	Reason   string       // kept in the journal; Void and Merge demand it
	Step     string       // for Step: its key; Values are what it asks for
	At       time.Time    // moment of entry, only with Options.Backdate; zero: now
	DraftKey string       // the actor's draft that this save completes; dropped with it
	// Unless names fields of an Add, a reference first: where a live record of the
	// register already holds the same values in all of them nothing is entered,
	// and Saved names that record, unchanged. Two who enter the same list at once
	// enter each line of it once.
	Unless []string

	Other     string // Merge: the record that becomes void
	OtherBase int    // Merge: its version the person saw; 0: whatever is stored now
}

// Saved is what became of one operation.
type Saved struct {
	ID      string
	Version int      // the version now stored
	Changed bool     // false: the edit changed nothing and wrote nothing
	Merged  []string // keys that someone else had changed since Base and that were kept
	Also    []string // ids of the records it brought about, see model.Register.Follow, or turned to it, see Merge
}

// Result is what became of a write.
type Result struct {
	Records  []Saved // one for each operation
	Seq      uint64  // head of the journal after it
	Hash     Hash
	Repeated bool // the request was already carried out; this is its former result
}

// mostOps bounds one transaction to a few MB; imports come in batches.
const mostOps = 5000

// MostOps is how many operations one write may have.
const MostOps = mostOps

// appendOnly is the fill of pages in buckets that grow at the end.
const appendOnly = 0.9

// Write carries out all operations or none, durably: when it returns without
// error they are on the disk. Inside one transaction it reads the actor's
// roles, asks the policy, applies the rules of the register, gives out ids,
// and stores record, former version, journal entry and indexes.
//
// A request id seen before returns the former result and writes nothing.
// Errors: model.Errors for values that break a rule, *Conflict when others
// changed the same fields, *Refusal for roles (exit code 7) and the file; with
// several operations wrapped in *OpError.
func (l *Ledger) Write(ctx context.Context, actor model.Actor, req RequestID, ops ...Op) (Result, error) {
	if len(ops) > mostOps {
		return Result{}, refuse(ExitUsage, "一次最多保存%d条，未保存，请分批", "at most %d records are saved at once; nothing was saved, split them", mostOps)
	}
	var res Result
	err := l.visit(ctx, true, func(tx *bolt.Tx) error {
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		if !l.opt.Backdate && slices.ContainsFunc(ops, func(op Op) bool { return !op.At.IsZero() }) {
			return refuse(ExitUsage, "不能倒填登记时间，未保存", "the moment of entry cannot be set; nothing was saved")
		}
		res, err = w.run(req, ops)
		return err
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	if err != nil {
		return Result{}, err
	}
	return res, nil
}

// writer is a write transaction at work. It is the Book the rules ask, so they
// see the operations before theirs.
type writer struct {
	*Snapshot
	rand  io.Reader
	now   time.Time
	actor model.Actor
	clock time.Time // the true time, for the journal
	last  Entry     // newest journal entry
	part  int       // journal entries made by this transaction
	way   model.Way // of the version being made
	why   string    // the reason given with it
}

// newWriter begins a write for an actor, with the rights the staff register
// gives at this moment.
func (l *Ledger) newWriter(tx *bolt.Tx, actor model.Actor) (*writer, error) {
	last, err := lastEntry(tx)
	if err != nil {
		return nil, err
	}
	w := &writer{Snapshot: l.snapshot(tx), rand: l.opt.Rand, clock: l.Now(), last: last}
	w.whole = true
	w.now = w.clock
	now, err := w.staff(actor.Login)
	if err != nil {
		return nil, err
	}
	if actor.Staff != "" && actor.Staff != now.Staff {
		return nil, refuse(ExitDenied, "登录名 %s 现在属于 %s，不再是 %s，未保存。请重新登录",
			"the login %s now belongs to %s, no longer to %s; nothing was saved. Log in again", actor.Login, now.Staff, actor.Staff)
	}
	w.actor = now
	return w, nil
}

func (w *writer) run(req RequestID, ops []Op) (Result, error) {
	content, res, found, err := w.recall(req, ops)
	if err != nil {
		return Result{}, err
	}
	if found {
		return res, errUnchanged
	}
	write := false
	for i, op := range ops {
		saved, err := w.do(op)
		if err == nil {
			err = w.fault
		}
		if err == nil && op.DraftKey != "" {
			var dropped bool
			dropped, err = dropDraft(w.tx, w.actor.Staff, op.DraftKey)
			write = write || dropped
		}
		if err != nil {
			if len(ops) > 1 {
				err = &OpError{Index: i, Err: err}
			}
			return Result{}, err
		}
		write = write || saved.Changed
		res.Records = append(res.Records, saved)
	}
	res.Seq, res.Hash = w.last.Seq, w.last.Hash
	if !write {
		return res, errUnchanged
	}
	if req != (RequestID{}) {
		return res, rememberRequest(w.tx, req, w.actor.Staff, content, res)
	}
	return res, nil
}

func (w *writer) do(op Op) (Saved, error) {
	w.now, w.way, w.why = w.clock, model.Typed, op.Reason
	if !op.At.IsZero() {
		w.now, w.way = op.At.UTC().Truncate(time.Millisecond), model.Backdate
	}
	if op.Kind == Add {
		return w.add(op)
	}
	before, raw, err := w.checked(op.ID)
	if err != nil {
		return Saved{}, err
	}
	if op.Kind == Void && before.State == model.Final && before.Register.StepOf(string(model.ActVoid)) != nil && !before.Register.Direct(before, w.rules()) {
		op.Kind, op.Step = Step, string(model.ActVoid)
	}
	if op.Kind == Step { // its own policy is asked
		return w.step(op, before, raw)
	}
	if err := w.allowedOn(kindActions[op.Kind], before); err != nil {
		return Saved{}, err
	}
	switch op.Kind {
	case Void:
		return w.void(op, before, raw)
	case Delete:
		return w.delete(op, before, raw)
	case Undelete:
		return w.undelete(op, before, raw)
	case Merge:
		return w.joinRecords(op, before, raw)
	}
	return w.edit(op, before, raw)
}

// allowed asks the policy.
func (w *writer) allowed(act model.Action, reg *model.Register) error {
	return denied(model.Can(w.actor, act, reg))
}

// allowedOn asks it about a stored record. What may be changed of a restricted one
// confide decides.
func (w *writer) allowedOn(act model.Action, r *model.Record) error {
	if act == model.ActEdit {
		return w.allowed(act, r.Register)
	}
	return denied(model.CanOn(w.actor, act, r))
}

// confide asks the policy about changes of what only handlers may see.
func (w *writer) confide(stored *model.Record, changes model.Values, reason string) error {
	return denied(model.Confide(w.actor, stored, changes, reason, func(staff string) bool {
		r := w.Record(staff)
		return r != nil && r.State.Live() && !model.StaffDisabled.Of(r)
	}))
}

// denied gives a refusal of the policy its exit code.
func denied(err error) error {
	if err == nil {
		return nil
	}
	return &Refusal{Code: ExitDenied, Words: model.AsWords(err), Cause: err}
}

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

// prepare makes a record ready to be stored and applies every rule. What lies in
// the recycle bin may still be named where it was, and nowhere else.
func (w *writer) prepare(r, before *model.Record) error {
	if err := w.rules().Prepare(r, before); err != nil {
		return err
	}
	var errs model.Errors
	w.deletedTargets(r, before, func(f *model.Field, id string) {
		errs = errs.Refuse(f, "%s 已删除，不能再引用", "%s is deleted and cannot be referred to any more", id)
	})
	if len(errs) > 0 {
		return errs
	}
	return nil
}

// rules is what a register's rules see.
func (w *writer) rules() *model.Context {
	return &model.Context{Schema: w.schema, Book: w, Now: w.now, Actor: w.actor, Way: w.way, Reason: w.why, Peer: w.peer, Everybody: w.everybody}
}

// everybody is the privacy check with all people on file. Only the steps that
// lead to the public ask for it, some times in a month.
func (w *writer) everybody() (*model.Lint, error) {
	c := &model.Context{Schema: w.schema, Book: w, Now: w.now, Actor: w.actor}
	return c.Lint(func(register string, fn func(*model.Record) error) error {
		list, err := w.List(Query{Register: register, States: []model.State{model.Final}})
		for _, r := range list {
			if err == nil {
				err = fn(r)
			}
		}
		return err
	})
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

// plain turns a value of an undeclared key into the form in which it will be
// read back, so that comparing versions compares like with like.
func plain(reg *model.Register, key string, v any) (any, error) {
	if reg.Field(key) != nil || model.Blank(v) {
		return v, nil
	}
	b, err := appendValue(nil, v)
	if err != nil {
		return nil, err
	}
	return decodeAny(b, 0), nil
}

func (w *writer) edit(op Op, before *model.Record, raw []byte) (Saved, error) {
	if !before.State.Live() {
		return Saved{}, w.notLive(before)
	}
	if err := w.confide(before, op.Values, op.Reason); err != nil {
		return Saved{}, err
	}
	now := before.Clone()
	merged, err := w.merge(op, now)
	if err != nil {
		return Saved{}, err
	}
	saved := Saved{ID: before.ID, Version: before.Version, Merged: merged}
	if len(model.Changed(before.Register, before.Values, now.Values)) == 0 {
		return saved, nil
	}
	if err := w.prepare(now, before); err != nil {
		return Saved{}, err
	}
	if err := model.Correctable(before, now, op.Reason); err != nil {
		return Saved{}, err
	}
	changed := model.Changed(before.Register, before.Values, now.Values)
	saved.Version, saved.Changed = w.next(now), true
	if err := w.put(model.ActEdit, op.Reason, now, before, raw, changed); err != nil {
		return Saved{}, err
	}
	saved.Also, err = w.follow(now, before, op)
	return saved, err
}

// next makes r the version after the one it was copied from.
func (w *writer) next(r *model.Record) (version int) {
	r.Version++
	r.Updated = model.Stamp{By: w.actor.Staff, At: w.now}
	return r.Version
}

// merge brings the changes of op into now, the stored version. Field by field:
// what only one side changed since op.Base is taken, what both changed to
// different values is a conflict.
func (w *writer) merge(op Op, now *model.Record) (merged []string, err error) {
	reg := now.Register
	base := now.Values
	if op.Base > now.Version || op.Base < 0 {
		return nil, model.Problemf("%s 没有第%d版，未保存", "%s has no version %d; nothing was saved", now.ID, op.Base)
	}
	if op.Base != 0 && op.Base != now.Version {
		former, err := w.version(reg, now.ID, op.Base)
		if err != nil {
			return nil, err
		}
		base = former.Values
	}
	theirs := maps.Clone(now.Values)
	var conflicts []FieldConflict
	for _, key := range slices.Sorted(maps.Keys(op.Values)) {
		mine, err := plain(reg, key, op.Values[key])
		if err != nil {
			return nil, err
		}
		switch {
		case model.Equal(mine, theirs[key]), model.Equal(mine, base[key]) && op.Base != 0:
		case model.Equal(base[key], theirs[key]):
			now.Set(key, mine)
		default:
			conflicts = append(conflicts, FieldConflict{Field: reg.Field(key), Key: key, Base: base[key], Theirs: theirs[key], Mine: mine})
		}
	}
	if len(conflicts) > 0 {
		order := func(c FieldConflict) int {
			if i := slices.Index(reg.Fields, c.Field); i >= 0 {
				return i
			}
			return len(reg.Fields)
		}
		slices.SortStableFunc(conflicts, func(a, b FieldConflict) int { return order(a) - order(b) })
		return nil, &Conflict{ID: now.ID, Base: op.Base, Current: now.Version, By: now.Updated.By, Fields: conflicts}
	}
	return model.Changed(reg, base, theirs), nil
}

func (w *writer) void(op Op, before *model.Record, raw []byte) (Saved, error) {
	switch {
	case before.State == model.Void:
		return Saved{ID: before.ID, Version: before.Version}, nil
	case before.State == model.Deleted:
		return Saved{}, errDeleted(before.ID)
	case op.Reason == "":
		return Saved{}, model.Problemf("作废、冲销必须写明理由", "voiding or reversing needs a reason")
	}
	if err := unseen(op, before); err != nil {
		return Saved{}, err
	}
	return w.turn(model.ActVoid, op.Reason, before, raw, model.Void)
}

// unseen refuses to withdraw a version that the person has not seen.
func unseen(op Op, before *model.Record) error {
	if op.Base == 0 || op.Base == before.Version {
		return nil
	}
	return &Conflict{ID: before.ID, Base: op.Base, Current: before.Version, By: before.Updated.By}
}

// turn stores a version that differs in its state alone.
func (w *writer) turn(act model.Action, reason string, before *model.Record, raw []byte, to model.State) (Saved, error) {
	now := before.Clone()
	now.State = to
	version := w.next(now)
	return Saved{ID: now.ID, Version: version, Changed: true}, w.put(act, reason, now, before, raw, nil)
}

// put stores a version with everything that goes with it.
func (w *writer) put(act model.Action, reason string, r, before *model.Record, former []byte, changed []string) error {
	if err := model.CheckText(reason, true); err != nil {
		return err
	}
	if r.Register.Key == model.Staff.Key {
		if err := w.checkLogin(r); err != nil {
			return err
		}
		if err := w.keepAdministrator(before, r); err != nil {
			return err
		}
		if err := w.checkKeys(before, r); err != nil {
			return err
		}
	}
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(w.rand, salt); err != nil {
		return err
	}
	raw, err := encodeRecord(r, w.last.Seq+1, salt)
	if err != nil {
		return err
	}
	key, _ := KeyOf(r.ID)
	if before != nil {
		if err := put(w.tx, bucketHistory(r.Register.Key), versionKey(key, before.Version), former); err != nil {
			return err
		}
	}
	if err := put(w.tx, bucketRecords(r.Register.Key), key.bytes(), raw); err != nil {
		return err
	}
	if err := reindex(w.tx, before, r); err != nil {
		return err
	}
	if err := filed(w.tx, r.Register, key, raw, before == nil); err != nil {
		return err
	}
	delete(w.cache, r.ID)
	clear(w.walks)
	w.last, err = appendEntry(w.tx, w.last, Entry{
		At: w.clock, By: w.actor.Staff, Action: string(act), Register: r.Register.Key,
		ID: r.ID, Version: r.Version, Reason: reason, Fields: changed, Record: hashRecord(raw), Part: w.part,
	})
	w.part++
	return err
}

// keepAdministrator refuses to take the right to manage staff from the last who
// has it.
func (w *writer) keepAdministrator(before, now *model.Record) error {
	return model.KeepAdministrator(before, now, w.administrators(now.ID))
}

// peer reports whether another administrator than the actor could log in.
func (w *writer) peer() bool { return w.administrators(w.actor.Staff) }

// administrators reports whether anybody but one member of staff manages staff.
func (w *writer) administrators(but string) (others bool) {
	eachWithPrefix(w.tx.Bucket(bucketLogins), nil, func(_, k []byte) bool {
		if len(k) == keyLength {
			r := w.Record(readKey(k).ID(model.Staff))
			others = r != nil && r.ID != but && model.Administers(r)
		}
		return !others
	})
	return others
}

// put stores under a key of a bucket that the first record of a register makes.
func put(tx *bolt.Tx, bucket, key, value []byte) error {
	b, err := tx.CreateBucketIfNotExists(bucket)
	if err != nil {
		return err
	}
	b.FillPercent = appendOnly
	return b.Put(key, slices.Clone(value))
}
