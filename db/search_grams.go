package db

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"taizhang/model"
)

// A filter says of a block of records what text cannot be in them: a Bloom
// filter over the grams of their values. The grams are
//
//	runs of one, two and three characters, folded: lower case, half width; of
//	four in ASCII
//	runs of two, three and four pinyin initials in the fields that answer to
//	pinyin, for all readings; a character without reading stands for itself
//	syllables of those fields, and pairs of them
//	amounts of money
//	dates, whole and by their month
//	phone, identity and card numbers, whole and by their last four digits
//
// Numbers are not cut into runs of characters: there are few of these, and they
// would be in every block. So are ids of other records left out, which the
// index of references answers for.
//
// Everything here that decides which grams there are is part of the file
// format; see fingerprint.

// blockBits is how many bits of a key number the records of one block: 256.
const blockBits = 8

// filterHashes and bitsPerGram make about 1 in 80 checks of an absent gram
// wrong; see docs/search.md for why no more.
const (
	filterHashes = 5
	bitsPerGram  = 16
)

// fullest is the share of bits set, in percent, above which a filter is made
// anew, larger and without what edits left in it. A new one has 33.
const fullest = 50

type filter []byte

// castagnoli ends a filter in the file: a flipped bit would hide records, and
// nothing else would notice before the next verify. Its table is made when a
// filter is first met: most commands meet none.
var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

func (f filter) stored() []byte {
	return binary.BigEndian.AppendUint32(slices.Clip(f), crc32.Checksum(f, castagnoli()))
}

// readFilter returns a filter from the file; nil, which lets everything pass,
// when it is not there or damaged.
func readFilter(b []byte) filter {
	n := len(b) - crc32.Size
	if n < leastFilter || binary.BigEndian.Uint32(b[n:]) != crc32.Checksum(b[:n], castagnoli()) {
		return nil
	}
	return b[:n]
}

// leastFilter is the size of the smallest filter.
const leastFilter = 64

func (f filter) has(h uint64) bool {
	m, a, b := uint64(len(f))*8, uint32(h), uint32(h>>32)|1
	for range filterHashes {
		at := uint64(a) * m >> 32
		if f[at>>3]&(1<<(at&7)) == 0 {
			return false
		}
		a += b
	}
	return true
}

func (f filter) add(h uint64) {
	m, a, b := uint64(len(f))*8, uint32(h), uint32(h>>32)|1
	for range filterHashes {
		at := uint64(a) * m >> 32
		f[at>>3] |= 1 << (at & 7)
		a += b
	}
}

// full reports whether too many bits are set to tell much.
func (f filter) full() bool {
	n := 0
	for _, b := range f {
		n += bits.OnesCount8(b)
	}
	return n*100 > len(f)*8*fullest
}

// gramSet collects different grams: open addressing, 0 is a free slot.
type gramSet struct {
	slots []uint64
	n     int
}

func (s *gramSet) add(h uint64) {
	if h == 0 {
		h = 1
	}
	if s.n*2 >= len(s.slots) {
		old := s.slots
		s.slots, s.n = make([]uint64, max(1<<12, 2*len(old))), 0
		for _, o := range old {
			if o != 0 {
				s.put(o)
			}
		}
	}
	s.put(h)
}

func (s *gramSet) put(h uint64) {
	for i := h & uint64(len(s.slots)-1); ; i = (i + 1) & uint64(len(s.slots)-1) {
		switch s.slots[i] {
		case h:
			return
		case 0:
			s.slots[i] = h
			s.n++
			return
		}
	}
}

// filter makes the filter that holds all grams of the set.
func (s *gramSet) filter() filter {
	f := make(filter, max(leastFilter, s.n*bitsPerGram/8))
	for _, h := range s.slots {
		if h != 0 {
			f.add(h)
		}
	}
	return f
}

// Kinds of grams: they begin the number that is hashed.
const (
	gramText     = 1 // to 3: so many characters
	gramInitials = 4 // to 6: two to four initials
	gramSyllable = 7
	gramMoney    = 8
	gramDate     = 9
	gramNumber   = 10
	gramASCII    = 11
)

// hashGram is splitmix64 over the kind and up to 64 bits of content.
func hashGram(kind uint64, content uint64) uint64 {
	h := content + kind*0x9E3779B97F4A7C15
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	if h ^= h >> 31; h == 0 {
		return 1
	}
	return h
}

func hashRunes(kind uint64, a, b, c rune) uint64 {
	return hashGram(kind, uint64(uint32(a))|uint64(uint32(b))<<21|uint64(uint32(c))<<42)
}

// hashASCII is the gram of four characters, which digits need to say anything.
func hashASCII(z, a, b, c rune) uint64 {
	return hashGram(gramASCII, uint64(z)<<24|uint64(a)<<16|uint64(b)<<8|uint64(c))
}

func hashMoney(m int64) uint64 { return hashGram(gramMoney, uint64(m)) }

func hashSyllable(s string) uint64 { return hashBytes(gramSyllable, s) }

func hashSyllables(s, t string) uint64 {
	return hashGram(gramSyllable, hashSyllable(s)*31+hashSyllable(t))
}

func hashBytes(kind uint64, s string) uint64 {
	h := uint64(0)
	for i := range len(s) {
		h = hashGram(kind, h<<8^uint64(s[i])^h>>56)
	}
	return h
}

// monthOf is how the days of a month begin, in the stored form of dates.
func monthOf(date string) string { return date[:min(len(date), len("2026-03"))] }

// lastDigits is the end of a number that is shown where the rest is masked.
func lastDigits(number string) string { return number[max(0, len(number)-shortNumber):] }

// foldRune makes a character lower case and half width: what people type and
// what stands in the file compare so.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= '！' && r <= '～':
		return foldRune(r - 0xFEE0)
	case r == '\u3000', r == '\u00A0':
		return ' '
	case r >= 0x3400 && r <= 0x9FFF: // Han, most of all that is met
		return r
	}
	return unicode.ToLower(r)
}

func fold(s string) string { return strings.Map(foldRune, s) }

// folds reports whether folding may change the bytes of a text.
func folds(b []byte) bool {
	for _, c := range b {
		if c >= 'A' && c <= 'Z' || c >= 0xC2 && (c < 0xE3 || c > 0xE9) { // what begins with E3 to E9 is kana and Han
			return true
		}
	}
	return bytes.Contains(b, []byte("\u3000"))
}

// eachTextGram calls add for the runs of characters in a text.
func eachTextGram(s []byte, add func(uint64)) {
	var z, a, b rune // the three before
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(s[i:])
		}
		i += n
		r = foldRune(r)
		add(hashRunes(gramText, r, 0, 0))
		if b != 0 {
			add(hashRunes(gramText+1, b, r, 0))
			if a != 0 {
				add(hashRunes(gramText+2, a, b, r))
				if z != 0 && z|a|b|r < utf8.RuneSelf {
					add(hashASCII(z, a, b, r))
				}
			}
		}
		z, a, b = a, b, r
	}
}

// neededGrams are those a text must have to hold this one: the longest runs
// say most.
func neededGrams(folded string) (out []uint64) {
	var all []rune
	for _, r := range folded {
		all = append(all, r)
	}
	switch len(all) {
	case 0:
	case 1:
		out = append(out, hashRunes(gramText, all[0], 0, 0))
	case 2:
		out = append(out, hashRunes(gramText+1, all[0], all[1], 0))
	default:
		for i := 2; i < len(all); i++ {
			out = append(out, hashRunes(gramText+2, all[i-2], all[i-1], all[i]))
			if i > 2 && all[i-3]|all[i-2]|all[i-1]|all[i] < utf8.RuneSelf {
				out = append(out, hashASCII(all[i-3], all[i-2], all[i-1], all[i]))
			}
		}
	}
	return out
}

// symbols are what a character stands for in runs of initials.
func symbols(buf []rune, r rune) (out []rune, readings []string, silent bool) {
	self, readings, silent := model.Glyph(r)
	out = buf[:0]
	for _, s := range readings {
		if c := rune(s[0]); !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		out = append(out, self)
	}
	return out, readings, silent
}

// longestPinyin is the longest text, in characters, that answers to pinyin: in
// a longer one nearly every few letters would find something.
const longestPinyin = 64

// eachPinyinGram calls add for the runs of initials and the syllables of a text.
func eachPinyinGram(s []byte, add func(uint64)) {
	if utf8.RuneCount(s) > longestPinyin {
		return
	}
	var bufs [4][8]rune
	var last [3][]rune // symbols of the characters before, nearest first
	var before []string
	for i, turn := 0, 0; i < len(s); turn++ {
		r, n := utf8.DecodeRune(s[i:])
		i += n
		now, readings, silent := symbols(bufs[turn%4][:], r)
		if silent {
			turn--
			continue
		}
		for _, syllable := range readings {
			add(hashSyllable(syllable))
			for _, s := range before {
				add(hashSyllables(s, syllable))
			}
		}
		before = readings
		for _, d := range now {
			for _, c := range last[0] {
				add(hashInitials(0, 0, c, d))
				for _, b := range last[1] {
					add(hashInitials(0, b, c, d))
					for _, a := range last[2] {
						add(hashInitials(a, b, c, d))
					}
				}
			}
		}
		last[2], last[1], last[0] = last[1], last[0], now
	}
}

// hashInitials is the gram of two to four symbols; absent ones are 0.
func hashInitials(a, b, c, d rune) uint64 {
	switch {
	case a != 0:
		return hashGram(gramInitials+2, uint64(hashRunes(0, a, b, c))^uint64(d))
	case b != 0:
		return hashRunes(gramInitials+1, b, c, d)
	}
	return hashRunes(gramInitials, c, d, 0)
}

// answersToPinyin reports whether a field is matched by pinyin: columns of the
// list, names, and what the office added itself, since it may come to be a
// column any day.
func answersToPinyin(reg *model.Register, key string, f *model.Field) bool {
	if isOwn(key) {
		return f == nil || pinyinType(f.Type)
	}
	return f != nil && (f.Col > 0 || f.Key == reg.NameField) && pinyinType(f.Type)
}

func pinyinType(t model.Type) bool {
	switch t {
	case model.TypeText, model.TypeNote, model.TypePick, model.TypePicks, model.TypeRef, model.TypeRefs, model.TypeOccasion, model.TypeList:
		return true
	}
	return false
}

// isOwn reports a key of the office's own.
func isOwn(key string) bool { return strings.HasPrefix(key, model.Own) }

// numberKind reports a field that is shown masked and answers to its whole
// value, however it is written.
func numberKind(f *model.Field) bool {
	return f != nil && (f.Mask == model.MaskIDNumber || f.Mask == model.MaskPhone || f.Mask == model.MaskBank)
}

// plainNumber is the letters and digits of a folded number: 138-0000 5678 is
// 13800005678.
func plainNumber(s string) string {
	return strings.Map(func(r rune) rune {
		if r = foldRune(r); r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

// eachGram calls add for the grams of a stored record. What nobody may
// look for is not among them. Values of the office's own are cut in every way,
// since what they are declared as may change.
func eachGram(reg *model.Register, raw []byte, add func(uint64)) error {
	return eachPair(valuesOf(raw), func(key, value []byte) bool {
		switch f := reg.Field(string(key)); {
		case isOwn(string(key)):
			eachOwnGram(value, add)
		case f == nil || !sealedClass(reg, f):
			eachValueGram(f, value, answersToPinyin(reg, string(key), f), add)
		}
		return true
	})
}

func eachValueGram(f *model.Field, value []byte, pinyin bool, add func(uint64)) {
	major, _, _, err := head(value)
	if err != nil {
		return
	}
	switch major {
	case majorUint, majorNeg:
		if f != nil && f.Type == model.TypeMoney {
			if m, ok := decodeInt(value); ok {
				add(hashMoney(m))
			}
		}
	case majorText:
		s, _, err := text(value)
		if err != nil {
			return
		}
		switch {
		case numberKind(f):
			number := plainNumber(string(s))
			add(hashBytes(gramNumber, number))
			add(hashBytes(gramNumber, lastDigits(number)))
		case f != nil && f.Type == model.TypeDate:
			add(hashBytes(gramDate, string(s)))
			add(hashBytes(gramDate, monthOf(string(s))))
		default:
			eachTextGram(s, add)
			if pinyin {
				eachPinyinGram(s, add)
			}
		}
	case majorArray:
		_ = eachItem(value, func(item []byte) bool {
			eachValueGram(f, item, pinyin, add)
			return true
		})
	case majorMap:
		_ = eachPair(value, func(key, cell []byte) bool {
			sub := f // of a value of the office's own
			if f != nil && f.Key != "" {
				sub = subField(f, key)
			}
			eachValueGram(sub, cell, pinyin && (sub == nil || pinyinType(sub.Type)), add)
			return true
		})
	}
}

func eachOwnGram(value []byte, add func(uint64)) {
	for _, as := range [...]*model.Field{nil, {Type: model.TypeMoney}, {Type: model.TypeDate}, {Mask: model.MaskPhone}} {
		eachValueGram(as, value, as == nil, add)
	}
}

func subField(f *model.Field, key []byte) *model.Field {
	if f == nil {
		return nil
	}
	for _, s := range f.Sub {
		if s.Key == string(key) {
			return s
		}
	}
	return nil
}
