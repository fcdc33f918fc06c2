package model

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// Zone is the one time zone of the program, Beijing time (+08:00). It is fixed
// so that no machine's settings move an event to another day.
var Zone = time.FixedZone("CST", 8*60*60)

// Precision says how much of a Date is known.
type Precision uint8

const (
	ByDay     Precision = iota // 日
	ByMonth                    // 月
	ByQuarter                  // 季度
	ByHalf                     // 半年
	ByYear                     // 年
)

// months is the length of a span in months; a day has none.
func (p Precision) months() int { return [...]int{0, 1, 3, 6, 12}[p] }

// Years outside these bounds are refused everywhere.
const (
	MinYear = 1900
	MaxYear = 2100
)

// Date is a civil date, known to the day or only to a longer span: old books
// often say no more than 上半年. Month and Day hold the first day of the span.
// The zero value is no date. Dates compare with ==.
type Date struct {
	Year       int16
	Month, Day int8
	Precision  Precision
}

// NewDate returns the day, or the zero Date when the calendar has no such day
// between 1900 and 2100.
func NewDate(y, m, d int) Date {
	if y < MinYear || y > MaxYear || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return Date{}
	}
	return Date{Year: int16(y), Month: int8(m), Day: int8(d)}
}

// spanOf returns the span of precision p that holds the month m of y.
func spanOf(y, m int, p Precision) Date {
	if p > ByDay && m >= 1 && m <= 12 {
		m = (m-1)/p.months()*p.months() + 1
	}
	d := NewDate(y, m, 1)
	if !d.IsZero() {
		d.Precision = p
	}
	return d
}

// DateOf returns the day on which t falls in Zone.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Zone).Date()
	return NewDate(y, int(m), d)
}

// ParseDate reads the stored forms and nothing else: 2026-03-08, 2026-03,
// 2026Q3, 2026H1, 2026. ReadDate reads what people type.
func ParseDate(s string) (Date, error) {
	var d Date
	digits := func(from, to int) int {
		if isDigits(s[from:to]) {
			return atoi(s[from:to])
		}
		return 0
	}
	switch {
	case len(s) == 4:
		d = spanOf(digits(0, 4), 1, ByYear)
	case len(s) == 6 && s[4] == 'Q' && s[5] >= '1' && s[5] <= '4':
		d = spanOf(digits(0, 4), int(s[5]-'1')*3+1, ByQuarter)
	case len(s) == 6 && s[4] == 'H' && (s[5] == '1' || s[5] == '2'):
		d = spanOf(digits(0, 4), int(s[5]-'1')*6+1, ByHalf)
	case len(s) == 7 && s[4] == '-':
		d = spanOf(digits(0, 4), digits(5, 7), ByMonth)
	case len(s) == 10 && s[4] == '-' && s[7] == '-':
		d = NewDate(digits(0, 4), digits(5, 7), digits(8, 10))
	}
	if d.IsZero() {
		return d, Problemf("日期“%s”不对，应为 2026-03-08、2026-03、2026Q3、2026H1 或 2026（1900—2100年）",
			"%q is not a date; write 2026-03-08, 2026-03, 2026Q3, 2026H1 or 2026 (1900 to 2100)", brief(s))
	}
	return d, nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.Year == 0 }

// String returns the stored form, "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	switch d.Precision {
	case ByYear:
		return fmt.Sprintf("%04d", d.Year)
	case ByHalf:
		return fmt.Sprintf("%04dH%d", d.Year, d.half())
	case ByQuarter:
		return fmt.Sprintf("%04dQ%d", d.Year, d.quarter())
	case ByMonth:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	b := make([]byte, 0, 10)
	b = strconv.AppendInt(b, int64(d.Year), 10)
	b = append(b, '-', '0'+byte(d.Month)/10, '0'+byte(d.Month)%10, '-', '0'+byte(d.Day)/10, '0'+byte(d.Day)%10)
	return string(b)
}

func (d Date) half() int    { return (int(d.Month)-1)/6 + 1 }
func (d Date) quarter() int { return (int(d.Month)-1)/3 + 1 }

// First returns the first day of the span.
func (d Date) First() Date {
	d.Precision = ByDay
	return d
}

// Last returns the last day of the span.
func (d Date) Last() Date {
	if d.IsZero() || d.Precision == ByDay {
		return d
	}
	y, m := int(d.Year), int(d.Month)+d.Precision.months()-1
	return NewDate(y, m, daysIn(y, m))
}

// AddDays returns the day n days after the first day of d, the zero Date when
// that lies outside 1900–2100 or d is zero.
func (d Date) AddDays(n int) Date {
	const span = 80_000 // more days than there are between the bounds
	if d.IsZero() || n < -span || n > span {
		return Date{}
	}
	return dateOfNumber(d.number() + n)
}

// AddMonths moves d by n months and keeps its precision; a day the month does
// not have becomes its last. Outside 1900–2100 the result is the zero Date. A
// span longer than a month keeps its form only when n is a multiple of it.
func (d Date) AddMonths(n int) Date {
	const span = 12 * (MaxYear - MinYear + 1)
	if d.IsZero() || n < -span || n > span {
		return Date{}
	}
	total := int(d.Year)*12 + int(d.Month) - 1 + n
	y, m := total/12, total%12+1
	if d.Precision != ByDay {
		return spanOf(y, m, d.Precision)
	}
	return NewDate(y, m, min(int(d.Day), daysIn(y, m)))
}

// DaysUntil counts days from the first day of d to the first day of other,
// negative when other is earlier; 0 when either is no date.
func (d Date) DaysUntil(other Date) int {
	if d.IsZero() || other.IsZero() {
		return 0
	}
	return other.number() - d.number()
}

// Compare orders by first day, then the coarser date first; no date comes
// before every date.
func (d Date) Compare(other Date) int {
	if c := cmp.Compare(d.SortKey(), other.SortKey()); c != 0 {
		return c
	}
	return cmp.Compare(other.Precision, d.Precision)
}

// Before reports whether d comes before other in the order of Compare.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d comes after other in the order of Compare.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// SortKey returns yyyymmdd of the first day, 0 for no date.
func (d Date) SortKey() uint32 {
	return uint32(d.Year)*10000 + uint32(d.Month)*100 + uint32(d.Day)
}

// Weekday returns the weekday of the first day.
func (d Date) Weekday() time.Weekday {
	return time.Weekday((d.number()%7 + 11) % 7) // 1970-01-01 was a Thursday
}

var (
	weekdays    = [...]Words{{"周日", "Sun"}, {"周一", "Mon"}, {"周二", "Tue"}, {"周三", "Wed"}, {"周四", "Thu"}, {"周五", "Fri"}, {"周六", "Sat"}}
	halfWords   = [...]Words{{"上半年", "first half"}, {"下半年", "second half"}}
	quarterText = [...]Words{{"第一季度", "first quarter"}, {"第二季度", "second quarter"}, {"第三季度", "third quarter"}, {"第四季度", "fourth quarter"}}
)

// Echo returns the date as shown back to whoever typed it: 2027-03-08 周一,
// 2026年上半年; 2027-03-08 Mon, first half of 2026.
func (d Date) Echo(l Lang) string {
	if d.IsZero() {
		return ""
	}
	if d.Precision == ByDay {
		return d.String() + " " + weekdays[d.Weekday()].In(l)
	}
	if l == ZH {
		return d.Prose()
	}
	switch d.Precision {
	case ByMonth:
		return fmt.Sprintf("%s %d", time.Month(d.Month), d.Year)
	case ByQuarter:
		return fmt.Sprintf("%s of %d", quarterText[d.quarter()-1].EN, d.Year)
	case ByHalf:
		return fmt.Sprintf("%s of %d", halfWords[d.half()-1].EN, d.Year)
	}
	return strconv.Itoa(int(d.Year))
}

// Prose returns the date as Chinese reports write it: 2027年3月8日, 2026年4月,
// 2026年第三季度, 2026年上半年, 2026年.
func (d Date) Prose() string {
	if d.IsZero() {
		return ""
	}
	switch d.Precision {
	case ByDay:
		return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
	case ByMonth:
		return fmt.Sprintf("%d年%d月", d.Year, d.Month)
	case ByQuarter:
		return fmt.Sprintf("%d年%s", d.Year, quarterText[d.quarter()-1].ZH)
	case ByHalf:
		return fmt.Sprintf("%d年%s", d.Year, halfWords[d.half()-1].ZH)
	}
	return fmt.Sprintf("%d年", d.Year)
}

// MarshalText implements encoding.TextMarshaler with the stored form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// AgeOn returns the full years of age (周岁) on the first day of day; a birthday
// on 29 February counts on 1 March in a common year. A birth known only to a
// month or year counts from the last day of it, so no one is made older than
// the book can prove. It returns -1 when a date is missing or the birth lies
// ahead, which every check for minors then takes for a child.
func AgeOn(birth, day Date) int {
	day = day.First()
	if birth.IsZero() || day.IsZero() || day.Before(birth.First()) {
		return -1
	}
	b := birth.Last()
	age := int(day.Year) - int(b.Year)
	if day.Month < b.Month || day.Month == b.Month && day.Day < b.Day {
		age--
	}
	return max(age, 0)
}

func isLeap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y, m int) int {
	switch m {
	case 2:
		if isLeap(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// number counts days since 1970-01-01 (the usual era arithmetic with years
// that begin in March; all years here are positive).
func (d Date) number() int {
	y, m := int(d.Year), int(d.Month)
	if m <= 2 {
		y--
		m += 12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + int(d.Day) - 1 - 719468
}

func dateOfNumber(n int) Date {
	n += 719468
	era := n / 146097
	doe := n % 146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day, m, y := doy-(153*mp+2)/5+1, mp+3, yoe+400*era
	if m > 12 {
		m -= 12
		y++
	}
	return NewDate(y, m, day)
}
