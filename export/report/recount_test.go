package report

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"taizhang/model"
)

// recounts say by hand, from the raw values of records, what slots should: what is
// distinct, what no field holds, columns of lists, and shares. They know nothing of
// measures.
var recounts = []struct {
	slot, register string
	count          func([]*model.Record) int64
}{
	{"走访.户数", "visit", distinct("household")},
	{"走访.人数", "visit", distinct("person")},
	{"共建贡献.家数", "contribution", distinct("partner")},
	{"需求.办结", "need", having("state", "办结")},
	{"来信来访.群访", "petition", func(rs []*model.Record) (n int64) {
		for _, r := range rs {
			if p, _ := r.Get("persons").(int64); p >= 5 {
				n++
			}
		}
		return n
	}},
	{"场地.房间数", "venue", rows("rooms", func(model.Row) bool { return true })},
	{"征求意见.采纳", "opinion_form", rows("opinions", func(row model.Row) bool { return row["adopted"] == true })},
	{"制度.责任书", "rule", rows("duties", func(row model.Row) bool { d, _ := row["signed"].(model.Date); return !d.IsZero() })},
	{"捐赠.物品", "donation", func(rs []*model.Record) (n int64) { // thousandths
		for _, r := range rs {
			list, _ := r.Get("goods").([]model.Row)
			for _, row := range list {
				q, _ := row["qty"].(model.Dec)
				n += int64(q)
			}
		}
		return n
	}},
}

func distinct(key string) func([]*model.Record) int64 {
	return func(rs []*model.Record) int64 {
		seen := map[model.Ref]bool{}
		for _, r := range rs {
			if ref, _ := r.Get(key).(model.Ref); ref != (model.Ref{}) {
				seen[ref] = true
			}
		}
		return int64(len(seen))
	}
}

func having(key, value string) func([]*model.Record) int64 {
	return func(rs []*model.Record) (n int64) {
		for _, r := range rs {
			if r.Get(key) == any(value) {
				n++
			}
		}
		return n
	}
}

func rows(key string, want func(model.Row) bool) func([]*model.Record) int64 {
	return func(rs []*model.Record) (n int64) {
		for _, r := range rs {
			list, _ := r.Get(key).([]model.Row)
			for _, row := range list {
				if want(row) {
					n++
				}
			}
		}
		return n
	}
}

// TestRecounts: over random parts of the community and random periods.
func TestRecounts(t *testing.T) {
	whole := community(t)
	told := map[string]bool{}
	rapid.Check(t, func(rt *rapid.T) {
		keep := rapid.SliceOfN(rapid.Bool(), 64, 64).Draw(rt, "keep")
		s := some(whole, func(i int) bool { return keep[i%len(keep)] })
		p, err := model.ParsePeriod(rapid.SampledFrom([]string{"2026", "2026H1", "2026H2", "2026Q1", "2026-06", "2025-07..2026-06"}).Draw(rt, "period"))
		if err != nil {
			rt.Fatal(err)
		}
		of := func(register string) (out []*model.Record) {
			for _, r := range s.Records {
				lasts := slices.Contains([]string{"venue", "rule"}, register)
				if r.Register.Key != register || r.State != model.Final || !lasts && !p.Contains(r.Date()) ||
					register == "rule" && (r.Get("state") == any("废止") || r.Date().First().After(p.To)) ||
					register == "venue" && r.Get("state") == any("停用") {
					continue
				}
				if register == "petition" && r.Get("kind") == any("检举控告") {
					continue // a figure has its cover only
				}
				out = append(out, r)
			}
			return out
		}
		for _, c := range recounts {
			doc := fill(t, s, "数{{"+c.slot+"|含零}}。", Job{Period: p})
			n := c.count(of(c.register))
			want := model.Dec(n * 1000).String()
			if c.slot == "捐赠.物品" {
				want = model.Dec(n).String()
			}
			if len(doc.Figures) != 1 || doc.Figures[0].Value != want {
				rt.Fatalf("%s in %s: the text says %q, by hand %s", c.slot, p, doc.Text(), want)
			}
			told[c.slot] = told[c.slot] || n > 0
		}
		if raised := of("need"); len(raised) > 0 {
			solved := having("state", "办结")(raised)
			want := fmt.Sprintf("%d / %d", solved, len(raised))
			if doc := fill(t, s, "率{{率 需求.办结 / 需求.件数|含零}}。", Job{Period: p}); doc.Figures[0].Value != want {
				rt.Fatalf("the share of needs solved is %s, by hand %s", doc.Figures[0].Value, want)
			}
		}
	})
	for _, c := range recounts {
		if !told[c.slot] {
			t.Errorf("%s was 0 in every ledger: nothing is shown by it", c.slot)
		}
	}
}
