package docx

import (
	"archive/zip"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	chartWide = 8800 // twips
	chartHigh = 4600
)

func (c Chart) write(b *writer) {
	if len(c.Labels) == 0 || len(c.Labels) != len(c.Values) {
		return
	}
	b.charts = append(b.charts, c)
	n := strconv.Itoa(len(b.charts))
	name := escape(c.Caption)
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r>`)
	if b.doc.Chinese {
		b.WriteString(`<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>`)
	}
	b.WriteString(`<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="` + strconv.Itoa(chartWide*emu) + `" cy="` + strconv.Itoa(chartHigh*emu) + `"/>` +
		`<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="` + n + `" name="chart ` + n + `" descr="` + name + `"/><wp:cNvGraphicFramePr/>` +
		`<a:graphic><a:graphicData uri="` + nsChart + `"><c:chart r:id="chart` + n + `"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)
	b.para("Caption", c.Caption, "")
}

// xml is the chart: grey columns from zero with their numbers, which print in
// black and white. What it shows is kept beside where it comes from.
func (c Chart) xml(chinese bool) string {
	last := strconv.Itoa(len(c.Labels) + 1)
	lang := "en-US"
	if chinese {
		lang = "zh-CN"
	}
	var labels, values strings.Builder
	for i := range c.Labels {
		at := strconv.Itoa(i)
		labels.WriteString(`<c:pt idx="` + at + `"><c:v>` + escape(c.Labels[i]) + `</c:v></c:pt>`)
		values.WriteString(`<c:pt idx="` + at + `"><c:v>` + strconv.FormatInt(c.Values[i], 10) + `</c:v></c:pt>`)
	}
	count := `<c:ptCount val="` + strconv.Itoa(len(c.Labels)) + `"/>`
	text := `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1050"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="` + roman + `"/><a:ea typeface="` + songti + `"/></a:defRPr></a:pPr><a:endParaRPr lang="` + lang + `"/></a:p></c:txPr>`
	black := `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>`
	return declaration + `<c:chartSpace xmlns:c="` + nsChart + `" xmlns:a="` + nsDrawing + `" xmlns:r="` + nsRel + `"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>` +
		`<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>` +
		`<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>` + escape(c.Series) + `</c:v></c:pt></c:strCache></c:strRef></c:tx>` +
		`<c:spPr><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>` +
		`<c:dLbls><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>` +
		`<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$` + last + `</c:f><c:strCache>` + count + labels.String() + `</c:strCache></c:strRef></c:cat>` +
		`<c:val><c:numRef><c:f>Sheet1!$B$2:$B$` + last + `</c:f><c:numCache><c:formatCode>General</c:formatCode>` + count + values.String() + `</c:numCache></c:numRef></c:val></c:ser>` +
		`<c:gapWidth val="60"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>` +
		`<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>` +
		`<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` + black + `<c:crossAx val="222222222"/><c:crosses val="autoZero"/></c:catAx>` +
		`<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>` +
		`<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` + black + `<c:crossAx val="111111111"/><c:crosses val="autoZero"/>` + c.steps() + `</c:valAx>` +
		`</c:plotArea><c:plotVisOnly val="1"/></c:chart>` + text + `<c:externalData r:id="workbook"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`
}

// fewSteps is up to where the steps of the axis are said: a program that chooses
// them itself would put halves between small counts.
const fewSteps = 5

// steps says that the axis counts by one, where it would not go far.
func (c Chart) steps() string {
	if len(c.Values) == 0 || slices.Max(c.Values) > fewSteps {
		return ""
	}
	return `<c:majorUnit val="1"/>`
}

// workbook is what Word opens to edit the numbers.
func (c Chart) workbook() string {
	text := func(ref, s string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t xml:space="preserve">` + escape(s) + `</t></is></c>`
	}
	rows := `<row r="1">` + text("B1", c.Series) + `</row>`
	for i := range c.Labels {
		n := strconv.Itoa(i + 2)
		rows += `<row r="` + n + `">` + text("A"+n, c.Labels[i]) + `<c r="B` + n + `"><v>` + strconv.FormatInt(c.Values[i], 10) + `</v></c></row>`
	}
	const sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	kind := "application/vnd.openxmlformats-officedocument.spreadsheetml."
	var b strings.Builder
	z := zip.NewWriter(&b)
	for _, p := range []part{
		{"[Content_Types].xml", declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + kind + `worksheet+xml"/></Types>`},
		{"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
		{"xl/workbook.xml", declaration + `<workbook xmlns="` + sheets + `" xmlns:r="` + nsRel + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "worksheets/sheet1.xml"))},
		{"xl/worksheets/sheet1.xml", declaration + `<worksheet xmlns="` + sheets + `"><sheetData>` + rows + `</sheetData></worksheet>`},
	} {
		f, err := z.Create(p.name)
		if err == nil {
			_, _ = io.WriteString(f, p.text) // into memory
		}
	}
	_ = z.Close()
	return b.String()
}
