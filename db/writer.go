package db

import (
	"io"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

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
