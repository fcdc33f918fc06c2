package tui

import (
	"context"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// office opens the screens of a new ledger on a terminal in the test.
func office(t *testing.T, l model.Lang, cols, rows int) (*drive.Driver, *db.Ledger) {
	t.Helper()
	led := dbtest.New(t)
	return login(t, led, l, cols, rows), led
}

func login(t *testing.T, led *db.Ledger, l model.Lang, cols, rows int) *drive.Driver {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	actor, err := led.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Opened: &Opened{Ledger: led, Actor: actor, Name: "张敏"}, Lang: l, Now: led.Now}
	return drive.Start(t, New(o, cell.Narrow), cols, rows)
}

func TestEnterActivity(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期")
	d.Type("昨").Expect("2026-03-07 周六").Press("enter", "enter", "enter")
	d.Type("庆三八趣味运动会").CursorAfter("庆三八趣味运动会").Press("enter")
	d.Type("wt").Expect("文体").Press("enter").Type("fnet").Press("enter", "enter")
	d.Type("wts").Press("enter", "enter")
	d.Expect("文体社")
	d.Press("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab").Type("中通文化广场")
	d.Idle()
	t.Log("\n" + d.Screen())
	d.Press("ctrl+s")
	d.Idle()
	t.Log("\n" + d.Screen())
	d.Type("８６").Press("ctrl+s").Idle()
	t.Log("\n" + d.Screen())
	d.Press("enter").Idle()
	t.Log("\n" + d.Screen())
	_ = led
}
