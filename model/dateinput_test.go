package model

import (
	"strings"
	"testing"
)

func TestReadDate(t *testing.T) {
	today := NewDate(2027, 3, 10)
	if today.Echo(ZH) != "2027-03-10 周三" {
		t.Fatal("the table is for a Wednesday")
	}
	for want, inputs := range map[string]string{
		"2027-03-10": "|.|。|今|今天|jt|ＪＴ| 今 天 |today|Today|ＴＯＤＡＹ|wed|Wednesday|+0|周三|z3|星期三|礼拜三|10|0310",
		"2027-03-09": "昨|昨天|zt|yesterday|-1|－１|9|周二|Z2|tue|tues|tuesday",
		"2027-03-08": "前|前天|qt|mon|Monday|8|0308|3.8|3-8|3/8|3月8日|3月8号|３。８|３／８|０３０８|3 . 8|3.08|8日|8号|３月８日|270308|20270308|2027-3-8|2027.3.8|2027/03/08|2027年3月8日|27-3-8|三八|2027-03-08|周1|z1",
		"2027-03-07": "-3|周日|周天|z7|星期天|sun|sunday",
		"2027-03-11": "明|明天|mt|tomorrow|+1|2027-03-11|20270311",
		"2027-03-13": "+3|＋３",
		"2027-02-12": "12",
		"2026-12-25": "1225|12.25|12月25日",
		"2026-03-11": "0311",
		"2027-03-04": "周四|z4|thu|thur|thurs|thursday",
		"2027-03-06": "sat|Saturday|last sat",
		"2027-03-05": "上周五|sz5|上星期五|周五|fri|friday|last friday|Last Fri|lastfri",
		"2027-03-01": "上周一|sz1|last monday",
		"2027-03-03": "上周三|sz3|last wed",
		"2027-02-06": "春节|2027春节|春节2027|2027年春节",
		"2026-02-17": "2026春节",
		"2026-07-01": "七一",
		"2026-06-19": "端午|端午节",
		"2027-02-05": "除夕",
		"1949-12-31": "491231|19491231",
		"2026H1":     "2026上|2026上半年|2026年上半年|2026h1|２０２６上|2026H1|2026-H1",
		"2026H2":     "2026下|2026下半年|2026H2",
		"2026Q3":     "2026Q3|2026q3|2026年第三季度|2026三季度|2026年3季度|2026第3季度|２０２６Ｑ３|2026-q3",
		"2026-10":    "2026-10|2026年10月|2026.10|2026/10|２０２６－１０|2026年10月份",
		"2026":       "2026|2026年|2026年度",
	} {
		for _, in := range strings.Split(inputs, "|") {
			got, err := ReadDate(in, today)
			if err != nil || got.String() != want {
				t.Errorf("ReadDate(%q) = %v, %v; want %s", in, got, err, want)
			}
		}
	}
}

func TestReadDateRefuses(t *testing.T) {
	today := NewDate(2027, 3, 10)
	for in, reason := range map[string]string{
		"0230": "2月没有30日", "1301": "没有13月", "32": "没有32日", "31": "2月没有31日", "0": "没有0日",
		"0229": "2027年2月没有29日", "2027-02-29": "2027年2月没有29日", "2026-13": "没有13月", "2月30号": "2月没有30日",
		"20270230": "2月没有30日", "270431": "4月没有31日", "1899-01-01": "1900—2100", "2101": "1900—2100",
		"2026q5": "季度只有", "2026h3": "半年只有", "2101年3月": "1900—2100",
		"308": "看不懂", "12345": "看不懂", "1234567": "看不懂", ".3": "看不懂", "/3": "看不懂", "-0308": "看不懂", "周八": "看不懂", "上周": "看不懂", "z8": "看不懂",
		"abc": "看不懂", "last": "看不懂", "last z5": "看不懂", "last five": "看不懂", "zfri": "看不懂", "last yesterday": "看不懂", "3.8.": "看不懂", "99999999999999999999": "看不懂", "2045春节": "看不懂", "日常走访": "看不懂",
		"1-2-3-4": "看不懂", "20270308 晚": "看不懂", "--3": "看不懂", "2027..3": "看不懂",
	} {
		d, err := ReadDate(in, today)
		p, ok := err.(*Problem)
		if !ok || !strings.Contains(p.ZH, reason) || p.EN == "" || !d.IsZero() {
			t.Errorf("ReadDate(%q) = %v, %v; want a refusal with %s", in, d, err, reason)
		}
	}
}

func TestReadDateAcrossYears(t *testing.T) {
	for _, c := range []struct{ today, in, want string }{
		{"2027-01-05", "8", "2026-12-08"}, {"2027-01-05", "1225", "2026-12-25"}, {"2028-03-01", "0229", "2028-02-29"},
		{"2027-01-01", "昨", "2026-12-31"}, {"2027-01-05", "春节", "2026-02-17"}, {"2027-03-14", "周日", "2027-03-14"},
		{"2027-03-14", "上周日", "2027-03-07"}, {"2027-03-14", "sunday", "2027-03-14"}, {"2027-03-14", "last sunday", "2027-03-07"}, {"2027-03-15", "上周日", "2027-03-14"},
	} {
		if got, err := ReadDate(c.in, day(t, c.today)); err != nil || got.String() != c.want {
			t.Errorf("on %s, %q = %v, %v; want %s", c.today, c.in, got, err, c.want)
		}
	}
	if d, err := ReadDate("春节", NewDate(2041, 3, 1)); err == nil {
		t.Errorf("beyond the table 春节 must be refused, got %v", d)
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"", "0308", "上周五", "2026上", "2026Q3", "春节2027", "－３", "2027年3月8日", "d", "d日", "-d", "d-d", "3d月8日", "d年d月", "dh1"} {
		f.Add(s)
	}
	today := NewDate(2027, 3, 10)
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ReadDate(s, today)
		if (err == nil) == d.IsZero() {
			t.Fatalf("ReadDate(%q) = %v, %v", s, d, err)
		}
		if err == nil {
			if back, err := ParseDate(d.String()); err != nil || back != d {
				t.Fatalf("%v comes back as %v, %v", d, back, err)
			}
			if again, err := ReadDate(d.String(), today); err != nil || again != d {
				t.Fatalf("%v is read back as %v, %v", d, again, err)
			}
		}
		_, _ = ParsePeriod(s)
		_, _ = ParsePeriodKey(s)
		_, _ = ParseOccasion(s, today)
		_, _ = ParseSignedMoney(s)
		_, _ = ReadInt(s)
		_, _ = ParseIDNumber(s)
	})
}
