package model

// The states of an activity (vocabulary HELD).
const (
	HeldPlanned   = "计划"
	HeldDone      = "已举办"
	HeldCancelled = "取消"
)

// Activity 活动: an event the community held or took part in. It is entered
// once; every line of work and programme it is tagged with counts it.
var Activity = declare(&Register{
	Key: "activity", Letter: "A", Words: W("活动", "Activity"), Group: Front, Rank: 10,
	Aliases: []string{"活动台账", "活动记录", "event"}, NameField: "title", DateField: "date",
	Doubts: activityDoubts, Sentences: activitySentences,
	Related: []Related{{Key: "commendations", Words: W("表彰", "Commendations"), Register: "commendation", Field: "activity",
		Columns: []string{"title", "n", "unit", "roster"}}},
	Plausible: []Plausible{{"attendances", "events", 5, 2000, W("平均每场人次在5至2000之外", "on average outside of 5 to 2,000 at an event")}},
	Counts:    func(r *Record) bool { return ActivityHeld.Of(r) == HeldDone },
	Parts:     []string{"programmes", "lines", "role", "level"},
	Open:      []string{"programmes", "lines", "role", "level"},
	Headings:  map[string]Words{"": W("活动", "Activities"), "programmes": W("品牌项目", "by programme"), "lines": W("条线", "by line of work"), "role": W("我方角色", "by role")},
	Measures: []Measure{
		{Key: "events", Label: W("合计", "total"), Words: W("场次", "events"), Unit: W("场", "events")},
		{Key: "attendances", Label: W("合计", "total"), Words: W("人次", "attendances"), Unit: W("人次", "attendances"), Sum: "attend_total"},
		{Key: "persons", Minor: true, Words: W("人数", "persons"), Unit: W("人", "persons"),
			Distinct: func(r *Record, _ *Context) []string { return refKeys(ActivityRoster.Of(r)...) },
			Whole: func(r *Record, _ *Context) Words {
				if int64(len(ActivityRoster.Of(r))) < ActivityAttendTotal.Of(r) {
					return W("名单不全，不能统计人数", "the roster is not complete: persons cannot be counted")
				}
				return Words{}
			}},
		{Key: "youth", Minor: true, Words: W("青少年人次", "youth"), Unit: W("人次", "attendances"), Sum: "attend_youth"},
		{Key: "elderly", Minor: true, Words: W("老人人次", "elderly"), Unit: W("人次", "attendances"), Sum: "attend_elderly"},
		{Key: "volunteers", Minor: true, Topic: Volunteers, Words: W("志愿人次", "volunteers"), Unit: W("人次", "attendances"), Sum: "attend_volunteer"},
		{Key: "volunteer_persons", Minor: true, Topic: Volunteers, Words: W("志愿者人数", "volunteer persons"), Unit: W("人", "persons"),
			Distinct: volunteerKeys, Whole: volunteersUnnamed},
		{Key: "volunteer_hours", Minor: true, Topic: Volunteers, Words: W("志愿时长", "volunteer hours"), Unit: W("小时", "hours"), Sum: "volunteer_hours"},
		{Key: "cost", Minor: true, Words: W("经费", "cost"), Unit: W("元", "yuan"), Sum: "cost"},
	},
	Archive: &Archive{Term: Keep10, Each: true},
	Fields: []*Field{
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Section: W("基本情况", "Basics"),
			Hint:    W("今 昨 0308 周三 春节 2026上", "jt zt 0308 z3 春节 2026H1"), Aliases: []string{"活动时间", "开展时间", "活动日期", "时间", "举办时间"}},
		{Key: "time_from", Words: W("开始时间", "Time from"), Type: TypeTime, Copy: true, Hint: W("9点半 或 0930", "9:30 or 0930")},
		{Key: "time_to", Words: W("结束时间", "Time to"), Type: TypeTime, Copy: true, Hint: W("11点 或 1100", "11:00 or 1100")},
		{Key: "title", Words: W("名称", "Title"), Type: TypeText, Copy: true, Max: 80, Need: Required, Col: 2, Cells: 28,
			Hint: W("庆七一文艺演出", "what it was called"), Aliases: []string{"活动名称", "活动主题", "主题", "标题"}},
		{Key: "lines", Words: W("条线", "Lines of work"), Type: TypePicks, Vocab: "LINE", Need: Required, Carry: true, Col: 4, Cells: 12,
			Hint: W("可选几个：dj wt", "several are possible: dj, wt"), Aliases: []string{"工作条线", "分类", "类别"}},
		{Key: "programmes", Words: W("品牌项目", "Programmes"), Type: TypePicks, Vocab: "PROG", Carry: true, Aliases: []string{"品牌", "所属项目"}},
		{Key: "form", Words: W("形式", "Form"), Type: TypePick, Vocab: "FORM", Carry: true, Aliases: []string{"活动形式"}},
		{Key: "role", Words: W("我方角色", "Our role"), Type: TypePick, Copy: true, Vocab: "ROLE", Need: Required, Default: always("主办"), Col: 5, Cells: 8,
			Aliases: []string{"角色"}},
		{Key: "host", Words: W("主办单位", "Host"), Type: TypeText, Copy: true, Last: true, Like: []string{"role"}, Max: 60, Need: Either,
			When: func(r *Record) bool {
				role := ActivityRole.Of(r)
				return role != "" && role != "主办" && role != "接待"
			},
			Why: W("我方不是主办", "the role is not host")},
		{Key: "level", Words: W("级别", "Level"), Type: TypePick, Copy: true, Vocab: "LEVEL", Default: always("社区")},
		{Key: "key_event", Words: W("重点活动", "Key event"), Type: TypeBool, Copy: true, Hint: W("写进总结的活动填“是”", "yes for what belongs in the summary")},
		{Key: "scale", Words: W("大型活动", "Large"), Type: TypeBool, Copy: true},
		{Key: "edition", Words: W("届次", "Edition"), Type: TypeText, Alone: true, Max: 40, Hint: W("第四届", "fourth")},
		{Key: "sponsor", Words: W("冠名", "Sponsor"), Type: TypeText, Copy: true, Max: 40},
		{Key: "venue", Words: W("地点", "Venue"), Type: TypeRef, Last: true, Like: []string{"form", "programmes"}, Refs: []string{"venue"}, OrText: true, Need: Required, Carry: true,
			Section: W("地点和人数", "Place and people"), Hint: W("场地简拼，或直接写", "a venue's initials, or any text"),
			Aliases: []string{"活动地点", "举办地点", "场地"}},
		{Key: "audience", Words: W("参加对象", "Audience"), Type: TypePicks, Last: true, Like: []string{"form", "programmes"}, Vocab: "AUD", Carry: true, Aliases: []string{"对象", "活动对象", "参与对象"}},
		{Key: "attend_total", Words: W("人次", "Attendances"), Type: TypeInt, Need: Either, Col: 3, Cells: 6,
			When: func(r *Record) bool { return ActivityHeld.Of(r) == HeldDone },
			Why:  W("活动已举办", "the activity was held"), Hint: W("45 或 1.2万", "45"),
			Aliases: []string{"参加人数", "参与人数", "活动人数", "人数", "参加人次", "参与人次"}},
		{Key: "attend_party", Words: W("党员人次", "Members"), Type: TypeInt, Hint: W("与非党员合计等于人次", "with others: the total"), Aliases: []string{"党员", "党员人数"}},
		{Key: "attend_other", Words: W("非党员人次", "Others"), Type: TypeInt, Hint: W("空着自动算", "blank: computed"), Aliases: []string{"非党员", "群众人数"}},
		{Key: "attend_youth", Words: W("青少年人次", "Youth"), Type: TypeInt, Hint: W("可与老人、志愿者重叠", "may overlap"), Aliases: []string{"青少年人数"}},
		{Key: "attend_elderly", Words: W("老人人次", "Elderly"), Type: TypeInt, Aliases: []string{"老年人次", "老人人数"}},
		{Key: "attend_volunteer", Words: W("志愿者人次", "Volunteers"), Type: TypeInt, Aliases: []string{"志愿者人数"}},
		{Key: "volunteer_hours", Words: W("志愿时长", "Volunteer hours"), Type: TypeDec, Hint: W("合计小时，可带小数", "hours in total")},
		{Key: "roster", Words: W("名单", "Roster"), Type: TypeRefs, Refs: []string{"person"}, Class: Personal, Mask: MaskName,
			Hint: W("有名单才能统计人数", "needed to count persons")},
		{Key: "guardian_ok", Words: W("监护人同意", "Guardian consent"), Type: TypeBool, Class: Internal,
			Hint: W("名单有未满14岁者必填", "required when someone under 14 is on the roster")},
		{Key: "owner", Words: W("负责人", "In charge"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Default: actor, Carry: true, Col: 7, Cells: 8,
			Section: W("人员和经费", "People and money"), Aliases: []string{"活动负责人"}},
		{Key: "recorder", Words: W("记录人", "Recorder"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Auto: true},
		{Key: "partners", Words: W("合作单位", "Partners"), Type: TypeRefs, Copy: true, Refs: []string{"partner"}, Aliases: []string{"共建单位", "协办单位"}},
		{Key: "teams", Words: W("参加队伍", "Teams"), Type: TypeRefs, Copy: true, Refs: []string{"team"}, Aliases: []string{"队伍"}},
		{Key: "occasion", Words: W("节日", "Occasion"), Type: TypePick, Vocab: "OCC", Carry: true, Aliases: []string{"节庆", "场合"}},
		{Key: "campaign", Words: W("主题教育", "Campaign"), Type: TypeRef, Copy: true, Refs: []string{"campaign"}},
		{Key: "plans", Words: W("计划项目", "Plan items"), Type: TypeRefs, Refs: []string{"plan"}, Class: Internal, Hint: W("空着：按条线和名称自动对应", "blank: found by line of work and title"),
			Aliases: []string{"工作计划"}},
		{Key: "cost", Words: W("经费", "Cost"), Type: TypeMoney, Need: Either,
			When: func(r *Record) bool { return r.Get("cost_source") != nil }, Why: W("填了经费来源", "a source is given"),
			Hint: W("500 或 1,234.50", "500 or 1,234.50"), Aliases: []string{"金额", "活动经费", "支出", "费用", "经费（元）"}},
		{Key: "cost_source", Words: W("经费来源", "Source of funds"), Type: TypePick, Copy: true, Last: true, Like: []string{"form", "programmes"}, Vocab: "COST", Need: Either,
			When: func(r *Record) bool { return r.Get("cost") != nil }, Why: W("填了经费", "a cost is given"), Aliases: []string{"来源"}},
		{Key: "summary", Words: W("内容摘要", "Summary"), Type: TypeNote, Class: Internal, Mask: MaskStory, Lint: true,
			Section: W("内容和结果", "Content and results"), Aliases: []string{"摘要", "内容", "活动内容", "主要内容"}},
		{Key: "results", Words: W("成果", "Results"), Type: TypeList, Hint: W("4 户 五好家庭；9 人", "4 户 五好家庭; 9 人"),
			Sub: []*Field{
				{Key: "n", Words: W("数量", "Number"), Type: TypeInt},
				{Key: "unit", Words: W("单位", "Unit"), Type: TypeText, Max: 10},
				{Key: "label", Words: W("说明", "Label"), Type: TypeText, Max: 60},
			}},
		{Key: "visitors", Words: W("来访单位", "Visitors"), Type: TypeText, Max: 60, Need: Either,
			When: func(r *Record) bool { return ActivityRole.Of(r) == "接待" }, Why: W("我方角色是接待", "the role is receive")},
		{Key: "region", Words: W("来访地域", "From where"), Type: TypeText, Copy: true, Max: 60, Hint: W("外省、邻街道", "another province, a neighbouring street")},
		{Key: "evidence", Words: W("照片或材料号", "Evidence no."), Type: TypeText, Alone: true, Max: 60, Class: Internal, Aliases: []string{"照片", "材料号", "佐证"}},
		{Key: "held", Words: W("状态", "Status"), Type: TypePick, Vocab: "HELD", Need: Required, Col: 6, Cells: 6,
			Hint: W("空着按日期定", "blank: by the date")},
	},
	Fill: func(r *Record, c *Context) {
		fill(r, "recorder", c.actorRef())
		if d := ActivityDate.Of(r); !d.IsZero() {
			held := HeldDone
			if d.First().After(c.Today()) {
				held = HeldPlanned
			}
			fill(r, "held", held)
		}
		total, hasTotal := r.Get("attend_total").(int64)
		party, hasParty := r.Get("attend_party").(int64)
		other, hasOther := r.Get("attend_other").(int64)
		switch {
		case hasTotal && hasParty && !hasOther && party <= total:
			r.Set("attend_other", total-party)
		case hasTotal && hasOther && !hasParty && other <= total:
			r.Set("attend_party", total-other)
		case hasParty && hasOther && !hasTotal:
			r.Set("attend_total", party+other)
		}
	},
	Check: func(r *Record, c *Context) Errors {
		errs := checkOrder(nil, r, "time_from", "time_to")
		total, hasTotal := r.Get("attend_total").(int64)
		party, hasParty := r.Get("attend_party").(int64)
		other, hasOther := r.Get("attend_other").(int64)
		if hasTotal && hasParty && hasOther && party+other != total {
			errs = refuse(errs, r, "attend_total", "人次%d不等于党员%d加非党员%d", "%d is not the sum of %d members and %d others", total, party, other)
		} else {
			errs = checkAtMost(checkAtMost(errs, r, "attend_party", "attend_total"), r, "attend_other", "attend_total")
		}
		for _, key := range []string{"attend_youth", "attend_elderly", "attend_volunteer"} {
			errs = checkAtMost(errs, r, key, "attend_total")
		}
		if !ActivityGuardianOK.Of(r) && c.holdsChild(ActivityRoster.Of(r), ActivityDate.Of(r)) {
			errs = refuse(errs, r, "guardian_ok", "名单里有未满14岁的人，须先取得监护人同意", "someone under 14 is on the roster; a guardian must have agreed")
		}
		return errs
	},
})

// volunteerKeys names the volunteers of an event: those on the roster where all
// who came were volunteers.
func volunteerKeys(r *Record, _ *Context) []string {
	if ActivityAttendVolunteer.Of(r) == 0 {
		return nil
	}
	return refKeys(ActivityRoster.Of(r)...)
}

// volunteersUnnamed names the event that had volunteers of whom no roster says
// who they were: one with other people on it does not tell them apart.
func volunteersUnnamed(r *Record, _ *Context) Words {
	n := ActivityAttendVolunteer.Of(r)
	if n == 0 || n == ActivityAttendTotal.Of(r) && int64(len(ActivityRoster.Of(r))) >= n {
		return Words{}
	}
	return Sayf("“%s”没有志愿者的完整名单，不能统计志愿者人数", "%q has no complete roster of its volunteers: they cannot be counted as persons", ActivityTitle.Of(r))
}

// childAge is below what age a guardian's consent is needed (个人信息保护法 31).
const childAge = 14

// holdsChild says whether anyone on the roster is known to be a child that day.
func (c *Context) holdsChild(roster []Ref, day Date) bool {
	for _, ref := range roster {
		if p := c.at(ref); p != nil && PersonBirth.Has(p) {
			if age := AgeOn(PersonBirth.Of(p), day.First()); age >= 0 && age < childAge {
				return true
			}
		}
	}
	return false
}

// What code asks of an activity.
var (
	ActivityDate            = handle[Date]("activity", "date")
	ActivityTitle           = handle[string]("activity", "title")
	ActivityLines           = handle[[]string]("activity", "lines")
	ActivityProgrammes      = handle[[]string]("activity", "programmes")
	ActivityForm            = handle[string]("activity", "form")
	ActivityRole            = handle[string]("activity", "role")
	ActivityHost            = handle[string]("activity", "host")
	ActivityLevel           = handle[string]("activity", "level")
	ActivityKeyEvent        = handle[bool]("activity", "key_event")
	ActivityScale           = handle[bool]("activity", "scale")
	ActivityVenue           = handle[Ref]("activity", "venue")
	ActivityAudience        = handle[[]string]("activity", "audience")
	ActivityAttendTotal     = handle[int64]("activity", "attend_total")
	ActivityAttendVolunteer = handle[int64]("activity", "attend_volunteer")
	ActivityVolunteerHours  = handle[Dec]("activity", "volunteer_hours")
	ActivityRoster          = handle[[]Ref]("activity", "roster")
	ActivityGuardianOK      = handle[bool]("activity", "guardian_ok")
	ActivityOwner           = handle[Ref]("activity", "owner")
	ActivityRecorder        = handle[Ref]("activity", "recorder")
	ActivityPartners        = handle[[]Ref]("activity", "partners")
	ActivityTeams           = handle[[]Ref]("activity", "teams")
	ActivityOccasion        = handle[string]("activity", "occasion")
	ActivityPlans           = handle[[]Ref]("activity", "plans")
	ActivityCost            = handle[Money]("activity", "cost")
	ActivitySummary         = handle[string]("activity", "summary")
	ActivityResults         = handle[[]Row]("activity", "results")
	ActivityVisitors        = handle[string]("activity", "visitors")
	ActivityRegion          = handle[string]("activity", "region")
	ActivityHeld            = handle[string]("activity", "held")
)
