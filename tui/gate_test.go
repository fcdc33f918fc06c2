package tui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// A public file that would name somebody's phone is not written from the list
// either; what was found is listed, masked.
func TestPublicFileIsChecked(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "activity", "date", "2026-03-01", "title", "联系13987654321报名义诊", "lines", "文体", "venue", "大厅", "attend_total", "10")
	d.Press("1").Expect("义诊").Press("space").Press("m").Expect("导出").Type("导出").Press("enter").Expect("写成").Type("csv").Press("enter").Expect("给谁看").Type("公示").Press("enter")
	d.Expect("隐私检查：发现1处").Expect("1. 手机号：13*********").ExpectNot("已写好")
	// A clerk is asked for nothing; the approver for a reason.
	d.ExpectNot("放行第1处")
	if files, _ := os.ReadDir(filepath.Join(filepath.Dir(led.Path()), "exports")); len(files) > 0 {
		t.Errorf("%v", files)
	}
}

func TestApproverLetsItStand(t *testing.T) {
	led := dbtest.New(t)
	opt := optionsFor(t, led, model.ZH)
	opt.Opened.Actor.Roles = append(opt.Opened.Actor.Roles, model.Approver)
	d := drive.Start(t, New(opt, cell.Narrow), 80, 24)
	add(t, led, "activity", "date", "2026-03-01", "title", "联系13987654321报名义诊", "lines", "文体", "venue", "大厅", "attend_total", "10")
	d.Press("1").Expect("义诊").Press("space").Press("m").Expect("导出").Type("导出").Press("enter").Expect("写成").Type("csv").Press("enter").Expect("给谁看").Type("公示").Press("enter")
	d.Expect("放行第1处（共1处）手机号 13*********").Type("太短").Press("enter").Expect("理由至少10个字").Expect("放行第1处")
	d.Type("义诊报名专用电话已征得本人同意").Press("enter").Expect("已写好")
	entries, err := led.EntriesSince(context.Background(), 0, 99)
	if err != nil || !strings.Contains(entries[len(entries)-1].Reason, "override=手机号:") {
		t.Errorf("%v %+v", err, entries[len(entries)-1])
	}
}
