package plain

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/words"
)

// savedOp stores a report, for the first time or over what it held.
func savedOp(kind *export.Report, job export.ReportJob, rec *model.Record, doc *report.Document, edits report.Edits) db.Op {
	if rec == nil {
		return db.Op{Kind: db.Add, Register: model.Report.Key, Values: export.SavedValues(kind, job, doc, edits)}
	}
	return db.Op{Kind: db.Edit, ID: rec.ID, Base: rec.Version, Values: model.Values{"edits": model.ReportRows(edits)}}
}

// keepReport stores a report and reads it back.
func (d *desk) keepReport(op db.Op) (out *model.Record, err error) {
	err = d.visit(func(ctx context.Context) error {
		res, err := d.ledger.Write(ctx, d.actor, db.RequestID{}, op)
		if err != nil {
			return err
		}
		return d.ledger.View(ctx, func(sn *db.Snapshot) error {
			out, err = sn.Get(res.Records[0].ID)
			return err
		})
	})
	return out, err
}

// writeText asks whether a text is a draft, the final copy, or one that goes up,
// writes it, and notes with a final copy what it said. The saved report is returned
// if it was noted.
func (d *desk) writeText(kind *export.Report, job export.ReportJob, rec *model.Record, doc *report.Document, edits report.Edits) (*model.Record, error) {
	question := wFinalAsk
	if !sent(rec) {
		question = wSendAsk
	}
	text, err := d.ask(question)
	how := command(text)
	if err != nil || isBack(how) {
		return nil, err
	}
	job.Draft = how != "2" && (how != "3" || sent(rec))
	to := ""
	if how == "3" && !job.Draft {
		if to, err = d.ask(words.SentToAsk); err != nil || isBack(command(to)) {
			return nil, err
		}
	}
	if job.Format, err = d.askFormat(kind); err != nil || job.Format == "" {
		return nil, err
	}
	job.Told = func(told *report.Document) { doc = told }
	f, err := d.reportFile(kind, job, edits)
	var u *export.Unfinished
	if errors.As(err, &u) {
		d.line(model.Say(err, d.lang))
		why, e := d.ask(model.Sayf(wAsIsAsk.ZH, wAsIsAsk.EN, export.LeastReason))
		if e != nil || why == "" || isBack(command(why)) {
			return nil, e
		}
		job.Reason = why
		f, err = d.reportFile(kind, job, edits)
	}
	if err != nil || f == nil || job.Draft || sent(rec) || rec == nil && how != "3" {
		return nil, err
	}
	op := savedOp(kind, job, rec, doc, edits)
	op.Exact = true // what somebody rewrote meanwhile is not in the file
	if how != "3" {
		maps.Copy(op.Values, export.FinalValues(job.Reason))
		return d.keepReport(op)
	}
	sum, err := f.Sum()
	if err != nil {
		return nil, err
	}
	maps.Copy(op.Values, export.SentValues(job.Reason, model.DateOf(d.ledger.Now()), to, filepath.Base(f.Path()), hex.EncodeToString(sum[:]), doc))
	out, err := d.keepReport(op)
	var late *db.Conflict
	if errors.As(err, &late) {
		err = model.Problemf(words.ReportChangedSince.ZH, words.ReportChangedSince.EN, late.ID, late.By)
	}
	if err != nil {
		d.sayf(words.SentNotNoted, model.AsWords(err))
		if rec == nil {
			return nil, nil
		}
		err = d.visit(func(ctx context.Context) error {
			return d.ledger.View(ctx, func(sn *db.Snapshot) (err error) {
				out, err = sn.Get(rec.ID)
				return err
			})
		})
		return out, err
	}
	d.sayf(words.ReportSent, out.ID)
	return out, nil
}

// writeReport writes a report of tables.
func (d *desk) writeReport(kind *export.Report, job export.ReportJob) error {
	var err error
	if job.Format, err = d.askFormat(kind); err == nil && job.Format != "" {
		_, err = d.reportFile(kind, job, nil)
	}
	return err
}

// askFormat asks for one of the formats of a report; "": it was left.
func (d *desk) askFormat(kind *export.Report) (export.Format, error) {
	if err := model.Can(d.actor, model.ActExport, nil); err != nil {
		return "", err
	}
	text, err := d.ask(model.Sayf(wFormatAsk.ZH, wFormatAsk.EN, strings.Join(kind.Formats, " "), kind.Formats[0]))
	if err != nil || isBack(command(text)) {
		return "", err
	}
	if text = command(text); text == "" {
		text = kind.Formats[0]
	}
	if !slices.Contains(kind.Formats, text) {
		return "", model.Problemf(wNoChoice.ZH, wNoChoice.EN, model.Shorten(text))
	}
	return export.Format(text), nil
}

// reportFile writes the file into the folder of exports; nil: it was left.
func (d *desk) reportFile(kind *export.Report, job export.ReportJob, edits report.Edits) (f *export.File, err error) {
	of := job.Period.String()
	if kind.Of == export.OfOccasion {
		of = job.Occasion.String()
	}
	name := fmt.Sprintf("%s-%s-%s", kind.Name, of, d.ledger.Now().In(model.Zone).Format("20060102"))
	var remark model.Words
	done, err := d.standing(func(reasons []string) error {
		return d.scan(func(ctx context.Context) error {
			f, remark, err = d.writeNow(ctx, kind, job, edits, name, reasons)
			return err
		})
	})
	if err != nil || !done {
		return nil, err
	}
	if remark != (model.Words{}) {
		d.say(remark)
	}
	d.sayf(words.Written, f.Path())
	return f, nil
}

// writeNow writes the file under the first name that is free.
func (d *desk) writeNow(ctx context.Context, kind *export.Report, job export.ReportJob, edits report.Edits, name string, reasons []string) (f *export.File, remark model.Words, err error) {
	src, err := export.FromLedger(ctx, d.ledger, d.actor)
	if err != nil {
		return nil, remark, err
	}
	if kind.Text {
		if job.Template, err = export.ReadTemplate(d.ledger.Path(), kind.Name, job.Lang, src.Context().Schema, edits); err != nil {
			return nil, remark, err
		}
	}
	// The bytes are made before there is a file: a refusal leaves nothing behind.
	var b bytes.Buffer
	slip := export.Slip{Overrides: reasons}
	if remark, err = kind.Write(&b, src, job, &slip); err != nil {
		return nil, remark, err
	}
	if err := src.Err(); err != nil {
		return nil, remark, err
	}
	folder, err := export.Exports(d.ledger.Path())
	if err != nil {
		return nil, remark, err
	}
	if f, err = export.CreateFree(folder, name, "."+string(job.Format)); err != nil {
		return nil, remark, err
	}
	defer f.Abort()
	if _, err := b.WriteTo(f); err != nil {
		return nil, remark, err
	}
	return f, remark, export.Send(ctx, d.ledger, src, f, slip)
}
