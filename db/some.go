package db

import (
	"context"
	"errors"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// WriteSome carries out the operations that the rules allow, in one
// transaction, and returns the refusals of the others, by their place: one
// record that must stay does not keep a hundred from being deleted. Records of
// the result are in the order of ops; those refused have no id. The operations
// that were carried out are undone as one. A retry with the same request id
// returns the former result; the refusals are not remembered.
//
// It takes Edit and Delete only: they refuse before they touch anything. The
// error is for what kept the whole from being done: nothing was stored then.
func (l *Ledger) WriteSome(ctx context.Context, actor model.Actor, req RequestID, ops ...Op) (res Result, refused []*OpError, err error) {
	if len(ops) > mostOps {
		return res, nil, refuse(ExitUsage, "一次最多保存%d条，未保存，请分批", "at most %d records are saved at once; nothing was saved, split them", mostOps)
	}
	for _, op := range ops {
		if op.Kind != Edit && op.Kind != Delete || !op.At.IsZero() || op.DraftKey != "" {
			return res, nil, refuse(ExitUsage, "只能成批修改和删除，未保存", "only changes and deletions go together; nothing was saved")
		}
	}
	err = l.visit(ctx, true, func(tx *bolt.Tx) error {
		res, refused = Result{}, nil
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		res, refused, err = w.some(req, ops)
		return err
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	if err != nil {
		return Result{}, nil, err
	}
	return res, refused, nil
}

// some is run for operations each of which may be refused by itself.
func (w *writer) some(req RequestID, ops []Op) (Result, []*OpError, error) {
	content, former, found, err := w.recall(req, ops)
	if err != nil {
		return Result{}, nil, err
	}
	if found {
		return former, nil, errUnchanged
	}
	res := Result{Records: make([]Saved, len(ops))}
	var refused []*OpError
	write := false
	for i, op := range ops {
		head := w.last
		saved, err := w.do(op)
		if w.fault != nil {
			return Result{}, nil, w.fault
		}
		switch {
		case err == nil:
			res.Records[i] = saved
			write = write || saved.Changed
		case w.last.Seq == head.Seq && ruled(err):
			refused = append(refused, &OpError{Index: i, Err: err})
		default:
			return Result{}, nil, err
		}
	}
	res.Seq, res.Hash = w.last.Seq, w.last.Hash
	if !write {
		return res, refused, errUnchanged
	}
	if req != (RequestID{}) {
		err = rememberRequest(w.tx, req, w.actor.Staff, content, res)
	}
	return res, refused, err
}

// recall looks for the result of a request that was carried out before.
func (w *writer) recall(req RequestID, ops []Op) (content Hash, res Result, found bool, err error) {
	if req == (RequestID{}) {
		return content, res, false, nil
	}
	if content, err = contentSum(req, ops); err != nil {
		return content, res, false, err
	}
	res, found, err = recallRequest(w.tx, req, w.actor.Staff, content)
	return content, res, found, err
}

// ruled reports a refusal by the rules, not by the file or the machine.
func ruled(err error) bool {
	var errs model.Errors
	var p *model.Problem
	var c *Conflict
	var r *Refusal
	switch {
	case errors.As(err, &errs), errors.As(err, &p), errors.As(err, &c):
		return true
	case errors.As(err, &r):
		return !r.damage && r.Code == ExitDenied
	}
	return false
}
