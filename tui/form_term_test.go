package tui

import (
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// A word missing from a list is added on the spot by those who may, is taken
// into the field, and is offered to everybody from then on.
func TestAddTermInForm(t *testing.T) {
	d, led := office(t, model.ZH, 80, 34)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "条线")
	d.Press("ctrl+g").Expect("先打出要加进").Type("养老服务").Expect("Ctrl-G 加进去").Press("ctrl+g").Expect("已把“养老服务”加进词表")
	expectField(t, d, "条线", "养老服务")
	d.Type("wt").Press("enter")
	expectField(t, d, "条线", "养老服务、文体")
	if term, ok := led.Schema().Vocab("LINE").Term("养老服务"); !ok || term.Initials != "ylfw" {
		t.Errorf("%+v", term)
	}
	goTo(t, d, "形式")
	d.Type("快闪").Press("ctrl+g").Expect("按规定使用")
}

func TestAddTermByClerk(t *testing.T) {
	led := dbtest.New(t)
	add(t, led, "staff", "name", "李敏", "login", "lim", "roles", "录入", "posts", "工作人员")
	other, err := db.Open(led.Path(), db.Options{Clock: led.Now, User: func() (string, error) { return "lim", nil }})
	if err != nil {
		t.Fatal(err)
	}
	d := drive.Start(t, New(Options{Opened: &Opened{Ledger: other, Actor: dbtest.Actor(t, other), Name: "李敏"}, Lang: model.EN, Now: other.Now}, cell.Narrow), 80, 24)
	d.Press("1").Expect("Nothing in this period").Press("ctrl+n").Expect("*Date")
	goTo(t, d, "Lines of work")
	d.Type("养老服务").Press("ctrl+g").Expect("only an administrator may change the settings")
}
