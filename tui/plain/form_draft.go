package plain

import (
	"context"

	"taizhang/db"
	"taizhang/model"
)

// key names the draft as the form of the screens does, so that what was begun
// here can be gone on with there.
func (f *form) key() string {
	if f.stored != nil {
		return f.stored.ID
	}
	return f.reg.Key
}

// resume offers the draft of this form and returns the field to go on with.
func (f *form) resume() (at int, err error) {
	var draft *db.Draft
	err = f.visit(func(ctx context.Context) error {
		list, err := f.ledger.Drafts(ctx, f.actor)
		for i := range list {
			if list[i].Key == f.key() {
				draft = &list[i]
			}
		}
		return err
	})
	if err != nil || draft == nil {
		return 0, err
	}
	text, err := f.ask(model.Sayf(wResume.ZH, wResume.EN, draft.At.In(model.Zone).Format("01-02 15:04")))
	if err != nil || command(text) == "2" {
		return 0, err
	}
	if f.stored != nil {
		f.base = draft.Base
	}
	for i, fd := range f.fields {
		text, ok := draft.Texts[fd.Key]
		if !ok {
			continue
		}
		if v, err := f.c.Parse(fd, text); err == nil {
			f.rec.Set(fd.Key, v)
		}
		f.texts[fd.Key] = text
		if fd.Key == draft.Cursor {
			at = i
		}
	}
	return at, nil
}

// keep writes the draft, with the field to go on with. What is typed is never
// more than one line ahead of it. A draft that cannot be kept is said and
// stops nobody.
func (f *form) keep(at int) {
	if f.undrafted {
		return
	}
	d := db.Draft{Key: f.key(), Register: f.reg.Key, Base: f.base, Request: f.request, Texts: map[string]string{}}
	if f.stored != nil {
		d.ID = f.stored.ID
	}
	for _, fd := range f.fields {
		if t := f.text(fd); t != "" || f.stored != nil {
			if f.stored == nil || t != f.c.Input(fd, f.stored.Values[fd.Key], f.lang) {
				d.Texts[fd.Key] = t
			}
		}
	}
	d.Cursor = f.fields[min(at, len(f.fields)-1)].Key
	if err := f.visit(func(ctx context.Context) error { return f.ledger.SaveDraft(ctx, f.actor, d) }); err != nil {
		f.line(model.Say(err, f.lang))
	}
}

// left says what becomes of a form that is left.
func (f *form) left() {
	if len(f.texts) == 0 {
		f.say(wNothing)
		return
	}
	f.say(wKept)
}
