package docxtpl

import (
	"strconv"
	"strings"

	"taizhang/export/docx"
	"taizhang/export/report"
)

// inserted writes a generated text where its tag stands. Its styles are found by
// name; what has none has the look of the tag's own paragraph, which is Normal
// unless the office made it otherwise. The title is left to the document.
func (r *renderer) inserted(p *para) {
	told := r.f.bodies[p.insert.name]
	if told == nil {
		return
	}
	names := r.f.t.names
	for i := range told.Blocks {
		b := &told.Blocks[i]
		switch {
		case b.Level == report.TitleLine:
			continue
		case b.Table != nil:
			r.table(b.Table, p)
			continue
		}
		style := names.find("paragraph", bodyStyles...)
		if b.Level >= report.Heading1 && b.Level <= report.Heading4 {
			style = names.find("paragraph", headingStyles[b.Level-report.Heading1]...)
		}
		r.text("<" + r.w("p") + ">")
		r.look(p, style)
		r.plain(p, style, b.Number, false)
		for _, s := range b.Spans {
			r.plain(p, style, s.Text, s.Gap)
			if r.finish.Draft && s.Figure != nil {
				r.plain(p, style, "["+strconv.Itoa(s.Figure.No)+"]", false)
			}
		}
		r.text("</" + r.w("p") + ">")
		r.last = "p"
	}
}

// look writes the properties of a paragraph: a style by its id, or those of the
// paragraph of the tag.
func (r *renderer) look(p *para, style string) {
	switch {
	case style != "":
		r.text("<" + r.w("pPr") + "><" + r.w("pStyle") + r.a("val", style) + "/></" + r.w("pPr") + ">")
	case p != nil && !p.section:
		r.raw(p.openTo, p.propsTo)
	default: // LibreOffice marks no style as the one of all others
		if normal := r.f.t.names.find("paragraph", "Normal", "正文"); normal != "" {
			r.look(nil, normal)
		}
	}
}

// plain writes a run of a text put in.
func (r *renderer) plain(p *para, style, text string, strong bool) {
	if text == "" {
		return
	}
	if r.finish.Widen {
		text = docx.Widen(text)
	}
	props := ""
	if style == "" && p != nil && len(p.runs) > 0 {
		props = string(r.part.data[p.runs[0].propsFrom:p.runs[0].props])
	}
	if r.zh {
		props = r.hinted(props)
	}
	if strong {
		props = r.bold(props)
	}
	r.text("<" + r.w("r") + ">" + props)
	r.chars(text)
	r.text("</" + r.w("r") + ">")
}

// remarks stand at the end of a draft.
func (r *renderer) remarks() {
	if r.noted || r.part.kind != "document" {
		return
	}
	r.noted = true
	style := r.f.t.names.find("paragraph", noteStyles...)
	for _, line := range r.finish.Remarks {
		r.text("<" + r.w("p") + ">")
		r.look(nil, style)
		r.plain(nil, style, line, false)
		r.text("</" + r.w("p") + ">")
	}
}

// tableWide is what a table put in is wide, in twips: the text of a page of GB/T
// 9704. Word fits it to narrower ones by the percentage.
const tableWide = 8845

// table writes a table of records with a head that repeats.
func (r *renderer) table(t *report.Table, p *para) {
	if len(t.Heads) == 0 {
		return
	}
	if r.last == "tbl" {
		r.empty(nil)
	}
	names := r.f.t.names
	w := r.w
	r.text("<" + w("tbl") + "><" + w("tblPr") + ">")
	style := names.find("table", tableStyles...)
	if style != "" {
		r.text("<" + w("tblStyle") + r.a("val", style) + "/>")
	}
	r.text("<" + w("tblW") + r.a("w", "5000") + r.a("type", "pct") + "/>")
	if style == "" {
		r.text("<" + w("tblBorders") + ">")
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			r.text("<" + w(side) + r.a("val", "single") + r.a("sz", "4") + r.a("space", "0") + r.a("color", "000000") + "/>")
		}
		r.text("</" + w("tblBorders") + ">")
	}
	r.text("</" + w("tblPr") + "><" + w("tblGrid") + ">")
	wide := strconv.Itoa(tableWide / len(t.Heads))
	for range t.Heads {
		r.text("<" + w("gridCol") + r.a("w", wide) + "/>")
	}
	r.text("</" + w("tblGrid") + ">")
	row := func(cells []string, head bool) {
		r.text("<" + w("tr") + "><" + w("trPr") + "><" + w("cantSplit") + "/>")
		if head {
			r.text("<" + w("tblHeader") + "/>")
		}
		r.text("</" + w("trPr") + ">")
		for i := range t.Heads {
			text := ""
			if i < len(cells) {
				text = strings.TrimSpace(cells[i])
			}
			style, align := names.find("paragraph", cellStyles...), ""
			switch {
			case head:
				style, align = names.find("paragraph", headStyles...), "center"
			case i < len(t.Right) && t.Right[i]:
				style, align = names.find("paragraph", numberStyles...), "right"
			}
			r.text("<" + w("tc") + "><" + w("tcPr") + "><" + w("tcW") + r.a("w", wide) + r.a("type", "dxa") + "/></" + w("tcPr") + "><" + w("p") + ">")
			switch {
			case style != "":
				r.look(nil, style)
			case align != "":
				r.text("<" + w("pPr") + "><" + w("jc") + r.a("val", align) + "/></" + w("pPr") + ">")
			}
			r.plain(nil, style, text, head && style == "")
			r.text("</" + w("p") + "></" + w("tc") + ">")
		}
		r.text("</" + w("tr") + ">")
	}
	row(t.Heads, true)
	for _, cells := range t.Rows {
		row(cells, false)
	}
	r.text("</" + w("tbl") + ">")
	r.last = "tbl"
}
