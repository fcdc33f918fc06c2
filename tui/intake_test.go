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

// A column that nobody knows is said once, and known in the next file.
func TestIntakeColumns(t *testing.T) {
	d, led := office(t, model.ZH, 100, 30)
	add(t, led, "person", "name", "张小明", "birth", "1949-05-16", "no_id_reason", "未提供")
	file := filepath.Join(t.TempDir(), "old.csv")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("2025年走访台账\n走访时间,住址,姓名,发了多少,盖章栏,来源,走访人\n3.1,3号楼,张小明,500元,有,党费,张敏\n")
	d.Press("3").Expect("走访慰问").Type("+").Expect("文件：").Type(file).Press("enter").Expect("没有对上、不导入的列：发了多少、盖章栏")
	d.Press("c").Expect("哪一列").Expect("发了多少 → 没有对上").Press("enter").Expect("“发了多少”这一列是什么").Type("慰问金").Press("enter").Expect("发了多少→慰问金").Expect("不导入的列：盖章栏")
	d.Press("c").Expect("盖章栏 → 没有对上").Press("enter").Expect("“盖章栏”这一列是什么").Press("enter").Expect("照以前选的不导入的列：盖章栏")
	d.Press("ctrl+s").Expect("已导入1条：V-2026-0001")
	if amount := get(t, led, "V-2026-0001").Get("amount"); amount != model.Money(50000) {
		t.Errorf("%v", amount)
	}
	write("2026年走访台账\n走访时间,住址,姓名, 发了多少：,盖章栏,来源,走访人\n3.1,3号楼,张小明,700元,有,党费,张敏\n")
	d.Press("ctrl+g").Expect("文件：").Press("enter").Expect("发了多少：→慰问金").Press("ctrl+s").Expect("已导入1条：V-2026-0002")
	if amount := get(t, led, "V-2026-0002").Get("amount"); amount != model.Money(70000) {
		t.Errorf("%v", amount)
	}
	write("2026年走访台账\n走访时间,住址,姓名,发了多少,金额,来源,走访人\n3.2,3号楼,张小明,700元,600,党费,张敏\n") // what says it outright goes first
	d.Press("ctrl+g").Expect("文件：").Press("enter").Expect("不导入的列：发了多少")
}
