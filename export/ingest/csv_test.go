package ingest

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"taizhang/export"
	"taizhang/model"
)

// What the program writes as CSV is read back as it was: read(write(x)) = x for
// every clean x. A cell of spaces alone is none.
func FuzzCSV(f *testing.F) {
	f.Add("a", "b,c", "\"q\"\nnext")
	f.Add("=x", "'=x", "\\.")
	f.Add("", "-12.50", "''")
	f.Add("  lead", "trail ", "㐂𠮷")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		row := []string{"x"}
		for _, s := range []string{a, b, c} {
			s, _ = model.Clean(s)
			row = append(row, s)
		}
		if len(row[1])+len(row[2])+len(row[3]) > 10000 {
			return
		}
		var out bytes.Buffer
		if err := export.TableCSV(&out, []export.Column{{Head: "甲"}, {Head: "乙"}, {Head: "丙"}, {Head: "丁"}}, [][]string{row}); err != nil {
			t.Fatal(err)
		}
		table, err := readCSV(context.Background(), out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Lines) != 2 || table.Removed != 0 {
			t.Fatalf("%q became %d lines", row, len(table.Lines))
		}
		for i, s := range row {
			got := table.Lines[1].cell(i).Text
			if got != s && strings.TrimSpace(got+s) != "" {
				t.Errorf("%q came back as %q", s, got)
			}
		}
	})
}

// A number in a spreadsheet is what people see there.
func TestNumberText(t *testing.T) {
	for raw, want := range map[string]string{
		"12": "12", "1350.5999999999999": "1350.6", "0.10000000000000001": "0.1", "1.2E+3": "1200", "3.40103196001011E+17": "340103196001011000",
		"-5": "-5", "1E-3": "0.001", "2.5": "2.5", "x": "x",
	} {
		if got := numberText(raw); got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
	for raw, lost := range map[string]bool{"3.40103196001011E+17": true, "123456789012345": false, "1234567890123456": true, "0.123456789012345678": false, "13812345678": false} {
		if lostDigits(raw) != lost {
			t.Errorf("%s: %v", raw, !lost)
		}
	}
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if col, row, ok := reference(want + "7"); !ok || col != i || row != 7 {
			t.Errorf("%s: %d %d %v", want, col, row, ok)
		}
	}
}
