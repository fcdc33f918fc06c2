package command_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db/dbtest"
)

var updateGolden = flag.Bool("update", false, "rewrite golden files")

// What each role sees of each kind of datum on every way out of the command
// line. full, part (masked), or nothing; "no" where the command is refused.
func TestPrivacyMatrix(t *testing.T) {
	o := newOffice(t)
	compound := o.ok("add", "compound", "name=和平小区")
	home := o.ok("add", "household", "head=王秀兰", "compound="+compound, "building=3", "unit=2", "room=501")
	person := o.ok("add", "person", "name=王秀兰", "id_no=11010519491231002X", "phone=13800000001", "bank=6222021234567890123", "household="+home,
		"cats=低保户 2024-03", "cause=因病", "health=肝癌晚期", "joined_on=1971-07-01", "politics=中共党员")
	reviewer := o.ok("add", "staff", "name=孙玉兰", "roles=审核", "--reason", "换届")
	approver := o.ok("add", "staff", "name=周慧敏", "roles=审批", "--reason", "换届")
	item := o.ok("add", "catalogue", "no=90", "class=财务", "topic1=月度收支", "topic2=党费", "cadence=月", "body_org=和平社区", "from=2026-09-01", "basis=街道规定", "reviewer="+reviewer, "approver="+approver)
	issue := o.ok("add", "issue", "item="+item, "period=2027-02", "body=收支见表")
	opinion := o.ok("add", "opinion", "issue="+issue, "content=请公开明细", "topic=民生", "person=匿名举报人", "owner="+reviewer)
	o.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届") // somebody must be

	kinds := []struct{ kind, id, register, full, part string }{
		{"name", person, "person", "王秀兰", "王*兰"},
		{"id number", person, "person", "11010519491231002X", "110105********002X"},
		{"phone", person, "person", "13800000001", "138****0001"},
		{"bank card", person, "person", "6222021234567890123", "尾号0123"},
		{"birth", person, "person", "1949-12-31", "岁以上"},
		{"address", person, "person", "2单元501室", "和平小区"},
		{"category", person, "person", "低保户", ""},
		{"cause", person, "person", "因病", ""},
		{"disease", person, "person", "肝癌晚期", ""},
		{"Party", person, "person", "1971-07-01", ""},
		{"opinion's author", opinion, "opinion", "匿名举报人", ""},
		{"opinion", opinion, "opinion", "请公开明细", ""},
	}
	ways := []struct {
		way  string
		args func(id, register string) []string
	}{
		{"show", func(id, _ string) []string { return []string{"show", id} }},
		{"show json", func(id, _ string) []string { return []string{"show", id, "--format", "json"} }},
		{"list", func(_, reg string) []string { return []string{"list", reg} }},
		{"list csv", func(_, reg string) []string { return []string{"list", reg, "--format", "csv"} }},
		{"list json", func(_, reg string) []string { return []string{"list", reg, "--format", "json"} }},
		{"export internal", func(_, reg string) []string { return []string{"export", reg, "--audience", "internal"} }},
		{"export superior", func(_, reg string) []string { return []string{"export", reg, "--audience", "superior"} }},
		{"export finance", func(_, reg string) []string { return []string{"export", reg, "--audience", "finance"} }},
		{"export public", func(_, reg string) []string { return []string{"export", reg, "--audience", "public"} }},
		{"reveal", func(id, _ string) []string { return []string{"reveal", id, "--reason", "核对"} }},
		{"who", func(id, _ string) []string { return []string{"who", id} }},
	}
	base, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, role := range []string{"查看", "录入", "审核", "审批", "财务", "监督", "管理"} {
		as := &office{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), env: map[string]string{}}
		if err := os.WriteFile(as.path, base, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, code := as.runIn("", "edit", "S-2027-0001", "roles="+role); code != 0 {
			t.Fatal(role, code)
		}
		dbtest.Confirm(t, as.path, "wup", "S-2027-0001", dbtest.NewClock(now))
		for _, w := range ways {
			seen := map[string][]string{}
			for _, k := range kinds {
				args := w.args(k.id, k.register)
				out := ""
				if args[0] == "export" {
					file := filepath.Join(t.TempDir(), "x.csv")
					if _, _, code := as.runIn("", append(args, "--format", "csv", "--out", file)...); code == 7 {
						out = "\x00"
					} else if text, err := os.ReadFile(file); err != nil {
						t.Fatalf("%s %q: code %d, %v", role, args, code, err)
					} else {
						out = string(text)
					}
				} else if text, errs, code := as.runIn("", args...); code == 7 {
					out = "\x00"
				} else if code != 0 {
					t.Fatalf("%s %q: %d %s", role, args, code, errs)
				} else {
					out = text
				}
				how := "nothing"
				switch {
				case out == "\x00":
					how = "no"
				case strings.Contains(out, k.full):
					how = "full"
				case k.part != "" && strings.Contains(out, k.part):
					how = "part"
				}
				seen[how] = append(seen[how], k.kind)
				if k.kind == "opinion's author" && how == "full" {
					t.Errorf("%s sees by %s what only the handler may", role, w.way)
				}
			}
			fmt.Fprintf(&b, "%s %s:", role, w.way)
			for _, how := range []string{"full", "part", "nothing", "no"} {
				if seen[how] != nil {
					fmt.Fprintf(&b, " %s [%s]", how, strings.Join(seen[how], ", "))
				}
			}
			b.WriteString("\n")
		}
	}
	const golden = "testdata/privacy.golden"
	if *updateGolden {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("what roles see has changed; if that is meant, run with -update:\n%s", b.String())
	}
}
