package model

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// FigureRow is one number for people: under which heading, of what, in which
// unit; and what it counted. Register, Measure, Part and Term are keys; Part and
// Term are blank for a total.
type FigureRow struct {
	Section, Label, Unit, Value string

	Under                         string // the register in whose figures it stands
	Register, Measure, Part, Term string
	Amount                        int64 // the number: 分 for money, thousandths for decimals; 0 for a share
	Share                         bool  // a percentage

	trace *traceIDs
}

// UnitText is the unit as it is said of the value: 1 event, 2 events.
func (r FigureRow) UnitText() string {
	if r.Value == "1" {
		return singular(r.Unit)
	}
	return r.Unit
}

// singular is what an English unit of many is called for one; other text stays.
func singular(unit string) string {
	words := strings.Split(unit, " ")
	for i, w := range words {
		switch {
		case strings.HasSuffix(w, "ies") && len(w) > 4:
			words[i] = strings.TrimSuffix(w, "ies") + "y"
		case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "sses"):
			words[i] = strings.TrimSuffix(w, "es")
		case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
			words[i] = strings.TrimSuffix(w, "s")
		}
	}
	return strings.Join(words, " ")
}

// heading is what stands over a part of the register's figures.
func (reg *Register) heading(part Words) Words {
	w := reg.Words
	if h, ok := reg.Headings[""]; ok {
		w = h
	}
	if part == (Words{}) {
		return w
	}
	return Words{w.ZH + "：" + part.ZH, w.EN + " " + part.EN}
}

// Heading is what stands over the register's figures.
func (reg *Register) Heading() Words { return reg.heading(Words{}) }

// TotalLabel is what stands before a total whose unit says what it is.
var TotalLabel = W("合计", "total")

// alwaysCounted are the registers whose totals are told even where they are 0.
var alwaysCounted = []string{"activity", "visit"}

// extraRows are figures that no measure of a register gives.
var extraRows = map[string][]func(*Figures, *Context, func(FigureRow, Words, Words, Words)){
	"visit": {(*Figures).coverageRows, (*Figures).budgetRows},
	"issue": {(*Figures).rateRows},
}

// Rows lists the figures in the order of the page: register by register the
// totals first, then the parts in the order of their vocabularies. Screen, table
// and summary print this list, so no figure is named twice in the program.
func (f *Figures) Rows(c *Context, l Lang) []FigureRow {
	f.Finish()
	var rows []FigureRow
	under := ""
	put := func(r FigureRow, section, label, unit Words) {
		r.Under, r.Section, r.Label, r.Unit = under, section.In(l), label.In(l), unit.In(l)
		rows = append(rows, r)
	}
	for _, reg := range c.Schema.Measured() {
		n := f.Registers[reg.Key]
		if n == nil {
			continue
		}
		under = reg.Key
		if n.Total.Records > 0 || contains(alwaysCounted, reg.Key) {
			f.totalRows(n, put)
			f.goodsRows(n, c, put)
		}
		for _, p := range n.Parts {
			for _, name := range p.order(c, p.Terms) {
				f.termRows(n, &p, name, c, put)
			}
		}
		for _, extra := range extraRows[reg.Key] {
			extra(f, c, put)
		}
	}
	return rows
}

// row is the number of one measure; nothing where it cannot be counted.
func (f *Figures) row(n *RegisterFigures, i int, of *Count) (FigureRow, bool) {
	m := &n.Register.Measures[i]
	v, ok := of.value(n.Register, m.Key)
	r := FigureRow{Register: n.Register.Key, Measure: m.Key, Value: numberText(n.Register.valueType(m), v), Amount: v}
	if f.tracing {
		r.trace = &traceIDs{from: f}
		if of.at != nil {
			r.trace.at = of.at[i]
		}
	}
	return r, ok
}

func (f *Figures) totalRows(n *RegisterFigures, put func(FigureRow, Words, Words, Words)) {
	reg := n.Register
	for i := range reg.Measures {
		m := &reg.Measures[i]
		r, ok := f.row(n, i, &n.Total)
		if !ok || m.Told || m.Minor && r.Amount == 0 || f.public && m.Sum != "" && !reg.sumField(m.Sum).ShownTo(Public) {
			continue
		}
		put(r, reg.Heading(), m.label(), m.Unit)
		if whole, _ := n.Total.value(reg, m.Of); m.Of != "" && whole > 0 {
			share, _ := f.row(n, reg.measureAt(m.Of), &n.Total)
			share.Measure, share.Value, share.Amount, share.Share = m.Key, Percent(r.Amount, whole), 0, true
			put(share, reg.Heading(), m.label(), m.Share)
		}
	}
}

// termRows are the numbers of one term of a part: of each unit the first measure
// that is not minor.
func (f *Figures) termRows(n *RegisterFigures, p *PartFigures, name string, c *Context, put func(FigureRow, Words, Words, Words)) {
	reg := n.Register
	for i := range reg.Measures {
		m := &reg.Measures[i]
		if m.Minor || m.Told || m.Of != "" || slices.ContainsFunc(reg.Measures[:i], func(o Measure) bool { return o.Unit == m.Unit && !o.Minor }) {
			continue
		}
		r, ok := f.row(n, i, p.Terms[name])
		if !ok {
			continue
		}
		r.Part, r.Term = p.Key, name
		put(r, reg.heading(p.Words), p.label(c, name), m.Unit)
	}
}

// goodsRows are the goods, by item and by unit where there are several.
func (f *Figures) goodsRows(n *RegisterFigures, c *Context, put func(FigureRow, Words, Words, Words)) {
	if f.hideGoods {
		return
	}
	reg := n.Register
	section := reg.Heading()
	section = Words{section.ZH + "：" + goodsWords.ZH, section.EN + ": " + goodsWords.EN}
	type line struct {
		item string
		Quantity
	}
	lines := map[string]line{}
	for item, units := range n.Total.goods.of {
		for unit, qty := range units {
			lines[unitName(item, unit, len(units))] = line{item, Quantity{qty, unit}}
		}
	}
	for _, name := range slices.SortedFunc(maps.Keys(lines), ComparePinyin) {
		q := lines[name]
		r := FigureRow{Register: reg.Key, Measure: "goods", Part: "goods", Term: name, Value: q.Qty.String(), Amount: int64(q.Qty)}
		if f.tracing {
			r.trace = &traceIDs{from: f, at: n.Total.things[q.item]}
		}
		put(r, section, c.termWords("GOODS", name), Words{q.Unit, q.Unit})
	}
}

var goodsWords = W("慰问品", "goods")

func count(n int64) string { return strconv.FormatInt(n, 10) }

// inOrder sorts names as their vocabulary does, unknown ones last by pinyin.
func inOrder[T any](v *Vocab, m map[string]T) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(v.place(a)-v.place(b), ComparePinyin(a, b))
	})
}

// termWords names a stored value in both languages; what no vocabulary knows
// keeps its own name, and a blank is said to be one.
func (c *Context) termWords(vocab, name string) Words {
	if name == "" {
		return W("未填", "not given")
	}
	v := c.Schema.Vocab(vocab)
	return Words{name, v.Text(name, EN)}
}

// OccasionWords names an occasion in both languages.
func (c *Context) OccasionWords(o Occasion) Words { return c.occasionWords(o.String()) }

func (c *Context) occasionWords(name string) Words {
	festival, year := SplitOccasion(name)
	if t, ok := c.Schema.Vocab("OCC").Term(festival); ok && year != 0 {
		return Words{name, t.EN + " " + strconv.Itoa(year)}
	}
	return c.termWords("OCC", name)
}

// TopicRows are the figures of all registers that belong to a topic: totals, and
// their parts where they say something. The section is the register's, or its
// part's.
func (f *Figures) TopicRows(topic Words, c *Context, l Lang) []FigureRow {
	f.Finish()
	var rows []FigureRow
	for _, reg := range c.Schema.Measured() {
		n := f.Registers[reg.Key]
		if n == nil {
			continue
		}
		put := func(i int, of *Count, part, label Words) {
			if r, ok := f.row(n, i, of); ok && r.Amount != 0 {
				m := &reg.Measures[i]
				r.Under, r.Section, r.Label, r.Unit = reg.Key, reg.heading(part).In(l), label.In(l), m.Words.In(l)+unitMark(m, l)
				rows = append(rows, r)
			}
		}
		for i := range reg.Measures {
			if reg.Measures[i].Topic == topic {
				put(i, &n.Total, Words{}, TotalLabel)
			}
		}
		for _, p := range n.Parts {
			for _, name := range p.order(c, p.Terms) {
				for i := range reg.Measures {
					if reg.Measures[i].Topic == topic {
						put(i, p.Terms[name], p.Words, p.label(c, name))
					}
				}
			}
		}
	}
	return rows
}

// TopicRefused says of a topic's totals which cannot be counted, and why.
func (f *Figures) TopicRefused(topic Words, c *Context) (out []Words) {
	f.Finish()
	for _, reg := range c.Schema.Measured() {
		n := f.Registers[reg.Key]
		if n == nil || n.Total.refused == nil {
			continue
		}
		for i := range reg.Measures {
			if m := &reg.Measures[i]; m.Topic == topic && n.Total.refused[i] != (Words{}) {
				out = append(out, Sayf("%s：%s", "%s: %s", m.Words, n.Total.refused[i]))
			}
		}
	}
	return out
}

func unitMark(m *Measure, l Lang) string {
	return W("（"+m.Unit.ZH+"）", " ("+m.Unit.EN+")").In(l)
}

// Topics are those that measures belong to, in the order of the figures.
func (s *Schema) Topics() (out []Words) {
	for _, reg := range s.Measured() {
		for _, m := range reg.Measures {
			if m.Topic != (Words{}) && !slices.Contains(out, m.Topic) {
				out = append(out, m.Topic)
			}
		}
	}
	return out
}
