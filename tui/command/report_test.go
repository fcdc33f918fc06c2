package command_test

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A payout sheet from the command line: written once, for its owner alone, with
// its entry in the journal; what is wrong with the options is said.
func TestReportPayout(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "person", "name=张桂英", "id_no=11010519491231002X", "birth=1949-12-31")
	o.ok("add", "visit", "date=2027-01-20", "person=P-2027-0001", "household=和平小区3号楼", "visitors=李敏", "amount=800.50", "fund=党费", "receipt=已签", "occasion=2027春节")
	id := o.ok("add", "visit", "date=2027-01-21", "person=P-2027-0001", "household=和平小区3号楼", "visitors=李敏", "amount=9", "fund=党费", "receipt=已签", "occasion=2027春节")
	o.ok("void", id, "--reason", "重复发放")
	dir := t.TempDir()
	path := filepath.Join(dir, "发放.html")
	before := o.head()
	if out := o.ok("report", "payout", "--occasion", "2027春节", "--audience", "finance", "--out", path); out != path {
		t.Errorf("said %q", out)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"张桂英", "110105********002X", "人民币捌佰元零伍角整", "重复发放", "800.50", "<tr class=\"struck\">"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %q in the sheet", want)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if o.head() == before {
		t.Error("no entry in the journal")
	}
	if errs := o.refused(1, "", "report", "发放明细表", "--occasion", "2027春节", "--audience", "finance", "--out", path); !strings.Contains(errs, "已存在") {
		t.Error(errs)
	}
	if _, errs, code := o.runIn("", "report", "payout", "--occasion", "2027中秋", "--audience", "internal", "--format", "txt", "--out", filepath.Join(dir, "空.txt")); code != 0 || !strings.Contains(errs, "没有发放过") {
		t.Error(code, errs)
	}
	for _, c := range []struct {
		args []string
		say  string
	}{
		{[]string{"payout"}, "--audience"},
		{[]string{"payout", "--audience", "public"}, "--out"},
		{[]string{"payout", "--audience", "public", "--out", "x.html"}, "--occasion"},
		{[]string{"payout", "--audience", "public", "--out", "x.html", "--occasion", "2027春节", "--period", "2027"}, "不用 --period"},
		{[]string{"payout", "--audience", "public", "--out", "x.html", "--occasion", "没有这个节"}, "归属场合"},
		{[]string{"payout", "--audience", "public", "--out", "x.html", "--occasion", "2027春节", "--rows", "61"}, "--rows"},
		{[]string{"payout", "--audience", "public", "--out", "x.html", "--occasion", "2027春节", "--format", "doc"}, "--format"},
		{[]string{"summary", "--audience", "public", "--out", "x.html", "--format", "xlsx", "--period", "2027"}, "--format"},
		{[]string{"总账", "--audience", "public", "--out", "x.html"}, "payout 发放明细"},
	} {
		if errs := o.refused(2, "", append([]string{"report"}, c.args...)...); !strings.Contains(errs, c.say) {
			t.Errorf("%v: %s", c.args, errs)
		}
	}
}

// The summary of aid: households, people, money and goods by occasion, category
// and fund, with the budgets; the same figures as figures gives.
func TestReportAid(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "budget", "fund=党费", "from=2027", "amount=1000")
	o.ok("add", "person", "name=张桂英", "birth=1950-01-01", "cats=低保户")
	o.ok("add", "visit", "date=2027-01-20", "person=P-2027-0001", "household=和平小区3号楼", "visitors=李敏", "amount=800.50", "goods=米 2 袋", "fund=党费", "receipt=已签", "occasion=2027春节")
	dir := t.TempDir()
	for format, wants := range map[string][]string{
		"html": {"2027春节", "低保户", "800.50", "米 2 袋", "199.50"},
		"csv":  {"党费,1,1,1,800.50,米 2 袋", "党费,2027,\"1,000.00\",800.50,199.50"},
		"md":   {"| 低保户 | 1 | 1 | 1 | 800.50 | 米 2 袋 |"},
		"txt":  {"资金预算", "199.50"},
	} {
		path := filepath.Join(dir, "慰问."+format)
		o.ok("report", "慰问汇总", "--period", "2027", "--audience", "superior", "--format", format, "--out", path)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(b), want) {
				t.Errorf("%s: no %q in\n%s", format, want, b)
			}
		}
	}
	out := o.ok("figures", "--period", "2027", "--format", "json")
	for _, want := range []string{`"by_fund": {`, `"by_building": {`, `"和平小区": {`, `"by_visitor": {`, `"李敏": {`, `"used": "800.50"`, `"left": "199.50"`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	if out := o.ok("figures", "--period", "2027"); !strings.Contains(out, "元结余") || !strings.Contains(out, "走访慰问：资金来源") {
		t.Error(out)
	}
}

// Word documents and workbooks from the command line.
func TestReportOffice(t *testing.T) {
	o := newOffice(t)
	o.event("attend_total=45", "title=春联,送祝福")
	dir := t.TempDir()
	for _, c := range []struct{ name, format, part, want string }{
		{"summary", "docx", "word/document.xml", "共开展各类活动1<"},
		{"activities", "docx", "word/document.xml", "春联，送祝福"},
		{"活动一览表", "xlsx", "xl/worksheets/sheet1.xml", "春联,送祝福"},
		{"aid", "docx", "word/document.xml", "慰问汇总表"},
		{"统计表", "xlsx", "xl/workbook.xml", "活动统计"},
		{"statistics", "docx", "word/document.xml", "关键数字"},
	} {
		file := filepath.Join(dir, c.name+"."+c.format)
		args := []string{"report", c.name, "--period", "2027", "--format", c.format, "--audience", "superior", "--out", file}
		if c.name == "summary" {
			args = append(args, "--draft")
		}
		o.ok(args...)
		if text := part(t, file, c.part); !strings.Contains(text, c.want) {
			t.Errorf("%s as %s lacks %s:\n%s", c.name, c.format, c.want, text)
		}
		if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
			t.Error(info, err)
		}
	}
	// Without a format it is a document; punctuation stays when asked.
	file := filepath.Join(dir, "照原样.docx")
	o.ok("report", "activities", "--period", "2027", "--audience", "superior", "--as-typed", "--out", file)
	if text := part(t, file, "word/document.xml"); !strings.Contains(text, "春联,送祝福") {
		t.Error(text)
	}
	// A public document is checked like any other file.
	o.event("attend_total=12", "title=请致电13812345678报名")
	for _, format := range []string{"docx", "xlsx"} {
		file := filepath.Join(dir, "公开."+format)
		if errs := o.refused(7, "", "report", "activities", "--period", "2027", "--format", format, "--audience", "public", "--out", file); !strings.Contains(errs, "隐私检查") {
			t.Error(errs)
		}
		if _, err := os.Stat(file); err == nil {
			t.Error("the file is there all the same")
		}
	}
	if _, errs, code := o.runIn("", "report", "activities", "--period", "2026", "--audience", "superior", "--out", filepath.Join(dir, "空.docx")); code != 0 || !strings.Contains(errs, "没有已举办的活动") {
		t.Error(code, errs)
	}
}

// The log of a line of work: the activities chosen, no others, with summary and
// recorder; the export log keeps the fields they were chosen by.
func TestReportLog(t *testing.T) {
	o := sampleOffice(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "志愿.txt")
	o.ok("report", "activities", "--period", "2026", "--where", "条线=志愿服务", "--log", "--audience", "superior", "--format", "txt", "--out", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for _, want := range []string{"活动记录", "条件：条线=志愿服务", "时间", "参加人数", "内容摘要", "记录人", "学雷锋志愿服务集市", "王思远"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	want := len(strings.Split(strings.TrimSpace(o.ok("list", "activity", "--period", "2026", "--where", "条线=志愿服务", "--where", "状态=已举办", "--format", "csv")), "\n")) - 1
	if want < 5 || !strings.Contains(text, fmt.Sprintf("共%d场", want)) {
		t.Errorf("%d are listed:\n%s", want, text)
	}
	o.refused(2, "", "report", "summary", "--period", "2026", "--log", "--audience", "superior", "--out", filepath.Join(dir, "x.docx"))
	o.refused(2, "", "report", "activities", "--period", "2026", "--where", "没有的=1", "--audience", "superior", "--out", filepath.Join(dir, "x.docx"))
}

// part is a file inside a zipped one.
func part(t *testing.T, file, name string) string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
