package docx

import (
	"fmt"
	"strings"
)

// fonts are those of a style: for Latin and digits, and for Chinese.
type fonts struct{ latin, han string }

const (
	fangsong = "仿宋_GB2312"
	kaiti    = "楷体_GB2312"
	heiti    = "黑体"
	songti   = "宋体"
	biaosong = "方正小标宋简体"
	roman    = "Times New Roman"
)

// style is a look with a name: who changes it changes all text that has it.
// Sizes are half-points, distances twips.
type style struct {
	id, name, zh string // name is Word's own where it has one, in every language
	parent       string // "" for Normal, which has none
	han          string // font; "" as the parent has
	size         int
	across       int // the size on A4 across, with lines as low as it needs; 0: the same
	bold, struck bool
	spacing      int  // between characters; 0 as the parent has
	loose        bool // spacing none
	para         string
	next         string
}

// exact is a line of fixed height.
func exact(line, after int) string {
	s := fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, line)
	if after > 0 {
		s = fmt.Sprintf(`<w:spacing w:after="%d" w:line="%d" w:lineRule="exact"/>`, after, line)
	}
	return s
}

// offGrid lets lines be as high as they say, whatever the grid of the page.
const offGrid = `<w:snapToGrid w:val="0"/>`

const indent = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`

// styles lists them all; what stands in para is in the order of the schema.
var styles = []style{
	{id: "Normal", name: "Normal", zh: "Normal", han: fangsong, size: 32, spacing: -5,
		para: `<w:widowControl w:val="0"/>` + exact(line, 0) + `<w:jc w:val="both"/>`},
	{id: "Title", name: "Title", han: biaosong, size: 44, loose: true, next: "Body", parent: "Normal",
		para: `<w:keepNext/>` + offGrid + exact(700, line) + `<w:jc w:val="center"/><w:outlineLvl w:val="0"/>`},
	{id: "FormTitle", name: "Form Title", zh: "表格大标题", han: biaosong, size: 36, loose: true, parent: "Normal",
		para: `<w:keepNext/>` + offGrid + exact(600, 120) + `<w:jc w:val="center"/><w:outlineLvl w:val="0"/>`},
	{id: "Body", name: "Body GB", zh: "公文正文", parent: "Normal", para: indent},
	{id: "Heading1", name: "heading 1", han: heiti, size: 32, parent: "Normal", next: "Body", para: `<w:keepNext/>` + indent + `<w:outlineLvl w:val="0"/>`},
	{id: "Heading2", name: "heading 2", han: kaiti, size: 32, parent: "Normal", next: "Body", para: `<w:keepNext/>` + indent + `<w:outlineLvl w:val="1"/>`},
	{id: "Heading3", name: "heading 3", han: fangsong, size: 32, parent: "Normal", next: "Body", para: `<w:keepNext/>` + indent + `<w:outlineLvl w:val="2"/>`},
	{id: "Heading4", name: "heading 4", han: fangsong, size: 32, parent: "Normal", next: "Body", para: `<w:keepNext/>` + indent + `<w:outlineLvl w:val="3"/>`},
	{id: "TableText", name: "Table Text", zh: "表格文字", size: 24, across: 21, loose: true, parent: "Normal", para: offGrid + exact(400, 0) + `<w:jc w:val="left"/>`},
	{id: "TableNumber", name: "Table Number", zh: "表格数字", parent: "TableText", para: `<w:jc w:val="right"/>`},
	{id: "TableHead", name: "Table Head", zh: "表头", han: heiti, parent: "TableText", para: `<w:keepNext/><w:jc w:val="center"/>`},
	{id: "TableSum", name: "Table Sum", zh: "表格合计", bold: true, parent: "TableText"},
	{id: "TableSumNumber", name: "Table Sum Number", zh: "表格合计数字", bold: true, parent: "TableNumber"},
	{id: "TableStruck", name: "Table Struck", zh: "表格冲销", struck: true, parent: "TableText"},
	{id: "TableStruckNumber", name: "Table Struck Number", zh: "表格冲销数字", struck: true, parent: "TableNumber"},
	{id: "Note", name: "Note GB", zh: "表注", size: 24, across: 21, loose: true, parent: "Normal", para: offGrid + exact(400, 0) + `<w:jc w:val="left"/>`},
	{id: "Figure", name: "Figure", zh: "图", loose: true, parent: "Normal", para: `<w:keepNext/>` + offGrid + `<w:spacing w:before="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`},
	{id: "Caption", name: "caption", han: heiti, size: 28, loose: true, parent: "Normal", next: "Body", para: exact(line, 0) + `<w:jc w:val="center"/>`},
	{id: "SignUnit", name: "Sign Unit", zh: "署名", parent: "Normal", next: "SignDate", para: `<w:keepNext/><w:spacing w:before="579" w:line="579" w:lineRule="exact"/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>`},
	{id: "SignDate", name: "Sign Date", zh: "成文日期", parent: "Normal", para: `<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>`},
	{id: "PageOdd", name: "Page Odd", zh: "页码单页", han: songti, size: 28, loose: true, parent: "Normal", para: offGrid + `<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>`},
	{id: "PageEven", name: "Page Even", zh: "页码双页", han: songti, size: 28, loose: true, parent: "Normal", para: offGrid + `<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>`},
}

func (s style) xml(chinese, across bool) string {
	if across && s.across > 0 {
		s.size = s.across
		s.para = strings.Replace(s.para, `w:line="400"`, `w:line="330"`, 1)
	}
	name := s.name
	if chinese && s.zh != "" {
		name = s.zh
	}
	b := &strings.Builder{}
	b.WriteString(`<w:style w:type="paragraph"`)
	if s.parent == "" {
		b.WriteString(` w:default="1"`)
	} else if s.zh != "" {
		b.WriteString(` w:customStyle="1"`)
	}
	b.WriteString(` w:styleId="` + s.id + `"><w:name w:val="` + name + `"/>`)
	if s.parent != "" {
		b.WriteString(`<w:basedOn w:val="` + s.parent + `"/>`)
	}
	if s.next != "" {
		b.WriteString(`<w:next w:val="` + s.next + `"/>`)
	}
	b.WriteString(`<w:qFormat/>`)
	if s.para != "" {
		b.WriteString(`<w:pPr>` + s.para + `</w:pPr>`)
	}
	run := ""
	if s.han != "" {
		latin := roman
		if s.han == songti {
			latin = songti // the number of a page
		}
		run += runFonts(fonts{latin, s.han})
	}
	if s.bold {
		run += `<w:b/><w:bCs/>`
	}
	if s.struck {
		run += `<w:strike/>`
	}
	switch {
	case s.spacing != 0:
		run += fmt.Sprintf(`<w:spacing w:val="%d"/>`, s.spacing)
	case s.loose:
		run += `<w:spacing w:val="0"/>`
	}
	if s.size > 0 {
		run += fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, s.size, s.size)
	}
	if run != "" {
		b.WriteString(`<w:rPr>` + run + `</w:rPr>`)
	}
	b.WriteString(`</w:style>`)
	return b.String()
}

func runFonts(f fonts) string {
	return `<w:rFonts w:ascii="` + f.latin + `" w:eastAsia="` + f.han + `" w:hAnsi="` + f.latin + `" w:cs="` + roman + `"/>`
}

func stylesPart(chinese, across bool) string {
	b := &strings.Builder{}
	lang := "en-GB"
	if chinese {
		lang = "en-US"
	}
	b.WriteString(declaration + `<w:styles xmlns:w="` + nsMain + `"><w:docDefaults><w:rPrDefault><w:rPr>` + runFonts(fonts{roman, fangsong}) +
		`<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="` + lang + `" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	for i := range styles {
		b.WriteString(styles[i].xml(chinese, across))
	}
	for _, c := range []struct{ id, zh, name, look string }{
		{"Missing", "待补", "Missing", `<w:b/><w:bCs/>`}, {"NoteMark", "出处序号", "Note Mark", `<w:position w:val="10"/><w:sz w:val="18"/><w:szCs w:val="18"/>`},
	} {
		if chinese {
			c.name = c.zh
		}
		b.WriteString(`<w:style w:type="character" w:customStyle="1" w:styleId="` + c.id + `"><w:name w:val="` + c.name + `"/><w:qFormat/><w:rPr>` + c.look + `</w:rPr></w:style>`)
	}
	// The one style of tables: thin lines, 1 mm beside the texts.
	border := ""
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		border += `<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
	}
	name := "Table GB"
	if chinese {
		name = "公文表格"
	}
	b.WriteString(`<w:style w:type="table" w:customStyle="1" w:styleId="TableGB"><w:name w:val="` + name + `"/><w:qFormat/><w:tblPr><w:tblBorders>` + border +
		`</w:tblBorders><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}

const settingsPart = declaration + `<w:settings xmlns:w="` + nsMain + `"><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>` +
	`<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// windowsFonts are the editions that come with Windows. What may stand in for one
// that is not there is then the same font by its English name.
var windowsFonts = strings.NewReplacer(`w:name="`+fangsong+`"><w:altName w:val="仿宋"/>`, `w:name="仿宋"><w:altName w:val="FangSong"/>`,
	`w:name="`+kaiti+`"><w:altName w:val="楷体"/>`, `w:name="楷体"><w:altName w:val="KaiTi"/>`, fangsong, "仿宋", kaiti, "楷体")

// fonts puts the edition of the fonts into a part that names them.
func (d *Document) fonts(part string) string {
	if d.Windows {
		return windowsFonts.Replace(part)
	}
	return part
}

// fontsPart says what may stand in for a font that is not there.
var fontsPart = func() string {
	b := &strings.Builder{}
	b.WriteString(declaration + `<w:fonts xmlns:w="` + nsMain + `">`)
	for _, f := range []struct{ name, alt, charset, family, pitch string }{
		{roman, "", "00", "roman", "variable"}, {fangsong, "仿宋", "86", "modern", "default"}, {kaiti, "楷体", "86", "modern", "default"},
		{heiti, "SimHei", "86", "modern", "default"}, {songti, "SimSun", "86", "auto", "variable"}, {biaosong, "宋体", "86", "script", "default"},
	} {
		b.WriteString(`<w:font w:name="` + f.name + `">`)
		if f.alt != "" {
			b.WriteString(`<w:altName w:val="` + f.alt + `"/>`)
		}
		b.WriteString(`<w:charset w:val="` + f.charset + `"/><w:family w:val="` + f.family + `"/><w:pitch w:val="` + f.pitch + `"/></w:font>`)
	}
	b.WriteString(`</w:fonts>`)
	return b.String()
}()

// footerPart is — 1 —. Each run of the field carries font and size, or the number
// comes out smaller.
func footerPart(style string) string {
	run := func(inner string) string {
		return `<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>` + inner + `</w:r>`
	}
	return declaration + `<w:ftr xmlns:w="` + nsMain + `"><w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` +
		run(`<w:t xml:space="preserve">— </w:t>`) + run(`<w:fldChar w:fldCharType="begin"/>`) + run(`<w:instrText xml:space="preserve"> PAGE </w:instrText>`) +
		run(`<w:fldChar w:fldCharType="separate"/>`) + run(`<w:t>1</w:t>`) + run(`<w:fldChar w:fldCharType="end"/>`) + run(`<w:t xml:space="preserve"> —</w:t>`) + `</w:p></w:ftr>`
}
