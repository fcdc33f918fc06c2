package export

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"taizhang/model"
)

// The kinds of file that sheets are written as, besides those of registers.
const (
	HTML Format = "html"
	Text Format = "txt"
	DOCX Format = "docx"
)

// sheet is a report as paper has it: a title, tables, lines to sign on. All its
// texts are clean and masked already.
type sheet struct {
	lang  model.Lang
	unit  string // whose it is
	title string
	about []string // one line under the title
	told  *told    // the text before the tables; nil: none
	parts []part
	chart *chart
	signs []string   // who signs below
	drawn model.Date // the day under the unit's name at the end of a document; zero: it has neither
	notes []string   // one line each, at the foot
	up    bool       // paper stands upright: a document more than a table

	asTyped bool // punctuation stays as it was typed
	fonts   model.Fonts
}

// chart is a row of columns for one head of the sheet: in Word and in web pages.
type chart struct {
	under   string // the head of the part it stands before
	caption string
	series  string
	labels  []string
	values  []int64
}

// part is a table of a sheet, or a page of its table.
type part struct {
	head    string // "" for a page
	columns []sheetColumn
	rows    []sheetRow
	drawn   drawn
}

// drawn says which column of a part is drawn as bars beside the table, of which
// rows, and which column names them; without a column none is.
type drawn struct{ label, column, from, to int }

// picture is the drawing of a part; nil for none, or where there is too little
// or too much to draw.
func (p *part) picture() *chart {
	d := p.drawn
	if d.column == 0 || d.to-d.from < 2 || d.to-d.from > mostBars {
		return nil
	}
	c := &chart{under: p.head, caption: p.head, series: p.columns[d.column].Head}
	if d.label > 0 {
		c.caption = p.rows[d.from].cells[0]
	}
	for _, r := range p.rows[d.from:d.to] {
		n, ok := kindWhole.number(r.cells[d.column])
		if !ok {
			return nil
		}
		c.labels, c.values = append(c.labels, r.cells[d.label]), append(c.values, n)
	}
	c.caption += "（" + c.series + "）"
	return c
}

// sheetColumn is a column and the share of the width it gets on paper, in
// percent; 0: what is left.
type sheetColumn struct {
	Column
	width int
}

// rowKind says what a row is.
type rowKind uint8

const (
	rowLine   rowKind = iota
	rowPage           // what the rows of one page come to
	rowGroup          // what some rows come to, those of a month
	rowTotal          // what all come to
	rowSpread         // one text across all columns
	rowStruck         // counted nowhere; its last cell says why
)

type sheetRow struct {
	kind  rowKind
	cells []string
}

// sums reports whether the row says what others come to.
func (r sheetRow) sums() bool { return r.kind == rowPage || r.kind == rowGroup || r.kind == rowTotal }

// write writes the sheet in one of the formats.
func (s *sheet) write(w io.Writer, f Format) error {
	out := bufio.NewWriter(w)
	var err error
	switch f {
	case HTML:
		s.html(out)
	case Markdown:
		s.markdown(out)
	case Text:
		err = s.text(out)
	case CSV:
		err = s.csv(out)
	case DOCX:
		err = s.docx(out)
	case XLSX:
		err = s.xlsx(out)
	default:
		err = model.Problemf("报表只能写成 docx、xlsx、html、csv、md、txt", "a report is written as docx, xlsx, html, csv, md or txt")
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// heads are the texts above the columns.
func (p *part) heads() []string {
	out := make([]string, len(p.columns))
	for i, c := range p.columns {
		out[i] = c.Head
	}
	return out
}

// struck says with a word what a line through the numbers says on paper, so that
// neither a reader nor a spreadsheet adds them up.
func (s *sheet) struck(p part, cells []string) []string {
	out := slices.Clone(cells)
	for i := 1; i < len(out); i++ {
		if p.columns[i].Right && out[i] != "" {
			out[i] = model.Sayf("冲销 %s", "reversed %s", out[i]).In(s.lang)
		}
	}
	return out
}

func (s *sheet) markdown(w *bufio.Writer) {
	w.WriteString("# " + markdown(s.title) + "\n")
	if len(s.about) > 0 {
		w.WriteString("\n" + markdown(strings.Join(s.about, " · ")) + "\n")
	}
	s.told.markdown(w)
	for i, p := range s.parts {
		// The pages of one table are one table where there is no paper.
		if p.head != "" || i == 0 || !slices.Equal(p.heads(), s.parts[i-1].heads()) {
			if p.head != "" {
				w.WriteString("\n## " + markdown(p.head) + "\n")
			}
			right := make([]bool, len(p.columns))
			for j, c := range p.columns {
				right[j] = c.Right
			}
			w.WriteString("\n" + markdownRow(p.heads()) + markdownRule(right))
		}
		for _, r := range p.rows {
			switch {
			case r.kind == rowStruck: // the marks are Markdown's own and must not be escaped
				w.WriteString("|")
				for j, c := range r.cells {
					if c = markdown(c); c != "" && j < len(r.cells)-1 {
						c = "~~" + c + "~~"
					}
					w.WriteString(" " + c + " |")
				}
				w.WriteString("\n")
			case r.kind == rowSpread:
				cells := make([]string, len(p.columns))
				cells[min(1, len(cells)-1)] = r.cells[0]
				w.WriteString(markdownRow(cells))
			default:
				w.WriteString(markdownRow(r.cells))
			}
		}
	}
	if len(s.signs) > 0 {
		w.WriteString("\n" + markdown(s.signLine()) + "\n")
	}
	for _, n := range s.notes {
		w.WriteString("\n" + markdown(n) + "\n")
	}
}

func (s *sheet) text(w *bufio.Writer) error {
	w.WriteString(s.title + "\n" + strings.Join(s.about, "  ") + "\n")
	if err := s.told.text(w); err != nil {
		return err
	}
	for _, p := range s.parts {
		w.WriteString("\n")
		if p.head != "" {
			w.WriteString(p.head + "\n")
		}
		cols := make([]Column, len(p.columns))
		for i, c := range p.columns {
			cols[i] = c.Column
		}
		var rows [][]string
		var across []string
		for _, r := range p.rows {
			switch r.kind {
			case rowSpread:
				across = append(across, r.cells[0])
			case rowStruck:
				rows = append(rows, s.struck(p, r.cells))
			default:
				rows = append(rows, r.cells)
			}
		}
		if err := Table(w, cols, rows); err != nil {
			return err
		}
		for _, line := range across {
			w.WriteString(line + "\n")
		}
	}
	w.WriteString("\n")
	if len(s.signs) > 0 {
		w.WriteString(s.signLine() + "\n")
	}
	for _, n := range s.notes {
		w.WriteString(n + "\n")
	}
	return nil
}

// csv leaves out what pages and months come to: who adds up the column would
// count it twice.
func (s *sheet) csv(w *bufio.Writer) error {
	c := newCSV(w)
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	for i, p := range s.parts {
		if i == 0 || p.head != "" || !slices.Equal(p.heads(), s.parts[i-1].heads()) {
			if p.head != "" {
				if err := c.write(wide(len(p.columns), p.head)); err != nil {
					return err
				}
			}
			if err := c.write(p.heads()); err != nil {
				return err
			}
		}
		for _, r := range p.rows {
			cells := r.cells
			switch r.kind {
			case rowPage, rowGroup:
				continue
			case rowSpread:
				cells = wide(len(p.columns), r.cells[0])
			case rowStruck:
				cells = s.struck(p, r.cells)
			}
			if err := c.write(cells); err != nil {
				return err
			}
		}
	}
	for _, n := range s.notes {
		if err := c.write(wide(len(s.parts[len(s.parts)-1].columns), n)); err != nil {
			return err
		}
	}
	c.w.Flush()
	return c.w.Error()
}

// wide is a row with one text.
func wide(n int, text string) []string {
	out := make([]string, max(1, n))
	out[0] = text
	return out
}

func (s *sheet) signLine() string {
	out := make([]string, len(s.signs))
	for i, who := range s.signs {
		out[i] = who + model.W("：", ": ").In(s.lang) + strings.Repeat("_", 12)
	}
	return strings.Join(out, "    ")
}
