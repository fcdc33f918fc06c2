package model

import "strings"

// Petition 来信来访: what somebody wrote, called or came about, and the clock of
// the answer (信访工作条例, 2022). Who it came from and what was asked is for the
// person who handles it.
var Petition = declare(&Register{
	Key: "petition", Letter: "PT", Words: W("来信来访", "Petition"), Group: Behind, Shelf: ShelfPetitions, Rank: 260,
	Aliases: []string{"信访", "信访登记", "来信来访登记", "群众来访"}, DateField: "date",
	Title: func(r *Record, _ *Context) string {
		return strings.TrimSpace(PetitionKind.Of(r) + " " + PetitionTopic.Of(r))
	},
	Handlers:   func(r *Record) []Ref { return []Ref{PetitionOwner.Of(r)} },
	Restricted: isAccusation,
	Veil:       "request",
	Doubts:     petitionDoubts,
	Related: []Related{{Key: "needs", Words: W("由此登记的需求", "Needs entered from it"), Register: "need", Field: "source",
		Columns: []string{"date", "text", "state", "owner", "due", "closed_on"}}},
	Archive: &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "no", Cover: true, Words: W("编号", "No."), Type: TypeText, Max: 20, Auto: true},
		{Key: "date", Cover: true, Words: W("收到日期", "Received"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Section: W("登记", "Receipt"), Hint: W("收到当日登记；今 昨 0308", "registered on receipt; jt zt 0308"), Aliases: []string{"日期", "来访日期", "登记日期", "受理日期"}},
		{Key: "channel", Words: W("渠道", "Channel"), Type: TypePick, Vocab: "PCH", Need: Required, Default: always("来访"), Carry: true, Col: 7, Cells: 8,
			Aliases: []string{"信访渠道", "来源"}},
		{Key: "kind", Cover: true, Words: W("类别", "Kind"), Type: TypePick, Vocab: "PKIND", Need: Required, Col: 2, Cells: 8,
			Hint: W("检举控告只有承办人看得到", "accusations are seen by the handler only"), Aliases: []string{"信访类别"}},
		{Key: "topic", Words: W("归类", "Topic"), Type: TypePick, Vocab: "TOPIC", Need: Required, Col: 3, Cells: 8, Class: Internal, Aliases: []string{"问题归类"}},
		{Key: "persons", Words: W("人数", "Persons"), Type: TypeInt, Min: 1, Most: 100_000, Default: always(int64(1)), Class: Internal,
			Hint: W("5人以上为群访", "five or more: a group petition")},
		{Key: "group", Words: W("群访", "Group"), Type: TypeBool, Class: Internal, Aliases: []string{"集体访"},
			Computed: func(r *Record, _ *Context) any { return ofGroup(r) }},
		{Key: "repeat", Words: W("重复信访", "Repeated"), Type: TypeBool, Class: Internal},
		{Key: "petitioner", Words: W("信访人", "Petitioner"), Type: TypeText, Max: 60, Class: Handler, Mask: MaskHandler, Alone: true,
			Hint: W("空着是匿名", "blank: anonymous"), Aliases: []string{"来访人", "姓名", "反映人"}},
		{Key: "phone", Words: W("联系电话", "Phone"), Type: TypeText, Max: 20, Tidy: tidyPhone, Class: Handler, Mask: MaskHandler, Alone: true, Aliases: []string{"电话"}},
		{Key: "address", Words: W("住址", "Address"), Type: TypeText, Max: 80, Class: Handler, Mask: MaskHandler, Alone: true, Aliases: []string{"家庭住址"}},
		{Key: "request", Words: W("诉求内容", "Request"), Type: TypeNote, Need: Required, Class: Handler, Mask: MaskHandler, Aliases: []string{"反映内容", "内容", "诉求", "主要诉求"}},
		{Key: "accused", Words: W("被反映人", "Complained of"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Class: Handler, Mask: MaskHandler,
			Need: Either, When: isAccusation, Why: W("类别是检举控告", "the kind is accusation"),
			Hint: W("不能由本人承办（条例第三十条）", "never handles it (Art. 30)"), Aliases: []string{"被举报人"}},

		{Key: "receiver", Words: W("接待人", "Received by"), Type: TypeRef, Refs: []string{"staff"}, Default: actor, Class: Internal, Section: W("办理", "Handling"),
			Aliases: []string{"登记人"}},
		{Key: "way", Cover: true, Words: W("处理方式", "Way"), Type: TypePick, Vocab: "PWAY", Need: Required, Default: always(PetitionOwn), Class: Internal},
		{Key: "owner", Words: W("承办人", "Handled by"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Default: actor, Class: Internal, Col: 5, Cells: 8,
			Aliases: []string{"责任人", "负责人"}},
		{Key: "passed_to", Words: W("转送单位", "Passed to"), Type: TypeText, Max: 60, Class: Internal, Need: Either, When: passedOn,
			Why: W("处理方式是转送或上报", "it was transferred or reported up"), Aliases: []string{"转办单位"}},
		{Key: "noticed_on", Words: W("书面告知日期", "Notice given"), Type: TypeDate, Class: Internal,
			Hint: W("15日内告知受理或转送（第二十二条）", "in 15 days, of acceptance or transfer (Art. 22)"), Aliases: []string{"告知日期"}},
		{Key: "objected_on", Cover: true, Words: W("转办异议日期", "Referral objected"), Type: TypeDate, Class: Internal,
			Hint: W("5个工作日内（周末除外，节假日未计）", "in 5 working days (weekends out, public holidays not)")},
		{Key: "notice_due", Words: W("告知期限", "Notice due"), Type: TypeDate, Auto: true, Class: Internal},
		{Key: "due", Cover: true, Words: W("办结期限", "Due"), Type: TypeDate, Need: Required, Class: Internal, Col: 6, Cells: 10,
			Hint: W("空着按设置，最长60天（第三十四条）", "blank: by the settings, at most 60 days (Art. 34)"), Aliases: []string{"期限", "办理期限"}},
		{Key: "extended_to", Cover: true, Words: W("延期至", "Extended to"), Type: TypeDate, Class: Internal, Hint: W("最多再延30天，须批准并告知", "at most 30 days more, approved and told")},
		{Key: "extended_by", Words: W("延期批准人", "Extension approved by"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Class: Internal,
			Need: Either, When: isExtended, Why: W("办理期限延长了", "the time was extended")},
		{Key: "extended_why", Words: W("延期理由", "Reason of extension"), Type: TypeText, Class: Internal, Alone: true,
			Need: Either, When: isExtended, Why: W("办理期限延长了", "the time was extended")},
		{Key: "extended_told", Words: W("延期告知日期", "Extension told on"), Type: TypeDate, Class: Internal,
			Need: Either, When: isExtended, Why: W("办理期限延长了", "the time was extended")},
		{Key: "action", Words: W("办理措施", "Action"), Type: TypeNote, Class: Internal, Mask: MaskStory, Need: Either, When: petitionClosed, Why: W("已办结", "it is closed"),
			Hint: W("不写姓名、住址", "without names and addresses"), Aliases: []string{"措施", "办理情况"}},
		{Key: "replied_on", Cover: true, Words: W("答复日期", "Replied on"), Type: TypeDate, Class: Internal, Need: Either, When: petitionClosed, Why: W("已办结", "it is closed"),
			Aliases: []string{"办结日期"}},
		{Key: "closed", Cover: true, Words: W("办结", "Closed"), Type: TypeBool},
		{Key: "status", Words: W("办理状态", "Status"), Type: TypePick, Vocab: "PSTATUS", Col: 4, Cells: 8, Aliases: []string{"状态"},
			Computed: func(r *Record, c *Context) any { return PetitionStatus(r, c.Today()) }},
		{Key: "reviews", Words: W("复查、复核", "Reviews"), Type: TypeList, Class: Internal,
			Hint: W("复查 2026-08-01 街道办 2026-08-20", "review 2026-08-01 street office 2026-08-20"), Sub: []*Field{
				{Key: "stage", Words: W("环节", "Stage"), Type: TypePick, Vocab: "PREVIEW", Need: Required},
				{Key: "asked", Words: W("申请日期", "Asked on"), Type: TypeDate, Need: Required},
				{Key: "body", Words: W("复查复核机关", "By"), Type: TypeText, Max: 40},
				{Key: "answered", Words: W("答复日期", "Answered on"), Type: TypeDate},
			}},
		{Key: "revisit_on", Words: W("回访日期", "Follow-up"), Type: TypeDate, Class: Internal, Section: W("回访", "Follow-up"), Aliases: []string{"回访"}},
		{Key: "satisfaction", Words: W("满意度", "Satisfaction"), Type: TypePick, Vocab: "SAT"},
		{Key: "lead_official", Words: W("包案领导", "Leading official"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Class: Internal},
		{Key: "need_text", Words: W("转为需求", "Becomes a need"), Type: TypeNote, Class: Sensitive, Mask: MaskStory, Alone: true,
			Hint: W("要办的事，不写是谁说的；自动登记一条需求", "what is to be done, not who asked; enters a need")},
	},
	Parts:    []string{"kind", "channel", "way", "topic"},
	Headings: map[string]Words{"": W("来信来访", "Petitions")},
	Measures: []Measure{
		{Key: "received", Words: W("受理", "received"), Unit: W("件", "petitions")},
		{Key: "closed", Words: W("办结", "closed"), Unit: W("件", "petitions"), Of: "received", Share: W("办结率", "closed"),
			Amount: func(r *Record, _ *Context) int64 { return one(petitionClosed(r)) }},
		{Key: "overdue", Words: W("逾期", "overdue"), Unit: W("件", "petitions"), Amount: func(r *Record, c *Context) int64 { return one(PetitionLate(r, c.Today())) }},
		{Key: "passed", Words: W("转送", "passed on"), Unit: W("件", "petitions"), Amount: func(r *Record, _ *Context) int64 { return one(passedOn(r)) }},
		{Key: "content", Words: W("满意", "satisfied"), Unit: W("件", "petitions"), Amount: func(r *Record, _ *Context) int64 { return one(satisfied(PetitionSatisfaction.Of(r))) }},
		{Key: "days", Words: W("办理天数", "days taken"), Unit: W("天", "days"), Told: true, // of all that are closed: by their number, the mean
			Amount: func(r *Record, _ *Context) int64 {
				if !petitionClosed(r) {
					return 0
				}
				return int64(PetitionDate.Of(r).DaysUntil(PetitionRepliedOn.Of(r)))
			}},
		{Key: "group", Words: W("群访", "group petitions"), Unit: W("批", "group petitions"), Amount: func(r *Record, _ *Context) int64 { return one(ofGroup(r)) }},
		{Key: "persons", Words: W("人次", "persons"), Unit: W("人次", "persons"), Sum: "persons"},
	},
	// The notice is owed to nobody whose name is unknown (Art. 22), nor for what is
	// solved on the spot.
	Fill: func(r *Record, c *Context) {
		r.Set("no", r.ID)
		if anonymous[PetitionPetitioner.Of(r)] {
			r.Set("petitioner", nil)
		}
		if PetitionRepliedOn.Has(r) { // old books have the day of the answer and no tick
			fill(r, "closed", true)
		}
		day := PetitionDate.Of(r)
		if day.IsZero() {
			return
		}
		limits := c.Schema.Deadlines()
		r.Set("notice_due", nil)
		if PetitionPetitioner.Has(r) && PetitionWay.Of(r) != "当场" {
			r.Set("notice_due", day.AddDays(limits.NoticeDays()))
		}
		fill(r, "due", day.AddDays(limits.CloseDays(PetitionKind.Of(r))))
	},
	Check:    checkPetition,
	Follow:   needOfPetition,
	Due:      petitionDue,
	DueBack:  800,
	DueAbout: []string{"kind", "topic"},
})

// groupPetition 群访 is from how many persons a petition is one of a group.
const groupPetition = 5

// PetitionOwn 自办 is the way of what the office handles itself.
const PetitionOwn = "自办"

func ofGroup(r *Record) bool        { return PetitionPersons.Of(r) >= groupPetition }
func isAccusation(r *Record) bool   { return PetitionKind.Of(r) == Accusation }
func petitionClosed(r *Record) bool { return PetitionClosed.Of(r) }
func isExtended(r *Record) bool     { return PetitionExtendedTo.Has(r) }
func passedOn(r *Record) bool       { return contains([]string{"转送", "上报"}, PetitionWay.Of(r)) }

// checkPetition holds the bounds of 信访工作条例: 60 days (Art. 34), 30 more, and
// that nobody handles what is said against him (Art. 30).
func checkPetition(r *Record, c *Context) Errors {
	var errs Errors
	for _, later := range []string{"due", "noticed_on", "objected_on", "replied_on"} {
		errs = checkOrder(errs, r, "date", later)
	}
	errs = checkOrder(checkOrder(errs, r, "replied_on", "revisit_on"), r, "due", "extended_to")
	day, due := PetitionDate.Of(r), PetitionDue.Of(r)
	if last := day.AddDays(MostCloseDays); !day.IsZero() && due.After(last) {
		errs = refuse(errs, r, "due", "最晚 %s：收到起60天内办结；情况复杂的请填“延期至”", "at the latest %s: closed within 60 days; if it takes longer, fill in the extension", last)
	}
	if last := due.AddDays(MostExtension); !due.IsZero() && PetitionExtendedTo.Of(r).After(last) {
		errs = refuse(errs, r, "extended_to", "最多延长30天，到 %s", "extended by 30 days at most, to %s", last)
	}
	if against := PetitionAccused.Of(r); !against.IsZero() {
		for _, key := range []string{"owner", "receiver", "lead_official"} {
			if who, _ := r.Get(key).(Ref); !who.IsZero() && (who == against || c.NameOf(who) == c.NameOf(against)) {
				errs = refuse(errs, r, key, "被反映的人不能经手（信访工作条例第三十条）", "the person complained of must not handle it (Art. 30)")
			}
		}
	}
	if isAccusation(r) && PetitionNeedText.Has(r) {
		errs = refuse(errs, r, "need_text", "检举控告不转为需求：需求大家都看得到", "an accusation becomes no need: needs are seen by everybody")
	}
	rows := PetitionReviews.Of(r)
	for i, row := range rows {
		asked, _ := row["asked"].(Date)
		if answered, ok := row["answered"].(Date); ok && answered.Before(asked) {
			errs = refuse(errs, r, "reviews", "第%d行的答复早于申请", "row %d is answered before it was asked", i+1)
		}
		if on := PetitionRepliedOn.Of(r); on.IsZero() || asked.Before(on) {
			errs = refuse(errs, r, "reviews", "第%d行：答复以后才能申请复查", "row %d: a review comes after the reply", i+1)
		}
	}
	return errs
}

// petitionDoubts asks about rights that lapsed: a record tells what happened, so
// it is not refused.
func petitionDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	d.future("date")
	d.future("replied_on")
	if last := objectBy(r); PetitionObjectedOn.Of(r).After(last) {
		d.add([]string{"objected_on"}, nil, "转办异议应在5个工作日内提出，最晚 %s", "a referral is objected to within 5 working days, by %s", last)
	}
	for i, row := range PetitionReviews.Of(r) {
		asked, _ := row["asked"].(Date)
		if last := PetitionRepliedOn.Of(r).AddDays(reviewDays); i == 0 && PetitionRepliedOn.Has(r) && asked.After(last) {
			d.add([]string{"reviews"}, nil, "复查应在收到答复30天内申请，最晚 %s", "a review is asked for within 30 days of the reply, by %s", last)
		}
	}
	return d.list
}

// needOfPetition makes a need of what a petition asks to be done.
func needOfPetition(r, before *Record, c *Context) []*Record {
	need := c.needOf(r, before, PetitionNeedText)
	if need == nil {
		return nil
	}
	NeedDate.Set(need, PetitionDate.Of(r))
	NeedTopic.Set(need, PetitionTopic.Of(r))
	NeedOwner.Set(need, PetitionOwner.Of(r))
	NeedDue.Set(need, PetitionDue.Of(r))
	return []*Record{need}
}

// anonymous is what is written where the petitioner gave no name.
var anonymous = map[string]bool{"匿名": true, "无名": true, "不详": true, "anonymous": true}

// What code asks of a petition.
var (
	PetitionDate         = handle[Date]("petition", "date")
	PetitionChannel      = handle[string]("petition", "channel")
	PetitionKind         = handle[string]("petition", "kind")
	PetitionTopic        = handle[string]("petition", "topic")
	PetitionPersons      = handle[int64]("petition", "persons")
	PetitionPetitioner   = handle[string]("petition", "petitioner")
	PetitionRequest      = handle[string]("petition", "request")
	PetitionAccused      = handle[Ref]("petition", "accused")
	PetitionWay          = handle[string]("petition", "way")
	PetitionOwner        = handle[Ref]("petition", "owner")
	PetitionNoticedOn    = handle[Date]("petition", "noticed_on")
	PetitionObjectedOn   = handle[Date]("petition", "objected_on")
	PetitionNoticeDue    = handle[Date]("petition", "notice_due")
	PetitionDue          = handle[Date]("petition", "due")
	PetitionExtendedTo   = handle[Date]("petition", "extended_to")
	PetitionRepliedOn    = handle[Date]("petition", "replied_on")
	PetitionClosed       = handle[bool]("petition", "closed")
	PetitionReviews      = handle[[]Row]("petition", "reviews")
	PetitionSatisfaction = handle[string]("petition", "satisfaction")
	PetitionNeedText     = handle[string]("petition", "need_text")
)
