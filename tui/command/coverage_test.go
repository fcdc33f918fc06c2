package command_test

import (
	"strings"
	"testing"
)

// The sample's Spring Festival was planned for 61 households and all were
// visited; of the Spring Festival to come nobody was. One visit changes that.
func TestCoverage(t *testing.T) {
	o := sampleOffice(t)
	type share struct {
		Planned, Reached int64
		Percent          string
	}
	type sheet struct {
		Households, Persons share
		Amount, Budget      string
		Missing, Extra      []struct{ Person, Name, Address string }
		Twice               map[string][]string
	}
	read := func(args ...string) sheet {
		return decode[sheet](t, o.ok(append([]string{"coverage", "--format", "json"}, args...)...))
	}
	if s := read("--occasion", "2026春节"); s.Households != (share{61, 61, "100.0%"}) || s.Amount != "54400.00" || s.Budget != "60000.00" || len(s.Missing) != 0 {
		t.Errorf("2026春节: %+v", s)
	}
	before := read("--occasion", "2027春节")
	if n := before.Households; n.Planned < 20 || n.Reached != 0 || len(before.Missing) != int(before.Persons.Planned) {
		t.Fatalf("2027春节: %+v", before.Households)
	}
	first := before.Missing[0]
	if first.Name == "" || first.Address == "" {
		t.Errorf("%+v", first)
	}
	o.ok("add", "visit", "person="+first.Person, "occasion=2027春节", "amount=800", "fund=街道民政")
	after := read("--occasion", "2027春节")
	if after.Households.Reached != 1 || len(after.Missing) != len(before.Missing)-1 || after.Amount != "800.00" {
		t.Errorf("after a visit: %+v", after)
	}
	out := o.ok("coverage", "--occasion", "2027春节")
	if !strings.Contains(out, "余 49,200.00 元") || strings.Contains(out, first.Name) {
		t.Error(out)
	}
	// Of one building less was given, of the budget there is no more left.
	if out := o.ok("coverage", "--occasion", "2027春节", "--building", "99"); !strings.Contains(out, "已发慰问金 0.00 元；整个场合已发 800.00 元，预算 50,000.00 元，余 49,200.00 元") ||
		!strings.Contains(out, "没有人应走访") || strings.Contains(out, "没有漏下") {
		t.Error(out)
	}
	if out := o.ok("--lang", "en", "coverage", "--occasion", "2026春节"); !strings.Contains(out, "Nobody is missing") {
		t.Error(out)
	}
	if n := len(read("--cat", "独居").Missing) + len(read("--days", "3660", "--cat", "独居").Missing); n == 0 {
		t.Error("nobody who lives alone is due")
	}
	for _, bad := range [][]string{{"--occasion", "不存在节"}, {"--days", "-1"}, {"--days", "0"}, {"--cat", "没有这类"}, {"--compound", "无此小区"},
		{"--occasion", "春节", "--days", "3"}, {"--format", "xml"}} {
		o.refused(2, "", append([]string{"coverage"}, bad...)...)
	}
}
