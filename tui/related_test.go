package tui

import (
	"testing"

	"taizhang/model"
)

// A household's page shows its members and what it was given, at the sizes that
// are worked in.
func TestHouseholdOnTheScreen(t *testing.T) {
	for _, size := range [][2]int{{80, 34}, {60, 34}} {
		d, led := office(t, model.ZH, size[0], size[1])
		compound := add(t, led, "compound", "name", "和平小区")
		home := add(t, led, "household", "head", "王秀兰", "compound", compound, "building", "3")
		p := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06", "household", home, "cats", "低保户 2024-03")
		add(t, led, "person", "name", "王小兰", "birth", "1971-05-06", "household", home, "ended", "迁出 2025-05-01")
		add(t, led, "visit", "person", p, "amount", "500", "fund", "党费", "goods", "米 2 袋", "date", "2026-02-10")
		add(t, led, "visit", "person", p, "amount", "1300", "fund", "工会", "date", "2026-03-01", "need_text", "装扶手")
		add(t, led, "visit", "person", p, "amount", "200", "fund", "工会", "date", "2025-03-01")
		openRecord(d.Expect("本月"), home)
		d.Expect("家庭成员").Expect("低保户、高龄").Expect("迁出 2025-05-01").Expect("本年走访慰问").Expect("1,800.00元  慰问品 米 2 袋").Expect("2025年").Expect("200.00元")
		openRecord(d.Press("esc", "esc"), p).Expect("装扶手").Expect("合计           3条")
		if size[0] == 80 {
			openRecord(d.Press("esc", "esc"), "P-2026-0002").Expect("[迁出 2025-05-01]").Press("enter").Expect("修改 [迁出 2025-05-01]")
		}
	}
}
