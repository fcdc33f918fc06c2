package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImport(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "person", "name=张小明", "birth=1949-05-16", "household=", "no_id_reason=未提供")
	dir := t.TempDir()
	file := filepath.Join(dir, "old.csv")
	text := "2025年走访台账\n走访时间,姓名,住址,金额,来源,走访人\n3.1,张小明,3号楼,500元,党费,张敏\n3.2,李四,3号楼,500元,党费,张敏\n合计,,,1000,,\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	before := o.head()
	out, errs, code := o.runIn("", "import", "走访", file, "--dry-run")
	if code != 2 || !strings.Contains(out, "[不能导入] 第4行 姓名") || !strings.Contains(out, "[跳过] 第5行：合计行") || !strings.Contains(errs, "没有写入任何内容") || o.head() != before {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if out, _, code := o.runIn("", "import", "走访", file); code != 2 || o.head() != before {
		t.Errorf("written in part: %d %s", code, out)
	}
	if out := o.ok("import", "走访", file, "--partly"); !strings.Contains(out, "已导入1条：V-2027-0001") || !strings.Contains(out, "备份") {
		t.Error(out)
	}
	if out := o.ok("show", "V-2027-0001"); !strings.Contains(out, "2025-03-01") {
		t.Error(out)
	}
	if out, _, code := o.runIn("", "import", "visit", file, "--format", "json", "--dry-run"); code != 2 || !strings.Contains(out, `"level":"skipped"`) {
		t.Errorf("%d %s", code, out)
	}
	o.ok("undo")
	year := func(y string) string { // --map is remembered, where it was entered
		file := filepath.Join(dir, y+".csv")
		if err := os.WriteFile(file, []byte(y+"年走访台账\n走访时间,住址,姓名,发了多少,来源,走访人\n3.1,3号楼,张小明,500元,党费,张敏\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	o.ok("import", "走访", year("2023"), "--map", "发了多少=金额", "--dry-run")
	if out := o.ok("import", "走访", year("2023"), "--dry-run"); !strings.Contains(out, "没有对上、不导入的列：发了多少") {
		t.Error(out)
	}
	o.ok("import", "走访", year("2023"), "--map", "发了多少=金额")
	if out := o.ok("import", "走访", year("2024")); !strings.Contains(out, "发了多少→慰问金") {
		t.Error(out)
	}
	if out := o.ok("import", "走访", year("2022"), "--map", "发了多少=", "--dry-run"); strings.Contains(out, "→慰问金") {
		t.Error(out)
	}
	o.refused(2, "", "import", "走访", filepath.Join(dir, "none.csv"))
	o.refused(2, "", "import", "走访", file, "--map", "x")
	o.refused(2, "", "import", "--all", file)
}

// All of it out, and into another ledger.
func TestExportAll(t *testing.T) {
	o := newOffice(t)
	o.event("attend_total=45")
	dir := t.TempDir()
	file, again := filepath.Join(dir, "all.json"), filepath.Join(dir, "again.json")
	o.ok("export", "--all", "--format", "json", "--audience", "internal", "--out", file)
	o.refused(2, "", "export", "--all", "--format", "json", "--audience", "public", "--out", again)
	o.refused(2, "", "import", "--all", file) // into a ledger at work
	n := newOffice(t)
	if out := n.ok("import", "--all", file); !strings.Contains(out, "整本接收") {
		t.Error(out)
	}
	n.ok("verify")
	n.ok("export", "--all", "--format", "json", "--audience", "internal", "--out", again)
	a, _ := os.ReadFile(file)
	b, _ := os.ReadFile(again)
	if want := strings.ReplaceAll(string(a), `"S-2027-0001","register":"staff","version":1`, `"S-2027-0001","register":"staff","version":2`); want != string(b) && string(a) != string(b) {
		t.Errorf("%s\n%s", a, b)
	}
}
