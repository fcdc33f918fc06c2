package model

// OpinionForm 征求意见: a round of opinion forms, how many were handed out and
// came back, and what was said.
var OpinionForm = declare(&Register{
	Key: "opinion_form", Letter: "OF", Words: W("征求意见", "Opinion forms"), Group: Behind, Shelf: ShelfOpinions, Rank: 230,
	Aliases: []string{"征求意见表", "意见表", "问卷"}, NameField: "topic", DateField: "from",
	Doubts:   opinionFormDoubts,
	Parts:    []string{"target", "way"},
	Headings: map[string]Words{"": W("征求意见", "Opinion forms"), "target": W("征求对象", "by who was asked")},
	Measures: []Measure{
		{Key: "rounds", Words: W("次数", "rounds"), Unit: W("次", "rounds")},
		{Key: "issued", Words: W("发放", "issued"), Unit: W("份", "forms"), Sum: "issued"},
		{Key: "returned", Words: W("回收", "returned"), Unit: W("份", "forms"), Sum: "returned"},
		{Key: "valid", Words: W("有效", "valid"), Unit: W("份", "forms"), Sum: "valid"},
		{Key: "opinions", Words: W("意见", "opinions"), Unit: W("条", "opinions"), Amount: opinionsWith("text")},
		{Key: "adopted", Words: W("采纳", "adopted"), Unit: W("条", "opinions"), Amount: opinionsWith("adopted")},
		{Key: "answered", Words: W("答复", "answered"), Unit: W("条", "opinions"), Amount: opinionsWith("answer")},
	},
	Archive: &Archive{Term: Keep10, Each: true},
	Fields: []*Field{
		{Key: "topic", Words: W("主题", "Topic"), Type: TypeText, Max: 80, Need: Required, Copy: true, Col: 2, Cells: 24, Hint: W("上半年居民意见", "what was asked about"), Aliases: []string{"名称", "征求内容"}},
		{Key: "from", Words: W("开始日期", "From"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10, Aliases: []string{"发放日期", "日期", "时间"}},
		{Key: "to", Words: W("结束日期", "To"), Type: TypeDate, Need: Required, Hint: W("空着：同一天", "blank: the same day"), Aliases: []string{"回收日期"}},
		{Key: "target", Words: W("征求对象", "Asked of"), Type: TypePick, Vocab: "AUD", Copy: true, Aliases: []string{"对象"}},
		{Key: "way", Words: W("方式", "Way"), Type: TypePick, Vocab: "OWAY", Copy: true, Default: always("上户"), Col: 6, Cells: 8, Aliases: []string{"征求方式"}},
		{Key: "issued", Words: W("发放份数", "Issued"), Type: TypeInt, Need: Required, Min: 1, Col: 3, Cells: 8, Aliases: []string{"发放"}},
		{Key: "returned", Words: W("回收份数", "Returned"), Type: TypeInt, Col: 4, Cells: 8, Hint: W("不多于发放份数", "not more than were issued"), Aliases: []string{"回收"}},
		{Key: "valid", Words: W("有效份数", "Valid"), Type: TypeInt, Hint: W("不多于回收份数", "not more than came back"), Aliases: []string{"有效"}},
		{Key: "rate", Words: W("回收率", "Return rate"), Type: TypeText, Col: 5, Cells: 7,
			Computed: func(r *Record, _ *Context) any {
				if r.Get("returned") == nil {
					return nil
				}
				return Percent(OpinionFormReturned.Of(r), OpinionFormIssued.Of(r))
			}},
		{Key: "opinions", Words: W("意见", "Opinions"), Type: TypeList, Class: Internal, Section: W("意见和答复", "Opinions and answers"),
			Hint: W("一行一条：意见、归类、是否采纳、答复", "one a row: opinion, topic, adopted, answer"), Aliases: []string{"意见建议"}, Sub: []*Field{
				{Key: "text", Words: W("意见", "Opinion"), Type: TypeText, Need: Required, Lint: true, Mask: MaskStory},
				{Key: "topic", Words: W("归类", "Topic"), Type: TypePick, Vocab: "TOPIC", Need: Required},
				{Key: "adopted", Words: W("采纳", "Adopted"), Type: TypeBool},
				{Key: "answer", Words: W("答复", "Answer"), Type: TypeText, Lint: true, Mask: MaskStory},
			}},
	},
	Fill: func(r *Record, _ *Context) {
		if from := OpinionFormFrom.Of(r); !from.IsZero() {
			fill(r, "to", from)
		}
	},
	Check: func(r *Record, _ *Context) Errors {
		errs := checkAtMost(checkOrder(nil, r, "from", "to"), r, "returned", "issued")
		if r.Get("valid") != nil && r.Get("returned") == nil {
			return refuse(errs, r, "returned", "填了有效份数，也要填回收份数", "where valid forms are counted, those returned are too")
		}
		return checkAtMost(errs, r, "valid", "returned")
	},
})

// opinionsWith counts the rows of opinions in which a column is filled.
func opinionsWith(column string) func(*Record, *Context) int64 {
	return func(r *Record, _ *Context) int64 {
		n := int64(0)
		for _, row := range OpinionFormOpinions.Of(r) {
			n += one(!Blank(row[column]) && row[column] != false)
		}
		return n
	}
}

// opinionFormDoubts asks about a round entered twice, and one of which few forms
// came back.
func opinionFormDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	d.future("from")
	if found := d.named(func(o *Record) bool { return OpinionFormFrom.Of(o) == OpinionFormFrom.Of(r) }); found != nil {
		d.add([]string{"topic", "from"}, found, "这一天已经登记过“%s”", "%q of that day is entered already", OpinionFormTopic.Of(r))
	}
	if back, ok := r.Get("returned").(int64); ok && 2*back < OpinionFormIssued.Of(r) {
		d.add([]string{"returned", "issued"}, nil, "发放%d份只收回%d份，不到一半", "of %d forms only %d came back, less than half", OpinionFormIssued.Of(r), back)
	}
	return d.list
}

// What code asks of a round of opinion forms.
var (
	OpinionFormTopic    = handle[string]("opinion_form", "topic")
	OpinionFormFrom     = handle[Date]("opinion_form", "from")
	OpinionFormIssued   = handle[int64]("opinion_form", "issued")
	OpinionFormReturned = handle[int64]("opinion_form", "returned")
	OpinionFormOpinions = handle[[]Row]("opinion_form", "opinions")
)
