package db_test

import (
	"errors"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// Who only enters records does not take the supervisors' look from an item,
// neither from a new one nor from one on file; a reviewer or an administrator may.
func TestSupervisorsCheckIsKept(t *testing.T) {
	c := newChain(t, model.OfficeThree)
	try := func(by string, op db.Op) error {
		_, err := c.Write(ctx, c.people[by], db.RequestID{}, op)
		return err
	}
	off := model.Values{"supervisors": false}
	refused := func(err error) {
		t.Helper()
		var errs model.Errors
		if !errors.As(err, &errs) || len(errs) != 1 || errs[0].Field.Key != "supervisors" {
			t.Errorf("not refused: %v", err)
		}
	}
	refused(try("拟", editOp(c.item, off)))
	values := model.Values{"no": int64(4), "class": "财务", "topic1": "收支", "body_org": model.Ref{Text: "居委会"}, "cadence": "月", "supervisors": false,
		"drafter": model.Ref{ID: c.people["拟"].Staff}, "reviewer": model.Ref{ID: c.people["审"].Staff}, "approver": model.Ref{ID: c.people["批"].Staff}}
	refused(try("拟", db.Op{Kind: db.Add, Register: "catalogue", Values: values}))
	if err := try("审", editOp(c.item, off)); err != nil {
		t.Errorf("a reviewer: %v", err)
	}
	if err := try("拟", editOp(c.item, model.Values{"elements": "内容、结果"})); err != nil {
		t.Errorf("another field of an item without: %v", err)
	}
	values["class"] = "党务"
	if err := try("拟", db.Op{Kind: db.Add, Register: "catalogue", Values: values}); err != nil {
		t.Errorf("of Party matters: %v", err)
	}
}
