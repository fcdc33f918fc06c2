package plain

import (
	"errors"
	"strconv"
	"strings"

	"taizhang/db"
	"taizhang/model"
)

// form is one record being entered or changed, field by field.
type form struct {
	*desk
	reg     *model.Register
	stored  *model.Record // nil for a new one
	rec     *model.Record // as it stands
	base    int
	request db.RequestID
	fields  []*model.Field
	texts   map[string]string // what was answered, as it will be a draft
	c       *model.Context

	undrafted bool // what a step asks for is no draft
}

// step is where an answer leads.
type step int

const (
	next step = iota
	back
	leave
	finish
)

// cutOff says that input ended inside a form.
type cutOff struct{ model.Problem }

// enter takes new records until no other is wanted.
func (d *desk) enter(reg *model.Register) error {
	carried := model.Values{}
	for {
		if err := model.Can(d.actor, model.ActAdd, reg); err != nil {
			return err
		}
		f, err := d.newForm(reg, nil)
		if err != nil {
			return err
		}
		for k, v := range carried {
			f.rec.Set(k, v)
		}
		f.c.Defaults(f.rec)
		d.sayf(wNew, reg.Words)
		saved, err := f.run(true)
		if err != nil || !saved {
			return f.ended(err)
		}
		text, err := d.ask(wAnother)
		if err != nil || command(text) != "n" {
			return err
		}
		clear(carried)
		for _, fd := range f.fields {
			if v := f.rec.Values[fd.Key]; fd.Carry && !model.Blank(v) {
				carried[fd.Key] = v
			}
		}
	}
}

// edit changes a record.
func (d *desk) edit(r *model.Record) error {
	if err := model.CanOn(d.actor, model.ActEdit, r); err != nil {
		return err
	}
	f, err := d.newForm(r.Register, r)
	if err != nil {
		return err
	}
	d.sayf(wEdit, r.ID)
	_, err = f.run(false)
	return f.ended(err)
}

// ended makes an error of input that ended inside the form.
func (f *form) ended(err error) error {
	if errors.Is(err, errEnd) && len(f.texts) > 0 {
		return &cutOff{model.Problem{Words: model.Sayf(wCutOff.ZH, wCutOff.EN, f.reg.Words)}}
	}
	return err
}

func (d *desk) newForm(reg *model.Register, stored *model.Record) (*form, error) {
	f := &form{desk: d, reg: reg, stored: stored, rec: model.NewRecord(reg), texts: map[string]string{}, c: d.context()}
	var err error
	if f.request, err = d.ledger.NewRequest(); err != nil {
		return nil, err
	}
	if stored != nil {
		f.rec, f.base = stored.Clone(), stored.Version
	}
	for _, fd := range reg.Fields {
		if fd.InForm() && (stored == nil || stored.Types(fd, d.actor)) {
			f.fields = append(f.fields, fd)
		}
	}
	return f, nil
}

// run asks the fields, if all of them are to be asked, then what to do.
func (f *form) run(all bool) (saved bool, err error) {
	at, err := f.resume()
	if err != nil {
		return false, err
	}
	for i := at; all && i < len(f.fields); {
		to, err := f.field(i)
		if err != nil {
			return false, err
		}
		switch {
		case to == leave, to == back && i == 0:
			f.left()
			return false, nil
		case to == finish:
			i = len(f.fields)
		case to == back:
			i--
		default:
			i++
		}
	}
	return f.review(all)
}

// text is what stands in a field.
func (f *form) text(fd *model.Field) string {
	if t, ok := f.texts[fd.Key]; ok {
		return t
	}
	return f.c.Input(fd, f.rec.Values[fd.Key], f.lang)
}

// shown is that for the ear: on one line, names instead of ids.
func (f *form) shown(fd *model.Field) string {
	text := f.text(fd)
	if v, err := f.c.Parse(fd, text); err == nil {
		text = f.c.Text(fd, v, f.lang)
		if date, ok := v.(model.Date); ok {
			text = date.Echo(f.lang)
		}
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// review tells the whole form and saves, changes a field, or leaves.
func (f *form) review(all bool) (saved bool, err error) {
	if all {
		f.say(wReview)
	} else {
		f.say(wReviewOld)
	}
	f.tell()
	for {
		text, err := f.ask(wReviewAsk)
		if err != nil {
			return false, err
		}
		cmd := command(text)
		n, notNumber := strconv.Atoi(cmd)
		switch {
		case cmd == "<<", cmd == "<":
			f.left()
			return false, nil
		case cmd == "x":
			gone, err := f.discard()
			if err != nil || gone {
				return false, err
			}
		case cmd == "s":
			bad, saved, err := f.save()
			if err != nil || saved {
				return saved, err
			}
			if bad >= 0 {
				if _, err := f.field(bad); err != nil {
					return false, err
				}
			}
		case notNumber == nil && n >= 1 && n <= len(f.fields):
			if _, err := f.field(n - 1); err != nil {
				return false, err
			}
			f.doubts()
		case cmd == "":
			f.tell()
		default:
			f.sayf(wNoChoice, model.Shorten(text))
		}
	}
}

// tell says every field with its number, and what is doubtful.
func (f *form) tell() {
	for i, fd := range f.fields {
		if text := f.shown(fd); text != "" || f.stored != nil {
			f.sayf(wItem, i+1, fd.Words, text)
		}
	}
	f.doubts()
}

func (f *form) doubts() {
	for _, doubt := range f.c.Doubts(f.rec, f.stored) {
		f.sayf(wDoubt, doubt.Words)
	}
}
