package report

import (
	"fmt"
	"os"
	"testing"

	"taizhang/model"
)

func TestSummaryShow(t *testing.T) {
	s := community(t)
	for _, l := range []model.Lang{model.ZH, model.EN} {
		src, _, err := Shelf{}.Source("summary", l)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []string{"2026", "2026Q1", "2026-03", "2026-02-01..2026-02-20"} {
			period, _ := model.ParsePeriod(p)
			d := fill(t, s, src, Job{Period: period, Lang: l, Audience: model.Superior})
			fmt.Fprintln(os.Stderr, d.Text())
			fmt.Fprintln(os.Stderr, d.Dropped, d.Refused, d.Doubts)
		}
	}
}
