package model

// Campaign 主题教育: a campaign that groups activities and meetings.
var Campaign = declare(&Register{
	Key: "campaign", Letter: "E", Words: W("主题教育", "Campaign"), Group: Behind, Shelf: ShelfProgrammes, Rank: 170,
	Aliases: []string{"专题教育", "集中教育"}, NameField: "name",
	Doubts:   sameName,
	Headings: map[string]Words{"": W("主题教育", "Campaigns")},
	Measures: []Measure{
		{Key: "campaigns", Words: W("个数", "campaigns"), Unit: W("个", "campaigns")},
	},
	Related: []Related{
		{Key: "activities", Words: W("活动", "Activities"), Register: "activity", Field: "campaign",
			Columns: []string{"date", "title", "form", "attend_total"}, Totals: true},
		{Key: "meetings", Words: W("会议学习", "Meetings"), Register: "meeting", Field: "campaign",
			Columns: []string{"date", "type", "topic", "present"}, Totals: true},
	},
	Sentences: campaignSentences,
	Archive:   &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 32},
		{Key: "stage", Words: W("阶段", "Stage"), Type: TypeText, Max: 40, Col: 2, Cells: 14, Hint: W("学习教育、查摆问题、整改落实", "study, finding faults, mending them")},
		{Key: "from", Words: W("起始日期", "From"), Type: TypeDate, Col: 3, Cells: 10},
		{Key: "to", Words: W("截止日期", "To"), Type: TypeDate, Col: 4, Cells: 10},
		{Key: "measures", Words: W("措施", "Measures"), Type: TypeNote},
	},
	Check: func(r *Record, _ *Context) Errors { return checkOrder(nil, r, "from", "to") },
})

// What code asks of a campaign.
var (
	CampaignName  = handle[string]("campaign", "name")
	CampaignStage = handle[string]("campaign", "stage")
	CampaignFrom  = handle[Date]("campaign", "from")
	CampaignTo    = handle[Date]("campaign", "to")
)
