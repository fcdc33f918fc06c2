package command_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// show prints what a household was given under its fields, and JSON carries it.
func TestShowHousehold(t *testing.T) {
	o := newOffice(t)
	compound := o.ok("add", "compound", "name=和平小区")
	home := o.ok("add", "household", "head=王秀兰", "compound="+compound, "building=3")
	person := o.ok("add", "person", "name=王秀兰", "birth=1941-05-06", "household="+home, "cats=低保户 2024-03", "no_id_reason=未带证")
	visit := o.ok("add", "visit", "person="+person, "date=2027-01-20", "amount=500", "fund=党费", "goods=米 2 袋")
	o.ok("add", "visit", "person="+person, "date=2026-01-20", "amount=300", "fund=工会")
	text := o.ok("show", home)
	for _, want := range []string{"家庭成员", "王秀兰", "低保户、高龄", "本年走访慰问", visit, "党费", "2027年  1条  慰问金 500.00元  慰问品 米 2 袋", "2026年  1条  慰问金 300.00元"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "工会") {
		t.Errorf("last year's visits are listed:\n%s", text)
	}
	var rec struct {
		Related []struct {
			Key, Register string
			Rows          []map[string]string
			More          int
			Years         []struct {
				Year, Count int
				Sums        map[string]string
			}
		}
	}
	if err := json.Unmarshal([]byte(o.ok("show", home, "--format", "json")), &rec); err != nil || len(rec.Related) != 2 {
		t.Fatalf("%v %+v", err, rec)
	}
	given := rec.Related[1]
	if given.Key != "given" || given.Rows[0]["id"] != visit || given.Rows[0]["amount"] != "500.00" || given.More != 1 || given.Years[0].Sums["amount"] != "500.00" {
		t.Errorf("%+v", given)
	}
}
