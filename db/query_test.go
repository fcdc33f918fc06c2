package db_test

import (
	"fmt"
	"slices"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

func TestQueries(t *testing.T) {
	o := newOffice(t)
	day := func(m, d int) model.Date { return model.NewDate(2026, m, d) }
	half := model.Date{Year: 2026, Month: 1, Day: 1, Precision: model.ByHalf}
	hall := o.add("venue", venue("多功能厅"))
	activity := func(d model.Date, title string, lines ...string) string {
		return o.add("activity", model.Values{"date": d, "title": title, "lines": lines, "role": "主办",
			"venue": model.Ref{ID: hall}, "attend_total": int64(10), "held": "已举办", "x_no": title[len(title)-1:]})
	}
	a := activity(day(3, 5), "学雷锋A", "党建")
	b := activity(day(3, 8), "三八手工b", "妇联", "文体")
	c := activity(day(3, 5), "义诊c", "党建", "文体")
	d := activity(half, "上半年汇总d", "文体")
	period := func(s string) *model.Period {
		p, err := model.ParsePeriod(s)
		if err != nil {
			t.Fatal(err)
		}
		return &p
	}
	for name, q := range map[string]struct {
		db.Query
		want []string
	}{
		"newest first":         {db.Query{}, []string{b, c, a, d}},
		"month":                {db.Query{Period: period("2026-03")}, []string{b, c, a}},
		"half holds the half":  {db.Query{Period: period("2026H1")}, []string{b, c, a, d}},
		"January does not":     {db.Query{Period: period("2026-01")}, nil},
		"one of several":       {db.Query{Where: []db.Cond{{Field: "lines", Values: []any{"党建"}}}}, []string{c, a}},
		"either of two":        {db.Query{Where: []db.Cond{{Field: "lines", Values: []any{"党建", "妇联"}}}}, []string{b, c, a}},
		"both conditions":      {db.Query{Where: []db.Cond{{Field: "lines", Values: []any{"党建"}}, {Field: "lines", Values: []any{"文体"}}}}, []string{c}},
		"by reference":         {db.Query{Where: []db.Cond{{Field: "venue", Values: []any{model.Ref{ID: hall}}}}, Limit: 1}, []string{b}},
		"by date":              {db.Query{Where: []db.Cond{{Field: "date", Values: []any{day(3, 8)}}}}, []string{b}},
		"blank":                {db.Query{Where: []db.Cond{{Field: "cost", Values: []any{nil}}}}, []string{b, c, a, d}},
		"own key":              {db.Query{Where: []db.Cond{{Field: "x_no", Values: []any{"c"}}}}, []string{c}},
		"text of a field":      {db.Query{Where: []db.Cond{{Field: "title", Text: "雷锋a"}}}, []string{a}},
		"Chinese text":         {db.Query{Text: "义诊"}, []string{c}},
		"any case":             {db.Query{Text: "手工B"}, []string{b}},
		"id":                   {db.Query{Text: "a-2026-0002"}, []string{b}},
		"name of a reference":  {db.Query{Text: "多功能"}, []string{b, c, a, d}},
		"only in some fields":  {db.Query{Text: "多功能", In: []string{"title"}}, nil},
		"pinyin initials":      {db.Query{Text: "sbsg"}, []string{b}},
		"pinyin of reference":  {db.Query{Text: "dgnt"}, []string{b, c, a, d}},
		"nothing such":         {db.Query{Text: "没有"}, nil},
		"offset and limit":     {db.Query{Offset: 1, Limit: 2}, []string{c, a}},
		"void ones":            {db.Query{States: []model.State{model.Void}}, nil},
		"text and period":      {db.Query{Text: "文体", Period: period("2026Q1")}, []string{b, c}},
		"limit beyond the end": {db.Query{Limit: 100}, []string{b, c, a, d}},
	} {
		t.Run(name, func(t *testing.T) {
			q.Register = "activity"
			ids := func(list []*model.Record) (out []string) {
				for _, r := range list {
					out = append(out, r.ID)
				}
				return out
			}
			list, err := o.List(ctx, q.Query)
			if err != nil || !slices.Equal(ids(list), q.want) {
				t.Errorf("listed %v, want %v (%v)", ids(list), q.want, err)
			}
			err = o.View(ctx, func(s *db.Snapshot) error {
				list, err := s.List(q.Query)
				if !slices.Equal(ids(list), q.want) {
					t.Errorf("in a visit: %v, want %v", ids(list), q.want)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			keys, err := o.Keys(ctx, q.Query, nil)
			if err != nil {
				t.Fatal(err)
			}
			recs, err := o.Load(ctx, "activity", keys)
			if err != nil || !slices.Equal(ids(recs), q.want) {
				t.Errorf("keys %v, want %v (%v)", ids(recs), q.want, err)
			}
		})
	}
	some, err := o.List(ctx, db.Query{Register: "activity", Fields: []string{"title", "lines"}, Limit: 1})
	if err != nil || len(some) != 1 || len(some[0].Values) != 2 || some[0].ID != b {
		t.Errorf("chosen fields: %+v, %v", some, err)
	}
	if n, err := o.Count(ctx, "activity", period("2026Q1")); err != nil || n != 3 {
		t.Errorf("counted %d, %v", n, err)
	}
	_ = o.View(ctx, func(s *db.Snapshot) error {
		if got := s.Referring("activity", hall); !slices.Equal(got, []string{a, b, c, d}) {
			t.Errorf("referring: %v", got)
		}
		if got := s.Named("venue", "多功能厅"); !slices.Equal(got, []string{hall}) {
			t.Errorf("named: %v", got)
		}
		if got := s.Named("venue", "多功能"); got != nil {
			t.Errorf("half a name: %v", got)
		}
		if s.Name(hall) != "多功能厅" {
			t.Errorf("name %q", s.Name(hall))
		}
		return nil
	})
}

// A scan of many visits meets every record once.
func TestLongScan(t *testing.T) {
	o := newOffice(t)
	const n = 3000
	for i := 0; i < n; i += 1000 {
		var ops []db.Op
		for j := range 1000 {
			v := venue(fmt.Sprintf("场地%d", i+j))
			v["hours"] = fmt.Sprintf("%01000d", i)[:60]
			ops = append(ops, db.Op{Kind: db.Add, Register: "venue", Values: v})
		}
		o.must(ops...)
	}
	seen := map[string]bool{}
	last, total := 0, 0
	err := o.Scan(ctx, db.Query{Register: "venue"}, func(done, all int) { last, total = done, all }, func(r *model.Record) error {
		if seen[r.ID] {
			t.Errorf("%s met twice", r.ID)
		}
		seen[r.ID] = true
		return nil
	})
	if err != nil || len(seen) != n || last != n || total != n {
		t.Errorf("%d records, progress %d of %d, %v", len(seen), last, total, err)
	}
}
