package model

import "strings"

// OrgEvent 组织沿革: what happened to an organisation: founded, elected anew,
// renamed, dissolved, and by which method.
var OrgEvent = declare(&Register{
	Key: "org_event", Letter: "OE", Words: W("组织沿革", "Organisation event"), Group: Behind, Shelf: ShelfOffice, Rank: 112,
	Aliases: []string{"组织变动", "换届"}, DateField: "date", Lasting: true,
	Title: func(r *Record, c *Context) string {
		return strings.TrimSpace(c.NameOf(OrgEventOrg.Of(r)) + " " + OrgEventKind.Of(r))
	},
	Parts:    []string{"kind", "method"},
	Headings: map[string]Words{"": W("组织沿革", "Changes of organisations")},
	Measures: []Measure{
		{Key: "events", Words: W("次数", "events"), Unit: W("次", "events")},
	},
	Sentences: orgEventSentences,
	Archive:   &Archive{Term: KeepForever, Each: true, No: "doc_no", Title: []string{"org", "kind"}},
	Fields: []*Field{
		{Key: "org", Words: W("组织", "Organisation"), Type: TypeRef, Refs: []string{"org"}, Need: Required, Carry: true, Col: 2, Cells: 24, Aliases: []string{"组织名称"}},
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Need: Required, Col: 1, Cells: 8, Hint: W("2004-08 或 2004", "2004-08 or 2004"), Aliases: []string{"时间"}},
		{Key: "kind", Words: W("事项", "Event"), Type: TypePick, Vocab: "ORGE", Need: Required, Col: 3, Cells: 8, Aliases: []string{"类别"}},
		{Key: "method", Words: W("方式", "Method"), Type: TypePick, Vocab: "ELECT", Col: 4, Cells: 10, Aliases: []string{"产生方式"}},
		{Key: "doc_no", Words: W("文号", "Document no."), Type: TypeText, Alone: true, Max: 40, Col: 5, Cells: 18, Aliases: []string{"批复文号"}},
		{Key: "detail", Words: W("说明", "Detail"), Type: TypeText, Alone: true, Hint: W("更名前的名称、选出的班子", "the former name, who was elected")},
	},
})

// What code asks of such an event.
var (
	OrgEventOrg    = handle[Ref]("org_event", "org")
	OrgEventDate   = handle[Date]("org_event", "date")
	OrgEventKind   = handle[string]("org_event", "kind")
	OrgEventMethod = handle[string]("org_event", "method")
	OrgEventDocNo  = handle[string]("org_event", "doc_no")
)
