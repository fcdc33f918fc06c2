package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks may follow one letter. Tibetan stacks
// and Vietnamese need at most four; walls of marks (zalgo) use fifty.
const maxMarks = 4

type runeKind uint8

const (
	kindPlain runeKind = iota
	kindControl
	kindBidi
	kindInvisible
	kindTagged
	kindSpecial
)

// kindOf sorts a rune into what text may hold and what it may not.
func kindOf(r rune) runeKind {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0x9F: // C0, DEL, C1
		return kindControl
	case r < 0xAD:
		return kindPlain
	case r == 0x061C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return kindBidi
	case r == 0xAD, r == 0x034F, // soft hyphen, grapheme joiner
		r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, // Hangul fillers
		r == 0x17B4, r == 0x17B5, // Khmer inherent vowels, never shown
		r == 0x180E,                  // Mongolian vowel separator
		r >= 0x200B && r <= 0x200D,   // zero-width space, non-joiner, joiner
		r >= 0x2060 && r <= 0x2065,   // word joiner, invisible operators
		r >= 0x206A && r <= 0x206F,   // deprecated format characters
		r == 0xFEFF,                  // byte order mark
		r >= 0x1BCA0 && r <= 0x1BCA3, // shorthand controls
		r >= 0x1D173 && r <= 0x1D17A: // musical controls
		return kindInvisible
	case r >= 0xE0000 && r <= 0xE007F:
		return kindTagged
	case r >= 0xFFF9 && r <= 0xFFFD, r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return kindSpecial // annotations, replacement character, non-characters
	}
	return kindPlain
}

// Clean makes text safe to keep and to show: valid UTF-8 in NFC without
// terminal controls (控制字符), direction overrides (双向控制符) and characters
// nobody sees, and with at most four marks on a letter. Tabs become spaces and
// every line end a newline. Names keep what they need: rare Han of plane 2,
// variation selectors, the middle dot, Tibetan, Uyghur, full-width
// punctuation. removed counts the characters, or invalid bytes, dropped.
// Cleaning clean text changes nothing. Length is the caller's to limit.
func Clean(s string) (clean string, removed int) {
	if isASCIIText(s) {
		return s, 0
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\n':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteByte(' ')
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case r == 0x2028, r == 0x2029: // line and paragraph separators
			b.WriteByte('\n')
		case kindOf(r) != kindPlain: // an invalid byte arrives as U+FFFD, one at a time
			removed++
		default:
			b.WriteRune(r)
		}
	}
	s = norm.NFC.String(b.String())
	if tooManyMarks(s) {
		b.Reset()
		marks := 0
		for _, r := range s {
			if r == 0x034F {
				continue // put in by the normaliser into long runs of marks
			}
			if !unicode.Is(unicode.M, r) {
				marks = 0
			} else if marks++; marks > maxMarks {
				removed++
				continue
			}
			b.WriteRune(r)
		}
		s = b.String()
	}
	return s, removed
}

// isASCIIText is the quick way out for the commonest text.
func isASCIIText(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7F || c < 0x20 && c != '\n' {
			return false
		}
	}
	return true
}

func tooManyMarks(s string) bool {
	marks := 0
	for _, r := range s {
		if r < 0x300 || !unicode.Is(unicode.M, r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			return true
		}
	}
	return false
}

var kindWords = [...]Words{
	kindControl:   {"控制字符", "a control character"},
	kindBidi:      {"双向控制符", "a text direction control"},
	kindInvisible: {"看不见的字符", "an invisible character"},
	kindTagged:    {"标签字符", "a tag character"},
	kindSpecial:   {"特殊字符", "a special character"},
}

// CheckText refuses, as a *Problem naming the first thing found, what Clean
// would drop. It guards the ways in where text must arrive as meant, not
// nearly so. A line end passes only when multiline; a tab never.
func CheckText(s string, multiline bool) error {
	if !utf8.ValidString(s) {
		return Problemf("文字不是 UTF-8 编码，请转为 UTF-8 后再录入", "the text is not UTF-8; convert it to UTF-8 first")
	}
	for _, r := range s {
		if r == '\n' || r == 0x2028 || r == 0x2029 {
			if !multiline || r != '\n' {
				return Problemf("文字中有换行，此处只能填一行", "the text holds a line break; only one line is accepted here")
			}
			continue
		}
		if k := kindOf(r); k != kindPlain {
			return Problemf("文字中有%s（U+%04X），请删去后再录入", "the text holds %s (U+%04X); take it out first", kindWords[k], r)
		}
	}
	if tooManyMarks(s) {
		return Problemf("一个字上的附加符号过多，最多 %d 个", "too many marks on one letter; at most %d", maxMarks)
	}
	return nil
}

// Characters counts what a reader calls characters (字): grapheme clusters, so
// that a letter with its marks is one.
func Characters(s string) int { return uniseg.GraphemeClusterCount(s) }
