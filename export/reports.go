package export

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"taizhang/export/report"
	"taizhang/model"
)

// Report is one of those that commands and screens offer.
type Report struct {
	Name    string
	Words   model.Words
	also    string   // another Chinese name it is found by
	Formats []string // the first is taken when none is named
	Of      Subject
	Chosen  *model.Register // its records can be chosen by conditions, and laid out as a log; nil: no
	AllTime bool            // without a period it is of all time
	Text    bool            // made from a template: there are drafts, gaps and a final copy
	Own     bool            // by the office's own template
	Word    bool            // as docx, by the office's own Word document
	write   func(w io.Writer, src *Ledger, job ReportJob, slip *Slip) (model.Words, error)
}

// Subject is what a report is about.
type Subject uint8

// A period, or an occasion such as a festival.
const (
	OfPeriod Subject = iota
	OfOccasion
)

// ReportJob says of what a report is written, for whom and how.
type ReportJob struct {
	Period   model.Period
	Occasion model.Occasion
	PerPage  int              // lines on a page of a sheet to sign; 0: as many as fit
	Template *report.Template // of a text
	Format   Format
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool                   // in Word, punctuation stays as it was typed
	Told     func(*report.Document) // is shown the text as it went into the file; nil: nobody
	Choice   Choice                 // of activities
	Finish
}

// Write writes a report and fills in what the export log keeps of it. remark is
// said to the person beside it, such as that nothing was to be told.
func (r *Report) Write(w io.Writer, src *Ledger, job ReportJob, slip *Slip) (remark model.Words, err error) {
	slip.Audience, slip.Template = job.Audience, r.Name+"/1"
	if r.Word && job.Format == DOCX {
		return model.Words{}, r.fill(w, src, job, slip)
	}
	if r.Text {
		slip.AsIs = job.Finish.Reason
	}
	return r.write(w, src, job, slip)
}

// unremarked is a report without a text, which leaves nothing to tell.
func unremarked(fn func(w io.Writer, src *Ledger, job ReportJob) error) func(io.Writer, *Ledger, ReportJob, *Slip) (model.Words, error) {
	return func(w io.Writer, src *Ledger, job ReportJob, _ *Slip) (model.Words, error) {
		return model.Words{}, fn(w, src, job)
	}
}

// Reports are those the program brings besides the texts from templates.
var Reports = []Report{
	{Name: "summary", Words: model.W("工作总结", "summary"), also: "汇总", Formats: []string{"docx", "html", "md", "csv", "txt"}, Text: true,
		write: func(w io.Writer, src *Ledger, o ReportJob, _ *Slip) (remark model.Words, err error) {
			told := func(doc *report.Document) {
				if remark = TextRemark(doc, o.Period, src.Context().Today()); o.Told != nil {
					o.Told(doc)
				}
			}
			err = Summary(w, src, SummaryJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped, Template: o.Template, Finish: o.Finish, Told: told})
			return remark, err
		}},
	{Name: "activities", Words: model.W("活动一览", "activities"), Chosen: model.Activity, Formats: []string{"docx", "xlsx", "html", "md", "csv", "txt"},
		write: func(w io.Writer, src *Ledger, o ReportJob, slip *Slip) (none model.Words, err error) {
			res, err := Activities(w, src, ActivitiesJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped, Choice: o.Choice})
			slip.Register, slip.Rows, slip.Left = model.Activity, res.Rows, res.Left
			if err == nil && res.Rows == 0 {
				none = model.Sayf("%s 没有已举办的活动", "no activity was held in %s", model.W(o.Period.Text(model.ZH), o.Period.Text(model.EN)))
			}
			return none, err
		}},
	{Name: "payout", Words: model.W("发放明细", "payout sheet"), Formats: []string{"html", "docx", "xlsx", "csv", "md", "txt"}, Of: OfOccasion,
		write: func(w io.Writer, src *Ledger, o ReportJob, slip *Slip) (none model.Words, err error) {
			res, err := Payout(w, src, PayoutJob{Occasion: o.Occasion, Format: o.Format, Audience: o.Audience, Lang: o.Lang, PerPage: o.PerPage, AsTyped: o.AsTyped})
			slip.Register, slip.Rows, slip.Left, slip.Named = model.Visit, res.Rows, res.Left, res.Named
			if err == nil && res.Rows == 0 {
				none = model.Sayf("%s 没有发放过慰问金或慰问品", "nothing was given for %s", o.Occasion)
			}
			return none, err
		}},
	{Name: "statistics", Words: model.W("统计", "statistics"), Formats: []string{"xlsx", "csv", "docx", "html", "md", "txt"},
		write: unremarked(func(w io.Writer, src *Ledger, o ReportJob) error {
			return Statistics(w, src, StatisticsJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped})
		})},
	{Name: "petitions", Words: model.W("信访统计", "petitions"), Formats: []string{"xlsx", "docx", "html", "md", "csv", "txt"},
		write: unremarked(func(w io.Writer, src *Ledger, o ReportJob) error {
			return Petitions(w, src, PetitionsJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped})
		})},
	{Name: "meetings", Words: model.W("三会一课", "meetings"), Formats: []string{"xlsx", "docx", "html", "md", "csv", "txt"},
		write: unremarked(func(w io.Writer, src *Ledger, o ReportJob) error {
			return Meetings(w, src, MeetingsJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped})
		})},
	{Name: "aid", Words: model.W("慰问汇总", "aid summary"), Formats: []string{"html", "docx", "xlsx", "csv", "md", "txt"},
		write: unremarked(func(w io.Writer, src *Ledger, o ReportJob) error {
			return Aid(w, src, AidJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped})
		})},
	{Name: "handover", Words: model.W("移交清册", "handover list"), Formats: []string{"xlsx", "docx", "html", "md", "csv", "txt"}, AllTime: true,
		write: unremarked(func(w io.Writer, src *Ledger, o ReportJob) error {
			return Handover(w, src, HandoverJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped})
		})},
	{Name: "archive", Words: model.W("归档目录", "archive catalogue"), Formats: []string{"xlsx", "docx", "html", "md", "csv", "txt"},
		write: unremarked(func(w io.Writer, src *Ledger, o ReportJob) error {
			return Archive(w, src, ArchiveJob{Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped})
		})},
}

// textReport is a report from a template alone.
func textReport(e report.Entry) Report {
	return Report{Name: e.Name, Words: e.Words, Formats: textFormats(e), Text: true, Own: e.Own, Word: e.Word,
		write: func(w io.Writer, src *Ledger, o ReportJob, _ *Slip) (other model.Words, err error) {
			doc, err := Narrative(w, src, NarrativeJob{Name: e.Name, Template: o.Template, Period: o.Period, Format: o.Format, Audience: o.Audience, Lang: o.Lang, AsTyped: o.AsTyped, Finish: o.Finish})
			if err == nil && o.Told != nil {
				o.Told(doc)
			}
			if err == nil {
				other = TextRemark(doc, o.Period, src.Context().Today())
			}
			if err == nil && other == (model.Words{}) && doc.Lang == model.ZH && o.Lang == model.EN {
				other = model.Sayf("“%s”只有中文稿，按中文写出", "the %s is a Chinese paper; it is written in Chinese", e.Words)
			}
			return other, err
		}}
}

// ReportsOn lists every report there is: the texts from templates on the shelf
// and the program's own.
func ReportsOn(s report.Shelf) ([]Report, error) {
	list, err := s.List()
	if err != nil {
		return nil, err
	}
	out := make([]Report, len(Reports), len(Reports)+len(list))
	at := map[string]int{}
	for i, r := range Reports {
		out[i], at[r.Name] = r, i
	}
	for _, e := range list {
		if i, ok := at[e.Name]; ok {
			out[i].Own, out[i].Word = e.Own, e.Word
			continue
		}
		out = append(out, textReport(e))
	}
	return out, nil
}

// FindReport takes its name, or what it is called; nil: there is none.
func FindReport(list []Report, name string) *Report {
	name = strings.TrimSpace(name)
	for i := range list {
		if r := &list[i]; r.Name == name || r.Words.ZH == strings.TrimSuffix(name, "表") || r.also != "" && r.also == name {
			return r
		}
	}
	return nil
}

// WithShelf gives fn the report templates of a ledger: the office's own in the
// folder beside its file, and the built-in ones.
func WithShelf(ledger string, fn func(report.Shelf) error) error {
	root, err := os.OpenRoot(filepath.Join(filepath.Dir(ledger), report.Folder))
	if errors.Is(err, fs.ErrNotExist) {
		return fn(report.Shelf{})
	}
	if err != nil {
		return model.Problemf("模板文件夹 %s 打不开", "the folder of templates %s cannot be opened", report.Folder)
	}
	defer root.Close()
	return fn(report.Shelf{Own: root.FS()})
}

// ReadTemplate reads the template of a report, with the paragraphs rewritten by
// hand in their place. Where the office has a Word document only, which Write
// reads itself, the text says so.
func ReadTemplate(ledger, name string, l model.Lang, schema *model.Schema, edits report.Edits) (t *report.Template, err error) {
	err = WithShelf(ledger, func(s report.Shelf) error {
		if e, err := s.Find(name); err == nil && !e.Text {
			t, err = report.ParseText(model.W("这份报告由本单位的 Word 模板写出，内容在写出的文件里看。", "This report is written by the office's Word document; see the file itself.").In(l), schema, nil)
			return err
		}
		text, file, err := s.Source(name, l)
		if err != nil {
			return err
		}
		if t, err = report.ParseText(text, schema, edits); err != nil {
			return badTemplate(file, err)
		}
		return nil
	})
	return t, err
}

// CheckEdit says what is wrong with a template once a paragraph of it is rewritten
// to text. A fault of the paragraph is told by its own line, not the template's.
func CheckEdit(ledger, name string, l model.Lang, schema *model.Schema, block, text string, edits report.Edits) error {
	return WithShelf(ledger, func(s report.Shelf) error {
		src, _, err := s.Source(name, l)
		if err != nil {
			return err
		}
		_, err = report.ParseText(src, schema, edits)
		var faults report.Faults
		if !errors.As(err, &faults) {
			return err
		}
		first := report.LineOf(src, block, edits)
		var own report.Faults
		for _, f := range faults {
			if n := f.Line - first; first > 0 && n >= 0 && n <= strings.Count(text, "\n") {
				own = append(own, &report.Fault{Line: n + 1, Words: f.Words})
			}
		}
		if len(own) > 0 {
			return own
		}
		return err
	})
}
