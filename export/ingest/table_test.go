package ingest_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/export/ingest"
	"taizhang/model"
)

// office is a ledger with some people to visit.
func office(t *testing.T) *db.Ledger {
	l := dbtest.NewAt(t, dbtest.NewClock(time.Date(2026, 11, 2, 9, 0, 0, 0, model.Zone)))
	home := dbtest.Add(t, l, "household", model.Values{"head": model.Ref{Text: "张大"}, "compound": model.Ref{ID: dbtest.Add(t, l, "compound", model.Values{"name": "和平小区"})}, "building": "3", "unit": "2", "room": "501"})
	for _, p := range []struct{ name, id, birth string }{{"张小明", "11010519491231002X", "1949-12-31"}, {"王芳", "110105195003070027", "1950-03-07"}, {"王芳", "", "1961-01-01"}, {"李强", "", "1955-05-05"}} {
		day, err := model.ParseDate(p.birth)
		if err != nil {
			t.Fatal(err)
		}
		v := model.Values{"name": p.name, "birth": day, "household": model.Ref{ID: home}}
		if p.id != "" {
			v["id_no"] = p.id
		} else {
			v["no_id_reason"] = "未提供"
		}
		dbtest.Add(t, l, "person", v)
	}
	return l
}

func workbook(t *testing.T, rows [][]any, merged ...[2]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merged {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func visits(t *testing.T, l *db.Ledger, name string, raw []byte) ingest.Job {
	return ingest.Job{Ledger: l, Actor: dbtest.Actor(t, l), Register: l.Schema().Register("visit"), Path: file(t, name, raw)}
}

// issues are the texts of a plan, one a line.
func issues(p *ingest.Plan) string {
	var out []string
	for _, i := range p.Issues {
		out = append(out, i.Mark(model.ZH)+i.Text(model.ZH))
	}
	return strings.Join(out, "\n")
}

// An old ledger as an office keeps it: title, running numbers, dates in five ways,
// units behind numbers, merged cells, totals, a note below.
func TestOldLedger(t *testing.T) {
	l := office(t)
	raw := workbook(t, [][]any{
		{"文昌街道和平社区 2025 年春节走访慰问台账"},
		{"序号", "走访时间", "慰问对象", "身份证号码", "慰问金（元）", "慰 问 品", "走访人员", "经费来源", "备注", "满意吗"},
		{1, time.Date(2025, 1, 20, 0, 0, 0, 0, time.UTC), "张小明", "11010519491231002X", "500元", "米 1袋", "张敏", "党费", "第一\n户", "好"},
		{2, "1.21", "王芳", "110105195003070027", "0.05万", "—", "张敏", "党费", "无"},
		{3, "2025年1月22日", "李强", "", 300.10000000000002, "油2桶", "张敏", "党费"},
		{4, 45680, "", "", 200, "油1桶", "张敏", "党费"},
		{"小计", nil, nil, nil, 1800},
		{"制表：张敏"},
	}, [2]string{"C5", "C6"}, [2]string{"A1", "I1"})
	job := visits(t, l, "old.xlsx", raw)
	before := head(t, l)
	p := look(t, job)
	if p.HeadLine != 2 || p.Year != 2025 || p.Count(ingest.Bad) != 0 || len(p.Rows) != 4 || p.Count(ingest.Skipped) != 2 {
		t.Fatalf("head %d, year %d\n%s", p.HeadLine, p.Year, issues(p))
	}
	about := strings.Join(p.About(model.ZH), "\n")
	for _, want := range []string{"慰问金（元）→慰问金", "没有对上、不导入的列：满意吗", "用来分清同名的列：身份证号码→身份证号", "可导入4条"} {
		if !strings.Contains(about, want) {
			t.Errorf("no %q in\n%s", want, about)
		}
	}
	if head(t, l) != before {
		t.Error("the preview wrote")
	}
	done, err := p.Write(ctx, false, true, nil)
	if err != nil || len(done.IDs) != 4 || done.Batches != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	var got []string
	for _, id := range done.IDs {
		r := record(t, l, id)
		got = append(got, strings.Join([]string{model.VisitDate.Of(r).String(), model.VisitPerson.Of(r).ID, model.VisitAmount.Of(r).String(), model.VisitOccasion.Of(r).String()}, " "))
	}
	want := "2025-01-20 P-2026-0001 500.00 2025春节\n2025-01-21 P-2026-0002 500.00 2025春节\n2025-01-22 P-2026-0004 300.10 2025春节\n2025-01-23 P-2026-0004 200.00 2025春节"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	if note, _ := record(t, l, done.IDs[0]).Get("note").(string); note != "第一\n户" {
		t.Errorf("%q", note)
	}

	// The same file again enters nothing; one undo takes all of it back.
	again := look(t, job)
	if len(again.Rows) != 0 || again.Count(ingest.Skipped) != 6 {
		t.Errorf("again\n%s", issues(again))
	}
	if u, err := l.Undo(ctx, dbtest.Actor(t, l)); err != nil || len(u.Records) != 4 {
		t.Fatalf("%+v %v", u, err)
	}
	for _, id := range done.IDs {
		if r := record(t, l, id); r.State.Live() {
			t.Errorf("%s is %s", id, r.State)
		}
	}
	if p := look(t, job); len(p.Rows) != 4 {
		t.Errorf("after the undo\n%s", issues(p))
	}
}

// What cannot be entered is said row by row, and then nothing is.
func TestNothingIsGuessed(t *testing.T) {
	l := office(t)
	raw := workbook(t, [][]any{
		{"走访台账"},
		{"日期", "对象", "身份证号码", "慰问金", "走访人", "资金来源"},
		{"3.12", "张小明", "", 100, "张敏", "党费"},
		{3.1, "张小明", "", 100, "张敏", "党费"},
		{"今天", "张小明", "", 100, "张敏", "党费"},
		{"", "张小明", "", 100, "张敏", "党费"},
		{"2025-02-30", "张小明", "", 100, "张敏", "党费"},
		{"2025-03-01", "张小明", "", "三十余元", "张敏", "党费"},
		{"2025-03-01", "张三丰", "", 100, "张敏", "党费"},
		{"2025-03-02", "王芳", "", 100, "张敏", "党费"},
		{"2025-03-02", "王芳", "110105195003070027", 100, "张敏", "党费"},
		{"2025-03-03", "李强", 110105194912310020, 100, "张敏", "不知道"},
		{"2025-03-04", "张小明", "110105195003070027", 100, "张敏", "党费"},
		{"2025-03-05", "李强", "", 100, strings.Repeat("长", 300), "党费"},
	})
	job := visits(t, l, "bad.xlsx", raw)
	p := look(t, job)
	got := issues(p)
	for _, want := range []string{
		"第3行 日期：“3.12”没有年份", "第4行 日期：“3.1”在表格里是数字", "第5行 日期：看不懂日期", "第6行：没有“实际日期”，不能猜", "第7行 日期：2月没有30日",
		"第8行 慰问金：看不懂金额", "第9行 对象：在“人员”里没有“张三丰”", "第10行 对象：“王芳”有2个", "第12行 身份证号码：号码在表格里存成了数字",
		"第12行 资金来源：“不知道”不在可选范围内", "[请核对] 第13行 身份证号码：与 P-2026-0001 登记的不同", "第14行 走访人：最多200个字",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if len(p.Rows) != 2 {
		t.Errorf("%d rows are good", len(p.Rows))
	}
	before := head(t, l)
	if _, err := p.Write(ctx, false, true, nil); db.ExitCode(err) != db.ExitUsage || head(t, l) != before {
		t.Errorf("written in part: %v", err)
	}
	if done, err := p.Write(ctx, true, false, nil); err != nil || done.Records != 2 {
		t.Errorf("%+v %v", done, err)
	}
	job.Year = 2025
	if p := look(t, job); strings.Contains(issues(p), "没有年份") {
		t.Errorf("the year was named:\n%s", issues(p))
	}
}

func TestMappedColumns(t *testing.T) {
	l := office(t)
	raw := []byte("哪天;谁;多少;谁去的;钱从哪来\n2025-03-01;张小明;1,200;张敏;党费\n")
	job := visits(t, l, "a.csv", raw)
	if _, err := job.Look(ctx); err == nil || !strings.Contains(model.Say(err, model.ZH), "找不到“走访慰问”的表头") {
		t.Errorf("a head nobody knows: %v", err)
	}
	job.Map = map[string]string{"哪天": "date", "谁": "对象", "多少": "慰问金", "谁去的": "走访人", "钱从哪来": "资金来源"}
	if p := look(t, job); len(p.Rows) != 1 || p.Rows[0].Values["amount"] != model.Money(120000) {
		t.Errorf("%v\n%s", p.Rows, issues(p))
	}
	job.Map["没有的"] = "备注"
	if _, err := job.Look(ctx); err == nil {
		t.Error("a column that is not there")
	}
}

// The encodings and separators of CSV, all with the same rows.
func TestCSVEncodings(t *testing.T) {
	l := office(t)
	text := "和平社区走访台账\r\n日期,对象,慰问金,走访人,资金来源,备注\r\n2025.3.1,张小明,\"1,200\",张敏,党费,'=1+1 㐂𠮷\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	wide := func(order binary.AppendByteOrder, mark uint16) (out []byte) {
		for _, u := range append([]uint16{mark}, utf16.Encode([]rune(text))...) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	for name, raw := range map[string][]byte{
		"utf8": []byte(text), "bom": []byte("\uFEFF" + text), "gb18030": gb, "utf16le": wide(binary.LittleEndian, 0xFEFF), "utf16be": wide(binary.BigEndian, 0xFEFF),
		"tab": []byte(strings.NewReplacer("\"1,200\"", "\"1200\t\"", ",", "\t").Replace(text)),
	} {
		p := look(t, visits(t, l, name+".csv", raw))
		if len(p.Rows) != 1 || p.Rows[0].Values["note"] != "=1+1 㐂𠮷" || p.Rows[0].Values["amount"] != model.Money(120000) {
			t.Errorf("%s: %v\n%s", name, p.Rows, issues(p))
		}
	}
}

func TestFilesThatAreNone(t *testing.T) {
	l := office(t)
	var zipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	w, _ := z.Create("a.txt")
	_, _ = w.Write([]byte("x"))
	_ = z.Close()
	for name, c := range map[string]struct {
		raw  string
		says string
	}{
		"old.xls":   {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", "另存为 .xlsx"},
		"a.pdf":     {"%PDF-1.7", "PDF"},
		"empty.csv": {" \r\n", "空的"},
		"a.zip":     {zipped.String(), "读不出这个表格"},
		"cut.xlsx":  {zipped.String()[:40], "读不出这个表格"},
		"cut.json":  {`[{"日期":"2025-03-01"`, "没有写完"},
		"bad.json":  {`[{"日期":}]`, "读不懂"},
		"a.bin":     {"\xFF\x81\x00\xFF\xFF", "编码"},
	} {
		if _, err := visits(t, l, name, []byte(c.raw)).Look(ctx); err == nil || !strings.Contains(model.Say(err, model.ZH), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	job := visits(t, l, "a.csv", []byte("x"))
	job.Path += ".no"
	if _, err := job.Look(ctx); err == nil || !strings.Contains(model.Say(err, model.ZH), "没有这个文件") {
		t.Errorf("%v", err)
	}
}

// JSON as scripts write it, without the frame of an export.
func TestPlainJSON(t *testing.T) {
	l := office(t)
	p := look(t, visits(t, l, "a.json", []byte(`{"日期":"2025-03-01","person":"张小明","amount":"500","走访人":"张敏","fund":"党费"}
{"date":"2025-03-02","person":"无此人","amount":500,"走访人":"张敏","fund":"党费"}`)))
	if len(p.Rows) != 1 || p.Count(ingest.Bad) != 1 || p.Issues[0].Line != 2 {
		t.Errorf("%v\n%s", p.Rows, issues(p))
	}
}

func head(t *testing.T, l *db.Ledger) uint64 {
	t.Helper()
	seq, _, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func record(t *testing.T, l *db.Ledger, id string) (r *model.Record) {
	t.Helper()
	err := l.View(ctx, func(s *db.Snapshot) (err error) {
		r, err = s.Get(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
