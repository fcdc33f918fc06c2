package docxtpl

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"taizhang/export/report"
)

// piece is a text on its way into a paragraph, in the look of one of its texts.
type piece struct {
	seg    int
	text   string
	strong bool // 【待补】
	mark   bool // the number of a figure, in a draft
}

// paragraph writes a paragraph with what was counted for it.
func (r *renderer) paragraph(p *para) {
	switch {
	case p.gone:
		return
	case p.line < 0:
		r.bare(p)
		return
	}
	at := r.next
	b := r.block(p.line)
	if b == nil {
		return
	}
	switch {
	case p.copied:
		r.start(p.from, p.openTo)
		r.raw(p.openTo, p.to)
		r.last = "p"
		return
	case p.insert != nil:
		r.inserted(p)
		if p.holds {
			r.bare(p)
		}
		return
	}
	any := false
	write := func(b *report.Block) {
		pieces := r.pieces(p, b)
		said := false
		for _, x := range pieces {
			said = said || !report.Blank(x.text)
		}
		if said && r.numbers[at] != "-" {
			if n := r.numbers[at]; n != "" {
				pieces = append([]piece{{seg: pieces[0].seg, text: n}}, pieces...)
			}
			r.runs(p, pieces)
			any = true
		}
	}
	write(b)
	for table := false; r.next < len(r.f.blocks) && r.f.blocks[r.next].Line == p.line; {
		more := &r.f.blocks[r.next]
		if more.Table == nil && !table {
			break
		}
		r.next++
		if table = more.Table != nil; table {
			r.table(more.Table, p)
			any = true
		} else {
			write(more)
		}
	}
	if !any && p.holds {
		r.bare(p)
	}
}

// pieces shares the spans of a block out to the texts of the paragraph they
// begin in.
func (r *renderer) pieces(p *para, b *report.Block) (out []piece) {
	if len(p.segs) == 0 {
		return nil
	}
	segAt := func(at int) int {
		s := 0
		for s+1 < len(p.segs) && p.segs[s+1].at <= at {
			s++
		}
		return s
	}
	for _, span := range b.Spans {
		at := min(max(span.From-p.lineAt+p.lead, 0), len(p.text))
		if span.At < 0 {
			out = append(out, piece{seg: segAt(at), text: strings.ReplaceAll(span.Text, "\n", lineBreak), strong: span.Gap})
			if r.finish.Draft && span.Figure != nil {
				out = append(out, piece{seg: segAt(at), text: "[" + strconv.Itoa(span.Figure.No) + "]", mark: true})
			}
			continue
		}
		// Literal text may go on through several runs, each with a look of its own.
		text := span.Text
		for text != "" {
			s := segAt(at)
			n := len(text)
			if s+1 < len(p.segs) {
				same := 0
				for same < len(text) && at+same < len(p.text) && at+same < p.segs[s+1].at && text[same] == p.text[at+same] {
					same++
				}
				if at+same == p.segs[s+1].at {
					n = same
				}
			}
			out = append(out, piece{seg: s, text: text[:n]})
			text, at = text[n:], at+n
		}
	}
	// Where a sentence went, the space beside it goes; typed indents stay.
	if n := len(out); n > 0 && !strings.HasSuffix(p.text, " ") {
		out[n-1].text = strings.TrimRight(out[n-1].text, " ")
	}
	if len(out) > 0 && !strings.HasPrefix(p.text, " ") {
		out[0].text = strings.TrimLeft(out[0].text, " ")
	}
	return out
}

// runs writes a paragraph with the pieces in place of its texts. Between the
// texts everything stays as it is. What goes back to an earlier text, as the
// rounds of a loop do, is set in a run of its own with that text's look.
func (r *renderer) runs(p *para, pieces []piece) {
	hint := map[int]bool{}
	for _, x := range pieces {
		if r.zh && strings.ContainsAny(x.text, "“”‘’…—·") {
			hint[p.segs[x.seg].run] = true
		}
	}
	r.start(p.from, p.openTo)
	at, done := p.openTo, -1 // the bytes and the text written last
	apart := false           // runs of our own follow the text written last
	copied := func(to int) {
		r.withHints(p, at, to, hint)
		at = to
	}
	back := func() {
		if apart && done >= 0 {
			r.open(p, p.segs[done].run, hint, false)
		}
		apart = false
	}
	pass := func(to int) { // texts nothing is left of
		back()
		for done+1 < to {
			done++
			copied(p.segs[done].from)
			at = p.segs[done].to
		}
	}
	for i := 0; i < len(pieces); {
		s := pieces[i].seg
		if s > done {
			pass(s)
			copied(p.segs[s].from)
			at, done = p.segs[s].to, s
			if x := pieces[i]; !x.strong && x.text == p.segs[s].text && (i+1 == len(pieces) || pieces[i+1].seg != s) {
				r.raw(p.segs[s].from, p.segs[s].to)
				i++
				continue
			}
		} else if (s < done || pieces[i].strong) && !apart {
			r.text(p.shut("r"))
			apart = true
		}
		if pieces[i].strong && !apart {
			r.text(p.shut("r"))
			apart = true
		}
		text, strong := "", pieces[i].strong
		for i < len(pieces) && pieces[i].seg == s && pieces[i].strong == strong {
			text += pieces[i].text
			i++
		}
		if apart {
			r.open(p, p.segs[s].run, hint, strong)
			r.chars(text)
			r.text(p.shut("r"))
			continue
		}
		r.chars(text)
	}
	pass(len(p.segs))
	copied(p.to)
	r.last = "p"
}

// bare writes a paragraph without its texts.
func (r *renderer) bare(p *para) {
	r.runs(p, nil)
}

// empty writes a paragraph with nothing in it, in the look of another.
func (r *renderer) empty(like *para) {
	r.text("<" + r.w("p") + ">")
	if like != nil && !like.section {
		r.raw(like.openTo, like.propsTo)
	}
	r.text("</" + r.w("p") + ">")
	r.last = "p"
}

// w is a name of WordprocessingML as the part writes it.
func (r *renderer) w(local string) string { return r.part.w1(local) }

func (p *part) w1(local string) string {
	if p.w == "" {
		return local
	}
	return p.w + ":" + local
}

// a is an attribute of it.
func (r *renderer) a(local, value string) string {
	return " " + r.w(local) + `="` + escape(value) + `"`
}

func (p *para) shut(local string) string { return "</" + p.part.w1(local) + ">" }

// open begins a run in the look of another.
func (r *renderer) open(p *para, n int, hint map[int]bool, strong bool) {
	x := p.runs[n]
	props := string(r.part.data[x.propsFrom:x.props])
	if hint[n] {
		props = r.hinted(props)
	}
	if strong {
		props = r.bold(props)
	}
	r.text("<" + r.w("r") + ">" + props)
}

// withHints copies bytes of a paragraph; runs that get quotation marks or dashes
// say that these are Chinese, or they come out at half width.
func (r *renderer) withHints(p *para, from, to int, hint map[int]bool) {
	for n := range p.runs {
		x := p.runs[n]
		if !hint[n] || x.openTo < from || x.openTo > to || x.props > to {
			continue
		}
		r.raw(from, x.propsFrom)
		r.text(r.hinted(string(r.part.data[x.propsFrom:x.props])))
		from = x.props
	}
	r.raw(from, to)
}

// The order of the properties of a run is part of the schema: its style, its
// fonts, then the rest.
var (
	fontsTag = regexp.MustCompile(`<(?:\w+:)?rFonts\b[^>]*>`)
	styleTag = regexp.MustCompile(`^<(?:\w+:)?rPr(?:\s[^>]*)?>\s*(?:<(?:\w+:)?rStyle\b[^>]*/>)?\s*`)
	headTags = regexp.MustCompile(`^<(?:\w+:)?rPr(?:\s[^>]*)?>\s*(?:<(?:\w+:)?rStyle\b[^>]*/>)?\s*(?:<(?:\w+:)?rFonts\b[^>]*/>)?`)
	boldTag  = regexp.MustCompile(`<(?:\w+:)?b[\s/>]`)
)

func (r *renderer) hinted(props string) string {
	hint := r.a("hint", "eastAsia")
	switch {
	case props == "" || strings.HasSuffix(props, "/>") && !strings.Contains(props, "</"):
		return "<" + r.w("rPr") + "><" + r.w("rFonts") + hint + "/></" + r.w("rPr") + ">"
	case strings.Contains(props, strings.TrimSpace(strings.SplitN(hint, "=", 2)[0])+"="):
		return props
	}
	if at := fontsTag.FindStringIndex(props); at != nil {
		end := at[1] - 1
		if props[end-1] == '/' {
			end--
		}
		return props[:end] + hint + props[end:]
	}
	if at := styleTag.FindStringIndex(props); at != nil {
		return props[:at[1]] + "<" + r.w("rFonts") + hint + "/>" + props[at[1]:]
	}
	return props
}

func (r *renderer) bold(props string) string {
	b := "<" + r.w("b") + "/><" + r.w("bCs") + "/>"
	switch {
	case props == "" || strings.HasSuffix(props, "/>") && !strings.Contains(props, "</"):
		return "<" + r.w("rPr") + ">" + b + "</" + r.w("rPr") + ">"
	case boldTag.MatchString(props):
		return props
	}
	if at := headTags.FindStringIndex(props); at != nil {
		return props[:at[1]] + b + props[at[1]:]
	}
	return props
}

// chars writes a text into the run in hand.
func (r *renderer) chars(s string) {
	for i, l := range strings.Split(strings.ReplaceAll(s, "\n", lineBreak), lineBreak) {
		if i > 0 {
			r.text("<" + r.w("br") + "/>")
		}
		for j, t := range strings.Split(l, "\t") {
			if j > 0 {
				r.text("<" + r.w("tab") + "/>")
			}
			if t != "" {
				r.text("<" + r.w("t") + ` xml:space="preserve">` + escape(t) + "</" + r.w("t") + ">")
			}
		}
	}
}

// escape writes a text for XML; characters it forbids become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
