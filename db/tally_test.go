package db_test

import (
	"slices"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
)

// Counting by month, through the register or by the index, comes to what going
// through the records does.
func TestByMonth(t *testing.T) {
	o := newOffice(t)
	for i := range 200 {
		o.add("activity", model.Values{
			"date": model.NewDate(2025+i%3, 1+i%7, 1+i%28), "title": "文艺演出", "lines": []string{[]string{"文体", "党建"}[i%2]}, "role": "主办",
			"venue": model.Ref{Text: "文化广场"}, "attend_total": int64(20 + i), "volunteer_hours": model.Dec(1500 * i), "held": "已举办",
		})
	}
	half, err := model.ParseDate("2025H1")
	if err != nil {
		t.Fatal(err)
	}
	o.add("activity", model.Values{"date": half, "title": "旧册所记", "lines": []string{"文体"}, "role": "主办",
		"venue": model.Ref{Text: "文化广场"}, "attend_total": int64(7), "held": "已举办"})
	void := o.add("activity", model.Values{"date": model.NewDate(2025, 1, 1), "title": "作废的", "lines": []string{"文体"}, "role": "主办",
		"venue": model.Ref{Text: "文化广场"}, "attend_total": int64(999), "held": "已举办"})
	if _, err := o.Write(ctx, o.actor, db.RequestID{}, db.Op{Kind: db.Void, ID: void, Reason: "重复"}); err != nil {
		t.Fatal(err)
	}
	defer db.SetVisitTime(50 * time.Microsecond)() // so that it takes many visits
	year := model.YearOf(model.NewDate(2026, 1, 1))
	sums := []*model.Field{model.Activity.Field("attend_total"), model.Activity.Field("volunteer_hours")}
	for _, q := range []db.Query{
		{Register: "activity"},
		{Register: "activity", Period: &year},
		{Register: "activity", Where: []db.Cond{{Field: "lines", Values: []any{"党建"}}}},
		{Register: "activity", Text: "旧册"},
		{Register: "partner"},
	} {
		var want []db.Tally
		q.States = []model.State{model.Final}
		err := o.Scan(ctx, q, nil, func(r *model.Record) error {
			d := r.Date()
			if d.Precision == model.ByDay {
				d.Day, d.Precision = 1, model.ByMonth
			}
			i := slices.IndexFunc(want, func(m db.Tally) bool { return m.Month == d })
			if i < 0 {
				i = len(want)
				want = append(want, db.Tally{Month: d, Sums: make([]int64, len(sums))})
			}
			want[i].Records++
			want[i].Sums[0] += model.ActivityAttendTotal.Of(r)
			hours, _ := r.Values["volunteer_hours"].(model.Dec)
			want[i].Sums[1] += int64(hours)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(want, func(a, b db.Tally) int { return b.Month.Compare(a.Month) })
		for _, fields := range [][]*model.Field{sums, nil} {
			got, err := o.ByMonth(ctx, q, fields)
			if err != nil {
				t.Fatal(err)
			}
			same := func(a, b db.Tally) bool {
				return a.Month == b.Month && a.Records == b.Records && (fields == nil || slices.Equal(a.Sums, b.Sums))
			}
			if !slices.EqualFunc(got, want, same) {
				t.Errorf("%+v:\n%v, want\n%v", q, got, want)
			}
		}
	}
	if months, err := o.ByMonth(ctx, db.Query{Register: "activity"}, sums); err != nil || len(months) != 22 {
		t.Error(len(months), err)
	}
}

func BenchmarkByMonth(b *testing.B) {
	l := bigLedger(b)
	sums := []*model.Field{model.Activity.Field("attend_total")}
	for b.Loop() {
		if months, err := l.ByMonth(ctx, db.Query{Register: "activity"}, sums); err != nil || len(months) < 12 {
			b.Fatal(len(months), err)
		}
	}
}
