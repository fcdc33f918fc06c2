package docxtpl

import (
	"slices"
	"strings"

	"taizhang/export/report"
	"taizhang/model"
)

// control is a tag that repeats or decides what stands between it and its end.
type control struct {
	kind  report.TagKind
	tag   string
	line  int   // of the source
	paras int   // how many lines of paragraphs there are before it
	para  *para // where it stands
	keep  bool  // the paragraph holds what must not be lost
	match int   // place of its end among the children around
	other int   // place of its 否则 there; 0: none
}

// insertion is {{插入 正文 …}}.
type insertion struct {
	name string // of the text; "" for that of the report's own name
	tag  string
}

// builder makes one source text of all paragraphs, a line each, so that the
// template is parsed and counted as a whole.
type builder struct {
	part   *part
	src    strings.Builder
	lines  []*para // by line
	paras  int     // those of paragraphs
	faults Faults
}

// Keywords of documents.
var (
	kwInsert  = []string{"插入", "insert"}
	kwBody    = []string{"正文", "body"}
	kwSection = []string{"节号", "section-no"}
)

func isWord(ws []string, i int, kw []string) bool {
	return len(ws) > i && slices.Contains(kw, strings.ToLower(ws[i]))
}

// line adds a line and returns its number.
func (b *builder) line(p *para, text string) int {
	b.lines = append(b.lines, p)
	b.src.WriteString(text + "\n")
	return len(b.lines)
}

func (b *builder) fail(p *para, tag string, w model.Words) {
	if len(b.faults) < mostFaults {
		b.faults = append(b.faults, &Fault{Part: p.part.kind, Paragraph: model.Shorten(strings.TrimSpace(p.text)), Tag: tag, Words: w})
	}
}

// children reads what an element holds: stretches of bytes between its children
// and the tags that stand for themselves come among them.
func (b *builder) children(n *node) {
	var out []*node
	at := n.openTo
	for _, kid := range n.kids {
		if kid.from > at {
			out = append(out, &node{from: at, to: kid.from})
		}
		at = kid.to
		switch {
		case kid.para != nil:
			out = append(out, b.paragraph(kid)...)
		case kid.kids == nil:
			out = append(out, kid)
		case kid.name == "tr":
			before, after := b.row(kid)
			out = append(out, b.controls(before)...)
			b.children(kid)
			out = append(append(out, kid), b.controls(after)...)
		default:
			b.children(kid)
			out = append(out, kid)
		}
	}
	if n.shutFrom > at {
		out = append(out, &node{from: at, to: n.shutFrom})
	}
	n.kids = b.matched(out)
}

// mended is the text of a paragraph with spaces for a line break or tab that got
// into a tag.
func mended(text string, tags []report.Tag) string {
	b := []byte(text)
	for _, t := range tags {
		for i := t.From; i < t.To; i++ {
			if strings.HasPrefix(text[i:min(i+3, t.To)], lineBreak) {
				copy(b[i:], "   ")
			}
		}
	}
	return string(b)
}

// paragraph adds the line of a paragraph, or the tags it stands for.
func (b *builder) paragraph(n *node) []*node {
	p := n.para
	if report.Braces(p.hidden) {
		b.fail(p, firstTag(p.hidden), model.W("文本框里的标记不会填写，请移到正文、表格、页眉或页脚里", "tags in text boxes are not filled; move it into the text, a table, the header or the footer"))
	}
	text := p.text
	if p.ownControl {
		text = p.rowText
	}
	if p.gone {
		return nil
	}
	tags := report.Tags(text)
	text = mended(text, tags)
	switch {
	case !report.Braces(text):
		if !p.ownControl {
			p.copied = true
			text = "" // what no tag touches is not even looked at
		}
	case onlyControls(text):
		line := b.line(p, text)
		var out []*node
		for _, t := range tags {
			if t.Kind != report.Remark {
				out = append(out, &node{ctl: &control{kind: t.Kind, tag: text[t.From:t.To], line: line, paras: b.paras, para: p}})
			}
		}
		switch {
		case !p.holds:
		case len(out) == 1 && out[0].ctl.kind != report.Else:
			out[0].ctl.keep = true
		case len(out) > 0:
			b.fail(p, out[0].ctl.tag, model.W("这一段里还有图片、分页符或分节符，标记要另起一段", "this paragraph also holds a picture or a break; the tag needs a paragraph of its own"))
		default:
			p.line = -1 // a remark in it: what it holds stays
			out = append(out, n)
		}
		return out
	case len(tags) == 1 && report.Blank(text[:tags[0].From]) && report.Blank(text[tags[0].To:]) && isWord(tags[0].Words, 0, kwInsert):
		p.insert = &insertion{tag: text[tags[0].From:tags[0].To]}
		ws := tags[0].Words
		if isWord(ws, 1, kwBody) && len(ws) <= 3 {
			if len(ws) == 3 {
				p.insert.name = ws[2]
			}
		} else {
			b.fail(p, p.insert.tag, model.W("请写 {{插入 正文}}，或 {{插入 正文 summary}} 这样写明文字模板的名称", "write {{insert body}}, or name the text template as in {{insert body summary}}"))
		}
		text = ""
	default:
		if len(tags) > 0 && isWord(tags[0].Words, 0, kwSection) && report.Blank(text[:tags[0].From]) {
			p.level = b.section(p, tags[0], text)
			p.lead += tags[0].To
			text, tags = text[tags[0].To:], report.Tags(text[tags[0].To:])
			if text == "" {
				b.fail(p, "", model.W("节号后面要写标题", "a heading must follow its number"))
			}
		}
		deep := 0
		for _, t := range tags {
			switch {
			case isWord(t.Words, 0, kwInsert):
				b.fail(p, text[t.From:t.To], model.W("插入正文的标记要单独成段", "a tag that inserts a text needs a paragraph of its own"))
			case isWord(t.Words, 0, kwSection):
				b.fail(p, text[t.From:t.To], model.W("节号要写在段落开头", "the number of a heading stands at its beginning"))
			case t.Kind == report.Opens:
				deep++
			case t.Kind == report.Closes:
				deep--
			}
			if deep < 0 {
				b.fail(p, text[t.From:t.To], alone)
				break
			}
		}
		if deep > 0 {
			b.fail(p, "", alone)
		}
	}
	p.lineAt = b.src.Len()
	b.paras++
	p.line = b.line(p, text)
	return []*node{n}
}

var alone = model.W("循环、分组和条件要在同一段里开始和结束，或者开始和结束的标记各自单独成段；重复表格的行，写在首格开头和末格末尾",
	"loops, groups and conditions begin and end in one paragraph, or each alone in a paragraph; to repeat rows of a table, at the beginning of the first cell and the end of the last")

func firstTag(s string) string {
	for _, t := range report.Tags(s) {
		return model.Shorten(s[t.From:t.To])
	}
	return ""
}

// section reads the level of {{节号 1}}.
func (b *builder) section(p *para, t report.Tag, text string) int {
	if len(t.Words) == 1 {
		return 1
	}
	for i, names := range [][]string{{"1", "一", "一级"}, {"2", "二", "二级"}, {"3", "三", "三级"}, {"4", "四", "四级"}} {
		if len(t.Words) == 2 && slices.Contains(names, t.Words[1]) {
			return i + 1
		}
	}
	b.fail(p, text[t.From:t.To], model.W("节号的级别是 1 至 4，例 {{节号 2}}", "the level of a heading is 1 to 4, as in {{section-no 2}}"))
	return 1
}

// matched finds the end of every tag among the children of the same element.
func (b *builder) matched(kids []*node) []*node {
	var open []int
	table := false
	for i, k := range kids {
		k.follows = table && k.name == "tbl"
		if k.name != "" || k.ctl != nil {
			table = k.name == "tbl"
		}
		if k.ctl == nil {
			continue
		}
		c := k.ctl
		switch {
		case c.kind == report.Opens:
			open = append(open, i)
		case len(open) == 0:
			b.fail(c.para, c.tag, apart)
		case c.kind == report.Else:
			kids[open[len(open)-1]].ctl.other = i
		default:
			begin := kids[open[len(open)-1]].ctl
			if begin.match = i; begin.paras == c.paras {
				b.fail(begin.para, begin.tag, model.W("到 {{结束}} 为止里面是空的", "nothing stands before its {{end}}"))
			}
			open = open[:len(open)-1]
		}
	}
	for _, i := range open {
		b.fail(kids[i].ctl.para, kids[i].ctl.tag, apart)
	}
	return kids
}

var apart = model.W("开始和结束的标记没有成对，或者不在同一处：要都在正文里、都在同一个单元格里，或都在同一张表的行里",
	"beginning and end do not match, or stand in different places: both belong into the text, into one cell, or into rows of one table")
