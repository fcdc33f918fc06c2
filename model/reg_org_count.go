package model

// OrgCount 党员人数: how many Party members an organisation had on a day.
var OrgCount = declare(&Register{
	Key: "org_count", Letter: "OC", Words: W("党员人数", "Members counted"), Group: Behind, Shelf: ShelfOffice, Rank: 114,
	Aliases: []string{"党员统计", "支部党员数"}, DateField: "date", Lasting: true,
	Title: func(r *Record, c *Context) string {
		return c.NameOf(OrgCountOrg.Of(r)) + " " + OrgCountDate.Of(r).String()
	},
	Standing: func(r *Record) string { return OrgCountOrg.Of(r).ID },
	Parts:    []string{"org"},
	Headings: map[string]Words{"": W("党员人数", "Party members")},
	Measures: []Measure{
		{Key: "members", Words: W("党员数", "members"), Unit: W("名", "members"), Sum: "members"},
		{Key: "probationary", Words: W("预备党员数", "probationary members"), Unit: W("名", "members"), Sum: "probationary"},
		{Key: "floating", Words: W("流动党员数", "floating members"), Unit: W("名", "members"), Sum: "floating"},
		{Key: "reported_in", Words: W("报到党员数", "members reported in"), Unit: W("名", "members"), Sum: "reported_in"},
	},
	Archive: &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "org", Words: W("组织", "Organisation"), Type: TypeRef, Refs: []string{"org"}, Need: Required, Col: 2, Cells: 26, Aliases: []string{"支部", "组织名称"}},
		{Key: "date", Words: W("统计日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10, Aliases: []string{"日期", "时间"}},
		{Key: "members", Words: W("党员", "Members"), Type: TypeInt, Apart: true, Need: Required, Col: 3, Cells: 8, Hint: W("含预备党员", "probationary ones included"), Aliases: []string{"党员数", "党员人数"}},
		{Key: "probationary", Words: W("预备党员", "Probationary"), Type: TypeInt, Apart: true, Col: 4, Cells: 8},
		{Key: "floating", Words: W("流动党员", "Floating"), Type: TypeInt, Apart: true, Col: 5, Cells: 8},
		{Key: "reported_in", Words: W("报到党员", "Reported in"), Type: TypeInt, Apart: true, Col: 6, Cells: 8, Hint: W("在职党员到社区报到的，不在本支部", "employed members who report here and belong elsewhere"),
			Aliases: []string{"在职报到党员"}},
	},
	Check: func(r *Record, _ *Context) Errors {
		return checkAtMost(checkAtMost(nil, r, "probationary", "members"), r, "floating", "members")
	},
})

// What code asks of a count of members.
var (
	OrgCountOrg     = handle[Ref]("org_count", "org")
	OrgCountDate    = handle[Date]("org_count", "date")
	OrgCountMembers = handle[int64]("org_count", "members")
)
