package model

// Compound 小区: a housing compound of the community.
var Compound = declare(&Register{
	Key: "compound", Letter: "K", Words: W("小区", "Compound"), Group: Behind, Shelf: ShelfOffice, Rank: 120,
	Aliases: []string{"居民小区", "院落"}, NameField: "name",
	Doubts:   sameName,
	Headings: map[string]Words{"": W("小区", "Compounds")},
	Measures: []Measure{
		{Key: "compounds", Words: W("个数", "compounds"), Unit: W("个", "compounds")},
		{Key: "households", Words: W("户数", "households"), Unit: W("户", "households"), Sum: "households"},
		{Key: "buildings", Words: W("楼栋数", "buildings"), Unit: W("栋", "buildings"), Sum: "buildings"},
	},
	Archive: &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 40, Need: Required, Col: 1, Cells: 20, Aliases: []string{"小区名称"}},
		{Key: "households", Words: W("户数", "Households"), Type: TypeInt, Col: 2, Cells: 10, Aliases: []string{"总户数"}},
		{Key: "buildings", Words: W("楼栋数", "Buildings"), Type: TypeInt, Col: 3, Cells: 9},
		{Key: "property_co", Words: W("物业公司", "Property company"), Type: TypeText, Max: 60, Col: 4, Cells: 16, Aliases: []string{"物业"}},
		{Key: "built", Words: W("建成年份", "Built in"), Type: TypeInt, Apart: true, Min: MinYear, Most: MaxYear, Hint: W("1998", "1998")},
		{Key: "grid", Words: W("网格", "Grid"), Type: TypeText, Max: 20, Col: 5, Cells: 10},
	},
})

// CompoundName is what others print of a compound.
var CompoundName = handle[string]("compound", "name")
