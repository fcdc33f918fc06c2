package export

import (
	"io"
	"strconv"
	"strings"

	"taizhang/export/docx"
	"taizhang/export/report"
	"taizhang/model"
)

// Explained writes a text template as a Word document in which every tag is
// explained, for an office to lay out and change. The explanations are remarks,
// which no filled document has.
func Explained(w io.Writer, src string, schema *model.Schema, l model.Lang) error {
	lines, err := report.Explain(src, schema)
	if err != nil {
		return err
	}
	d := &docx.Document{Chinese: l == model.ZH, Windows: schema.Fonts() == model.FontsWindows}
	note := func(w model.Words) {
		text := []rune(clean(w.In(l)))
		d.Body = append(d.Body, docx.Note{Text: "{{" + model.W("注 ", "note: ").In(l) + string(text[:min(len(text), 180)]) + "}}"}) // a tag has its bounds
	}
	for _, w := range []model.Words{
		model.W("用 Word 或 WPS 改好后，把文件放进台账旁边的 templates 文件夹，改成报告的名称，例 summary.docx；再运行 taizhang report summary。", "Edit this in Word or WPS and put it into the folder templates beside the ledger under the name of a report, such as summary.docx; then: taizhang report summary."),
		model.W("双花括号里的是标记，填写时换成台账里的数。字体、字号、段落都可以改，标记的字体就是数的字体。", "What stands in double braces is a tag: a figure from the ledger takes its place, in the same look. Fonts, sizes and paragraphs are yours."),
		model.W("数为零的分句自动省去。标题前的“节号 1”由程序编号，下面没有内容时标题也省去。", "A clause whose figure is zero goes. The program numbers the headings that begin with section-no, and leaves out those with nothing under them."),
		model.W("“注”开头的都不印出来，可以删掉。改好后先检查：taizhang template check 文件。全部名称：taizhang template names。", "Remarks such as this one are not printed and may be deleted. Check before use: taizhang template check FILE. All names: taizhang template names."),
	} {
		note(w)
	}
	for _, line := range lines {
		for _, x := range line.Explains {
			note(model.Sayf("%s　%s", "%s – %s", x.Tag, plainBraces(x.Words)))
		}
		switch {
		case line.Level == report.TitleLine:
			d.Body = append(d.Body, docx.Title{Text: line.Text})
		case line.Level >= report.Heading1:
			n := int(line.Level - report.TitleLine)
			d.Body = append(d.Body, docx.Heading{Level: n, Text: "{{" + model.W("节号 ", "section-no ").In(l) + strconv.Itoa(n) + "}}" + line.Text})
		default:
			d.Body = append(d.Body, docx.Para{Text: line.Text})
		}
	}
	return docx.Write(w, d)
}

// plainBraces takes braces out of what stands in a remark, which ends at the
// first of them.
func plainBraces(w model.Words) model.Words {
	return model.Words{ZH: braces.Replace(w.ZH), EN: braces.Replace(w.EN)}
}

var braces = strings.NewReplacer("{{", "“", "}}", "”")
