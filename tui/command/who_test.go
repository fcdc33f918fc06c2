package command_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// who tells every change, look and file, and no value.
func TestWho(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "activity", "title=义诊", "lines=文体", "venue=广场", "attend_total=30")
	o.ok("export", "activity", "--format", "csv", "--audience", "internal", "--out", filepath.Join(t.TempDir(), "a.csv"))
	other := o.ok("add", "person", "name=李强", "birth=1950-01-01", "phone=13800000009")
	o.ok("export", "person", "--format", "csv", "--audience", "internal", "--out", filepath.Join(t.TempDir(), "b.csv"))
	p := o.ok("add", "person", "name=王秀兰", "birth=1941-05-06", "phone=13800000001")
	o.ok("edit", p, "note=听力不好", "phone=13800000002")
	if line := o.refused(1, "", "reveal", p); !strings.Contains(line, "理由") {
		t.Error(line)
	}
	if out := o.ok("reveal", p, "--reason", "联系家属", "--field", "电话"); !strings.Contains(out, "13800000002") {
		t.Error(out)
	}
	o.refused(7, "", "reveal", p, "--reason", "看看", "--field", "id_no")
	o.ok("export", "person", "--format", "csv", "--audience", "superior", "--out", filepath.Join(t.TempDir(), "c.csv"))
	o.ok("void", p, "--reason", "重复")

	out := o.ok("who", p)
	lines := strings.Split(out, "\n")
	for i, want := range []string{"作废：重复", "导出 人员（整个台账，可能包含本条）：superior", "看了完整的 电话：联系家属", "修改 电话、备注", "录入"} {
		if i+1 >= len(lines) || !strings.Contains(lines[i+1], want) || !strings.Contains(lines[i+1], "赵主任") {
			t.Errorf("line %d is not %q:\n%s", i+1, want, out)
		}
	}
	if len(lines) != 6 || strings.Contains(out, "1380000000") {
		t.Errorf("more than happened, or a value:\n%s", out)
	}
	if out := o.ok("who", other, "--lang", "en"); !strings.Contains(out, "exported: the register Person, in which this may stand: internal") || strings.Contains(out, "in full") {
		t.Error(out)
	}
	if out := o.ok("who", p, "--format", "json"); !strings.Contains(out, `"action":"reveal","fields":["phone"],"reason":"联系家属"`) || strings.Count(out, "\n") != 4 {
		t.Error(out)
	}
}
