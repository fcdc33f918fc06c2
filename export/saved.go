package export

import (
	"slices"
	"strings"

	"taizhang/export/report"
	"taizhang/model"
)

// Frozen are the figures of a text as a saved report keeps them once it is sent.
// What stands twice in a paragraph stands twice.
func Frozen(doc *report.Document) []model.FrozenFigure {
	out := make([]model.FrozenFigure, len(doc.Figures))
	for i, f := range doc.Figures {
		out[i] = model.FrozenFigure{Block: f.Block, Query: f.Query.In(doc.Lang), Shown: f.Text, Value: f.Value, Count: len(f.IDs), IDs: f.IDs}
	}
	return out
}

// Delta is a figure that came out differently since the report was sent.
type Delta struct {
	Block, Query string
	Then, Now    string // as written; "" where the text did not or does not tell it
	WasExactly   string
	IsExactly    string
	Register     string
	Added, Gone  []string // ids of records
	Unlisted     bool     // too many records to have kept their ids
}

// Words says it in a sentence.
func (d Delta) Words() model.Words {
	then, now := d.WasExactly, d.IsExactly
	switch {
	case d.Then == "":
		return model.Sayf("%s：上报时没有，现为 %s", "%s: not told when sent, now %s", d.Query, now)
	case d.Now == "":
		return model.Sayf("%s：上报时 %s，现在没有", "%s: %s when sent, now nothing", d.Query, then)
	case then == now:
		return model.Sayf("%s：数没有变，仍是 %s，记录变了", "%s: still %s, of other records", d.Query, now)
	}
	return model.Sayf("%s：上报时 %s，现为 %s", "%s: %s when sent, now %s", d.Query, then, now)
}

// Deltas compares what a report told when it was sent with the same text counted
// today: figures that changed, and those that came or went, in the order of the
// text. Figures answer to each other by paragraph and by what they count.
func Deltas(sent []model.FrozenFigure, doc *report.Document) (out []Delta) {
	type place struct {
		block, query string
		nth          int
	}
	index := func(figures []model.FrozenFigure) (map[place]int, []place) {
		at, seen, places := map[place]int{}, map[place]int{}, make([]place, len(figures))
		for i, f := range figures {
			p := place{f.Block, f.Query, 0}
			p.nth, seen[p] = seen[p], seen[p]+1
			at[p], places[i] = i, p
		}
		return at, places
	}
	now := Frozen(doc)
	was, wasPlaces := index(sent)
	is, isPlaces := index(now)
	for i, f := range now {
		d := Delta{Block: f.Block, Query: f.Query, Now: f.Shown, IsExactly: f.Value, Register: doc.Figures[i].Register}
		if j, ok := was[isPlaces[i]]; ok {
			then := sent[j]
			d.Then, d.WasExactly = then.Shown, then.Value
			d.Unlisted = then.Count > 0 && len(then.IDs) == 0
			if !d.Unlisted {
				d.Added, d.Gone = without(f.IDs, then.IDs), without(then.IDs, f.IDs)
			}
			if then.Value == f.Value && then.Count == f.Count && len(d.Added)+len(d.Gone) == 0 {
				continue
			}
		} else {
			d.Added = f.IDs
		}
		out = append(out, d)
	}
	for i, f := range sent {
		if _, ok := is[wasPlaces[i]]; !ok {
			out = append(out, Delta{Block: f.Block, Query: f.Query, Then: f.Shown, WasExactly: f.Value, Gone: f.IDs, Unlisted: f.Count > 0 && len(f.IDs) == 0})
		}
	}
	return out
}

// without are the ids of one list that the other has not.
func without(in, taken []string) (out []string) {
	has := make(map[string]bool, len(taken))
	for _, id := range taken {
		has[id] = true
	}
	for _, id := range in {
		if !has[id] {
			out = append(out, id)
		}
	}
	return out
}

// Stale is a paragraph rewritten with numbers typed by hand, which the figure that
// the template would count there no longer bears out.
type Stale struct {
	Block string
	Typed []string
	Words model.Words // what the figure is, and what it is now
}

// StaleFigures finds in the rewritten paragraphs of a text the figures that were
// typed by hand and are not what is counted today; plain is the same text without
// any paragraph rewritten.
func StaleFigures(doc, plain *report.Document) (out []Stale) {
	typed := map[string][]string{}
	for _, n := range doc.Typed {
		typed[n.Block] = append(typed[n.Block], n.Text)
	}
	told := map[string][]string{} // what the rewritten paragraph still counts
	for _, f := range doc.Figures {
		told[f.Block] = append(told[f.Block], f.Query.ZH)
	}
	for _, f := range plain.Figures {
		block := f.Block
		numbers := typed[block]
		if len(numbers) == 0 || f.Measure == "" || slices.Contains(told[block], f.Query.ZH) {
			continue
		}
		same := func(n string) bool {
			n = strings.Trim(n, ",.，．")
			return n == strings.TrimSpace(f.Value) || strings.HasPrefix(f.Text, n)
		}
		if !slices.ContainsFunc(numbers, same) {
			out = append(out, Stale{block, numbers, model.Sayf("%s：现为 %s", "%s: now %s", f.Query, f.Value)})
		}
	}
	return out
}

// SavedText is a saved report as it is to be written.
type SavedText struct {
	Record   *model.Record
	Report   Report
	Period   model.Period
	Audience model.Audience
	Lang     model.Lang
	Edits    report.Edits
}

// OpenSaved reads what a saved report is of. list are the reports there are.
func OpenSaved(r *model.Record, list []Report) (*SavedText, error) {
	t := &SavedText{Record: r, Edits: model.ReportEdits(r)}
	rep := FindReport(list, model.ReportTemplate.Of(r))
	if rep == nil || !rep.Text {
		return nil, model.Problemf("文稿 %s 用的模板“%s”不在了，请放回 templates 文件夹", "the template %[2]s of the report %[1]s is gone; put it back into the folder templates", r.ID, model.ReportTemplate.Of(r))
	}
	t.Report = *rep
	var err error
	if t.Period, err = model.ParsePeriod(model.ReportPeriod.Of(r)); err != nil {
		return nil, err
	}
	if t.Audience, err = model.ParseAudience(model.ReportAudience.Of(r)); err != nil {
		return nil, err
	}
	t.Lang = model.ZH
	if model.ReportLang.Of(r) == model.ReportInEnglish {
		t.Lang = model.EN
	}
	return t, nil
}

// SavedTitle is what a text is called when it is saved.
func SavedTitle(kind *Report, job ReportJob, doc *report.Document) string {
	title := strings.TrimSpace(model.OneLine(clean(doc.Title)))
	if title == "" {
		title = kind.Words.In(job.Lang) + " " + job.Period.Text(job.Lang)
	}
	if r := []rune(title); len(r) > 80 {
		title = string(r[:80])
	}
	return title
}

// FinalValues are what a saved report keeps of a final copy. reason says why it
// went out as it was; "": nothing spoke against it.
func FinalValues(reason string) model.Values {
	v := model.Values{"state": model.ReportFinal}
	if reason != "" {
		v["reason"] = reason
	}
	return v
}

// SentValues are what it keeps of one that goes up: to whom, in which file, and the
// figures it tells. sum is the SHA-256 of the file in hex.
func SentValues(reason string, on model.Date, to, file, sum string, doc *report.Document) model.Values {
	v := FinalValues(reason)
	v["state"], v["sent_on"], v["sent_to"], v["file"], v["sha256"] = model.ReportSent, on, to, file, sum
	var rows []model.Row
	for _, f := range Frozen(doc) {
		rows = append(rows, f.Row())
	}
	v["figures"] = rows
	return v
}

// SinceSent are the figures of a report that was sent which came out differently
// since. doc is its text as counted now; one that was sent as the office's Word
// document is counted by that.
func SinceSent(src *Ledger, kind *Report, job ReportJob, r *model.Record, doc *report.Document) ([]Delta, error) {
	if model.ReportState.Of(r) != model.ReportSent {
		return nil, nil
	}
	file, _ := r.Get("file").(string)
	if kind.Word && !kind.OnlyWord() && strings.HasSuffix(file, "."+string(DOCX)) {
		job.Format = DOCX
		var err error
		if doc, err = kind.Count(src, job, model.ReportEdits(r)); err != nil {
			return nil, err
		}
	}
	return Deltas(model.ReportFigures(r), doc), nil
}

// SavedValues are a report as it is saved for the first time.
func SavedValues(kind *Report, job ReportJob, doc *report.Document, edits report.Edits) model.Values {
	return model.Values{
		"title": SavedTitle(kind, job, doc), "template": kind.Name, "period": job.Period.String(),
		"audience": job.Audience.Words().ZH, "lang": model.ReportLangOf(job.Lang), "edits": model.ReportRows(edits),
	}
}
