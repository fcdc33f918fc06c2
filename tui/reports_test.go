package tui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/model/sample"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// sampleOffice is the sample community at the end of its year, with a second
// clerk, and a way to log in as each.
func sampleOffice(t *testing.T) (led *db.Ledger, as func(login string) *drive.Driver) {
	t.Helper()
	alongside(t)
	clock := dbtest.NewClock(time.Date(sample.Year, 12, 31, 9, 0, 0, 0, model.Zone))
	led = dbtest.Open(t, dbtest.Filled(t, 60).Path(), clock)
	add(t, led, "staff", "name", "李敏", "login", "lim", "roles", "录入", "posts", "工作人员")
	return led, func(login string) *drive.Driver {
		l := led
		if login != "" {
			var err error
			if l, err = db.Open(led.Path(), db.Options{Clock: led.Now, User: func() (string, error) { return login, nil }}); err != nil {
				t.Fatal(err)
			}
		}
		return drive.Start(t, New(optionsFor(t, l, model.ZH), cell.Narrow), 80, 24)
	}
}

// savedReport is the newest saved report.
func savedReport(t *testing.T, led *db.Ledger) *model.Record {
	t.Helper()
	list, err := led.List(context.Background(), db.Query{Register: model.Report.Key})
	if err != nil || len(list) == 0 {
		t.Fatal(err, "no report was saved")
	}
	return list[0]
}

// The summary of the year on the screen: a figure is walked to and opens exactly
// its records, gaps are filled, another clerk goes on, both rewrite one paragraph,
// it is sent, and a later activity shows as a change.
func TestReportScreen(t *testing.T) {
	led, as := sampleOffice(t)
	d := as("")
	d.Press("r").Expect("能写的报告").Expect("2026年").Press("enter").Expect("内部").Press("down", "enter").Expect("还没有存过").Expect("2处待补")
	// To the number of activities, which is rounded in the text and exact below.
	for i := 0; !strings.Contains(d.Screen(), "活动·场次，2026年"); i++ {
		if i > 40 {
			t.Fatal("no figure of activities:\n" + d.Screen())
		}
		d.Press("tab").Idle()
	}
	d.Expect("70多<").Expect("准数 73").Expect("73条记录，回车打开")
	at := cursorLine(d)
	d.Press("enter").Expect("活动·场次，2026年 73").Expect("73")
	d.Press("esc").Expect("准数 73")
	if now := cursorLine(d); now != at {
		t.Errorf("came back to %q from %q", now, at)
	}
	// Final copies are refused while prose is missing.
	d.Press("ctrl+s").Expect("写成：").Type("2").Expect("还不能定稿").Expect("到待补的地方去写").Type("1").Expect("这里要写：存在的问题和不足")
	// A wrong name is told at once and nothing is saved.
	d.Type("一是人手不足，全年{{活动.人此}}。").Press("ctrl+s").Expect("是不是“人次”")
	for range 4 {
		d.Press("backspace")
	}
	d.Type("次}}人次。").Press("ctrl+s").Expect("已存入文稿 R-2026-0001").Expect("1处待补")
	// What is half written is a draft of the next login.
	d.Type("g").Expect("按 e 填写").Type("e").Expect("下一步打算").Type("一是再办").Press("esc").Expect("还没有存").Press("enter").Expect("待补").Press("esc", "esc").Expect("今日")
	d.Quit()
	d = as("")
	d.Expect("[草稿]").Press("home").Idle()
	for i := 0; !strings.Contains(cursorLine(d), "工作总结"); i++ {
		if i > 40 {
			t.Fatal("no draft on the first page:\n" + d.Screen())
		}
		d.Press("down").Idle()
	}
	d.Press("enter").Expect("一是再办").Type("两场。").Press("ctrl+s").Expect("已存入文稿 R-2026-0001").Expect("一是再办两场。").ExpectNot("处待补").Press("esc").Expect("今日").ExpectNot("草稿").Quit()
	if edits := model.ReportEdits(savedReport(t, led)); len(edits) != 2 {
		t.Fatalf("%d paragraphs: %v", len(edits), edits)
	}
	// Another clerk finds it among those to go on with.
	two := as("lim")
	two.Press("r").Expect("继续").Expect("R-2026-0001").Press("enter").Expect("R-2026-0001 草稿").ExpectNot("处待补").Quit()
}

// cursorLine is the line of the text that the cursor is on.
func cursorLine(d *drive.Driver) string {
	for _, l := range d.Lines()[2:] {
		if strings.HasPrefix(l, ">") {
			return l
		}
	}
	return ""
}

// Two clerks at one report: other paragraphs go together, the same one is chosen.
func TestReportTogether(t *testing.T) {
	led, as := sampleOffice(t)
	one, two := as(""), as("lim")
	one.Press("r").Expect("能写的报告").Press("enter").Expect("内部").Press("enter").Expect("2处待补").Type("g").Expect("按 e 填写").Type("e").Expect("这里要写").Type("初稿").Press("ctrl+s").Expect("已存入文稿 R-2026-0001")
	two.Press("r").Expect("继续").Press("enter").Expect("1处待补").Press("home").Type("g").Expect("按 e 填写").Type("e").Expect("下一步打算").Type("李敏的打算")
	// The first changes both the paragraph that is open and another.
	one.Type("e").Expect("初稿").Type("，再改").Press("ctrl+s").Expect("再改")
	two.Press("ctrl+s").Expect("已存入").Expect("再改")
	one.ExpectNot("处待补").Type("e").Expect("再改").Type("，张敏")
	two.Press("home").Type("/")
	for i := 0; !strings.Contains(cursorLine(two), "再改"); i++ {
		if i > 200 {
			t.Fatal("the paragraph is not found:\n" + two.Screen())
		}
		two.Press("down").Idle()
	}
	two.Type("e").Expect("{{…}}").Type("，李敏").Press("ctrl+s").Expect("再改，李敏")
	one.Press("ctrl+s").Expect("您的").Expect("再改，张敏").Expect("再改，李敏").Press("enter").Expect("已存入")
	var all []string
	for _, text := range model.ReportEdits(savedReport(t, led)) {
		all = append(all, text)
	}
	slices.Sort(all)
	if got := strings.Join(all, "|"); got != "初稿，再改，张敏|李敏的打算" {
		t.Error(got)
	}
}

// A report that was sent keeps its figures: what came since is told, on the screen
// with its records, and a change needs its reason.
func TestReportSent(t *testing.T) {
	led, as := sampleOffice(t)
	d := as("")
	d.Press("r").Expect("能写的报告").Press("enter").Expect("内部").Press("down", "enter").Expect("2处待补")
	for _, text := range []string{"人手不足。", "再办十场。"} {
		d.Type("g").Expect("按 e 填写").Type("e").Expect("这里要写").Type(text).Press("ctrl+s").Expect("已存入").Expect(text)
	}
	d.Press("ctrl+s").Expect("写成：").Type("3").Expect("写成什么文件").Type("3").Expect("报给谁").Type("文昌街道").Press("enter").Expect("已记为上报：R-2026-0001")
	rec := savedReport(t, led)
	if model.ReportState.Of(rec) != model.ReportSent || rec.Get("sent_to") != "文昌街道" || rec.Get("sent_on") != model.NewDate(sample.Year, 12, 31) {
		t.Fatalf("%v", rec.Values)
	}
	name, _ := rec.Get("file").(string)
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(led.Path()), "exports", name))
	if err != nil || !strings.Contains(string(raw), "再办十场。") || strings.Contains(string(raw), "待补") {
		t.Fatalf("%v %.200s", err, raw)
	}
	frozen := model.ReportFigures(rec)
	i := slices.IndexFunc(frozen, func(f model.FrozenFigure) bool {
		return f.Value == "73" && strings.HasPrefix(f.Query, "活动·场次")
	})
	if i < 0 || len(frozen[i].IDs) != 73 {
		t.Fatalf("the figures kept: %+v", frozen)
	}
	d.Press("esc").Expect("已上报")
	id := add(t, led, "activity", "date", "2026-12-30", "title", "年终座谈", "lines", "文体", "venue", "会议室", "attend_total", "20")
	d.Press("enter").Expect("上报后变了").Type("t").Expect("上报时 73，现为 74").Expect("多1条").ExpectNot("少0条")
	for i := 0; !strings.Contains(cursorLine(d), "活动·场次，2026年：上报时 73"); i++ {
		if i > 30 {
			t.Fatal(d.Screen())
		}
		d.Press("down").Idle()
	}
	d.Press("enter").Expect("多出或少了的记录").Expect("年终座谈").Expect(id)
	d.Press("esc").Expect("现为 74").Type("t").ExpectNot("现为 74")
	// Afterwards a paragraph changes with a reason only.
	d.Type("e").Expect("{{…}}").Type("（修订）").Press("ctrl+s").Expect("改动的原因").Type("街道要求修订").Press("enter").Expect("已存入")
	if len(model.ReportFigures(savedReport(t, led))) != len(frozen) {
		t.Error("the figures that were sent changed")
	}
	d.Quit()

	// The same by function: from 73 to 74, with the record that came.
	src, err := export.FromLedger(context.Background(), led, dbtest.Actor(t, led))
	if err != nil {
		t.Fatal(err)
	}
	text, err := export.ReadTemplate(led.Path(), "summary", model.ZH, led.Schema(), model.ReportEdits(savedReport(t, led)))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := text.Fill(src, report.Job{Period: model.YearOf(model.NewDate(2026, 1, 1)), Audience: model.Superior, Lang: model.ZH})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, delta := range export.Deltas(frozen, doc) {
		if delta.WasExactly == "73" && delta.IsExactly == "74" {
			found = slices.Equal(delta.Added, []string{id}) && len(delta.Gone) == 0
		}
	}
	if !found {
		t.Error("no change from 73 to 74")
	}
}

// A report of tables shows as text and is written.
func TestReportTable(t *testing.T) {
	led, as := sampleOffice(t)
	d := as("")
	d.Press("r").Expect("活动一览").Press("down", "enter").Expect("内部").Press("enter").Expect("活动一览表").Expect("2026年")
	// Columns beyond the edge come into sight, and the first ones again.
	d.Press("down", "down", "down").Idle()
	first := d.Screen()
	seen := ""
	for range 12 {
		d.Press("right").Idle()
		seen += d.Screen()
	}
	for _, word := range []string{"序号", "日期", "名称", "地点", "人次", "负责人", "备注"} {
		if !strings.Contains(first+seen, word) {
			t.Errorf("%s is out of reach", word)
		}
	}
	if strings.Contains(first, "备注") {
		t.Error("the table fits the screen; the test tests nothing")
	}
	for range 12 {
		d.Press("left").Idle()
	}
	d.Until("the left edge again", func() bool { return d.Screen() == first })
	d.Press("ctrl+s").Expect("写成什么文件").Type("6").Expect("已写好").Expect("activities-2026-20261231.txt")
	if _, err := os.Stat(filepath.Join(filepath.Dir(led.Path()), "exports", "activities-2026-20261231.txt")); err != nil {
		t.Error(err)
	}
}
