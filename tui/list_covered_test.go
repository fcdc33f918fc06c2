package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// An answer that comes while another screen lies on the list is not lost.
func TestListAnsweredBelow(t *testing.T) {
	led := dbtest.New(t)
	event(t, led, 1, "甲会", "文体", 10)
	a := New(optionsFor(t, led, model.ZH), cell.Narrow)
	h := &hand{t, a, led}
	l := newList(a.s, led.Schema().Register("activity"))
	a.stack = []screen{newHome(), l}
	ask := l.query(a.s)
	l.work.quiet = true // as after another login saved: keys go on working
	h.press("c")
	if _, ok := a.top().(*columns); !ok {
		t.Fatalf("%T is open", a.top())
	}
	var answer tea.Msg = ask()
	h.update(answer)
	h.press("esc")
	if text := a.View().Content; !strings.Contains(text, "甲会") || l.work != nil {
		t.Errorf("the answer was lost:\n%s", text)
	}
}
