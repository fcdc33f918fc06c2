package db_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// desk is an office with a second clerk, li, and a venue of mine that she may
// be at too.
type desk struct {
	*office
	li model.Actor
	id string
}

func newDesk(t testing.TB) *desk {
	o := newOffice(t)
	d := &desk{office: o, li: o.clerk("李", "li")}
	d.id = o.add("venue", model.Values{"name": "厅", "category": "室内", "place": "一楼", "capacity": int64(10)})
	return d
}

// by lets someone else do it.
func (d *desk) by(a model.Actor, ops ...db.Op) {
	d.t.Helper()
	if _, err := d.Write(ctx, a, db.RequestID{}, ops...); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) undo() db.Undone {
	d.t.Helper()
	u, err := d.Undo(ctx, d.actor)
	if err != nil {
		d.t.Fatal(err)
	}
	return u
}

func (d *desk) redo() db.Undone {
	d.t.Helper()
	u, err := d.Redo(ctx, d.actor)
	if err != nil {
		d.t.Fatal(err)
	}
	return u
}

func editOp(id string, v model.Values) db.Op { return db.Op{Kind: db.Edit, ID: id, Values: v} }

// state is what is to be seen of a record: state, name, place, capacity.
func (d *desk) state(id string) string {
	d.t.Helper()
	r := d.get(id)
	return fmt.Sprint(r.State, " ", r.Values["name"], " ", r.Values["place"], " ", r.Values["capacity"])
}

// Each kind of change of mine, with li at work in between, undone, done again
// and undone again.
func TestUndoAndRedo(t *testing.T) {
	del := func(d *desk) db.Op { return db.Op{Kind: db.Delete, ID: d.id} }
	for name, c := range map[string]struct {
		mine         func(d *desk)
		theirs       func(d *desk)
		action       model.Action
		undone, done string // "" for undone: refused
		code         int
		says         string
	}{
		"add": {nil, nil, model.ActAdd, "deleted 厅 一楼 10", "final 厅 一楼 10", 0, ""},
		"edit": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼", "capacity": nil})) }, nil,
			model.ActEdit, "final 厅 一楼 10", "final 厅 二楼 <nil>", 0, ""},
		"void": {func(d *desk) { d.must(db.Op{Kind: db.Void, ID: d.id, Reason: "错"}) }, nil,
			model.ActVoid, "final 厅 一楼 10", "void 厅 一楼 10", 0, ""},
		"delete":  {func(d *desk) { d.must(del(d)) }, nil, model.ActDelete, "final 厅 一楼 10", "deleted 厅 一楼 10", 0, ""},
		"restore": {func(d *desk) { d.must(del(d)); d.must(db.Op{Kind: db.Undelete, ID: d.id}) }, nil, model.ActUndelete, "deleted 厅 一楼 10", "final 厅 一楼 10", 0, ""},
		"delete what is void": {func(d *desk) { d.must(db.Op{Kind: db.Void, ID: d.id, Reason: "错"}); d.must(del(d)) }, nil,
			model.ActDelete, "void 厅 一楼 10", "deleted 厅 一楼 10", 0, ""},
		"restore what another deleted": {func(d *desk) { d.by(d.li, del(d)); d.must(db.Op{Kind: db.Undelete, ID: d.id}) }, nil,
			model.ActUndelete, "deleted 厅 一楼 10", "final 厅 一楼 10", 0, ""},

		"edit, she changed another field": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼"})) },
			func(d *desk) { d.by(d.li, editOp(d.id, model.Values{"capacity": int64(20)})) }, model.ActEdit, "final 厅 一楼 20", "final 厅 二楼 20", 0, ""},
		"edit, she changed the same field": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼", "capacity": int64(5)})) },
			func(d *desk) { d.by(d.li, editOp(d.id, model.Values{"place": "三楼"})) }, "", "", "final 厅 三楼 5", db.ExitConflict, "的位置后来被 李 改动过"},
		"edit, she changed it and back": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼"})) },
			func(d *desk) {
				d.by(d.li, editOp(d.id, model.Values{"place": "三楼"}))
				d.by(d.li, editOp(d.id, model.Values{"place": "二楼"}))
			}, model.ActEdit, "final 厅 一楼 10", "final 厅 二楼 10", 0, ""},
		"edit, she made it void": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼"})) },
			func(d *desk) { d.by(d.li, db.Op{Kind: db.Void, ID: d.id, Reason: "错"}) }, "", "", "void 厅 二楼 10", db.ExitConflict, "后来被 李 改动过"},
		"edit, she deleted it": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼"})) },
			func(d *desk) { d.by(d.li, del(d)) }, "", "", "deleted 厅 二楼 10", db.ExitConflict, "李"},
		"add, she changed it": {nil, func(d *desk) { d.by(d.li, editOp(d.id, model.Values{"place": "三楼"})) }, "", "", "final 厅 三楼 10", db.ExitConflict, "李"},
		"delete, she restored it": {func(d *desk) { d.must(del(d)) },
			func(d *desk) { d.by(d.li, db.Op{Kind: db.Undelete, ID: d.id}) }, "", "", "final 厅 一楼 10", db.ExitConflict, "李"},
		"delete, she restored and deleted it": {func(d *desk) { d.must(del(d)) },
			func(d *desk) { d.by(d.li, db.Op{Kind: db.Undelete, ID: d.id}); d.by(d.li, del(d)) }, "", "", "deleted 厅 一楼 10", db.ExitConflict, "李"},
		"edit, she works elsewhere": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼"})) },
			func(d *desk) { d.by(d.li, addVenue("室")); d.by(d.li, addVenue("亭")) }, model.ActEdit, "final 厅 一楼 10", "final 厅 二楼 10", 0, ""},
		"edit, then an export": {func(d *desk) { d.must(editOp(d.id, model.Values{"place": "二楼"})) },
			func(d *desk) { _, _ = d.Note(ctx, d.actor, db.Event{Action: "export", Register: "venue"}) }, model.ActEdit, "final 厅 一楼 10", "final 厅 二楼 10", 0, ""},

		"add, she refers to it": {nil, func(d *desk) {
			d.by(d.li, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{"date": model.NewDate(2026, 3, 8), "title": "义诊", "lines": []string{"文体"},
				"venue": model.Ref{ID: d.id}, "held": "计划"}})
		}, "", "", "final 厅 一楼 10", db.ExitFailed, "还被引用"},
		"delete, 91 days on": {func(d *desk) { d.must(del(d)); d.clock.Set(d.clock.Now().AddDate(0, 0, 91)) }, nil,
			"", "", "deleted 厅 一楼 10", db.ExitFailed, "超过90天"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if c.mine != nil {
				c.mine(d)
			}
			if c.theirs != nil {
				c.theirs(d)
			}
			before := d.get(d.id).Version
			if c.undone == "" {
				_, err := d.Undo(ctx, d.actor)
				if db.ExitCode(err) != c.code || !strings.Contains(model.Say(err, model.ZH), c.says) || strings.Contains(err.Error(), "%!") {
					t.Errorf("%v, exit %d", err, db.ExitCode(err))
				}
				if r := d.get(d.id); r.Version != before || d.state(d.id) != c.done {
					t.Errorf("refused, and yet %s", d.state(d.id))
				}
				d.verify()
				return
			}
			for range 2 {
				u := d.undo()
				if u.Action != c.action || u.ID != d.id || u.Title != "厅" || u.Register != "venue" || len(u.Records) != 1 || u.Records[0].Version != d.get(d.id).Version {
					t.Errorf("%+v", u)
				}
				if got := d.state(d.id); got != c.undone {
					t.Errorf("undone: %s, want %s", got, c.undone)
				}
				h, err := d.History(ctx, d.id)
				if err != nil {
					t.Fatal(err)
				}
				if e := h[len(h)-1].Entry; e.Action != "undo" || e.Reason != fmt.Sprint("undo ", u.Seq) || e.By != d.actor.Staff || u.Head.Seq != e.Seq {
					t.Errorf("%+v", e)
				}
				again := d.redo()
				if again.Seq != u.Seq || again.Action != u.Action || again.ID != u.ID {
					t.Errorf("redone %+v after %+v", again, u)
				}
				if got := d.state(d.id); got != c.done {
					t.Errorf("redone: %s, want %s", got, c.done)
				}
				if _, err := d.Redo(ctx, d.actor); err == nil {
					t.Error("redone twice")
				}
			}
			d.verify()
		})
	}
}

// Several undos walk back, redos forward; a change of mine ends the redos.
func TestUndoWalksBack(t *testing.T) {
	d := newDesk(t)
	for _, place := range []string{"二楼", "三楼", "四楼"} {
		d.must(editOp(d.id, model.Values{"place": place}))
		d.by(d.li, addVenue("亭"))
	}
	at := func(want string) {
		t.Helper()
		d.Ledger = dbtest.Open(t, d.Path(), d.clock) // another login
		if got := d.get(d.id).Values["place"]; got != want {
			t.Errorf("at %v, want %s", got, want)
		}
	}
	d.undo()
	at("三楼")
	d.undo()
	at("二楼")
	d.redo()
	at("三楼")
	d.undo()
	at("二楼")
	d.undo()
	at("一楼")
	d.redo()
	d.redo()
	d.redo()
	at("四楼")
	d.undo()
	d.undo()
	at("二楼")
	d.must(editOp(d.id, model.Values{"place": "地下"}))
	if _, err := d.Redo(ctx, d.actor); err == nil || db.ExitCode(err) != db.ExitFailed {
		t.Errorf("redone after a change: %v", err)
	}
	d.undo()
	at("二楼")
	d.undo()
	at("一楼")
	d.redo()
	d.redo()
	at("地下")
	if _, err := d.Redo(ctx, d.actor); err == nil {
		t.Error("redone what a change had replaced")
	}
	for range 3 {
		d.undo()
	}
	if d.get(d.id).State != model.Deleted {
		t.Error(d.state(d.id))
	}
	if _, err := d.Undo(ctx, d.actor); err == nil || !strings.Contains(err.Error(), "disable") {
		t.Errorf("undone li, who has worked: %v", err)
	}
	d.verify()
}

// What was saved in one transaction is undone in one, also where its records
// name each other or one of them was written twice; one fault and nothing is.
func TestUndoOfABatch(t *testing.T) {
	d := newDesk(t)
	p, h, v := "P-2026-0001", "H-2026-0001", "V-2026-0001"
	compound := d.add("compound", model.Values{"name": "和平小区"})
	batch := func() {
		d.must(
			db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": "张小明", "birth": model.NewDate(1950, 3, 8)}},
			db.Op{Kind: db.Add, Register: "household", Values: model.Values{"head": model.Ref{ID: p}, "compound": model.Ref{ID: compound}, "building": "3"}},
			editOp(p, model.Values{"household": model.Ref{ID: h}}),
			db.Op{Kind: db.Add, Register: "visit", Values: model.Values{"person": model.Ref{ID: p}}},
		)
	}
	batch()
	states := func(want model.State, version int) {
		t.Helper()
		for _, id := range []string{p, h, v} {
			if r := d.get(id); r.State != want {
				t.Errorf("%s is %v", id, r.State)
			}
		}
		if r := d.get(p); r.Version != version {
			t.Errorf("%s is at version %d", p, r.Version)
		}
	}
	u := d.undo()
	states(model.Deleted, 4)
	if len(u.Records) != 4 || u.Action != model.ActAdd || u.ID != p || u.Title != "张小明" || u.Records[0].Version != 4 || u.Records[2].Version != 3 || u.Records[3].ID != v {
		t.Errorf("%+v", u)
	}
	again := d.redo()
	states(model.Final, 6)
	if again.Seq != u.Seq || again.ID != p || len(again.Records) != 4 || again.Records[0].Version != 5 || again.Records[3].ID != v {
		t.Errorf("%+v", again)
	}
	if r := d.get(p); model.PersonHousehold.Of(r).ID != h {
		t.Errorf("%+v", r)
	}
	d.undo()
	d.redo()
	d.by(d.li, editOp(v, model.Values{"way": "电话"}))
	head, _, _ := d.Head(ctx)
	if _, err := d.Undo(ctx, d.actor); db.ExitCode(err) != db.ExitConflict || !strings.Contains(err.Error(), v) {
		t.Errorf("got %v", err)
	}
	if now, _, _ := d.Head(ctx); now != head {
		t.Error("half of a batch was undone")
	}
	d.verify()
}

// Writes one after another are not a batch, even at the same moment by the clock.
func TestOneByOneIsNoBatch(t *testing.T) {
	d := newDesk(t)
	for range 3 {
		d.add("venue", venue("亭"))
	}
	if u := d.undo(); len(u.Records) != 1 {
		t.Errorf("%+v", u)
	}
	if n, _ := d.Count(ctx, "venue", nil); n != 3 {
		t.Errorf("%d left", n)
	}
}

func TestUndoIsRefused(t *testing.T) {
	d := newDesk(t)
	if _, err := d.Undo(ctx, d.li); err == nil || db.ExitCode(err) != db.ExitFailed {
		t.Errorf("nothing to undo: %v", err)
	}
	if _, err := d.Redo(ctx, d.li); err == nil {
		t.Error("nothing to redo")
	}
	p := d.person("张小明")
	visit := d.add("visit", model.Values{"person": model.Ref{ID: p}, "household": model.Ref{Text: "3号楼"}, "amount": model.Money(50000), "fund": "党组织服务群众专项"})
	d.undo() // what stands in the accounts is never erased
	if r := d.get(visit); r.State != model.Void {
		t.Errorf("%+v", r)
	}
	d.redo()
	if r := d.get(visit); r.State != model.Final {
		t.Errorf("%+v", r)
	}
	d.must(db.Op{Kind: db.Void, ID: visit, Reason: "重复"})
	d.undo()
	if r := d.get(visit); r.State != model.Final {
		t.Errorf("%+v", r)
	}

	// A role lost since.
	d.by(d.li, addVenue("亭"))
	d.must(editOp(d.li.Staff, model.Values{"roles": []string{"查看"}}))
	if _, err := d.Undo(ctx, d.li); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("got %v", err)
	}
	if _, err := d.Undo(ctx, model.Actor{Login: "nobody"}); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("got %v", err)
	}
	d.undo()

	// The last administrator, made by undoing.
	d.must(db.Op{Kind: db.Edit, ID: d.li.Staff, Values: model.Values{"roles": []string{"录入", "管理"}}, Reason: "接任"})
	wang := d.clerk("王", "wang", "管理")
	d.by(d.li, db.Op{Kind: db.Step, ID: wang.Staff, Step: "confirm"})
	d.by(wang, editOp(d.actor.Staff, model.Values{"roles": []string{"录入"}}))
	if _, err := d.Undo(ctx, d.actor); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("no administrator any more: %v", err)
	}
	d.verify()
}

// What was posted stands.
func TestPostedIsNotUndone(t *testing.T) {
	d := newDesk(t)
	by := func(a model.Actor) []model.Row {
		return []model.Row{{"by": model.Ref{ID: a.Staff}, "on": model.NewDate(2026, 3, 8)}}
	}
	item := d.add("catalogue", model.Values{"no": int64(3), "class": "党务", "topic1": "党费收缴", "body_org": model.Ref{Text: "居委会"}, "cadence": "双月",
		"reviewer": model.Ref{ID: d.li.Staff}, "approver": model.Ref{ID: d.li.Staff}})
	issue := d.add("issue", model.Values{"item": model.Ref{ID: item}, "period": model.PeriodKey("2026-B1"), "body": "略"})
	d.must(editOp(issue, model.Values{"state": "待公开", "chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true,
		"reviewed": by(d.li), "approved": by(d.li)}))
	d.undo()
	d.redo()
	d.must(editOp(issue, model.Values{"state": "公开中", "posted": by(d.actor)}))
	_, err := d.Undo(ctx, d.actor)
	if err == nil || !strings.Contains(model.Say(err, model.ZH), "已经公开") {
		t.Errorf("got %v", err)
	}
	d.refused("delete", "公开过", db.Op{Kind: db.Delete, ID: issue})
	d.must(editOp(issue, model.Values{"body": "更正"}))
	if _, err := d.Undo(ctx, d.actor); err == nil {
		t.Error("a correction of what is posted was undone")
	}
	d.verify()
}

// Undoing what cleared a reference does not bring a deleted record into use.
func TestUndoNamesNothingDeleted(t *testing.T) {
	d := newDesk(t)
	team := d.add("team", model.Values{"name": "志愿队"})
	p := d.person("张小明")
	visit := d.add("visit", model.Values{"person": model.Ref{ID: p}, "household": model.Ref{Text: "3号楼"}, "team": model.Ref{ID: team}})
	d.must(editOp(visit, model.Values{"team": nil}))
	d.by(d.li, db.Op{Kind: db.Delete, ID: team})
	_, err := d.Undo(ctx, d.actor)
	if errs, ok := err.(model.Errors); !ok || errs[0].Field.Key != "team" {
		t.Errorf("got %v", err)
	}
	d.must(db.Op{Kind: db.Void, ID: visit, Reason: "错"})
	d.by(d.li, db.Op{Kind: db.Delete, ID: p})
	if _, err := d.Undo(ctx, d.actor); err == nil || !strings.Contains(err.Error(), p) {
		t.Errorf("got %v", err)
	}
	d.verify()
}

// The look back is bounded by what anyone wrote since, a batch counting once.
func TestUndoLooksBackSoFar(t *testing.T) {
	d := newDesk(t)
	ops := make([]db.Op, 1200)
	for i := range ops {
		ops[i] = addVenue("亭")
	}
	d.by(d.li, ops...)
	d.undo()
	d.redo()
	if testing.Short() {
		return
	}
	for range 1000 {
		if _, err := d.Note(ctx, d.li, db.Event{Action: "export"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Undo(ctx, d.actor); err == nil {
		t.Error("looked back without end")
	}
}

// Undo in another process of what this one did.
func TestUndoInAnotherProcess(t *testing.T) {
	d := newDesk(t)
	d.Ledger = dbtest.Open(t, d.Path(), dbtest.NewClock(time.Now()))
	d.must(editOp(d.id, model.Values{"place": "二楼"}))
	for _, want := range []string{"一楼", "二楼", "一楼"} {
		out, err := child(t, map[string]string{"一楼": "undo", "二楼": "redo"}[want], d.Path()).Output()
		if err != nil || !strings.HasPrefix(string(out), "edit "+d.id) {
			t.Fatalf("%s %v", out, err)
		}
		if got := d.get(d.id).Values["place"]; got != want {
			t.Errorf("at %v, want %s", got, want)
		}
	}
	// Two at once: each takes one change.
	d.must(editOp(d.id, model.Values{"place": "三楼"}))
	d.must(editOp(d.id, model.Values{"place": "四楼"}))
	one, two := child(t, "undo", d.Path()), child(t, "undo", d.Path())
	if err := one.Start(); err != nil {
		t.Fatal(err)
	}
	if err := two.Start(); err != nil {
		t.Fatal(err)
	}
	if err1, err2 := one.Wait(), two.Wait(); err1 != nil || err2 != nil {
		t.Error(err1, err2)
	}
	if got := d.get(d.id).Values["place"]; got != "一楼" {
		t.Errorf("at %v", got)
	}
	d.verify()
}

func init() {
	for name, do := range map[string]func(*db.Ledger, context.Context, model.Actor) (db.Undone, error){"undo": (*db.Ledger).Undo, "redo": (*db.Ledger).Redo} {
		jobs[name] = func() int {
			l, a, err := openInChild()
			var u db.Undone
			if err == nil {
				u, err = do(l, ctx, a)
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
			fmt.Println(u.Action, u.ID, u.Title)
			return 0
		}
	}
}
