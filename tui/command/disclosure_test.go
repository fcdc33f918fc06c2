package command_test

import (
	"strings"
	"testing"
)

// The board of the sample on three days: nothing is owed in spring but what is
// begun, an account that is not drafted is due and then overdue, and what hung
// long enough is to be taken down.
func TestDisclosureDue(t *testing.T) {
	o := sampleOffice(t)
	type slot struct {
		Item, Class, Period, State, Issue, Due string
		Left                                   int `json:"days_left"`
		Overdue                                bool
	}
	due := func(on string) []slot {
		return decode[[]slot](t, o.ok("disclosure", "due", "--on", on, "--format", "json"))
	}
	if got := due("2026-03-20"); len(got) != 0 {
		t.Errorf("on 20 March: %+v", got)
	}
	if out := o.ok("--lang", "en", "disclosure", "due", "--on", "2026-03-20"); !strings.Contains(out, "Nothing is to be disclosed") {
		t.Error(out)
	}
	o.ok("add", "catalogue", "no=90", "class=财务", "topic1=月度收支", "cadence=月", "body_org=和平社区居民委员会", "reviewer=孙玉兰", "approver=周慧敏", "from=2026-09-01", "basis=街道财务管理规定")
	got := due("2026-11-18")
	if len(got) != 2 || got[0].Period != "2026-09" || got[0].Left != -34 || !got[0].Overdue || got[1].Period != "2026-10" || got[1].Due != "2026-11-15" || got[1].State != "未起草" {
		t.Errorf("on 18 November: %+v", got)
	}
	o.ok("add", "issue", "item="+got[1].Item, "period=2026-10", "body=本月收支见附表。")
	if again := due("2026-11-18"); len(again) != 2 || again[1].State != "草稿" || again[1].Issue == "" {
		t.Errorf("with a draft: %+v", again)
	}
	out := o.ok("disclosure", "due", "--on", "2027-01-20")
	if !strings.Contains(out, "待撤下") || !strings.Contains(out, "逾期") {
		t.Error(out)
	}
	o.refused(2, "", "disclosure", "due", "--on", "0230")
	o.refused(2, "", "disclosure", "due", "--format", "xml")
}
