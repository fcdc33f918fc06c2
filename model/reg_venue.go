package model

// Venue 场地: a place the community runs, a notice board among them.
var Venue = declare(&Register{
	Key: "venue", Letter: "L", Words: W("场地", "Venue"), Group: Behind, Shelf: ShelfVenues, Rank: 130,
	Aliases: []string{"阵地场所", "地点"}, NameField: "name",
	Doubts:   sameName,
	Counts:   func(r *Record) bool { return VenueState.Of(r) != outOfUse },
	Parts:    []string{"category"},
	Headings: map[string]Words{"": W("场地", "Venues")},
	Measures: []Measure{
		{Key: "venues", Words: W("处数", "venues"), Unit: W("处", "venues")},
		{Key: "area", Words: W("面积", "area"), Unit: W("平方米", "m²"), Sum: "area_m2"},
		{Key: "capacity", Words: W("容纳人数", "capacity"), Unit: W("人", "persons"), Sum: "capacity"},
		{Key: "rooms", Words: W("房间数", "rooms"), Unit: W("间", "rooms"), Amount: func(r *Record, _ *Context) int64 { return int64(len(VenueRooms.Of(r))) }},
	},
	Related: []Related{
		{Key: "equipment", Words: W("设备", "Equipment"), Register: "equipment", Field: "venue", Columns: []string{"name", "qty", "unit", "bought", "source", "state"}},
	},
	Sentences: venueSentences,
	Archive:   &Archive{Term: Keep30},
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 24},
		{Key: "category", Words: W("类别", "Category"), Type: TypePick, Vocab: "VENT", Need: Required, Col: 2, Cells: 8},
		{Key: "area_m2", Words: W("面积㎡", "Area m²"), Type: TypeDec, Col: 3, Cells: 9, Hint: W("照实填，总结里自动写成“200多平方米”", "as measured; texts round it down"),
			Aliases: []string{"面积", "面积（平方米）", "建筑面积"}},
		{Key: "capacity", Words: W("容纳人数", "Capacity"), Type: TypeInt, Col: 4, Cells: 8},
		{Key: "place", Words: W("位置", "Place"), Type: TypeText, Col: 5, Cells: 20},
		{Key: "hours", Words: W("开放时间", "Hours"), Type: TypeText, Max: 60, Hint: W("周一至周日 8:00—21:00", "daily 8:00 to 21:00")},
		{Key: "keeper", Words: W("负责人", "Keeper"), Type: TypeRef, Refs: []string{"staff"}, Aliases: []string{"管理员"}},
		{Key: "rule", Words: W("管理制度", "Rule"), Type: TypeRef, Refs: []string{"rule"}, OrText: true, Hint: W("制度名称的简拼，或直接写", "a rule's initials, or any text")},
		{Key: "rooms", Words: W("内设房间", "Rooms"), Type: TypeList, Hint: W("多功能厅；阅览室", "hall; reading room"),
			Sub: []*Field{
				{Key: "name", Words: W("房间", "Room"), Type: TypeText, Max: 40, Need: Required},
				{Key: "area_m2", Words: W("面积㎡", "Area m²"), Type: TypeDec},
			}},
		{Key: "board_no", Words: W("公开栏编号", "Board no."), Type: TypeText, Max: 20},
		{Key: "state", Words: W("状态", "State"), Type: TypePick, Vocab: "INUSE", Hint: W("空着就是在用", "blank: in use")},
	},
	Check: func(r *Record, _ *Context) Errors {
		var sum Dec
		for _, row := range VenueRooms.Of(r) {
			area, _ := row["area_m2"].(Dec)
			sum += area
		}
		if area := VenueArea.Of(r); VenueArea.Has(r) && sum > area {
			return refuse(nil, r, "rooms", "各房间面积合计 %s ㎡，多于场地的 %s ㎡", "the rooms come to %s m², more than the venue's %s", sum, area)
		}
		return nil
	},
})

// outOfUse is the state of a venue or a piece of equipment that does not count
// any more (vocabulary INUSE).
const outOfUse = "停用"

// What code asks of a venue. VenuePlace is where it lies, which everybody may
// know.
var (
	VenueName     = handle[string]("venue", "name")
	VenueCategory = handle[string]("venue", "category")
	VenueArea     = handle[Dec]("venue", "area_m2")
	VenueCapacity = handle[int64]("venue", "capacity")
	VenuePlace    = handle[string]("venue", "place")
	VenueRooms    = handle[[]Row]("venue", "rooms")
	VenueState    = handle[string]("venue", "state")
)
