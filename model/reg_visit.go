package model

import (
	"cmp"
	"strings"
)

// Visit 走访慰问: a visit to one person, with or without aid.
var Visit = declare(&Register{
	Key: "visit", Letter: "V", Words: W("走访慰问", "Aid visit"), Group: Front, Rank: 30,
	Aliases: []string{"走访", "慰问", "入户走访", "慰问记录"}, DateField: "date", Calendar: "next_date",
	Views: []View{{"grid", W("走访表", "grid"), W("按场合一次登记很多人，谁走访了、漏了谁一目了然", "enter many visits of an occasion at once, and see who is missing")}},
	Title: func(r *Record, c *Context) string {
		return strings.TrimSpace(c.NameOf(VisitPerson.Of(r)) + " " + VisitOccasion.Of(r).String())
	},
	Doubts: visitDoubts,
	Related: []Related{{Key: "needs", Words: W("由此登记的诉求", "Needs heard"), Register: "need", Field: "source",
		Columns: []string{"date", "text", "state", "owner", "due", "closed_on"}}},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "date", Words: W("实际日期", "Actual date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Section: W("走访", "The visit"),
			Hint:    W("今 昨 0308 周三 春节", "jt zt 0308 z3 春节"), Aliases: []string{"日期", "走访时间", "慰问时间", "走访日期", "慰问日期", "时间"}},
		{Key: "occasion", Words: W("归属场合", "Occasion"), Type: TypeOccasion, Vocab: "OCC", Need: Required, Carry: true, Col: 3, Cells: 12,
			Hint: W("空着按日期定；春节、2027春节", "blank: by the date; 2027春节"), Aliases: []string{"场合", "节日", "慰问时节"}},
		{Key: "person", Words: W("对象", "Person"), Type: TypeRef, Copy: true, Refs: []string{"person"}, Need: Required, Class: Personal, Mask: MaskName, Col: 2, Cells: 8,
			Hint: W("姓名简拼：zxm", "initials of the name: zxm"), Aliases: []string{"姓名", "走访对象", "慰问对象", "被慰问人"}},
		{Key: "household", Words: W("户", "Household"), Type: TypeRef, Refs: []string{"household"}, OrText: true, Need: Required, Class: Personal, Mask: MaskAddress,
			Hint: W("空着取对象的户，没有就写住址", "blank: the person's own; else an address"), Aliases: []string{"住址", "家庭住址", "地址"}},
		{Key: "cats_then", Words: W("当时类别", "Category then"), Type: TypePicks, Vocab: "CAT", Class: Sensitive, Mask: MaskCategory,
			Hint: W("空着取对象当日的类别", "blank: the person's on that day"), Aliases: []string{"类别", "对象类别", "困难类别"}},
		{Key: "way", Words: W("走访方式", "Way"), Type: TypePick, Vocab: "VWAY", Need: Required, Default: always("入户"), Carry: true, Class: Internal,
			Aliases: []string{"方式"}},
		{Key: "visitors", Words: W("走访人", "Visitors"), Type: TypeRefs, Last: true, Refs: []string{"staff"}, OrText: true, Need: Required, Default: actors, Carry: true,
			Col: 7, Cells: 10, Aliases: []string{"走访人员", "慰问人", "慰问人员"}},
		{Key: "team", Words: W("志愿队", "Volunteer team"), Type: TypeRef, Refs: []string{"team"}, Carry: true},
		{Key: "hours", Words: W("志愿时长", "Volunteer hours"), Type: TypeDec, Carry: true},
		{Key: "with_units", Words: W("陪同单位", "Accompanied by"), Type: TypeRefs, Refs: []string{"partner"}, Carry: true},
		{Key: "amount", Words: W("慰问金", "Money"), Type: TypeMoney, Carry: true, Col: 4, Cells: 10, Section: W("慰问金和慰问品", "Money and goods"),
			Hint: W("500", "500"), Aliases: []string{"金额", "慰问金额", "发放金额", "慰问金（元）"}},
		{Key: "goods", Words: W("慰问品", "Goods"), Type: TypeList, Carry: true, Col: 5, Cells: 16, Hint: W("米 1 袋；油 2 桶", "米 1 袋; 油 2 桶"),
			Aliases: []string{"物资", "慰问物资", "物品"}, Totals: worth, Sub: goodsColumns()},
		{Key: "fund", Words: W("资金来源", "Source of funds"), Type: TypePick, Last: true, Like: []string{"occasion"}, Vocab: "FUND", Need: Either, When: givesAid,
			Why: W("发了慰问金或慰问品", "aid was given"), Carry: true, Aliases: []string{"来源", "经费来源"}},
		{Key: "receipt", Words: W("签领", "Receipt"), Type: TypePick, Vocab: "RCPT", Need: Either, When: givesAid, Why: W("发了慰问金或慰问品", "aid was given"),
			Class: Personal, Col: 6, Cells: 6, Aliases: []string{"签收", "领取"}},
		{Key: "proxy", Words: W("代领人及关系", "Proxy"), Type: TypeText, Max: 40, Class: Personal, Need: Either, Why: W("由人代领", "received by proxy"),
			When: func(r *Record) bool { return VisitReceipt.Of(r) == "代领" }, Aliases: []string{"代领人"}},
		{Key: "voucher_no", Words: W("凭证号", "Voucher no."), Type: TypeText, Alone: true, Max: 30, Class: Internal},
		{Key: "photo_no", Words: W("照片号", "Photo no."), Type: TypeText, Alone: true, Max: 30, Class: Internal},
		{Key: "change", Words: W("家庭变化", "Changes"), Type: TypeNote, Class: Sensitive, Mask: MaskStory, Section: W("家庭和诉求", "Family and needs")},
		{Key: "need_text", Words: W("诉求", "Need"), Type: TypeNote, Class: Sensitive, Mask: MaskStory, Aliases: []string{"反映问题", "需求", "困难诉求"}},
		{Key: "need_topic", Words: W("诉求归类", "Topic of the need"), Type: TypePick, Vocab: "TOPIC", Class: Sensitive, Hint: W("空着：其他", "blank: other")},
		{Key: "need_owner", Words: W("诉求交给", "Need goes to"), Type: TypeRef, Refs: []string{"staff"}, Class: Internal, Hint: W("空着：录入的人", "blank: whoever enters it"),
			Aliases: []string{"诉求责任人"}},
		{Key: "solved_now", Words: W("当场解决", "Solved now"), Type: TypeBool, Class: Sensitive},
		{Key: "next_date", Words: W("下次跟进", "Next"), Type: TypeDate, Class: Internal, Hint: W("+30 或 2027-04-08", "+30 or 2027-04-08")},
		{Key: "consent_pub", Words: W("公开同意", "Consent to publish"), Type: TypeList, One: true, Need: Required, Class: Internal, Default: noConsent,
			Hint: W("匿名 2027-03-08", "anonymous 2027-03-08"), Sub: []*Field{
				{Key: "consent", Words: W("同意", "Consent"), Type: TypePick, Vocab: "CONSENT", Need: Required},
				{Key: "date", Words: W("日期", "Date"), Type: TypeDate},
			}},
	},
	Plausible: []Plausible{{"household_visits", "households", 1, 0, W("户次少于户数", "fewer visits than households")}},
	Odd:       oddVisits,
	Parts:     []string{"occasion", "cats_then", "fund", "way"},
	Apart: []Part{
		{Key: "home", Words: W("入户与否", "at home or not"), Of: func(r *Record, _ *Context) []string {
			if VisitWay.Of(r) == "入户" {
				return []string{"入户"}
			}
			return []string{"非入户"}
		}, Names: map[string]string{"入户": "at home", "非入户": "not at home"}},
		{Key: "building", Words: W("楼栋", "by building"), Of: func(r *Record, c *Context) []string { return []string{c.buildingOf(VisitHousehold.Of(r))} }},
		{Key: "visitor", Words: W("走访人", "by visitor"), Of: func(r *Record, c *Context) []string { return c.namesOf(VisitVisitors.Of(r)) }},
	},
	Open:  []string{"occasion", "cats_then", "fund", "home"}, // who was visited where and by whom tells too much
	Goods: "goods",
	Headings: map[string]Words{"": W("走访慰问", "Aid visits"), "occasion": W("场合", "by occasion"), "cats_then": W("对象类别", "by category"),
		"fund": W("资金来源", "by source of funds"), "way": W("走访方式", "by way")},
	Measures: []Measure{
		{Key: "households", Label: W("合计", "total"), Words: W("户数", "households"), Unit: W("户", "households"),
			Distinct: func(r *Record, _ *Context) []string {
				home := VisitHousehold.Of(r)
				if home.IsZero() {
					home = VisitPerson.Of(r) // whoever has no household on file is one
				}
				return refKeys(home)
			}},
		{Key: "household_visits", Label: W("合计", "total"), Words: W("户次", "household visits"), Unit: W("户次", "household visits")},
		{Key: "persons", Label: W("合计", "total"), Words: W("人数", "persons"), Unit: W("人", "persons"),
			Distinct: func(r *Record, _ *Context) []string { return refKeys(VisitPerson.Of(r)) }},
		{Key: "amount", Label: W("合计", "total"), Words: W("慰问金", "money given"), Unit: W("元", "yuan"), Sum: "amount"},
		{Key: "volunteer_hours", Minor: true, Topic: Volunteers, Words: W("志愿时长", "volunteer hours"), Unit: W("小时", "hours"), Sum: "hours"},
	},
	Fill: func(r *Record, c *Context) {
		day := VisitDate.Of(r)
		if o, ok := OccasionAt(day.First()); !ok && !day.IsZero() {
			fill(r, "occasion", Occasion{RoutineVisit, int(day.Year)})
		} else if ok {
			fill(r, "occasion", o)
		}
		if p := c.at(VisitPerson.Of(r)); p != nil {
			fill(r, "household", PersonHousehold.Of(p))
			if !day.IsZero() {
				fill(r, "cats_then", CategoriesOn(p, day))
			}
		}
		if rows := VisitGoods.Of(r); len(rows) > 0 {
			VisitGoods.Set(r, c.foldGoods(rows))
		}
		if givesAid(r) {
			fill(r, "receipt", "未签")
		}
	},
	Due:      visitDue,
	DueBack:  dueBack,
	DueOf:    func(r *Record) string { return VisitPerson.Of(r).ID },
	DueAbout: []string{"person", "household"},
	Check:    func(r *Record, _ *Context) Errors { return checkOrder(nil, r, "date", "next_date") },
	Follow:   needHeard,
	Paid:     givesAid,
	Settled:  signedFor, SettledBy: W("已签领", "is signed for"),
	Consent: func(r *Record) string {
		how, _ := One(r.Get("consent_pub"))["consent"].(string)
		return how
	},
})

// needHeard makes a need of what was asked for on a visit.
func needHeard(r, before *Record, c *Context) []*Record {
	need := c.needOf(r, before, VisitNeedText)
	if need == nil {
		return nil
	}
	NeedDate.Set(need, VisitDate.Of(r))
	NeedPerson.Set(need, VisitPerson.Of(r))
	NeedTopic.Set(need, cmp.Or(VisitNeedTopic.Of(r), "其他"))
	NeedOwner.Set(need, VisitNeedOwner.Of(r))
	if VisitSolvedNow.Of(r) {
		NeedState.Set(need, NeedSolved)
		NeedClosedOn.Set(need, VisitDate.Of(r))
		NeedResult.Set(need, "当场解决")
	}
	return []*Record{need}
}

// visitDue is when somebody is to be seen again, by whoever was there first.
func visitDue(r *Record, c *Context) []Due {
	p := c.at(VisitPerson.Of(r))
	if !VisitNextDate.Has(r) || p == nil || GoneBy(p, c.Today()) {
		return nil
	}
	d := Due{Key: "again", Day: VisitNextDate.Of(r), Words: W("再访", "see again")}
	if by := VisitVisitors.Of(r); len(by) > 0 {
		d.Who = by[0]
	}
	return []Due{d}
}

// RoutineVisit is the occasion of visits for no festival.
const RoutineVisit = "日常走访"

// givesAid says whether money or goods changed hands.
func givesAid(r *Record) bool { return VisitAmount.Of(r) > 0 || VisitGoods.Has(r) }

func actors(c *Context) any {
	if c.Actor.Staff == "" {
		return nil
	}
	return []Ref{c.actorRef()}
}

func noConsent(*Context) any { return []Row{{"consent": "无"}} }

// foldGoods writes the items of the vocabulary in their own word; others stay
// as typed, since what is given is not for a list to decide.
func (c *Context) foldGoods(rows []Row) []Row {
	out := make([]Row, len(rows))
	for i, row := range rows {
		out[i] = row
		item, _ := row["item"].(string)
		if word, err := c.Schema.Vocab("GOODS").Find(item); err == nil && word != item && !isDigits(item) {
			folded := Row{}
			for k, v := range row {
				folded[k] = v
			}
			folded["item"] = word
			out[i] = folded
		}
	}
	return out
}

// What code asks of a visit.
var (
	VisitDate      = handle[Date]("visit", "date")
	VisitOccasion  = handle[Occasion]("visit", "occasion")
	VisitPerson    = handle[Ref]("visit", "person")
	VisitHousehold = handle[Ref]("visit", "household")
	VisitCatsThen  = handle[[]string]("visit", "cats_then")
	VisitWay       = handle[string]("visit", "way")
	VisitVisitors  = handle[[]Ref]("visit", "visitors")
	VisitAmount    = handle[Money]("visit", "amount")
	VisitGoods     = handle[[]Row]("visit", "goods")
	VisitFund      = handle[string]("visit", "fund")
	VisitProxy     = handle[string]("visit", "proxy")
	VisitChange    = handle[string]("visit", "change")
	VisitReceipt   = handle[string]("visit", "receipt")
	VisitNeedText  = handle[string]("visit", "need_text")
	VisitNeedTopic = handle[string]("visit", "need_topic")
	VisitNeedOwner = handle[Ref]("visit", "need_owner")
	VisitSolvedNow = handle[bool]("visit", "solved_now")
	VisitNextDate  = handle[Date]("visit", "next_date")
)
