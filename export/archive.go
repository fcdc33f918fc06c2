package export

import (
	"cmp"
	"io"
	"slices"
	"strconv"

	"taizhang/model"
)

// ArchiveJob says of which period the papers are listed, for whom and how.
type ArchiveJob struct {
	Period   model.Period
	Format   Format // XLSX, DOCX, HTML, CSV, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
}

// paper is a line of the catalogue: a record, or the volume of a register.
type paper struct {
	by, no, title, date string
}

// Archive writes 归档目录: the papers of a period by how long they are kept, each
// record or the volume of a register (model.Archive, and what the office says in
// retention). Pages are counted on the paper. Whom the audience may not see is
// masked; a volume names nobody.
func Archive(w io.Writer, src Source, job ArchiveJob) error {
	c := src.Context()
	t := func(zh, en string) string { return model.W(zh, en).In(job.Lang) }
	var said []*model.Record
	err := src.Scan(model.Retention.Key, model.Period{}, func(r *model.Record) error {
		said = append(said, r)
		return nil
	})
	if err != nil {
		return err
	}
	keep := c.Keepings(said)
	terms := map[string][]paper{}
	basis := map[string][]string{}
	for _, reg := range c.Schema.Registers {
		k, ok := keep[reg.Key]
		if !ok || k.Term == model.KeepNone {
			continue
		}
		list, err := papers(src, reg, k, job)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			continue
		}
		terms[k.Term] = append(terms[k.Term], list...)
		if b := clean(k.Basis.In(job.Lang)); !slices.Contains(basis[k.Term], b) {
			basis[k.Term] = append(basis[k.Term], b)
		}
	}
	s := &sheet{lang: job.Lang, unit: clean(src.Unit()), fonts: c.Schema.Fonts(), asTyped: job.AsTyped, title: clean(src.Unit()) + t("归档目录", ": archive catalogue"),
		about: []string{t("期间：", "Period: ") + periodText(job.Period, job.Lang), t("归档期限：", "To be filed by: ") + model.ArchiveDue(int(job.Period.To.Year)).String(),
			t("制表日期：", "Drawn up: ") + c.Today().String()}}
	columns := []sheetColumn{{Column{Head: t("序号", "No."), Right: true}, 6}, {Column{Head: t("责任者", "Issued by")}, 22}, {Column{Head: t("文号", "Document no.")}, 14},
		{Column{Head: t("题名", "Title")}, 0}, {Column{Head: t("日期", "Date")}, 17}, {Column{Head: t("页数", "Pages"), Hand: true}, 5}, {Column{Head: t("期限", "Kept")}, 7}}
	n := 0
	vocab := c.Schema.Vocab("KEEP")
	for _, term := range vocab.Terms {
		list := terms[term.ZH]
		if len(list) == 0 {
			continue
		}
		name := vocab.Text(term.ZH, job.Lang)
		p := part{head: model.Sayf("%s（%d件）", "%s (%d)", model.W(term.ZH, name), len(list)).In(job.Lang), columns: columns}
		for _, x := range list {
			n++
			p.rows = append(p.rows, sheetRow{rowLine, []string{strconv.Itoa(n), x.by, x.no, x.title, x.date, "", name}})
		}
		s.parts = append(s.parts, p)
		for _, b := range basis[term.ZH] {
			s.notes = append(s.notes, name+t("：", ": ")+b)
		}
	}
	if len(s.parts) == 0 {
		s.parts = []part{{columns: columns}}
	}
	s.signs = []string{t("立卷人", "Filed by"), t("审核", "Reviewed by")}
	s.notes = append(s.notes, t("页数由立卷人按纸质材料填写。", "Pages are entered from the papers by whoever files them."),
		t("导出对象：", "For: ")+job.Audience.Words().In(job.Lang)+" · "+witness(src, job.Lang))
	return s.write(w, job.Format)
}

// papers are those of one register, oldest first.
func papers(src Source, reg *model.Register, k model.Keeping, job ArchiveJob) ([]paper, error) {
	c := src.Context()
	unit := clean(src.Unit())
	if !k.Each {
		h, err := tally(src, reg, job.Period)
		if err != nil || h.n == 0 {
			return nil, err
		}
		x := paper{by: unit, title: model.Sayf("%s%s（%d条）", "%s: %s (%d records)", model.W(periodText(job.Period, model.ZH), periodText(job.Period, model.EN)), reg.Words, h.n).In(job.Lang)}
		if !h.first.IsZero() {
			x.date = span(paperDate(h.first, job.Lang), paperDate(h.last, job.Lang))
		}
		return []paper{x}, nil
	}
	type dated struct {
		paper
		on model.Date
		id string
	}
	var list []dated
	err := src.Scan(reg.Key, job.Period, func(r *model.Record) error {
		if c.Withheld(r, job.Audience) {
			return nil
		}
		by, no, title := k.Paper(r, c, job.Audience, job.Lang)
		if by == "" {
			by = unit
		}
		if no == "" {
			no = r.ID
		}
		list = append(list, dated{paper{clean(by), clean(no), clean(title), paperDate(r.Date(), job.Lang)}, r.Date(), r.ID})
		return nil
	})
	slices.SortFunc(list, func(a, b dated) int { return cmp.Or(a.on.Compare(b.on), cmp.Compare(a.id, b.id)) })
	out := make([]paper, len(list))
	for i := range list {
		out[i] = list[i].paper
	}
	return out, err
}
