package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// town enters a record of each kind that is looked for.
func town(t testing.TB, led *db.Ledger) {
	t.Helper()
	add(t, led, "person", "name", "欧阳秀英", "birth", "1941-05-02", "phone", "13800005678", "health", "高血压")
	add(t, led, "visit", "date", "2026-02-10", "person", "欧阳秀英", "household", "和平小区3号楼501", "amount", "300.50", "fund", "党费", "change", "想在卫生间装一个扶手")
	add(t, led, "activity", "date", "2026-03-05", "title", "学雷锋志愿服务集市", "lines", "志愿服务", "venue", "广场", "attend_total", "260")
	add(t, led, "activity", "date", "2026-01-20", "title", "腊八送福", "lines", "文体", "venue", "广场", "attend_total", "30")
}

// Whatever a clerk remembers of a record finds it, and the match is marked.
func TestSearchFinds(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	town(t, led)
	d.Expect("本月").Press("/").Expect("可以写").Expect("电话、证件、卡号").CursorAfter("查找：")
	for _, c := range []struct{ text, record, match string }{
		{"扶手", "V-2026-0001  2026-02-10 欧阳秀英 2026春节", "家庭变化：想在卫生间装一个【扶手】"},
		{"zyfw", "A-2026-0001", "名称：学雷锋【志愿服务】集市"},
		{"labasongfu", "A-2026-0002  2026-01-20 腊八送福", "名称：【腊八送福】"},
		{"v-2026-0001", "V-2026-0001", "记录号：【V-2026-0001】"},
		{"300.50", "V-2026-0001", "【300.50】"},
		{"0305", "A-2026-0001", "日期：【2026-03-05】"},
		{"5678", "P-2026-0001", "电话：138****【5678】"},
		{"欧阳 扶手", "V-2026-0001", "【欧阳】秀英"},
	} {
		d.Press("ctrl+u").Expect("可以写").Type(c.text).CursorAfter(c.text).Expect("1/1").Expect(c.record).Expect(c.match)
	}
	d.Press("ctrl+u").Type("没有这样的字").Expect("没有查到“没有这样的字”").Expect("换一种写法").Expect("首字母")
	// Newest first, over all registers; void ones are said to be void.
	ctx := context.Background()
	actor, _ := led.Actor(ctx)
	if _, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Void, ID: "A-2026-0002", Reason: "重复"}); err != nil {
		t.Fatal(err)
	}
	d.Press("ctrl+u").Type("2026Q1").Expect("1/3").Expect("[作废]腊八送福")
	order := strings.Index(d.Screen(), "A-2026-0001") < strings.Index(d.Screen(), "V-2026-0001") && strings.Index(d.Screen(), "V-2026-0001") < strings.Index(d.Screen(), "A-2026-0002")
	if !order {
		t.Errorf("not newest first:\n%s", d.Screen())
	}
}

// Enter opens the record; coming back, query and place are as they were, and
// Enter before the answer opens the first hit, with what is typed behind it.
func TestSearchOpensAndReturns(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	town(t, led)
	d.Press("ctrl+f").Expect("可以写").Type("广场").Expect("1/2").Press("down").Expect("2/2").Press("enter").Expect("第1版").Expect("腊八送福")
	d.Press("esc").Expect("2/2").Expect("> 活动         A-2026-0002").CursorAfter("查找：广场")
	d.Type("x").Expect("没有查到").Press("backspace").Expect("1/2").Press("ctrl+u").Type("扶手\rq").Expect("第1版").Expect("V-2026-0001")
	d.Press("esc").Expect("查找：扶手").Press("esc").ExpectNot("扶手").Expect("本月")
	// From a list and from a record; a filter being typed is no place to leave.
	d.Press("1").Expect("腊八送福").Press("ctrl+r").Expect("可以写").Type("5678").Expect("P-2026-0001").Press("enter").Expect("第1版")
	d.Press("/").Expect("可以写").Press("esc").Expect("第1版").Press("esc").Expect("查找：5678").Press("esc").Expect("期间：").Press("/").Expect("筛选：").Press("ctrl+r").Type("腊八").Expect("1/1").Expect("筛选：腊八")
}

// What another login saves appears by itself, and what is edited from here is
// shown anew.
func TestSearchFollowsOthers(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	town(t, led)
	d.Press("/").Expect("可以写").Type("广场").Expect("1/2").Press("down").Expect("2/2")
	add(t, led, "activity", "date", "2026-03-07", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30")
	d.Expect("邻里节").Expect("3/3").Expect("> 活动         A-2026-0002")
	// Also while a record lies above.
	d.Press("enter").Expect("第1版")
	add(t, led, "activity", "date", "2026-03-08", "title", "读书会", "lines", "文体", "venue", "广场", "attend_total", "30")
	d.Press("esc").Expect("读书会").Expect("4/4").Expect("> 活动         A-2026-0002")
}

// Further pages come by scrolling, in order and without end before the end.
func TestSearchPages(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	const n = 3*searchPage + 7
	ctx := context.Background()
	actor, err := led.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ops []db.Op
	for i := range n {
		ops = append(ops, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{"date": model.NewDate(2026, 1, 1).AddDays(-i),
			"title": fmt.Sprintf("门球赛第%d场", i+1), "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(20)}})
	}
	if _, err := led.Write(ctx, actor, db.RequestID{}, ops...); err != nil {
		t.Fatal(err)
	}
	d.Press("/").Type("门球").Expect(fmt.Sprintf("1/%d+", searchPage)).Expect("【门球】赛第1场")
	seen := map[string]bool{}
	for range 40 {
		d.Idle()
		for _, line := range d.Lines() {
			if i := strings.Index(line, "A-2026-"); i >= 0 {
				seen[line[i:i+len("A-2026-0000")]] = true
			}
		}
		if strings.Contains(d.Screen(), fmt.Sprintf("%d/%d", n, n)) {
			break
		}
		d.Press("pgdown")
	}
	d.Expect(fmt.Sprintf("%d/%d", n, n)).Expect(fmt.Sprintf("第%d场", n))
	if len(seen) != n {
		t.Errorf("%d of %d seen", len(seen), n)
	}
}

// What a person may not see is not found, nor shown of what she finds.
func TestSearchKeepsRights(t *testing.T) {
	led := dbtest.New(t)
	town(t, led)
	o := optionsFor(t, led, model.ZH)
	o.Opened.Actor.Roles = []model.Role{model.Viewer}
	d := drive.Start(t, New(o, cell.Narrow), 80, 24)
	d.Press("/").Expect("可以写")
	for _, text := range []string{"欧阳", "oyxy", "5678", "13800005678", "高血压"} {
		d.Press("ctrl+u").Expect("可以写").Type(text).Expect("没有查到“" + text + "”")
	}
	d.Press("ctrl+u").Expect("可以写").Type("v-1").Expect("V-2026-0001").Expect("【V-2026-0001】").ExpectNot("秀英")
	d.Press("ctrl+u").Expect("可以写").Type("学雷锋").Expect("【学雷锋】志愿服务集市")
}

// Half a Chinese character is never shown, nor a line wider than the window,
// with any size and long matches.
func TestSearchFits(t *testing.T) {
	led := dbtest.New(t)
	town(t, led)
	add(t, led, "activity", "date", "2026-03-06", "title", strings.Repeat("庆祝“三八”妇女节", 6)+"手拉手", "lines", "文体", "venue", "广场", "attend_total", "30",
		"summary", strings.Repeat("今日上午在文化广场开展活动，", 12)+"居民张桂英说“很好”。\n"+strings.Repeat("第二段也很长，", 20))
	for _, m := range []cell.Metric{cell.Narrow, cell.Wide} {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {61, 17}} {
			for _, l := range []model.Lang{model.ZH, model.EN} {
				a := New(optionsFor(t, led, l), m)
				a.w, a.h = size[0], size[1]
				for _, text := range []string{"张桂英", "手拉手", "zgy", "广场开展", "广场", "没有", "", strings.Repeat("今日上午在文化广场开展活动，", 3)} {
					f := newSearch(a.s)
					a.stack = []screen{newHome(), f}
					f.input.SetValue(text)
					f.begin()
					settle(a, f.ask(a.s, searchPage))
					v := a.View()
					for _, line := range strings.Split(v.Content, "\n") {
						if w := m.Width(line); w > size[0] {
							t.Errorf("%q %s %v: %d cells: %s", text, l, size, w, line)
						}
					}
					if v.Cursor == nil || v.Cursor.X >= size[0] || strings.Count(v.Content, "\n") >= size[1] || strings.Contains(v.Content, "\ufffd") {
						t.Errorf("%q %s %v:\n%s", text, l, size, v.Content)
					}
					if open := model.Sayf("【%s", "[%s", text).In(l); (text == "张桂英" || text == "手拉手") && !strings.Contains(v.Content, open) {
						t.Errorf("%q %s %v: the match is cut off:\n%s", text, l, size, v.Content)
					}
				}
			}
		}
	}
}

// The next letter cancels what is under way, and a late answer changes nothing.
func TestSearchDropsLateAnswers(t *testing.T) {
	led := dbtest.New(t)
	town(t, led)
	a := New(optionsFor(t, led, model.ZH), cell.Narrow)
	f := newSearch(a.s)
	a.stack = []screen{newHome(), f}
	a.Update(key("广"))
	first := f.ask(a.s, searchPage)
	asking := f.asking
	late := first()
	a.Update(key("x"))
	if asking.Err() == nil {
		t.Error("the search goes on though more was typed")
	}
	cancelled := first().(searchMsg)
	if cancelled.err == nil {
		t.Error("a cancelled search answered")
	}
	a.Update(late)
	a.Update(cancelled)
	if len(f.hits) != 0 || f.given == f.turn || a.toast != (model.Words{}) {
		t.Errorf("a late answer was taken: %d hits, %v", len(f.hits), a.toast)
	}
	// Left while it is under way: nothing opens any more.
	f.begin()
	f.opening = true
	answer := f.ask(a.s, searchPage)()
	msg := answer.(searchMsg)
	msg.hits = []db.Hit{{ID: "A-2026-0001", Register: led.Schema().Register("activity")}}
	f.press(a.s, key("esc"))
	a.move()
	a.Update(msg)
	if len(a.stack) != 1 {
		t.Error("a record opened after the search was left")
	}
}

// BenchmarkSearchKey is one letter and one Backspace in a search whose screen is
// full of hits, then the cursor moving, each with its drawing. What is asked of
// the ledger runs beside it; that is "answer".
func BenchmarkSearchKey(b *testing.B) {
	led := dbtest.New(b)
	thousands(b, led, 10_000)
	a := New(optionsFor(b, led, model.ZH), cell.Narrow)
	f := newSearch(a.s)
	a.stack = []screen{newHome(), f}
	ask := func() {
		f.begin()
		settle(a, f.ask(a.s, searchPage))
	}
	f.input.SetValue("趣味")
	ask()
	if len(f.hits) != searchPage || !f.more {
		b.Fatal(len(f.hits))
	}
	b.Run("letter", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			a.Update(key("义"))
			_ = a.View()
			a.Update(key("backspace"))
			_ = a.View()
		}
	})
	ask()
	b.Run("down", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, cmd := a.Update(key("down"))
			settle(a, cmd)
			_ = a.View()
			if len(f.hits) > 2000 {
				ask()
			}
		}
	})
	b.Run("answer", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ask()
		}
	})
}
