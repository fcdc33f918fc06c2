package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
)

// The office's own template: exported, changed, checked, put beside the ledger,
// written; a final copy is refused while prose is missing, a reason lets it go.
func TestReportTemplates(t *testing.T) {
	o := newOffice(t)
	o.event("attend_total=45", "title=春联")
	dir := t.TempDir()
	if out := o.ok("template", "list"); !strings.Contains(out, "summary") || !strings.Contains(out, "内置") {
		t.Error(out)
	}
	file := filepath.Join(dir, "简报.txt")
	o.ok("template", "export", "工作总结", "--out", file)
	o.ok("template", "check", file)
	if err := os.WriteFile(file, []byte("# {{社区名称}}简报\n办了{{活动.场次}}场{{活动.名称}}。\n{{待补 感想}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.ok("template", "check", file)
	bad := filepath.Join(dir, "坏.txt")
	if err := os.WriteFile(bad, []byte("好\n{{活动.场刺}}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if errs := o.refused(1, "", "template", "check", bad); !strings.Contains(errs, "第2行") || !strings.Contains(errs, "是不是“场次”") || !strings.Contains(errs, "template names") {
		t.Error(errs)
	}
	if out := o.ok("template", "names", "活动"); !strings.Contains(out, "{{活动.场次}}") || !strings.Contains(out, "{{角色句}}") || !strings.Contains(out, "{{活动.地点}}") {
		t.Error(out)
	}

	own := filepath.Join(filepath.Dir(o.path), "templates")
	if err := os.Mkdir(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file, filepath.Join(own, "简报.txt")); err != nil {
		t.Fatal(err)
	}
	if out := o.ok("report", "list"); !strings.Contains(out, "简报") || !strings.Contains(out, "本单位的模板") {
		t.Error(out)
	}
	report := func(out string, more ...string) []string {
		return append([]string{"report", "简报", "--period", "2027", "--format", "txt", "--audience", "superior", "--out", filepath.Join(dir, out)}, more...)
	}
	before := o.head()
	if errs := o.refused(7, "", report("定稿.txt")...); !strings.Contains(errs, "【待补：感想】") || !strings.Contains(errs, "--draft") {
		t.Error(errs)
	}
	if errs := o.refused(7, "", report("定稿.txt", "--as-is", "先报")...); !strings.Contains(errs, "至少10个字") {
		t.Error(errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "定稿.txt")); err == nil || o.head() != before {
		t.Error("a refused file was written or entered in the journal")
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	o.ok(report("草稿.txt", "--draft")...)
	if text := read("草稿.txt"); !strings.Contains(text, "办了1[1]场春联[2]。") || !strings.Contains(text, "[1] 活动·场次，2027年：1（1条：A-2027-0001）") {
		t.Error(text)
	}
	o.ok(report("定稿.txt", "--as-is", "感想由书记在会上另外讲")...)
	if text := read("定稿.txt"); !strings.Contains(text, "办了1场春联。\n") || strings.Contains(text, "草稿") {
		t.Error(text)
	}
	l, err := db.Open(o.path, db.Options{Clock: dbtest.NewClock(now).Now})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := l.EntriesSince(t.Context(), 0, 99)
	if err != nil || !strings.Contains(entries[len(entries)-1].Reason, `as-is="感想由书记在会上另外讲"`) {
		t.Error(entries, err)
	}
	// The office's own summary takes the place of the program's.
	if err := os.WriteFile(filepath.Join(own, "summary.txt"), []byte("# 本单位的总结\n活动{{活动.场次}}场。"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.ok("report", "summary", "--period", "2027", "--format", "md", "--audience", "superior", "--out", filepath.Join(dir, "总结.md"))
	if text := read("总结.md"); !strings.Contains(text, "# 本单位的总结") || !strings.Contains(text, "活动一览表") {
		t.Error(text)
	}
	// No way out of the folder.
	secret := filepath.Join(dir, "别处.txt")
	if err := os.WriteFile(secret, []byte("别处"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(own, "链接.txt")); err != nil {
		t.Fatal(err)
	}
	if _, _, code := o.runIn("", "report", "链接", "--period", "2027", "--audience", "superior", "--out", filepath.Join(dir, "x.docx")); code == 0 {
		t.Error("a link out of the folder was followed")
	}
}
