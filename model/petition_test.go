package model

import (
	"slices"
	"testing"
)

// petition is a good petition of the day with more or other values.
func petition(more ...string) []string {
	return append([]string{"channel", "lf", "kind", "申诉求决", "topic", "wy", "petitioner", "田某", "request", "电梯停运"}, more...)
}

func TestPetitionClock(t *testing.T) {
	d := newDesk(t) // 2027-03-10, a Wednesday
	r := d.add(Petition, petition()...)
	if PetitionDue.Of(r) != onDay("2027-05-09") || PetitionNoticeDue.Of(r) != onDay("2027-03-25") || PetitionOwner.Of(r).ID != d.Actor.Staff || r.Get("no") != r.ID {
		t.Errorf("petition %v", r.Values)
	}
	if got := Petition.Field("group").Computed(r, d.Context); got != false {
		t.Errorf("one person is a group: %v", got)
	}
	if got := Petition.Field("group").Computed(d.add(Petition, petition("persons", "5")...), d.Context); got != true {
		t.Errorf("five persons: %v", got)
	}
	d.add(Petition, petition("due", "2027-03-13")...)
	d.refused("due", Petition, petition("due", "2027-05-10")...)
	d.refused("due", Petition, petition("due", "2027-03-09")...)
	extended := []string{"extended_by", "王书记", "extended_why", "情况复杂", "extended_told", "2027-05-08"}
	d.add(Petition, petition(append(extended, "extended_to", "2027-06-08")...)...)
	d.refused("extended_to", Petition, petition(append(extended, "extended_to", "2027-06-09")...)...)
	d.refused("extended_to", Petition, petition(append(extended, "extended_to", "2027-05-08")...)...)
	for i, key := range []string{"extended_by", "extended_why", "extended_told"} {
		d.refused(key, Petition, petition(append(slices.Delete(slices.Clone(extended), 2*i, 2*i+2), "extended_to", "2027-06-01")...)...)
	}
	d.refused("action", Petition, petition("closed", "是", "replied_on", "2027-03-10")...)
	d.refused("replied_on", Petition, petition("closed", "是", "action", "已修")...)
	d.refused("request", Petition, "channel", "lf", "kind", "申诉求决", "topic", "wy")
	d.refused("passed_to", Petition, petition("way", "转送")...)
	d.refused("persons", Petition, petition("persons", "0")...)
	closed := d.add(Petition, petition("closed", "是", "replied_on", "2027-03-10", "action", "已修")...)
	for _, c := range []struct {
		r      *Record
		on     string
		status string
		late   bool
	}{{r, "2027-05-09", "办理中", false}, {r, "2027-05-10", "已逾期", true}, {closed, "2027-12-31", "已办结", false}} {
		if got := PetitionStatus(c.r, onDay(c.on)); got != c.status || PetitionLate(c.r, onDay(c.on)) != c.late {
			t.Errorf("%s on %s: %s", c.r.ID, c.on, got)
		}
	}
	// Nobody is told whose name is unknown, nor of what was solved on the spot.
	for _, r := range []*Record{d.add(Petition, "channel", "lx", "kind", "建议意见", "topic", "wy", "request", "装灯"), d.add(Petition, petition("way", "当场")...)} {
		if PetitionNoticeDue.Has(r) {
			t.Errorf("a notice is owed: %v", r.Values)
		}
	}
}

func TestPetitionOfAPerson(t *testing.T) {
	d := newDesk(t)
	head := d.keep(record(Staff, Values{"name": "王书记"}))
	against := func(more ...string) []string {
		return append([]string{"channel", "lx", "kind", "检举控告", "topic", "qt", "request", "优亲厚友"}, more...)
	}
	d.refused("accused", Petition, against()...)
	d.add(Petition, against("accused", head.ID)...)
	d.refused("owner", Petition, against("accused", head.ID, "owner", head.ID)...)
	d.refused("owner", Petition, against("accused", d.Actor.Staff)...)
	d.refused("lead_official", Petition, against("accused", head.ID, "lead_official", head.ID)...)
	d.refused("need_text", Petition, against("accused", head.ID, "need_text", "查账")...)
}

func TestPetitionDues(t *testing.T) {
	d := newDesk(t)
	keys := func(r *Record) (out []string) {
		for _, due := range d.DuesOf(r) {
			out = append(out, due.Key+" "+due.Day.String())
		}
		return out
	}
	open := d.add(Petition, petition("channel", "上级转办")...)
	for _, c := range []struct {
		r    *Record
		want []string
	}{
		{open, []string{"object 2027-03-17", "notice 2027-03-25", "close 2027-05-09"}},
		{d.add(Petition, petition("channel", "上级转办", "noticed_on", "2027-03-10")...), []string{"close 2027-05-09"}},
		{d.add(Petition, petition("noticed_on", "2027-03-10", "extended_to", "2027-06-01", "extended_by", "王", "extended_why", "难", "extended_told", "2027-05-01")...), []string{"close 2027-06-01"}},
		{d.add(Petition, petition("closed", "是", "replied_on", "2027-03-10", "action", "已修")...), nil},
		{d.add(Petition, petition("closed", "是", "replied_on", "2027-03-10", "action", "已修", "reviews", "复查 2027-03-12")...), []string{"review 2027-04-11"}},
	} {
		if got := keys(c.r); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.r.ID, got, c.want)
		}
	}
	object := d.DuesOf(open)[0]
	for on, want := range map[string]bool{"2027-03-11": false, "2027-03-12": true, "2027-03-17": true, "2027-03-18": false} {
		if object.Stands(onDay(on), -1) != want {
			t.Errorf("the objection stands on %s: %v", on, !want)
		}
	}
	if last := d.DuesOf(open)[2]; last.Stands(onDay("2027-04-28"), -1) || !last.Stands(onDay("2027-04-29"), -1) || !last.Stands(onDay("2027-04-01"), 60) || !last.Stands(onDay("2028-01-01"), 0) {
		t.Error("ten days ahead, any number asked for, and always once it is overdue")
	}
	open.State = Draft
	if d.DuesOf(open) != nil {
		t.Error("a draft is due")
	}
}

func TestPetitionBecomesANeed(t *testing.T) {
	d := newDesk(t)
	r := d.add(Petition, petition("need_text", "装扶手")...)
	needs := needOfPetition(r, nil, d.Context)
	if len(needs) != 1 || NeedText.Of(needs[0]) != "装扶手" || NeedSource.Of(needs[0]).ID != r.ID || NeedDue.Of(needs[0]) != PetitionDue.Of(r) || NeedTopic.Of(needs[0]) != "物业" {
		t.Fatalf("%v", needs)
	}
	if needOfPetition(r, r, d.Context) != nil {
		t.Error("an edit enters it again")
	}
}

func TestOfficeDeadlines(t *testing.T) {
	c, err := ReadCustom([]byte(`{"taizhang_settings": 1, "deadlines": {"petition_notice": 7, "petition_close": {"咨询求助": 3}, "need_revisit": 5, "meetings": {"党课": 4}}}`))
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	var problems Problems
	if d.Schema, problems = NewSchemaWith(c); problems != nil {
		t.Fatal(problems)
	}
	asked := d.add(Petition, petition("kind", "咨询求助")...)
	other := d.add(Petition, petition()...)
	if PetitionDue.Of(asked) != onDay("2027-03-13") || PetitionDue.Of(other) != onDay("2027-05-09") || PetitionNoticeDue.Of(other) != onDay("2027-03-17") {
		t.Errorf("%v, %v", asked.Values, other.Values)
	}
	need := d.add(Needs, "topic", "ms", "text", "灯", "state", "办结", "result", "已修", "closed_on", "2027-03-10")
	if due := d.DuesOf(need); len(due) != 1 || due[0].Day != onDay("2027-03-15") || due[0].Key != "revisit" {
		t.Errorf("%v", due)
	}
	for _, bad := range []string{`{"petition_notice": 16}`, `{"petition_close": {"咨询求助": 61}}`, `{"petition_close": {"闲聊": 3}}`, `{"meetings": {"茶话会": 1}}`, `{"need_revisit": -1}`, `{"x": 1}`} {
		if _, err := ReadCustom([]byte(`{"taizhang_settings": 1, "deadlines": ` + bad + `}`)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
	// What a file does not speak of stays, and a change is told.
	if kept := (Custom{}).Keep(c); !kept.Deadlines.Equal(c.Deadlines) {
		t.Error("lost")
	}
	if changes := (Custom{}).ChangesTo(c); len(changes) != 1 || changes[0].Entry != "deadlines" {
		t.Errorf("%v", changes)
	}
}

func TestWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{{"2027-03-10", 5, "2027-03-17"}, {"2027-03-12", 1, "2027-03-15"}, {"2027-03-13", 1, "2027-03-15"}, {"2027-03-10", 0, "2027-03-10"}} {
		if got := AddWorkingDays(onDay(c.from), c.n); got != onDay(c.want) {
			t.Errorf("%s + %d = %s", c.from, c.n, got)
		}
	}
}

func TestPetitionMeasures(t *testing.T) {
	d := newDesk(t)
	records := []*Record{
		d.add(Petition, petition("closed", "是", "replied_on", "2027-03-13", "action", "已修", "satisfaction", "满意")...),
		d.add(Petition, petition("closed", "是", "replied_on", "2027-03-10", "action", "当场", "way", "当场")...),
		d.add(Petition, petition("date", "2026-12-01")...),
		d.add(Petition, petition("way", "转送", "passed_to", "区住建局", "persons", "7")...),
	}
	for key, want := range map[string]string{"received": "4", "closed": "2", "overdue": "1", "passed": "1", "content": "1", "days": "3", "group": "1", "persons": "10"} {
		m, err := Petition.Measure(key)
		if err != nil {
			t.Fatal(err)
		}
		if got := Petition.Tally(d.Context, m, records); got.Text() != want {
			t.Errorf("%s: %s, want %s", key, got.Text(), want)
		}
	}
}
