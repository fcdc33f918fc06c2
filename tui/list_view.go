package tui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// idCells is the width of an id column: A-2026-0317.
const idCells = 11

func (l *list) view(s *session, w, h int) frame {
	m := s.metric
	fields, widths := fitting(s, l.columns(), w-2)
	var fr frame
	fr.lines = append(fr.lines, l.head(s, w, &fr))
	header := "  " + m.Fit(words.RecordID.In(s.lang), idCells)
	for i, f := range fields {
		header += " " + column(s, f, f.Words.In(s.lang), widths[i])
	}
	fr.lines = append(fr.lines, faint.Render(m.Cut(header, w)))
	if l.ready && len(l.keys) == 0 {
		text := words.Empty
		switch {
		case l.filter.Value() != "":
			text = words.EmptyFilter
		case l.span.kind != allTime:
			text = words.EmptyPeriod
		}
		fr.lines = append(fr.lines, "", "  "+m.Cut(text.In(s.lang), w-2))
		return fr
	}
	from, to := l.table.Window(h - 2)
	for i := from; i < to; i++ {
		r := l.rows[l.keys[i]]
		line := m.Fit(r.id, idCells)
		for j, f := range fields {
			text := ""
			if f.Col > 0 && j < len(r.cells) {
				text = r.cells[j]
			}
			line += " " + column(s, f, text, widths[j])
		}
		mark := "  "
		if i == l.table.Cursor {
			mark = m.Glyphs().Mark + " "
		}
		line = m.Fit(mark+line, w)
		switch {
		case i == l.table.Cursor:
			line = reverse.Render(line)
		case r.void:
			line = faint.Render(line)
		}
		fr.lines = append(fr.lines, line)
	}
	return fr
}

func column(s *session, f *model.Field, text string, w int) string {
	if f.Numeric() {
		return s.metric.FitRight(text, w)
	}
	return s.metric.Fit(text, w)
}

// head is the line above the columns: period, filter, position; or the line in
// which one of them is typed.
func (l *list) head(s *session, w int, fr *frame) string {
	m := s.metric
	count := l.table.Position()
	switch l.mode {
	case filtering:
		label := words.Filter.In(s.lang) + words.Colon.In(s.lang)
		text, x := l.filter.View(min(40, w-m.Width(label)-m.Width(count)-2))
		fr.cursor = &tea.Position{X: m.Width(label) + x, Y: 0}
		return label + underline.Render(text) + " " + count
	case choosingPeriod:
		line, x := ask(s, words.PeriodPrompt, l.bad, &l.prompt, w)
		fr.cursor = &tea.Position{X: x, Y: 0}
		return line
	}
	var parts []string
	if l.reg.DateField != "" {
		parts = append(parts, words.Period.In(s.lang)+words.Colon.In(s.lang)+l.span.text(s.lang))
	}
	if v := l.filter.Value(); v != "" {
		parts = append(parts, words.Filter.In(s.lang)+words.Colon.In(s.lang)+v)
	}
	left := strings.Join(parts, "   ")
	return m.Fit(left, w-m.Width(count)-1) + " " + count
}

// fitting drops columns from the right until the rest fits; what is left over
// goes to the widest text column.
func fitting(s *session, fs []*model.Field, w int) ([]*model.Field, []int) {
	room := w - idCells - 1
	widths := make([]int, 0, len(fs))
	for _, f := range fs {
		// A heading may widen its column a little rather than be cut.
		cells := max(f.Cells, min(s.metric.Width(f.Words.In(s.lang)), f.Cells+4))
		if cells+1 > room {
			break
		}
		room -= cells + 1
		widths = append(widths, cells)
	}
	fs = fs[:len(widths)]
	wide := -1
	for i, f := range fs {
		if f.Type == model.TypeText && (wide < 0 || widths[i] > widths[wide]) {
			wide = i
		}
	}
	if wide >= 0 {
		widths[wide] += room
	}
	return fs, widths
}

// columns are the fields shown, by rank.
func (l *list) columns() []*model.Field {
	var fs []*model.Field
	for _, f := range l.reg.Fields {
		if f.Col > 0 {
			fs = append(fs, f)
		}
	}
	slices.SortStableFunc(fs, func(a, b *model.Field) int { return cmp.Compare(a.Col, b.Col) })
	return fs
}
