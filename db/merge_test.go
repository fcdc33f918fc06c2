package db_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// twins is an office in which one person was entered twice, with records that
// name each.
type twins struct {
	*office
	keep, dup string // the two files
	home      string // household of the second
	visits    []string
	need      string
	roster    string // activity that names both
	ward      string // a child whose guardian is the second
}

func newTwins(t testing.TB) *twins {
	o := &twins{office: newOffice(t)}
	compound := o.add("compound", model.Values{"name": "和平小区"})
	o.keep = o.add("person", model.Values{"name": "王秀兰", "birth": model.NewDate(1941, 5, 6), "phone": "13800000001",
		"cats": []model.Row{{"cat": "独居"}}, "cause": []string{"因病"}})
	o.home = o.add("household", model.Values{"head": model.Ref{Text: "王秀兰"}, "compound": model.Ref{ID: compound}, "building": "3"})
	o.dup = o.add("person", model.Values{"name": "王秀栏", "birth": model.NewDate(1941, 5, 6), "phone": "13800000002", "household": model.Ref{ID: o.home},
		"cats": []model.Row{{"cat": "低保户"}, {"cat": "独居"}}, "cause": []string{"因病", "因残"}, "guardian": model.Ref{ID: o.keep},
		"consents": []model.Row{{"use": "张贴照片"}}, "x_own": "自家的"})
	o.must(editOp(o.home, model.Values{"head": model.Ref{ID: o.dup}}))
	visit := func(person string, day int) string {
		return o.add("visit", model.Values{"date": model.NewDate(2026, 2, day), "person": model.Ref{ID: person}, "household": model.Ref{ID: o.home},
			"amount": model.Money(500_00), "fund": "党费", "visitors": []model.Ref{{ID: o.actor.Staff}}})
	}
	o.visits = []string{visit(o.keep, 1), visit(o.dup, 2), visit(o.dup, 3)}
	o.must(db.Op{Kind: db.Void, ID: o.visits[2], Reason: "记错了"})
	o.need = o.add("need", model.Values{"person": model.Ref{ID: o.dup}, "topic": "民生", "text": "装扶手"})
	o.roster = o.add("activity", model.Values{"title": "义诊", "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(3),
		"roster": []model.Ref{{ID: o.keep}, {ID: o.dup}}})
	o.ward = o.add("person", model.Values{"name": "王小宝", "birth": model.NewDate(2018, 5, 1), "guardian": model.Ref{ID: o.dup}, "guardian_ok": []model.Row{{"ok": true}}})
	return o
}

func (o *twins) merge(values model.Values) db.Op {
	return db.Op{Kind: db.Merge, ID: o.keep, Other: o.dup, Reason: "同一人重复登记", Values: values}
}

// all is every value of every record that the merge may touch, by id.
func (o *twins) all() map[string]model.Values {
	out := map[string]model.Values{}
	for _, id := range slices.Concat([]string{o.keep, o.dup, o.home, o.need, o.roster, o.ward}, o.visits) {
		r := o.get(id)
		out[id] = r.Values
		out[id]["state"] = r.State.String()
	}
	return out
}

func differing(a, b map[string]model.Values) (out []string) {
	for id := range a {
		for _, key := range model.Changed(model.NewSchema().OfID(id), a[id], b[id]) {
			out = append(out, id+" "+key)
		}
	}
	return out
}

// A merge keeps every visit, need and roster entry, fills what was blank, unites
// lists, and is undone and done again as one.
func TestMergeKeepsEverything(t *testing.T) {
	o := newTwins(t)
	before := o.all()
	amount := func() (sum model.Money) {
		for _, id := range o.visits {
			sum += model.VisitAmount.Of(o.get(id))
		}
		return sum
	}
	given := amount()
	res := o.must(o.merge(model.Values{"phone": "13800000002"}))
	also := slices.Clone(res.Records[0].Also)
	slices.Sort(also)
	want := []string{o.home, o.need, o.roster, o.ward, o.visits[1], o.visits[2]}
	slices.Sort(want)
	if res.Records[0].ID != o.keep || !slices.Equal(also, want) {
		t.Errorf("turned %v, want %v", also, want)
	}
	kept := o.get(o.keep)
	for key, want := range map[string]any{
		"name": "王秀兰", "phone": "13800000002", "household": model.Ref{ID: o.home}, "cause": []string{"因病", "因残"},
		"cats": []model.Row{{"cat": "独居"}, {"cat": "低保户"}}, "consents": []model.Row{{"use": "张贴照片"}}, "guardian": nil, "x_own": "自家的",
	} {
		if !model.Equal(kept.Get(key), want) {
			t.Errorf("%s is %v, want %v", key, kept.Get(key), want)
		}
	}
	gone := o.get(o.dup)
	if gone.State != model.Void || model.PersonName.Of(gone) != "王秀栏" {
		t.Errorf("the other is %s %v", gone.State, gone.Values)
	}
	self := model.Ref{ID: o.keep}
	for _, id := range o.visits {
		if model.VisitPerson.Of(o.get(id)) != self {
			t.Errorf("%s is of %v", id, model.VisitPerson.Of(o.get(id)))
		}
	}
	if o.get(o.visits[2]).State != model.Void || amount() != given {
		t.Error("a void visit came back, or money was lost")
	}
	if model.NeedPerson.Of(o.get(o.need)) != self || model.HouseholdHead.Of(o.get(o.home)) != self || o.get(o.ward).Get("guardian") != self {
		t.Error("something still names the other")
	}
	if roster := o.get(o.roster).Get("roster"); !model.Equal(roster, []model.Ref{self}) {
		t.Errorf("roster %v: who stood in it twice is one", roster)
	}
	if err := o.View(ctx, func(sn *db.Snapshot) error {
		for _, reg := range sn.Schema().All() {
			if ids := sn.Referring(reg.Key, o.dup); len(ids) > 0 {
				t.Errorf("%v still refer to the other", ids)
			}
		}
		if into := sn.MergedInto(o.dup); into != o.keep {
			t.Errorf("merged into %q", into)
		}
		for id, v := range map[string]int{o.keep: 2, o.dup: 2, o.home: 3, o.visits[2]: 3} {
			hist, err := sn.History(id)
			if err != nil || len(hist) != v {
				t.Errorf("%s has %d versions, %v", id, len(hist), err)
				continue
			}
			e := hist[v-1].Entry
			if m, ok := e.Merger(); !ok || m != (db.Merger{Other: o.dup, Keep: o.keep, Reason: "同一人重复登记"}) || !strings.Contains(e.Why(model.ZH), "并入 "+o.keep) {
				t.Errorf("%s: %s %q", id, e.Action, e.Reason)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	o.verify()
	after := o.all()
	o.refused("editing what was merged", "已并入 "+o.keep, editOp(o.dup, model.Values{"phone": ""}))

	u, err := o.Undo(ctx, o.actor)
	if err != nil || u.Action != model.ActMerge || u.ID != o.keep || len(u.Records) != 8 {
		t.Fatalf("%+v, %v", u, err)
	}
	if d := differing(before, o.all()); d != nil {
		t.Errorf("after undoing: %v", d)
	}
	o.verify()
	if _, err := o.Redo(ctx, o.actor); err != nil {
		t.Fatal(err)
	}
	if d := differing(after, o.all()); d != nil {
		t.Errorf("done again: %v", d)
	}
	o.verify()
	if err := o.View(ctx, func(sn *db.Snapshot) error {
		if into := sn.MergedInto(o.dup); into != o.keep {
			t.Errorf("done again, merged into %q", into)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// What cannot be merged is refused and nothing changes.
func TestMergeRefusals(t *testing.T) {
	o := newTwins(t)
	before := o.all()
	seq, _, _ := o.Head(ctx)
	op := o.merge(nil)
	with := func(change func(*db.Op)) db.Op {
		op := op
		change(&op)
		return op
	}
	o.refused("no reason", "必须写明理由", with(func(op *db.Op) { op.Reason = " " }))
	o.refused("itself", "不能并入自己", with(func(op *db.Op) { op.Other = op.ID }))
	o.refused("another register", "不能合并", with(func(op *db.Op) { op.Other = o.home }))
	o.refused("visits", "不能合并", with(func(op *db.Op) { op.ID, op.Other = o.visits[0], o.visits[1] }))
	o.refused("nobody", "没有编号", with(func(op *db.Op) { op.Other = "P-2026-0999" }))
	o.refused("a bad value", "出生日期", with(func(op *db.Op) { op.Values = model.Values{"birth": nil} }))
	viewer := o.clerk("看", "kan", "查看")
	if _, err := o.Write(ctx, viewer, db.RequestID{}, op); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("a viewer: %v", err)
	}
	if now, _, _ := o.Head(ctx); now != seq+1 { // the viewer's own file
		t.Errorf("%d entries were written", now-seq)
	}
	if d := differing(before, o.all()); d != nil {
		t.Errorf("changed: %v", d)
	}

	// Versions that were not seen.
	o.must(editOp(o.dup, model.Values{"phone": "13800000003"}))
	for _, stale := range []db.Op{with(func(op *db.Op) { op.OtherBase = 1 }), with(func(op *db.Op) { op.Base = 1; op.OtherBase = 2 })} {
		if stale.Base == 1 {
			o.must(editOp(o.keep, model.Values{"note": "x"}))
		}
		var c *db.Conflict
		if _, err := o.write(stale); !errors.As(err, &c) {
			t.Errorf("a version that was not seen: %v", err)
		}
	}
	o.must(op)
	o.refused("twice", "已并入", op)
	o.verify()
}

// A request sent again after an unclear error merges once, and one that names
// another file is told from it.
func TestMergeRequest(t *testing.T) {
	o := newTwins(t)
	req, err := o.NewRequest()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		res, err := o.Write(ctx, o.actor, req, o.merge(nil))
		if err != nil || res.Repeated != (i == 1) || res.Records[0].ID != o.keep {
			t.Errorf("try %d: %+v, %v", i, res, err)
		}
	}
	other := o.merge(nil)
	other.Other = o.ward
	if _, err := o.Write(ctx, o.actor, req, other); db.ExitCode(err) != db.ExitConflict {
		t.Errorf("the same request for another: %v", err)
	}
}

func init() { jobs["meanwhile"] = jobMeanwhile }

// jobMeanwhile has a visit and the second file open while another process merges
// them, and then saves both.
func jobMeanwhile() int {
	l, a, err := openInChild()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("open")
	bufio.NewScanner(os.Stdin).Scan() // merged now
	for _, op := range []db.Op{
		{Kind: db.Edit, ID: os.Getenv("DBTEST_VISIT"), Base: 1, Values: model.Values{"voucher_no": "007"}},
		{Kind: db.Edit, ID: os.Getenv("DBTEST_VISIT"), Base: 1, Values: model.Values{"person": model.Ref{ID: os.Getenv("DBTEST_WARD")}}},
		{Kind: db.Edit, ID: os.Getenv("DBTEST_DUP"), Base: 1, Values: model.Values{"phone": "13800000009"}},
	} {
		_, err := l.Write(ctx, a, db.RequestID{}, op)
		said := ""
		if err != nil {
			said = model.Say(err, model.ZH)
		}
		fmt.Println(db.ExitCode(err), said)
	}
	return 0
}

// Another process that edits meanwhile loses nothing and is told.
func TestMergeMeanwhile(t *testing.T) {
	o := newTwins(t)
	cmd := child(t, "meanwhile", o.Path())
	cmd.Env = append(cmd.Env, "DBTEST_VISIT="+o.visits[1], "DBTEST_DUP="+o.dup, "DBTEST_WARD="+o.ward)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the other process did not start")
	}
	o.must(o.merge(nil))
	fmt.Fprintln(in)
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
	}
	if err := cmd.Wait(); err != nil || len(said) != 3 {
		t.Fatalf("%v, %q", err, said)
	}
	for i, want := range []string{"0 ", "6 ", "已并入 " + o.keep} {
		if !strings.Contains(said[i], want) {
			t.Errorf("it was told %q, want %q", said[i], want)
		}
	}
	v := o.get(o.visits[1])
	if model.VisitPerson.Of(v) != (model.Ref{ID: o.keep}) || v.Get("voucher_no") != "007" {
		t.Errorf("the visit holds %v: both changes stand", v.Values)
	}
	o.verify()
}

// Households are merged too, and a chain of merges leads to the last.
func TestMergeHouseholdsAndChains(t *testing.T) {
	o := newTwins(t)
	second := o.add("household", model.Values{"head": model.Ref{Text: "王"}, "compound": o.get(o.home).Get("compound"), "building": "3", "room": "501"})
	third := o.add("person", model.Values{"name": "王秀澜", "birth": model.NewDate(1941, 5, 6)})
	o.must(db.Op{Kind: db.Merge, ID: second, Other: o.home, Reason: "同一户"})
	if got := model.VisitHousehold.Of(o.get(o.visits[0])); got.ID != second {
		t.Errorf("the visit is of %v", got)
	}
	o.must(o.merge(nil))
	o.must(db.Op{Kind: db.Merge, ID: third, Other: o.keep, Reason: "还是她"})
	for _, id := range o.visits {
		if got := model.VisitPerson.Of(o.get(id)); got.ID != third {
			t.Errorf("%s is of %v", id, got)
		}
	}
	if got := o.get(third); model.PersonHousehold.Of(got).ID != second {
		t.Errorf("household %v", got.Values)
	}
	o.verify()
	for range 3 {
		if _, err := o.Undo(ctx, o.actor); err != nil {
			t.Fatal(err)
		}
	}
	if got := model.VisitPerson.Of(o.get(o.visits[1])); got.ID != o.dup {
		t.Errorf("after undoing all it is of %v", got)
	}
	o.verify()
}
