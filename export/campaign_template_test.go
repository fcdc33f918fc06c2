//go:build campaign

package export

import (
	"bytes"
	"os"
	"testing"

	"taizhang/export/docxtpl"
	"taizhang/export/report"
	"taizhang/model"
)

// python-docx reads a filled document of the office: text, the styles of the text
// put in, repeated rows, header.
func TestPythonDocxReadsTemplate(t *testing.T) {
	d := newDesk(t)
	file, err := os.ReadFile("docxtpl/testdata/redhead.docx")
	if err != nil {
		t.Fatal(err)
	}
	tpl, err := docxtpl.Parse(file, d.c.Schema, WordTexts(report.Shelf{}, "summary", model.ZH, d.c.Schema, nil))
	if err != nil {
		t.Fatal(model.Say(err, model.ZH))
	}
	var b bytes.Buffer
	job := FilledJob{Template: tpl, Period: model.YearOf(model.NewDate(2026, 1, 1)), Audience: model.Superior, Lang: model.ZH, Finish: Finish{Draft: true}}
	if _, err := Filled(&b, d, job); err != nil {
		t.Fatal(err)
	}
	got := python(t, "docx", `
import sys, docx
d = docx.Document(sys.argv[1])
print(d.paragraphs[0].text, d.paragraphs[1].text)
print([(p.text, p.style.name) for p in d.paragraphs if p.style.name.startswith("Heading")][:2])
t = d.tables[0]
print([c.text for c in t.rows[0].cells], [c.text for c in t.rows[-1].cells][0], len(t.rows))
print(d.sections[0].header.paragraphs[0].text)
`, saved(t, "t.docx", b.Bytes()))
	want := `和平社区文件 社〔2026〕12号
[('一、基本情况', 'Heading 1'), ('二、工作及成效', 'Heading 1')]
['序号', '日期', '名称', '人次'] 合计 2
和平社区　内部资料
`
	if got != want {
		t.Errorf("python-docx reads\n%s\nwant\n%s", got, want)
	}
}
