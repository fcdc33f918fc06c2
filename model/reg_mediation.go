package model

import "strings"

// Mediation 调解: a dispute between people and what became of it. Who quarrels is
// for the mediator.
var Mediation = declare(&Register{
	Key: "mediation", Letter: "MD", Words: W("调解", "Mediation"), Group: Behind, Shelf: ShelfPetitions, Rank: 262,
	Aliases: []string{"矛盾调解", "人民调解", "纠纷调解"}, DateField: "date",
	Title: func(r *Record, c *Context) string {
		return strings.TrimSpace(MediationKind.Of(r) + " " + c.NameOf(MediationMediator.Of(r)))
	},
	Handlers: func(r *Record) []Ref { return append([]Ref{MediationMediator.Of(r)}, MediationHelpers.Of(r)...) },
	Doubts: func(r *Record, c *Context) []Doubt {
		d := doubts{c: c, r: r}
		d.future("date")
		return d.list
	},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "no", Words: W("编号", "No."), Type: TypeText, Max: 20, Auto: true},
		{Key: "date", Cover: true, Words: W("调解日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Hint: W("今 昨 0308", "jt zt 0308"), Aliases: []string{"日期"}},
		{Key: "kind", Words: W("纠纷类型", "Kind of dispute"), Type: TypePick, Vocab: "DISPUTE", Need: Required, Col: 2, Cells: 10, Class: Internal, Aliases: []string{"类型"}},
		{Key: "petition", Words: W("对应信访", "Petition"), Type: TypeRef, Refs: []string{"petition"}, Class: Internal, Aliases: []string{"来信来访"}},
		{Key: "parties", Words: W("当事人", "Parties"), Type: TypeText, Max: 80, Class: Handler, Mask: MaskHandler, Alone: true},
		{Key: "dispute", Words: W("纠纷情况", "Dispute"), Type: TypeNote, Need: Required, Class: Handler, Mask: MaskHandler, Aliases: []string{"纠纷内容", "内容"}},
		{Key: "mediator", Words: W("调解人", "Mediator"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Default: actor, Col: 3, Cells: 8, Class: Internal,
			Aliases: []string{"调解员"}},
		{Key: "helpers", Words: W("参加调解人", "With"), Type: TypeRefs, Refs: []string{"staff"}, OrText: true, Class: Internal},
		{Key: "agreement", Words: W("达成协议", "Agreement"), Type: TypeBool, Col: 4, Cells: 8, Aliases: []string{"调解成功"}},
		{Key: "agreement_no", Words: W("协议书编号", "Agreement no."), Type: TypeText, Max: 30, Class: Internal, Alone: true},
		{Key: "result", Words: W("调解结果", "Result"), Type: TypeNote, Class: Internal, Mask: MaskStory, Hint: W("不写姓名、住址", "without names and addresses"), Aliases: []string{"结果"}},
		{Key: "follow_up", Words: W("跟进情况", "Follow-up"), Type: TypeNote, Class: Internal, Mask: MaskStory},
		{Key: "follow_on", Words: W("下次跟进", "Follow up on"), Type: TypeDate, Class: Internal, Col: 5, Cells: 10},
		{Key: "satisfaction", Words: W("满意度", "Satisfaction"), Type: TypePick, Vocab: "SAT"},
	},
	Parts:    []string{"kind"},
	Headings: map[string]Words{"": W("调解", "Mediations")},
	Measures: []Measure{
		{Key: "mediations", Words: W("件数", "mediations"), Unit: W("件", "mediations")},
		{Key: "agreed", Words: W("成功", "agreed"), Unit: W("件", "mediations"), Amount: func(r *Record, _ *Context) int64 { return one(MediationAgreement.Of(r)) }},
	},
	Fill:  func(r *Record, _ *Context) { r.Set("no", r.ID) },
	Check: func(r *Record, _ *Context) Errors { return checkOrder(nil, r, "date", "follow_on") },
	Due: func(r *Record, _ *Context) []Due {
		if !MediationFollowOn.Has(r) || r.Get("follow_up") != nil {
			return nil
		}
		return []Due{{Key: "follow", Day: MediationFollowOn.Of(r), Words: W("跟进", "follow up"), Who: MediationMediator.Of(r), Ahead: 3}}
	},
	DueBack:  dueBack,
	DueAbout: []string{"kind"},
})

// What code asks of a mediation.
var (
	MediationDate         = handle[Date]("mediation", "date")
	MediationKind         = handle[string]("mediation", "kind")
	MediationMediator     = handle[Ref]("mediation", "mediator")
	MediationHelpers      = handle[[]Ref]("mediation", "helpers")
	MediationAgreement    = handle[bool]("mediation", "agreement")
	MediationFollowOn     = handle[Date]("mediation", "follow_on")
	MediationSatisfaction = handle[string]("mediation", "satisfaction")
)
