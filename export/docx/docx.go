// Package docx writes Word documents as Chinese offices lay them out (GB/T
// 9704-2012): 22 lines of 28 characters on a page, the number of the page at its
// outer edge, every look a named style. It knows nothing of ledgers. Same
// document, same bytes.
package docx

import (
	"archive/zip"
	"io"
	"strconv"
	"strings"
)

// Document is what is written.
type Document struct {
	Title   string // of the first page, and of the file's properties
	Unit    string // whose document it is
	Chinese bool   // the language: decides fonts of quotation marks and dashes
	Across  bool   // A4 across, for wide tables, with the title of a form
	Widen   bool   // half-width punctuation beside Chinese is made full-width
	Windows bool   // 仿宋 and 楷体, which come with Windows, in place of 仿宋_GB2312 and 楷体_GB2312
	Body    []Block
}

// Block is a paragraph, a table or a chart.
type Block interface{ write(*writer) }

// The paragraphs there are. A line break in a text is a line break in Word.
type (
	Title   struct{ Text string } // on a page of its own where it is not the first
	Heading struct {
		Level int // 1 to 4
		Text  string
	}
	Para struct { // body text: Text, or runs of several looks
		Text string
		Runs []Run
		Last bool // of a text: its end stands on the page of the signature
	}
	Note struct { // small, above or below a table
		Text string
		Head bool // stays on the page of the table under it
	}
	Unit struct{ Text string } // who signs, at the right
	Date struct{ Text string } // and when
)

// Run is a part of a paragraph.
type Run struct {
	Text   string
	Strong bool // what is still missing
	Mark   bool // the small number of a note
}

// Table has a head that repeats on every page and rows that are not split.
type Table struct {
	Columns []Column
	Rows    []Row
}

// Column is a column of a table. Widths are shares in percent, 0 what is left;
// where all are 0 the texts decide.
type Column struct {
	Head  string
	Width int
	Right bool
}

// Row is a row of a table.
type Row struct {
	Cells  []string // one text where Across
	Sum    bool     // in bold
	Across bool
	Struck bool // a line through all cells but the last
}

// Chart is a chart of columns that Word can edit: the numbers come with it in a
// workbook. Its caption stands below.
type Chart struct {
	Caption string
	Series  string // what the values are
	Labels  []string
	Values  []int64
}

// The page, in twips (GB/T 9704: 37, 35, 28 and 26 mm around 156 × 225 mm).
// Across, where tables go, 15 mm are left all round.
const (
	pageWide, pageHigh             = 11906, 16838
	right, left                    = 1474, 1587
	acrossMargin                   = 850
	header, footerAcross           = 851, 480
	textWide                       = pageWide - left - right
	textWideAcross                 = pageHigh - 2*acrossMargin
	line                           = 579 // 22 lines in 225 mm: 29 pt does not fit
	emu                            = 635 // in a twip
	nsMain, nsRel                  = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsChart, nsDrawing, nsWordDraw = "http://schemas.openxmlformats.org/drawingml/2006/chart", "http://schemas.openxmlformats.org/drawingml/2006/main", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	declaration                    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// writer puts the body together.
type writer struct {
	strings.Builder
	doc    *Document
	charts []Chart
	titles int
}

// Write writes the document as a .docx file.
func Write(w io.Writer, d *Document) error {
	b := &writer{doc: d}
	for _, block := range d.Body {
		block.write(b)
	}
	z := zip.NewWriter(w)
	for _, p := range b.parts() {
		f, err := z.Create(p.name) // without a time
		if err == nil {
			_, err = io.WriteString(f, p.text)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

type part struct{ name, text string }

func (b *writer) parts() []part {
	types, rels := "", ""
	var more []part
	for i, c := range b.charts {
		n := strconv.Itoa(i + 1)
		types += `<Override PartName="/word/charts/chart` + n + `.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`
		rels += relation("chart"+n, "chart", "charts/chart"+n+".xml")
		more = append(more, part{"word/charts/chart" + n + ".xml", c.xml(b.doc.Chinese)},
			part{"word/charts/_rels/chart" + n + ".xml.rels", relations(relation("workbook", "package", "../embeddings/chart"+n+".xlsx"))},
			part{"word/embeddings/chart" + n + ".xlsx", c.workbook()})
	}
	out := []part{
		{"[Content_Types].xml", declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>` +
			override("word/document.xml", "document.main") + override("word/styles.xml", "styles") + override("word/settings.xml", "settings") +
			override("word/fontTable.xml", "fontTable") + override("word/footer1.xml", "footer") + override("word/footer2.xml", "footer") +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` + types + `</Types>`},
		{"_rels/.rels", relations(relation("document", "officeDocument", "word/document.xml") +
			`<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`)},
		{"docProps/core.xml", declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
			`<dc:creator>` + escape(b.doc.Unit) + `</dc:creator><dc:title>` + escape(strings.ReplaceAll(b.doc.Title, "\n", "")) + `</dc:title></cp:coreProperties>`},
		{"word/document.xml", b.document()},
		{"word/_rels/document.xml.rels", relations(relation("styles", "styles", "styles.xml") + relation("settings", "settings", "settings.xml") +
			relation("fonts", "fontTable", "fontTable.xml") + relation("odd", "footer", "footer1.xml") + relation("even", "footer", "footer2.xml") + rels)},
		{"word/styles.xml", b.doc.fonts(stylesPart(b.doc.Chinese, b.doc.Across))},
		{"word/settings.xml", settingsPart},
		{"word/fontTable.xml", b.doc.fonts(fontsPart)},
		{"word/footer1.xml", footerPart("PageOdd")},
		{"word/footer2.xml", footerPart("PageEven")},
	}
	return append(out, more...)
}

func (b *writer) document() string {
	section := `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1417" w:gutter="0"/>`
	if b.doc.Across {
		m := strconv.Itoa(acrossMargin)
		section = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="` + m + `" w:right="` + m + `" w:bottom="` + m + `" w:left="` + m +
			`" w:header="` + strconv.Itoa(header) + `" w:footer="` + strconv.Itoa(footerAcross) + `" w:gutter="0"/>`
	}
	return declaration + `<w:document xmlns:w="` + nsMain + `" xmlns:r="` + nsRel + `" xmlns:wp="` + nsWordDraw + `" xmlns:a="` + nsDrawing + `" xmlns:c="` + nsChart + `"><w:body>` +
		b.String() + `<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>` + section +
		`<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="` + strconv.Itoa(line) + `"/></w:sectPr></w:body></w:document>`
}

func override(name, kind string) string {
	return `<Override PartName="/` + name + `" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + kind + `+xml"/>`
}

func relation(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + nsRel + `/` + kind + `" Target="` + target + `"/>`
}

func relations(all string) string {
	return declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + all + `</Relationships>`
}
