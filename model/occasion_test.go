package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// festivalTable is the table of the domain description in its own layout, kept
// apart from the data it checks.
const festivalTable = `2020 0125 0208 0404 0625 1001 1025  2031 0123 0206 0405 0624 1001 1024
2021 0212 0226 0404 0614 0921 1014  2032 0211 0225 0404 0612 0919 1012
2022 0201 0215 0405 0603 0910 1004  2033 0131 0214 0404 0601 0908 1001
2023 0122 0205 0405 0622 0929 1023  2034 0219 0305 0405 0620 0927 1020
2024 0210 0224 0404 0610 0917 1011  2035 0208 0222 0405 0610 0916 1009
2025 0129 0212 0404 0531 1006 1029  2036 0128 0211 0404 0530 1004 1027
2026 0217 0303 0405 0619 0925 1018  2037 0215 0301 0404 0618 0924 1017
2027 0206 0220 0405 0609 0915 1008  2038 0204 0218 0405 0607 0913 1007
2028 0126 0209 0404 0528 1003 1026  2039 0124 0207 0405 0527 1002 1026
2029 0213 0227 0404 0616 0922 1016  2040 0212 0226 0404 0614 0920 1014
2030 0203 0217 0405 0605 0912 1005`

func TestFestivalTable(t *testing.T) {
	words := strings.Fields(festivalTable)
	if len(words) != 21*7 {
		t.Fatalf("%d cells", len(words))
	}
	for ; len(words) > 0; words = words[7:] {
		year := atoi(words[0])
		for i, name := range []string{"春节", "元宵", "清明", "端午", "中秋", "重阳"} {
			want := words[0] + words[i+1]
			d, ok := FestivalDate(name, year)
			if !ok || fmt.Sprint(d.SortKey()) != want {
				t.Errorf("%s %d: %v, want %s", name, year, d, want)
			}
		}
		spring, _ := FestivalDate("春节", year)
		lantern, _ := FestivalDate("元宵", year)
		if n := spring.DaysUntil(lantern); n != 14 {
			t.Errorf("%d: 元宵 is %d days after 春节", year, n)
		}
		if eve, ok := FestivalDate("除夕", year); !ok || eve != spring.AddDays(-1) {
			t.Errorf("%d: 除夕 %v", year, eve)
		}
	}
}

func TestFixedFestivals(t *testing.T) {
	for name, want := range map[string]string{"元旦": "0101", "学雷锋": "0305", "三八": "0308", "五一": "0501", "五四": "0504", "六一": "0601",
		"七一": "0701", "八一": "0801", "教师节": "0910", "国庆": "1001", "国庆节": "1001", "国际残疾人日": "1203", "国际志愿者日": "1205", "助残日": "0516"} {
		if d, ok := FestivalDate(name, 2027); !ok || fmt.Sprint(d.SortKey()) != "2027"+want {
			t.Errorf("%s: %v", name, d)
		}
	}
	for year := 1991; year <= 2100; year++ {
		d, ok := FestivalDate("助残日", year)
		if !ok || d.Month != 5 || d.Day < 15 || d.Day > 21 || d.Weekday() != time.Sunday {
			t.Errorf("助残日 %d: %v", year, d)
		}
	}
	for _, c := range []struct {
		name string
		year int
	}{{"春节", 2019}, {"春节", 2041}, {"除夕", 2041}, {"日常走访", 2027}, {"", 2027}, {"元旦", 1899}} {
		if d, ok := FestivalDate(c.name, c.year); ok || !d.IsZero() {
			t.Errorf("%s %d: %v", c.name, c.year, d)
		}
	}
	if n := len(FestivalNames()); n != 20 {
		t.Errorf("%d festivals", n)
	}
}

func TestOccasionAt(t *testing.T) {
	for on, want := range map[string]string{
		"2026-12-28": "2027春节", // the visit of the domain description
		"2026-12-23": "2027春节", "2026-12-22": "2027元旦", "2026-12-21": "",
		"2026-01-01": "2026元旦", "2026-01-02": "2026元旦", "2026-01-03": "2026春节",
		"2027-02-06": "2027春节", "2027-02-12": "2027春节", "2027-02-20": "2027元宵",
		"2027-06-11": "2027端午", "2027-06-12": "2027端午", "2027-06-17": "2027七一", "2027-07-11": "2027七一", "2027-07-12": "",
		"2027-10-01": "2027国庆", "2027-10-08": "2027重阳", "2027-10-18": "2027重阳", "2027-10-19": "",
		"2027-05-16": "2027助残日", "2027-11-15": "",
		"2019-12-10": "", "2019-12-11": "2020春节",
	} {
		got, ok := OccasionAt(day(t, on))
		if got.String() != want || ok != (want != "") {
			t.Errorf("on %s: %s, %v; want %q", on, got, ok, want)
		}
	}
}

func TestParseOccasion(t *testing.T) {
	for _, c := range []struct{ in, today, want string }{
		{"2027春节", "2026-03-01", "2027春节"}, {"春节2027", "2026-03-01", "2027春节"}, {"2027年春节", "2026-03-01", "2027春节"},
		{"２０２７春节", "2026-03-01", "2027春节"}, {" 2027 春节 ", "2026-03-01", "2027春节"}, {"春节2027年", "2026-03-01", "2027春节"},
		{"春节", "2026-12-28", "2027春节"}, {"春节", "2027-02-10", "2027春节"}, {"春节", "2027-08-20", "2028春节"}, {"春节", "2027-07-01", "2027春节"},
		{"元旦", "2026-12-31", "2027元旦"}, {"元旦", "2026-05-01", "2026元旦"}, {"七一", "2027-03-10", "2027七一"}, {"七一", "2027-01-10", "2027七一"},
		{"中秋节", "2027-09-01", "2027中秋"}, {"日常走访", "2027-03-10", "2027日常走访"}, {"冬季送温暖", "2026-12-28", "2026冬季送温暖"},
		{"2026生病住院", "2027-03-10", "2026生病住院"}, {"80岁生日", "2027-03-10", "2027年80岁生日"}, {"春节", "2050-01-10", "2050春节"},
	} {
		o, err := ParseOccasion(c.in, day(t, c.today))
		if err != nil || o.String() != c.want {
			t.Errorf("on %s, %q = %s, %v; want %s", c.today, c.in, o, err, c.want)
		}
		if back, err := ParseOccasion(o.String(), NewDate(2020, 1, 1)); err != nil || back != o {
			t.Errorf("%s comes back as %s, %v", o, back, err)
		}
	}
	for _, in := range []string{"", " ", "2027", "2027年", "春\x1b节", strings.Repeat("长", 41)} {
		if o, err := ParseOccasion(in, NewDate(2027, 3, 10)); err == nil || !o.IsZero() {
			t.Errorf("ParseOccasion(%q) = %v, %v", in, o, err)
		}
	}
	if name, year := SplitOccasion("日常走访"); name != "日常走访" || year != 0 {
		t.Error(name, year)
	}
	if (Occasion{}).String() != "" {
		t.Error("no occasion says something")
	}
}

func TestOccasionWindow(t *testing.T) {
	for o, want := range map[Occasion]string{
		{"春节", 2027}: "2026-12-23..2027-02-21", {"七一", 2027}: "2027-06-11..2027-07-11",
		{"重阳", 2027}: "2027-09-23..2027-10-18", {"元旦", 2027}: "2026-12-22..2027-01-08",
	} {
		if w, ok := o.Window(); !ok || w.String() != want {
			t.Errorf("%s: %s, want %s", o, w, want)
		}
	}
	for _, o := range []Occasion{{"日常走访", 2027}, {"春节", 2050}, {}} {
		if w, ok := o.Window(); ok || !w.IsZero() {
			t.Errorf("%s has the window %s", o, w)
		}
	}
	if d, ok := (Occasion{"春节", 2027}).Date(); !ok || d != NewDate(2027, 2, 6) {
		t.Error(d, ok)
	}
}
