package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// workbook is a spreadsheet being made: a list that is streamed, so that a
// hundred thousand rows take little memory, and small sheets beside it.
type workbook struct {
	*excelize.File
	lang   model.Lang
	styles map[string]int
	first  string                           // name of the first sheet
	sheets int                              // how many there are
	lists  int                              // how many of them are lists
	rows   map[string]func(io.Writer) error // what writes the rows of a list, by its part
	out    io.Writer
}

// The limits of the format.
const (
	mostRows  = 1 << 20
	mostChars = 32767 // in a cell, in UTF-16 units; what is over would be cut without a word
	mostName  = 31    // in the name of a sheet
)

var (
	cutMark    = model.W("【已截断】", "[cut]")
	totalWords = model.W("合计", "Total")
	pageWords  = model.W("第 &P 页，共 &N 页", "page &P of &N")
	sumsWords  = model.W("汇总", "Totals")
	dateFormat = model.W(`yyyy"年"m"月"d"日"`, `yyyy-mm-dd`)
)

// newWorkbook begins a spreadsheet. The caller calls close.
func newWorkbook(l model.Lang, title, unit string) (*workbook, error) {
	b := &workbook{File: excelize.NewFile(), lang: l, styles: map[string]int{}, first: "Sheet1", rows: map[string]func(io.Writer) error{}}
	b.SetZipWriter(func(io.Writer) excelize.ZipWriter { // the library's own would keep the whole file
		return &steadyZip{zip.NewWriter(b.out), b, map[string]*bytes.Buffer{}}
	})
	err := b.SetDefaultFont("宋体")
	if err == nil {
		// Neither a time nor the name of a library: same rows, same bytes.
		err = b.SetDocProps(&excelize.DocProperties{Title: title, Creator: unit, LastModifiedBy: unit, Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"})
	}
	if err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// steadyZip writes the parts so that the same workbook has the same bytes. The
// types of pictures are left out of the list of parts: there are no pictures, and
// they come in another order every time. So do the lists of a workbook that has
// several: its parts are kept until all are there, then sorted.
type steadyZip struct {
	*zip.Writer
	book *workbook
	kept map[string]*bytes.Buffer
}

func (z *steadyZip) Create(name string) (io.Writer, error) {
	if z.book.lists > 1 {
		part := new(bytes.Buffer)
		z.kept[name] = part
		return part, nil
	}
	return z.part(name)
}

// part begins a part of the file.
func (z *steadyZip) part(name string) (io.Writer, error) {
	w, err := z.Writer.Create(name)
	if rows := z.book.rows[name]; rows != nil {
		delete(z.book.rows, name)
		return &partWithRows{&bounded{w, mostPart}, rows}, err
	}
	if name == contentTypes {
		return withoutPictures{w}, err
	}
	return w, err
}

// mostPart is how large a part may be: of larger ones some programs want a mark
// that a file written from front to back cannot have.
const mostPart = math.MaxUint32

// bounded refuses what is more than a part may hold.
type bounded struct {
	w    io.Writer
	left int64
}

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, model.Problemf("内容太多，一张 xlsx 表放不下；请缩短期间，或写成 csv", "this does not fit one xlsx sheet; shorten the period or write csv")
	}
	return b.w.Write(p)
}

func (z *steadyZip) Close() error {
	for _, name := range slices.Sorted(maps.Keys(z.kept)) {
		w, err := z.part(name)
		if err == nil {
			_, err = w.Write(z.kept[name].Bytes())
		}
		if err != nil {
			return err
		}
	}
	for name := range z.book.rows {
		return fmt.Errorf("there is no part %s for its rows", name)
	}
	return z.Writer.Close()
}

const contentTypes = "[Content_Types].xml"

type withoutPictures struct{ w io.Writer }

var pictureTypes = regexp.MustCompile(`<Default Extension="[a-z]+" ContentType="image/[^"]*"></Default>`)

// Write gets the whole part at once.
func (o withoutPictures) Write(p []byte) (int, error) {
	_, err := o.w.Write(pictureTypes.ReplaceAll(p, nil))
	return len(p), err
}

func (b *workbook) close() { _ = b.File.Close() }

// writeTo ends the spreadsheet.
func (b *workbook) writeTo(w io.Writer) error {
	if i, err := b.GetSheetIndex(b.first); err == nil {
		b.SetActiveSheet(i)
	}
	b.out = w
	_, err := b.WriteToBuffer() // which stays empty: see the zip writer
	return err
}

// addSheet makes a sheet under a name the format allows.
func (b *workbook) addSheet(name string) (string, error) {
	name = sheetName(name)
	b.sheets++
	for n, whole := 2, name; b.first != "Sheet1" && b.taken(name); n++ {
		r := []rune(whole)
		name = string(r[:min(len(r), mostName-4)]) + " " + strconv.Itoa(n)
	}
	if b.first == "Sheet1" {
		b.first = name
		return name, b.SetSheetName("Sheet1", name)
	}
	_, err := b.NewSheet(name)
	return name, err
}

func (b *workbook) taken(name string) bool {
	i, err := b.GetSheetIndex(name)
	return err == nil && i >= 0
}

// sheetName makes a name fit for a sheet.
func sheetName(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s), " '")
	for len(utf16.Encode([]rune(s))) > mostName {
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	if s == "" {
		return "1"
	}
	return s
}

// fit cuts a text to what a cell holds, and says that it did.
func fit(s string, l model.Lang) string {
	if len(s) <= mostChars || len(utf16.Encode([]rune(s))) <= mostChars {
		return s
	}
	mark := cutMark.In(l)
	room := mostChars - len([]rune(mark))
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			return s[:i] + mark
		}
	}
	return s
}

// The looks of cells.
func (b *workbook) style(name string, make func() *excelize.Style) (int, error) {
	if id, ok := b.styles[name]; ok {
		return id, nil
	}
	id, err := b.NewStyle(make())
	b.styles[name] = id
	return id, err
}

var thin = []excelize.Border{{Type: "left", Color: "808080", Style: 1}, {Type: "right", Color: "808080", Style: 1}, {Type: "top", Color: "808080", Style: 1}, {Type: "bottom", Color: "808080", Style: 1}}

// titleStyle begins at the left: the middle of a wide sheet lies off the screen.
func (b *workbook) titleStyle() (int, error) {
	return b.style("title", func() *excelize.Style {
		return &excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Family: "宋体"}, Alignment: &excelize.Alignment{Vertical: "center"}}
	})
}

// narrowTitle stands in the middle.
func (b *workbook) narrowTitle() (int, error) {
	return b.style("narrow title", func() *excelize.Style {
		return &excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Family: "宋体"}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}}
	})
}

func (b *workbook) noteStyle() (int, error) {
	return b.style("note", func() *excelize.Style {
		return &excelize.Style{Font: &excelize.Font{Size: 11, Family: "宋体"}, Alignment: &excelize.Alignment{Vertical: "center"}}
	})
}

func (b *workbook) headStyle() (int, error) {
	return b.style("head", func() *excelize.Style {
		return &excelize.Style{Font: &excelize.Font{Bold: true, Size: 11, Family: "宋体"}, Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9D9D9"}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}
	})
}

// cellStyle is how cells of a kind look; those of totals are bold.
func (b *workbook) cellStyle(k kind, bold bool) (int, error) {
	name := string(rune('0' + k))
	if bold {
		name += " bold"
	}
	return b.style(name, func() *excelize.Style {
		s := &excelize.Style{Border: thin, Font: &excelize.Font{Bold: bold, Size: 11, Family: "宋体"}, Alignment: &excelize.Alignment{Vertical: "center"}}
		switch k {
		case kindText:
			s.NumFmt, s.Alignment.WrapText = 49, true
		case kindNote:
			s.Alignment.WrapText = true
		case kindWhole:
			s.NumFmt = 1
		case kindMoney:
			s.NumFmt = 4
		case kindShare:
			format := "0.0%"
			s.CustomNumFmt = &format
		case kindDate:
			format := dateFormat.In(b.lang)
			s.CustomNumFmt = &format
			s.Alignment.Horizontal = "center"
		}
		return s
	})
}

const (
	widest = 40 // the width of a column at most
	beside = 2  // room beside the text
)

// columns is how wide a text is in a spreadsheet: a Chinese character counts
// for two, and of several lines the widest.
func columns(s string) int {
	most, n := 0, 0
	for _, r := range s {
		switch {
		case r == '\n':
			n = 0
			continue
		case r < 0x2E80:
			n++
		default:
			n += 2
		}
		most = max(most, n)
	}
	return most
}
