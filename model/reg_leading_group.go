package model

// LeadingGroup 领导小组: a committee for one task, with who does what in it.
var LeadingGroup = declare(&Register{
	Key: "leading_group", Letter: "LG", Words: W("领导小组", "Leading group"), Group: Behind, Shelf: ShelfOffice, Rank: 116,
	Aliases: []string{"工作小组", "专项小组"}, NameField: "name",
	Doubts: sameName,
	Stood:  stoodBetween("date", "ended"),
	Over: func(r *Record) Words {
		on, _ := r.Get("ended").(Date)
		return endedWords(on)
	},
	Related: []Related{{Key: "meetings", Words: W("本年会议", "Meetings this year"), Register: "meeting", Field: "org",
		Columns: []string{"date", "topic", "present", "rate"}, Totals: true, ThisYear: true}},
	Parts:    []string{"org"},
	Headings: map[string]Words{"": W("领导小组", "Leading groups"), "org": W("成立单位", "by who set them up")},
	Measures: []Measure{
		{Key: "groups", Words: W("个数", "groups"), Unit: W("个", "groups")},
		{Key: "members", Words: W("成员人次", "memberships"), Unit: W("人次", "memberships"), Amount: func(r *Record, _ *Context) int64 { return int64(len(LeadingGroupMembers.Of(r))) }},
	},
	Sentences: leadingGroupSentences,
	Archive:   &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 24, Aliases: []string{"小组名称"}},
		{Key: "date", Words: W("成立日期", "Founded"), Type: TypeDate, Col: 3, Cells: 10, Aliases: []string{"成立时间", "日期"}},
		{Key: "org", Words: W("成立单位", "Set up by"), Type: TypeRef, Refs: []string{"org"}, OrText: true, Col: 4, Cells: 14},
		{Key: "head", Words: W("组长", "Head"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Need: Required, Col: 2, Cells: 8},
		{Key: "members", Words: W("成员", "Members"), Type: TypeList, Col: 5, Cells: 14, Hint: W("赵立新 副组长 制度；李晓梅 成员 演出", "name capacity duty; the next one"),
			Sub: []*Field{
				{Key: "person", Words: W("姓名", "Name"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Need: Required},
				{Key: "capacity", Words: W("职务", "Capacity"), Type: TypeText, Max: 20},
				{Key: "duty", Words: W("职责", "Duty"), Type: TypeText, Max: 60},
			}},
		{Key: "duty", Words: W("小组职责", "Duty of the group"), Type: TypeNote},
		{Key: "doc_no", Words: W("文号", "Document no."), Type: TypeText, Alone: true, Max: 40},
		{Key: "ended", Words: W("撤销日期", "Ended"), Type: TypeDate, Hint: W("还在的空着", "blank while it exists")},
	},
	Check: func(r *Record, _ *Context) Errors {
		errs := checkOrder(nil, r, "date", "ended")
		seen := map[Ref]bool{}
		for i, row := range LeadingGroupMembers.Of(r) {
			who, _ := row["person"].(Ref)
			if seen[who] {
				errs = refuse(errs, r, "members", "第%d行的人前面已经有了", "the person in row %d stands there already", i+1)
			}
			seen[who] = true
		}
		return errs
	},
})

// What code asks of a leading group.
var (
	LeadingGroupName    = handle[string]("leading_group", "name")
	LeadingGroupDate    = handle[Date]("leading_group", "date")
	LeadingGroupHead    = handle[Ref]("leading_group", "head")
	LeadingGroupMembers = handle[[]Row]("leading_group", "members")
)
