package model

import (
	"slices"
	"strings"
	"unicode"
)

// A list as text: rows apart by ；or a new line, cells by spaces or, so that a
// cell may be blank or hold spaces, by |. "4户" is two cells, 4 and 户, where
// the list counts things. A backslash before ； | or a backslash makes it part
// of the cell.

// rowMarks take a list's text apart; escapes stand for them inside a cell while
// that is done. No text holds control characters.
var (
	rowMarks    = []string{`\`, ";", "；", "|", "｜"}
	hideMarks   = markReplacer(func(i int, mark string) (string, string) { return `\` + mark, string(rune(1 + i)) })
	showMarks   = markReplacer(func(i int, mark string) (string, string) { return string(rune(1 + i)), mark })
	listCommas  = strings.NewReplacer("，", "；", "、", "；")
	oneBar      = strings.NewReplacer("｜", "|")
	cellInRow   = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
	rowBoundary = func(r rune) bool { return r == '；' || r == ';' || r == '\n' }
)

func markReplacer(pair func(int, string) (string, string)) *strings.Replacer {
	var pairs []string
	for i, mark := range rowMarks {
		from, to := pair(i, mark)
		pairs = append(pairs, from, to)
	}
	return strings.NewReplacer(pairs...)
}

// SplitRows takes a list's text apart into the texts of its cells, without
// judging them. Rows without any text are left out; a row may have more cells
// than the list has columns.
func (f *Field) SplitRows(text string) [][]string {
	escaped := strings.Contains(text, `\`)
	if escaped {
		text = hideMarks.Replace(text)
	}
	if f.quantity() >= 0 && !strings.ContainsAny(text, "|｜") { // 米2袋，油1桶
		text = listCommas.Replace(text)
	}
	var rows [][]string
	for _, line := range strings.FieldsFunc(text, rowBoundary) {
		cells := f.cells(line)
		if !slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
			continue
		}
		if escaped {
			for i := range cells {
				cells[i] = showMarks.Replace(cells[i])
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

// JoinRows writes the texts of cells so that SplitRows gives them back, rows
// without any text and blanks at the end of a row aside. It is the form in
// which drafts and the command line hold a list.
func (f *Field) JoinRows(rows [][]string, l Lang) string {
	var out []string
	for _, cells := range rows {
		tidy := make([]string, 0, len(cells))
		last := 0
		for i, s := range cells {
			if strings.ContainsAny(s, "\r\n") {
				s = cellInRow.Replace(s)
			}
			if s = strings.TrimSpace(s); s != "" {
				last = i + 1
			}
			tidy = append(tidy, s)
		}
		if tidy = tidy[:last]; last == 0 {
			continue
		}
		safe := make([]string, last)
		for i, s := range tidy {
			safe[i] = escapeCell(s)
		}
		line := strings.Join(safe, " ")
		if !f.plainRow(tidy) {
			line = strings.Join(safe, " | ")
			if last == 1 {
				line += " |"
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, W("；", "; ").In(l))
}

// plainRow reports whether a row reads back from its cells with spaces between.
func (f *Field) plainRow(cells []string) bool {
	if !f.Counts() && len(cells) <= len(f.Sub) && !slices.ContainsFunc(cells, func(s string) bool {
		return s == "" || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`\;；|｜`, r) })
	}) {
		return true // as nearly all are, and quick to tell
	}
	safe := make([]string, len(cells))
	for i, s := range cells {
		safe[i] = escapeCell(s)
	}
	back := f.SplitRows(strings.Join(safe, " "))
	return len(back) == 1 && slices.Equal(back[0], cells)
}

// escapeCell puts a backslash before the marks of a cell, and before a
// backslash that would otherwise be taken for one of those.
func escapeCell(s string) string {
	if !strings.ContainsAny(s, `\;；|｜`) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		mark := slices.Contains(rowMarks, string(r))
		if r == '\\' {
			rest := s[i+1:]
			mark = rest == "" || slices.ContainsFunc(rowMarks, func(m string) bool { return strings.HasPrefix(rest, m) })
		}
		if mark {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
