package tui

import (
	"context"
	"fmt"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// source prepares counting and printing from the session's ledger.
func (s *session) source(ctx context.Context) (*export.Ledger, error) {
	return export.FromLedger(ctx, s.ledger, s.actor)
}

// read lets fn read the ledger for a screen, no longer than one waits for it, and
// returns the head of the journal before it.
func (s *session) read(fn func(*export.Ledger) error) (seq uint64, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), scanPatience)
	defer cancel()
	if seq, _, err = s.ledger.Head(ctx); err != nil {
		return seq, err
	}
	src, err := s.source(ctx)
	if err != nil {
		return seq, err
	}
	if err := fn(src); err != nil {
		return seq, err
	}
	return seq, src.Err()
}

// comparing is how many registers are read for figures with their coverage and the
// year before.
func comparing(c *model.Context) int { return 3*export.Scans(c) + 6 }

// figures counts a period; before are the values of the same figures a year
// before, months the totals of each month of the year.
func (s *session) figures(ctx context.Context, p model.Period, progress db.Progress) (rows []model.FigureRow, before []string, months *model.Figures, err error) {
	src, err := s.source(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	if progress != nil {
		src.Progress = phases(comparing(src.Context()), progress)
	}
	fig, err := export.TracedFigures(src, p)
	if err != nil {
		return nil, nil, nil, err
	}
	if months, err = export.MonthsOf(src, p); err != nil {
		return nil, nil, nil, err
	}
	rows = fig.Rows(src.Context(), s.lang)
	if fig.LastYear != nil {
		before = model.Beside(rows, fig.LastYear.Rows(src.Context(), s.lang))
	}
	return rows, before, months, src.Err()
}

// writeSummary writes the summary of a period into the folder of exports beside
// the ledger, under the first name that is free, and returns its path.
func (s *session) writeSummary(ctx context.Context, p model.Period, format export.Format, who model.Audience, reasons []string, progress db.Progress) (string, error) {
	if err := model.Can(s.actor, model.ActExport, nil); err != nil {
		return "", err
	}
	folder, err := s.exports()
	if err != nil {
		return "", err
	}
	span := p.String()
	if p == allOfTime {
		span = "all"
	}
	f, err := createFree(folder, fmt.Sprintf("summary-%s-%s", span, s.now().In(model.Zone).Format("20060102")), "."+string(format))
	if err != nil {
		return "", err
	}
	defer f.Abort()
	src, err := s.source(ctx)
	if err != nil {
		return "", err
	}
	src.Progress = phases(2*export.Scans(src.Context()), progress) // the text reads them again
	job := export.SummaryJob{Period: p, Format: format, Audience: who, Lang: s.ledger.Info().Lang, Finish: export.Finish{Draft: true}}
	if err := export.Summary(f, src, job); err != nil {
		return "", err
	}
	if err := src.Err(); err != nil {
		return "", err
	}
	return f.Path(), export.Send(ctx, s.ledger, src, f, export.Slip{Audience: who, Template: export.TemplateSummary, Overrides: reasons})
}

// exports is the folder of exports beside the ledger.
func (s *session) exports() (string, error) { return export.Exports(s.ledger.Path()) }

// createFree begins the first file of a series whose name is not taken.
func createFree(folder, name, ending string) (*export.File, error) {
	return export.CreateFree(folder, name, ending)
}
