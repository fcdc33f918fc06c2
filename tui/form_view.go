package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

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
	label := f.labelWidth(s)
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
			text := clean(strings.ReplaceAll(e.pending(s.lang), "\n", " "))
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
		// The field with the cursor has the whole line: its error is below.
		room := value
		if errText == "" {
			room = w - label - 3
		}
		before := ""
		if e.several() && len(e.chosen) > 0 {
			before = e.shown(s.lang) + model.W("、", ", ").In(s.lang)
			if most := room - 12; s.metric.Width(before) > most {
				before = s.metric.Cut(before, most)
			}
		}
		text, cx := e.in.View(room - s.metric.Width(before))
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

// labelWidth gives the labels the room they need, within reason.
func (f *form) labelWidth(s *session) int {
	w := 0
	for _, e := range f.fields {
		w = max(w, 1+s.metric.Width(e.f.Words.In(s.lang)))
	}
	return max(12, min(w, 22))
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

// pickWidth keeps the ids of a pick list near their names in a wide window.
const pickWidth = 79

// pane is what stands below the fields.
func (f *form) pane(s *session, w, h int) []string {
	place := model.Sayf(words.MoreFields.ZH, words.MoreFields.EN, min(f.at+1, len(f.fields)), len(f.fields)).In(s.lang)
	line := faint.Render(s.metric.Rule(w-s.metric.Width(place)-1) + " " + place)
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
			out = append(out, f.picker.View(min(w-1, pickWidth), h-len(out))...)
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
		hint = strings.TrimSpace(hint + "  " + model.Sayf(words.NeededWhen.ZH, words.NeededWhen.EN, e.f.Why).In(s.lang))
	}
	return faint.Render(s.metric.Cut(hint, w))
}
