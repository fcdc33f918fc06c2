package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// officeText takes the text out of a Word document or a workbook: every part,
// what is shown of numbers and days, the properties, the workbook behind a
// chart. ok is false for other files.
func officeText(raw []byte) (text string, ok bool) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", false
	}
	var b strings.Builder
	files := slices.Clone(z.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range files {
		r, err := f.Open()
		if err != nil {
			return string(raw), true
		}
		part, err := io.ReadAll(r)
		if err != nil {
			return string(raw), true
		}
		if inner, ok := officeText(part); ok {
			b.WriteString(inner)
			continue
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") && !strings.HasSuffix(f.Name, ".rels") {
			continue // as cells, below
		}
		if strings.HasSuffix(f.Name, ".xml") && f.Name != contentTypes {
			partText(&b, part)
		}
	}
	if book, err := excelize.OpenReader(bytes.NewReader(raw)); err == nil {
		defer book.Close()
		for _, sheet := range book.GetSheetList() {
			rows, err := book.GetRows(sheet)
			if err != nil {
				return string(raw), true
			}
			for _, row := range rows {
				b.WriteString(strings.Join(row, "\n") + "\n")
			}
		}
	}
	return b.String(), true
}

// partText adds the text between the tags, paragraphs and values apart, and
// that of descriptions. A part that is not as it was written is added whole.
func partText(b *strings.Builder, part []byte) {
	dec := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := dec.Token()
		if err != nil {
			if err != io.EOF {
				b.Write(part)
			}
			return
		}
		switch e := token.(type) {
		case xml.CharData:
			b.Write(e)
		case xml.StartElement:
			switch e.Name.Local {
			case "br", "tab":
				b.WriteByte('\n')
			}
			for _, a := range e.Attr {
				if a.Name.Local == "descr" || a.Name.Local == "title" {
					b.WriteString(a.Value + "\n")
				}
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "p", "v", "si", "f", "title", "creator", "lastModifiedBy", "instrText":
				b.WriteByte('\n')
			}
		}
	}
}
