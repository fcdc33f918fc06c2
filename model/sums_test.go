package model

import (
	"math"
	"testing"
)

func TestSums(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		f      *Field
		text   string
		zh, en string
	}{
		{Visit.Field("goods"), "米 2 袋 45；油 1 桶 39.9；米 1.5 袋 40", "3.5 袋、1 桶  合计 189.90", "3.5 袋, 1 桶  total 189.90"},
		{Visit.Field("goods"), "米；油", "", ""},
		{Visit.Field("goods"), "蛋糕 | | | 88", "合计 88.00", "total 88.00"},
		{Activity.Field("results"), "4户 五好家庭；9人；2户 文明户", "6 户、9 人", "6 户, 9 人"},
		{Issue.Field("finance"), "1 | 2026-01-08 | 收 | 党费 | 1200；2 | | 支 | 慰问品 | 1300.5", "收入 1,200.00  支出 1,300.50  结余 -100.50", "income 1,200.00  expense 1,300.50  balance -100.50"},
		{Person.Field("cats"), "低保户", "", ""},
	} {
		v, err := d.Parse(c.f, c.text)
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		for l, want := range map[Lang]string{ZH: c.zh, EN: c.en} {
			if got := d.SumText(c.f, v.([]Row), l); got != want {
				t.Errorf("%s: %q, want %q", c.text, got, want)
			}
		}
	}
	if got := Visit.Field("goods").Sums([]Row{{"price": Money(math.MaxInt64), "qty": Dec(3000)}}); got != nil {
		t.Errorf("an impossible total: %v", got)
	}
	if got := Issue.Field("finance").Sums([]Row{{"kind": "收", "amount": Money(math.MaxInt64)}, {"kind": "收", "amount": Money(1)}}); got != nil {
		t.Errorf("an impossible balance: %v", got)
	}
}
