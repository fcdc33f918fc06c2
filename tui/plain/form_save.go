package plain

import (
	"context"
	"errors"
	"strings"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// save writes the record. bad is the first field that was refused, or -1.
func (f *form) save() (bad int, saved bool, err error) {
	op := db.Op{Kind: db.Add, Register: f.reg.Key, Values: model.Values{}, DraftKey: f.key()}
	for i, fd := range f.fields {
		v, err := f.c.Parse(fd, f.text(fd))
		if err != nil { // a draft may hold what no field takes
			f.sayf(wFieldErr, fd.Words, model.AsWords(err))
			return i, false, nil
		}
		if f.stored == nil && !model.Blank(v) {
			op.Values[fd.Key] = v
		} else if _, answered := f.texts[fd.Key]; f.stored != nil && answered && f.text(fd) != f.c.Input(fd, f.stored.Values[fd.Key], f.lang) {
			op.Values[fd.Key] = v
		}
	}
	if f.stored != nil {
		op.Kind, op.ID, op.Base = db.Edit, f.stored.ID, f.base
		if len(op.Values) == 0 {
			f.say(wNothing)
			return -1, true, nil
		}
	}
	var res db.Result
	write := func(ctx context.Context) (err error) {
		res, err = f.ledger.Write(ctx, f.actor, f.request, op)
		return err
	}
	err = f.visit(write)
	var why *model.ReasonNeeded
	if errors.As(err, &why) {
		f.line(why.In(f.lang))
		if op.Reason, err = f.ask(wWhy); err != nil {
			return -1, false, err
		}
		if op.Reason = strings.TrimSpace(op.Reason); op.Reason == "" {
			return -1, false, nil
		}
		err = f.visit(write)
	}
	var errs model.Errors
	var conflict *db.Conflict
	switch {
	case err == nil:
		if res.Records[0].Unsigned {
			f.sayf(words.SavedBack, res.Records[0].ID)
			return -1, true, nil
		}
		f.sayf(wSaved, res.Records[0].ID)
		return -1, true, nil
	case errors.As(err, &errs):
		bad = -1
		for i, fd := range f.fields {
			if e, ok := errs.Of(fd.Key); ok {
				f.sayf(wFieldErr, fd.Words, e.Words)
				if bad < 0 {
					bad = i
				}
			}
		}
		if bad < 0 {
			f.line(model.Say(err, f.lang))
		}
		return bad, false, nil
	case errors.As(err, &conflict):
		return -1, false, f.conflict(conflict)
	}
	return -1, false, f.complain(err)
}

// conflict tells both sides of what another changed meanwhile. What was typed
// is chosen by saving again; the record as it now is, by discarding.
func (f *form) conflict(c *db.Conflict) error {
	c.By = f.c.NameOf(model.Ref{ID: c.By})
	f.line(c.In(f.lang))
	for _, fc := range c.Fields {
		if fc.Field != nil {
			f.sayf(wBoth, fc.Field.Words, f.c.Text(fc.Field, fc.Theirs, f.lang), f.c.Text(fc.Field, fc.Mine, f.lang))
		}
	}
	f.say(wTheirs)
	f.base = c.Current
	return nil
}

func (f *form) discard() (gone bool, err error) {
	text, err := f.ask(wDiscard)
	if err != nil || command(text) != "x" {
		return false, err
	}
	err = f.visit(func(ctx context.Context) error { return f.ledger.DropDraft(ctx, f.actor, f.key()) })
	if err == nil {
		f.say(wGone)
	}
	return err == nil, err
}
