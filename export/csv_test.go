package export

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"strings"
	"testing"

	"taizhang/model"
)

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "和平社区": "和平社区", "=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+86 138": "'+86 138", "-无": "'-无", "-2+3": "'-2+3",
		"-12.50": "-12.50", "+5": "+5", "1,234.50": "1,234.50", "-1,234.50": "-1,234.50", "-12,34": "'-12,34", "83.3%": "83.3%", "-5%": "-5%",
		"%x": "'%x", "  =1": "'  =1", "　＝1": "'　＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a", "|calc": "'|calc", "\n=1": "'\n=1", "\t=1": "'\t=1",
		"'=x": "''=x", "'": "''", "it's": "it's", "-": "'-", "+": "'+", "-1.": "'-1.", "-.5": "'-.5",
	} {
		got := Guard(in)
		if got != want {
			t.Errorf("Guard(%q) = %q, want %q", in, got, want)
		}
		if back := Unguard(got); back != in {
			t.Errorf("Unguard(%q) = %q, want %q", got, back, in)
		}
	}
	if got := Unguard("'quoted'"); got != "'quoted'" {
		t.Errorf("an apostrophe of the text was taken: %q", got)
	}
}

func FuzzGuard(f *testing.F) {
	for _, s := range []string{"=1", "'=x", "-1.5", "", "''", " '", "%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if back := Unguard(Guard(s)); back != s {
			t.Errorf("%q came back as %q", s, back)
		}
		if g := Guard(s); risky(g) && !strings.HasPrefix(g, "'") {
			t.Errorf("%q may run", g)
		}
	})
}

// readCSV reads what csvWriter wrote.
func readCSV(t testing.TB, b []byte) [][]string {
	t.Helper()
	b, ok := bytes.CutPrefix(b, []byte("\uFEFF"))
	if !ok {
		t.Fatal("no byte order mark")
	}
	r := csv.NewReader(bytes.NewReader(b))
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = Unguard(row[i])
		}
	}
	return rows
}

func FuzzCSVRoundTrip(f *testing.F) {
	f.Add("a", "b,c", "\"q\"\r\nnext")
	f.Add("=x", "'=x", "\\.")
	f.Add("", "", "")
	f.Add("  lead", "trail ", "㐂𠮷")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		row := []string{clean(a), clean(b), clean(c)}
		var out bytes.Buffer
		w := newCSV(&out)
		if err := w.begin(&table{heads: []string{"甲", "乙", "丙"}}); err != nil {
			t.Fatal(err)
		}
		if err := w.row(line{cells: row}); err != nil {
			t.Fatal(err)
		}
		if err := w.end(Result{}); err != nil {
			t.Fatal(err)
		}
		rows := readCSV(t, out.Bytes())
		if len(rows) != 2 || !reflect.DeepEqual(rows[1], row) {
			t.Errorf("%q came back as %q", row, rows)
		}
	})
}

func TestCSVFile(t *testing.T) {
	d := newDesk(t)
	text, res := write(t, d, "activity", CSV, model.Superior, model.ZH)
	if strings.Count(text, "\r\n") < res.Rows+1 || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
		t.Errorf("line ends: %q", text)
	}
	rows := readCSV(t, []byte(text))
	if rows[0][0] != "编号" || rows[0][1] != "日期" || len(rows) != res.Rows+1 {
		t.Errorf("%q", rows)
	}
	if !strings.Contains(text, "'=SUM(A1:A9)") {
		t.Error("a formula was written")
	}
	english, _ := write(t, d, "activity", CSV, model.Superior, model.EN)
	if head := readCSV(t, []byte(english))[0]; head[0] != "Id" || head[1] != "Date" {
		t.Errorf("%q", head)
	}
	// The newest comes first, as in the list.
	if rows[1][1] != "2026-08-01" {
		t.Errorf("%q", rows[1])
	}
}
