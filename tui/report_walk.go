package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/words"
)

// here is the paragraph of the cursor and which of its lines.
func (t *reportText) here() (id string, nth int) {
	at := t.table.Cursor
	if at >= len(t.lines) || t.lines[at].block < 0 {
		return "", 0
	}
	b := t.lines[at].block
	for at-nth > 0 && t.lines[at-nth-1].block == b {
		nth++
	}
	return t.doc.Blocks[b].ID, nth
}

// toFigure goes to the next figure, or the one before: from the current one, or
// from the line of the cursor.
func (t *reportText) toFigure(on bool) tea.Cmd {
	t.aside = false
	n := len(t.doc.Figures)
	if n == 0 {
		return say(words.ReportNoFigures)
	}
	switch {
	case t.figure >= 0 && on:
		t.figure = (t.figure + 1) % n
	case t.figure >= 0:
		t.figure = (t.figure + n - 1) % n
	default:
		t.figure = 0
		for i := range t.lines {
			line := i
			if !on {
				line = len(t.lines) - 1 - i
			}
			if on && line < t.table.Cursor || !on && line > t.table.Cursor {
				continue
			}
			if f := t.lines[line].figures; len(f) > 0 {
				if t.figure = f[0]; !on {
					t.figure = f[len(f)-1]
				}
				break
			}
		}
	}
	t.show(t.figure)
	return nil
}

// show puts the cursor on the line of a figure.
func (t *reportText) show(figure int) {
	for i, l := range t.lines {
		if slices.Contains(l.figures, figure) {
			t.table.Go(i)
			return
		}
	}
}

// current is the figure that Enter opens: that of Tab, or the first on the line.
func (t *reportText) current() *report.Figure {
	if t.doc == nil {
		return nil
	}
	at := t.figure
	if at < 0 && t.table.Cursor < len(t.lines) && len(t.lines[t.table.Cursor].figures) > 0 {
		at = t.lines[t.table.Cursor].figures[0]
	}
	if at < 0 || at >= len(t.doc.Figures) {
		return nil
	}
	return t.doc.Figures[at]
}

// openFigure opens the records behind a figure. Coming back, the cursor is where
// it was.
func (t *reportText) openFigure(s *session) tea.Cmd {
	f := t.current()
	if f == nil || len(f.IDs) == 0 {
		return complain(&model.Problem{Words: words.ReportNoRecords})
	}
	return t.openRecords(s, f.Register, f.IDs, model.Sayf("%s %s", "%s %s", f.Query, f.Value))
}

// openRecords opens a list of records.
func (t *reportText) openRecords(s *session, register string, ids []string, of model.Words) tea.Cmd {
	reg := s.declared().Register(register)
	if reg == nil && len(ids) > 0 {
		reg = s.declared().OfID(ids[0])
	}
	if reg == nil || model.Can(s.actor, model.ActView, reg) != nil {
		return complain(&model.Problem{Words: words.ReportNoRecords})
	}
	return s.push(newListOf(s, s.latest(reg), ids, of))
}

// nextGap goes to the next place where prose is missing.
func (t *reportText) nextGap() tea.Cmd {
	t.aside = false
	n := len(t.lines)
	for i := 1; i <= n; i++ {
		if at := (t.table.Cursor + i) % n; t.lines[at].gap {
			t.table.Go(at)
			t.figure = -1
			return nil
		}
	}
	return say(words.ReportNoGap)
}

// block is the paragraph of the cursor.
func (t *reportText) block() *report.Block {
	if t.doc == nil || t.table.Cursor >= len(t.lines) || t.lines[t.table.Cursor].block < 0 {
		return nil
	}
	return &t.doc.Blocks[t.lines[t.table.Cursor].block]
}
