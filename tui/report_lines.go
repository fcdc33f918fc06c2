package tui

import (
	"bytes"
	"strconv"
	"strings"

	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/words"
)

// textLine is a visual line of a report: parts of one look each.
type textLine struct {
	block   int // in the document; -1: none
	parts   []textPart
	figures []int // in the document, that begin or go on in it
	gap     bool
	cells   int // of the widest line of the table it is of; 0: of none
}

type textPart struct {
	text   string
	figure int // -1: none
	strong bool
}

// layout breaks the text into lines of w cells.
func (t *reportText) layout(s *session, w int) {
	if t.doc == nil || w == t.width {
		return
	}
	t.width = w
	t.lines = t.lines[:0]
	t.side.most = 0
	number := map[*report.Figure]int{}
	for i, f := range t.doc.Figures {
		number[f] = i
	}
	for i := range t.doc.Blocks {
		b := &t.doc.Blocks[i]
		if b.Table != nil {
			t.tableLines(s, i, b.Table)
			continue
		}
		t.lines = append(t.lines, t.blockLines(s, i, b, number, w-2)...)
	}
	t.table.SetRows(len(t.lines))
}

// blockLines are the lines of a paragraph or a heading.
func (t *reportText) blockLines(s *session, i int, b *report.Block, number map[*report.Figure]int, w int) (out []textLine) {
	var text strings.Builder
	type part struct {
		textPart
		from, to int
	}
	var parts []part
	add := func(s string, figure int, strong bool) {
		from := text.Len()
		text.WriteString(strings.ReplaceAll(clean(s), "\n", " "))
		parts = append(parts, part{textPart{"", figure, strong}, from, text.Len()})
	}
	head := b.Level != report.Paragraph
	if !head && t.doc.Lang == model.ZH {
		add("　　", -1, false)
	}
	if b.Number != "" {
		add(b.Number, -1, head)
	}
	for _, sp := range b.Spans {
		figure := -1
		if sp.Figure != nil {
			figure = number[sp.Figure]
		}
		text := sp.Text
		if figure >= 0 {
			text += "[" + strconv.Itoa(sp.Figure.No) + "]" // as in a draft: underlines are not seen everywhere
		}
		add(text, figure, head || sp.Gap)
	}
	whole := text.String()
	for _, v := range s.metric.Lines(whole, w) {
		l := textLine{block: i}
		for _, p := range parts {
			from, to := max(p.from, v.Start), min(p.to, v.End)
			if from >= to {
				continue
			}
			l.parts = append(l.parts, textPart{whole[from:to], p.figure, p.strong})
			if p.figure >= 0 {
				l.figures = append(l.figures, p.figure)
			}
		}
		out = append(out, l)
	}
	for _, sp := range b.Spans {
		if sp.Gap && len(out) > 0 {
			out[0].gap = true
		}
	}
	return out
}

// tableLines are a table as text.
func (t *reportText) tableLines(s *session, i int, table *report.Table) {
	cols := make([]export.Column, len(table.Heads))
	for j, h := range table.Heads {
		cols[j] = export.Column{Head: h, Right: table.Right[j]}
	}
	var b bytes.Buffer
	if export.Table(&b, cols, table.Rows) != nil {
		return
	}
	from, cells := len(t.lines), 0
	for line := range strings.Lines(b.String()) {
		line = clean(strings.TrimRight(line, "\n"))
		cells = max(cells, s.metric.Width(line))
		t.lines = append(t.lines, textLine{block: i, parts: []textPart{{line, -1, false}}})
	}
	for at := from; at < len(t.lines); at++ {
		t.lines[at].cells = cells
	}
	t.side.most = max(t.side.most, cells)
}

// asideItem is something to look at beside the text.
type asideItem struct {
	kind  model.Words
	text  string
	block string // the paragraph; "": none
	delta *export.Delta
	gone  string // a paragraph left out: its name among the edits
	bad   bool
}

// gather lists what there is to look at, what hinders a final copy first.
func (t *reportText) gather(s *session) {
	t.items = t.items[:0]
	add := func(kind model.Words, block, text string, bad bool) {
		t.items = append(t.items, asideItem{kind: kind, block: block, text: strings.ReplaceAll(clean(text), "\n", " "), bad: bad})
	}
	notes := func(kind model.Words, list []report.Note, bad bool) {
		for _, n := range list {
			add(kind, n.Block, n.Text, bad)
		}
	}
	for i := range t.deltas {
		d := &t.deltas[i]
		text := d.Words().In(s.lang)
		if d.Unlisted {
			text += model.W("。", ". ").In(s.lang) + words.AsideUnlisted.In(s.lang)
		} else if n, m := len(d.Added), len(d.Gone); n+m > 0 {
			text += model.W("。", ". ").In(s.lang) + addGone(n, m).In(s.lang)
		}
		add(words.AsideDelta, d.Block, text, true)
		t.items[len(t.items)-1].delta = d
	}
	notes(words.AsideGap, t.doc.Gaps, true)
	for _, d := range t.doc.Doubts {
		add(words.AsideDoubt, "", d.In(s.lang), true)
	}
	stale := map[string]bool{}
	for _, st := range t.stale {
		stale[st.Block] = true
		add(words.AsideStale, st.Block, model.Sayf(words.AsideTypedIs.ZH, words.AsideTypedIs.EN, strings.Join(st.Typed, " "), st.Words).In(s.lang), true)
	}
	for _, n := range t.doc.Typed {
		if !stale[n.Block] {
			add(words.AsideTyped, n.Block, n.Text, false)
		}
	}
	notes(words.AsideRefused, t.doc.Refused, false)
	for block, text := range t.edits {
		if strings.TrimSpace(text) == "" {
			add(words.AsideRemoved, "", words.AsideRestore.In(s.lang)+" · "+block, false)
			t.items[len(t.items)-1].gone = block
		}
	}
	notes(words.AsideDropped, t.doc.Dropped, false)
	notes(words.AsideLost, t.doc.Lost, false)
	t.at.SetRows(len(t.items))
}

// addGone says how many records came to a figure and how many left it.
func addGone(added, gone int) model.Words {
	switch {
	case gone == 0:
		return model.Sayf(words.AsideAdded.ZH, words.AsideAdded.EN, added)
	case added == 0:
		return model.Sayf(words.AsideGone.ZH, words.AsideGone.EN, gone)
	}
	return model.Sayf(words.AsideAddGone.ZH, words.AsideAddGone.EN, added, gone)
}
