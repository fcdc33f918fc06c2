package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// posterMsg answers a poster.
type posterMsg struct {
	steps *steps
	form  export.PosterForm
	path  string
	err   error
}

// pickPoster asks how the poster is to be written.
func (t *steps) pickPoster(s *session) *pick {
	var options []part.Option
	for _, f := range export.PosterForms {
		options = append(options, part.Option{ID: f.ID, Text: f.Words.In(s.lang)})
	}
	return newPick(s, words.PosterAsk, options, func(id, _ string) tea.Cmd {
		for _, f := range export.PosterForms {
			if f.ID == id {
				return t.writePoster(s, f, nil)
			}
		}
		return nil
	})
}

// writePoster writes the poster of the version that was read.
func (t *steps) writePoster(s *session, form export.PosterForm, reasons []string) tea.Cmd {
	r, path := t.record, ""
	return s.work(words.DoSheet, func(ctx context.Context, _ db.Progress) (err error) {
		path, err = export.PosterFile(ctx, s.ledger, s.actor, r, form, reasons)
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
