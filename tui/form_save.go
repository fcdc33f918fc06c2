package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// save checks every field, asks about what is doubtful and writes. The first bad
// field gets the cursor.
func (f *form) save(s *session, another bool) tea.Cmd { return f.store(s, another, false, "") }

// store is save; sure when the clerk has answered what was doubtful, with the
// reason where she was asked for one.
func (f *form) store(s *session, another, sure bool, reason string) tea.Cmd {
	values := model.Values{}
	wrong := 0
	for _, e := range f.fields {
		if f.id != "" && !e.changed() { // it may be older than the field's declaration
			e.err = model.Words{}
			continue
		}
		e.check(f.ctx, s.lang)
		if e.err != (model.Words{}) {
			wrong++
			continue
		}
		v, _ := f.ctx.Parse(e.f, e.text())
		if v != nil || f.id != "" {
			values[e.f.Key] = v
		}
	}
	if wrong > 0 {
		return tea.Batch(f.think(s), f.blameAll())
	}
	f.saving = true
	f.ink.gen.Add(1)
	if f.task != nil {
		return f.doTask(s, values, another)
	}
	op := db.Op{Kind: db.Add, Register: f.reg.Key, Values: values}
	if f.drafts {
		op.DraftKey = f.slot
	}
	if f.id != "" {
		op.Kind, op.ID, op.Base, op.Reason = db.Edit, f.id, f.base, reason
	}
	request, reg := f.request, f.reg
	return func() tea.Msg {
		if !sure {
			if doubts, found, err := s.doubts(reg, request, op); err == nil && len(doubts) > 0 {
				return doubtsMsg{f, another, doubts, found}
			} // a failure is for the write to tell
		}
		f.ink.mu.Lock()
		defer f.ink.mu.Unlock()
		res, err := s.write(request, op)
		return savedMsg{form: f, result: res, another: another, err: err}
	}
}

// blameAll is what a save finds when a field cannot be read. So that the clerk is
// told of everything at once, it adds what the store would refuse in the others.
func (f *form) blameAll() tea.Cmd {
	wrong, first := 0, -1
	for i, e := range f.fields {
		if e.err == (model.Words{}) && (f.id == "" || e.changed()) {
			e.err = f.refusal(e)
		}
		if e.err != (model.Words{}) {
			if wrong++; first < 0 {
				first = i
			}
		}
	}
	f.show(first)
	return complain(model.Problemf(words.NotSaved.ZH, words.NotSaved.EN, wrong))
}

// refusal is what the store would have against a field as the form stands.
func (f *form) refusal(e *editor) model.Words {
	if wrong := f.live.errs[e.f.Key]; wrong != (model.Words{}) || f.live.record == nil {
		return wrong
	}
	if f.id == "" && e.f.Default != nil && !model.Blank(e.f.Default(f.ctx)) {
		return model.Words{} // filled when it is stored
	}
	missing, _ := e.f.Lacks(f.live.record)
	return missing
}

// saved shows what came of a save.
func (f *form) saved(s *session, msg savedMsg) tea.Cmd {
	f.saving = false
	if msg.err != nil {
		f.twinOf = ""
		var why *model.ReasonNeeded
		if errors.As(msg.err, &why) {
			f.askWhy(s, msg.another)
			return f.keep(s)
		}
		return tea.Batch(f.refused(s, msg.err), f.keep(s))
	}
	f.savedID = msg.result.Records[0].ID
	if f.twinOf != "" {
		s.pop()
		page := newDetail(f.reg, f.twinOf)
		page.twin = f.savedID
		return s.push(page)
	}
	w := words.Saved
	switch {
	case msg.another:
		w = words.SavedAgain
	case msg.result.Records[0].Unsigned:
		w = words.SavedBack
	}
	done := say(model.Sayf(w.ZH, w.EN, msg.result.Records[0].ID))
	f.unsaved = false // the timer of the last keys still runs
	if !msg.another {
		s.pop()
		return done
	}
	carried := model.Values{}
	for _, e := range f.fields {
		if e.f.Carry {
			if v, err := f.ctx.Parse(e.f, e.text()); err == nil {
				carried[e.f.Key] = v
			}
		}
	}
	if f.recall != nil && f.id == "" {
		r := f.draftRecord()
		r.Created.By = s.actor.Staff
		f.recall.add(r)
	}
	f.id, f.base, f.again, f.nested, f.slot = "", 0, carried, false, ""
	return tea.Batch(done, f.begin(s, formReadyMsg{form: f, opts: f.opts, recall: f.recall}))
}

// refused puts the store's refusals at their fields.
func (f *form) refused(s *session, err error) tea.Cmd {
	var errs model.Errors
	var conflict *db.Conflict
	switch {
	case errors.As(err, &errs):
		first, wrong := -1, 0
		for i, e := range f.fields {
			if fe, ok := errs.Of(e.f.Key); ok {
				wrong++
				if e.err = fe.Words; first < 0 {
					first = i
				}
			}
		}
		if first < 0 {
			return complain(errs)
		}
		f.show(first)
		return complain(model.Problemf(words.NotSaved.ZH, words.NotSaved.EN, wrong))
	case errors.As(err, &conflict):
		return s.push(newConflict(f, conflict))
	}
	return complain(err)
}

// show puts the cursor on a field that needs correcting, in a list on the cell.
func (f *form) show(at int) {
	f.at = at
	f.focus()
	if t := f.rows(); t != nil {
		t.toBad()
		f.focus()
	}
}
