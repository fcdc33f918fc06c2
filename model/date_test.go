package model

import (
	"encoding/json"
	"testing"
	"time"
)

// day is a date for tests; it fails loudly on a slip.
func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDateForms(t *testing.T) {
	for _, c := range []struct{ s, first, last, zh, en, prose string }{
		{"2027-03-08", "2027-03-08", "2027-03-08", "2027-03-08 周一", "2027-03-08 Mon", "2027年3月8日"},
		{"2026-04", "2026-04-01", "2026-04-30", "2026年4月", "April 2026", "2026年4月"},
		{"2028-02", "2028-02-01", "2028-02-29", "2028年2月", "February 2028", "2028年2月"},
		{"2026Q3", "2026-07-01", "2026-09-30", "2026年第三季度", "third quarter of 2026", "2026年第三季度"},
		{"2026H1", "2026-01-01", "2026-06-30", "2026年上半年", "first half of 2026", "2026年上半年"},
		{"2026H2", "2026-07-01", "2026-12-31", "2026年下半年", "second half of 2026", "2026年下半年"},
		{"2026", "2026-01-01", "2026-12-31", "2026年", "2026", "2026年"},
	} {
		d := day(t, c.s)
		if d.String() != c.s || d.First().String() != c.first || d.Last().String() != c.last {
			t.Errorf("%s: %s, %s to %s", c.s, d, d.First(), d.Last())
		}
		if d.Echo(ZH) != c.zh || d.Echo(EN) != c.en || d.Prose() != c.prose {
			t.Errorf("%s: %q %q %q", c.s, d.Echo(ZH), d.Echo(EN), d.Prose())
		}
		b, _ := json.Marshal(d)
		var back Date
		if err := json.Unmarshal(b, &back); err != nil || back != d {
			t.Errorf("%s: back from JSON as %v, %v", c.s, back, err)
		}
	}
	for _, s := range []string{"", "2026-13", "2026-00", "2027-02-29", "2026-3-8", "2026H3", "2026Q0", "1899", "2101", "20260308",
		"2026-03-08 ", "2026/03/08", "+026-03-08", "2026-0３", "202x"} {
		if d, err := ParseDate(s); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
	var none Date
	if !none.IsZero() || none.String() != "" || none.Echo(ZH) != "" || none.Prose() != "" || none.Last() != none {
		t.Error("the zero date says something")
	}
	if err := none.UnmarshalText(nil); err != nil || !none.IsZero() {
		t.Error("empty text is no date", err)
	}
}

// TestDateAgainstTime walks every day between the bounds beside package time.
func TestDateAgainstTime(t *testing.T) {
	d := NewDate(MinYear, 1, 1)
	tm := time.Date(MinYear, 1, 1, 12, 0, 0, 0, Zone)
	for tm.Year() <= MaxYear {
		if d.String() != tm.Format("2006-01-02") || d.Weekday() != tm.Weekday() || d != DateOf(tm) {
			t.Fatalf("%v is not %v", d, tm)
		}
		d, tm = d.AddDays(1), tm.AddDate(0, 0, 1)
	}
	if !d.IsZero() {
		t.Errorf("a date after the last year: %v", d)
	}
	if n := NewDate(2026, 12, 28).DaysUntil(NewDate(2027, 2, 6)); n != 40 {
		t.Errorf("DaysUntil = %d", n)
	}
	if got := DateOf(time.Date(2027, 3, 9, 16, 0, 0, 0, time.UTC)); got != NewDate(2027, 3, 10) {
		t.Errorf("16:00 UTC is the next day in Beijing, got %v", got)
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2027-01-31", 1, "2027-02-28"}, {"2028-01-31", 1, "2028-02-29"}, {"2027-03-31", -1, "2027-02-28"},
		{"2027-03-10", -12, "2026-03-10"}, {"2026-12", 1, "2027-01"}, {"2026Q1", -3, "2025Q4"},
		{"2026H2", 6, "2027H1"}, {"2026", 12, "2027"}, {"2100-12-31", 1, ""}, {"1900-01-01", -1, ""},
	} {
		if got := day(t, c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if d := day(t, "2026-01-01"); !d.AddDays(1<<40).IsZero() || !d.AddMonths(-1<<40).IsZero() {
		t.Error("huge steps must give no date")
	}
	if d := (Date{}); !d.AddDays(1).IsZero() || !d.AddMonths(1).IsZero() {
		t.Error("no date plus something is no date")
	}
}

func TestDateOrder(t *testing.T) {
	ordered := []string{"2025-12-31", "2026", "2026H1", "2026Q1", "2026-01", "2026-01-01", "2026-01-02", "2026Q2"}
	last := Date{}
	for _, s := range ordered {
		d := day(t, s)
		if !last.Before(d) || !d.After(last) || d.Compare(d) != 0 {
			t.Errorf("%v does not come before %v", last, d)
		}
		last = d
	}
	if k := day(t, "2026-03-08").SortKey(); k != 20260308 {
		t.Errorf("SortKey = %d", k)
	}
}

func TestAgeOn(t *testing.T) {
	for _, c := range []struct {
		birth, day string
		want       int
	}{
		{"1947-03-10", "2027-03-09", 79}, {"1947-03-10", "2027-03-10", 80},
		{"2008-02-29", "2026-02-28", 17}, {"2008-02-29", "2026-03-01", 18}, {"2008-02-29", "2028-02-29", 20},
		{"2009", "2027-06-01", 17}, {"2009", "2027-12-31", 18}, {"2009-03", "2027-03-30", 17}, {"2009-03", "2027-03-31", 18},
		{"2027", "2027-02-01", 0}, {"2027-03-11", "2027-03-10", -1},
	} {
		if got := AgeOn(day(t, c.birth), day(t, c.day)); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.birth, c.day, got, c.want)
		}
	}
	if AgeOn(Date{}, NewDate(2027, 1, 1)) != -1 || AgeOn(NewDate(2027, 1, 1), Date{}) != -1 {
		t.Error("an unknown date gives no age")
	}
}
