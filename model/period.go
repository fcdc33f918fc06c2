package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Period is a run of days, both ends included (统计期间). The zero value is no
// period.
type Period struct{ From, To Date }

// DayOf, MonthOf, QuarterOf, HalfOf and YearOf return the period of that kind
// which holds the first day of d.
func DayOf(d Date) Period     { return Period{d.First(), d.First()} }
func MonthOf(d Date) Period   { return periodOf(d, ByMonth) }
func QuarterOf(d Date) Period { return periodOf(d, ByQuarter) }
func HalfOf(d Date) Period    { return periodOf(d, ByHalf) }
func YearOf(d Date) Period    { return periodOf(d, ByYear) }

func periodOf(d Date, p Precision) Period {
	s := spanOf(int(d.Year), int(d.Month), p)
	return Period{s.First(), s.Last()}
}

// ParsePeriod reads 2026, 2026H1, 2026Q3, 2026-03, 2026-03-08, two of these
// joined by .. (also 至 or ~), and the Chinese ways to write them: 2026上半年,
// 2026年第三季度, 2026年3月. Full-width characters do. It refuses what it cannot
// read and ranges that end before they begin.
func ParsePeriod(s string) (Period, error) {
	typed := typedForm(s)
	from, to, isRange := typed, "", false
	for _, sep := range []string{"..", "至", "~"} {
		if a, b, ok := strings.Cut(typed, sep); ok {
			from, to, isRange = a, b, true
			break
		}
	}
	a, err := periodEnd(from, s)
	if err != nil {
		return Period{}, err
	}
	if !isRange {
		return Period{a.First(), a.Last()}, nil
	}
	b, err := periodEnd(to, s)
	if err != nil {
		return Period{}, err
	}
	p := Period{a.First(), b.Last()}
	if p.To.Before(p.From) {
		return Period{}, Problemf("期间的止日 %s 早于起日 %s", "the period ends (%s) before it begins (%s)", p.To.String(), p.From.String())
	}
	return p, nil
}

func periodEnd(typed, whole string) (Date, error) {
	d, ok, err := explicitDate(typed)
	if err == nil && !ok {
		err = Problemf("看不懂期间“%s”，可填 2026、2026H1、2026上半年、2026Q3、2026-03、2026-03-08 或 2026-01-05..2026-02-03",
			"cannot read %q as a period; write 2026, 2026H1, 2026Q3, 2026-03, 2026-03-08 or 2026-01-05..2026-02-03", brief(whole))
	}
	return d, err
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p.From.IsZero() || p.To.IsZero() }

// Days counts the days, both ends included.
func (p Period) Days() int {
	if p.IsZero() {
		return 0
	}
	return p.From.DaysUntil(p.To) + 1
}

// span returns the one date that covers the period exactly, if there is one.
func (p Period) span() (Date, bool) {
	for k := ByYear; ; k-- {
		d := p.From
		if k > ByDay {
			d = spanOf(int(p.From.Year), int(p.From.Month), k)
		}
		if !p.IsZero() && d.First() == p.From && d.Last() == p.To {
			return d, true
		}
		if k == ByDay {
			return Date{}, false
		}
	}
}

// wholeMonths counts the months of a period that begins and ends with a month,
// otherwise 0.
func (p Period) wholeMonths() int {
	if p.IsZero() || p.From.Day != 1 || p.To != MonthOf(p.To).To {
		return 0
	}
	return (int(p.To.Year)-int(p.From.Year))*12 + int(p.To.Month) - int(p.From.Month) + 1
}

// String returns the shortest form ParsePeriod reads back: 2026, 2026H1,
// 2025-07..2026-06, 2026-01-05..2026-02-03; "" for no period.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	if d, ok := p.span(); ok {
		return d.String()
	}
	from, to := p.From, p.To
	if p.wholeMonths() > 0 {
		from.Precision, to = ByMonth, spanOf(int(to.Year), int(to.Month), ByMonth)
		if from.Month == 1 && to.Month == 12 {
			from.Precision, to.Precision = ByYear, ByYear
		}
	}
	return from.String() + ".." + to.String()
}

// Text returns the period in words: 2026年上半年, first half of 2026. A range
// stays as String writes it.
func (p Period) Text(l Lang) string {
	d, ok := p.span()
	switch {
	case !ok:
		return p.String()
	case l == ZH:
		return d.Prose()
	case d.Precision == ByDay:
		return d.String()
	}
	return d.Echo(l)
}

// Contains reports whether the whole span of d lies inside: what happened in
// 上半年 counts in the year and the half, not in a month.
func (p Period) Contains(d Date) bool {
	return !d.IsZero() && !p.IsZero() && !d.First().Before(p.From) && !d.Last().After(p.To)
}

// Previous returns the period of the same kind just before (环比): a month
// before a month, as many whole months before a range of whole months, as many
// days before any other range.
func (p Period) Previous() Period {
	if p.IsZero() {
		return p
	}
	if n := p.wholeMonths(); n > 0 {
		return p.shift(-n)
	}
	return Period{p.From.AddDays(-p.Days()), p.From.AddDays(-1)}
}

// LastYear returns the same period a year earlier (同比).
func (p Period) LastYear() Period { return p.shift(-12) }

func (p Period) shift(months int) Period {
	to := p.To.AddMonths(months)
	if p.wholeMonths() > 0 {
		to = MonthOf(to).To
	}
	return Period{p.From.AddMonths(months), to}
}

// PeriodKey names the period of a disclosure (公开期): 2027-B1 to B6 for the
// two-month issues of Party affairs, 2027-Q1, 2027-03, 2027-H1 or 2027; for
// months that begin elsewhere the first one and how many, 2027-02+2.
type PeriodKey string

// keyLimits gives the highest number of each kind of key.
var keyLimits = map[string]int{"bd": 6, "qd": 4, "hd": 2}

// ParsePeriodKey reads a key, also without the dash, in lower case or full
// width, and returns it in its one written form.
func ParsePeriodKey(s string) (PeriodKey, error) {
	typed := typedForm(s)
	form, runs := shape(typed)
	kind := strings.TrimPrefix(strings.TrimPrefix(form, "d"), "-")
	ok := false
	var key string
	switch {
	case form == "d" && len(runs[0]) == 4:
		key, ok = runs[0], true
	case form == "d" && len(runs[0]) == 6:
		key, ok = runs[0][:4]+"-"+runs[0][4:], atoi(runs[0][4:]) >= 1 && atoi(runs[0][4:]) <= 12
	case form == "d-d" && len(runs[0]) == 4 && len(runs[1]) <= 2:
		m := atoi(runs[1])
		key, ok = fmt.Sprintf("%s-%02d", runs[0], m), m >= 1 && m <= 12
	case form == "d-d+d" && len(runs[0]) == 4 && len(runs[1]) <= 2 && len(runs[2]) <= 2:
		m, n := atoi(runs[1]), atoi(runs[2])
		key, ok = string(monthsKey(atoi(runs[0]), m, n)), m >= 1 && m <= 12 && n >= 1 && n <= 12
	case keyLimits[kind] > 0 && strings.HasPrefix(form, "d") && len(runs[0]) == 4 && len(runs[1]) == 1:
		n := atoi(runs[1])
		key, ok = runs[0]+"-"+strings.ToUpper(kind[:1])+runs[1], n >= 1 && n <= keyLimits[kind]
	}
	if !ok || checkYear(atoi(runs[0][:4])) != nil {
		return "", Problemf("公开期“%s”不对，应为 2027-B1（至 B6）、2027-Q1、2027-03、2027-H1 或 2027",
			"%q is not a disclosure period; write 2027-B1 (to B6), 2027-Q1, 2027-03, 2027-H1 or 2027", brief(s))
	}
	return PeriodKey(key), nil
}

// monthsKey is the key of n months from the first of a month, 1 to 12 of each:
// the calendar's own name where the months have one.
func monthsKey(year, month, n int) PeriodKey {
	calendar := map[int]string{2: "B", 3: "Q", 6: "H"}[n]
	switch {
	case n == 1:
		return PeriodKey(fmt.Sprintf("%04d-%02d", year, month))
	case n == 12 && month == 1:
		return PeriodKey(fmt.Sprintf("%04d", year))
	case calendar != "" && (month-1)%n == 0:
		return PeriodKey(fmt.Sprintf("%04d-%s%d", year, calendar, (month-1)/n+1))
	}
	return PeriodKey(fmt.Sprintf("%04d-%02d+%d", year, month, n))
}

// issue returns the number of a two-month issue (双月期), 0 for other keys.
func (k PeriodKey) issue() int {
	if len(k) == 7 && k[5] == 'B' {
		return int(k[6] - '0')
	}
	return 0
}

// Span returns the days the key covers, no period for a key that
// ParsePeriodKey did not return.
func (k PeriodKey) Span() Period {
	if c, err := ParsePeriodKey(string(k)); err != nil || c != k {
		return Period{}
	}
	year := atoi(string(k[:4]))
	if n := k.issue(); n > 0 {
		return Period{NewDate(year, 2*n-1, 1), spanOf(year, 2*n, ByMonth).Last()}
	}
	s := string(k)
	if first, months, ok := strings.Cut(s, "+"); ok {
		from := NewDate(year, atoi(first[5:]), 1)
		return Period{from, from.AddMonths(atoi(months)).AddDays(-1)}
	}
	if len(s) == 7 && (s[5] == 'Q' || s[5] == 'H') {
		s = s[:4] + s[5:]
	}
	d, err := ParseDate(s)
	if err != nil {
		return Period{}
	}
	return Period{d.First(), d.Last()}
}

// Text returns the key in words: 2027年第1期（1—2月）, 2027年第一季度; issue 1 of
// 2027 (Jan–Feb), first quarter of 2027. A key it does not know stays as it is.
func (k PeriodKey) Text(l Lang) string {
	p := k.Span()
	if p.IsZero() {
		return string(k)
	}
	n := k.issue()
	switch {
	case strings.Contains(string(k), "+") && l == ZH:
		from, to := fmt.Sprintf("%d年%d月", p.From.Year, p.From.Month), fmt.Sprintf("%d月", p.To.Month)
		if p.To.Year != p.From.Year {
			to = fmt.Sprintf("%d年%d月", p.To.Year, p.To.Month)
		}
		return from + "至" + to
	case n == 0:
		return p.Text(l)
	case l == ZH:
		return fmt.Sprintf("%d年第%d期（%d—%d月）", p.From.Year, n, p.From.Month, p.To.Month)
	}
	month := func(d Date) string { return time.Month(d.Month).String()[:3] }
	return "issue " + strconv.Itoa(n) + " of " + strconv.Itoa(int(p.From.Year)) + " (" + month(p.From) + "–" + month(p.To) + ")"
}
