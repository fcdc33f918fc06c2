package model

import "strings"

// Round 走访计划: who is to be visited for an occasion, by whom and with what
// budget. Several rounds of one occasion add up: each names the people it is
// for. Without any, an occasion is for everybody in a category.
var Round = declare(&Register{
	Key: "round", Letter: "Q", Words: W("走访计划", "Visit plan"), Group: Front, Shelf: ShelfAid, Rank: 90,
	Aliases: []string{"慰问计划", "走访慰问计划", "visit round"}, DateField: "from",
	Title: func(r *Record, c *Context) string {
		return strings.TrimSpace(RoundOccasion.Of(r).String() + " " + strings.Join(RoundCats.Of(r), "、"))
	},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "occasion", Words: W("场合", "Occasion"), Type: TypeOccasion, Vocab: "OCC", Need: Required, Carry: true, Col: 1, Cells: 12,
			Hint: W("春节、2027春节", "春节 or 2027春节"), Aliases: []string{"归属场合", "节日"}},
		{Key: "from", Words: W("开始", "From"), Type: TypeDate, Need: Required, Carry: true, Col: 2, Cells: 10,
			Hint: W("空着：场合的走访期", "blank: the visiting days of the occasion"), Aliases: []string{"起"}},
		{Key: "to", Words: W("结束", "To"), Type: TypeDate, Need: Required, Carry: true, Col: 3, Cells: 10,
			Hint: W("空着：场合的走访期", "blank: the visiting days of the occasion"), Aliases: []string{"止"}},
		{Key: "cats", Words: W("对象类别", "Categories"), Type: TypePicks, Copy: true, Vocab: "CAT", Col: 4, Cells: 16, Section: W("对象", "For whom"),
			Hint: W("属于其中任何一类的都算", "everybody in one of them"), Aliases: []string{"类别"}},
		{Key: "compounds", Words: W("小区", "Compounds"), Type: TypeRefs, Copy: true, Refs: []string{"compound"}, Hint: W("空着：不限", "blank: all")},
		{Key: "grid", Words: W("网格", "Grid"), Type: TypeText, Copy: true, Max: 20, Hint: W("空着：不限", "blank: all")},
		{Key: "people", Words: W("另加的人", "Also"), Type: TypeRefs, Copy: true, Refs: []string{"person"}, Class: Personal, Mask: MaskName,
			Hint: W("不在类别里也要走访的", "to be visited whatever their category"), Aliases: []string{"名单", "对象"}},
		{Key: "except", Words: W("除去的人", "Not"), Type: TypeRefs, Refs: []string{"person"}, Class: Personal, Mask: MaskName,
			Hint: W("这次不走访的，原因写在备注里", "not this time; say why in the note")},
		{Key: "visitors", Words: W("走访人", "Visitors"), Type: TypeRefs, Refs: []string{"staff"}, OrText: true, Carry: true, Section: W("安排", "Arrangement"),
			Aliases: []string{"走访人员"}},
		{Key: "amount", Words: W("每人慰问金", "Money each"), Type: TypeMoney, Copy: true, Col: 5, Cells: 8, Aliases: []string{"慰问金", "标准"}},
		{Key: "goods", Words: W("每人慰问品", "Goods each"), Type: TypeList, Copy: true, Hint: W("米 1 袋；油 1 桶", "米 1 袋; 油 1 桶"), Aliases: []string{"慰问品"}, Totals: worth, Sub: goodsColumns()},
		{Key: "fund", Words: W("资金来源", "Source of funds"), Type: TypePick, Copy: true, Vocab: "FUND", Need: Either, Aliases: []string{"来源"},
			When: func(r *Record) bool { return RoundAmount.Of(r) > 0 || RoundGoods.Has(r) || RoundBudget.Of(r) > 0 }, Why: W("有慰问金、慰问品或预算", "there is money, goods or a budget")},
		{Key: "budget", Words: W("预算", "Budget"), Type: TypeMoney, Col: 6, Cells: 10, Hint: W("这次走访总共可用的钱", "all there is for this round"), Aliases: []string{"经费预算"}},
	},
	Fill: func(r *Record, _ *Context) {
		if w, ok := RoundOccasion.Of(r).Window(); ok {
			fill(r, "from", w.From)
			fill(r, "to", w.To)
		}
	},
	Check: func(r *Record, _ *Context) Errors {
		errs := checkOrder(nil, r, "from", "to")
		if !RoundCats.Has(r) && !RoundPeople.Has(r) {
			errs = refuse(errs, r, "cats", "写类别，或在“另加的人”里写名单", "give categories, or name people")
		}
		return errs
	},
})

// goodsColumns are the columns of a list of goods 慰问品.
func goodsColumns() []*Field {
	return []*Field{
		{Key: "item", Words: W("品名", "Item"), Type: TypeText, Max: 20, Vocab: "GOODS", Need: Required},
		{Key: "qty", Words: W("数量", "Quantity"), Type: TypeDec},
		{Key: "unit", Words: W("单位", "Unit"), Type: TypeText, Max: 10},
		{Key: "price", Words: W("单价", "Price"), Type: TypeMoney},
	}
}

// What code asks of a round.
var (
	RoundOccasion  = handle[Occasion]("round", "occasion")
	RoundFrom      = handle[Date]("round", "from")
	RoundTo        = handle[Date]("round", "to")
	RoundCats      = handle[[]string]("round", "cats")
	RoundCompounds = handle[[]Ref]("round", "compounds")
	RoundGrid      = handle[string]("round", "grid")
	RoundPeople    = handle[[]Ref]("round", "people")
	RoundExcept    = handle[[]Ref]("round", "except")
	RoundVisitors  = handle[[]Ref]("round", "visitors")
	RoundAmount    = handle[Money]("round", "amount")
	RoundGoods     = handle[[]Row]("round", "goods")
	RoundFund      = handle[string]("round", "fund")
	RoundBudget    = handle[Money]("round", "budget")
)
