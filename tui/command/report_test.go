package command_test

import (
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
		{[]string{"payout", "--audience", "public", "--out", "x.html", "--occasion", "2027春节", "--format", "docx"}, "--format"},
		{[]string{"summary", "--audience", "public", "--out", "x.html", "--format", "html", "--period", "2027"}, "--format"},
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
