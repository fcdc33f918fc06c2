package tui

import (
	"context"
	"fmt"
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

// The screens of figures and of the grid list what was found too, and ask an
// approver for her reasons; a clerk reads the list and goes on.
func TestEveryScreenListsWhatWasFound(t *testing.T) {
	for _, approver := range []bool{false, true} {
		led := dbtest.New(t)
		opt := optionsFor(t, led, model.ZH)
		if approver {
			opt.Opened.Actor.Roles = append(opt.Opened.Actor.Roles, model.Approver)
		}
		d := drive.Start(t, New(opt, cell.Narrow), 80, 24)
		add(t, led, "compound", "name", "和平小区")
		home := add(t, led, "household", "head", "王秀兰", "compound", "和平小区", "building", "3", "room", "501")
		p := add(t, led, "person", "name", "王秀兰", "household", home, "birth", "1950-01-01", "cats", "低保户")
		add(t, led, "activity", "date", "2026-03-01", "title", "联系13987654321报名义诊", "lines", "文体", "venue", "大厅", "attend_total", "10")
		d.Press("0").Expect("活动").Press("w").Expect("给谁看").Type("公示").Press("enter").Expect("写成").Press("enter")
		listed := func(n int) {
			t.Helper()
			if approver {
				d.Expect(fmt.Sprintf("放行第1处（共%d处）手机号 13*********", n)).Type("太短").Press("enter").Expect("理由至少10个字")
				for i := range n {
					d.Expect(fmt.Sprintf("放行第%d处", i+1)).Type("义诊报名专用电话已征得本人同意").Press("enter")
				}
				d.Expect("已写好")
				return
			}
			d.Expect(fmt.Sprintf("隐私检查：发现%d处", n)).ExpectNot("--override").Expect("1. 手机号：13*********").ExpectNot("放行第1处").ExpectNot("已写好")
		}
		listed(1)
		add(t, led, "visit", "date", "2026-03-01", "person", p, "household", home, "occasion", "2026三八", "amount", "100", "goods", "米送自13987654321 1 袋", "consent_pub", "实名", "fund", "党费")
		d.Press("esc").Idle().Press("3", "ctrl+t").Expect("2026三八").Press("w").Expect("发放明细表").Press("1").Expect("给谁看").Type("公示").Press("enter")
		listed(3)
		d.Quit()
	}
}
