package db_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// Recent gives what was entered last, whatever its date, without what was
// voided or deleted, and only the values asked for, over several short visits.
func TestRecent(t *testing.T) {
	led := dbtest.New(t)
	ctx, actor := context.Background(), dbtest.Actor(t, led)
	var ops []db.Op
	for i := range 300 {
		ops = append(ops, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{
			"date": model.NewDate(2026, 3, 8).AddDays(-i), "title": fmt.Sprint("活动", i), "lines": []string{"文体"},
			"venue": model.Ref{Text: "广场"}, "attend_total": int64(30)}})
	}
	if _, err := led.Write(ctx, actor, db.RequestID{}, ops...); err != nil {
		t.Fatal(err)
	}
	if _, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Void, ID: "A-2026-0300", Base: 1, Reason: "重复"},
		db.Op{Kind: db.Delete, ID: "A-2026-0298", Base: 1}); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 3, 298, 1000} {
		got, err := led.Recent(ctx, "activity", n, "title")
		if err != nil || len(got) != min(n, 298) {
			t.Fatalf("%d: %d records, %v", n, len(got), err)
		}
		for i, r := range got {
			if r.Created.By != actor.Staff || len(r.Values) != 1 || i > 0 && r.ID >= got[i-1].ID {
				t.Fatalf("%d: %s %v by %s", i, r.ID, r.Values, r.Created.By)
			}
		}
		if n == 3 && (got[0].ID != "A-2026-0299" || got[1].ID != "A-2026-0297") {
			t.Errorf("%s, %s", got[0].ID, got[1].ID)
		}
	}
	if got, err := led.Recent(ctx, "visit", 10, "date"); err != nil || len(got) != 0 {
		t.Errorf("an empty register: %v, %v", got, err)
	}
	if _, err := led.Recent(ctx, "没有", 10, "date"); err == nil {
		t.Error("an unknown register")
	}
}

// A year ago is the same days before the festival, and the same week.
func TestYearAgo(t *testing.T) {
	led := dbtest.New(t)
	ctx, actor := context.Background(), dbtest.Actor(t, led)
	for _, day := range []model.Date{model.NewDate(2025, 1, 19), model.NewDate(2025, 2, 9), model.NewDate(2025, 2, 25), model.NewDate(2025, 6, 1)} {
		if _, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{
			"date": day, "title": "活动" + day.String(), "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(30)}}); err != nil {
			t.Fatal(err)
		}
	}
	// 2026-02-07 is ten days before 春节 2026; 春节 2025 was on 01-29.
	got, err := led.YearAgo(ctx, model.NewDate(2026, 2, 7), 10, "activity", "visit")
	var days []string
	for _, r := range got {
		days = append(days, r.Date().String())
	}
	if err != nil || !slices.Equal(days, []string{"2025-01-19", "2025-02-09"}) {
		t.Errorf("%v, %v", days, err)
	}
}

// Holding finds a number however it is written, in blocks with a filter and
// without, and nothing but that number; Between finds by day.
func TestFinder(t *testing.T) {
	led := dbtest.New(t)
	ctx, actor := context.Background(), dbtest.Actor(t, led)
	const people = 700 // two blocks of 256 have a filter, the third has none
	var ops []db.Op
	for i := range people {
		ops = append(ops, db.Op{Kind: db.Add, Register: "person", Values: model.Values{
			"name": fmt.Sprint("居民", i), "birth": model.NewDate(1950, 1, 1), "phone": fmt.Sprintf("138%08d", i)}})
	}
	if _, err := led.Write(ctx, actor, db.RequestID{}, ops...); err != nil {
		t.Fatal(err)
	}
	if _, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Void, ID: "P-2026-0003", Base: 1, Reason: "重复"}); err != nil {
		t.Fatal(err)
	}
	for _, finder := range []func(func(model.Finder)){
		func(f func(model.Finder)) { f(led.Book(ctx)) },
		func(f func(model.Finder)) {
			if err := led.View(ctx, func(s *db.Snapshot) error { f(s); return nil }); err != nil {
				t.Error(err)
			}
		},
	} {
		finder(func(f model.Finder) {
			for _, i := range []int{0, 1, 255, 256, 511, 512, 699} {
				want := model.FormatID("P", 2026, i+1)
				if got := f.Holding("person", "phone", fmt.Sprintf("138 %04d-%04d", i/10000, i%10000), 5); !slices.Equal(got, []string{want}) {
					t.Errorf("%d: %v, want %s", i, got, want)
				}
			}
			for _, none := range []string{"13800000002", "13899999999", "138", ""} { // the first is void
				if got := f.Holding("person", "phone", none, 5); got != nil {
					t.Errorf("%q: %v", none, got)
				}
			}
			if got := f.Holding("person", "name", "居民1", 5); got != nil {
				t.Errorf("a name is no number: %v", got)
			}
			today := model.NewDate(2026, 3, 8)
			if got := f.Between("person", today, today, 10); len(got) != 10 {
				t.Errorf("%v", got)
			}
			if got := f.Between("person", today.AddDays(1), today.AddDays(9), 10); got != nil {
				t.Errorf("%v", got)
			}
		})
	}
}

// BenchmarkRecent is what a form reads of 2,000 earlier records.
func BenchmarkRecent(b *testing.B) {
	led := dbtest.New(b)
	ctx := context.Background()
	actor, err := led.Actor(ctx)
	if err != nil {
		b.Fatal(err)
	}
	for range 5 {
		ops := make([]db.Op, 2000)
		for i := range ops {
			ops[i] = db.Op{Kind: db.Add, Register: "activity", Values: model.Values{
				"date": model.NewDate(2026, 3, 8).AddDays(-i % 365), "title": fmt.Sprint("庆祝“三八”妇女节趣味运动会第", i, "场"), "lines": []string{"文体", "妇女儿童"},
				"venue": model.Ref{Text: "文化广场"}, "attend_total": int64(30)}}
		}
		if _, err := led.Write(ctx, actor, db.RequestID{}, ops...); err != nil {
			b.Fatal(err)
		}
	}
	keys := led.Schema().Register("activity").Recalls()
	b.ReportAllocs()
	for b.Loop() {
		if got, err := led.Recent(ctx, "activity", 2000, keys...); err != nil || len(got) != 2000 {
			b.Fatal(len(got), err)
		}
	}
}
