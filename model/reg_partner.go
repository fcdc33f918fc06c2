package model

// Partner 共建单位: a unit the community works with.
var Partner = declare(&Register{
	Key: "partner", Letter: "U", Words: W("共建单位", "Partner unit"), Group: Behind, Shelf: ShelfPartners, Rank: 150,
	Aliases: []string{"合作单位", "结对单位"}, NameField: "name",
	Doubts:   sameName,
	Parts:    []string{"nature", "kind"},
	Headings: map[string]Words{"": W("共建单位", "Partner units")},
	Measures: []Measure{
		{Key: "partners", Words: W("家数", "partners"), Unit: W("家", "partners")},
		{Key: "pairs", Words: W("结对人数", "people paired"), Unit: W("人", "people"),
			Distinct: func(r *Record, _ *Context) []string { return refKeys(PartnerPairs.Of(r)...) }},
	},
	Related: []Related{
		{Key: "contributions", Words: W("贡献", "Contributions"), Register: "contribution", Field: "partner", Totals: true,
			Columns: []string{"date", "kind", "content", "value", "venue"}},
		{Key: "activities", Words: W("一起办的活动", "Activities together"), Register: "activity", Field: "partners", Totals: true, ThisYear: true,
			Columns: []string{"date", "title", "role", "attend_total"}},
	},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "name", Words: W("单位名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 24, Aliases: []string{"名称", "单位"}},
		{Key: "nature", Words: W("单位性质", "Nature"), Type: TypePick, Vocab: "UNITK", Col: 2, Cells: 10},
		{Key: "kind", Words: W("共建类别", "Kind"), Type: TypePick, Vocab: "PAIRK", Col: 3, Cells: 8},
		{Key: "address", Words: W("地址", "Address"), Type: TypeText},
		{Key: "contact", Words: W("联系人", "Contact"), Type: TypeText, Max: 40, Class: Internal, Mask: MaskName, Col: 4, Cells: 8},
		{Key: "phone", Words: W("联系电话", "Phone"), Type: TypeText, Max: 20, Tidy: tidyPhone, Class: Internal, Mask: MaskPhone, Aliases: []string{"电话"}},
		{Key: "agreement_on", Words: W("签约日期", "Agreement on"), Type: TypeDate, Col: 5, Cells: 10},
		{Key: "agreement_until", Words: W("协议止期", "Agreement until"), Type: TypeDate, Col: 6, Cells: 10},
		{Key: "pairs", Words: W("结对对象", "Paired with"), Type: TypeRefs, Refs: []string{"person"}, Class: Personal, Mask: MaskName},
	},
	Due: func(r *Record, c *Context) []Due {
		until := PartnerAgreementUntil.Of(r)
		if c.Today().After(until.AddDays(overFor)) {
			return nil // not renewed: known by now
		}
		return []Due{{Key: "agreement", Day: until, Words: W("协议到期", "agreement ends"), Ahead: 30}}
	},
	Check: func(r *Record, _ *Context) Errors {
		return checkOrder(nil, r, "agreement_on", "agreement_until")
	},
})

// What code asks of a partner unit.
var (
	PartnerName           = handle[string]("partner", "name") // what others print
	PartnerPairs          = handle[[]Ref]("partner", "pairs")
	PartnerAgreementUntil = handle[Date]("partner", "agreement_until")
)
