package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// xlsx exports a register and opens the file.
func xlsx(t testing.TB, d *desk, job Job) ([]byte, *excelize.File) {
	t.Helper()
	var b bytes.Buffer
	job.Format = XLSX
	if _, err := Register(&b, d, job); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return b.Bytes(), f
}

// parts are the files inside a zipped one.
func parts(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name] != "" {
			t.Errorf("%s is there twice", f.Name)
		}
		out[f.Name] = string(text)
	}
	return out
}

// wellFormed reads an XML part to its end.
func wellFormed(t testing.TB, name, text string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// cellText is every cell of a workbook as it shows, and as it is stored.
func cellText(t testing.TB, f *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		for _, raw := range []bool{false, true} {
			rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: raw})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				b.WriteString(strings.Join(row, "\t") + "\n")
			}
		}
	}
	return b.String()
}

func column(t testing.TB, f *excelize.File, sheet, head string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	name, err := excelize.ColumnNumberToName(slices.Index(rows[headRow-1], head) + 1)
	if err != nil {
		t.Fatalf("no column %s in %q", head, rows[headRow-1])
	}
	return name
}

func TestXLSX(t *testing.T) {
	d := newDesk(t)
	long := strings.Repeat("长", mostChars) + "完"
	d.add("activity", model.Values{"date": day(9, 1), "title": "长文", "lines": []string{"文体"}, "venue": model.Ref{Text: "广场"}, "attend_total": int64(1), "owner": model.Ref{ID: "S-2026-0001"}, "held": "已举办", "evidence": "310101196001011234"})
	d.records[len(d.records)-1].Set("summary", long) // longer than the register takes
	b, f := xlsx(t, d, Job{Register: model.Activity, Audience: model.Superior, Lang: model.ZH})
	if got := f.GetSheetList(); !slices.Equal(got, []string{"活动", "汇总"}) {
		t.Fatalf("%q", got)
	}
	get := func(cell string) string {
		v, err := f.GetCellValue("活动", cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if get("A1") != "和平社区 活动" || get("A2") != "全部期间 · 共4条" || get("A3") != "编号" {
		t.Errorf("%q %q %q", get("A1"), get("A2"), get("A3"))
	}
	for _, c := range []struct {
		head, raw string
		row       string
		kind      excelize.CellType
		format    int
		custom    string
	}{
		{"编号", "A-2026-0004", "4", excelize.CellTypeInlineString, 49, ""},
		{"日期", "46266", "4", excelize.CellTypeUnset, 0, `yyyy"年"m"月"d"日"`},
		{"人次", "1500", "6", excelize.CellTypeUnset, 1, ""},
		{"经费", "1200", "6", excelize.CellTypeUnset, 4, ""},
		{"照片或材料号", "310101196001011234", "4", excelize.CellTypeInlineString, 49, ""},
		{"名称", "=SUM(A1:A9) 广场晚会", "6", excelize.CellTypeInlineString, 49, ""},
	} {
		cell := column(t, f, "活动", c.head) + c.row
		kind, err := f.GetCellType("活动", cell)
		if err != nil || get(cell) != c.raw || kind != c.kind {
			t.Errorf("%s: %q of type %v (%v), want %q of %v", cell, get(cell), kind, err, c.raw, c.kind)
		}
		id, _ := f.GetCellStyle("活动", cell)
		style, err := f.GetStyle(id)
		if err != nil || c.custom == "" && style.NumFmt != c.format || c.custom != "" && (style.CustomNumFmt == nil || *style.CustomNumFmt != c.custom) {
			t.Errorf("%s: %+v %v", cell, style, err)
		}
		if formula, _ := f.GetCellFormula("活动", cell); formula != "" {
			t.Errorf("%s would run: %s", cell, formula)
		}
	}
	if cut := get(column(t, f, "活动", "内容摘要") + "4"); len([]rune(cut)) != mostChars || !strings.HasSuffix(cut, "长【已截断】") {
		t.Errorf("%d characters, ends %q", len([]rune(cut)), string([]rune(cut)[len([]rune(cut))-8:]))
	}
	// Totals are values, and the same on both sheets.
	if total := get(column(t, f, "活动", "人次") + "8"); total != "1639" || get("A8") != "合计" {
		t.Errorf("%s %s", get("A8"), total)
	}
	if foot := get("A9"); foot != "台账流水第417条 0123456789abcdef" {
		t.Error(foot)
	}
	rows, err := f.GetRows("汇总", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, strings.Join(r, " "))
	}
	for _, want := range []string{"条数 4", "人次 1639", "经费 1200", "月份 条数 人次", "2026-03 1 128", "2026-04 1 1500", "2026-05 0 0", "2026-08 1 10", "2026-09 1 1"} {
		if !slices.Contains(got, want) {
			t.Errorf("the totals lack %q: %q", want, got)
		}
	}
	all := parts(t, b)
	for name, text := range all {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, text)
		}
	}
	sheet := all["xl/worksheets/sheet1.xml"]
	for _, want := range []string{`<dimension ref="A1:`, `fitToPage="true"`, `orientation="landscape"`, `fitToHeight="0"`, `<autoFilter ref="$A$3:`, `state="frozen"`, `<mergeCell ref="A1:`, `第 &amp;P 页，共 &amp;N 页`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
	// Columns in order, those without a value hidden.
	last := 0
	for _, m := range regexp.MustCompile(`<col min="(\d+)" max="(\d+)"[^>]*>`).FindAllStringSubmatch(sheet, -1) {
		from, _ := strconv.Atoi(m[1])
		to, _ := strconv.Atoi(m[2])
		if from != last+1 || to < from {
			t.Errorf("%s after column %d", m[0], last)
		}
		last = to
	}
	for head, want := range map[string]bool{"届次": false, "名称": true, "经费": true} {
		if got, err := f.GetColVisible("活动", column(t, f, "活动", head)); err != nil || got != want {
			t.Errorf("%s: %v %v", head, got, err)
		}
	}
	if wb := all["xl/workbook.xml"]; !strings.Contains(wb, "_xlnm.Print_Titles") || !strings.Contains(wb, "$3:$3") {
		t.Error(wb)
	}
	if all["xl/charts/chart1.xml"] == "" || all["xl/charts/chart2.xml"] == "" || all["xl/charts/chart3.xml"] != "" {
		t.Error("two charts are wanted")
	}
	// Same rows, same bytes.
	if again, _ := xlsx(t, d, Job{Register: model.Activity, Audience: model.Superior, Lang: model.ZH}); !bytes.Equal(again, b) {
		other := parts(t, again)
		for name, text := range all {
			if other[name] != text {
				t.Errorf("written twice, %s differs:\n%s\n%s", name, text, other[name])
			}
		}
		t.Error("written twice, the file differs")
	}
}

// Widths count two for a Chinese character and stop at 40.
func TestXLSXWidths(t *testing.T) {
	_, f := xlsx(t, newDesk(t), Job{Register: model.Activity, Audience: model.Superior, Lang: model.ZH})
	for head, want := range map[string]float64{"名称": 22, "日期": 16, "内容摘要": 40, "人次": 8} {
		got, err := f.GetColWidth("活动", column(t, f, "活动", head))
		if err != nil || got != want {
			t.Errorf("%s: %v %v, want %v", head, got, err, want)
		}
	}
	if n := columns("一二\nabcdefg\n三"); n != 7 {
		t.Error(n)
	}
	for in, want := range map[string]string{"走访/慰问": "走访 慰问", "": "1", strings.Repeat("很", 40): strings.Repeat("很", 31), "'[a]:*": "a"} {
		if got := sheetName(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestXLSXWithoutRows(t *testing.T) {
	p, _ := model.ParsePeriod("1999")
	d := newDesk(t)
	for _, reg := range d.c.Schema.Registers {
		for l, a := range map[model.Lang]model.Audience{model.ZH: model.Inside, model.EN: model.Public} {
			_, f := xlsx(t, d, Job{Register: reg, Audience: a, Lang: l, Period: p})
			if n := len(f.GetSheetList()); n != 2 {
				t.Errorf("%s: %d sheets", reg.Key, n)
			}
		}
	}
}

// Nothing stays behind, and what the rows need on the disk has no name.
func TestXLSXLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	b, err := newWorkbook(model.ZH, "试", "和平社区")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("字", 30000)
	s := &listSheet{name: "试", title: "试", rows: 200, cols: []listColumn{{head: "甲"}}}
	s.each = func(fn func(sheetLine) error) error {
		for range s.rows {
			if err := fn(sheetLine{cells: []string{text}}); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.write(b); err != nil {
		t.Fatal(err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*", "*")); len(names) > 0 {
		t.Errorf("rows lie at %q", names)
	}
	var out bytes.Buffer
	if err := b.writeTo(&out); err != nil {
		t.Fatal(err)
	}
	b.close()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if v, err := f.GetCellValue("试", "A203"); err != nil || v != text {
		t.Errorf("the last row has %d bytes, %v", len(v), err)
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		k    kind
		text string
		want any
	}{
		{kindWhole, "128", int64(128)}, {kindWhole, "007", "007"}, {kindWhole, "18岁以上", "18岁以上"}, {kindWhole, "不足3人", "不足3人"},
		{kindMoney, "1,234.50", 1234.5}, {kindMoney, "-0.01", -0.01}, {kindMoney, "0.5万", "0.5万"}, {kindDec, "1.5", 1.5}, {kindDec, "1.50", "1.50"},
		{kindText, "110105194912310021", "110105194912310021"}, {kindDate, "2026", "2026"}, {kindDate, "2026-03", "2026-03"}, {kindDate, "1899-01-01", "1899-01-01"},
		{kindWhole, "9999999999999999", "9999999999999999"},
	} {
		if got := c.k.value(c.text); got != c.want {
			t.Errorf("%v %q: %v", c.k, c.text, got)
		}
	}
	if addSum(1<<62, 1<<62) != noSum || addSum(noSum, 1) != noSum || addSum(2, -5) != -3 {
		t.Error("sums wrap around")
	}
}

func TestSpool(t *testing.T) {
	var s spool
	defer s.close()
	lines := [][]string{{"一", "", "c"}, {strings.Repeat("长", 200000), "2", "3"}, {"", "", ""}, {strings.Repeat("x", spoolPart*2), "", strings.Repeat("y", 127)}, {"末", "了", strings.Repeat("z", 128)}}
	for _, l := range lines {
		if err := s.add(l); err != nil {
			t.Fatal(err)
		}
	}
	i := 0
	err := s.each(3, func(cells []string) error {
		if !slices.Equal(cells, lines[i]) {
			t.Errorf("line %d came back otherwise", i)
		}
		i++
		return nil
	})
	if err != nil || i != len(lines) || s.lines != i {
		t.Error(err, i, s.lines)
	}
}

func TestManyMonthsBecomeYears(t *testing.T) {
	months := map[string]*byTime{"2020-01": {"2020-01", 2, []int64{5}}, "2026-12": {"2026-12", 1, []int64{7}}, "": {"", 3, []int64{1}}}
	var got []string
	for _, b := range inTime(months, 1) {
		got = append(got, b.label)
	}
	if want := []string{"2020", "2021", "2022", "2023", "2024", "2025", "2026", ""}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
