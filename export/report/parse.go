package report

import (
	"slices"
	"strings"

	"taizhang/model"
)

// Template is a parsed template, ready to be filled. It holds no data and may
// be filled many times.
type Template struct {
	schema *model.Schema
	src    string
	nodes  []node
	lines  []sourceLine
	lost   []string // edits without a paragraph
	raw    bool
	lang   *model.Lang // the only language it is written in; nil: as asked
}

// Parse reads a template without the marks of text files (# headings): every
// line is a paragraph, and an empty line stays one. Who fills documents of
// another kind joins the texts of their paragraphs with line feeds and finds
// each paragraph again by Block.Line. All faults are returned, never only the
// first, as Faults.
func Parse(src string, schema *model.Schema) (*Template, error) {
	return parse(src, schema, true)
}

func parse(src string, schema *model.Schema, raw bool) (*Template, error) {
	tokens, bad := lex(src)
	if bad != nil {
		return nil, Faults{bad}
	}
	p := &parser{src: src, schema: schema, tokens: aloneOnLine(src, tokens, raw), raw: raw}
	nodes := p.body(scope{}, "")
	if len(p.faults) > 0 {
		slices.SortStableFunc(p.faults, func(a, b *Fault) int { return a.Line - b.Line })
		return nil, p.faults
	}
	return &Template{schema: schema, src: src, nodes: nodes, raw: raw, lang: p.lang}, nil
}

type parser struct {
	src    string
	schema *model.Schema
	tokens []token
	next   int
	raw    bool
	faults Faults
	closed string // the keyword that closed the last body
	lang   *model.Lang
}

// scope is what stands around a tag: the registers of the loops, innermost last.
type scope struct {
	loops []*model.Register
	group *model.Field
	depth int
}

func (s scope) reg() *model.Register {
	if len(s.loops) == 0 {
		return nil
	}
	return s.loops[len(s.loops)-1]
}

func (p *parser) fail(at int, w model.Words) {
	if len(p.faults) < 50 {
		p.faults = append(p.faults, fault(p.src, at, w))
	}
}

// Keywords, in both languages.
var (
	kwLoop   = []string{"每条", "循环", "each"}
	kwGroup  = []string{"分组", "group"}
	kwIf     = []string{"如果", "if"}
	kwElse   = []string{"否则", "else"}
	kwEnd    = []string{"完", "结束", "end"}
	kwGap    = []string{"待补", "todo"}
	kwPhrase = []string{"用语", "phrase"}
	kwRate   = []string{"率", "rate"}
	kwMore   = []string{"同比", "compare"}
	kwYearly = []string{"最小年度", "yearly-least"}
	kwTable  = []string{"表", "table"}
	kwNote   = []string{"注", "note:"}
	kwLang   = []string{"语言", "language"}
	kwNot    = []string{"非", "not"}
)

func keyword(ws []word, kw []string) bool {
	return len(ws) > 0 && !ws[0].quoted && slices.Contains(kw, strings.ToLower(ws[0].text))
}

// opens reports whether a tag has a body. {{group}} alone is the group's name.
func opens(ws []word) bool {
	return len(ws) > 1 && (keyword(ws, kwLoop) || keyword(ws, kwGroup) || keyword(ws, kwIf)) || len(ws) == 1 && (keyword(ws, kwLoop) || keyword(ws, kwIf))
}

// control reports whether a tag writes nothing itself.
func control(ws []word) bool {
	return opens(ws) || keyword(ws, kwElse) || keyword(ws, kwEnd) || keyword(ws, kwNote) || keyword(ws, kwLang)
}

// aloneOnLine takes away the lines that hold nothing but control tags, so that
// they leave no empty paragraph.
func aloneOnLine(src string, tokens []token, _ bool) []token {
	blank := map[int]bool{} // by the offset where a line begins
	from := 0
	for line := range strings.SplitSeq(src, "\n") {
		rest, any := line, false
		for {
			i, open := brace(rest, "{{", "｛｛")
			if i < 0 || strings.TrimSpace(rest[:i]) != "" {
				break
			}
			j, size := brace(rest[i+open:], "}}", "｝｝")
			if j < 0 || !control(words(rest[i+open:i+open+j])) {
				break
			}
			rest, any = rest[i+open+j+size:], true
		}
		if any && strings.TrimSpace(rest) == "" {
			blank[from] = true
		}
		from += len(line) + 1
	}
	var out []token
	for _, t := range tokens {
		if t.tag {
			out = append(out, t)
			continue
		}
		// cut the text into what lies on kept lines
		keep := t
		keep.text = ""
		at := t.at
		for _, piece := range strings.SplitAfter(t.text, "\n") {
			begin := 0
			if at > 0 {
				begin = strings.LastIndexByte(src[:at], '\n') + 1
			}
			if !blank[begin] {
				if keep.text == "" {
					keep.at = at
				}
				keep.text += piece
			} else if keep.text != "" {
				out = append(out, keep)
				keep.text = ""
			}
			at += len(piece)
		}
		if keep.text != "" {
			out = append(out, keep)
		}
	}
	return out
}

// body reads nodes up to the tag that closes them: 结束, or 否则 in a condition.
func (p *parser) body(s scope, opened string) (out []node) {
	p.closed = ""
	for p.next < len(p.tokens) {
		t := p.tokens[p.next]
		p.next++
		if !t.tag {
			out = append(out, literal{at(t.at), t.text})
			continue
		}
		ws := words(t.text)
		switch {
		case keyword(ws, kwEnd), keyword(ws, kwElse):
			if opened == "" || keyword(ws, kwElse) && opened != "if" {
				p.fail(t.at, model.Sayf("“{{%s}}”前面没有与它成对的标记", "{{%s}} closes nothing", ws[0].text))
				continue
			}
			p.closed = "end"
			if keyword(ws, kwElse) {
				p.closed = "else"
			}
			return out
		case keyword(ws, kwNote):
		case keyword(ws, kwLang):
			p.language(t, ws)
		case opens(ws):
			if n := p.nested(t, ws, s); n != nil {
				out = append(out, n)
			}
		default:
			if n := p.tag(t, ws, s); n != nil {
				out = append(out, n)
			}
		}
	}
	if opened != "" {
		p.closed = "missing"
	}
	return out
}

// nested reads a tag that has a body.
func (p *parser) nested(t token, ws []word, s scope) node {
	inner := s
	inner.depth++
	if inner.depth > mostDeep {
		p.fail(t.at, model.Sayf("循环、分组和条件最多套%d层", "loops, groups and conditions nest at most %d deep", mostDeep))
	}
	unclosed := func() {
		if p.closed == "missing" {
			by := model.W("结束", "end")
			if ws[0].text == "每条" || ws[0].text == "分组" { // inside a sentence the end is written 完
				by.ZH = "完"
			}
			p.fail(t.at, model.Sayf("“{{%s}}”没有用 {{%s}} 结束", "{{%s}} is not closed by {{%s}}", ws[0].text, by))
		}
	}
	inner.loops = slices.Clip(s.loops)
	switch {
	case keyword(ws, kwLoop):
		n := p.loop(t, ws, s)
		if n != nil {
			inner.loops = append(inner.loops, n.query.reg)
		} else {
			n = &loop{}
		}
		n.body = p.body(inner, "loop")
		unclosed()
		n.block = spans(n.body)
		return n
	case keyword(ws, kwGroup):
		n := p.group(t, ws, s)
		if n != nil {
			inner.group = n.by
		} else {
			n = &group{}
		}
		n.body = p.body(inner, "group")
		unclosed()
		n.block = spans(n.body)
		return n
	}
	n := p.condition(t, ws[1:], s)
	n.yes = p.body(inner, "if")
	if p.closed == "else" {
		n.hasElse = true
		n.no = p.body(inner, "if")
		if p.closed == "else" {
			p.fail(t.at, model.W("一个 {{如果}} 只能有一个 {{否则}}", "an {{if}} has one {{else}} only"))
			p.body(inner, "if")
		}
	}
	unclosed()
	return n
}

// spans reports whether a body goes over the end of a line.
func spans(body []node) bool {
	for _, n := range body {
		switch n := n.(type) {
		case literal:
			if strings.Contains(n.text, "\n") {
				return true
			}
		case *loop:
			if n.block {
				return true
			}
		case *group:
			if n.block {
				return true
			}
		case *branch:
			if spans(n.yes) || spans(n.no) {
				return true
			}
		}
	}
	return false
}
