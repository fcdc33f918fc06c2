package export

import (
	"io"
	"slices"
	"strings"
)

// xlsx writes the tables of the sheet as a workbook: those under one head after
// each other on one sheet, as on paper without its pages.
func (s *sheet) xlsx(w io.Writer) error {
	b, err := newWorkbook(s.lang, s.title, s.unit)
	if err != nil {
		return err
	}
	defer b.close()
	var lists []*listSheet
	var lines [][]sheetLine
	for i, p := range s.parts {
		last := len(lists) - 1
		if i == 0 || p.head != "" || !slices.Equal(p.heads(), s.parts[i-1].heads()) {
			l := &listSheet{name: p.head, title: s.title, about: strings.Join(append(slices.Clone(s.about), p.head), " "), plain: true}
			if p.head == "" {
				l.name, l.about = s.title, strings.Join(s.about, " ")
			}
			for j := range p.columns {
				l.cols = append(l.cols, listColumn{head: p.columns[j].Head, kind: p.kind(j), hand: p.columns[j].Hand})
			}
			if c := p.picture(); c != nil {
				l.picture, l.caption = &p.drawn, c.caption
			}
			lists, lines = append(lists, l), append(lines, nil)
			last++
		}
		for _, r := range p.rows {
			if r.kind == rowPage { // of paper
				continue
			}
			cells := r.cells
			if r.kind == rowStruck {
				cells = s.struck(p, cells)
			}
			lines[last] = append(lines[last], sheetLine{cells: cells, total: r.sums(), across: r.kind == rowSpread})
		}
	}
	for i, l := range lists {
		l.rows = len(lines[i])
		l.each = func(fn func(sheetLine) error) error {
			for _, line := range lines[i] {
				if err := fn(line); err != nil {
					return err
				}
			}
			return nil
		}
		if len(s.signs) > 0 {
			l.foot = append(l.foot, s.signLine())
		}
		l.foot = append(l.foot, s.notes...)
		if err := l.write(b); err != nil {
			return err
		}
	}
	return b.writeTo(w)
}

// kind is what the texts of a column are: numbers stand right, and days are
// what every line of a column has.
func (p *part) kind(col int) kind {
	days, money, other, lines := 0, false, false, 0
	for _, r := range p.rows {
		if r.kind == rowSpread || r.sums() || col >= len(r.cells) || r.cells[col] == "" {
			continue
		}
		lines++
		text := r.cells[col]
		if _, ok := dayOf(text); ok {
			days++
		}
		_, whole := kindWhole.number(text)
		_, yuan := kindMoney.number(text)
		money = money || yuan && !whole
		other = other || whole || !yuan && kindAny.of(text) != kindNote
	}
	switch {
	case p.columns[col].Right && other && (money || p.mixed(col)):
		return kindAny
	case p.columns[col].Right && money:
		return kindMoney
	case p.columns[col].Right:
		return kindWhole
	case days > 0 && days == lines:
		return kindDate
	}
	return kindNote
}

// mixed reports numbers of a column that are not whole.
func (p *part) mixed(col int) bool {
	return slices.ContainsFunc(p.rows, func(r sheetRow) bool {
		if col >= len(r.cells) || r.sums() {
			return false
		}
		k := kindAny.of(r.cells[col])
		return k == kindDec || k == kindShare
	})
}
