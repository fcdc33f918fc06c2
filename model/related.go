package model

import (
	"cmp"
	"slices"
	"strings"
)

// Related declares a table that stands under a record: the records of another
// register that name it, such as the visits to a household. They are found by
// the index of references, so the table costs what it shows and no more.
type Related struct {
	Key      string // in JSON
	Words    Words
	Register string   // whose records
	Field    string   // names the record
	Columns  []string // keys of their fields
	Totals   bool     // what they come to, year by year
	ThisYear bool     // list those of the year alone; the others only count in the totals
}

// mostRelated bounds the rows of one table.
const mostRelated = 60

// RelatedTable is a table of one record.
type RelatedTable struct {
	*Related
	Of      *Register
	Columns []*Field
	Rows    []*Record // the newest first
	More    int       // further records that are not listed
	Years   []YearTotal
}

// YearTotal is what the final records of a year come to.
type YearTotal struct {
	Year   int
	Count  int
	Fields []*Field // columns that have a sum, in their order
	Sums   []any    // Money, Dec or int64, or the joined []Row of a list
}

// Related reads the tables of a record. Tables without a row are left out.
func (c *Context) Related(r *Record) []RelatedTable {
	var out []RelatedTable
	for i := range r.Register.Related {
		if t := c.related(r, &r.Register.Related[i]); t.Rows != nil || t.Years != nil {
			out = append(out, t)
		}
	}
	return out
}

func (c *Context) related(r *Record, decl *Related) RelatedTable {
	t := RelatedTable{Related: decl, Of: c.Schema.Register(decl.Register)}
	for _, key := range decl.Columns {
		if f := t.Of.Field(key); f != nil && !f.Removed {
			t.Columns = append(t.Columns, f)
		}
	}
	self := Ref{ID: r.ID}
	all := slices.DeleteFunc(c.referring(r, decl.Register), func(o *Record) bool {
		return o.State == Deleted || !contains(RefsIn(t.Of.Field(decl.Field), o.Values[decl.Field]), self)
	})
	slices.SortStableFunc(all, func(a, b *Record) int {
		return cmp.Or(b.Date().Compare(a.Date()), strings.Compare(b.ID, a.ID))
	})
	if decl.Totals {
		t.Years = c.yearTotals(t.Columns, all)
	}
	for _, o := range all {
		if decl.ThisYear && o.Date().Year != c.Today().Year || len(t.Rows) == mostRelated {
			t.More++
			continue
		}
		t.Rows = append(t.Rows, o)
	}
	return t
}

// yearTotals adds up records that are in the order of their dates.
func (c *Context) yearTotals(columns []*Field, all []*Record) (years []YearTotal) {
	for _, o := range all {
		if o.State != Final {
			continue
		}
		year := int(o.Date().Year)
		if n := len(years); n == 0 || years[n-1].Year != year {
			y := YearTotal{Year: year}
			for _, f := range columns {
				if f.Summed() || f.Type == TypeList && f.quantity() >= 0 {
					y.Fields, y.Sums = append(y.Fields, f), append(y.Sums, nil)
				}
			}
			years = append(years, y)
		}
		y := &years[len(years)-1]
		y.Count++
		for i, f := range y.Fields {
			y.Sums[i] = plus(y.Sums[i], o.Values[f.Key])
		}
	}
	return years
}

// plus adds two values of a field; nil is nothing.
func plus(sum, v any) any {
	switch x := v.(type) {
	case Money:
		had, _ := sum.(Money)
		return had + x
	case Dec:
		had, _ := sum.(Dec)
		return had + x
	case int64:
		had, _ := sum.(int64)
		return had + x
	case []Row:
		had, _ := sum.([]Row)
		return append(slices.Clip(had), x...)
	}
	return sum
}

// Counted says how many records there are.
func Counted(n int) Words {
	if n == 1 {
		return W("1条", "1 record")
	}
	return Sayf("%d条", "%d records", n)
}

// Text writes a year's total: 3条  慰问金 1,500.00元  慰问品 米 3 袋、油 2 桶
func (y *YearTotal) Text(c *Context, l Lang) string {
	parts := []string{Counted(y.Count).In(l)}
	for i, f := range y.Fields {
		text := y.Sum(c, i, l)
		if text == "" {
			continue
		}
		if f.Type == TypeMoney {
			text += W("元", " yuan").In(l)
		}
		parts = append(parts, f.Words.In(l)+" "+text)
	}
	return strings.Join(parts, "  ")
}

// Sum writes the total of one field of Fields, "" when there is none or the
// reader must not see it.
func (y *YearTotal) Sum(c *Context, i int, l Lang) string {
	f, v := y.Fields[i], y.Sums[i]
	if rows, ok := v.([]Row); ok {
		if c.MaskText(f, rows, Inside, l, c.Today()) == "" {
			return ""
		}
		return f.itemText(rows, l)
	}
	return c.MaskText(f, v, Inside, l, c.Today())
}

// itemText adds up the quantities of a list by what they are of and by unit:
// 米 3 袋、油 2 桶. Rows without a quantity count for themselves.
func (f *Field) itemText(rows []Row, l Lang) string {
	q := f.quantity()
	var names []string
	sums := map[string][]Row{}
	for _, row := range rows {
		name, _ := row[f.Sub[0].Key].(string)
		if sums[name] == nil {
			names = append(names, name)
		}
		sums[name] = append(sums[name], row)
	}
	for i, name := range names {
		if q > 0 {
			names[i] = strings.TrimSpace(name + " " + f.countText(sums[name], l))
		}
	}
	return strings.Join(names, listMark(l))
}

// Cells are the texts of the table as the inside may see it; columns in which
// nothing stands are left out. A person who is no longer there is marked so.
func (t *RelatedTable) Cells(c *Context, l Lang) (columns []*Field, rows [][]string) {
	rows = make([][]string, len(t.Rows))
	for _, f := range t.Columns {
		texts, filled := make([]string, len(t.Rows)), false
		for i, r := range t.Rows {
			texts[i] = c.cell(f, r, l)
			filled = filled || texts[i] != ""
		}
		if !filled {
			continue
		}
		columns = append(columns, f)
		for i := range rows {
			rows[i] = append(rows[i], texts[i])
		}
	}
	return columns, rows
}

// cell writes one value of a related record on one line.
func (c *Context) cell(f *Field, r *Record, l Lang) string {
	text, _ := Clean(strings.ReplaceAll(c.SeenText(r, f, c.Value(r, f), l), "\n", " "))
	return text
}
