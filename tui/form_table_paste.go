package tui

import (
	"slices"
	"strings"

	"taizhang/model"
)

// fill puts rows of texts in from the cell with the cursor on. What stands
// there already is never written over: then they become rows of their own below.
func (t *rowTable) fill(rows [][]string) {
	at, from := t.row, t.col
	if !blankRow(t.cells[at][from:]) {
		at, from = at+1, 0
	} else {
		first := t.rowOf(rows[0], from)
		copy(first[:from], t.cells[at][:from])
		t.cells[at] = first
		if rows = rows[1:]; t.f.One {
			rows = nil
		}
		at++
	}
	for i, texts := range rows {
		t.cells = slices.Insert(t.cells, min(at+i, len(t.cells)), t.rowOf(texts, from))
	}
	t.row = min(at+len(rows), len(t.cells)) - 1
	t.col = len(t.columns) - 1
	for t.col > 0 && t.cells[t.row][t.col].text == "" {
		t.col--
	}
	t.settle()
	t.load()
}

// paste takes rows copied elsewhere: cells apart by tabs, as spreadsheets copy
// them, or written as on one line. It reports false for a plain piece of text,
// which goes into the cell.
func (t *rowTable) paste(content string) bool {
	content = strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content), "\n")
	if !strings.ContainsAny(content, "\t\n") {
		return false
	}
	var rows [][]string
	for _, line := range strings.Split(content, "\n") {
		var texts []string
		if strings.Contains(line, "\t") || len(t.columns) == 1 {
			for _, s := range strings.Split(line, "\t") {
				s, _ = model.Clean(s)
				texts = append(texts, s)
			}
		} else if split := t.f.SplitRows(line); len(split) == 1 {
			texts = split[0]
		}
		if strings.TrimSpace(strings.Join(texts, "")) != "" {
			rows = append(rows, texts)
		}
	}
	if len(rows) == 0 || t.f.One && len(rows) > 1 {
		return false
	}
	t.fill(rows)
	return true
}

// spread tells what a cell becomes in which a whole row, or several, were
// written as on the command line: 米2袋, or 米 2 袋；油 1 桶. Only a blank row
// is so filled, and only by what reads well in every cell.
func (t *rowTable) spread(c *model.Context) [][]string {
	text := t.cells[t.row][0].text
	if t.col != 0 || text == t.was {
		return nil
	}
	for _, other := range t.cells[t.row][1:] {
		if other.text != "" {
			return nil
		}
	}
	first := t.f.Sub[0]
	if !strings.ContainsAny(text, "；;|｜") {
		_, err := c.Parse(first, text)
		if first.Type == model.TypeText && !t.f.Counts() || first.Type != model.TypeText && err == nil {
			return nil
		}
	}
	rows := t.f.SplitRows(text)
	if len(rows) == 0 || len(rows) == 1 && len(rows[0]) == 1 && rows[0][0] == text || t.f.One && len(rows) > 1 {
		return nil
	}
	for _, texts := range rows {
		if len(texts) > len(t.f.Sub) {
			return nil
		}
		for i, s := range texts {
			if _, err := c.Parse(t.f.Sub[i], s); err != nil {
				return nil
			}
		}
	}
	return rows
}
