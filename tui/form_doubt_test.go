package tui

import (
	"context"
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
)

// A likely duplicate is a question: back to the form, open the old one, or save
// all the same. Nothing is stored before the answer and nothing is lost.
func TestDoubtQuestion(t *testing.T) {
	d, led := office(t, model.ZH, 80, 34)
	add(t, led, "activity", "title", "庆三八趣味运动会", "lines", "文体", "venue", "广场", "attend_total", "86")
	count := func() int {
		n, err := led.Count(context.Background(), "activity", nil)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	d.Press("1").Expect("庆三八").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "名称")
	d.Type("庆“三八”趣味运动会").Press("enter").Type("wt").Press("enter", "enter")
	goTo(t, d, "地点")
	d.Type("操场").Press("enter", "enter").Type("3").Press("ctrl+s")
	d.Expect("请核对").Expect("还没有保存").Expect("名称相近").Expect("A-2026-0001").Expect("3 人次")
	if count() != 1 {
		t.Fatal("it was stored before the answer")
	}
	d.Press("enter").Expect("第1版").Press("esc").Expect("还没有保存").Press("esc").ExpectNot("还没有保存")
	expectField(t, d, "人次", "3")
	d.Press("ctrl+u").Type("80").Press("ctrl+s").Expect("名称相近").ExpectNot("80 人次").Press("ctrl+s").Expect("已保存 A-2026-0002")
	if count() != 2 {
		t.Fatal("it was not stored")
	}

	// A change of something else asks nothing; Ctrl-N is as sure as Ctrl-S.
	d.Press("enter").Expect("第1版").Press("enter").Expect("*日期")
	goTo(t, d, "届次")
	d.Type("第二届").Press("ctrl+s").Expect("已保存 A-2026-0002")
	d.Press("esc").Expect("庆“三八”").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "名称")
	d.Type("庆三八趣味运动会").Press("enter").Type("wt").Press("enter", "enter")
	goTo(t, d, "地点")
	d.Type("操场").Press("enter", "enter").Type("80").Press("ctrl+n").Expect("名称相近").Press("ctrl+s").Expect("可接着填下一条")
	expectField(t, d, "地点", "操场")
}

// The draft is there when the line drops at the question.
func TestDoubtKeepsDraft(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	add(t, led, "venue", "name", "广场", "category", "室外")
	d.Press("9").Expect("Venues and equipment").Press("3").Expect("> 1  Venue").Press("enter")
	d.Expect("> Venue")
	d.Press("ctrl+n").Expect("*Name").Type("广场").Press("enter").Type("outdoor").Press("enter", "ctrl+s").Expect("Nothing is saved yet").Expect("is registered already")
	d.Send(hangupMsg{})
	<-d.Done()
	drafts, err := led.Drafts(context.Background(), dbtest.Actor(t, led))
	if err != nil || len(drafts) != 1 || drafts[0].Texts["name"] != "广场" {
		t.Errorf("%+v, %v", drafts, err)
	}
}
