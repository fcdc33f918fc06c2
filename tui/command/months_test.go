package command_test

import (
	"strings"
	"testing"
)

func TestListByMonth(t *testing.T) {
	o := newOffice(t)
	for _, pairs := range [][]string{
		{"date=2027-01-05", "title=元旦健步走", "attend_total=120"},
		{"date=2027-01-20", "title=书画展", "attend_total=30", "lines=妇女儿童"},
		{"date=2027-03-08", "title=趣味运动会", "attend_total=86"},
		{"date=2027上", "title=半年读书", "attend_total=40"},
	} {
		o.event(pairs...)
	}
	for args, want := range map[string]string{
		"--by month --format csv":                    "\uFEFF月份,条数,人次\r\n2027-03,1,86\r\n2027-01,2,150\r\n2027H1,1,40\r\n",
		"--by month --format csv --lang en":          "\uFEFFMonth,Records,Attendances\r\n2027-03,1,86\r\n2027-01,2,150\r\n2027H1,1,40\r\n",
		"--by month --format csv --period 2027-01":   "\uFEFF月份,条数,人次\r\n2027-01,2,150\r\n",
		"--by month --format csv --where lines=妇女儿童": "\uFEFF月份,条数,人次\r\n2027-01,1,30\r\n",
		"--by month": "月份     条数  人次\n2027-03     1    86\n2027-01     2   150\n2027H1      1    40\n",
		"--by month --period 2027-01 --format json": "[\n  {\n    \"month\": \"2027-01\",\n    \"records\": 2,\n    \"sums\": {\n      \"attend_total\": 150\n    }\n  }\n]\n",
		"--by month --period 1999 --format json":    "[]\n",
	} {
		if got := o.ok(append([]string{"list", "activity"}, strings.Fields(args)...)...); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s:\n%s\nwant\n%s", args, got, want)
		}
	}
	o.refused(2, "", "list", "activity", "--by", "week")
	o.refused(2, "", "list", "activity", "--by", "month", "--limit", "3")
}
