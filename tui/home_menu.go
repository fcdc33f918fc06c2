package tui

import (
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/tui/words"
)

// books lists registers by digit; what comes after the tenth is reached by the
// arrows.
func (h *home) books(registers []*model.Register) {
	for i, reg := range registers {
		digit := ""
		if i < 10 {
			digit = strconv.Itoa((i + 1) % 10)
		}
		h.entries = append(h.entries, entry{digit: digit, words: reg.Words, open: openList(reg)})
	}
}

func openList(reg *model.Register) func(*session) screen {
	return func(s *session) screen { return newList(s, s.latest(reg)) }
}

// shelfEntry is a shelf's line in the second menu, with what stands on it. A
// single register opens at once.
func shelfEntry(m model.MenuShelf) entry {
	var zh, en []string
	for _, reg := range m.Registers {
		zh, en = append(zh, reg.Words.ZH), append(en, reg.Words.EN)
	}
	only := openList(m.Registers[0])
	switch {
	case m.Shelf == model.NoShelf:
		return entry{words: m.Registers[0].Words, open: only}
	case len(m.Registers) > 1:
		only = func(*session) screen { return &home{other: true, shelf: &m} }
	}
	return entry{digit: m.Shelf.Key(), words: m.Shelf.Words(), holds: model.W(strings.Join(zh, "、"), strings.Join(en, ", ")), open: only}
}

// viewOther is the second menu, one line an entry.
func (h *home) viewOther(s *session, w, height int) frame {
	m := s.metric
	lines := []string{faint.Render(m.Cut(words.Menu.In(s.lang), w))}
	names := 0
	for _, e := range h.entries {
		if e.holds != (model.Words{}) {
			names = max(names, m.Width(e.words.In(s.lang)))
		}
	}
	from, to := h.table.Window(max(1, height-len(lines)))
	for i := from; i < to; i++ {
		lines = append(lines, h.otherLine(s, i, names, w))
	}
	return frame{lines: lines}
}

// otherLine is one line of it: a shelf with the registers on it, or something
// else that opens.
func (h *home) otherLine(s *session, i, names, w int) string {
	m := s.metric
	e := h.entries[i]
	if e.holds == (model.Words{}) {
		return h.menuLine(s, i, min(w, 64))
	}
	const before = 5 // mark, key and a space
	head := h.menuLine(s, i, min(w, before+names+1))
	return head + faint.Render(m.Cut(" "+clean(e.holds.In(s.lang)), max(0, w-before-names-1)))
}
