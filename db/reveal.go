package db

import (
	"context"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Reveal enters in the journal that the actor sees masked fields of a record in
// full, and why, and only then returns their values: no entry, no value. keys
// names the fields; none: all that the actor may see. Refused with exit code 7
// for roles, and for a field that is not masked, blank or not for the actor.
func (l *Ledger) Reveal(ctx context.Context, actor model.Actor, id, reason string, keys ...string) (values model.Values, err error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return nil, model.Problemf("看完整的号码必须写明理由", "seeing a number in full needs a reason")
	}
	if err := model.CheckText(reason, false); err != nil {
		return nil, err
	}
	err = l.visit(ctx, true, func(tx *bolt.Tx) error {
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		r, _, err := w.checked(id)
		if err != nil {
			return err
		}
		if err := w.allowedOn(model.ActReveal, r); err != nil {
			return err
		}
		var may []string
		for _, f := range w.rules().Revealable(r) {
			may = append(may, f.Key)
		}
		if keys == nil {
			keys = may
		}
		for _, key := range keys {
			if !slices.Contains(may, key) {
				name := model.W(key, key)
				if f := r.Register.Field(key); f != nil {
					name = f.Words
				}
				return refuse(ExitDenied, "%s 的“%s”没有填，或不给您看", "%s: %s is blank or not for you to see", id, name)
			}
		}
		if len(keys) == 0 {
			return refuse(ExitDenied, "%s 没有您可以看的遮住的号码", "%s has no masked number that is for you to see", id)
		}
		values = model.Values{}
		for _, key := range keys {
			values[key] = r.Values[key]
		}
		w.last, err = appendEntry(w.tx, w.last, Entry{At: w.clock, By: w.actor.Staff, Action: string(model.ActReveal),
			Register: r.Register.Key, ID: id, Reason: reason, Fields: keys})
		return err
	})
	if err != nil {
		return nil, err
	}
	return values, nil
}
