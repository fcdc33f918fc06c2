package model

// Commendation 表彰: whom the community itself commended at an activity. One
// record is one title; 4户 and 9人 stay two measures (domain.md §3.1, row 35).
var Commendation = declare(&Register{
	Key: "commendation", Letter: "CM", Words: W("表彰", "Commendation"), Group: Behind, Shelf: ShelfHonours, Rank: 215,
	Aliases: []string{"表彰名单", "评选结果"}, NameField: "title", DateField: "date",
	Doubts: func(r *Record, c *Context) []Doubt {
		d := doubts{c: c, r: r}
		if found := d.named(func(o *Record) bool { return CommendationActivity.Of(o) == CommendationActivity.Of(r) }); found != nil {
			d.add([]string{"activity", "title"}, found, "这个活动已经登记过“%s”", "%q is entered for this activity already", CommendationTitle.Of(r))
		}
		return d.list
	},
	Parts:    []string{"unit"},
	Headings: map[string]Words{"": W("表彰", "Commendations")},
	Measures: []Measure{
		{Key: "commendations", Words: W("项数", "commendations"), Unit: W("项", "titles")},
		{Key: "households", Words: W("户数", "households"), Unit: W("户", "households"), Amount: commended("户")},
		{Key: "persons", Words: W("人数", "persons"), Unit: W("人", "persons"), Amount: commended("人")},
		{Key: "groups", Words: W("个数", "groups"), Unit: W("个", "groups"), Amount: commended("个")},
	},
	Sentences: commendationSentences,
	Archive:   &Archive{Term: KeepForever, Each: true},
	Fields: []*Field{
		{Key: "activity", Words: W("活动", "Activity"), Type: TypeRef, Refs: []string{"activity"}, Need: Required, Carry: true, Col: 5, Cells: 20,
			Hint: W("在哪次活动上表彰的", "at which activity"), Aliases: []string{"评选活动"}},
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Need: Required, Carry: true, Col: 1, Cells: 10, Hint: W("空着：活动那天", "blank: the day of the activity")},
		{Key: "title", Words: W("称号", "Title"), Type: TypeText, Max: 80, Need: Required, Col: 2, Cells: 22, Hint: W("好媳妇", "what they were called"), Aliases: []string{"名称", "荣誉"}},
		{Key: "n", Words: W("数量", "Number"), Type: TypeInt, Need: Required, Min: 1, Col: 3, Cells: 6, Hint: W("空着：名单的人数", "blank: those on the roster")},
		{Key: "unit", Words: W("单位", "Unit"), Type: TypePick, Vocab: "CUNIT", Need: Required, Carry: true, Col: 4, Cells: 6},
		{Key: "roster", Words: W("名单", "Roster"), Type: TypeRefs, Refs: []string{"person", "household"}, Class: Personal, Mask: MaskName, Aliases: []string{"获表彰人"}},
	},
	Fill: func(r *Record, c *Context) {
		if a := c.at(CommendationActivity.Of(r)); a != nil {
			fill(r, "date", ActivityDate.Of(a))
		}
		if n := len(CommendationRoster.Of(r)); n > 0 {
			fill(r, "n", int64(n))
		}
	},
	Check: func(r *Record, _ *Context) Errors {
		if n, named := CommendationN.Of(r), int64(len(CommendationRoster.Of(r))); CommendationUnit.Of(r) != "个" && named > n {
			return refuse(nil, r, "roster", "名单有%d，多于数量%d", "%d on the roster are more than %d", named, n)
		}
		return nil
	},
})

// commended counts what was commended in one unit.
func commended(unit string) func(*Record, *Context) int64 {
	return func(r *Record, _ *Context) int64 {
		if CommendationUnit.Of(r) != unit {
			return 0
		}
		return CommendationN.Of(r)
	}
}

// What code asks of a commendation.
var (
	CommendationActivity = handle[Ref]("commendation", "activity")
	CommendationTitle    = handle[string]("commendation", "title")
	CommendationUnit     = handle[string]("commendation", "unit")
	CommendationN        = handle[int64]("commendation", "n")
	CommendationRoster   = handle[[]Ref]("commendation", "roster")
)
