package export

import (
	"io"
	"strings"

	"taizhang/export/report"
	"taizhang/model"
)

// Finish says how far a text is: a draft, or a final copy, which must not lack
// prose and must not hold what is probably wrong, unless somebody says why.
type Finish struct {
	Draft  bool
	Reason string // why the final copy goes out as it is; at least LeastReason characters
}

// NarrativeJob says which text is written, of which period and for whom.
type NarrativeJob struct {
	Name     string // of the template, where it has no title
	Template *report.Template
	Period   model.Period
	Format   Format // DOCX, HTML, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
	Finish
}

// NarrativeFormats are the kinds of file a text is written as, the usual first.
var NarrativeFormats = []string{string(DOCX), string(HTML), string(Markdown), string(Text)}

// Unfinished refuses a final copy: prose is still missing, or figures look
// wrong. Nothing was written.
type Unfinished struct {
	Document *report.Document
	Words    model.Words
}

// Error implements error in English.
func (u *Unfinished) Error() string { return u.Words.EN }

// In says it in a language.
func (u *Unfinished) In(l model.Lang) string { return u.Words.In(l) }

// Narrative writes a text made from a template: the text alone, without the
// tables of the summary. What it was made of is returned.
func Narrative(w io.Writer, src Source, job NarrativeJob) (*report.Document, error) {
	doc, err := job.Template.Fill(src, report.Job{Period: job.Period, Audience: job.Audience, Lang: job.Lang})
	if err != nil {
		return nil, err
	}
	if err := job.Finish.ready(doc); err != nil {
		return doc, err
	}
	s := textSheet(src, doc, job.Finish, job.Audience, job.AsTyped)
	if s.title == "" {
		s.title = clean(job.Name)
	}
	return doc, s.write(w, job.Format)
}

// textSheet is a sheet that opens with a text.
func textSheet(src Source, doc *report.Document, finish Finish, a model.Audience, asTyped bool) *sheet {
	s := &sheet{lang: doc.Lang, unit: clean(src.Unit()), fonts: src.Context().Schema.Fonts(), up: true, asTyped: asTyped, drawn: src.Context().Today(), title: clean(doc.Title),
		told: &told{doc: doc, draft: finish.Draft, ids: a != model.Public}}
	s.notes = []string{model.W("导出对象：", "For: ").In(doc.Lang) + a.Words().In(doc.Lang) + " · " + witness(src, doc.Lang)}
	return s
}

// TextRemark says that a text tells of nothing, as that of a ledger just begun, or
// of a period that is still to come; zero: nothing to remark.
func TextRemark(doc *report.Document, p model.Period, today model.Date) model.Words {
	words := model.W(periodText(p, model.ZH), periodText(p, model.EN))
	switch {
	case !p.IsZero() && p.From.After(today):
		return model.Sayf("%s还没有到，本期的事还没有可数的；概况照现在登记的写", "%s is still to come: there is nothing of it to count yet; the profile is that of now", words)
	case len(doc.Figures) == 0:
		return model.Sayf("%s没有可写的记录，文中一个数也没有。请先录入台账，或换一个期间", "there are no records to write about in %s: the text has no figure. Enter records first, or choose another period", words)
	}
	return model.Words{}
}

// ready says what a final copy still lacks.
func (i Finish) ready(doc *report.Document) error {
	if i.Draft || !doc.Open() && len(doc.Doubts) == 0 {
		return nil
	}
	if i.Reason != "" {
		if err := model.CheckText(i.Reason, false); err != nil {
			return err
		}
		if model.Characters(strings.TrimSpace(i.Reason)) >= LeastReason {
			return nil
		}
		return &Unfinished{doc, model.Sayf("照样定稿的理由至少%d个字，没有写出文件", "the reason to issue it as it is has at least %d characters; no file was written", LeastReason)}
	}
	u := &Unfinished{Document: doc}
	var zh, en []string
	for _, g := range doc.Gaps {
		zh, en = append(zh, g.Text), append(en, g.Text)
	}
	for _, d := range doc.Doubts {
		zh, en = append(zh, "请核对："+d.ZH), append(en, "to be checked: "+d.EN)
	}
	var open model.Words // how many of each there are
	gaps, doubts := model.Sayf("%d处待补", "%d to be written", len(doc.Gaps)), model.Sayf("%d处要核对", "%d to be checked", len(doc.Doubts))
	switch {
	case len(doc.Doubts) == 0:
		open = gaps
	case len(doc.Gaps) == 0:
		open = doubts
	default:
		open = model.W(gaps.ZH+"，"+doubts.ZH, gaps.EN+", "+doubts.EN)
	}
	u.Words = model.Sayf("还不能定稿，没有写出文件。%s：%s。可以先写草稿（--draft），或写明理由照样定稿（--as-is \"理由\"，至少%d个字）",
		"not ready to be issued; no file was written. %s: %s. Write a draft (--draft), or say why it goes out as it is (--as-is \"REASON\", at least %d characters)",
		open, model.W(strings.Join(zh, "；"), strings.Join(en, "; ")), LeastReason)
	return u
}
