package model

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Order is the place of a value in a sorted list: some bytes that are read once
// per record, so that sorting needs no record a second time. Most comparisons
// are one of two numbers.
type Order struct {
	rank  uint64
	text  string // decides where ranks are equal, by ComparePinyin
	blank bool
}

// mostOrder bounds the text kept per record, in bytes: some forty characters.
const mostOrder = 128

// Compare orders as the list does: 0 only for values that look the same.
func (o Order) Compare(p Order) int {
	if o.rank != p.rank {
		return cmp.Compare(o.rank, p.rank)
	}
	if o.text == p.text {
		return 0
	}
	return ComparePinyin(o.text, p.text)
}

// Blank reports that there is no value. Lists put those last in either
// direction: who sorts looks for what is there.
func (o Order) Blank() bool { return o.blank }

// Order places a value of a field: numbers, amounts, dates and periods by
// value, terms by their place in the vocabulary, occasions by their day,
// everything else by the text that the list shows (ComparePinyin). What the
// actor does not see in full is placed by what she sees of it, so that the
// order tells nothing.
func (c *Context) Order(f *Field, v any, l Lang) Order {
	if Blank(v) {
		return Order{blank: true}
	}
	if !f.InFull(c.Actor, Inside) {
		return textOrder(c.MaskText(f, v, Inside, l, c.Today()))
	}
	switch x := v.(type) {
	case int64:
		return Order{rank: ascending(x)}
	case Dec:
		return Order{rank: ascending(int64(x))}
	case Money:
		return Order{rank: ascending(int64(x))}
	case bool:
		if x {
			return Order{rank: 1}
		}
		return Order{}
	case Date:
		return Order{rank: dayRank(x)}
	case PeriodKey:
		if p := x.Span(); !p.IsZero() {
			return Order{rank: dayRank(p.To), text: string(x)}
		}
	case Occasion:
		if day, ok := x.Date(); ok {
			return Order{rank: dayRank(day), text: x.String()}
		}
		return Order{rank: dayRank(NewDate(max(x.Year, MinYear), 12, 31)) + 1, text: x.String()}
	case string:
		if f.Type == TypePick {
			return c.termOrder(f, []string{x})
		}
	case []string:
		return c.termOrder(f, x)
	}
	return textOrder(c.MaskText(f, v, Inside, l, c.Today()))
}

// ascending keeps the order of whole numbers in unsigned ones.
func ascending(n int64) uint64 { return uint64(n) ^ 1<<63 }

// dayRank is the order of Date.Compare: the coarser date first.
func dayRank(d Date) uint64 { return uint64(d.SortKey())<<3 | uint64(ByYear-d.Precision) }

// termOrder packs the places of the first terms into one number, 16 bits each.
func (c *Context) termOrder(f *Field, values []string) Order {
	terms := c.Schema.Vocab(f.Vocab).Terms
	o := Order{text: brieflyOrdered(strings.Join(values, "、"))}
	for i := range 4 {
		place := 0
		if i < len(values) {
			place = len(terms) // unknown to the vocabulary: after it
			if at := slices.IndexFunc(terms, func(t Term) bool { return t.ZH == values[i] }); at >= 0 {
				place = at
			}
			place = min(place+1, math.MaxUint16)
		}
		o.rank = o.rank<<16 | uint64(place)
	}
	return o
}

// textOrder places a text; one that is hidden from the actor counts as none.
func textOrder(s string) Order {
	if s == "" {
		return Order{blank: true}
	}
	s = brieflyOrdered(s)
	return Order{rank: firstRank(s), text: s}
}

// brieflyOrdered keeps what decides the order, whole characters.
func brieflyOrdered(s string) string {
	if len(s) <= mostOrder {
		return s
	}
	n := mostOrder
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.Clone(s[:n]) // not the long text with it
}

// firstRank is a number that orders texts as ComparePinyin does by their first
// character, or by the number they begin with. From the top: 2 bits of class,
// 35 of reading and tone, 21 of the character.
func firstRank(s string) uint64 {
	r, _ := utf8.DecodeRuneInString(s)
	if half := halfRune(r); half >= '0' && half <= '9' {
		const most = 1<<40 - 1 // longer numbers are left to ComparePinyin
		n := uint64(0)
		for _, r := range s {
			d := halfRune(r)
			if d < '0' || d > '9' {
				break
			}
			n = min(n*10+uint64(d-'0'), most)
		}
		return 1<<56 | n
	}
	g := glyphOf(halfRune(r))
	rank := uint64(g.class())
	if rank == 1 { // other digits come after these
		return 1<<56 | 1<<50 | uint64(g.r)
	}
	for i := range 7 {
		step := uint64(0)
		switch {
		case i >= len(g.sort):
		case g.sort[i] >= 'a':
			step = uint64(g.sort[i]-'a') + 6
		default:
			step = uint64(g.sort[i] - '0')
		}
		rank = rank<<5 | step
	}
	return rank<<21 | uint64(g.r)
}

// ComparePinyin orders texts for lists: numbers by value (2号楼 before 10号楼),
// then letters without regard to case, then Han by reading, tone and
// character, everything else by code point in front. It is 0 only for equal
// texts. Characters of one reading and tone stand by code point, which in
// Unicode's main block is by radical and the strokes beside it; a table of all
// strokes would add a megabyte to the program for the order of namesakes.
func ComparePinyin(a, b string) int {
	n := sharedStart(a, b)
	x, y := halfWidth(a[n:]), halfWidth(b[n:])
	for x != "" && y != "" {
		if isDigits(x[:1]) && isDigits(y[:1]) {
			m, n := digitRun(x), digitRun(y)
			if c := compareDigits(x[:m], y[:n]); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		r, m := utf8.DecodeRuneInString(x)
		s, n := utf8.DecodeRuneInString(y)
		x, y = x[m:], y[n:]
		if r == s {
			continue
		}
		g, h := glyphOf(r), glyphOf(s)
		if c := cmp.Compare(g.class(), h.class()); c != 0 {
			return c
		}
		if c := strings.Compare(g.sort, h.sort); c != 0 {
			return c
		}
		if c := cmp.Compare(g.r, h.r); c != 0 {
			return c
		}
	}
	if c := cmp.Compare(len(x), len(y)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// sharedStart is how many bytes of two texts are the same and decide nothing:
// whole characters, and no part of a number, whose value the rest may change.
func sharedStart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	for n > 0 {
		r, size := utf8.DecodeLastRuneInString(a[:n])
		if r = halfRune(r); r < '0' || r > '9' {
			break
		}
		n -= size
	}
	return n
}

func (g *glyph) class() int {
	switch {
	case g.sort != "":
		return 3
	case unicode.IsLetter(g.r):
		return 2
	case unicode.IsDigit(g.r):
		return 1
	}
	return 0
}

func digitRun(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func compareDigits(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
