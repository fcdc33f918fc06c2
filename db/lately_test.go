package db_test

import (
	"fmt"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

func TestLately(t *testing.T) {
	o := newOffice(t)
	got, err := o.Lately(ctx, o.actor, 10)
	if err != nil || got.Undo == nil || got.Redo == nil {
		t.Fatalf("in a new ledger: %+v, %v", got, err)
	}
	var last string
	for i := range 4 {
		last = o.must(addVenue(fmt.Sprintf("活动室%d", i))).Records[0].ID
	}
	o.add("staff", model.Values{"name": "李秀英", "login": "li", "roles": []string{"录入"}})
	if got, err = o.Lately(ctx, o.actor, 3); err != nil || got.Undo != nil || got.Redo == nil {
		t.Fatalf("%+v, %v", got, err)
	}
	if len(got.Records) != 3 || got.Records[1] != (db.Touched{ID: last, Register: "venue", Title: "活动室3"}) {
		t.Errorf("%+v", got.Records)
	}
	if li, err := o.Lately(ctx, model.Actor{Login: "li"}, 3); err != nil || li.Undo == nil || len(li.Records) != 0 {
		t.Errorf("of someone who did nothing: %+v, %v", li, err)
	}
	if _, err := o.Undo(ctx, o.actor); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Undo(ctx, o.actor); err != nil { // the last venue goes to the bin
		t.Fatal(err)
	}
	if got, err = o.Lately(ctx, o.actor, 9); err != nil || got.Redo != nil || got.Undo != nil {
		t.Fatalf("after an undo: %+v, %v", got, err)
	}
	for _, r := range got.Records {
		if r.ID == last {
			t.Error("what was deleted is offered")
		}
	}
}
