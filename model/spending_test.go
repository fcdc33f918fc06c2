package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// resident enters somebody and the household she lives in.
func resident(d *desk, name string) Ref {
	if d.records["K-2027-0001"] == nil {
		d.add(Compound, "name", "和平小区")
	}
	home := d.add(Household, "head", name, "compound", "K-2027-0001", "building", "3")
	return Ref{ID: d.add(Person, "name", name, "birth", "1950-01-01", "household", home.ID).ID}
}

func doubtTexts(d *desk, r, before *Record) string {
	var out []string
	for _, doubt := range d.Doubts(r, before) {
		out = append(out, doubt.ZH+" "+strings.Join(doubt.Found, " "))
		if doubt.EN == "" {
			out = append(out, "no English")
		}
	}
	return strings.Join(out, "\n")
}

func TestBudget(t *testing.T) {
	d := newDesk(t)
	b := d.add(Budget, "fund", "党费", "from", "2027", "amount", "1万", "document", "街财〔2027〕3号")
	if got := BudgetTo.Of(b); got != onDay("2027-12-31") {
		t.Errorf("it ends on %s", got)
	}
	if got := d.Title(b); got != "党费 2027" {
		t.Error(got)
	}
	d.refused("fund", Budget, "fund", "党费", "from", "2027-06-01", "to", "2028-05-31", "amount", "5")
	d.refused("to", Budget, "fund", "工会", "from", "2027-06-01", "to", "2027-05-31", "amount", "5")
	d.refused("amount", Budget, "fund", "工会")
	d.add(Budget, "fund", "党费", "from", "2028", "amount", "5")
	d.add(Budget, "fund", "工会", "amount", "5") // this year

	figures := func(want string) {
		t.Helper()
		got := fmt.Sprint(Budget.Field("used").Computed(b, d.Context), " ", Budget.Field("left").Computed(b, d.Context))
		if got != want {
			t.Errorf("used and left: %s, want %s", got, want)
		}
	}
	figures("0.00 10000.00")
	p := resident(d, "张小明")
	v := d.add(Visit, "date", "2027-01-20", "person", p.ID, "amount", "9,500.50", "fund", "党费", "receipt", "已签")
	d.add(Visit, "date", "2026-12-31", "person", p.ID, "amount", "300", "fund", "党费", "receipt", "已签", "occasion", "2026重阳")
	d.add(Visit, "date", "2027-02-20", "person", p.ID, "amount", "300", "fund", "工会", "receipt", "已签", "occasion", "2027元宵")
	figures("9500.50 499.50")
	v.State = Void
	figures("0.00 10000.00")
	v.State = Final

	more, err := d.read(Visit, "date", "2027-03-05", "person", p.ID, "amount", "499.51", "fund", "党费")
	if err != nil {
		t.Fatal(err)
	}
	if got := doubtTexts(d, more, nil); got != "“党费”2027 预算 10,000.00 元，已用 9,500.50 元，加上这一笔超出 0.01 元 F-2027-0001" {
		t.Error(got)
	}
	VisitAmount.Set(more, 49950)
	if got := doubtTexts(d, more, nil); got != "" {
		t.Error(got)
	}
	VisitAmount.Set(more, 30000)
	d.keep(more)
	// Its own former amount is not counted twice, and only a change of the money is asked about.
	now := more.Clone()
	VisitAmount.Set(now, 49950)
	if got := doubtTexts(d, now, more); got != "" {
		t.Error(got)
	}
	VisitAmount.Set(now, 49951)
	if got := doubtTexts(d, now, more); !strings.Contains(got, "超出 0.01 元") {
		t.Error(got)
	}
	VisitAmount.Set(more, 49951)
	other := more.Clone()
	VisitChange.Set(other, "搬到女儿家")
	if got := doubtTexts(d, other, more); got != "" {
		t.Error(got)
	}
	// What is being filled in, or too much to read, has no figures rather than wrong ones.
	c := *d.Context
	c.Book = struct{ Book }{d.book}
	if got := Budget.Field("left").Computed(b, &c); got != nil {
		t.Error(got)
	}
}

func TestOverTheBudgetOfAnOccasion(t *testing.T) {
	d := newDesk(t)
	d.add(Round, "occasion", "2027春节", "cats", "低保户", "fund", "工会", "budget", "1000")
	d.add(Round, "occasion", "2027春节", "cats", "独居", "fund", "工会", "budget", "500.5")
	p, q := resident(d, "张小明"), resident(d, "李四")
	d.add(Visit, "date", "2026-12-28", "person", p.ID, "occasion", "2027春节", "amount", "1000.5", "fund", "工会", "receipt", "已签")
	v, err := d.read(Visit, "date", "2027-01-20", "person", q.ID, "occasion", "2027春节", "amount", "500", "fund", "党费")
	if err != nil {
		t.Fatal(err)
	}
	if got := doubtTexts(d, v, nil); got != "" {
		t.Error(got)
	}
	VisitAmount.Set(v, 50001)
	if got := doubtTexts(d, v, nil); got != "2027春节 的走访计划预算 1,500.50 元，已发 1,000.50 元，加上这一笔超出 0.01 元 Q-2027-0001 Q-2027-0002" {
		t.Error(got)
	}
	VisitOccasion.Set(v, Occasion{"元宵", 2027})
	if got := doubtTexts(d, v, nil); got != "" {
		t.Error(got)
	}
}

func TestAddMoney(t *testing.T) {
	for _, c := range []struct {
		a, b Money
		ok   bool
	}{{1, 2, true}, {0, 0, true}, {-5, 5, true}, {math.MaxInt64, 0, true}, {math.MaxInt64, 1, false}, {math.MinInt64, -1, false}, {math.MinInt64, math.MaxInt64, true}} {
		if sum, ok := addMoney(c.a, c.b); ok != c.ok || ok && sum != c.a+c.b {
			t.Errorf("%d + %d: %d %v", c.a, c.b, sum, ok)
		}
	}
}

// Over random histories of payments, corrections and reversals, used and left of
// every budget are exactly what a ledger kept by hand says, and a payment is
// asked about if and only if it goes over.
func TestBudgetArithmetic(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		d := newDesk(t)
		person := resident(d, "张小明")
		funds := []string{"党费", "工会", "街道民政"}
		type pot struct{ amount, used Money }
		pots := map[string]*pot{}
		budgets := map[string]*Record{}
		for _, fund := range funds[:2] {
			for _, year := range []int{2026, 2027} {
				m := Money(r.Int64N(300_000_00))
				key := fmt.Sprint(fund, year)
				pots[key] = &pot{amount: m}
				budgets[key] = d.add(Budget, "fund", fund, "from", fmt.Sprint(year), "amount", m.String())
			}
		}
		var paid []*Record
		for i := range 120 {
			day := NewDate(2025, 12, 1).AddDays(r.IntN(440))
			fund := funds[r.IntN(3)]
			at := pots[fmt.Sprint(fund, day.Year)]
			switch {
			case len(paid) > 0 && r.IntN(4) == 0: // reversed
				v := paid[r.IntN(len(paid))]
				if p := pots[fmt.Sprint(VisitFund.Of(v), VisitDate.Of(v).Year)]; p != nil && v.State == Final {
					p.used -= VisitAmount.Of(v)
				}
				v.State = Void
			case len(paid) > 0 && r.IntN(4) == 0: // corrected
				v := paid[r.IntN(len(paid))]
				m := Money(1 + r.Int64N(4_000_00))
				if p := pots[fmt.Sprint(VisitFund.Of(v), VisitDate.Of(v).Year)]; p != nil && v.State == Final {
					p.used += m - VisitAmount.Of(v)
				}
				VisitAmount.Set(v, m)
			default:
				m := Money(1 + r.Int64N(4_000_00))
				v, err := d.read(Visit, "date", day.String(), "person", person.ID, "amount", m.String(), "fund", fund, "occasion", fmt.Sprint(2026+i%2, "日常走访"), "receipt", "已签")
				if err != nil {
					t.Fatal(err)
				}
				asked := strings.Contains(doubtTexts(d, v, nil), "加上这一笔超出")
				if want := at != nil && at.used+m > at.amount; asked != want {
					t.Fatalf("seed %d, %s from %s on %s: asked %v, want %v", seed, m, fund, day, asked, want)
				}
				d.keep(v)
				paid = append(paid, v)
				if at != nil {
					at.used += m
				}
			}
			for key, b := range budgets {
				used, ok := d.Used(b)
				if !ok || used != pots[key].used {
					t.Fatalf("seed %d, step %d, %s: used %s, want %s", seed, i, key, used, pots[key].used)
				}
			}
		}
	}
}
