package model

// The winners of honours (vocabulary WINNER) that are somebody of the community,
// not the community itself.
const (
	WinnerFamily = "家庭"
	WinnerPerson = "个人"
)

// Honour 荣誉: a title or a prize that the community, its Party committee or
// somebody of it was given.
var Honour = declare(&Register{
	Key: "honour", Letter: "HO", Words: W("荣誉", "Honour"), Group: Behind, Shelf: ShelfHonours, Rank: 210,
	Aliases: []string{"荣誉表彰", "获奖", "奖项", "honor"}, NameField: "title", DateField: "date", Lasting: true,
	Doubts:   honourDoubts,
	Parts:    []string{"level", "kind", "winner"},
	Headings: map[string]Words{"": W("荣誉", "Honours")},
	Measures: []Measure{
		{Key: "honours", Words: W("项数", "honours"), Unit: W("项", "honours")},
		{Key: "in_force", Words: W("有效", "in force"), Unit: W("项", "honours"), AtEnd: true,
			Amount: func(r *Record, c *Context) int64 { return one(!HonourOver(r, c.Today())) }},
	},
	Sentences: honourSentences,
	Archive:   &Archive{Term: KeepForever, Each: true, By: "giver", No: "cert_no"},
	Fields: []*Field{
		{Key: "title", Words: W("荣誉名称", "Title"), Type: TypeText, Max: 80, Need: Required, Col: 2, Cells: 22,
			Hint: W("不带级别，例 文明社区", "without the level"), Aliases: []string{"名称", "称号", "荣誉称号"}},
		{Key: "level", Words: W("级别", "Level"), Type: TypePick, Vocab: "LEVEL", Need: Required, Carry: true, Col: 3, Cells: 8},
		{Key: "giver", Words: W("授予单位", "Given by"), Type: TypeText, Max: 60, Need: Required, Carry: true, Col: 4, Cells: 14,
			Aliases: []string{"颁发单位", "授奖单位", "发证机关"}},
		{Key: "date", Words: W("授予日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Hint: W("2026-04 或 2026 也行", "2026-04 or 2026 will do"), Aliases: []string{"日期", "获奖时间", "时间", "授予时间"}},
		{Key: "kind", Words: W("种类", "Kind"), Type: TypePick, Vocab: "HKIND", Carry: true, Default: always("荣誉称号")},
		{Key: "grade", Words: W("等次", "Grade"), Type: TypeText, Max: 20, Hint: W("一等奖", "first prize"), Aliases: []string{"奖次", "名次"}},
		{Key: "event", Words: W("赛事", "Event"), Type: TypeText, Max: 60, Need: Either,
			When: func(r *Record) bool { return r.Get("kind") == "竞赛奖项" }, Why: W("种类是竞赛奖项", "the kind is prize"), Aliases: []string{"比赛"}},
		{Key: "winner", Words: W("获得者", "Winner"), Type: TypePick, Vocab: "WINNER", Need: Required, Default: always("社区"), Col: 5, Cells: 8,
			Section: W("获得者", "Winner")},
		{Key: "winner_ref", Words: W("具体是谁", "Who"), Type: TypeRef, Refs: []string{"person", "household", "team", "org", "staff"}, OrText: true, Need: Either,
			When: func(r *Record) bool { w := HonourWinner.Of(r); return w == WinnerFamily || w == WinnerPerson },
			Why:  W("获得者是家庭或个人", "the winner is a family or a person"), Class: Personal, Mask: MaskName, Aliases: []string{"获奖人"}},
		{Key: "prints_giver", Words: W("写出授予单位", "Print the giver"), Type: TypeBool, Hint: W("是：文中写成“称号（授予单位）”", "yes: texts name who gave it"),
			Section: W("证书和期限", "Certificate and term")},
		{Key: "cert_no", Words: W("证书号", "Certificate no."), Type: TypeText, Alone: true, Max: 40, Aliases: []string{"证书编号", "牌匾号"}},
		{Key: "valid_until", Words: W("有效期至", "Valid until"), Type: TypeDate, Col: 6, Cells: 10, Hint: W("长期有效的空着", "blank: for good")},
		{Key: "valid", Words: W("有效期内", "Still valid"), Type: TypeBool, Computed: func(r *Record, c *Context) any { return !HonourOver(r, c.Today()) }},
		{Key: "review_on", Words: W("复审日期", "Review on"), Type: TypeDate, Class: Internal},
	},
	Due: func(r *Record, c *Context) []Due {
		var out []Due
		if until := HonourValidUntil.Of(r); !c.Today().After(until.Last().AddDays(overFor)) {
			out = append(out, Due{Key: "expiry", Day: until, Words: W("荣誉到期", "expires"), Ahead: 60})
		}
		if on := HonourReviewOn.Of(r); !c.Today().After(on.Last().AddDays(overFor)) {
			out = append(out, Due{Key: "review", Day: on, Words: W("复审", "review"), Ahead: 60})
		}
		return out
	},
	Check: func(r *Record, _ *Context) Errors {
		return checkOrder(checkOrder(nil, r, "date", "valid_until"), r, "date", "review_on")
	},
})

// HonourOver reports whether an honour was no longer in force on a day.
func HonourOver(r *Record, day Date) bool {
	until := HonourValidUntil.Of(r)
	return !until.IsZero() && until.Last().Before(day)
}

// honourDoubts asks about one title entered twice in a year.
func honourDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	d.future("date")
	found := d.named(func(o *Record) bool {
		return HonourDate.Of(o).Year == HonourDate.Of(r).Year && HonourWinnerRef.Of(o) == HonourWinnerRef.Of(r)
	})
	if found != nil {
		d.add([]string{"title", "date"}, found, "%d年已经登记过“%s”", "%[2]q of %[1]d is entered already", int(HonourDate.Of(r).Year), HonourTitle.Of(r))
	}
	return d.list
}

// What code asks of an honour.
var (
	HonourTitle       = handle[string]("honour", "title")
	HonourLevel       = handle[string]("honour", "level")
	HonourGiver       = handle[string]("honour", "giver")
	HonourDate        = handle[Date]("honour", "date")
	HonourKind        = handle[string]("honour", "kind")
	HonourWinner      = handle[string]("honour", "winner")
	HonourWinnerRef   = handle[Ref]("honour", "winner_ref")
	HonourGrade       = handle[string]("honour", "grade")
	HonourEvent       = handle[string]("honour", "event")
	HonourValidUntil  = handle[Date]("honour", "valid_until")
	HonourReviewOn    = handle[Date]("honour", "review_on")
	HonourPrintsGiver = handle[bool]("honour", "prints_giver")
)
