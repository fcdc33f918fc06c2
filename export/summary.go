package export

import (
	"bufio"
	"io"
	"slices"

	"taizhang/model"
)

// SummaryJob says which period is summed up, for whom and how.
type SummaryJob struct {
	Period   model.Period
	Format   Format // CSV or Markdown
	Audience model.Audience
	Lang     model.Lang
}

// Summary writes the figures of a period. As Markdown it opens with a sentence
// and, for readers inside and above, closes with what the figures were counted
// from; in public it names the activities and hides counts so small that a
// person might be recognised. As CSV it is the figures alone.
func Summary(w io.Writer, src Source, job SummaryJob) error {
	if job.Format != CSV && job.Format != Markdown {
		return model.Problemf("摘要只能写成 csv 或 md", "a summary is written as csv or md")
	}
	s := &summary{SummaryJob: job, src: src, c: src.Context()}
	if err := s.read(); err != nil {
		return err
	}
	if job.Format == CSV {
		return s.csv(w)
	}
	out := bufio.NewWriter(w)
	s.markdown(out)
	return out.Flush()
}

type summary struct {
	SummaryJob
	src        Source
	c          *model.Context
	figures    *model.Figures
	posted     map[string]int64 // disclosures that were posted, by class
	rows       []model.FigureRow
	activities []*model.Record
	issues     []*model.Record
}

// Figures counts a period.
func Figures(src Source, p model.Period) (*model.Figures, error) {
	return scan(src, p, func(*model.Record, string) {})
}

// scan counts a period, register by register, and shows each record to look,
// a disclosure with its class.
func scan(src Source, p model.Period, look func(r *model.Record, class string)) (*model.Figures, error) {
	c, figures := src.Context(), model.NewFigures(p).By(src.Context())
	classes := map[string]string{}
	class := func(id string) string {
		name, ok := classes[id]
		if !ok {
			if item := c.Book.Record(id); item != nil {
				name = model.CatalogueClass.Of(item)
			}
			classes[id] = name
		}
		return name
	}
	for _, key := range []string{"activity", "visit", "issue"} {
		err := src.Scan(key, p, func(r *model.Record) error {
			figures.Add(r, class)
			if key == "issue" {
				look(r, class(model.IssueItem.Of(r).ID))
			} else {
				look(r, "")
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return figures, src.Scan(model.Budget.Key, model.Period{}, func(b *model.Record) error {
		figures.AddBudget(b, c)
		return nil
	})
}

// read counts the period and keeps what is listed, oldest first.
func (s *summary) read() (err error) {
	s.posted = map[string]int64{}
	s.figures, err = scan(s.src, s.Period, func(r *model.Record, class string) {
		if state := model.IssueState.Of(r); model.IssuePostedBy.Has(r) && state != model.IssueSuperseded && state != model.IssueVoid {
			s.posted[class]++
		}
		switch {
		case s.c.Withheld(r, s.Audience):
		case r.Register.Key == "activity" && model.ActivityHeld.Of(r) == model.HeldDone && s.Period.Contains(r.Date()):
			s.activities = append(s.activities, r)
		case r.Register.Key == "issue":
			s.issues = append(s.issues, r)
		}
	})
	if err != nil {
		return err
	}
	slices.Reverse(s.activities)
	slices.Reverse(s.issues)
	if s.Audience == model.Public {
		s.figures.Disclosure.ByState = nil // how far a draft is concerns nobody outside
	}
	if v := &s.figures.Visit; s.Audience == model.Public { // who was visited where and by whom tells too much
		clear(v.ByBuilding)
		clear(v.ByWay)
		clear(v.ByVisitor)
		v.Budgets = nil
	}
	if v := &s.figures.Visit; s.Audience == model.Public && (small(v.Households) || small(v.Persons)) {
		clear(v.Goods) // what one or two were given would stand there exactly
	}
	s.rows = s.figures.Rows(s.c, s.Lang)
	if s.Audience == model.Public {
		s.rows = hideSmall(s.rows, s.Lang)
	}
	return nil
}

func (s *summary) t(zh, en string) string { return model.W(zh, en).In(s.Lang) }

func (s *summary) csv(w io.Writer) error {
	c := newCSV(w)
	c.t = &table{Job: Job{Lang: s.Lang}, heads: []string{s.t("部分", "Section"), s.t("项目", "Item"), s.t("单位", "Unit"), s.t("数值", "Value")}}
	if err := c.begin(c.t); err != nil {
		return err
	}
	for _, r := range s.rows {
		if err := c.write([]string{clean(r.Section), clean(r.Label), clean(r.Unit), clean(r.Value)}); err != nil {
			return err
		}
	}
	if err := c.write([]string{witness(s.src, s.Lang), "", "", ""}); err != nil {
		return err
	}
	return c.end(Result{})
}

func (s *summary) markdown(w *bufio.Writer) {
	period := periodText(s.Period, s.Lang)
	w.WriteString("# " + markdown(s.src.Unit()+model.Sayf(" %s工作情况", ": work report, %s", period).In(s.Lang)) + "\n\n")
	w.WriteString(markdown(s.prose(period)) + "\n")
	s.figureTables(w)
	s.activityList(w)
	if s.Audience == model.Inside || s.Audience == model.Superior {
		s.issueList(w)
	}
	w.WriteString("\n" + markdown(s.t("导出对象：", "For: ")+s.Audience.Words().In(s.Lang)+" · "+witness(s.src, s.Lang)) + "\n")
}

func (s *summary) heading(w *bufio.Writer, text string) {
	w.WriteString("\n## " + markdown(text) + "\n\n")
}

// figureTables writes a table for each section: a row for each label, a column
// for each unit where all labels have the same ones, else unit and number.
func (s *summary) figureTables(w *bufio.Writer) {
	for from := 0; from < len(s.rows); {
		to := from
		for to < len(s.rows) && s.rows[to].Section == s.rows[from].Section {
			to++
		}
		s.heading(w, s.rows[from].Section)
		s.figureTable(w, s.rows[from:to])
		from = to
	}
}

func (s *summary) figureTable(w *bufio.Writer, rows []model.FigureRow) {
	groups := byLabel(rows)
	var units []string
	for _, r := range groups[0] {
		units = append(units, r.Unit)
	}
	same := !slices.ContainsFunc(groups, func(g []model.FigureRow) bool {
		return !slices.EqualFunc(g, units, func(r model.FigureRow, unit string) bool { return r.Unit == unit })
	})
	item := s.t("项目", "Item")
	if !same {
		w.WriteString(markdownRow([]string{item, s.t("数值", "Value"), s.t("单位", "Unit")}))
		w.WriteString(markdownRule([]bool{false, true, false}))
		for _, r := range rows {
			w.WriteString(markdownRow([]string{clean(r.Label), clean(r.Value), clean(r.Unit)}))
		}
		return
	}
	right := make([]bool, len(units)+1)
	for i := range units {
		right[i+1] = true
	}
	w.WriteString(markdownRow(append([]string{item}, units...)))
	w.WriteString(markdownRule(right))
	for _, g := range groups {
		cells := []string{clean(g[0].Label)}
		for _, r := range g {
			cells = append(cells, clean(r.Value))
		}
		w.WriteString(markdownRow(cells))
	}
}

// byLabel splits the rows of a section into runs of one label, which share
// their memory with it.
func byLabel(rows []model.FigureRow) [][]model.FigureRow {
	var out [][]model.FigureRow
	from := 0
	for i := range rows {
		if i+1 == len(rows) || rows[i+1].Label != rows[i].Label {
			out = append(out, rows[from:i+1])
			from = i + 1
		}
	}
	return out
}

// activityList is the 活动一览表: in public the days and titles only.
func (s *summary) activityList(w *bufio.Writer) {
	if len(s.activities) == 0 {
		return
	}
	keys := []string{"date", "title", "venue", "attend_total", "owner", "audience", "summary", "recorder"}
	if s.Audience == model.Public {
		keys = keys[:2]
	}
	s.heading(w, s.t("活动一览表", "Activities"))
	s.records(w, s.activities, keys)
}

// issueList is what was disclosed, item by item, and how far it is.
func (s *summary) issueList(w *bufio.Writer) {
	if len(s.issues) == 0 {
		return
	}
	s.heading(w, s.t("公开情况一览表", "Disclosures"))
	s.records(w, s.issues, []string{"code", "item", "period", "state", "due", "posted"})
}

// records writes some fields of records as a table, with a running number.
func (s *summary) records(w *bufio.Writer, records []*model.Record, keys []string) {
	t := newTable(s.c, Job{Register: records[0].Register, Audience: s.Audience, Lang: s.Lang}, &Result{})
	var fields []*model.Field
	for _, k := range keys {
		if f := t.Job.Register.Field(k); f != nil && f.ShownTo(s.Audience) {
			fields = append(fields, f)
		}
	}
	t.fields, t.ids = fields, false
	heads, right := []string{noWords.In(s.Lang)}, []bool{true}
	for _, f := range fields {
		heads, right = append(heads, f.Words.In(s.Lang)), append(right, f.Numeric())
	}
	w.WriteString(markdownRow(heads))
	w.WriteString(markdownRule(right))
	for i, r := range records {
		w.WriteString(markdownRow(t.lead(line{r, t.mask(s.c, r)}, i+1).cells))
	}
}
