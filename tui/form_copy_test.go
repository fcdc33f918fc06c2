package tui

import (
	"strings"
	"testing"

	"taizhang/model"
)

// Ctrl-D copies an earlier record: what was done a year ago stands first, typed
// letters search the register, counts stay out and what was typed stays.
func TestCopyRecord(t *testing.T) {
	d, led := office(t, model.ZH, 80, 40)
	add(t, led, "activity", "date", "2025-03-10", "title", "2025年庆三八趣味运动会", "lines", "妇女儿童", "venue", "操场", "attend_total", "86", "form", "体育比赛")
	add(t, led, "activity", "date", "2026-03-01", "title", "春季义诊进小区", "lines", "老龄", "venue", "广场", "attend_total", "40", "form", "义诊")
	add(t, led, "activity", "date", "2026-02-01", "title", "读书分享会", "lines", "文体", "venue", "阅览室", "attend_total", "20")
	d.Press("1").Expect("春季义诊").Press("ctrl+n").Expect("*日期").Press("ctrl+d").Expect("照抄哪一条").Expect("去年此时")
	s := d.Screen()
	if a, b, c := strings.Index(s, "2025年庆三八"), strings.Index(s, "春季义诊"), strings.Index(s, "读书分享"); a < 0 || a > b || b > c {
		t.Errorf("a year ago, then the newest: %d %d %d\n%s", a, b, c, s)
	}
	d.Press("enter").Expect("已照抄 A-2026-0001")
	expectField(t, d, "名称", "2026年庆三八趣味运动会")
	expectField(t, d, "条线", "妇女儿童")
	expectField(t, d, "地点", "操场")
	expectField(t, d, "日期", "2026-03-08")
	if l := lineOf(d, "人次"); strings.ContainsAny(l, "86") {
		t.Errorf("the count was copied: %q", l)
	}
	d.Press("esc").Expect("草稿已存好").Press("ctrl+x").ExpectNot("*日期")

	d.Press("ctrl+n").Expect("*日期")
	goTo(t, d, "名称")
	d.Type("夏夜读书会").Press("ctrl+d").Expect("照抄哪一条").Type("dsfx").Press("enter").Expect("已照抄 A-2026-0003")
	expectField(t, d, "名称", "夏夜读书会")
	expectField(t, d, "地点", "阅览室")
	d.Press("ctrl+d").Expect("照抄哪一条").Type("没有这样的").Expect("没有找到").Press("enter").Expect("没有找到").Press("esc").Expect("*日期")
	goTo(t, d, "人次")
	d.Type("25人").Press("ctrl+s").Expect("已保存 A-2026-0004")

	// A record is not turned into another one.
	d.Press("down", "up", "enter").Expect("第1版").Press("enter").Expect("*日期").Press("ctrl+d").Expect("只有新增时")
}

// A second activity like one of before takes seven keys from home: after copying,
// the cursor stands where something is still missing. A source of funds waits for
// its sum, and what is only planned is offered last.
func TestCopyInSevenKeys(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "activity", "date", "2026-03-07", "title", "健康义诊进小区", "lines", "老龄", "venue", "广场", "attend_total", "40", "cost", "600", "cost_source", "办公经费")
	add(t, led, "activity", "date", "2026-04-05", "title", "清明祭扫", "lines", "党建", "venue", "陵园")
	d.Expect("本月").Press("1").Expect("健康义诊").Press("ctrl+n").Expect("*日期").Press("ctrl+d").Expect("健康义诊").Press("enter").Expect("已照抄 A-2026-0001")
	d.Type("52").Press("ctrl+s").Expect("已保存 A-2026-0003")
	r := get(t, led, "A-2026-0003")
	if model.ActivityTitle.Of(r) != "健康义诊进小区" || model.ActivityAttendTotal.Of(r) != 52 || r.Get("cost_source") != nil || model.ActivityDate.Of(r) != model.NewDate(2026, 3, 8) {
		t.Errorf("copied: %v", r.Values)
	}
}

// In English, and by a clerk's hand in the smallest window.
func TestCopyRecordSmall(t *testing.T) {
	d, led := office(t, model.EN, 60, 16)
	add(t, led, "activity", "date", "2026-03-01", "title", "春季义诊进小区，居民代表和志愿者一起参加的大型公益活动", "lines", "老龄", "venue", "广场", "attend_total", "40")
	d.Press("1").Expect("春季义诊").Press("ctrl+n").Expect("*Date").Press("ctrl+d").Expect("Copy which?").Expect("春季义诊").Press("enter").Expect("copied A-2026-0001")
}
