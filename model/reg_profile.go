package model

// Profile 社区概况: what the community is called and where it lies, as of a day.
// What changes is entered as a new version; old ones tell how it was.
var Profile = declare(&Register{
	Key: "profile", Letter: "PR", Words: W("社区概况", "Profile"), Group: Behind, Shelf: ShelfOffice, Rank: 96,
	Aliases: []string{"概况", "社区简介"}, NameField: "name", DateField: "valid_from", Lasting: true,
	Title:    func(r *Record, _ *Context) string { return ProfileName.Of(r) + " " + ProfileFrom.Of(r).String() },
	Standing: whole,
	Measures: []Measure{
		{Key: "area", Words: W("面积", "area"), Unit: W("平方公里", "km²"), Sum: "area_km2"},
	},
	Sentences: profileSentences,
	Archive:   &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "name", Words: W("社区名称", "Name"), Type: TypeText, Max: 40, Need: Required, Copy: true, Col: 2, Cells: 16, Aliases: []string{"名称", "社区"}},
		{Key: "street", Words: W("街道", "Street office"), Type: TypeText, Max: 40, Copy: true, Col: 3, Cells: 12, Hint: W("文昌街道", "the street office it belongs to")},
		{Key: "district", Words: W("城市和城区", "City and district"), Type: TypeText, Max: 60, Copy: true, Col: 4, Cells: 14, Hint: W("示例市城东区", "city and district"),
			Aliases: []string{"区", "城区"}},
		{Key: "place", Words: W("位置", "Place"), Type: TypeText, Max: 60, Copy: true, Col: 5, Cells: 14, Hint: W("城区东北侧", "in the north-east of the town")},
		{Key: "bounds", Words: W("四至", "Bounds"), Type: TypeText, Copy: true, Hint: W("东至…，南至…，西至…，北至…", "east to …, south to …"), Aliases: []string{"四至范围", "边界"}},
		{Key: "area_km2", Words: W("面积（平方公里）", "Area km²"), Type: TypeDec, Apart: true, Col: 6, Cells: 8, Hint: W("1.5", "1.5"), Aliases: []string{"面积", "辖区面积"}},
		{Key: "valid_from", Words: W("起用日期", "Valid from"), Type: TypeDate, Need: Required, Default: today, Col: 1, Cells: 8,
			Hint: W("从哪天起是这样；有变化就另加一条", "since when it is so; enter what changes as a new one"), Aliases: []string{"日期", "生效日期"}},
	},
})

// What code asks of a profile.
var (
	ProfileName     = handle[string]("profile", "name")
	ProfileStreet   = handle[string]("profile", "street")
	ProfileDistrict = handle[string]("profile", "district")
	ProfilePlace    = handle[string]("profile", "place")
	ProfileBounds   = handle[string]("profile", "bounds")
	ProfileArea     = handle[Dec]("profile", "area_km2")
	ProfileFrom     = handle[Date]("profile", "valid_from")
)
