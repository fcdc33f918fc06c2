package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func catalogueItem(d *desk, class, cadence string, anchor int64) *Record {
	r := record(Catalogue, Values{"class": class, "no": int64(d.serial["C"] + 1), "topic1": class, "topic2": class + cadence, "cadence": cadence, "anchor": anchor,
		"grace_days": int64(15), "min_days": int64(7), "from": onDay("2025-01-01")})
	d.keep(r)
	return r
}

func TestExpected(t *testing.T) {
	d := newDesk(t)
	year := YearOf(onDay("2027-01-01"))
	for _, c := range []struct {
		cadence string
		anchor  int64
		want    string
	}{
		{"2月", 1, "[2027-B1 2027-B2 2027-B3 2027-B4 2027-B5 2027-B6]"},
		{"2月", 2, "[2026-12+2 2027-02+2 2027-04+2 2027-06+2 2027-08+2 2027-10+2]"},
		{"季", 1, "[2027-Q1 2027-Q2 2027-Q3 2027-Q4]"},
		{"季", 2, "[2026-11+3 2027-02+3 2027-05+3 2027-08+3]"},
		{"半年", 1, "[2027-H1 2027-H2]"},
		{"半年", 7, "[2027-H1 2027-H2]"},
		{"年", 1, "[2027]"},
		{"年", 7, "[2026-07+12]"},
		{"长期", 1, "[2027]"},
		{"即时", 1, "[]"},
		{"逐段", 1, "[]"},
	} {
		if got := fmt.Sprint(Expected(catalogueItem(d, "党务", c.cadence, c.anchor), year)); got != c.want {
			t.Errorf("%s from month %d: %s, want %s", c.cadence, c.anchor, got, c.want)
		}
	}
	if got := len(Expected(catalogueItem(d, "财务", "月", 1), year)); got != 12 {
		t.Errorf("%d months", got)
	}
	ended := catalogueItem(d, "居务", "季", 1)
	ended.Set("from", onDay("2027-04-10"))
	ended.Set("to", onDay("2027-11-30"))
	if got := fmt.Sprint(Expected(ended, year)); got != "[2027-Q2 2027-Q3]" {
		t.Errorf("in force from April to November: %s", got)
	}
	ended.Set("from", nil)
	ended.Created.At = d.Now // 2027-03-10
	if got := fmt.Sprint(Expected(ended, year)); got != "[2027-Q1 2027-Q2 2027-Q3]" {
		t.Errorf("entered in March: %s", got)
	}
}

// Keys of months that begin off the calendar read back, and cover the year
// without a gap whatever the first month.
func TestMonthsKey(t *testing.T) {
	for n := 1; n <= 12; n++ {
		for m := 1; m <= 12; m++ {
			key := monthsKey(2027, m, n)
			back, err := ParsePeriodKey(string(key))
			if err != nil || back != key {
				t.Fatalf("%s reads back as %q, %v", key, back, err)
			}
			p := key.Span()
			if p.From != NewDate(2027, m, 1) || p.To != p.From.AddMonths(n).AddDays(-1) {
				t.Fatalf("%s is %s to %s", key, p.From, p.To)
			}
		}
	}
	for key, want := range map[PeriodKey][2]string{
		"2027-02+2":  {"2027年2月至3月", "2027-02..2027-03"},
		"2027-12+2":  {"2027年12月至2028年1月", "2027-12..2028-01"},
		"2027-07+12": {"2027年7月至2028年6月", "2027-07..2028-06"},
	} {
		if zh, en := key.Text(ZH), key.Text(EN); zh != want[0] || en != want[1] {
			t.Errorf("%s: %s, %s", key, zh, en)
		}
	}
	for _, bad := range []string{"2027-13+2", "2027-02+0", "2027-02+13", "2027-02+", "2027+2"} {
		if key, err := ParsePeriodKey(bad); err == nil {
			t.Errorf("%s was read as %s", bad, key)
		}
	}
}

func boardIssue(d *desk, item *Record, p PeriodKey, state string, posted Date) *Record {
	r := record(Issue, Values{"item": Ref{ID: item.ID}, "period": p, "state": state, "title": string(p)})
	if !posted.IsZero() {
		r.Set("posted", []Row{{"by": Ref{ID: d.Actor.Staff}, "on": posted}})
		r.Set("up_until", posted.AddDays(7))
	}
	d.keep(r)
	return r
}

// A year of Party affairs: six issues, the third late; seen on three days.
func TestBoard(t *testing.T) {
	d := newDesk(t)
	party, money, event := catalogueItem(d, "党务", "2月", 1), catalogueItem(d, "财务", "月", 1), catalogueItem(d, "居务", "即时", 1)
	board := func(on string, issues ...*Record) *Board {
		b := NewBoard(YearOf(onDay("2027-01-01")), onDay(on))
		for _, item := range []*Record{money, event, party} {
			b.AddItem(item)
		}
		for _, r := range issues {
			b.AddIssue(r)
		}
		b.Finish()
		return b
	}
	b1 := boardIssue(d, party, "2027-B1", IssuePosted, onDay("2027-03-12"))
	b2 := boardIssue(d, party, "2027-B2", IssueTakenDown, onDay("2027-05-15"))
	b3 := boardIssue(d, party, "2027-B3", IssueTakenDown, onDay("2027-07-20"))
	draft := boardIssue(d, event, "2027-03", IssueToApprove, Date{})
	voided := boardIssue(d, party, "2027-B4", IssueVoid, Date{})

	// 16 March: B1 was posted on the 12th and is due on the 15th; the accounts
	// of January are late, those of February are due that day and late tomorrow.
	b := board("2027-03-15", b1, draft, voided)
	var todo []string
	for _, s := range b.Todo() {
		todo = append(todo, fmt.Sprintf("%s %s %s %d", CatalogueClass.Of(s.Item), s.Period, s.State, s.DaysLeft(b.On)))
	}
	want := []string{"财务 2027-01 未起草 -28", "财务 2027-02 未起草 0", "居务 2027-03 待审批 31"}
	if !slices.Equal(todo, want) {
		t.Errorf("to do on 15 March:\n%q\n%q", todo, want)
	}
	if b.Rows[0].Item != money || b.Rows[1].Item != party {
		t.Errorf("the overdue row comes first, not %s", b.Rows[0].Item.ID)
	}
	if r := b.Rates()["党务"]; *r != (Rates{1, 1, 1}) {
		t.Errorf("Party on 15 March: %+v", r)
	}
	// 21 March: B1 has hung long enough.
	if s := board("2027-03-21", b1).Rows[1].Slots[0]; s.State != IssueExpired {
		t.Errorf("B1 on 21 March: %s", s.State)
	}
	// The end of July: B3 was late.
	if r := board("2027-07-31", b1, b2, b3).Rates()["党务"]; *r != (Rates{3, 3, 2}) || r.OnTimePercent() != "66.7%" {
		t.Errorf("Party on 31 July: %+v", r)
	}
	// The end of the year: six expected though one was never begun.
	b4, b5 := boardIssue(d, party, "2027-B4", IssueTakenDown, onDay("2027-09-15")), boardIssue(d, party, "2027-B5", IssueTakenDown, onDay("2027-11-01"))
	if r := board("2028-01-20", b1, b2, b3, b4, b5).Rates()["党务"]; *r != (Rates{6, 5, 4}) {
		t.Errorf("Party of the year: %+v", r)
	}
	// A correction stands for what it corrects, which was posted in time.
	b2.Set("state", IssueSuperseded)
	fix := boardIssue(d, party, "2027-B2", IssuePosted, onDay("2027-06-30"))
	for _, order := range [][]*Record{{b2, fix}, {fix, b2}} {
		if s := board("2027-07-01", order...).Rows[0].Slots[1]; s.Issue != fix || !s.OnTime() {
			t.Errorf("corrected: %+v", s)
		}
	}
}

// Over random histories 按期 ≤ 已公开 ≤ 应公开, and the to-do list holds every
// slot that is overdue.
func TestBoardRates(t *testing.T) {
	rng := rand.New(rand.NewPCG(2027, 6))
	for range 300 {
		d := newDesk(t)
		b := NewBoard(YearOf(onDay("2027-01-01")), NewDate(2027, 1, 1).AddDays(rng.IntN(420)))
		for range 3 {
			item := catalogueItem(d, []string{"党务", "居务", "财务"}[rng.IntN(3)], []string{"月", "2月", "季", "即时"}[rng.IntN(4)], 1+rng.Int64N(12))
			b.AddItem(item)
			for _, p := range Expected(item, b.Period) {
				if rng.IntN(3) > 0 {
					b.AddIssue(boardIssue(d, item, p, []string{IssueDraft, IssueVoid, IssueToPost}[rng.IntN(3)], Date{}))
				}
				if rng.IntN(3) == 0 {
					b.AddIssue(boardIssue(d, item, p, IssuePosted, p.Span().To.AddDays(rng.IntN(30))))
				}
			}
		}
		b.Finish()
		todo := b.Todo()
		for _, s := range b.Slots() {
			if s.Overdue(b.On) && !slices.Contains(todo, s) && s.State != IssuePosted {
				t.Fatalf("%s %s of %s is overdue on %s and not to do", s.Period, s.State, s.Item.ID, b.On)
			}
		}
		for class, r := range b.Rates() {
			if r.OnTime > r.Posted || r.Posted > r.Expected {
				t.Fatalf("%s: %+v", class, r)
			}
		}
	}
}
