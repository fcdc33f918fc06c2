package command_test

import (
	"strings"
	"testing"
)

// todo is a line of due as scripts read it.
type todo struct {
	Register, What, ID, About, Due, Who string
	Left                                int `json:"days_left"`
	Overdue, Mine                       bool
}

func (o *office) due(t *testing.T, args ...string) (out []todo) {
	t.Helper()
	return decode[[]todo](t, o.ok(append([]string{"due", "--format", "json"}, args...)...))
}

// Every clock in one, as of several days: each matter so long ahead as is usual
// for it, or as asked for; one's own first; what was done is gone.
func TestDue(t *testing.T) {
	o := sampleOffice(t)
	only := func(list []todo, register string) (out []todo) {
		for _, d := range list {
			if d.Register == register {
				out = append(out, d)
			}
		}
		return out
	}
	if got := only(o.due(t, "--on", "2026-11-20"), "petition"); len(got) != 0 {
		t.Errorf("eight weeks before: %+v", got)
	}
	got := only(o.due(t, "--on", "2027-01-05"), "petition")
	if len(got) != 1 || got[0].ID != "PT-2026-0031" || got[0].What != "close" || got[0].Due != "2027-01-15" || got[0].Left != 10 || got[0].Overdue || got[0].Mine {
		t.Errorf("ten days before: %+v", got)
	}
	if got := only(o.due(t, "--on", "2026-11-20", "--within", "60"), "petition"); len(got) != 1 {
		t.Errorf("within 60 days: %+v", got)
	}
	if got := only(o.due(t, "--on", "2027-01-16"), "petition"); len(got) != 1 || !got[0].Overdue {
		t.Errorf("the day after: %+v", got)
	}
	// One's own stands before what is more urgent and somebody else's.
	o.ok("add", "petition", "date=2027-01-02", "channel=来访", "kind=咨询求助", "topic=民生", "petitioner=田某", "request=咨询", "due=2027-01-18")
	out := o.ok("due", "--on", "2027-01-17")
	mine, theirs := strings.Index(out, "PT-2027-0001"), strings.Index(out, "PT-2026-0031")
	if mine < 0 || theirs < mine || !strings.Contains(out, "（我）") {
		t.Error(out)
	}
	o.ok("edit", "PT-2026-0031", "closed=是", "replied_on=2026-12-01", "action=已做防水")
	if got := only(o.due(t, "--on", "2027-01-16"), "petition"); len(got) != 2 || got[0].What != "notice" || got[1].ID != "PT-2027-0001" {
		t.Errorf("closed: %+v", got)
	}
	// An agreement is spoken of from 30 days before its end to 60 after it.
	o.ok("edit", "U-2019-0001", "agreement_until=2027-02-10")
	for on, want := range map[string]int{"2027-01-10": 0, "2027-01-11": 1, "2027-04-11": 1, "2027-04-12": 0} {
		if got := only(o.due(t, "--on", on), "partner"); len(got) != want {
			t.Errorf("on %s: %+v", on, got)
		}
	}
	if out := o.ok("--lang", "en", "due", "--on", "2027-01-16"); !strings.Contains(out, "Petition") || !strings.Contains(out, "close") {
		t.Error(out)
	}
	// What the plan is behind by stands there while its year lasts.
	if got := only(o.due(t, "--on", "2026-11-26"), "plan"); len(got) != 1 || got[0].ID != "PL-2026-0008" || !got[0].Overdue {
		t.Errorf("behind: %+v", got)
	}
	if out := o.ok("due", "--on", "2026-11-26"); !strings.Contains(out, "落后2场") {
		t.Error(out)
	}
	if got := only(o.due(t, "--on", "2027-01-02"), "plan"); len(got) != 0 {
		t.Errorf("a year later: %+v", got)
	}
	o.refused(2, "", "due", "--on", "0230")
	o.refused(2, "", "due", "--within", "-1")
	o.refused(2, "", "due", "--format", "xml")
}
