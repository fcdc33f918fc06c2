package tui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/drive"
	"taizhang/tui/words"
)

// openRecord opens a record's page from the home screen by its id.
func openRecord(d *drive.Driver, id string) *drive.Driver {
	names := func(line string) bool {
		parts := strings.Fields(line)
		return slices.Contains(parts[:min(4, len(parts))], id)
	}
	current := func() string {
		i := slices.IndexFunc(d.Lines(), func(l string) bool { return strings.HasPrefix(l, "> ") })
		if i < 0 {
			return ""
		}
		return d.Lines()[i]
	}
	d.Press("/").Type(id).Until("the answer", func() bool { // to the whole id, not to its beginning
		return current() != "" && slices.ContainsFunc(d.Lines(), func(l string) bool {
			_, after, ok := strings.Cut(l, words.SearchLabel.EN+id)
			if !ok {
				_, after, ok = strings.Cut(l, words.SearchLabel.ZH+id)
			}
			return ok && strings.Contains(after, "/") && !strings.Contains(after, words.Searching.EN) && !strings.Contains(after, words.Searching.ZH)
		})
	})
	for range 20 { // what names it is found too
		at := current()
		if names(at) {
			break
		}
		d.Press("down").Until("the next hit", func() bool { return current() != at && current() != "" })
	}
	return d.Press("enter").Expect(" > " + id)
}

// Two files of one person become one from the page of the one that is kept: the
// likely twin stands first, what differs is chosen, the reason asked, and Ctrl-Z
// takes it back.
func TestMergeOnTheScreen(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	keep := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06", "phone", "13800000001")
	add(t, led, "person", "name", "李强", "birth", "1950-01-01")
	other := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06", "phone", "13800000002", "sex", "女")
	visit := add(t, led, "visit", "person", other, "household", "广场", "amount", "500", "fund", "党费")
	d.Expect("This month")
	openRecord(d, keep).Press("m").Expect("Merge which record into " + keep).Expect("李强").Press("esc").ExpectNot("Merge which")
	d.Press("ctrl+g").Expect("Merge which").Press("enter")
	d.Expect("In these fields the two differ").Expect("138****0001").Expect("138****0002").Expect("Phone").ExpectNot("13800000002")
	d.Press("space").Expect("[x] " + other).Press("enter").Expect("Why " + other)
	d.Press("enter").Expect("please give the reason")
	d.Type("entered twice").Press("enter").Expect("was merged into " + keep).Expect("1 references were turned").Expect("merged: " + other)
	if r := get(t, led, keep); model.PersonPhone.Of(r) != "13800000002" || model.PersonSex.Of(r) != "女" {
		t.Errorf("kept %v", r.Values)
	}
	if v := get(t, led, visit); model.VisitPerson.Of(v).ID != keep {
		t.Errorf("the visit is of %v", v.Values)
	}
	d.Press("esc", "esc")
	openRecord(d, other).Expect("[void] merged into " + keep).Press("m").Expect("void or deleted")
	d.Press("ctrl+z").Expect("undone: merged").ExpectNot("[void]")
	if v := get(t, led, visit); model.VisitPerson.Of(v).ID != other {
		t.Errorf("not undone: %v", v.Values)
	}
	if rep, err := led.Verify(context.Background(), nil); err != nil {
		t.Errorf("%v %v", err, rep.Faults)
	}
	// What cannot be merged says so.
	d.Press("esc", "esc")
	openRecord(d, visit).Press("m").Expect("only people and households")
}

// Someone changed the other file meanwhile: nothing is merged and it says so.
func TestMergeConflictOnTheScreen(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	keep := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
	other := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
	openRecord(d.Expect("This month"), keep).Press("m").Expect("Merge which").Press("enter").Expect("Why " + other)
	if _, err := led.Write(context.Background(), dbtest.Actor(t, led), db.RequestID{}, db.Op{Kind: db.Edit, ID: other, Values: model.Values{"phone": "13800000009"}}); err != nil {
		t.Fatal(err)
	}
	d.Type("twice").Press("enter").Expect("nothing was saved")
	if r := get(t, led, other); r.State != model.Final {
		t.Error("merged all the same")
	}
}

// At the question about a likely duplicate, m saves the new file and merges it
// into the old one, so that nothing typed is lost.
func TestMergeFromTheDoubt(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	old := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06", "no_id_reason", "未带证")
	d.Expect("This month").Press("ctrl+p").Expect("Command").Type("new Person").Press("enter").Expect("*Name")
	d.Type("王秀兰")
	goTo(t, d, "Birth")
	d.Type("1941-05-06")
	goTo(t, d, "Phone")
	d.Type("13800000002").Press("ctrl+s").Expect("same name and birth").Expect("Ctrl-G merge")
	d.Press("up").Press("m").Expect("choose the record that is there first").Press("down").Press("m")
	d.Expect("Why P-2026-0002").Type("twice").Press("enter").Expect("P-2026-0002 was merged into " + old)
	if r := get(t, led, old); model.PersonPhone.Of(r) != "13800000002" {
		t.Errorf("what was typed is lost: %v", r.Values)
	}
	if r := get(t, led, "P-2026-0002"); r.State != model.Void {
		t.Errorf("the new file is %s", r.State)
	}
	if strings.Contains(d.Screen(), "Draft") {
		t.Errorf("a draft is left:\n%s", d.Screen())
	}
}
