package tui

import (
	"errors"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/words"
)

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
