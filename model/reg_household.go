package model

import "strings"

// Household 户: people who live together, and where.
var Household = declare(&Register{
	Key: "household", Letter: "H", Words: W("户", "Household"), Group: Front, Rank: 50,
	Aliases: []string{"家庭", "住户", "户籍"}, NameField: "head", Twins: true,
	Title: func(r *Record, c *Context) string {
		return strings.TrimSpace(c.NameOf(HouseholdHead.Of(r)) + " " + doorNumber(r))
	},
	Doubts: householdDoubts,
	Related: []Related{
		{Key: "people", Words: W("家庭成员", "Members"), Register: "person", Field: "household",
			Columns: []string{"name", "relation", "sex", "age", "cats_now", "ended"}},
		{Key: "given", Words: W("本年走访慰问", "Visits and aid this year"), Register: "visit", Field: "household",
			Columns: []string{"date", "occasion", "person", "amount", "goods", "fund", "visitors"}, Totals: true, ThisYear: true},
	},
	Archive: &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "no", Words: W("户号", "Household no."), Type: TypeText, Max: 20, Auto: true},
		{Key: "head", Words: W("户主", "Head"), Type: TypeRef, Refs: []string{"person"}, OrText: true, Need: Required, Class: Personal, Mask: MaskName,
			Col: 1, Cells: 10, Hint: W("简拼，或直接写姓名", "initials, or write the name"), Aliases: []string{"户主姓名"}},
		{Key: "compound", Words: W("小区", "Compound"), Type: TypeRef, Refs: []string{"compound"}, Need: Required, Carry: true, Class: Personal, Mask: MaskAddress,
			Col: 2, Cells: 16, Aliases: []string{"小区名称", "院落"}},
		{Key: "building", Words: W("楼栋", "Building"), Type: TypeText, Max: 10, Need: Required, Carry: true, Class: Personal,
			Col: 3, Cells: 8, Hint: W("3 或 3号楼", "3"), Aliases: []string{"楼号", "栋", "幢"}},
		{Key: "unit", Words: W("单元", "Unit"), Type: TypeText, Max: 10, Class: Personal, Col: 4, Cells: 4},
		{Key: "room", Words: W("室", "Room"), Type: TypeText, Max: 10, Class: Personal, Col: 5, Cells: 6, Aliases: []string{"房号", "门牌"}},
		{Key: "grid", Words: W("网格", "Grid"), Type: TypeText, Max: 20, Carry: true, Class: Internal},
		{Key: "income_class", Words: W("低收入类别", "Income class"), Type: TypePick, Vocab: "INCOME", Class: Sensitive, Mask: MaskCategory},
		{Key: "members", Words: W("成员", "Members"), Type: TypeText, Class: Personal, Col: 6, Cells: 24,
			Computed: func(r *Record, c *Context) any { return c.members(r) }},
		{Key: "given_year", Words: W("本年所得慰问金", "Aid this year"), Type: TypeMoney, Class: Personal,
			Computed: func(r *Record, c *Context) any { return c.givenIn(r, YearOf(c.Today())) }},
	},
	Fill: func(r *Record, _ *Context) { r.Set("no", r.ID) },
})

// members joins the names of those who refer to the household.
func (c *Context) members(r *Record) any {
	var names []string
	for _, p := range c.referring(r, "person") {
		if PersonHousehold.Of(p).ID == r.ID && !GoneBy(p, c.Today()) {
			names = append(names, PersonName.Of(p))
		}
	}
	if names == nil {
		return nil
	}
	return strings.Join(names, "、")
}

// givenIn adds up the money a household was given in a period, all funds
// together.
func (c *Context) givenIn(r *Record, p Period) any {
	var sum Money
	for _, v := range c.referring(r, "visit") {
		if v.State == Final && VisitHousehold.Of(v).ID == r.ID && p.Contains(VisitDate.Of(v)) {
			sum += VisitAmount.Of(v)
		}
	}
	return sum
}

// referring fetches the records of a register that point at r.
func (c *Context) referring(r *Record, register string) []*Record {
	if c.Book == nil || r.ID == "" {
		return nil
	}
	var out []*Record
	for _, id := range c.Book.Referring(register, r.ID) {
		if rec := c.Book.Record(id); rec != nil && rec.State != Void {
			out = append(out, rec)
		}
	}
	return out
}

// doorNumber is building-unit-room, as neighbours say it: 3-2-501.
func doorNumber(r *Record) string {
	var parts []string
	for _, h := range []Handle[string]{HouseholdBuilding, HouseholdUnit, HouseholdRoom} {
		if h.Has(r) {
			parts = append(parts, h.Of(r))
		}
	}
	return strings.Join(parts, "-")
}

// Address writes a household's full address: 和平小区3号楼2单元501室.
func (c *Context) Address(r *Record) string {
	return c.NameOf(HouseholdCompound.Of(r)) + buildingText(r) + withUnit(HouseholdUnit.Of(r), "单元") + withUnit(HouseholdRoom.Of(r), "室")
}

func buildingText(r *Record) string { return withUnit(HouseholdBuilding.Of(r), "号楼") }

// withUnit adds the unit to a bare number: 3 → 3号楼, but 甲栋 stays.
func withUnit(text, unit string) string {
	if text == "" || !isASCII(text) {
		return text
	}
	return text + unit
}

// What code asks of a household.
var (
	HouseholdHead     = handle[Ref]("household", "head")
	HouseholdCompound = handle[Ref]("household", "compound")
	HouseholdBuilding = handle[string]("household", "building")
	HouseholdUnit     = handle[string]("household", "unit")
	HouseholdRoom     = handle[string]("household", "room")
	HouseholdIncome   = handle[string]("household", "income_class")
	HouseholdGrid     = handle[string]("household", "grid")
)
