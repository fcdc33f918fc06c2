package report

import (
	"strings"

	"taizhang/model"
)

// Job says how a template is filled.
type Job struct {
	Period   model.Period
	Audience model.Audience
	Lang     model.Lang
}

// Fill counts what the template asks for and writes its text. It reads each
// register once and holds nothing afterwards. The time it takes is bounded by
// the template and the records, whatever the template says.
func (t *Template) Fill(src Source, job Job) (*Document, error) {
	if t.lang != nil {
		job.Lang = *t.lang
	}
	f := &filler{t: t, src: src, c: src.Context(), job: job, doc: &Document{Lang: job.Lang}}
	if job.Period.IsZero() {
		return nil, model.Problemf("报告要写明期间", "a report needs its period")
	}
	f.watch()
	if err := f.read(); err != nil {
		return nil, err
	}
	f.nodes(t.nodes)
	if f.err != nil {
		return nil, f.err
	}
	f.finish()
	f.doubts()
	return f.doc, nil
}

type filler struct {
	t        *Template
	src      Source
	c        *model.Context
	saw      *witness
	job      Job
	store    store
	env      env
	out      []piece
	size     int
	work     int // records looked at
	err      error
	doc      *Document
	items    int      // of the section so far: 一是, 二是
	asked    []*asked // measures in the text, for the plausibility checks
	oddAsked map[slice]bool
}

// env is what stands around the node in hand.
type env struct {
	rec   *model.Record
	recs  []*model.Record // of the loops, outermost first
	group string          // value of the group; "" for none
	shown string          // the same as its reader sees it
	style string
	round int
	inst  string   // tells the paragraphs of one round from those of another
	also  []string // records that decided that the text stands at all
	only  map[string][]*model.Record
}

// piece is a run of the text on its way.
type piece struct {
	text string
	at   int
	lit  bool    // of the template
	fig  *Figure // counted
	live bool    // a slot that says something
	zero bool    // a slot that says nothing: its clause goes
	gap  bool
	brk  bool // end of a paragraph
	item bool // numbered once it is known which sentences stay
	open bool // a list ends here whose separator was taken off
	tbl  *Table
	inst string
}

// asked is a measure in the text.
type asked struct {
	q      *query
	value  int64
	fig    *Figure
	within bool // in a loop or group
}

// mostWork bounds the records looked at: what a template asks for on the
// largest ledger stays far below.
const mostWork = 200_000_000

func (f *filler) emit(p piece) {
	if p.inst == "" {
		p.inst = f.env.inst
	}
	if f.size += len(p.text); f.size > mostOutput && f.err == nil {
		f.err = model.Problemf("报告太长，超过%d MB，没有写出", "the report is too long (over %d MB); nothing was written", mostOutput>>20)
	}
	if f.err == nil {
		f.out = append(f.out, p)
	}
}

func (f *filler) nodes(list []node) {
	for _, n := range list {
		if f.work > mostWork && f.err == nil {
			f.err = model.Problemf("模板里的循环太多，没有写出", "the template's loops go through too much; nothing was written")
		}
		if f.err != nil {
			return
		}
		f.work++
		f.node(n)
	}
}

func (f *filler) node(n node) {
	switch n := n.(type) {
	case literal:
		at := n.pos()
		for part := range strings.SplitAfterSeq(n.text, "\n") {
			line, broken := strings.CutSuffix(part, "\n")
			if line != "" {
				f.emit(piece{text: line, at: at, lit: true})
			}
			if broken {
				f.emit(piece{brk: true, at: at + len(line)})
			}
			at += len(part)
		}
	case name:
		f.credit(func() { f.name(n) })
	case figure:
		f.credit(func() { f.figure(n) })
	case rate:
		f.credit(func() { f.rate(n) })
	case compare:
		f.credit(func() { f.compare(n) })
	case yearly:
		f.credit(func() { f.yearly(n) })
	case *loop:
		f.loop(n)
	case *group:
		f.group(n)
	case *branch:
		outer := f.env
		holds := false
		also := f.looked(func() { holds = f.holds(n) })
		if n.query != nil {
			also = union(also, idsOf(f.records(n.query, f.period(n.query))))
		}
		f.env.also = union(outer.also, also)
		if holds != n.not {
			f.nodes(n.yes)
		} else {
			f.nodes(n.no)
		}
		f.env = outer
	case gap:
		f.gap(n.pos(), n.name)
	case phrase:
		f.phrase(n)
	case table:
		f.table(n)
	}
}

func (f *filler) gap(at int, name string) {
	f.emit(piece{text: f.say("【待补：%s】", "[to be written: %s]", name), at: at, gap: true})
}

func (f *filler) say(zh, en string, args ...any) string {
	return model.Sayf(zh, en, args...).In(f.job.Lang)
}

// holds decides a condition.
func (f *filler) holds(n *branch) bool {
	switch {
	case n.kind != "":
		return n.kind == kindOf(f.job.Period)
	case n.cond != nil:
		return f.env.rec != nil && f.match(n.cond, f.env.rec)
	case n.query == nil:
		return false
	}
	p := f.period(n.query)
	records := f.records(n.query, p)
	if n.query.measure == nil {
		return len(records) > 0
	}
	return f.tally(n.query, n.query.measure, records, p).Value != 0
}

// nothing drops the clause it stands in.
func (f *filler) nothing(at int) { f.emit(piece{at: at, zero: true}) }

// refuse drops the clause and tells why.
func (f *filler) refuse(at int, what, why model.Words) {
	f.doc.Refused = append(f.doc.Refused, Note{f.blockAt(at), model.Sayf("%s：%s", "%s: %s", what, why).In(f.job.Lang)})
	f.nothing(at)
}

func (f *filler) blockAt(at int) string { return f.t.line(at).id }
