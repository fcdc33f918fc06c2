package plain

import (
	"context"
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

// key names the draft as the form of the screens does, so that what was begun
// here can be gone on with there.
func (f *form) key() string {
	if f.stored != nil {
		return f.stored.ID
	}
	return f.reg.Key
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

// field asks one field until its answer is taken.
func (f *form) field(i int) (step, error) {
	fd := f.fields[i]
	if fd.Section != (model.Words{}) {
		f.sayf(wSection, fd.Section)
	}
	need := wOptional
	switch fd.Need {
	case model.Required:
		need = wRequired
	case model.Either:
		need = model.Sayf(wEither.ZH, wEither.EN, fd.Why)
	}
	f.sayf(wField, i+1, len(f.fields), fd.Words, need)
	if fd.Hint != (model.Words{}) {
		f.say(fd.Hint)
	}
	told, err := f.offer(fd)
	if err != nil {
		return leave, err
	}
	for {
		text, err := f.answer(fd)
		if err != nil {
			return leave, err
		}
		cmd, expanded := command(text), false
		switch {
		case cmd == "<<":
			return leave, nil
		case cmd == "<":
			return back, nil
		case cmd == ">>":
			return finish, nil
		case cmd == "?":
			f.help(fd)
			if told, err = f.offer(fd); err != nil {
				return leave, err
			}
			continue
		case strings.HasPrefix(cmd, "?") && hasChoices(fd):
			list, err := f.choices(f.c, fd)
			if err != nil {
				return leave, err
			}
			told = f.suggest(list, cmd[1:])
			continue
		case cmd == "", cmd == "." && fd.Type != model.TypeDate: // there it is today
			cmd, text = "", f.text(fd)
		case cmd == "-":
			text = ""
		case hasChoices(fd):
			text = f.chosenText(fd, told, text)
		case fd.TakesPhrases():
			full, ok, err := f.expand(fd, text)
			if err != nil {
				return leave, err
			}
			if !ok {
				continue
			}
			expanded, text = full != text, full
		}
		if f.take(fd, text, cmd != "") {
			if expanded { // what was typed is not what is there
				f.sayf(wTaken, f.shown(fd))
			}
			f.keep(i + 1)
			return next, nil
		}
		if len(fd.Refs) > 0 && cmd != "" && cmd != "-" { // perhaps it was half a name
			list, err := f.choices(f.c, fd)
			if err != nil {
				return leave, err
			}
			if hits := like(list, cmd); len(hits) > 0 {
				told = f.suggest(list, cmd)
			}
		}
	}
}

// answer reads what is typed for a field: one line, and more where the field
// takes several.
func (f *form) answer(fd *model.Field) (string, error) {
	question := model.Sayf(wEmpty.ZH, wEmpty.EN, fd.Words)
	if now := f.shown(fd); now != "" {
		question = model.Sayf(wNowShort.ZH, wNowShort.EN, fd.Words, now)
	}
	text, err := f.ask(question)
	if err != nil {
		return "", err
	}
	switch cmd := command(text); {
	case fd.Type == model.TypeNote:
		for strings.HasSuffix(text, `\`) {
			more, err := f.ask(model.Sayf(wEmpty.ZH, wEmpty.EN, fd.Words))
			if err != nil {
				return "", err
			}
			text = strings.TrimSuffix(text, `\`) + "\n" + more
		}
	case fd.Type == model.TypeList && !fd.One && cmd != "" && cmd != "." && cmd != "-" && cmd != "?" && cmd != ">>" && !strings.HasPrefix(cmd, "<"):
		for n := 2; ; n++ {
			more, err := f.ask(model.Sayf(wRow.ZH, wRow.EN, n))
			if err != nil {
				return "", err
			}
			if more == "" {
				break
			}
			text += "\n" + more
		}
	}
	return text, nil
}

// chosenText is an answer with numbers resolved, and after + with what stands
// in the field before it.
func (f *form) chosenText(fd *model.Field, told []choice, text string) string {
	if rest, more := strings.CutPrefix(strings.ReplaceAll(text, "＋", "+"), "+"); more && several(fd) {
		rest = numbered(fd, told, strings.TrimSpace(rest))
		if now := f.text(fd); now != "" {
			return now + "、" + rest
		}
		return rest
	}
	return numbered(fd, told, text)
}

// take reads an answer into the record, or says why not. answered tells that
// something was typed, so that what was understood is said back.
func (f *form) take(fd *model.Field, text string, answered bool) bool {
	v, err := f.c.Parse(fd, text)
	if err != nil {
		f.sayf(wWrong, model.AsWords(err))
		return false
	}
	before := f.rec.Values[fd.Key]
	f.rec.Set(fd.Key, v)
	if model.Blank(v) && f.needed(fd) {
		f.rec.Set(fd.Key, before)
		f.sayf(wMust, fd.Words)
		return false
	}
	f.texts[fd.Key] = text
	if said := f.shown(fd); answered && said != "" && said != text {
		f.sayf(wTaken, said)
	}
	return true
}

// needed reports whether a field left blank would be refused: it must be filled
// now, and the program does not fill it itself.
func (f *form) needed(fd *model.Field) bool {
	r := f.rec.Clone()
	if f.reg.Fill != nil {
		f.reg.Fill(r, f.c)
	}
	return model.Blank(r.Values[fd.Key]) && (fd.Need == model.Required || fd.Need == model.Either && fd.When(r))
}

// offer tells the choices of a field if they are few.
func (f *form) offer(fd *model.Field) ([]choice, error) {
	if !hasChoices(fd) {
		return nil, nil
	}
	list, err := f.choices(f.c, fd)
	switch {
	case err != nil:
		return nil, err
	case len(list) > few:
		f.sayf(wMany, len(list))
		return nil, nil
	case len(list) > 0:
		f.sayf(wChoices, f.told(list))
	}
	return list, nil
}

// suggest tells the choices that are like a query, which can then be chosen by
// their numbers.
func (f *form) suggest(list []choice, query string) []choice {
	hits := like(list, strings.TrimSpace(query))
	hits = hits[:min(len(hits), mostLike)]
	if len(hits) == 0 {
		f.say(wNoLike)
		return nil
	}
	f.sayf(wLike, f.told(hits))
	return hits
}

// help says what a field is and how it is written.
func (f *form) help(fd *model.Field) {
	if fd.Hint != (model.Words{}) {
		f.say(fd.Hint)
	}
	switch {
	case fd.Type == model.TypeDate:
		f.say(dateHelp)
	case fd.Type == model.TypeNote:
		f.say(wNoteHelp)
	case fd.Type == model.TypeList:
		var zh, en []string
		for _, sub := range fd.Sub {
			zh, en = append(zh, sub.Words.ZH), append(en, sub.Words.EN)
		}
		f.sayf(wRowsHelp, model.W(strings.Join(zh, "、"), strings.Join(en, ", ")))
	case hasChoices(fd):
		f.say(wNumbers)
	}
	if fd.TakesPhrases() {
		f.say(wPhraseHelp)
	}
	if several(fd) {
		f.say(wSeveral)
	}
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
