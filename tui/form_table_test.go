package tui

import (
	"testing"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/drive"
)

// visitForm opens a new visit of 王秀兰 with the cursor in the list of goods.
func visitForm(t *testing.T, l model.Lang, cols, rows int) (*drive.Driver, *db.Ledger) {
	t.Helper()
	d, led := office(t, l, cols, rows)
	add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06")
	d.Press("3").Idle().Press("ctrl+n").Expect("*" + model.W("实际日期", "Actual date").In(l)).Press("enter").Type("cj").Press("enter")
	d.Type("wxl").Expect("P-2026-0001").Press("enter").Type("和平小区").Press("enter").Press("pgdown")
	d.Press("enter").Expect(model.W("品名", "Item").In(l))
	return d, led
}

// A list is filled in cell by cell: terms by pinyin, numbers in full width, a
// bad cell named and kept, sums as one types, the blank last row left by Enter.
func TestGoodsTable(t *testing.T) {
	d, led := visitForm(t, model.ZH, 80, 24)
	d.Expect("数量").Expect("单价").Type("mb").Expect("棉被").Press("down", "enter").Expect("1 棉被")
	d.Type("２").Press("enter").Type("床").Press("enter").Type("１２０．５").Press("enter").Expect("2 床  合计 241.00")
	d.Type("豆油").Press("enter").Type("一桶").Press("enter").Expect("2! 豆油").Expect("! 第2行“数量”：看不懂").CursorAfter("一桶     ")
	d.Type("桶").Press("enter").Type("39").Press("enter").Expect("第3行 品名")
	d.Press("ctrl+s").Expect("第2行 数量：看不懂数字“一桶”").CursorAfter("一桶")
	d.Press("ctrl+u").Type("1").Press("enter").Expect("2 床、1 桶  合计 280.00")
	d.Press("down", "enter").Expect("*资金来源").Type("df").Press("enter").Press("ctrl+s").Expect("已保存 V-2026-0001")
	want := []model.Row{
		{"item": "棉被", "qty": model.Dec(2000), "unit": "床", "price": model.Money(12050)},
		{"item": "豆油", "qty": model.Dec(1000), "unit": "桶", "price": model.Money(3900)},
	}
	if v := get(t, led, "V-2026-0001"); !model.Equal(v.Get("goods"), want) {
		t.Errorf("goods are %v", v.Get("goods"))
	}
	// The detail page shows it as a table, with what it comes to.
	d.Press("enter").Expect("第1版").Expect("2 床、1 桶  合计 280.00").Expect("品名 数量 单位   单价").Expect("棉被    2 床   120.50")
}

// The cursor goes back through the table cell by cell, out at either end; a row
// is removed and put back; Esc leaves the table and not the form.
func TestTableKeys(t *testing.T) {
	d, _ := visitForm(t, model.ZH, 80, 24)
	d.Type("米2袋").Expect("= 米 2 袋").Press("enter").Expect("2 袋").Expect("第2行 品名").Type("油 1 桶 39").Press("enter").Expect("第3行 品名")
	d.Press("shift+tab").CursorAfter("39.00").Press("shift+tab").CursorAfter("桶").Press("shift+tab", "shift+tab").CursorAfter("油")
	d.Press("shift+tab").Expect("第1行 单价").Press("shift+tab", "shift+tab", "shift+tab").CursorAfter("米").Press("shift+tab").ExpectNot("第1行").CursorAfter("慰问金        ")
	d.Press("enter").Expect("第3行 品名").Press("up").Expect("第2行 品名").Press("ctrl+r").Expect("已删去第2行：油 1 桶 39.00").ExpectNot("1 桶  合计")
	d.Press("ctrl+z").Expect("已放回第2行").Expect("2 袋、1 桶").CursorAfter("油").Press("ctrl+z").Expect("没有可放回的行")
	d.Press("up").CursorAfter("米").Press("right").Expect("第1行 数量").Press("left", "left").CursorAfter("米").Press("up").CursorAfter("慰问金        ")
	d.Press("enter").Expect("第3行 品名").Press("esc").Expect("米 2 袋；油 1 桶 39.00  = 2 袋、1 桶  合计 39.00").ExpectNot("草稿已存好").Expect("党费")
	// Backspace in the blank row goes back into the row before it.
	d.Press("shift+tab").Expect("第3行 品名").Press("backspace").CursorAfter("39.00")
}

// A draft left in the middle of a list comes back in the same cell, with what
// was typed there and is no value yet.
func TestTableDraft(t *testing.T) {
	d, led := visitForm(t, model.ZH, 80, 24)
	d.Type(`𠮷祥面\；（大）`).Press("enter").Type("3").Press("enter", "enter", "enter").Type("油").Press("enter").Type("一").CursorAfter("一").Send(hangupMsg{})
	<-d.Done()
	again := login(t, led, model.ZH, 80, 24)
	again.Press("3").Expect("没有记录").Press("ctrl+n").Expect("接着上次的草稿").Expect("第2行 数量").Expect("𠮷祥面；（大）").CursorAfter("油                              一")
	again.Press("backspace").Type("2").Press("ctrl+s").Expect("资金来源：必须填写")
}

// Rows copied from a spreadsheet become rows; nothing that stands there is
// written over.
func TestTablePaste(t *testing.T) {
	d, _ := visitForm(t, model.ZH, 80, 24)
	d.Paste("米\t2\t袋\t45\r\n油\t1\t桶\r\n").Expect("2 袋、1 桶  合计 90.00").CursorAfter("桶")
	d.Press("enter", "enter").Expect("第3行 品名").Press("up", "up").CursorAfter("米").Paste("春联\t1\n月饼\t2\t盒").Expect("3 月饼").Expect("2 袋、1、2 盒、1 桶")
	d.Press("esc").Expect("合计 90.00  米 2 袋 45.00；春联 1；月饼 …")
}

// A table wider than the window scrolls to the cell with the cursor, and keeps
// it while the window changes.
func TestWideTable(t *testing.T) {
	d, led := office(t, model.ZH, 60, 16)
	item := add(t, led, "catalogue", "no", "1", "class", "财务", "topic1", "居委会经费", "body_org", "居委会", "cadence", "季", "reviewer", "张敏", "approver", "张敏")
	d.Press("2").Idle().Press("ctrl+n").Expect("*目录项").Type(item).Press("enter").Type("2026-Q1").Press("enter").Press("pgdown", "enter", "enter").Expect("收支明细")
	d.Expect("序号").Expect("收支").Expect(">").ExpectNot("凭证号").Type("1").Press("enter").Type("0108").Press("enter").Expect("2026-01-08").Type("s").Press("enter").Type("街道拨付工作经费").Press("enter")
	d.Type("1.2万").Press("enter").Expect("收入 12,000.00  支出 0.00  结余 12,000.00").Press("enter", "enter", "enter", "enter").Expect("<").Type("周慧敏").Press("enter").Expect("凭证号").Type("PZ2026“甲”").CursorAfter("PZ2026“甲”")
	d.Resize(120, 40).CursorAfter("PZ2026“甲”").Expect("序号").Expect("意见").Resize(60, 16).CursorAfter("PZ2026“甲”").ExpectNot("序号").Resize(30, 5).Expect("窗口太小").Expect("现在 30x5").Resize(80, 24).CursorAfter("PZ2026“甲”")
	d.Press("ctrl+s").Expect("已保存 D-2026-0001").Press("enter").Expect("第1版").Expect("收入 12,000.00  支出 0.00  结余 12,000.00").Expect("街道拨付")
}

// Errors of a list that no cell shows, from the register's own rules, are at
// the list; a single row of cells has no row numbers.
func TestListRule(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("4").Idle().Press("ctrl+n").Expect("*姓名").Type("王秀兰").Press("pgdown", "pgdown").Expect("对象类别").Type("dbh").Expect("低保户").Press("enter")
	d.Type("2026-03").Press("enter").Type("2025-01").Press("enter", "enter").Press("esc").Expect("第1行的止期早于起期")
	d.Press("ctrl+s").Expect("出生日期：必须填写")
	if n, err := led.Count(t.Context(), "person", nil); err != nil || n != 0 {
		t.Errorf("%d stored, %v", n, err)
	}
}
