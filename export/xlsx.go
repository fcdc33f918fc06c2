package export

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// xlsxWriter writes a register as a spreadsheet: the list, and a second sheet of
// totals with charts by month where the register has a date. It is made of the
// cells that every other format gets, so it holds nothing the reader may not see.
type xlsxWriter struct {
	w     io.Writer
	t     *table
	lines spool
}

func (x *xlsxWriter) begin(t *table) error {
	x.t = t
	return nil
}

func (x *xlsxWriter) row(l line) error { return x.lines.add(l.cells) }

// close lets go of what lies on the disk; whoever began the table calls it.
func (x *xlsxWriter) close() { x.lines.close() }

func (x *xlsxWriter) end(r Result) error {
	t := x.t
	t.rows = x.lines.lines
	about := t.about()
	title := strings.Join(about[:2], " ")
	b, err := newWorkbook(t.Lang, title, about[0])
	if err != nil {
		return err
	}
	defer b.close()
	lead := kindText
	if !t.ids {
		lead = kindWhole
	}
	list := &listSheet{name: about[1], title: title, about: strings.Join(about[2:], " · "), rows: t.rows,
		cols: []listColumn{{head: t.heads[0], kind: lead}}}
	for i, f := range t.fields {
		list.cols = append(list.cols, listColumn{head: t.heads[i+1], kind: kindOf(f), sum: f.Summed()})
	}
	list.each = func(fn func(sheetLine) error) error {
		return x.lines.each(len(list.cols), func(cells []string) error { return fn(sheetLine{cells: cells}) })
	}
	if foot := r.Foot(t.Lang); foot != "" {
		list.foot = append(list.foot, foot)
	}
	list.foot = append(list.foot, witness(t.src, t.Lang))
	if err := list.write(b); err != nil {
		return err
	}
	if err := x.totals(b, list); err != nil {
		return err
	}
	return b.writeTo(x.w)
}

// byTime is what the rows of a month or a year come to.
type byTime struct {
	label string
	rows  int64
	sums  []int64
}

// mostBars is how many months stand side by side; of more time, the years.
const mostBars = 36

// totals writes the second sheet.
func (x *xlsxWriter) totals(b *workbook, list *listSheet) error {
	date := -1
	var summed []int // columns
	for i, f := range x.t.fields {
		if f.Key == x.t.Job.Register.DateField && f.Type == model.TypeDate {
			date = i + 1
		}
		if f.Summed() {
			summed = append(summed, i+1)
		}
	}
	all := &byTime{sums: make([]int64, len(summed))}
	months := map[string]*byTime{}
	err := x.lines.each(len(list.cols), func(cells []string) error {
		into := []*byTime{all}
		if date > 0 {
			label := monthOf(cells[date])
			if months[label] == nil {
				months[label] = &byTime{label: label, sums: make([]int64, len(summed))}
			}
			into = append(into, months[label])
		}
		for _, t := range into {
			t.rows++
			for i, col := range summed {
				n, _ := list.cols[col].kind.number(cells[col])
				t.sums[i] = addSum(t.sums[i], n)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	name, err := b.addSheet(sumsWords.In(b.lang))
	if err != nil {
		return err
	}
	s := &sumSheet{workbook: b, name: name}
	s.width(1, 20)
	s.width(2, 16)
	s.text(1, 1, list.title, b.titleStyle)
	s.text(1, 2, list.about, b.noteStyle)
	s.text(1, 4, model.W("项目", "Item").In(b.lang), b.headStyle)
	s.text(2, 4, totalWords.In(b.lang), b.headStyle)
	s.cell(1, 5, kindText, model.W("条数", "Records").In(b.lang))
	s.cell(2, 5, kindWhole, strconv.FormatInt(all.rows, 10))
	row := 6
	for i, col := range summed {
		s.cell(1, row, kindText, list.cols[col].head)
		s.sum(2, row, list.cols[col].kind, all.sums[i])
		row++
	}
	if len(months) > 0 {
		x.byMonth(s, list, summed, inTime(months, len(summed)), row+1)
	}
	s.layout()
	return s.fault
}

// byMonth writes the table of months with the columns that the register's list
// shows, and a chart of the counts and one of the first of these.
func (x *xlsxWriter) byMonth(s *sumSheet, list *listSheet, summed []int, times []*byTime, top int) {
	var shown []int // of summed
	for i, col := range summed {
		if x.t.fields[col-1].Col > 0 {
			shown = append(shown, i)
		}
	}
	slices.SortStableFunc(shown, func(a, b int) int {
		return cmp.Compare(x.t.fields[summed[a]-1].Col, x.t.fields[summed[b]-1].Col)
	})
	head := model.W("月份", "Month")
	if len(times[0].label) == 4 {
		head = model.W("年份", "Year")
	}
	s.text(1, top, head.In(s.lang), s.headStyle)
	s.text(2, top, model.W("条数", "Records").In(s.lang), s.headStyle)
	for j, i := range shown {
		s.text(3+j, top, list.cols[summed[i]].head, s.headStyle)
		s.width(3+j, min(widest, max(14, columns(list.cols[summed[i]].head)+beside)))
	}
	bars := 0
	for n, t := range times {
		label := t.label
		if label == "" {
			label = model.W("无月份", "no month").In(s.lang)
		} else {
			bars++
		}
		s.cell(1, top+1+n, kindText, label)
		s.cell(2, top+1+n, kindWhole, strconv.FormatInt(t.rows, 10))
		for j, i := range shown {
			s.sum(3+j, top+1+n, list.cols[summed[i]].kind, t.sums[i])
		}
	}
	if bars == 0 {
		return
	}
	right := 4 + len(shown)
	s.chart(right, 4, 2, top, bars)
	if len(shown) > 0 {
		s.chart(right, 22, 3, top, bars)
	}
}

// monthOf is the month a date lies in, as its text begins; "" where only a
// longer time is known.
func monthOf(date string) string {
	if len(date) >= 7 && date[4] == '-' {
		return date[:7]
	}
	return ""
}

// inTime orders months, with those between that have nothing, or years where the
// months are too many. What has no month comes last.
func inTime(months map[string]*byTime, sums int) []*byTime {
	var labels []string
	for label := range months {
		if label != "" {
			labels = append(labels, label)
		}
	}
	slices.Sort(labels)
	var out []*byTime
	if len(labels) > 0 {
		from, to := monthNumber(labels[0]), monthNumber(labels[len(labels)-1])
		byYear := to-from >= mostBars
		for n := from; n <= to; n++ {
			label := strconv.Itoa(n/12) + "-" + strconv.Itoa(101 + n%12)[1:]
			m := months[label]
			if byYear {
				label = label[:4]
			}
			if len(out) == 0 || out[len(out)-1].label != label {
				out = append(out, &byTime{label: label, sums: make([]int64, sums)})
			}
			if m != nil {
				t := out[len(out)-1]
				t.rows += m.rows
				for i := range t.sums {
					t.sums[i] = addSum(t.sums[i], m.sums[i])
				}
			}
		}
	}
	if rest := months[""]; rest != nil {
		out = append(out, rest)
	}
	return out
}

// monthNumber counts months: 2026-03 is 2026*12+2.
func monthNumber(label string) int {
	year, _ := strconv.Atoi(label[:4])
	month, _ := strconv.Atoi(label[5:])
	return year*12 + month - 1
}

// sumSheet is a small sheet. The first fault is kept.
type sumSheet struct {
	*workbook
	name  string
	fault error
}

func (s *sumSheet) try(err error) {
	if s.fault == nil {
		s.fault = err
	}
}

func (s *sumSheet) width(col, n int) {
	name, _ := excelize.ColumnNumberToName(col)
	s.try(s.SetColWidth(s.name, name, name, float64(n)))
}

func (s *sumSheet) text(col, row int, text string, style func() (int, error)) {
	s.put(col, row, fit(text, s.lang), style)
}

func (s *sumSheet) cell(col, row int, k kind, text string) {
	s.put(col, row, k.value(text), func() (int, error) { return s.cellStyle(k, false) })
}

// sum writes a sum; one too large to hold is left out.
func (s *sumSheet) sum(col, row int, k kind, n int64) {
	text := ""
	if n != noSum {
		text = k.sum(n)
	}
	s.cell(col, row, k, text)
}

func (s *sumSheet) put(col, row int, v any, style func() (int, error)) {
	cell, _ := excelize.CoordinatesToCellName(col, row)
	id, err := style()
	s.try(err)
	s.try(s.SetCellValue(s.name, cell, v))
	s.try(s.SetCellStyle(s.name, cell, cell, id))
}

func (s *sumSheet) layout() {
	a4, across, yes, fit1, fit0 := 9, "landscape", true, 1, 0
	s.try(s.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	s.try(s.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &fit1, FitToHeight: &fit0}))
	s.try(s.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C" + pageWords.In(s.lang)}))
}

// chart draws the column of a table whose head is in row top.
func (s *sumSheet) chart(atCol, atRow, col, top, bars int) {
	head, _ := excelize.CoordinatesToCellName(col, top)
	title, err := s.GetCellValue(s.name, head)
	s.try(err)
	cell, _ := excelize.CoordinatesToCellName(atCol, atRow)
	s.try(s.workbook.chart(s.name, title, cell, 1, col, top+1, top+bars))
}

// chart draws rows of a column, named by another: grey, from zero, with its
// numbers, so that it prints in black and white.
func (b *workbook) chart(sheet, title, at string, labels, col, from, to int) error {
	ref := func(c int) string {
		a, _ := excelize.CoordinatesToCellName(c, from, true)
		z, _ := excelize.CoordinatesToCellName(c, to, true)
		return "'" + sheet + "'!" + a + ":" + z
	}
	zero, black := 0.0, excelize.Font{Color: "000000"}
	return b.AddChart(sheet, at, &excelize.Chart{Type: excelize.Col,
		Series: []excelize.ChartSeries{{Name: title, Categories: ref(labels), Values: ref(col),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"7F7F7F"}}}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		YAxis:     excelize.ChartAxis{Minimum: &zero, Font: black},
		XAxis:     excelize.ChartAxis{Font: black},
		Dimension: excelize.ChartDimension{Width: 640, Height: 320}})
}
