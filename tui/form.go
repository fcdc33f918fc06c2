package tui

import (
	"errors"
	"slices"
	"strings"
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

	fields  []*editor
	at      int // the field with the cursor; len(fields) and beyond are the buttons
	table   part.Table
	ready   bool // options and draft are read
	saving  bool
	leaving bool // the question on leaving is open
	stroke  int  // counts changes, so that a late timer saves no stale draft

	opts   *options // pick lists of the registers referred to
	picker *part.Picker
	ctx    *model.Context
	again  model.Values // values carried over from the record before
}

// buttons stand below the last field.
var buttons = []model.Words{words.Save, words.SaveNew, words.Back}

// draftPause is how long after the last key a draft is in the file (safety.md:
// one second at most).
const draftPause = 800 * time.Millisecond

func newForm(reg *model.Register, carried model.Values) *form {
	return &form{reg: reg, again: carried}
}

func editForm(reg *model.Register, id string) *form {
	return &form{reg: reg, id: id}
}

// formReadyMsg brings what a form needs from the ledger.
type formReadyMsg struct {
	form   *form
	opts   *options
	record *model.Record // the one to change; nil for a new one
	draft  *db.Draft
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
type pauseMsg struct {
	form   *form
	stroke int
}

func (f *form) key() string {
	if f.id != "" {
		return f.id
	}
	return f.reg.Key
}

func (f *form) init(s *session) tea.Cmd {
	return func() tea.Msg {
		msg := formReadyMsg{form: f}
		if msg.opts, msg.err = s.loadOptions(f.reg); msg.err != nil {
			return msg
		}
		if f.id != "" {
			if msg.record, msg.err = s.record(f.id); msg.err != nil {
				return msg
			}
		}
		msg.draft, msg.err = s.draft(f.key())
		return msg
	}
}

// refresh runs when a form on top has closed, or another login saved: people
// entered meanwhile are offered, and what is typed here stays.
func (f *form) refresh(s *session) tea.Cmd {
	return func() tea.Msg {
		opts, err := s.loadOptions(f.reg)
		return optionsMsg{f, opts, err}
	}
}

func (f *form) place() place              { return onForm }
func (f *form) register() *model.Register { return f.reg }
func (f *form) typing() bool              { return !f.leaving }

func (f *form) title(s *session) string {
	if f.id != "" {
		return words.Editing.In(s.lang)
	}
	return words.New.In(s.lang)
}

// begin builds the editors once options and draft are there.
func (f *form) begin(s *session, msg formReadyMsg) tea.Cmd {
	f.opts, f.ready = msg.opts, true
	f.request = s.newRequest()
	f.ctx = s.context(msg.opts)
	r := msg.record
	if r != nil {
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
		if fd.Editable() {
			e := newEditor(s, fd)
			e.setValue(f.ctx, r.Values[fd.Key], s.lang)
			e.initial = e.text()
			f.fields = append(f.fields, e)
		}
	}
	f.at = 0
	f.table = part.Table{}
	f.table.SetRows(len(f.fields) + 1)
	var cmd tea.Cmd
	if d := msg.draft; d != nil {
		for i, e := range f.fields {
			if t, ok := d.Texts[e.f.Key]; ok {
				e.setText(t)
			}
			if e.f.Key == d.Cursor {
				f.at = i
			}
		}
		f.request = d.Request // the save before a crash may have arrived
		if f.id != "" {
			f.base = d.Base
		}
		cmd = say(words.DraftResumed)
	}
	f.focus()
	return cmd
}

// focus prepares the field the cursor has come to.
func (f *form) focus() {
	f.table.Go(min(f.at, len(f.fields)))
	f.picker = nil
	if f.at >= len(f.fields) {
		return
	}
	e := f.fields[f.at]
	e.enter()
	if e.picks() {
		f.picker = f.opts.picker(e.f)
		f.picker.SetQuery("")
		if !e.several() {
			f.picker.Select(e.text())
		}
	}
}

func (f *form) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case formReadyMsg:
		if msg.form != f {
			return nil
		}
		if msg.err != nil {
			return tea.Sequence(complain(msg.err), pop)
		}
		return f.begin(s, msg)
	case optionsMsg:
		if msg.form == f && f.ready && msg.err == nil {
			f.renew(s, msg.opts)
		}
	case savedMsg:
		if msg.form == f {
			return f.saved(s, msg)
		}
	case pauseMsg:
		if msg.form == f && msg.stroke == f.stroke && !f.saving {
			return f.keepDraft(s)
		}
	case tea.PasteMsg:
		if f.ready && !f.leaving && !f.saving && f.at < len(f.fields) {
			return f.typed(f.fields[f.at].edit(msg))
		}
	case tea.KeyPressMsg:
		switch {
		case !f.ready || f.saving:
			if a := find(onForm, msg.String()); a != nil && a.id == actBack && !f.saving {
				return pop
			}
			return nil
		case f.leaving:
			return f.answer(s, msg)
		}
		return f.press(s, msg)
	}
	return nil
}

// renew takes newer pick lists without moving anything.
func (f *form) renew(s *session, opts *options) {
	f.opts, f.ctx = opts, s.context(opts)
	if e := f.current(); e != nil && e.picks() {
		at, had := part.Option{}, false
		if f.picker != nil {
			at, had = f.picker.Selected()
		}
		f.picker = f.opts.picker(e.f)
		f.picker.SetQuery(e.query())
		if had && e.moved {
			f.picker.Select(at.ID)
		}
	}
}

// enterTarget opens the form of the register that the field refers to, with
// what was typed as the name.
func (f *form) enterTarget(s *session) tea.Cmd {
	e := f.current()
	if e == nil || len(e.f.Refs) == 0 {
		return nil
	}
	reg := s.schema.Register(e.f.Refs[0])
	if err := model.Can(s.actor, model.ActAdd, reg); err != nil {
		return complain(err)
	}
	carried := model.Values{}
	if q := e.query(); q != "" && reg.NameField != "" && reg.Field(reg.NameField).Type == model.TypeText {
		carried[reg.NameField] = q
	}
	return push(newForm(reg, carried))
}

// press handles a key while the form is being filled in.
func (f *form) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	var e *editor
	if f.at < len(f.fields) {
		e = f.fields[f.at]
	}
	name := key.String()
	if e != nil {
		switch {
		case f.picker != nil && (name == "up" || name == "down" || name == "pgup" || name == "pgdown"):
			f.picker.Update(key)
			e.moved = true
			return nil
		case e.note != nil && (name == "up" || name == "down"):
			line, of := e.note.Position()
			if name == "up" && line > 1 || name == "down" && line < of {
				e.note.Update(key)
				return nil
			}
		case e.note != nil && name == "ctrl+j":
			return f.typed(e.edit(tea.PasteMsg{Content: "\n"}))
		case e.several() && name == "space" && (e.in.Value() != "" || e.moved):
			return f.takeOption(false)
		case f.picker != nil && name == "enter" && (e.query() != "" || e.moved):
			return f.takeOption(true)
		}
	}
	if e == nil && (name == "left" || name == "right") {
		step := map[string]int{"left": -1, "right": 1}[name]
		f.at = len(f.fields) + max(0, min(len(buttons)-1, f.at-len(f.fields)+step))
		return nil
	}
	if a := find(onForm, name); a != nil {
		switch a.id {
		case actNext:
			if e == nil && name == "enter" {
				return f.push(s, f.at-len(f.fields))
			}
			return f.move(s, 1)
		case actPrev:
			return f.move(s, -1)
		case actSave:
			return f.save(s, false)
		case actSaveNew:
			return f.save(s, true)
		case actDiscard:
			return f.discard(s)
		case actRegister:
			return f.enterTarget(s)
		case actBack:
			return f.leave(s)
		}
	}
	if e != nil {
		return f.typed(e.edit(key))
	}
	return nil
}

// typed follows a change: narrow the list, and save a draft after a pause.
func (f *form) typed(changed bool, notice model.Words) tea.Cmd {
	var cmds []tea.Cmd
	if notice != (model.Words{}) {
		cmds = append(cmds, say(notice))
	}
	if changed {
		e := f.fields[f.at]
		e.err = model.Words{}
		if f.picker != nil {
			f.picker.SetQuery(e.query())
		}
		f.stroke++
		stroke := f.stroke
		cmds = append(cmds, tea.Tick(draftPause, func(time.Time) tea.Msg { return pauseMsg{f, stroke} }))
	}
	return tea.Batch(cmds...)
}

// takeOption takes the row of the pick list. Where nothing fits, the text stays
// and is judged on leaving, since some fields accept text.
func (f *form) takeOption(next bool) tea.Cmd {
	e := f.fields[f.at]
	o, ok := f.picker.Selected()
	if !ok {
		if e.several() { // names written out, with commas between, or free text
			e.check(f.ctx, f.opts.lang)
			if next && e.err == (model.Words{}) && e.query() != "" {
				return f.moveRaw(1)
			}
			return f.typed(true, model.Words{})
		}
		if next {
			return f.moveRaw(1)
		}
		return nil
	}
	e.take(o.ID)
	cmd := f.typed(true, model.Words{})
	e.fresh, e.moved = true, false
	if next && !e.several() {
		return tea.Batch(cmd, f.moveRaw(1))
	}
	return cmd
}

func (f *form) move(s *session, by int) tea.Cmd { return f.moveRaw(by) }

// moveRaw leaves the field, judging it, and goes to another. A bad value never
// holds the cursor back.
func (f *form) moveRaw(by int) tea.Cmd {
	if f.at < len(f.fields) {
		f.fields[f.at].check(f.ctx, f.opts.lang)
	}
	switch {
	case f.at >= len(f.fields) && by < 0:
		f.at = len(f.fields) - 1
	case f.at >= len(f.fields):
		f.at = len(f.fields) + (f.at-len(f.fields)+1)%len(buttons)
	default:
		f.at = max(0, f.at+by)
	}
	f.focus()
	return nil
}

func (f *form) push(s *session, button int) tea.Cmd {
	switch button {
	case 0:
		return f.save(s, false)
	case 1:
		return f.save(s, true)
	}
	return f.leave(s)
}

func (f *form) changed() bool {
	return slices.ContainsFunc(f.fields, (*editor).changed)
}

// save checks every field and writes. The first bad field gets the cursor.
func (f *form) save(s *session, another bool) tea.Cmd {
	values := model.Values{}
	wrong, first := 0, -1
	for i, e := range f.fields {
		e.check(f.ctx, s.lang)
		if e.err != (model.Words{}) {
			if wrong++; first < 0 {
				first = i
			}
			continue
		}
		if f.id != "" && !e.changed() {
			continue
		}
		v, _ := f.ctx.Parse(e.f, e.text())
		if v != nil || f.id != "" {
			values[e.f.Key] = v
		}
	}
	if wrong > 0 {
		f.at = first
		f.focus()
		return complain(model.Problemf(words.NotSaved.ZH, words.NotSaved.EN, wrong))
	}
	f.saving = true
	op := db.Op{Kind: db.Add, Register: f.reg.Key, Values: values, DraftKey: f.key()}
	if f.id != "" {
		op.Kind, op.ID, op.Base = db.Edit, f.id, f.base
	}
	request := f.request
	return func() tea.Msg {
		res, err := s.write(request, op)
		return savedMsg{form: f, result: res, another: another, err: err}
	}
}

// saved shows what came of a save.
func (f *form) saved(s *session, msg savedMsg) tea.Cmd {
	f.saving = false
	if msg.err != nil {
		return f.refused(s, msg.err)
	}
	w := words.Saved
	if msg.another {
		w = words.SavedAgain
	}
	done := say(model.Sayf(w.ZH, w.EN, msg.result.Records[0].ID))
	if !msg.another {
		return tea.Sequence(done, pop)
	}
	carried := model.Values{}
	for _, e := range f.fields {
		if e.f.Carry {
			if v, err := f.ctx.Parse(e.f, e.text()); err == nil {
				carried[e.f.Key] = v
			}
		}
	}
	f.id, f.base, f.again = "", 0, carried
	return tea.Batch(done, f.begin(s, formReadyMsg{form: f, opts: f.opts}))
}

// refused puts the store's refusals at their fields.
func (f *form) refused(s *session, err error) tea.Cmd {
	var errs model.Errors
	var conflict *db.Conflict
	switch {
	case errors.As(err, &errs):
		first := -1
		for i, e := range f.fields {
			if fe, ok := errs.Of(e.f.Key); ok {
				if e.err = fe.Words; first < 0 {
					first = i
				}
			}
		}
		if first < 0 {
			return complain(errs)
		}
		f.at = first
		f.focus()
		return complain(model.Problemf(words.NotSaved.ZH, words.NotSaved.EN, len(errs)))
	case errors.As(err, &conflict):
		f.base = conflict.Current
		for _, c := range conflict.Fields {
			for i, e := range f.fields {
				if e.f.Key == c.Key {
					e.err = model.Sayf(words.TheirValue.ZH, words.TheirValue.EN, conflict.By, f.ctx.Text(c.Field, c.Theirs, s.lang))
					f.at = i
				}
			}
		}
		f.focus()
	}
	return complain(err)
}

// leave goes back. A changed form is never thrown away by Esc: its draft is
// kept, and because a split arrow key can arrive as Esc, the form asks first.
func (f *form) leave(s *session) tea.Cmd {
	if !f.changed() {
		return pop
	}
	f.leaving = true
	return f.keepDraft(s)
}

func (f *form) answer(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		return tea.Sequence(f.keepDraft(s), say(words.DraftKept), pop)
	case "ctrl+x":
		return tea.Sequence(f.dropDraft(s), say(words.DraftGone), pop)
	case "esc", "ctrl+c":
		f.leaving = false
	}
	return nil
}

func (f *form) discard(s *session) tea.Cmd {
	for _, e := range f.fields {
		e.setText(e.initial)
		e.err = model.Words{}
	}
	f.stroke++
	f.focus()
	return tea.Sequence(f.dropDraft(s), say(words.DraftGone))
}

// keepDraft writes the form as it stands into the ledger's drafts.
func (f *form) keepDraft(s *session) tea.Cmd {
	d := db.Draft{Key: f.key(), Register: f.reg.Key, ID: f.id, Base: f.base, Request: f.request, Texts: map[string]string{}}
	for _, e := range f.fields {
		if e.changed() || f.id == "" {
			d.Texts[e.f.Key] = e.text()
		}
	}
	if f.at < len(f.fields) {
		d.Cursor = f.fields[f.at].f.Key
	}
	return func() tea.Msg {
		if err := s.saveDraft(d); err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return nil
	}
}

// keep implements keeper.
func (f *form) keep(s *session) tea.Cmd {
	if !f.ready || f.saving || !f.changed() {
		return nil
	}
	return f.keepDraft(s)
}

func (f *form) dropDraft(s *session) tea.Cmd {
	key := f.key()
	return func() tea.Msg {
		if err := s.dropDraft(key); err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return nil
	}
}

// view draws the fields, and below them the hint, echo and pick list of the
// field with the cursor.
func (f *form) view(s *session, w, h int) frame {
	if !f.ready {
		return frame{}
	}
	pane := 7
	if h < 20 {
		pane = 4
	}
	rows := h - pane
	label := 12
	if s.lang == model.EN {
		label = 18
	}
	value := min(44, (w-label-4)*3/5)
	if w > 110 {
		value = 60
	}
	var fr frame
	noteRows := 1
	if e := f.current(); e != nil && e.note != nil {
		noteRows = min(4, rows-2)
	}
	from, to := f.table.Window(rows - noteRows + 1)
	for i := from; i < to; i++ {
		if i == len(f.fields) {
			fr.lines = append(fr.lines, f.buttonRow(s, label))
			continue
		}
		e := f.fields[i]
		head := f.label(s, e, label)
		errText := ""
		if e.err != (model.Words{}) {
			errText = " " + bad.Render(s.metric.Cut("! "+e.err.In(s.lang), w-label-value-4))
		}
		if i != f.at {
			text := clean(strings.ReplaceAll(e.shown(s.lang), "\n", " "))
			fr.lines = append(fr.lines, head+"  "+s.metric.Fit(text, value)+errText)
			continue
		}
		y := len(fr.lines)
		if e.note != nil {
			lines, cx, cy := e.note.View(w-label-3, noteRows)
			fr.cursor = &tea.Position{X: label + 2 + cx, Y: y + cy}
			for j, l := range lines {
				if j > 0 {
					head = s.metric.Fit("", label)
				}
				fr.lines = append(fr.lines, head+"  "+l)
			}
			continue
		}
		before := ""
		if e.several() && len(e.chosen) > 0 {
			before = e.shown(s.lang) + model.W("、", ", ").In(s.lang)
			if room := value - 12; s.metric.Width(before) > room {
				before = s.metric.Cut(before, room)
			}
		}
		text, cx := e.in.View(value - s.metric.Width(before))
		fr.cursor = &tea.Position{X: label + 2 + s.metric.Width(before) + cx, Y: y}
		fr.lines = append(fr.lines, head+"  "+before+underline.Render(text)+errText)
	}
	for len(fr.lines) < rows {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines[:rows], f.pane(s, w, pane)...)
	if f.leaving {
		fr.cursor = nil
	}
	return fr
}

func (f *form) current() *editor {
	if f.at < len(f.fields) {
		return f.fields[f.at]
	}
	return nil
}

func (f *form) label(s *session, e *editor, w int) string {
	mark := " "
	if e.f.Need == model.Required {
		mark = "*"
	}
	head := s.metric.Fit(mark+e.f.Words.In(s.lang), w)
	if e == f.current() {
		return bold.Render(head)
	}
	return head
}

func (f *form) buttonRow(s *session, label int) string {
	var b strings.Builder
	b.WriteString(s.metric.Fit("", label) + "  ")
	for i, word := range buttons {
		text := "[" + word.In(s.lang) + "]"
		if f.at == len(f.fields)+i {
			text = reverse.Render(text)
		}
		b.WriteString(text + "  ")
	}
	return b.String()
}

// pane is what stands below the fields.
func (f *form) pane(s *session, w, h int) []string {
	line := faint.Render(s.metric.Rule(w))
	out := []string{line}
	e := f.current()
	switch {
	case f.leaving:
		out = append(out, bold.Render(s.metric.Cut(words.LeaveAsk.In(s.lang), w)))
	case e == nil:
	case e.err != (model.Words{}):
		for _, l := range s.metric.Wrap(e.f.Words.In(s.lang)+words.Colon.In(s.lang)+e.err.In(s.lang), w) {
			if len(out) < h {
				out = append(out, bad.Render(l))
			}
		}
	default:
		out = append(out, f.hint(s, e, w))
	}
	if f.picker != nil && len(out) < h-1 && !f.leaving {
		hits, _ := f.picker.Count()
		if hits > 0 {
			out = append(out, f.picker.View(w-1, h-len(out))...)
		} else if q := e.query(); q != "" {
			say := words.UseText
			if !e.f.OrText {
				say = words.NotThere
			}
			if e.f.OrText || len(e.f.Refs) > 0 {
				out = append(out, s.metric.Cut(model.Sayf(say.ZH, say.EN, q).In(s.lang), w))
			}
		}
	}
	for len(out) < h {
		out = append(out, "")
	}
	return out[:h]
}

// hint is the echo of what was understood, or the field's hint.
func (f *form) hint(s *session, e *editor, w int) string {
	text := e.text()
	if text != "" && !e.picks() && e.f.Type != model.TypeText && e.f.Type != model.TypeNote {
		if v, err := f.ctx.Parse(e.f, text); err == nil && v != nil {
			echo := f.ctx.Text(e.f, v, s.lang)
			if d, ok := v.(model.Date); ok {
				echo = d.Echo(s.lang)
				if d.First().After(f.ctx.Today()) {
					echo += "  (" + words.FutureDate.In(s.lang) + ")"
				}
			}
			return accent.Render(s.metric.Cut("= "+clean(echo), w))
		}
	}
	hint := e.f.Hint.In(s.lang)
	switch {
	case e.several():
		hint = strings.TrimSpace(hint + "  " + words.ChooseMany.In(s.lang))
	case e.picks():
		hint = strings.TrimSpace(hint + "  " + words.Choices.In(s.lang))
	}
	if e.f.Need == model.Either && e.f.Why != (model.Words{}) {
		hint = strings.TrimSpace(hint + "  " + e.f.Why.In(s.lang))
	}
	return faint.Render(s.metric.Cut(hint, w))
}
