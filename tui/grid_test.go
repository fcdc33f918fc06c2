package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/drive"
)

// street enters n people of a category, one household each, and a plan for
// 2026三八 with 800 yuan for each and a budget of 3,000.
func street(t testing.TB, led *db.Ledger, n int) {
	t.Helper()
	add(t, led, "compound", "name", "和平小区")
	for i := range n {
		home := add(t, led, "household", "head", fmt.Sprint("户主", i), "compound", "和平小区", "building", fmt.Sprint(1+i/10), "room", fmt.Sprint(101+i%10))
		add(t, led, "person", "name", []string{"张桂英", "欧阳明月", "𠮷田花子", "阿依古丽·买买提"}[i%4]+strings.Repeat("二", i/4), "birth", "1950-01-01", "household", home, "cats", "低保户")
	}
	add(t, led, "round", "occasion", "2026三八", "cats", "低保户", "amount", "800", "fund", "党费", "budget", "3000")
}

func visits(t testing.TB, led *db.Ledger) []*model.Record {
	t.Helper()
	list, err := led.List(context.Background(), db.Query{Register: "visit"})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func openGrid(d *drive.Driver) *drive.Driver {
	return d.Press("3").Expect("没有记录").Press("ctrl+t").Expect("2026三八")
}

// A round of four: three ticked, one of them with more, saved at once; the
// fourth is missing, the budget says how much is left.
func TestGrid(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	street(t, led, 4)
	openGrid(d).Expect("应走访 4 户 4 人，已走访 0 户 0 人").Expect("预算 3,000.00 余 3,000.00")
	d.Press("ctrl+s").Expect("还没有勾人")
	d.Press("space", "space").Expect("勾 2 人").Expect("余 1,400.00")
	d.Press("enter").Expect("> 𠮷田花子").Press("enter").Type("１２００").Press("enter").Type("米 1 袋").Press("ctrl+s").Expect("勾 3 人").Expect("1,200.00 米 1 袋").Expect("余 200.00")
	d.Press("down").Press("space").Expect("!超预算 3,000.00：-600.00").Press("space").Expect("勾 3 人")
	d.Press("ctrl+s").Expect("已登记 3 人 V-2026-0001 至 V-2026-0003").Expect("已走访 3 户 3 人").Expect("预算 3,000.00 余 200.00")
	got := visits(t, led)
	if len(got) != 3 {
		t.Fatalf("%d visits", len(got))
	}
	for _, v := range got {
		if model.VisitOccasion.Of(v) != (model.Occasion{Name: "三八", Year: 2026}) || model.VisitFund.Of(v) != "党费" || !model.VisitHousehold.Has(v) ||
			len(model.VisitCatsThen.Of(v)) != 1 || len(model.VisitVisitors.Of(v)) != 1 {
			t.Errorf("%s: %v", v.ID, v.Values)
		}
	}
	if third := get(t, led, "V-2026-0003"); model.VisitAmount.Of(third) != 120000 || !model.VisitGoods.Has(third) {
		t.Errorf("own values: %v", third.Values)
	}
	// Who was visited cannot be ticked again; her record opens.
	d.Press("home", "space").Expect("已经走访过了").Press("enter").Expect("V-2026-0001").Expect("历史").Press("esc").Expect("2026三八")
	d.Press("tab").Expect("还没走访的").ExpectNot("张桂英").Expect("阿依古丽")
	d.Press("tab").Expect("走访过的").Press("tab", "tab").Expect("30天没人走访的").Press("tab").Press("/").Type("oymy").Expect("1/1").Expect("欧阳明月").ExpectNot("张桂英").Press("esc")
	d.Press("/").Type("zzzz").Expect("没有合“zzzz”的人").Press("esc")
	d.Press("/").Type("hpxq").Expect("1/4").Press("esc")

	d.Press("ctrl+z").Expect("已走访 0 户") // money was given: its entry is reversed, not erased
	for _, v := range got {
		if now := get(t, led, v.ID); now.State != model.Void {
			t.Errorf("%s is %v after the undo", v.ID, now.State)
		}
	}
	d.Press("ctrl+g").Type("没有这个节").Press("enter").Expect("不在可选范围内").Press("esc").Press("esc").Expect("V-2026-0002")
}

// Two clerks on the same occasion: what one saves leaves the other's list, and
// what both save at the same moment is entered once.
func TestGridOfTwo(t *testing.T) {
	d1, led := office(t, model.ZH, 80, 24)
	street(t, led, 8)
	openGrid(d1).Expect("应走访 8 户")
	d2 := login(t, led, model.EN, 80, 24)
	d2.Expect("This month").Press("3").Expect("Ctrl-N").Press("ctrl+t").Expect("8 households")
	d1.Press("space", "space", "space").Expect("勾 3 人")
	d2.Press("space", "space", "down", "space", "space").Expect("4 ticked")
	d1.Press("ctrl+s").Expect("已登记 3 人")
	d2.Expect("3 (3) visited, 2 ticked") // hers appear without a key, and two ticks are gone
	d2.Press("ctrl+s").Expect("goes over it by 1,000.00").Press("ctrl+s").Expect("2 visits saved, V-2026-0004 to V-2026-0005").Expect("5 (5) visited")

	// The same moment: neither has seen the other's save.
	g := &grid{occasion: model.Occasion{Name: "三八", Year: 2026}}
	op := func(id string) db.Op {
		return db.Op{Kind: db.Add, Register: "visit", Values: model.Values{"date": model.NewDate(2026, 3, 8), "person": model.Ref{ID: id}, "occasion": g.occasion},
			Unless: []string{"person", "occasion"}}
	}
	actor, err := led.Actor(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		res, err := led.Write(context.Background(), actor, db.RequestID{}, op("P-2026-0001"), op("P-2026-0007"))
		if err != nil || res.Records[0].Changed || res.Records[0].ID != "V-2026-0001" || res.Records[1].ID != "V-2026-0006" {
			t.Fatalf("%+v, %v", res, err)
		}
	}
	if n := len(visits(t, led)); n != 6 {
		t.Errorf("%d visits", n)
	}
}

// What is ticked and typed survives leaving and a new login, with the cursor on
// the same person; a save that is refused loses nothing.
func TestGridDraft(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	street(t, led, 5)
	openGrid(d).Press("ctrl+e").Expect("勾上的都是").Press("tab", "tab", "tab").Type("900").Press("ctrl+s").Expect("900.00")
	d.Press("space", "down", "space").Expect("勾 2 人").Press("up").Press("esc").Expect("草稿").Press("enter").Expect("没有记录").Press("esc").Expect("本月")
	d.Expect("走访慰问").Quit()
	d = login(t, led, model.ZH, 80, 24)
	d.Expect("草稿").Press("home", "enter").Expect("2026三八").Expect("勾 2 人").Expect("900.00")
	d.Press("ctrl+e").Press("tab", "tab", "tab", "tab", "tab").Press("ctrl+u").Press("ctrl+s").Expect("勾 2 人")
	d.Press("ctrl+s").Expect("一条也没有保存").Expect("资金来源").Expect("勾 2 人")
	if n := len(visits(t, led)); n != 0 {
		t.Fatalf("%d visits", n)
	}
	d.Press("ctrl+e").Press("tab", "tab", "tab", "tab", "tab").Type("df").Press("enter").Press("ctrl+s").Press("ctrl+s").Expect("已登记 2 人")
	d.Press("esc").Expect("V-2026-0002").Press("esc").ExpectNot("草稿")
}

// The draft follows the ticks also while a form stands on the grid, and goes
// when the last tick is taken back.
func TestGridDraftFollowsTicks(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	street(t, led, 3)
	drafts := func() int { return len(titles(t, led)) }
	untick := func() { d.Press("home", "space").Expect("勾 0 人").Press("home") }
	openGrid(d).Press("space").Expect("勾 1 人").Press("home", "ctrl+e").Expect("实际日期")
	d.Until("a draft under the form", func() bool { return drafts() == 1 })
	d.Press("esc").Expect("勾 1 人")
	untick()
	d.Until("no draft", func() bool { return drafts() == 0 })
	d.Press("space").Expect("勾 1 人")
	untick()
	time.Sleep(draftPause + 200*time.Millisecond)
	d.Press("space").Expect("勾 1 人")
	d.Until("a draft again", func() bool { return drafts() == 1 })
	untick()
	d.Press("esc").Expect("没有记录").Press("esc").Expect("本月").ExpectNot("草稿")
	d.Until("no draft", func() bool { return drafts() == 0 })
}

// In a wide window the categories get the room, not the gap behind the address.
func TestGridWide(t *testing.T) {
	d, led := office(t, model.ZH, 140, 24)
	add(t, led, "compound", "name", "和平小区")
	home := add(t, led, "household", "head", "户主", "compound", "和平小区", "building", "1", "room", "101")
	add(t, led, "person", "name", "张桂英", "birth", "1950-01-01", "household", home, "cats", "低保户；困难党员；独居；老党员")
	openVisits := d.Press("3").Expect("没有记录").Press("ctrl+t")
	openVisits.Expect("低保户、困难党员、独居、老党员")
}
