package export

import (
	"io"
	"slices"
	"strings"

	"taizhang/model"
)

// StatisticsJob says which period is counted, for whom and how.
type StatisticsJob struct {
	Period   model.Period
	Format   Format // XLSX, CSV, DOCX, HTML, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
}

// Statistics writes the figures of a period as tables: the totals of all
// registers, the year by month, a table for each register with everything by
// which its figures are taken apart, and one for each topic. Beside the period
// stand the year up to its end 累计 and the same period a year before. In public,
// figures so small that a person might be recognised are hidden, and other
// periods left out: what is hidden would follow from them.
func Statistics(w io.Writer, src Source, job StatisticsJob) error {
	s := &statistics{StatisticsJob: job, c: src.Context()}
	if err := s.read(src); err != nil {
		return err
	}
	return s.sheet(src).write(w, job.Format)
}

type statistics struct {
	StatisticsJob
	c      *model.Context
	f      *model.Figures
	rows   []model.FigureRow
	year   []string // of the rows, the same figure from the beginning of the year; nil: not counted
	before []string // a year before; nil: not counted
	topics []topicRows
}

// topicRows are what a topic comes to, and the same from the beginning of the
// year.
type topicRows struct {
	words model.Words
	rows  []model.FigureRow
	year  []string
}

func (s *statistics) t(zh, en string) string { return model.W(zh, en).In(s.Lang) }

func (s *statistics) count(src Source, p model.Period) (*model.Figures, error) {
	f := model.NewFigures(p, s.c)
	if months := p.Months(); months > 1 && months <= mostBars {
		f.Monthly()
	}
	if _, err := scan(src, f, nil, func(*model.Record) {}); err != nil || s.Audience == model.Public {
		return f, err
	}
	return f, AddCoverage(src, f)
}

func (s *statistics) read(src Source) (err error) {
	if s.f, err = s.count(src, s.Period); err != nil {
		return err
	}
	if s.Audience == model.Public {
		v := &s.f.Visit
		s.f.Public(small(v.Households) || small(v.Persons))
		s.rows = hideSmall(s.f.Rows(s.c, s.Lang), s.Lang)
		for _, topic := range s.c.Schema.Topics() {
			s.topics = append(s.topics, topicRows{words: topic, rows: s.f.TopicRows(topic, s.c, s.Lang)})
		}
		return nil
	}
	s.rows = s.f.Rows(s.c, s.Lang)
	for _, topic := range s.c.Schema.Topics() {
		s.topics = append(s.topics, topicRows{words: topic, rows: s.f.TopicRows(topic, s.c, s.Lang)})
	}
	if begin := model.YearOf(s.Period.To); begin.From.Before(s.Period.From) {
		year, err := s.count(src, model.Period{From: begin.From, To: s.Period.To})
		if err != nil {
			return err
		}
		s.year = model.Beside(s.rows, year.Rows(s.c, s.Lang))
		for i := range s.topics {
			t := &s.topics[i]
			t.year = model.Beside(t.rows, year.TopicRows(t.words, s.c, s.Lang))
		}
	}
	if s.Period.From.Year > model.MinYear {
		before, err := s.count(src, s.Period.LastYear())
		if err != nil {
			return err
		}
		s.before = model.Beside(s.rows, before.Rows(s.c, s.Lang))
	}
	return nil
}

func (s *statistics) sheet(src Source) *sheet {
	out := &sheet{lang: s.Lang, unit: clean(src.Unit()), asTyped: s.AsTyped, title: clean(src.Unit()) + s.t("统计表", ": statistics"),
		about: []string{s.t("期间：", "Period: ") + periodText(s.Period, s.Lang), s.t("制表日期：", "Drawn up: ") + s.c.Today().String()}}
	out.parts = append(out.parts, s.keyPart())
	if p := s.monthPart(); p != nil {
		out.parts = append(out.parts, *p)
	}
	for from := 0; from < len(s.rows); {
		to := from
		for to < len(s.rows) && s.rows[to].Under == s.rows[from].Under {
			to++
		}
		out.parts = append(out.parts, s.registerParts(from, to)...)
		from = to
	}
	var refused []string
	for _, t := range s.topics {
		if len(t.rows) > 0 {
			out.parts = append(out.parts, s.topicPart(t))
		}
		if s.Audience == model.Public {
			continue
		}
		for _, w := range s.f.TopicRefused(t.words, s.c) {
			refused = append(refused, clean(w.In(s.Lang)))
		}
	}
	out.signs = []string{s.t("制表", "Prepared by"), s.t("审核", "Reviewed by")}
	if s.Audience == model.Public {
		out.signs = nil
	}
	out.notes = append(refused, s.t("一条记录可以归入几类，各类相加可能多于合计；户、人按去重后的数。", "A record may be of several kinds, so these may add up to more than the total; households and persons are distinct."),
		s.t("导出对象：", "For: ")+s.Audience.Words().In(s.Lang)+" · "+witness(src, s.Lang))
	return out
}

func textColumn(head string, width int) sheetColumn { return sheetColumn{Column{Head: head}, width} }
func numberColumn(head string) sheetColumn {
	return sheetColumn{Column: Column{Head: head, Right: true}}
}

// beside adds the columns of other periods that were counted.
func (s *statistics) beside(columns []sheetColumn, year, before bool) []sheetColumn {
	if year && s.year != nil {
		columns = append(columns, numberColumn(s.t("本年累计", "this year")))
	}
	if before && s.before != nil {
		columns = append(columns, numberColumn(s.t("上年同期", "a year before")))
	}
	return columns
}

// keyPart are the totals of all registers.
func (s *statistics) keyPart() part {
	p := part{head: s.t("关键数字", "Key figures"), columns: s.beside([]sheetColumn{textColumn(s.t("台账", "Register"), 22), textColumn(s.t("项目", "Item"), 20),
		numberColumn(s.t("本期", "Period")), textColumn(s.t("单位", "Unit"), 14)}, true, true)}
	for i, r := range s.rows {
		if r.Part != "" {
			continue
		}
		cells := []string{clean(r.Section), clean(r.Label), clean(r.Value), clean(r.UnitText())}
		if s.year != nil {
			cells = append(cells, s.year[i])
		}
		if s.before != nil {
			cells = append(cells, s.before[i])
		}
		p.rows = append(p.rows, sheetRow{rowLine, cells})
	}
	return p
}

// monthPart is the period by month: of each register with dates the first
// measure. nil for a single month, or too many.
func (s *statistics) monthPart() *part {
	p := &part{head: s.t("各月", "By month"), columns: []sheetColumn{textColumn(s.t("月份", "Month"), 12)}}
	var columns [][]int64
	for i, r := range s.rows {
		if r.Part != "" || r.Share || i > 0 && s.rows[i-1].Under == r.Under {
			continue
		}
		n := s.f.ByMonth(r.Register, r.Measure)
		if !slices.ContainsFunc(n, func(v int64) bool { return v != 0 }) || slices.ContainsFunc(n, small) && slices.Contains(personUnits, r.Unit) && s.Audience == model.Public {
			continue
		}
		columns = append(columns, n)
		p.columns = append(p.columns, numberColumn(clean(r.Section+" "+r.Unit)))
	}
	if columns == nil {
		return nil
	}
	from := s.Period.From.First()
	month := model.NewDate(int(from.Year), int(from.Month), 1)
	for i := range columns[0] {
		cells := []string{month.AddMonths(i).String()[:7]}
		for _, n := range columns {
			cells = append(cells, count(n[i]))
		}
		p.rows = append(p.rows, sheetRow{rowLine, cells})
	}
	p.drawn = drawn{column: 1, to: len(p.rows)}
	return p
}

// registerParts is a table of the figures of a register by everything they are
// taken apart by, then those that no measure gives, such as rates.
func (s *statistics) registerParts(from, to int) (out []part) {
	reg := s.c.Schema.Register(s.rows[from].Under)
	heading := reg.Heading().In(s.Lang)
	type measure struct{ key, unit string }
	var of []measure
	own := func(r model.FigureRow) bool { return r.Register == reg.Key && reg.TakenApart(r.Part) && !r.Share }
	for _, r := range s.rows[from:to] {
		if m := (measure{r.Measure, r.Unit}); own(r) && !slices.Contains(of, m) {
			of = append(of, m)
		}
	}
	if of != nil {
		p := part{head: clean(heading + s.t("统计", ": statistics")), columns: []sheetColumn{textColumn(s.t("分类", "Kind"), 16), textColumn(s.t("项目", "Item"), 20)}}
		for _, m := range of {
			p.columns = append(p.columns, numberColumn(clean(m.unit)))
		}
		year := s.year != nil && !reg.Lasts() // what stands does not add up
		if year {
			for _, m := range of {
				p.columns = append(p.columns, numberColumn(s.t("累计 ", "this year, ")+clean(m.unit)))
			}
		}
		wide := len(p.columns)
		set := func(cells []string, i int) {
			at := slices.Index(of, measure{s.rows[i].Measure, s.rows[i].Unit})
			cells[2+at] = clean(s.rows[i].Value)
			if year {
				cells[2+len(of)+at] = s.year[i]
			}
		}
		total := make([]string, wide)
		total[0] = totalWords.In(s.Lang)
		for i := from; i < to; {
			r := s.rows[i]
			if r.Part == "" && slices.Contains(of, measure{r.Measure, r.Unit}) && !r.Share {
				set(total, i)
			}
			if !own(r) {
				i++
				continue
			}
			cells := make([]string, wide)
			cells[0], cells[1] = clean(strings.TrimLeft(strings.TrimPrefix(r.Section, heading), "： :")), clean(r.Label)
			for ; i < to && own(s.rows[i]) && s.rows[i].Section == r.Section && s.rows[i].Term == r.Term; i++ {
				set(cells, i)
			}
			p.rows = append(p.rows, sheetRow{rowLine, cells})
		}
		first := 0
		for first < len(p.rows) && p.rows[first].cells[0] == p.rows[0].cells[0] {
			first++
		}
		p.drawn = drawn{label: 1, column: 2, to: first}
		p.rows = append(p.rows, sheetRow{rowTotal, total})
		out = append(out, p)
	}
	for i := from; i < to; {
		end := i
		for end < to && s.rows[end].Section == s.rows[i].Section {
			end++
		}
		if r := s.rows[i]; r.Part != "" && !reg.TakenApart(r.Part) {
			p := figurePart(s.rows[i:end], s.Lang)
			p.head = clean(r.Section)
			out = append(out, p)
		}
		i = end
	}
	return out
}

// topicPart is what the registers bring to a topic.
func (s *statistics) topicPart(t topicRows) part {
	p := part{head: clean(t.words.In(s.Lang)) + s.t("统计", ": statistics"), columns: s.beside([]sheetColumn{textColumn(s.t("来源", "From"), 24), textColumn(s.t("项目", "Item"), 18),
		textColumn(s.t("统计项", "Measure"), 20), numberColumn(s.t("本期", "Period"))}, true, false)}
	for i, r := range t.rows {
		cells := []string{clean(r.Section), clean(r.Label), clean(r.Unit), clean(r.Value)}
		if t.year != nil {
			cells = append(cells, t.year[i])
		} else if s.year != nil {
			cells = append(cells, "")
		}
		p.rows = append(p.rows, sheetRow{rowLine, cells})
	}
	return p
}
