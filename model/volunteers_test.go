package model

import (
	"strings"
	"testing"
)

// TestVolunteerPersons counts volunteers as persons where rosters name them all,
// and names the event that lacks one.
func TestVolunteerPersons(t *testing.T) {
	d := newDesk(t)
	event := func(id, title string, total, volunteers int64, people ...string) *Record {
		r := &Record{Register: Activity, ID: id, State: Final, Values: Values{"date": onDay("2027-03-05"), "title": title, "held": HeldDone, "attend_total": total}}
		if volunteers > 0 {
			r.Set("attend_volunteer", volunteers)
		}
		var roster []Ref
		for _, p := range people {
			roster = append(roster, Ref{ID: p})
		}
		if roster != nil {
			r.Set("roster", roster)
		}
		return r
	}
	market := event("A-1", "学雷锋集市", 2, 2, "P-1", "P-2")
	cleaning := event("A-2", "清洁楼道", 2, 2, "P-2", "P-3")
	show := event("A-3", "文艺演出", 300, 0)
	mixed := event("A-4", "便民日", 3, 1, "P-1", "P-4", "P-5")
	bare := event("A-5", "敬老行", 4, 4)
	m, err := Activity.Measure("志愿者人数")
	if err != nil {
		t.Fatal(err)
	}
	if got := Activity.Tally(d.Context, m, []*Record{market, cleaning, show}); got.Value != 3 || got.Refused != (Words{}) || len(got.IDs) != 2 {
		t.Errorf("%+v", got)
	}
	for _, r := range []*Record{mixed, bare} {
		f := NewFigures(YearOf(onDay("2027-01-01")), d.Context)
		for _, a := range []*Record{market, cleaning, show, r} {
			f.Add(a)
		}
		got := f.TopicRefused(Volunteers, d.Context)
		if len(got) != 1 || !strings.Contains(got[0].ZH, ActivityTitle.Of(r)) || !strings.Contains(got[0].EN, "persons") {
			t.Errorf("%s: %v", r.ID, got)
		}
		for _, row := range f.TopicRows(Volunteers, d.Context, ZH) {
			if row.Measure == m.Key && row.Part == "" && row.Label == TotalLabel.ZH {
				t.Errorf("%s: counted all the same: %v", r.ID, row)
			}
		}
	}
}
