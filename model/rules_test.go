package model

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestActivityFill(t *testing.T) {
	d := newDesk(t)
	r := d.add(Activity, "title", "庆三八", "lines", "fnet", "venue", "广场", "attend_total", "45", "attend_party", "12")
	for key, want := range map[string]any{
		"date": onDay("2027-03-10"), "role": "主办", "level": "社区", "held": HeldDone,
		"owner": Ref{ID: d.Actor.Staff}, "recorder": Ref{ID: d.Actor.Staff}, "attend_other": int64(33), "venue": Ref{Text: "广场"},
	} {
		if got := r.Get(key); !Equal(got, want) {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	if ActivityVenue.Has(r) && r.Get("host") != nil {
		t.Error("the host is left blank when we are it")
	}
	plan := d.add(Activity, "title", "庆七一", "lines", "dj", "venue", "广场", "date", "2027-07-01")
	if ActivityHeld.Of(plan) != HeldPlanned {
		t.Errorf("a coming activity is %s", ActivityHeld.Of(plan))
	}
	sum := d.add(Activity, "title", "讲座", "lines", "dj", "venue", "广场", "党员", "5", "非党员", "7")
	if ActivityAttendTotal.Of(sum) != 12 {
		t.Errorf("total of the parts is %d", ActivityAttendTotal.Of(sum))
	}
	d.add(Activity, "title", "接待", "lines", "gj", "venue", "广场", "attend_total", "9", "role", "接待", "visitors", "邻街道社区")
}

func TestActivityCheck(t *testing.T) {
	d := newDesk(t)
	child := d.add(Person, "name", "王小宝", "birth", "2018-05-01")
	good := []string{"title", "讲座", "lines", "dj", "venue", "广场", "attend_total", "20"}
	with := func(more ...string) []string { return append(slices.Clone(good), more...) }
	d.add(Activity, with("time_from", "0930", "time_to", "11点", "cost", "500", "cost_source", "bgjf", "attend_youth", "20",
		"roster", child.ID, "guardian_ok", "是", "role", "协办", "host", "区文体局")...)
	d.refused("attend_total", Activity, with("attend_party", "5", "attend_other", "6")...)
	d.refused("attend_party", Activity, with("attend_party", "25")...)
	d.refused("attend_other", Activity, with("attend_other", "25")...)
	d.refused("attend_youth", Activity, with("attend_youth", "21")...)
	d.refused("attend_elderly", Activity, with("attend_elderly", "21")...)
	d.refused("attend_volunteer", Activity, with("attend_volunteer", "21")...)
	d.refused("attend_total", Activity, "title", "讲座", "lines", "dj", "venue", "广场")
	d.refused("time_to", Activity, with("time_from", "11:00", "time_to", "09:30")...)
	d.refused("cost", Activity, with("cost_source", "赞助")...)
	d.refused("cost_source", Activity, with("cost", "500")...)
	d.refused("host", Activity, with("role", "协办")...)
	d.refused("visitors", Activity, with("role", "接待")...)
	d.refused("guardian_ok", Activity, with("roster", child.ID)...)
	d.refused("recorder", Activity, with("recorder", d.Actor.Staff)...)
	d.refused("title", Activity, "lines", "dj", "venue", "广场", "attend_total", "20")
}

func TestPerson(t *testing.T) {
	d := newDesk(t)
	r := d.add(Person, "name", "张明", "id_no", "11010519491231002x", "phone", "１３８ 1234-5678", "joined_on", "1971-07", "cats", "低保户 2024-03；独居 2020 2021") // 50 years in the Party from 2021-07
	if PersonBirth.Of(r) != onDay("1949-12-31") || PersonSex.Of(r) != "女" || PersonIDNo.Of(r) != "11010519491231002X" || PersonPhone.Of(r) != "138 1234-5678" {
		t.Errorf("from the ID number: %v", r.Values)
	}
	field := Person.Field
	if age := field("age").Computed(r, d.Context); age != int64(77) {
		t.Errorf("age %v", age)
	}
	if years := field("party_years").Computed(r, d.Context); years != int64(55) {
		t.Errorf("Party years %v", years)
	}
	if got := CategoriesOn(r, onDay("2029-12-31")); !slices.Equal(got, []string{"低保户", "高龄", "老党员"}) {
		t.Errorf("categories at 80: %v", got)
	}
	if got := CategoriesOn(r, onDay("2029-12-30")); !slices.Equal(got, []string{"低保户", "老党员"}) {
		t.Errorf("categories a day before 80: %v", got)
	}
	if got := CategoriesOn(r, onDay("2049-12-31")); !slices.Contains(got, "百岁") {
		t.Errorf("categories at 100: %v", got)
	}
	member := record(Person, Values{"name": "孙德明", "birth": onDay("1940-02-29"), "joined_on": onDay("1972-02-29")})
	for day, want := range map[string]bool{"2022-02-28": false, "2022-03-01": true} { // 29 February has no twin in 2022
		if got := slices.Contains(CategoriesOn(member, onDay(day)), CatOldMember); got != want {
			t.Errorf("老党员 on %s: %v", day, got)
		}
	}
	if got := CategoriesOn(r, onDay("2020-05-01")); !slices.Equal(got, []string{"独居"}) {
		t.Errorf("categories in 2020: %v", got)
	}

	d.add(Person, "name", "无证", "birth", "1950", "phone", "+86 13812345678"[4:])
	d.refused("birth", Person, "name", "张明")
	d.refused("id_no", Person, "name", "张明", "id_no", "110105194912310021", "birth", "1949-12-31")
	d.refused("birth", Person, "name", "张明", "id_no", "11010519491231002X", "birth", "1950-01-01")
	d.refused("sex", Person, "name", "张明", "id_no", "11010519491231002X", "sex", "男")
	d.refused("birth", Person, "name", "张明", "birth", "2027-03-11")
	d.refused("phone", Person, "name", "张明", "birth", "1950", "phone", "12345")
	d.refused("phone", Person, "name", "张明", "birth", "1950", "phone", "1381234567a")
	d.refused("ended", Person, "name", "张明", "birth", "1950", "ended", "去世 1949-12-31")
	d.refused("joined_on", Person, "name", "张明", "birth", "1950", "joined_on", "1949-12-31")
	d.refused("cats", Person, "name", "张明", "birth", "1950", "cats", "独居 2021 2020")
	d.refused("grade", Person, "name", "张明", "birth", "1950", "grade", "5")
	d.add(Person, "name", "张明", "birth", "1949-12", "id_no", "11010519491231002X", "ended", "迁出 2026-05-01")
}

func TestHousehold(t *testing.T) {
	d := newDesk(t)
	compound := d.add(Compound, "name", "和平小区")
	home := d.add(Household, "head", "张明", "compound", "和平小区", "building", "3", "unit", "2", "room", "501")
	if home.Get("no") != home.ID || HouseholdCompound.Of(home).ID != compound.ID {
		t.Errorf("%v", home.Values)
	}
	if got := d.Title(home); got != "张明 3-2-501" {
		t.Errorf("title %q", got)
	}
	if got := d.Address(home); got != "和平小区3号楼2单元501室" {
		t.Errorf("address %q", got)
	}
	p := d.add(Person, "name", "张明", "birth", "1950", "household", home.ID)
	d.add(Person, "name", "李兰", "birth", "1952", "household", home.ID)
	d.add(Visit, "person", p.ID, "amount", "500", "fund", "df")
	d.add(Visit, "person", p.ID, "amount", "200.50", "fund", "df")
	d.add(Visit, "person", p.ID, "amount", "1000", "fund", "df", "date", "2026-12-31")
	if got := home.Register.Field("members").Computed(home, d.Context); got != "张明、李兰" {
		t.Errorf("members %v", got)
	}
	if got := home.Register.Field("given_year").Computed(home, d.Context); got != Money(70050) {
		t.Errorf("aid this year %v", got)
	}
	d.refused("head", Household, "compound", "和平小区", "building", "3")
}

func TestVisit(t *testing.T) {
	d := newDesk(t)
	d.add(Compound, "name", "和平小区")
	home := d.add(Household, "head", "张明", "compound", "和平小区", "building", "3")
	p := d.add(Person, "name", "张明", "birth", "1940-01-01", "household", home.ID, "cats", "低保户 2020；独居 2021 2022")
	r := d.add(Visit, "person", "张明", "date", "2026-12-28", "amount", "500", "goods", "nn 2 箱；鸡蛋 10.5 斤", "fund", "jdmz")
	for key, want := range map[string]any{
		"occasion": Occasion{"春节", 2027}, "household": Ref{ID: home.ID}, "way": "入户", "receipt": "未签",
		"visitors": []Ref{{ID: d.Actor.Staff}}, "cats_then": []string{"低保户", "高龄"}, "consent_pub": []Row{{"consent": "无"}},
		"goods": []Row{{"item": "牛奶", "qty": Dec(2000), "unit": "箱"}, {"item": "鸡蛋", "qty": Dec(10500), "unit": "斤"}},
	} {
		if got := r.Get(key); !Equal(got, want) {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	if got := d.Title(r); got != "张明 2027春节" {
		t.Errorf("title %q", got)
	}
	plain := d.add(Visit, "person", p.ID, "date", "2026-11-20")
	if VisitOccasion.Of(plain) != (Occasion{"日常走访", 2026}) || VisitReceipt.Has(plain) {
		t.Errorf("a plain visit: %v", plain.Values)
	}
	stranger := d.add(Person, "name", "王兰", "birth", "1960")
	d.refused("household", Visit, "person", stranger.ID)
	d.add(Visit, "person", stranger.ID, "household", "和平小区8号楼")
	d.refused("fund", Visit, "person", p.ID, "amount", "500")
	d.refused("fund", Visit, "person", p.ID, "goods", "米 1 袋")
	d.refused("proxy", Visit, "person", p.ID, "amount", "500", "fund", "df", "receipt", "代领")
	d.refused("next_date", Visit, "person", p.ID, "next_date", "2027-03-09")
	d.refused("person", Visit, "date", "2027-03-09")
	d.add(Visit, "person", p.ID, "amount", "500", "fund", "df", "receipt", "代领", "proxy", "张小明（儿子）", "next_date", "+30")
}

func TestNeedAndOpinion(t *testing.T) {
	d := newDesk(t)
	p := d.add(Person, "name", "张明", "birth", "1940")
	v := d.add(Visit, "person", p.ID, "household", "和平小区8号楼")
	n := d.add(Needs, "topic", "ms", "text", "楼道灯坏了三个月没有人来修理", "source", v.ID)
	if NeedPerson.Of(n).ID != p.ID || NeedDue.Of(n) != onDay("2027-03-25") || NeedState.Of(n) != NeedOpen || n.Get("no") != n.ID {
		t.Errorf("need %v", n.Values)
	}
	if got := d.Title(n); got != "楼道灯坏了三个月没有人来…" {
		t.Errorf("title %q", got)
	}
	d.refused("closed_on", Needs, "topic", "ms", "text", "灯", "state", "办结", "result", "已修")
	d.refused("result", Needs, "topic", "ms", "text", "灯", "state", "办结", "closed_on", "2027-03-10")
	d.refused("closed_on", Needs, "topic", "ms", "text", "灯", "closed_on", "2027-03-09")
	d.refused("due", Needs, "topic", "ms", "text", "灯", "due", "2027-03-09")
	d.refused("revisit_on", Needs, "topic", "ms", "text", "灯", "date", "0301", "closed_on", "2027-03-09", "revisit_on", "2027-03-08")
	d.add(Needs, "topic", "ms", "text", "灯", "state", "办结", "result", "已修", "closed_on", "2027-03-10", "revisit_on", "2027-03-12")

	head := d.keep(record(Staff, Values{"name": "王书记"}))
	item := d.add(Catalogue, catalogue("drafter", head.ID)...)
	issue := d.add(Issue, "item", item.ID, "period", "2027-B1", "body", "略")
	o := d.add(Opinion, "issue", issue.ID, "content", "请公开明细", "topic", "ms")
	if OpinionOwner.Of(o) != head || OpinionDue.Of(o) != onDay("2027-03-15") || o.Get("channel") != "意见箱" {
		t.Errorf("opinion %v", o.Values)
	}
	d.refused("answer", Opinion, "issue", issue.ID, "content", "请", "topic", "ms", "answered_on", "2027-03-10")
	d.refused("answered_on", Opinion, "issue", issue.ID, "content", "请", "topic", "ms", "answer", "好")
	d.refused("answered_on", Opinion, "issue", issue.ID, "content", "请", "topic", "ms", "answer", "好", "answered_on", "2027-03-09")
	d.refused("due", Opinion, "issue", issue.ID, "content", "请", "topic", "ms", "due", "2027-03-09")
}

// catalogue is a good item with more or other values.
func catalogue(more ...string) []string {
	vals := []string{"no", "3", "class", "dw", "topic1", "党费收缴", "body_org", "社区党委", "cadence", "2月", "reviewer", "S-2027-0001", "approver", "S-2027-0001"}
	return append(vals, more...)
}

func TestCatalogueAndIssue(t *testing.T) {
	d := newDesk(t)
	item := d.add(Catalogue, catalogue()...)
	for key, want := range map[string]any{
		"topic2": "党费收缴", "scope": "社会", "forms": []string{"公开栏"}, "anchor": int64(1), "grace_days": int64(15), "min_days": int64(7),
		"supervisors": false, "mask": "公示", "drafter": Ref{ID: d.Actor.Staff}, "catalogue_version": int64(1),
	} {
		if got := item.Get(key); !Equal(got, want) {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	inner := d.add(Catalogue, "no", "1", "class", "cw", "topic1", "经费", "body_org", "居委会", "cadence", "季", "scope", "党内",
		"reviewer", "李敏", "approver", "李敏", "grace_days", "0")
	if !CatalogueSupervisors.Of(inner) || !Equal(inner.Get("forms"), []string{"会议通报"}) {
		t.Errorf("%v", inner.Values)
	}
	d.refused("no", Catalogue, catalogue("no", "0")...)
	d.refused("anchor", Catalogue, catalogue("anchor", "13")...)

	issue := d.add(Issue, "item", item.ID, "period", "2027b1")
	signed := []Row{{"by": Ref{ID: d.Actor.Staff}, "on": onDay("2027-03-10")}}
	for key, want := range map[string]any{
		"code": "党务-2027-B1-03", "title": "党费收缴（2027年第1期（1—2月））", "due": onDay("2027-03-15"), "kind": "正常", "state": IssueDraft,
		"drafted": signed, "scope": "社会", "forms": []string{"公开栏"}, "version": int64(1),
	} {
		if got := issue.Get(key); !Equal(got, want) {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	d.refused("item", Issue, "period", "2027-B1")
	d.refused("state", Issue, "item", item.ID, "period", "2027-B1", "body", "略", "state", "公开中")
	d.Way = Backdate // what each state demands, whoever brings it about
	d.refused("reviewed", Issue, "item", item.ID, "period", "2027-B1", "body", "略", "state", "公开中",
		"approved", "李敏 2027-03-09", "posted", "李敏 2027-03-10")
	if noGrace := d.add(Issue, "item", inner.ID, "period", "2027-Q1"); IssueDue.Of(noGrace) != onDay("2027-03-31") {
		t.Errorf("due without grace %s", IssueDue.Of(noGrace))
	}

	// What each state demands.
	step := func(state string, vals Values, want ...string) {
		t.Helper()
		r := issue.Clone()
		r.Set("state", state)
		for k, v := range vals {
			r.Set(k, v)
		}
		err := d.Prepare(r, issue)
		errs, _ := err.(Errors)
		var got []string
		for _, e := range errs {
			got = append(got, e.Field.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: refused at %v, want %v", state, got, want)
		}
	}
	other := []Row{{"by": Ref{ID: d.add(Staff, "name", "王强").ID}, "on": onDay("2027-03-10")}}
	checked := Values{"body": "略", "chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true, "reviewed": other, "approved": other, "posted": signed}
	with := func(more Values) Values {
		v := Values{}
		for _, vals := range []Values{checked, more} {
			for k, x := range vals {
				v[k] = x
			}
		}
		return v
	}
	step(IssueToReview, nil, "body")
	step(IssueToReview, Values{"rows": "本期慰问"})
	step(IssueReturned, nil, "return_reason")
	step(IssueVoid, nil)
	step(IssueToApprove, Values{"body": "略"}, "reviewed", "chk_secret", "chk_masked", "chk_need", "chk_accurate")
	step(IssueToPost, with(Values{"approved": nil}), "approved")
	step(IssuePosted, with(Values{"posted": nil}), "up_until", "posted")
	step(IssuePosted, with(Values{"up_until": onDay("2027-03-09")}), "up_until")
	step(IssuePosted, checked)
	step(IssuePosted, with(Values{"reviewed": signed, "approved": signed}), "reviewed", "approved")
	step(IssueTakenDown, checked, "removed")
	step(IssueArchived, with(Values{"removed": signed}), "archive_no")
	step(IssueSuperseded, checked)

	posted := issue.Clone()
	for k, v := range with(Values{"state": IssuePosted, "period": PeriodKey("2027-B2")}) {
		posted.Set(k, v)
	}
	if err := d.Prepare(posted, issue); err != nil {
		t.Fatal(err)
	}
	if IssueUpUntil.Of(posted) != onDay("2027-03-17") || IssueCode.Of(posted) != "党务-2027-B1-03" {
		t.Errorf("posted: until %s, code %s", IssueUpUntil.Of(posted), IssueCode.Of(posted))
	}
}

func TestSupportingRegisters(t *testing.T) {
	d := newDesk(t)
	d.Reason = "建账"
	d.add(Staff, "name", "王芳", "login", "wangf", "roles", "录入、审核", "posts", "副书记 2023-05；委员 2019 2022")
	d.refused("posts", Staff, "name", "王芳", "posts", "委员 2022 2019")
	d.refused("phone", Staff, "name", "王芳", "phone", "12")
	committee := d.add(Org, "name", "社区党委", "type", "dw", "founded", "2004-08")
	self := committee.Clone()
	OrgName.Set(self, "改名")
	self.Set("parent", Ref{ID: self.ID})
	if errs := d.Check(self); len(errs) != 1 || errs[0].Field.Key != "parent" {
		t.Errorf("an organisation above itself: %v", errs)
	}
	d.add(Org, "name", "第一支部", "type", "dzb", "parent", "社区党委")
	d.add(Team, "name", "腰鼓队", "members", "20", "party", "20")
	d.refused("party", Team, "name", "腰鼓队", "members", "20", "party", "21")
	d.add(Partner, "name", "示例学院", "phone", "0558-5112233", "agreement_on", "2020", "agreement_until", "2025")
	d.refused("agreement_until", Partner, "name", "示例学院", "agreement_on", "2020", "agreement_until", "2019-12-31")
	d.refused("phone", Partner, "name", "示例学院", "phone", "四五六七八九十")
	d.add(Programme, "short", "先锋社", "kind", "社", "from", "2024", "to", "2026")
	d.refused("to", Programme, "short", "先锋社", "from", "2024", "to", "2023")
	d.add(Campaign, "name", "主题教育", "from", "2027-03", "to", "2027-03-05")
	d.refused("to", Campaign, "name", "主题教育", "from", "2027-03", "to", "2027-02-28")
	d.add(Compound, "name", "和平小区", "built", "1998")
	d.refused("built", Compound, "name", "和平小区", "built", "98")
	d.add(Venue, "name", "多功能厅", "category", "sn", "area_m2", "206")
}

// Writing a record the way a form shows it and reading it back changes nothing.
func TestRecordsReadBack(t *testing.T) {
	d := newDesk(t)
	d.add(Compound, "name", "和平小区")
	home := d.add(Household, "head", "张老伯", "compound", "和平小区", "building", "3")
	p := d.add(Person, "name", "张明", "birth", "1940-01-01", "household", home.ID, "cats", "低保户 2020；独居 2021 2022",
		"guardian_ok", "是 2027-03-08", "consents", "张贴照片 | 2027-03-08 | 书面", "ended", "迁出 2027-03-08")
	v := d.add(Visit, "person", p.ID, "amount", "500", "goods", "米 2 袋；油", "fund", "df")
	a := d.add(Activity, "title", "庆三八", "lines", "fnet wt", "venue", "广场", "attend_total", "45", "results", "4户；9 人 好媳妇", "cost", "1234.5", "cost_source", "赞助")
	for _, r := range []*Record{home, p, v, a} {
		for _, f := range r.Register.Fields {
			val := r.Get(f.Key)
			if !f.Stored() || Blank(val) {
				continue
			}
			for _, l := range []Lang{ZH, EN} {
				text := d.Input(f, val, l)
				if back, err := d.Parse(f, text); err != nil || !Equal(back, val) {
					t.Errorf("%s.%s: %q reads back as %v, %v; want %v", r.Register.Key, f.Key, text, back, err, val)
				}
			}
			raw, err := json.Marshal(Plain(val))
			if err != nil {
				t.Fatal(err)
			}
			var plain any
			dec := json.NewDecoder(strings.NewReader(string(raw)))
			dec.UseNumber()
			if err := dec.Decode(&plain); err != nil {
				t.Fatal(err)
			}
			if back, err := d.Accept(f, plain); err != nil || !Equal(back, val) {
				t.Errorf("%s.%s: JSON %s reads back as %v, %v; want %v", r.Register.Key, f.Key, raw, back, err, val)
			}
		}
	}
}

// Picks read back in both languages, whatever their terms hold.
func TestPicksReadBack(t *testing.T) {
	d := newDesk(t)
	for code, v := range vocabularies {
		f := &Field{Key: "x", Type: TypePicks, Vocab: code}
		var all []string
		for _, term := range v.Terms {
			all = append(all, term.ZH)
		}
		for _, l := range []Lang{ZH, EN} {
			if back, err := d.Parse(f, d.Input(f, all, l)); err != nil || !Equal(back, all) {
				t.Errorf("%s in %s: %v, %v", code, l, back, err)
			}
		}
	}
}

// Moving away and dying close the categories on the day, whatever is on file;
// clearing the field opens them again.
func TestEnded(t *testing.T) {
	d := newDesk(t)
	gone := d.add(Person, "name", "张明", "id_no", "11010519491231002x", "cats", "低保户 2024-03", "ended", "去世")
	if on, ok := EndedOn(gone); !ok || on != d.Today() {
		t.Errorf("without a date it is %s, %v; want today", on, ok)
	}
	PersonEnded.Set(gone, []Row{{"kind": Died, "on": onDay("2026-05-01")}})
	for day, want := range map[string]struct {
		gone bool
		cats []string
	}{
		"2026-04-30": {false, []string{"低保户"}},
		"2026-05-01": {true, []string{"低保户"}}, // in force for the last time, and nothing due any more
		"2026-05-02": {true, nil},
		"2030-01-01": {true, nil}, // nor does age bring any
	} {
		if got := GoneBy(gone, onDay(day)); got != want.gone {
			t.Errorf("gone by %s: %v", day, got)
		}
		if got := CategoriesOn(gone, onDay(day)); !slices.Equal(got, want.cats) {
			t.Errorf("categories on %s: %v, want %v", day, got, want.cats)
		}
	}
	d.Now = d.Now.AddDate(10, 0, 0)
	if age := Person.Field("age").Computed(gone, d.Context); age != int64(76) {
		t.Errorf("the age of a dead person is %v, want that at death", age)
	}
	if w := Person.Over(gone); w != (Words{"去世 2026-05-01", "died 2026-05-01"}) {
		t.Errorf("said of it: %v", w)
	}
	home := d.add(Household, "head", "张明", "compound", d.add(Compound, "name", "和平小区").ID, "building", "3")
	PersonHousehold.Set(gone, Ref{ID: home.ID})
	if got := home.Register.Field("members").Computed(home, d.Context); got != nil {
		t.Errorf("a dead member lives on in the household: %v", got)
	}
	PersonEnded.Set(gone, nil)
	if got := CategoriesOn(gone, onDay("2030-01-01")); !slices.Equal(got, []string{"低保户", CatAged}) || Person.Over(gone) != (Words{}) {
		t.Errorf("opened again: %v, %v", got, Person.Over(gone))
	}
}

// Ages turn on the birthday, on 1 March for who was born on 29 February, except
// in a leap year.
func TestAgesAtTheBoundary(t *testing.T) {
	for _, c := range []struct {
		id, day string
		age     int
	}{
		{"110105194002290015", "2020-02-28", 79}, {"110105194002290015", "2020-02-29", 80},
		{"110105194002290015", "2021-02-28", 80}, {"110105194002290015", "2021-03-01", 81},
		{"110105194002290015", "2100-02-28", 159}, {"110105194002290015", "2100-03-01", 160}, // 2100 is no leap year
		{"110105400229001", "2020-02-28", 79}, {"110105400229001", "2020-02-29", 80}, // the old form says the same
		{"11010519491231002X", "2029-12-30", 79}, {"11010519491231002X", "2029-12-31", 80},
		{"11010519491231002X", "1949-12-31", 0}, {"11010519491231002X", "1949-12-30", -1},
	} {
		id, err := ParseIDNumber(c.id)
		if err != nil {
			first17 := c.id[:17]
			t.Fatalf("%s: %v; its check digit is %c", c.id, err, CheckDigit(first17))
		}
		if got := AgeOn(id.Birth(), onDay(c.day)); got != c.age {
			t.Errorf("born %s, on %s: %d, want %d", id.Birth(), c.day, got, c.age)
		}
	}
	// Against counting birthdays one by one, for every birth of leap years and
	// common ones.
	for birth := onDay("1944-01-01"); birth.Before(onDay("1946-01-01")); birth = birth.AddDays(1) {
		for year := int16(2023); year <= 2025; year++ {
			turn := Date{Year: year, Month: birth.Month, Day: birth.Day, Precision: birth.Precision}
			if birth.Month == 2 && birth.Day == 29 && year%4 != 0 {
				turn = NewDate(int(year), 3, 1)
			}
			want := int(year - birth.Year)
			if before, on := AgeOn(birth, turn.AddDays(-1)), AgeOn(birth, turn); before != want-1 || on != want {
				t.Fatalf("born %s: %d the day before %s and %d on it, want %d", birth, before, turn, on, want)
			}
		}
	}
}
