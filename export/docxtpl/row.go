package docxtpl

import (
	"slices"

	"taizhang/export/report"
)

// moved are tags taken out of a row because they repeat it.
type moved struct {
	p    *para
	tags []report.Tag
}

// controls makes a line of tags, and a child for each.
func (b *builder) controls(m moved) (out []*node) {
	if len(m.tags) == 0 {
		return nil
	}
	text := ""
	for _, t := range m.tags {
		text += m.p.text[t.From:t.To]
	}
	line := b.line(m.p, text)
	for _, t := range m.tags {
		out = append(out, &node{ctl: &control{kind: t.Kind, tag: m.p.text[t.From:t.To], line: line, paras: b.paras, para: m.p}})
	}
	return out
}

// row finds the tags that repeat a row: at the beginning of its first paragraph
// and at the end of its last, in another cell, or without their other half in it.
func (b *builder) row(n *node) (before, after moved) {
	var paras []*para
	cells := 0
	var walk func(*node, bool)
	walk = func(n *node, top bool) {
		for _, kid := range n.kids {
			if kid.name == "tc" && top {
				cells++
			}
			if kid.para != nil {
				paras = append(paras, kid.para)
			}
			walk(kid, top && kid.name != "tc")
		}
	}
	walk(n, true)
	if len(paras) == 0 {
		return
	}
	first, last := paras[0], paras[len(paras)-1]
	head, tail := leading(first.text), trailing(last.text)
	type open struct {
		head int // among those that lead; -1
	}
	var stack []open
	takeHead, takeTail := map[int]bool{}, map[int]bool{}
	for _, p := range paras {
		for _, t := range report.Tags(p.text) {
			h, l := -1, -1
			if p == first {
				h = slices.IndexFunc(head, func(o report.Tag) bool { return o.From == t.From })
			}
			if p == last {
				l = slices.IndexFunc(tail, func(o report.Tag) bool { return o.From == t.From })
			}
			switch t.Kind {
			case report.Opens:
				stack = append(stack, open{h})
			case report.Else:
				if len(stack) == 0 && h >= 0 {
					takeHead[h] = true
				}
			case report.Closes:
				if len(stack) == 0 {
					if l >= 0 {
						takeTail[l] = true
					}
					break
				}
				o := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				if o.head >= 0 && l >= 0 && first != last && (cells > 1 || !onlyControls(first.text) || !onlyControls(last.text)) {
					takeHead[o.head], takeTail[l] = true, true
				}
			}
		}
	}
	for _, o := range stack {
		if o.head >= 0 {
			takeHead[o.head] = true
		}
	}
	// Only what leads without a gap, and what ends without one.
	n0 := 0
	for n0 < len(head) && takeHead[n0] {
		n0++
	}
	m := len(tail)
	for m > 0 && takeTail[m-1] {
		m--
	}
	before, after = moved{first, head[:n0]}, moved{last, tail[m:]}
	cut := func(p *para, from, to int) {
		p.ownControl = true
		p.lead = from
		p.gone = report.Blank(p.text[from:to]) && len(paras) > 1 && !p.holds
	}
	from, to := 0, len(last.text)
	if n0 > 0 {
		from = head[n0-1].To
	}
	if m < len(tail) {
		to = tail[m].From
	}
	switch {
	case n0 == 0 && m == len(tail):
	case first == last:
		cut(first, from, to)
		first.rowText = first.text[from:to]
	default:
		if n0 > 0 {
			cut(first, from, len(first.text))
			first.rowText = first.text[from:]
		}
		if m < len(tail) {
			cut(last, 0, to)
			last.rowText = last.text[:to]
		}
	}
	return before, after
}

// leading are the control tags a text begins with, trailing those it ends with.
func leading(text string) (out []report.Tag) {
	at := 0
	for _, t := range report.Tags(text) {
		if t.Kind == report.Slot || !report.Blank(text[at:t.From]) {
			break
		}
		out, at = append(out, t), t.To
	}
	return out
}

func trailing(text string) []report.Tag {
	tags := report.Tags(text)
	at, n := len(text), len(tags)
	for n > 0 && tags[n-1].Kind != report.Slot && report.Blank(text[tags[n-1].To:at]) {
		n--
		at = tags[n].From
	}
	return tags[n:]
}

// onlyControls reports whether nothing but control tags stands in a text.
func onlyControls(text string) bool {
	at := 0
	tags := report.Tags(text)
	for _, t := range tags {
		if t.Kind == report.Slot || !report.Blank(text[at:t.From]) {
			return false
		}
		at = t.To
	}
	return len(tags) > 0 && report.Blank(text[at:])
}
