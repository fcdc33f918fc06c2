package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReportSheet(t *testing.T) {
	o := sampleOffice(t)
	issue := strings.Split(o.ok("list", "issue", "--where", "state=公开中", "--format", "csv"), "\n")[1]
	id := issue[:strings.IndexByte(issue, ',')]
	file := func(name string) string { return filepath.Join(t.TempDir(), name) }
	read := func(path string) string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}

	page := file("a.html")
	out := o.ok("report", "sheet", "--issue", id, "--out", page, "--paper", "A3", "--purpose", "张贴")
	if !strings.Contains(out, page) || !strings.Contains(out, "内容校验值") || !strings.Contains(read(page), "size: A3") {
		t.Error(out)
	}
	o.refused(1, "", "report", "sheet", "--issue", id, "--out", page)
	o.refused(2, "", "report", "sheet", "--out", file("b.html"))
	o.refused(2, "", "report", "sheet", "--issue", id, "--format", "docx", "--out", file("b.html"))
	o.refused(1, "", "report", "sheet", "--issue", "D-1999-0001", "--out", file("b.html"))
	o.refused(2, "", "report", "nothing", "--period", "2026")

	// A draft is marked unless it is said to be one; a phone in it blocks it.
	item := strings.Split(o.ok("list", "catalogue", "--format", "csv"), "\n")[1]
	draft := strings.TrimSpace(o.ok("add", "issue", "item="+item[:strings.IndexByte(item, ',')], "period=2031-B1", "body=联系人电话13987654321，欢迎来电。"))
	bad := file("c.txt")
	text := o.refused(7, "", "report", "sheet", "--issue", draft, "--format", "txt", "--out", bad)
	if strings.Contains(text, "13987654321") {
		t.Error("the refusal tells the number: " + text)
	}
	if _, err := os.Stat(bad); err == nil {
		t.Error("the blocked file is there")
	}
	o.ok("edit", draft, "body=欢迎来居委会咨询。")
	o.ok("report", "sheet", "--issue", draft, "--format", "txt", "--out", bad)
	if !strings.Contains(read(bad), "草稿") {
		t.Error(read(bad))
	}
	plain := file("d.txt")
	o.ok("report", "sheet", "--issue", draft, "--format", "txt", "--draft", "--out", plain)
	if strings.Contains(read(plain), "草稿") {
		t.Error(read(plain))
	}
}
