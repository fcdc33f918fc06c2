package db

import (
	"context"
	"slices"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Lately is what a person did last, and what of it can be taken back.
type Lately struct {
	Undo    error     // why there is nothing to undo; nil: there is
	Redo    error     // why there is nothing to redo
	Records []Touched // changed last, the newest first
}

// Touched is a record someone changed.
type Touched struct{ ID, Register, Title string }

// Lately looks at the actor's own doings, as far back as Undo looks, and at most
// so many different records. What was deleted or purged since is left out.
func (l *Ledger) Lately(ctx context.Context, actor model.Actor, most int) (out Lately, err error) {
	err = l.visit(ctx, false, func(tx *bolt.Tx) error {
		s := l.snapshot(tx)
		now, err := s.staff(actor.Login)
		if err != nil {
			return err
		}
		w := &writer{Snapshot: s, clock: l.Now(), now: l.Now(), actor: now} // it writes nothing
		undo := reverter{writer: w, act: model.ActUndo, others: map[string][]Entry{}, off: map[uint64]bool{}}
		_, out.Undo = undo.find()
		redo := reverter{writer: w, act: model.ActRedo, others: map[string][]Entry{}, off: map[uint64]bool{}}
		_, out.Redo = redo.find()
		out.Records, err = w.touched(most)
		return err
	})
	return out, err
}

// touched walks back over the journal for records of the actor.
func (w *writer) touched(most int) (out []Touched, err error) {
	c := w.tx.Bucket(bucketJournal).Cursor()
	k, v := c.Last()
	seen := map[string]bool{}
	for n := 0; k != nil && n < mostBack && len(out) < most; n++ {
		e, err := readEntry(k, v)
		if err != nil {
			return out, err
		}
		k, v = c.Prev()
		reg := w.schema.Register(e.Register)
		if e.By != w.actor.Staff || e.Version == 0 || reg == nil || seen[e.ID] || model.Can(w.actor, model.ActView, reg) != nil {
			continue
		}
		seen[e.ID] = true
		if r := w.Record(e.ID); r != nil && slices.Contains([]model.State{model.Final, model.Draft, model.Void}, r.State) {
			out = append(out, Touched{ID: e.ID, Register: e.Register, Title: w.rules().Title(r)})
		}
	}
	return out, w.fault
}
