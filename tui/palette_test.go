package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// firstLine is the first line of the list in the palette.
func firstLine(d *drive.Driver) string {
	lines := d.Lines()
	for i, l := range lines {
		if strings.HasPrefix(l, "命令：") {
			return lines[i+1]
		}
	}
	return ""
}

func TestPalette(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("ctrl+p").Expect("命令：").Type("zfww").Expect("走访慰问").Press("enter")
	d.Expect("示例社区 > 走访慰问").Expect("没有记录")
	// What was chosen last comes first, also in the next login.
	d.Type("：").Expect("命令：").Until("走访慰问 is first", func() bool { return strings.HasPrefix(firstLine(d), "走访慰问") })
	// English words and full pinyin find it too, and a jump does not pile up.
	d.Type("recycle bin").Press("enter").Expect("回收站是空的").Expect("示例社区 > 回收站")
	d.Type(":").Expect("命令：").Type("xinzenghuodong").Expect("新增 活动").Press("enter").Expect("*名称")
	// In a form only Ctrl-P opens it, and what is half filled stays beneath.
	d.Press("enter", "enter", "enter").Type("重阳义诊: 一场").Expect("重阳义诊: 一场").Press("ctrl+p").Expect("命令：").Type("打开不了的").Expect("0/").Press("enter").Expect("没有这个命令")
	d.Press("esc").Expect("重阳义诊: 一场").Press("ctrl+p").Expect("命令：").Type("save").Press("enter").Expect("需要改正")
	// Recent records.
	id := add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30")
	d.Press("ctrl+p").Expect("命令：").Type("llj").Expect(id + " 邻里节").Press("enter").Expect("第1版")
	d.Press("esc").Expect("重阳义诊: 一场")
	p, err := led.Preferences(context.Background(), dbtest.Actor(t, led))
	if err != nil || len(p.Recent) < 4 || p.Recent[0] != "record "+id {
		t.Errorf("remembered: %v, %v", p.Recent, err)
	}
}

// A command that is off is shown with the reason and cannot be run.
func TestPaletteSaysWhyNot(t *testing.T) {
	led := dbtest.New(t)
	o := optionsFor(t, led, model.ZH)
	o.Opened.Actor.Roles = []model.Role{model.Viewer}
	d := drive.Start(t, New(o, cell.Narrow), 80, 24)
	d.Expect("本月").Press("1").Expect("没有记录").Press("ctrl+p").Expect("命令：").Type("新增 活动").Expect("现在不行：您没有录入权限").Press("enter").Expect("命令：")
	d.Press("esc").ExpectNot("命令：").Press("ctrl+p").Type("back the ledger").Expect("现在不行：只有管理员").Press("esc").ExpectNot("命令：")
	d.Press("?").Expect("现在不行：您没有录入权限").Press("esc").ExpectNot("现在不行").Press("n").Expect("您没有录入权限").ExpectNot("*名称")
}

// Undo and redo are where the palette is, and say when there is nothing.
func TestPaletteUndo(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("ctrl+p").Type("撤销").Expect("现在不行：您最近没有可以撤销的改动").Press("enter").Expect("命令：").Press("esc").ExpectNot("命令：")
	id := add(t, led, "venue", "name", "多功能厅", "category", "室内")
	d.Press("ctrl+p").Type("撤销").ExpectNot("现在不行").Press("enter").Expect("已撤销").Expect(id)
	d.Press("?").Expect("撤销我自己最近").Press("esc").ExpectNot("撤销我自己最近").Press("ctrl+p").Type("redo").Press("enter").Expect("已重做")
}

func TestPaletteEverywhereFits(t *testing.T) {
	d, _ := office(t, model.EN, 60, 16)
	d.Expect("This month").Press("ctrl+p").Expect("Command:").Type("preferences").Press("enter").Expect("language").Press("enter").Expect("中文").Type("2").Expect("语言").Expect("中文")
	d.Press("ctrl+p").Expect("命令：").Type("english").Press("enter").Expect("language").Expect("English")
	d.Press("ctrl+p").Type("home scr").Press("enter").Expect("This month")
}

// BenchmarkPalette is a letter in a palette of 10,000 lines, with the drawing;
// open is the palette of an office, as it appears on Ctrl-P.
func BenchmarkPalette(b *testing.B) {
	led := dbtest.New(b)
	a := New(optionsFor(b, led, model.ZH), cell.Narrow)
	const family, given = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗", "明敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英兰"
	fs, gs := []rune(family), []rune(given)
	commands := commandsOn(a.s, a.top())
	for i := len(commands); i < 10_000; i++ {
		id := model.FormatID("P", 2026, i)
		name := string([]rune{fs[i%20], gs[i/20%20], gs[i/400%20]})
		commands = append(commands, command{id: "record " + id, words: sameWords(fmt.Sprintf("%s %s", id, name)), extra: sameWords("居民")})
	}
	b.Run("key", func(b *testing.B) {
		p := newPalette(a.s, a.top())
		p.list(a.s, commands)
		a.stack = []screen{newHome(), p}
		b.ReportAllocs()
		for b.Loop() {
			a.Update(key("w"))
			_ = a.View()
			a.Update(key("m"))
			_ = a.View()
			a.Update(key("backspace"))
			_ = a.View()
			a.Update(key("backspace"))
			_ = a.View()
		}
	})
	b.Run("open", func(b *testing.B) {
		a.stack = []screen{newHome()}
		b.ReportAllocs()
		for b.Loop() {
			p := newPalette(a.s, a.stack[0])
			a.stack = []screen{a.stack[0], p}
			_ = a.View()
		}
	})
	b.Run("open10000", func(b *testing.B) {
		p := newPalette(a.s, a.stack[0])
		b.ReportAllocs()
		for b.Loop() {
			p.list(a.s, commands)
		}
	})
}
