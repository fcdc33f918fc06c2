package tui

import (
	"context"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// The board from an empty ledger: the default catalogue with one key, the people
// asked once; then a period is begun from its cell, and the next one begins with
// its text.
func TestBoard(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	for _, name := range []string{"李拟", "王审", "赵批"} {
		add(t, led, "staff", "name", name, "roles", "录入")
	}
	d.Press("2").Expect("这个期间没有记录").Press("ctrl+t").Expect("公开目录是空的").Expect("18项")
	d.Press("d").Expect("责任人（拟稿）").Type("李拟").Press("enter")
	d.Expect("审核人").Type("王审").Press("enter").Expect("审批人").Type("赵批").Press("enter").Expect("已登记默认目录 18 项")
	items, err := led.List(context.Background(), db.Query{Register: "catalogue"})
	if err != nil || len(items) != 18 {
		t.Fatal(len(items), err)
	}
	for _, r := range items {
		if !model.CatalogueDrafter.Has(r) || model.CatalogueReviewer.Of(r) == model.CatalogueApprover.Of(r) || !model.CatalogueBasis.Has(r) || model.CatalogueVersion.Of(r) != 1 {
			t.Errorf("%s: %v", r.ID, r.Values)
		}
	}
	d.Expect("2026年公开看板").Expect("未").Expect("1/18").Press("d").Expect("公开目录里已有事项")

	// The item of two months: the first cell is B2, the office began in March.
	d.Press("down").Expect("2026年第2期（3—4月）").Expect("未起草").Expect("应公开 2026-05-15").Expect("还有68天")
	d.Press("enter").Expect("标题")
	d.Press("esc")
	item := ""
	for _, r := range items {
		if model.CatalogueTopic2.Of(r) == "党员学习、三会一课、主题党日" {
			item = r.ID
		}
	}
	add(t, led, "issue", "item", item, "period", "2026-B2", "body", "党员大会一次，党课一次。")
	d.Expect("稿").Expect("草稿").Expect("D-2026-0001")
	d.Press("n").Expect("D-2026-0001 已经起草")
	d.Press(".").Expect("2026年第3期（5—6月）").Expect("未起草").Press("enter").Expect("党员大会一次，党课一次。").Press("esc")
	d.Press(",").Expect("2026年第2期").Press("enter").Expect("D-2026-0001").Press("esc")
	d.Press("tab").Expect("应办").Expect("D-2026-0001").Press("tab").Expect("待撤下").Expect("这里没有").Press("tab").Expect("归档").Press("tab").Expect("全部")
	d.Press("right").Expect("2027年公开看板").Press("left").Press("left").Expect("2025年公开看板")
}

// An empty list of the catalogue says where the default one is entered; the foot
// counts the opinions of the year.
func TestBoardFromTheEmptyCatalogue(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("7").Expect("公开目录是空的。按 t").Press("t").Expect("按 d 用默认目录").Press("esc").Expect("公开目录是空的").Press("esc")
	boss := add(t, led, "staff", "name", "王审", "roles", "录入")
	item := add(t, led, "catalogue", "no", "1", "class", "财务", "topic1", "月度收支", "cadence", "月", "body_org", "居委会", "reviewer", boss, "approver", boss, "from", "2026-01-01")
	issue := add(t, led, "issue", "item", item, "period", "2026-03", "body", "本月收支如下。")
	d.Press("7").Expect("月度收支").Press("t").Expect("应公开").ExpectNot("意见")
	d.Press("esc")
	add(t, led, "opinion", "date", "2026-02-20", "issue", issue, "channel", "热线", "topic", "其他", "content", "看不清", "owner", boss)
	add(t, led, "opinion", "date", "2026-03-01", "issue", issue, "channel", "来访", "topic", "其他", "content", "没有合计", "owner", boss, "answer", "已补合计", "answered_on", "2026-03-02")
	d.Press("t").Expect("意见 收2 答1 按期1 待答1")
}

// Small and English.
func TestBoardSmall(t *testing.T) {
	d, led := office(t, model.EN, 60, 16)
	boss := add(t, led, "staff", "name", "王审", "roles", "录入")
	add(t, led, "catalogue", "no", "1", "class", "财务", "topic1", "月度收支", "cadence", "月", "body_org", "居委会", "reviewer", boss, "approver", boss, "from", "2026-01-01")
	d.Press("2").Expect("Nothing in this period").Press("ctrl+t").Expect("Disclosures of 2026").Expect("!-").Expect("due 2026-02-15").Expect("!21 days overdue")
	d.Expect("finance due 1 posted 0 in time 0, 0.0%")
	for range 12 {
		d.Press("]")
	}
	d.Expect("December 2026").ExpectNot("overdue")
}
