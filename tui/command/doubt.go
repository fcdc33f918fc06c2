package command

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
)

func (r *runner) strictFlag(cmd *cobra.Command, strict *bool) {
	cmd.Flags().BoolVar(strict, "strict", false, r.t("有疑问（像是重复、数目反常）就不保存，退出码 2", "store nothing when something is doubtful (a likely duplicate, an unusual figure): exit code 2"))
}

// store writes operations. What is doubtful about them is said on standard
// error and stored all the same, unless strict asks to refuse it.
func (r *runner) store(ctx context.Context, d *desk, request string, strict bool, ops ...db.Op) (db.Result, error) {
	notes, err := r.doubts(ctx, d, requestID(request), ops)
	if err != nil {
		return db.Result{}, err
	}
	if strict && len(notes) > 0 {
		r.tellDoubts(notes[1:], r.t("还有：", "also: "))
		return db.Result{}, usage("有疑问，没有保存：%s", "doubtful, nothing was stored: %s", notes[0])
	}
	res, err := d.write(ctx, request, ops...)
	if err == nil {
		r.tellDoubts(notes, r.t("请核对（已保存）：", "please check (stored): "))
	}
	return res, err
}

// tellDoubts says them one a line, the first of them when there are many.
func (r *runner) tellDoubts(notes []string, before string) {
	const most = 20
	for _, n := range notes[:min(len(notes), most)] {
		r.complain(before + n)
	}
	if left := len(notes) - most; left > 0 {
		r.complain(before + model.Sayf("另有%d处", "%d more", left).In(r.lang))
	}
}

// doubts lists what is doubtful about new and changed records, one line each.
func (r *runner) doubts(ctx context.Context, d *desk, request db.RequestID, ops []db.Op) (notes []string, err error) {
	done := false
	if err := d.ledger.View(ctx, func(sn *db.Snapshot) error {
		done = sn.Requested(request)
		return nil
	}); err != nil || done {
		return nil, err
	}
	book := &batchBook{Book: d.ledger.Book(ctx)} // short visits, however many there are
	c := d.context(book)
	for i, op := range ops {
		reg := c.Schema.Register(op.Register)
		if reg == nil || reg.Doubts == nil {
			continue
		}
		rec := model.NewRecord(reg)
		var before *model.Record
		if op.Kind == db.Edit {
			if before = book.Record(op.ID); before == nil {
				continue // the write says so
			}
			rec = before.Clone()
		}
		for k, v := range op.Values {
			rec.Set(k, v)
		}
		for _, doubt := range c.Doubts(rec, before) {
			line := doubt.In(r.lang)
			if len(doubt.Found) > 0 {
				line += r.t("：", ": ") + strings.Join(doubt.Found, " ")
			}
			if len(ops) > 1 {
				line = model.Sayf("第%d条：%s", "record %d: %s", i+1, line).In(r.lang)
			}
			notes = append(notes, line)
		}
		if before == nil && c.Prepare(rec, nil) == nil {
			book.ahead = append(book.ahead, rec)
		}
	}
	return notes, book.Err()
}

// batchBook also adds up what the same batch has entered before: each payment of
// it may fit into the budget while all together do not.
type batchBook struct {
	*db.Book
	ahead []*model.Record
}

// Walk implements model.Walker.
func (b *batchBook) Walk(register string, p model.Period, fields []string, fn func(*model.Record)) bool {
	ok := b.Book.Walk(register, p, fields, fn)
	for _, r := range b.ahead {
		if r.Register.Key == register && (p.IsZero() || p.Contains(r.Date())) {
			fn(r)
		}
	}
	return ok
}
