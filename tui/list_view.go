package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// idCells is the width of a column of ids of these registers: A-2026-0317, and
// XA-2026-0317 where an office has one of its own. An id is never cut.
func idCells(regs ...*model.Register) int {
	letters := 1
	for _, r := range regs {
		letters = max(letters, len(r.Letter))
	}
	return letters + len("-2026-0317")
}

// markCells is the width of what stands before a row: the cursor and the mark.
const markCells = 3

func (l *list) view(s *session, w, h int) frame {
	m := s.metric
	all := l.columns(s)
	must := len(all)
	if s.chosenColumns(l.reg) == nil {
		must = len(declaredColumns(l.reg))
	}
	fields, widths := fitting(s, all, must, idCells(l.reg), w-markCells)
	var fr frame
	fr.lines = append(fr.lines, l.head(s, w, &fr))
	header := m.Fit("", markCells) + m.Fit(words.RecordID.In(s.lang), idCells(l.reg))
	for i, f := range fields {
		header += " " + column(s, f, f.Words.In(s.lang), widths[i])
	}
	fr.lines = append(fr.lines, faint.Render(m.Cut(header, w)))
	if l.ready && len(l.keys) == 0 {
		text := words.Empty
		switch {
		case l.had.text != "":
			text = words.EmptyFilter
		case l.had.span.kind != allTime:
			text = words.EmptyPeriod
		case l.reg.Empty.ZH != "":
			text = l.reg.Empty
		}
		fr.lines = append(fr.lines, "")
		for _, line := range m.Wrap(text.In(s.lang), w-2) {
			fr.lines = append(fr.lines, "  "+line)
		}
	}
	from, to := l.table.Window(h - 3)
	for i := from; i < to; i++ {
		fr.lines = append(fr.lines, l.line(s, i, w, fields, widths))
	}
	for len(fr.lines) < h-1 {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines, l.foot(s, fields, w))
	switch {
	case l.pick != nil:
		l.pick.over(s, &fr, w, h)
	case l.mode == choosingPeriod:
		over(&fr, m.Rule(w), m.Wrap(quickText(s.lang), w), h)
	case l.report != nil:
		over(&fr, m.Rule(w), l.reportLines(s, w, h/2), h)
	}
	return fr
}

// line draws a record, or the head of a group with what it comes to.
func (l *list) line(s *session, i, w int, fields []*model.Field, widths []int) string {
	m := s.metric
	g, k, _ := l.at(i)
	mark := " "
	if i == l.table.Cursor {
		mark = m.Glyphs().Mark
	}
	if k == 0 {
		g := &l.groups[g]
		fold := "+ "
		if g.open {
			fold = "- "
		}
		label := fold + m.Fit(g.label, min(24, w/3))
		line := m.Fit(mark+" "+label+" "+g.sums.text(s, fields, w-m.Width(label)-3), w)
		if i == l.table.Cursor {
			return reverse.Render(line)
		}
		return bold.Render(line)
	}
	r := l.rows[k]
	if l.marks.has(k) {
		mark += "*"
	} else {
		mark += " "
	}
	line := m.Fit(mark, markCells) + m.Fit(r.id, idCells(l.reg))
	for j, f := range fields {
		line += " " + column(s, f, r.cells[f], widths[j])
	}
	line = m.Fit(line, w)
	switch {
	case i == l.table.Cursor:
		return reverse.Render(line)
	case r.void, r.over:
		return faint.Render(line)
	case l.marks.has(k):
		return bold.Render(line)
	}
	return line
}

func column(s *session, f *model.Field, text string, w int) string {
	if f.Numeric() {
		return s.metric.FitRight(text, w)
	}
	return s.metric.Fit(text, w)
}

// head is the line above the columns: period, filter, order, position; or the
// line in which one of them is typed.
func (l *list) head(s *session, w int, fr *frame) string {
	m := s.metric
	count := l.table.Position()
	switch l.mode {
	case filtering:
		label := words.Filter.In(s.lang) + words.Colon.In(s.lang)
		text, x := l.filter.View(min(40, w-m.Width(label)-m.Width(count)-2))
		fr.cursor = &tea.Position{X: m.Width(label) + x, Y: 0}
		return label + underline.Render(text) + " " + count
	case choosingPeriod, jumping:
		question := words.PeriodPrompt
		if l.mode == jumping {
			question = words.JumpPrompt
		}
		line, x := ask(s, question, l.bad, &l.prompt, w)
		fr.cursor = &tea.Position{X: x, Y: 0}
		return line
	}
	var parts []string
	switch {
	case l.only != nil:
		parts = append(parts, l.of.In(s.lang))
	case l.reg.DateField != "":
		parts = append(parts, words.Period.In(s.lang)+words.Colon.In(s.lang)+l.span.text(s.lang))
	}
	if v := l.filter.Value(); v != "" {
		parts = append(parts, words.Filter.In(s.lang)+words.Colon.In(s.lang)+v)
	}
	if t := l.sort.text(l.reg, s.lang); t != "" {
		parts = append(parts, t)
	}
	if l.group != "" {
		parts = append(parts, groupText(l.reg, l.group, s.lang))
	}
	left := strings.Join(parts, "  ")
	return m.Fit(left, w-m.Width(count)-1) + " " + count
}

// foot is the line below the rows: what the marked come to, or what all rows
// shown come to.
func (l *list) foot(s *session, fields []*model.Field, w int) string {
	m := s.metric
	label, known := words.Total, l.totals
	if l.marks.any(len(l.keys)) {
		label, known = words.Marked, l.marks.sums
	}
	head := label.In(s.lang) + words.Colon.In(s.lang)
	room := w - m.Width(head)
	var tail string
	switch {
	case label == words.Marked && len(l.marks.away) > 0:
		tail = model.Sayf(words.MarkedAway.ZH, words.MarkedAway.EN, len(l.marks.away)).In(s.lang)
	case l.groups != nil && l.several():
		tail = words.SeveralGroups.In(s.lang)
	}
	if tail != "" {
		tail = "  " + tail
		room -= m.Width(tail)
	}
	text := m.Glyphs().Ellipsis
	switch {
	case known != nil && label == words.Marked:
		text = known.of(s, l.marks.count(len(l.keys)), words.NotCountedIn, fields, room)
	case known != nil:
		text = known.text(s, fields, room)
	case label == words.Marked:
		text = records(l.marks.count(len(l.keys))).In(s.lang) + "  " + text
	case !l.ready, len(l.keys) == 0:
		return ""
	}
	if len(l.keys) == 0 && label == words.Total {
		return ""
	}
	return bold.Render(m.Cut(head+text+tail, w))
}

// several reports whether a record may stand in more than one group.
func (l *list) several() bool {
	f := l.reg.Field(l.had.group)
	return f != nil && (f.Type == model.TypePicks || f.Type == model.TypeRefs)
}

// reportLines are the lines of the report that show in h lines, and below them
// how many follow.
func (l *list) reportLines(s *session, w, h int) []string {
	var lines []string
	for _, r := range l.report {
		lines = append(lines, s.metric.Wrap(r, w)...)
	}
	if len(lines) <= h {
		return lines
	}
	l.reported = max(0, min(l.reported, len(lines)-h+1))
	lines = lines[l.reported:]
	if len(lines) < h {
		return lines
	}
	below := model.Sayf(words.MoreBelow.ZH, words.MoreBelow.EN, len(lines)-h+1).In(s.lang)
	return append(lines[:h-1:h-1], faint.Render(s.metric.Cut(below, w)))
}

// over draws lines at the bottom of a frame, below a rule, in place of what was
// there.
func over(fr *frame, rule string, lines []string, h int) {
	if len(lines) > h-3 {
		lines = lines[:h-3]
	}
	for len(fr.lines) < h {
		fr.lines = append(fr.lines, "")
	}
	at := h - len(lines) - 1
	fr.lines = append(append(fr.lines[:at:at], faint.Render(rule)), lines...)
}
