package model

// RuleRepealed is the state of a rule that no longer counts.
const RuleRepealed = "废止"

// Rule 制度: a rule, charter or list of duties of the community, with those who
// answer for it (责任书).
var Rule = declare(&Register{
	Key: "rule", Letter: "RU", Words: W("制度", "Rule"), Group: Behind, Shelf: ShelfRules, Rank: 220,
	Aliases: []string{"规章制度", "管理制度", "职责"}, NameField: "title", DateField: "made", Lasting: true,
	Doubts:   sameName,
	Counts:   func(r *Record) bool { return RuleState.Of(r) != RuleRepealed },
	Stood:    func(r *Record, on Date) bool { return !on.Before(RuleMade.Of(r).First()) },
	Parts:    []string{"state"},
	Headings: map[string]Words{"": W("制度", "Rules")},
	Measures: []Measure{
		{Key: "rules", Words: W("项数", "rules"), Unit: W("项", "rules")},
		{Key: "pledges", Words: W("责任书", "pledges"), Unit: W("份", "pledges"),
			Amount: func(r *Record, _ *Context) int64 {
				n := int64(0)
				for _, duty := range RuleDuties.Of(r) {
					n += one(!Blank(duty["signed"]))
				}
				return n
			}},
	},
	Related: []Related{
		{Key: "venues", Words: W("适用的场地", "Venues under it"), Register: "venue", Field: "rule", Columns: []string{"name", "category", "place"}},
	},
	Sentences: ruleSentences,
	Archive:   &Archive{Term: Keep30, Each: true, No: "doc_no"},
	Fields: []*Field{
		{Key: "title", Words: W("制度名称", "Title"), Type: TypeText, Max: 80, Need: Required, Col: 1, Cells: 28, Aliases: []string{"名称", "题名"}},
		{Key: "doc_no", Words: W("文号", "Document no."), Type: TypeText, Alone: true, Max: 40, Col: 2, Cells: 16},
		{Key: "made", Words: W("制定日期", "Made on"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 3, Cells: 10, Aliases: []string{"制定时间", "出台日期"}},
		{Key: "revised", Words: W("修订日期", "Revised on"), Type: TypeDate, Need: Either,
			When: func(r *Record) bool { return RuleState.Of(r) == "修订" }, Why: W("状态是修订", "the state is revised")},
		{Key: "state", Words: W("状态", "State"), Type: TypePick, Vocab: "RSTATE", Need: Required, Default: always("有效"), Col: 4, Cells: 8},
		{Key: "keeper", Words: W("管理人", "Keeper"), Type: TypeRef, Refs: []string{"staff"}, Default: actor, Carry: true, Col: 5, Cells: 8, Aliases: []string{"责任人"}},
		{Key: "duties", Words: W("责任分工", "Duties"), Type: TypeList, Hint: W("林建国 第一责任人 2026-01-12；最后一格是签责任书的日期", "who, for what, and when the pledge was signed"),
			Aliases: []string{"责任书"}, Sub: []*Field{
				{Key: "owner", Words: W("责任人", "Owner"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Need: Required},
				{Key: "duty", Words: W("责任", "Duty"), Type: TypeText, Max: 60, Need: Required},
				{Key: "signed", Words: W("签订日期", "Signed on"), Type: TypeDate},
			}},
	},
	Check: func(r *Record, _ *Context) Errors { return checkOrder(nil, r, "made", "revised") },
})

// What code asks of a rule.
var (
	RuleTitle  = handle[string]("rule", "title")
	RuleState  = handle[string]("rule", "state")
	RuleMade   = handle[Date]("rule", "made")
	RuleDuties = handle[[]Row]("rule", "duties")
)
