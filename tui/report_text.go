package tui

import (
	"context"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// reportText shows a report from a template before it is written: its text as
// counted now, every figure with the records behind it, what is still to be
// written. Paragraphs rewritten on it stand in a saved report.
type reportText struct {
	kind   export.Report
	job    export.ReportJob
	record *model.Record // the saved report; nil: nothing was saved yet
	slot   string        // key of the draft of a paragraph to go on with
	goal   string        // the paragraph to be shown once the text is counted

	doc    *report.Document
	edits  report.Edits
	stale  []export.Stale
	deltas []export.Delta
	seq    uint64 // head of the journal before it was read
	turn   int
	failed bool

	lines  []textLine
	width  int
	table  part.Table // its cursor is on a line
	figure int        // in doc.Figures, the one that Tab came to; -1: none
	side   sideways   // of its tables

	aside  bool
	items  []asideItem
	at     part.Table // in items
	pick   *pick
	asked  *asking
	report []string // what became of the file
}

// usualWidth is the width a text is laid out for before it is drawn.
const usualWidth = 80

func newReportText(kind export.Report, job export.ReportJob) *reportText {
	return &reportText{kind: kind, job: job, figure: -1}
}

// openReport goes on with a saved report.
func openReport(t *export.SavedText) *reportText {
	r := newReportText(t.Report, export.ReportJob{Period: t.Period, Audience: t.Audience, Lang: t.Lang})
	r.record = t.Record
	return r
}

type (
	countedMsg struct {
		text   *reportText
		turn   int
		record *model.Record
		doc    *report.Document
		edits  report.Edits
		stale  []export.Stale
		deltas []export.Delta
		seq    uint64
		err    error
	}
	reportStaleMsg struct{ text *reportText }
)

func (m countedMsg) to() screen     { return m.text }
func (m reportStaleMsg) to() screen { return m.text }

func (t *reportText) register() *model.Register { return model.Report }
func (t *reportText) typing() bool              { return t.pick != nil || t.asked != nil }
func (t *reportText) title(s *session) string   { return clean(t.kind.Words.In(s.lang)) }
func (t *reportText) init(s *session) tea.Cmd   { return t.load(s) }
func (t *reportText) waiting() bool {
	return t.doc == nil && !t.failed && t.pick == nil
}

func (t *reportText) place() place {
	if t.pick != nil {
		return onChoice
	}
	return onReport
}

// refresh counts again when records were written since.
func (t *reportText) refresh(s *session) tea.Cmd {
	if t.doc == nil {
		return nil
	}
	var registers []string
	for _, reg := range s.declared().Registers {
		registers = append(registers, reg.Key)
	}
	return s.staleSince(t.seq, reportStaleMsg{t}, registers...)
}

// load counts the text. Of a saved report it reads what it holds by now.
func (t *reportText) load(s *session) tea.Cmd {
	t.turn++
	msg := countedMsg{text: t, turn: t.turn, record: t.record}
	kind, job := t.kind, t.job
	return s.work(words.DoReportRead, func(ctx context.Context, progress db.Progress) (err error) {
		if msg.seq, _, err = s.ledger.Head(ctx); err != nil {
			return err
		}
		if msg.record != nil {
			if msg.record, err = s.record(msg.record.ID); err != nil {
				return err
			}
			msg.edits = model.ReportEdits(msg.record)
		}
		src, err := s.source(ctx)
		if err != nil {
			return err
		}
		src.Progress = phases(export.Scans(src.Context()), progress)
		if msg.doc, err = kind.Count(src, job, msg.edits); err != nil {
			return err
		}
		if len(msg.doc.Typed) > 0 {
			plain, err := kind.Count(src, job, nil)
			if err != nil {
				return err
			}
			msg.stale = export.StaleFigures(msg.doc, plain)
		}
		if msg.record != nil {
			if msg.deltas, err = export.SinceSent(src, &kind, job, msg.record, msg.doc); err != nil {
				return err
			}
		}
		return src.Err()
	}, func(err error) tea.Msg { msg.err = err; return msg })
}

func (t *reportText) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case countedMsg:
		if msg.turn != t.turn {
			return nil
		}
		return t.counted(s, msg)
	case reportStaleMsg:
		return t.load(s)
	case reportWrittenMsg:
		return t.written(s, msg)
	case tea.PasteMsg:
		switch {
		case t.pick != nil:
			t.pick.update(msg)
		case t.asked != nil:
			t.asked.in.Update(msg)
		}
	case tea.KeyPressMsg:
		return t.press(s, msg)
	}
	return nil
}

// counted takes a text; the cursor stays on its paragraph and its figure.
func (t *reportText) counted(s *session, msg countedMsg) tea.Cmd {
	if msg.err != nil {
		if t.doc == nil {
			t.failed = true
			s.pop()
		}
		return complain(msg.err)
	}
	first := t.doc == nil
	block, nth := t.here()
	goal := t.goal != ""
	if goal {
		block, nth, t.goal = t.goal, 0, ""
	}
	t.record, t.doc, t.edits, t.stale, t.deltas, t.seq = msg.record, msg.doc, msg.edits, msg.stale, msg.deltas, msg.seq
	if t.edits == nil {
		t.edits = report.Edits{}
	}
	if t.figure >= len(t.doc.Figures) {
		t.figure = -1
	}
	if remark := export.TextRemark(t.doc, t.job.Period, model.DateOf(s.now())); first && remark != (model.Words{}) {
		t.report = []string{remark.In(s.lang)}
	}
	w := t.width
	if w == 0 {
		w = usualWidth
	}
	t.width = 0 // lay it out anew
	t.layout(s, w)
	t.gather(s)
	for i, l := range t.lines {
		if l.block >= 0 && (t.doc.Blocks[l.block].ID == block || goal && baseOf(t.doc.Blocks[l.block].ID) == block) {
			t.table.Go(min(i+nth, len(t.lines)-1))
			break
		}
	}
	if t.slot != "" {
		return t.resume(s)
	}
	return nil
}

func (t *reportText) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	switch {
	case t.pick != nil:
		return t.pick.press(key, func() { t.pick = nil })
	case t.asked != nil:
		return t.asked.press(key, func() { t.asked = nil })
	case t.aside && t.at.Move(name):
		return nil
	case !t.aside && t.table.Move(name):
		t.figure, t.report = -1, nil // it would lie over the cursor
		return nil
	}
	a := find(onReport, name)
	if a == nil {
		return nil
	}
	t.report = nil
	switch a.id {
	case actBack:
		if t.aside {
			t.aside = false
			return nil
		}
		return s.pop()
	case actAside:
		t.aside = !t.aside
	case actOpen:
		if t.aside {
			return t.openItem(s)
		}
		return t.openFigure(s)
	case actNext, actPrev:
		return t.toFigure(a.id == actNext)
	case actEarlier, actLater:
		t.side.move(a.id == actLater)
	case actGap:
		return t.nextGap()
	case actEdit:
		return t.edit(s)
	case actRestore:
		return t.restore(s)
	case actWrite:
		return t.write(s)
	case actClip:
		return s.clip()
	}
	return nil
}

// edit opens the paragraph of the cursor as the template has it.
func (t *reportText) edit(s *session) tea.Cmd {
	b := t.block()
	if t.kind.OnlyWord() {
		return complain(&model.Problem{Words: words.ReportInWord})
	}
	if t.aside || b == nil || b.Source == "" {
		return complain(&model.Problem{Words: words.ReportNoEdit})
	}
	p := newParagraph(s, t, baseOf(b.ID), t.source(b))
	p.rounds = strings.Contains(b.ID, "/")
	return s.push(p)
}

// source is what is edited of a paragraph: all lines of its rewritten text.
func (t *reportText) source(b *report.Block) string {
	if text, ok := t.edits[baseOf(b.ID)]; ok && b.Edited {
		return text
	}
	return b.Source
}

// baseOf is the name under which the edits of a paragraph are kept: its further
// lines have a number behind it, the rounds of a loop what they are of.
func baseOf(id string) string {
	if i := strings.IndexAny(id, "./"); i >= 0 {
		return id[:i]
	}
	return id
}

// restore brings the template's text of a paragraph back.
func (t *reportText) restore(s *session) tea.Cmd {
	b := t.block()
	if t.aside || b == nil || !b.Edited {
		return complain(&model.Problem{Words: words.ReportNotEdited})
	}
	return t.unedit(s, baseOf(b.ID))
}

// unedit drops what a paragraph was rewritten to. A report that was sent asks why.
func (t *reportText) unedit(s *session, block string) tea.Cmd {
	edits := maps.Clone(t.edits)
	delete(edits, block)
	drop := func(reason string) tea.Cmd {
		base, id := t.record.Version, t.record.ID
		return func() tea.Msg {
			_, err := s.write(s.newRequest(), db.Op{Kind: db.Edit, ID: id, Base: base, Reason: reason, Values: model.Values{"edits": model.ReportRows(edits)}})
			if err != nil {
				return toastMsg{text: model.AsWords(err), bad: true}
			}
			return reportStaleMsg{t}
		}
	}
	if t.record == nil {
		return nil
	}
	if model.ReportState.Of(t.record) == model.ReportSent {
		t.asked = newAsking(s, words.ParagraphWhy, drop)
		return nil
	}
	return tea.Sequence(drop(""), say(words.ReportRestored))
}

// off says why an action can do nothing now.
func (t *reportText) off(id act) model.Words {
	switch id {
	case actRestore:
		if b := t.block(); t.aside || b == nil || !b.Edited {
			return words.ReportNotEdited
		}
	case actEarlier, actLater:
		if !t.side.wide() {
			return words.ReportNotWide
		}
	case actGap:
		if t.doc != nil && !t.doc.Open() {
			return words.ReportNoGap
		}
	}
	return model.Words{}
}
