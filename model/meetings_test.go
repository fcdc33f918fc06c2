package model

import (
	"fmt"
	"strings"
	"testing"
)

// Which meetings count: more than half of those entitled came, or nobody wrote how
// many were; talks whoever came. A lecture counts when the branch's own secretary
// gave it, or who was secretary or first secretary of the community that day.
func TestMeetingsThatCount(t *testing.T) {
	d := newDesk(t).finder()
	own := d.add(Staff, "name", "孙支书")
	first := d.add(Staff, "name", "林第一", "posts", "第一书记 2024-01 2026-06")
	head := d.add(Staff, "name", "周书记", "posts", "书记 2020-01")
	vice := d.add(Staff, "name", "陈副书记", "posts", "副书记 2020-01")
	branch := d.add(Org, "name", "第一党支部", "type", "党支部", "secretary", own.ID)
	guest := d.add(Org, "name", "第二党支部", "type", "党支部", "secretary", "吴老师")
	var meetings []*Record
	for _, c := range []struct {
		org         *Record
		kind, day   string
		lecturer    string
		present, of int
		want        string
	}{
		{branch, "支委会", "2026-01-08", "", 3, 5, "held"},
		{branch, "支委会", "2026-02-08", "", 2, 4, "short"},
		{branch, "支委会", "2026-03-08", "", 3, 4, "held"},
		{branch, "谈心谈话", "2026-03-09", "", 1, 12, "held"},
		{branch, "党课", "2026-04-01", own.ID, 9, 10, "held"},
		{branch, "党课", "2026-04-02", head.ID, 9, 10, "held"},
		{branch, "党课", "2026-04-03", vice.ID, 9, 10, "other"},
		{branch, "党课", "2026-06-30", first.ID, 9, 10, "held"},
		{branch, "党课", "2026-07-01", first.ID, 9, 10, "other"},
		{branch, "党课", "2026-07-02", "省委党校教授", 9, 10, "other"},
		{branch, "党课", "2026-07-03", own.ID, 5, 10, "short"},
		{guest, "党课", "2026-07-04", "吴老师", 9, 10, "held"},
		{guest, "党课", "2026-07-05", own.ID, 9, 10, "other"},
	} {
		args := []string{"date", c.day, "type", c.kind, "org", c.org.ID, "topic", c.want, "expected", fmt.Sprint(c.of), "present", fmt.Sprint(c.present)}
		if c.lecturer != "" {
			args = append(args, "lecturer", c.lecturer)
		}
		meetings = append(meetings, d.add(Meeting, args...))
	}
	rows := d.Context.MeetingStrip([]*Record{branch, guest}, meetings, YearOf(NewDate(2026, 1, 1)), NewDate(2026, 12, 31))
	seen := 0
	for _, row := range rows {
		for i := range row.Cells {
			cell := &row.Cells[i]
			for want, list := range map[string][]*Record{"held": cell.Held, "short": cell.Short, "other": cell.Others} {
				for _, m := range list {
					seen++
					if MeetingTopic.Of(m) != want {
						t.Errorf("%s %s %s is %s", MeetingType.Of(m), MeetingDate.Of(m), MeetingLecturer.Of(m), want)
					}
				}
			}
			if cell.Rule.Type == "支委会" && row.Branch == branch {
				over, runs := cell.Lacking(NewDate(2026, 3, 31))
				if len(over) != 1 || over[0].String() != "2026-02" || len(runs) != 9 {
					t.Errorf("lacking %v, then %v", over, runs)
				}
			}
		}
	}
	if seen != len(meetings) {
		t.Errorf("%d of %d meetings stand on the strip", seen, len(meetings))
	}
	for _, r := range MeetingRules { // heads of the screen's columns
		if len([]rune(r.Short.ZH)) != 2 || len(r.Short.EN) > 7 || strings.Contains(r.Short.EN, " ") {
			t.Errorf("%s: %v", r.Type, r.Short)
		}
	}
}
