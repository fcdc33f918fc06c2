package model

// Equipment 设备: what stands in the venues, by the set or piece.
var Equipment = declare(&Register{
	Key: "equipment", Letter: "EQ", Words: W("设备", "Equipment"), Group: Behind, Shelf: ShelfVenues, Rank: 132,
	Aliases: []string{"器材", "固定资产"}, NameField: "name",
	Counts: func(r *Record) bool { s := EquipmentState.Of(r); return s != outOfUse && s != "报废" },
	Parts:  []string{"venue"},
	Measures: []Measure{
		{Key: "pieces", Words: W("件数", "pieces"), Unit: W("件", "pieces"), Sum: "qty"},
		{Key: "kinds", Words: W("种类数", "kinds"), Unit: W("种", "kinds"), Distinct: func(r *Record, _ *Context) []string { return []string{EquipmentName.Of(r)} }},
	},
	Sentences: equipmentSentences,
	Archive:   &Archive{Term: Keep30},
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 20, Aliases: []string{"设备名称"}},
		{Key: "qty", Words: W("数量", "Quantity"), Type: TypeInt, Need: Required, Default: always(int64(1)), Col: 2, Cells: 8},
		{Key: "unit", Words: W("单位", "Unit"), Type: TypePick, Vocab: "EQUNIT", Default: always("套"), Col: 3, Cells: 6, Aliases: []string{"计量单位"}},
		{Key: "venue", Words: W("所在场地", "Venue"), Type: TypeRef, Refs: []string{"venue"}, Carry: true, Col: 4, Cells: 18, Aliases: []string{"场地", "存放地点"}},
		{Key: "bought", Words: W("购置日期", "Bought"), Type: TypeDate, Carry: true, Col: 5, Cells: 10, Hint: W("2024-05 或 2024", "2024-05 or 2024"), Aliases: []string{"配置日期"}},
		{Key: "source", Words: W("来源", "Source"), Type: TypePick, Vocab: "EQSRC", Carry: true, Hint: W("自购、捐赠、配发", "bought, given or issued")},
		{Key: "state", Words: W("状态", "State"), Type: TypePick, Vocab: "INUSE", Default: always("在用"), Col: 6, Cells: 8},
	},
})

// What code asks of a piece of equipment.
var (
	EquipmentName  = handle[string]("equipment", "name")
	EquipmentQty   = handle[int64]("equipment", "qty")
	EquipmentUnit  = handle[string]("equipment", "unit")
	EquipmentVenue = handle[Ref]("equipment", "venue")
	EquipmentState = handle[string]("equipment", "state")
)
