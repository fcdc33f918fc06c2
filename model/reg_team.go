package model

// Team 文体队伍: a culture, sport or volunteer team.
var Team = declare(&Register{
	Key: "team", Letter: "T", Words: W("文体队伍", "Team"), Group: Behind, Shelf: ShelfTeams, Rank: 140,
	Aliases: []string{"队伍", "文体团队", "志愿队"}, NameField: "name",
	Doubts:   sameName,
	Stood:    stoodBetween("founded", "ended"),
	Over:     func(r *Record) Words { return endedWords(TeamEnded.Of(r)) },
	Parts:    []string{"association"},
	Headings: map[string]Words{"": W("文体队伍", "Teams")},
	Measures: []Measure{
		{Key: "teams", Words: W("支数", "teams"), Unit: W("支", "teams")},
		{Key: "members", Words: W("队员人数", "members"), Unit: W("人", "persons"), Sum: "members"},
		{Key: "party", Words: W("党员人数", "Party members"), Unit: W("人", "persons"), Sum: "party"},
	},
	Related: []Related{
		{Key: "repertoire", Words: W("自编节目", "Repertoire"), Register: "repertoire", Field: "team", Columns: []string{"title", "first", "shows", "awards"}},
		{Key: "activities", Words: W("本年参加的活动", "Activities this year"), Register: "activity", Field: "teams",
			Columns: []string{"date", "title", "role", "attend_total"}, Totals: true, ThisYear: true},
	},
	Archive: &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 20},
		{Key: "association", Words: W("所属协会", "Association"), Type: TypeRef, Refs: []string{"org"}, OrText: true, Col: 2, Cells: 16},
		{Key: "lead", Words: W("队长", "Lead"), Type: TypeRef, Refs: []string{"person", "staff"}, OrText: true, Class: Personal, Mask: MaskName,
			Col: 3, Cells: 10, Aliases: []string{"负责人"}},
		{Key: "founded", Words: W("成立日期", "Founded"), Type: TypeDate, Col: 5, Cells: 10},
		{Key: "members", Words: W("人数", "Members"), Type: TypeInt, Col: 4, Cells: 8, Aliases: []string{"队员人数", "队员"}},
		{Key: "party", Words: W("党员人数", "Party members"), Type: TypeInt},
		{Key: "place", Words: W("活动地点", "Place"), Type: TypeText},
		{Key: "weekly", Words: W("每周次数", "Times a week"), Type: TypeInt, Apart: true},
		{Key: "filed", Words: W("已备案", "Filed"), Type: TypeBool},
		{Key: "instructor", Words: W("指导老师", "Instructor"), Type: TypeText, Max: 40},
		{Key: "ended", Words: W("解散日期", "Ended"), Type: TypeDate, Hint: W("还在的空着", "blank while it exists")},
	},
	Check: func(r *Record, _ *Context) Errors {
		return checkAtMost(checkOrder(nil, r, "founded", "ended"), r, "party", "members")
	},
})

// What code asks of a team.
var (
	TeamName        = handle[string]("team", "name")
	TeamAssociation = handle[Ref]("team", "association")
	TeamMembers     = handle[int64]("team", "members")
	TeamEnded       = handle[Date]("team", "ended")
)
