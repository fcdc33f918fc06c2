package db_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// expected is what a record should be, kept beside the ledger in plain memory.
type expected struct {
	values  model.Values
	void    bool
	history []model.Values
}

// Random adds, edits from old and new versions, voids and retries, with the
// ledger opened anew for each step, against a map in memory.
func TestAgainstAModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		clock := dbtest.NewClock(dbtest.Start)
		l := dbtest.NewAt(t, clock)
		actor := dbtest.Actor(t, l)
		book := map[string]*expected{}
		var order []string
		var lastRequest db.RequestID
		var lastOp db.Op

		value := func(key string) any {
			if key == "capacity" {
				return int64(rapid.IntRange(0, 3).Draw(rt, key))
			}
			return rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(rt, key)
		}
		write := func(op db.Op) (db.Result, error) {
			lastRequest, _ = l.NewRequest()
			lastOp = op
			return l.Write(ctx, actor, lastRequest, op)
		}
		pick := func() string { return rapid.SampledFrom(order).Draw(rt, "id") }
		rt.Repeat(map[string]func(*rapid.T){
			"add": func(*rapid.T) {
				v := model.Values{"name": value("name"), "category": "室内", "capacity": value("capacity")}
				res, err := write(db.Op{Kind: db.Add, Register: "venue", Values: v})
				if err != nil {
					rt.Fatal(err)
				}
				id := res.Records[0].ID
				if want := fmt.Sprintf("L-2026-%04d", len(order)+1); id != want {
					rt.Fatalf("id %s, want %s", id, want)
				}
				order = append(order, id)
				book[id] = &expected{values: v}
			},
			"edit": func(*rapid.T) {
				if len(order) == 0 {
					rt.Skip()
				}
				id := pick()
				e := book[id]
				base := rapid.IntRange(1, len(e.history)+1).Draw(rt, "base")
				versions := append(slices.Clone(e.history), e.values)
				mine := model.Values{}
				for _, key := range []string{"name", "capacity", "place"} {
					if rapid.Bool().Draw(rt, "change "+key) {
						mine[key] = value(key)
					}
				}
				if rapid.Bool().Draw(rt, "clear place") {
					mine["place"] = nil
				}
				next, conflict := maps.Clone(e.values), false
				for k, v := range mine {
					was := versions[base-1][k]
					switch {
					case model.Equal(v, was), model.Equal(v, e.values[k]):
					case model.Equal(was, e.values[k]):
						if next[k] = v; model.Blank(v) {
							delete(next, k)
						}
					default:
						conflict = true
					}
				}
				_, err := write(db.Op{Kind: db.Edit, ID: id, Base: base, Values: mine})
				switch {
				case e.void:
					if err == nil {
						rt.Fatal("a void record was edited")
					}
				case conflict:
					if db.ExitCode(err) != db.ExitConflict {
						rt.Fatalf("no conflict: %v", err)
					}
				case err != nil:
					rt.Fatal(err)
				case !maps.EqualFunc(next, e.values, model.Equal):
					e.history, e.values = append(e.history, e.values), next
				}
			},
			"void": func(*rapid.T) {
				if len(order) == 0 {
					rt.Skip()
				}
				id := pick()
				if _, err := write(db.Op{Kind: db.Void, ID: id, Reason: "错"}); err != nil {
					rt.Fatal(err)
				}
				if e := book[id]; !e.void {
					e.void, e.history = true, append(e.history, e.values)
				}
			},
			"retry": func(*rapid.T) {
				if lastOp.Kind != db.Add || lastOp.Register == "" {
					rt.Skip()
				}
				res, err := l.Write(ctx, actor, lastRequest, lastOp)
				if err != nil || !res.Repeated {
					rt.Fatalf("%+v, %v", res, err)
				}
			},
			"": func(*rapid.T) {
				clock.Set(clock.Now().Add(time.Minute))
				l = dbtest.Open(t, l.Path(), clock)
				live := 0
				for id, e := range book {
					r, err := l.Get(ctx, id)
					if err != nil {
						rt.Fatal(err)
					}
					if !maps.EqualFunc(r.Values, e.values, model.Equal) || r.Version != len(e.history)+1 || (r.State == model.Void) != e.void {
						rt.Fatalf("%s is %+v, want %+v", id, r, e)
					}
					if !e.void {
						live++
					}
				}
				keys, err := l.Keys(ctx, db.Query{Register: "venue"}, nil)
				if err != nil || len(keys) != live {
					rt.Fatalf("%d listed, %d live, %v", len(keys), live, err)
				}
				if rep, err := l.Verify(ctx, nil); err != nil {
					rt.Fatalf("%v %+v", err, rep.Faults)
				}
			},
		})
	})
}
