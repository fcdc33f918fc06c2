package tui

import (
	"context"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// A payment that was signed for: its money is changed with a reason, its other
// fields without; it cannot be deleted, and voiding it reads as a reversal.
func TestPayment(t *testing.T) {
	for _, c := range []struct {
		lang                                                       model.Lang
		start, why, needed, saved, reversing, reversed, gone, said string
	}{
		{model.ZH, "没有记录", "改已签领的款物要写原因", "请写明原因", "已保存 V-2026-0001", "冲销的原因", "已冲销，记录仍可查", "冲销：重复发放", "[冲销]"},
		{model.EN, "Nothing", "why is it changed?", "give the reason", "V-2026-0001", "Reason why it is reversed", "is reversed", "reversed: 重复发放", "[reversed]"},
	} {
		d, led := office(t, c.lang, 80, 24)
		p := add(t, led, "person", "name", "张桂英", "birth", "1950-01-01")
		add(t, led, "visit", "date", "2026-03-05", "person", p, "household", "和平小区", "visitors", "李敏", "amount", "800", "fund", "党费", "receipt", "已签")
		d.Press("3").Expect("800.00").Press("enter").Expect("V-2026-0001").Press("enter").Expect("*")
		label := func(key string) string { return model.Visit.Field(key).Words.In(c.lang) }
		goTo(t, d, label("amount"))
		d.Press("ctrl+u").Type("500").Press("ctrl+s").Expect(c.why).Press("enter").Expect(c.needed)
		d.Press("esc").ExpectNot(c.why)
		expectField(t, d, label("amount"), "500")
		if v := get(t, led, "V-2026-0001"); model.VisitAmount.Of(v) != 80000 || v.Version != 1 {
			t.Fatalf("changed without a reason: %v", v.Values)
		}
		d.Press("ctrl+s").Expect(c.why).Type("账上记错").Press("enter").Expect(c.saved).Expect("账上记错").Expect("500.00")
		d.Until("the second version with its reason", func() bool {
			hist, err := led.History(context.Background(), "V-2026-0001")
			return err == nil && len(hist) == 2 && hist[1].Entry.Reason == "账上记错"
		})
		d.Expect(map[model.Lang]string{model.ZH: "第2版", model.EN: "v2"}[c.lang])
		d.Press("enter").Expect("*")
		goTo(t, d, label("voucher_no"))
		d.Type("PZ-1").Press("ctrl+s").Expect(map[model.Lang]string{model.ZH: "第3版", model.EN: "v3"}[c.lang])

		if c.lang == model.ZH {
			d.Press("ctrl+d").Expect("不能删除")
		}
		d.Press("ctrl+x").Expect(c.reversing).Press("enter").Expect(c.needed).Type("重复发放").Press("enter").Expect(c.reversed).Expect(c.gone)
		d.Press("enter").ExpectNot("Ctrl-S").Press("esc").Expect(c.said).Expect("V-2026-0001")
		if used := spentOf(t, led, "党费"); used != 0 {
			t.Errorf("a reversed payment counts: %s", used)
		}
	}
}

// spentOf is what a budget of this year says was used of a source.
func spentOf(t *testing.T, led *db.Ledger, fund string) (used model.Money) {
	t.Helper()
	id := add(t, led, "budget", "fund", fund, "amount", "1000")
	if err := led.View(context.Background(), func(sn *db.Snapshot) error {
		c := &model.Context{Schema: led.Schema(), Book: sn, Now: led.Now()}
		used, _ = c.Used(sn.Record(id))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return used
}

// On the form, a payment over the budget of its source is a question that names
// the budget; answered, it is saved.
func TestFormOverTheBudget(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	p := add(t, led, "person", "name", "张桂英", "birth", "1950-01-01")
	add(t, led, "budget", "fund", "党费", "from", "2026", "amount", "1000")
	add(t, led, "visit", "date", "2026-03-05", "person", p, "household", "和平小区", "visitors", "李敏", "amount", "800", "fund", "党费")
	d.Press("3").Expect("800.00").Press("enter").Expect("第1版").Press("enter").Expect("*")
	goTo(t, d, "慰问金")
	d.Press("ctrl+u").Type("1000").Press("ctrl+s").Expect("第2版").Press("enter").Expect("*")
	goTo(t, d, "慰问金")
	d.Press("ctrl+u").Type("1000.01").Press("ctrl+s").Expect("请核对").Expect("已用 0.00 元，加上这一笔超出 0.01 元").Expect("F-2026-0001")
	if v := get(t, led, "V-2026-0001"); model.VisitAmount.Of(v) != 1000_00 {
		t.Fatalf("saved before the answer: %v", v.Values)
	}
	d.Press("ctrl+s").Expect("第3版").Expect("1,000.01")
}
