package tui

import (
	"math/bits"
	"strings"

	"taizhang/model"
)

// placeWords name the places for the README, in the order of their bits.
var placeWords = []model.Words{
	model.W("首页", "home"), model.W("列表", "lists"), model.W("表单", "forms"), model.W("表单里的表格", "tables in forms"), model.W("详情", "details"),
	model.W("数字", "figures"), model.W("帮助", "help"), model.W("首次使用", "first screen"), model.W("菜单", "menus"),
	model.W("两人都改了", "both changed a record"), model.W("回收站（9、b）", "recycle bin (9, b)"), model.W("设置（9、s）", "settings (9, s)"), model.W("设置里加什么", "what to add"), model.W("查找", "search"), model.W("走访表", "grid of visits"),
	model.W("选项", "choices"), model.W("选列", "columns"), model.W("照抄", "copying"), model.W("保存前核对", "doubts before saving"),
	model.W("模板", "templates"), model.W("模板里的空", "blanks of a template"),
	model.W("命令", "commands"), model.W("我的偏好（9、p）", "my preferences (9, p)"),
	model.W("审批（公开详情里 t）", "approval (t in a disclosure)"),
	model.W("谁看过（详情里 w）", "who looked (w in details)"),
	model.W("公开看板", "board of disclosures"),
	model.W("导入", "import"),
	model.W("三会一课", "meetings of the branches"),
	model.W("报告（首页 r）", "reports (r on home)"), model.W("报告的文字", "text of a report"), model.W("报表", "tables of a report"), model.W("报告的一段", "paragraph of a report"),
}

// where names a set of places; what applies nearly everywhere is named by what
// it leaves out.
func (p place) where(l model.Lang) string {
	all := place(1)<<len(placeWords) - 1
	list := func(p place) string {
		var out []string
		for i, w := range placeWords {
			if p>>i&1 == 1 {
				out = append(out, w.In(l))
			}
		}
		return strings.Join(out, model.W("、", ", ").In(l))
	}
	switch out := all &^ p; {
	case out == 0:
		return model.W("各处", "everywhere").In(l)
	case bits.OnesCount64(uint64(out)) <= 4:
		return model.Sayf("各处（除%s）", "everywhere but %s", list(out)).In(l)
	}
	return list(p & all)
}

// KeyTable is the action table as Markdown: the READMEs hold it.
func KeyTable(l model.Lang) string {
	var b strings.Builder
	b.WriteString(model.W("| 在哪里 | 键 | 作用 |\n|---|---|---|\n", "| where | key | does |\n|---|---|---|\n").In(l))
	last := ""
	for i := range actions {
		a := &actions[i]
		keys := make([]string, len(a.keys))
		for j, k := range a.keys {
			keys[j] = keyName(k, l)
		}
		where := a.on.where(l)
		if where == last {
			where = ""
		} else {
			last = where
		}
		b.WriteString("| " + where + " | " + strings.Join(keys, model.W("、", ", ").In(l)) + " | " + a.help.In(l) + " |\n")
	}
	return b.String()
}
