package tui

import (
	"errors"
	"maps"
	"regexp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// paragraph rewrites one paragraph of a report as its template has it: what is
// counted stays a slot. It is saved into the saved report at once.
type paragraph struct {
	text    *reportText
	block   string
	source  string // as it was opened
	gap     string // what is to be written, where the paragraph is nothing else
	note    *part.Note
	faults  model.Words // of the template with this paragraph
	edits   report.Edits
	record  *model.Record // the version that was open
	request db.RequestID
	slot    string // of the draft
	saving  bool
	leaving bool
	unsaved bool // changed since the last draft; a timer runs
	drafted bool
	why     *asking
}

// lone is a paragraph that is nothing but a gap.
var lone = regexp.MustCompile(`^\{\{(?:待补|gap)[ 　]*([^{}|]*)\}\}$`)

func newParagraph(s *session, t *reportText, block, source string) *paragraph {
	p := &paragraph{text: t, block: block, source: source, note: part.NewNote(s.metric), edits: t.edits, record: t.record, request: s.newRequest()}
	p.note.Clean = model.Clean
	if m := lone.FindStringSubmatch(strings.TrimSpace(source)); m != nil {
		p.gap = strings.TrimSpace(m[1])
	} else {
		p.note.SetValue(source)
	}
	p.slot = paragraphSlot + s.newRequest().String()
	return p
}

// paragraphSlot begins the keys of the drafts of paragraphs.
const paragraphSlot = "report-text/"

type (
	keptMsg struct {
		para   *paragraph
		record *model.Record
		err    error
	}
	paragraphPauseMsg struct{ para *paragraph }
	paragraphDraftMsg struct {
		para *paragraph
		err  error
	}
)

func (m keptMsg) to() screen           { return m.para }
func (m paragraphPauseMsg) to() screen { return m.para }
func (m paragraphDraftMsg) to() screen { return m.para }

func (p *paragraph) init(*session) tea.Cmd     { return nil }
func (p *paragraph) refresh(*session) tea.Cmd  { return nil }
func (p *paragraph) register() *model.Register { return model.Report }
func (p *paragraph) typing() bool              { return !p.leaving }
func (p *paragraph) waiting() bool             { return p.saving }
func (p *paragraph) title(s *session) string   { return words.ParagraphTitle.In(s.lang) }
func (p *paragraph) place() place              { return onParagraph }

// changed reports whether there is something to save.
func (p *paragraph) changed() bool {
	if p.gap != "" {
		return strings.TrimSpace(p.note.Value()) != ""
	}
	return p.note.Value() != p.source
}

func (p *paragraph) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keptMsg:
		return p.kept(s, msg)
	case settledMsg:
		return p.settle(s, msg.conflict)
	case paragraphPauseMsg:
		if p.unsaved && !p.saving {
			return p.keep(s)
		}
	case paragraphDraftMsg:
		if msg.err != nil && s.readOnly == (model.Words{}) {
			return complain(msg.err)
		}
	case tea.PasteMsg:
		if p.why != nil {
			p.why.in.Update(msg)
			return nil
		}
		return p.typed(p.note.Update(msg))
	case tea.KeyPressMsg:
		return p.press(s, msg)
	}
	return nil
}

func (p *paragraph) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.why != nil:
		return p.why.press(key, func() { p.why = nil })
	case p.leaving:
		return p.answer(s, key)
	}
	if a := find(onParagraph, key.String()); a != nil && key.Text == "" {
		switch a.id {
		case actBack:
			if p.changed() {
				p.leaving = true
				return p.keep(s)
			}
			s.pop()
			return p.dropDraft(s)
		case actSave:
			return p.save(s, "")
		case actPhrase:
			return s.choosePhrase(p, model.Report, func(full string) tea.Cmd {
				return p.typed(p.note.Update(tea.PasteMsg{Content: full}))
			})
		}
	}
	return p.typed(p.note.Update(key))
}

// answer is what is pressed while the question on leaving is open.
func (p *paragraph) answer(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		s.pop()
		return tea.Sequence(p.keepDraft(s, false), say(words.DraftKept))
	case "ctrl+x":
		s.pop()
		return p.dropDraft(s)
	case "esc", "ctrl+c":
		p.leaving = false
	case "ctrl+s":
		p.leaving = false
		return p.save(s, "")
	default:
		if key.Text != "" { // she goes on writing
			p.leaving = false
			return p.press(s, key)
		}
	}
	return nil
}

// typed sees to it that a draft follows a change, and that what is wrong with the
// template is told anew.
func (p *paragraph) typed(changed bool) tea.Cmd {
	if !changed {
		return nil
	}
	p.faults = model.Words{}
	if p.unsaved {
		return nil
	}
	p.unsaved = true
	return tea.Tick(draftPause, func(time.Time) tea.Msg { return paragraphPauseMsg{p} })
}

// keep implements keeper.
func (p *paragraph) keep(s *session) tea.Cmd {
	if p.saving || !p.changed() {
		return nil
	}
	return p.keepDraft(s, true)
}

// keepDraft writes what is typed into the drafts, with all that is needed to go on
// from the first page.
func (p *paragraph) keepDraft(s *session, open bool) tea.Cmd {
	t := p.text
	d := db.Draft{Key: p.slot, Register: model.Report.Key, Request: p.request, Texts: map[string]string{
		"title": export.SavedTitle(&t.kind, t.job, t.doc), "template": t.kind.Name, "period": t.job.Period.String(), "audience": t.job.Audience.String(), "lang": t.job.Lang.String(),
		"block": p.block, "source": p.source, "text": p.note.Value(),
	}}
	if p.record != nil {
		d.ID, d.Base = p.record.ID, p.record.Version
	}
	p.unsaved, p.drafted = false, true
	return func() tea.Msg { return paragraphDraftMsg{p, s.saveDraft(d, open)} }
}

func (p *paragraph) dropDraft(s *session) tea.Cmd {
	if !p.drafted || s.readOnly != (model.Words{}) {
		return nil
	}
	p.unsaved, p.drafted = false, false
	return func() tea.Msg {
		if err := s.dropDraft(p.slot); err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return nil
	}
}

// paragraphDraft opens the report that a draft is a paragraph of; nil: it is none.
func paragraphDraft(d db.Draft) func(*session) screen {
	if !strings.HasPrefix(d.Key, paragraphSlot) {
		return nil
	}
	return func(s *session) screen {
		kinds, err := s.reportKinds()
		period, perr := model.ParsePeriod(d.Texts["period"])
		who, werr := model.ParseAudience(d.Texts["audience"])
		kind := export.FindReport(kinds, d.Texts["template"])
		if err != nil || perr != nil || werr != nil || kind == nil { // its template is gone
			return newReports(s)
		}
		job := export.ReportJob{Period: period, Audience: who}
		if d.Texts["lang"] == model.EN.String() {
			job.Lang = model.EN
		}
		t := newReportText(*kind, job)
		if d.ID != "" {
			t.record = model.NewRecord(model.Report)
			t.record.ID = d.ID
		}
		t.slot = d.Key
		return t
	}
}

// resume goes on with the draft of a paragraph.
func (t *reportText) resume(s *session) tea.Cmd {
	slot := t.slot
	t.slot = ""
	d, err := s.takeDraft(slot)
	if err != nil || d == nil {
		return complain(err)
	}
	p := newParagraph(s, t, d.Texts["block"], d.Texts["source"])
	p.slot, p.drafted, p.request = slot, true, d.Request
	p.note.SetValue(d.Texts["text"])
	if t.record != nil && d.Base != 0 && d.Base != t.record.Version {
		r := *t.record
		r.Version, p.edits = d.Base, nil // what was open then is known to the store
		p.record = &r
	}
	return s.push(p)
}

// recordOp stores the paragraphs of a report, for the first time or over what it
// held.
func (t *reportText) recordOp(record *model.Record, edits report.Edits) db.Op {
	if record == nil {
		return db.Op{Kind: db.Add, Register: model.Report.Key, Values: export.SavedValues(&t.kind, t.job, t.doc, edits)}
	}
	return db.Op{Kind: db.Edit, ID: record.ID, Base: record.Version, Values: model.Values{"edits": model.ReportRows(edits)}}
}

// mostEdits bounds how many paragraphs a report keeps rewritten.
const mostEdits = 500

// save checks the template with the paragraph and stores it.
func (p *paragraph) save(s *session, reason string) tea.Cmd {
	if !p.changed() {
		s.pop()
		return p.dropDraft(s)
	}
	if p.record != nil && reason == "" && model.ReportState.Of(p.record) == model.ReportSent {
		p.why = newAsking(s, words.ParagraphWhy, func(reason string) tea.Cmd { return p.save(s, reason) })
		return nil
	}
	text := strings.TrimSpace(p.note.Value())
	if len(p.edits) >= mostEdits && p.edits[p.block] == "" {
		return complain(model.Problemf(words.ParagraphTooMany.ZH, words.ParagraphTooMany.EN, mostEdits))
	}
	p.saving = true
	t, record, edits, slot := p.text, p.record, p.edits, ""
	if p.drafted {
		slot = p.slot
	}
	return func() tea.Msg {
		msg := keptMsg{para: p}
		var schema *model.Schema
		msg.err = s.view(func(sn *db.Snapshot) error { schema = sn.Schema(); return nil })
		if msg.err != nil {
			return msg
		}
		mine := maps.Clone(edits)
		if mine == nil {
			mine = report.Edits{}
		}
		mine[p.block] = text
		if err := export.CheckEdit(s.ledger.Path(), t.kind.Name, t.job.Lang, schema, p.block, text, mine); err != nil {
			msg.err = &faultyEdit{err}
			return msg
		}
		store := func(record *model.Record, edits report.Edits) (*model.Record, error) {
			op := t.recordOp(record, edits)
			op.DraftKey, op.Reason = slot, reason
			res, err := s.write(p.request, op)
			if err != nil {
				return nil, err
			}
			return s.record(res.Records[0].ID)
		}
		msg.record, msg.err = store(record, mine)
		var c *db.Conflict
		for range 3 { // others may go on writing other paragraphs
			if !errors.As(msg.err, &c) {
				break
			}
			theirs, same := p.others(c)
			if !same {
				break
			}
			theirs[p.block] = text
			later := *record
			later.Version = c.Current
			msg.record, msg.err = store(&later, theirs)
		}
		return msg
	}
}

// faultyEdit is a paragraph that makes the template faulty.
type faultyEdit struct{ error }

// others are the paragraphs as another clerk left them; same says that this one is
// not among those she changed.
func (p *paragraph) others(c *db.Conflict) (theirs report.Edits, same bool) {
	for _, f := range c.Fields {
		if f.Key == "edits" {
			was, is := editsIn(f.Base), editsIn(f.Theirs)
			a, hadA := was[p.block]
			b, hadB := is[p.block]
			return is, a == b && hadA == hadB
		}
	}
	return nil, false
}

func editsIn(v any) report.Edits {
	r := model.NewRecord(model.Report)
	r.Set("edits", v)
	return model.ReportEdits(r)
}

// kept shows what came of a save.
func (p *paragraph) kept(s *session, msg keptMsg) tea.Cmd {
	p.saving = false
	var c *db.Conflict
	var faulty *faultyEdit
	switch {
	case errors.As(msg.err, &faulty):
		p.faults = model.AsWords(faulty.error)
		return p.keep(s)
	case errors.As(msg.err, &c):
		return tea.Batch(s.push(p.conflict(c)), p.keep(s))
	case msg.err != nil:
		return tea.Batch(complain(msg.err), p.keep(s))
	}
	p.unsaved = false
	p.text.record, p.text.goal = msg.record, p.block
	s.pop()
	return tea.Batch(p.text.load(s), say(model.Sayf(words.ReportKept.ZH, words.ReportKept.EN, msg.record.ID)))
}

// conflict shows the paragraph as both left it.
func (p *paragraph) conflict(c *db.Conflict) screen {
	theirs, _ := p.others(c)
	with := *c
	with.Fields = []db.FieldConflict{{Key: "edits", Field: &model.Field{Key: "edits", Words: words.ParagraphTitle, Type: model.TypeNote},
		Mine: strings.TrimSpace(p.note.Value()), Theirs: theirs[p.block]}}
	out := compare(p, &with)
	out.intro, out.mine, out.other = model.Sayf(words.ConflictIntro.ZH, words.ConflictIntro.EN, clean(c.By)), words.Yours, clean(c.By)
	out.read = func(s *session, _ db.FieldConflict, v any) string {
		if text, _ := v.(string); text != "" {
			return clean(text)
		}
		return words.Blank.In(s.lang)
	}
	p.edits = theirs
	return out
}

// settle saves on top of the other's version what was chosen.
func (p *paragraph) settle(s *session, c *conflict) tea.Cmd {
	record := *p.record
	record.Version = c.with.Current
	p.record, p.request = &record, s.newRequest()
	if c.theirs[0] {
		s.pop()
		return tea.Batch(p.dropDraft(s), p.text.load(s))
	}
	return p.save(s, "")
}

func (p *paragraph) view(s *session, w, h int) frame {
	m := s.metric
	var head []string
	if p.gap != "" {
		for _, l := range m.Wrap(clean(model.Sayf(words.ParagraphAsk.ZH, words.ParagraphAsk.EN, p.gap).In(s.lang)), w) {
			head = append(head, bold.Render(l))
		}
	}
	for _, l := range m.Wrap(words.ParagraphHint.In(s.lang), w) {
		head = append(head, faint.Render(l))
	}
	head = append(head, faint.Render(m.Rule(w)))
	var foot []string
	if p.faults != (model.Words{}) {
		for _, l := range m.Wrap(clean(p.faults.In(s.lang)), w) {
			foot = append(foot, bad.Render(l))
		}
		foot = foot[:min(len(foot), max(1, h/3))]
	}
	if p.leaving {
		for _, l := range m.Wrap(words.ParagraphLeave.In(s.lang), w) {
			foot = append(foot, bold.Render(l))
		}
	}
	if p.why != nil {
		foot = append(foot, "")
	}
	room := max(1, h-len(head)-len(foot))
	lines, x, y := p.note.View(w, room)
	fr := frame{lines: append(head, lines...)}
	if !p.leaving {
		fr.cursor = &tea.Position{X: x, Y: len(head) + y}
	}
	fr.lines = append(fr.lines, foot...)
	if p.why != nil {
		line, x := ask(s, p.why.question, model.Words{}, &p.why.in, w)
		fr.lines[len(fr.lines)-1], fr.cursor = line, &tea.Position{X: x, Y: len(fr.lines) - 1}
	}
	return fr
}
