package tui

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// to walks down a list to the line that holds a text.
func to(t *testing.T, d *drive.Driver, text string) *drive.Driver {
	t.Helper()
	d.Press("home").Idle()
	for range 60 {
		if strings.Contains(cursorLine(d), text) {
			return d
		}
		d.Press("down").Idle()
	}
	t.Fatalf("no line of %q:\n%s", text, d.Screen())
	return nil
}

// What a colleague rewrites while the file is being written is not in it: the file
// is not noted as sent, and nothing of hers is lost.
func TestReportSentMeanwhile(t *testing.T) {
	led, _ := sampleOffice(t)
	other := dbtest.Open(t, led.Path(), dbtest.NewClock(led.Now()))
	var armed atomic.Bool
	meanwhile := func() {
		r := savedReport(t, other)
		edits := model.ReportEdits(r)
		for block := range edits {
			edits[block] += "她的改动。"
			break
		}
		if _, err := other.Write(context.Background(), dbtest.Actor(t, other), db.RequestID{}, db.Op{Kind: db.Edit, ID: r.ID, Base: r.Version, Values: model.Values{"edits": model.ReportRows(edits)}}); err != nil {
			t.Error(err)
		}
	}
	now := led.Now()
	clock := func() time.Time { // asked for the name of the file, after the version was looked at
		if strings.Contains(string(debug.Stack()), "writeFile(") && armed.CompareAndSwap(true, false) {
			meanwhile()
		}
		return now
	}
	l, err := db.Open(led.Path(), db.Options{Clock: clock, User: func() (string, error) { return dbtest.Login, nil }})
	if err != nil {
		t.Fatal(err)
	}
	d := drive.Start(t, New(optionsFor(t, l, model.ZH), cell.Narrow), 80, 24)
	d.Press("r").Expect("能写的报告").Press("enter").Expect("内部").Press("down", "enter").Expect("2处待补")
	for _, text := range []string{"人手不足。", "再办十场。"} {
		d.Type("g").Expect("按 e 填写").Type("e").Expect("这里要写").Type(text).Press("ctrl+s").Expect("已存入").Expect(text)
	}
	armed.Store(true)
	d.Press("ctrl+s").Expect("写成：").Type("3").Expect("写成什么文件").Type("5").Expect("报给谁").Type("文昌街道").Press("enter")
	d.Expect("没有记为已上报").Expect("在写文件时被张敏改过").Press("down").Press("up").Expect("R-2026-0001 草稿").Idle()
	to(t, d, "她的改动。")
	if armed.Load() {
		t.Error("nothing was changed meanwhile")
	}
	if r := savedReport(t, led); model.ReportState.Of(r) == model.ReportSent || r.Get("figures") != nil || r.Get("sha256") != nil {
		t.Errorf("%v", r.Values)
	}
	// Once it was looked at it goes up.
	d.Press("ctrl+s").Expect("写成：").Type("3").Expect("写成什么文件").Type("5").Expect("报给谁").Type("文昌街道").Press("enter").Expect("已记为上报：R-2026-0001")
}

// A report of a Word document alone shows what it tells, and keeps the figures of
// the file that was sent; later it is counted by that document again.
func TestReportSentByWord(t *testing.T) {
	led, as := sampleOffice(t)
	raw, err := os.ReadFile("../export/docxtpl/testdata/redhead.docx")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(filepath.Dir(led.Path()), "templates")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "红头文件.docx"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	d := as("")
	d.Press("r").Expect("能写的报告")
	to(t, d, "红头文件").Press("enter").Expect("内部").Press("down", "enter").Expect("还没有存过").Expect("个数")
	d.Type("e").Expect("在 Word 模板里改")
	d.Press("ctrl+s").Expect("写成：").Type("3").Expect("还不能定稿").Type("3").Expect("照样定稿的理由").Type("街道要求先报这一份，文字后补").Press("enter")
	d.Expect("写成什么文件").Type("1").Expect("报给谁").Type("文昌街道").Press("enter").Expect("已记为上报：R-2026-0001")
	rec := savedReport(t, led)
	name, _ := rec.Get("file").(string)
	file, err := os.ReadFile(filepath.Join(filepath.Dir(led.Path()), "exports", name))
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(file); filepath.Ext(name) != ".docx" || rec.Get("sha256") != hex.EncodeToString(sum[:]) {
		t.Errorf("%s %v", name, rec.Get("sha256"))
	}
	frozen := model.ReportFigures(rec)
	events := func() (value string) {
		for _, f := range frozen {
			if strings.HasPrefix(f.Query, "活动·场次，2026年") && len(f.IDs) > 0 {
				return f.Value
			}
		}
		return ""
	}()
	if events != "73" {
		t.Fatalf("the figures kept: %q of %+v", events, frozen)
	}
	d.Press("down").Expect("已上报").ExpectNot("上报后变了")
	add(t, led, "activity", "date", "2026-12-30", "title", "年终座谈", "lines", "文体", "venue", "会议室", "attend_total", "20")
	d.Press("esc").Expect("R-2026-0001  已上报").Press("home").Expect("> R-2026-0001").Press("enter").Expect("上报后变了").Type("t").Expect("上报时 73，现为 74")
}
