package tui

import (
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// Ctrl-S on the first screen creates the ledger as its button does, once both
// questions are answered; before that it goes to the one that is not.
func TestFirstScreenSaves(t *testing.T) {
	led := dbtest.New(t)
	var named []string
	o := Options{Lang: model.ZH, Now: led.Now, Start: &Starter{Path: "台账.db", Create: func(name, admin string, l model.Lang) (*Opened, error) {
		named = append(named, name, admin)
		return optionsFor(t, led, l).Opened, nil
	}}}
	d := drive.Start(t, New(o, cell.Narrow), 80, 24)
	d.Expect("建立台账").Expect("Ctrl-S").Press("ctrl+s").Expect("请先写社区名称").Type("和平社区").CursorAfter("和平社区").ExpectNot("请先写社区名称")
	d.Press("ctrl+s").Expect("请再写您的姓名").Type("张敏").CursorAfter("张敏").Press("ctrl+s").Expect("本月")
	if len(named) != 2 || named[0] != "和平社区" || named[1] != "张敏" {
		t.Errorf("created with %q", named)
	}
}
