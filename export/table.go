package export

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"taizhang/model"
)

// Column is one column of a plain table.
type Column struct {
	Head  string
	Right bool // numbers stand right
	Most  int  // cells at most, the rest is cut with …; 0 for no bound
	Hand  bool // filled in by hand on paper: it stands though no line has anything
}

// Table writes rows as plain text for a terminal or a file: columns as wide as
// their widest cell, measured in terminal cells so that Chinese lines up. Every
// text is cleaned and put on one line. Without a word in any head there is no
// line for it.
func Table(w io.Writer, cols []Column, rows [][]string) error {
	var lines [][]string
	widths := make([]int, len(cols))
	add := func(cell func(i int) string) {
		line := make([]string, len(cols))
		for i, c := range cols {
			line[i] = oneLine(cell(i))
			if c.Most > 0 {
				line[i] = ansi.Truncate(line[i], c.Most, "…")
			}
			widths[i] = max(widths[i], ansi.StringWidth(line[i]))
		}
		lines = append(lines, line)
	}
	if slices.ContainsFunc(cols, func(c Column) bool { return c.Head != "" }) {
		add(func(i int) string { return cols[i].Head })
	}
	for _, row := range rows {
		add(func(i int) string {
			if i < len(row) {
				return row[i]
			}
			return ""
		})
	}
	for _, line := range lines {
		var b strings.Builder
		for i, c := range cols {
			if i > 0 {
				b.WriteString("  ")
			}
			gap := strings.Repeat(" ", widths[i]-ansi.StringWidth(line[i]))
			if c.Right {
				b.WriteString(gap + line[i])
			} else {
				b.WriteString(line[i] + gap)
			}
		}
		if _, err := io.WriteString(w, strings.TrimRight(b.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// ListColumns are the columns of a register's list: the id, then the fields that
// declare a place in it, in that order.
func ListColumns(reg *model.Register, l model.Lang) ([]*model.Field, []Column) {
	var fields []*model.Field
	for _, f := range reg.Fields {
		if f.Col > 0 {
			fields = append(fields, f)
		}
	}
	slices.SortStableFunc(fields, func(a, b *model.Field) int { return a.Col - b.Col })
	cols := []Column{{Head: idWords.In(l)}}
	for _, f := range fields {
		head := f.Words.In(l)
		cols = append(cols, Column{Head: head, Right: f.Numeric(), Most: max(f.Cells, ansi.StringWidth(head))})
	}
	return fields, cols
}

// ListRow are the cells of a record under ListColumns, masked for the audience.
func ListRow(c *model.Context, r *model.Record, fields []*model.Field, a model.Audience, l model.Lang) []string {
	row := []string{r.ID}
	for _, f := range fields {
		row = append(row, c.MaskField(r.For(a), f, c.Value(r, f), a, l, c.Today()))
	}
	return row
}

// oneLine is clean text without line breaks.
func oneLine(s string) string {
	s, _ = model.Clean(s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' }), " ")
}
