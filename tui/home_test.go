package tui

import (
	"testing"

	"taizhang/model"
)

// Every line of today opens what it names: the disclosure that is overdue opens
// its form with item and period, the need its record, the occasion its grid,
// the month the list, a year ago the activity of then. What another login
// changes changes the lines.
func TestHomeToday(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("活动 0 场")
	add(t, led, "staff", "name", "孙玉兰")
	add(t, led, "staff", "name", "周慧敏")
	add(t, led, "catalogue", "no", "1", "class", "党务", "topic1", "联系服务群众", "cadence", "2月", "body_org", "社区党委", "basis", "条例",
		"reviewer", "孙玉兰", "approver", "周慧敏", "from", "2025-11-01")
	d.Expect("[公开]").Expect("2025年第6期").Expect("!逾期52天").Expect("2026年第1期").Expect("还有7天")
	street(t, led, 3)
	d.Expect("2026三八：应走访 3 户，还有 3 户没有走访").Expect("0.0%")
	add(t, led, "visit", "date", "2026-02-01", "person", "P-2026-0001", "next_date", "2026-03-01", "occasion", "2026日常走访")
	add(t, led, "visit", "date", "2026-02-02", "person", "P-2026-0002", "need_text", "楼道灯不亮", "occasion", "2026日常走访")
	d.Expect("张桂英 和平小区1号楼101室").Expect("!逾期7天").Expect("欧阳明月 楼道灯不亮").Expect("!逾期19天")
	add(t, led, "activity", "date", "2025-03-07", "title", "去年庆三八", "lines", "妇女儿童", "venue", "广场", "attend_total", "80")
	d.Expect("[去年此时]").Expect("去年庆三八").Expect("去年同月：1 场，80 人次")

	d.Press("home", "enter").Expect("新增公开").Expect("联系服务群众").Expect("2025-B6").Press("esc").Expect("今日")
	d.Press("down", "enter").Expect("N-2026-0001").Press("esc").Expect("今日")
	d.Press("down", "enter").Expect("V-2026-0001").Press("esc").Expect("今日")
	d.Press("down", "down", "enter").Expect("走访表").Expect("应走访 3 户").Press("esc").Expect("今日")
	d.Press("down", "enter").Expect("期间：2026年3月").Press("esc").Expect("今日")
	press(d, "down", 3)
	d.Press("enter").Expect("A-2026-0001").Press("esc").Expect("今日")
	// Once she is seen again the line is gone.
	add(t, led, "visit", "date", "2026-03-08", "person", "P-2026-0001", "occasion", "2026三八")
	d.ExpectNot("!逾期7天").Expect("还有 2 户没有走访").Expect("走访 1 户次")
	// The menu: two columns, arrows and digits.
	d.Press("end", "left", "up").Press("enter").Expect("户主").Press("esc").Expect("今日").Press("7").Expect("联系服务群众").Press("esc").Expect("今日")
}

// Of one kind three lines stand there, the rest behind one that opens them.
func TestHomeMore(t *testing.T) {
	d, led := office(t, model.EN, 76, 16)
	d.Expect("0 activities")
	street(t, led, 6)
	for i := range 6 {
		add(t, led, "visit", "date", "2026-02-01", "person", model.FormatID("P", 2026, i+1), "next_date", "2026-03-01", "occasion", "2026日常走访")
	}
	d.Press("home").Expect("[Aid visit]").Expect("3 more are due; Enter lists them all").ExpectNot("1号楼106室")
	d.Press("down", "down", "down", "enter").ExpectNot("3 more").Press("down").Expect("lines")
	press(d, "down", 1)
	d.Expect("1号楼106室")
}
