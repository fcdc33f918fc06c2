//go:build campaign

package export

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"taizhang/export/docx"
	"taizhang/model"
)

// python runs a script of Debian's Python, which has python3-openpyxl and
// python3-docx: readers that know nothing of this program.
func python(t *testing.T, module, script string, args ...string) string {
	t.Helper()
	const interpreter = "/usr/bin/python3"
	if out, err := exec.Command(interpreter, "-c", "import "+module).CombinedOutput(); err != nil {
		t.Skipf("%s cannot load %s (apt-get install python3-openpyxl python3-docx): %s", interpreter, module, out)
	}
	out, err := exec.Command(interpreter, append([]string{"-c", script}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func saved(t *testing.T, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenpyxlReadsTheSame(t *testing.T) {
	d := newDesk(t)
	d.add("activity", model.Values{"date": day(9, 1), "title": "证件号", "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(1), "owner": model.Ref{ID: "S-2026-0001"}, "held": "已举办", "evidence": "310101196001011234"})
	b, _ := xlsx(t, d, Job{Register: model.Activity, Audience: model.Superior, Lang: model.ZH})
	got := python(t, "openpyxl", `
import sys, openpyxl, datetime
wb = openpyxl.load_workbook(sys.argv[1])
ws, sums = wb.worksheets
head = [c.value for c in ws[3]]
col = lambda name: head.index(name)
rows = [[c for c in r] for r in ws.iter_rows(min_row=4, max_row=7)]
print(wb.sheetnames, ws.max_row, ws.freeze_panes, ws.auto_filter.ref.split(':')[0], ws.print_title_rows, ws.page_setup.orientation, ws.page_setup.paperSize, ws.sheet_properties.pageSetUpPr.fitToPage)
print([r[col('日期')].value.date().isoformat() for r in rows])
print([r[col('人次')].value for r in rows], sum(r[col('人次')].value for r in rows), ws.cell(8, col('人次')+1).value)
c = rows[0][col('照片或材料号')]
print(c.value, c.data_type, c.number_format)
m = rows[2][col('经费')]
print(m.value, m.data_type, m.number_format, rows[2][col('名称')].value, rows[2][col('名称')].data_type)
print(ws.merged_cells.ranges and 'merged', len(sums._charts), [r[1].value for r in sums.iter_rows(min_row=5, max_row=6)])
`, saved(t, "a.xlsx", b))
	want := `['活动', '汇总'] 9 A4 $A$3 $3:$3 landscape 9 True
['2026-09-01', '2026-08-01', '2026-04-30', '2026-03-08']
[1, 10, 1500, 128] 1639 1639
310101196001011234 s @
1200 n #,##0.00 =SUM(A1:A9) 广场晚会 s
merged 2 [4, 1639]
`
	if got != want {
		t.Errorf("openpyxl reads\n%s\nwant\n%s", got, want)
	}
}

func TestPythonDocxReadsTheSame(t *testing.T) {
	d := newDesk(t)
	b, _ := office(t, DOCX, officeReports(d, model.Superior, model.ZH)["activities"](DOCX))
	got := python(t, "docx", `
import sys, docx
d = docx.Document(sys.argv[1])
t = d.tables[0]
s = d.sections[0]
print(d.paragraphs[0].text, d.paragraphs[0].style.name)
print([c.text for c in t.rows[0].cells])
print([c.text for c in t.rows[1].cells][:3], len(t.rows), [c.text for c in t.rows[-1].cells][2:6:3])
print(round(s.page_width.mm), round(s.page_height.mm), s.different_first_page_header_footer, d.settings.odd_and_even_pages_header_footer, s.footer.paragraphs[0].style.name, s.even_page_footer.paragraphs[0].style.name)
`, saved(t, "a.docx", b))
	want := `和平社区 活动一览表 表格大标题
['序号', '日期', '名称', '地点', '对象', '人次', '角色', '负责人', '备注']
['1', '2026-03-08', '“三八”表彰|庆祝'] 8 ['合计 3场', '1638']
297 210 False True 页码单页 页码双页
`
	if got != want {
		t.Errorf("python-docx reads\n%s\nwant\n%s", got, want)
	}
}

// A full page has 22 lines of 28 characters, as LibreOffice sets it.
func TestPageHas22LinesOf28(t *testing.T) {
	for _, program := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s (apt-get install libreoffice-writer poppler-utils fonts-noto-cjk)", program)
		}
	}
	text := strings.Repeat("社区工作总结正文一行二十八字", 22*2*3) // 14 characters each: three pages
	var b strings.Builder
	if err := docx.Write(&b, &docx.Document{Title: "满页", Unit: "和平社区", Chinese: true, Body: []docx.Block{docx.Para{Text: text}}}); err != nil {
		t.Fatal(err)
	}
	file := saved(t, "满页.docx", []byte(b.String()))
	convert := exec.Command("soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", filepath.Dir(file), file)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", "-layout", strings.TrimSuffix(file, ".docx")+".pdf", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, page := range strings.Split(string(out), "\f")[:2] {
		var lines []int
		for _, l := range strings.Split(page, "\n") {
			if l = strings.TrimSpace(l); l != "" && !strings.Contains(l, "—") {
				lines = append(lines, utf8.RuneCountInString(l))
			}
		}
		if len(lines) != 22 {
			t.Errorf("page %d has %d lines: %v", i+1, len(lines), lines)
		}
		for j, n := range lines {
			if n != 28 && !(i == 0 && j == 0 && n == 26) { // the first is indented
				t.Errorf("page %d, line %d has %d characters", i+1, j+1, n)
			}
		}
	}
}
