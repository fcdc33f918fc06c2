package plain

import (
	"strings"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// meetings tells 三会一课 of a period: a line for every branch and kind of meeting
// that the rules ask for or that was held, then what does not count.
func (d *desk) meetings() error {
	return d.ofPeriod(func(src *export.Ledger, p model.Period) error {
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
		return nil
	})
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
