package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// editor is one field of a form: the text as typed, what it was at first, and
// what is wrong with it. The text is never changed behind the clerk's back
// except to its normal form when she leaves the field.
type editor struct {
	f       *model.Field
	in      part.Input
	note    *part.Note
	rows    *rowTable    // of a list
	list    *model.Field // the list whose cell this is
	chosen  []string     // values already taken, in fields that hold several
	initial string
	plain   string // what it began with by its declaration
	offered string // what it holds of an earlier record, untouched; see form.offer
	err     model.Words

	fresh bool // nothing typed since the cursor came: typing replaces
	moved bool // the pick list was moved in, so Enter means its row
}

// typedLimit bounds what a field takes while typing. It is far above every
// field's own limit: too long a text is refused with its name on leaving, and
// kept to be shortened.
const typedLimit = 8000

func newEditor(s *session, f *model.Field) *editor {
	e := &editor{f: f, in: part.Input{Metric: s.metric}}
	e.in.Limit, e.in.Clean = typedLimit, model.Clean
	if f.Type == model.TypeNote {
		e.note = part.NewNote(s.metric)
		e.note.Limit, e.note.Clean = typedLimit, model.Clean
	}
	if f.Type == model.TypeList {
		e.rows = newRowTable(s, f)
	}
	return e
}

// several reports whether the field takes a number of values one by one.
func (e *editor) several() bool { return e.f.Type == model.TypePicks || e.f.Type == model.TypeRefs }

// picks reports whether a pick list stands below while the field has the cursor.
func (e *editor) picks() bool {
	switch e.f.Type {
	case model.TypePick, model.TypePicks, model.TypeRef, model.TypeRefs, model.TypeBool, model.TypeOccasion:
		return true
	}
	return e.suggests()
}

// suggests reports a field of free text with a vocabulary of usual words: they
// are offered, and taken only when the clerk goes to one.
func (e *editor) suggests() bool { return e.f.Type == model.TypeText && e.f.Vocab != "" }

// replaces reports whether the first key typed takes the place of what stands
// there: right for short values, wrong for prose.
func (e *editor) replaces() bool {
	switch e.f.Type {
	case model.TypeText, model.TypeNote, model.TypeList, model.TypePicks, model.TypeRefs:
		return false
	}
	return true
}

// text is the whole value as Parse reads it.
func (e *editor) text() string {
	switch {
	case e.note != nil:
		return e.note.Value()
	case e.rows != nil:
		return e.rows.text()
	case e.several():
		parts := e.chosen
		if q := strings.TrimSpace(e.in.Value()); q != "" {
			parts = append(parts[:len(parts):len(parts)], q)
		}
		return strings.Join(parts, valueMark)
	}
	return e.in.Value()
}

// valueMark stands between several values in drafts and in what Parse is given.
// No vocabulary's term and no English one holds it, as it may hold a comma.
const valueMark = "、"

// setValue shows a stored value for correction.
func (e *editor) setValue(c *model.Context, v any, l model.Lang) {
	var parts []string
	switch x := v.(type) {
	case []string:
		for _, s := range x {
			parts = append(parts, c.Input(e.f, []string{s}, l))
		}
	case []model.Ref:
		for _, r := range x {
			parts = append(parts, c.Input(e.f, []model.Ref{r}, l))
		}
	default:
		e.setText(c.Input(e.f, v, l))
		return
	}
	e.setText(strings.Join(parts, valueMark))
}

func (e *editor) setText(text string) {
	switch {
	case e.note != nil:
		e.note.SetValue(text)
	case e.rows != nil:
		e.rows.set(text)
	case e.several():
		e.chosen = nil
		for _, p := range strings.Split(text, valueMark) {
			if p = strings.TrimSpace(p); p != "" {
				e.chosen = append(e.chosen, p)
			}
		}
		e.in.SetValue("")
	default:
		e.in.SetValue(text)
	}
}

func (e *editor) changed() bool { return e.text() != e.initial }

// query is what the pick list is narrowed by: nothing until something is typed.
func (e *editor) query() string {
	if e.fresh && !e.several() {
		return ""
	}
	return strings.TrimSpace(e.in.Value())
}

func (e *editor) enter() { e.fresh, e.moved = true, false }

// type applies a key or a paste and tells whether the text changed and how much
// was left out.
func (e *editor) edit(msg tea.Msg) (changed bool, notice model.Words) {
	if e.note != nil {
		changed = e.note.Update(msg)
		return changed, notices(e.note.Dropped, e.note.Full)
	}
	if e.rows != nil {
		return e.rows.edit(msg)
	}
	key, isKey := msg.(tea.KeyPressMsg)
	if isKey && e.several() && key.String() == "backspace" && e.in.Value() == "" && len(e.chosen) > 0 {
		e.chosen = e.chosen[:len(e.chosen)-1]
		return true, model.Words{}
	}
	if isKey && e.several() && key.String() == "ctrl+u" && e.in.AtStart() && len(e.chosen) > 0 { // all to the left of the cursor
		e.chosen = nil
		return true, model.Words{}
	}
	if paste, ok := msg.(tea.PasteMsg); ok && e.several() { // a column of names
		paste.Content = strings.NewReplacer("\r\n", valueMark, "\n", valueMark, "\r", valueMark, "\t", valueMark).Replace(strings.TrimSpace(paste.Content))
		msg = paste
	}
	if _, paste := msg.(tea.PasteMsg); e.fresh && e.replaces() && e.in.Value() != "" && (paste || isKey && key.Text != "") {
		old := e.in.Value()
		e.in.SetValue("")
		changed = e.in.Update(msg)
		if !changed {
			e.in.SetValue(old)
		}
	} else {
		changed = e.in.Update(msg)
	}
	if changed || isKey && (key.String() == "left" || key.String() == "right" || key.String() == "home" || key.String() == "end") {
		e.fresh = false
	}
	if changed {
		e.moved = false
	}
	return changed, notices(e.in.Dropped, e.in.Full)
}

func notices(dropped int, full bool) model.Words {
	switch {
	case full:
		return model.Sayf(words.Full.ZH, words.Full.EN, typedLimit)
	case dropped > 0:
		return model.Sayf(words.Removed.ZH, words.Removed.EN, dropped)
	}
	return model.Words{}
}

// take puts an option of the pick list into the field.
func (e *editor) take(text string) {
	if !e.several() {
		e.in.SetValue(text)
		e.fresh, e.moved = true, false
		return
	}
	if i := slices.Index(e.chosen, text); i >= 0 {
		if e.query() == "" { // gone to in the list and chosen again: released
			e.chosen = append(e.chosen[:i:i], e.chosen[i+1:]...)
		}
		e.in.SetValue("") // typed again: it is wanted, and it is there
		return
	}
	e.chosen = append(e.chosen, text)
	e.in.SetValue("")
}

// check parses the field on leaving it: a good value takes its normal form, a
// bad one is marked and kept.
func (e *editor) check(c *model.Context, l model.Lang) {
	e.err = model.Words{}
	if e.rows != nil {
		if e.err = e.rows.check(c); e.err != (model.Words{}) {
			return
		}
	}
	text := e.text()
	v, err := c.Parse(e.f, text)
	if err != nil {
		e.err = model.AsWords(err)
		return
	}
	if e.note == nil && e.rows == nil && v != nil {
		e.setValue(c, v, l)
	}
}

// shown is the value as the screen shows it while the cursor is elsewhere, or
// before the line in which one more is typed.
func (e *editor) shown(l model.Lang) string {
	if e.rows != nil {
		return e.rows.plain()
	}
	if !e.several() {
		return e.text()
	}
	return strings.Join(e.chosen, model.W("、", ", ").In(l))
}

// pending is shown with what was typed and is no value yet.
func (e *editor) pending(l model.Lang) string {
	q := strings.TrimSpace(e.in.Value())
	switch shown := e.shown(l); {
	case !e.several() || q == "":
		return shown
	case shown == "":
		return q
	default:
		return shown + model.W("、", ", ").In(l) + q
	}
}

// line draws the field's one line in width cells, what was taken already before
// what is being typed, and the column of the cursor.
func (e *editor) line(l model.Lang, width int) (text string, cursor int) {
	m, before := e.in.Metric, ""
	if e.several() && len(e.chosen) > 0 {
		before = clean(e.shown(l)) + model.W("、", ", ").In(l)
		if most := max(width-12, width/3); m.Width(before) > most {
			before = m.Cut(before, most)
		}
	}
	used := m.Width(before)
	text, at := e.in.View(width - used)
	return before + underline.Render(text), used + at
}
