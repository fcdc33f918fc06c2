package command_test

import (
	"strings"
	"testing"
)

// What is doubtful is said and stored all the same; --strict stores nothing and
// ends with 2. A retry of the same request and a good record say nothing.
func TestDoubts(t *testing.T) {
	o := newOffice(t)
	add := func(pairs ...string) []string {
		return append([]string{"add", "activity", "date=2027-03-01", "lines=文体", "venue=文化广场"}, pairs...)
	}
	first := o.ok(add("title=庆三八趣味运动会", "attend_total=86")...)
	for _, c := range []struct {
		args []string
		note string // "": none
	}{
		{add("title=庆“三八”趣味运动会！", "attend_total=80"), first},
		{add("title=春季义诊", "attend_total=2"), "2 人次"},
		{add("title=春季义诊之二", "attend_total=20000"), "20000 人次"},
		{add("title=第１场讲座", "attend_total=40"), ""},
		{add("title=第2场讲座", "attend_total=40"), ""},
		{add("title=健步走", "attend_total=40", "cost=50万", "cost_source=办公经费"), "500,000.00"},
	} {
		if c.note != "" {
			before := o.head()
			out, errs, code := o.runIn("", append(c.args, "--strict")...)
			if code != 2 || out != "" || !strings.Contains(errs, c.note) || o.head() != before {
				t.Errorf("%q strict: code %d, %q, %q", c.args, code, out, errs)
			}
		}
		out, errs, code := o.runIn("", c.args...)
		if code != 0 || out == "" || (c.note == "") != (errs == "") || !strings.Contains(errs, c.note) {
			t.Errorf("%q: code %d, %q, %q", c.args, code, out, errs)
		}
	}
	retry := add("title=庆三八趣味运动会", "attend_total=86", "--request", "表单", "--strict")
	if _, errs, code := o.runIn("", retry...); code != 2 {
		t.Errorf("%d %s", code, errs)
	}
	retry[len(retry)-1] = "--json"
	out := o.ok(retry...)
	retry[len(retry)-1] = "--strict"
	if again, errs, code := o.runIn("", append(retry, "--json")...); code != 0 || strings.TrimSpace(again) != out || errs != "" {
		t.Errorf("retry: %d, %q, %q", code, again, errs)
	}

	// Of a change, only what it touches is asked about.
	id := o.ok(add("title=太极拳", "attend_total=3")...)
	if _, errs, _ := o.runIn("", "edit", id, "summary=练了一个早上"); errs != "" {
		t.Errorf("an untouched figure is asked about: %s", errs)
	}
	if _, errs, code := o.runIn("", "edit", id, "attend_total=4", "--strict"); code != 2 || !strings.Contains(errs, "4 人次") {
		t.Errorf("%d %s", code, errs)
	}
}

// People: one identity number, one name and birth, one name and phone; visits:
// the same person for one occasion, the same household aided twice.
func TestDoubtsAboutPeople(t *testing.T) {
	o := newOffice(t)
	note := func(want string, args ...string) string {
		t.Helper()
		out, errs, code := o.runIn("", append([]string{"add"}, args...)...)
		if code != 0 || (want == "") != (errs == "") || !strings.Contains(errs, want) {
			t.Errorf("%q: code %d, %q, want %q", args, code, errs, want)
		}
		return strings.TrimSpace(out)
	}
	wang := note("", "person", "name=王秀兰", "id_no=999999194912310025", "phone=13800000001")
	note("身份证号已经登记过："+wang, "person", "name=王秀栏", "id_no=999999194912310025")
	note("", "person", "name=张伟", "birth=1950-01-01", "phone=13800000002", "no_id_reason=未带证")
	note("同出生日期", "person", "name=张伟", "birth=1950-01-01")
	note("同电话", "person", "name=张伟", "birth=1951-01-01", "phone=13800000002")
	note("", "person", "name=张伟", "birth=1952-01-01", "phone=13800000003", "no_id_reason=未带证")

	compound := note("", "compound", "name=和平小区")
	note("和平小区", "compound", "name=和平小区")
	home := note("", "household", "head="+wang, "compound="+compound, "building=3", "room=501")
	son := note("", "person", "name=李强", "birth=1975-01-01", "household="+home, "other_id=护照 E12345678")
	note("没有身份证号和其他证件", "person", "name=李弱", "birth=1975-01-01") // asked, and stored
	old := note("", "person", "name=陈立", "id_no=110105491231002")
	note("身份证号已经登记过："+old, "person", "name=陈立", "id_no=11010519491231002X") // the new form of the old number
	visit := func(want, person, date string, more ...string) string {
		t.Helper()
		return note(want, append([]string{"visit", "date=" + date, "person=" + person, "household=" + home}, more...)...)
	}
	first := visit("", wang, "2027-01-20", "amount=500", "fund=党费")
	visit("走访过："+first, wang, "2027-01-22")
	visit("这一户", son, "2027-01-21", "amount=500", "fund=党费")
	visit("", wang, "2026-05-20")
	visit("", wang, "2026-06-01", "occasion=2026日常走访")
	visit("", wang, "2026-06-02", "occasion=2026日常走访")
	visit("走访过", wang, "2026-06-02", "occasion=2026日常走访")
	elsewhere := note("", "household", "head="+old, "compound="+compound, "building=9", "room=101")
	note("李强 登记的户是 王秀兰 3-501，不是 陈立 9-101："+elsewhere, "visit", "date=2026-05-21", "person="+son, "household="+elsewhere)
	o.ok("edit", son, "ended=迁出 2026-11-01")
	visit("迁出 2026-11-01："+son, son, "2026-11-02", "occasion=2026日常走访")
	visit("", son, "2026-10-31", "occasion=2026日常走访")
	visit("多得多", son, "2026-10-10", "amount=2万", "fund=党费", "occasion=2026重阳")
}
