package model

import "testing"

func period(t testing.TB, s string) Period {
	t.Helper()
	p, err := ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct{ in, form, from, to, zh, en, previous, lastYear string }{
		{"2026", "2026", "2026-01-01", "2026-12-31", "2026年", "2026", "2025", "2025"},
		{"2026年", "2026", "2026-01-01", "2026-12-31", "2026年", "2026", "2025", "2025"},
		{"2026H1", "2026H1", "2026-01-01", "2026-06-30", "2026年上半年", "first half of 2026", "2025H2", "2025H1"},
		{"2026上", "2026H1", "2026-01-01", "2026-06-30", "2026年上半年", "first half of 2026", "2025H2", "2025H1"},
		{"２０２６上半年", "2026H1", "2026-01-01", "2026-06-30", "2026年上半年", "first half of 2026", "2025H2", "2025H1"},
		{"2026q1", "2026Q1", "2026-01-01", "2026-03-31", "2026年第一季度", "first quarter of 2026", "2025Q4", "2025Q1"},
		{"2026年第三季度", "2026Q3", "2026-07-01", "2026-09-30", "2026年第三季度", "third quarter of 2026", "2026Q2", "2025Q3"},
		{"2026年3月", "2026-03", "2026-03-01", "2026-03-31", "2026年3月", "March 2026", "2026-02", "2025-03"},
		{"2028-02", "2028-02", "2028-02-01", "2028-02-29", "2028年2月", "February 2028", "2028-01", "2027-02"},
		{"2027-02", "2027-02", "2027-02-01", "2027-02-28", "2027年2月", "February 2027", "2027-01", "2026-02"},
		{"2029-02", "2029-02", "2029-02-01", "2029-02-28", "2029年2月", "February 2029", "2029-01", "2028-02"},
		{"2026-03-08", "2026-03-08", "2026-03-08", "2026-03-08", "2026年3月8日", "2026-03-08", "2026-03-07", "2025-03-08"},
		{"2026-01-05..2026-02-03", "2026-01-05..2026-02-03", "2026-01-05", "2026-02-03", "2026-01-05..2026-02-03", "2026-01-05..2026-02-03", "2025-12-06..2026-01-04", "2025-01-05..2025-02-03"},
		{"2025-07..2026-06", "2025-07..2026-06", "2025-07-01", "2026-06-30", "2025-07..2026-06", "2025-07..2026-06", "2024-07..2025-06", "2024-07..2025-06"},
		{"2025H2至2026H1", "2025-07..2026-06", "2025-07-01", "2026-06-30", "2025-07..2026-06", "2025-07..2026-06", "2024-07..2025-06", "2024-07..2025-06"},
		{"2024～2026", "2024..2026", "2024-01-01", "2026-12-31", "2024..2026", "2024..2026", "2021..2023", "2023..2025"},
		{"2026-01..2026-06", "2026H1", "2026-01-01", "2026-06-30", "2026年上半年", "first half of 2026", "2025H2", "2025H1"},
		{"2026。。2026", "2026", "2026-01-01", "2026-12-31", "2026年", "2026", "2025", "2025"},
	} {
		p := period(t, c.in)
		if p.String() != c.form || p.From.String() != c.from || p.To.String() != c.to {
			t.Errorf("%s: %s, %s to %s", c.in, p, p.From, p.To)
		}
		if p.Text(ZH) != c.zh || p.Text(EN) != c.en {
			t.Errorf("%s: %q %q", c.in, p.Text(ZH), p.Text(EN))
		}
		if got := p.Previous().String(); got != c.previous {
			t.Errorf("%s: previous %s, want %s", c.in, got, c.previous)
		}
		if got := p.LastYear().String(); got != c.lastYear {
			t.Errorf("%s: last year %s, want %s", c.in, got, c.lastYear)
		}
		if back := period(t, p.String()); back != p {
			t.Errorf("%s comes back as %s", p, back)
		}
	}
	for _, in := range []string{"", "0308", "2026-02-03..2026-01-05", "2026..", "..2026", "2026-13", "2026-02-30", "今天", "2026..2027..2028", "上半年"} {
		if p, err := ParsePeriod(in); err == nil || !p.IsZero() {
			t.Errorf("ParsePeriod(%q) = %v, %v", in, p, err)
		}
	}
	var none Period
	if none.String() != "" || none.Text(ZH) != "" || none.Days() != 0 || !none.Previous().IsZero() || !none.LastYear().IsZero() || none.Contains(Date{}) {
		t.Error("no period says something")
	}
	if n := period(t, "2028").Days(); n != 366 {
		t.Errorf("Days = %d", n)
	}
}

// TestContains holds the rule that 上半年 counts in the year and the half, not in
// a month.
func TestContains(t *testing.T) {
	for _, c := range []struct {
		period, date string
		want         bool
	}{
		{"2026", "2026H1", true}, {"2026H1", "2026H1", true}, {"2026-03", "2026H1", false}, {"2026Q1", "2026H1", false},
		{"2026H2", "2026H1", false}, {"2026", "2026", true}, {"2026H1", "2026", false}, {"2026-03", "2026-03-31", true},
		{"2026-03", "2026-04-01", false}, {"2026-03", "2026-02-28", false}, {"2025-07..2026-06", "2026H1", true},
		{"2026-01-02..2026-06-30", "2026H1", false},
	} {
		if got := period(t, c.period).Contains(day(t, c.date)); got != c.want {
			t.Errorf("%s contains %s: %v", c.period, c.date, got)
		}
	}
	if period(t, "2026").Contains(Date{}) {
		t.Error("no date lies in no period")
	}
}

func TestPeriodOf(t *testing.T) {
	d := day(t, "2026-08-15")
	for want, p := range map[string]Period{"2026-08-15": DayOf(d), "2026-08": MonthOf(d), "2026Q3": QuarterOf(d), "2026H2": HalfOf(d), "2026": YearOf(d)} {
		if p.String() != want {
			t.Errorf("%s, want %s", p, want)
		}
	}
}

func TestPeriodKey(t *testing.T) {
	for _, c := range []struct{ in, key, span, zh, en string }{
		{"2027-B1", "2027-B1", "2027-01..2027-02", "2027年第1期（1—2月）", "issue 1 of 2027 (Jan–Feb)"},
		{"２０２７ｂ６", "2027-B6", "2027-11..2027-12", "2027年第6期（11—12月）", "issue 6 of 2027 (Nov–Dec)"},
		{"2027b3", "2027-B3", "2027-05..2027-06", "2027年第3期（5—6月）", "issue 3 of 2027 (May–Jun)"},
		{"2027Q1", "2027-Q1", "2027Q1", "2027年第一季度", "first quarter of 2027"},
		{"2027-q4", "2027-Q4", "2027Q4", "2027年第四季度", "fourth quarter of 2027"},
		{"2027-03", "2027-03", "2027-03", "2027年3月", "March 2027"},
		{"2027-3", "2027-03", "2027-03", "2027年3月", "March 2027"},
		{"202703", "2027-03", "2027-03", "2027年3月", "March 2027"},
		{" 2027－h1", "2027-H1", "2027H1", "2027年上半年", "first half of 2027"},
		{"2027", "2027", "2027", "2027年", "2027"},
	} {
		k, err := ParsePeriodKey(c.in)
		if err != nil || string(k) != c.key {
			t.Errorf("ParsePeriodKey(%q) = %q, %v", c.in, k, err)
			continue
		}
		if k.Span().String() != c.span || k.Text(ZH) != c.zh || k.Text(EN) != c.en {
			t.Errorf("%s: %s %q %q", k, k.Span(), k.Text(ZH), k.Text(EN))
		}
	}
	for _, in := range []string{"", "2027-B0", "2027-B7", "2027-Q5", "2027-H3", "2027-13", "2027-00", "202713", "1899", "2101-Q1", "B1", "2027-X1",
		"2027-B11", "27-Q1", "2027--Q1", "2027-03-08", "b1-2027", "99999999999999"} {
		if k, err := ParsePeriodKey(in); err == nil || k != "" {
			t.Errorf("ParsePeriodKey(%q) = %q, %v", in, k, err)
		}
	}
	if k := PeriodKey("2027q1"); !k.Span().IsZero() || k.Text(ZH) != "2027q1" {
		t.Error("a key in no written form covers nothing")
	}
}
