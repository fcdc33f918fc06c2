package export

import (
	"bytes"
	"context"
	"testing"

	"taizhang/model"
)

// plainly hides from Register that the source can be read field by field.
type plainly struct{ Source }

// What is read field by field is what is read record by record, for every
// register, audience, language and right.
func TestCellsAreThoseOfRecords(t *testing.T) {
	com := openCommunity(t)
	viewer := com.actor
	viewer.Roles = []model.Role{model.Viewer}
	for _, actor := range []model.Actor{com.actor, viewer} {
		for _, reg := range com.l.Schema().Registers {
			for _, who := range []model.Audience{model.Inside, model.Superior, model.Accounts, model.Public} {
				for _, l := range []model.Lang{model.ZH, model.EN} {
					job := Job{Register: reg, Format: CSV, Audience: who, Lang: l}
					var texts [2]bytes.Buffer
					var rows [2]int
					for i := range texts {
						src, err := FromLedger(context.Background(), com.l, actor)
						if err != nil {
							t.Fatal(err)
						}
						from := Source(src)
						if i == 1 {
							from = plainly{src}
						}
						res, err := Register(&texts[i], from, job)
						if err != nil || src.Err() != nil {
							t.Fatal(err, src.Err())
						}
						rows[i] = res.Rows
					}
					if rows[0] != rows[1] || !bytes.Equal(texts[0].Bytes(), texts[1].Bytes()) {
						t.Errorf("%s for %s: %d rows field by field, %d record by record, or other cells", reg.Key, who, rows[0], rows[1])
					}
				}
			}
		}
	}
}

func BenchmarkVisitsToCSV(b *testing.B) { benchCSV(b, func(s *Ledger) Source { return s }) }
func BenchmarkVisitsToCSVByRecord(b *testing.B) {
	benchCSV(b, func(s *Ledger) Source { return plainly{s} })
}

func benchCSV(b *testing.B, as func(*Ledger) Source) {
	com := openCommunity(b)
	b.ResetTimer()
	rows := 0
	for b.Loop() {
		src, err := FromLedger(context.Background(), com.l, com.actor)
		if err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		res, err := Register(&out, as(src), Job{Register: model.Visit, Format: CSV})
		if err != nil || res.Rows < 100 {
			b.Fatal(res.Rows, err)
		}
		rows += res.Rows
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(rows), "µs/row")
}
