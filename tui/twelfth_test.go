package tui

import (
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
)

// A register that is no more than a declaration stands on its shelf of the menu,
// has a form and a list, is found by the palette and by search, and counts in
// the figures. The commands' half is TestTwelfthRegister of tui/command.
func TestTwelfthRegister(t *testing.T) {
	alongside(t)
	led := dbtest.NewTwelfth(t)
	d := login(t, led, model.ZH, 80, 24)
	d.Expect("本月").Press("9").Expect("场地、设备、共享菜园").Press("3").Expect("3  共享菜园").Press("3").Expect("没有记录")
	d.Press("ctrl+n").Expect("*认领日期").Type("0305").Press("enter").Type("一号菜地").Press("enter").Type("zyfw").Press("enter").Type("12.5").Press("enter")
	d.Type("小区北门").Press("ctrl+s").Expect("已保存 GD-2026-0001")
	r := get(t, led, "GD-2026-0001")
	if r.Values["name"] != "一号菜地" || r.Values["line"] != "志愿服务" || r.Values["area"] != model.Dec(12500) || r.Values["venue"] != (model.Ref{Text: "小区北门"}) {
		t.Errorf("%v", r.Values)
	}
	d.Expect("1/1").Expect("一号菜地").Expect("12.5")
	d.Press("enter").Expect("第1版").Expect("小区北门")
	d.Press("esc").Expect("1/1").Press("esc").Expect("> 场地设备").Press("esc").Expect("> 其他台账").Press("esc").Expect("本月").Press("/").Type("yhcd").Expect("GD-2026-0001").Press("esc").Expect("本月")
	d.Press("ctrl+p").Type("gxcy").Expect("新增 共享菜园").Press("esc").Expect("本月")
	d.Press("0").Expect("数字与汇总").Expect("共享菜园").Expect("平方米")
}
