package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"taizhang/export/docxtpl"
	"taizhang/export/report"
	"taizhang/model"
)

// bodyText is the main part of a Word document as text, a paragraph a line.
func bodyText(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	dec := xml.NewDecoder(f)
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := tok.(type) {
		case xml.CharData:
			b.Write(e)
		case xml.EndElement:
			if e.Name.Local == "p" {
				b.WriteByte('\n')
			}
		}
	}
}

// TestExplainedSaysTheSame: a built-in text laid out in Word is a sound template,
// explains each of its tags, and filled says word for word what the text says.
func TestExplainedSaysTheSame(t *testing.T) {
	d := newDesk(t)
	schema := d.c.Schema
	for name := range report.Builtin {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			src, _, err := report.Shelf{}.Source(name, l)
			if err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			if err := Explained(&file, src, schema, l); err != nil {
				t.Fatal(err)
			}
			tpl, err := docxtpl.Parse(file.Bytes(), schema, docxtpl.Options{})
			if err != nil {
				t.Fatalf("%s: %s", name, model.Say(err, l))
			}
			lines, err := report.Explain(src, schema)
			if err != nil {
				t.Fatal(err)
			}
			text := bodyText(t, file.Bytes())
			for _, line := range lines {
				for _, tag := range report.Tags(line.Text) {
					if tag.Kind == report.Slot && !strings.Contains(text, model.W("注 ", "note: ").In(l)+strings.Trim(line.Text[tag.From:tag.To], "{}")) {
						t.Errorf("%s: %s is not explained", name, line.Text[tag.From:tag.To])
					}
				}
			}
			for _, p := range []model.Period{model.YearOf(model.NewDate(2026, 1, 1)), model.MonthOf(model.NewDate(2026, 3, 1)), model.YearOf(model.NewDate(2020, 1, 1))} {
				job := report.Job{Period: p, Audience: model.Superior, Lang: l}
				plain, err := report.ParseText(src, schema, nil)
				if err != nil {
					t.Fatal(err)
				}
				want, err := plain.Fill(d, job)
				if err != nil {
					t.Fatal(err)
				}
				f, err := tpl.Fill(d, job)
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				if err := f.Write(&out, docxtpl.Finish{}); err != nil {
					t.Fatal(err)
				}
				if got := strings.TrimPrefix(bodyText(t, out.Bytes()), "\n"); got != want.Text() {
					t.Errorf("%s, %s, %s:\n%s\nthe text says\n%s", name, l, p.Text(l), got, want.Text())
				}
			}
		}
	}
}
