package tui

import (
	"strings"

	"taizhang/model"
	"taizhang/tui/words"
)

// pane is what stands below the fields: where the cursor is, what is wrong with
// its field or what the field wants, and the pick list.
func (f *form) pane(s *session, w, h int) []string {
	place := model.Sayf(words.MoreFields.ZH, words.MoreFields.EN, min(f.at+1, len(f.fields)), len(f.fields)).In(s.lang)
	if in := f.section(f.at); in != (model.Words{}) {
		place = in.In(s.lang) + "  " + place
	}
	out := []string{faint.Render(s.metric.Rule(w-s.metric.Width(place)-1) + " " + place)}
	e := f.current()
	switch {
	case f.leaving && f.undrafted:
		for _, l := range s.metric.Wrap(words.LeaveLost.In(s.lang), w) {
			out = append(out, bad.Render(l))
		}
	case f.leaving:
		for _, l := range s.metric.Wrap(words.LeaveAsk.In(s.lang), w) {
			out = append(out, bold.Render(l))
		}
	case e == nil:
	default:
		name, wrong := f.named(s, e), e.err
		if whole := f.fields[f.at]; wrong == (model.Words{}) && whole.err != (model.Words{}) { // of the list
			name, wrong = whole.f.Words.In(s.lang), whole.err
		}
		if wrong != (model.Words{}) {
			for _, l := range s.metric.Wrap(name+words.Colon.In(s.lang)+wrong.In(s.lang), w) {
				if len(out) < h {
					out = append(out, bad.Render(l))
				}
			}
		} else {
			hint := f.hint(s, e, w)
			out = append(out, hint[:min(len(hint), h-1)]...)
		}
		if known := f.completing(); known != nil && len(out) < h-1 {
			out = append(out, known.View(min(w-1, pickWidth), h-len(out))...)
		} else if f.picker == nil && len(out) < h {
			out = append(out, f.more(s, e, w, h-len(out))...)
		}
	}
	if f.picker != nil && len(out) < h-1 && !f.leaving {
		out = append(out, f.picks(s, e, w, h-len(out))...)
	}
	for len(out) < h {
		out = append(out, "")
	}
	return out[:h]
}

// picks is the pick list, or what is said where nothing in it fits.
func (f *form) picks(s *session, e *editor, w, h int) []string {
	if hits, _ := f.picker.Count(); hits > 0 {
		return f.picker.View(min(w-1, pickWidth), h)
	}
	q := e.query()
	say := words.UseText
	if !e.f.OrText {
		say = words.NotThere
	}
	if q != "" && e.f.Vocab != "" && len(e.f.Refs) == 0 && f.opts.schema.Vocab(e.f.Vocab).Own {
		return []string{s.metric.Cut(model.Sayf(words.TermNew.ZH, words.TermNew.EN, q).In(s.lang), w)}
	}
	if q != "" && (e.f.OrText || len(e.f.Refs) > 0) {
		return []string{s.metric.Cut(model.Sayf(say.ZH, say.EN, q).In(s.lang), w)}
	}
	return nil
}

// named is the field with the cursor by its label, a cell with its row before.
func (f *form) named(s *session, e *editor) string {
	if t := f.rows(); t != nil && !t.f.One {
		return model.Sayf(words.AtRow.ZH, words.AtRow.EN, t.row+1, e.f.Words).In(s.lang)
	}
	return e.f.Words.In(s.lang)
}

// hint is the echo of what was understood, or the field's hint.
func (f *form) hint(s *session, e *editor, w int) []string {
	if echo := f.echo(s, e); echo != "" {
		if echo = "= " + echo; e.list != nil {
			echo = f.named(s, e) + "  " + echo
		}
		return []string{accent.Render(s.metric.Cut(echo, w))}
	}
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if e.list != nil {
		add(f.named(s, e))
	}
	switch {
	case e.f.Need == model.Required:
		add(words.Must.In(s.lang))
	case f.needed(e):
		add(model.Sayf(words.MustNow.ZH, words.MustNow.EN, e.f.Why).In(s.lang))
	}
	privacy := e.f.Privacy()
	if e.list != nil { // a cell is as private as its list
		privacy = e.list.Privacy()
	}
	add(privacy.In(s.lang))
	switch will, hint := f.willBe(e), e.f.Hint.In(s.lang); {
	case f.completing() != nil:
		add(f.completionHint().In(s.lang))
	case will != "":
		add(model.Sayf(words.FillsIn.ZH, words.FillsIn.EN, model.Shorten(will)).In(s.lang))
	case hint != "":
		add(hint)
	case e.list != nil && !e.picks():
		add(e.f.How().In(s.lang))
	}
	switch {
	case e.several():
		add(words.ChooseMany.In(s.lang))
	case e.picks():
		add(words.Choices.In(s.lang))
	}
	if e.f.Need == model.Either && e.f.Why != (model.Words{}) && !f.needed(e) {
		add(model.Sayf(words.NeededWhen.ZH, words.NeededWhen.EN, e.f.Why).In(s.lang))
	}
	text := strings.Join(parts, "  ")
	if f.picker != nil {
		return []string{faint.Render(s.metric.Cut(text, w))}
	}
	lines := s.metric.Wrap(text, w)
	for i, line := range lines {
		lines[i] = faint.Render(line)
	}
	return lines
}

// echo is what was understood of what is typed, where that is not plain.
func (f *form) echo(s *session, e *editor) string {
	text := e.text()
	if text == "" {
		return ""
	}
	if t := f.rows(); t != nil {
		if rows := t.spread(f.ctx); rows != nil {
			return clean(strings.Join(oneLine(rows, " "), model.W("；", "; ").In(s.lang)))
		}
	}
	if e.picks() || e.f.Type == model.TypeText || e.f.Type == model.TypeNote {
		return ""
	}
	v, err := f.ctx.Parse(e.f, text)
	if err != nil || v == nil {
		return ""
	}
	echo := f.ctx.Text(e.f, v, s.lang)
	if d, ok := v.(model.Date); ok {
		echo = d.Echo(s.lang)
		if d.First().After(f.ctx.Today()) {
			echo += "  (" + words.FutureDate.In(s.lang) + ")"
		}
	}
	return clean(echo)
}

func oneLine(rows [][]string, mark string) []string {
	out := make([]string, len(rows))
	for i, cells := range rows {
		out[i] = strings.Join(cells, mark)
	}
	return out
}

// more is what else is worth saying of a field without a pick list, in at most h
// lines: what the register's rules have against it, how it is written.
func (f *form) more(s *session, e *editor, w, h int) []string {
	var out []string
	say := func(text string, style func(...string) string) {
		for _, l := range s.metric.Wrap(text, w) {
			if len(out) < h {
				out = append(out, style(l))
			}
		}
	}
	if wrong := f.live.errs[e.f.Key]; e.list == nil && wrong != (model.Words{}) && e.err == (model.Words{}) {
		say("! "+wrong.In(s.lang), bad.Render)
	}
	if t := f.rows(); t != nil && !t.f.One && t.atBlankEnd() {
		say(words.RowLeaves.In(s.lang), faint.Render)
	}
	return out
}
