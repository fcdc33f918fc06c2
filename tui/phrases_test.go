package tui

import (
	"strings"
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
)

// One key inserts the full text of a phrase where the cursor stands, in a note, a
// line and a cell of a table; what was approved comes first.
func TestInsertPhrase(t *testing.T) {
	led := dbtest.Filled(t, 0)
	d := login(t, led, model.ZH, 80, 48)
	d.Press("1").Expect("记录").Press("ctrl+n").Expect("*日期").Press("ctrl+y").Expect("用语写进文字项目里")
	goTo(t, d, "名称")
	d.Type("活动").Press("home").Press("ctrl+y").Expect("插入哪条用语").Expect("三贴近  贴近居民所盼、贴近楼院实情、贴近日常小事")
	if seen := d.Screen(); strings.Index(seen, "口碑") < strings.Index(seen, "指导句") || strings.Count(seen, "未批准") != 1 {
		t.Errorf("the one that is not approved does not stand last:\n%s", d.Screen())
	}
	d.Type("ndkh").Expect("1/").Press("enter").ExpectNot("插入哪条用语")
	expectField(t, d, "名称", "服务再贴心，邻里更和谐活动")

	goTo(t, d, "内容摘要")
	d.Type("坚持").Press("ctrl+y").Expect("插入哪条用语").Type("tjlm").Expect("0/").Press("ctrl+u").Type("tieji").Press("enter").Expect("坚持贴近居民所盼、贴近楼院实情、贴近日常小事")
	d.Type("。").Expect("贴近日常小事。").Press("ctrl+y").Expect("插入哪条用语").Press("esc").ExpectNot("插入哪条用语").Expect("贴近日常小事。")

	d.Press("tab").Expect("说明").Press("right", "right", "ctrl+y").Expect("插入哪条用语").Type("sb").Press("enter").ExpectNot("插入哪条用语").Expect("保楼院平安").Press("esc")
	expectField(t, d, "成果", "保楼院平安、保老幼安心、保邻里和气")

	d = login(t, dbtest.New(t), model.EN, 80, 24)
	d.Press("1").Expect("Ctrl-N adds").Press("ctrl+n").Expect("*Date").Press("tab", "tab", "tab").Press("ctrl+y").Expect("No phrases are registered yet").Press("enter").Press("esc").Expect("*Date")
}
