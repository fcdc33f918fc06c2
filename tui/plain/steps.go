package plain

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// steps tells the approval sheet of a record and every step of its chain: those
// open to this person, and why the others are not. It signs the version that was
// read out before, never a newer one.
func (d *desk) steps(read *model.Record) error {
	for base := read.Version; ; {
		var r *model.Record
		var state model.Words
		var offers []model.StepOffer
		var signed [][]string
		err := d.visit(func(ctx context.Context) error {
			return d.ledger.View(ctx, func(sn *db.Snapshot) (err error) {
				if r, err = sn.Get(read.ID); err != nil {
					return err
				}
				c := d.context()
				c.Book = sn
				if c.Actor, err = sn.Actor(d.actor.Login); err != nil { // the roles of this moment
					return err
				}
				state, offers, signed = r.Register.Chain.State(r, c), c.StepOffers(r), c.Signed(r, d.lang)
				return nil
			})
		})
		if err != nil {
			return err
		}
		if r.Version != base { // told anew by the caller
			d.sayf(wStepNewer, r.ID)
			return nil
		}
		d.sayf(wStepHead, r.ID, r.Version, state)
		for _, row := range signed {
			d.line(strings.Join(notEmpty(row), model.W("，", ", ").In(d.lang)))
		}
		if len(signed) == 0 {
			d.say(words.StepsUnsigned)
		}
		var off []string // for the ear the open ones come first, and what is not is named in one line
		for i, o := range offers {
			if o.Off != nil {
				off = append(off, model.Sayf(wChoice.ZH, wChoice.EN, i+1, o.Step.Words).In(d.lang))
				continue
			}
			d.sayf(wItem, i+1, o.Step.Words, o.Step.Who)
		}
		if len(off) == len(offers) {
			d.say(wStepNone)
		}
		if off != nil {
			list := strings.Join(off, model.W("，", ", ").In(d.lang))
			d.sayf(wStepOff, list)
		}
		question := wStepAsk
		if r.Register.Chain.Public != nil {
			question = wSheetAsk
		}
	again:
		text, err := d.ask(question)
		if err != nil {
			return err
		}
		cmd := command(text)
		if isBack(cmd) || cmd == "" {
			return nil
		}
		if cmd == "p" && r.Register.Chain.Public != nil {
			if err := d.complain(d.poster(r)); err != nil {
				return err
			}
			goto again
		}
		o, found := offered(r.Register, offers, cmd)
		switch {
		case !found:
			d.sayf(wNoChoice, model.Shorten(text))
			goto again
		case o.Off != nil:
			d.line(model.Say(o.Off, d.lang))
			goto again
		}
		made, err := d.step(r, o)
		if errors.Is(err, errEnd) {
			return &cutOff{model.Problem{Words: model.Sayf(wStepCut.ZH, wStepCut.EN, o.Step.Words)}}
		}
		if err != nil {
			return err
		}
		if made > 0 {
			base = made
		}
	}
}

// offered finds a step by its number or its name.
func offered(reg *model.Register, offers []model.StepOffer, cmd string) (model.StepOffer, bool) {
	n, err := strconv.Atoi(cmd)
	if err == nil && n >= 1 && n <= len(offers) {
		return offers[n-1], true
	}
	if st := reg.StepOf(cmd); st != nil {
		for _, o := range offers {
			if o.Step == st {
				return o, true
			}
		}
	}
	return model.StepOffer{}, false
}

// step asks what a step asks for, and takes it once it is confirmed. made is the
// version that it made, 0: it was not taken.
func (d *desk) step(r *model.Record, o model.StepOffer) (made int, err error) {
	reg, values := o.Form(r)
	f := &form{desk: d, reg: reg, rec: model.NewRecord(reg), fields: reg.Fields, texts: map[string]string{}, c: d.context(), undrafted: true}
	f.rec.Values = values
	if f.request, err = d.ledger.NewRequest(); err != nil {
		return 0, err
	}
	d.sayf(wStepBegin, o.Step.Words, r.ID)
	for i := 0; i < len(f.fields); {
		to, err := f.field(i)
		switch {
		case err != nil:
			return 0, err
		case to == leave, to == back && i == 0:
			d.say(wStepLeft)
			return 0, nil
		case to == finish:
			i = len(f.fields)
		case to == back:
			i--
		default:
			i++
		}
	}
	for {
		for i, fd := range f.fields {
			if text := f.shown(fd); text != "" {
				d.sayf(wItem, i+1, fd.Words, text)
			}
		}
		text, err := d.ask(model.Sayf(wStepSure.ZH, wStepSure.EN, o.Step.Words))
		if err != nil {
			return 0, err
		}
		cmd := command(text)
		n, notNumber := strconv.Atoi(cmd)
		switch {
		case cmd == "<", cmd == "<<", cmd == "x":
			d.say(wStepLeft)
			return 0, nil
		case notNumber == nil && n >= 1 && n <= len(f.fields):
			if _, err := f.field(n - 1); err != nil {
				return 0, err
			}
		case cmd == "s":
			made, err := f.takeStep(r, o.Step)
			if made > 0 || err != nil {
				return made, err
			}
		case cmd != "":
			d.sayf(wNoChoice, model.Shorten(text))
		}
	}
}

// takeStep signs the version of r. A refusal that another answer could mend is
// said and asked again (0, nil); one that ends the step is an error.
func (f *form) takeStep(r *model.Record, st *model.Step) (made int, err error) {
	op := db.Op{Kind: db.Step, Register: r.Register.Key, ID: r.ID, Base: r.Version, Step: st.Key}
	op.Values, op.Reason = st.Filled(f.rec.Values)
	var res db.Result
	err = f.visit(func(ctx context.Context) (err error) {
		res, err = f.ledger.Write(ctx, f.actor, f.request, op)
		return err
	})
	var errs model.Errors
	var conflict *db.Conflict
	var fault *model.StepError
	switch {
	case err == nil:
		saved := res.Records[0]
		said := model.Sayf("%s %s", "%s: %s", saved.ID, st.Words)
		if len(saved.Also) > 0 {
			said = model.Sayf(words.StepMade.ZH, words.StepMade.EN, said, saved.Also[0])
		}
		f.sayf(words.StepDone, said)
		return saved.Version, nil
	case errors.As(err, &errs):
		for _, fd := range f.fields {
			if e, ok := errs.Of(fd.Key); ok {
				f.sayf(wFieldErr, fd.Words, e.Words)
			}
		}
		return 0, nil
	case errors.As(err, &conflict):
		return 0, words.StepConflict(r.ID, f.c.NameOf(model.Ref{ID: conflict.By}))
	case errors.As(err, &fault) && fault.Fault == model.StepLacking:
		return 0, f.complain(err)
	}
	return 0, err
}

// notEmpty leaves out what is blank.
func notEmpty(cells []string) (out []string) {
	for _, s := range cells {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
