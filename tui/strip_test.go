package tui

import (
	"context"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// The strip from the register of meetings: what a branch held of what it must,
// what it lacks in words, meetings that do not count; an empty cell opens the form
// with branch and kind filled in, another the meetings behind it.
func TestStrip(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	list := func() []*model.Record {
		records, err := led.List(context.Background(), db.Query{Register: "meeting"})
		if err != nil {
			t.Fatal(err)
		}
		return records
	}
	d.Press("ctrl+p").Type("三会一课").Press("enter").Expect("还没有登记党支部").Press("esc")
	boss := add(t, led, "staff", "name", "孙书记")
	first := add(t, led, "org", "name", "一支部", "type", "党支部", "secretary", boss)
	add(t, led, "org", "name", "二支部", "type", "党支部")
	meet := func(day, kind, present string, more ...string) string {
		return add(t, led, "meeting", append([]string{"date", day, "type", kind, "org", first, "topic", "议事", "expected", "10", "present", present}, more...)...)
	}
	meet("2026-01-08", "支委会", "9")
	short := meet("2026-02-06", "支委会", "5") // half is not more than half
	meet("2026-03-02", "党课", "9", "lecturer", "讲师")
	d.Press("ctrl+p").Type("三会一课").Press("enter").Expect("一支部").Expect("1/12").Expect("缺2月").Expect("待开").Expect("0/1")
	d.Expect("一支部 支委会：已开1次，应开12次；到会率70.0%；缺 2026年2月；本期未开").Expect("1次到会不超过半数，不算")
	d.Press(".").Press(".").Press(".").Expect("党课：已开0次").Expect("1次不是书记讲的")
	d.Press(",").Press(",").Press(",").Press("enter").Expect(short).Expect("2026-01-08").Press("esc")

	// Nothing was held: the form knows which branch and kind.
	d.Press(",").Expect("一支部 党员大会：已开0次，应开4次；本期未开：2026年第一季度").Press("enter").Expect("党员大会").Expect("一支部").Press("esc")
	d.Expect("待开")
	before := len(list())
	meet("2026-03-05", "党员大会", "8")
	d.Expect("1/4")
	if now := list(); len(now) != before+1 {
		t.Error(len(now))
	}
	// What a secretary gives counts.
	meet("2026-03-06", "党课", "9", "lecturer", boss)
	d.Expect("1/1")

	// Another period, and one typed.
	d.Press("left").Expect("2025年").Press("right").Press("tab").Press("tab").Press("tab").Expect("2026年3月").Press("p").Type("2026Q1").Press("enter").Expect("1/3")
	if text := d.Screen(); strings.Contains(text, "1/12") {
		t.Error(text)
	}
	d.Press("p").Type("2026Q9").Press("enter").Expect("2026Q9").Press("esc")
}

// A line of home about a meeting that was not held opens the strip at its cell.
func TestStripFromHome(t *testing.T) {
	d, led := office(t, model.EN, 80, 24)
	org := add(t, led, "org", "name", "一支部", "type", "党支部")
	for _, day := range []string{"2026-01-08", "2026-01-09"} {
		add(t, led, "meeting", "date", day, "type", map[string]string{"2026-01-08": "支委会", "2026-01-09": "主题党日"}[day], "org", org, "topic", "议事", "expected", "5", "present", "5")
	}
	d.Expect("not held: 一支部 February 2026 Party day").Expect("not held: 一支部 February 2026 branch committee")
	d.Press("home").Press("enter").Expect("Meetings of the branches").Expect("一支部, Party day: 1 held, 12 required")
}
