package export

import (
	"io"
	"strconv"
	"strings"

	"taizhang/export/docx"
	"taizhang/model"
)

// docx writes the sheet for Word.
func (s *sheet) docx(w io.Writer) error {
	d := &docx.Document{Title: s.title, Unit: s.unit, Chinese: s.lang == model.ZH, Across: !s.up, Windows: s.fonts == model.FontsWindows, Widen: s.lang == model.ZH && !s.asTyped}
	add := func(blocks ...docx.Block) { d.Body = append(d.Body, blocks...) }
	title := func() {
		add(docx.Title{Text: broken(s.title, s.unit, s.up)})
		if len(s.about) > 0 {
			add(docx.Note{Text: strings.Join(s.about, "　"), Head: true})
		}
	}
	signs := func() {
		if len(s.signs) > 0 {
			add(docx.Note{Text: "　"}, docx.Note{Text: s.signLine()})
		}
	}
	title()
	sign := func() {
		if !s.drawn.IsZero() {
			if n := len(d.Body); n > 0 { // a signature alone on a page signs nothing
				if p, ok := d.Body[n-1].(docx.Para); ok {
					p.Last = true
					d.Body[n-1] = p
				}
			}
			add(docx.Unit{Text: s.unit}, docx.Date{Text: s.day()})
		}
	}
	if s.told != nil { // who signs a text signs below it, before its tables
		add(s.told.docx()...)
		sign()
	}
	var group string
	n, m := 0, 0
	for i, p := range s.parts {
		switch {
		case p.head == "" && i > 0:
			signs()
			title()
		case p.head != "" && s.up:
			text := p.head
			rest, under := strings.CutPrefix(text, group+s.colon())
			if group != "" && under {
				m++
				add(docx.Heading{Level: 2, Text: numbered2(m, rest, s.lang)})
				break
			}
			n, m = n+1, 0
			group = text
			if s.told != nil {
				add(docx.Heading{Level: 1, Text: model.Sayf("附表%d　%s", "Annex %d: %s", n, text).In(s.lang)})
			} else {
				add(docx.Heading{Level: 1, Text: numbered1(n, text, s.lang)})
			}
		case p.head != "":
			add(docx.Note{Text: p.head, Head: true})
		}
		if c := s.chart; c != nil && c.under == p.head {
			add(docx.Chart{Caption: c.caption, Series: c.series, Labels: c.labels, Values: c.values})
		}
		add(p.docx())
		if c := p.picture(); c != nil {
			add(docx.Chart{Caption: c.caption, Series: c.series, Labels: c.labels, Values: c.values})
		}
	}
	signs()
	if s.told == nil {
		sign()
	}
	for _, note := range s.notes {
		add(docx.Note{Text: note})
	}
	return docx.Write(w, d)
}

// day is how the end of a document writes its day.
func (s *sheet) day() string {
	if s.lang == model.ZH {
		return s.drawn.Prose()
	}
	return s.drawn.String()
}

func (s *sheet) colon() string { return model.W("：", ": ").In(s.lang) }

// A title wider than a line is broken after the unit's name, or where two lines
// come out even.
func broken(title, unit string, upright bool) string {
	most := 66 // columns
	if upright {
		most = 40
	}
	if columns(title) <= most {
		return title
	}
	if before, after, ok := strings.Cut(title, " "); ok && columns(before) <= most && columns(after) <= most {
		return before + "\n" + after
	}
	if rest, ok := strings.CutPrefix(title, unit); ok && unit != "" && rest != "" && columns(unit) <= most && columns(rest) <= most {
		return unit + "\n" + strings.TrimLeft(rest, " :")
	}
	r := []rune(title)
	return string(r[:len(r)/2]) + "\n" + string(r[len(r)/2:])
}

// numbered1 and numbered2 number headings as documents do: 一、and （一）.
func numbered1(n int, text string, l model.Lang) string {
	return model.W(model.HanNumber(n)+"、", strconv.Itoa(n)+". ").In(l) + text
}

func numbered2(n int, text string, l model.Lang) string {
	return model.W("（"+model.HanNumber(n)+"）", "("+strconv.Itoa(n)+") ").In(l) + text
}

func (p *part) docx() docx.Table {
	t := docx.Table{}
	for _, c := range p.columns {
		t.Columns = append(t.Columns, docx.Column{Head: c.Head, Width: c.width, Right: c.Right})
	}
	for _, r := range p.rows {
		t.Rows = append(t.Rows, docx.Row{Cells: r.cells, Sum: r.sums(), Across: r.kind == rowSpread, Struck: r.kind == rowStruck})
	}
	return t
}
