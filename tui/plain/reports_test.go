package plain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// A text in the dialogue: period, reader, the gaps filled, a final copy refused
// before and written after; and a report of tables.
func TestReports(t *testing.T) {
	led := dbtest.New(t)
	said, err := talk(t, led, model.ZH, "r", "1", "2026年", "2", "w", "2", "txt", "", "f", "人手不足。", "再办十场。", "r", "w", "2", "txt", "<", "发放明细", "春节", "1", "txt", "<", "q")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "报告", "工作总结", "2处待补", "还不能定稿", "【待补：存在的问题和不足】", "已存入文稿 R-2026-0001", "0处待补", "人手不足。", "summary-2026-20260308.txt", "继续 R-2026-0001", "再见")
	folder := filepath.Join(filepath.Dir(led.Path()), "exports")
	b, err := os.ReadFile(filepath.Join(folder, "summary-2026-20260308.txt"))
	if err != nil || !strings.Contains(string(b), "再办十场。") || strings.Contains(string(b), "待补") {
		t.Errorf("%v %s", err, b)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files { // the refused copy left nothing behind
		if strings.HasPrefix(f.Name(), ".") {
			t.Errorf("left behind: %s", f.Name())
		}
	}
	list, err := led.List(context.Background(), db.Query{Register: model.Report.Key})
	if err != nil || len(list) != 1 || len(model.ReportEdits(list[0])) != 2 {
		t.Errorf("%v %v", err, list)
	}
	said, err = talk(t, led, model.EN, "r", "1", "<", "<", "q")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "Reports", "Go on with R-2026-0001", "0 gaps", "Goodbye")
}

// A report goes up from the dialogue too: its figures are kept, what changes later is
// read out, and the next copy does not send it again.
func TestReportsSent(t *testing.T) {
	led := dbtest.New(t)
	day := model.DateOf(led.Now())
	activity := func() {
		dbtest.Add(t, led, "activity", model.Values{"date": day, "title": "座谈", "lines": []string{"文体"}, "venue": model.Ref{Text: "会议室"}, "attend_total": int64(20), "held": "已举办", "role": "主办", "level": "社区"})
	}
	activity()
	said, err := talk(t, led, model.ZH, "r", "1", "2026年", "2", "f", "人手不足。", "再办十场。", "w", "3", "文昌街道", "txt", "c", "<", "<", "q")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "报给谁", "summary-2026-20260308.txt", "已记为上报：R-2026-0001", "上报后没有变的数", "已上报 R-2026-0001", "再见")
	list, err := led.List(context.Background(), db.Query{Register: model.Report.Key})
	if err != nil || len(list) != 1 {
		t.Fatal(err, list)
	}
	rec := list[0]
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(led.Path()), "exports", "summary-2026-20260308.txt"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	if model.ReportState.Of(rec) != model.ReportSent || rec.Get("sent_to") != "文昌街道" || rec.Get("sha256") != hex.EncodeToString(sum[:]) || len(model.ReportFigures(rec)) == 0 {
		t.Errorf("%v", rec.Values)
	}
	activity()
	said, err = talk(t, led, model.ZH, "r", "1", "c", "w", "3", "txt", "<", "<", "q")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "已上报 R-2026-0001", "上报后变了", "活动·场次，2026年：上报时 1，现为 2", "1 草稿，2 定稿（回车", "summary-2026-20260308-2.txt", "再见")
	if list, err = led.List(context.Background(), db.Query{Register: model.Report.Key}); err != nil || list[0].Version != rec.Version {
		t.Errorf("%v: another copy changed the report", err)
	}
}

// What the privacy check finds in a public report is read out, and an approver lets
// it stand with her reason.
func TestReportsPublic(t *testing.T) {
	led := dbtest.New(t)
	dbtest.Add(t, led, "person", model.Values{"name": "王秀兰", "birth": model.NewDate(1941, 5, 6), "phone": "13812345678"})
	actor := dbtest.Actor(t, led)
	var roles []string
	for _, role := range append(actor.Roles, model.Approver) {
		roles = append(roles, string(role))
	}
	if _, err := led.Write(context.Background(), actor, db.RequestID{}, db.Op{Kind: db.Edit, ID: actor.Staff, Reason: "没有别的审批人", Values: model.Values{"roles": roles}}); err != nil {
		t.Fatal(model.Say(err, model.ZH))
	}
	answers := []string{"r", "1", "2026年", "3", "f", "请找王秀兰。", "再办十场。", "w", "2", "txt", "太短", "她本人同意公开自己的姓名。", "<", "<", "q"}
	said, err := talk(t, led, model.ZH, answers...)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "隐私检查：发现1处不能公开", "放行第1处（共1处）", "理由至少10个字", "已写好", "再见")
	entries, err := os.ReadDir(filepath.Join(filepath.Dir(led.Path()), "exports"))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v %v", err, entries)
	}
}
