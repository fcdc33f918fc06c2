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
	words      model.Words
	readers    []model.Audience
	write      func(w io.Writer, src *export.Ledger, o model.Occasion, who model.Audience, l model.Lang) error
}

// gridSheets are those that the grid writes. Who is missing is nobody's business
// outside the office, so that list is not offered for the public.
var gridSheets = []gridSheet{
	{"payout", ".html", words.SheetPayout, audiences, func(w io.Writer, src *export.Ledger, o model.Occasion, who model.Audience, l model.Lang) error {
		_, err := export.Payout(w, src, export.PayoutJob{Occasion: o, Format: export.HTML, Audience: who, Lang: l})
		return err
	}},
	{"missing", ".txt", words.SheetMissing, []model.Audience{model.Inside, model.Superior}, func(w io.Writer, src *export.Ledger, o model.Occasion, who model.Audience, l model.Lang) error {
		cov, err := export.Coverage(src, gridQuery(o, src.Context().Today()))
		if err != nil {
			return err
		}
		return export.WalkingList(w, cov, src.Context(), who, l, false)
	}},
}

// gridWrittenMsg answers a sheet.
type gridWrittenMsg struct {
	grid *grid
	path string
	err  error
}

// pickSheet asks what to write, and then for whom.
func (g *grid) pickSheet(s *session) *pick {
	var options []part.Option
	for _, sheet := range gridSheets {
		options = append(options, part.Option{ID: sheet.id, Text: sheet.words.In(s.lang)})
	}
	return newPick(s, words.SheetAsk, options, func(id, _ string) tea.Cmd {
		for _, sheet := range gridSheets {
			if sheet.id == id {
				g.pick = pickReader(s, sheet.readers, func(who model.Audience) tea.Cmd { return g.write(s, sheet, who) })
			}
		}
		return nil
	})
}

// write writes a sheet of the occasion as it stands in the ledger; what is only
// ticked is not in it.
func (g *grid) write(s *session, sheet gridSheet, who model.Audience) tea.Cmd {
	o, path := g.occasion, ""
	return s.work(words.DoSheet, func(ctx context.Context, progress db.Progress) (err error) {
		path, err = s.writeSheet(ctx, sheet, o, who, progress)
		return err
	}, func(err error) tea.Msg { return gridWrittenMsg{g, path, err} })
}

func (g *grid) written(msg gridWrittenMsg) tea.Cmd {
	if msg.err != nil {
		return complain(msg.err)
	}
	g.path = msg.path
	return nil
}

// writeSheet writes a sheet into the folder of exports beside the ledger, under
// the first name that is free, and returns its path.
func (s *session) writeSheet(ctx context.Context, sheet gridSheet, o model.Occasion, who model.Audience, progress db.Progress) (string, error) {
	if err := model.Can(s.actor, model.ActExport, model.Visit); err != nil {
		return "", err
	}
	folder, err := s.exports()
	if err != nil {
		return "", err
	}
	f, err := createFree(folder, fmt.Sprintf("%s-%s-%s", sheet.id, o.String(), s.now().In(model.Zone).Format("20060102")), sheet.ending)
	if err != nil {
		return "", err
	}
	defer f.Abort()
	src, err := s.source(ctx)
	if err != nil {
		return "", err
	}
	src.Progress = phases(countedRegisters, progress)
	if err := sheet.write(f, src, o, who, s.ledger.Info().Lang); err != nil {
		return "", err
	}
	if err := src.Err(); err != nil {
		return "", err
	}
	if err := export.Log(ctx, s.ledger, s.actor, f, model.Visit, who); err != nil {
		return "", err
	}
	return f.Path(), f.Commit()
}
