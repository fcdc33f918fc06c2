package export

import (
	"io"
	"strconv"

	"taizhang/model"
)

// HandoverJob says of which period the registers are handed over, for whom and
// how. The zero period is all time.
type HandoverJob struct {
	Period   model.Period
	Format   Format // XLSX, DOCX, HTML, CSV, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
}

// held is what a register holds.
type held struct {
	reg         *model.Register
	n           int64
	first, last model.Date // of those with a date
	from, to    string     // ids, in their order
}

// tally counts the final records of a register; of what lasts, all there are.
func tally(src Source, reg *model.Register, p model.Period) (h held, err error) {
	h.reg = reg
	if reg.Lasts() {
		p = model.Period{}
	}
	err = src.Scan(reg.Key, p, func(r *model.Record) error {
		h.n++
		if d := r.Date(); reg.DateField != "" && !d.IsZero() {
			if h.first.IsZero() || d.First().Before(h.first.First()) {
				h.first = d
			}
			if h.last.IsZero() || h.last.Last().Before(d.Last()) {
				h.last = d
			}
		}
		if h.from == "" || r.ID < h.from {
			h.from = r.ID
		}
		if r.ID > h.to {
			h.to = r.ID
		}
		return nil
	})
	return h, err
}

// span writes from and to, once where they are the same.
func span(from, to string) string {
	if from == to {
		return from
	}
	return from + "—" + to
}

// paperDate is a date as tables have it: a half or a quarter in words, since
// 2026H1 says nothing to who reads the paper.
func paperDate(d model.Date, l model.Lang) string {
	if d.Precision == model.ByHalf || d.Precision == model.ByQuarter {
		return d.Echo(l)
	}
	return d.String()
}

// Handover writes 移交清册: what each register holds, from when to when, with room
// for whoever hands it over and takes it over. Registers without records are left
// out. It names nobody.
func Handover(w io.Writer, src Source, job HandoverJob) error {
	c := src.Context()
	t := func(zh, en string) string { return model.W(zh, en).In(job.Lang) }
	period := t("全部", "all time")
	if !job.Period.IsZero() {
		period = periodText(job.Period, job.Lang)
	}
	s := &sheet{lang: job.Lang, unit: clean(src.Unit()), fonts: c.Schema.Fonts(), asTyped: job.AsTyped, title: clean(src.Unit()) + t("台账移交清册", ": handover list"),
		about: []string{t("期间：", "Period: ") + period, t("制表日期：", "Drawn up: ") + c.Today().String()}}
	p := part{columns: []sheetColumn{{Column{Head: t("序号", "No."), Right: true}, 6}, {Column{Head: t("台账", "Register")}, 16}, {Column{Head: t("条数", "Records"), Right: true}, 8},
		{Column{Head: t("起止日期", "From and to")}, 22}, {Column{Head: t("编号", "Ids")}, 0}, {Column{Head: t("移交人", "Handed over by"), Hand: true}, 10}, {Column{Head: t("接收人", "Taken over by"), Hand: true}, 10}}}
	total := int64(0)
	for _, reg := range c.Schema.Registers {
		h, err := tally(src, reg, job.Period)
		if err != nil {
			return err
		}
		if h.n == 0 {
			continue
		}
		dates := ""
		if !h.first.IsZero() {
			dates = span(paperDate(h.first, job.Lang), paperDate(h.last, job.Lang))
		}
		total += h.n
		p.rows = append(p.rows, sheetRow{rowLine, []string{strconv.Itoa(len(p.rows) + 1), clean(reg.Words.In(job.Lang)), count(h.n), dates, span(h.from, h.to), "", ""}})
	}
	p.rows = append(p.rows, sheetRow{rowTotal, []string{"", t("合计", "Total"), count(total), "", "", "", ""}})
	s.parts = []part{p}
	s.signs = []string{t("移交人", "Handed over by"), t("接收人", "Taken over by"), t("监交人", "Witnessed by")}
	s.notes = []string{t("条数是有效的记录，草稿、作废和已删除的不计；没有记录的台账不列。", "Records are those in force: drafts, void and deleted ones are not counted; registers without any are left out."),
		t("导出对象：", "For: ") + job.Audience.Words().In(job.Lang) + " · " + witness(src, job.Lang)}
	return s.write(w, job.Format)
}
