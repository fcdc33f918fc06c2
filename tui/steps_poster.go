package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// posterForm is a form in which a poster is written.
type posterForm struct {
	id, ending string
	format     export.Format
	paper      export.Paper
	words      model.Words
}

var posterForms = []posterForm{
	{"a4", ".html", export.HTML, export.A4, words.PosterA4},
	{"a3", ".html", export.HTML, export.A3, words.PosterA3},
	{"txt", ".txt", export.Text, "", words.PosterText},
}

// posterMsg answers a poster.
type posterMsg struct {
	steps *steps
	form  posterForm
	path  string
	err   error
}

// pickPoster asks how the poster is to be written.
func (t *steps) pickPoster(s *session) *pick {
	var options []part.Option
	for _, f := range posterForms {
		options = append(options, part.Option{ID: f.id, Text: f.words.In(s.lang)})
	}
	return newPick(s, words.PosterAsk, options, func(id, _ string) tea.Cmd {
		for _, f := range posterForms {
			if f.id == id {
				return t.writePoster(s, f, nil)
			}
		}
		return nil
	})
}

// writePoster writes the poster of the version that was read.
func (t *steps) writePoster(s *session, form posterForm, reasons []string) tea.Cmd {
	r, path := t.record, ""
	return s.work(words.DoSheet, func(ctx context.Context, _ db.Progress) (err error) {
		path, err = s.poster(ctx, r, form, reasons)
		return err
	}, func(err error) tea.Msg { return posterMsg{t, form, path, err} })
}

// wrote tells where the poster is, or what must not be in it.
func (t *steps) wrote(s *session, msg posterMsg) tea.Cmd {
	report, refused := refusedFile(s, msg.err, func(p *pick) { t.pick = p }, func(reasons []string) tea.Cmd { return t.writePoster(s, msg.form, reasons) })
	if refused {
		t.report = report
		return nil
	}
	if msg.err != nil {
		return complain(msg.err)
	}
	t.report = s.wroteFile(msg.path)
	return nil
}

// poster writes the poster of an issue into the folder of exports beside the
// ledger, and returns its path.
func (s *session) poster(ctx context.Context, r *model.Record, form posterForm, reasons []string) (string, error) {
	if err := model.Can(s.actor, model.ActExport, r.Register); err != nil {
		return "", err
	}
	folder, err := s.exports()
	if err != nil {
		return "", err
	}
	f, err := createFree(folder, fmt.Sprintf("poster-%s-%s-%s", r.ID, form.id, s.now().In(model.Zone).Format("20060102")), form.ending)
	if err != nil {
		return "", err
	}
	defer f.Abort()
	src, err := s.source(ctx)
	if err != nil {
		return "", err
	}
	if _, err := export.WritePoster(f, src, export.PosterJob{Issue: r, Format: form.format, Paper: form.paper, Lang: s.ledger.Info().Lang}); err != nil {
		return "", err
	}
	if err := src.Err(); err != nil {
		return "", err
	}
	slip := export.Slip{Register: r.Register, ID: r.ID, Of: r, Audience: model.Public, Template: export.TemplateSheet, Rows: 1, Overrides: reasons}
	return f.Path(), export.Send(ctx, s.ledger, src, f, slip)
}
