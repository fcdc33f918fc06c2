package command_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The strip of the sample's branches: one committee meeting made void is missing
// by name, in the table, the report and what is due, until its period is long past.
func TestMeetings(t *testing.T) {
	o := sampleOffice(t)
	type cell struct {
		Branch, Name, Type string
		Required, Held     int
		Missing, IDs       []string
	}
	of := func(name, kind string, args ...string) cell {
		t.Helper()
		list := decode[[]cell](t, o.ok(append([]string{"meetings", "--format", "json"}, args...)...))
		i := slices.IndexFunc(list, func(c cell) bool { return c.Name == name && c.Type == kind })
		if i < 0 {
			t.Fatalf("no %s of %s", kind, name)
		}
		return list[i]
	}
	const branch = "和平社区第二党支部"
	year := []string{"--period", "2026", "--on", "2026-12-31"}
	for kind, want := range map[string][2]int{"党员大会": {4, 4}, "支委会": {12, 12}, "主题党日": {12, 12}, "党小组会": {0, 0}, "党课": {1, 1}, "谈心谈话": {1, 1}} {
		if got := of(branch, kind, year...); got.Required != want[0] || got.Held != want[1] || len(got.IDs) != want[1] || len(got.Missing) != 0 {
			t.Errorf("%s: %+v, want %v", kind, got, want)
		}
	}
	july := of(branch, "支委会", "--period", "2026-07", "--on", "2026-12-31")
	if july.Required != 1 || july.Held != 1 {
		t.Fatalf("July: %+v", july)
	}
	o.ok("void", july.IDs[0], "--reason", "登记错了")
	if got := of(branch, "支委会", year...); got.Held != 11 || !slices.Equal(got.Missing, []string{"2026-07"}) {
		t.Errorf("July is missing: %+v", got)
	}
	if out := o.ok("meetings", "--on", "2026-12-31", "--period", "2026"); strings.Count(out, "!缺 ") != 1 || !strings.Contains(out, "!缺 11/12") {
		t.Error(out)
	}
	if out := o.ok("--lang", "en", "meetings", "--on", "2026-12-31", "--period", "2026"); !strings.Contains(out, "!missing 11/12") {
		t.Error(out)
	}
	for on, want := range map[string]bool{"2026-07-20": false, "2026-07-24": true, "2026-08-05": true, "2026-09-05": false} {
		found := slices.ContainsFunc(o.due(t, "--on", on), func(d todo) bool {
			return d.Register == "meeting" && strings.Contains(d.About, branch) && strings.Contains(d.About, "7月 支委会") && d.Overdue == (on > "2026-07-31")
		})
		if found != want {
			t.Errorf("due on %s: %v", on, found)
		}
	}
	// Groups on file make their meetings required.
	o.ok("add", "org", "name=第二支部第一党小组", "type=党小组", "parent="+july.Branch)
	if got := of(branch, "党小组会", year...); got.Required != 12 || got.Held != 0 || len(got.Missing) != 11 {
		t.Errorf("with a group: %+v", got)
	}
	file := filepath.Join(t.TempDir(), "m.txt")
	o.ok("report", "meetings", "--period", "2026-07", "--audience", "superior", "--format", "txt", "--out", file)
	if out := unpacked(t, file); !slices.ContainsFunc(strings.Split(out, "\n"), func(l string) bool {
		return slices.Equal(strings.Fields(l), []string{branch, "支委会", "1", "0", "-", "2026年7月"})
	}) {
		t.Error(out)
	}
	o.refused(2, "", "meetings", "--on", "0230")
	o.refused(2, "", "meetings", "--format", "xml")
}

// The statistics of petitions as counted by hand from the sample: 31 received, 30
// closed, 3 passed on; on the day of the test, 10 March 2027, the open one is overdue.
func TestPetitionStatistics(t *testing.T) {
	o := sampleOffice(t)
	for _, format := range []string{"xlsx", "docx", "html", "csv"} {
		file := filepath.Join(t.TempDir(), "p."+format)
		o.ok("report", "petitions", "--period", "2026", "--audience", "superior", "--format", format, "--out", file)
		out := unpacked(t, file)
		for _, want := range []string{"检举控告", "咨询求助", "调解"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s lacks %s", format, want)
			}
		}
		if format == "csv" {
			for _, want := range []string{"建议意见,10,10,0,1,10,11.8", "检举控告,1,1,0,0,0,28.0", "申诉求决,12,11,1,2,11,14.3", "咨询求助,8,8,0,0,8,0.0", "合计,31,30,1,3,29,10.1", "合计,3,2"} {
				if !strings.Contains(out, want) {
					t.Errorf("no %s in\n%s", want, out)
				}
			}
		}
	}
}
