package docxtpl

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/export/report"
	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// shelf is a ledger in memory.
type shelf struct{ *sampletest.Shelf }

func newShelf(t testing.TB) *shelf { return &shelf{sampletest.New(t)} }

var full *shelf

// community is the sample community in its report year.
func community(t testing.TB) *shelf {
	if full == nil {
		full = &shelf{sampletest.Community(t)}
	}
	return full
}

var year2026 = model.YearOf(model.NewDate(2026, 1, 1))

// word packs a document of the parts given; the main part is its body.
func word(body string, more ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, text string) {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			panic(err)
		}
	}
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	kind := func(name string) string {
		name = strings.TrimRight(strings.TrimSuffix(filepath.Base(name), ".xml"), "0123456789")
		if name == "document" {
			name += ".main"
		}
		return "application/vnd.openxmlformats-officedocument.wordprocessingml." + name + "+xml"
	}
	if !strings.HasPrefix(body, "<?xml") {
		body = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<w:document xmlns:w="` + nsWord + `" xmlns:w14="urn:w14" xmlns:r="urn:r"><w:body>` + body + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`
	}
	parts := append([]string{"word/document.xml", body}, more...)
	for i := 0; i < len(parts); i += 2 {
		types += `<Override PartName="/` + parts[i] + `" ContentType="` + kind(parts[i]) + `"/>`
	}
	add(contentTypes, types+`</Types>`)
	add("_rels/.rels", rels+`<Relationship Id="d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
	for i := 0; i < len(parts); i += 2 {
		add(parts[i], parts[i+1])
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// p is a paragraph of runs; a run that begins with * is bold.
func p(runs ...string) string {
	out := "<w:p>"
	for _, r := range runs {
		props := ""
		if rest, ok := strings.CutPrefix(r, "*"); ok {
			r, props = rest, "<w:rPr><w:b/></w:rPr>"
		}
		out += `<w:r>` + props + `<w:t xml:space="preserve">` + escape(r) + `</w:t></w:r>`
	}
	return out + "</w:p>"
}

func row(cells ...string) string {
	out := "<w:tr>"
	for _, c := range cells {
		if !strings.HasPrefix(c, "<w:p") {
			c = p(c)
		}
		out += "<w:tc><w:tcPr/>" + c + "</w:tc>"
	}
	return out + "</w:tr>"
}

func tbl(rows ...string) string {
	return "<w:tbl><w:tblPr/><w:tblGrid/>" + strings.Join(rows, "") + "</w:tbl>"
}

// bodies finds the built-in texts.
func bodies(schema *model.Schema) Options {
	return Options{Body: func(name string) (*report.Template, error) {
		src, _, err := report.Shelf{}.Source(name, model.ZH)
		if err != nil {
			return nil, err
		}
		return report.ParseText(src, schema, nil)
	}}
}

// filled fills a template and returns the file.
func filled(t testing.TB, s *shelf, file []byte, finish Finish) []byte {
	t.Helper()
	tpl, err := Parse(file, s.C.Schema, bodies(s.C.Schema))
	if err != nil {
		t.Fatalf("%s", model.Say(err, model.ZH))
	}
	f, err := tpl.Fill(s, report.Job{Period: year2026, Audience: model.Superior, Lang: model.ZH})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, finish); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// partOf is a part of a file.
func partOf(t testing.TB, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// told is the text of a part as a reader of XML sees it: a paragraph a line, cells
// with | behind them, bold text in stars.
func told(t testing.TB, part string) string {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(part))
	var b strings.Builder
	bold, text := false, false
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%v in %s", err, part)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "r":
				bold = false
			case "b":
				bold = true
			case "t":
				text = true
			case "br":
				b.WriteString("/")
			case "drawing":
				b.WriteString("◇")
			}
		case xml.CharData:
			switch {
			case text && bold:
				b.WriteString("*" + string(e) + "*")
			case text:
				b.Write(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "t":
				text = false
			case "p":
				b.WriteString("\n")
			case "tc":
				b.WriteString("|")
			case "tr":
				b.WriteString("‖\n")
			}
		}
	}
}

// body fills a body and returns its text.
func body(t testing.TB, s *shelf, parts ...string) string {
	t.Helper()
	return strings.TrimSuffix(told(t, partOf(t, filled(t, s, word(strings.Join(parts, "")), Finish{}), "word/document.xml")), "\n")
}

// redhead is a document with a red head that LibreOffice saved.
func redhead(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/redhead.docx")
	if err != nil {
		t.Fatal(err)
	}
	return b
}
