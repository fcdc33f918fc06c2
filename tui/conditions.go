package tui

import (
	"slices"

	"taizhang/model"
	"taizhang/tui/words"
)

// condition is a reason why actions are off for a moment. Which role may what is
// not among them, nor why a ledger can only be read: the policy of the model and
// the store say that in their own words.
type condition struct {
	on    place
	acts  []act
	words model.Words
	holds func(s *session, on screen) bool

	// shown is set where what is known here may be out of date: the reason stands
	// in help and palette, and the store decides when the key is pressed.
	shown bool
}

// offer is a screen that knows itself why an action is off now.
type offer interface{ off(act) model.Words }

// chooser is a screen whose actions need a row under the cursor.
type chooser interface{ chosen() bool }

func (b *bin) chosen() bool      { return b.table.Cursor < len(b.list) }
func (t *settings) chosen() bool { return t.table.Cursor < len(t.rows) }

// writing are the actions that change the ledger.
var writing = []act{actNew, actEdit, actVoid, actSave, actSaveNew, actDelete, actUndo, actRedo, actRestore, actRemove, actRegister, actMerge, actReveal}

// conditions are asked in this order; the first that holds is told.
var conditions = []condition{
	{onList, []act{actView}, words.OffNoView, func(_ *session, on screen) bool {
		reg := on.register()
		return reg != nil && len(reg.Views) == 0
	}, false},
	{onDetail, []act{actSteps}, words.OffNoSteps, func(_ *session, on screen) bool {
		reg := on.register()
		return reg != nil && reg.Chain == nil
	}, false},
	{onBin | onSettings, []act{actRestore, actEdit, actRemove}, words.OffNoLine, func(_ *session, on screen) bool {
		c, ok := on.(chooser)
		return ok && !c.chosen()
	}, false},
	{onDetail | onDoubt, []act{actMerge}, words.OffNoTwins, func(_ *session, on screen) bool {
		reg := on.register()
		return reg == nil || !reg.Twins
	}, false},
	{onDetail, []act{actEdit, actVoid, actDelete, actMerge}, words.OffNotLive, func(_ *session, on screen) bool {
		d, ok := on.(*detail)
		return ok && d.record != nil && !d.record.State.Live()
	}, false},
	{onDetail, []act{actReveal}, words.OffNoSecret, func(s *session, on screen) bool {
		d, ok := on.(*detail)
		return ok && !d.canReveal(s)
	}, false},
	{onDetail, []act{actDelete}, words.OffErase, func(_ *session, on screen) bool {
		d, ok := on.(*detail)
		return ok && d.record != nil && model.Erasable(d.record) != nil
	}, false},
	{everywhere, []act{actUndo}, words.OffUndo, func(s *session, _ screen) bool { return s.lately.Undo != nil }, true},
	{everywhere, []act{actRedo}, words.OffRedo, func(s *session, _ screen) bool { return s.lately.Redo != nil }, true},
}

// whyOff says why an action can do nothing on a screen now; nil: it can.
func (s *session) whyOff(a *action, on screen) error { return s.off(a, on, true) }

// refusal is whyOff for a key that was pressed.
func (s *session) refusal(a *action, on screen) error { return s.off(a, on, false) }

func (s *session) off(a *action, on screen, show bool) error {
	if a.may != "" {
		if err := model.Can(s.actor, a.may, on.register()); err != nil {
			return err
		}
		if d, ok := on.(*detail); ok && d.record != nil {
			if err := model.CanOn(s.actor, a.may, d.record); err != nil {
				return err
			}
		}
	}
	if err := s.unwritable(); err != nil && slices.Contains(writing, a.id) {
		return err
	}
	if o, ok := on.(offer); ok {
		if w := o.off(a.id); w != (model.Words{}) {
			return &model.Problem{Words: w}
		}
	}
	for i := range conditions {
		c := &conditions[i]
		if (show || !c.shown) && c.on&on.place()&a.on != 0 && slices.Contains(c.acts, a.id) && c.holds(s, on) {
			return &model.Problem{Words: c.words}
		}
	}
	return nil
}

// unwritable says why nothing can be written into the ledger, if that is known.
func (s *session) unwritable() error {
	if s.readOnly == (model.Words{}) {
		return nil
	}
	return &model.Problem{Words: s.readOnly}
}
