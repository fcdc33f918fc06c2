package tui

import (
	"testing"

	"taizhang/model"
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
