package export

import (
	"io"
	"strings"

	"taizhang/export/docxtpl"
	"taizhang/export/report"
	"taizhang/model"
)

// FilledJob says which Word document of the office is filled, for which period
// and for whom.
type FilledJob struct {
	Template *docxtpl.Template
	Period   model.Period
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // punctuation of texts put in stays as it was typed
	Finish
}

// Filled writes a Word document of the office with what it asks for. In a draft
// figures carry the numbers under which it says at its end what they were counted
// from. What it was made of is returned.
func Filled(w io.Writer, src Source, job FilledJob) (*report.Document, error) {
	f, err := job.Template.Fill(src, report.Job{Period: job.Period, Audience: job.Audience, Lang: job.Lang})
	if err != nil {
		return nil, err
	}
	if err := job.Finish.ready(f.Document); err != nil {
		return f.Document, err
	}
	told := &told{doc: f.Document, draft: job.Draft, ids: job.Audience != model.Public}
	return f.Document, f.Write(w, docxtpl.Finish{Draft: job.Draft, Remarks: told.remarks(), Widen: job.Lang == model.ZH && !job.AsTyped})
}

// textFormats are what a report from templates is written as.
func textFormats(e report.Entry) []string {
	if !e.Text {
		return []string{string(DOCX)}
	}
	return NarrativeFormats
}

// fill writes the report from the office's Word document.
func (r *Report) fill(w io.Writer, src *Ledger, job ReportJob, slip *Slip) error {
	t, err := r.document(src, job)
	if err != nil {
		return err
	}
	slip.AsIs, slip.Template = job.Finish.Reason, r.Name+".docx"
	doc, err := Filled(w, src, FilledJob{Template: t, Period: job.Period, Audience: job.Audience, Lang: job.Lang, AsTyped: job.AsTyped, Finish: job.Finish})
	if err == nil && job.Told != nil {
		job.Told(doc)
	}
	return err
}

// Count fills the text of a report without writing it, with paragraphs rewritten by
// hand: in docx, or where there is nothing else, by the office's Word document, whose
// paragraphs cannot be rewritten here.
func (r *Report) Count(src *Ledger, job ReportJob, edits report.Edits) (*report.Document, error) {
	t, err := ReadTemplate(src.l.Path(), r.Name, job.Lang, src.Context().Schema, edits)
	if err != nil {
		return nil, err
	}
	what := report.Job{Period: job.Period, Audience: job.Audience, Lang: job.Lang}
	if !r.Word || job.Format != DOCX && !r.OnlyWord() {
		return t.Fill(src, what)
	}
	job.Template = t
	word, err := r.document(src, job)
	if err != nil {
		return nil, err
	}
	f, err := word.Fill(src, what)
	if err != nil {
		return nil, err
	}
	for i := range f.Document.Blocks {
		f.Document.Blocks[i].Source = ""
	}
	return f.Document, nil
}

// OnlyWord reports whether the office's Word document is all there is of a report.
func (r *Report) OnlyWord() bool {
	return r.Word && len(r.Formats) == 1 && r.Formats[0] == string(DOCX)
}

// document reads the office's Word document of a report.
func (r *Report) document(src *Ledger, job ReportJob) (t *docxtpl.Template, err error) {
	schema := src.Context().Schema
	err = WithShelf(src.l.Path(), func(s report.Shelf) error {
		raw, file, err := s.Word(r.Name, job.Lang, docxtpl.MostFile)
		if err != nil {
			return err
		}
		if t, err = docxtpl.Parse(raw, schema, WordTexts(s, r.Name, job.Lang, schema, job.Template)); err != nil {
			return badTemplate(file, err)
		}
		return nil
	})
	return t, err
}

// WordTexts finds the text templates that a Word document may put in: of its own
// name the one given, which may hold paragraphs rewritten by hand, or where that
// is nil the one on the shelf.
func WordTexts(s report.Shelf, own string, l model.Lang, schema *model.Schema, given *report.Template) docxtpl.Options {
	return docxtpl.Options{Body: func(name string) (*report.Template, error) {
		if name == "" {
			name = own
		}
		e, err := s.Find(name)
		switch {
		case err != nil:
			return nil, err
		case !e.Text:
			return nil, model.Problemf("“%s”只有 Word 模板，没有可以插入的文字模板", "%q has a Word document only and no text to put in", model.Shorten(name))
		case e.Name == own && given != nil:
			return given, nil
		}
		src, file, err := s.Source(e.Name, l)
		if err != nil {
			return nil, err
		}
		t, err := report.ParseText(src, schema, nil)
		if err != nil {
			return nil, model.Problemf("要插入的文字模板 %s 有错：%s", "the text template %s to put in is faulty: %s", file, model.AsWords(err))
		}
		return t, nil
	}}
}

// Whose says whose a report's templates are.
func (r *Report) Whose() model.Words {
	switch {
	case r.Word && r.Own:
		return model.W("本单位的模板（有 Word）", "the office's template (Word too)")
	case r.Word:
		return model.W("内置；docx 用本单位的 Word 模板", "built in; docx by the office's Word document")
	case r.Own:
		return model.W("本单位的模板", "the office's template")
	}
	return model.W("内置", "built in")
}

// WordName is the report a Word document is for, by the name of its file.
func WordName(file string) string {
	name := strings.TrimSuffix(file, ".docx")
	return strings.TrimSuffix(strings.TrimSuffix(name, ".zh"), ".en")
}

// faulty is a template of the office that cannot be used, with its faults.
type faulty struct {
	*model.Problem
	cause error
}

// Unwrap returns the faults.
func (f *faulty) Unwrap() error { return f.cause }

func badTemplate(file string, cause error) error {
	return &faulty{model.Problemf("模板 %s 有错，没有写出文件：\n%s", "the template %s is faulty; no file was written:\n%s", file, model.AsWords(cause)), cause}
}
