package report

import (
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// shelf is a ledger in memory.
type shelf struct{ *sampletest.Shelf }

func newShelf(t testing.TB) *shelf { return &shelf{sampletest.New(t)} }

var full *shelf

// community is the sample community in its report year.
func community(t testing.TB) *shelf {
	if full == nil {
		full = &shelf{sampletest.Community(t)}
	}
	return full
}

var year2026 = model.YearOf(model.NewDate(2026, 1, 1))

// fill fills a text of one template.
func fill(t testing.TB, s *shelf, src string, job Job) *Document {
	t.Helper()
	tpl, err := ParseText(src, s.C.Schema, nil)
	if err != nil {
		t.Fatalf("%s\n%v", src, model.Say(err, model.ZH))
	}
	if job.Period.IsZero() {
		job.Period = year2026
	}
	doc, err := tpl.Fill(s, job)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func text(t testing.TB, s *shelf, src string) string {
	t.Helper()
	d := fill(t, s, src, Job{})
	out := d.Text()
	if out != "" {
		out = out[:len(out)-1]
	}
	return out
}

func has(list []string, s string) bool { return slices.Contains(list, s) }
