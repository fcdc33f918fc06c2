package model

// Venue 场地: a place the community runs, a notice board among them.
var Venue = declare(&Register{
	Key: "venue", Letter: "L", Words: W("场地", "Venue"), Group: Behind, Rank: 130,
	Aliases: []string{"阵地场所", "地点"}, NameField: "name",
	Doubts: sameName,
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 24},
		{Key: "category", Words: W("类别", "Category"), Type: TypePick, Vocab: "VENT", Need: Required, Col: 2, Cells: 8},
		{Key: "area_m2", Words: W("面积㎡", "Area m²"), Type: TypeDec, Col: 3, Cells: 9},
		{Key: "capacity", Words: W("容纳人数", "Capacity"), Type: TypeInt, Col: 4, Cells: 8},
		{Key: "place", Words: W("位置", "Place"), Type: TypeText, Col: 5, Cells: 20},
		{Key: "hours", Words: W("开放时间", "Hours"), Type: TypeText, Max: 60},
		{Key: "keeper", Words: W("负责人", "Keeper"), Type: TypeRef, Refs: []string{"staff"}},
		{Key: "rule", Words: W("管理制度", "Rule"), Type: TypeText},
		{Key: "rooms", Words: W("内设房间", "Rooms"), Type: TypeList, Hint: W("多功能厅；阅览室", "hall; reading room"),
			Sub: []*Field{{Key: "name", Words: W("房间", "Room"), Type: TypeText, Max: 40}}},
		{Key: "board_no", Words: W("公开栏编号", "Board no."), Type: TypeText, Max: 20},
		{Key: "state", Words: W("状态", "State"), Type: TypeText, Max: 20},
	},
})

// VenuePlace is where it lies, which everybody may know.
var VenuePlace = handle[string]("venue", "place")
