package db_test

import (
	"context"
	"fmt"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// Budgets on a real file: the columns used and left, in a visit and outside one,
// after a reversal too.
func TestWalk(t *testing.T) {
	led := dbtest.New(t)
	ctx, actor := context.Background(), dbtest.Actor(t, led)
	write := func(ops ...db.Op) db.Result {
		t.Helper()
		res, err := led.Write(ctx, actor, db.RequestID{}, ops...)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	year := model.NewDate(2026, 1, 1)
	year.Precision = model.ByYear
	budget := write(db.Op{Kind: db.Add, Register: "budget", Values: model.Values{"fund": "党费", "from": year, "amount": model.Money(5_000_00)}}).Records[0].ID
	write(db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": "张桂英", "birth": model.NewDate(1950, 1, 1)}})
	var ops []db.Op
	for i := range 100 {
		ops = append(ops, db.Op{Kind: db.Add, Register: "visit", Values: model.Values{"date": model.NewDate(2026, 1, 1).AddDays(i - 50), "person": model.Ref{ID: "P-2026-0001"},
			"household": model.Ref{Text: "和平小区3号楼"}, "visitors": []model.Ref{{Text: "李敏"}}, "way": "入户",
			"amount": model.Money(100_01), "fund": []string{"党费", "工会"}[i%2], "receipt": "已签"}})
	}
	write(ops...)
	write(db.Op{Kind: db.Void, ID: "V-2026-0061", Reason: "重复发放"})
	const used = 24 * model.Money(100_01) // of 50 from 1 January on every other, one reversed
	check := func(what string, book model.Book) {
		t.Helper()
		b := book.Record(budget)
		c := &model.Context{Schema: led.Schema(), Book: book, Now: led.Now()}
		for key, want := range map[string]model.Money{"used": used, "left": 5_000_00 - used} {
			if got := b.Register.Field(key).Computed(b, c); got != want {
				t.Errorf("%s, %s: %v, want %s", what, key, got, want)
			}
		}
	}
	if err := led.View(ctx, func(s *db.Snapshot) error { check("in a visit", s); return nil }); err != nil {
		t.Fatal(err)
	}
	book := led.Book(ctx)
	check("outside", book)
	check("remembered", book)
	if err := book.Err(); err != nil {
		t.Error(err)
	}
}

// BenchmarkBudget is what one budget costs in a list, over a year's visits.
func BenchmarkBudget(b *testing.B) {
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			led := dbtest.New(b)
			ctx, actor := context.Background(), dbtest.Actor(b, led)
			ops := []db.Op{{Kind: db.Add, Register: "budget", Values: model.Values{"fund": "党费", "amount": model.Money(5_000_00)}},
				{Kind: db.Add, Register: "person", Values: model.Values{"name": "张桂英", "birth": model.NewDate(1950, 1, 1)}}}
			for i := range n - 2 {
				ops = append(ops, db.Op{Kind: db.Add, Register: "visit", Values: model.Values{"date": model.NewDate(2026, 1, 1).AddDays(i % 60), "person": model.Ref{ID: "P-2026-0001"},
					"household": model.Ref{Text: "和平小区3号楼"}, "visitors": []model.Ref{{Text: "李敏"}}, "way": "入户", "amount": model.Money(100_01), "fund": "党费", "receipt": "已签"}})
			}
			if _, err := led.Write(ctx, actor, db.RequestID{}, ops...); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := led.View(ctx, func(s *db.Snapshot) error {
					c := &model.Context{Schema: led.Schema(), Book: s, Now: led.Now()}
					if _, ok := c.Used(s.Record("F-2026-0001")); !ok {
						b.Fatal("not told")
					}
					return nil
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
