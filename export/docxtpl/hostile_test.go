package docxtpl

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"taizhang/export/report"
	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// TestRefused: what no office lays out is refused, in both languages, and
// quickly.
func TestRefused(t *testing.T) {
	schema := model.NewSchema()
	doc := func(inner string) []byte {
		return word(`<?xml version="1.0"?>` + inner)
	}
	root := `<w:document xmlns:w="` + nsWord + `"><w:body>`
	end := `</w:body></w:document>`
	twice := func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for range 2 {
			if _, err := z.Create("word/document.xml"); err != nil {
				t.Fatal(err)
			}
		}
		z.Close()
		return b.Bytes()
	}
	// A part that says it unpacks to more than may be: the size in the directory
	// is what archive/zip holds it to.
	lying := func() []byte {
		b := word(p("甲"), "word/media/image1.bin", "x")
		at := bytes.LastIndex(b, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(b[at+24:], mostAll+1)
		return b
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"no zip":            {[]byte("text"), "不是能用的 Word 文件"},
		"old format":        {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"), "另存为 .docx"},
		"empty":             {nil, "不是能用的 Word 文件"},
		"too large":         {make([]byte, MostFile+1), "最多32 MB"},
		"no main part":      {word("<?xml version=\"1.0\"?><x/>", "word/x.xml", ""), "已损坏"},
		"part twice":        {twice(), "不是能用的 Word 文件"},
		"way out":           {word(p("甲"), "../x.xml", ""), "不是能用的 Word 文件"},
		"macros":            {word(p("甲"), "word/vbaProject.bin", "x"), "宏"},
		"bomb":              {lying(), "解开后太大"},
		"inserted text":     {word(p("甲") + `<w:p><w:ins w:id="1"><w:r><w:t>乙</w:t></w:r></w:ins></w:p>`), "接受所有修订"},
		"deleted text":      {word(p("甲") + `<w:p><w:del w:id="1"><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>`), "接受所有修订"},
		"document type":     {doc(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>` + root + p("&b;") + end), "DTD"},
		"external entity":   {doc(`<!DOCTYPE x SYSTEM "file:///etc/passwd">` + root + end), "DTD"},
		"unknown entity":    {doc(root + `<w:p><w:r><w:t>&xxe;</w:t></w:r></w:p>` + end), "已损坏"},
		"other encoding":    {word(`<?xml version="1.0" encoding="GBK"?>` + root + end), "已损坏"},
		"too deep":          {doc(root + strings.Repeat("<w:sdt>", mostDeep+1)), "套得太深"},
		"cut":               {doc(root + `<w:p><w:r><w:t>甲`), "已损坏"},
		"crossed":           {doc(root + `<w:p><w:r></w:p></w:r>` + end), "已损坏"},
		"paragraph in one":  {doc(root + `<w:p><w:p/></w:p>` + end), "已损坏"},
		"two roots":         {doc(root + end + root + end), "已损坏"},
		"another namespace": {doc(`<w:document xmlns:w="urn:x"><w:body/></w:document>`), "已损坏"},
	} {
		tpl, err := Parse(c.file, schema, Options{})
		if err == nil || tpl != nil {
			t.Errorf("%s was taken", name)
			continue
		}
		if zh := model.Say(err, model.ZH); !strings.Contains(zh, c.want) || zh == model.Say(err, model.EN) {
			t.Errorf("%s: %s", name, zh)
		}
	}
	// Of the parts that are read no more than the bound, whatever the packed size.
	big := word(p(strings.Repeat("a", mostPart)))
	if len(big) > 1<<20 {
		t.Fatalf("%d bytes packed", len(big))
	}
	if _, err := Parse(big, schema, Options{}); err == nil || !strings.Contains(model.Say(err, model.ZH), "最多64 MB") {
		t.Errorf("an oversized part: %v", err)
	}
}

// TestOutputBounded: loops in loops over a picture end at the bound of the
// output, and nothing is written.
func TestOutputBounded(t *testing.T) {
	s := newShelf(t)
	for i := range 120 {
		s.Held(sampletest.Day(1+i/28, 1+i%28), "甲", 1, nil)
	}
	heavy := `<w:p><w:r><w:t>` + strings.Repeat("重", 1000) + `</w:t></w:r></w:p>`
	file := word(p("{{循环 活动}}") + p("{{循环 活动}}") + heavy + p("{{结束}}") + p("{{结束}}"))
	tpl, err := Parse(file, s.C.Schema, Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := tpl.Fill(s, report.Job{Period: year2026, Lang: model.ZH})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, Finish{}); err == nil || !strings.Contains(model.Say(err, model.ZH), "太大") || b.Len() > 0 {
		t.Errorf("%v, %d bytes written", err, b.Len())
	}
}

// TestLibreOffice fills a red-head template that LibreOffice saved: styles by
// name whatever their ids, tags in runs it cut, a header, rows under a head.
func TestLibreOffice(t *testing.T) {
	s := community(t)
	file := redhead(t)
	out := filled(t, s, file, Finish{Widen: true})
	main := told(t, partOf(t, out, "word/document.xml"))
	for _, want := range []string{"*文件*\n", "社〔2026〕12号\n", "2026年", "一、基本情况\n", "（一）活动开展\n", "*【待补：", "附：全年区级以上活动\n序号\n|日期\n|名称\n|人次\n|‖\n1\n|", "合计\n|"} {
		if !strings.Contains(main, want) {
			t.Errorf("no %q in\n%s", want, main)
		}
	}
	if strings.Contains(main, "{{") || strings.Contains(main, "｛｛") {
		t.Error("a tag is left")
	}
	raw := partOf(t, out, "word/document.xml")
	if id := mustStyles(t, file).find("paragraph", headingStyles[0]...); id == "" || !strings.Contains(raw, `<w:pStyle w:val="`+id+`"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">一、</w:t>`) {
		t.Errorf("headings have no style %q", id)
	}
	if got := told(t, partOf(t, out, "word/header1.xml")); !strings.Contains(got, "和平社区　内部资料") {
		t.Error(got)
	}
	same(t, file, out, "word/document.xml", "word/header1.xml", "word/footer1.xml")
}

// same compares all parts but those named.
func same(t *testing.T, a, b []byte, but ...string) {
	t.Helper()
	x, err := zip.NewReader(bytes.NewReader(a), int64(len(a)))
	if err != nil {
		t.Fatal(err)
	}
	y, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if len(x.File) != len(y.File) {
		t.Fatalf("%d parts, %d before", len(y.File), len(x.File))
	}
	packed := func(f *zip.File) string {
		r, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return f.Name + string(raw)
	}
	for i, f := range x.File {
		if strings.Contains(strings.Join(but, " "), f.Name) {
			continue
		}
		if packed(f) != packed(y.File[i]) {
			t.Errorf("%s is not as it lay in the template", f.Name)
		}
	}
}

func mustStyles(t *testing.T, file []byte) styleNames {
	t.Helper()
	n, err := readStyles([]byte(partOf(t, file, "word/styles.xml")))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// FuzzParse: whatever the main part, Parse ends with a template or a refusal, and
// what it takes it fills into XML that reads again.
func FuzzParse(f *testing.F) {
	for _, body := range []string{
		p("活动{{活动.场次}}场。"), p("{{活动", ".场次}}"), tbl(row("{{循环 活动}}{{序}}", "{{名称}}{{结束}}")),
		p("{{循环 活动}}") + p("{{名称}}") + p("{{结束}}"), p("{{如果 活动.场次}}") + tbl(row("甲")) + p("{{否则}}") + p("乙") + p("{{结束}}"),
		p("{{插入 正文 summary}}"), p("{{节号 1}}甲") + p("{{表 活动 日期}}"), `<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{结束}}</w:t><w:br/></w:r></w:p>`,
		`<w:p/>`, `<w:sdt><w:sdtContent>` + p("{{注 甲}}") + `</w:sdtContent></w:sdt>`, `<w:p><w:r><w:rPr/><w:t>“{{社区名称}}”</w:t></w:r></w:p>`,
	} {
		f.Add(body)
	}
	s := newShelf(f)
	s.Held(sampletest.Day(3, 8), "“甲”", 20, nil)
	s.Held(sampletest.Day(4, 8), "乙", 30, nil)
	o := bodies(s.C.Schema)
	f.Fuzz(func(t *testing.T, body string) {
		tpl, err := Parse(word(body), s.C.Schema, o)
		if err != nil {
			if model.Say(err, model.ZH) == "" || model.Say(err, model.EN) == "" {
				t.Fatal("a refusal without words")
			}
			return
		}
		for _, lang := range []model.Lang{model.ZH, model.EN} {
			doc, err := tpl.Fill(s, report.Job{Period: year2026, Lang: lang})
			if err != nil {
				return
			}
			var b bytes.Buffer
			if err := doc.Write(&b, Finish{Draft: true, Remarks: []string{"甲"}, Widen: true}); err != nil {
				t.Fatalf("%v in %s", err, body)
			}
			told(t, partOf(t, b.Bytes(), "word/document.xml"))
		}
	})
}

// BenchmarkFill is a red-head template with a year's summary and a table.
func BenchmarkFill(b *testing.B) {
	s := community(b)
	file := redhead(b)
	for b.Loop() {
		tpl, err := Parse(file, s.C.Schema, bodies(s.C.Schema))
		if err != nil {
			b.Fatal(err)
		}
		f, err := tpl.Fill(s, report.Job{Period: year2026, Audience: model.Superior, Lang: model.ZH})
		if err != nil {
			b.Fatal(err)
		}
		if err := f.Write(io.Discard, Finish{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDocument is the document alone, without the counting: 200 paragraphs
// with three tags each.
func BenchmarkDocument(b *testing.B) {
	s := two(b)
	file := word(strings.Repeat(p("在{{社区", "名称}}办了", "*{{活动.场次}}", "场，共{{活动.人次}}人次。"), 200))
	for b.Loop() {
		filled(b, s, file, Finish{})
	}
}
