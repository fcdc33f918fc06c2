package tui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

func (f *figures) view(s *session, w, h int) frame {
	m := s.metric
	var fr frame
	if f.asking {
		line, x := ask(s, words.PeriodPrompt, f.bad, &f.prompt, w)
		fr.lines = append(fr.lines, line)
		fr.cursor = &tea.Position{X: x, Y: 0}
	} else {
		fr.lines = append(fr.lines, m.Cut(words.Period.In(s.lang)+words.Colon.In(s.lang)+bold.Render(f.span.text(s.lang))+faint.Render("  "+words.YearBefore.In(s.lang)), w))
	}
	foot := f.foot(s, w)
	from, to := f.table.Window(max(1, h-1-len(foot)))
	cols := f.columns(s, w)
	for i := from; i < to; i++ {
		var line string
		l := f.lines[i]
		switch {
		case l.key == "":
			line = f.number(s, l, cols)
		case l.deep:
			line = f.partHead(s, l)
		default:
			line = f.head(s, l, w, cols)
		}
		mark := m.Mark(i == f.table.Cursor)
		line = m.Cut(mark+line, w)
		if i == f.table.Cursor {
			line = reverse.Render(m.Fit(line, w))
		} else if l.key != "" && !l.deep {
			line = bold.Render(line)
		}
		fr.lines = append(fr.lines, line)
	}
	for len(fr.lines) < h-len(foot) {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines, foot...)
	if f.pick != nil {
		f.pick.over(s, &fr, w, h)
	}
	return fr
}

// figureColumns are the cells of the parts of a line; 0: left out.
type figureColumns struct{ label, value, unit, bar, before int }

const sparkCells = 12

// columns shares the width: the numbers are what the screen is for, then the
// year before, then the bars.
func (f *figures) columns(s *session, w int) figureColumns {
	c := figureColumns{value: 12}
	for _, l := range f.lines {
		if l.key == "" && !f.rows[l.from].Share {
			c.unit = max(c.unit, s.metric.Width(f.rows[l.from].UnitText()))
		}
	}
	const fixed = 2 + 4 + 1 + 1 // the mark, the indent, spaces
	c.label = min(20, w-fixed-c.value-c.unit)
	room := w - fixed - c.label - c.value - c.unit
	if f.before != nil && w >= 76 {
		if c.before = min(12, room-1); c.before < 9 {
			c.before = 0
		}
		room -= c.before + 1
	}
	if grow := min(room-sparkCells-2, 10); grow > 0 {
		c.label, room = c.label+grow, room-grow
	}
	if room >= 8 {
		c.bar = min(room-2, 40)
	}
	return c
}

// head is the key figures of a register in one line: what all of it came to, the
// year by month, the first of them a year before.
func (f *figures) head(s *session, l figureLine, w int, cols figureColumns) string {
	m := s.metric
	first := f.rows[l.from]
	name := first.Section
	if reg := s.declared().Register(first.Under); reg != nil {
		name = reg.Heading().In(s.lang)
	}
	line := f.fold(l) + m.Fit(clean(name), min(22, max(12, w/5)))
	right := ""
	if w >= 76 {
		right = " " + m.Fit(f.spark(s, first), sparkCells)
		if cols.before > 0 {
			right += " " + m.FitRight(f.then(l.from), cols.before)
		}
	}
	room := w - 2 - m.Width(line) - m.Width(right)
	text := ""
	for _, r := range f.rows[l.from:l.to] {
		if r.Part != "" || r.Share {
			continue
		}
		n := r.Value + " " + r.UnitText()
		if r.Label != model.TotalLabel.In(s.lang) && r.Label != r.Unit {
			n = clean(r.Label) + " " + n
		}
		if m.Width(text)+2+m.Width(n) > room {
			break
		}
		text += "  " + n
	}
	return line + m.Fit(text, room) + right
}

func (f *figures) fold(l figureLine) string {
	if f.opened[l.key] {
		return "- "
	}
	return "+ "
}

// partHead stands on a line of its own, so that it is never cut for the numbers.
func (f *figures) partHead(s *session, l figureLine) string {
	labels, last := 0, ""
	for i, r := range f.rows[l.from:l.to] {
		if i == 0 || r.Label != last {
			labels, last = labels+1, r.Label
		}
	}
	return "  " + f.fold(l) + clean(f.rows[l.from].Section) + faint.Render(" ("+strconv.Itoa(labels)+")")
}

// number is a row, with its share of the part as a bar or its year by month, and
// the year before.
func (f *figures) number(s *session, l figureLine, cols figureColumns) string {
	m, r := s.metric, f.rows[l.from]
	line := "    " + m.Fit(clean(r.Label), cols.label) + " " + m.FitRight(r.Value, cols.value) + " " + r.UnitText()
	width := 4 + cols.label + 1 + cols.value + 1 + cols.unit
	switch {
	case r.Share && f.then(l.from) == "": // its words are long, and it has no picture
		return line
	case r.Share && cols.bar > 0:
		line = m.Fit(line, width+2+cols.bar)
	default:
		line = m.Fit(line, width)
	}
	if cols.bar > 0 && !r.Share {
		picture := f.spark(s, r)
		if l.deep {
			picture = m.Bar(r.Amount, f.largest(l.from), cols.bar)
		}
		line += "  " + m.Fit(picture, cols.bar)
	}
	if cols.before > 0 {
		line += " " + m.FitRight(f.then(l.from), cols.before)
	}
	return line
}

// then is the figure a year before, in brackets.
func (f *figures) then(row int) string {
	if f.before == nil || f.before[row] == "" {
		return ""
	}
	return "(" + f.before[row] + ")"
}

// largest is the largest number of the same measure in the row's part.
func (f *figures) largest(row int) (most int64) {
	r := f.rows[row]
	for i := row; i >= 0 && f.rows[i].Section == r.Section; i-- {
		if f.rows[i].Measure == r.Measure {
			most = max(most, f.rows[i].Amount)
		}
	}
	for i := row; i < len(f.rows) && f.rows[i].Section == r.Section; i++ {
		if f.rows[i].Measure == r.Measure {
			most = max(most, f.rows[i].Amount)
		}
	}
	return most
}

// spark is the total's year by month.
func (f *figures) spark(s *session, r model.FigureRow) string {
	if f.months == nil || r.Part != "" || r.Share {
		return ""
	}
	return s.metric.Spark(f.months.ByMonth(r.Register, r.Measure))
}

// foot says what became of the file.
func (f *figures) foot(s *session, w int) []string {
	var lines []string
	for _, text := range f.report {
		for _, l := range s.metric.Wrap(text, w) {
			lines = append(lines, accent.Render(l))
		}
	}
	return lines[:min(len(lines), 8)]
}
