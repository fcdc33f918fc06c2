package command

import (
	"context"
	"time"

	"taizhang/db"
	"taizhang/model"
	"taizhang/model/sample"
)

// sample creates the ledger of the sample community at path and returns it with
// the number of records in it.
func (r *runner) sample(ctx context.Context, path string, scale int, l model.Lang, progress func(percent int)) (*desk, int, error) {
	first, err := r.create(ctx, path, sample.Place+sample.Name, "", l)
	if err != nil {
		return nil, 0, err
	}
	w := &sampleWriter{ctx: ctx, actor: first.actor, progress: progress, expect: max(scale, 700)}
	opt := r.options()
	// Every record is entered under its own date, so that ids and histories
	// look as they would in an office.
	opt.Backdate = true
	if w.ledger, err = db.Open(path, opt); err != nil {
		return nil, 0, err
	}
	if err := sample.Fill(w, model.DateOf(r.now()), scale); err != nil {
		return nil, 0, err
	}
	return first, w.count, nil
}

func (r *runner) now() time.Time {
	if r.Clock != nil {
		return r.Clock()
	}
	return time.Now()
}

// sampleWriter enters the sample's records through the ordinary write path.
type sampleWriter struct {
	ctx           context.Context
	ledger        *db.Ledger
	actor         model.Actor
	count, expect int
	progress      func(percent int)
}

// Add implements sample.Writer.
func (w *sampleWriter) Add(register string, entries []sample.Entry) ([]string, error) {
	ops := make([]db.Op, len(entries))
	for i, e := range entries {
		ops[i] = db.Op{Kind: db.Add, Register: register, Values: e.Values, At: e.At}
	}
	res, err := w.ledger.Write(w.ctx, w.actor, db.RequestID{}, ops...)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(res.Records))
	for i, s := range res.Records {
		ids[i] = s.ID
	}
	w.count += len(entries)
	if w.progress != nil {
		w.progress(min(99, w.count*100/w.expect))
	}
	return ids, nil
}
