package model

// Plan 工作计划: one item of a year's plan, with what is to be held and what was
// (see plan_done.go for what serves an item).
var Plan = declare(&Register{
	Key: "plan", Letter: "PL", Words: W("工作计划", "Work plan"), Group: Behind, Shelf: ShelfProgrammes, Rank: 165,
	Aliases: []string{"计划", "年度计划", "重点工作"}, NameField: "task", DateField: "year", Calendar: "due",
	// An item is of the whole year, so it counts in each part of it.
	Stood: func(r *Record, on Date) bool { return on.IsZero() || PlanYear.Of(r).Year == on.Year },
	Parts: []string{"line"},
	Measures: []Measure{
		{Key: "items", Words: W("项数", "items"), Unit: W("项", "items")},
		{Key: "finished", Words: W("已完成项数", "finished"), Unit: W("项", "items"), AtEnd: true, Amount: func(r *Record, c *Context) int64 {
			done, ok := c.PlanDone(r)
			return one(ok && done >= PlanTarget(r))
		}},
		{Key: "behind", Words: W("落后项数", "behind"), Unit: W("项", "items"), AtEnd: true, Amount: func(r *Record, c *Context) int64 {
			n, ok := c.PlanBehind(r, c.Today())
			return one(ok && n > 0)
		}},
	},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "year", Words: W("年度", "Year"), Type: TypeDate, Need: Required, Default: thisYear, Carry: true, Col: 1, Cells: 6, Hint: W("2027", "2027"), Aliases: []string{"年份"}},
		{Key: "task", Words: W("工作任务", "Task"), Type: TypeText, Max: 80, Need: Required, Copy: true, Col: 2, Cells: 26, Aliases: []string{"任务", "内容", "工作内容"}},
		{Key: "line", Words: W("条线", "Line of work"), Type: TypePick, Vocab: "LINE", Carry: true, Col: 7, Cells: 8},
		{Key: "target_count", Words: W("目标次数", "How many"), Type: TypeInt, Apart: true, Hint: W("每个周期几次；空着算1次", "how many in each period; blank: 1"), Aliases: []string{"目标", "次数"}},
		{Key: "per", Words: W("周期", "Per"), Type: TypePick, Vocab: "CAD", Copy: true, Hint: W("空着：全年共几次", "blank: in the whole year")},
		{Key: "due", Words: W("完成期限", "Due"), Type: TypeDate, Col: 6, Cells: 10, Hint: W("没有周期的写，如 0630", "for what has no period: 0630"), Aliases: []string{"期限", "完成时间"}},
		{Key: "owner", Words: W("责任人", "Owner"), Type: TypeRef, Refs: []string{"staff"}, Carry: true, Col: 8, Cells: 8, Aliases: []string{"负责人"}},
		{Key: "keyword", Words: W("活动名称含", "Title contains"), Type: TypeText, Max: 40, Copy: true,
			Hint: W("这一条线的活动名称里有这个词就算；几个词空格隔开", "activities of the line with this word count; several with spaces")},
		{Key: "meetings", Words: W("会议类型", "Meetings"), Type: TypePicks, Vocab: "MTYPE", Copy: true, Hint: W("这几类会议就算", "meetings of these types count")},
		{Key: "target", Words: W("全年目标", "Target of the year"), Type: TypeInt, Apart: true, Col: 3, Cells: 8,
			Computed: func(r *Record, _ *Context) any { return PlanTarget(r) }},
		{Key: "done", Words: W("已完成", "Done"), Type: TypeInt, Apart: true, Col: 4, Cells: 6, Hint: W("已举办的活动和会议，点了本项或符合条件的", "held activities and meetings that name the item or fit it"),
			Computed: func(r *Record, c *Context) any {
				if n, ok := c.PlanDone(r); ok {
					return n
				}
				return nil
			}},
		{Key: "behind", Words: W("落后", "Behind"), Type: TypeInt, Apart: true, Col: 5, Cells: 6, Hint: W("到今天应完成而没有完成的", "what should have been held by today and was not"),
			Computed: func(r *Record, c *Context) any {
				if n, ok := c.PlanBehind(r, c.Today()); ok && n > 0 {
					return n
				}
				return nil
			}},
	},
	Related: []Related{
		{Key: "activities", Words: W("点明为本项的活动", "Activities that name it"), Register: "activity", Field: "plans",
			Columns: []string{"date", "title", "attend_total", "held"}},
	},
	Due: planDue,
	Check: func(r *Record, _ *Context) Errors {
		errs := checkWholeYear(nil, r, "year")
		if PlanKeyword.Has(r) && !PlanLine.Has(r) {
			errs = refuse(errs, r, "line", "写了“活动名称含”就要选条线", "choose a line of work when activities are found by their title")
		}
		if due := PlanDue.Of(r); PlanDue.Has(r) && due.Year != PlanYear.Of(r).Year {
			errs = refuse(errs, r, "due", "不在 %d 年里", "is not in %d", PlanYear.Of(r).Year)
		}
		return errs
	},
})

// planDue watches the items of this year that are behind (see PlanBehind), the
// whole year long, up to the day they are due.
func planDue(r *Record, c *Context) []Due {
	year := PlanYear.Of(r)
	if year.Year != c.Today().Year {
		return nil
	}
	n, ok := c.PlanBehind(r, c.Today())
	if !ok || n <= 0 {
		return nil
	}
	day := year.Last()
	if PlanDue.Has(r) {
		day = PlanDue.Of(r)
	}
	return []Due{{Key: "behind", Day: day, Words: Sayf("落后%d场", "behind by %d", n), Who: PlanOwner.Of(r), Ahead: 366}}
}

// What code asks of an item.
var (
	PlanYear        = handle[Date]("plan", "year")
	PlanTask        = handle[string]("plan", "task")
	PlanLine        = handle[string]("plan", "line")
	PlanTargetCount = handle[int64]("plan", "target_count")
	PlanPer         = handle[string]("plan", "per")
	PlanDue         = handle[Date]("plan", "due")
	PlanOwner       = handle[Ref]("plan", "owner")
	PlanKeyword     = handle[string]("plan", "keyword")
	PlanMeetings    = handle[[]string]("plan", "meetings")
)
