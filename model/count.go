package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Part is one way to take the figures of a register apart.
type Part struct {
	Key   string // stable name in JSON
	Words Words  // 楼栋, by building
	// Of names what a record counts under; nil: the values of the field Key.
	Of func(*Record, *Context) []string
	// Vocab is the vocabulary of these names, "" for none.
	Vocab string
	// Names are the English of names that no vocabulary has.
	Names map[string]string
	// All counts the final records too that count nowhere else.
	All bool

	field *Field
}

// parts are all ways to take its figures apart, those by fields first.
func (reg *Register) parts() []Part {
	out := make([]Part, 0, len(reg.Parts)+len(reg.Apart))
	for _, key := range reg.Parts {
		f := reg.Field(key)
		p := Part{Key: key, Vocab: f.Vocab, field: f, Words: Words{f.Words.ZH, "by " + singular(lowerFirst(f.Words.EN))}}
		if w, ok := reg.Headings[key]; ok {
			p.Words = w
		}
		out = append(out, p)
	}
	return append(out, reg.Apart...)
}

// TakenApart reports whether its figures are taken apart by the part of a key.
func (reg *Register) TakenApart(key string) bool {
	return slices.ContainsFunc(reg.parts(), func(p Part) bool { return p.Key == key })
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' { // an abbreviation
		return s
	}
	return strings.ToLower(s[:min(1, len(s))]) + s[min(1, len(s)):]
}

// of names what a record counts under in a part; what is not given is "".
func (p *Part) of(r *Record, c *Context) []string {
	if p.Of != nil {
		return p.Of(r, c)
	}
	switch v := r.Get(p.Key).(type) {
	case nil:
		if p.field.Type == TypePicks || p.field.Type == TypeRefs {
			return nil
		}
		return []string{""}
	case []string:
		return v
	case []Ref:
		return c.namesOf(v)
	default:
		return []string{c.Text(nil, v, ZH)}
	}
}

// namesOf are the names of references; two of one name are one.
func (c *Context) namesOf(refs []Ref) (out []string) {
	for _, ref := range refs {
		if name := c.NameOf(ref); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// label names what stands under the part in both languages.
func (p *Part) label(c *Context, name string) Words {
	switch {
	case p.field != nil && p.field.Type == TypeOccasion:
		return c.occasionWords(name)
	case p.Names[name] != "":
		return Words{name, p.Names[name]}
	case p.field != nil && p.field.Type == TypeBool && name != "":
		return Words{name, c.Text(nil, name == "是", EN)}
	case p.Vocab != "" || name == "":
		return c.termWords(p.Vocab, name)
	}
	return Words{name, name}
}

// order sorts names as their vocabulary does, those of none by pinyin.
func (p *Part) order(c *Context, terms map[string]*Count) []string {
	if p.Vocab == "" || p.field != nil && p.field.Type == TypeOccasion {
		return slices.SortedFunc(maps.Keys(terms), ComparePinyin)
	}
	return inOrder(c.Schema.Vocab(p.Vocab), terms)
}

// Count is what some records of a register come to, by each of its measures.
type Count struct {
	Records int64
	values  []int64
	seen    []map[string]bool // of measures that count distinct things
	refused []Words
	goods   GoodsSum

	at     [][]uint32          // by measure, the records that bring something
	things map[string][]uint32 // by item of goods
}

// Value is a measure's number by its key: 分 for money, thousandths for
// decimals; not ok where it cannot be counted.
func (n *Count) value(reg *Register, key string) (int64, bool) {
	i := reg.measureAt(key)
	if n == nil || n.values == nil || i < 0 {
		return 0, i >= 0
	}
	return n.values[i], n.refused == nil || n.refused[i] == (Words{})
}

// brought is what a record brings to every measure; it is used again for the
// next.
type brought struct {
	n       []int64
	keys    [][]string
	refused []Words
	goods   []Row
}

func (b *brought) take(r *Record, today, end *Context) {
	reg := r.Register
	b.n, b.keys, b.refused, b.goods = b.n[:0], b.keys[:0], b.refused[:0], nil
	for i := range reg.Measures {
		m, c := &reg.Measures[i], today
		if m.AtEnd {
			c = end
		}
		n, keys := m.bring(r, c)
		var refused Words
		if m.Whole != nil {
			refused = m.Whole(r, c)
		}
		b.n, b.keys, b.refused = append(b.n, n), append(b.keys, keys), append(b.refused, refused)
	}
	if reg.Goods != "" {
		b.goods, _ = r.Get(reg.Goods).([]Row)
	}
}

// add counts a record; no is its number among those kept, negative where none are.
func (n *Count) add(reg *Register, b *brought, no int) {
	if n.values == nil {
		n.values = make([]int64, len(reg.Measures))
		if no >= 0 {
			n.at = make([][]uint32, len(reg.Measures))
		}
	}
	n.Records++
	for i := range b.n {
		if reg.Measures[i].Distinct != nil {
			if n.seen == nil {
				n.seen = make([]map[string]bool, len(reg.Measures))
			}
			if n.seen[i] == nil {
				n.seen[i] = map[string]bool{}
			}
			for _, key := range b.keys[i] {
				n.seen[i][key] = true
			}
			n.values[i] = int64(len(n.seen[i]))
		} else {
			n.values[i] += b.n[i]
		}
		if no >= 0 && b.n[i] != 0 {
			n.at[i] = append(n.at[i], uint32(no))
		}
		if w := b.refused[i]; w != (Words{}) {
			if n.refused == nil {
				n.refused = make([]Words, len(reg.Measures))
			}
			if n.refused[i] == (Words{}) {
				n.refused[i] = w
			}
		}
	}
	n.goods.Add(b.goods)
	if no < 0 {
		return
	}
	for _, row := range b.goods {
		item, _ := row["item"].(string)
		if n.things == nil {
			n.things = map[string][]uint32{}
		}
		if at := n.things[item]; len(at) == 0 || at[len(at)-1] != uint32(no) {
			n.things[item] = append(at, uint32(no))
		}
	}
}

// RegisterFigures are what the records of a register come to in a period.
type RegisterFigures struct {
	Register *Register
	Total    Count
	Parts    []PartFigures

	months []Count // of the totals; nil: not counted
}

// PartFigures are its figures taken apart in one way.
type PartFigures struct {
	Part
	Terms map[string]*Count
}

func newRegisterFigures(reg *Register) *RegisterFigures {
	f := &RegisterFigures{Register: reg}
	for _, p := range reg.parts() {
		f.Parts = append(f.Parts, PartFigures{p, map[string]*Count{}})
	}
	return f
}

// part finds one by its key; it has no terms where there is none.
func (f *RegisterFigures) part(key string) map[string]*Count {
	for _, p := range f.Parts {
		if p.Key == key {
			return p.Terms
		}
	}
	return nil
}

// add counts a final record of the period, whose last day end is.
func (f *RegisterFigures) add(r *Record, c, end *Context, b *brought, no int) {
	counts := r.Counted()
	r = r.Figured()
	b.take(r, c, end)
	if counts {
		f.Total.add(f.Register, b, no)
	}
	for i := range f.Parts {
		p := &f.Parts[i]
		if !counts && !p.All {
			continue
		}
		for _, name := range p.of(r, c) {
			under(p.Terms, name).add(f.Register, b, no)
		}
	}
}

// Measured are the registers that come to something, in the order of the
// figures.
func (s *Schema) Measured() (out []*Register) {
	for _, reg := range s.Registers {
		if len(reg.Measures) > 0 {
			out = append(out, reg)
		}
	}
	slices.SortStableFunc(out, func(a, b *Register) int { return cmp.Compare(cmp.Or(a.Place, a.Rank), cmp.Or(b.Place, b.Rank)) })
	return out
}

// Lasts reports that the figures count its records as they stand at the end of
// a period, whatever their date.
func (reg *Register) Lasts() bool {
	return reg.DateField == "" || reg.Stood != nil || reg.Standing != nil
}

// OfPeriod keeps of records of the register those that its figures of a period
// are about, in the order given: what lasts as it stood on the last day (Stood),
// what tells how things stood in its last version (Standing), what has no date
// always, everything else by its date. The zero period is all time. It is the one
// rule of figures, statistics and the texts of reports.
func (reg *Register) OfPeriod(records []*Record, p Period) []*Record {
	if reg.Standing != nil {
		return InForce(records, p.To)
	}
	var out []*Record
	for _, r := range records {
		if r.in(p) {
			out = append(out, r)
		}
	}
	return out
}

// in reports whether a final record belongs to the figures of a period; of
// records that tell how things stood see OfPeriod.
func (r *Record) in(p Period) bool {
	reg := r.Register
	switch {
	case reg.Stood != nil:
		return reg.Stood(r, p.To)
	case reg.DateField == "", p.IsZero():
		return true
	}
	if Blank(r.Get(reg.DateField)) {
		return false
	}
	return p.Contains(r.Date())
}
