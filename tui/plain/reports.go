package plain

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/words"
)

// mostSaved is how many saved reports the menu reads out.
const mostSaved = 20

// reports is the menu of what can be written: texts to go on with, then every
// report there is.
func (d *desk) reports() error {
	var fault error
	err := d.choose(words.Reports, func() (list []entry) {
		kinds, saved, err := d.reportsThere()
		if fault = err; err != nil {
			return nil
		}
		add := func(w model.Words, open func() error) {
			list = append(list, entry{strconv.Itoa(len(list) + 1), w, open})
		}
		for _, rec := range saved {
			add(model.Sayf(wReportGoOn.ZH, wReportGoOn.EN, rec.ID, model.ReportTitle.Of(rec)), func() error {
				t, err := export.OpenSaved(rec, kinds)
				if err != nil {
					return err
				}
				return d.text(&t.Report, export.ReportJob{Period: t.Period, Audience: t.Audience, Lang: t.Lang}, rec)
			})
		}
		for i := range kinds {
			add(kinds[i].Words, func() error { return d.begin(&kinds[i]) })
		}
		return list
	})
	if err == nil {
		err = d.complain(fault)
	}
	return err
}

func (d *desk) reportsThere() (kinds []export.Report, saved []*model.Record, err error) {
	err = export.WithShelf(d.ledger.Path(), func(s report.Shelf) error {
		kinds, err = export.ReportsOn(s)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	err = d.visit(func(ctx context.Context) error {
		saved, err = d.ledger.List(ctx, db.Query{Register: model.Report.Key, States: []model.State{model.Final}, Limit: mostSaved})
		return err
	})
	saved = slices.DeleteFunc(saved, func(r *model.Record) bool { return model.ReportState.Of(r) == model.ReportSent })
	return kinds, saved, err
}

// begin asks of what a report is and for whom.
func (d *desk) begin(kind *export.Report) error {
	job := export.ReportJob{Lang: d.ledger.Info().Lang}
	today := model.DateOf(d.ledger.Now())
	for {
		question := model.Sayf(wPeriodAsk.ZH, wPeriodAsk.EN, strconv.Itoa(int(today.Year)))
		if kind.Of == export.OfOccasion {
			question = wOccasionAsk
		}
		text, err := d.ask(question)
		if err != nil || isBack(command(text)) {
			return err
		}
		if kind.Of == export.OfOccasion {
			job.Occasion, err = model.ParseOccasion(text, today)
		} else {
			if text == "" {
				text = strconv.Itoa(int(today.Year))
			}
			job.Period, err = model.ParsePeriod(text)
		}
		if err == nil {
			break
		}
		if err := d.complain(err); err != nil {
			return err
		}
	}
	for {
		text, err := d.ask(wAudienceAsk)
		if err != nil || text == "" || isBack(command(text)) {
			return err
		}
		all := []model.Audience{model.Inside, model.Superior, model.Public, model.Accounts}
		if n, e := strconv.Atoi(command(text)); e == nil && n >= 1 && n <= len(all) {
			job.Audience = all[n-1]
			break
		}
		if job.Audience, err = model.ParseAudience(text); err == nil {
			break
		}
		if err := d.complain(err); err != nil {
			return err
		}
	}
	if kind.Text {
		return d.text(kind, job, nil)
	}
	return d.writeReport(kind, job, nil, nil)
}

// count fills the text of a report.
func (d *desk) count(ctx context.Context, kind *export.Report, job export.ReportJob, edits report.Edits) (*report.Document, error) {
	src, err := export.FromLedger(ctx, d.ledger, d.actor)
	if err != nil {
		return nil, err
	}
	t, err := export.ReadTemplate(d.ledger.Path(), kind.Name, job.Lang, src.Context().Schema, edits)
	if err != nil {
		return nil, err
	}
	doc, err := t.Fill(src, report.Job{Period: job.Period, Audience: job.Audience, Lang: job.Lang})
	if err == nil {
		err = src.Err()
	}
	return doc, err
}

// text is the dialogue about a text: read it out, fill what is missing, write it.
func (d *desk) text(kind *export.Report, job export.ReportJob, rec *model.Record) error {
	for {
		edits := report.Edits{}
		if rec != nil {
			edits = model.ReportEdits(rec)
		}
		var doc *report.Document
		if err := d.scan(func(ctx context.Context) (err error) {
			doc, err = d.count(ctx, kind, job, edits)
			return err
		}); err != nil {
			return err
		}
		d.sayf(wReportIs, doc.Title, len(doc.Figures), len(doc.Gaps), len(doc.Doubts))
		for _, w := range doc.Doubts {
			d.sayf(wReportDoubt, w)
		}
	again:
		text, err := d.ask(wReportAsk)
		if err != nil {
			return err
		}
		switch cmd := command(text); {
		case isBack(cmd), cmd == "":
			return nil
		case cmd == "r":
			for line := range strings.Lines(doc.Text()) {
				d.line(strings.TrimSpace(line))
			}
			goto again
		case cmd == "f":
			next, err := d.fillGaps(kind, job, rec, doc, edits)
			if err := d.complain(err); err != nil {
				return err
			}
			if next != nil {
				rec = next
			}
		case cmd == "w":
			if err := d.complain(d.writeReport(kind, job, rec, edits)); err != nil {
				return err
			}
			goto again
		default:
			d.sayf(wNoChoice, model.Shorten(text))
			goto again
		}
	}
}

// gapTag is where prose is missing in a template.
var gapTag = regexp.MustCompile(`[{｛]{2}[ 　]*(?:待补|gap)[^{}｛｝]*[}｝]{2}`)

// fillGaps asks for each piece of prose that is missing and keeps the answers in
// the saved report, which it returns; nil: nothing was written.
func (d *desk) fillGaps(kind *export.Report, job export.ReportJob, rec *model.Record, doc *report.Document, edits report.Edits) (*model.Record, error) {
	mine := maps.Clone(edits)
	wrote := false
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if !slices.ContainsFunc(b.Spans, func(s report.Span) bool { return s.Gap }) || b.Source == "" {
			continue
		}
		id, _, _ := strings.Cut(b.ID, ".")
		source, ok := mine[id]
		if !ok {
			source = b.Source
		}
		for _, s := range b.Spans {
			if !s.Gap {
				continue
			}
			text, err := d.ask(model.Sayf(wGapAsk.ZH, wGapAsk.EN, s.Text))
			if err != nil {
				return nil, err
			}
			at := gapTag.FindStringIndex(source)
			if text == "" || at == nil {
				continue
			}
			source = source[:at[0]] + text + source[at[1]:]
			mine[id], wrote = source, true
		}
	}
	if !wrote {
		d.say(wGapNone)
		return nil, nil
	}
	if err := export.CheckEdit(d.ledger.Path(), kind.Name, job.Lang, d.ledger.Schema(), "", "", mine); err != nil {
		return nil, err
	}
	op := db.Op{Kind: db.Add, Register: model.Report.Key, Values: export.SavedValues(kind, job, doc, mine)}
	if rec != nil {
		op = db.Op{Kind: db.Edit, ID: rec.ID, Base: rec.Version, Values: model.Values{"edits": model.ReportRows(mine)}}
	}
	var out *model.Record
	err := d.visit(func(ctx context.Context) error {
		res, err := d.ledger.Write(ctx, d.actor, db.RequestID{}, op)
		if err != nil {
			return err
		}
		return d.ledger.View(ctx, func(sn *db.Snapshot) error {
			out, err = sn.Get(res.Records[0].ID)
			return err
		})
	})
	if err == nil {
		d.sayf(words.ReportKept, out.ID)
	}
	return out, err
}

// writeReport asks for the format, and of a text whether it is the final copy, and
// writes the file into the folder of exports.
func (d *desk) writeReport(kind *export.Report, job export.ReportJob, rec *model.Record, edits report.Edits) error {
	if err := model.Can(d.actor, model.ActExport, nil); err != nil {
		return err
	}
	job.Draft = false
	if kind.Text {
		text, err := d.ask(wFinalAsk)
		if err != nil || isBack(command(text)) {
			return err
		}
		job.Draft = command(text) != "2"
	}
	text, err := d.ask(model.Sayf(wFormatAsk.ZH, wFormatAsk.EN, strings.Join(kind.Formats, " "), kind.Formats[0]))
	if err != nil || isBack(command(text)) {
		return err
	}
	if text = command(text); text == "" {
		text = kind.Formats[0]
	}
	if !slices.Contains(kind.Formats, text) {
		return model.Problemf(wNoChoice.ZH, wNoChoice.EN, model.Shorten(text))
	}
	job.Format = export.Format(text)
	of := job.Period.String()
	if kind.Of == export.OfOccasion {
		of = job.Occasion.String()
	}
	return d.scan(func(ctx context.Context) error {
		src, err := export.FromLedger(ctx, d.ledger, d.actor)
		if err != nil {
			return err
		}
		if kind.Text {
			if job.Template, err = export.ReadTemplate(d.ledger.Path(), kind.Name, job.Lang, src.Context().Schema, edits); err != nil {
				return err
			}
		}
		// The bytes are made before there is a file: a refusal leaves nothing behind.
		var b bytes.Buffer
		slip := export.Slip{}
		remark, err := kind.Write(&b, src, job, &slip)
		if err != nil {
			return err
		}
		if err := src.Err(); err != nil {
			return err
		}
		folder, err := export.Exports(d.ledger.Path())
		if err != nil {
			return err
		}
		f, err := export.CreateFree(folder, fmt.Sprintf("%s-%s-%s", kind.Name, of, d.ledger.Now().In(model.Zone).Format("20060102")), "."+text)
		if err != nil {
			return err
		}
		defer f.Abort()
		if _, err := b.WriteTo(f); err != nil {
			return err
		}
		if err := export.Send(ctx, d.ledger, src, f, slip); err != nil {
			return err
		}
		if remark != (model.Words{}) {
			d.say(remark)
		}
		d.sayf(words.Written, f.Path())
		return nil
	})
}
