package ingest

import (
	"context"
	"errors"

	"taizhang/db"
	"taizhang/model"
)

// Done is what an import did.
type Done struct {
	Records int
	IDs     []string // of the records entered, in the order of the rows
	Batches int
	Backup  string // the backup made before; "" when none was
}

// Write enters what the plan found good: nothing while a row is bad, unless some
// asks for the others. Each batch of db.MostOps is one step, in one transaction.
// With backup the ledger is copied first, where the actor may.
func (p *Plan) Write(ctx context.Context, some, backup bool, progress db.Progress) (done Done, err error) {
	if n := p.Count(Bad); n > 0 && (!some || p.Whole) {
		return done, &db.Refusal{Code: db.ExitUsage, Words: model.Sayf("有%d处不能导入，没有写入任何内容。请在原表里改好再导入", "%d things cannot be imported, and nothing was written. Put them right in the file and import it again", n)}
	}
	if p.Entries() == 0 {
		return done, nil
	}
	l := p.job.Ledger
	if backup && model.Can(p.job.Actor, model.ActBackup, nil) == nil {
		b, err := l.Backup(ctx, p.job.Actor, db.BackupOptions{})
		if err != nil {
			return done, err
		}
		done.Backup = b.Path
	}
	total := p.Entries()
	for done.Records < total {
		if err = ctx.Err(); err != nil {
			return done, err
		}
		n := min(db.MostOps, total-done.Records)
		if p.Whole {
			err = p.take(ctx, done.Records, n)
		} else {
			err = p.enter(ctx, done.Records, n, &done)
		}
		if err != nil {
			return done, err
		}
		done.Records += n
		done.Batches++
		if progress != nil {
			progress(done.Records, total)
		}
	}
	return done, nil
}

// enter writes some of the rows in one transaction. It waits for the ledger as
// long as anybody does.
func (p *Plan) enter(ctx context.Context, from, n int, done *Done) error {
	ops := make([]db.Op, n)
	for i, row := range p.Rows[from : from+n] {
		ops[i] = db.Op{Kind: db.Add, Register: p.Register.Key, Values: row.Values, Reason: model.Sayf("导入，原表第%d行", "imported, row %d", row.Line).In(p.job.Ledger.Info().Lang)}
	}
	res, err := p.job.Ledger.Write(ctx, p.job.Actor, db.RequestID{}, ops...)
	var at *db.OpError
	if errors.As(err, &at) {
		return model.Problemf("第%d行：%s", "row %d: %s", p.Rows[from+at.Index].Line, model.AsWords(at.Err))
	}
	for _, s := range res.Records {
		done.IDs = append(done.IDs, s.ID)
	}
	return err
}
