package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
)

// Going over the budget of an occasion or of a source is a question, answered
// with a second Ctrl-S; what is answered with Esc stays as it was.
func TestGridOverTheBudget(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	street(t, led, 5)
	add(t, led, "budget", "fund", "党费", "from", "2026", "amount", "2000")
	openGrid(d).Press("space", "space").Expect("余 1,400.00").ExpectNot("党费 2026 超")
	d.Press("space").Expect("余 600.00").Expect("!党费 2026 超 400.00").Press("ctrl+s")
	d.Expect("“党费 2026”的预算只余 2,000.00 元，再发 2,400.00 元就超出 400.00 元").ExpectNot("走访计划预算").Expect("还没有保存")
	if n := len(visits(t, led)); n != 0 {
		t.Fatalf("%d visits before the answer", n)
	}
	d.Press("esc").ExpectNot("还没有保存").Expect("勾 3 人")
	d.Press("space").Expect("勾 4 人").Press("ctrl+s").Expect("2026三八 的走访计划预算 3,000.00 元，已发 0.00 元，再发 3,200.00 元就超出").Expect("200.00 元").Expect("就超出 1,200.00 元")
	d.Press("ctrl+s").Expect("已登记 4 人")
	if n := len(visits(t, led)); n != 4 {
		t.Fatalf("%d visits", n)
	}
}

// What is left of the budget is never cut off, in English and on the smallest
// screen either.
func TestGridMoneyFits(t *testing.T) {
	for _, c := range []struct {
		lang       model.Lang
		cols       int
		left, over string
	}{{model.EN, 80, "budget 3,000.00, left 600.00", "4 ticked; !over by 200.00"}, {model.EN, 60, "3 ticked; left 600.00", "4 ticked; !over by 200.00"}, {model.ZH, 60, "；余 600.00", "；!超 200.00"}} {
		d, led := office(t, c.lang, c.cols, 16)
		street(t, led, 12)
		d.Press("3", "ctrl+t").Expect("2026三八").Press("space", "space", "space").Expect(c.left).Press("space").Expect(c.over)
	}
}

// The sheet to sign and the list of who is missing, from the grid, with the
// reader asked and the path said.
func TestGridWrites(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	street(t, led, 3)
	openGrid(d).Press("w").Expect("发放明细表").ExpectNot("签领表：").Press("enter", "enter").Expect("还没有登记过慰问金或慰问品，没有写文件")
	d.Press("space", "space").Expect("勾 2 人").Press("w").Expect("签领表：").Press("2").Expect("给谁看").ExpectNot("公示").Press("enter").Expect("已写好")
	if n := len(visits(t, led)); n != 0 {
		t.Fatalf("printing entered %d visits", n)
	}
	d.Press("ctrl+s").Expect("已登记 2 人")
	d.Press("ctrl+o").Expect("写成文件：").Expect("发放明细表").Expect("还没走访的名单").Press("esc").ExpectNot("写成文件：").Expect("2026三八")
	d.Press("w").Press("enter").Expect("给谁看").Press("3").Expect("已写好").Press("down").ExpectNot("已写好")
	d.Press("ctrl+o").Type("2").Expect("给谁看").ExpectNot("公示").Press("enter").Expect("已写好")
	folder := filepath.Join(filepath.Dir(led.Path()), "exports")
	read := func(name string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	sheet := read("payout-2026三八-20260308.html")
	if !strings.Contains(sheet, "另有不足3人因未成年或未同意公开") || strings.Contains(sheet, "张*英") || strings.Contains(sheet, "张桂英") { // nobody was asked
		t.Error(sheet)
	}
	sign := read("sign-2026三八-20260308.html")
	if !strings.Contains(sign, "签领表") || !strings.Contains(sign, "人民币壹仟陆佰元整") || !strings.Contains(sign, "张桂英") || strings.Contains(sign, "已签") || !strings.Contains(sign, "还没有登记") {
		t.Error(sign)
	}
	missing := read("missing-2026三八-20260308.txt")
	if !strings.Contains(missing, "应走访 3 户 3 人，已走访 2 户 2 人") || !strings.Contains(missing, "𠮷田花子") || strings.Contains(missing, "张桂英") {
		t.Error(missing)
	}
}
