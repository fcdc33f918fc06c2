package tui

import (
	"context"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// One key chooses a template by its digit, or letters narrow the list; only
// fields nobody typed in are filled, and open words are asked for.
func TestUseTemplate(t *testing.T) {
	d, led := office(t, model.ZH, 80, 48)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("ctrl+t").Expect("套用哪个模板").Expect("三八评选").Expect("存为模板").ExpectNot("春节慰问")
	d.Press("1").Expect("已套用模板“三八评选”")
	expectField(t, d, "名称", "庆“三八”五好文明家庭")
	expectField(t, d, "条线", "妇女儿童、文明创建")
	expectField(t, d, "节日", "三八")
	goTo(t, d, "地点")
	d.Type("活动室").Press("enter")
	goTo(t, d, "人次")
	d.Type("60").Press("ctrl+s").Expect("已保存 A-2026-0001")
	if r := get(t, led, "A-2026-0001"); r.Get("key_event") != true || r.Get("form") != "评选表彰" {
		t.Errorf("%v", r.Values)
	}

	// Letters narrow; an open word is asked for; what was typed stays.
	d.Press("ctrl+n").Expect("*日期").Type("2026-05-08").Press("enter")
	goTo(t, d, "参加对象")
	d.Type("lddy").Press("enter", "ctrl+t").Expect("套用哪个模板").Type("ztdr").ExpectNot("三八评选").Press("enter").Expect("请填“主题”")
	d.Press("enter").Expect("不能空着").Type("学党史").Press("enter").Expect("已套用")
	expectField(t, d, "名称", "5月主题党日：学党史")
	expectField(t, d, "参加对象", "流动党员")
	d.Press("ctrl+t").Expect("套用哪个模板").Type("没有").Expect("0/").Press("enter").Press("esc").Expect("*日期")
}

// A form becomes a template; the next form uses it; a retired term is told and
// left out; the settings list it and put it aside.
func TestSaveTemplate(t *testing.T) {
	d, led := office(t, model.ZH, 80, 40)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "名称")
	d.Type("2026年夜校开班").Press("enter").Type("kp").Press("enter").Type("wt").Press("enter", "enter")
	goTo(t, d, "地点")
	d.Type("阅览室").Press("enter")
	goTo(t, d, "人次")
	d.Type("30").Press("ctrl+t").Expect("存为模板").Type("cwmb").Press("enter")
	d.ExpectNot("套用哪个").Press("esc").Expect("*日期").Press("ctrl+t").Expect("存为模板").Press("up").Press("end").Press("enter").Expect("叫什么名字").Type("夜校").Press("enter").Expect("已存为模板“夜校”")
	set, err := led.Settings(context.Background())
	if err != nil || len(set.Custom.Templates) != 1 {
		t.Fatalf("%+v %v", set.Custom, err)
	}
	texts := map[string]string{}
	for _, x := range set.Custom.Templates[0].Texts {
		texts[x.Field] = x.Text
	}
	if texts["title"] != "{年}年夜校开班" || texts["lines"] != "科普、文体" || texts["venue"] != "阅览室" || texts["attend_total"] != "" || texts["date"] != "" {
		t.Errorf("%v", texts)
	}
	d.Press("esc").Expect("草稿已存好").Press("ctrl+x").ExpectNot("*日期")

	custom(t, led, func(c *model.Custom) {
		c.Terms = append(c.Terms, model.CustomTerm{Vocab: "LINE", ZH: "科普", Retired: true})
	})
	d.Press("ctrl+n").Expect("*日期").Press("ctrl+t").Expect("本单位").Type("yx").Press("enter").Expect("“科普”已经停用")
	expectField(t, d, "名称", "2026年夜校开班")
	expectField(t, d, "条线", "文体")
	d.Press("esc").Expect("草稿已存好").Press("ctrl+x").ExpectNot("*日期")

	d.Press("esc").Expect("本月").Press("9").Expect("本单位设置").Press("s").Expect("活动 · 夜校").Press("end", "up", "up").Press("enter").Expect("{年}年夜校开班")
	d.Press("end").Press("ctrl+s").Expect("已保存 夜校").Press("end", "up", "up", "ctrl+x").Expect("已停用")
	if list := led.Schema().Templates("activity"); list[0].Key != "" {
		t.Errorf("a removed template is offered: %+v", list[0])
	}
}

// Who may not change the settings keeps templates of her own, which come first
// and which nobody else sees; they are there at the next login.
func TestSaveTemplateByClerk(t *testing.T) {
	led := dbtest.New(t)
	add(t, led, "staff", "name", "李敏", "login", "lim", "roles", "录入", "posts", "工作人员")
	ctx := context.Background()
	other, err := db.Open(led.Path(), db.Options{Clock: led.Now, User: func() (string, error) { return "lim", nil }})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := other.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d := drive.Start(t, New(Options{Opened: &Opened{Ledger: other, Actor: actor, Name: "李敏"}, Lang: model.ZH, Now: other.Now}, cell.Narrow), 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Type("楼栋议事会").Press("enter").Type("dj").Press("enter")
	d.Press("ctrl+t").Expect("存为模板").Press("end", "enter").Type("议事会").Press("enter").Expect("您自己的模板“议事会”")
	d.Press("ctrl+x").Expect("草稿").Press("ctrl+x").Expect("没有记录").Quit()
	d = drive.Start(t, New(Options{Opened: &Opened{Ledger: other, Actor: actor, Name: "李敏", Preferences: prefers(t, other, actor)}, Lang: model.ZH, Now: other.Now}, cell.Narrow), 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("ctrl+t").Expect("1 议事会").Expect("我的").Press("1").Expect("楼栋议事会").Expect("党建")
	d.Press("esc", "enter").Expect("没有记录").Press("esc").Expect("今日").Press("9", "p").Expect("我的模板“议事会”").Press("end", "enter").Expect("删去").Press("down", "enter").ExpectNot("我的模板")
	if p := prefers(t, other, actor); len(p.Templates) != 0 {
		t.Errorf("still there: %v", p.Templates)
	}
	if set, err := led.Settings(ctx); err != nil || len(set.Custom.Templates) != 0 {
		t.Errorf("the office has %v, %v", set.Custom.Templates, err)
	}
	if p := prefers(t, led, dbtest.Actor(t, led)); len(p.Templates) != 0 {
		t.Errorf("somebody else has %v", p.Templates)
	}
}

func prefers(t *testing.T, led *db.Ledger, actor model.Actor) model.Preferences {
	t.Helper()
	p, err := led.Preferences(context.Background(), actor)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
