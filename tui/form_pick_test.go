package tui

import (
	"strings"
	"testing"

	"taizhang/model"
)

// Up leaves a field whose pick list was not gone into, as it leaves every other;
// from the list's first row it only goes back to the offer, and takes nothing.
func TestUpLeavesPickList(t *testing.T) {
	d, _ := office(t, model.ZH, 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "形式")
	d.Press("up").Idle()
	expectCursorAt(t, d, "品牌项目")
	goTo(t, d, "形式")
	d.Type("没有的形式").Press("up").Idle()
	expectCursorAt(t, d, "品牌项目")
	goTo(t, d, "形式")
	d.Press("ctrl+u", "down", "up", "enter").Idle()
	expectCursorAt(t, d, "我方角色")
	if l := lineOf(d, "形式"); strings.TrimSpace(l) != "形式" {
		t.Errorf("taken unasked: %q", l)
	}
}

// A value typed a second time stays; gone to in the list it is released. Ctrl-U
// takes away all that was chosen.
func TestSeveralTypedTwice(t *testing.T) {
	d, _ := office(t, model.ZH, 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "条线")
	d.Type("wt").Press("enter")
	expectField(t, d, "条线", "文体")
	d.Type("ll").Press("enter")
	expectField(t, d, "条线", "文体、老龄")
	d.Type("wt").Press("enter")
	expectField(t, d, "条线", "文体、老龄、")
	d.Press("down", "enter").Idle() // the first of the list is 党建
	expectField(t, d, "条线", "文体、老龄、党建")
	d.Press("down", "enter").Until("党建 is released", func() bool { return !strings.Contains(lineOf(d, "条线"), "党建") })
	d.Press("ctrl+u").Until("nothing is chosen", func() bool { return strings.Trim(lineOf(d, "条线"), "* ") == "条线" })
}
