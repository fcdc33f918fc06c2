package model

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// lunarYears is the first year of lunarDays.
const lunarYears = 2020

// lunarDays gives 春节 元宵 清明 端午 中秋 重阳 as month*100+day. The table is
// kept instead of computed because common calendar libraries are wrong for
// 春节 2027 and 2030 and for autumn 2033.
var lunarDays = [...][6]int16{
	{125, 208, 404, 625, 1001, 1025}, // 2020
	{212, 226, 404, 614, 921, 1014},
	{201, 215, 405, 603, 910, 1004},
	{122, 205, 405, 622, 929, 1023},
	{210, 224, 404, 610, 917, 1011},
	{129, 212, 404, 531, 1006, 1029}, // 2025
	{217, 303, 405, 619, 925, 1018},
	{206, 220, 405, 609, 915, 1008},
	{126, 209, 404, 528, 1003, 1026},
	{213, 227, 404, 616, 922, 1016},
	{203, 217, 405, 605, 912, 1005}, // 2030
	{123, 206, 405, 624, 1001, 1024},
	{211, 225, 404, 612, 919, 1012},
	{131, 214, 404, 601, 908, 1001},
	{219, 305, 405, 620, 927, 1020},
	{208, 222, 405, 610, 916, 1009}, // 2035
	{128, 211, 404, 530, 1004, 1027},
	{215, 301, 404, 618, 924, 1017},
	{204, 218, 405, 607, 913, 1007},
	{124, 207, 405, 527, 1002, 1026},
	{212, 226, 404, 614, 920, 1014}, // 2040
}

// festival is one feast and the window around it in which a visit is counted
// for it. The windows are custom, not law.
type festival struct {
	name          string
	monthDay      int16 // fixed month*100+day, 0 otherwise
	lunar         int8  // 1 + column of lunarDays, 0 otherwise
	before, after int16 // days of the visit window
	visits        bool  // an occasion of aid visits
	within        string
}

// festivals in the order of the year. 元旦 stands within 春节: the visits of
// "两节" are one round, counted for the Spring Festival as soon as its window
// is open.
var festivals = [...]festival{
	{name: "元旦", monthDay: 101, before: 10, after: 7, visits: true, within: "春节"},
	{name: "除夕", before: 10, after: 7},
	{name: "春节", lunar: 1, before: 45, after: 15, visits: true},
	{name: "元宵", lunar: 2, before: 10, after: 7, visits: true},
	{name: "学雷锋", monthDay: 305, before: 10, after: 7, visits: true},
	{name: "三八", monthDay: 308, before: 10, after: 7, visits: true},
	{name: "清明", lunar: 3, before: 10, after: 7, visits: true},
	{name: "五一", monthDay: 501, before: 10, after: 7, visits: true},
	{name: "五四", monthDay: 504, before: 10, after: 7, visits: true},
	{name: "助残日", before: 10, after: 7, visits: true},
	{name: "六一", monthDay: 601, before: 10, after: 7, visits: true},
	{name: "端午", lunar: 4, before: 10, after: 7, visits: true},
	{name: "七一", monthDay: 701, before: 20, after: 10, visits: true},
	{name: "八一", monthDay: 801, before: 10, after: 7, visits: true},
	{name: "教师节", monthDay: 910, before: 10, after: 7, visits: true},
	{name: "中秋", lunar: 5, before: 10, after: 7, visits: true},
	{name: "国庆", monthDay: 1001, before: 10, after: 7, visits: true},
	{name: "重阳", lunar: 6, before: 15, after: 10, visits: true},
	{name: "国际残疾人日", monthDay: 1203, before: 10, after: 7},
	{name: "国际志愿者日", monthDay: 1205, before: 10, after: 7},
}

// festivalNamed finds a festival, also under its longer name (端午节).
func festivalNamed(name string) *festival {
	for _, n := range []string{name, strings.TrimSuffix(name, "节")} {
		for i := range festivals {
			if festivals[i].name == n {
				return &festivals[i]
			}
		}
	}
	return nil
}

// FestivalNames lists the festivals (节日) in the order of the year.
func FestivalNames() []string {
	out := make([]string, len(festivals))
	for i, f := range festivals {
		out[i] = f.name
	}
	return out
}

// FestivalDate returns the day of a festival. It is false for an unknown name,
// and for festivals of the lunar calendar outside 2020–2040.
func FestivalDate(name string, year int) (Date, bool) {
	f := festivalNamed(name)
	if f == nil {
		return Date{}, false
	}
	return f.date(year)
}

func (f *festival) date(year int) (Date, bool) {
	var d Date
	switch {
	case f.monthDay != 0:
		d = NewDate(year, int(f.monthDay)/100, int(f.monthDay)%100)
	case f.name == "助残日": // the third Sunday of May 全国助残日
		first := NewDate(year, 5, 1)
		d = first.AddDays((7-int(first.Weekday()))%7 + 14)
	case f.name == "除夕":
		d, _ = FestivalDate("春节", year)
		d = d.AddDays(-1)
	case year >= lunarYears && year < lunarYears+len(lunarDays):
		md := int(lunarDays[year-lunarYears][f.lunar-1])
		d = NewDate(year, md/100, md%100)
	}
	return d, !d.IsZero()
}

// holds says whether the window of the year's festival holds the day, and how
// many days the two are apart.
func (f *festival) holds(day Date, year int) (apart int, ok bool) {
	d, ok := f.date(year)
	if !ok {
		return 0, false
	}
	n := d.DaysUntil(day)
	return max(n, -n), n >= -int(f.before) && n <= int(f.after)
}

// latestFestival returns the latest day not after today of a festival named
// alone (春节), or the very day when a year stands with it (2027春节).
func latestFestival(s string, today Date) (Date, bool) {
	name, year := SplitOccasion(s)
	if year != 0 {
		return FestivalDate(name, year)
	}
	for y := int(today.Year); y >= int(today.Year)-1; y-- {
		d, ok := FestivalDate(name, y)
		if !ok || !d.After(today) {
			return d, ok
		}
	}
	return Date{}, false
}

// Occasion is what a visit was made for (场合): a festival of a year, or a
// reason that recurs, such as 日常走访. The year of a festival is its own, not
// that of the visit: a visit on 2026-12-28 belongs to 2027春节.
type Occasion struct {
	Name string
	Year int
}

// String returns 2027春节, "" for none. A name that begins with a digit is kept
// apart from the year, so that ParseOccasion reads it back: 2027年80岁生日.
func (o Occasion) String() string {
	if o.Name == "" || o.Year == 0 {
		return o.Name
	}
	if isDigits(o.Name[:1]) {
		return strconv.Itoa(o.Year) + "年" + o.Name
	}
	return strconv.Itoa(o.Year) + o.Name
}

// IsZero reports whether there is no occasion.
func (o Occasion) IsZero() bool { return o == Occasion{} }

// Date returns the festival's day; false when the occasion is not a festival.
func (o Occasion) Date() (Date, bool) { return FestivalDate(o.Name, o.Year) }

// Window returns the days in which visits are made for a festival; false when
// the occasion is not a festival of known date.
func (o Occasion) Window() (Period, bool) {
	f := festivalNamed(o.Name)
	if f == nil {
		return Period{}, false
	}
	d, ok := f.date(o.Year)
	if !ok {
		return Period{}, false
	}
	return Period{d.AddDays(-int(f.before)), d.AddDays(int(f.after))}, true
}

// SplitOccasion takes 2027春节, 春节2027 and 2027年春节 apart. The year is 0
// when none is written.
func SplitOccasion(s string) (name string, year int) {
	s = compact(s)
	fourDigits := func(t string) bool {
		return len(t) == 4 && isDigits(t) && atoi(t) >= MinYear && atoi(t) <= MaxYear
	}
	if len(s) > 4 && fourDigits(s[:4]) && !isDigits(s[4:5]) {
		return strings.TrimPrefix(s[4:], "年"), atoi(s[:4])
	}
	t := strings.TrimSuffix(s, "年")
	if n := len(t) - 4; n > 0 && fourDigits(t[n:]) && !isDigits(t[n-1:n]) {
		return t[:n], atoi(t[n:])
	}
	return s, 0
}

// ParseOccasion reads an occasion. A festival without a year is the one whose
// visit window holds today, else the one nearest to today; any other occasion
// without a year takes today's. Whether the name is in the vocabulary is for
// the caller to see. Empty names and names above 40 characters are refused.
func ParseOccasion(s string, today Date) (Occasion, error) {
	if err := CheckText(s, false); err != nil {
		return Occasion{}, err
	}
	name, year := SplitOccasion(s)
	if name == "" || isDigits(name) || utf8.RuneCountInString(name) > 40 {
		return Occasion{}, Problemf("场合不对，应为 2027春节、春节 或 日常走访 之类，40字以内",
			"this is no occasion; write 2027春节, 春节 or 日常走访, in at most 40 characters")
	}
	f := festivalNamed(name)
	if f != nil {
		name = f.name
	}
	if year != 0 {
		return Occasion{name, year}, nil
	}
	year = int(today.Year)
	if f == nil {
		return Occasion{name, year}, nil
	}
	if _, ok := f.date(year); !ok { // beyond the table
		return Occasion{name, year}, nil
	}
	best, held := -1, false
	for y := int(today.Year) - 1; y <= int(today.Year)+1; y++ {
		if _, ok := f.date(y); !ok {
			continue
		}
		n, in := f.holds(today, y)
		if best < 0 || in && !held || in == held && n < best {
			best, held, year = n, in, y
		}
	}
	return Occasion{name, year}, nil
}

// OccasionAt returns the festival for which a visit on the day counts: the one
// whose window holds the day, the nearest first, where 元旦 gives way to 春节.
func OccasionAt(day Date) (Occasion, bool) {
	var found Occasion
	best := -1
	for i := range festivals {
		f := &festivals[i]
		if !f.visits {
			continue
		}
		for y := int(day.Year) - 1; y <= int(day.Year)+1; y++ {
			n, in := f.holds(day, y)
			if !in || best >= 0 && n >= best {
				continue
			}
			if f.within != "" {
				if outer := festivalNamed(f.within); outer.heldNear(day) {
					continue
				}
			}
			found, best = Occasion{f.name, y}, n
		}
	}
	return found, best >= 0
}

// heldNear says whether any year's window of the festival holds the day.
func (f *festival) heldNear(day Date) bool {
	for y := int(day.Year) - 1; y <= int(day.Year)+1; y++ {
		if _, in := f.holds(day, y); in {
			return true
		}
	}
	return false
}
