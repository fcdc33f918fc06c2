package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// escape writes a text for XML; characters it forbids become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// para writes a paragraph of a style.
func (b *writer) para(style, text string, more string) {
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + more + `</w:pPr>`)
	b.run(text, "")
	b.WriteString(`</w:p>`)
}

// run writes a text in a character style, "" for none; every run says that its quotation marks and dashes are
// Chinese, or they come out at half width.
func (b *writer) run(text, style string) {
	if text == "" {
		return
	}
	if b.doc.Widen {
		text = Widen(text)
	}
	b.WriteString(`<w:r>`)
	look := ""
	if style != "" {
		look = `<w:rStyle w:val="` + style + `"/>`
	}
	if b.doc.Chinese {
		look += `<w:rFonts w:hint="eastAsia"/>`
	}
	if look != "" {
		b.WriteString(`<w:rPr>` + look + `</w:rPr>`)
	}
	for i, l := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for j, t := range strings.Split(l, "\t") {
			if j > 0 {
				b.WriteString(`<w:tab/>`)
			}
			if t != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escape(t) + `</w:t>`)
			}
		}
	}
	b.WriteString(`</w:r>`)
}

func (t Title) write(b *writer) {
	style, more := "Title", ""
	if b.doc.Across {
		style = "FormTitle"
	}
	if b.titles > 0 {
		more = `<w:pageBreakBefore/>`
	}
	b.titles++
	b.para(style, t.Text, more)
}

func (h Heading) write(b *writer) {
	b.para("Heading"+strconv.Itoa(min(max(h.Level, 1), 4)), h.Text, "")
}
func (p Para) write(b *writer) {
	keep := ""
	if p.Last {
		keep = `<w:keepNext/><w:widowControl/>`
	}
	if len(p.Runs) == 0 {
		b.para("Body", p.Text, keep)
		return
	}
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Body"/>` + keep + `</w:pPr>`)
	for _, r := range p.Runs {
		switch {
		case r.Strong:
			b.run(r.Text, "Missing")
		case r.Mark:
			b.run(r.Text, "NoteMark")
		default:
			b.run(r.Text, "")
		}
	}
	b.WriteString(`</w:p>`)
}
func (n Note) write(b *writer) {
	more := ""
	if n.Head {
		more = `<w:keepNext/>`
	}
	b.para("Note", n.Text, more)
}
func (u Unit) write(b *writer) { b.para("SignUnit", u.Text, "") }
func (d Date) write(b *writer) { b.para("SignDate", d.Text, "") }

func (t Table) write(b *writer) {
	if len(t.Columns) == 0 {
		return
	}
	total := textWide
	if b.doc.Across {
		total = textWideAcross
	}
	widths := t.widths(total)
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGB"/><w:tblW w:w="` + strconv.Itoa(total) + `" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		b.WriteString(`<w:gridCol w:w="` + strconv.Itoa(w) + `"/>`)
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.Columns {
		b.cell(widths[i], 1, "TableHead", c.Head)
	}
	b.WriteString(`</w:tr>`)
	for _, r := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range t.Columns {
			text := ""
			if i < len(r.Cells) {
				text = r.Cells[i]
			}
			if r.Across {
				b.cell(total, len(t.Columns), "TableSum", text)
				break
			}
			style := "Table"
			switch {
			case r.Struck && i < len(t.Columns)-1:
				style += "Struck"
			case r.Sum:
				style += "Sum"
			}
			if c.Right {
				style += "Number"
			} else if style == "Table" {
				style += "Text"
			}
			b.cell(widths[i], 1, style, text)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// cell writes a cell, which always holds a paragraph.
func (b *writer) cell(width, span int, style, text string) {
	b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + strconv.Itoa(width) + `" w:type="dxa"/>`)
	if span > 1 {
		b.WriteString(`<w:gridSpan w:val="` + strconv.Itoa(span) + `"/>`)
	}
	b.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	b.para(style, text, "")
	b.WriteString(`</w:tc>`)
}

// widths shares out the width of the text.
func (t Table) widths(total int) []int {
	shares, sum, open := make([]int, len(t.Columns)), 0, 0
	for i, c := range t.Columns {
		shares[i] = c.Width
		sum += c.Width
		if c.Width == 0 {
			open++
		}
	}
	switch {
	case open == len(shares):
		shares = t.needs(total)
		sum = total
	case open > 0:
		rest := max(100-sum, 5*open) / open
		for i, c := range t.Columns {
			if c.Width == 0 {
				shares[i] = rest
				sum += rest
			}
		}
	}
	out, left := make([]int, len(shares)), total
	for i, s := range shares {
		out[i] = total * s / sum
		left -= out[i]
	}
	out[len(out)-1] += left
	return out
}

// needs are widths by what the texts need on one line. Where that is too much,
// short columns get what they need and the long ones share what is left.
func (t Table) needs(total int) []int {
	const column, margins = 124, 2*57 + 20 // of 小四, in twips
	need, sum := make([]int, len(t.Columns)), 0
	for i, c := range t.Columns {
		most := max(columns(c.Head), 4)
		for _, r := range t.Rows {
			if i < len(r.Cells) && !r.Across {
				most = max(most, columns(r.Cells[i]))
			}
		}
		need[i] = most*column + margins
		sum += need[i]
	}
	if sum <= total {
		for i := range need {
			need[i] = need[i] * total / sum
		}
		return need
	}
	left, long := total, len(need)
	given := make([]bool, len(need))
	for again := true; again; {
		again = false
		for i, n := range need {
			if !given[i] && n <= left/long && long > 1 {
				given[i], again = true, true
				left -= n
				long--
			}
		}
	}
	sum = 0
	for i, n := range need {
		if !given[i] {
			sum += min(n, total)
		}
	}
	for i, n := range need {
		if !given[i] {
			need[i] = max(left*min(n, total)/sum, 1)
		}
	}
	return need
}

// columns is how wide a text is, a Chinese character counted for two; of several
// lines the widest.
func columns(s string) (most int) {
	for l := range strings.SplitSeq(s, "\n") {
		n := 0
		for _, r := range l {
			if n++; r >= 0x2E80 {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
