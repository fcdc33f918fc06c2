package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// key is a key press as the program gets it.
func key(text string) tea.KeyPressMsg {
	switch text {
	case "down":
		return tea.KeyPressMsg{Code: tea.KeyDown}
	case "esc":
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case "space":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	case "backspace":
		return tea.KeyPressMsg{Code: tea.KeyBackspace}
	}
	return tea.KeyPressMsg{Code: []rune(text)[0], Text: text}
}

// settle runs a command and what follows from it, timers left out.
func settle(a *App, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			settle(a, c)
		}
	default:
		_, next := a.Update(msg)
		settle(a, next)
	}
}

// BenchmarkFormKey is one Han character and one Backspace in a form, with the
// drawing of both.
func BenchmarkFormKey(b *testing.B) {
	led := dbtest.New(b)
	a := New(optionsFor(b, led, model.ZH), cell.Narrow)
	f := newForm(led.Schema().Register("activity"), nil)
	a.stack = append(a.stack, f)
	f.update(a.s, f.init(a.s)())
	f.moveRaw(3)
	b.ReportAllocs()
	for b.Loop() {
		a.Update(key("义"))
		_ = a.View()
		a.Update(key("backspace"))
		_ = a.View()
	}
}

// thousands enters n activities in a few transactions.
func thousands(b *testing.B, led *db.Ledger, n int) {
	b.Helper()
	ctx := context.Background()
	actor, err := led.Actor(ctx)
	if err != nil {
		b.Fatal(err)
	}
	for done := 0; done < n; {
		ops := make([]db.Op, 0, 2000)
		for ; len(ops) < cap(ops) && done < n; done++ {
			day := model.NewDate(2026, 1, 1).AddDays(-done % 3000)
			ops = append(ops, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{
				"date": day, "title": fmt.Sprintf("庆祝“三八”妇女节趣味运动会第%d场", done), "lines": []string{"文体", "妇女儿童"},
				"venue": model.Ref{Text: "文化广场"}, "attend_total": int64(20 + done%300),
			}})
		}
		if _, err := led.Write(ctx, actor, db.RequestID{}, ops...); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkList is a list of 100,000 rows: opening it to its first screen, one
// cursor key with the drawing, flat and in opened groups, and what the commands
// do meanwhile: sort, group, add up.
func BenchmarkList(b *testing.B) {
	led := dbtest.New(b)
	thousands(b, led, 100_000)
	a := New(optionsFor(b, led, model.ZH), cell.Narrow)
	reg := led.Schema().Register("activity")
	open := func() *list {
		l := newList(a.s, reg)
		l.span = span{}
		a.stack = []screen{newHome(), l}
		a.Update(l.init(a.s)()) // the totals come later
		_ = a.View()
		settle(a, l.fetch(a.s))
		return l
	}
	by := func(l *list, o sorting, group string) {
		l.sort, l.group = o, group
		ask := l.query(a.s)
		if batch, ok := ask().(tea.BatchMsg); ok {
			a.Update(batch[0]())
		}
		settle(a, l.fetch(a.s))
	}
	b.Run("open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if l := open(); len(l.keys) != 100_000 {
				b.Fatal(len(l.keys))
			}
		}
	})
	b.Run("key", func(b *testing.B) {
		open()
		b.ReportAllocs()
		for b.Loop() {
			_, cmd := a.Update(key("down"))
			settle(a, cmd)
			_ = a.View()
		}
	})
	for _, o := range []struct {
		name string
		by   sorting
	}{{"number", sorting{"attend_total", true}}, {"text", sorting{"title", true}}, {"terms", sorting{"lines", false}}, {"reference", sorting{"owner", true}}} {
		b.Run("sort by "+o.name, func(b *testing.B) {
			l := open()
			b.ReportAllocs()
			for b.Loop() {
				by(l, o.by, "")
			}
			if len(l.keys) != 100_000 || l.had.sort != o.by {
				b.Fatal(len(l.keys), l.had)
			}
		})
	}
	for _, group := range []string{byMonths, "lines"} {
		b.Run("group by "+group, func(b *testing.B) {
			l := open()
			b.ReportAllocs()
			for b.Loop() {
				by(l, sorting{}, group)
			}
			if len(l.groups) < 2 {
				b.Fatal(len(l.groups))
			}
		})
	}
	b.Run("key in groups", func(b *testing.B) {
		l := open()
		by(l, sorting{}, "lines")
		l.foldAll()
		if l.table.Rows != 200_002 {
			b.Fatal(l.table.Rows)
		}
		b.ReportAllocs()
		for b.Loop() {
			_, cmd := a.Update(key("down"))
			settle(a, cmd)
			_ = a.View()
		}
	})
	b.Run("mark", func(b *testing.B) {
		l := open()
		settle(a, l.total(a.s))
		l.markAll(a.s)
		b.ReportAllocs()
		for b.Loop() {
			_, cmd := a.Update(key("space"))
			settle(a, cmd)
			_ = a.View()
		}
	})
	b.Run("totals", func(b *testing.B) {
		l := open()
		b.ReportAllocs()
		for b.Loop() {
			l.totals = nil
			settle(a, l.total(a.s))
		}
		if l.totals == nil || l.totals.count != 100_000 {
			b.Fatal(l.totals)
		}
	})
	b.Run("filter", func(b *testing.B) {
		l := open()
		b.ReportAllocs()
		for b.Loop() {
			l.filter.SetValue("第99999场")
			a.Update(l.query(a.s)())
			if len(l.keys) != 1 {
				b.Fatal(len(l.keys))
			}
		}
	})
}

// BenchmarkPicker is one letter in a pick list of 10,000 people.
func BenchmarkPicker(b *testing.B) {
	const family, given = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗", "明敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英兰"
	fs, gs := []rune(family), []rune(given)
	list := make([]db.Option, 10_000)
	for i := range list {
		list[i] = db.Option{ID: model.FormatID("P", 2026, i+1), Name: string([]rune{fs[i%20], gs[i/20%20], gs[i/400%20]})}
	}
	n := newNames(cell.Narrow, list)
	b.ReportAllocs()
	for b.Loop() {
		n.picker.SetQuery("w")
		n.picker.SetQuery("wm")
		_ = n.picker.View(79, 6)
	}
}

// BenchmarkFormCell is one digit and one Backspace in a list of twenty finance
// lines, and BenchmarkFormNote one Han character and one Backspace in a text of
// 4,000, with the drawing of both.
func BenchmarkFormCell(b *testing.B) {
	var rows [][]string
	for i := range 20 {
		rows = append(rows, []string{fmt.Sprint(i + 1), "2026-01-08", "支", "走访慰问困难群众", "1200.50", "党费"})
	}
	f := model.Issue.Field("finance")
	benchmarkField(b, f, f.JoinRows(rows, model.ZH), "1")
}

func BenchmarkFormNote(b *testing.B) {
	benchmarkField(b, model.Activity.Field("summary"), strings.Repeat("街道社区开展活动，", 440), "义")
}

func benchmarkField(b *testing.B, field *model.Field, text, typed string) {
	led := dbtest.New(b)
	a := New(optionsFor(b, led, model.ZH), cell.Narrow)
	for _, reg := range led.Schema().Registers {
		if reg.Field(field.Key) != field {
			continue
		}
		f := newForm(reg, nil)
		a.stack = append(a.stack, f)
		f.update(a.s, f.init(a.s)())
		for i, e := range f.fields {
			if e.f == field {
				e.setText(text)
				f.goTo(i)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		a.Update(key(typed))
		_ = a.View()
		a.Update(key("backspace"))
		_ = a.View()
	}
}
