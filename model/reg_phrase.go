package model

// Phrase 用语: a formula or slogan of the office under a short name. Forms insert
// its full text; those that were approved are offered first.
var Phrase = declare(&Register{
	Key: "phrase", Letter: "FR", Words: W("用语", "Phrase"), Group: Behind, Shelf: ShelfRules, Rank: 225,
	Aliases: []string{"用语库", "口号", "套话"}, NameField: "short",
	Doubts:   sameName,
	Parts:    []string{"kind"},
	Headings: map[string]Words{"": W("用语", "Phrases")},
	Measures: []Measure{
		{Key: "phrases", Words: W("条数", "phrases"), Unit: W("条", "phrases")},
		{Key: "approved", Words: W("已批准", "approved"), Unit: W("条", "phrases"),
			Amount: func(r *Record, _ *Context) int64 { return one(PhraseApproved.Of(r)) }},
	},
	Fields: []*Field{
		{Key: "short", Words: W("简称", "Short"), Type: TypeText, Max: 30, Need: Required, Col: 1, Cells: 14, Hint: W("三贴近：以后打 stj 就找到", "found by its initials"), Aliases: []string{"名称"}},
		{Key: "full", Words: W("全文", "Full text"), Type: TypeNote, Need: Required, Lint: true, Col: 3, Cells: 36, Hint: W("选用时写进表里的就是这一段", "what is inserted"), Aliases: []string{"内容"}},
		{Key: "kind", Words: W("种类", "Kind"), Type: TypePick, Vocab: "PHKIND", Need: Required, Carry: true, Col: 2, Cells: 6},
		{Key: "approved", Words: W("已批准", "Approved"), Type: TypeBool, Col: 4, Cells: 6,
			Hint: W("由审核、审批人员填“是”；改了全文要重新批准", "set by reviewers and approvers; a changed text is to be approved anew")},
		{Key: "approved_by", Words: W("批准人", "Approved by"), Type: TypeRef, Refs: []string{"staff"}, Auto: true},
		{Key: "approved_on", Words: W("批准日期", "Approved on"), Type: TypeDate, Auto: true},
	},
	Fill: func(r *Record, c *Context) {
		if !PhraseApproved.Of(r) {
			r.Set("approved_by", nil)
			r.Set("approved_on", nil)
			return
		}
		fill(r, "approved_by", c.actorRef())
		fill(r, "approved_on", c.Today())
	},
	// What was approved is the text: who may approve approves a new one by saving
	// it, from anybody else it is to be looked at again.
	Amend: func(r, before *Record, c *Context) {
		if !PhraseApproved.Of(r) || !PhraseApproved.Of(before) || PhraseFull.Of(r) == PhraseFull.Of(before) && PhraseShort.Of(r) == PhraseShort.Of(before) {
			return
		}
		r.Set("approved_by", nil)
		r.Set("approved_on", nil)
		if !c.Actor.Is(Reviewer, Approver) {
			r.Set("approved", nil)
			return
		}
		r.Set("approved_by", c.actorRef())
		r.Set("approved_on", c.Today())
	},
	Check: func(r *Record, c *Context) Errors {
		by, _ := r.Get("approved_by").(Ref)
		if PhraseApproved.Of(r) && c.Way != Backdate && by == c.actorRef() && !c.Actor.Is(Reviewer, Approver) {
			return refuse(nil, r, "approved", "只有审核、审批人员能批准用语；先填“否”保存，请他们批准", "only reviewers and approvers approve phrases; save it without, and ask one of them")
		}
		return nil
	},
})

// What code asks of a phrase.
var (
	PhraseShort    = handle[string]("phrase", "short")
	PhraseFull     = handle[string]("phrase", "full")
	PhraseKind     = handle[string]("phrase", "kind")
	PhraseApproved = handle[bool]("phrase", "approved")
)
