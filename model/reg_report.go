package model

import (
	"maps"
	"slices"
	"strings"
)

// Report 文稿: a text that was begun from a report template: whose paragraphs were
// rewritten, and, once it went up, which figures it told. The numbers themselves
// are counted anew whenever it is opened.
var Report = declare(&Register{
	Key: "report", Letter: "R", Words: W("文稿", "Report text"), Group: Behind, Shelf: ShelfProgrammes, Rank: 168,
	Aliases: []string{"报告", "报告文稿", "总结", "saved report"}, NameField: "title",
	Parts: []string{"state"},
	Measures: []Measure{
		{Key: "reports", Words: W("篇数", "reports"), Unit: W("篇", "reports")},
		{Key: "sent", Words: W("已上报", "sent"), Unit: W("篇", "reports"), Amount: func(r *Record, _ *Context) int64 { return one(ReportState.Of(r) == ReportSent) }},
	},
	Empty: W("还没有文稿。在首页按 r 选一种报告，改过的段落和填好的待补会存在这里", "No saved report yet. Press r on the first page and choose one: paragraphs you rewrite and gaps you fill are kept here"),
	Fields: []*Field{
		{Key: "title", Words: W("标题", "Title"), Type: TypeText, Max: 80, Need: Required, Col: 1, Cells: 26, Lint: true},
		{Key: "template", Words: W("模板", "Template"), Type: TypeText, Max: 90, Need: Required, Col: 4, Cells: 10, Hint: W("taizhang report list 列出的名称，例 summary", "a name that taizhang report list shows, such as summary")},
		{Key: "period", Words: W("期间", "Period"), Type: TypeText, Max: 40, Need: Required, Col: 2, Cells: 10, Hint: W("2026、2026H1、2026Q3、2026-03", "2026, 2026H1, 2026Q3, 2026-03"), Tidy: tidyPeriod},
		{Key: "audience", Words: W("给谁看", "For whom"), Type: TypePick, Vocab: "AUDI", Need: Required, Col: 5, Cells: 6},
		{Key: "lang", Words: W("文字", "Language"), Type: TypePick, Vocab: "RLANG", Need: Required, Hint: W("文稿用哪种语言写", "in which language it is written")},
		{Key: "state", Words: W("状态", "State"), Type: TypePick, Vocab: "RPSTATE", Auto: true, Col: 3, Cells: 8},
		{Key: "edits", Words: W("改写的段落", "Rewritten paragraphs"), Type: TypeList, Auto: true, Beside: true, Class: Internal, Lint: true, Sub: []*Field{
			{Key: "block", Words: W("段落", "Paragraph"), Type: TypeText, Max: 60},
			{Key: "text", Words: W("文字", "Text"), Type: TypeNote},
		}},
		{Key: "sent_on", Words: W("上报日期", "Sent on"), Type: TypeDate, Auto: true, Col: 6, Cells: 10},
		{Key: "sent_to", Words: W("报给", "Sent to"), Type: TypeText, Max: 60, Auto: true, Hint: W("例 XX街道民政科", "such as the street office")},
		{Key: "file", Words: W("上报的文件", "File sent"), Type: TypeText, Auto: true},
		{Key: "sha256", Words: W("文件校验值", "SHA-256 of the file"), Type: TypeText, Max: 64, Auto: true, Beside: true},
		{Key: "reason", Words: W("照样定稿的理由", "Why it went out as it was"), Type: TypeNote, Auto: true, Class: Internal},
		{Key: "figures", Words: W("上报时的数字", "Figures when it was sent"), Type: TypeList, Auto: true, Beside: true, Class: Internal, Sub: []*Field{
			{Key: "block", Words: W("段落", "Paragraph"), Type: TypeText, Max: 60},
			{Key: "query", Words: W("是什么数", "What it counts"), Type: TypeNote},
			{Key: "shown", Words: W("写作", "As written"), Type: TypeNote},
			{Key: "value", Words: W("准数", "Exactly"), Type: TypeNote},
			{Key: "count", Words: W("记录数", "Records"), Type: TypeInt, Apart: true},
			{Key: "ids", Words: W("编号", "Ids"), Type: TypeNote},
		}},
	},
	Fill: func(r *Record, _ *Context) { fill(r, "state", ReportDraft) },
	// What was sent stays as it was sent; a later change says why.
	Settled: func(r *Record) []string {
		if ReportState.Of(r) != ReportSent {
			return nil
		}
		return []string{"title", "template", "period", "audience", "lang", "state", "edits", "sent_on", "sent_to", "file", "sha256", "reason", "figures"}
	},
	SettledBy: W("已上报", "was sent"),
	Published: func(r *Record) bool { return ReportState.Of(r) == ReportSent },
})

// The states of a report, by the terms of vocabulary RPSTATE.
const (
	ReportDraft = "草稿"
	ReportFinal = "已定稿"
	ReportSent  = "已上报"
)

// The languages of a report, by the terms of vocabulary RLANG.
const (
	ReportInChinese = "中文"
	ReportInEnglish = "英文"
)

// ReportLangOf is the term for a language.
func ReportLangOf(l Lang) string {
	if l == EN {
		return ReportInEnglish
	}
	return ReportInChinese
}

// tidyPeriod brings a period into the form that ParsePeriod reads everywhere.
func tidyPeriod(s string) (string, error) {
	p, err := ParsePeriod(s)
	if err != nil {
		return "", err
	}
	return p.String(), nil
}

// ReportEdits are the rewritten paragraphs of a report, by the paragraph's name in
// its template.
func ReportEdits(r *Record) map[string]string {
	out := map[string]string{}
	rows, _ := r.Get("edits").([]Row)
	for _, row := range rows {
		block, _ := row["block"].(string)
		text, _ := row["text"].(string)
		if block != "" {
			out[block] = text
		}
	}
	return out
}

// ReportRows are rewritten paragraphs as a report stores them.
func ReportRows(edits map[string]string) []Row {
	var rows []Row
	for _, block := range slices.Sorted(maps.Keys(edits)) {
		row := Row{"block": block}
		if text := edits[block]; text != "" {
			row["text"] = text
		}
		rows = append(rows, row)
	}
	return rows
}

// mostFrozen is how many characters the ids of one figure take at most; of one
// with more records only their number is kept.
const mostFrozen = maxNote

// FrozenFigure is what a report said when it was sent.
type FrozenFigure struct {
	Block, Query, Shown, Value string
	Count                      int
	IDs                        []string // none where there were too many to keep
}

// Row is the figure as a report stores it.
func (f FrozenFigure) Row() Row {
	row := Row{"query": f.Query, "count": int64(f.Count)}
	for key, text := range map[string]string{"block": f.Block, "shown": f.Shown, "value": f.Value} {
		if text != "" {
			row[key] = cut(text, maxNote)
		}
	}
	if ids := strings.Join(f.IDs, " "); ids != "" && len(ids) <= mostFrozen {
		row["ids"] = ids
	}
	return row
}

// cut keeps the first n characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// ReportFigures are the figures of a report when it was sent.
func ReportFigures(r *Record) (out []FrozenFigure) {
	rows, _ := r.Get("figures").([]Row)
	for _, row := range rows {
		text := func(key string) string { s, _ := row[key].(string); return s }
		n, _ := row["count"].(int64)
		out = append(out, FrozenFigure{text("block"), text("query"), text("shown"), text("value"), int(n), strings.Fields(text("ids"))})
	}
	return out
}

// What code asks of a report.
var (
	ReportTitle    = handle[string]("report", "title")
	ReportTemplate = handle[string]("report", "template")
	ReportPeriod   = handle[string]("report", "period")
	ReportAudience = handle[string]("report", "audience")
	ReportLang     = handle[string]("report", "lang")
	ReportState    = handle[string]("report", "state")
	ReportReason   = handle[string]("report", "reason")
)
