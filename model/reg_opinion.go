package model

// Opinion 公开意见: what someone said about a disclosure, and the answer.
var Opinion = declare(&Register{
	Key: "opinion", Letter: "O", Words: W("公开意见", "Opinion"), Group: Front, Rank: 80,
	Aliases: []string{"意见", "意见建议", "群众意见"}, DateField: "date", Calendar: "due",
	Title:      func(r *Record, _ *Context) string { return beginning(OpinionContent.Of(r), 12) },
	Handlers:   func(r *Record) []Ref { return []Ref{OpinionOwner.Of(r)} },
	Restricted: func(r *Record) bool { return OpinionKind.Of(r) == Accusation }, Veil: "content",
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "no", Words: W("编号", "No."), Type: TypeText, Max: 20, Auto: true, Cover: true},
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Cover: true, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Section: W("意见", "The opinion"), Hint: W("今 昨 0308", "jt zt 0308")},
		{Key: "issue", Words: W("对应公开", "Issue"), Type: TypeRef, Refs: []string{"issue"}, Need: Required, Carry: true, Aliases: []string{"对应期", "公开"}},
		{Key: "kind", Words: W("意见类别", "Kind"), Type: TypePick, Vocab: "PKIND", Need: Required, Default: always("建议意见"), Cover: true,
			Hint: W("检举控告：只有责任人看得到内容", "accusation: only its owner sees what it says")},
		{Key: "about", Words: W("被检举人", "About"), Type: TypeRefs, Refs: []string{"staff"}, Class: Handler, Mask: MaskHandler,
			Hint: W("被检举控告的工作人员，不能经办", "staff complained of: never the handler")},
		{Key: "channel", Words: W("渠道", "Channel"), Type: TypePick, Vocab: "OCH", Need: Required, Default: always("意见箱"), Carry: true, Col: 3, Cells: 8},
		{Key: "person", Words: W("意见人", "From"), Type: TypeText, Max: 40, Class: Handler, Mask: MaskHandler, Hint: W("空着是匿名", "blank: anonymous")},
		{Key: "content", Words: W("意见内容", "Content"), Type: TypeNote, Need: Required, Class: Internal, Mask: MaskStory, Col: 2, Cells: 24,
			Aliases: []string{"内容", "意见"}},
		{Key: "topic", Words: W("归类", "Topic"), Type: TypePick, Vocab: "TOPIC", Need: Required, Class: Internal, Aliases: []string{"类别"}},
		{Key: "owner", Words: W("责任人", "Owner"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Class: Internal, Col: 4, Cells: 8,
			Hint: W("空着取公开项目的责任人", "blank: the item's drafter")},
		{Key: "due", Words: W("答复期限", "Due"), Type: TypeDate, Need: Required, Cover: true, Class: Internal, Col: 5, Cells: 10, Hint: W("空着：5天后", "blank: in 5 days"), Aliases: []string{"期限"}},
		{Key: "answer", Words: W("答复", "Answer"), Type: TypeNote, Need: Either, When: func(r *Record) bool { return OpinionAnsweredOn.Has(r) },
			Why: W("填了答复日期", "a day of answer is given"), Lint: true, Section: W("答复", "Answer"), Aliases: []string{"答复内容"}},
		{Key: "answered_on", Words: W("答复日期", "Answered on"), Type: TypeDate, Cover: true, Need: Either, When: func(r *Record) bool { return r.Get("answer") != nil },
			Why: W("填了答复", "an answer is given"), Col: 6, Cells: 10, Aliases: []string{"答复日"}},
		{Key: "adopted", Words: W("采纳", "Adopted"), Type: TypeBool},
		{Key: "satisfaction", Words: W("满意度", "Satisfaction"), Type: TypePick, Vocab: "SAT"},
	},
	Parts: []string{"channel", "topic"},
	Apart: []Part{{Key: "class", Words: W("公开类别", "by class of disclosure"), Vocab: "DCLASS", Of: func(r *Record, c *Context) []string {
		return classOf(c.at(OpinionIssue.Of(r)), c)
	}}},
	Open:     []string{"class"},
	Headings: map[string]Words{"": W("公开意见", "Opinions")},
	Measures: []Measure{
		{Key: "opinions", Words: W("条数", "opinions"), Unit: W("条", "opinions"), Label: W("收到", "received")},
		{Key: "answered", Words: W("答复", "answered"), Unit: W("条", "opinions"), Label: W("已答复", "answered"), Of: "opinions", Share: W("答复率", "rate answered"),
			Amount: func(r *Record, _ *Context) int64 { return one(OpinionAnsweredOn.Has(r)) }},
		{Key: "on_time", Words: W("按期答复", "answered in time"), Unit: W("条", "opinions"),
			Amount: func(r *Record, _ *Context) int64 { return one(opinionAnsweredInTime(r)) }},
	},
	Fill: func(r *Record, c *Context) {
		r.Set("no", r.ID)
		fill(r, "kind", "建议意见") // those entered before there were kinds
		if issue := c.at(OpinionIssue.Of(r)); issue != nil {
			if item := c.at(IssueItem.Of(issue)); item != nil {
				fillHandler(r, "owner", "about", CatalogueDrafter.Of(item))
			}
		}
		fillHandler(r, "owner", "about", c.actorRef())
		fill(r, "due", OpinionDate.Of(r).AddDays(5))
	},
	Due: func(r *Record, _ *Context) []Due {
		if OpinionAnsweredOn.Has(r) {
			return nil
		}
		return []Due{{Key: "answer", Day: OpinionDue.Of(r), Words: W("答复", "answer"), Who: OpinionOwner.Of(r)}}
	},
	DueBack:  dueBack,
	DueAbout: []string{"content"},
	Check: func(r *Record, _ *Context) Errors {
		return checkHandler(checkOrder(checkOrder(nil, r, "date", "due"), r, "date", "answered_on"), r, "owner", "about")
	},
})

// What code asks of an opinion.
var (
	OpinionDate       = handle[Date]("opinion", "date")
	OpinionKind       = handle[string]("opinion", "kind")
	OpinionIssue      = handle[Ref]("opinion", "issue")
	OpinionContent    = handle[string]("opinion", "content")
	OpinionOwner      = handle[Ref]("opinion", "owner")
	OpinionDue        = handle[Date]("opinion", "due")
	OpinionAnsweredOn = handle[Date]("opinion", "answered_on")
)
