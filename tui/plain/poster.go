package plain

import (
	"context"
	"strconv"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// poster asks in which form the poster of the issue that was read out is to be
// written, and writes it. An approver is asked for the reason of each thing that
// the privacy check found; nobody else can let one stand.
func (d *desk) poster(r *model.Record) error {
	for i, f := range export.PosterForms {
		d.sayf(wChoice, i+1, f.Words)
	}
	for {
		text, err := d.ask(wPosterAsk)
		if err != nil || text == "" || isBack(command(text)) {
			return err
		}
		if n, err := strconv.Atoi(command(text)); err == nil && n >= 1 && n <= len(export.PosterForms) {
			return d.posterIn(r, export.PosterForms[n-1])
		}
		d.sayf(wNoChoice, model.Shorten(text))
	}
}

func (d *desk) posterIn(r *model.Record, form export.PosterForm) error {
	var path string
	done, err := d.standing(func(reasons []string) error {
		return d.scan(func(ctx context.Context) (err error) {
			path, err = export.PosterFile(ctx, d.ledger, d.actor, r, form, reasons)
			return err
		})
	})
	if done {
		d.sayf(words.Written, path)
	}
	return err
}
