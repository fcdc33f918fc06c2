package model

// Programme 品牌项目: one of the office's named projects, such as 先锋社. The
// tags of activities come from vocabulary PROG; this register says what stands
// behind a tag.
var Programme = declare(&Register{
	Key: "programme", Letter: "B", Words: W("品牌项目", "Programme"), Group: Behind, Shelf: ShelfProgrammes, Rank: 160,
	Aliases: []string{"品牌", "项目"}, NameField: "short",
	Doubts:   sameName,
	Parts:    []string{"kind"},
	Headings: map[string]Words{"": W("品牌项目", "Programmes")},
	Measures: []Measure{
		{Key: "programmes", Words: W("个数", "programmes"), Unit: W("个", "programmes")},
	},
	Sentences: programmeSentences,
	Archive:   &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "short", Words: W("简称", "Short name"), Type: TypeText, Max: 20, Need: Required, Col: 1, Cells: 12, Aliases: []string{"名称"}},
		{Key: "full", Words: W("全称", "Full name"), Type: TypeText, Max: 60, Col: 2, Cells: 20},
		{Key: "kind", Words: W("种类", "Kind"), Type: TypePick, Vocab: "PKIND2", Col: 3, Cells: 6},
		{Key: "purpose", Words: W("宗旨", "Purpose"), Type: TypeNote},
		{Key: "body", Words: W("实施主体", "Carried by"), Type: TypeText, Col: 4, Cells: 12},
		{Key: "target", Words: W("服务对象", "For whom"), Type: TypeText, Col: 5, Cells: 12},
		{Key: "lead", Words: W("负责人", "Lead"), Type: TypeRef, Refs: []string{"staff"}, Col: 6, Cells: 8},
		{Key: "season", Words: W("时段", "Season"), Type: TypeText, Max: 20, Hint: W("寒暑假", "school holidays")},
		{Key: "from", Words: W("起始日期", "From"), Type: TypeDate},
		{Key: "to", Words: W("截止日期", "To"), Type: TypeDate},
	},
	Check: func(r *Record, _ *Context) Errors { return checkOrder(nil, r, "from", "to") },
})

// What code asks of a programme.
var (
	ProgrammeShort = handle[string]("programme", "short")
	ProgrammeFull  = handle[string]("programme", "full")
	ProgrammeKind  = handle[string]("programme", "kind")
)
