package model

import "strings"

// shape takes typed text, in lower case, apart for recognition: every run of
// digits becomes a d, everything else stays but a d, which becomes D, and the runs
// are returned beside it.
func shape(s string) (form string, runs []string) {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if j == i {
			if s[i] == 'd' {
				b.WriteByte('D') // no digits
			} else {
				b.WriteByte(s[i])
			}
			i++
			continue
		}
		b.WriteByte('d')
		runs = append(runs, s[i:j])
		i = j
	}
	return b.String(), runs
}

// typedForm normalises what was typed as a date, period or occasion:
// half-width, no spaces, lower case.
func typedForm(s string) string { return strings.ToLower(compact(s)) }

// oneSeparator makes dots, slashes and dashes one, and a quarter in Chinese
// (第三季度, 三季度, 3季度) its letter and digit.
var oneSeparator = func() *strings.Replacer {
	pairs := []string{".", "-", "/", "-", "号", "日"}
	for i, han := range []string{"一", "二", "三", "四"} {
		digit := string(rune('1' + i))
		for _, w := range []string{han, digit} {
			pairs = append(pairs, "第"+w+"季度", "q"+digit, w+"季度", "q"+digit)
		}
	}
	return strings.NewReplacer(pairs...)
}()

// explicitDate reads the forms that name their year in four digits. ok is
// false when the text has none of these forms; err says why a day of such a
// form cannot be.
func explicitDate(typed string) (d Date, ok bool, err error) {
	form, runs := shape(oneSeparator.Replace(typed))
	if len(runs) == 0 || len(runs) > 3 {
		return Date{}, false, nil
	}
	var n [3]int
	for i, run := range runs {
		if len(run) > 8 {
			return Date{}, false, nil
		}
		n[i] = atoi(run)
	}
	if form == "d" && len(runs[0]) == 8 {
		d, err = exactDay(n[0]/10000, n[0]/100%100, n[0]%100)
		return d, true, err
	}
	if len(runs[0]) != 4 {
		return Date{}, false, nil
	}
	for _, run := range runs[1:] {
		if len(run) > 2 {
			return Date{}, false, nil
		}
	}
	precision, month := ByDay, 1
	switch form {
	case "d-d-d", "d年d月d日", "d年d月d":
		d, err = exactDay(n[0], n[1], n[2])
		return d, true, err
	case "d":
		if n[0]/100 <= 18 {
			return Date{}, false, nil // 0308 is a day
		}
		precision = ByYear
	case "d年", "d年度", "d全年", "d年全年":
		precision = ByYear
	case "d上", "d上半年", "d年上", "d年上半年":
		precision = ByHalf
	case "d下", "d下半年", "d年下", "d年下半年":
		precision, month = ByHalf, 7
	case "dhd", "d-hd":
		if n[1] < 1 || n[1] > 2 {
			return Date{}, true, Problemf("半年只有 H1、H2", "a year has the halves H1 and H2")
		}
		precision, month = ByHalf, n[1]*6-5
	case "dqd", "d-qd", "d年qd":
		if n[1] < 1 || n[1] > 4 {
			return Date{}, true, Problemf("季度只有 1—4", "a year has the quarters 1 to 4")
		}
		precision, month = ByQuarter, n[1]*3-2
	case "d-d", "d年d月", "d年d月份":
		if err := checkMonth(n[1]); err != nil {
			return Date{}, true, err
		}
		precision, month = ByMonth, n[1]
	default:
		return Date{}, false, nil
	}
	if err := checkYear(n[0]); err != nil {
		return Date{}, true, err
	}
	return spanOf(n[0], month, precision), true, nil
}

func checkYear(y int) error {
	if y < MinYear || y > MaxYear {
		return Problemf("年份 %d 不在 1900—2100 之内", "the year %d is not between 1900 and 2100", y)
	}
	return nil
}

func checkMonth(m int) error {
	if m < 1 || m > 12 {
		return Problemf("没有%d月，月份为 1—12", "there is no month %d; months are 1 to 12", m)
	}
	return nil
}

// exactDay returns the day or says why there is none.
func exactDay(y, m, d int) (Date, error) {
	if err := checkYear(y); err != nil {
		return Date{}, err
	}
	if err := checkMonth(m); err != nil {
		return Date{}, err
	}
	if d < 1 || d > 31 {
		return Date{}, Problemf("没有%d日", "there is no day %d in a month", d)
	}
	if last := daysIn(y, m); d > last {
		if m == 2 && d == 29 {
			return Date{}, Problemf("%d年2月没有29日", "February %d has no 29th", y)
		}
		return Date{}, Problemf("%d月没有%d日", "month %d has no day %d", m, d)
	}
	return NewDate(y, m, d), nil
}

// centuryOf completes a year of two digits: 20YY, or 19YY when that would lie
// more than five years ahead, so that years of birth can be typed short.
func centuryOf(yy int, today Date) int {
	if y := 2000 + yy; y <= int(today.Year)+5 {
		return y
	}
	return 1900 + yy
}

var relativeDays = map[string]int{
	"": 0, ".": 0, "今": 0, "今天": 0, "今日": 0, "jt": 0, "today": 0,
	"昨": -1, "昨天": -1, "昨日": -1, "zt": -1, "yesterday": -1,
	"前": -2, "前天": -2, "前日": -2, "qt": -2,
	"明": 1, "明天": 1, "明日": 1, "mt": 1, "tomorrow": 1,
}

// weekdayNames gives 1 (Monday) to 7: what follows 周 or z, and the English
// words, which stand alone.
var (
	weekdayNames = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7,
		"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7}
	weekdayEnglish = map[string]int{"monday": 1, "mon": 1, "tuesday": 2, "tues": 2, "tue": 2, "wednesday": 3, "wed": 3,
		"thursday": 4, "thurs": 4, "thur": 4, "thu": 4, "friday": 5, "fri": 5, "saturday": 6, "sat": 6, "sunday": 7, "sun": 7}
)

// weekdayPrefixes begin a weekday, the longer ones first.
var weekdayPrefixes = []struct {
	text   string
	before bool // of the week before
	names  map[string]int
}{
	{"上周", true, weekdayNames}, {"上星期", true, weekdayNames}, {"上礼拜", true, weekdayNames}, {"sz", true, weekdayNames}, {"last", true, weekdayEnglish},
	{"周", false, weekdayNames}, {"星期", false, weekdayNames}, {"礼拜", false, weekdayNames}, {"z", false, weekdayNames}, {"", false, weekdayEnglish},
}

// weekdayInput reads 周三, 星期三, z3, wed as the latest such day, and 上周五, sz5,
// last friday as the day of the week before.
func weekdayInput(s string, today Date) (Date, bool) {
	for _, p := range weekdayPrefixes {
		rest, ok := strings.CutPrefix(s, p.text)
		if !ok {
			continue
		}
		want, ok := p.names[rest]
		if !ok {
			return Date{}, false
		}
		now := (int(today.Weekday())+6)%7 + 1
		if p.before {
			return today.AddDays(want - now - 7), true
		}
		return today.AddDays(-((now - want + 7) % 7)), true
	}
	return Date{}, false
}

// ReadDate reads a date as clerks type it, looking back from today, because a
// ledger is about what has happened: nothing or 今 is today, 昨 -3 8 0308 3.8
// 3月8日 周三 wed 上周五 春节 are the latest such day not after today, and 20270308
// 2027-3-8 2027年3月8日 are exact, as are the spans 2026上 2026Q3 2026-10 2026.
// Letters in either case and full-width characters do. It refuses, with a
// *Problem that gives the reason, days that do not exist and years outside
// 1900–2100. Only 明天 (mt), +3 and exact dates can lie ahead; the caller warns.
func ReadDate(text string, today Date) (Date, error) {
	typed := typedForm(text)
	today = today.First()
	if n, ok := relativeDays[typed]; ok {
		return today.AddDays(n), nil
	}
	if d, ok, err := explicitDate(typed); ok {
		return d, err
	}
	if d, ok := weekdayInput(typed, today); ok {
		return d, nil
	}
	if d, ok := latestFestival(typed, today); ok {
		return d, nil
	}
	form, runs := shape(oneSeparator.Replace(typed))
	var n [3]int
	for i, run := range runs {
		if i > 2 || len(run) > 6 {
			return Date{}, unreadDate(text)
		}
		n[i] = atoi(run)
	}
	switch form {
	case "+d", "-d":
		if len(runs[0]) > 3 || typed[0] != form[0] { // .3 is not -3
			break
		}
		if form[0] == '-' {
			n[0] = -n[0]
		}
		if d := today.AddDays(n[0]); !d.IsZero() {
			return d, nil
		}
	case "d日":
		if len(runs[0]) <= 2 {
			return latestDayOfMonth(n[0], today)
		}
	case "d":
		switch len(runs[0]) {
		case 1, 2:
			return latestDayOfMonth(n[0], today)
		case 4:
			return latestDay(n[0]/100, n[0]%100, today)
		case 6:
			return exactDay(centuryOf(n[0]/10000, today), n[0]/100%100, n[0]%100)
		}
	case "d-d", "d月d日", "d月d":
		if len(runs[0]) <= 2 && len(runs[1]) <= 2 {
			return latestDay(n[0], n[1], today)
		}
	case "d-d-d", "d年d月d日", "d年d月d":
		if len(runs[0]) == 2 && len(runs[1]) <= 2 && len(runs[2]) <= 2 {
			return exactDay(centuryOf(n[0], today), n[1], n[2])
		}
	}
	return Date{}, unreadDate(text)
}

func unreadDate(text string) error {
	return Problemf("看不懂日期“%s”，可填 今 昨 -3 8 0308 3.8 周三 上周五 春节 2026上 2026-10 20270308",
		"cannot read %q as a date; try today yesterday -3 8 0308 3.8 wed last fri 春节 2026H1 2026-10 20270308", brief(text))
}

// latestDay returns the latest month/day not after today.
func latestDay(m, d int, today Date) (Date, error) {
	y := int(today.Year)
	if m > int(today.Month) || m == int(today.Month) && d > int(today.Day) {
		y--
	}
	return exactDay(y, m, d)
}

// latestDayOfMonth returns the day of this month, or of last month when it is
// still ahead.
func latestDayOfMonth(d int, today Date) (Date, error) {
	y, m := int(today.Year), int(today.Month)
	if d > int(today.Day) {
		if m--; m == 0 {
			y, m = y-1, 12
		}
	}
	return exactDay(y, m, d)
}
