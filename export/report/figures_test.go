package report

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
)

// TestSlotsTellTheFigures: for every register, every measure and several periods a
// slot says what the figures say, as a whole and of every term of a part, and
// names the same records.
func TestSlotsTellTheFigures(t *testing.T) {
	s := community(t)
	compared, parts := 0, 0
	for _, text := range []string{"2024", "2025", "2026", "2026H1", "2026Q2", "2026-03", "2026-12-31", "2025-07..2026-06", "2027"} {
		p, err := model.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		f := model.NewFigures(p, s.C).Traced()
		for _, r := range s.Records {
			if r.State == model.Final {
				f.Add(r)
			}
		}
		for _, n := range f.Explain(s.C).Trace {
			reg := s.C.Schema.Register(n.Register)
			m, err := reg.Measure(n.Measure)
			if err != nil || n.Part == "rates" || n.Part == "coverage" || n.Part == "goods" || n.Part == "budgets" {
				continue
			}
			if share, ok := n.Value.(string); ok { // 办结率
				doc := fill(t, s, fmt.Sprintf("{{率 %s.%s / %s.%s|含零}}", reg.Key, m.Key, reg.Key, m.Of), Job{Period: p})
				if got := figureOf(doc); got != strings.Replace(share, ".0%", "%", 1) {
					t.Errorf("%s %s %s: the text says %s, the figures %s", text, reg.Key, m.Key, got, share)
				}
				continue
			}
			where := ""
			if n.Part != "" {
				field := reg.Field(n.Part)
				if field == nil || field.Vocab == "" || *n.Term == "" {
					continue
				}
				where = fmt.Sprintf(" %s=“%s”", n.Part, *n.Term)
				parts++
			}
			doc := fill(t, s, fmt.Sprintf("{{%s.%s%s|含零}}", reg.Key, m.Key, where), Job{Period: p})
			compared++
			want := fmt.Sprint(n.Value)
			switch v := n.Value.(type) {
			case model.Money:
				want = v.Text()
			case model.Dec:
				want = v.String()
			}
			if len(doc.Figures) != 1 {
				t.Errorf("%s %s.%s%s: figures say %s, the text %q, refused %v", text, reg.Key, m.Key, where, want, doc.Text(), doc.Refused)
				continue
			}
			if got := doc.Figures[0]; got.Value != want || !same(got.IDs, n.IDs) {
				t.Errorf("%s %s.%s%s: the text says %s of %v, the figures %s of %v", text, reg.Key, m.Key, where, got.Value, got.IDs, want, n.IDs)
			}
		}
	}
	if compared < 500 || parts < 100 {
		t.Errorf("only %d figures were compared, %d of them parts", compared, parts)
	}
	t.Logf("%d figures compared, %d of them of parts", compared, parts)
}

func figureOf(d *Document) string {
	if len(d.Figures) != 1 {
		return ""
	}
	text, _, _ := strings.Cut(d.Text(), "\n")
	return text
}

// same says whether two lists name the same records.
func same(a, b []string) bool {
	in := map[string]bool{}
	for _, id := range a {
		in[id] = true
	}
	for _, id := range b {
		if !in[id] {
			return false
		}
	}
	return len(in) == len(b)
}
