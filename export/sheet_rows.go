package export

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// rowWriter writes the rows of a sheet straight into its part of the file, as the
// library would write them: that would keep all of them, as text of XML, until
// the end, and a line of a register becomes six times as long by it.
type rowWriter struct {
	out     *bufio.Writer
	letters []string
	row     int
	known   map[cellLook]string
}

// cellLook is what a cell depends on but for its place.
type cellLook struct {
	k     kind
	style int
	text  string
}

const (
	lookBytes = 48   // a longer text is not remembered
	lookCount = 8192 // cells remembered
)

func newRowWriter(w io.Writer, wide int) *rowWriter {
	r := &rowWriter{out: bufio.NewWriterSize(w, 64<<10), known: map[cellLook]string{}}
	for i := range max(wide, 1) {
		name, _ := excelize.ColumnNumberToName(i + 1)
		r.letters = append(r.letters, name)
	}
	return r
}

// begin opens the next row. Height 0 is the usual one.
func (r *rowWriter) begin(height int) {
	r.row++
	r.out.WriteString(`<row r="`)
	r.out.WriteString(strconv.Itoa(r.row))
	r.out.WriteByte('"')
	if height > 0 {
		r.out.WriteString(` ht="`)
		r.out.WriteString(strconv.Itoa(height))
		r.out.WriteString(`" customHeight="1"`)
	}
	r.out.WriteByte('>')
}

// cell writes the cell of a column; of a blank one there is only its look.
func (r *rowWriter) cell(col int, k kind, style int, text string) {
	r.at(col)
	look := cellLook{k, style, text}
	rest, ok := r.known[look]
	if !ok {
		rest = look.xml()
		if len(text) <= lookBytes && len(r.known) < lookCount {
			look.text = strings.Clone(text)
			r.known[look] = rest
		}
	}
	r.out.WriteString(rest)
}

// text writes a cell that is a text, also where it is blank or of digits.
func (r *rowWriter) text(col, style int, text string) {
	if text == "" {
		r.at(col)
		r.out.WriteString(`" s="` + strconv.Itoa(style) + `" t="inlineStr"><is><t></t></is></c>`)
		return
	}
	r.cell(col, kindNote, style, text)
}

// at begins a cell.
func (r *rowWriter) at(col int) {
	r.out.WriteString(`<c r="`)
	r.out.WriteString(r.letters[col])
	var digits [20]byte
	r.out.Write(strconv.AppendInt(digits[:0], int64(r.row), 10))
}

// end closes the row. A fault of the file stays with the buffer.
func (r *rowWriter) end() error {
	_, err := r.out.WriteString(`</row>`)
	return err
}

// xml is the cell behind its place.
func (c cellLook) xml() string {
	var b strings.Builder
	b.WriteString(`" s="`)
	b.WriteString(strconv.Itoa(c.style))
	b.WriteByte('"')
	if c.text == "" {
		b.WriteString(`></c>`)
		return b.String()
	}
	number := ""
	switch v := c.k.value(c.text).(type) {
	case string:
		b.WriteString(` t="inlineStr"><is><t`)
		if strings.ContainsRune("\t\n\r ", rune(v[0])) || strings.ContainsRune("\t\n\r ", rune(v[len(v)-1])) {
			b.WriteString(` xml:space="preserve"`)
		}
		b.WriteByte('>')
		var text strings.Builder
		_ = xml.EscapeText(&text, []byte(v)) // a Builder takes everything
		b.WriteString(literal(strings.ReplaceAll(text.String(), "&#xA;", "\n")))
		b.WriteString(`</t></is></c>`)
		return b.String()
	case int64:
		number = strconv.FormatInt(v, 10)
	case float64:
		number = strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		number = strconv.FormatInt((v.Unix()-dayZero.Unix())/(24*60*60), 10)
	}
	b.WriteString(`><v>`)
	b.WriteString(number)
	b.WriteString(`</v></c>`)
	return b.String()
}

// dayZero is the day spreadsheets count from; they take 1900 for a leap year, so
// it is right from March 1900 on.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// literal keeps a text such as _x0041_, which the format reads as one character:
// the line that begins it is written as such a sign itself.
func literal(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		if s[i] == '_' && len(s) >= i+7 && s[i+1] == 'x' && s[i+6] == '_' {
			if _, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteString("x005F_")
			}
		}
	}
	return b.String()
}

// partWithRows writes a part whose rows are made while it is written. The library
// gives the whole part at once, which has no row.
type partWithRows struct {
	w    io.Writer
	rows func(io.Writer) error
}

var rowsBegin = []byte("<sheetData>")

// Write implements io.Writer.
func (p *partWithRows) Write(part []byte) (int, error) {
	i := bytes.Index(part, rowsBegin)
	if i < 0 || p.rows == nil {
		return p.w.Write(part)
	}
	i += len(rowsBegin)
	if _, err := p.w.Write(part[:i]); err != nil {
		return 0, err
	}
	if err := p.rows(p.w); err != nil {
		return i, err
	}
	p.rows = nil
	n, err := p.w.Write(part[i:])
	return i + n, err
}
