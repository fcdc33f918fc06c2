package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// mostAbove is among how many rows the head row is looked for.
const mostAbove = 15

// Use is what becomes of a column.
type Use uint8

// The uses of a column.
const (
	Unknown Use = iota // nobody knows the head: it is left, and said so
	Filled             // read into a field
	Left               // left as the person asked, or a running number
	Own                // what the program fills in itself
	Helper             // tells people of one name apart: a field of the record referred to
)

// Column is a column of the table.
type Column struct {
	Head  string
	Place int // among the cells
	Use   Use
	Field *model.Field // of the register; of the other register for a Helper
	Of    *model.Field // for a Helper: the field that refers
	Said  bool         // it is used so because it was before
}

// head is the head row and what was read above it.
type head struct {
	line    int // among the lines
	columns []Column
	year    int // of the titles above, 0 when they name none
}

var (
	bracketed = regexp.MustCompile(`[（(\[【〔][^）)\]】〕]*[）)\]】〕]`)
	headMarks = strings.NewReplacer(" ", "", "　", "", "\n", "", "：", "", ":", "", "*", "", "＊", "", "●", "", "○", "")
	someYear  = regexp.MustCompile(`(?:19|20)\d\d`)
	// running numbers of rows; an id of the program is no field either.
	running = []string{"序号", "编号", "号", "no", "no.", "id", "行号"}
)

// fieldOf finds the field a head means: as it stands, then without marks, then
// without what is in brackets.
func fieldOf(reg *model.Register, text string) *model.Field {
	plain := headMarks.Replace(text)
	for _, name := range []string{text, plain, bracketed.ReplaceAllString(plain, "")} {
		if name == "" {
			continue
		}
		if f, err := reg.FindField(name); err == nil {
			return f
		}
	}
	return nil
}

// findHead finds the head row: among the first rows the one with most columns
// that are known. mapped are the person's own words for heads, to field names;
// "" leaves a column.
func findHead(s *model.Schema, reg *model.Register, t *Table, mapped map[string]string, before []model.Head) (head, error) {
	best := head{line: -1}
	most := 0
	for i := range t.Lines[:min(len(t.Lines), mostAbove)] {
		h, known, err := headAt(s, reg, t, i, mapped, before)
		if err != nil {
			return best, err
		}
		if known > most {
			best, most = h, known
		}
	}
	filled := 0
	if best.line >= 0 {
		filled, _ = t.Lines[best.line].filled()
	}
	if most == 0 || most == 1 && filled > 2 {
		return best, model.Problemf("前%d行里找不到“%s”的表头。请把表头写成台账里的名称（taizhang fields %s 可查），或用 --map 表头=项目 对上",
			"the first %d rows hold no head row of %s. Name the columns as the register does (see taizhang fields %s), or map them with --map HEAD=FIELD",
			mostAbove, reg.Words, reg.Key)
	}
	for name := range mapped {
		if !slices.ContainsFunc(best.columns, func(c Column) bool { return sameHead(c.Head, name) }) {
			return best, model.Problemf("表头里没有“%s”这一列，有：%s", "the head row has no column %q; it has: %s", model.Shorten(name), heads(best.columns))
		}
	}
	for _, l := range t.Lines[:best.line] {
		for _, c := range l.Cells {
			if ys := someYear.FindAllString(c.Text, 2); len(ys) == 2 && ys[0] != ys[1] { // 2010—2024: several years
				best.year = 0
				return best, nil
			} else if len(ys) > 0 && best.year == 0 {
				best.year, _ = strconv.Atoi(ys[0])
			}
		}
	}
	return best, nil
}

func sameHead(a, b string) bool { return headMarks.Replace(a) == headMarks.Replace(b) }

func heads(columns []Column) string {
	var out []string
	for _, c := range columns {
		out = append(out, model.Shorten(c.Head))
	}
	return strings.Join(out, "、")
}

// headAt reads a row as the head row and counts what is known in it.
func headAt(s *model.Schema, reg *model.Register, t *Table, at int, mapped map[string]string, before []model.Head) (h head, known int, err error) {
	h.line = at
	taken := map[*model.Field]bool{}
	for i, c := range t.Lines[at].Cells {
		col := Column{Head: strings.TrimSpace(c.Text), Place: i}
		if col.Head == "" {
			continue
		}
		name, asked := "", false
		for from, to := range mapped {
			if sameHead(from, col.Head) {
				name, asked = to, true
			}
		}
		said := slices.ContainsFunc(before, func(b model.Head) bool { return sameHead(b.Text, col.Head) })
		switch f := fieldOf(reg, col.Head); {
		case said && !asked: // below
		case asked && name == "":
			col.Use = Left
		case asked:
			if col.Field, err = reg.FindField(name); err != nil {
				return h, 0, err
			}
			col.Use = Filled
		case slices.Contains(running, strings.ToLower(headMarks.Replace(col.Head))) && (f == nil || f.Auto):
			col.Use = Left
		case f != nil:
			col.Use, col.Field = Filled, f
		}
		if f := col.Field; f != nil {
			switch {
			case !f.InForm():
				col.Use = Own
			case taken[f]:
				return h, 0, model.Problemf("表头有两列都是“%s”，请改名，或用 --map %s= 不要其中一列", "two columns are both %s; rename one, or leave it out with --map %s=", f.Words, col.Head)
			}
			taken[f] = true
			known++
		}
		h.columns = append(h.columns, col)
	}
	for i := range h.columns { // a field that another column says outright is that one's
		if c := &h.columns[i]; c.Use == Unknown {
			known += c.recall(reg, before, taken)
		}
	}
	for i := range h.columns {
		if c := &h.columns[i]; c.Use == Unknown {
			c.Of, c.Field = helper(s, reg, c.Head, taken)
			if c.Field != nil {
				c.Use = Helper
			}
		}
	}
	return h, known, nil
}

// recall makes of a column what it was said to be before; what no longer fits, or
// is another column's, is passed over. It returns how many fields it filled.
func (c *Column) recall(reg *model.Register, before []model.Head, taken map[*model.Field]bool) int {
	i := slices.IndexFunc(before, func(b model.Head) bool { return sameHead(b.Text, c.Head) })
	if i < 0 {
		return 0
	}
	if before[i].Field == "" {
		c.Use, c.Said = Left, true
		return 0
	}
	f := reg.Field(before[i].Field)
	if f == nil || !f.InForm() || taken[f] {
		if f = fieldOf(reg, c.Head); f == nil || !f.InForm() || taken[f] {
			return 0
		}
	}
	c.Use, c.Field, c.Said = Filled, f, true
	taken[f] = true
	return 1
}

// helper finds a head that names a field of the record another column refers to:
// the ID number beside the name of a person.
func helper(s *model.Schema, reg *model.Register, head string, taken map[*model.Field]bool) (of, f *model.Field) {
	for _, of := range reg.Fields {
		if of.Type != model.TypeRef || !taken[of] {
			continue
		}
		for _, key := range of.Refs {
			if other := s.Register(key); other != nil {
				if f := fieldOf(other, head); f != nil && f.Stored() {
					return of, f
				}
			}
		}
	}
	return nil, nil
}
