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

// The default catalogue is entered once, with its people; changing an item makes
// another version of it.
func TestDefaultCatalogue(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"李拟", "王审", "赵批"} {
		o.ok("add", "staff", "name="+name, "roles=录入")
	}
	people := []string{"--drafter", "李拟", "--reviewer", "王审", "--approver", "赵批"}
	o.refused(2, "", "disclosure", "catalogue")
	o.refused(2, "", "disclosure", "catalogue", "--defaults", "--drafter", "李拟")
	o.refused(2, "", append([]string{"disclosure", "catalogue", "--defaults"}, "--drafter", "没有这人", "--reviewer", "王审", "--approver", "赵批")...)
	if out := o.ok(append([]string{"disclosure", "catalogue", "--defaults"}, people...)...); !strings.Contains(out, "18") {
		t.Error(out)
	}
	o.refused(1, "", append([]string{"disclosure", "catalogue", "--defaults"}, people...)...)
	version := func() string {
		return o.ok("list", "catalogue", "--where", "topic2=居委会工作经费收支", "--format", "csv")
	}
	id := strings.Split(version(), "\n")[1]
	id = id[:strings.IndexByte(id, ',')]
	if shown := o.ok("show", id); !strings.Contains(shown, "目录版本") {
		t.Error(shown)
	}
	before := o.ok("show", id, "--format", "json")
	o.ok("edit", id, "cadence=月")
	o.ok("edit", id, "cadence=月") // nothing changes
	after := o.ok("show", id, "--format", "json")
	if !strings.Contains(before, `"catalogue_version": 1`) && !strings.Contains(before, `"catalogue_version":1`) || !strings.Contains(after, `"catalogue_version": 2`) && !strings.Contains(after, `"catalogue_version":2`) {
		t.Errorf("%s\n%s", before, after)
	}
}
