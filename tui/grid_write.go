package tui

import (
	"context"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// gridSheet is a paper that belongs to an occasion.
type gridSheet struct {
	id, ending string // of the file
	ticked     bool   // it is of those ticked, and offered when there are any
	words      model.Words
	readers    []model.Audience
	write      func(w io.Writer, src *export.Ledger, of gridPaper) (export.Result, error)
}

// gridPaper is what a sheet is made of.
type gridPaper struct {
	occasion model.Occasion
	ticked   []model.Values // of those ticked, in the order of the walk
	who      model.Audience
	lang     model.Lang
}

// gridSheets are those that the grid writes. Who is missing is nobody's business
// outside the office, nor is what is only planned: these are not offered for the
// public.
var gridSheets = []gridSheet{
	{"payout", ".html", false, words.SheetPayout, audiences, func(w io.Writer, src *export.Ledger, of gridPaper) (res export.Result, err error) {
		res, err = export.Payout(w, src, export.PayoutJob{Occasion: of.occasion, Format: export.HTML, Audience: of.who, Lang: of.lang})
		if err == nil && res.Rows+res.Withheld == 0 {
			err = model.Problemf(words.SheetNothing.ZH, words.SheetNothing.EN, of.occasion.String())
		}
		return res, err
	}},
	{"sign", ".html", true, words.SheetSign, []model.Audience{model.Inside, model.Superior, model.Accounts}, func(w io.Writer, src *export.Ledger, of gridPaper) (res export.Result, err error) {
		planned, err := of.planned(src.Context())
		if err != nil {
			return res, err
		}
		res, err = export.Payout(w, src, export.PayoutJob{Occasion: of.occasion, Format: export.HTML, Audience: of.who, Lang: of.lang, Planned: planned})
		if err == nil && res.Rows == 0 {
			err = &model.Problem{Words: words.SheetNoGift}
		}
		return res, err
	}},
	{"missing", ".txt", false, words.SheetMissing, []model.Audience{model.Inside, model.Superior}, func(w io.Writer, src *export.Ledger, of gridPaper) (res export.Result, err error) {
		cov, err := export.Coverage(src, gridQuery(of.occasion, src.Context().Today()))
		if err != nil {
			return res, err
		}
		return res, export.WalkingList(w, cov, src.Context(), of.who, of.lang, false)
	}},
}

// planned are the visits that saving what is ticked would enter.
func (of gridPaper) planned(c *model.Context) ([]*model.Record, error) {
	out := []*model.Record{}
	for _, values := range of.ticked {
		v := model.NewRecord(model.Visit)
		for key, x := range values {
			v.Set(key, x)
		}
		if err := c.Prepare(v, nil); err != nil {
			return nil, model.Problemf(words.GridRefused.ZH, words.GridRefused.EN, c.NameOf(model.VisitPerson.Of(v)), model.AsWords(err))
		}
		out = append(out, v)
	}
	return out, nil
}

// gridWrittenMsg answers a sheet.
type gridWrittenMsg struct {
	grid  *grid
	path  string
	again func(reasons []string) tea.Cmd
	err   error
}

// pickSheet asks what to write, and then for whom.
func (g *grid) pickSheet(s *session) *pick {
	var options []part.Option
	for _, sheet := range gridSheets {
		if !sheet.ticked || len(g.chosen()) > 0 {
			options = append(options, part.Option{ID: sheet.id, Text: sheet.words.In(s.lang)})
		}
	}
	return newPick(s, words.SheetAsk, options, func(id, _ string) tea.Cmd {
		for _, sheet := range gridSheets {
			if sheet.id == id {
				g.pick = pickReader(s, sheet.readers, func(who model.Audience) tea.Cmd { return g.write(s, sheet, who, nil) })
			}
		}
		return nil
	})
}

// write writes a sheet of the occasion.
func (g *grid) write(s *session, sheet gridSheet, who model.Audience, reasons []string) tea.Cmd {
	of, path := gridPaper{occasion: g.occasion, who: who, lang: s.ledger.Info().Lang}, ""
	for _, p := range g.chosen() {
		of.ticked = append(of.ticked, g.values(p))
	}
	again := func(reasons []string) tea.Cmd { return g.write(s, sheet, who, reasons) }
	return s.work(words.DoSheet, func(ctx context.Context, progress db.Progress) (err error) {
		path, err = s.writeSheet(ctx, sheet, of, reasons, progress)
		return err
	}, func(err error) tea.Msg { return gridWrittenMsg{g, path, again, err} })
}

func (g *grid) written(s *session, msg gridWrittenMsg) tea.Cmd {
	report, refused := refusedFile(s, msg.err, func(p *pick) { g.pick = p }, msg.again)
	if refused {
		g.report = report
		return nil
	}
	if msg.err != nil {
		return complain(msg.err)
	}
	g.path, g.report = msg.path, nil
	s.wroteFile(msg.path)
	return nil
}

// writeSheet writes a sheet into the folder of exports beside the ledger, under
// the first name that is free, and returns its path.
func (s *session) writeSheet(ctx context.Context, sheet gridSheet, of gridPaper, reasons []string, progress db.Progress) (string, error) {
	if err := model.Can(s.actor, model.ActExport, model.Visit); err != nil {
		return "", err
	}
	folder, err := s.exports()
	if err != nil {
		return "", err
	}
	f, err := createFree(folder, fmt.Sprintf("%s-%s-%s", sheet.id, of.occasion.String(), s.now().In(model.Zone).Format("20060102")), sheet.ending)
	if err != nil {
		return "", err
	}
	defer f.Abort()
	src, err := s.source(ctx)
	if err != nil {
		return "", err
	}
	src.Progress = phases(export.Scans(src.Context()), progress)
	res, err := sheet.write(f, src, of)
	if err != nil {
		return "", err
	}
	if err := src.Err(); err != nil {
		return "", err
	}
	slip := export.Slip{Register: model.Visit, Audience: of.who, Template: sheet.id + "/1", Filter: []string{model.VisitOccasion.Key()}, Rows: res.Rows, Left: res.Left, Named: res.Named, Overrides: reasons}
	return f.Path(), export.Send(ctx, s.ledger, src, f, slip)
}
