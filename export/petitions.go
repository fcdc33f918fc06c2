package export

import (
	"fmt"
	"io"
	"strconv"

	"taizhang/model"
)

// PetitionsJob says of which period petitions are counted, for whom and how.
type PetitionsJob struct {
	Period   model.Period
	Format   Format // DOCX, XLSX, HTML, CSV, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
}

// Petitions writes 信访统计: what was received in a period by class, closed,
// overdue, passed on and found content, and the disputes that were settled. Of
// accusations it counts what stands on their cover, for every reader alike.
func Petitions(w io.Writer, src Source, job PetitionsJob) error {
	c := src.Context()
	t := func(zh, en string) string { return model.W(zh, en).In(job.Lang) }
	kinds, disputes := map[string][]*model.Record{}, map[string][]*model.Record{}
	for _, from := range []struct {
		reg  *model.Register
		kind func(*model.Record) string
		to   map[string][]*model.Record
	}{{model.Petition, model.PetitionKind.Of, kinds}, {model.Mediation, model.MediationKind.Of, disputes}} {
		err := src.Scan(from.reg.Key, job.Period, func(r *model.Record) error {
			from.to[from.kind(r)] = append(from.to[from.kind(r)], r)
			from.to[""] = append(from.to[""], r)
			return nil
		})
		if err != nil {
			return err
		}
	}
	s := &sheet{lang: job.Lang, unit: clean(src.Unit()), asTyped: job.AsTyped, title: clean(src.Unit()) + t("信访统计表", ": petitions"),
		about: []string{t("期间：", "Period: ") + periodText(job.Period, job.Lang), t("制表日期：", "Drawn up: ") + c.Today().String()}}
	add := func(head, first string, reg *model.Register, vocab string, by map[string][]*model.Record, keys []string, mean bool) error {
		p := part{head: head, columns: []sheetColumn{{Column{Head: first}, 0}}}
		var measures []*model.Measure
		for _, key := range keys {
			m, err := reg.Measure(key)
			if err != nil {
				return err
			}
			measures = append(measures, m)
			p.columns = append(p.columns, sheetColumn{Column{Head: m.Words.In(job.Lang), Right: true}, 12})
		}
		if mean {
			p.columns = append(p.columns, sheetColumn{Column{Head: t("平均天数", "Mean days"), Right: true}, 14})
		}
		line := func(kind rowKind, label string, records []*model.Record) {
			cells := []string{label}
			for _, m := range measures {
				cells = append(cells, strconv.FormatInt(reg.Tally(c, m, records).Value, 10))
			}
			if mean {
				cells = append(cells, meanDays(c, records))
			}
			p.rows = append(p.rows, sheetRow{kind, cells})
		}
		for _, term := range c.Schema.Vocab(vocab).Terms {
			if records := by[term.ZH]; records != nil || vocab == "PKIND" {
				line(rowLine, clean(term.Words().In(job.Lang)), records)
			}
		}
		line(rowTotal, totalWords.In(job.Lang), by[""])
		s.parts = append(s.parts, p)
		return nil
	}
	if err := add(t("来信来访", "Petitions"), t("类别", "Class"), model.Petition, "PKIND", kinds, []string{"received", "closed", "overdue", "passed", "content"}, true); err != nil {
		return err
	}
	if err := add(t("调解", "Mediations"), t("纠纷类型", "Dispute"), model.Mediation, "DISPUTE", disputes, []string{"mediations", "agreed"}, false); err != nil {
		return err
	}
	s.notes = []string{t("按收到日期计；逾期是超过期限办结或到制表日期还没有办结的；满意含基本满意，检举控告的满意度不计；平均天数是办结的从收到到答复。",
		"By the day of receipt; overdue: closed after the limit, or past it and open on the day this was drawn up; satisfied includes fairly satisfied, that of accusations is not counted; mean days from receipt to reply of those closed."),
		t("导出对象：", "For: ") + job.Audience.Words().In(job.Lang) + " · " + witness(src, job.Lang)}
	if job.Audience != model.Public {
		s.signs = []string{t("制表", "Prepared by"), t("审核", "Reviewed by")}
	}
	return s.write(w, job.Format)
}

// meanDays is how many days those that are closed took on average, to a tenth.
func meanDays(c *model.Context, records []*model.Record) string {
	days, _ := model.Petition.Measure("days")
	closed, _ := model.Petition.Measure("closed")
	n := model.Petition.Tally(c, closed, records).Value
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", float64(model.Petition.Tally(c, days, records).Value)/float64(n))
}
