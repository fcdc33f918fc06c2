package model

import "fmt"

// The states of a disclosure (vocabulary DSTATE, domain.md §8.5), in the order
// of its life.
const (
	IssueNotStarted  = "未起草"
	IssueDraft       = "草稿"
	IssueReturned    = "退回"
	IssueToReview    = "待审核"
	IssueToSupervise = "待居监委"
	IssueToApprove   = "待审批"
	IssueToPost      = "待公开"
	IssuePosted      = "公开中"
	IssueExpired     = "已期满"
	IssueTakenDown   = "已撤下"
	IssueArchived    = "已归档"
	IssueSuperseded  = "已更正"
	IssueVoid        = "作废"
)

// Issue 公开: one catalogue item for one period, with its approval sheet 一事一表.
// State, ticks and signatures are written by the steps of chain_issue.go; only
// of a period that was over before its item was entered here are they copied
// from the paper sheet. A state cannot stand without the signatures that lead
// to it.
var Issue = declare(&Register{
	Key: "issue", Letter: "D", Words: W("公开", "Disclosure"), Group: Front, Rank: 20,
	Aliases: []string{"三务公开", "党务公开", "公开台账"}, NameField: "title", DateField: "period", Calendar: "due",
	Place: 65, // among the figures, after visits and needs
	Views: []View{boardView},
	Counts: func(r *Record) bool {
		state := IssueState.Of(r)
		return state != IssueVoid && state != IssueSuperseded // its correction counts instead
	},
	Measures: []Measure{
		{Key: "issues", Words: W("期数", "issues"), Unit: W("期", "issues")},
		{Key: "posted", Told: true, Words: W("已公开", "posted"), Unit: W("期", "issues"), Amount: func(r *Record, _ *Context) int64 { return one(IssuePostedBy.Has(r)) }},
		{Key: "on_time", Told: true, Words: W("按期", "on time"), Unit: W("期", "issues"), Amount: func(r *Record, c *Context) int64 { return one(postedInTime(r, c)) }},
	},
	Apart: []Part{
		{Key: "class", Words: W("类别", "by class"), Vocab: "DCLASS", Of: func(r *Record, c *Context) []string { return classOf(r, c) }},
		{Key: "state", Words: W("状态", "by state"), Vocab: "DSTATE", All: true, Of: func(r *Record, _ *Context) []string { return []string{IssueState.Of(r)} }},
		{Key: "forms", Words: W("形式", "by form"), Vocab: "DFORM", Of: func(r *Record, _ *Context) []string { return IssueForms.Of(r) }},
	},
	Open:     []string{"class", "forms"}, // how far a draft is concerns nobody outside
	Headings: map[string]Words{"": W("三务公开", "Disclosure")},
	Related: []Related{{Key: "opinions", Words: W("收到的意见", "Opinions"), Register: "opinion", Field: "issue",
		Columns: []string{"date", "channel", "content", "owner", "due", "answered_on", "satisfaction"}}},
	Archive: &Archive{Term: Keep10, Each: true, No: "archive_no"},
	Fields: []*Field{
		{Key: "code", Words: W("编号", "Code"), Type: TypeText, Max: 40, Need: Required, Auto: true, Col: 1, Cells: 16,
			Section: W("公开事项", "What is disclosed")},
		{Key: "item", Words: W("目录项", "Item"), Type: TypeRef, Refs: []string{"catalogue"}, Need: Required, Carry: true, Hint: W("事项简拼", "the item's initials"),
			Aliases: []string{"公开事项", "事项"}},
		{Key: "period", Words: W("公开期", "Period"), Type: TypePeriod, Need: Required, Carry: true, Col: 6, Cells: 8,
			Hint: W("2027-B1（双月）2027-Q1 2027-03 2027", "2027-B1 (two months) 2027-Q1 2027-03 2027"), Aliases: []string{"期", "期次"}},
		{Key: "kind", Words: W("种类", "Kind"), Type: TypePick, Vocab: "DKIND", Need: Required, Default: always("正常"), Col: 5, Cells: 8},
		{Key: "title", Words: W("标题", "Title"), Type: TypeText, Max: 80, Need: Required, Lint: true, Col: 2, Cells: 20,
			Hint: W("空着：事项加期次", "blank: item and period"), Aliases: []string{"公开标题", "名称"}},
		{Key: "body", Words: W("公开内容", "Body"), Type: TypeNote, Copy: true, Lint: true, Need: Either, When: lacksBody,
			Why:     W("送审的公开须有内容、明细或收支行", "what goes to review has a body, rows or finance lines"),
			Section: W("内容", "Content"), Hint: W("无变动的写明原因", "no change: say why"), Aliases: []string{"内容"}},
		{Key: "rows", Words: W("明细", "Rows"), Type: TypeText, Class: Personal, Hint: W("走访 2027Q1 场合=2027春节：照此列表，自动脱敏", "visit 2027Q1 occasion=2027春节: listed so, masked")},
		{Key: "finance", Words: W("收支明细", "Finance lines"), Type: TypeList, Hint: W("1 | 2027-03-08 | 支 | 慰问品 | 1200 | 党费", "1 | 2027-03-08 | expense | goods | 1200 | dues"),
			Totals: balance, Sub: []*Field{
				{Key: "no", Words: W("序号", "No."), Type: TypeInt},
				{Key: "date", Words: W("日期", "Date"), Type: TypeDate},
				{Key: "kind", Words: W("收支", "Kind"), Type: TypePick, Vocab: "INOUT", Need: Required},
				{Key: "item", Words: W("项目", "Item"), Type: TypeText, Max: 60, Need: Required},
				{Key: "amount", Words: W("金额", "Amount"), Type: TypeMoney, Need: Required},
				{Key: "fund", Words: W("资金", "Fund"), Type: TypeText, Max: 40, Vocab: "FUND"},
				{Key: "dept", Words: W("部门", "Department"), Type: TypeText, Max: 20},
				{Key: "handler", Words: W("经办人", "Handler"), Type: TypeText, Max: 20},
				{Key: "witness", Words: W("证明人", "Witness"), Type: TypeText, Max: 20},
				{Key: "approver", Words: W("审批人", "Approver"), Type: TypeText, Max: 20},
				{Key: "voucher_no", Words: W("凭证号", "Voucher no."), Type: TypeText, Max: 30},
				{Key: "opinion", Words: W("意见", "Opinion"), Type: TypeText, Max: 60},
			}},
		{Key: "scope", Words: W("公开范围", "Scope"), Type: TypePick, Copy: true, Vocab: "SCOPE", Need: Required, Section: W("公开方式", "How"),
			Hint: W("空着同目录", "blank: as in the catalogue"), Aliases: []string{"范围"}},
		{Key: "forms", Words: W("公开形式", "Forms"), Type: TypePicks, Copy: true, Vocab: "DFORM", Need: Required, Hint: W("空着同目录", "blank: as in the catalogue"), Aliases: []string{"形式"}},
		{Key: "boards", Words: W("公开地点", "Boards"), Type: TypeRefs, Refs: []string{"venue"}, Carry: true, Aliases: []string{"公开栏", "地点"}},
		{Key: "due", Words: W("应公开日", "Due"), Type: TypeDate, Need: Required, Auto: true, Class: Internal, Col: 4, Cells: 10},
		{Key: "up_until", Words: W("张贴止期", "Up until"), Chained: true, Type: TypeDate, Need: Either, When: wasPosted, Why: W("已经张贴", "it was posted"),
			Hint: W("空着：张贴日加最短天数", "blank: posting plus the minimum")},
		{Key: "photo_no", Words: W("张贴照片号", "Photo no."), Type: TypeText, Alone: true, Max: 40, Class: Internal},
		{Key: "state", Words: W("状态", "State"), Chained: true, Type: TypePick, Vocab: "DSTATE", Need: Required, Default: always(IssueDraft), Class: Internal, Col: 3, Cells: 8,
			Section: W("审批", "Approval")},
		chained(signature("drafted", "拟稿", "Drafted")),
		{Key: "chk_secret", Words: W("未涉密", "Not secret"), Chained: true, Type: TypeBool, Class: Internal},
		{Key: "chk_masked", Words: W("已脱敏", "Masked"), Chained: true, Type: TypeBool, Class: Internal},
		{Key: "chk_need", Words: W("必要", "Necessary"), Chained: true, Type: TypeBool, Class: Internal},
		{Key: "chk_accurate", Words: W("准确", "Accurate"), Chained: true, Type: TypeBool, Class: Internal},
		signed("reviewed", "审核", "Reviewed", wasReviewed),
		{Key: "sup_opinion", Words: W("居监委意见", "Supervisors"), Chained: true, Type: TypeNote, Class: Internal},
		{Key: "meeting", Words: W("审议会议", "Meeting"), Chained: true, Type: TypeList, One: true, Class: Internal, Hint: W("居监委会议 2027-03-08 3", "meeting 2027-03-08 3"),
			Sub: []*Field{
				{Key: "form", Words: W("形式", "Form"), Type: TypeText, Max: 40},
				{Key: "date", Words: W("日期", "Date"), Type: TypeDate},
				{Key: "present", Words: W("到会人数", "Present"), Type: TypeInt},
			}},
		chained(signature("supervised", "居监委同意", "Supervisors agreed")),
		chained(signature("reported", "报上级", "Referred upward")),
		signed("approved", "审批", "Approved", wasApproved),
		{Key: "override", Words: W("一人办理说明", "By one person because"), Chained: true, Auto: true, Type: TypeText, Max: 200, Class: Internal},
		{Key: "return_reason", Words: W("退回理由", "Reason of return"), Chained: true, Type: TypeText, Max: 200, Class: Internal, Need: Either,
			When: func(r *Record) bool { return IssueState.Of(r) == IssueReturned }, Why: W("已退回", "it was returned")},
		signed("posted", "张贴", "Posted", wasPosted),
		signed("removed", "撤下", "Removed", func(r *Record) bool {
			return contains([]string{IssueTakenDown, IssueArchived}, IssueState.Of(r))
		}),
		{Key: "archive_no", Words: W("归档号", "Archive no."), Chained: true, Type: TypeText, Alone: true, Max: 40, Class: Internal, Need: Either,
			When: func(r *Record) bool { return IssueState.Of(r) == IssueArchived }, Why: W("已归档", "it is archived")},
		{Key: "version", Words: W("稿次", "Version"), Chained: true, Type: TypeInt, Apart: true, Need: Required, Auto: true, Class: Internal},
		{Key: "sha256", Words: W("批准稿校验值", "Hash approved"), Chained: true, Type: TypeText, Max: 64, Auto: true, Class: Internal},
		{Key: "corrects", Words: W("更正的公开", "Corrects"), Chained: true, Type: TypeRef, Refs: []string{"issue"}, Auto: true, Class: Internal},
		{Key: "correction", Words: W("更正说明", "Correction"), Chained: true, Auto: true, Type: TypeText, Max: 200},
		{Key: "authors", Words: W("参与拟稿", "Wrote it"), Chained: true, Auto: true, Beside: true, Type: TypeRefs, Refs: []string{"staff"}, Class: Internal},
		{Key: "signatures", Words: W("签署记录", "Signatures"), Chained: true, Auto: true, Beside: true, Type: TypeList, Class: Internal, Sub: []*Field{
			{Key: "step", Words: W("步骤", "Step"), Type: TypeText},
			{Key: "by", Words: W("签署人", "By"), Type: TypeRef, Refs: []string{"staff"}},
			{Key: "on", Words: W("日期", "On"), Type: TypeDate},
			{Key: "at", Words: W("时间", "At"), Type: TypeTime},
			{Key: "sha256", Words: W("校验值", "Hash"), Type: TypeText, Max: 64},
			{Key: "reason", Words: W("说明", "Reason"), Type: TypeText},
			{Key: "stand", Words: W("放行", "Let stand"), Type: TypeText},
		}},
	},
	Fill:      fillIssue,
	Published: func(r *Record) bool { return wasPosted(r) || IssuePostedBy.Has(r) },
	Check: func(r *Record, c *Context) Errors {
		var errs Errors
		if wasReviewed(r) {
			for _, key := range checks {
				if ok, _ := r.Get(key).(bool); !ok {
					errs = refuse(errs, r, key, "审核通过前须确认", "must be confirmed in the review")
				}
			}
		}
		drafter, _ := One(r.Get("drafted"))["by"].(Ref)
		for _, key := range map[Office][]string{OfficeThree: {"reviewed", "approved"}, OfficeTwo: {"approved"}}[c.Schema.Office()] {
			if by, _ := One(r.Get(key))["by"].(Ref); !by.IsZero() && by == drafter {
				errs = refuse(errs, r, key, "不能是拟稿人自己", "must not be the drafter")
			}
		}
		on, _ := One(r.Get("posted"))["on"].(Date)
		if until := IssueUpUntil.Of(r); !until.IsZero() && !on.IsZero() && until.Before(on) {
			errs = refuse(errs, r, "up_until", "不能早于张贴日", "must not be before the posting")
		}
		return errs
	},
})

// chained marks a field that only steps fill.
func chained(f *Field) *Field {
	f.Chained = true
	return f
}

// signed is a signature that must stand once the state says so.
func signed(key, zh, en string, when func(*Record) bool) *Field {
	f := chained(signature(key, zh, en))
	f.Need, f.When, f.Why = Either, when, W("状态已过这一步", "the state is past this step")
	return f
}

// How far along the chain an issue is.

func wasPosted(r *Record) bool {
	switch IssueState.Of(r) {
	case IssuePosted, IssueExpired, IssueTakenDown, IssueArchived, IssueSuperseded:
		return true
	}
	return false
}

func wasApproved(r *Record) bool { return wasPosted(r) || IssueState.Of(r) == IssueToPost }

func wasReviewed(r *Record) bool {
	state := IssueState.Of(r)
	return wasApproved(r) || state == IssueToSupervise || state == IssueToApprove
}

func withDrafter(r *Record) bool {
	switch IssueState.Of(r) {
	case "", IssueNotStarted, IssueDraft, IssueReturned:
		return true
	}
	return false
}

func lacksBody(r *Record) bool {
	return !withDrafter(r) && IssueState.Of(r) != IssueVoid && r.Get("rows") == nil && r.Get("finance") == nil
}

// fillIssue takes from the catalogue what the issue does not say itself. Code
// and due date follow item and period until the issue leaves its drafter.
func fillIssue(r *Record, c *Context) {
	fill(r, "state", IssueDraft)
	fill(r, "version", int64(1))
	if IssueState.Of(r) == IssueDraft && c.Actor.Staff != "" {
		fill(r, "drafted", c.signed())
	}
	period, item := IssuePeriod.Of(r), c.at(IssueItem.Of(r))
	if item == nil || period.Span().IsZero() {
		return
	}
	fill(r, "scope", CatalogueScope.Of(item))
	fill(r, "forms", CatalogueForms.Of(item))
	fill(r, "title", beginning(CatalogueTopic2.Of(item), 50)+"（"+period.Text(ZH)+"）")
	if withDrafter(r) || !IssueCode.Has(r) {
		IssueCode.Set(r, fmt.Sprintf("%s-%s-%02d", CatalogueClass.Of(item), period, CatalogueNo.Of(item)))
		IssueDue.Set(r, period.Span().To.AddDays(GraceDays(item)))
	}
	if on, ok := One(r.Get("posted"))["on"].(Date); ok && wasPosted(r) {
		fill(r, "up_until", on.AddDays(int(CatalogueMinDays.Of(item))))
	}
	if c.Way == Backdate && wasApproved(r) {
		fill(r, "sha256", SheetSum(r, c))
	}
}

// postedInTime says whether a disclosure stood on the board by the day it was
// due; of a correction the first version counts.
func postedInTime(r *Record, c *Context) bool {
	due := IssueDue.Of(r)
	for n := 0; r != nil && n < 20; n++ {
		if on, ok := One(r.Get(IssuePostedBy.Key()))["on"].(Date); ok && !on.After(due) {
			return true
		}
		ref, _ := r.Get("corrects").(Ref)
		r = c.at(ref)
	}
	return false
}

// What code asks of an issue.
var (
	IssueCode     = handle[string]("issue", "code")
	IssueItem     = handle[Ref]("issue", "item")
	IssuePeriod   = handle[PeriodKey]("issue", "period")
	IssueKind     = handle[string]("issue", "kind")
	IssueTitle    = handle[string]("issue", "title")
	IssueBody     = handle[string]("issue", "body")
	IssueRows     = handle[string]("issue", "rows")
	IssueFinance  = handle[[]Row]("issue", "finance")
	IssueScope    = handle[string]("issue", "scope")
	IssueForms    = handle[[]string]("issue", "forms")
	IssueBoards   = handle[[]Ref]("issue", "boards")
	IssueDue      = handle[Date]("issue", "due")
	IssueState    = handle[string]("issue", "state")
	IssueDrafted  = handle[[]Row]("issue", "drafted")
	IssueReviewed = handle[[]Row]("issue", "reviewed")
	IssueApproved = handle[[]Row]("issue", "approved")
	IssuePostedBy = handle[[]Row]("issue", "posted")
	IssueUpUntil  = handle[Date]("issue", "up_until")
)
