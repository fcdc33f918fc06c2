package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// office writes a report and gives its texts, part by part.
func office(t testing.TB, f Format, write func(io.Writer) error) ([]byte, map[string]string) {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	if f == XLSX {
		book, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		out["cells"] = cellText(t, book)
		for name, text := range parts(t, b.Bytes()) {
			if strings.HasPrefix(name, "docProps/") || strings.HasPrefix(name, "xl/charts/") {
				out[name] = textsOf(t, name, text)
			}
		}
		return b.Bytes(), out
	}
	for name, text := range parts(t, b.Bytes()) {
		if !strings.HasSuffix(name, ".xlsx") {
			out[name] = textsOf(t, name, text)
			continue
		}
		for inner, text := range parts(t, []byte(text)) {
			out[name+"/"+inner] = textsOf(t, inner, text)
		}
	}
	return b.Bytes(), out
}

// textsOf are the texts between the tags, and those of descriptions.
func textsOf(t testing.TB, name, text string) string {
	t.Helper()
	var b strings.Builder
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch e := tok.(type) {
		case xml.CharData:
			b.Write(e)
			b.WriteByte('\n')
		case xml.StartElement:
			for _, a := range e.Attr {
				if a.Name.Local == "descr" || a.Name.Local == "title" {
					b.WriteString(a.Value + "\n")
				}
			}
		}
	}
}

// officeReports are those written as Word documents or workbooks.
func officeReports(d *desk, a model.Audience, l model.Lang) map[string]func(Format) func(io.Writer) error {
	year, _ := model.ParsePeriod("2026")
	return map[string]func(Format) func(io.Writer) error{
		"summary": func(f Format) func(io.Writer) error {
			return func(w io.Writer) error {
				return Summary(w, d, SummaryJob{Period: year, Format: f, Audience: a, Lang: l, Finish: Finish{Draft: true}})
			}
		},
		"activities": func(f Format) func(io.Writer) error {
			return func(w io.Writer) error {
				_, err := Activities(w, d, ActivitiesJob{Period: year, Format: f, Audience: a, Lang: l})
				return err
			}
		},
		"payout": func(f Format) func(io.Writer) error {
			return func(w io.Writer) error {
				_, err := Payout(w, d, PayoutJob{Occasion: model.Occasion{Name: "春节", Year: 2026}, Format: f, Audience: a, Lang: l})
				return err
			}
		},
		"aid": func(f Format) func(io.Writer) error {
			return func(w io.Writer) error { return Aid(w, d, AidJob{Period: year, Format: f, Audience: a, Lang: l}) }
		},
	}
}

// What the public must not read stands in no part of a file: neither in the
// document, nor in a chart, nor in the workbook behind it, nor in the properties.
func TestPublicDocumentsHoldNoRawValue(t *testing.T) {
	for _, l := range []model.Lang{model.ZH, model.EN} {
		for name, report := range officeReports(newDesk(t), model.Public, l) {
			for _, f := range []Format{DOCX, XLSX} {
				_, texts := office(t, f, report(f))
				for part, text := range texts {
					text = strings.ReplaceAll(text, "0123456789abcdef", "")
					for _, s := range raw {
						if name == "aid" && slices.Contains([]string{"困难党员", "低保", "困境儿童"}, s) {
							continue // categories as such, counted
						}
						if name == "summary" && slices.Contains([]string{"困难党员", "低保", "困境儿童"}, s) {
							continue
						}
						if strings.Contains(text, s) {
							t.Errorf("%s as %s for the public holds %q in %s:\n%s", name, f, s, part, text)
						}
					}
				}
			}
		}
	}
}

// Same records, same bytes; and inside, what the public does not see is there.
func TestDocumentsAreTheSameTwice(t *testing.T) {
	again := officeReports(newDesk(t), model.Superior, model.ZH)
	for name, report := range officeReports(newDesk(t), model.Superior, model.ZH) {
		for _, f := range []Format{DOCX, XLSX} {
			one, texts := office(t, f, report(f))
			two, _ := office(t, f, again[name](f))
			if !bytes.Equal(one, two) {
				t.Errorf("%s as %s differs when written again", name, f)
			}
			all := ""
			for _, text := range texts {
				all += text
			}
			if want := map[string]string{"summary": "李敏", "activities": "文化活动中心", "payout": "110105********002X", "aid": "6,400"}[name]; !strings.Contains(strings.ReplaceAll(all, "6400", "6,400"), want) {
				t.Errorf("%s as %s lacks %s:\n%s", name, f, want, all)
			}
		}
	}
}

// The document of a summary: headings numbered, a chart that agrees with the
// figures, the unit and the day at its end.
func TestSummaryDocument(t *testing.T) {
	d := newDesk(t)
	_, texts := office(t, DOCX, officeReports(d, model.Superior, model.ZH)["summary"](DOCX))
	doc := texts["word/document.xml"]
	for _, want := range []string{"和平社区2026年工作总结\n", "一、基本情况\n", "（二）走访慰问\n", "【待补：存在的问题和不足】", "四、下一步打算\n", "附表1　活动\n", "（一）品牌项目\n", "（二）条线\n", "附表2　走访慰问\n", "各月活动场次\n", "活动一览表\n", "2027年3月10日\n", "和平社区\n2027"} {
		if !strings.Contains(doc, want) {
			t.Errorf("the document lacks %q:\n%s", want, doc)
		}
	}
	chart := texts["word/charts/chart1.xml"]
	sum := 0
	for _, v := range strings.Fields(chart[strings.LastIndex(chart, "General"):])[1:] {
		n, err := strconv.Atoi(v)
		if err != nil {
			t.Fatalf("%q: %v", chart, err)
		}
		sum += n
	}
	if sum != 3 {
		t.Errorf("the columns come to %d of 3 activities:\n%s", sum, chart)
	}
	month, _ := model.ParsePeriod("2026-03")
	_, texts = office(t, DOCX, func(w io.Writer) error {
		return Summary(w, d, SummaryJob{Period: month, Format: DOCX, Audience: model.Superior, Lang: model.ZH, Finish: Finish{Draft: true}})
	})
	if texts["word/charts/chart1.xml"] != "" {
		t.Error("one month needs no chart")
	}
}

// Every number of the list is the sum of what stands above it.
func TestActivitiesAddUp(t *testing.T) {
	d := newDesk(t)
	year, _ := model.ParsePeriod("2026")
	d.add("activity", model.Values{"date": day(3, 20), "title": "又一场", "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(7), "owner": model.Ref{ID: "S-2026-0001"}, "held": "已举办"})
	d.add("activity", model.Values{"date": day(3, 21), "title": "没有办成", "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "owner": model.Ref{ID: "S-2026-0001"}, "held": "取消"})
	var b bytes.Buffer
	res, err := Activities(&b, d, ActivitiesJob{Period: year, Format: Markdown, Audience: model.Superior, Lang: model.ZH})
	if err != nil || res.Rows != 4 {
		t.Fatal(res, err)
	}
	golden(t, "activities-superior.zh.md", b.String())
	b.Reset()
	if _, err = Activities(&b, d, ActivitiesJob{Period: year, Format: Markdown, Audience: model.Public, Lang: model.EN}); err != nil {
		t.Fatal(err)
	}
	golden(t, "activities-public.en.md", b.String())
	var group, total, parts, all int64
	b.Reset()
	if _, err = Activities(&b, d, ActivitiesJob{Period: year, Format: XLSX, Audience: model.Superior, Lang: model.ZH}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	at, title := slices.Index(rows[headRow-1], "人次"), slices.Index(rows[headRow-1], "名称")
	for _, row := range rows[headRow:] {
		if len(row) <= at {
			continue
		}
		n, err := strconv.ParseInt(row[at], 10, 64)
		if err != nil {
			t.Fatalf("%q", row)
		}
		switch {
		case strings.HasPrefix(row[title], "合计"):
			total = n
		case strings.Contains(row[title], "小计"):
			if n != group {
				t.Errorf("%q, the rows come to %d", row, group)
			}
			parts, group = parts+n, 0
		default:
			group, all = group+n, all+n
		}
	}
	if total != 1645 || parts != total || all != total {
		t.Errorf("rows %d, months %d, total %d", all, parts, total)
	}
	if v, _ := f.GetCellValue(f.GetSheetName(0), "B4", excelize.Options{RawCellValue: true}); v != "46089" { // 2026-03-08
		t.Errorf("the day is %q", v)
	}
}

func TestBrokenTitles(t *testing.T) {
	for in, want := range map[string]string{"和平社区 2026年工作情况": "和平社区 2026年工作情况", "示例市城东区文昌街道和平社区 2026年工作情况": "示例市城东区文昌街道和平社区\n2026年工作情况",
		"示例市城东区文昌街道和平社区2026年工作总结": "示例市城东区文昌街道和平社区\n2026年工作总结",
		strings.Repeat("长", 30): strings.Repeat("长", 15) + "\n" + strings.Repeat("长", 15)} {
		if got := broken(in, "示例市城东区文昌街道和平社区", true); got != want {
			t.Errorf("%q", got)
		}
	}
}
