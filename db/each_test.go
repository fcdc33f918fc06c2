package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// Each gives the records of keys in their order, with the fields asked for, and
// nil for what is no longer there.
func TestEach(t *testing.T) {
	o := newOffice(t)
	var keys []db.Key
	var want []string
	for i := range 300 {
		id := o.add("venue", venue(fmt.Sprintf("场地%d", i)))
		k, _ := db.KeyOf(id)
		keys, want = append(keys, k), append(want, id)
	}
	slices.Reverse(keys)
	slices.Reverse(want)
	gone, _ := db.KeyOf("L-2025-0001")
	keys = append(keys, gone)
	var got []string
	done, total := 0, 0
	err := o.Each(ctx, "venue", keys, []string{"name"}, func(d, n int) { done, total = d, n }, func(i int, r *model.Record) error {
		if i == len(want) {
			if r != nil {
				t.Errorf("a record that is not there: %v", r)
			}
			return nil
		}
		if len(r.Values) != 1 || r.Get("name") == nil {
			t.Errorf("%s has %v", r.ID, r.Values)
		}
		got = append(got, r.ID)
		return nil
	})
	if err != nil || !slices.Equal(got, want) || done != 301 || total != 301 {
		t.Errorf("%d records, %d of %d, %v", len(got), done, total, err)
	}
	stopped, cancel := context.WithCancel(ctx)
	n := 0
	err = o.Each(stopped, "venue", keys, nil, nil, func(int, *model.Record) error {
		n++
		cancel()
		return stopped.Err()
	})
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("cancelled after %d: %v", n, err)
	}
	if err := o.Each(ctx, "nothing", keys, nil, nil, func(int, *model.Record) error { return nil }); err == nil {
		t.Error("a register that is not there")
	}
}

// Nearest finds the row of a day in either order, or the one next to it.
func TestNearest(t *testing.T) {
	o := newOffice(t)
	var keys []db.Key
	for _, day := range []string{"2026-03-01", "2026-02-10", "2026-02-10", "2026-01-05"} { // newest first
		id := o.add("activity", activity(day))
		k, _ := db.KeyOf(id)
		keys = append(keys, k)
	}
	back := slices.Clone(keys)
	slices.Reverse(back)
	for _, tc := range []struct {
		day, found string
		at, back   int
	}{
		{"2026-03-08", "2026-03-01", 0, 3}, {"2026-03-01", "2026-03-01", 0, 3}, {"2026-02-25", "2026-03-01", 0, 3},
		{"2026-02-15", "2026-02-10", 1, 2}, {"2026-02-10", "2026-02-10", 1, 1}, {"2026-01-20", "2026-01-05", 3, 0}, {"2020-01-01", "2026-01-05", 3, 0},
	} {
		day, _ := model.ParseDate(tc.day)
		at, found, err := o.Nearest(ctx, "activity", keys, false, day)
		if err != nil || found.String() != tc.found || found.String() != dateAt(o, keys[at]) {
			t.Errorf("%s: place %d, %s, %v", tc.day, at, found, err)
		}
		up, found, err := o.Nearest(ctx, "activity", back, true, day)
		if err != nil || found.String() != tc.found || found.String() != dateAt(o, back[up]) {
			t.Errorf("%s ascending: place %d, %s, %v", tc.day, up, found, err)
		}
	}
	o.delete(keys[0].ID(model.Activity)) // it still stands in a list that was read before
	if _, _, err := o.Nearest(ctx, "activity", keys, false, model.NewDate(2026, 2, 10)); err != nil {
		t.Error(err)
	}
	if at, found, err := o.Nearest(ctx, "activity", nil, false, model.NewDate(2026, 1, 1)); at != 0 || !found.IsZero() || err != nil {
		t.Errorf("in an empty list: %d %s %v", at, found, err)
	}
}

func dateAt(o *office, k db.Key) string { return o.get(k.ID(model.Activity)).Date().String() }

func activity(day string) model.Values {
	d, _ := model.ParseDate(day)
	return model.Values{"date": d, "title": "邻里节", "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(30)}
}

// What may go goes in one transaction, what must stay stays with its reason, and
// all of it comes back by one undo.
func TestWriteSome(t *testing.T) {
	o := newOffice(t)
	hall, free := o.add("venue", venue("多功能厅")), o.add("venue", venue("阅览室"))
	v := activity("2026-03-01")
	v["venue"] = model.Ref{ID: hall}
	act := o.add("activity", v)
	req, _ := o.NewRequest()
	ops := []db.Op{{Kind: db.Delete, ID: hall}, {Kind: db.Delete, ID: free}, {Kind: db.Delete, ID: "L-2026-0099"}, {Kind: db.Edit, ID: act, Values: model.Values{"attend_party": int64(31)}}}
	res, refused, err := o.WriteSome(ctx, o.actor, req, ops...)
	if err != nil || len(refused) != 3 || refused[0].Index != 0 || refused[1].Index != 2 || refused[2].Index != 3 {
		t.Fatalf("refused %v, %v", refused, err)
	}
	if !strings.Contains(model.Say(refused[0].Err, model.ZH), "还被引用") {
		t.Errorf("reason: %v", refused[0].Err)
	}
	if res.Records[0].ID != "" || res.Records[1].ID != free || !res.Records[1].Changed {
		t.Errorf("result %+v", res.Records)
	}
	if o.get(hall).State != model.Final || o.get(free).State != model.Deleted {
		t.Error("the wrong record was deleted")
	}
	again, _, err := o.WriteSome(ctx, o.actor, req, ops...)
	if err != nil || !again.Repeated || again.Seq != res.Seq {
		t.Errorf("a retry: %+v, %v", again, err)
	}
	other := o.add("venue", venue("棋牌室"))
	res, refused, err = o.WriteSome(ctx, o.actor, db.RequestID{}, db.Op{Kind: db.Edit, ID: hall, Values: model.Values{"name": "大厅"}}, db.Op{Kind: db.Edit, ID: other, Values: model.Values{"name": "小厅"}})
	if err != nil || refused != nil || len(res.Records) != 2 {
		t.Fatalf("%+v %v %v", res, refused, err)
	}
	if u, err := o.Undo(ctx, o.actor); err != nil || len(u.Records) != 2 || o.get(hall).Get("name") != "多功能厅" || o.get(other).Get("name") != "棋牌室" {
		t.Errorf("undo: %+v %v", u, err)
	}
	before, _ := o.Revision()
	if _, refused, err = o.WriteSome(ctx, o.actor, db.RequestID{}, db.Op{Kind: db.Delete, ID: hall}); err != nil || len(refused) != 1 {
		t.Errorf("all refused: %v %v", refused, err)
	}
	if after, _ := o.Revision(); after != before {
		t.Error("a write that changed nothing was stored")
	}
	if _, _, err := o.WriteSome(ctx, o.actor, db.RequestID{}, db.Op{Kind: db.Void, ID: hall, Reason: "重复"}); err == nil {
		t.Error("voiding in bulk")
	}
	o.clerk("李娜", "lina", "查看")
	if _, refused, err := o.WriteSome(ctx, model.Actor{Login: "lina"}, db.RequestID{}, db.Op{Kind: db.Delete, ID: other}); err != nil || len(refused) != 1 || o.get(other).State != model.Final {
		t.Errorf("deleted by who may only look: %v %v", refused, err)
	}
}
