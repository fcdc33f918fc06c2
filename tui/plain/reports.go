package plain

import (
	"context"
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
			w := wReportGoOn
			if sent(rec) {
				w = wReportWent
			}
			add(model.Sayf(w.ZH, w.EN, rec.ID, model.ReportTitle.Of(rec)), func() error {
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
	slices.SortStableFunc(saved, func(a, b *model.Record) int { // what is still being written first
		switch {
		case sent(a) == sent(b):
			return strings.Compare(b.ID, a.ID)
		case sent(a):
			return 1
		}
		return -1
	})
	return kinds, saved, err
}

// sent reports whether a saved report went up; nil did not.
func sent(rec *model.Record) bool { return rec != nil && model.ReportState.Of(rec) == model.ReportSent }

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
	return d.writeReport(kind, job)
}

// counted is the text of a report as counted now, and what changed in it since it
// was sent.
func (d *desk) counted(ctx context.Context, kind *export.Report, job export.ReportJob, rec *model.Record, edits report.Edits) (doc *report.Document, deltas []export.Delta, err error) {
	src, err := export.FromLedger(ctx, d.ledger, d.actor)
	if err != nil {
		return nil, nil, err
	}
	if doc, err = kind.Count(src, job, edits); err != nil {
		return nil, nil, err
	}
	if rec != nil {
		if deltas, err = export.SinceSent(src, kind, job, rec, doc); err != nil {
			return nil, nil, err
		}
	}
	return doc, deltas, src.Err()
}

// text is the dialogue about a text: read it out, fill what is missing, write it.
func (d *desk) text(kind *export.Report, job export.ReportJob, rec *model.Record) error {
	for {
		edits := report.Edits{}
		if rec != nil {
			edits = model.ReportEdits(rec)
		}
		var doc *report.Document
		var deltas []export.Delta
		if err := d.scan(func(ctx context.Context) (err error) {
			doc, deltas, err = d.counted(ctx, kind, job, rec, edits)
			return err
		}); err != nil {
			return err
		}
		d.sayf(wReportIs, doc.Title, len(doc.Figures), len(doc.Gaps), len(doc.Doubts))
		for _, w := range doc.Doubts {
			d.sayf(wReportDoubt, w)
		}
		if len(deltas) > 0 {
			d.sayf(wReportDeltas, len(deltas))
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
		case cmd == "c":
			for i := range deltas {
				d.say(deltas[i].Words())
			}
			if len(deltas) == 0 {
				d.say(wReportSame)
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
			next, err := d.writeText(kind, job, rec, doc, edits)
			if err := d.complain(err); err != nil {
				return err
			}
			if next == nil {
				goto again
			}
			rec = next
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
		if !slices.ContainsFunc(b.Spans, func(s report.Span) bool { return s.Gap }) || b.Source == "" || strings.Contains(b.ID, "/") { // one answer would stand in every round
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
	op := savedOp(kind, job, rec, doc, mine)
	if sent(rec) {
		why, err := d.ask(words.ParagraphWhy)
		if err != nil || why == "" {
			return nil, err
		}
		op.Reason = why
	}
	out, err := d.keepReport(op)
	if err == nil {
		d.sayf(words.ReportKept, out.ID)
	}
	return out, err
}
