package db

import (
	"bytes"
	"context"
	"errors"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// StaleBackup is the age at which a newest backup deserves a warning.
const StaleBackup = 35 * 24 * time.Hour

// DrillOptions says what a drill uses.
type DrillOptions struct {
	Dir      string    // "": BackupDir
	Identity *Identity // opens an encrypted backup
	Progress Progress
}

// Drilled is what a drill found.
type Drilled struct {
	Backup  Backup
	Age     time.Duration // of the backup, by the ledger's clock
	Took    time.Duration
	Report  Report        // of the restored backup
	Live    Report        // of the ledger: head and counts, not verified
	Differs []model.Words // what disagrees
}

// Drill restores the newest backup into a private place, verifies it in full and
// compares it with the ledger: its head must be an entry of the ledger's journal.
// The copy is removed afterwards; the ledger is only read. When anything
// disagrees the error is a *Refusal of exit code 1.
func (l *Ledger) Drill(ctx context.Context, actor model.Actor, opt DrillOptions) (d Drilled, err error) {
	start := time.Now()
	defer func() { d.Took = time.Since(start) }()
	if opt.Dir == "" {
		opt.Dir = BackupDir(l.path)
	}
	if err := l.may(ctx, actor, model.ActDrill); err != nil {
		return d, err
	}
	list, err := Backups(opt.Dir, l.info.ID)
	if err != nil {
		return d, err
	}
	if len(list) == 0 {
		return d, refuse(ExitFailed, "%s 里没有这本台账的备份。请先备份：taizhang backup", "there is no backup of this ledger in %s. Make one: taizhang backup", opt.Dir)
	}
	d.Backup = list[0]
	d.Age = l.Now().Sub(d.Backup.Created)
	w, err := newWork(l.path)
	if err != nil {
		return d, err
	}
	defer w.close()
	copied, m, err := stage(ctx, d.Backup.Path, w, opt.Identity)
	if err != nil {
		return d, err
	}
	trial, rep, err := l.prove(ctx, copied, opt.Progress)
	d.Report = rep
	if err != nil {
		if gaveUp(ctx) != nil {
			return d, err
		}
		return d, refuse(ExitCode(err), "最近的备份 %s 不能用，现有台账没有变动：%s", "the newest backup %s is of no use; the ledger was not touched: %s", d.Backup.File, model.AsWords(err))
	}
	if m == nil {
		return d, badBackup(errors.New("the manifest vanished"))
	}
	if err := fits(m, trial, rep); err != nil {
		return d, err
	}
	if err := d.compare(ctx, l); err != nil {
		return d, err
	}
	if len(d.Differs) > 0 {
		return d, refuse(ExitFailed, "演练不符：%s", "the drill found a disagreement: %s", d.Differs[0])
	}
	return d, nil
}

// compare holds the backup against the ledger.
func (d *Drilled) compare(ctx context.Context, l *Ledger) error {
	var at Entry
	var there bool
	var buckets [][]byte
	err := l.View(ctx, func(s *Snapshot) (err error) {
		if d.Live.Seq, d.Live.Hash, err = s.Head(); err != nil {
			return err
		}
		if at, there, err = s.Entry(d.Report.Seq); err != nil {
			return err
		}
		return s.tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
			if bytes.HasPrefix(name, bucketRecords("")) {
				buckets = append(buckets, bytes.Clone(name))
			}
			return nil
		})
	})
	for _, bucket := range buckets {
		if err == nil {
			err = l.each(ctx, bucket, func([]byte) error { d.Live.Records++; return nil })
		}
	}
	if err != nil {
		return err
	}
	differs := func(zh, en string, args ...any) { d.Differs = append(d.Differs, model.Sayf(zh, en, args...)) }
	switch {
	case !there:
		differs("备份的流水到第%d条，台账只到第%d条：台账末尾被截去或放回了旧文件。若是有意恢复过旧备份，请重新备份",
			"the backup's journal goes to %d, the ledger's only to %d: its end was cut off or an older file put back. If an older backup was restored on purpose, make a new one", d.Report.Seq, d.Live.Seq)
	case at.Hash != d.Report.Hash:
		differs("备份的链尾（第%d条 %s）不在台账的流水中（那里是 %s）：此前的内容被改写过。若是有意恢复过旧备份，请重新备份",
			"the backup's head (%d, %s) is not in the ledger's journal (%s there): what came before was rewritten. If an older backup was restored on purpose, make a new one", d.Report.Seq, d.Report.Hash.Short(), at.Hash.Short())
	}
	if d.Report.Records > d.Live.Records {
		differs("备份有%d条记录，台账只有%d条", "the backup has %d records, the ledger only %d", d.Report.Records, d.Live.Records)
	}
	return nil
}

// each calls fn with the values of a bucket, in visits of bounded time.
func (l *Ledger) each(ctx context.Context, bucket []byte, fn func(val []byte) error) error {
	v := verifier{l: l, ctx: ctx}
	return v.each(bucket, func(_ *Snapshot, _, val []byte) error { return fn(val) })
}
