package db

import (
	"maps"
	"slices"

	"taizhang/model"
)

func (w *writer) edit(op Op, before *model.Record, raw []byte) (Saved, error) {
	if !before.State.Live() {
		return Saved{}, w.notLive(before)
	}
	if err := w.confide(before, op.Values, op.Reason); err != nil {
		return Saved{}, err
	}
	if op.Exact {
		if err := unseen(op, before); err != nil {
			return Saved{}, err
		}
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
	saved.Version, saved.Changed, saved.Unsigned = w.next(now), true, model.Unsigned(before, now)
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

// unseen refuses to withdraw or settle a version that the person has not seen.
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
