package db_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

var ctx = context.Background()

// office is a ledger with who acts in it.
type office struct {
	*db.Ledger
	t     testing.TB
	clock *dbtest.Clock
	actor model.Actor
}

func newOffice(t testing.TB) *office {
	clock := dbtest.NewClock(dbtest.Start)
	l := dbtest.NewAt(t, clock)
	return &office{l, t, clock, dbtest.Actor(t, l)}
}

func (o *office) write(ops ...db.Op) (db.Result, error) {
	return o.Write(ctx, o.actor, db.RequestID{}, ops...)
}

func (o *office) must(ops ...db.Op) db.Result {
	o.t.Helper()
	res, err := o.write(ops...)
	if err != nil {
		o.t.Fatal(err)
	}
	return res
}

func (o *office) add(register string, v model.Values) string {
	o.t.Helper()
	return o.must(db.Op{Kind: db.Add, Register: register, Values: v}).Records[0].ID
}

func (o *office) get(id string) *model.Record {
	o.t.Helper()
	r, err := o.Get(ctx, id)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

func (o *office) verify() db.Report {
	o.t.Helper()
	rep, err := o.Verify(ctx, nil)
	if err != nil {
		o.t.Fatalf("%v: %+v", err, rep.Faults)
	}
	return rep
}

func venue(name string) model.Values { return model.Values{"name": name, "category": "室内"} }

func addVenue(name string) db.Op {
	return db.Op{Kind: db.Add, Register: "venue", Values: venue(name)}
}

func TestAddAndRead(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("多功能厅"))
	r := o.get(id)
	if r.ID != "L-2026-0001" || r.Version != 1 || r.Created.By != "S-2026-0001" || !r.Created.At.Equal(dbtest.Start) {
		t.Errorf("got %+v", r)
	}
	opts, err := o.Options(ctx, "venue")
	if err != nil || len(opts) != 1 || opts[0] != (db.Option{ID: id, Name: "多功能厅"}) {
		t.Errorf("options %v, %v", opts, err)
	}
	o.verify()
}

// The sample community goes in whole, comes out whole, and verifies.
func TestSampleCommunity(t *testing.T) {
	l := dbtest.Filled(t, 0)
	rep, err := l.Verify(ctx, nil)
	if err != nil {
		t.Fatalf("%v %+v", err, rep.Faults)
	}
	n := 0
	for _, reg := range l.Schema().Registers {
		err := l.Scan(ctx, db.Query{Register: reg.Key}, nil, func(r *model.Record) error {
			n++
			for _, f := range reg.Fields {
				if v := r.Values[f.Key]; !model.Blank(v) && !f.Holds(v) {
					t.Errorf("%s %s is a %T", r.ID, f.Key, v)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n != rep.Records || n < 100 {
		t.Errorf("%d records read, %d verified", n, rep.Records)
	}
}

// Two readings of one file, as two logins have it.
func TestTwoLedgersOnOneFile(t *testing.T) {
	o := newOffice(t)
	other := dbtest.Open(t, o.Path(), o.clock)
	id := o.add("venue", venue("甲"))
	if _, err := other.Get(ctx, id); err != nil {
		t.Error(err)
	}
	dbtest.Add(t, other, "venue", venue("乙"))
	if list, err := o.List(ctx, db.Query{Register: "venue"}); err != nil || len(list) != 2 {
		t.Errorf("%d records, %v", len(list), err)
	}
}

// A year begins in Beijing, wherever the computer thinks it is.
func TestIDsFollowTheYearInBeijing(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 12, 31, 15, 59, 0, 0, time.UTC), "L-2026-0001"},
		{time.Date(2026, 12, 31, 16, 30, 0, 0, time.UTC), "L-2027-0001"},
		{time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "L-2027-0002"},
		{time.Date(2026, 12, 31, 15, 59, 0, 0, time.UTC), "L-2026-0002"}, // the clock was set back
	} {
		o.clock.Set(c.at)
		if id := o.add("venue", venue("场地")); id != c.want {
			t.Errorf("at %v: %s, want %s", c.at, id, c.want)
		}
	}
	if rep := o.verify(); len(rep.ClockBack) != 1 {
		t.Errorf("clock steps back: %v", rep.ClockBack)
	}
}

// Field by field: what one side changed merges, what both changed to different
// values is shown and nothing is written.
func TestMergeAndConflict(t *testing.T) {
	base := model.Values{"name": "厅", "category": "室内", "capacity": int64(10), "place": "一楼"}
	for name, c := range map[string]struct {
		theirs, mine model.Values
		want         model.Values // of the fields touched; nil: conflict
		conflict     []string
		changed      bool
	}{
		"different fields merge":     {model.Values{"capacity": int64(20)}, model.Values{"place": "二楼"}, model.Values{"capacity": int64(20), "place": "二楼"}, nil, true},
		"same change by both":        {model.Values{"place": "二楼"}, model.Values{"place": "二楼"}, model.Values{"place": "二楼"}, nil, false},
		"I sent it back unchanged":   {model.Values{"place": "二楼"}, model.Values{"place": "一楼", "capacity": int64(30)}, model.Values{"place": "二楼", "capacity": int64(30)}, nil, true},
		"both changed":               {model.Values{"place": "二楼"}, model.Values{"place": "三楼", "capacity": int64(30)}, nil, []string{"place"}, false},
		"they cleared, I changed":    {model.Values{"place": nil}, model.Values{"place": "三楼"}, nil, []string{"place"}, false},
		"they changed, I cleared":    {model.Values{"place": "二楼"}, model.Values{"place": nil}, nil, []string{"place"}, false},
		"both cleared":               {model.Values{"place": nil}, model.Values{"place": nil}, model.Values{"place": nil}, nil, false},
		"own key changed by me only": {model.Values{"capacity": int64(20)}, model.Values{"x_code": "7"}, model.Values{"x_code": "7", "capacity": int64(20)}, nil, true},
		"own key changed by both":    {model.Values{"x_code": "8"}, model.Values{"x_code": "7"}, nil, []string{"x_code"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			id := o.add("venue", base)
			o.must(db.Op{Kind: db.Edit, ID: id, Base: 1, Values: c.theirs})
			res, err := o.write(db.Op{Kind: db.Edit, ID: id, Base: 1, Values: c.mine})
			r := o.get(id)
			if c.want == nil {
				var conflict *db.Conflict
				if !errors.As(err, &conflict) || db.ExitCode(err) != db.ExitConflict {
					t.Fatalf("no conflict but %v", err)
				}
				var keys []string
				for _, f := range conflict.Fields {
					keys = append(keys, f.Key)
					if !model.Equal(f.Theirs, c.theirs[f.Key]) || !model.Equal(f.Mine, c.mine[f.Key]) || !model.Equal(f.Base, base[f.Key]) {
						t.Errorf("sides of %s: %+v", f.Key, f)
					}
				}
				if !slices.Equal(keys, c.conflict) || conflict.Current != 2 || conflict.Base != 1 || r.Version != 2 {
					t.Errorf("%+v on version %d", conflict, r.Version)
				}
			} else {
				if err != nil {
					t.Fatal(err)
				}
				for k, v := range c.want {
					if !model.Equal(r.Values[k], v) {
						t.Errorf("%s = %v, want %v", k, r.Values[k], v)
					}
				}
				if res.Records[0].Changed != c.changed || res.Records[0].Version != r.Version {
					t.Errorf("%+v on version %d", res.Records[0], r.Version)
				}
			}
			o.verify()
		})
	}
}

func TestEditThatChangesNothingWritesNothing(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("厅"))
	before, _ := o.Revision()
	res := o.must(db.Op{Kind: db.Edit, ID: id, Base: 1, Values: venue("厅")})
	after, _ := o.Revision()
	if res.Records[0].Changed || res.Records[0].Version != 1 || before != after {
		t.Errorf("%+v, revision %d → %d", res, before, after)
	}
}

// An exact edit is about one version: whatever others changed since, it is refused.
func TestEditExact(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("厅"))
	o.must(db.Op{Kind: db.Edit, ID: id, Base: 1, Values: model.Values{"place": "一楼"}})
	op := db.Op{Kind: db.Edit, ID: id, Base: 1, Exact: true, Values: model.Values{"name": "大厅"}}
	var c *db.Conflict
	if _, err := o.write(op); !errors.As(err, &c) || c.Current != 2 {
		t.Errorf("%v", err)
	}
	op.Exact = false
	o.must(op)
	op = db.Op{Kind: db.Edit, ID: id, Base: 3, Exact: true, Values: model.Values{"name": "小厅"}}
	o.must(op)
	if r := o.get(id); r.Version != 4 || r.Values["name"] != "小厅" || r.Values["place"] != "一楼" {
		t.Errorf("%+v", r)
	}
}

func TestHistory(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("厅"))
	o.must(db.Op{Kind: db.Edit, ID: id, Base: 1, Values: model.Values{"place": "一楼", "name": "大厅"}, Reason: "写错"})
	o.must(db.Op{Kind: db.Void, ID: id, Base: 2, Reason: "重复"})
	h, err := o.History(ctx, id)
	if err != nil || len(h) != 3 {
		t.Fatalf("%d versions, %v", len(h), err)
	}
	if h[0].Record.Values["name"] != "厅" || h[1].Record.Values["name"] != "大厅" || h[2].Record.State != model.Void {
		t.Errorf("%+v", h)
	}
	e := h[1].Entry
	if e.By != "S-2026-0001" || e.Action != "edit" || e.Reason != "写错" || !slices.Equal(e.Fields, []string{"name", "place"}) {
		t.Errorf("%+v", e)
	}
}

func TestVoid(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("厅"))
	if _, err := o.write(db.Op{Kind: db.Void, ID: id}); err == nil {
		t.Error("voided without a reason")
	}
	o.must(db.Op{Kind: db.Void, ID: id, Reason: "重复"})
	if n, _ := o.Count(ctx, "venue", nil); n != 0 {
		t.Errorf("a void record counts: %d", n)
	}
	if opts, _ := o.Options(ctx, "venue"); len(opts) != 0 {
		t.Errorf("a void record is offered: %v", opts)
	}
	if list, _ := o.List(ctx, db.Query{Register: "venue"}); len(list) != 0 {
		t.Errorf("a void record is listed: %v", list)
	}
	if list, _ := o.List(ctx, db.Query{Register: "venue", States: []model.State{model.Void}}); len(list) != 1 {
		t.Errorf("void records listed: %d", len(list))
	}
	if _, err := o.write(db.Op{Kind: db.Edit, ID: id, Values: venue("再")}); err == nil {
		t.Error("a void record was edited")
	}
	if res := o.must(db.Op{Kind: db.Void, ID: id, Reason: "重复"}); res.Records[0].Changed {
		t.Error("voided twice")
	}
	o.verify()
}

func TestRequestIsCarriedOutOnce(t *testing.T) {
	o := newOffice(t)
	req, err := o.NewRequest()
	if err != nil {
		t.Fatal(err)
	}
	first, err := o.Write(ctx, o.actor, req, addVenue("厅"), addVenue("室"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := o.Write(ctx, o.actor, db.ParseRequest(req.String()), addVenue("厅"), addVenue("室"))
	if err != nil || !again.Repeated || again.Seq != first.Seq || again.Hash != first.Hash || !slices.EqualFunc(again.Records, first.Records, func(a, b db.Saved) bool { return a.ID == b.ID && a.Version == b.Version }) {
		t.Errorf("%+v, %v; first %+v", again, err, first)
	}
	if n, _ := o.Count(ctx, "venue", nil); n != 2 {
		t.Errorf("%d records", n)
	}
}

func TestAllOrNothing(t *testing.T) {
	o := newOffice(t)
	_, err := o.write(addVenue("厅"), db.Op{Kind: db.Add, Register: "venue", Values: model.Values{"name": "缺类别"}}, addVenue("室"))
	var at *db.OpError
	var broken model.Errors
	if !errors.As(err, &at) || at.Index != 1 || !errors.As(err, &broken) || !strings.Contains(model.Say(err, model.ZH), "第2条") {
		t.Errorf("got %v", err)
	}
	if n, _ := o.Count(ctx, "venue", nil); n != 0 {
		t.Errorf("%d records of a refused write", n)
	}
	if id := o.add("venue", venue("厅")); id != "L-2026-0001" {
		t.Errorf("a refused write used up an id: %s", id)
	}
}

func TestRolesAreReadAtTheMomentOfWriting(t *testing.T) {
	o := newOffice(t)
	id := o.add("staff", model.Values{"name": "李", "login": "li", "roles": []string{"录入"}})
	li := model.Actor{Staff: id, Login: "li", Roles: []model.Role{model.Administrator}} // says who?
	if _, err := o.Write(ctx, li, db.RequestID{}, addVenue("厅")); err != nil {
		t.Error(err)
	}
	denied := func(what string, a model.Actor, ops ...db.Op) {
		t.Helper()
		if _, err := o.Write(ctx, a, db.RequestID{}, ops...); db.ExitCode(err) != db.ExitDenied {
			t.Errorf("%s: %v", what, err)
		}
	}
	denied("clerk enters staff", li, db.Op{Kind: db.Add, Register: "staff", Values: model.Values{"name": "某"}})
	denied("unknown login", model.Actor{Login: "nobody"}, addVenue("厅"))
	denied("login of another", model.Actor{Staff: "S-2026-0001", Login: "li"}, addVenue("厅"))
	if _, err := o.write(db.Op{Kind: db.Add, Register: "staff", Values: model.Values{"name": "二", "login": "li"}}); err == nil {
		t.Error("one login for two people")
	}
	o.must(db.Op{Kind: db.Edit, ID: id, Values: model.Values{"disabled": true}})
	denied("disabled", li, addVenue("厅"))
	o.verify()
}

func TestMomentOfEntryCannotBeSet(t *testing.T) {
	o := newOffice(t)
	op := addVenue("厅")
	op.At = dbtest.Start.AddDate(-1, 0, 0)
	if _, err := o.write(op); db.ExitCode(err) != db.ExitUsage {
		t.Errorf("got %v", err)
	}
}

func TestDrafts(t *testing.T) {
	o := newOffice(t)
	d := db.Draft{Key: "venue", Register: "venue", Texts: map[string]string{"name": "多功", "place": ""}, Cursor: "name"}
	d.Request, _ = o.NewRequest()
	if err := o.SaveDraft(ctx, o.actor, d); err != nil {
		t.Fatal(err)
	}
	d.Texts["name"] = "多功能厅"
	if err := o.SaveDraft(ctx, o.actor, d); err != nil {
		t.Fatal(err)
	}
	got, err := o.Drafts(ctx, o.actor)
	if err != nil || len(got) != 1 || got[0].Texts["name"] != "多功能厅" || got[0].Cursor != "name" || got[0].Request != d.Request || !got[0].At.Equal(dbtest.Start) {
		t.Fatalf("%+v, %v", got, err)
	}
	o.add("staff", model.Values{"name": "李", "login": "li", "roles": []string{"录入"}})
	if of, err := o.Drafts(ctx, model.Actor{Login: "li"}); err != nil || len(of) != 0 {
		t.Errorf("another's drafts: %v, %v", of, err)
	}
	op := addVenue("多功能厅")
	op.DraftKey = "venue"
	o.must(op)
	if got, _ := o.Drafts(ctx, o.actor); len(got) != 0 {
		t.Errorf("saved, but the draft is still there: %+v", got)
	}
	if err := o.SaveDraft(ctx, o.actor, d); err != nil {
		t.Fatal(err)
	}
	if err := o.DropDraft(ctx, o.actor, "venue"); err != nil {
		t.Fatal(err)
	}
	if got, _ := o.Drafts(ctx, o.actor); len(got) != 0 {
		t.Errorf("dropped, but still there: %+v", got)
	}
}

func TestJournalHoldsNoValues(t *testing.T) {
	o := newOffice(t)
	o.add("venue", model.Values{"name": "某某家", "category": "室内", "keeper": model.Ref{ID: "S-2026-0001"}})
	if _, err := o.Note(ctx, o.actor, db.Event{Action: "export", Register: "venue", Reason: "上报"}); err != nil {
		t.Fatal(err)
	}
	list, err := o.EntriesSince(ctx, 0, 100)
	if err != nil || len(list) != 4 {
		t.Fatalf("%d entries, %v", len(list), err)
	}
	if list[0].Action != db.ActInit || list[0].ID != o.Info().ID || list[3].Action != "export" || list[3].By != "S-2026-0001" {
		t.Errorf("%+v", list)
	}
	seq, hash, err := o.Head(ctx)
	if err != nil || seq != 4 || hash != list[3].Hash || len(hash.Short()) != 16 {
		t.Errorf("head %d %s, %v", seq, hash, err)
	}
	if rest, _ := o.EntriesSince(ctx, 3, 100); len(rest) != 1 {
		t.Errorf("%d entries since 3", len(rest))
	}
	o.verify()
}

func TestWatchNoticesWithinASecond(t *testing.T) {
	o := newOffice(t)
	noticed := make(chan struct{}, 1)
	watch, stop := context.WithCancel(ctx)
	defer stop()
	go o.Watch(watch, 50*time.Millisecond, func() { noticed <- struct{}{} })
	time.Sleep(20 * time.Millisecond)
	dbtest.Add(t, dbtest.Open(t, o.Path(), o.clock), "venue", venue("厅"))
	select {
	case <-noticed:
	case <-time.After(time.Second):
		t.Error("not noticed")
	}
}
