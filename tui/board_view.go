package tui

import (
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/tui/words"
)

// boardCells is the width of a month on the board: a mark for what is late, a
// sign of two cells, a gap.
const boardCells = 4

// boardNarrow is the same where the window is narrow.
const boardNarrow = 3

func (b *board) view(s *session, w, h int) frame {
	m := s.metric
	if b.data == nil {
		return frame{lines: []string{"", "  " + words.Reading.In(s.lang)}}
	}
	var fr frame
	head := model.Sayf(words.BoardYear.ZH, words.BoardYear.EN, b.year).In(s.lang) + "   " + boardShowWords[b.show].In(s.lang)
	count := b.table.Position()
	fr.lines = append(fr.lines, bold.Render(m.Fit(head, w-m.Width(count)-1))+" "+count)
	foot := b.foot(s, w)
	switch {
	case b.sizes == 0:
		fr.lines = append(fr.lines, "")
		for _, l := range m.Wrap(model.Sayf(words.BoardNone.ZH, words.BoardNone.EN, len(model.DefaultItems())).In(s.lang), w-2) {
			fr.lines = append(fr.lines, "  "+l)
		}
	case len(b.rows) == 0:
		fr.lines = append(fr.lines, "", "  "+m.Cut(words.BoardNoRows.In(s.lang), w-2))
	case b.show == boardAll:
		b.months(s, &fr, w, h-len(foot))
	default:
		from, to := b.table.Window(max(1, h-len(fr.lines)-len(foot)))
		for i := from; i < to; i++ {
			fr.lines = append(fr.lines, b.single(s, i, w))
		}
	}
	for len(fr.lines) < h-len(foot) {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines[:max(0, h-len(foot))], foot...)
	if b.pick != nil {
		b.pick.over(s, &fr, w, h)
	}
	return fr
}

// months draws an item a line, a column for every month; a period stands in the
// month in which it ends.
func (b *board) months(s *session, fr *frame, w, h int) {
	m := s.metric
	cell := boardCells
	if w < 76 {
		cell = boardNarrow
	}
	label := w - 2 - 12*cell
	line := "  " + m.Fit(model.W("事项", "Item").In(s.lang), label)
	for month := 1; month <= 12; month++ {
		line += m.FitRight(strconv.Itoa(month), cell)
	}
	fr.lines = append(fr.lines, faint.Render(line))
	from, to := b.table.Window(max(1, h-len(fr.lines)))
	for i := from; i < to; i++ {
		fr.lines = append(fr.lines, b.row(s, i, label, cell))
	}
}

func (b *board) row(s *session, i, label, cell int) string {
	m := s.metric
	r := b.rows[i]
	here := i == b.table.Cursor
	mark := m.Mark(here)
	vocab := s.declared().Vocab("DCLASS")
	name := m.Fit(vocab.Text(model.CatalogueClass.Of(r.item), s.lang), 4) + " " + clean(model.CatalogueTopic2.Of(r.item))
	if s.lang == model.EN {
		name = clean(model.CatalogueTopic2.Of(r.item))
	}
	name = mark + m.Fit(name, label-1) + " "
	if here {
		name = bold.Render(name)
	}
	var line strings.Builder
	line.WriteString(name)
	for month := 1; month <= 12; month++ {
		at := -1
		for j, slot := range r.slots {
			if int(slot.Period.Span().To.Month) != month {
				continue
			}
			if at < 0 || here && j == b.col || slot.Overdue(b.data.On) {
				at = j
			}
			if here && j == b.col {
				break
			}
		}
		if at < 0 {
			line.WriteString(strings.Repeat(" ", cell))
			continue
		}
		slot := r.slots[at]
		text := slot.Sign().In(s.lang)
		if slot.Overdue(b.data.On) || slot.ToTakeDown() || slot.ToRepost() {
			text = "!" + text
		}
		text = m.FitRight(text, cell)
		switch {
		case here && at == b.col:
			text = reverse.Render(text)
		case slot.Overdue(b.data.On):
			text = bad.Render(text)
		case !slot.Posted.IsZero():
			text = faint.Render(text)
		}
		line.WriteString(text)
	}
	return line.String()
}

// single draws one slot a line: how its time stands, its state, what it is.
func (b *board) single(s *session, i, w int) string {
	m := s.metric
	slot := b.rows[i].slots[0]
	mark := m.Mark(i == b.table.Cursor)
	notice := b.notice(slot)
	line := mark + m.Fit(slot.Due.String(), 10) + " " + m.Fit(notice.In(s.lang), 14) + " " + m.Fit(s.declared().Vocab("DSTATE").Text(slot.State, s.lang), 10) + " " +
		s.declared().Vocab("DCLASS").Text(model.CatalogueClass.Of(slot.Item), s.lang) + " " + clean(model.CatalogueTopic2.Of(slot.Item)) + " " + slot.Period.Text(s.lang)
	line = m.Fit(line, w)
	switch {
	case i == b.table.Cursor:
		return reverse.Render(line)
	case slot.Overdue(b.data.On):
		return bad.Render(line)
	}
	return line
}

// notice is the clock of a slot in words.
func (b *board) notice(slot *model.Slot) model.Words {
	if slot.ToRepost() {
		return words.BoardRepost
	}
	if slot.Event && slot.Issue == nil {
		return words.BoardEvent
	}
	return model.SlotNotice(slot, b.data.On)
}

// foot is the clock of the slot under the cursor, then how each class does and
// the opinions received.
func (b *board) foot(s *session, w int) []string {
	m := s.metric
	if b.sizes == 0 {
		return nil
	}
	clock := words.BoardNoSlot.In(s.lang)
	if slot := b.current(); slot != nil {
		clock = slot.Period.Text(s.lang) + "  " + s.declared().Vocab("DSTATE").Text(slot.State, s.lang) + "  " +
			model.Sayf("应公开 %s", "due %s", slot.Due).In(s.lang) + "  " + b.notice(slot).In(s.lang)
		if slot.Issue != nil {
			clock += "  " + slot.Issue.ID
		}
		if full := clean(model.CatalogueTopic2.Of(slot.Item)) + "  " + clock; m.Width(full) <= w { // the row cuts the item's name
			clock = full
		}
	}
	lines := []string{faint.Render(m.Rule(w)), m.Cut(clock, w)}
	var rates []string
	for _, r := range b.rates {
		rates = append(rates, model.Sayf(words.BoardRate.ZH, words.BoardRate.EN, s.declared().Vocab("DCLASS").Text(r.class, s.lang), r.Expected, r.Posted, r.OnTime, r.OnTimePercent()).In(s.lang))
	}
	if o := b.heard; o.Received > 0 {
		rates = append(rates, model.Sayf(words.BoardHeard.ZH, words.BoardHeard.EN, o.Received, o.Answered, o.OnTime, o.Received-o.Answered).In(s.lang))
	}
	line := ""
	for _, r := range rates { // a class is not cut in two
		switch {
		case line == "":
			line = r
		case m.Width(line+"   "+r) <= w:
			line += "   " + r
		default:
			lines, line = append(lines, m.Cut(line, w)), r
		}
	}
	if line != "" {
		lines = append(lines, m.Cut(line, w))
	}
	return lines
}
