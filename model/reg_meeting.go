package model

import "strings"

// MeetingElsewhere is the type of meetings that somebody else called and we went to.
const MeetingElsewhere = "外出参会"

// Meeting 会议学习: a meeting, a lecture or a day of study, of the organisation
// that held it (三会一课, domain.md §9).
var Meeting = declare(&Register{
	Key: "meeting", Letter: "M", Words: W("会议学习", "Meeting"), Group: Behind, Shelf: ShelfMeetings, Rank: 200,
	Aliases: []string{"会议", "学习", "会议记录", "学习记录", "三会一课"}, DateField: "date",
	Title: func(r *Record, _ *Context) string {
		return strings.TrimSpace(MeetingType.Of(r) + " " + MeetingTopic.Of(r))
	},
	Views:    []View{{"strip", W("三会一课", "branch meetings"), W("各支部每种会议应开、已开、缺的，逐格打开或补登", "what every branch must hold, held and lacks, each cell to open or to enter")}},
	Doubts:   meetingDoubts,
	Parts:    []string{"type", "org", "programmes"},
	Headings: map[string]Words{"": W("会议学习", "Meetings")},
	Measures: []Measure{
		{Key: "meetings", Words: W("次数", "meetings"), Unit: W("次", "meetings")},
		{Key: "attendances", Words: W("到会人次", "attendances"), Unit: W("人次", "attendances"), Sum: "present"},
		{Key: "expected", Words: W("应到人次", "expected"), Unit: W("人次", "attendances"), Sum: "expected"},
		{Key: "hours", Words: W("学时", "hours"), Unit: W("学时", "hours"), Sum: "hours"},
	},
	Sentences: meetingSentences,
	Archive:   &Archive{Term: KeepForever, Each: true, By: "org", Title: []string{"type", "topic"}},
	Fields: []*Field{
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Section: W("会议", "The meeting"),
			Hint:    W("今 昨 0308 周三 2026上", "jt zt 0308 z3 2026H1"), Aliases: []string{"时间", "会议时间", "会议日期", "学习时间"}},
		{Key: "type", Words: W("类型", "Type"), Type: TypePick, Vocab: "MTYPE", Need: Required, Carry: true, Col: 2, Cells: 10,
			Hint: W("打首字母：dydh zwh dk", "initials: dydh zwh dk"), Aliases: []string{"会议类型", "类别"}},
		{Key: "org", Words: W("组织", "Organisation"), Type: TypeRef, Refs: []string{"org", "leading_group"}, Need: Required, Carry: true, Col: 5, Cells: 16,
			Hint: W("哪个支部、委员会、小组开的", "the branch, committee or group that met"), Aliases: []string{"支部", "召开单位", "党组织"}},
		{Key: "topic", Words: W("议题", "Topic"), Type: TypeText, Max: 120, Need: Required, Copy: true, Col: 3, Cells: 18,
			Aliases: []string{"主题", "会议名称", "内容", "学习内容"}},
		{Key: "slogan", Words: W("口号", "Slogan"), Type: TypeText, Max: 60, Hint: W("年初工作会提出的口号", "what the meeting called for")},
		{Key: "place", Words: W("地点", "Place"), Type: TypeRef, Refs: []string{"venue"}, OrText: true, Last: true, Like: []string{"org", "type"}, Carry: true,
			Hint: W("场地简拼，或直接写", "a venue's initials, or any text"), Aliases: []string{"会议地点"}},
		{Key: "chair", Words: W("主持人", "Chair"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Last: true, Like: []string{"org", "type"}, Carry: true,
			Section: W("人员", "People"), Aliases: []string{"主持"}},
		{Key: "recorder", Words: W("记录人", "Recorder"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Default: actor, Carry: true, Aliases: []string{"记录"}},
		{Key: "lecturer", Words: W("主讲人", "Lecturer"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Need: Either,
			When: func(r *Record) bool { return MeetingType.Of(r) == "党课" }, Why: W("类型是党课", "the type is Party lecture"), Aliases: []string{"授课人", "讲课人"}},
		{Key: "expected", Words: W("应到", "Expected"), Type: TypeInt, Need: Either, When: heldByUs, Why: W("会议是本社区开的", "the meeting was our own"),
			Last: true, Like: []string{"org", "type"}, Hint: W("有权参加的人数", "how many are entitled to take part"), Aliases: []string{"应到人数"}},
		{Key: "present", Words: W("实到", "Present"), Type: TypeInt, Need: Either, When: heldByUs, Why: W("会议是本社区开的", "the meeting was our own"), Col: 4, Cells: 5,
			Hint: W("空着：应到减缺席名单", "blank: those expected less the absent listed"), Aliases: []string{"实到人数", "到会人数", "参加人数"}},
		{Key: "rate", Words: W("到会率", "Turnout"), Type: TypeText, Col: 6, Cells: 7,
			Computed: func(r *Record, _ *Context) any {
				if !MeetingPresent.Has(r) {
					return nil
				}
				return Percent(MeetingPresent.Of(r), MeetingExpected.Of(r))
			}},
		{Key: "absent", Words: W("缺席名单", "Absent"), Type: TypeList, Class: Internal, Hint: W("张明 因病；李敏 因事", "name and reason, one a row"),
			Aliases: []string{"缺席", "请假"}, Sub: []*Field{
				{Key: "person", Words: W("姓名", "Name"), Type: TypeRef, Refs: []string{"person", "staff"}, OrText: true, Need: Required, Class: Personal, Mask: MaskName},
				{Key: "reason", Words: W("原因", "Reason"), Type: TypePick, Vocab: "ABS", Need: Required},
			}},
		{Key: "hours", Words: W("学时", "Hours"), Type: TypeDec, Copy: true, Hint: W("可带小数，例 1.5", "1.5")},
		{Key: "programmes", Words: W("品牌项目", "Programmes"), Type: TypePicks, Vocab: "PROG", Carry: true},
		{Key: "campaign", Words: W("主题教育", "Campaign"), Type: TypeRef, Refs: []string{"campaign"}, Carry: true},
		{Key: "summary", Words: W("内容摘要", "Summary"), Type: TypeNote, Class: Internal, Mask: MaskStory, Lint: true,
			Section: W("内容和决议", "Content and decisions"), Aliases: []string{"摘要", "会议内容"}},
		{Key: "decisions", Words: W("决议", "Decisions"), Type: TypeNote, Class: Internal, Mask: MaskStory, Lint: true, Aliases: []string{"议定事项", "会议决定"}},
		{Key: "votes", Words: W("表决", "Votes"), Type: TypeList, One: true, Class: Internal, Hint: W("赞成 反对 弃权：40 2 1", "for, against, abstained: 40 2 1"),
			Sub: []*Field{
				{Key: "yes", Words: W("赞成", "For"), Type: TypeInt, Need: Required},
				{Key: "no", Words: W("反对", "Against"), Type: TypeInt},
				{Key: "abstained", Words: W("弃权", "Abstained"), Type: TypeInt},
			}},
		{Key: "host", Words: W("主办单位", "Host"), Type: TypeText, Max: 60, Need: Either, When: heldElsewhere, Why: W("类型是外出参会", "the meeting was held elsewhere"),
			Section: W("外出参会", "Held elsewhere")},
		{Key: "level", Words: W("级别", "Level"), Type: TypePick, Vocab: "LEVEL", Hint: W("哪一级召开的", "of which level the host is")},
		{Key: "capacity", Words: W("参会身份", "Capacity"), Type: TypeText, Max: 40, Need: Either, When: heldElsewhere, Why: W("类型是外出参会", "the meeting was held elsewhere"),
			Hint: W("发言单位、列席、代表", "speaker, observer, delegate")},
	},
	Fill: func(r *Record, _ *Context) {
		absent, _ := r.Get("absent").([]Row)
		expected, ok := r.Get("expected").(int64)
		present, here := r.Get("present").(int64)
		switch n := expected - int64(len(absent)); {
		case ok && !here && len(absent) > 0 && n >= 0:
			r.Set("present", n)
		case here && !ok && heldElsewhere(r): // whom we sent is whom we meant to send
			r.Set("expected", present)
		}
	},
	Check: func(r *Record, _ *Context) Errors {
		errs := checkAtMost(nil, r, "present", "expected")
		present, here := r.Get("present").(int64)
		expected, ok := r.Get("expected").(int64)
		absent, _ := r.Get("absent").([]Row)
		if missing := expected - present; here && ok && missing >= 0 && int64(len(absent)) > missing {
			errs = refuse(errs, r, "absent", "缺席名单有%d人，应到%d人实到%d人，只缺%d人", "%d are listed as absent, but of %d expected %d came: %d are missing", len(absent), expected, present, missing)
		}
		if n := votesCast(r); here && n > present {
			errs = refuse(errs, r, "votes", "%d票多于实到%d人", "%d votes are more than the %d present", n, present)
		}
		return errs
	},
})

func heldElsewhere(r *Record) bool { return MeetingType.Of(r) == MeetingElsewhere }
func heldByUs(r *Record) bool      { return MeetingType.Has(r) && !heldElsewhere(r) }

// halfMissed says that it is known that not more than half of those entitled came.
func halfMissed(r *Record) bool {
	expected := MeetingExpected.Of(r)
	return expected > 0 && MeetingPresent.Has(r) && 2*MeetingPresent.Of(r) <= expected
}

// votesCast counts the votes of all three kinds.
func votesCast(r *Record) int64 {
	n := int64(0)
	for _, key := range []string{"yes", "no", "abstained"} {
		n += plain(One(r.Get("votes"))[key])
	}
	return n
}

// What code asks of a meeting.
var (
	MeetingDate     = handle[Date]("meeting", "date")
	MeetingType     = handle[string]("meeting", "type")
	MeetingOrg      = handle[Ref]("meeting", "org")
	MeetingTopic    = handle[string]("meeting", "topic")
	MeetingSlogan   = handle[string]("meeting", "slogan")
	MeetingLecturer = handle[Ref]("meeting", "lecturer")
	MeetingExpected = handle[int64]("meeting", "expected")
	MeetingPresent  = handle[int64]("meeting", "present")
	MeetingAbsent   = handle[[]Row]("meeting", "absent")
	MeetingCampaign = handle[Ref]("meeting", "campaign")
	MeetingHost     = handle[string]("meeting", "host")
	MeetingCapacity = handle[string]("meeting", "capacity")
)
