package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// inOrder waits until the texts stand below each other on the screen.
func inOrder(d *drive.Driver, texts ...string) *drive.Driver {
	return d.Until(fmt.Sprintf("order %q", texts), func() bool {
		lines, at := d.Lines(), 0
		for _, l := range lines {
			if at < len(texts) && strings.Contains(l, texts[at]) {
				at++
			}
		}
		return at == len(texts)
	})
}

// current waits until the row with the cursor holds a text.
func current(d *drive.Driver, text string) *drive.Driver {
	return d.Until("the cursor on "+text, func() bool {
		return slices.ContainsFunc(d.Lines(), func(l string) bool { return strings.HasPrefix(l, ">") && strings.Contains(l, text) })
	})
}

// event enters an activity of March 2026.
func event(t testing.TB, led *db.Ledger, day int, title, lines string, attended int) string {
	return add(t, led, "activity", "date", fmt.Sprintf("2026-03-%02d", day), "title", title, "lines", lines, "venue", "广场", "attend_total", fmt.Sprint(attended))
}

func write(t testing.TB, led *db.Ledger, ops ...db.Op) {
	t.Helper()
	ctx := context.Background()
	actor, err := led.Actor(ctx)
	if err == nil {
		_, err = led.Write(ctx, actor, db.RequestID{}, ops...)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Sorting by any field, both ways: Chinese by pinyin, numbers by value; the
// cursor stays on its record, and the order of dates comes back.
func TestSortList(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	event(t, led, 1, "10号楼消防演练", "文体", 9)
	event(t, led, 2, "章回体评书", "文体", 120)
	event(t, led, 3, "2号楼消防演练", "文体", 30)
	event(t, led, 4, "阿姨合唱团", "文体", 4)
	d.Press("1").Expect("阿姨合唱团").Expect("合计：4条  人次 163").Press("end")
	current(d, "10号楼").Press("s").Expect("按什么排序").Type("mc").Press("enter").Expect("按名称升序")
	inOrder(d, "2号楼", "10号楼", "阿姨", "章回")
	current(d, "10号楼").Press("ctrl+o").Expect("升序").Type("名称").Press("enter").Expect("按名称降序")
	inOrder(d, "章回", "阿姨", "10号楼", "2号楼")
	d.Press("s").Type("rc").Press("enter").Expect("按人次升序")
	inOrder(d, "阿姨", "10号楼", "2号楼", "章回")
	d.Press("s").Type("没有这一项").Expect("0/").Press("enter").Expect("没有“没有这一项”可选").Expect("按人次升序")
	d.Press("s").Press("esc").Expect("按人次升序").Press("s").Type("rq").Press("enter").ExpectNot("升序")
	inOrder(d, "阿姨", "2号楼", "章回", "10号楼")
	d.Press("s").Press("enter").Expect("按日期升序")
	inOrder(d, "10号楼", "章回", "2号楼", "阿姨")
}

// Blank values stand last in both directions; pick lists follow their
// vocabulary; the id sorts by year and number. In English.
func TestSortListInEnglish(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	add(t, led, "activity", "title", "无经费", "lines", "文体", "venue", "广场", "attend_total", "10", "held", "取消")
	add(t, led, "activity", "title", "大经费", "lines", "文体", "venue", "广场", "attend_total", "10", "cost", "1200", "cost_source", "办公经费")
	add(t, led, "activity", "title", "小经费", "lines", "文体", "venue", "广场", "attend_total", "10", "cost", "300", "cost_source", "办公经费")
	d.Expect("This month").Press("1").Expect("小经费").Expect("total: 3 records")
	d.Press("s").Expect("Sort by").Type("cost").Press("enter").Expect("by Cost, ascending")
	inOrder(d, "小经费", "大经费", "无经费")
	d.Press("s").Type("cost").Press("enter").Expect("by Cost, descending")
	inOrder(d, "大经费", "小经费", "无经费")
	d.Press("s").Type("status").Press("enter").Expect("by Status, ascending")
	inOrder(d, "小经费", "大经费", "无经费")
	d.Press("s").Type("id").Press("enter").Expect("by id, ascending")
	inOrder(d, "A-2026-0001", "A-2026-0002", "A-2026-0003")
}

// What another login saves arrives in its place of a sorted, grouped and marked
// list; the cursor, the marks and the opened groups stay.
func TestOthersSaveIntoSortedList(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	event(t, led, 1, "甲会", "文体", 10)
	id := event(t, led, 2, "丁会", "文体", 20)
	d.Press("1").Expect("甲会").Press("s").Type("mc").Press("enter").Expect("按名称升序")
	inOrder(d, "丁会", "甲会")
	d.Press("g").Expect("按什么分组").Type("tx").Press("enter").Expect("按条线分组").Expect("+ 文体")
	current(d, "文体").Expect("2条  人次 30").Press("enter")
	inOrder(d, "- 文体", "丁会", "甲会")
	d.Press("down").Press("space").Expect("已标记：1条  人次 20")
	current(d, "甲会")
	event(t, led, 3, "丙会", "文体、老龄", 5)
	inOrder(d, "- 文体", "丙会", "丁会", "甲会", "+ 老龄").Expect("3条  人次 35").Expect("1条  人次 5").Expect("各组各计一次")
	current(d, "甲会").Expect("已标记：1条  人次 20")
	write(t, led, db.Op{Kind: db.Edit, Register: "activity", ID: id, Values: model.Values{"attend_total": int64(21)}})
	d.Expect("已标记：1条  人次 21").Expect("3条  人次 36")
	write(t, led, db.Op{Kind: db.Delete, Register: "activity", ID: id})
	d.ExpectNot("丁会").Expect("2条  人次 15").ExpectNot("已标记") // it was the marked one
	current(d, "甲会").Press("space").Expect("已标记：1条  人次 10").Press("esc").Expect("已取消 1 条标记").Expect("合计：2条  人次 15")
}

// Groups by month, newest first; a bad choice changes nothing; all groups open
// and close at once.
func TestGroupByMonth(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	event(t, led, 1, "三月会", "文体", 10)
	add(t, led, "activity", "date", "2026-01-10", "title", "腊八送福", "lines", "文体", "venue", "广场", "attend_total", "30")
	add(t, led, "activity", "date", "2026上", "title", "半年的会", "lines", "文体", "venue", "广场", "attend_total", "7")
	d.Expect("This month").Press("1").Expect("三月会").Press("z").Expect("there are no groups").Press("ctrl+u").Expect("Group by").Type("month").Press("enter")
	inOrder(d, "+ March 2026", "+ January 2026", "+ first half of 2026").Expect("1 record  Attendances 30")
	d.Press("z")
	inOrder(d, "- March 2026", "三月会", "- January 2026", "腊八送福", "半年的会").Press("z").ExpectNot("三月会")
	d.Press("home", "space").Expect("marked: 1 record  Attendances 10").Press("space").Expect("total: 3 records  Attendances 47")
	d.Press("g").Press("home").Type("no groups").Press("enter").ExpectNot("March 2026").Expect("三月会")
}

// Drafts and void records are shown and not counted.
func TestTotals(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	event(t, led, 1, "甲会", "文体", 10)
	id := event(t, led, 2, "重复登记", "文体", 20)
	write(t, led, db.Op{Kind: db.Void, Register: "activity", ID: id, Reason: "重复"})
	d.Press("1").Expect("重复登记").Expect("1/2").Expect("合计：1条  人次 10").Expect("（另有草稿、作废1条不计）")
	d.Press("space").Expect("已标记：1条  人次 0").Expect("（其中草稿、作废1条不计）").Press("space").Expect("已标记：2条  人次 10")
	d.Press("i").ExpectNot("已标记").Press("space").Expect("已标记：1条  人次 10").Press("i").Expect("已标记：1条  人次 0")
	d.Press("a").Expect("已标记：2条  人次 10").Press("a").Expect("合计：1条")
}

// One tag for all marked, undone at once; marks outlive the filter.
func TestSetMarked(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	a := event(t, led, 1, "甲会", "文体", 10)
	b := event(t, led, 2, "乙会", "文体、党建", 20)
	void := event(t, led, 3, "丙会", "文体", 30)
	write(t, led, db.Op{Kind: db.Void, Register: "activity", ID: void, Reason: "重复"})
	d.Press("1").Expect("甲会").Press("m").Expect("还没有标记").Type("/甲").ExpectNot("乙会").Press("enter", "space").Expect("已标记：1条").Press("ctrl+f").Press("esc")
	d.Expect("乙会").Press("home", "space", "space").Expect("已标记：3条  人次 30")
	d.Press("ctrl+x").Expect("对标记的 3 条").Press("1").Expect("改哪一项").Type("tx").Press("enter").Expect("给 3 条的“条线”加上").Type("dj").Press("enter")
	d.Expect("已改 1 条；1 条本来就是；1 条没有动").Expect("已作废，不能修改")
	if got := get(t, led, a).Get("lines"); !model.Equal(got, []string{"文体", "党建"}) {
		t.Errorf("lines of %s: %v", a, got)
	}
	if r := get(t, led, b); r.Version != 1 {
		t.Errorf("%s was written again", b)
	}
	d.Press("esc").Press("m", "1").Expect("改哪一项").Type("xs").Press("enter").Expect("的“形式”改为").Type("没有的形式").Press("enter").Expect("不在可选范围内")
	d.Press("i", "i").Press("m", "1").Expect("改哪一项").Type("jb").Press("enter").Expect("的“级别”改为").Type("jd").Press("enter").Expect("已改 2 条")
	d.Press("esc").Press("ctrl+z").Expect("等2条")
	if la, lb := get(t, led, a).Get("level"), get(t, led, b).Get("level"); la == "街道" || lb == "街道" {
		t.Errorf("after undo: %v %v", la, lb)
	}
}

// Of the marked those go that may; the others stay, marked, with the reason.
func TestDeleteMarked(t *testing.T) {
	for _, l := range []model.Lang{model.ZH, model.EN} {
		d, led := office(t, l, 80, 24)
		kept := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
		add(t, led, "compound", "name", "和平小区")
		add(t, led, "household", "head", kept, "compound", "和平小区", "building", "3", "room", "501")
		gone := add(t, led, "person", "name", "张明", "birth", "1951-05-06")
		d.Press("4").Expect("王秀兰").Press("a").Press("m", "3")
		d.Expect(map[model.Lang]string{model.ZH: "已删除 1 条；1 条没有动", model.EN: "1 records deleted; 1 were left"}[l]).Expect(kept).ExpectNot("张明")
		d.Expect(map[model.Lang]string{model.ZH: "还被引用", model.EN: "still referred to"}[l]).Press("esc")
		d.ExpectNot("H-2026-0001").Expect(map[model.Lang]string{model.ZH: "已标记：1条", model.EN: "marked: 1 record"}[l])
		if get(t, led, gone).State != model.Deleted || get(t, led, kept).State != model.Final {
			t.Error("the wrong one was deleted")
		}
		d.Press("ctrl+z").Expect("张明")
	}
}

// The marked rows go into a file in the order shown, for somebody, with an entry
// in the journal.
func TestExportMarked(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	event(t, led, 1, "章回体评书", "文体", 10)
	event(t, led, 2, "阿姨合唱团", "文体", 20)
	event(t, led, 3, "没有选的", "文体", 30)
	d.Press("1").Expect("章回体").Press("s").Type("mc").Press("enter").Expect("按名称升序")
	current(d, "没有选的").Press("a").Press("space").Expect("已标记：2条  人次 30").Press("m").Expect("对标记的 2 条").Press("2").Expect("写成什么文件").Press("2").Expect("给谁看").Press("1").Expect("已写出 2 条").Expect("已写好")
	b, err := os.ReadFile(filepath.Join(filepath.Dir(led.Path()), "exports", "activity-20260308.csv"))
	text := string(b)
	if first, second := strings.Index(text, "阿姨合唱团"), strings.Index(text, "章回体评书"); err != nil || first < 0 || second < first || strings.Contains(text, "没有选的") {
		t.Errorf("%v\n%s", err, text)
	}
	err = led.View(context.Background(), func(sn *db.Snapshot) error {
		list, err := sn.EntriesSince(0, 100)
		last := list[len(list)-1]
		if last.Action != "export" || last.Register != "activity" || !strings.Contains(last.Reason, "internal") {
			t.Errorf("journal: %+v", last)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	d.Press("esc").ExpectNot("已写好").Expect("已标记")
}

// Who may only look marks and adds up, and changes nothing.
func TestViewerMarks(t *testing.T) {
	led := dbtest.New(t)
	event(t, led, 1, "甲会", "文体", 10)
	o := optionsFor(t, led, model.ZH)
	o.Opened.Actor.Roles = []model.Role{model.Viewer}
	d := drive.Start(t, New(o, cell.Narrow), 80, 24)
	d.Press("1").Expect("甲会").Press("space").Expect("已标记：1条")
	d.Press("m", "1").Expect("没有录入权限").Press("m", "2").Expect("不能导出").Press("m", "3").Expect("没有录入权限")
}

// The columns are chosen once and are there at the next login, a field of the
// office's own among them; narrow windows drop from the right.
func TestColumns(t *testing.T) {
	led := dbtest.New(t)
	custom(t, led, func(c *model.Custom) {
		c.Fields = append(c.Fields, model.CustomField{Register: "activity", Key: "x_tq", ZH: "天气", Type: "text"})
	})
	add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "小广场", "attend_total", "30", "x_tq", "晴")
	d := login(t, led, model.ZH, 80, 24)
	d.Press("1").Expect("邻里节").ExpectNot("天气").Press("c").Expect("空格 显示或不显示").Expect("[x] 日期")
	d.Press("end", "up").Expect("[ ] 天气").Press("space", "ctrl+s").Expect("已记住这些列").Resize(140, 24).Expect("天气").Expect("晴").Resize(80, 24).ExpectNot("天气")
	// Where it stands decides: moved to the front it shows in a narrow window.
	d.Press("c").Expect("[x] 天气").Press("down", "down", "down", "down", "down", "down", "down")
	press(d, "left", 8)
	d.Press("enter").Expect("已记住").Expect("天气")
	head := slices.IndexFunc(d.Lines(), func(l string) bool { return strings.Contains(l, "记录号") })
	if line := d.Lines()[head]; strings.Index(line, "天气") > strings.Index(line, "日期") {
		t.Errorf("columns: %s", line)
	}
	led2 := dbtest.Open(t, led.Path(), dbtest.NewClock(dbtest.Start))
	o := optionsFor(t, led2, model.ZH)
	var err error
	if o.Opened.Preferences, err = led2.Preferences(context.Background(), o.Opened.Actor); err != nil {
		t.Fatal(err)
	}
	next := drive.Start(t, New(o, cell.Narrow), 60, 16)
	next.Press("1").Expect("邻里节").Expect("天气").Expect("晴").Press("s").Type("tq").Press("enter").Expect("按天气升序")
	next.Press("c").Expect("[x] 天气").Press("ctrl+x", "enter").Expect("已记住").ExpectNot("晴")
	next.Press("c").Expect("[x] 日期")
	for range declaredColumns(led.Schema().Register("activity")) {
		next.Press("space")
	}
	next.Press("enter").Expect("至少要显示一列").Press("esc").Expect("邻里节")
}

// A day leads to the row nearest to it, in the order of dates and only there.
func TestJump(t *testing.T) {
	for _, l := range []model.Lang{model.ZH, model.EN} {
		d, led := office(t, l, 80, 24)
		for day := 1; day <= 28; day++ {
			event(t, led, day, fmt.Sprintf("第%d场", day), "文体", 10)
		}
		d.Press("1").Expect("第28场").Press("j").Type("0599").Press("enter").ExpectNot("2026-03-05 ").Press("ctrl+u").Type("0305").Press("enter").Expect("2026-03-05")
		current(d, "第5场").Press("ctrl+d").Type("2020-01-01").Press("enter")
		current(d, "第1场").Press("j", "esc").Press("s", "enter")
		inOrder(d, "第1场", "第2场").Press("j").Type("2026-03-20").Press("enter")
		current(d, "第20场").Press("s").Press("down", "down", "down", "enter").Press("j")
		d.Expect(map[model.Lang]string{model.ZH: "按日期排列、不分组时", model.EN: "only rows in the order of dates"}[l])
	}
}

// The usual periods have numbers and names; a bad one is refused and asked again.
func TestQuickPeriods(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	event(t, led, 1, "三月会", "文体", 10)
	add(t, led, "activity", "date", "2026-02-10", "title", "二月会", "lines", "文体", "venue", "广场", "attend_total", "30")
	d.Press("1").Expect("二月会").Press("p").Expect("1 本月  2 上月").Type("2").Press("enter").Expect("2026年2月").ExpectNot("三月会")
	d.Press("p").Type("本月").Press("enter").Expect("2026年3月").ExpectNot("二月会").Press("ctrl+g").Type("９９").Press("enter").Expect("看不懂期间")
	d.Press("backspace", "backspace").Type("上月").Press("enter").Expect("二月会").Press("p").Type("8").Press("enter").Expect("期间：全部").Expect("三月会")
}

// Back from entering a record the cursor stands on it, wherever its date puts
// it: Enter opens what was just entered. One outside the period moves nothing.
func TestListGoesToWhatWasEntered(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "honour", "title", "甲荣誉", "level", "市", "giver", "市文明委", "date", "2026-02-01")
	add(t, led, "honour", "title", "乙荣誉", "level", "市", "giver", "市文明委", "date", "2025-02-01")
	d.Press("9").Press("6").Press("1").Expect("甲荣誉").Expect("期间：全部").Expect("乙荣誉") // honours stand longer than a year
	enter := func(title, date string) {
		d.Press("ctrl+n").Expect("*荣誉名称").Type(title).Press("enter").Type("shi").Press("enter").Type("市民政局").Press("enter").Type(date).Press("ctrl+s").Expect("已保存")
	}
	enter("丙荣誉", "2025-06-01")
	current(d, "丙荣誉")
	d.Press("enter").Expect("第1版").Expect("丙荣誉").Press("esc")
	current(d, "丙荣誉").Press("tab").Press("p").Type("今年").Press("enter").Expect("期间：2026年").ExpectNot("丙荣誉")
	current(d, "甲荣誉")
	enter("丁荣誉", "2024-06-01")
	current(d, "甲荣誉")
}

// A register without dates says so instead of doing nothing.
func TestListWithoutDates(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
	add(t, led, "person", "name", "阿依古丽·买买提", "birth", "1961-05-06")
	d.Expect("This month").Press("4").Expect("王秀兰").Press("tab").Expect("no dates and no periods").Press("j").Expect("no dates").Press("left").Expect("no dates")
	d.Press("s").Type("age").Press("enter").Expect("by Age, ascending")
	inOrder(d, "阿依古丽", "王秀兰")
	d.Press("s").Type("name").Press("enter").Expect("by Name, ascending").Expect("total: 2 records")
	inOrder(d, "阿依古丽", "王秀兰")
}

// Long work says how far it is, and Esc goes back to what the rows show.
func TestStopSorting(t *testing.T) {
	led := dbtest.New(t)
	event(t, led, 1, "甲会", "文体", 10)
	a := New(optionsFor(t, led, model.ZH), cell.Narrow)
	l := newList(a.s, led.Schema().Register("activity"))
	a.stack = []screen{newHome(), l}
	settle(a, l.init(a.s))
	l.sort = sorting{"title", true}
	ask := l.query(a.s)().(tea.BatchMsg)[0]
	w := l.work
	w.progress(30, 100)
	a.Update(workMsg{w})
	if text := a.View().Content; !strings.Contains(text, "正在处理… 30%") || !l.waiting() {
		t.Fatalf("nothing said of the work:\n%s", text)
	}
	_, cmd := a.Update(key("esc"))
	if w.ctx.Err() == nil || l.waiting() || l.sort != (sorting{}) {
		t.Errorf("not stopped: %v, sorted by %+v", w.ctx.Err(), l.sort)
	}
	a.Update(cmd())
	a.Update(ask()) // the answer comes late and is dropped
	if text := a.View().Content; !strings.Contains(text, "甲会") || !strings.Contains(text, "已停止") || strings.Contains(text, "按名称") {
		t.Errorf("after stopping:\n%s", text)
	}
}

// Rows marked by "all" are those that stood there: one entered meanwhile is not
// among them.
func TestMarksStay(t *testing.T) {
	keys := []db.Key{5, 4, 3, 2, 1}
	m := marks{all: true}
	m.toggle(3)
	if got := m.of(keys); !slices.Equal(got, []db.Key{5, 4, 2, 1}) || m.count(5) != 4 {
		t.Fatal(got)
	}
	m.settle(keys, []db.Key{6, 5, 4, 3})
	if got := m.of([]db.Key{6, 5, 4, 3}); m.has(6) || m.has(3) || !m.has(5) || len(got) != 4 || m.count(4) != 4 || len(m.away) != 2 {
		t.Errorf("after others' rows: %v, away %v", got, m.away)
	}
	m.settle([]db.Key{6, 5, 4, 3}, keys)
	if got := m.of(keys); !slices.Equal(got, []db.Key{5, 4, 2, 1}) || len(m.away) != 0 {
		t.Errorf("back again: %v, away %v", got, m.away)
	}
}

// More records than one transaction takes are changed in parts, and the clerk is
// told that undo goes by parts; the text kept of rows passed stays bounded.
func TestManyMarked(t *testing.T) {
	led := dbtest.New(t)
	const n = together + 50
	for done := 0; done < n; {
		var ops []db.Op
		for ; len(ops) < 500 && done < n; done++ {
			ops = append(ops, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{"date": model.NewDate(2026, 3, 1), "title": fmt.Sprintf("第%d场", done+1),
				"lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(1)}})
		}
		write(t, led, ops...)
	}
	d := login(t, led, model.ZH, 80, 24)
	d.Press("1").Expect("合计：1050条  人次 1050").Press("a").Expect("已标记：1050条").Press("m", "1").Expect("改哪一项").Type("tx").Press("enter").Expect("加上").Type("dj").Press("enter")
	d.Expect("已改 1050 条；分 2 次保存")
	d.Press("ctrl+z").Expect("等50条").Press("ctrl+z").Expect("等1000条")
	for _, id := range []string{"A-2026-0001", "A-2026-1050"} {
		if got := get(t, led, id).Get("lines"); !model.Equal(got, []string{"文体"}) {
			t.Errorf("%s after undo: %v", id, got)
		}
	}
}

// No line of any list is wider than the window: grouped, with a choice open, a
// report, a question, every column chosen; in both languages and at all sizes.
func TestListsFit(t *testing.T) {
	led := dbtest.New(t)
	event(t, led, 1, strings.Repeat("庆祝“三八”妇女节——趣味运动会", 4), "文体、老龄", 1234567)
	add(t, led, "person", "name", "阿依古丽·买买提", "birth", "1961-05-06")
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}, {200, 60}} {
		for _, lang := range []model.Lang{model.ZH, model.EN} {
			for _, m := range []cell.Metric{cell.Narrow, cell.Wide} {
				a := New(optionsFor(t, led, lang), m)
				a.w, a.h = size[0], size[1]
				check := func(what string) {
					t.Helper()
					v := a.View()
					lines := strings.Split(v.Content, "\n")
					if len(lines) > size[1] {
						t.Errorf("%s %s %v: %d lines", what, lang, size, len(lines))
					}
					for _, line := range lines {
						if w := m.Width(line); w > size[0] {
							t.Errorf("%s %s %v: %d cells: %s", what, lang, size, w, line)
						}
					}
				}
				for _, reg := range led.Schema().Registers {
					l := newList(a.s, reg)
					l.span = span{}
					a.stack = []screen{newHome(), l}
					settle(a, l.init(a.s))
					check(reg.Key)
					l.markAll(a.s)
					for what, p := range map[string]*pick{"sort": l.pickSort(a.s), "group": l.pickGroup(a.s), "marked": l.pickMarked(a.s), "field": l.pickField(a.s), "format": l.pickFormat(a.s)} {
						l.pick = p
						check(reg.Key + " " + what)
					}
					l.pick = nil
					l.report = []string{strings.Repeat("已作废，不能修改", 30)}
					check(reg.Key + " report")
					l.report, l.mode = nil, choosingPeriod
					check(reg.Key + " period")
					l.mode, l.group = browsing, byMonths
					a.Update(l.query(a.s)().(tea.BatchMsg)[0]())
					if l.groups != nil {
						l.foldAll()
					}
					settle(a, l.fetch(a.s))
					check(reg.Key + " by month")
					c := newColumns(a.s, reg)
					a.stack = append(a.stack, c)
					check(reg.Key + " columns")
					for _, f := range c.fields {
						c.on[f] = true
					}
					c.save(a.s)
					a.Update(nil)
					check(reg.Key + " every column")
				}
			}
		}
	}
}
