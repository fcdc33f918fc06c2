package model

import (
	"strings"
	"testing"
)

// A person with two posts prints once; the plain posts together are the others.
func TestStaffByPost(t *testing.T) {
	d := newDesk(t)
	for _, posts := range []string{"第一书记", "书记 2020-05；主任 2020-05", "组织员 2019-01；副书记 2019-01", "副主任；委员", "委员", "委员；工作人员", "工作人员 2027-03-01",
		"副主任 2018-01 2026-12-31", "书记 2027-04"} {
		d.add(Staff, "name", "某某"+string(rune('甲'+len(d.book.records))), "posts", posts)
	}
	d.add(Staff, "name", "只有登录名", "login", "abc")
	var got []string
	var staff []*Record
	for _, id := range d.book.where("staff", func(*Record) bool { return true }) {
		staff = append(staff, d.book.Record(id))
	}
	for _, l := range StaffByPost(staff, onDay("2027-03-10")) {
		got = append(got, l.Words().ZH+string(rune('0'+len(l.IDs)))+" "+l.Words().EN)
	}
	want := "第一书记1 first secretary；书记兼主任1 secretary and director；副书记兼组织员1 deputy secretary and organiser；副主任1 deputy director；其他3 others"
	if strings.Join(got, "；") != want {
		t.Errorf("got %s", strings.Join(got, "；"))
	}
	if lines := StaffByPost(staff, onDay("2026-12-31")); len(lines[3].IDs) != 2 {
		t.Errorf("on the last day of a post: %+v", lines)
	}
}

// The tree of organisations has no ring, names its way up and adds up members
// from below where nothing was counted.
func TestOrganisationTree(t *testing.T) {
	d := newDesk(t)
	top := d.add(Org, "name", "和平社区党委", "type", "党委", "parent", "文昌街道")
	first := d.add(Org, "name", "第一党支部", "type", "党支部", "parent", top.ID)
	second := d.add(Org, "name", "第二党支部", "type", "党支部", "parent", top.ID)
	group := d.add(Org, "name", "第一党小组", "type", "党小组", "parent", first.ID)
	d.add(OrgCount, "org", first.ID, "date", "2026-06-30", "members", "50")
	d.add(OrgCount, "org", first.ID, "date", "2026-12-31", "members", "52", "probationary", "2")
	d.add(OrgCount, "org", second.ID, "date", "2026-12-31", "members", "40")
	if n, ok := d.MembersOf(top, onDay("2026-12-31")); !ok || n != 92 {
		t.Errorf("%d members, %v", n, ok)
	}
	if n, ok := d.MembersOf(top, onDay("2026-07-01")); !ok || n != 50 {
		t.Errorf("%d members in July, %v", n, ok)
	}
	if _, ok := d.MembersOf(group, d.Today()); ok {
		t.Error("a group that was never counted has members")
	}
	if path := Org.Field("path").Computed(group, d.Context); path != "文昌街道 › 和平社区党委 › 第一党支部 › 第一党小组" {
		t.Errorf("path %v", path)
	}
	// A ring closes only by a change of what is on file.
	ring := top.Clone()
	OrgParent.Set(ring, Ref{ID: group.ID})
	err := d.Prepare(ring, top)
	if errs, ok := err.(Errors); !ok {
		t.Errorf("a ring is taken: %v", err)
	} else if _, ok := errs.Of("parent"); !ok {
		t.Errorf("refused elsewhere: %v", errs)
	}
	d.refused("probationary", OrgCount, "org", first.ID, "date", "2027-01-31", "members", "2", "probationary", "3")
	d.refused("members", LeadingGroup, "name", "文化活动领导小组", "head", "周慧敏", "members", "李晓梅；李晓梅")
	d.refused("age80", Population, "date", "2026-12-31", "resident", "900", "age60", "10", "age80", "11")
}

// Dated versions: the latest of each key that is not after the day.
func TestInForce(t *testing.T) {
	d := newDesk(t)
	old := d.add(Profile, "name", "和平社区", "valid_from", "2004-08", "area_km2", "1.2")
	d.add(Profile, "name", "和平社区", "valid_from", "2027-01-01", "area_km2", "1.5")
	var all []*Record
	for _, id := range d.book.where("profile", func(*Record) bool { return true }) {
		all = append(all, d.book.Record(id))
	}
	m, err := Profile.Measure("面积")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{"2026-12-31": "1.2", "2027-01-01": "1.5", "2003-01-01": "0"} {
		if got := Profile.Tally(d.Context, m, InForce(all, onDay(day))); got.Text() != want {
			t.Errorf("%s: %s, want %s", day, got.Text(), want)
		}
	}
	old.State = Void
	if got := InForce(all, onDay("2026-12-31")); len(got) != 0 {
		t.Errorf("a void version is in force: %v", got)
	}
}
