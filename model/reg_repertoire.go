package model

// Repertoire 自编节目: a piece that a team made itself.
var Repertoire = declare(&Register{
	Key: "repertoire", Letter: "RP", Words: W("自编节目", "Repertoire"), Group: Behind, Shelf: ShelfTeams, Rank: 142,
	Aliases: []string{"节目", "创编节目"}, NameField: "title",
	Doubts: sameName,
	Parts:  []string{"team"},
	Measures: []Measure{
		{Key: "pieces", Words: W("个数", "pieces"), Unit: W("个", "pieces")},
		{Key: "shows", Words: W("演出场次", "shows"), Unit: W("场", "shows"), Sum: "shows"},
	},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "title", Words: W("节目名称", "Title"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 24, Aliases: []string{"名称", "节目名"}},
		{Key: "team", Words: W("演出队伍", "Team"), Type: TypeRef, Refs: []string{"team"}, Need: Required, Carry: true, Col: 2, Cells: 16, Aliases: []string{"队伍"}},
		{Key: "first", Words: W("首演日期", "First shown"), Type: TypeDate, Col: 3, Cells: 10, Hint: W("2024-05 或 2024", "2024-05 or 2024"), Aliases: []string{"首演"}},
		{Key: "shows", Words: W("演出场次", "Shows"), Type: TypeInt, Col: 4, Cells: 8, Aliases: []string{"场次"}},
		{Key: "awards", Words: W("获奖", "Awards"), Type: TypeText, Col: 5, Cells: 14, Aliases: []string{"获奖情况"}},
	},
})

// What code asks of a piece.
var (
	RepertoireTitle = handle[string]("repertoire", "title")
	RepertoireTeam  = handle[Ref]("repertoire", "team")
)
