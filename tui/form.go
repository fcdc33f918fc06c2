package tui

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// form enters or changes one record. It is derived from the declaration of the
// register alone.
type form struct {
	reg     *model.Register
	id      string // "" for a new record
	base    int    // version the edit began from
	request db.RequestID

	fields    []*editor
	at        int // the field with the cursor; len(fields) and beyond are the buttons
	was       int // the field that had it before, so that a table is entered once
	table     part.Table
	layout    []formRow
	live      live
	stored    *model.Record // as it was when the edit began; nil for a new one
	ready     bool          // options and draft are read
	saving    bool
	filling   bool        // a record to copy or a new term is on its way
	leaving   bool        // the question on leaving is open
	undrafted bool        // the last draft could not be kept
	drafts    bool        // there may be a draft of it
	unsaved   bool        // something was typed that is in no draft yet; a timer runs
	why       *part.Input // the reason of a change that needs one is being asked for
	whyMore   bool        // and another record is to follow
	ink       *ink        // orders drafts and saves

	slot    string // key of its draft; "" until it is open
	nested  bool   // opened from a field of another form, which waits for its record
	child   *form  // the form opened so
	savedID string // of the record it made
	twinOf  string // the record that what is saved is merged into then

	opts   *options // pick lists of the registers referred to
	picker *part.Picker
	known  *part.Picker // completes the text field with the cursor
	recall *recall      // of earlier records; nil where the form is no record
	ctx    *model.Context
	again  model.Values // values carried over from the record before
	task   task         // what the form is for, when it is not a record
	entry  model.Words  // of the settings, for a form that enters one: model.EntryField…
}

// buttons stand below the last field.
var buttons = []model.Words{words.Save, words.SaveNew, words.Back}

// draftPause is how long what is typed may be in no draft, however steadily
// somebody types (safety.md: one second at most).
const draftPause = 800 * time.Millisecond

// ink keeps a draft that was on its way from arriving after the save that
// completed it.
type ink struct {
	mu  sync.Mutex   // held while a draft or the record is written
	gen atomic.Int64 // raised by what makes drafts under way stale
}

func newForm(reg *model.Register, carried model.Values) *form {
	return &form{reg: reg, again: carried, ink: &ink{}}
}

func editForm(reg *model.Register, id string) *form {
	return &form{reg: reg, id: id, ink: &ink{}}
}

// formReadyMsg brings what a form needs from the ledger.
type formReadyMsg struct {
	form   *form
	opts   *options
	record *model.Record // the one to change; nil for a new one
	draft  *db.Draft
	recall *recall
	err    error
}

// optionsMsg brings pick lists that are up to date.
type optionsMsg struct {
	form *form
	opts *options
	err  error
}

// savedMsg answers a save.
type savedMsg struct {
	form    *form
	result  db.Result
	another bool
	err     error
}

// pauseMsg says that nothing was typed for a while.
type pauseMsg struct{ form *form }

// owns reports whether a draft is of such a form, to be gone on with here. A
// register's grids have drafts too, under keys of another beginning.
func (f *form) owns(d db.Draft) bool {
	return d.Register == f.reg.Key && d.ID == f.id && strings.HasPrefix(d.Key, f.draftName())
}

// draftName begins the keys of its drafts.
func (f *form) draftName() string { return cmp.Or(f.id, f.reg.Key) }

// newSlot gives a form that goes on with no draft one of its own, so that no
// other window of the same person writes into it.
func (f *form) newSlot() {
	if f.slot == "" {
		f.slot = f.draftName() + "/" + f.request.String()
	}
}

func (f *form) init(s *session) tea.Cmd {
	load := f.load(s)
	return func() tea.Msg {
		msg := formReadyMsg{form: f}
		if msg.opts, msg.err = load(); msg.err != nil {
			return msg
		}
		if f.id != "" {
			if msg.record, msg.err = s.record(f.id); msg.err == nil {
				msg.err = model.CanOn(s.actor, model.ActEdit, msg.record)
			}
			if msg.err != nil {
				return msg
			}
		}
		if f.task == nil {
			if msg.recall, msg.err = s.remember(msg.opts.reg); msg.err != nil {
				return msg
			}
		}
		if !f.nested { // a draft of its register belongs to another form
			msg.draft, msg.err = s.resume(f.slot, f.owns)
		}
		return msg
	}
}

// refresh runs when a form on top has closed, or another login saved: people
// entered meanwhile are offered, and what is typed here stays.
func (f *form) refresh(s *session) tea.Cmd {
	load := f.load(s)
	return func() tea.Msg {
		opts, err := load()
		return optionsMsg{f, opts, err}
	}
}

func (f *form) place() place {
	if f.rows() != nil && !f.leaving {
		return onRows
	}
	return onForm
}

func (f *form) register() *model.Register { return f.reg }
func (f *form) waiting() bool             { return !f.ready || f.saving || f.filling }
func (f *form) typing() bool              { return !f.leaving }

func (f *form) title(s *session) string {
	if t, ok := f.task.(interface{ title() model.Words }); ok {
		return t.title().In(s.lang)
	}
	if f.id != "" || f.task != nil && !f.task.again() {
		title := words.Editing.In(s.lang)
		if f.stored != nil && f.task == nil {
			title = strings.TrimSpace(title + " " + standing(f.stored, s.lang))
		}
		return title
	}
	return model.Sayf(words.NewOf.ZH, words.NewOf.EN, f.reg.Words).In(s.lang)
}

// begin builds the editors once options and draft are there.
func (f *form) begin(s *session, msg formReadyMsg) tea.Cmd {
	f.opts, f.ready, f.reg, f.recall = msg.opts, true, msg.opts.reg, msg.recall
	f.request, f.unsaved, f.drafts = s.newRequest(), false, msg.draft != nil
	f.ctx = msg.opts.context()
	r := msg.record
	if f.stored = r; r != nil {
		f.base = r.Version
	} else {
		r = model.NewRecord(f.reg)
		for k, v := range f.again {
			r.Set(k, v)
		}
		f.ctx.Defaults(r)
	}
	f.fields = nil
	for _, fd := range f.reg.Fields {
		if fd.InForm() && r.Types(fd, s.actor) {
			e := newEditor(s, fd)
			e.setValue(f.ctx, r.Values[fd.Key], s.lang)
			if !f.nested || f.again[fd.Key] == nil { // what was typed elsewhere counts as typed here
				e.initial = e.text()
			}
			e.plain = e.initial
			e.offered = e.initial // a default gives way to what the last record alike held
			f.fields = append(f.fields, e)
		}
	}
	f.at, f.was, f.live = 0, noField, live{}
	f.offer(s)
	f.table = part.Table{}
	var cmd tea.Cmd
	if d := msg.draft; d != nil {
		for _, e := range f.fields {
			if t, ok := d.Texts[e.f.Key]; ok {
				e.setText(t)
			}
		}
		f.goToName(d.Cursor)
		f.slot = d.Key
		if d.Request != (db.RequestID{}) { // sent before, it may even be stored
			f.request = d.Request
		}
		if f.id != "" {
			f.base = d.Base
		}
		cmd = say(words.DraftResumed)
	}
	f.newSlot()
	if f.again != nil && !f.nested && msg.draft == nil {
		return tea.Batch(cmd, f.toBlank(s))
	}
	f.focus()
	return cmd
}

// focus prepares the field the cursor has come to.
func (f *form) focus() {
	f.picker, f.known = nil, nil
	entered := f.at != f.was
	if f.was = f.at; f.at >= len(f.fields) {
		return
	}
	if t := f.fields[f.at].rows; t != nil && entered {
		t.enter()
	}
	e := f.current()
	e.enter()
	if e.picks() {
		f.picker = f.pickerOf(e)
		f.picker.SetQuery("")
		if !e.several() {
			f.picker.Select(e.text())
		}
		return
	}
	if f.known = f.completions(f.opts.s, e); f.known != nil {
		f.narrow()
	}
}

func (f *form) update(s *session, msg tea.Msg) tea.Cmd {
	cmd := f.handle(s, msg)
	return tea.Batch(cmd, f.think(s))
}

func (f *form) handle(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formReadyMsg:
		if msg.form != f {
			return nil
		}
		if msg.err != nil {
			s.pop()
			return complain(msg.err)
		}
		return f.begin(s, msg)
	case optionsMsg:
		if msg.form == f && f.ready && msg.err == nil {
			f.renew(s, msg.opts)
		}
	case knownMsg:
		if msg.form == f && f.ready {
			f.learn(msg)
		}
	case settledMsg:
		if msg.conflict.under == screen(f) {
			return f.settle(s, msg.conflict)
		}
	case draftMsg:
		return f.drafted(s, msg.err)
	case savedMsg:
		if msg.form == f {
			return f.saved(s, msg)
		}
	case doubtsMsg:
		if msg.form == f {
			f.saving = false
			s.push(newDoubting(s, msg))
			return f.keep(s)
		}
	case sureMsg:
		if msg.form == f {
			return f.store(s, msg.another, true, "")
		}
	case termMsg:
		if msg.form == f && f.ready {
			return f.termAdded(s, msg)
		}
	case copyMsg:
		if msg.form == f && f.ready {
			f.filling = false
			if msg.err != nil {
				return complain(msg.err)
			}
			return f.copied(s, msg.record)
		}
	case tea.PasteMsg:
		if f.why != nil {
			f.why.Update(msg)
			return nil
		}
		if f.ready && !f.leaving && !f.saving && f.at < len(f.fields) {
			return f.pasted(msg)
		}
	case tea.KeyPressMsg:
		switch {
		case !f.ready || f.saving:
			if a := find(onForm, msg.String()); a != nil && a.id == actBack && !f.saving {
				return s.pop()
			}
			return nil
		case f.why != nil:
			return f.pressWhy(s, msg)
		case f.leaving:
			return f.answer(s, msg)
		}
		return f.press(s, msg)
	}
	return nil
}

// renew takes newer pick lists without moving anything.
func (f *form) renew(s *session, opts *options) {
	f.opts, f.ctx = opts, opts.context()
	if f.recall != nil {
		clear(f.recall.written) // the lists they were joined to may have grown
	}
	f.forget()
	if e := f.current(); e != nil && e.picks() {
		at, had := part.Option{}, false
		if f.picker != nil {
			at, had = f.picker.Selected()
		}
		f.picker = f.pickerOf(e)
		f.picker.SetQuery(e.query())
		if had && e.moved {
			f.picker.Select(at.ID)
		}
	}
	if e := f.current(); f.child != nil && f.child.savedID != "" && e != nil && len(e.f.Refs) > 0 {
		e.take(f.ctx.Input(e.f, model.Ref{ID: f.child.savedID}, s.lang))
		if t := f.rows(); t != nil {
			t.store()
		}
		f.picker.SetQuery(e.query())
	}
	f.child = nil
}

func (f *form) changed() bool {
	return slices.ContainsFunc(f.fields, (*editor).changed)
}
