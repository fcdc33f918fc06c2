package command_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// A saved report from the command line: listed, written with its rewritten
// paragraphs, and once sent compared with what the ledger says today.
func TestReportSaved(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "activity", "date=2027-03-08", "title=春季门球邀请赛", "lines=文体", "attend_total=84", "venue=健身文化广场")
	id := o.ok("add", "report", "title=2027年工作总结", "template=summary", "period=2027年", "audience=上报", "lang=中文")
	if out := o.ok("report", "list"); !strings.Contains(out, id) || !strings.Contains(out, "文稿，草稿") || !strings.Contains(out, "summary 2027") {
		t.Error(out)
	}
	if errs := o.refused(1, "", "report", "deltas", id); !strings.Contains(errs, "还没有上报") {
		t.Error(errs)
	}
	path := filepath.Join(t.TempDir(), "总结.txt")
	for _, c := range []struct {
		say  string
		args []string
	}{
		{"不另用", []string{"summary", "--saved", id, "--period", "2027", "--out", path}},
		{"不另用", []string{"summary", "--saved", id, "--audience", "public", "--out", path}},
		{"不用 --saved", []string{"aid", "--saved", id, "--out", path}},
		{"report summary --saved", []string{"application", "--saved", id, "--out", path}},
		{"编号", []string{"summary", "--saved", "A-2027-0001", "--out", path}},
	} {
		if errs := o.refused(2, "", append([]string{"report"}, c.args...)...); !strings.Contains(errs, c.say) {
			t.Errorf("%v: %s", c.args, errs)
		}
	}
	// As the screen leaves it: both gaps filled, sent with one figure.
	led, err := db.Open(o.path, db.Options{Clock: dbtest.NewClock(now).Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	actor, err := led.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	frozen := model.FrozenFigure{Block: "x", Query: "早先的一个数", Shown: "9", Value: "9", Count: 1, IDs: []string{"A-2027-0009"}}
	edit := db.Op{Kind: db.Edit, ID: id, Values: model.Values{"state": model.ReportSent, "figures": []model.Row{frozen.Row()},
		"edits": []model.Row{{"block": "gone", "text": "一"}}}}
	if _, err := led.Write(ctx, actor, db.RequestID{}, edit); err != nil {
		t.Fatal(err)
	}
	o.ok("report", "summary", "--saved", id, "--format", "txt", "--draft", "--out", path)
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), "改写没有用上") || !strings.Contains(string(b), "导出对象：上报") {
		t.Errorf("%v %s", err, b)
	}
	var deltas []struct {
		Query, Then, Now string
		Added, Gone      []string
	}
	if err := json.Unmarshal([]byte(o.ok("report", "deltas", id, "--format", "json")), &deltas); err != nil {
		t.Fatal(err)
	}
	came, gone := false, false
	for _, d := range deltas {
		came = came || strings.HasPrefix(d.Query, "活动·场次") && d.Then == "" && d.Now == "1" && len(d.Added) == 1
		gone = gone || d.Query == "早先的一个数" && d.Then == "9" && d.Now == "" && len(d.Gone) == 1
	}
	if !came || !gone {
		t.Errorf("%+v", deltas)
	}
	// What was sent changes with a reason only.
	if errs := o.refused(1, "", "edit", id, "title=另一个标题"); !strings.Contains(errs, "已上报") {
		t.Error(errs)
	}
	o.ok("edit", id, "title=另一个标题", "--reason", "街道要求")
	if errs := o.refused(1, "", "delete", id); !strings.Contains(errs, id+" 已上报，不能删除") {
		t.Error(errs)
	}
}
