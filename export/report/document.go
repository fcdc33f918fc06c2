package report

import (
	"strings"

	"taizhang/model"
)

// Document is a filled template.
type Document struct {
	Title   string
	Lang    model.Lang
	Blocks  []Block
	Figures []*Figure // in the order of the text; Figure.No is their place, from 1

	Gaps    []Note // prose that a person must still write
	Dropped []Note // sentences left out because there was nothing to count
	Refused []Note // figures that cannot be told, and why
	Typed   []Note // numbers typed by hand in an edited paragraph
	Lost    []Note // edits whose paragraph the template no longer has
	Doubts  []model.Words
}

// Note is a remark on a block.
type Note struct {
	Block string // id
	Text  string
}

// Level is what a block is.
type Level uint8

// Headings are numbered 一、（一）1.（1） by the program.
const (
	Paragraph Level = iota
	TitleLine
	Heading1
	Heading2
	Heading3
	Heading4
	TableBlock
)

// Block is a paragraph, a heading or a table.
type Block struct {
	// ID stays the same as long as the template's paragraph does: edits are kept
	// under it. A paragraph repeated by a loop has the record's id behind a slash.
	ID     string
	Line   int // of the template, from 1
	Level  Level
	Number string // of a heading: 一、
	Spans  []Span
	Table  *Table
	// Source is the paragraph in the template, with the edit if there is one; of one
	// repeated by a loop that of every round. "" where it cannot be edited.
	Source string
	Edited bool
}

// Span is a run of text of one kind.
type Span struct {
	Text   string
	Figure *Figure // counted; nil: text
	Gap    bool    // 【待补：…】, in bold
	At     int     // where literal text stands in the template, in bytes; -1 for what was put in
	From   int     // the same, and of what was put in where its tag begins
}

// Figure is something in the text that came from records.
type Figure struct {
	No       int    // place in the document, from 1
	Text     string // as it stands in the text: 70多
	Value    string // exactly: 73, 1,234.00
	Query    model.Words
	Register string
	Measure  string // key; "" for a list, a field or a sentence
	IDs      []string
	// Also are the other records the text depends on: those it names, and those by
	// which the ones it tells of were chosen.
	Also  []string
	Block string
}

// Table is a table of records, masked.
type Table struct {
	Heads []string
	Right []bool
	Rows  [][]string
}

// Text is the block without its number.
func (b *Block) Text() string {
	var s strings.Builder
	for _, p := range b.Spans {
		s.WriteString(p.Text)
	}
	return s.String()
}

// Open reports whether prose is still missing.
func (d *Document) Open() bool { return len(d.Gaps) > 0 }

// Text is the whole document as plain text, a block a line.
func (d *Document) Text() string {
	var s strings.Builder
	for i := range d.Blocks {
		b := &d.Blocks[i]
		s.WriteString(b.Number + b.Text() + "\n")
	}
	return s.String()
}
