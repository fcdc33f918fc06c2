package export

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"taizhang/db/dbtest"
	"taizhang/model"
)

// calendar writes the activities of a ledger whose today is 8 March 2026.
func calendar(t *testing.T, who model.Audience, period model.Period) string {
	t.Helper()
	l := dbtest.New(t)
	for _, v := range []model.Values{
		{"date": model.NewDate(2026, 3, 1), "title": "已过的活动"},
		{"date": model.NewDate(2026, 3, 20), "title": strings.Repeat("“学雷锋”便民服务；量血压,理发\\磨刀", 4), "venue": model.Ref{Text: "广场"}},
		{"date": model.NewDate(2026, 4, 4), "title": "清明文明祭扫，联系13987654321"},
	} {
		v["lines"], v["attend_total"] = []string{"文体"}, int64(10)
		if v["venue"] == nil {
			v["venue"] = model.Ref{Text: "大厅"}
		}
		dbtest.Add(t, l, "activity", v)
	}
	src, err := FromLedger(context.Background(), l, dbtest.Actor(t, l))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := Register(&b, src, Job{Register: l.Schema().Register("activity"), Format: ICS, Audience: who, Period: period}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestICS(t *testing.T) {
	s := calendar(t, model.Inside, model.Period{})
	for _, line := range strings.SplitAfter(s, "\r\n") {
		if len(line) > 77 || !utf8.ValidString(line) || strings.Contains(strings.TrimSuffix(line, "\r\n"), "\n") {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	plain := strings.ReplaceAll(s, "\r\n ", "")
	if strings.Count(s, "BEGIN:VEVENT") != 2 || strings.Contains(s, "已过") || strings.Count(s, "TRIGGER:-P7D") != 2 {
		t.Error(s)
	}
	for _, want := range []string{"DTSTART;VALUE=DATE:20260320\r\n", "DTEND;VALUE=DATE:20260321\r\n", `便民服务；量血压\,理发\\磨刀`} {
		if !strings.Contains(plain, want) {
			t.Errorf("no %q in\n%s", want, plain)
		}
	}
	if n := strings.Count(calendar(t, model.Inside, model.YearOf(model.NewDate(2026, 1, 1))), "BEGIN:VEVENT"); n != 3 {
		t.Errorf("%d of the year", n)
	}
	public := calendar(t, model.Public, model.Period{})
	if strings.Contains(public, "A-2026") {
		t.Error(public)
	}
	if text := textOf(".txt", []byte(public)); !strings.Contains(text, "13987654321") {
		t.Errorf("the check would not see a folded number:\n%s", text)
	}
}

// Another program reads the same.
func TestICSReader(t *testing.T) {
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import icalendar").Run() != nil {
		t.Skip("no python3-icalendar")
	}
	file := filepath.Join(t.TempDir(), "a.ics")
	if err := os.WriteFile(file, []byte(calendar(t, model.Inside, model.Period{})), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", `
import icalendar, sys
c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
for e in c.walk('VEVENT'):
    a = e.walk('VALARM')[0]
    print(e['DTSTART'].dt, (e['DTEND'].dt - e['DTSTART'].dt).days, a['TRIGGER'].dt.days, str(e['SUMMARY']), len(e['UID']), e.is_broken if hasattr(e, 'is_broken') else False)
`, file).CombinedOutput()
	want := "2026-04-04 1 -7 清明文明祭扫，联系13987654321 41 False\n2026-03-20 1 -7 " + strings.Repeat("“学雷锋”便民服务；量血压,理发\\磨刀", 4) + " 41 False\n"
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, out, want)
	}
}

// No fold cuts a character, whatever the text.
func FuzzICSLine(f *testing.F) {
	f.Add("和平社区" + strings.Repeat("学", 60))
	f.Add(strings.Repeat("a", 75))
	f.Fuzz(func(t *testing.T, s string) {
		s = icsText(s)
		var b bytes.Buffer
		c := newICS(&b)
		if err := c.line("SUMMARY:" + s); err != nil {
			t.Fatal(err)
		}
		_ = c.w.Flush()
		for _, l := range strings.Split(b.String(), "\r\n") {
			if len(l) > 75 || !utf8.ValidString(l) {
				t.Errorf("%q", l)
			}
		}
		if back := strings.TrimSuffix(strings.ReplaceAll(b.String(), "\r\n ", ""), "\r\n"); back != "SUMMARY:"+s {
			t.Errorf("%q came back as %q", s, back)
		}
	})
}
