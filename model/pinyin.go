package model

import (
	"math/bits"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"taizhang/model/pinyin"
)

// glyph is what matching and sorting need to know of one rune.
type glyph struct {
	r        rune     // lower case
	readings []string // syllables without tone, ü as v; none for what is not Han
	sort     string   // first reading with its tone digit
	silent   bool     // a space or a middle dot, skipped inside a name
}

// glyphs caches a glyph per rune, by pages, for all lists of the program:
// building 10,000 names asks the dictionary once for each different character.
var glyphs [(unicode.MaxRune + 1) >> 8]atomic.Pointer[[256]atomic.Pointer[glyph]]

// sortReadings puts first the reading by which a list is sorted, where the
// dictionary begins with a rarer one. The first five are nearly always
// surnames in a community's lists.
var sortReadings = map[rune]string{
	'曾': "zeng1", '翟': "zhai2", '仇': "qiu2", '覃': "qin2", '缪': "miao4",
	'长': "chang2", '厦': "xia4", '纪': "ji4",
}

// extraReadings are characters and readings missing from the dictionary: rare
// forms used in names.
var extraReadings = map[rune]string{'𠮷': "ji2", '㐂': "xi3"}

func glyphOf(r rune) *glyph {
	page := glyphs[r>>8].Load()
	if page == nil {
		glyphs[r>>8].CompareAndSwap(nil, new([256]atomic.Pointer[glyph]))
		page = glyphs[r>>8].Load()
	}
	g := page[r&0xFF].Load()
	if g == nil {
		g = newGlyph(r)
		page[r&0xFF].Store(g)
	}
	return g
}

func newGlyph(r rune) *glyph {
	half := halfRune(r)
	g := &glyph{r: unicode.ToLower(half), silent: unicode.IsSpace(half) || strings.ContainsRune("·・•‧", r)}
	if r < 0x80 || !unicode.Is(unicode.Han, r) {
		return g
	}
	g.sort, g.readings = pinyin.Readings(r)
	if s, ok := extraReadings[r]; ok {
		g.sort = s
	}
	if s, ok := sortReadings[r]; ok {
		g.sort = s
	}
	if s := strings.TrimRight(g.sort, "1234"); pinyin.Plain(s) && !slices.Contains(g.readings, s) {
		g.readings = append(g.readings, s)
	}
	return g
}

// Pinyin is one text made ready for matching; eight bytes a character.
type Pinyin struct{ glyphs []*glyph }

// NewPinyin prepares s.
func NewPinyin(s string) Pinyin {
	out := make([]*glyph, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		out = append(out, glyphOf(r))
	}
	return Pinyin{out}
}

// maxQuery is the longest query in bytes: a match keeps its places in a word
// of 64 bits.
const maxQuery = 63

// Match says whether a run of characters answers to the query: each by itself,
// by its initial, by zh, ch or sh, or by a whole syllable in any of its
// readings; the last syllable may be unfinished. Nothing may be left out in
// between but spaces and middle dots. Case and width do not count. A higher
// score is better: the whole text, then its start, then earlier, then shorter
// texts. The empty query matches everything with 0; one above 63 bytes nothing.
func (p Pinyin) Match(query string) (score int, ok bool) {
	query = normalQuery(query)
	if query == "" {
		return 0, true
	}
	if len(query) > maxQuery {
		return 0, false
	}
	for start, g := range p.glyphs {
		if g.silent {
			continue
		}
		end, ok := p.matchFrom(start, query)
		if !ok {
			continue
		}
		score = 1000 - min(start*10, 400) - min(len(p.glyphs)-(end-start), 400)
		if start == 0 {
			score += 1000
			if end == len(p.glyphs) {
				score += 1000
			}
		}
		return score, true
	}
	return 0, false
}

// normalQuery is lower case, half width, without spaces and apostrophes; it
// allocates only for queries that are not so already.
func normalQuery(q string) string {
	for i := range len(q) {
		if c := q[i]; c <= ' ' || c == '\'' || c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.Map(func(r rune) rune {
				if r = halfRune(r); unicode.IsSpace(r) || r == '\'' || r == '’' {
					return -1
				}
				if r = unicode.ToLower(r); r == 'ü' {
					return 'v'
				}
				return r
			}, q)
		}
	}
	return q
}

// matchFrom follows all readings at once from one character on. Bit i of
// places is set when the first i bytes of the query are used up, so the time
// is bounded however many readings there are.
func (p Pinyin) matchFrom(start int, query string) (end int, ok bool) {
	places := uint64(1)
	for i := start; i < len(p.glyphs); i++ {
		g := p.glyphs[i]
		next := uint64(0)
		if g.silent {
			next = places
		}
		for left := places; left != 0; left &= left - 1 {
			at := bits.TrailingZeros64(left)
			next |= g.steps(query[at:]) << at
		}
		if next>>len(query)&1 == 1 {
			return i + 1, true
		}
		if next == 0 {
			return 0, false
		}
		places = next
	}
	return 0, false
}

// steps returns the lengths of q that the glyph can take, as bits.
func (g *glyph) steps(q string) (lengths uint64) {
	if c := q[0]; c >= 'a' && c <= 'z' && len(g.readings) > 0 {
		for _, s := range g.readings {
			if s[0] != c {
				continue
			}
			lengths |= 2
			if len(s) > 1 && s[1] == 'h' && len(q) > 1 && q[1] == 'h' { // zh, ch, sh
				lengths |= 4
			}
			if strings.HasPrefix(q, s) {
				lengths |= 1 << len(s)
			} else if strings.HasPrefix(s, q) {
				lengths |= 1 << len(q)
			}
		}
		return lengths
	}
	if r, n := utf8.DecodeRuneInString(q); r == g.r {
		lengths |= 1 << n
	}
	return lengths
}

// Initials returns the first letters of the first readings, with letters and
// digits as they are in lower case: 连心社 lxs, A座3栋 az3d. Punctuation drops.
func Initials(s string) string {
	var b strings.Builder
	for _, r := range s {
		g := glyphOf(r)
		switch {
		case g.sort != "":
			b.WriteByte(g.sort[0])
		case unicode.IsLetter(g.r) || unicode.IsDigit(g.r):
			b.WriteRune(g.r)
		}
	}
	return b.String()
}
