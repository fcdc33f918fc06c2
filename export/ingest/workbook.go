package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"taizhang/model"
)

// workbook reads the parts of a spreadsheet it needs, one after another: names,
// shared texts, one sheet. Names of elements are compared without their name
// space, since the strict form has another. Nothing is computed: a formula stands
// for the value stored with it.
type workbook struct {
	ctx   context.Context
	zip   *zip.Reader
	texts []string
}

var errNoPart = errors.New("no part")

// part opens a part by its name, whatever the case, with a bound on its size.
func (b *workbook) part(name string) (io.ReadCloser, error) {
	name = strings.TrimPrefix(name, "/")
	for _, f := range b.zip.File {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		if f.UncompressedSize64 > mostPart {
			return nil, model.Problemf("表格太大，没有导入任何内容，请分成几个", "the workbook is too large; nothing was imported, split it")
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{io.LimitReader(r, mostPart), r}, nil
	}
	return nil, errNoPart
}

// each gives fn the elements of a part as they begin.
func (b *workbook) each(name string, fn func(*xml.Decoder, xml.StartElement) error) error {
	r, err := b.part(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for n := 0; ; n++ {
		if n%10000 == 0 && b.ctx.Err() != nil {
			return b.ctx.Err()
		}
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := fn(d, e); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relations are the parts that a part names by their ids.
func (b *workbook) relations(of string) map[string]string {
	out := map[string]string{}
	dir, name := path.Split(of)
	_ = b.each(dir+"_rels/"+name+".rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out[attr(e, "Id")] = target
			kind := attr(e, "Type")
			out[kind[strings.LastIndex(kind, "/")+1:]] = target
		}
		return nil
	})
	return out
}

// readWorkbook reads a sheet of a workbook: that of the name, else the first.
func readWorkbook(ctx context.Context, raw []byte, sheet string) (*Table, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, notWorkbook()
	}
	b := &workbook{ctx: ctx, zip: z}
	main := b.relations("")["officeDocument"]
	if main == "" {
		main = "xl/workbook.xml"
	}
	t := &Table{}
	ids := map[string]string{}
	err = b.each(main, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			on := attr(e, "date1904")
			t.Date1904 = on == "1" || on == "true"
		case "sheet":
			name := attr(e, "name")
			t.Sheets = append(t.Sheets, name)
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					ids[name] = a.Value
				}
			}
		}
		return nil
	})
	if err != nil || len(t.Sheets) == 0 {
		return nil, orNotWorkbook(ctx, err)
	}
	t.Sheet = t.Sheets[0]
	if sheet != "" {
		t.Sheet = sheet
	}
	parts := b.relations(main)
	target := parts[ids[t.Sheet]]
	if target == "" {
		return nil, model.Problemf("没有工作表“%s”，有：%s", "there is no sheet %q; there are: %s", model.Shorten(sheet), strings.Join(t.Sheets, "、"))
	}
	if shared := parts["sharedStrings"]; shared != "" {
		if err := b.readTexts(shared); err != nil {
			return nil, orNotWorkbook(ctx, err)
		}
	}
	if err := b.readSheet(target, t); err != nil {
		return nil, orNotWorkbook(ctx, err)
	}
	return t, nil
}

func notWorkbook() error {
	return model.Problemf("读不出这个表格，可能没有存完整。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入",
		"this workbook cannot be read; perhaps it was not saved whole. Open it in WPS or Excel, save it as .xlsx and import that")
}

func orNotWorkbook(ctx context.Context, err error) error {
	var told *model.Problem
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.As(err, &told) {
		return err
	}
	return notWorkbook()
}

// text reads the t elements inside an element up to its end, without those of
// phonetic readings.
func text(d *xml.Decoder, end string) (string, error) {
	var out strings.Builder
	in, reading := false, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			in = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				reading++
			}
		case xml.CharData:
			if in && reading == 0 {
				out.Write(t)
			}
		case xml.EndElement:
			in = false
			switch t.Name.Local {
			case "rPh":
				reading--
			case end:
				return unescape(out.String()), nil
			}
		}
	}
}

// escaped characters stand in texts as _x000D_.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.ParseUint(m[2:6], 16, 16)
		return string(rune(n))
	})
}

func (b *workbook) readTexts(part string) error {
	size := 0
	return b.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := text(d, "si")
		if size += len(s) + 16; size > mostPart {
			return model.Problemf("表格太大，没有导入任何内容，请分成几个", "the workbook is too large; nothing was imported, split it")
		}
		b.texts = append(b.texts, s)
		return err
	})
}

// readSheet reads the rows and fills merged cells downward.
func (b *workbook) readSheet(part string, t *Table) error {
	row, col := 0, 0
	var cells []Cell
	flush := func() error {
		if len(cells) > 0 {
			if t.add(row, len(cells), func(i int) Cell { return cells[i] }); len(t.Lines) > MostRows {
				return tooManyRows()
			}
		}
		cells = cells[:0]
		return nil
	}
	var merged []string
	err := b.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			if err := flush(); err != nil {
				return err
			}
			row, col = row+1, 0
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n >= row {
				row = n
			}
		case "c":
			if at, _, ok := reference(attr(e, "r")); ok {
				col = at
			}
			c, err := b.readCell(d, e)
			if err != nil {
				return err
			}
			if col < mostCols {
				for len(cells) <= col {
					cells = append(cells, Cell{})
				}
				cells[col] = c
			}
			col++
		case "mergeCell":
			if len(merged) < MostRows {
				merged = append(merged, attr(e, "ref"))
			}
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	t.fillDown(merged)
	return err
}

// readCell reads one cell to its end.
func (b *workbook) readCell(d *xml.Decoder, e xml.StartElement) (c Cell, err error) {
	kind := attr(e, "t")
	value := ""
	in := false
	for {
		t, err := d.RawToken()
		if err != nil {
			return c, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				in = true
			case "is":
				if c.Text, err = text(d, "is"); err != nil {
					return c, err
				}
			}
		case xml.CharData:
			if in {
				value += string(t)
			}
		case xml.EndElement:
			in = false
			if t.Name.Local != "c" {
				continue
			}
			switch kind {
			case "s":
				if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(b.texts) {
					c.Text = b.texts[i]
				}
			case "inlineStr":
			case "b":
				c.Text = map[string]string{"1": "是", "0": "否"}[value]
			case "", "n":
				c.Text, c.Number = value, value != ""
			default: // str, e, d
				c.Text = unescape(value)
			}
			return c, nil
		}
	}
}

// reference reads a cell's name, B3 as column 1 and row 3.
func reference(s string) (col, row int, ok bool) {
	i := 0
	for ; i < len(s) && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		if col = col*26 + int(s[i]-'A') + 1; col > 1<<14 {
			return 0, 0, false
		}
	}
	row, err := strconv.Atoi(s[i:])
	return col - 1, row, i > 0 && err == nil
}

// fillDown repeats what stands at the top of cells that are merged downward.
func (t *Table) fillDown(merged []string) {
	at := make(map[int]int, len(t.Lines)) // line by number
	if len(merged) > 0 {
		for i, l := range t.Lines {
			at[l.No] = i
		}
	}
	for _, ref := range merged {
		from, to, found := strings.Cut(ref, ":")
		col, top, ok1 := reference(from)
		_, bottom, ok2 := reference(to)
		i, ok := at[top]
		if !found || !ok1 || !ok2 || !ok || col >= mostCols {
			continue
		}
		c := t.Lines[i].cell(col)
		for row := top + 1; row <= bottom && row <= top+MostRows && c.Text != ""; row++ {
			j, ok := at[row]
			if !ok {
				continue
			}
			for len(t.Lines[j].Cells) <= col {
				t.Lines[j].Cells = append(t.Lines[j].Cells, Cell{})
			}
			t.Lines[j].Cells[col] = Cell{c.Text, c.Number, true}
		}
	}
}
