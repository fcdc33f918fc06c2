package tui

import (
	"flag"
	"fmt"
	"testing"

	"taizhang/model"
	"taizhang/tui/drive"
)

// fullList is a list whose screen is full of Chinese, the dearest there is.
func fullList(t testing.TB) *drive.Driver {
	t.Helper()
	d, led := office(t, model.ZH, 80, 24)
	for i := range 60 {
		add(t, led, "activity", "title", fmt.Sprintf("庆祝“三八”妇女节趣味运动会第%d场", i+1), "lines", "文体、妇女儿童", "venue", "文化广场", "attend_total", "86")
	}
	d.Press("1").Expect("第60场").Idle()
	return d
}

// full measures with everything sent, as with --full-redraw; then nothing is
// bounded.
var full = flag.Bool("full", false, "measure bytes with everything sent")

// cost is the bytes sent to the terminal while something is done n times, for
// each time.
func cost(d *drive.Driver, n int, do func(i int)) int {
	before := d.Bytes()
	for i := range n {
		do(i)
		d.Idle()
	}
	return (d.Bytes() - before) / n
}

// still is the bytes sent while nothing is done. What a busy machine was late
// with may come first, so one quiet look of several is enough.
func still(d *drive.Driver) (bytes int) {
	for range 5 {
		if bytes = cost(d, 1, func(int) {}); bytes == 0 {
			break
		}
	}
	return bytes
}

// scrolled is the bytes of a cursor key that moves the rows, with the cursor at
// the bottom of the list.
func scrolled(d *drive.Driver) int {
	d.Press("home").Idle()
	for range 24 {
		d.Press("down").Idle()
	}
	return cost(d, 10, func(int) { d.Press("down") })
}

// TestBytes bounds what a key costs on a slow line, uncompressed. The renderer
// repaints every row that holds a Han character on each frame (ultraviolet
// #163), about 3 KB for a full screen, of which term.Writer sends what changed;
// a rise above these bounds is a fault of ours or of an upgrade.
func TestBytes(t *testing.T) {
	d := fullList(t)
	for _, c := range []struct {
		what  string
		bound int
		bytes int
	}{
		{"cursor key in a full list", 400, cost(d, 10, func(int) { d.Press("down") })},
		{"page in a full list", 1500, cost(d, 4, func(i int) { d.Press([]string{"pgdown", "pgup"}[i%2]) })},
		{"row scrolled in a full list", 400, scrolled(d)},
		{"nothing", 0, still(d)},
	} {
		t.Logf("%s: %d bytes", c.what, c.bytes)
		if c.bytes > c.bound && !*full {
			t.Errorf("%s costs %d bytes, more than %d", c.what, c.bytes, c.bound)
		}
	}

	f, _ := office(t, model.ZH, 80, 24)
	f.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Idle()
	han := []rune("今日上午在文化广场开展活动居民踊跃参加")
	for _, c := range []struct {
		what  string
		bound int
		bytes int
	}{
		{"Han character in a form", 150, cost(f, len(han), func(i int) { f.Type(string(han[i])) })},
		{"next field in a form", 700, cost(f, 10, func(int) { f.Press("tab") })},
	} {
		t.Logf("%s: %d bytes", c.what, c.bytes)
		if c.bytes > c.bound && !*full {
			t.Errorf("%s costs %d bytes, more than %d", c.what, c.bytes, c.bound)
		}
	}
	first, _ := office(t, model.ZH, 80, 24)
	first.Expect("数字与汇总").Idle()
	t.Logf("first screen: %d bytes", first.Bytes())
	if first.Bytes() > 2048 && !*full {
		t.Errorf("the first screen costs %d bytes, more than 2048", first.Bytes())
	}
}
