package model

// The states of a need (vocabulary NSTATE) that rules ask for.
const (
	NeedOpen   = "待办"
	NeedInHand = "办理中"
	NeedSolved = "办结"
)

// Needs 需求: what a resident asked for, and what became of it.
var Needs = declare(&Register{
	Key: "need", Letter: "N", Words: W("需求", "Need"), Group: Front, Rank: 60,
	Aliases: []string{"诉求", "民生诉求", "居民需求"}, DateField: "date", Calendar: "due",
	Title:   func(r *Record, _ *Context) string { return beginning(NeedText.Of(r), 12) },
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "no", Words: W("编号", "No."), Type: TypeText, Max: 20, Auto: true},
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Section: W("诉求", "The need"), Hint: W("今 昨 0308", "jt zt 0308")},
		{Key: "source", Words: W("来源", "Source"), Type: TypeRef, Refs: []string{"visit", "petition"}, Class: Internal, Aliases: []string{"来源走访", "来源信访"}},
		{Key: "person", Words: W("诉求人", "Person"), Type: TypeRef, Refs: []string{"person"}, Class: Personal, Mask: MaskName, Col: 3, Cells: 8,
			Aliases: []string{"姓名", "反映人"}},
		{Key: "topic", Words: W("归类", "Topic"), Type: TypePick, Vocab: "TOPIC", Need: Required, Class: Sensitive, Col: 7, Cells: 8, Aliases: []string{"类别"}},
		{Key: "text", Words: W("诉求内容", "Need"), Type: TypeNote, Need: Required, Class: Sensitive, Mask: MaskStory, Lint: true, Col: 2, Cells: 22,
			Aliases: []string{"诉求", "内容", "反映问题"}},
		{Key: "owner", Words: W("责任人", "Owner"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Default: actor, Class: Internal, Col: 5, Cells: 8,
			Aliases: []string{"承办人", "负责人"}},
		{Key: "due", Words: W("期限", "Due"), Type: TypeDate, Need: Required, Class: Internal, Col: 6, Cells: 10, Hint: W("空着：15天后", "blank: in 15 days"),
			Aliases: []string{"办理期限"}},
		{Key: "state", Words: W("状态", "State"), Type: TypePick, Vocab: "NSTATE", Need: Required, Default: always(NeedOpen), Col: 4, Cells: 8,
			Section: W("办理", "Handling"), Aliases: []string{"办理状态"}},
		{Key: "closed_on", Words: W("办结日期", "Closed on"), Type: TypeDate, Need: Either, When: needSolved, Why: W("状态是办结", "the state is solved")},
		{Key: "action", Words: W("措施", "Action"), Type: TypeNote, Class: Internal, Mask: MaskStory},
		{Key: "result", Words: W("结果", "Result"), Type: TypeNote, Need: Either, When: needSolved, Why: W("状态是办结", "the state is solved"),
			Class: Internal, Mask: MaskStory, Aliases: []string{"办理结果"}},
		{Key: "revisit_on", Words: W("回访日期", "Follow-up"), Type: TypeDate, Aliases: []string{"回访"}},
		{Key: "satisfaction", Words: W("满意度", "Satisfaction"), Type: TypePick, Vocab: "SAT"},
	},
	Parts:    []string{"topic", "state"},
	Open:     []string{}, // what was asked for is said in confidence
	Headings: map[string]Words{"": W("诉求", "Needs")},
	Measures: []Measure{
		{Key: "cases", Words: W("件数", "cases"), Unit: W("件", "cases"), Label: W("收集", "raised")},
		{Key: "solved", Words: W("办结", "solved"), Unit: W("件", "cases"), Label: W("解决", "solved"), Of: "cases", Share: W("占收集", "of those raised"),
			Amount: func(r *Record, _ *Context) int64 { return one(needSolved(r)) }},
		{Key: "on_time", Words: W("按期解决", "solved on time"), Unit: W("件", "cases"), Of: "solved", Share: W("占解决", "of those solved"),
			Amount: func(r *Record, _ *Context) int64 { return one(needOnTime(r)) }},
		{Key: "revisited", Words: W("已回访", "called back"), Unit: W("件", "cases"), Of: "solved", Share: W("占解决", "of those solved"),
			Amount: func(r *Record, _ *Context) int64 { return one(needRevisited(r)) }},
		{Key: "satisfied", Words: W("回访满意", "satisfied"), Unit: W("件", "cases"), Of: "revisited", Share: W("占回访", "of those called back"),
			Amount: func(r *Record, _ *Context) int64 { return one(needSatisfied(r)) }},
	},
	Fill: func(r *Record, c *Context) {
		r.Set("no", r.ID)
		if v := c.at(NeedSource.Of(r)); v != nil && v.Register.Key == "visit" {
			fill(r, "person", VisitPerson.Of(v))
		}
		fill(r, "due", NeedDate.Of(r).AddDays(15))
	},
	Due:      needDue,
	DueBack:  dueBack,
	DueAbout: []string{"person", "text"},
	Check: func(r *Record, _ *Context) Errors {
		errs := checkOrder(nil, r, "date", "due")
		return checkOrder(checkOrder(errs, r, "date", "closed_on"), r, "closed_on", "revisit_on")
	},
})

// needOf begins the need that a record brings about by what it says in a field,
// once: afterwards the need goes its own way. nil: it brings about none, or has one
// already.
func (c *Context) needOf(r, before *Record, text Handle[string]) *Record {
	if !text.Has(r) || before != nil && text.Has(before) {
		return nil
	}
	for _, need := range c.referring(r, "need") {
		if NeedSource.Of(need).ID == r.ID { // entered by hand before
			return nil
		}
	}
	need := NewRecord(c.Schema.Register("need"))
	NeedSource.Set(need, Ref{ID: r.ID})
	NeedText.Set(need, text.Of(r))
	return need
}

func needSolved(r *Record) bool { return NeedState.Of(r) == NeedSolved }

// needDue watches what is to be solved, and of what is solved the call back 回访:
// on the day that was set for it, else some days after it was solved. Once the
// answer is on file, or the day set for it is past, nothing is due.
func needDue(r *Record, c *Context) []Due {
	who := NeedOwner.Of(r)
	switch state := NeedState.Of(r); {
	case state == NeedOpen || state == NeedInHand:
		return []Due{{Key: "solve", Day: NeedDue.Of(r), Words: W("解决", "solve"), Who: who}}
	case state != NeedSolved || NeedSatisfaction.Has(r):
		return nil
	}
	day := NeedClosedOn.Of(r).AddDays(c.Schema.Deadlines().RevisitDays())
	if NeedRevisitOn.Has(r) {
		if day = NeedRevisitOn.Of(r); day.Before(c.Today()) {
			return nil
		}
	}
	return []Due{{Key: "revisit", Day: day, Words: W("回访", "call back"), Who: who}}
}

// What code asks of a need.
var (
	NeedDate         = handle[Date]("need", "date")
	NeedSource       = handle[Ref]("need", "source")
	NeedPerson       = handle[Ref]("need", "person")
	NeedTopic        = handle[string]("need", "topic")
	NeedText         = handle[string]("need", "text")
	NeedOwner        = handle[Ref]("need", "owner")
	NeedDue          = handle[Date]("need", "due")
	NeedState        = handle[string]("need", "state")
	NeedResult       = handle[string]("need", "result")
	NeedRevisitOn    = handle[Date]("need", "revisit_on")
	NeedSatisfaction = handle[string]("need", "satisfaction")
	NeedClosedOn     = handle[Date]("need", "closed_on")
)
