package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// In the smallest window the names give way, never the numbers.
func TestFiguresNarrow(t *testing.T) {
	for _, l := range []model.Lang{model.ZH, model.EN} {
		d, led := office(t, l, 60, 16)
		add(t, led, "activity", "title", "庆三八", "lines", "妇女儿童", "venue", "广场", "attend_total", "1234567")
		unit := model.W("人次", "attendances").In(l)
		d.Press("0").Expect("1234567 " + unit).Quit()
	}
}

// Enter on a number opens exactly the records it counts; going back returns to
// it. What is folded opens by Enter.
func TestFiguresOpen(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "activity", "date", "2026-03-05", "title", "学雷锋集市", "lines", "志愿服务", "programmes", "文体社", "venue", "广场", "attend_total", "120")
	add(t, led, "activity", "date", "2026-03-06", "title", "读书会", "lines", "文体", "programmes", "文体社、读书社", "venue", "书房", "attend_total", "20")
	add(t, led, "activity", "date", "2026-02-06", "title", "二月的活动", "lines", "文体", "venue", "书房", "attend_total", "20")
	p := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
	add(t, led, "visit", "date", "2026-03-01", "person", p, "household", "和平路1号", "way", "入户")
	d.Press("0").Expect("+ 活动").Expect("2 场  140 人次").Expect("▁▅█▁").ExpectNot("读书社")
	d.Press("enter").Expect("- 活动").Expect("+ 活动：品牌项目 (2)").Press("down", "down", "down", "enter").Expect("读书社").Expect("█")
	d.Press("down").Press("down").Press("down").Expect("读书社").Press("enter").Expect("活动：品牌项目 读书社 1 场").Expect("读书会").ExpectNot("学雷锋集市").ExpectNot("二月的活动")
	d.Press("left").Expect("一个数字背后的记录")
	add(t, led, "activity", "date", "2026-03-07", "title", "后来的", "lines", "文体", "venue", "书房", "attend_total", "9")
	d.Press("esc").Expect("3 场  149 人次").Press("enter").Expect("活动：品牌项目 读书社 1 场").Press("esc")
	d.Press("z").Expect("+ 活动").ExpectNot("读书社").Press("down").Expect("1 户  1 户次").Press("enter").Expect("- 走访慰问").Press("down", "enter").Expect("走访慰问 合计 1 户").Expect("王秀兰")
}

// Nothing stands behind a nought, and the key says so.
func TestFiguresOpenNothing(t *testing.T) {
	d, _ := office(t, model.EN, 80, 24)
	d.Press("0").Expect("+ Activities").Press("enter").Expect("- Activities").Press("down", "enter").Expect("no record here")
}

// Every line of the figures is as wide as the window allows, in terminals of
// both kinds; the heading of a part is whole.
func TestFiguresWidths(t *testing.T) {
	led := dbtest.New(t)
	add(t, led, "activity", "date", "2026-03-05", "title", "学雷锋集市", "lines", "志愿服务", "programmes", "文体社", "venue", "广场", "attend_total", "1")
	for _, m := range []cell.Metric{cell.Narrow, cell.Wide} {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			for _, w := range []int{60, 76, 80, 100, 120, 200} {
				a := New(optionsFor(t, led, l), m)
				f := newFigures(a.s)
				rows, before, months, err := a.s.figures(t.Context(), f.period(), nil)
				if err != nil {
					t.Fatal(err)
				}
				f.arrive(rows, before, months)
				f.foldAll()
				lines := f.view(a.s, w, 40).lines
				text := ansi.Strip(strings.Join(lines, "\n"))
				for _, line := range lines {
					if n := m.Width(line); n > w {
						t.Errorf("%d cells of %d: %s", n, w, line)
					}
				}
				for _, whole := range []model.Words{model.W("活动：条线 (1)", "Activities by line of work (1)"), model.W("1 人次", "1 attendance"), model.W("1 场", "1 event")} {
					if !strings.Contains(text, whole.In(l)) {
						t.Errorf("%d cells, %v: no %s in\n%s", w, m, whole.In(l), text)
					}
				}
				if strings.Contains(text, "1 events") || m.IsWide() && strings.ContainsAny(text, "█▁▅") || w >= 80 && !strings.ContainsAny(text, "█#") {
					t.Errorf("%d cells, %v:\n%s", w, m, text)
				}
			}
		}
	}
}
