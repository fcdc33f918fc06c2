package tui

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// office opens the screens of a new ledger on a terminal in the test.
func office(t testing.TB, l model.Lang, cols, rows int) (*drive.Driver, *db.Ledger) {
	t.Helper()
	alongside(t)
	led := dbtest.New(t)
	return login(t, led, l, cols, rows), led
}

// alongside lets a test run beside others: nearly all of its time it waits for a
// screen. Tests that count bytes or time run alone, and so do parts of a test,
// since the test would go on without them.
func alongside(t testing.TB) {
	p, ok := t.(*testing.T)
	if !ok || strings.Contains(t.Name(), "/") || strings.HasPrefix(t.Name(), "TestBytes") || strings.HasPrefix(t.Name(), "TestRandomSession") {
		return
	}
	if _, already := beside.LoadOrStore(p, true); !already {
		p.Parallel()
	}
}

var beside sync.Map

// login opens the screens of a ledger, as one more terminal of the same clerk.
func login(t testing.TB, led *db.Ledger, l model.Lang, cols, rows int) *drive.Driver {
	t.Helper()
	start := drive.Start
	if *full {
		start = drive.StartFull
	}
	return start(t, New(optionsFor(t, led, l), cell.Narrow), cols, rows)
}

func optionsFor(t testing.TB, led *db.Ledger, l model.Lang) Options {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	actor, err := led.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Opened: &Opened{Ledger: led, Actor: actor, Name: "张敏"}, Lang: l, Now: led.Now}
}

// add enters a record from values as a clerk would type them.
func add(t testing.TB, led *db.Ledger, register string, pairs ...string) string {
	t.Helper()
	ctx := context.Background()
	actor, err := led.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	reg := led.Schema().Register(register)
	var in []model.Input
	for i := 0; i < len(pairs); i += 2 {
		in = append(in, model.Input{Name: pairs[i], Value: pairs[i+1]})
	}
	c := &model.Context{Schema: led.Schema(), Book: led.Book(ctx), Now: led.Now(), Actor: actor}
	vals, err := c.Read(reg, in)
	if err != nil {
		t.Fatal(err)
	}
	res, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Add, Register: register, Values: vals})
	if err != nil {
		t.Fatal(err)
	}
	return res.Records[0].ID
}

func get(t testing.TB, led *db.Ledger, id string) *model.Record {
	t.Helper()
	r, err := led.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// press repeats a key.
func press(d *drive.Driver, key string, times int) {
	for range times {
		d.Press(key)
	}
}

// An activity from the home screen to the file, typed as a clerk types it: date
// by shorthand, terms by initials, numbers in full width, with one field
// forgotten on the way.
func TestEnterActivity(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期")
	d.Type("昨").Expect("2026-03-07 周六").Press("enter", "enter", "enter")
	d.Type("庆三八“巧手”趣味运动会").CursorAfter("庆三八“巧手”趣味运动会").Press("enter")
	d.Type("wt").Expect("文体").Press("enter").Type("fnet").Press("enter").Expect("文体、妇女儿童").Press("enter")
	d.Type("wts").Press("enter").Expect("文体社").Press("enter")
	press(d, "tab", 8)
	d.Type("中通文化广场").Expect("照写“中通文化广场”")
	d.Press("ctrl+s").Expect("人次：必须填写").Expect("内容都还在").Expect("中通文化广场")
	d.Type("８６").Press("ctrl+s").Expect("已保存 A-2026-0001").Expect("庆三八“巧手”趣味运动会")

	r := get(t, led, "A-2026-0001")
	for key, want := range map[string]any{
		"date": model.NewDate(2026, 3, 7), "title": "庆三八“巧手”趣味运动会", "lines": []string{"文体", "妇女儿童"},
		"programmes": []string{"文体社"}, "role": "主办", "venue": model.Ref{Text: "中通文化广场"}, "attend_total": int64(86), "held": "已举办",
	} {
		if !model.Equal(r.Get(key), want) {
			t.Errorf("%s is %v, want %v", key, r.Get(key), want)
		}
	}

	d.Press("enter").Expect("第1版").Expect("张敏  录入").Press("esc").ExpectNot("第1版").Press("esc").Expect("活动 1 场，86 人次")
}

// The same in English, with a visit to a person who must be registered first.
func TestEnterVisitInEnglish(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	d.Expect("This month").Press("3").Expect("Ctrl-N adds a record").Press("ctrl+n").Expect("*Actual date")
	d.Press("enter").Type("cj").Press("enter").Expect("2026春节")
	d.Type("王秀兰").Expect("Ctrl-G enters it now").Press("ctrl+g").Expect("ID number")
	d.Press("enter", "enter", "enter", "enter").Type("1941-05-06").Expect("= 1941-05-06 Tue").Press("ctrl+s").Expect("no other document: say why").Press("esc")
	d.Press("shift+tab").Type("not at hand").Press("ctrl+s").Expect("saved P-2026-0001")
	d.Expect("*Actual date").Expect("王秀兰").Press("enter").Type("和平小区3号楼501").Press("enter", "enter")
	press(d, "enter", 5)
	d.Type("500").Expect("= 500.00").Press("enter").Type("米2袋").Expect("= 米 2 袋").Press("enter", "enter").Type("dues").Press("enter")
	d.Press("ctrl+s").Expect("saved V-2026-0001")
	v := get(t, led, "V-2026-0001")
	for key, want := range map[string]any{
		"occasion": model.Occasion{Name: "春节", Year: 2026}, "person": model.Ref{ID: "P-2026-0001"}, "amount": model.Money(50000),
		"fund": "党费", "household": model.Ref{Text: "和平小区3号楼501"}, "cats_then": []string{"高龄"},
	} {
		if !model.Equal(v.Get(key), want) {
			t.Errorf("%s is %v, want %v", key, v.Get(key), want)
		}
	}
	if d.Press("esc").Expect("1 household visits, 500.00 yuan"); strings.Contains(d.Screen(), "走访") {
		t.Errorf("Chinese words on the English home screen:\n%s", d.Screen())
	}
}

// What is typed never gets lost: Esc asks and keeps a draft, the draft comes
// back with the cursor in the same field, a hang-up keeps it too.
func TestDraft(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Type("春季义诊")
	d.Press("esc").Expect("草稿已存好").Press("esc").ExpectNot("草稿已存好").Type("进小区").Press("esc").Expect("草稿已存好").Press("enter").Expect("草稿已保留")
	d.Press("esc").Expect("[草稿]").Expect("春季义诊进小区")
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("接着上次的草稿").CursorAfter("春季义诊进小区")
	d.Type("（第二场）").CursorAfter("（第二场）").Send(hangupMsg{})
	<-d.Done()

	again := login(t, led, model.ZH, 80, 24)
	again.Expect("春季义诊进小区（第二场）").Press("home", "enter")
	again.Expect("接着上次的草稿").CursorAfter("春季义诊进小区（第二场）").Press("ctrl+x").Expect("草稿已存好").Press("ctrl+x").Expect("草稿已丢弃").ExpectNot("春季义诊")
	again.Expect("本月").ExpectNot("[草稿]")
}

// A draft is in the file soon after the last key, without any key to save it.
func TestDraftByItself(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Type("消防演练")
	d.Until("a draft in the file", func() bool {
		ctx := context.Background()
		actor, err := led.Actor(ctx)
		if err != nil {
			return false
		}
		list, err := led.Drafts(ctx, actor)
		return err == nil && len(list) == 1 && list[0].Texts["title"] == "消防演练" && list[0].Cursor == "title"
	})
}

// A record saved in one terminal appears in the open list of another by itself.
func TestTwoTerminals(t *testing.T) {
	a, led := office(t, model.ZH, 80, 24)
	a.Press("1").Expect("没有记录")
	b := login(t, led, model.ZH, 80, 24)
	b.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Type("邻里节").Press("enter")
	b.Type("wt").Press("enter", "enter")
	press(b, "tab", 9)
	b.Type("小广场").Press("enter", "enter").Type("30").Press("ctrl+s").Expect("已保存")
	a.Expect("邻里节")
}

// Two edits of one field: the second clerk is told, keeps her text, and decides.
func TestConflictInForm(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	id := add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30")
	d.Press("1").Expect("邻里节").Press("enter").Expect("第1版").Press("enter").Expect("*名称").Press("enter", "enter", "enter").Type("（春）")
	ctx := context.Background()
	actor, _ := led.Actor(ctx)
	_, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Edit, Register: "activity", ID: id, Base: 1, Values: model.Values{"title": "邻里文化节"}})
	if err != nil {
		t.Fatal(err)
	}
	d.Press("ctrl+s").Expect("两边都改了").Expect("[x] 您的       邻里节（春）").Expect("[ ] 张敏       邻里文化节")
	d.Press("space").Expect("[x] 张敏       邻里文化节").Press("space", "enter").Expect("已保存").Expect("第3版")
	if got := model.ActivityTitle.Of(get(t, led, id)); got != "邻里节（春）" {
		t.Errorf("title is %s", got)
	}
	// The other way round: theirs is taken, and a field changed here only is merged.
	d.Press("enter").Expect("*名称").Press("enter", "enter", "enter").Type("！").Press("tab", "tab", "tab").Type("jq").Press("enter")
	_, err = led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Edit, Register: "activity", ID: id, Base: 3, Values: model.Values{"title": "邻里文化节", "attend_total": int64(31)}})
	if err != nil {
		t.Fatal(err)
	}
	d.Press("ctrl+s").Expect("两边都改了").Press("right", "ctrl+s").Expect("已保存").Expect("第5版")
	r := get(t, led, id)
	if model.ActivityTitle.Of(r) != "邻里文化节" || model.ActivityAttendTotal.Of(r) != 31 || r.Get("form") != "节庆" {
		t.Errorf("merged: %v", r.Values)
	}
}

// "Save and another" keeps date, place and lines, clears the rest, and leaves
// no draft behind.
func TestSaveAndAnother(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Type("0301").Press("enter", "enter", "enter").Type("读书会").Press("enter").Type("wt").Press("enter", "enter")
	press(d, "tab", 9)
	d.Type("阅览室").Press("enter", "enter").Type("20").Press("ctrl+n").Expect("已保存 A-2026-0001").Expect("2026-03-01").ExpectNot("读书会").Press("pgdown").CursorAfter("阅览室").Press("pgup", "pgup")
	d.Press("enter", "enter", "enter").Type("读书会二").Press("ctrl+s").Expect("人次：必须填写").Type("25").Press("ctrl+s").Expect("已保存 A-2026-0002")
	r := get(t, led, "A-2026-0002")
	if model.ActivityDate.Of(r) != model.NewDate(2026, 3, 1) || !model.Equal(r.Get("lines"), []string{"文体"}) || model.ActivityAttendTotal.Of(r) != 25 {
		t.Errorf("second record: %v", r.Values)
	}
}

// Voiding needs a reason, and the record stays readable.
func TestVoid(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	id := add(t, led, "activity", "title", "重复登记", "lines", "文体", "venue", "广场", "attend_total", "30")
	d.Press("1").Expect("重复登记").Press("enter").Expect("第1版").Press("ctrl+x").Expect("作废的原因").Press("enter").Expect("作废的原因")
	d.Type("与上一条重复").Press("enter").Expect("已作废").Expect("作废：与上一条重复")
	if r := get(t, led, id); r.State != model.Void || r.Version != 2 {
		t.Errorf("%s: state %s, version %d", id, r.State, r.Version)
	}
}

// The filter narrows while typing, by Chinese and by initials; period keys move
// through time.
func TestFilterAndPeriod(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "activity", "date", "2026-01-10", "title", "腊八送福", "lines", "文体", "venue", "广场", "attend_total", "30")
	add(t, led, "activity", "date", "2025-11-10", "title", "重阳义诊", "lines", "老龄", "venue", "广场", "attend_total", "40")
	d.Press("1").Expect("腊八送福").ExpectNot("重阳义诊").Press("left").Expect("2025年").Expect("重阳义诊").ExpectNot("腊八送福")
	d.Press("tab", "tab", "tab").Expect("2025年1月").Press("tab").Expect("期间：全部").Expect("腊八送福").Expect("重阳义诊")
	d.Type("/").Expect("筛选：").Type("cyyz").Expect("重阳义诊").ExpectNot("腊八送福").Expect("1/1")
	d.Press("esc").Expect("腊八送福").Type("／").Expect("筛选：").Type("腊八").ExpectNot("重阳义诊").Press("enter", "enter").Expect("第1版")
	d.Press("esc").Expect("1/1").Press("esc").Expect("重阳义诊").Press("ctrl+g").Type("2026Q9").Press("enter").Expect("季度只有").Press("backspace").Type("1").Press("enter").ExpectNot("重阳义诊").Expect("腊八送福")
}

// The figures of a period, and its summary as a file that never overwrites.
func TestSummary(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "activity", "date", "2026-03-05", "title", "学雷锋集市", "lines", "志愿服务", "programmes", "文体社", "venue", "广场", "attend_total", "120")
	d.Press("0").Expect("2026年3月").Expect("120 人次").Press("ctrl+s").Expect("给谁看").Press("enter").Expect("Word 文档").Press("enter").Expect("已写好").Expect("summary-2026-03-20260308.docx")
	d.Press("w").Expect("给谁看").Press("enter").Expect("Word 文档").Press("down", "down", "enter").Expect("summary-2026-03-20260308.md")
	d.Press("w").Expect("给谁看").Press("down", "down", "enter").Expect("Word 文档").Press("3").Expect("summary-2026-03-20260308-2.md")
	folder := led.Path()[:strings.LastIndex(led.Path(), "/")] + "/exports/"
	b, err := os.ReadFile(folder + "summary-2026-03-20260308.md")
	if err != nil || !strings.Contains(string(b), "120") || !strings.Contains(string(b), "学雷锋集市") {
		t.Errorf("summary: %v\n%s", err, b)
	}
}

// Bad input is named at the field and kept; nothing is stored.
func TestBadInput(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("4").Expect("没有记录").Press("ctrl+n").Expect("*姓名").Type("张明").Press("enter").Type("110105194912310021").Press("enter").Expect("校验码").Expect("*出生日期")
	d.Press("ctrl+s").Expect("内容都还在").Expect("110105194912310021").CursorAfter("110105194912310021")
	d.Press("backspace", "backspace").Type("2x").Press("enter").ExpectNot("校验码").Expect("11010519491231002X")
	goTo(t, d, "出生日期")
	d.Paste("甲\x1b[31m乙\u202e丙").Press("ctrl+s").Expect("内容都还在").Expect("甲[31m乙丙")
	if n, err := led.Count(context.Background(), "person", nil); err != nil || n != 0 {
		t.Errorf("%d persons stored, %v", n, err)
	}
}

// A clerk without the right is told why, before she types anything.
func TestReadOnlyClerk(t *testing.T) {
	led := dbtest.New(t)
	o := optionsFor(t, led, model.ZH)
	o.Opened.Actor.Roles = []model.Role{model.Viewer}
	d := drive.Start(t, New(o, cell.Narrow), 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("没有录入权限").ExpectNot("*日期")
}

// Every register opens, offers a form and a help page, at the least size, the
// design size and a wide one, in both languages; no line is wider than the
// window.
func TestEveryRegister(t *testing.T) {
	led := dbtest.New(t)
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			a := New(optionsFor(t, led, l), cell.Narrow)
			a.w, a.h = size[0], size[1]
			check := func(what string) {
				t.Helper()
				v := a.View()
				lines := strings.Split(v.Content, "\n")
				if len(lines) > size[1] {
					t.Errorf("%s %s %v: %d lines", what, l, size, len(lines))
				}
				for _, line := range lines {
					if w := cell.Narrow.Width(line); w > size[0] {
						t.Errorf("%s %s %v: %d cells: %s", what, l, size, w, line)
					}
				}
				if v.Cursor != nil && (v.Cursor.X >= size[0] || v.Cursor.Y >= size[1]) {
					t.Errorf("%s %s %v: cursor at %d,%d", what, l, size, v.Cursor.X, v.Cursor.Y)
				}
			}
			for _, reg := range led.Schema().Registers {
				ls := newList(a.s, reg)
				a.stack = []screen{newHome(), ls}
				ls.update(a.s, ls.init(a.s)())
				check(reg.Key + " list")
				f := newForm(reg, nil)
				a.stack = append(a.stack, f)
				f.update(a.s, f.init(a.s)())
				if !f.ready {
					t.Fatalf("%s: no form", reg.Key)
				}
				for range f.fields {
					check(reg.Key + " form " + f.fields[min(f.at, len(f.fields)-1)].f.Key)
					f.moveRaw(1)
				}
				check(reg.Key + " buttons")
			}
			for _, on := range everyScreen(t, a.s) {
				a.stack = []screen{newHome(), on}
				check("screen")
				a.stack = append(a.stack, newHelp(a.s, on))
				check("help")
				a.stack[2] = newPalette(a.s, on)
				check("palette")
			}
		}
	}
}

// Keys typed faster than the ledger answers reach the screens they are meant
// for: a practised clerk, a slow line.
func TestTypeAhead(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Type("1\x0e0301\r\r\r读书会\rwt\r\r").Expect("读书会").Expect("*条线").Expect("文体")
	d.Expect("2026-03-01").Press("esc").Expect("草稿已存好").Press("ctrl+x").Expect("没有记录")
	add(t, led, "activity", "title", "重阳义诊", "lines", "老龄", "venue", "广场", "attend_total", "40")
	add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30")
	d.Expect("邻里节").Expect("重阳义诊").Type("/重阳\r\r").Expect("A-2026-0001").Expect("第1版")
}

// English terms hold spaces and commas.
func TestTermsInEnglish(t *testing.T) {
	d, _ := office(t, model.EN, 80, 24)
	d.Expect("This month").Type("1\x0e\r\r\rHealth day\r").Expect("Health day").Type("culture, sport\r").Expect("culture, sport").Type("women\r").Expect("culture, sport, women, children")
	d.Press("backspace").ExpectNot("culture, sport, women")
}

// A deleted record comes back by undo, or from the bin; undo is redone.
func TestDeleteAndUndo(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	id := add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30")
	state := func() model.State { return get(t, led, id).State }
	d.Press("1").Expect("邻里节").Press("enter").Expect("第1版").Press("ctrl+d").Expect("已删除 " + id).ExpectNot("邻里节")
	d.Press("ctrl+z").Expect("已撤销：删除 " + id).Expect("文体").Press("ctrl+y").Expect("已重做")
	if state() != model.Deleted {
		t.Errorf("after redo: %s", state())
	}
	d.Press("esc").Expect("其他台账").Press("9").Expect("回收站").Type("b").Expect("还有90天").Press("enter").Expect("已恢复 " + id).Expect("回收站是空的")
	if state() != model.Final {
		t.Errorf("after restoring: %s", state())
	}
}
