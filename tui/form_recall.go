package tui

import (
	"context"
	"strings"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// recall is what a form remembers of the records of its register that were
// entered last: what new ones begin with, what texts are completed from, and
// which choices come first. It is read once, in a command, when the form opens.
type recall struct {
	staff   string
	recent  []*model.Record         // newest first, with the values of Register.Recalls only
	written map[string]*part.Picker // by field: what it is completed from; nil when nothing
}

// mostRecalled bounds how many records a form remembers, and mostPreferred how
// many choices come before the others in a pick list.
const (
	mostRecalled  = 2_000
	mostPreferred = 20
	mostWritten   = 500 // texts offered by one field
)

// remember reads what the form of a register remembers.
func (s *session) remember(reg *model.Register) (*recall, error) {
	r := &recall{staff: s.actor.Staff, written: map[string]*part.Picker{}}
	err := s.ask(func(ctx context.Context) (err error) {
		r.recent, err = s.ledger.Recent(ctx, reg.Key, mostRecalled, reg.Recalls()...)
		return err
	})
	return r, err
}

// add remembers a record that was just entered.
func (r *recall) add(rec *model.Record) {
	r.recent = append([]*model.Record{rec}, r.recent...)
	clear(r.written)
}

// place is where what was written in a field is looked for: the field itself, or
// a list and its column.
func (e *editor) place() (fd *model.Field, column, name string) {
	if e.list != nil {
		return e.list, e.f.Key, e.list.Key + cursorMark + e.f.Key
	}
	return e.f, "", e.f.Key
}

// completes reports whether the field is completed from what was written there
// before.
func (f *form) completes(e *editor) bool {
	fd, _, _ := e.place()
	return f.recall != nil && e.f.Completes() && fd.Class <= model.Internal
}

// remembered returns a list made once and kept until another record is added.
func (r *recall) remembered(name string, make func() *part.Picker) *part.Picker {
	p, known := r.written[name]
	if !known {
		p = make()
		r.written[name] = p
	}
	return p
}

// completions is the pick list of what was written in a text field, or in a
// column of a list, before; nil when there is none.
func (f *form) completions(s *session, e *editor) *part.Picker {
	if e.f.Type != model.TypeText || e.picks() || !f.completes(e) {
		return nil
	}
	fd, column, name := e.place()
	return f.recall.remembered(name, func() *part.Picker {
		var opts []part.Option
		for _, text := range f.writtenIn(fd, column) {
			opts = append(opts, part.Option{ID: text, Text: clean(text)})
		}
		if len(opts) == 0 {
			return nil
		}
		p := part.NewPicker(s.metric, opts, pinyin)
		p.Unmarked = true
		return p
	})
}

// pickerOf is the pick list of a field: what was chosen last comes first, and
// where text may stand, what was written before is offered too.
func (f *form) pickerOf(e *editor) *part.Picker {
	p := f.opts.picker(e.f)
	fd, column, name := e.place()
	switch _, all := p.Count(); {
	case f.completes(e) && e.suggests():
		p = f.recall.remembered(name, func() *part.Picker {
			var before []part.Option
			for _, text := range f.writtenIn(fd, column) {
				word := f.opts.schema.Vocab(e.f.Vocab).Text(text, f.opts.lang)
				before = append(before, part.Option{ID: word, Text: clean(word)})
			}
			return p.With(before, nil, pinyin)
		})
	case f.completes(e) && all <= mostRecalled:
		p = f.recall.remembered(name, func() *part.Picker {
			var after []part.Option
			for _, text := range f.writtenIn(fd, column) {
				after = append(after, part.Option{ID: text, Text: clean(text), Extra: words.WrittenBefore.In(f.opts.lang)})
			}
			return p.With(nil, after, pinyin)
		})
	}
	if !e.suggests() {
		f.prefer(p, e.f)
	}
	return p
}

// writtenIn lists the texts written in a field before, or in a column of a
// list, the likeliest first.
func (f *form) writtenIn(fd *model.Field, column string) []string {
	if f.recall == nil {
		return nil
	}
	list := model.Written(fd, column, f.recall.recent, f.recall.staff)
	return list[:min(len(list), mostWritten)]
}

// prefer brings what was chosen last to the top of the pick list of a field.
func (f *form) prefer(p *part.Picker, fd *model.Field) {
	var ids []string
	if f.recall != nil {
		ids = model.Used(fd, f.recall.recent, f.recall.staff, mostPreferred)
	}
	for i, id := range ids {
		ids[i] = f.opts.take(fd, id)
	}
	p.Prefer(ids...)
}

// offer fills what nobody touched yet with the values of the last record alike.
func (f *form) offer(s *session) {
	if f.recall == nil || f.id != "" || f.task != nil {
		return
	}
	var r *model.Record
	for _, e := range f.fields {
		if !e.f.Last || e.changed() || e.text() != "" && e.text() != e.offered || f.again[e.f.Key] != nil {
			continue
		}
		if r == nil {
			r = f.draftRecord()
		}
		text := e.plain
		if v := model.LastAlike(e.f, r, f.recall.recent, f.recall.staff); v != nil {
			probe := newEditor(s, e.f)
			probe.setValue(f.ctx, v, s.lang)
			text = probe.text()
		}
		if text != e.text() {
			e.setText(text)
			e.initial, e.err = e.text(), model.Words{}
		}
		e.offered = text
	}
}

// draftRecord is the record that the form would store now, without the fields
// that cannot be read.
func (f *form) draftRecord() *model.Record {
	r := model.NewRecord(f.reg)
	for _, e := range f.fields {
		if v, err := f.ctx.Parse(e.f, e.text()); err == nil {
			r.Set(e.f.Key, v)
		}
	}
	return r
}

// completing is the list that completes the field with the cursor, once
// something was typed that it knows more of; nil otherwise.
func (f *form) completing() *part.Picker {
	e := f.current()
	if e == nil || f.known == nil {
		return nil
	}
	q := strings.TrimSpace(e.in.Value())
	if q == "" || e.fresh && !e.moved {
		return nil
	}
	hits, _ := f.known.Count()
	if o, ok := f.known.Selected(); hits == 0 || hits == 1 && ok && o.ID == q {
		return nil
	}
	return f.known
}

// pressCompletion handles a key for the list of completions. Enter means it
// only after the person moved into it.
func (f *form) pressCompletion(name string) (done bool) {
	p := f.completing()
	if p == nil {
		return false
	}
	e := f.current()
	switch {
	case name == "down" && !e.moved:
		e.moved, p.Unmarked = true, false
	case name == "up" && e.moved && p.AtTop():
		e.moved, p.Unmarked = false, true
	case e.moved && (name == "down" || name == "up" || name == "pgup" || name == "pgdown"):
		p.Move(name)
	case e.moved && name == "enter":
		o, _ := p.Selected()
		e.setText(o.ID)
		p.Unmarked = true
		e.moved = false
		f.narrow()
		return false // and Enter goes on to the next field
	default:
		return false
	}
	return true
}

// narrow brings the lists below the field in line with what is typed.
func (f *form) narrow() {
	e := f.current()
	switch {
	case e == nil:
	case f.picker != nil:
		f.picker.SetQuery(e.query())
	case f.known != nil:
		f.known.Unmarked = true
		f.known.SetQuery(strings.TrimSpace(e.in.Value()))
	}
}

// completionHint says how a completion is taken.
func (f *form) completionHint() model.Words {
	if p := f.completing(); p != nil && !p.Unmarked {
		return words.CompletionTake
	}
	return words.CompletionMove
}
