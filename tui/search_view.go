package tui

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// linesPerHit: what the record is, and below it what answers.
const linesPerHit = 2

func (f *search) title(s *session) string { return words.Search.In(s.lang) }

func (f *search) view(s *session, w, h int) frame {
	m := s.metric
	var fr frame
	count := ""
	switch {
	case f.given != f.turn && f.text() != f.found:
		count = words.Searching.In(s.lang)
	case len(f.hits) > 0:
		if count = f.table.Position(); f.more {
			count += "+"
		}
	}
	label := words.SearchLabel.In(s.lang)
	const widest = 12 // of the count, so that the input keeps its place
	text, x := f.input.View(w - m.Width(label) - widest - 1)
	fr.cursor = &tea.Position{X: m.Width(label) + x, Y: 0}
	fr.lines = append(fr.lines, bold.Render(label)+underline.Render(text)+" "+m.FitRight(count, widest), faint.Render(m.Rule(w)))
	if len(f.hits) == 0 {
		if f.given == f.turn {
			fr.lines = append(fr.lines, f.ways(s, w)...)
		}
		fr.lines = fr.lines[:min(len(fr.lines), h)]
		return fr
	}
	from, to := f.table.Window((h - len(fr.lines)) / linesPerHit)
	for i := from; i < to; i++ {
		fr.lines = append(fr.lines, f.head(s, i, w), f.answers(s, &f.hits[i], w))
	}
	return fr
}

// ways says that nothing was found, and what can be searched for.
func (f *search) ways(s *session, w int) []string {
	intro := words.SearchIntro
	if f.found != "" {
		intro = model.Sayf(words.SearchNone.ZH, words.SearchNone.EN, model.Shorten(f.found))
	}
	return append(s.metric.Wrap(intro.In(s.lang), w), searchWays(s, w)...)
}

// searchWays lists what can be typed, with examples.
func searchWays(s *session, w int) (lines []string) {
	const label = 18
	for _, way := range words.SearchWays {
		lines = append(lines, s.metric.Cut("  "+s.metric.Fit(way.What.In(s.lang), label)+" "+way.Examples.In(s.lang), w))
	}
	return append(lines, s.metric.Wrap(words.SearchRights.In(s.lang), w)...)
}

// head names a record: register, id, date, title.
func (f *search) head(s *session, i, w int) string {
	m, h := s.metric, &f.hits[i]
	mark := m.Mark(i == f.table.Cursor)
	state := ""
	if !h.State.Live() { // a word, not only a colour
		state = "[" + h.StateWords.In(s.lang) + "]"
	}
	const register, date = 12, 10
	line := m.Fit(mark+m.Fit(h.Register.Words.In(s.lang), register)+" "+m.Fit(h.ID, idCells(s.declared().All()...))+" "+
		m.Fit(h.Date.String(), date)+" "+state+clean(model.TitleIn(h.Title, s.lang)), w)
	switch {
	case i == f.table.Cursor:
		return reverse.Render(line)
	case state != "":
		return faint.Render(line)
	}
	return line
}

// answers shows what in the record answers: the field, and the match between
// marks, never cut off by what stands before it.
func (f *search) answers(s *session, h *db.Hit, w int) string {
	m := s.metric
	label := words.RecordID
	if h.Field != nil {
		label = h.Field.Words
	}
	line := "    " + clean(label.In(s.lang)) + words.Colon.In(s.lang)
	before, match, after := clean(h.Snippet[:h.From]), clean(h.Snippet[h.From:h.To]), clean(h.Snippet[h.To:])
	marked := model.Sayf(words.SearchMatch.ZH, words.SearchMatch.EN, match).In(s.lang)
	before = tail(s, before, max(w-m.Width(line)-m.Width(marked), 0))
	return m.Cut(faint.Render(line)+before+bold.Render(marked)+after, w)
}

// tail is the end of a text in at most w cells.
func tail(s *session, text string, w int) string {
	if s.metric.Width(text) <= w {
		return text
	}
	dots := s.metric.Glyphs().Ellipsis
	for text != "" && s.metric.Width(text)+s.metric.Width(dots) > w {
		_, n := utf8.DecodeRuneInString(text)
		text = text[n:]
	}
	if s.metric.Width(dots) > w {
		return text
	}
	return dots + text
}
