package export

import (
	"fmt"
	"io"
	"slices"

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
	m, err := s.measure(b.lang)
	if err != nil {
		return err
	}
	sums, widths, blank := m.sums, m.widths, m.blank
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
	looks, err := s.looks(b, widths, m.kinds)
	if err != nil {
		return err
	}
	if err := s.merge(out, m, looks.width); err != nil {
		return err
	}
	b.rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets)] = func(w io.Writer) error { return s.stream(w, b.lang, looks, sums) }
	return out.Flush()
}

// measured is what is known of a list before its first row is written.
type measured struct {
	sums   []string // nil: there is no line of totals
	widths []int
	blank  []bool
	kinds  []cellKind   // of the cells whose column has none, as they come first
	across []acrossLine // among the rows
}

type cellKind struct {
	kind
	bold bool
}

// acrossLine is a text that goes over all columns.
type acrossLine struct {
	row  int
	text string
}

// measure adds up the columns and finds how wide they are, and which are blank
// in every row: those are hidden, or a register of forty fields prints too small
// to read.
func (s *listSheet) measure(l model.Lang) (m measured, err error) {
	var sums []string
	widths, blank := make([]int, len(s.cols)), make([]bool, len(s.cols))
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
	of := func(i int, text string, bold bool) {
		if s.cols[i].kind != kindAny {
			return
		}
		if k := (cellKind{kindAny.of(text), bold}); !slices.Contains(m.kinds, k) {
			m.kinds = append(m.kinds, k)
		}
	}
	row := headRow
	err = s.each(func(line sheetLine) error {
		row++
		if line.across {
			m.across = append(m.across, acrossLine{row, line.cells[0]})
			return nil
		}
		for i, text := range line.cells {
			w := 0
			of(i, text, line.total)
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
	for i, text := range sums {
		of(i, text, true)
	}
	m.sums, m.widths, m.blank = sums, widths, blank
	return m, err
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

// listLooks are the looks of the cells of a list, made before its rows are.
type listLooks struct {
	title, note, head int
	usual, bold       []int // by column
	any               map[cellKind]int
	width             int // of all columns
}

func (s *listSheet) looks(b *workbook, widths []int, kinds []cellKind) (l listLooks, err error) {
	for _, w := range widths {
		l.width += w
	}
	titleStyle := b.titleStyle
	if l.width <= screen && l.width >= titleRoom(s.title) {
		titleStyle = b.narrowTitle
	}
	if l.title, err = titleStyle(); err != nil {
		return l, err
	}
	if l.note, err = b.noteStyle(); err != nil {
		return l, err
	}
	if l.head, err = b.headStyle(); err != nil {
		return l, err
	}
	l.usual, l.bold, l.any = make([]int, len(s.cols)), make([]int, len(s.cols)), map[cellKind]int{}
	for i, c := range s.cols {
		if l.usual[i], err = b.cellStyle(c.kind, false); err != nil {
			return l, err
		}
		if l.bold[i], err = b.cellStyle(c.kind, true); err != nil {
			return l, err
		}
	}
	for _, k := range kinds {
		if l.any[k], err = b.cellStyle(k.kind, k.bold); err != nil {
			return l, err
		}
	}
	return l, nil
}

// merge joins the cells under the texts that go over all columns, where they have
// room: what is wider runs on over the blank cells beside it.
func (s *listSheet) merge(out *excelize.StreamWriter, m measured, width int) error {
	foot := headRow + s.rows
	if m.sums != nil {
		foot++
	}
	all := append([]acrossLine{{1, s.title}, {2, s.about}}, m.across...)
	for i, text := range s.foot {
		all = append(all, acrossLine{foot + 1 + i, text})
	}
	for _, line := range all {
		from, _ := excelize.CoordinatesToCellName(1, line.row)
		to, _ := excelize.CoordinatesToCellName(len(s.cols), line.row)
		room := columns(line.text)
		if line.row == 1 {
			room = titleRoom(line.text)
		}
		if from == to || room > width {
			continue
		}
		if err := out.MergeCell(from, to); err != nil {
			return err
		}
	}
	return nil
}

// stream writes the rows.
func (s *listSheet) stream(w io.Writer, l model.Lang, looks listLooks, sums []string) error {
	out := newRowWriter(w, len(s.cols))
	across := func(text string, style, height int) error {
		out.begin(height)
		out.text(0, style, fit(text, l))
		return out.end()
	}
	put := func(line []string, styles []int, bold bool) error {
		out.begin(0)
		for i, text := range line {
			k, style := s.cols[i].kind, styles[i]
			if k == kindAny && text != "" {
				k = k.of(text)
				style = looks.any[cellKind{k, bold}]
			}
			out.cell(i, k, style, fit(text, l))
		}
		return out.end()
	}
	err := across(s.title, looks.title, 30)
	if err == nil {
		err = across(s.about, looks.note, 18)
	}
	if err != nil {
		return err
	}
	out.begin(0)
	for i, c := range s.cols {
		out.text(i, looks.head, c.head)
	}
	if err := out.end(); err != nil {
		return err
	}
	err = s.each(func(line sheetLine) error {
		if line.across {
			return across(line.cells[0], looks.note, 0)
		}
		if line.total {
			return put(line.cells, looks.bold, true)
		}
		return put(line.cells, looks.usual, false)
	})
	if err == nil && sums != nil {
		err = put(sums, looks.bold, true)
	}
	for _, text := range s.foot {
		if err == nil {
			err = across(text, looks.note, 0)
		}
	}
	if err != nil {
		return err
	}
	return out.out.Flush()
}
