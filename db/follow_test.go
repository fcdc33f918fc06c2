package db_test

import (
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// needs are the ids of the needs that came of a visit.
func (o *office) needs(visit string) (ids []string) {
	o.t.Helper()
	err := o.View(ctx, func(s *db.Snapshot) error {
		ids = s.Referring("need", visit)
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return ids
}

// What is asked for on a visit becomes a need in the same transaction: once, by
// the need's own rules, and undone with the visit.
func TestNeedOfAVisit(t *testing.T) {
	o := newOffice(t)
	home := o.add("household", model.Values{"head": model.Ref{Text: "张桂英"},
		"compound": model.Ref{ID: o.add("compound", model.Values{"name": "和平小区"})}, "building": "3"})
	person := model.Ref{ID: o.add("person", model.Values{"name": "张桂英", "birth": model.NewDate(1947, 5, 16), "household": model.Ref{ID: home}})}
	visit := func(v model.Values) db.Op {
		v["date"], v["person"] = model.NewDate(2026, 11, 2), person
		return db.Op{Kind: db.Add, Register: "visit", Values: v}
	}
	res := o.must(visit(model.Values{"need_text": "楼道灯不亮", "need_topic": "物业"}))
	saved := res.Records[0]
	if len(res.Records) != 1 || len(saved.Also) != 1 || saved.Also[0] != o.needs(saved.ID)[0] {
		t.Fatalf("saved %+v, needs %v", saved, o.needs(saved.ID))
	}
	need := o.get(saved.Also[0])
	if model.NeedPerson.Of(need) != person || model.NeedText.Of(need) != "楼道灯不亮" || model.NeedTopic.Of(need) != "物业" ||
		model.NeedState.Of(need) != model.NeedOpen || model.NeedOwner.Of(need).ID != o.actor.Staff || model.NeedDue.Of(need) != model.NewDate(2026, 11, 17) {
		t.Errorf("need %v", need.Values)
	}
	o.must(db.Op{Kind: db.Edit, ID: saved.ID, Values: model.Values{"need_text": "楼道灯不亮，已报修"}})
	if n := o.needs(saved.ID); len(n) != 1 {
		t.Errorf("after a correction: %v", n)
	}

	quiet := o.must(visit(model.Values{})).Records[0]
	if n := o.needs(quiet.ID); len(n) != 0 || quiet.Also != nil {
		t.Errorf("a visit without a need has %v", n)
	}
	later := o.must(db.Op{Kind: db.Edit, ID: quiet.ID, Values: model.Values{"need_text": "想装扶手", "solved_now": true}}).Records[0]
	if len(later.Also) != 1 {
		t.Fatalf("%+v", later)
	}
	if need := o.get(later.Also[0]); model.NeedState.Of(need) != model.NeedSolved || model.NeedClosedOn.Of(need) != model.NewDate(2026, 11, 2) {
		t.Errorf("solved at once: %v", need.Values)
	}
	if _, err := o.Undo(ctx, o.actor); err != nil {
		t.Fatal(err)
	}
	if r := o.get(quiet.ID); model.VisitNeedText.Has(r) {
		t.Errorf("the visit still asks: %v", r.Values)
	}
	if r := o.get(later.Also[0]); r.State != model.Deleted {
		t.Errorf("the need is %s", r.State)
	}
	o.verify()
}
