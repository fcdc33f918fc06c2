package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

func (t *reportText) view(s *session, w, h int) frame {
	if t.doc == nil {
		return frame{lines: []string{words.Reading.In(s.lang)}}
	}
	t.layout(s, w)
	fr := frame{lines: []string{faint.Render(s.metric.Cut(t.head(s), w))}}
	foot := t.footLines(s, w)
	room := max(1, h-1-len(foot))
	if t.aside {
		fr.lines = append(fr.lines, t.viewAside(s, w, room)...)
	} else {
		from, to := t.table.Window(room)
		for i := from; i < to; i++ {
			fr.lines = append(fr.lines, t.textLine(s, i, w))
		}
	}
	for len(fr.lines) < h-len(foot) {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines, foot...)
	switch {
	case t.pick != nil:
		if len(t.report) > 0 {
			reportOver(s, &fr, t.report, w, h)
		}
		t.pick.over(s, &fr, w, h)
	case t.asked != nil:
		line, x := ask(s, t.asked.question, model.Words{}, &t.asked.in, w)
		fr.lines[h-1], fr.cursor = line, &tea.Position{X: x, Y: h - 1}
	case len(t.report) > 0:
		reportOver(s, &fr, t.report, w, h)
	}
	return fr
}

// head says which report it is and how far it is.
func (t *reportText) head(s *session) string {
	period := t.job.Period.Text(s.lang)
	if t.job.Period == allOfTime {
		period = words.AllTime.In(s.lang)
	}
	state := words.ReportUnsaved.In(s.lang)
	if t.record != nil {
		state = t.record.ID + " " + s.declared().Vocab("RPSTATE").Text(model.ReportState.Of(t.record), s.lang)
	}
	line := model.Sayf(words.ReportHead.ZH, words.ReportHead.EN, state, period, t.job.Audience.Words()).In(s.lang)
	for _, part := range []struct {
		n int
		w model.Words
	}{{len(t.deltas), words.ReportDeltas}, {len(t.doc.Gaps), words.ReportGaps}, {len(t.doc.Doubts) + len(t.stale), words.ReportWarnings}, {len(t.doc.Figures), words.ReportFigures}} {
		if part.n > 0 {
			line += " · " + model.Sayf(part.w.ZH, part.w.EN, part.n).In(s.lang)
		}
	}
	return line
}

// textLine draws a line: figures underlined and with their number, the current one
// in reverse, its number as <7> for [7]; gaps and headings bold.
func (t *reportText) textLine(s *session, i, w int) string {
	mark := "  "
	if i == t.table.Cursor {
		mark = s.metric.Glyphs().Mark + " "
	}
	var b strings.Builder
	width := s.metric.Width(mark)
	b.WriteString(mark)
	if l := t.lines[i]; l.cells > 0 {
		return mark + t.side.show(s.metric, l.parts[0].text, l.cells, max(0, w-width))
	}
	for _, p := range t.lines[i].parts {
		text := s.metric.Cut(p.text, max(0, w-width))
		width += s.metric.Width(text)
		switch {
		case p.figure >= 0 && p.figure == t.figure:
			no := strconv.Itoa(t.doc.Figures[p.figure].No)
			text = reverse.Render(strings.Replace(text, "["+no+"]", "<"+no+">", 1))
		case p.figure >= 0:
			text = underline.Render(text)
		case p.strong:
			text = bold.Render(text)
		}
		b.WriteString(text)
	}
	return b.String()
}

// footLines say what the figure of the cursor is, exactly and of what, and what
// there is to know about the paragraph.
func (t *reportText) footLines(s *session, w int) []string {
	m := s.metric
	text := ""
	switch f, b := t.current(), t.block(); {
	case t.aside:
		if t.at.Cursor < len(t.items) {
			text = t.items[t.at.Cursor].text
		}
	case f != nil:
		parts := []string{model.Sayf(words.ReportFigure.ZH, words.ReportFigure.EN, f.No, len(t.doc.Figures), clean(f.Text)).In(s.lang), clean(f.Query.In(s.lang))}
		if f.Measure != "" && f.Value != f.Text {
			parts = append(parts, model.Sayf(words.ReportExact.ZH, words.ReportExact.EN, clean(f.Value)).In(s.lang))
		}
		if len(f.IDs) > 0 {
			parts = append(parts, model.Sayf(words.ReportRecords.ZH, words.ReportRecords.EN, len(f.IDs)).In(s.lang))
		}
		text = strings.Join(parts, " · ")
	case t.table.Cursor < len(t.lines) && t.lines[t.table.Cursor].gap:
		text = words.ReportGapHere.In(s.lang)
	case b != nil && b.Table != nil && t.side.wide():
		text = words.ReportWide.In(s.lang)
	case b != nil && b.Edited:
		text = words.ReportEdited.In(s.lang)
	}
	lines := m.Wrap(strings.ReplaceAll(text, "\n", " "), w)
	if len(lines) > 2 {
		lines = append(lines[:1:1], m.Cut(strings.Join(lines[1:], ""), w))
	}
	for len(lines) < 2 { // always two, so that the text does not jump
		lines = append(lines, "")
	}
	for i := range lines {
		lines[i] = accent.Render(lines[i])
	}
	return append([]string{faint.Render(m.Rule(w))}, lines...)
}

// viewAside lists what there is to look at.
func (t *reportText) viewAside(s *session, w, room int) (out []string) {
	m := s.metric
	if len(t.items) == 0 {
		return []string{words.AsideNone.In(s.lang)}
	}
	out = append(out, bold.Render(m.Cut(words.AsideTitle.In(s.lang), w)))
	kinds := 0
	for _, it := range t.items {
		kinds = max(kinds, m.Width(it.kind.In(s.lang)))
	}
	from, to := t.at.Window(max(1, room-1))
	for i := from; i < to; i++ {
		it := t.items[i]
		line := m.Fit(it.kind.In(s.lang), kinds) + "  " + it.text
		if i == t.at.Cursor {
			line = reverse.Render(m.Fit(m.Glyphs().Mark+" "+line, w))
		} else {
			line = m.Cut("  "+line, w)
			if it.bad {
				line = bold.Render(line)
			}
		}
		out = append(out, line)
	}
	return out
}

// openItem goes to the paragraph of an item, opens the records that came or went,
// or brings a paragraph back.
func (t *reportText) openItem(s *session) tea.Cmd {
	if t.at.Cursor >= len(t.items) {
		return nil
	}
	it := t.items[t.at.Cursor]
	switch {
	case it.gone != "":
		return t.unedit(s, it.gone)
	case it.delta != nil && len(it.delta.Added)+len(it.delta.Gone) > 0:
		d := it.delta
		ids := append(append([]string{}, d.Added...), d.Gone...)
		return t.openRecords(s, d.Register, ids, model.Sayf(words.DeltaRecords.ZH, words.DeltaRecords.EN, d.Query))
	}
	for i, l := range t.lines {
		if l.block >= 0 && it.block != "" && t.doc.Blocks[l.block].ID == it.block {
			t.aside, t.figure = false, -1
			t.table.Go(i)
			for l := i; l < len(t.lines) && t.lines[l].block == t.lines[i].block; l++ {
				if t.lines[l].gap {
					t.table.Go(l)
				}
			}
			return nil
		}
	}
	return nil
}
