package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// rowsTable reads what an issue names as its rows 明细 and lists them as the
// public may see them: a register, then a period and conditions, such as
// 走访 2027Q1 场合=2027春节. Whoever must not be listed is counted.
func (c *Context) rowsTable(text string, l Lang) (PosterTable, error) {
	var t PosterTable
	reg, period, want, err := c.readRows(text)
	if err != nil {
		return t, err
	}
	w, ok := c.Book.(Walker)
	if !ok {
		return t, Problemf("明细“%s”现在读不出", "the rows %q cannot be read here", Shorten(text))
	}
	var fields []*Field
	for _, f := range reg.Fields {
		if f.ShownTo(Public) && f.Col > 0 && !(f.Auto && f.Key == "no") {
			fields = append(fields, f)
		}
	}
	type row struct {
		cells []string
		money Money
	}
	var rows []row
	withheld := 0
	read := w.Walk(reg.Key, period, nil, func(r *Record) {
		switch {
		case !want(r):
			return
		case c.Withheld(r, Public):
			withheld++
			return
		}
		line := row{cells: make([]string, len(fields))}
		for i, f := range fields {
			v := c.Value(r, f)
			line.cells[i] = oneParagraph(c.MaskField(r, f, v, Public, l, c.Today()))
			if m, ok := v.(Money); ok && line.money == 0 {
				line.money = m
			}
		}
		rows = append(rows, line)
	})
	if !read {
		return t, Problemf("明细“%s”的记录太多或读不出", "the records of the rows %q are too many or cannot be read", Shorten(text))
	}
	// By amount, then by what is shown: the order of entry would tell who is who.
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.money, a.money), slices.Compare(a.cells, b.cells))
	})
	t.Heads, t.Right = []string{W("序号", "No.").In(l)}, []bool{true}
	used := make([]bool, len(fields)) // a column with nothing in it is not needed
	for i := range fields {
		used[i] = slices.ContainsFunc(rows, func(r row) bool { return r.cells[i] != "" })
	}
	for i, f := range fields {
		if used[i] {
			t.Heads, t.Right = append(t.Heads, f.Words.In(l)), append(t.Right, f.Numeric())
		}
	}
	for n, r := range rows {
		cells := []string{strconv.Itoa(n + 1)}
		for i := range fields {
			if used[i] {
				cells = append(cells, r.cells[i])
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	if withheld > 0 {
		t.Notes = append(t.Notes, Sayf("另有%d条，依规定或因本人未同意，不列出", "%d more are not listed, by rule or for want of consent", withheld).In(l))
	}
	return t, nil
}

// readRows reads the register, the period and the conditions, all of which must
// hold: a field has the value, or the value among others.
func (c *Context) readRows(text string) (reg *Register, p Period, want func(*Record) bool, err error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, p, nil, Problemf("明细是空的", "no rows are named")
	}
	if reg, err = c.Schema.FindRegister(words[0]); err != nil {
		return nil, p, nil, err
	}
	type cond struct {
		f *Field
		v any
	}
	var conds []cond
	for _, word := range words[1:] {
		name, value, is := strings.Cut(halfWidth(word), "=")
		if !is {
			if p, err = ParsePeriod(word); err != nil {
				return nil, p, nil, Problemf("明细里的“%s”看不懂，可写期间（2027Q1）或 项目=值", "cannot read %q in the rows; write a period (2027Q1) or field=value", Shorten(word))
			}
			continue
		}
		f, err := reg.FindField(name)
		if err != nil {
			return nil, p, nil, err
		}
		v, err := c.Parse(f, value)
		if err != nil {
			return nil, p, nil, err
		}
		conds = append(conds, cond{f, v})
	}
	return reg, p, func(r *Record) bool {
		for _, k := range conds {
			if have := r.Get(k.f.Key); !Equal(have, k.v) && !among(have, k.v) {
				return false
			}
		}
		return true
	}, nil
}

// among reports that every value wanted is one of those there are.
func among(have, want any) bool {
	all, ok := have.([]string)
	if !ok {
		return false
	}
	wanted, ok := want.([]string)
	return ok && len(wanted) > 0 && !slices.ContainsFunc(wanted, func(w string) bool { return !contains(all, w) })
}
