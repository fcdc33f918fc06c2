package model

import (
	"fmt"
	"testing"
)

// What serves an item: activities that name it, or naming none fit its line and
// words, and meetings of its types; of its year, held, each once.
func TestPlanDone(t *testing.T) {
	d := newDesk(t) // today is 2027-03-10
	branch := d.add(Org, "name", "第一党支部", "type", "党支部")
	read := d.add(Plan, "year", "2027", "task", "先锋社每月学习", "line", "党建", "keyword", "学习会 夜校", "target_count", "2", "per", "月", "meetings", "专题学习")
	named := d.add(Plan, "year", "2027", "task", "迎新春晚会", "line", "文体", "due", "2027-02-05")
	last := d.add(Plan, "year", "2026", "task", "先锋社每月学习", "line", "党建", "keyword", "学习会", "target_count", "3")
	act := func(date, title, line string, more ...string) {
		d.add(Activity, append([]string{"date", date, "title", title, "lines", line, "venue", "广场", "attend_total", "40"}, more...)...)
	}
	act("2027-01-10", "先锋社一月学习会", "党建")
	act("2027-02-10", "党员夜校开班", "党建 文体")
	act("2027-02-11", "学习会", "文体")                          // another line
	act("2027-02-12", "党员活动", "党建")                         // no word of the item
	act("2027-02-13", "先锋社二月学习会", "党建", "held", "取消")       // not held
	act("2027-02-14", "先锋社补学习会", "党建", "plans", named.ID)   // names another
	act("2027-01-30", "大联欢", "双拥", "plans", named.ID)       // names it in another line
	act("2026-03-01", "先锋社学习会", "党建")                       // of the year before
	act("2027-06-01", "先锋社六月学习会", "党建", "attend_total", "") // still to come
	d.add(Meeting, "date", "2027-03-01", "type", "专题学习", "org", branch.ID, "topic", "条例", "expected", "10", "present", "9")
	d.add(Meeting, "date", "2027-03-02", "type", "工作会议", "org", branch.ID, "topic", "例会", "expected", "10", "present", "9")

	got := func(r *Record) string {
		done, ok := d.PlanDone(r)
		behind, _ := d.PlanBehind(r, d.Today())
		return fmt.Sprint(done, ok, PlanTarget(r), behind)
	}
	// Two months are over, four were to be held and three were.
	if s := got(read); s != "3 true 24 1" {
		t.Errorf("monthly study: %s", s)
	}
	if s := got(named); s != "2 true 1 0" {
		t.Errorf("named item: %s", s)
	}
	if s := got(last); s != "1 true 3 2" {
		t.Errorf("last year's item: %s", s)
	}
	if n, _ := d.PlanBehind(named, onDay("2027-02-05")); n != 0 {
		t.Errorf("behind by %d on its last day", n)
	}
	for key, want := range map[string]int64{"items": 2, "finished": 1, "behind": 1} {
		m, err := Plan.Measure(key)
		if err != nil {
			t.Fatal(err)
		}
		if n := Plan.Tally(d.Context, m, []*Record{read, named}); n.Value != want {
			t.Errorf("%s: %d, want %d", key, n.Value, want)
		}
	}
	d.refused("year", Plan, "year", "2027-03", "task", "某事")
	d.refused("line", Plan, "year", "2027", "task", "某事", "keyword", "学习")
	d.refused("due", Plan, "year", "2027", "task", "某事", "due", "2028-01-31")
}
