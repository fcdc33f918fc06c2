package export

import (
	"archive/zip"
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Rows are written as the library's own stream writes them, byte for byte.
func TestRowsAsTheLibraryWritesThem(t *testing.T) {
	texts := []string{"", "a", " 前", "后 ", "一行\n二行", "\t", "<&>\"'", "=1+1", "_x0041_", "a_x005F_b", "_x00ZZ_", "_x12", "007", "128", "-3", "1,234.50", "-0.01", "0.10",
		"100000000.01", "999999999999999", "1000000000000000", "1.5", "12.5%", "2026-03-08", "2026-02-30", "1900-12-31", "1901-01-01", "2099-12-31", "9999-12-31", "2026-03", "𠮷", strings.Repeat("长", 300)}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		for range 1 + rnd.IntN(12) {
			b.WriteString([]string{"_", "x", "0", "0041", "_x0041", "5", ",", ".", "-", "%", "年", " ", "\n", "<", "]]>", "&amp;", "\"", "'", "9"}[rnd.IntN(19)])
		}
		texts = append(texts, b.String())
	}
	kinds := []kind{kindText, kindNote, kindWhole, kindDec, kindMoney, kindDate, kindShare}
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	ours := newRowWriter(&got, len(kinds)+1)
	for i, text := range texts {
		height := i % 3 * 9
		ours.begin(height)
		row := []any{excelize.Cell{StyleID: style, Value: text}}
		ours.text(0, style, text)
		for j, k := range kinds {
			cell := excelize.Cell{StyleID: style, Value: k.value(text)}
			if text == "" {
				cell.Value = nil
			}
			row = append(row, cell)
			ours.cell(j+1, k, style, text)
		}
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := theirs.SetRow(at, row, excelize.RowOpts{Height: float64(height)}); err != nil {
			t.Fatal(err)
		}
		if err := ours.end(); err != nil {
			t.Fatal(err)
		}
	}
	if err := ours.out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := theirs.Flush(); err != nil {
		t.Fatal(err)
	}
	file, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	in, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	part, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	_, want, _ := strings.Cut(string(part), "<sheetData>")
	want, _, _ = strings.Cut(want, "</sheetData>")
	ourRows, theirRows := strings.SplitAfter(got.String(), "</row>"), strings.SplitAfter(want, "</row>")
	if len(ourRows) != len(theirRows) || len(ourRows) != len(texts)+1 {
		t.Fatalf("%d rows, they have %d", len(ourRows), len(theirRows))
	}
	for i := range ourRows {
		if strings.Contains(texts[min(i, len(texts)-1)], "_x0041_x0041_") {
			continue // of which the library keeps the first and loses the second
		}
		if ourRows[i] != theirRows[i] {
			t.Fatalf("%q\n ours   %s\n theirs %s", texts[i], ourRows[i], theirRows[i])
		}
	}
}

// What the library would leave out of a text stays.
func TestLiteral(t *testing.T) {
	for text, want := range map[string]string{"_xD800_": "_x005F_xD800_", "_x0041_x0041_": "_x005F_x0041_x005F_x0041_", "a_x": "a_x", "_x+041_": "_x+041_"} {
		if got := literal(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A part too large for the format is refused, and no row is lost without a word.
func TestPartIsBounded(t *testing.T) {
	if _, err := (&bounded{io.Discard, 3}).Write([]byte("1234")); err == nil {
		t.Error("too large a part was written")
	}
	b, err := newWorkbook(0, "题", "社区")
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	b.rows["xl/worksheets/sheet9.xml"] = func(io.Writer) error { return nil }
	if err := b.writeTo(io.Discard); err == nil {
		t.Error("rows went nowhere")
	}
}
