package report

import (
	"testing"

	"taizhang/model"
	"taizhang/model/sample"
)

// BenchmarkYearSummary fills the summary of a year from 20,000 records.
func BenchmarkYearSummary(b *testing.B) {
	s := newShelf(b)
	serial := map[*model.Register]int{}
	w := adder{s, serial}
	if err := sample.Fill(w, model.NewDate(2027, 1, 10), 20_000); err != nil {
		b.Fatal(err)
	}
	tpl := builtins(b, s.c)["summary.zh"]
	b.ReportMetric(float64(len(s.records)), "records")
	b.ResetTimer()
	for range b.N {
		if _, err := tpl.Fill(s, Job{Period: year2026}); err != nil {
			b.Fatal(err)
		}
	}
}

// adder numbers records without counting them each time.
type adder struct {
	s      *shelf
	serial map[*model.Register]int
}

func (a adder) Add(register string, entries []sample.Entry) (ids []string, err error) {
	reg := a.s.c.Schema.Register(register)
	for _, e := range entries {
		a.serial[reg]++
		r := &model.Record{Register: reg, ID: model.FormatID(reg.Letter, 2026, a.serial[reg]), Version: 1, Values: e.Values, Created: model.Stamp{At: e.At}}
		if reg.Fill != nil {
			reg.Fill(r, a.s.c)
		}
		a.s.records = append(a.s.records, r)
		a.s.byID[r.ID] = r
		ids = append(ids, r.ID)
	}
	return ids, nil
}
