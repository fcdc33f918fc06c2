// Package pinyin is the dictionary of how Chinese characters are read. It lies
// in the program as it is looked up, so that a command that asks for a few
// characters, or none, does not spend its first milliseconds on building it.
package pinyin

import (
	_ "embed"
	"sort"
	"strings"
)

//go:generate go run generate.go

// readings is a count of four bytes, for each character in ascending order
// its number and where its line begins (three bytes each), then the lines: the
// first reading with its tone digit, and all readings without tone, ü as v. All
// numbers are big-endian.
//
//go:embed readings.bin
var readings string

const (
	headLength  = 4
	entryLength = 6
)

// Readings returns the first reading of a Han character with its tone digit
// (zeng1) and all its readings without tone, ü as v; "" and nil for a character
// the dictionary does not know.
func Readings(r rune) (toned string, plain []string) {
	count := int(number(readings[:headLength]))
	index, lines := readings[headLength:headLength+count*entryLength], readings[headLength+count*entryLength:]
	i := sort.Search(count, func(i int) bool { return number(index[i*entryLength:][:3]) >= uint32(r) })
	if i == count || number(index[i*entryLength:][:3]) != uint32(r) {
		return "", nil
	}
	line, _, _ := strings.Cut(lines[number(index[i*entryLength+3:][:3]):], "\n")
	toned, rest, _ := strings.Cut(line, " ")
	return toned, strings.Fields(rest)
}

func number(s string) (n uint32) {
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

// Plain reports a syllable of nothing but letters.
func Plain(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}
