package export

import (
	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// listColumn is a column of a list in a spreadsheet.
type listColumn struct {
	head string
	kind kind
	sum  bool // added up in the last row
	hand bool // filled in by hand: shown though it is blank
}

// sheetLine is a line below the head: of records, or one of totals.
type sheetLine struct {
	cells  []string
	total  bool
	across bool // its first text goes over all columns
}

// listSheet is a list that prints well: a title, a head that stays and repeats,
// rows, totals as values, lines at the foot.
type listSheet struct {
	name  string
	title string
	about string
	cols  []listColumn
	rows  int
	each  func(func(sheetLine) error) error // gives the same rows every time
	foot  []string
	plain bool // no filter: lines of totals stand among the rows

	picture *drawn // which lines are drawn beside them; nil: none
	caption string
}

const headRow = 3

// chartRows is how many rows a chart is high.
const chartRows = 18

// write streams the list into the workbook. What a stream takes only before its
// first row or its end stands there; done late it would be lost without an error.
func (s *listSheet) write(b *workbook) error {
	sums, widths, blank, err := s.measure(b.lang)
	if err != nil {
		return err
	}
	end := headRow + s.rows + len(s.foot)
	if sums != nil {
		end++
	}
	if end > mostRows {
		return model.Problemf("共%d行，一张 xlsx 表放不下；请缩短期间，或写成 csv", "%d rows do not fit one xlsx sheet; shorten the period or write csv", s.rows)
	}
	name, err := b.addSheet(s.name)
	if err != nil {
		return err
	}
	at := func(col, row int) string {
		cell, _ := excelize.CoordinatesToCellName(col, row)
		return cell
	}
	wide := len(s.cols)
	fit1, fit0, yes := 1, 0, true
	a4, across := 9, "landscape"
	if err := b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := b.SetSheetDimension(name, "A1:"+at(wide, end)); err != nil {
		return err
	}
	b.lists++
	out, err := b.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i := wide; i >= 1; i-- {
		if err := out.SetColWidth(i, i, float64(widths[i-1])); err != nil {
			return err
		}
		if blank[i-1] {
			if err := out.SetColVisible(i, i, false); err != nil {
				return err
			}
			widths[i-1] = 0
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: at(1, headRow+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := b.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &fit1, FitToHeight: &fit0}); err != nil {
		return err
	}
	margin, edge := 0.5, 0.3
	if err := b.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin, Footer: &edge, Header: &edge}); err != nil {
		return err
	}
	if err := b.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&C" + pageWords.In(b.lang)}); err != nil {
		return err
	}
	if d := s.picture; d != nil {
		where := at(wide+2, headRow)
		if s.rows < chartRows { // the lines at the foot would lie behind it
			where = at(1, end+2)
		}
		if err := b.chart(name, s.caption, where, d.label+1, d.column+1, headRow+1+d.from, headRow+d.to); err != nil {
			return err
		}
	}
	if s.rows > 0 && !s.plain {
		if err := b.AutoFilter(name, at(1, headRow)+":"+at(wide, headRow+s.rows), nil); err != nil {
			return err
		}
	}
	if err := b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$3:$3", Scope: name}); err != nil {
		return err
	}
	return s.stream(b, out, sums, widths)
}

// measure adds up the columns and finds how wide they are, and which are blank
// in every row: those are hidden, or a register of forty fields prints too small
// to read.
func (s *listSheet) measure(l model.Lang) (sums []string, widths []int, blank []bool, err error) {
	widths, blank = make([]int, len(s.cols)), make([]bool, len(s.cols))
	added, any := make([]int64, len(s.cols)), false
	for i, c := range s.cols {
		widths[i] = columns(c.head) + beside + 2 // the button of the filter
		any = any || c.sum
		blank[i] = s.rows > 0 && !c.hand
	}
	if len(widths) > 0 {
		widths[0] = max(widths[0], columns(totalWords.In(l))+beside)
	}
	long := columns("2026年12月31日")
	err = s.each(func(line sheetLine) error {
		if line.across {
			return nil
		}
		for i, text := range line.cells {
			w := 0
			blank[i] = blank[i] && text == ""
			if len(text) > widest { // bytes: never fewer than half the columns
				w = widest
			} else if w = columns(text); s.cols[i].kind == kindDate {
				w = max(w, long)
			}
			widths[i] = max(widths[i], w+beside)
			if s.cols[i].sum && !line.total {
				n, _ := s.cols[i].kind.number(text)
				added[i] = addSum(added[i], n)
			}
		}
		return nil
	})
	if any && s.rows > 0 {
		sums = make([]string, len(s.cols))
		for i, c := range s.cols {
			if c.sum && !blank[i] && added[i] != noSum {
				sums[i] = c.kind.sum(added[i])
			}
		}
		sums[0] = totalWords.In(l)
	}
	for i := range widths {
		if sums != nil {
			widths[i] = max(widths[i], columns(sums[i])+beside)
		}
		widths[i] = min(widths[i], widest)
	}
	return sums, widths, blank, err
}

// noSum stands for a sum that is too large to hold.
const noSum = -1 << 63

func addSum(sum, n int64) int64 {
	next := sum + n
	if sum == noSum || (n > 0 && next < sum) || (n < 0 && next > sum) {
		return noSum
	}
	return next
}

// screen is how many columns of text a screen or a sheet shows well.
const screen = 130

// titleRoom is how many columns a title takes in its larger type.
func titleRoom(title string) int { return columns(title) * 3 / 2 }

func (s *listSheet) stream(b *workbook, out *excelize.StreamWriter, sums []string, widths []int) error {
	wide, width := len(s.cols), 0
	for _, w := range widths {
		width += w
	}
	titleStyle := b.titleStyle
	if width <= screen && width >= titleRoom(s.title) {
		titleStyle = b.narrowTitle
	}
	title, err := titleStyle()
	if err != nil {
		return err
	}
	note, err := b.noteStyle()
	if err != nil {
		return err
	}
	head, err := b.headStyle()
	if err != nil {
		return err
	}
	usual, bold := make([]int, wide), make([]int, wide)
	for i, c := range s.cols {
		if usual[i], err = b.cellStyle(c.kind, false); err != nil {
			return err
		}
		if bold[i], err = b.cellStyle(c.kind, true); err != nil {
			return err
		}
	}
	row := 0
	across := func(text string, style int, height float64) error {
		row++
		from, _ := excelize.CoordinatesToCellName(1, row)
		to, _ := excelize.CoordinatesToCellName(wide, row)
		room := columns(text)
		if row == 1 {
			room = titleRoom(text)
		}
		if from != to && room <= width { // what is wider runs on over the blank cells beside it
			if err := out.MergeCell(from, to); err != nil {
				return err
			}
		}
		return out.SetRow(from, []any{excelize.Cell{StyleID: style, Value: fit(text, b.lang)}}, excelize.RowOpts{Height: height})
	}
	if err := across(s.title, title, 30); err != nil {
		return err
	}
	if err := across(s.about, note, 18); err != nil {
		return err
	}
	cells := make([]any, wide)
	put := func(line []string, styles []int, bolds bool) error {
		row++
		clear(cells)
		for i, text := range line {
			k, style := s.cols[i].kind, styles[i]
			if k == kindAny {
				k = k.of(text)
				var err error
				if style, err = b.cellStyle(k, bolds); err != nil {
					return err
				}
			}
			cells[i] = excelize.Cell{StyleID: style, Value: k.value(fit(text, b.lang))}
			if text == "" {
				cells[i] = excelize.Cell{StyleID: styles[i]}
			}
		}
		from, _ := excelize.CoordinatesToCellName(1, row)
		if row%1000 == 0 {
			b.hide()
		}
		return out.SetRow(from, cells)
	}
	row++
	for i, c := range s.cols {
		cells[i] = excelize.Cell{StyleID: head, Value: c.head}
	}
	if err := out.SetRow("A3", cells); err != nil {
		return err
	}
	err = s.each(func(line sheetLine) error {
		if line.across {
			return across(line.cells[0], note, 0)
		}
		if line.total {
			return put(line.cells, bold, true)
		}
		return put(line.cells, usual, false)
	})
	if err == nil && sums != nil {
		err = put(sums, bold, true)
	}
	for _, text := range s.foot {
		if err == nil {
			err = across(text, note, 0)
		}
	}
	if err != nil {
		return err
	}
	err = out.Flush()
	b.hide()
	return err
}
