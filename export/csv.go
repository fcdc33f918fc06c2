package export

import (
	"encoding/csv"
	"io"
)

// csvWriter writes what spreadsheets in China open rightly: a byte order mark
// before UTF-8, CRLF line ends, and no cell that could run.
type csvWriter struct {
	out   io.Writer
	w     *csv.Writer
	t     *table
	cells []string
}

func newCSV(w io.Writer) *csvWriter {
	c := &csvWriter{out: w, w: csv.NewWriter(w)}
	c.w.UseCRLF = true
	return c
}

func (c *csvWriter) begin(t *table) error {
	c.t = t
	if _, err := io.WriteString(c.out, "\uFEFF"); err != nil {
		return err
	}
	return c.write(t.heads)
}

func (c *csvWriter) row(l line) error { return c.write(l.cells) }

func (c *csvWriter) end(r Result) error {
	if foot := r.Foot(c.t.Lang); foot != "" {
		if err := c.write(append([]string{foot}, make([]string, len(c.t.heads)-1)...)); err != nil {
			return err
		}
	}
	c.w.Flush()
	return c.w.Error()
}

func (c *csvWriter) write(cells []string) error {
	c.cells = c.cells[:0]
	for _, s := range cells {
		c.cells = append(c.cells, Guard(s))
	}
	return c.w.Write(c.cells)
}

// TableCSV writes rows of texts under their heads, as a file of a register is written.
func TableCSV(w io.Writer, cols []Column, rows [][]string) error {
	c := newCSV(w)
	t := &table{}
	for _, col := range cols {
		t.heads = append(t.heads, col.Head)
	}
	if err := c.begin(t); err != nil {
		return err
	}
	for _, row := range rows {
		if err := c.write(row); err != nil {
			return err
		}
	}
	c.w.Flush()
	return c.w.Error()
}
