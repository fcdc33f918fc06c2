package report

import (
	"strings"
	"unicode"
)

// TagKind is what a tag does to the text around it.
type TagKind uint8

// A Slot is replaced by what it asks for; the others write nothing themselves. A
// Remark says something to the program or to nobody.
const (
	Slot TagKind = iota
	Opens
	Else
	Closes
	Remark
)

// Tag is a tag in a line of a template, for whoever must know where the parts
// that repeat begin and end.
type Tag struct {
	From, To int // in the line, in bytes, with the braces
	Kind     TagKind
	Words    []string // in half-width
}

// Tags finds the tags of a line. What is not closed is left for Parse to refuse.
func Tags(line string) (out []Tag) {
	at := 0
	for {
		from, open := brace(line[at:], "{{", "｛｛")
		if from < 0 {
			return out
		}
		from += at
		n, closed := brace(line[from+open:], "}}", "｝｝")
		if n < 0 {
			return out
		}
		at = from + open + n + closed
		ws := words(line[from+open : from+open+n])
		t := Tag{From: from, To: at}
		for _, w := range ws {
			t.Words = append(t.Words, w.text)
		}
		switch {
		case opens(ws):
			t.Kind = Opens
		case keyword(ws, kwElse):
			t.Kind = Else
		case keyword(ws, kwEnd):
			t.Kind = Closes
		case control(ws):
			t.Kind = Remark
		}
		out = append(out, t)
	}
}

// Braces reports whether a text has the beginning of a tag.
func Braces(s string) bool {
	at, _ := brace(s, "{{", "｛｛")
	return at >= 0
}

// Blank reports whether nothing but spaces stands in a text.
func Blank(s string) bool {
	return strings.TrimFunc(s, unicode.IsSpace) == ""
}

// TagAt is the tag of a template that a fault is about, as it is written.
func TagAt(src string, at int) string {
	line := src[min(max(at, 0), len(src)):]
	line, _, _ = strings.Cut(line, "\n")
	for _, t := range Tags(line) {
		if t.From == 0 {
			return line[:t.To]
		}
	}
	return ""
}
