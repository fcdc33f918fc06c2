package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// paragraphSlot begins the keys of the drafts of paragraphs.
const paragraphSlot = "report-text/"

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
