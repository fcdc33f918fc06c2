package plain

import (
	"context"
	"strconv"
	"strings"

	"taizhang/export"
	"taizhang/model"
)

// figures tells the figures of a period, one a line.
func (d *desk) figures() error {
	return d.ofPeriod(func(src *export.Ledger, p model.Period) error {
		fig, err := export.Figures(src, p)
		if err != nil {
			return err
		}
		for _, row := range fig.Rows(src.Context(), d.lang) {
			d.line(strings.TrimSpace(model.Sayf(wFigure.ZH, wFigure.EN, row.Section, row.Label, row.Value, row.UnitText()).In(d.lang)))
		}
		return nil
	})
}

// ofPeriod asks for a period until one is understood, this year unless another is
// named, and lets tell read what it comes to; on the way back nothing is told.
func (d *desk) ofPeriod(tell func(*export.Ledger, model.Period) error) error {
	year := strconv.Itoa(int(model.DateOf(d.ledger.Now()).Year))
	for {
		text, err := d.ask(model.Sayf(wPeriodAsk.ZH, wPeriodAsk.EN, year))
		if err != nil {
			return err
		}
		switch cmd := command(text); {
		case isBack(cmd):
			return nil
		case cmd == "":
			text = year
		}
		p, err := model.ParsePeriod(text)
		if err != nil {
			_ = d.complain(err)
			continue
		}
		return d.scan(func(ctx context.Context) error {
			src, err := export.FromLedger(ctx, d.ledger, d.actor)
			if err != nil {
				return err
			}
			if err := tell(src, p); err != nil {
				return err
			}
			return src.Err()
		})
	}
}
