package export

import (
	"io"
	"slices"

	"taizhang/model"
)

// AidJob says which period's aid is summed up, for whom and how.
type AidJob struct {
	Period   model.Period
	Format   Format // DOCX, XLSX, HTML, CSV, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
}

// Aid writes 慰问汇总表: 户 户次 人 元 物资 of a period by occasion, category and
// source of funds, and what the sources have left. In public, figures so small
// that a person might be recognised are hidden, and the budgets left out: what one
// or two were given would follow from them.
func Aid(w io.Writer, src Source, job AidJob) error {
	c := src.Context()
	f, err := Figures(src, job.Period)
	if err != nil {
		return err
	}
	t := func(zh, en string) string { return model.W(zh, en).In(job.Lang) }
	rows := f.Aid(c, job.Lang)
	if job.Audience == model.Public {
		rows = hideSmall(rows, job.Lang)
		f.Visit.Budgets = nil
	}
	s := &sheet{lang: job.Lang, unit: clean(src.Unit()), fonts: src.Context().Schema.Fonts(), asTyped: job.AsTyped, title: clean(src.Unit()) + t("慰问汇总表", ": aid summary"),
		about: []string{t("期间：", "Period: ") + periodText(job.Period, job.Lang), t("制表日期：", "Drawn up: ") + c.Today().String()}}
	groups := byLabel(rows)
	total := groups[0]
	columns := []sheetColumn{{Column{}, 24}}
	for _, r := range total[:len(total)-1] {
		columns = append(columns, sheetColumn{Column{Head: r.Unit, Right: true}, 10})
	}
	columns = append(columns, sheetColumn{Column{Head: total[len(total)-1].Unit}, 0})
	line := func(kind rowKind, group []model.FigureRow) sheetRow {
		cells := []string{clean(group[0].Label)}
		for _, r := range group {
			cells = append(cells, clean(r.Value))
		}
		return sheetRow{kind, cells}
	}
	for _, group := range groups[1:] {
		if n := len(s.parts); n == 0 || s.parts[n-1].head != group[0].Section {
			s.parts = append(s.parts, part{head: group[0].Section, columns: columns})
		}
		p := &s.parts[len(s.parts)-1]
		p.rows = append(p.rows, line(rowLine, group))
	}
	if s.parts == nil {
		s.parts = []part{{head: total[0].Section, columns: columns}}
	}
	for i := range s.parts {
		s.parts[i].rows = append(s.parts[i].rows, line(rowTotal, total))
	}
	if p := budgetPart(c, f.Visit.Budgets, job.Lang); p != nil {
		s.parts = append(s.parts, *p)
	}
	if job.Audience != model.Public {
		s.signs = []string{t("制表", "Prepared by"), t("审核", "Reviewed by"), t("审批", "Approved by")}
	}
	s.notes = []string{t("户、人按去重后的数；一人可有几种类别，各类相加可能多于合计；慰问金只计有效记录，冲销的不计。",
		"Households and persons are distinct; a person may be in several categories, so they may add up to more than the total; what was reversed is in no figure."),
		t("导出对象：", "For: ") + job.Audience.Words().In(job.Lang) + " · " + witness(src, job.Lang)}
	return s.write(w, job.Format)
}

// budgetPart is a table of budgets, nil where there are none.
func budgetPart(c *model.Context, budgets []model.BudgetFigure, l model.Lang) *part {
	if len(budgets) == 0 {
		return nil
	}
	t := func(zh, en string) string { return model.W(zh, en).In(l) }
	p := &part{head: t("资金预算", "Budgets"), columns: []sheetColumn{{Column{Head: t("资金来源", "Source of funds")}, 24}, {Column{Head: t("期间", "Period")}, 0},
		{Column{Head: t("预算（元）", "Budget")}, 14}, {Column{Head: t("已用（元）", "Used"), Right: true}, 14}, {Column{Head: t("结余（元）", "Left"), Right: true}, 14}}}
	p.columns[2].Right = true
	for _, b := range budgets {
		cells := []string{clean(c.Schema.Vocab("FUND").Text(b.Fund, l)), b.Period, b.Amount.Text(), "-", "-"}
		if b.Used != nil {
			cells = slices.Concat(cells[:3], []string{b.Used.Text(), b.Left.Text()})
		}
		p.rows = append(p.rows, sheetRow{rowLine, cells})
	}
	return p
}
