package export

import (
	"io"
	"slices"

	"taizhang/export/report"
	"taizhang/model"
)

// SummaryJob says which period is summed up, for whom and how.
type SummaryJob struct {
	Period   model.Period
	Format   Format // CSV, Markdown, DOCX, HTML or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool                   // in Word, punctuation stays as it was typed
	Template *report.Template       // of the text; nil: the program's own
	Told     func(*report.Document) // is shown the text that was written; nil: nobody
	Finish
}

// Summary writes the figures of a period. As a document it opens with the text
// of a work report, as far as a ledger can write it, and, for readers inside and above, closes with what the figures were counted
// from; in public it names the activities and hides counts so small that a
// person might be recognised. As CSV it is the figures alone.
func Summary(w io.Writer, src Source, job SummaryJob) error {
	s := &summary{SummaryJob: job, src: src, c: src.Context()}
	if err := s.read(); err != nil {
		return err
	}
	if job.Format == CSV {
		return s.csv(w)
	}
	text, err := s.text()
	if err != nil {
		return err
	}
	if job.Told != nil {
		job.Told(text)
	}
	return s.sheet(text).write(w, job.Format)
}

// text is what the summary opens with.
func (s *summary) text() (*report.Document, error) {
	t := s.Template
	if t == nil {
		src, _, err := report.Shelf{}.Source(SummaryReport, s.Lang)
		if err != nil {
			return nil, err
		}
		if t, err = report.ParseText(src, s.c.Schema, nil); err != nil {
			return nil, err
		}
	}
	doc, err := t.Fill(s.src, report.Job{Period: s.Period, Audience: s.Audience, Lang: s.Lang})
	if err != nil {
		return nil, err
	}
	return doc, s.Finish.ready(doc)
}

// SummaryReport is the name of the template the summary opens with.
const SummaryReport = "summary"

type summary struct {
	SummaryJob
	src        Source
	c          *model.Context
	figures    *model.Figures
	rows       []model.FigureRow
	activities []*model.Record
	issues     []*model.Record
}

// Figures counts a period; of the registers named alone where some are.
func Figures(src Source, p model.Period, registers ...string) (*model.Figures, error) {
	return scan(src, model.NewFigures(p, src.Context()), registers, func(*model.Record) {})
}

// Scans is how many registers counting a period reads.
func Scans(c *model.Context) int { return len(c.Schema.Measured()) + 2 }

// scan counts a period, register by register, and shows each record to look.
func scan(src Source, figures *model.Figures, only []string, look func(*model.Record)) (*model.Figures, error) {
	c, p := src.Context(), figures.Period
	wanted := func(key string) bool { return len(only) == 0 || slices.Contains(only, key) }
	// Nothing is owed yet of periods that end after a year from today.
	owed := p
	if last := c.Today().AddDays(366); owed.To.After(last) {
		owed.To = last
	}
	board := model.NewBoard(owed, c.Today())
	for _, reg := range c.Schema.Measured() {
		if !wanted(reg.Key) {
			continue
		}
		span := p
		if reg.Lasts() {
			span = model.Period{}
		}
		err := src.Scan(reg.Key, span, func(r *model.Record) error {
			figures.Add(r)
			if reg.Key == model.Issue.Key {
				board.AddIssue(r)
			}
			look(r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if !wanted(model.Issue.Key) {
		return figures.Finish(), nil
	}
	err := src.Scan(model.Catalogue.Key, model.Period{}, func(r *model.Record) error {
		board.AddItem(r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	board.Finish()
	figures.AddRates(board)
	if !wanted(model.Visit.Key) {
		return figures.Finish(), nil
	}
	return figures.Finish(), src.Scan(model.Budget.Key, model.Period{}, func(b *model.Record) error {
		figures.AddBudget(b, c)
		return nil
	})
}

// read counts the period and keeps what is listed, oldest first.
func (s *summary) read() (err error) {
	s.figures, err = scan(s.src, model.NewFigures(s.Period, s.c).Monthly(), nil, func(r *model.Record) {
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
	if v := &s.figures.Visit; s.Audience == model.Public {
		s.figures.Public(small(v.Households) || small(v.Persons))
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

// sheet lays the summary out as a document.
func (s *summary) sheet(text *report.Document) *sheet {
	out := textSheet(s.src, text, s.Finish, s.Audience, s.AsTyped)
	out.parts = s.figureParts()
	if c := s.chart(); c != nil && len(out.parts) > 0 {
		c.under, out.chart = out.parts[0].head, c
	}
	if len(s.activities) > 0 {
		out.parts = append(out.parts, s.activityPart())
	}
	if len(s.issues) > 0 && (s.Audience == model.Inside || s.Audience == model.Superior) {
		out.parts = append(out.parts, s.issuePart())
	}
	return out
}

// chart is the activities by month; nil where that is one month or too many, or
// where not every activity has its month.
func (s *summary) chart() *chart {
	months := s.Period.Months()
	if months < 2 || months > mostBars || s.figures.Activity.Events == 0 {
		return nil
	}
	c := &chart{caption: s.t("各月活动场次", "Activities by month"), series: s.t("活动场次", "Activities")}
	from, sum := s.Period.From.First(), int64(0)
	for i, n := range s.figures.ByMonth(model.Activity.Key, "events") {
		d := model.NewDate(int(from.Year), int(from.Month), 1).AddMonths(i)
		label := model.Sayf("%d月", "%d", int(d.Month)).In(s.Lang)
		if months > 12 {
			label = d.String()[:7]
		}
		c.labels, c.values = append(c.labels, label), append(c.values, n)
		sum += n
	}
	if sum != s.figures.Activity.Events {
		return nil
	}
	return c
}

// figureParts is a table for each section of the registers in front: a row for
// each label, a column for each unit where all labels have the same ones, else
// unit and number. Of the registers behind one table has the totals; everything
// they are taken apart by stands in the statistics.
func (s *summary) figureParts() (out []part) {
	rest := part{head: s.t("其他台账", "Other registers"), columns: []sheetColumn{{Column{Head: s.t("台账", "Register")}, 30}, {Column{Head: s.t("项目", "Item")}, 30},
		{Column{Head: s.t("数值", "Value"), Right: true}, 20}, {Column{Head: s.t("单位", "Unit")}, 0}}}
	defer func() {
		if len(rest.rows) > 0 {
			out = append(out, rest)
		}
	}()
	for from := 0; from < len(s.rows); {
		to := from
		for to < len(s.rows) && s.rows[to].Section == s.rows[from].Section {
			to++
		}
		if reg := s.c.Schema.Register(s.rows[from].Under); reg != nil && reg.Group != model.Front {
			for _, r := range s.rows[from:to] {
				if r.Part == "" {
					rest.rows = append(rest.rows, sheetRow{rowLine, []string{clean(r.Section), clean(r.Label), clean(r.Value), clean(r.UnitText())}})
				}
			}
			from = to
			continue
		}
		p := figurePart(s.rows[from:to], s.Lang)
		p.head = clean(s.rows[from].Section)
		out = append(out, p)
		from = to
	}
	return out
}

// figurePart is a table of the rows of a section.
func figurePart(rows []model.FigureRow, l model.Lang) (p part) {
	groups := byLabel(rows)
	var units []string
	for _, r := range groups[0] {
		units = append(units, r.Unit)
	}
	same := !slices.ContainsFunc(groups, func(g []model.FigureRow) bool {
		return !slices.EqualFunc(g, units, func(r model.FigureRow, unit string) bool { return r.Unit == unit })
	})
	column := func(head string, right bool) {
		p.columns = append(p.columns, sheetColumn{Column: Column{Head: head, Right: right}})
	}
	column(model.W("项目", "Item").In(l), false)
	if !same {
		column(model.W("数值", "Value").In(l), true)
		column(model.W("单位", "Unit").In(l), false)
		for _, r := range rows {
			p.rows = append(p.rows, sheetRow{rowLine, []string{clean(r.Label), clean(r.Value), clean(r.Unit)}})
		}
		return p
	}
	for _, u := range units {
		column(u, true)
	}
	for _, g := range groups {
		cells := []string{clean(g[0].Label)}
		for _, r := range g {
			cells = append(cells, clean(r.Value))
		}
		p.rows = append(p.rows, sheetRow{rowLine, cells})
	}
	return p
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

// activityPart is the 活动一览表: in public the days and titles only.
func (s *summary) activityPart() part {
	keys := []string{"date", "title", "venue", "attend_total", "owner", "audience", "summary", "recorder"}
	if s.Audience == model.Public {
		keys = keys[:2]
	}
	if s.Format == DOCX || s.Format == HTML { // what fits on upright paper
		keys = keys[:min(len(keys), 5)]
	}
	return s.records(s.t("活动一览表", "Activities"), s.activities, keys)
}

// issuePart is what was disclosed, item by item, and how far it is.
func (s *summary) issuePart() part {
	return s.records(s.t("公开情况一览表", "Disclosures"), s.issues, []string{"code", "item", "period", "state", "due", "posted"})
}

// records is a table of some fields of records, with a running number.
func (s *summary) records(head string, records []*model.Record, keys []string) part {
	t := newTable(s.c, Job{Register: records[0].Register, Audience: s.Audience, Lang: s.Lang}, &Result{})
	var fields []*model.Field
	for _, k := range keys {
		if f := t.Job.Register.Field(k); f != nil && f.ShownTo(s.Audience) {
			fields = append(fields, f)
		}
	}
	t.fields, t.ids = fields, false
	p := part{head: head, columns: []sheetColumn{{Column: Column{Head: noWords.In(s.Lang), Right: true}}}}
	for _, f := range fields {
		p.columns = append(p.columns, sheetColumn{Column: Column{Head: f.Words.In(s.Lang), Right: f.Numeric()}})
	}
	for i, r := range records {
		p.rows = append(p.rows, sheetRow{rowLine, t.lead(line{r, s.inWords(fields, t.mask(s.c, r))}, i+1).cells})
	}
	return p
}

// inWords writes out the periods and imprecise dates of a row, which a register's
// own files keep as they are stored.
func (s *summary) inWords(fields []*model.Field, cells []string) []string {
	for i, f := range fields {
		switch f.Type {
		case model.TypePeriod:
			cells[i] = model.PeriodKey(cells[i]).Text(s.Lang)
		case model.TypeDate:
			if d, err := model.ParseDate(cells[i]); err == nil {
				cells[i] = paperDate(d, s.Lang)
			}
		}
	}
	return cells
}
