package part

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"taizhang/tui/cell"
)

func streets() []Option {
	return []Option{
		{"a", "南京路", "12"}, {"b", "长安街", "3"}, {"c", "北京路", ""}, {"d", "京东社区", ""}, {"e", "重庆路", ""},
	}
}

func TestPickerFilter(t *testing.T) {
	p := NewPicker(cell.Narrow, streets(), nil)
	p.SetQuery("京")
	got := p.View(12, 5)
	want := []string{
		"\x1b[7m京东社区    \x1b[27m", // starts with the query
		"南京路    12",
		"北京路      ",
		"            ",
		"         3/5",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	p.Update(press("down"))
	if o, ok := p.Selected(); !ok || o.ID != "a" {
		t.Errorf("selected %v", o)
	}
	if p.Update(press("enter")) != Chosen || p.Update(press("x")) != None {
		t.Error("wrong events")
	}
	p.SetQuery("没有")
	if _, ok := p.Selected(); ok || p.Update(press("enter")) != None {
		t.Error("something is selected in an empty list")
	}
}

func TestPickerMulti(t *testing.T) {
	p := NewPicker(cell.Narrow, streets(), nil)
	p.Multi = true
	p.Update(press("space"))
	p.Update(press("down"))
	p.Update(press("down"))
	p.Update(press("enter"))
	p.SetQuery("京") // what is chosen stays chosen out of sight
	if got := strings.Join(p.Chosen(), ","); got != "a,c" {
		t.Errorf("chosen %s", got)
	}
	if v := ansi.Strip(strings.Join(p.View(16, 5), "|")); !strings.Contains(v, "[x] 南京路") ||
		!strings.Contains(v, "[ ] 京东社区") || !strings.Contains(v, "3/5 +2") {
		t.Error(v)
	}
	p.SetChosen("e")
	if got := strings.Join(p.Chosen(), ","); got != "e" {
		t.Errorf("chosen %s", got)
	}
}

func TestPickerDigits(t *testing.T) {
	p := NewPicker(cell.Narrow, streets(), nil)
	p.View(12, 4)
	if p.Update(press("２")) != Chosen {
		t.Error("a full-width digit does not choose")
	}
	if o, _ := p.Selected(); o.ID != "b" {
		t.Errorf("selected %v", o)
	}
	if p.Update(press("2")) != None {
		t.Error("a plain digit chooses though it may belong to the query")
	}
	if p.Update(press("９")) != None {
		t.Error("chose a row that is not in sight")
	}
	p.Numbers = true
	if p.Update(press("3")) != Chosen || !strings.Contains(p.View(12, 4)[0], "1 南京路") {
		t.Error("numbers do not work")
	}
}

func people(n int) []Option {
	out := make([]Option, n)
	for i := range out {
		out[i] = Option{ID: fmt.Sprint(i), Text: fmt.Sprintf("欧阳明月第%d户", i), Extra: "3栋"}
	}
	return out
}

// A list of 10,000 must not stutter: a key and the drawing of it allocate what
// the rows in sight need, whatever the length of the list.
func TestPickerAllocates(t *testing.T) {
	allocs := func(n int) float64 {
		p := NewPicker(cell.Narrow, people(n), nil)
		q := false
		return testing.AllocsPerRun(20, func() {
			q = !q
			p.SetQuery(map[bool]string{true: "明", false: "明月"}[q])
			p.View(40, 12)
		})
	}
	if small, large := allocs(20), allocs(10_000); large > small+10 {
		t.Errorf("%v allocations for 10,000 options, %v for 20", large, small)
	}
}

func BenchmarkPickerKey(b *testing.B) {
	p := NewPicker(cell.Narrow, people(10_000), nil)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p.SetQuery([]string{"明", "明月"}[i%2])
		p.View(40, 12)
	}
}
