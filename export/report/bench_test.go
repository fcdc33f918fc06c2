package report

import (
	"testing"

	"taizhang/model"
	"taizhang/model/sample"
)

// BenchmarkYearSummary fills the summary of a year from 20,000 records.
func BenchmarkYearSummary(b *testing.B) {
	s := newShelf(b)
	if err := sample.Fill(s, model.NewDate(2027, 1, 10), 20_000); err != nil {
		b.Fatal(err)
	}
	tpl := builtins(b, s.C)["summary.zh"]
	b.ReportMetric(float64(len(s.Records)), "records")
	b.ResetTimer()
	for range b.N {
		if _, err := tpl.Fill(s, Job{Period: year2026}); err != nil {
			b.Fatal(err)
		}
	}
}
