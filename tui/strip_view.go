package tui

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

func (t *strip) view(s *session, w, h int) frame {
	m := s.metric
	if !t.ready {
		return frame{lines: []string{"", "  " + words.Reading.In(s.lang)}}
	}
	var fr frame
	if t.asking {
		line, x := ask(s, words.PeriodPrompt, t.bad, &t.prompt, w)
		fr.lines = append(fr.lines, line)
		fr.cursor = &tea.Position{X: x, Y: 0}
	} else {
		count := t.table.Position()
		head := words.Period.In(s.lang) + words.Colon.In(s.lang) + bold.Render(t.span.text(s.lang)) + faint.Render("  "+model.Sayf(words.StripAsOf.ZH, words.StripAsOf.EN, t.on).In(s.lang))
		fr.lines = append(fr.lines, m.Fit(head, w-m.Width(count)-1)+" "+count)
	}
	if len(t.rows) == 0 {
		fr.lines = append(fr.lines, "")
		for _, l := range m.Wrap(words.StripNone.In(s.lang), w-2) {
			fr.lines = append(fr.lines, "  "+l)
		}
		return fr
	}
	foot := t.foot(s, w)
	label, width := t.columns(s, w)
	fr.lines = append(fr.lines, t.heads(s, label, width))
	each := 1
	if t.wants() {
		each = 2
	}
	from, to := t.table.Window(max(1, (h-len(fr.lines)-len(foot))/each))
	for i := from; i < to; i++ {
		fr.lines = append(fr.lines, t.row(s, i, label, width))
		if each == 2 {
			fr.lines = append(fr.lines, t.below(s, i, label, width))
		}
	}
	for len(fr.lines) < h-len(foot) {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines[:max(0, h-len(foot))], foot...)
	return fr
}

// Widths of a kind of meeting, the least, one with room for its words, the most;
// and what a branch's name gets at least.
const (
	stripLeast = 5
	stripRoomy = 7
	stripMost  = 12
	stripName  = 16
)

// columns shares the width between the names of the branches and the kinds.
func (t *strip) columns(s *session, w int) (label, width int) {
	for _, name := range t.names {
		label = max(label, s.metric.Width(name))
	}
	n := len(t.rows[0].Cells)
	if n == 0 {
		return w - 2, 0
	}
	label = min(max(label, 8), max(stripName, w-2-n*stripRoomy))
	width = min(stripMost, max(stripLeast, (w-2-label)/n))
	return max(0, min(label, w-2-n*width)), width
}

// heads names the kinds, in short where there is little room.
func (t *strip) heads(s *session, label, width int) string {
	m := s.metric
	line := "  " + m.Fit(words.StripBranch.In(s.lang), label)
	for i := range t.rows[0].Cells {
		cell := &t.rows[0].Cells[i]
		name := t.kind(s, cell)
		if m.Width(name) >= width {
			name = cell.Rule.Short.In(s.lang)
		}
		line += " " + m.FitRight(name, width-1)
	}
	return faint.Render(line)
}

// row is a branch with held of required for each kind.
func (t *strip) row(s *session, i, label, width int) string {
	m := s.metric
	here := i == t.table.Cursor
	mark := m.Mark(here)
	name := t.names[i] // branches of one community differ at the end
	for m.Width(name) > label && name != "…" {
		_, size := utf8.DecodeRuneInString(strings.TrimPrefix(name, "…"))
		name = "…" + strings.TrimPrefix(name, "…")[size:]
	}
	name = mark + m.Fit(name, label)
	if here {
		name = bold.Render(name)
	}
	var line strings.Builder
	line.WriteString(name)
	for j := range t.rows[i].Cells {
		cell := &t.rows[i].Cells[j]
		text := m.FitRight(cellCount(cell), width)
		switch {
		case here && j == t.col:
			text = reverse.Render(text)
		case cell.Late(t.on):
			text = bad.Render(text)
		}
		line.WriteString(text)
	}
	return line.String()
}

// cellCount is held of required; where nothing is, what was held.
func cellCount(cell *model.MeetingCell) string {
	switch {
	case cell.Required > 0:
		return fmt.Sprintf("%d/%d", len(cell.Held), cell.Required)
	case len(cell.Held) > 0:
		return strconv.Itoa(len(cell.Held))
	}
	return "-"
}

// below says in words what the branch lacks.
func (t *strip) below(s *session, i, label, width int) string {
	m := s.metric
	line := strings.Repeat(" ", 2+label)
	word := func(w model.Words, args ...any) string {
		text := model.Sayf(w.ZH, w.EN, args...).In(s.lang)
		if m.Width(text) >= width {
			text = words.StripGap.In(s.lang)
		}
		return m.FitRight(text, width)
	}
	for j := range t.rows[i].Cells {
		over, runs := t.rows[i].Cells[j].Lacking(t.on)
		switch {
		case len(over) == 1:
			line += bad.Render(word(words.StripMissing, shortPeriod(over[0])))
		case len(over) > 1:
			line += bad.Render(word(words.StripMany, len(over)))
		case len(runs) > 0:
			line += accent.Render(m.FitRight(words.StripWanting.In(s.lang), width))
		default:
			line += strings.Repeat(" ", width)
		}
	}
	return line
}

// shortPeriod names a month, a quarter or a year in a few cells.
func shortPeriod(p model.Period) model.Words {
	month := int(p.From.Month)
	switch p {
	case model.MonthOf(p.From):
		return model.W(strconv.Itoa(month)+"月", time.Month(month).String()[:3])
	case model.QuarterOf(p.From):
		n := strconv.Itoa((month + 2) / 3)
		return model.W(n+"季", "Q"+n)
	}
	return model.W(strconv.Itoa(int(p.From.Year)), strconv.Itoa(int(p.From.Year)))
}

// mostStripFoot bounds the lines that tell about the cell.
const mostStripFoot = 4

// foot tells about the cell under the cursor, then how is counted.
func (t *strip) foot(s *session, w int) []string {
	m := s.metric
	lines := []string{faint.Render(m.Rule(w))}
	if cell := t.current(); cell != nil {
		say := func(w model.Words, args ...any) string { return model.Sayf(w.ZH, w.EN, args...).In(s.lang) }
		done := words.StripDone
		args := []any{t.names[t.table.Cursor], t.kind(s, cell), len(cell.Held), cell.Required}
		if cell.Required == 0 {
			done, args = words.StripFree, args[:3]
		}
		parts := []string{say(done, args...)}
		if cell.Expected > 0 {
			parts = append(parts, say(words.StripTurnout, model.Percent(cell.Present, cell.Expected)))
		}
		over, runs := cell.Lacking(t.on)
		for _, l := range []struct {
			words model.Words
			of    []model.Period
		}{{words.StripLacks, over}, {words.StripRuns, runs}} {
			var names []string
			for _, p := range l.of {
				names = append(names, p.Text(s.lang))
			}
			if names != nil {
				parts = append(parts, say(l.words, strings.Join(names, model.W("、", ", ").In(s.lang))))
			}
		}
		if n := len(cell.Short); n > 0 {
			parts = append(parts, say(words.StripShort, n))
		}
		if n := len(cell.Others); n > 0 {
			parts = append(parts, say(words.StripOthers, n))
		}
		told := m.Wrap(strings.Join(parts, model.W("；", "; ").In(s.lang)), w)
		lines = append(lines, told[:min(len(told), mostStripFoot)]...)
	}
	for _, l := range m.Wrap(model.MeetingsCount.In(s.lang), w) {
		lines = append(lines, faint.Render(l))
	}
	return lines
}
