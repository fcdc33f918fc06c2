package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// gridShowWords name what the rows are narrowed to.
var gridShowWords = [...]model.Words{showAll: words.GridAll, showMissing: words.GridMissing, showReached: words.GridDone, showTicked: words.GridTicked, showUnseen: words.GridUnseen}

// The widths of the grid's columns; the address takes what is left, up to what
// the longest need, and the rest goes to the categories and what was given.
const (
	gridMostPlace = 34
	gridNameCells = 10
	gridCatCells  = 14
	gridGiftCells = 20
)

func (g *grid) view(s *session, w, h int) frame {
	m := s.metric
	if g.cov == nil {
		return frame{lines: []string{"", "  " + words.Reading.In(s.lang)}}
	}
	var fr frame
	fr.lines = append(fr.lines, g.head(s, w, &fr), g.counts(s, w), faint.Render(m.Cut(g.gift(s), w)))
	gift, cats := gridGiftCells, gridCatCells
	if w < 76 {
		gift, cats = 12, 10
	}
	place := max(8, w-2-4-gridNameCells-cats-gift-3)
	if spare := place - gridMostPlace; spare > 0 {
		place, cats, gift = gridMostPlace, cats+spare/2, gift+spare-spare/2
	}
	from, to := g.table.Window(h - len(fr.lines) - 1)
	if len(g.rows) == 0 {
		fr.lines = append(fr.lines, "", "  "+m.Cut(g.nobody().In(s.lang), w-2))
	}
	c := g.opts.context()
	for i := from; i < to; i++ {
		row := g.rows[i]
		t := g.texts[row.Person.ID]
		box := m.Glyphs().Off
		if g.ticked[row.Person.ID] {
			box = m.Glyphs().On
		}
		if g.reached(row) {
			box = "   "
		}
		mark := m.Mark(i == g.table.Cursor)
		line := mark + box + " " + m.Fit(t.address, place) + " " + m.Fit(t.name, gridNameCells) + " " + m.Fit(t.cats, cats) + " " + m.Fit(g.given(c, s.lang, row), gift)
		line = m.Fit(line, w)
		switch {
		case i == g.table.Cursor:
			line = reverse.Render(line)
		case g.reached(row):
			line = faint.Render(line)
		}
		fr.lines = append(fr.lines, line)
	}
	for len(fr.lines) < h-1 {
		fr.lines = append(fr.lines, "")
	}
	switch {
	case g.pick != nil:
		g.pick.over(s, &fr, w, h)
	case g.report != nil:
		reportOver(s, &fr, g.report, w, h)
	case g.doubts != nil:
		var lines []string
		for _, d := range append(slices.Clone(g.doubts), words.GridSure) {
			lines = append(lines, m.Wrap(d.In(s.lang), w)...)
		}
		for i, line := range lines {
			lines[i] = bold.Render(line)
		}
		over(&fr, m.Rule(w), lines, h)
	case g.leaving:
		asked := m.Wrap(words.LeaveAsk.In(s.lang), w)
		fr.lines = fr.lines[:max(0, h-len(asked))]
		for _, l := range asked {
			fr.lines = append(fr.lines, bold.Render(l))
		}
	case g.path != "":
		var lines []string
		for _, where := range s.whereFile(g.path) {
			for _, line := range m.Wrap(where, w) {
				lines = append(lines, accent.Render(line))
			}
		}
		over(&fr, m.Rule(w), lines, h)
	}
	return fr
}

// given is what a row got, or what makes it differ from the rest.
func (g *grid) given(c *model.Context, l model.Lang, row *model.CoverageRow) string {
	if n := len(row.Visits); n > 0 && g.reached(row) {
		v := row.Visits[n-1]
		out := words.GridVisited.In(l) + " " + model.VisitDate.Of(v).String()[5:]
		if sum := row.Given(); sum > 0 {
			out += " " + sum.Text()
		}
		return out
	}
	var parts []string
	for _, h := range rowFields {
		if v, ok := g.own[row.Person.ID][h.Key()]; ok {
			text := words.Blank.In(l)
			if !model.Blank(v) {
				text = clean(c.Text(model.Visit.Field(h.Key()), v, l))
			}
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 && !row.Last.IsZero() {
		return model.Sayf(words.GridLast.ZH, words.GridLast.EN, row.Last.String()).In(l)
	}
	return strings.Join(parts, " ")
}

// head is the line of the occasion, or the one in which it or the filter is
// typed.
func (g *grid) head(s *session, w int, fr *frame) string {
	m := s.metric
	count := g.table.Position()
	switch g.mode {
	case filtering:
		label := words.Filter.In(s.lang) + words.Colon.In(s.lang)
		text, x := g.filter.View(min(40, w-m.Width(label)-m.Width(count)-2))
		fr.cursor = &tea.Position{X: m.Width(label) + x, Y: 0}
		return label + underline.Render(text) + " " + count
	case choosingPeriod:
		line, x := ask(s, words.GridOccasion, g.bad, &g.prompt, w)
		fr.cursor = &tea.Position{X: x, Y: 0}
		return line
	}
	left := g.occasion.String() + "   " + gridShowWords[g.show].In(s.lang)
	for _, p := range g.purses {
		if drawn := g.drawn(p); drawn > 0 && drawn > p.left {
			left += "   " + model.Sayf(words.GridPurse.ZH, words.GridPurse.EN, p.words, (drawn-p.left).Text()).In(s.lang)
		}
	}
	if v := g.filter.Value(); v != "" {
		left += "   " + words.Filter.In(s.lang) + words.Colon.In(s.lang) + v
	}
	return bold.Render(m.Fit(left, w-m.Width(count)-1)) + " " + count
}

// counts is how far the occasion is. What is left of the budget is shown at any
// width: the rest is said in fewer words where there is no room.
func (g *grid) counts(s *session, w int) string {
	n := g.cov
	text := func(word model.Words, args ...any) string { return model.Sayf(word.ZH, word.EN, args...).In(s.lang) }
	people := func(word model.Words) string {
		return text(word, n.Households.Planned, n.Persons.Planned, n.Households.Reached, n.Persons.Reached, len(g.chosen()))
	}
	full, money, short := people(words.GridCounts), "", ""
	if n.Budget > 0 {
		left := n.Budget - n.Spent - g.planned()
		money, short = text(words.GridBudget, n.Budget.Text(), left.Text()), text(words.GridBudgetLeft, left.Text())
		if left < 0 {
			money, short = text(words.GridOver, n.Budget.Text(), left.Text()), text(words.GridOverBy, (-left).Text())
		}
	}
	few := people(words.GridCountsFew)
	for _, line := range []string{full + money, full + short, few + money} {
		if s.metric.Width(line) <= w {
			return line
		}
	}
	return s.metric.Cut(few+short, w)
}

// gift is what everybody ticked gets.
func (g *grid) gift(s *session) string {
	c := g.opts.context()
	var parts []string
	for _, h := range commonFields {
		f := model.Visit.Field(h.Key())
		if v := g.common[h.Key()]; !model.Blank(v) {
			parts = append(parts, clean(c.Text(f, v, s.lang)))
		}
	}
	return words.GridEach.In(s.lang) + words.Colon.In(s.lang) + strings.Join(parts, "  ")
}
