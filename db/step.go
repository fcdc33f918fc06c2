package db

import (
	"errors"

	"taizhang/model"
)

// step takes a step of a register's chain: the policy is asked with the roles
// read in this transaction, on the record as it lies there, and the journal
// names the step.
func (w *writer) step(op Op, before *model.Record, raw []byte) (Saved, error) {
	st := before.Register.StepOf(op.Step)
	switch {
	case before.Register.Chain == nil:
		return Saved{}, refuse(ExitUsage, "“%s”没有审批步骤，没有改动", "%s has no steps; nothing was changed", before.Register.Words)
	case st == nil:
		return Saved{}, refuse(ExitUsage, "“%s”没有步骤“%s”，没有改动", "%s has no step %q; nothing was changed", before.Register.Words, model.Shorten(op.Step))
	case before.State == model.Deleted:
		return Saved{}, errDeleted(before.ID)
	}
	w.way = model.ByStep
	c := w.rules()
	if err := model.CanStep(st, before, c); err != nil {
		if late := unseen(op, before); late != nil && stepFault(err) == model.StepClosed { // someone else was there first
			return Saved{}, late
		}
		return Saved{}, stepRefusal(err)
	}
	if err := unseen(op, before); err != nil {
		return Saved{}, err
	}
	if st.Sees && op.Base == 0 {
		return Saved{}, refuse(ExitUsage, "“%s”是对您看过的那一稿签字，请写明看到的版本（现在是第%d版）", "%s signs the text you have read: name the version you saw (it is %d now)", st.Words, before.Version)
	}
	now := before.Clone()
	values := make(model.Values, len(op.Values))
	for k, v := range op.Values {
		if !model.Blank(v) {
			values[k] = v
		}
	}
	more, err := c.Step(st, now, model.StepInput{Reason: op.Reason, Values: values})
	if err == nil {
		err = w.prepare(now, before)
	}
	if err != nil {
		return Saved{}, stepRefusal(err)
	}
	changed := model.Changed(before.Register, before.Values, now.Values)
	saved := Saved{ID: before.ID, Version: before.Version}
	if len(changed) == 0 && now.State == before.State {
		return saved, nil
	}
	saved.Version, saved.Changed = w.next(now), true
	if err := w.put(model.Action(st.Key), op.Reason, now, before, raw, changed); err != nil {
		return Saved{}, err
	}
	for _, next := range more {
		one, err := w.add(Op{Kind: Add, Register: next.Register.Key, Values: next.Values, Reason: op.Reason})
		if err != nil {
			return Saved{}, err
		}
		saved.Also = append(append(saved.Also, one.ID), one.Also...)
	}
	return saved, nil
}

func stepFault(err error) model.StepFault {
	var e *model.StepError
	if errors.As(err, &e) {
		return e.Fault
	}
	return 0
}

// stepRefusal gives a refusal of the chain its exit code.
func stepRefusal(err error) error {
	code, ok := map[model.StepFault]int{model.StepDenied: ExitDenied, model.StepClosed: ExitConflict, model.StepLacking: ExitUsage}[stepFault(err)]
	if !ok {
		return err
	}
	r := refuse(code, "%s。没有改动任何内容", "%s. Nothing was changed", model.AsWords(err))
	r.Cause = err
	return r
}
