package tui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/model"
)

func TestIntake(t *testing.T) {
	d, led := office(t, model.ZH, 100, 30)
	add(t, led, "person", "name", "张小明", "birth", "1949-05-16", "no_id_reason", "未提供")
	file := filepath.Join(t.TempDir(), "old.csv")
	write := func(text string) {
		if err := os.WriteFile(file, []byte("2025年走访台账\n走访时间,姓名,住址,金额,来源,走访人\n"+text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("3.1,张小明,3号楼,500元,党费,张敏\n3.2,李四,3号楼,500元,党费,张敏\n合计,,,1000,,\n")
	d.Press("3").Expect("走访慰问").Type("+").Expect("文件：").Type("/no/such.csv").Press("enter").Expect("没有这个文件")
	d.Press("ctrl+u").Type(file).Press("enter").Expect("可导入1条；1处不能导入").Expect("[不能导入] 第4行 姓名").Expect("[跳过] 第5行：合计行")
	d.Press("ctrl+s").Expect("有1处不能导入，怎么办").Press("enter").ExpectNot("怎么办")
	if n, err := led.Count(context.Background(), "visit", nil); n != 0 || err != nil {
		t.Errorf("%d were entered, %v", n, err)
	}
	write("3.1,张小明,3号楼,500元,党费,张敏\n")
	d.Press("ctrl+g").Expect("文件：").Press("enter").Expect("可导入1条；0处不能导入").Press("ctrl+s").Expect("已导入1条：V-2026-0001").Expect("备份")
	if amount := get(t, led, "V-2026-0001").Get("amount"); amount != model.Money(50000) {
		t.Errorf("%v", amount)
	}
	d.Press("ctrl+s").Expect("还没有可以导入的").Press("esc").ExpectNot("可导入1条").Press("ctrl+z").Expect("已撤销")
}
