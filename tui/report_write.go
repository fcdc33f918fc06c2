package tui

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// reportWrite is a file of a report to be written.
type reportWrite struct {
	export.ReportJob
	send    bool   // note it as sent, with its figures
	sentTo  string // to whom
	reasons []string
}

type reportWrittenMsg struct {
	text  *reportText
	wish  reportWrite
	path  string
	noted string // id of the saved report in which it was noted
	// unnoted says why the file, which is there, was not noted as sent.
	unnoted error
	err     error
}

func (m reportWrittenMsg) to() screen { return m.text }

// writeFile writes a report into the folder of exports beside the ledger, under
// the first name that is free. sum is its SHA-256 in hex.
func (s *session) writeFile(ctx context.Context, kind *export.Report, job export.ReportJob, reasons []string, progress db.Progress, template func(*export.Ledger) (*report.Template, error)) (path, sum string, remark model.Words, err error) {
	if err := model.Can(s.actor, model.ActExport, nil); err != nil {
		return "", "", remark, err
	}
	folder, err := s.exports()
	if err != nil {
		return "", "", remark, err
	}
	of := job.Period.String()
	switch {
	case kind.Of == export.OfOccasion:
		of = job.Occasion.String()
	case job.Period == allOfTime, job.Period.IsZero():
		of = "all"
	}
	f, err := createFree(folder, fmt.Sprintf("%s-%s-%s", kind.Name, of, s.now().In(model.Zone).Format("20060102")), "."+string(job.Format))
	if err != nil {
		return "", "", remark, err
	}
	defer f.Abort()
	src, err := s.source(ctx)
	if err != nil {
		return "", "", remark, err
	}
	src.Progress = phases(2*export.Scans(src.Context()), progress)
	if template != nil {
		if job.Template, err = template(src); err != nil {
			return "", "", remark, err
		}
	}
	slip := export.Slip{Overrides: reasons}
	if remark, err = kind.Write(f, src, job, &slip); err != nil {
		return "", "", remark, err
	}
	if err := src.Err(); err != nil {
		return "", "", remark, err
	}
	hash, err := f.Sum()
	if err != nil {
		return "", "", remark, err
	}
	return f.Path(), hex.EncodeToString(hash[:]), remark, export.Send(ctx, s.ledger, src, f, slip)
}

// pickFormatOf offers the formats of a report.
func pickFormatOf(s *session, kind *export.Report, take func(export.Format) tea.Cmd) *pick {
	var options []part.Option
	for _, f := range kind.Formats {
		w, ok := formatWords[export.Format(f)]
		if !ok {
			w = model.W(f, f)
		}
		options = append(options, part.Option{ID: f, Text: w.In(s.lang)})
	}
	return newPick(s, words.FormatAsk, options, func(id, typed string) tea.Cmd {
		if id == "" {
			return complain(model.Problemf(words.NoSuch.ZH, words.NoSuch.EN, typed))
		}
		return take(export.Format(id))
	})
}

// write asks how far the copy is and in which format, then writes it.
func (t *reportText) write(s *session) tea.Cmd {
	options := []part.Option{{ID: "draft", Text: words.WriteDraft.In(s.lang)}, {ID: "final", Text: words.WriteFinal.In(s.lang)}}
	if t.record == nil || model.ReportState.Of(t.record) != model.ReportSent {
		options = append(options, part.Option{ID: "send", Text: words.WriteSend.In(s.lang)})
	}
	t.pick = newPick(s, words.WriteAsAsk, options, func(id, typed string) tea.Cmd {
		if id == "" {
			return complain(model.Problemf(words.NoSuch.ZH, words.NoSuch.EN, typed))
		}
		wish := reportWrite{ReportJob: t.job, send: id == "send"}
		wish.Draft = id == "draft"
		if !wish.Draft && t.hindered() {
			return t.hinder(s, wish)
		}
		return t.writeIn(s, wish)
	})
	return nil
}

// hindered reports whether a final copy would be refused.
func (t *reportText) hindered() bool { return t.doc.Open() || len(t.doc.Doubts) > 0 }

// hinder says why there is no final copy yet and offers what can be done.
func (t *reportText) hinder(s *session, wish reportWrite) tea.Cmd {
	var why []string
	for _, g := range t.doc.Gaps {
		why = append(why, g.Text)
	}
	for _, d := range t.doc.Doubts {
		why = append(why, d.In(s.lang))
	}
	t.report = []string{model.Sayf(words.NotFinal.ZH, words.NotFinal.EN, strings.Join(why, model.W("；", "; ").In(s.lang))).In(s.lang)}
	options := []part.Option{{ID: "doubt", Text: words.ToTheDoubt.In(s.lang)}}
	if t.doc.Open() {
		options = []part.Option{{ID: "gap", Text: words.ToTheGap.In(s.lang)}}
	}
	options = append(options, part.Option{ID: "draft", Text: words.WriteDraft.In(s.lang)}, part.Option{ID: "reason", Text: words.WithReason.In(s.lang)})
	t.pick = newPick(s, model.W(strings.Join(t.report, ""), strings.Join(t.report, "")), options, func(id, _ string) tea.Cmd {
		t.report = nil
		switch id {
		case "gap":
			if cmd := t.nextGap(); cmd != nil || model.Can(s.actor, model.ActEdit, model.Report) != nil {
				return cmd
			}
			return t.edit(s)
		case "doubt":
			t.aside = true
		case "draft":
			wish.Draft, wish.send = true, false
			return t.writeIn(s, wish)
		case "reason":
			t.askReason(s, wish)
		}
		return nil
	})
	return nil
}

// askReason asks why a final copy goes out as it is.
func (t *reportText) askReason(s *session, wish reportWrite) {
	t.asked = newAsking(s, model.Sayf(words.AsIsAsk.ZH, words.AsIsAsk.EN, export.LeastReason), func(reason string) tea.Cmd {
		if model.Characters(reason) < export.LeastReason {
			t.askReason(s, wish)
			return complain(model.Problemf(words.OverrideShort.ZH, words.OverrideShort.EN, export.LeastReason))
		}
		wish.Reason = reason
		return t.writeIn(s, wish)
	})
}

// writeIn asks for the format, and to whom it goes.
func (t *reportText) writeIn(s *session, wish reportWrite) tea.Cmd {
	t.pick = pickFormatOf(s, &t.kind, func(f export.Format) tea.Cmd {
		wish.Format = f
		if !wish.send {
			return t.writeNow(s, wish)
		}
		t.asked = newAsking(s, words.SentToAsk, func(to string) tea.Cmd {
			wish.sentTo = to
			return t.writeNow(s, wish)
		})
		return nil
	})
	return nil
}

// writeNow writes the file, and notes with a final copy what it said.
func (t *reportText) writeNow(s *session, wish reportWrite) tea.Cmd {
	msg := reportWrittenMsg{text: t, wish: wish}
	record, edits, request := t.record, t.edits, s.newRequest()
	return s.work(words.DoReport, func(ctx context.Context, progress db.Progress) (err error) {
		if record != nil {
			now, err := s.record(record.ID)
			if err != nil {
				return err
			}
			if now.Version != record.Version {
				return &changedReport{model.Problemf(words.ReportChanged.ZH, words.ReportChanged.EN, record.ID)}
			}
		}
		var doc *report.Document
		job := wish.ReportJob
		job.Told = func(d *report.Document) { doc = d }
		var sum string
		msg.path, sum, _, err = s.writeFile(ctx, &t.kind, job, wish.reasons, progress, func(src *export.Ledger) (*report.Template, error) {
			return export.ReadTemplate(s.ledger.Path(), t.kind.Name, job.Lang, src.Context().Schema, edits)
		})
		if err != nil || wish.Draft || record == nil && !wish.send {
			return err
		}
		op := t.recordOp(record, edits)
		op.Exact = true // what somebody rewrote meanwhile is not in the file
		values := export.FinalValues(wish.Reason)
		if wish.send {
			values = export.SentValues(wish.Reason, model.DateOf(s.now()), wish.sentTo, filepath.Base(msg.path), sum, doc)
		}
		maps.Copy(op.Values, values)
		if record != nil && model.ReportState.Of(record) == model.ReportSent { // another copy of it
			return nil
		}
		res, err := s.write(request, op)
		var late *db.Conflict
		if errors.As(err, &late) {
			err = model.Problemf(words.ReportChangedSince.ZH, words.ReportChangedSince.EN, late.ID, late.By)
		}
		if err != nil {
			msg.unnoted = err
			return nil
		}
		msg.noted = res.Records[0].ID
		return nil
	}, func(err error) tea.Msg { msg.err = err; return msg })
}

// changedReport refuses to write what somebody else has just changed.
type changedReport struct{ error }

// Unwrap lets it be told as the Problem it is.
func (c *changedReport) Unwrap() error { return c.error }

// written tells where the file is, or why there is none.
func (t *reportText) written(s *session, msg reportWrittenMsg) tea.Cmd {
	var u *export.Unfinished
	var changed *changedReport
	switch report, refused := refusedFile(s, msg.err, func(p *pick) { t.pick = p }, func(reasons []string) tea.Cmd {
		wish := msg.wish
		wish.reasons = reasons
		return t.writeNow(s, wish)
	}); {
	case refused:
		t.report = report
		return nil
	case errors.As(msg.err, &u): // something came up since the text was counted
		return tea.Batch(complain(msg.err), t.load(s))
	case errors.As(msg.err, &changed):
		return tea.Batch(complain(changed.error), t.load(s))
	case msg.err != nil:
		return complain(msg.err)
	}
	t.report = s.wroteFile(msg.path)
	switch {
	case msg.unnoted != nil:
		t.report = append(t.report, model.Sayf(words.SentNotNoted.ZH, words.SentNotNoted.EN, model.AsWords(msg.unnoted)).In(s.lang))
	case msg.noted != "" && msg.wish.send:
		t.report = append(t.report, model.Sayf(words.ReportSent.ZH, words.ReportSent.EN, msg.noted).In(s.lang))
	}
	if msg.noted == "" && msg.unnoted == nil {
		return nil
	}
	if t.record == nil && msg.noted != "" {
		t.record = model.NewRecord(model.Report)
		t.record.ID = msg.noted
	}
	return t.load(s)
}
