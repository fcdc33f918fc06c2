package export

import (
	"bytes"
	"strings"
	"testing"

	"taizhang/export/docx"
	"taizhang/model"
)

// The check of public files sees what a Word document and a workbook say, in
// every place where they can say it, whatever the file is called.
func TestGateReadsOfficeFiles(t *testing.T) {
	secrets := []string{"13812345678", "11010519491231002X", "张小明", "和平小区3号楼", "13900001111", "13900002222", "13900003333"}
	d := &docx.Document{Title: secrets[4], Unit: secrets[5], Chinese: true, Body: []docx.Block{docx.Para{Text: "电话" + secrets[0]}, docx.Title{Text: "住址\n" + secrets[3]},
		docx.Table{Columns: []docx.Column{{Head: "甲"}, {Head: "乙"}}, Rows: []docx.Row{{Cells: []string{secrets[1], secrets[2]}}}}, docx.Chart{Caption: "图", Series: "数", Labels: []string{secrets[6]}, Values: []int64{1}}}}
	var b bytes.Buffer
	if err := docx.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	text := textOf(".txt", b.Bytes())
	for _, s := range secrets {
		if !strings.Contains(text, s) {
			t.Errorf("%s in a document is not seen", s)
		}
	}
	if n := strings.Count(text, secrets[6]); n < 2 {
		t.Errorf("the workbook of the chart is not read: %d", n)
	}
	if strings.Contains(text, secrets[1]+secrets[2]) || strings.Contains(text, "<w:") {
		t.Error("cells run together, or tags are taken for text")
	}
	b.Reset()
	s := &sheet{lang: model.ZH, unit: secrets[5], title: secrets[4], about: []string{secrets[3]}, notes: []string{secrets[6]},
		parts: []part{{columns: []sheetColumn{{Column{Head: "日期"}, 0}, {Column{Head: "证件"}, 0}, {Column{Head: "电话", Right: true}, 0}, {Column{Head: secrets[2]}, 0}}, rows: []sheetRow{{rowLine, []string{"1949-12-31", secrets[1], secrets[0], "x"}}}}}}
	if err := s.write(&b, XLSX); err != nil {
		t.Fatal(err)
	}
	text = textOf(".xlsx", b.Bytes())
	for _, s := range append(secrets, "1949年12月31日") { // the day is a number in the file
		if !strings.Contains(text, s) {
			t.Errorf("%s in a workbook is not seen:\n%s", s, text)
		}
	}
	if _, ok := officeText([]byte("PK\x03\x04 no archive")); ok {
		t.Error("what is no archive was taken for one")
	}
}
