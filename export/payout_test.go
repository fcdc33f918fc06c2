package export

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"taizhang/model"
)

var spring = model.Occasion{Name: "春节", Year: 2026}

func paidOut(t *testing.T, d *desk, job PayoutJob) (string, Result) {
	t.Helper()
	var b bytes.Buffer
	res, err := Payout(&b, d, job)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), res
}

// payoutDesk is newDesk with a reversed payment, one received by proxy, and one
// that is still to be signed for.
func payoutDesk(t *testing.T) *desk {
	d := newDesk(t)
	give := func(who string, yuan int64, receipt string, proxy any) model.Ref {
		v := model.Values{"date": day(2, 8), "person": model.Ref{ID: who}, "amount": model.Money(yuan*100 + 5), "fund": "党费", "occasion": spring,
			"visitors": []model.Ref{{Text: "李敏"}}, "receipt": receipt, "proxy": proxy, "consent_pub": []model.Row{{"consent": "姓氏"}}}
		return d.add("visit", v)
	}
	d.Record(give("P-2026-0005", 700, "已签", nil).ID).State = model.Void
	give("P-2026-0005", 300, "代领", "<女儿>|张")
	give("P-2026-0002", 200, "未签", nil)
	return d
}

func TestPayoutGolden(t *testing.T) {
	d := payoutDesk(t)
	for _, l := range []model.Lang{model.ZH, model.EN} {
		for _, a := range []model.Audience{model.Accounts, model.Public} {
			for _, f := range []Format{HTML, CSV, Markdown, Text} {
				got, _ := paidOut(t, d, PayoutJob{Occasion: spring, Format: f, Audience: a, Lang: l, PerPage: 4})
				golden(t, fmt.Sprintf("payout-%s.%s.%s", a, l, f), got)
			}
		}
	}
}

// What an audience must not see is nowhere in the bytes, in any format; what is
// reversed stands struck out and in no sum.
func TestPayoutByAudience(t *testing.T) {
	d := payoutDesk(t)
	d.add("visit", model.Values{"date": day(2, 9), "person": model.Ref{ID: "P-2026-0006"}, "amount": model.Money(600_00), "fund": "党费", "occasion": spring,
		"visitors": []model.Ref{{Text: "李敏"}}, "receipt": "已签", "consent_pub": []model.Row{{"consent": "实名"}}})
	for _, f := range []Format{HTML, CSV, Markdown, Text} {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			public, res := paidOut(t, d, PayoutJob{Occasion: spring, Format: f, Audience: model.Public, Lang: l})
			for _, secret := range []string{"张小明", "欧阳修", "110105", "身份证", "ID number", "501", "3号楼", "困难党员", "低保户", "赵小宝", "赵*", "冲销", "reversed", "重复发放", "女儿", "已签", "700.05", "600.00"} {
				if strings.Contains(public, secret) {
					t.Errorf("%s %s: %q in public:\n%s", f, l, secret, public)
				}
			}
			if res.Withheld != 1 || !strings.Contains(public, "6") || !strings.Contains(public, "伍仟捌佰元零壹角整") {
				t.Errorf("%s %s: %+v\n%s", f, l, res, public)
			}
			for _, a := range []model.Audience{model.Inside, model.Accounts, model.Superior} {
				got, _ := paidOut(t, d, PayoutJob{Occasion: spring, Format: f, Audience: a, Lang: l})
				for _, want := range []string{"张小明", "赵小宝", "人民币陆仟肆佰元零壹角整", "6,400.10"} {
					if !strings.Contains(got, want) {
						t.Errorf("%s %s %s: no %q", f, l, a, want)
					}
				}
				if reversed := strings.Contains(got, "重复发放"); reversed != (a != model.Superior) {
					t.Errorf("%s %s %s: reversed listed: %v", f, l, a, reversed)
				}
				if strings.Contains(got, "11010519491231002X") || strings.Contains(got, "<女儿>") && f == HTML {
					t.Errorf("%s %s %s: the whole number, or unescaped text", f, l, a)
				}
			}
		}
	}
	if _, err := Payout(&bytes.Buffer{}, d, PayoutJob{Occasion: spring, Format: JSON}); err == nil {
		t.Error("written as JSON")
	}
	empty, res := paidOut(t, d, PayoutJob{Occasion: model.Occasion{Name: "中秋", Year: 2026}, Format: HTML, Audience: model.Inside})
	if res.Rows != 0 || !strings.Contains(empty, "零元整") {
		t.Errorf("%+v\n%s", res, empty)
	}
}

var subtotal = regexp.MustCompile(`本页小计 +([0-9,.]+)`)

// Over random payments and page lengths, the sums of the pages add up to the
// total, every payment stands on exactly one page, and no page has more lines
// than asked for.
func TestPayoutPages(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 7))
		d := newDesk(t)
		o := model.Occasion{Name: "重阳", Year: 2026}
		var want model.Money
		n := 1 + r.IntN(40)
		for i := range n {
			m := model.Money(1 + r.Int64N(500_000_00))
			v := d.add("visit", model.Values{"date": day(10, 1+i%20), "person": model.Ref{ID: fmt.Sprintf("P-2026-000%d", 1+r.IntN(5))}, "amount": m, "fund": "党费", "occasion": o,
				"visitors": []model.Ref{{Text: "李敏"}}, "receipt": "已签"})
			if r.IntN(5) == 0 {
				d.Record(v.ID).State = model.Void
				n--
			} else {
				want += m
			}
		}
		per := 1 + r.IntN(12)
		got, res := paidOut(t, d, PayoutJob{Occasion: o, Format: Text, Audience: model.Accounts, PerPage: per})
		var sum model.Money
		pages := subtotal.FindAllStringSubmatch(got, -1)
		for _, page := range pages {
			m, err := model.ParseMoney(page[1])
			if err != nil {
				t.Fatal(err)
			}
			sum += m
		}
		if sum != want || res.Rows != n || len(pages) != (n+per-1)/per || !strings.Contains(got, want.Capitals()) {
			t.Fatalf("seed %d: pages add up to %s, want %s; %d lines of %d on %d pages of %d:\n%s", seed, sum, want, res.Rows, n, len(pages), per, got)
		}
	}
}
