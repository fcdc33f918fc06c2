package ingest

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/export"
	"taizhang/model"
)

// decode turns the bytes of a text file into UTF-8: by its byte order mark, as
// UTF-8 if it is that, else as GB18030, which spreadsheets in China write.
func decode(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		return string(raw[3:]), nil
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return utf16Text(raw[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return utf16Text(raw[2:], binary.BigEndian), nil
	case utf8.Valid(raw):
		return string(raw), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", model.Problemf("看不懂文件的编码。请用 WPS 或 Excel 打开，另存为“CSV UTF-8”或 .xlsx 后再导入",
			"the encoding of the file is not known. Open it in WPS or Excel, save it as \"CSV UTF-8\" or .xlsx and import that")
	}
	return string(out), nil
}

func utf16Text(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

// separators of cells, the likeliest first.
const separators = ",\t;，|"

// separatorOf is the one that stands most often in the first line outside quotes.
func separatorOf(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best, most := ',', 0
	for _, sep := range separators {
		n, quoted := 0, false
		for _, r := range first {
			switch {
			case r == '"':
				quoted = !quoted
			case r == sep && !quoted:
				n++
			}
		}
		if n > most {
			best, most = sep, n
		}
	}
	return best
}

// titled reports a first line without any separator, as a title has, so that the
// separator must be looked for further down.
func titled(text string) (rest string, ok bool) {
	first, rest, found := strings.Cut(text, "\n")
	return rest, found && !strings.ContainsAny(first, separators)
}

// readCSV reads a text of cells. What export.Guard put before a cell is taken
// off, and the tab that keeps a number a text.
func readCSV(ctx context.Context, raw []byte) (*Table, error) {
	text, err := decode(raw)
	if err != nil {
		return nil, err
	}
	probe := text
	for range mostAbove {
		rest, ok := titled(probe)
		if !ok {
			break
		}
		probe = rest
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = separatorOf(probe), -1, true, true
	t := &Table{}
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return t, nil
		case err != nil:
			return nil, model.Problemf("读不出表格：%s", "the table cannot be read: %s", err.Error())
		case len(t.Lines) >= MostRows:
			return nil, tooManyRows()
		case len(t.Lines)%1000 == 0 && ctx.Err() != nil:
			return nil, ctx.Err()
		}
		no, _ := r.FieldPos(0)
		t.add(no, len(cells), func(i int) Cell {
			return Cell{Text: export.Unguard(strings.TrimSuffix(cells[i], "\t"))}
		})
	}
}

// add keeps a row that has anything in it. The texts are copied, clean.
func (t *Table) add(no, n int, cell func(int) Cell) {
	l := Line{No: no, Cells: make([]Cell, 0, min(n, mostCols))}
	last := 0
	for i := range min(n, mostCols) {
		c := cell(i)
		clean, removed := model.Clean(c.Text)
		t.Removed += removed
		if c.Text = strings.Clone(clean); strings.TrimSpace(clean) != "" {
			last = i + 1
		}
		l.Cells = append(l.Cells, c)
	}
	if l.Cells = l.Cells[:last]; last > 0 {
		t.Lines = append(t.Lines, l)
	}
}
