package plain

import (
	"context"
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
	said, err := talk(t, led, model.ZH, "r", "1", "2026年", "2", "w", "2", "txt", "f", "人手不足。", "再办十场。", "r", "w", "2", "txt", "<", "发放明细", "春节", "1", "txt", "<", "q")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "报告", "汇总", "2处待补", "还不能定稿", "【待补：存在的问题和不足】", "已存入文稿 R-2026-0001", "0处待补", "人手不足。", "summary-2026-20260308.txt", "继续 R-2026-0001", "再见")
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
