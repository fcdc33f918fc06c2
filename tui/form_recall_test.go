package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// lineOf is the line of the screen that begins with a label.
func lineOf(d *drive.Driver, label string) string {
	for _, l := range d.Lines() {
		if strings.HasPrefix(strings.TrimLeft(l, "* "), label) {
			return l
		}
	}
	return ""
}

// expectField waits until the field's line holds a value.
func expectField(t *testing.T, d *drive.Driver, label, want string) {
	t.Helper()
	d.Until(label+" "+want, func() bool { return strings.Contains(lineOf(d, label), want) })
}

// goTo moves the cursor to a field by Tab.
func goTo(t *testing.T, d *drive.Driver, label string) {
	t.Helper()
	for range 60 {
		if _, y, _ := d.Idle().Cursor(); strings.HasPrefix(strings.TrimLeft(d.Lines()[y], "* "), label) {
			return
		}
		d.Press("tab")
	}
	t.Fatalf("no field %s:\n%s", label, d.Screen())
}

// What the last record alike held is there before anybody types, changes with
// what it follows from, and gives way to what is typed.
func TestOffered(t *testing.T) {
	d, led := office(t, model.ZH, 80, 40)
	add(t, led, "activity", "title", "中医讲座", "lines", "文体", "form", "讲座", "venue", "阅览室", "audience", "老年人", "attend_total", "30")
	add(t, led, "activity", "title", "春季义诊", "lines", "老龄", "form", "义诊", "venue", "广场", "attend_total", "30")
	d.Press("1").Expect("春季义诊").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "形式")
	d.Type("jz").Press("enter")
	expectField(t, d, "地点", "阅览室")
	expectField(t, d, "参加对象", "老年人")
	d.Press("shift+tab").Type("yz").Press("enter")
	expectField(t, d, "地点", "广场")
	if l := lineOf(d, "参加对象"); strings.Contains(l, "老年人") {
		t.Errorf("the audience of another form stays: %q", l)
	}
	goTo(t, d, "地点")
	d.Press("ctrl+u").Type("操场").Press("enter")
	expectField(t, d, "地点", "操场")
	for range 9 {
		d.Press("shift+tab")
	}
	d.Idle()
	goTo(t, d, "形式")
	d.Type("jz").Press("enter")
	expectField(t, d, "参加对象", "老年人")
	expectField(t, d, "地点", "操场")

	// Untouched, it is nothing to ask about on leaving.
	d.Press("esc").Expect("草稿已存好").Press("ctrl+x").ExpectNot("*日期").Press("ctrl+n").Expect("*日期").Press("esc").ExpectNot("*日期")
}

// A visit begins with the visitors set last; the fund comes with the aid.
func TestOfferedVisit(t *testing.T) {
	d, led := office(t, model.ZH, 80, 40)
	p := add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
	add(t, led, "staff", "name", "李建国", "posts", "书记")
	add(t, led, "visit", "date", "2026-02-10", "person", p, "household", "3号楼", "visitors", "张敏、李建国", "amount", "500", "fund", "党费")
	d.Press("3").Expect("王秀兰").Press("ctrl+n").Expect("*实际日期")
	expectField(t, d, "走访人", "张敏、李建国")
	d.Press("enter").Type("2026春节").Press("enter")
	if l := lineOf(d, "资金来源"); strings.Contains(l, "党费") {
		t.Errorf("a fund without aid: %q", l)
	}
	goTo(t, d, "慰问金")
	d.Type("300").Press("enter")
	expectField(t, d, "资金来源", "党费")
}

// Texts are completed from earlier ones by pinyin. Enter goes on as ever until
// the person moves into the list.
func TestCompletion(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	for _, title := range []string{"庆三八趣味运动会", "庆八一拥军座谈会", "春季义诊进小区"} {
		add(t, led, "activity", "title", title, "lines", "文体", "venue", "广场", "attend_total", "30")
	}
	d.Press("1").Expect("春季义诊").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "名称")
	d.ExpectNot("庆八一").Type("qby").Expect("庆八一拥军座谈会").Expect("↓ 选用").CursorAfter("qby")
	d.Press("down").Expect("回车取用").CursorAfter("qby").Press("up").Expect("↓ 选用").Press("down", "enter")
	expectField(t, d, "名称", "庆八一拥军座谈会")
	d.Press("shift+tab").ExpectNot("↓ 选用").Press("end").Type("（二）").ExpectNot("↓ 选用").Press("enter")
	expectField(t, d, "名称", "庆八一拥军座谈会（二）")
	d.Press("shift+tab", "ctrl+u").Type("庆").Expect("庆三八趣味运动会").Press("enter") // means next
	expectField(t, d, "名称", "庆")
	if l := lineOf(d, "名称"); strings.Contains(l, "庆三八") {
		t.Errorf("Enter took what nobody chose: %q", l)
	}
}

// The choices made last stand first: her own, then those of others.
func TestLastUsedFirst(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "activity", "title", "甲", "lines", "科普", "form", "便民服务", "venue", "广场", "attend_total", "30")
	add(t, led, "activity", "title", "乙", "lines", "廉政", "form", "展览", "venue", "广场", "attend_total", "30")
	d.Press("1").Expect("甲").Press("ctrl+n").Expect("*日期")
	goTo(t, d, "条线")
	order := func(first, second string) {
		t.Helper()
		d.Until(first+" before "+second, func() bool {
			s := d.Screen()
			a, b := strings.Index(s, "\n"+first), strings.Index(s, "\n"+second)
			return a > 0 && b > a
		})
	}
	order("廉政", "科普")
	order("科普", "党建")
	goTo(t, d, "形式")
	order("展览", "便民服务")
	order("便民服务", "文艺演出")
}

// benchForm is the form of a register in a ledger with many records.
func benchForm(b *testing.B, n int) (*App, *form) {
	b.Helper()
	o := optionsFor(b, func() *db.Ledger { _, led := office(b, model.ZH, 80, 24); thousands(b, led, n); return led }(), model.ZH)
	a := New(o, cell.Narrow)
	f := newForm(o.Opened.Ledger.Schema().Register("activity"), nil)
	a.stack = append(a.stack, f)
	return a, f
}

// BenchmarkCompletion is opening a form on 10,000 records, coming to the title
// and typing one letter of a completion, with the drawing.
func BenchmarkCompletion(b *testing.B) {
	a, f := benchForm(b, 10_000)
	b.Run("open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.update(a.s, f.init(a.s)())
		}
	})
	b.Run("field", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.at = 3
			clear(f.recall.written)
			f.focus()
		}
	})
	b.Run("key", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			a.Update(tea.KeyPressMsg{Code: 'q', Text: "q"})
			_ = a.View()
			a.Update(key("backspace"))
			_ = a.View()
		}
	})
}

// expectCursorAt checks in which field the cursor stands.
func expectCursorAt(t *testing.T, d *drive.Driver, label string) {
	t.Helper()
	d.Until("cursor in "+label, func() bool {
		_, y, _ := d.Cursor()
		return strings.HasPrefix(strings.TrimLeft(d.Lines()[y], "* "), label)
	})
}
