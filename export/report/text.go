package report

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// sourceLine is a line of a template. Its id stays as long as its text does.
type sourceLine struct {
	from   int // offset in the source that was parsed
	id     string
	text   string
	edited bool
}

// Edits are paragraphs rewritten by hand, by Block.ID: source of a template
// again, whose numbers stay slots. "" leaves the paragraph out.
type Edits map[string]string

// ParseText reads a template file: # title, ## ### #### headings, other lines
// paragraphs, blank lines nothing. Edits take the place of the paragraphs they
// were made for; those whose paragraph is gone are listed in the document.
func ParseText(src string, schema *model.Schema, edits Edits) (*Template, error) {
	src = strings.ReplaceAll(strings.TrimPrefix(src, "\ufeff"), "\r\n", "\n")
	var lines []sourceLine
	seen := map[string]int{}
	var b strings.Builder
	used := map[string]bool{}
	for text := range strings.SplitSeq(src, "\n") {
		id := lineID(text, seen)
		edit, edited := edits[id]
		if edited && id != "" {
			used[id] = true
			edit = strings.TrimSpace(strings.ReplaceAll(edit, "\r\n", "\n"))
			for i, part := range strings.Split(edit, "\n") {
				partID := id
				if i > 0 {
					partID += "." + strconv.Itoa(i+1)
				}
				if part == "" {
					partID = ""
				}
				lines = append(lines, sourceLine{b.Len(), partID, part, true})
				b.WriteString(part + "\n")
			}
			continue
		}
		lines = append(lines, sourceLine{b.Len(), id, text, false})
		b.WriteString(text + "\n")
	}
	parsed := strings.TrimSuffix(b.String(), "\n")
	t, err := parse(parsed, schema, false)
	if err != nil {
		return nil, err
	}
	t.lines = lines
	for id := range edits {
		if !used[id] {
			t.lost = append(t.lost, id)
		}
	}
	slices.Sort(t.lost)
	return t, nil
}

// lineID names a line by what it says: "" for a blank one. Lines alike are
// counted.
func lineID(text string, seen map[string]int) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	id := hex.EncodeToString(sum[:4])
	if seen[id]++; seen[id] > 1 {
		id += "-" + strconv.Itoa(seen[id])
	}
	return id
}

// line is the line of the source that holds an offset.
func (t *Template) line(at int) sourceLine {
	if i := t.lineAt(at); i < len(t.lines) {
		return t.lines[i]
	}
	return sourceLine{}
}

func (t *Template) lineAt(at int) int {
	if t.lines == nil {
		return strings.Count(t.src[:min(max(at, 0), len(t.src))], "\n")
	}
	i, _ := slices.BinarySearchFunc(t.lines, at, func(l sourceLine, at int) int {
		if l.from <= at {
			return -1
		}
		return 1
	})
	return max(i-1, 0)
}

// finish makes blocks of the pieces.
func (f *filler) finish() {
	from := 0
	add := func(to int) {
		f.block(f.out[from:to], to)
		from = to + 1
	}
	for i, p := range f.out {
		if p.brk {
			add(i)
		}
	}
	if from < len(f.out) {
		add(len(f.out))
	}
	f.doc.Blocks = f.withoutEmptyHeads()
	f.number()
	for _, id := range f.t.lost {
		f.doc.Lost = append(f.doc.Lost, Note{id, id})
	}
}

// block makes a block of the pieces of a paragraph; end is the piece behind it.
func (f *filler) block(in []piece, end int) {
	at := 0
	switch {
	case len(in) > 0:
		at = in[0].at
	case end < len(f.out):
		at = f.out[end].at
	}
	line := f.t.line(at)
	b := Block{ID: line.id, Line: f.t.lineAt(at) + 1, Edited: line.edited, Source: line.text}
	if len(in) > 0 {
		b.ID += in[0].inst
	}
	if len(in) > 0 && in[0].tbl != nil {
		b.Level, b.Table = TableBlock, in[0].tbl
		f.doc.Blocks = append(f.doc.Blocks, b)
		return
	}
	in = slices.Clone(in)
	if !f.t.raw && len(in) > 0 && in[0].lit {
		in[0].text, b.Level = heading(in[0].text)
	}
	out, dropped := settle(in, f.job.Lang, b.Level == Paragraph)
	for _, text := range dropped {
		if strings.Trim(text, "0") == "" { // a list alone
			continue
		}
		f.doc.Dropped = append(f.doc.Dropped, Note{b.ID, text})
	}
	if b.Level != Paragraph && b.Level != TableBlock {
		f.items = 0
	}
	for i := range out {
		if p := &out[i]; p.item {
			f.items++
			p.text = f.say("%s", "%s", model.Words{ZH: model.HanNumber(f.items) + "是", EN: strconv.Itoa(f.items) + ") "})
		}
	}
	for _, p := range out {
		at := -1
		if p.lit {
			at = p.at
		}
		b.Spans = append(b.Spans, Span{Text: p.text, Figure: p.fig, Gap: p.gap, At: at, From: p.at})
		if p.fig != nil {
			p.fig.Text, p.fig.Block, p.fig.No = p.text, b.ID, len(f.doc.Figures)+1
			f.doc.Figures = append(f.doc.Figures, p.fig)
		}
		if p.gap {
			f.doc.Gaps = append(f.doc.Gaps, Note{b.ID, p.text})
		}
		if p.lit && line.edited {
			for _, n := range typedNumbers(p.text) {
				f.doc.Typed = append(f.doc.Typed, Note{b.ID, n})
			}
		}
	}
	if !f.t.raw { // there they are the indents of whoever laid the document out
		trimEnds(&b)
	}
	if strings.TrimSpace(b.Text()) == "" && !f.t.raw {
		return
	}
	if b.Level == TitleLine && f.doc.Title == "" {
		f.doc.Title = b.Text()
	}
	f.doc.Blocks = append(f.doc.Blocks, b)
}

// trimEnds takes spaces off both ends of a paragraph.
func trimEnds(b *Block) {
	for len(b.Spans) > 0 && b.Spans[0].Figure == nil {
		s := &b.Spans[0]
		s.Text = strings.TrimLeft(s.Text, " 　")
		if s.Text != "" {
			break
		}
		b.Spans = b.Spans[1:]
	}
	for n := len(b.Spans); n > 0 && b.Spans[n-1].Figure == nil; n = len(b.Spans) {
		s := &b.Spans[n-1]
		s.Text = strings.TrimRight(s.Text, " 　\r")
		if s.Text != "" {
			break
		}
		b.Spans = b.Spans[:n-1]
	}
}

// heading reads the marks at the beginning of a line.
func heading(text string) (string, Level) {
	trimmed := strings.TrimLeft(text, " 　")
	n := 0
	for n < len(trimmed) && trimmed[n] == '#' {
		n++
	}
	if n == 0 || n > 5 || n < len(trimmed) && trimmed[n] != ' ' && !strings.HasPrefix(trimmed[n:], "　") {
		return text, Paragraph
	}
	return strings.TrimLeft(trimmed[n:], " 　"), Level(n)
}

// typed are digits, but not those of a date.
var typed = regexp.MustCompile(`[0-9０-９][0-9０-９,.，．%％万亿]*[年月日号届]?`)

func typedNumbers(text string) (out []string) {
	for _, n := range typed.FindAllString(text, -1) {
		if !strings.HasSuffix(n, "年") && !strings.HasSuffix(n, "月") && !strings.HasSuffix(n, "日") && !strings.HasSuffix(n, "号") && !strings.HasSuffix(n, "届") {
			out = append(out, strings.TrimRight(n, ",.，．"))
		}
	}
	return out
}

// withoutEmptyHeads leaves out headings under which nothing was left, though the
// template has something there.
func (f *filler) withoutEmptyHeads() (out []Block) {
	blocks := f.doc.Blocks
	if f.t.raw {
		return blocks
	}
	for i, b := range blocks {
		if b.Level >= Heading1 && b.Level <= Heading4 {
			j := i + 1
			for j < len(blocks) && blocks[j].Level >= Heading1 && blocks[j].Level <= Heading4 && blocks[j].Level > b.Level {
				j++
			}
			empty := j == len(blocks) || blocks[j].Level >= Heading1 && blocks[j].Level <= Heading4 && blocks[j].Level <= b.Level
			if empty && f.t.filled(b.Line, b.Level) {
				f.doc.Dropped = append(f.doc.Dropped, Note{b.ID, b.Text()})
				continue
			}
		}
		out = append(out, b)
	}
	return out
}

// filled reports whether the template has a paragraph under the heading of a
// line, or under headings below it.
func (t *Template) filled(line int, above Level) bool {
	for _, l := range t.lines[min(line, len(t.lines)):] {
		_, level := heading(l.text)
		switch {
		case strings.TrimSpace(l.text) == "":
		case level == Paragraph:
			return true
		case level <= above:
			return false
		}
	}
	return false
}

// number counts the headings.
func (f *filler) number() {
	var n [5]int
	for i := range f.doc.Blocks {
		b := &f.doc.Blocks[i]
		if b.Level < Heading1 || b.Level > Heading4 {
			continue
		}
		k := int(b.Level - Heading1)
		n[k]++
		clear(n[k+1:])
		d := strconv.Itoa(n[k])
		han := model.HanNumber(n[k])
		b.Number = []model.Words{{ZH: han + "、", EN: d + ". "}, {ZH: "（" + han + "）", EN: "(" + d + ") "}, {ZH: d + ". ", EN: d + ") "}, {ZH: "（" + d + "）", EN: "[" + d + "] "}}[k].In(f.job.Lang)
		if k == 2 && f.job.Lang == model.ZH {
			b.Number = d + "."
		}
	}
}
