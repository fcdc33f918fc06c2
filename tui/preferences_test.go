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

// again opens the screens as the next login of the person does.
func again(t *testing.T, led *db.Ledger, cols, rows int) *drive.Driver {
	t.Helper()
	o := optionsFor(t, led, model.ZH)
	p, err := led.Preferences(context.Background(), o.Opened.Actor)
	if err != nil {
		t.Fatal(err)
	}
	o.Opened.Preferences = p
	if l, ok := p.Language(); ok {
		o.Lang = l
	}
	return drive.Start(t, New(o, cell.Narrow), cols, rows)
}

func TestPreferencesOnScreen(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("9").Expect("我的偏好").Press("p").Expect("登录后先看")
	d.Press("down", "enter").Expect("今日（首页）").Type("4").Expect("登录后先看").ExpectNot("今日（首页）")
	d.Press("down", "enter").Expect("自动").Type("3").Expect("宽：占两格").ExpectNot("·")
	d.Press("down", "enter").Type("2").Expect("是：屏幕常花时用")
	// Another login of hers at the same time: nothing is lost.
	other := login(t, led, model.ZH, 80, 24)
	other.Expect("本月").Press("ctrl+p").Type("switch").Press("esc", "ctrl+p").Type("English\r").Expect("This month")
	d.Press("up", "enter").Expect("自动").Type("2").Expect("窄：占一格")
	var p model.Preferences
	var err error
	d.Until("all is stored", func() bool {
		p, err = led.Preferences(context.Background(), dbtest.Actor(t, led))
		return err != nil || p.Glyphs == model.GlyphsNarrow
	})
	second := led.Schema().Registers[1]
	if err != nil || p.Lang != "en" || p.Start != second.Key || p.Glyphs != model.GlyphsNarrow || !p.Redraw {
		t.Errorf("%+v, %v", p, err)
	}
	next := again(t, led, 80, 24)
	next.Expect("示例社区 > " + second.Words.EN).Press("esc").Expect("This month")
	// Columns chosen elsewhere can be given back here.
	if _, err := led.SavePreferences(context.Background(), dbtest.Actor(t, led), func(p *model.Preferences) {
		p.SetColumns("visit", []string{"date", "person"})
	}); err != nil {
		t.Fatal(err)
	}
	last := again(t, led, 80, 24)
	last.Press("esc").Expect("This month").Press("9", "p").Expect("2 chosen columns").Press("end", "enter").Expect("back to the usual").Type("2").ExpectNot("chosen columns")
	if p, _ = led.Preferences(context.Background(), dbtest.Actor(t, led)); len(p.Columns) != 0 || p.Lang != "en" {
		t.Errorf("%+v", p)
	}
}

// A key that changes nothing costs nothing, unless everything is to be drawn.
func TestFullRedraw(t *testing.T) {
	bytes := func(on bool) int {
		led := dbtest.New(t)
		o := optionsFor(t, led, model.ZH)
		o.Opened.Preferences.Redraw = on
		d := drive.Start(t, New(o, cell.Narrow), 80, 24)
		d.Expect("本月").Idle()
		before := d.Bytes()
		d.Type("x").Idle()
		return d.Bytes() - before
	}
	if few, all := bytes(false), bytes(true); few > 50 || all < 300 {
		t.Errorf("a key costs %d bytes, with the whole screen %d", few, all)
	}
}
