package tui

import (
	"context"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// custom stores settings, as another administrator would.
func custom(t testing.TB, led *db.Ledger, change func(*model.Custom)) {
	t.Helper()
	ctx := context.Background()
	set, err := led.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	change(&set.Custom)
	if _, err := led.SaveSettings(ctx, dbtest.Actor(t, led), db.SettingsChange{Base: set.Version, Custom: set.Custom}); err != nil {
		t.Fatal(err)
	}
}

// A field added on the screen, with few keys, is in the form, the list and the
// detail at once; put aside it is gone and its data kept; brought back it is
// there again.
func TestAddFieldOnScreen(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("9").Expect("本单位设置").Press("s").Expect("还没有自加的内容")
	d.Press("ctrl+n").Expect("加什么").Press("1").Expect("*加到台账").Type("hd").Expect("活动").Press("enter").Type("天气").CursorAfter("天气")
	d.Press("ctrl+s").Expect("已保存 天气").Expect("活动 · 天气").Expect("文字，内部") // 7 keys besides the text
	if f := led.Schema().Register("activity").Field("x_tq"); f == nil || f.Words.ZH != "天气" || f.Col != 3 {
		t.Fatalf("%+v", f)
	}

	d.Press("esc").Expect("其他台账").Press("esc").Expect("本月").Press("1").Expect("天气").Press("ctrl+n").Expect("*日期")
	d.Press("enter", "enter", "enter").Type("邻里节").Press("enter").Type("wt").Press("enter", "enter")
	press(d, "tab", 9)
	d.Type("广场").Press("enter", "enter").Type("30").Press("enter")
	d.Until("the field in the form", func() bool {
		if strings.Contains(d.Screen(), "天气") {
			return true
		}
		d.Press("tab").Idle()
		return false
	})
	for range 40 { // down to the field with the cursor
		if x, y, _ := d.Cursor(); x > 0 && strings.Contains(d.Lines()[y], "天气") {
			break
		}
		d.Press("tab").Idle()
	}
	d.Type("多云转晴").CursorAfter("多云转晴").Press("ctrl+s").Expect("已保存 A-2026-0001").Expect("多云转晴")
	d.Press("enter").Expect("第1版").Expect("天气").Expect("多云转晴")
	if r := get(t, led, "A-2026-0001"); r.Values["x_tq"] != "多云转晴" {
		t.Errorf("%v", r.Values)
	}

	custom(t, led, func(c *model.Custom) { c.Fields[0].Removed = true }) // by another login
	d.Press("esc").Expect("邻里节").Press("esc").Expect("本月").Press("1").Expect("邻里节").ExpectNot("天气").Press("enter").Expect("第1版").ExpectNot("多云转晴")
	d.Press("esc").Expect("1/1").Press("esc").Expect("本月").Press("9", "s").Expect("停用").Press("ctrl+x").Expect("已恢复“活动 · 天气”").ExpectNot("停用 ")
	d.Press("esc", "esc").Expect("本月").Press("1").Expect("多云转晴")
}

// An open list shows a field that another login adds, without leaving it.
func TestFieldReachesOpenList(t *testing.T) {
	d, led := office(t, model.ZH, 120, 24)
	add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30", "x_tq", "晴")
	d.Press("1").Expect("邻里节").ExpectNot("天气")
	custom(t, dbtest.Open(t, led.Path(), dbtest.NewClock(dbtest.Start)), func(c *model.Custom) {
		c.Fields = append(c.Fields, model.CustomField{Register: "activity", Key: "x_tq", ZH: "天气", Type: "text", Col: 3})
	})
	d.Expect("天气").Expect("晴").Press("enter").Expect("第1版").Expect("天气")
}

// A register of the office's own, from the settings to its first record.
func TestAddRegisterOnScreen(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("9").Expect("本单位设置").Press("s").Expect("还没有自加的内容")
	d.Press("ctrl+n").Expect("加什么").Press("2").Expect("*名称").Type("养犬登记").Press("enter", "enter").Expect("名称项").Press("ctrl+u").Type("犬名").Press("ctrl+s")
	d.Expect("已保存 养犬登记").Expect("编号 XA-…").Expect("养犬登记 · 犬名")
	d.Press("ctrl+n").Expect("加什么").Press("1").Expect("*加到台账").Type("yqdj").Press("enter").Type("犬主").Press("enter").Type("引用一条").Press("enter", "enter").Type("人员").Press("enter").Press("ctrl+s")
	d.Expect("已保存 犬主").Expect("养犬登记 · 犬主")
	reg := led.Schema().Register("x_yqdj")
	if reg == nil || reg.Field("x_qz") == nil || reg.Field("x_qz").Refs[0] != "person" || reg.Field("x_qz").Class != model.Personal {
		t.Fatalf("%+v", reg)
	}
	person := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
	d.Press("esc").Expect("其他台账").Expect("养犬登记").Press("ctrl+p").Type("yqdj").Expect("新增 养犬登记").Press("enter").Expect("没有记录").Press("ctrl+n").Expect("*犬名").Type("旺财").Press("enter").Expect("*日期").Press("enter")
	d.Type("wxl").Expect("王秀兰").Press("enter").Press("ctrl+s").Expect("已保存 XA-2026-0001").Expect("XA-2026-0001 旺财")
	r := get(t, led, "XA-2026-0001")
	if r.Values["x_mc"] != nil || r.Values["x_qm"] != "旺财" || r.Values["x_qz"] != (model.Ref{ID: person}) || r.Date() != model.NewDate(2026, 3, 8) {
		t.Errorf("%v", r.Values)
	}
	// Put aside it leaves the menu; its record stays.
	d.Press("esc").Expect("今日").ExpectNot("[草稿]").Press("9").Expect("养犬登记").Press("s").Expect("编号 XA-…")
	for range 10 {
		if lines := strings.Join(d.Lines(), "\n"); strings.Contains(lines, "> 自建台账") {
			break
		}
		d.Press("down").Idle()
	}
	d.Press("ctrl+x").Expect("已停用“养犬登记”").Press("esc").Expect("其他台账").ExpectNot("养犬登记")
	if r := get(t, led, "XA-2026-0001"); r.Values["x_qm"] != "旺财" {
		t.Errorf("%v", r.Values)
	}
}

// A vocabulary, a field that uses it, a term of a built-in one; changing each.
func TestVocabularyOnScreen(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("9").Expect("本单位设置").Press("s").Expect("还没有自加的内容")
	d.Press("ctrl+n").Expect("加什么").Press("3").Expect("*词").Type("天气情况").Press("enter", "enter").Type("晴 sunny；小雨").Press("ctrl+s").Expect("已保存 天气情况").Expect("晴、小雨")
	d.Press("ctrl+n").Expect("加什么").Press("1").Expect("*加到台账").Type("hd").Press("enter").Type("天气").Press("enter").Type("单选").Press("enter").Type("tqqk").Expect("天气情况").Press("enter").Press("ctrl+s")
	d.Expect("已保存 天气").Expect("单选 天气情况，内部")
	d.Press("ctrl+n").Expect("加什么").Press("4").Expect("*词表").Type("tx").Expect("条线").Press("enter").Type("养老服务").Press("ctrl+s").Expect("已保存 养老服务").Expect("条线 · 养老服务")
	if v, err := led.Schema().Vocab("LINE").Find("ylfw"); err != nil || v != "养老服务" {
		t.Error(v, err)
	}
	// The field's form shows what it is, and refuses what cannot be.
	d.Press("home", "enter").Expect("修改").Expect("天气情况").Expect("单选").Press("enter").Type("整数").Press("enter").Press("ctrl+s").Expect("这种类型没有词表").ExpectNot("个项目 activity.x_tq：")
	d.Press("backspace").Press("ctrl+u", "enter").Press("ctrl+s").Expect("已保存 天气").Expect("整数，内部")
	if f := led.Schema().Register("activity").Field("x_tq"); f.Type != model.TypeInt || f.Vocab != "" {
		t.Errorf("%+v", f)
	}
	// A term left out of the vocabulary is retired.
	d.Press("down", "enter").Expect("修改").Expect("晴 sunny；小雨").Press("enter", "enter", "up").CursorAfter("小雨").Press("ctrl+r").Expect("已删去第2行：小雨").Type("大雪").Press("ctrl+s").Expect("晴、大雪")
	if v := led.Schema().Vocab("X_TQQK"); len(v.Live()) != 2 || len(v.Terms) != 3 {
		t.Errorf("%+v", v)
	}
}

// Two administrators change one entry: the second is told and nothing is lost.
func TestSettingsConflict(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	custom(t, led, func(c *model.Custom) {
		c.Fields = append(c.Fields, model.CustomField{Register: "venue", Key: "x_seats", ZH: "座位", Type: "int"})
	})
	d.Press("9").Expect("本单位设置").Press("s").Expect("场地 · 座位").Press("enter").Expect("座位").Type("数").CursorAfter("座位数")
	custom(t, led, func(c *model.Custom) { c.Fields[0].ZH = "席位" })
	d.Press("ctrl+s").Expect("别人改过这一条").Expect("座位数")
	if f := led.Schema().Register("venue").Field("x_seats"); f.Words.ZH != "席位" {
		t.Errorf("%+v", f)
	}
	// Another entry is no conflict.
	d.Press("esc").Expect("草稿已存好").Press("ctrl+x").Expect("场地 · 席位").Press("enter").Expect("席位").Type("数").CursorAfter("席位数")
	custom(t, led, func(c *model.Custom) {
		c.Terms = append(c.Terms, model.CustomTerm{Vocab: "LINE", ZH: "养老服务"})
	})
	d.Press("ctrl+s").Expect("场地 · 席位数").Expect("条线 · 养老服务")
}

// A value older than its field's declaration does not stand in the way of an
// edit, and stays.
func TestRawValueInForm(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	id := add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30", "x_n", "约三十")
	custom(t, led, func(c *model.Custom) {
		c.Fields = append(c.Fields, model.CustomField{Register: "activity", Key: "x_n", ZH: "桌数", Type: "int", Col: 1})
	})
	d.Press("1").Expect("约三十").Press("enter").Expect("桌数").Press("enter").Expect("*名称").Press("enter", "enter", "enter").Type("（春）").Press("ctrl+s").Expect("第2版").Expect("约三十")
	if r := get(t, led, id); r.Values["x_n"] != "约三十" || r.Values["title"] != "邻里节（春）" {
		t.Errorf("%v", r.Values)
	}
}

// Others are told why the settings do not open.
func TestSettingsNeedAdministrator(t *testing.T) {
	led := dbtest.New(t)
	o := optionsFor(t, led, model.ZH)
	o.Opened.Actor.Roles = []model.Role{model.Clerk}
	d := drive.Start(t, New(o, cell.Narrow), 80, 24)
	d.Press("9").Expect("本单位设置").Press("s").Expect("只有管理员可以改设置").Expect("其他台账")
}

// Every form of the settings fits the least window, the design's and a wide one.
func TestSettingsFit(t *testing.T) {
	led := dbtest.New(t)
	custom(t, led, func(c *model.Custom) {
		c.Registers = append(c.Registers, model.CustomRegister{Key: "x_dogs", Letter: "XD", ZH: "养犬登记", NameField: "x_name", Fields: []model.CustomField{
			{Key: "x_name", ZH: "犬名", Type: "text"}, {Key: "x_shots", ZH: "免疫", Type: "list", Sub: []model.CustomField{{Key: "on", ZH: "日期", Type: "date"}}}}})
		c.Vocabs = append(c.Vocabs, model.CustomVocab{Code: "X_A", ZH: "天气情况", Terms: []model.CustomTerm{{ZH: "晴"}}})
		c.Terms = append(c.Terms, model.CustomTerm{Vocab: "LINE", ZH: "民防", Retired: true})
	})
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			a := New(optionsFor(t, led, l), cell.Narrow)
			a.w, a.h = size[0], size[1]
			check := func(what string) {
				t.Helper()
				v := a.View()
				for i, line := range strings.Split(v.Content, "\n") {
					if w := cell.Narrow.Width(line); w > size[0] || i >= size[1] {
						t.Errorf("%s %s %v: %d cells in line %d: %s", what, l, size, w, i, line)
					}
				}
			}
			list := newSettings()
			a.stack = []screen{newHome(), list}
			list.update(a.s, list.init(a.s)())
			check("settings")
			if len(list.rows) != 7 { // one of each kind
				t.Errorf("%d rows", len(list.rows))
			}
			for kind := range settingKinds {
				forms := []*form{settingForm(settingKind(kind), nil, nil)}
				for _, r := range list.rows {
					if r.kind == settingKind(kind) {
						forms = append(forms, settingForm(r.kind, &r, &list.set.Custom))
					}
				}
				for _, f := range forms {
					a.stack = []screen{newHome(), list, f}
					f.update(a.s, f.init(a.s)())
					if !f.ready {
						t.Fatalf("no form of %s", settingKinds[kind])
					}
					for range f.fields {
						check(f.fields[min(f.at, len(f.fields)-1)].f.Key)
						f.moveRaw(1)
					}
				}
			}
		}
	}
}

// Vocabularies are chosen by name, so no two may share one.
func TestVocabularyNames(t *testing.T) {
	seen := map[model.Words]string{}
	for _, v := range model.NewSchema().Vocabs() {
		if other := seen[model.W(v.Words.ZH, "")]; other != "" {
			t.Errorf("%s and %s are both %s", v.Code, other, v.Words.ZH)
		}
		seen[model.W(v.Words.ZH, "")] = v.Code
	}
}
