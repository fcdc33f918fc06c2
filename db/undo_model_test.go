package db_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// paper is a record as kept beside the ledger in plain memory: all its versions.
type paper []sheet

type sheet struct {
	values model.Values
	state  model.State
	mine   bool
	fields []string // changed by this version
	at     time.Time
}

func (p paper) now() sheet { return p[len(p)-1] }

// step is one version of one record; a change is the steps of one transaction.
type step struct {
	id      string
	version int
}

// book is the office as it should be: the records, and the stacks of what I did
// and what I undid.
type book struct {
	records map[string]paper
	order   []string
	done    []change
	undone  []change
}

// change is what one transaction did and, once it is undone, what undid it.
type change struct{ did, undid []step }

func (b *book) put(id string, s sheet) step {
	b.records[id] = append(b.records[id], s)
	return step{id, len(b.records[id])}
}

// revert is what reverting steps should give: the steps that do it, in the order
// of the ledger, or false where it must be refused. Venues refer to nobody and
// nobody to them, so only what others did and the 90 days are against it.
func (b *book) revert(steps []step, now time.Time) (made []step, ok bool) {
	was := maps.Clone(b.records)
	for _, st := range slices.Backward(steps) {
		p := b.records[st.id]
		cur, after := p.now(), p[st.version-1]
		to := sheet{state: model.Deleted}
		if st.version > 1 {
			to = p[st.version-2]
		}
		others := slices.ContainsFunc(p[st.version:], func(s sheet) bool { return !s.mine })
		next := sheet{values: cur.values, state: to.state, mine: true, at: now}
		ok := cur.state == after.state
		switch {
		case to.state != after.state:
			ok = ok && !others && (cur.state != model.Deleted || now.Sub(cur.at) <= db.BinDays*24*time.Hour)
		default:
			next.values, next.fields = maps.Clone(cur.values), after.fields
			for _, k := range after.fields {
				ok = ok && model.Equal(cur.values[k], after.values[k])
				if next.values[k] = to.values[k]; to.values[k] == nil {
					delete(next.values, k)
				}
			}
		}
		if !ok {
			b.records = was
			return nil, false
		}
		made = append(made, b.put(st.id, next))
	}
	return made, true
}

// Random work of two clerks on the same venues, with deleting, restoring,
// undoing and redoing, the ledger opened anew for each step, against plain
// memory: every version's contents, who made it, what is listed, what lies in
// the bin, and the proof.
func TestUndoAgainstAModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		clock := dbtest.NewClock(dbtest.Start)
		l := dbtest.NewAt(t, clock)
		me := dbtest.Actor(t, l)
		li := model.Actor{Login: "li", Staff: dbtest.Add(t, l, "staff", model.Values{"name": "李", "login": "li", "roles": []string{"录入"}})}
		b := &book{records: map[string]paper{}}

		value := func(key string) any {
			if key == "capacity" {
				return int64(rapid.IntRange(0, 2).Draw(rt, key))
			}
			return rapid.SampledFrom([]any{"甲", "乙", nil}).Draw(rt, key)
		}
		pick := func() string {
			if len(b.order) == 0 {
				rt.Skip()
			}
			return rapid.SampledFrom(b.order[max(0, len(b.order)-4):]).Draw(rt, "id")
		}
		// op draws an operation on one record and plays it through on paper; ok is
		// false where it must be refused. made is nil where nothing changes.
		op := func(mine bool) (op db.Op, made []step, ok bool) {
			now := clock.Now()
			kind := rapid.SampledFrom([]db.OpKind{db.Edit, db.Edit, db.Void, db.Delete, db.Undelete}).Draw(rt, "kind")
			id := pick()
			cur := b.records[id].now()
			op = db.Op{Kind: kind, ID: id, Base: rapid.SampledFrom([]int{0, len(b.records[id])}).Draw(rt, "base"), Reason: "错"}
			next := sheet{values: cur.values, state: cur.state, mine: mine, at: now}
			switch kind {
			case db.Edit:
				if !cur.state.Live() {
					return op, nil, false
				}
				op.Values, next.values = model.Values{}, maps.Clone(cur.values)
				for _, key := range []string{"capacity", "place", "hours"} {
					if rapid.Bool().Draw(rt, "change "+key) {
						v := value(key)
						op.Values[key] = v
						if !model.Equal(v, cur.values[key]) {
							next.fields = append(next.fields, key)
						}
						if next.values[key] = v; v == nil {
							delete(next.values, key)
						}
					}
				}
				if next.fields == nil {
					return op, nil, true
				}
			case db.Void:
				if cur.state == model.Deleted || cur.state == model.Void {
					return op, nil, cur.state == model.Void
				}
				next.state = model.Void
			case db.Delete:
				if cur.state == model.Deleted {
					return op, nil, true
				}
				next.state = model.Deleted
			case db.Undelete:
				if cur.state != model.Deleted || now.Sub(cur.at) > db.BinDays*24*time.Hour {
					return op, nil, false
				}
				next.state = b.records[id][len(b.records[id])-2].state
			}
			return op, []step{b.put(id, next)}, true
		}
		add := func(mine bool) (db.Op, step) {
			v := model.Values{"name": "厅", "category": "室内", "capacity": int64(1)}
			year, serial := clock.Now().In(model.Zone).Year(), 1
			for _, id := range b.order {
				if strings.HasPrefix(id, fmt.Sprintf("L-%d-", year)) {
					serial++
				}
			}
			id := model.FormatID("L", year, serial)
			b.order = append(b.order, id)
			return db.Op{Kind: db.Add, Register: "venue", Values: v},
				b.put(id, sheet{values: maps.Clone(v), mine: mine, at: clock.Now()})
		}
		did := func(made []step) {
			if made != nil {
				b.done, b.undone = append(b.done, change{did: made}), nil
			}
		}
		write := func(a model.Actor, ops ...db.Op) error {
			_, err := l.Write(ctx, a, db.RequestID{}, ops...)
			return err
		}
		// back reverts steps in the ledger and on paper.
		back := func(do func() (db.Undone, error), steps []step) (made []step, ok bool) {
			made, ok = b.revert(steps, clock.Now())
			u, err := do()
			if (err == nil) != ok || ok && len(u.Records) != len(made) {
				rt.Fatalf("%+v, %v, want %+v, %v", u, err, made, ok)
			}
			return made, ok
		}
		rt.Repeat(map[string]func(*rapid.T){
			"add": func(*rapid.T) {
				o, st := add(true)
				if err := write(me, o); err != nil {
					rt.Fatal(err)
				}
				did([]step{st})
			},
			"mine": func(*rapid.T) {
				o, made, ok := op(true)
				if err := write(me, o); (err == nil) != ok {
					rt.Fatalf("%+v: %v", o, err)
				}
				did(made)
			},
			"theirs": func(*rapid.T) {
				o, _, ok := op(false)
				if err := write(li, o); (err == nil) != ok {
					rt.Fatalf("%+v: %v", o, err)
				}
			},
			"batch": func(*rapid.T) {
				was, order := maps.Clone(b.records), slices.Clone(b.order)
				first, st := add(true)
				second, made, ok := op(true)
				second.Base = 0
				if err := write(me, first, second); (err == nil) != ok {
					rt.Fatalf("%+v: %v", second, err)
				}
				if !ok {
					b.records, b.order = was, order
					return
				}
				did(append([]step{st}, made...))
			},
			"export": func(*rapid.T) {
				if _, err := l.Note(ctx, me, db.Event{Action: "export", Register: "venue"}); err != nil {
					rt.Fatal(err)
				}
			},
			"undo": func(*rapid.T) {
				n := len(b.done) - 1
				if n < 0 {
					rt.Skip() // what is left is li's own record
				}
				c := b.done[n]
				undid, ok := back(func() (db.Undone, error) { return l.Undo(ctx, me) }, c.did)
				if ok {
					b.done, b.undone = b.done[:n], append(b.undone, change{c.did, undid})
				}
			},
			"redo": func(*rapid.T) {
				n := len(b.undone) - 1
				if n < 0 {
					if u, err := l.Redo(ctx, me); err == nil {
						rt.Fatalf("nothing to redo, and yet %+v", u)
					}
					return
				}
				c := b.undone[n]
				if _, ok := back(func() (db.Undone, error) { return l.Redo(ctx, me) }, c.undid); ok {
					b.done, b.undone = append(b.done, change{did: c.did}), b.undone[:n]
				}
			},
			"months pass": func(*rapid.T) { clock.Set(clock.Now().AddDate(0, 0, 50)) },
			"": func(*rapid.T) {
				clock.Set(clock.Now().Add(time.Minute))
				l = dbtest.Open(t, l.Path(), clock)
				b.check(rt, l, me)
			},
		})
	})
}

// check compares the ledger with the paper.
func (b *book) check(rt *rapid.T, l *db.Ledger, me model.Actor) {
	now := l.Now()
	live, void, binned, past := 0, 0, 0, 0
	for id, p := range b.records {
		cur := p.now()
		r, err := l.Get(ctx, id)
		if err != nil || r.State != cur.state || r.Version != len(p) || !maps.EqualFunc(r.Values, cur.values, model.Equal) {
			rt.Fatalf("%s is %+v, %v, want %+v", id, r, err, cur)
		}
		h, err := l.History(ctx, id)
		if err != nil || len(h) != len(p) {
			rt.Fatalf("%s has %d versions, %v", id, len(h), err)
		}
		for i, v := range h {
			if (v.Entry.By == me.Staff) != p[i].mine || v.Record.State != p[i].state || !maps.EqualFunc(v.Record.Values, p[i].values, model.Equal) {
				rt.Fatalf("%s version %d is %+v, want %+v", id, i+1, v, p[i])
			}
		}
		switch {
		case cur.state.Live():
			live++
		case cur.state == model.Void:
			void++
		case now.Sub(cur.at) <= db.BinDays*24*time.Hour:
			binned++
		default:
			past++
		}
	}
	keys, err := l.Keys(ctx, db.Query{Register: "venue"}, nil)
	n, err2 := l.Count(ctx, "venue", nil)
	opts, err3 := l.Options(ctx, "venue")
	if err != nil || err2 != nil || err3 != nil || len(keys) != live || n != live || len(opts) != live {
		rt.Fatalf("%d listed, %d counted, %d offered, want %d", len(keys), n, len(opts), live)
	}
	if keys, _ := l.Keys(ctx, db.Query{Register: "venue", States: []model.State{model.Void, model.Deleted}}, nil); len(keys) != void {
		rt.Fatalf("%d void, want %d", len(keys), void)
	}
	for _, q := range []struct {
		db.BinQuery
		want int
	}{{db.BinQuery{}, binned}, {db.BinQuery{Past: true}, binned + past}} {
		list, err := l.Bin(ctx, me, q.BinQuery)
		if err != nil || len(list) != q.want || !slices.IsSortedFunc(list, func(a, b db.Binned) int { return b.At.Compare(a.At) }) {
			rt.Fatalf("in the bin %+v, %v, want %d", list, err, q.want)
		}
	}
	if rep, err := l.Verify(ctx, nil); err != nil {
		rt.Fatalf("%v %+v", err, rep.Faults)
	}
}
