package model

// Partner 共建单位: a unit the community works with.
var Partner = declare(&Register{
	Key: "partner", Letter: "U", Words: W("共建单位", "Partner unit"), Group: Behind, Rank: 150,
	Aliases: []string{"合作单位", "结对单位"}, NameField: "name",
	Doubts: sameName,
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
	Check: func(r *Record, _ *Context) Errors {
		return checkOrder(nil, r, "agreement_on", "agreement_until")
	},
})

// PartnerName is what others print of a partner unit.
var PartnerName = handle[string]("partner", "name")
