package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/export/ingest"
	"taizhang/model"
)

func lookAt(t *testing.T, l *db.Ledger, register string, rows [][]any, merged ...[2]string) *ingest.Plan {
	t.Helper()
	return look(t, ingest.Job{Ledger: l, Actor: dbtest.Actor(t, l), Register: l.Schema().Register(register), Path: file(t, register+".xlsx", workbook(t, rows, merged...))})
}

// Old books call the branches and kinds of meetings by shorter names; what fits one
// organisation is taken for it and said, what fits several is refused.
func TestShortNames(t *testing.T) {
	l := office(t)
	for _, name := range []string{"和平社区党委", "和平社区第一党支部", "和平社区第二党支部"} {
		dbtest.Add(t, l, "org", model.Values{"name": name, "type": "党支部"})
	}
	head := []any{"序号", "会议时间", "会议类型", "召开单位", "会议名称", "应到人数", "实到人数"}
	p := lookAt(t, l, "meeting", [][]any{{"2025年会议台账"}, head,
		{1, "3.12", "支部委员会", "第一党支部", "研究发展党员", "5人", "5人"},
		{2, nil, "支部委员会", "第二支部", "研究发展党员", 5, 4},
		{3, "4月2日", "学习", "社区党委", "学习文件", 9, 9},
		{4, "4月3日", "支委会", "第一党支部", "又一次", 5, 5},
	}, [2]string{"B3", "B4"})
	if p.Count(ingest.Bad) != 0 || len(p.Rows) != 4 || p.Count(ingest.Look) != 3 {
		t.Fatalf("%d rows\n%s", len(p.Rows), issues(p))
	}
	if !strings.Contains(issues(p), "“第二支部”认作“和平社区第二党支部”") {
		t.Error(issues(p))
	}
	for i, want := range []string{"2025-03-12 支委会", "2025-03-12 支委会", "2025-04-02 专题学习", "2025-04-03 支委会"} {
		if got := fmt.Sprintf("%v %v", p.Rows[i].Values["date"], p.Rows[i].Values["type"]); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	p = lookAt(t, l, "meeting", [][]any{{"2025年会议台账"}, head, {1, "3.12", "支委会", "党支部", "研究", 5, 5}, {2, "3.13", "支委会", "第三党支部", "研究", 5, 5}})
	if p.Count(ingest.Bad) != 2 || len(p.Rows) != 0 {
		t.Errorf("of several or of none:\n%s", issues(p))
	}
	// People are never taken by a part of their name.
	p = lookAt(t, l, "commendation", [][]any{{"2025年表彰"}, {"活动", "日期", "称号", "数量", "单位"}, {"会议", "3.8", "好媳妇", 1, "人"}})
	if p.Count(ingest.Bad) == 0 {
		t.Error("an activity that is not there was found")
	}
}

// Every day without a year is of the year of the title, and of the next one where
// it would lie before the day of its row; a title of several years names none.
func TestYearsOfOtherDays(t *testing.T) {
	l := office(t)
	head := []any{"来访日期", "来访人", "主要诉求", "信访类别", "问题归类", "办理情况", "办结日期"}
	p := lookAt(t, l, "petition", [][]any{{"2025年来信来访登记表"}, head,
		{"2.3", "匿名", "电梯坏了", "求决", "物业", "已协调", "2月8日"},
		{"12.28", "王大妈", "路灯不亮", "建议", "治安", "已修", "1.5"}})
	if p.Count(ingest.Bad) != 0 || len(p.Rows) != 2 || p.Count(ingest.Look) != 1 || !strings.Contains(issues(p), "算 2026-01-05") {
		t.Fatalf("%d rows\n%s", len(p.Rows), issues(p))
	}
	done, err := p.Write(ctx, false, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	first := record(t, l, done.IDs[0])
	if !model.PetitionClosed.Of(first) || model.PetitionPetitioner.Has(first) || first.Get("notice_due") != nil {
		t.Errorf("answered by nobody's name: %v", first.Values)
	}
	honours := [][]any{{"和平社区荣誉一览表（2010—2024）"}, {"获奖时间", "荣誉称号", "授奖单位", "级别"}, {"2012年6月", "文明社区", "省文明委", "省级"}, {2014, "平安社区", "区委", "区级"}}
	if p := lookAt(t, l, "honour", honours); p.Year != 0 || p.Count(ingest.Bad) != 0 || p.Count(ingest.Look) != 0 || len(p.Rows) != 2 {
		t.Errorf("several years: %d\n%s", p.Year, issues(p))
	}
	if p := lookAt(t, l, "honour", append(honours, []any{"3.8", "先进社区", "区委", "区级"})); p.Count(ingest.Bad) != 1 {
		t.Errorf("a day of no year:\n%s", issues(p))
	}
}
