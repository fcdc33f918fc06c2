package model

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever stands in the cells of a list comes back from its text: marks that
// separate, digits that would be taken apart, blanks in the middle.
func TestRowsSurviveTheirText(t *testing.T) {
	lists := []*Field{Visit.Field("goods"), Activity.Field("results"), Issue.Field("finance"), Person.Field("cats"), Venue.Field("rooms")}
	pieces := []string{"米", "2", "袋", "A4纸", " ", "；", ";", "|", "｜", `\`, "，", "、", "“面”", "１２", ".", "a b", "𠮷"}
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(lists).Draw(t, "list")
		var rows [][]string
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			row := make([]string, len(f.Sub))
			for i := range row {
				row[i] = strings.TrimSpace(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 4).Draw(t, "cell"), ""))
			}
			rows = append(rows, row)
		}
		text := f.JoinRows(rows, rapid.SampledFrom([]Lang{ZH, EN}).Draw(t, "lang"))
		back := f.SplitRows(text)
		if again := f.JoinRows(back, ZH); again != f.JoinRows(rows, ZH) {
			t.Fatalf("%q reads as %q, which is written %q", text, back, again)
		}
		at := 0
		for _, row := range rows {
			if strings.Join(row, "") == "" {
				continue
			}
			for i, want := range row {
				got := ""
				if at < len(back) && i < len(back[at]) {
					got = back[at][i]
				}
				if got != want {
					t.Fatalf("%q: cell %d of row %d reads %q, want %q", text, i, at, got, want)
				}
			}
			at++
		}
		if at != len(back) {
			t.Fatalf("%q: %d rows, want %d", text, len(back), at)
		}
	})
}

// The marks that take a list apart may stand in a cell behind a backslash, on
// the command line too.
func TestEscapedMarks(t *testing.T) {
	d := newDesk(t)
	v, err := d.Parse(Activity.Field("results"), `4 | 户 | 五好\；文明\|和谐 C:\tmp；9 | 人`)
	if err != nil {
		t.Fatal(err)
	}
	rows := v.([]Row)
	if len(rows) != 2 || rows[0]["label"] != `五好；文明|和谐 C:\tmp` {
		t.Errorf("%v", rows)
	}
}
