// Package ingest brings files in: ledgers as offices keep them in spreadsheets
// and CSV, and what this program itself wrote as JSON. A file is first looked
// through, with every row judged as a form would be and nothing written; then it
// is entered whole or not at all.
package ingest

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"

	"taizhang/model"
)

// The most a file may hold: what an office brings along is far below, and what is
// above would fill the memory of the machine all work on.
const (
	MostBytes = 50 << 20  // of a file
	MostRows  = 200_000   // with anything in them
	mostCols  = 200       // of a row
	mostPart  = 512 << 20 // of a part of a workbook, unpacked
)

// Cell is what stands in a cell.
type Cell struct {
	Text   string
	Number bool // the spreadsheet holds it as a number, in Text as it stores it
	Filled bool // from the cell above it, with which it is merged
}

// Line is a row with anything in it.
type Line struct {
	No    int // as the spreadsheet counts, 1 for the first
	Cells []Cell
}

// cell is the cell of a column; what lies beyond the end is blank.
func (l Line) cell(i int) Cell {
	if i < 0 || i >= len(l.Cells) {
		return Cell{}
	}
	return l.Cells[i]
}

// filled counts the cells with anything in them, and finds the first.
func (l Line) filled() (n int, first string) {
	for _, c := range l.Cells {
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		if n++; n == 1 {
			first = strings.TrimSpace(c.Text)
		}
	}
	return n, first
}

// Table is one sheet.
type Table struct {
	Lines    []Line
	Sheet    string   // its name; "" of a CSV
	Sheets   []string // of the workbook
	Date1904 bool     // days are counted from 1904, as old spreadsheets on a Macintosh do
	Removed  int      // characters dropped that no text may hold
}

// kind of a file, told by how it begins and never by its name.
type kind uint8

const (
	kindCSV kind = iota
	kindXLSX
	kindJSON
)

// read reads the whole of a file, of at most MostBytes.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, model.Problemf("打不开文件 %s：%s", "cannot open %s: %s", model.Shorten(path), reasonOf(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && !info.Mode().IsRegular() {
		return nil, model.Problemf("%s 不是文件", "%s is not a file", model.Shorten(path))
	}
	raw, err := io.ReadAll(io.LimitReader(f, MostBytes+1))
	switch {
	case err != nil:
		return nil, model.Problemf("读不出文件 %s：%s", "cannot read %s: %s", model.Shorten(path), reasonOf(err))
	case len(raw) > MostBytes:
		return nil, model.Problemf("文件超过 %d MB，没有导入任何内容，请分成几个", "the file is larger than %d MB; nothing was imported, split it", MostBytes>>20)
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, model.Problemf("文件是空的", "the file is empty")
	}
	return raw, nil
}

// reasonOf says why the system refused a file.
func reasonOf(err error) model.Words {
	switch {
	case os.IsNotExist(err):
		return model.W("没有这个文件，请核对路径", "there is no such file; check the path")
	case os.IsPermission(err):
		return model.W("没有读这个文件的权限", "no permission to read it")
	}
	return model.AsWords(err)
}

// kindOf tells the kind of a file, and refuses those that cannot be read with
// what to do instead.
func kindOf(raw []byte) (kind, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return 0, model.Problemf("这是旧式 .xls 文件（或加了密码）。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入",
			"this is an old .xls file (or one with a password). Open it in WPS or Excel, save it as .xlsx and import that")
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return kindXLSX, nil
	case bytes.HasPrefix(raw, []byte("%PDF")):
		return 0, model.Problemf("这是 PDF 文件，读不出表格。请导入 .xlsx、.csv 或 .json", "this is a PDF, which holds no table. Import .xlsx, .csv or .json")
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\uFEFF")), " \t\r\n")
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		return kindJSON, nil
	}
	return kindCSV, nil
}

// readTable reads a sheet.
func readTable(ctx context.Context, raw []byte, k kind, sheet string) (*Table, error) {
	if k == kindXLSX {
		return readWorkbook(ctx, raw, sheet)
	}
	if sheet != "" {
		return nil, model.Problemf("这个文件里没有工作表，不用写 --sheet", "this file has no sheets; leave out --sheet")
	}
	return readCSV(ctx, raw)
}

func tooManyRows() error {
	return model.Problemf("表格超过%d行，没有导入任何内容，请分成几个", "the table has more than %d rows; nothing was imported, split it", MostRows)
}
