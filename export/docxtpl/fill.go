package docxtpl

import (
	"io"
	"regexp"
	"slices"
	"strconv"

	"taizhang/export/report"
	"taizhang/model"
)

// Filled is a template with its figures counted, not yet written.
type Filled struct {
	// Document is all that was counted: of the paragraphs in their order, then of
	// the texts put in.
	Document *report.Document

	t      *Template
	blocks []report.Block
	bodies map[string]*report.Document
}

// Fill counts what the template and the texts it puts in ask for.
func (t *Template) Fill(src report.Source, job report.Job) (*Filled, error) {
	doc, err := t.text.Fill(src, job)
	if err != nil {
		return nil, err
	}
	f := &Filled{Document: doc, t: t, blocks: doc.Blocks, bodies: map[string]*report.Document{}}
	used := map[int]bool{}
	for i := range f.blocks {
		used[f.blocks[i].Line] = true
	}
	for i, p := range t.lines {
		body := t.bodies[nameOf(p)]
		if p.insert == nil || body == nil || f.bodies[p.insert.name] != nil || !used[i+1] {
			continue
		}
		told, err := body.Fill(src, job)
		if err != nil {
			return nil, err
		}
		f.bodies[p.insert.name] = told
		f.add(told)
	}
	return f, nil
}

func nameOf(p *para) string {
	if p.insert == nil {
		return ""
	}
	return p.insert.name
}

// add numbers the figures of a text put in after those before it.
func (f *Filled) add(told *report.Document) {
	d := f.Document
	if d.Title == "" {
		d.Title = told.Title
	}
	for _, fig := range told.Figures {
		fig.No = len(d.Figures) + 1
		d.Figures = append(d.Figures, fig)
	}
	d.Blocks = append(slices.Clip(d.Blocks), told.Blocks...)
	d.Gaps = append(d.Gaps, told.Gaps...)
	d.Dropped = append(d.Dropped, told.Dropped...)
	d.Refused = append(d.Refused, told.Refused...)
	d.Typed = append(d.Typed, told.Typed...)
	d.Lost = append(d.Lost, told.Lost...)
	for _, w := range told.Doubts {
		if !slices.Contains(d.Doubts, w) {
			d.Doubts = append(d.Doubts, w)
		}
	}
}

// Finish says how the document is written.
type Finish struct {
	Draft   bool     // figures carry their numbers
	Remarks []string // of a draft, at its end
	Widen   bool     // half-width punctuation of texts put in is made full-width
}

// Write writes the document.
func (f *Filled) Write(w io.Writer, finish Finish) error {
	r := &renderer{f: f, finish: finish, zh: f.Document.Lang == model.ZH}
	r.number()
	texts := map[string][]byte{}
	for _, p := range f.t.pack.filled {
		r.part, r.out = p, make([]byte, 0, len(p.data)+len(p.data)/4)
		if p.root.kids == nil {
			continue
		}
		r.raw(0, p.root.from)
		r.container(p.root)
		r.raw(p.root.to, len(p.data))
		if r.err != nil {
			return r.err
		}
		again := &part{name: p.name, kind: p.kind, data: r.out}
		if err := again.scan(); err != nil { // what is written was read again
			return err
		}
		texts[p.name] = r.out
	}
	if r.next < len(f.blocks) {
		return errOrder
	}
	return f.t.pack.write(w, texts)
}

var errOrder = model.Problemf("模板填写时段落对不上，没有写出文件", "the paragraphs of the template do not agree; no file was written")

// renderer writes a part.
type renderer struct {
	f       *Filled
	finish  Finish
	zh      bool
	part    *part
	out     []byte
	next    int            // block
	again   int            // >0: in a second or later round
	last    string         // what was written last where we are: p or tbl
	rows    int            // of the table we are in
	noted   bool           // the remarks were written
	numbers map[int]string // of numbered headings, by block; "-": it goes
	err     error
}

func (r *renderer) raw(from, to int) { r.write(r.part.data[from:to]) }

func (r *renderer) write(b []byte) {
	if r.err == nil && len(r.out)+len(b) > mostOut {
		r.err = model.Problemf("填好的文件太大，超过%d MB，没有写出", "the filled document is too large (over %d MB); nothing was written", mostOut>>20)
	}
	if r.err == nil {
		r.out = append(r.out, b...)
	}
}

func (r *renderer) text(s string) { r.write([]byte(s)) }

// ids of a paragraph or row are its own; a copy goes without.
var ids = regexp.MustCompile(`\s[A-Za-z0-9]+:(?:paraId|textId)\s*=\s*(?:"[^"]*"|'[^']*')`)

// start writes a start tag.
func (r *renderer) start(from, to int) {
	if r.again > 0 {
		r.write(ids.ReplaceAll(r.part.data[from:to], nil))
		return
	}
	r.raw(from, to)
}

// container writes an element that holds paragraphs. A table without a row is
// left out; a cell ends with a paragraph.
func (r *renderer) container(n *node) {
	from, last, rows := len(r.out), r.last, r.rows
	if n.name == "tbl" && r.last == "tbl" && !n.follows { // two tables that meet would be one
		r.empty(nil)
	}
	r.start(n.from, n.openTo)
	own := slices.Contains([]string{"body", "tbl", "tr", "tc", "hdr", "ftr"}, n.name)
	if own {
		r.last, r.rows = "", 0
	}
	r.children(n.kids, 0, len(n.kids))
	switch n.name {
	case "tbl":
		if r.rows == 0 && r.err == nil {
			r.out, r.last, r.rows = r.out[:from], last, rows
			return
		}
	case "tc", "hdr", "ftr":
		if r.last != "p" {
			r.empty(lastPara(n))
		}
	case "body":
		r.remarks()
	}
	r.raw(n.shutFrom, n.to)
	switch {
	case n.name == "tbl":
		r.last, r.rows = "tbl", rows
	case n.name == "tr":
		r.last, r.rows = last, rows+1
	case own:
		r.last, r.rows = last, rows
	}
}

func lastPara(n *node) (p *para) {
	for _, k := range n.kids {
		switch {
		case k.para != nil:
			p = k.para
		case k.ctl != nil && p == nil:
			p = k.ctl.para
		}
	}
	return p
}

// children writes some of what stands in an element, repeated parts as often as
// there are blocks of them.
func (r *renderer) children(kids []*node, from, to int) {
	for i := from; i < to && r.err == nil; i++ {
		k := kids[i]
		switch {
		case k.ctl != nil && k.ctl.kind == report.Opens:
			i = r.control(kids, i+1, k.ctl)
		case k.ctl != nil:
		case k.para != nil:
			r.paragraph(k.para)
		case k.kids != nil:
			r.container(k)
		default:
			if k.name == "sectPr" {
				r.remarks()
			}
			r.raw(k.from, k.to)
		}
	}
}

// control writes what a tag repeats or decides, and returns the place of its end.
func (r *renderer) control(kids []*node, from int, c *control) int {
	end := kids[c.match].ctl
	if c.keep {
		r.bare(c.para)
	}
	if c.other > 0 {
		other := kids[c.other].ctl
		r.repeat(kids, from, c.other, c.line, other.line)
		r.repeat(kids, c.other+1, c.match, other.line, end.line)
	} else {
		r.repeat(kids, from, c.match, c.line, end.line)
	}
	if end.keep {
		r.bare(end.para)
	}
	return c.match
}

// repeat writes a body for as long as the next block is of it: its lines stand
// between two others.
func (r *renderer) repeat(kids []*node, from, to, after, before int) {
	again := r.again
	for r.err == nil && r.next < len(r.f.blocks) && r.f.blocks[r.next].Line > after && r.f.blocks[r.next].Line < before {
		next := r.next
		r.children(kids, from, to)
		if r.next == next && r.err == nil {
			r.err = errOrder
		}
		r.again++
	}
	r.again = again
}

// block takes the next block, which must be of the line.
func (r *renderer) block(line int) *report.Block {
	if r.err != nil {
		return nil
	}
	if r.next >= len(r.f.blocks) || r.f.blocks[r.next].Line != line {
		r.err = errOrder
		return nil
	}
	r.next++
	return &r.f.blocks[r.next-1]
}

// number counts the headings numbered by the program, and finds those under
// which nothing is left.
func (r *renderer) number() {
	r.numbers = map[int]string{}
	var n [4]int
	blocks := r.f.blocks
	for i := range blocks {
		level := r.level(i)
		if level == 0 {
			continue
		}
		empty := true
		for j := i + 1; j < len(blocks) && empty; j++ {
			if l := r.level(j); l > 0 && l <= level {
				break
			} else if l == 0 && r.says(j) {
				empty = false
			}
		}
		if empty {
			r.numbers[i] = "-"
			continue
		}
		n[level-1]++
		clear(n[level:])
		d, han := strconv.Itoa(n[level-1]), model.HanNumber(n[level-1])
		switch level {
		case 1:
			r.numbers[i] = model.W(han+"、", d+". ").In(r.f.Document.Lang)
		case 2:
			r.numbers[i] = model.W("（"+han+"）", "("+d+") ").In(r.f.Document.Lang)
		case 3:
			r.numbers[i] = model.W(d+".", d+") ").In(r.f.Document.Lang)
		default:
			r.numbers[i] = model.W("（"+d+"）", "["+d+"] ").In(r.f.Document.Lang)
		}
	}
}

func (r *renderer) level(i int) int {
	if r.f.blocks[i].Line > len(r.f.t.lines) || r.f.blocks[i].Line < 1 {
		return 0
	}
	return r.f.t.lines[r.f.blocks[i].Line-1].level
}

// says reports whether a block puts anything on paper.
func (r *renderer) says(i int) bool {
	b := &r.f.blocks[i]
	p := r.f.t.lines[b.Line-1]
	return b.Table != nil || p.insert != nil || p.holds || p.copied && !report.Blank(p.text) || !report.Blank(b.Text())
}
