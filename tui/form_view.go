package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// formShape is how a form shares its window.
type formShape struct {
	rows, pane   int // lines of the fields, and of what stands below them
	label, value int // cells
}

func (f *form) shape(s *session, w, h int) formShape {
	sh := formShape{pane: 7, label: f.labelWidth(s)}
	switch {
	case h < 20:
		sh.pane = 4
	case h >= 34:
		sh.pane = 10
	}
	sh.rows = h - sh.pane
	sh.value = min(44, (w-sh.label-4)*3/5)
	if w > 110 {
		sh.value = 60
	}
	return sh
}

// view draws the fields, and below them the hint, echo and pick list of the
// field with the cursor.
func (f *form) view(s *session, w, h int) frame {
	if !f.ready {
		return frame{}
	}
	sh := f.shape(s, w, h)
	var fr frame
	block := 1 // lines of the field with the cursor
	if e := f.current(); e != nil && e.list == nil {
		block = f.noteRows(e, sh, w)
	} else if t := f.rows(); t != nil {
		block = min(2+len(t.cells), sh.rows-1)
	}
	for _, r := range f.inSight(sh.rows - block + 1) {
		switch {
		case r.head != (model.Words{}):
			fr.lines = append(fr.lines, sectionRule(s.metric, r.head.In(s.lang), w))
		case r.auto != nil:
			fr.lines = append(fr.lines, f.autoRow(s, r, sh, w))
		case r.field == len(f.fields):
			fr.lines = append(fr.lines, f.buttonRow(s, sh.label))
		case r.field == f.at:
			lines, cursor := f.currentRows(s, sh, w, block)
			cursor.Y += len(fr.lines)
			fr.cursor = &cursor
			fr.lines = append(fr.lines, lines...)
		default:
			fr.lines = append(fr.lines, f.fieldRow(s, f.fields[r.field], sh, w))
		}
	}
	for len(fr.lines) < sh.rows {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines[:sh.rows], f.pane(s, w, sh.pane)...)
	switch {
	case f.leaving:
		fr.cursor = nil
	case f.why != nil:
		line, x := ask(s, words.ChangeWhy, model.Words{}, f.why, w)
		for len(fr.lines) < h {
			fr.lines = append(fr.lines, "")
		}
		fr.lines[h-1], fr.cursor = line, &tea.Position{X: x, Y: h - 1}
	}
	return fr
}

// inSight are the rows that show in n lines, the one with the cursor among them
// and, where there is room, the head of its section.
func (f *form) inSight(n int) []formRow {
	rows := f.lay()
	at := len(rows) - 1
	for i, r := range rows {
		if r.field == f.at {
			at = i
		}
	}
	f.table.SetRows(len(rows))
	f.table.Go(at)
	from, to := f.table.Window(max(n, 1))
	if from == at && at > 0 && rows[at-1].head != (model.Words{}) && to-from > 1 {
		from, to = from-1, to-1
		f.table.Offset = from
	}
	return rows[from:to]
}

// noteRows is how many lines a field of several lines takes while it has the
// cursor: as many as its text, from three to most of the window.
func (f *form) noteRows(e *editor, sh formShape, w int) int {
	if e.note == nil {
		return 1
	}
	return max(1, min(max(3, e.note.Lines(w-sh.label-3)+1), sh.rows-2))
}

// autoRow is a value that the program fills in, as the record stands.
func (f *form) autoRow(s *session, r formRow, sh formShape, w int) string {
	text := r.text + words.ByProgram.In(s.lang)
	return faint.Render(s.metric.Fit(" "+r.auto.Words.In(s.lang), sh.label) + "  " + s.metric.Cut(text, w-sh.label-2))
}

// fieldRow is a field without the cursor: its value, or what a save would fill
// in, and what is wrong with it.
func (f *form) fieldRow(s *session, e *editor, sh formShape, w int) string {
	head := f.label(s, e, sh.label) + "  "
	text := clean(strings.ReplaceAll(e.pending(s.lang), "\n", " "))
	if sum := f.sumOf(s, e); e.rows != nil && sum != "" {
		if both := text + "  = " + sum; s.metric.Width(both) <= w-sh.label-3 {
			text = both
		} else { // the rows can be looked at, what they come to must be seen
			text = "= " + sum + "  " + text
		}
	}
	if wrong := f.against(e); wrong != (model.Words{}) {
		value, fault := besides(s, text, "! "+wrong.In(s.lang), sh, w)
		return head + s.metric.Fit(text, value) + " " + bad.Render(fault)
	}
	if text == "" {
		if will := f.willBe(e); will != "" {
			return head + faint.Render(s.metric.Cut(strings.ReplaceAll(will, "\n", " ")+words.ByProgram.In(s.lang), w-sh.label-3))
		}
	}
	return head + s.metric.Cut(text, w-sh.label-3)
}

// besides shares a line between a value and what is wrong with it: the sentence
// gets the room it needs as far as the value can spare it.
func besides(s *session, text, fault string, sh formShape, w int) (value int, cut string) {
	m := s.metric
	room := w - sh.label - 4
	value = max(min(m.Width(text), sh.value), min(room-m.Width(fault), sh.value), 1)
	return value, m.Cut(fault, room-value)
}

// currentRows draws the field with the cursor in n lines, and where the cursor is.
func (f *form) currentRows(s *session, sh formShape, w, n int) (lines []string, cursor tea.Position) {
	e := f.fields[f.at]
	head := f.label(s, e, sh.label)
	left := sh.label + 2
	switch {
	case e.rows != nil:
		title := faint.Render(s.metric.Cut(e.f.Hint.In(s.lang), w-left-1))
		if wrong := e.rows.wrong(); wrong != (model.Words{}) {
			title = bad.Render(s.metric.Cut("! "+wrong.In(s.lang), w-left-1))
		} else if sum := f.sumOf(s, e); sum != "" {
			title = accent.Render(s.metric.Cut("= "+sum, w-left-1))
		}
		lines, cursor = e.rows.view(w-2, n-1)
		for i, l := range lines {
			if lines[i] = " " + l; i == 0 {
				lines[i] = faint.Render(lines[i])
			}
		}
		cursor.X++
		cursor.Y++
		return append([]string{head + "  " + title}, lines...), cursor
	case e.note != nil:
		text, x, y := e.note.View(w-sh.label-3, n)
		for j, l := range text {
			if j > 0 {
				head = s.metric.Fit("", sh.label)
			}
			lines = append(lines, head+"  "+l)
		}
		return lines, tea.Position{X: left + x, Y: y}
	}
	room, errText := w-sh.label-3, ""
	if e.err != (model.Words{}) {
		var fault string
		room, fault = besides(s, e.pending(s.lang)+"  ", "! "+e.err.In(s.lang), sh, w)
		errText = " " + bad.Render(fault)
	}
	text, x := e.line(s.lang, room)
	return []string{head + "  " + text + errText}, tea.Position{X: left + x}
}

// sumOf is what the rows of a list come to.
func (f *form) sumOf(s *session, e *editor) string {
	rows, _ := f.live.values[e.f.Key].([]model.Row)
	return clean(f.ctx.SumText(e.f, rows, s.lang))
}

// labelWidth gives the labels the room they need, within reason.
func (f *form) labelWidth(s *session) int {
	w := 0
	for _, e := range f.fields {
		w = max(w, 1+s.metric.Width(e.f.Words.In(s.lang)))
	}
	return max(12, min(w, 22))
}

// current is the editor with the cursor: of the field or, in a list, of the
// cell. It is nil on the buttons.
func (f *form) current() *editor {
	if t := f.rows(); t != nil {
		return t.cur()
	}
	if f.at < len(f.fields) {
		return f.fields[f.at]
	}
	return nil
}

// rows is the table with the cursor, nil elsewhere.
func (f *form) rows() *rowTable {
	if f.at < len(f.fields) {
		return f.fields[f.at].rows
	}
	return nil
}

func (f *form) label(s *session, e *editor, w int) string {
	mark := " "
	if e.f.Need == model.Required || f.needed(e) {
		mark = "*"
	}
	head := s.metric.Fit(mark+e.f.Words.In(s.lang), w)
	if f.at < len(f.fields) && e == f.fields[f.at] {
		return bold.Render(head)
	}
	return head
}

// needed reports whether the field must be filled as the record stands.
func (f *form) needed(e *editor) bool {
	return e.f.Need == model.Either && e.f.When != nil && f.live.record != nil && e.f.When(f.live.record)
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

// pickWidth keeps the ids of a pick list near their names in a wide window.
const pickWidth = 79
