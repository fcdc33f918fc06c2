package model

// Contribution 共建贡献: what a partner unit gave or did.
var Contribution = declare(&Register{
	Key: "contribution", Letter: "CB", Words: W("共建贡献", "Contribution"), Group: Behind, Shelf: ShelfPartners, Rank: 155,
	Aliases: []string{"共建成果", "单位支持"}, NameField: "content", DateField: "date",
	Doubts: func(r *Record, c *Context) []Doubt {
		d := doubts{c: c, r: r}
		d.future("date")
		partner, day := ContributionPartner.Of(r), ContributionDate.Of(r)
		found := d.others(c.Book.Referring("contribution", partner.ID), func(o *Record) bool {
			return ContributionPartner.Of(o) == partner && ContributionDate.Of(o) == day && Alike(ContributionContent.Of(o), ContributionContent.Of(r)) >= alikeTitles
		})
		if found != nil {
			d.add([]string{"partner", "date", "content"}, found, "这个单位这一天的这项贡献已经登记过", "this contribution of the unit on that day is entered already")
		}
		return d.list
	},
	Parts:    []string{"partner", "kind"},
	Headings: map[string]Words{"": W("共建贡献", "Contributions")},
	Measures: []Measure{
		{Key: "contributions", Words: W("次数", "contributions"), Unit: W("次", "times")},
		{Key: "partners", Words: W("家数", "partners"), Unit: W("家", "partners"),
			Distinct: func(r *Record, _ *Context) []string { return refKeys(ContributionPartner.Of(r)) }},
		{Key: "value", Words: W("金额", "value"), Unit: W("元", "yuan"), Sum: "value"},
	},
	Sentences: contributionSentences,
	Archive:   &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "partner", Words: W("共建单位", "Partner"), Type: TypeRef, Refs: []string{"partner"}, Need: Required, Carry: true, Col: 2, Cells: 16, Aliases: []string{"单位", "单位名称"}},
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10, Aliases: []string{"时间"}},
		{Key: "kind", Words: W("贡献种类", "Kind"), Type: TypePick, Vocab: "CONT", Need: Required, Carry: true, Col: 3, Cells: 8, Aliases: []string{"种类", "类别"}},
		{Key: "content", Words: W("内容", "Content"), Type: TypeText, Max: 80, Need: Required, Copy: true, Col: 4, Cells: 24, Hint: W("为健身文化广场架灯通电", "what was given or done"), Aliases: []string{"贡献内容"}},
		{Key: "value", Words: W("金额或折价", "Value"), Type: TypeMoney, Need: Either, Col: 5, Cells: 11,
			When: func(r *Record) bool { return r.Get("kind") == "资金" }, Why: W("贡献的是资金", "money was given"), Hint: W("实物、劳务可估价，也可空着", "goods and labour may be estimated or left blank"),
			Aliases: []string{"金额", "价值", "折价"}},
		{Key: "venue", Words: W("用在哪个场地", "For the venue"), Type: TypeRef, Refs: []string{"venue"}, Copy: true, Aliases: []string{"场地"}},
		{Key: "receipt_no", Words: W("收据号", "Receipt no."), Type: TypeText, Alone: true, Max: 30, Class: Internal},
	},
	Paid: func(r *Record) bool { return r.Get("kind") == "资金" },
	Settled: func(r *Record) []string {
		if r.Get("receipt_no") == nil {
			return nil
		}
		return []string{"partner", "value", "receipt_no"}
	},
	SettledBy: receipted,
})

// What code asks of a contribution.
var (
	ContributionPartner = handle[Ref]("contribution", "partner")
	ContributionDate    = handle[Date]("contribution", "date")
	ContributionKind    = handle[string]("contribution", "kind")
	ContributionContent = handle[string]("contribution", "content")
	ContributionValue   = handle[Money]("contribution", "value")
	ContributionVenue   = handle[Ref]("contribution", "venue")
)
