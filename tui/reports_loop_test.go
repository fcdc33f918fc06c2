package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
)

// A paragraph that a loop repeats is rewritten on the screen once for all rounds,
// checked at once, and given back to the template.
func TestReportLoop(t *testing.T) {
	led, as := sampleOffice(t)
	folder := filepath.Join(filepath.Dir(led.Path()), "templates")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "月报.txt"), []byte("# 月报\n{{每条 活动 限2}}\n办了{{名称}}。\n{{完}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := as("")
	d.Press("r").Expect("能写的报告")
	to(t, d, "月报").Press("enter").Expect("内部").Press("down", "enter").Expect("还没有存过").Expect("办了")
	to(t, d, "办了").Type("e").Expect("这一段逐条重复").Expect("办了{{名称}}。")
	d.Type("{{人此}}").Press("ctrl+s").Expect("是不是“人次”")
	for range 3 {
		d.Press("backspace")
	}
	d.Type("次}}人到场。").Press("ctrl+s").Expect("已存入文稿 R-2026-0001").Expect("人到场。")
	if n := strings.Count(d.Screen(), "人到场。"); n != 2 {
		t.Errorf("%d rounds are rewritten:\n%s", n, d.Screen())
	}
	if edits := model.ReportEdits(savedReport(t, led)); len(edits) != 1 {
		t.Errorf("%v", edits)
	}
	d.Press("ctrl+x").Expect("已恢复").ExpectNot("人到场。")
}
