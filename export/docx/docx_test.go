package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func sample() *Document {
	d := &Document{Title: "和平社区\n2026年工作情况", Unit: "和平社区", Chinese: true, Widen: true}
	d.Body = []Block{
		Title{d.Title}, Para{Last: true, Text: "一年来,共开展活动73场(参加1,045人次),“三八”表彰……见附件。"}, Heading{1, "一、活动"}, Heading{2, "（一）条线"}, Heading{3, "1.文体"},
		Chart{"各月活动场次", "场次", []string{"1月", "2月 <&>"}, []int64{7, 5}},
		Table{[]Column{{"序号", 5, true}, {"名称", 0, false}, {"元", 10, true}}, []Row{
			{Cells: []string{"1", "<义诊> & \"讲座\"\n第二行\t完", "1,045.00"}}, {Cells: []string{"", "小计"}, Sum: true}, {Cells: []string{"人民币壹仟元整"}, Across: true},
			{Cells: []string{"2", "冲销", "9.00"}, Struck: true}}},
		Note{Text: "坏字符\x00\x0b\ufffe完"}, Note{Text: "各月", Head: true}, Title{"第二页"}, Unit{"和平社区"}, Date{"2027年1月8日"},
	}
	return d
}

func written(t testing.TB, d *Document) ([]byte, map[string]string) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), unzipped(t, b.Bytes())
}

func unzipped(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

// The order of children in the schema (ECMA-376, transitional), as far as used.
// Word refuses a part in which they stand otherwise.
var order = map[string]string{
	"pPr":        "pStyle keepNext keepLines pageBreakBefore widowControl snapToGrid spacing ind jc outlineLvl rPr sectPr",
	"rPr":        "rStyle rFonts b bCs i strike color spacing w kern position sz szCs u lang",
	"tblPr":      "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
	"tcPr":       "tcW gridSpan vMerge tcBorders shd vAlign",
	"trPr":       "cantSplit trHeight tblHeader",
	"tbl":        "tblPr tblGrid tr",
	"tr":         "trPr tc",
	"tc":         "tcPr p",
	"p":          "pPr r",
	"r":          "rPr t br tab fldChar instrText drawing",
	"sectPr":     "footerReference pgSz pgMar cols docGrid",
	"style":      "name basedOn next qFormat pPr rPr tblPr",
	"styles":     "docDefaults style",
	"font":       "altName charset family pitch",
	"settings":   "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat",
	"tblBorders": "top left bottom right insideH insideV",
	"inline":     "extent effectExtent docPr cNvGraphicFramePr a:graphic",
	"chartSpace": "roundedCorners chart spPr txPr externalData",
	"chart":      "autoTitleDeleted plotArea legend plotVisOnly",
	"plotArea":   "layout barChart catAx valAx spPr",
	"barChart":   "barDir grouping varyColors ser gapWidth axId",
	"ser":        "idx order tx spPr invertIfNegative dLbls cat val",
	"dLbls":      "dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
	"catAx":      "axId scaling delete axPos numFmt majorTickMark minorTickMark tickLblPos spPr crossAx crosses",
	"valAx":      "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr crossAx crosses crossBetween majorUnit",
	"scaling":    "orientation max min",
	"body":       "p|tbl sectPr",
}

// inOrder reads a part to its end and checks the order of what is in it; it
// returns the first fault.
func inOrder(text string) error {
	type level struct {
		name string
		at   int
	}
	var stack []level
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if e.Name.Space == nsDrawing { // has a pPr of its own
				name = "a:" + name
			}
			if n := len(stack); n > 0 {
				parent := &stack[n-1]
				if list, ok := order[parent.name]; ok {
					at := slices.IndexFunc(strings.Fields(list), func(s string) bool { return slices.Contains(strings.Split(s, "|"), name) })
					free := parent.name == "r" && at > 0 // a run mixes texts and breaks
					switch {
					case at < 0:
						return errors.New(name + " is not known in " + parent.name)
					case at < parent.at && !free:
						return errors.New(name + " comes too late in " + parent.name)
					}
					parent.at = at
				}
			}
			stack = append(stack, level{name: name})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

func TestPartsFollowTheSchema(t *testing.T) {
	for _, chinese := range []bool{true, false} {
		for _, across := range []bool{true, false} {
			d := sample()
			d.Chinese, d.Across = chinese, across
			_, parts := written(t, d)
			for name, text := range parts {
				if strings.HasSuffix(name, ".xlsx") {
					for inner, text := range unzipped(t, []byte(text)) {
						if err := inOrder(text); err != nil {
							t.Errorf("%s in %s: %v", inner, name, err)
						}
					}
					continue
				}
				if err := inOrder(text); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			// Every part is declared, and every relationship leads to one.
			for name := range parts {
				if types := parts["[Content_Types].xml"]; !strings.HasSuffix(name, ".rels") && !strings.HasSuffix(name, ".xlsx") && name != "[Content_Types].xml" && !strings.Contains(types, `"/`+name+`"`) {
					t.Errorf("%s has no type", name)
				}
			}
			for _, target := range []string{"styles.xml", "settings.xml", "fontTable.xml", "footer1.xml", "footer2.xml", "charts/chart1.xml", "embeddings/chart1.xlsx"} {
				if parts["word/"+target] == "" {
					t.Errorf("no part %s", target)
				}
			}
		}
	}
	// The test sees what is wrong.
	for _, bad := range []string{`<pPr><jc/><spacing/></pPr>`, `<rPr><sz/><rFonts/></rPr>`, `<tbl><tr/><tblPr/></tbl>`, `<pPr><foo/></pPr>`, `<sectPr><pgSz/><footerReference/></sectPr>`, `<a>`} {
		if inOrder(bad) == nil {
			t.Errorf("%s passes", bad)
		}
	}
}

func TestEveryStyleThatIsUsedIsThere(t *testing.T) {
	_, parts := written(t, sample())
	for _, style := range strings.Split(parts["word/document.xml"]+parts["word/footer1.xml"]+parts["word/footer2.xml"], `<w:pStyle w:val="`)[1:] {
		id, _, _ := strings.Cut(style, `"`)
		if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+id+`"`) {
			t.Errorf("no style %s", id)
		}
	}
	styles := parts["word/styles.xml"]
	for _, want := range []string{
		`<w:spacing w:line="579" w:lineRule="exact"/>`, `<w:spacing w:val="-5"/><w:sz w:val="32"/>`, `w:eastAsia="方正小标宋简体"`, `<w:ind w:firstLineChars="200" w:firstLine="640"/>`,
		`w:styleId="Heading1"><w:name w:val="heading 1"/>`, `<w:name w:val="公文正文"/>`, `w:rightChars="200"`, `w:rightChars="400"`,
	} {
		if !strings.Contains(styles, want) {
			t.Errorf("the styles lack %s", want)
		}
	}
}

func TestDocument(t *testing.T) {
	b, parts := written(t, sample())
	doc := parts["word/document.xml"]
	for _, want := range []string{
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`, `<w:docGrid w:type="lines" w:linePitch="579"/>`,
		`<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>`,
		`一年来，共开展活动73场（参加1,045人次），“三八”表彰……见附件。`, `&lt;义诊&gt; &amp; &#34;讲座&#34;</w:t><w:br/><w:t xml:space="preserve">第二行</w:t><w:tab/>`,
		`<w:tblHeader/>`, `<w:pStyle w:val="Note"/><w:keepNext/></w:pPr>`, `<w:tblLayout w:type="fixed"/>`, `<w:gridSpan w:val="3"/>`, `<w:pageBreakBefore/>`, `<c:chart r:id="chart1"/>`, "坏字符\ufffd\ufffd\ufffd完",
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	// Every run of text says that it is Chinese; every row keeps together.
	if runs, hints := strings.Count(doc, "<w:r>"), strings.Count(doc, `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>`); runs != hints || runs < 20 {
		t.Errorf("%d runs, %d with a hint", runs, hints)
	}
	if rows, kept := strings.Count(doc, "<w:tr>"), strings.Count(doc, "<w:trPr><w:cantSplit/>"); rows != 5 || kept != rows {
		t.Errorf("%d rows, %d kept", rows, kept)
	}
	if cells := strings.Count(doc, "<w:tc>"); strings.Count(doc, `</w:p></w:tc>`) != cells {
		t.Error("a cell without a paragraph")
	}
	for name, style := range map[string]string{"word/footer1.xml": "PageOdd", "word/footer2.xml": "PageEven"} {
		f := parts[name]
		if !strings.Contains(f, `"`+style+`"`) || strings.Count(f, "<w:r>") != 7 || strings.Count(f, `<w:sz w:val="28"/>`) != 7 || !strings.Contains(f, " PAGE ") {
			t.Errorf("%s: %s", name, f)
		}
	}
	if !strings.Contains(parts["word/settings.xml"], "<w:evenAndOddHeaders/>") || strings.Contains(parts["[Content_Types].xml"], "theme") {
		t.Error("settings")
	}
	if f := parts["word/fontTable.xml"]; !strings.Contains(f, `<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>`) {
		t.Error(f)
	}
	chart := parts["word/charts/chart1.xml"]
	for _, want := range []string{`<c:v>2月 &lt;&amp;&gt;</c:v>`, `<c:min val="0"/>`, `<c:showVal val="1"/>`, `<c:externalData r:id="workbook">`, `Sheet1!$B$2:$B$3`} {
		if !strings.Contains(chart, want) {
			t.Errorf("the chart lacks %s", want)
		}
	}
	few, many := Chart{Labels: []string{"户", "人"}, Values: []int64{2, 1}}, Chart{Labels: []string{"户", "人"}, Values: []int64{200, 1}}
	if !strings.Contains(few.xml(true), `<c:crosses val="autoZero"/><c:majorUnit val="1"/></c:valAx>`) || strings.Contains(many.xml(true), "majorUnit") {
		t.Error("small counts go by one, large ones as the program likes")
	}
	if book := unzipped(t, []byte(parts["word/embeddings/chart1.xlsx"])); !strings.Contains(book["xl/worksheets/sheet1.xml"], `<c r="B3"><v>5</v></c>`) {
		t.Errorf("%q", book)
	}
	if again, _ := written(t, sample()); !bytes.Equal(again, b) {
		t.Error("written twice, the file differs")
	}
	d := sample()
	d.Widen = false
	if _, parts := written(t, d); !strings.Contains(parts["word/document.xml"], "一年来,共开展活动73场(参加") {
		t.Error("punctuation was changed though nobody asked")
	}
	d.Chinese = false
	if _, parts := written(t, d); strings.Contains(parts["word/document.xml"], "eastAsia") {
		t.Error("an English text is marked as Chinese")
	}
}

func TestWidths(t *testing.T) {
	for _, cols := range [][]Column{
		{{"序号", 5, true}, {"名称", 0, false}, {"元", 10, true}}, {{"甲", 0, false}}, {{"甲", 0, false}, {"乙", 0, false}}, {{"甲", 90, false}, {"乙", 50, false}, {"丙", 0, false}},
		{{"日期", 0, false}, {"摘要", 0, false}, {"又一", 0, false}},
	} {
		tab := Table{Columns: cols, Rows: []Row{{Cells: []string{"2026-01-02", strings.Repeat("长", 300), strings.Repeat("x", 90)}}, {Cells: []string{strings.Repeat("全", 99)}, Across: true}}}
		sum := 0
		for i, w := range tab.widths(textWide) {
			if w <= 0 {
				t.Errorf("%v: column %d is %d wide", cols, i, w)
			}
			sum += w
		}
		if sum != textWide {
			t.Errorf("%v: %d of %d", cols, sum, textWide)
		}
	}
	// A day is not broken for the sake of a long text beside it.
	w := Table{Columns: []Column{{"日期", 0, false}, {"摘要", 0, false}}, Rows: []Row{{Cells: []string{"2026-01-02", strings.Repeat("长", 300)}}}}.widths(textWide)
	if w[0] < 10*120 || w[0] > 1600 {
		t.Error(w)
	}
}

func TestWiden(t *testing.T) {
	for in, want := range map[string]string{
		"你好, 世界": "你好，世界", "1,045人": "1,045人", "上午9:30开会": "上午9:30开会", "时间:12:30": "时间：12:30", "见http://a.cn/b?c": "见http://a.cn/b?c",
		"活动(3场)": "活动（3场）", "(2026)年": "（2026）年", "Word(docx)": "Word(docx)", "文件(v1.2)共3份": "文件（v1.2）共3份", "a, b": "a, b", "真的吗?是!": "真的吗？是！", "甲;乙": "甲；乙",
		"共5人,其中(党员2人;群众3人).": "共5人，其中（党员2人；群众3人）.", "": "", "“三八”:表彰": "“三八”：表彰", "45,参加": "45，参加", "3号楼(A座": "3号楼（A座", "比分3:2": "比分3:2",
		"第(1)项": "第（1）项", "x(y(中)z)": "x(y（中）z)", "已完成 ( 见附件 )": "已完成 ( 见附件 )",
	} {
		if got := Widen(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if again := Widen(Widen(in)); again != Widen(in) {
			t.Errorf("%q changes again to %q", in, again)
		}
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("文字, \x00 <b> \u2028", "]]>&#0;", int64(3))
	f.Fuzz(func(t *testing.T, a, b string, n int64) {
		d := &Document{Title: a, Unit: b, Chinese: true, Widen: true, Body: []Block{Title{a}, Para{Text: b}, Table{Columns: []Column{{Head: a}}, Rows: []Row{{Cells: []string{b}}}}, Chart{a, b, []string{a}, []int64{n}}}}
		_, parts := written(t, d)
		for name, text := range parts {
			if !strings.HasSuffix(name, ".xlsx") {
				if err := inOrder(text); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	})
}

func BenchmarkWrite1000Rows(b *testing.B) {
	d := &Document{Title: "活动一览表", Unit: "和平社区", Chinese: true, Across: true, Widen: true, Body: []Block{Title{"活动一览表"}}}
	t := Table{Columns: []Column{{"序号", 5, true}, {"日期", 9, false}, {"名称", 24, false}, {"地点", 13, false}, {"对象", 11, false}, {"人次", 7, true}, {"角色", 6, false}, {"负责人", 8, false}, {"备注", 0, false}}}
	for i := range 1000 {
		t.Rows = append(t.Rows, Row{Cells: []string{strconv.Itoa(i), "2026-03-08", "“三八”五好文明家庭、平安家庭、好媳妇评选", "文化活动中心", "妇女、居民", "128", "主办", "李晓梅", "4户 五好文明家庭；9人 好媳妇"}})
	}
	d.Body = append(d.Body, t)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}

// With the fonts of Windows no part names those of the older standard, and the
// page is the same.
func TestWindowsFonts(t *testing.T) {
	parts := func(windows bool) map[string]string {
		var b bytes.Buffer
		if err := Write(&b, &Document{Title: "总结", Unit: "和平社区", Chinese: true, Windows: windows, Body: []Block{Para{Text: "正文"}, Heading{2, "（一）"}}}); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			out[f.Name] = string(raw)
		}
		return out
	}
	usual, windows := parts(false), parts(true)
	if !strings.Contains(usual["word/styles.xml"], `w:eastAsia="仿宋_GB2312"`) || !strings.Contains(windows["word/styles.xml"], `w:eastAsia="仿宋"`) ||
		!strings.Contains(windows["word/fontTable.xml"], `w:name="楷体"><w:altName w:val="KaiTi"/>`) {
		t.Error(windows["word/fontTable.xml"])
	}
	for name, part := range windows {
		if strings.Contains(part, "_GB2312") {
			t.Errorf("%s names a font of the standard", name)
		}
		if name != "word/styles.xml" && name != "word/fontTable.xml" && part != usual[name] {
			t.Errorf("%s differs", name)
		}
	}
}
