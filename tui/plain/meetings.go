package plain

import (
	"context"
	"strconv"
	"strings"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// meetings tells 三会一课 of a period: a line for every branch and kind of meeting
// that the rules ask for or that was held, then what does not count.
func (d *desk) meetings() error {
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
			c := src.Context()
			rows, err := export.MeetingStrip(src, p, c.Today())
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				d.say(words.StripNone)
			}
			for _, row := range rows {
				for i := range row.Cells {
					d.meetingCell(c, c.Title(row.Branch), &row.Cells[i])
				}
			}
			for _, note := range export.MeetingNotes(c, rows, d.lang) {
				d.line(note)
			}
			d.say(model.MeetingsCount)
			return src.Err()
		})
	}
}

func (d *desk) meetingCell(c *model.Context, branch string, cell *model.MeetingCell) {
	kind := c.Schema.Vocab("MTYPE").Text(cell.Rule.Type, d.lang)
	if cell.Required == 0 {
		if n := len(cell.Held); n > 0 {
			d.sayf(words.StripFree, branch, kind, n)
		}
		return
	}
	line := model.Sayf(words.StripDone.ZH, words.StripDone.EN, branch, kind, len(cell.Held), cell.Required).In(d.lang)
	over, runs := cell.Lacking(c.Today())
	for _, lack := range []struct {
		words model.Words
		of    []model.Period
	}{{words.StripLacks, over}, {words.StripRuns, runs}} {
		var names []string
		for _, p := range lack.of {
			names = append(names, p.Text(d.lang))
		}
		if names != nil {
			line += model.W("；", "; ").In(d.lang) + model.Sayf(lack.words.ZH, lack.words.EN, strings.Join(names, model.W("、", ", ").In(d.lang))).In(d.lang)
		}
	}
	d.line(line)
}
