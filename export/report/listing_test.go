package report

import (
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// TestWhatStands: what tells how things stood is counted by its last record at
// the end of the period, and things that ended do not count.
func TestWhatStands(t *testing.T) {
	s := newShelf(t)
	branch := s.Put("org", model.Values{"name": "一支部", "type": "党支部", "founded": model.NewDate(2020, 1, 1)})
	s.Put("org", model.Values{"name": "旧支部", "type": "党支部", "founded": model.NewDate(2010, 1, 1), "ended": model.NewDate(2025, 6, 1)})
	for year, n := range map[int]int64{2024: 30, 2025: 40, 2026: 50} {
		s.Put("org_count", model.Values{"org": model.Ref{ID: branch.ID}, "date": model.NewDate(year, 12, 1), "members": n})
	}
	for src, want := range map[string]string{
		"支部{{组织机构.个数 类型=党支部}}个。":             "支部1个。",
		"支部{{组织机构.个数 类型=党支部 期间=2024}}个。":     "支部2个。",
		"党员{{党员人数.党员数}}名。":                   "党员50名。",
		"党员{{党员人数.党员数 期间=上年}}名。":             "党员40名。",
		"党员{{党员人数.党员数 组织.类型=党支部}}名。":         "党员50名。",
		"{{每条 党员人数}}{{组织}}{{党员}}名、{{完}}。":    "一支部50名。",
		"去年到今年{{同比 党员人数.党员数}}。":              "去年到今年较上年增加10名，增长25%。",
		"{{组织机构.名称 期间=2024}}。":               "一支部、旧支部。",
		"支部{{组织机构.个数 类型=党支部 成立日期=2020}}个。":   "支部1个。",
		"本期成立支部{{组织机构.个数 类型=党支部 成立日期=本期}}个。": "",
	} {
		if got := text(t, s, src); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}

// TestRoundups: the staff in post, each person once, each number with its
// records.
func TestRoundups(t *testing.T) {
	s := newShelf(t)
	for _, posts := range [][]string{{"主任", "书记"}, {"工作人员"}, {"委员"}} {
		var rows []model.Row
		for _, p := range posts {
			rows = append(rows, model.Row{"post": p})
		}
		s.Put("staff", model.Values{"name": posts[0], "posts": rows})
	}
	d := fill(t, s, "其中{{工作人员.分职务}}。", Job{})
	if got := d.Blocks[0].Text(); got != "其中书记兼主任1人、其他2人。" {
		t.Error(got)
	}
	if len(d.Figures) != 2 || len(d.Figures[0].IDs) != 1 || len(d.Figures[1].IDs) != 2 {
		t.Errorf("%+v", d.Figures)
	}
	if got := text(t, newShelf(t), "在职{{工作人员.在职人数}}人，其中{{工作人员.分职务}}。"); got != "" {
		t.Error(got)
	}
}

// TestItemNumbers: run-in numbers count the sentences that stay, and begin again
// under each heading.
func TestItemNumbers(t *testing.T) {
	s := newShelf(t)
	s.Held(sampletest.Day(4, 8), "甲", 20, nil)
	got := text(t, s, "## 甲\n{{逐项}}走访{{走访.户次}}户。\n{{逐项}}活动{{活动.场次}}场。\n{{逐项}}还有。\n## 乙\n{{逐项}}活动{{活动.人次}}人次。\n{{活动.日期 | 月份}}")
	if want := "一、甲\n一是活动1场。\n二是还有。\n二、乙\n一是活动20人次。\n4月"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestOneLanguage: a template may be written in one language alone.
func TestOneLanguage(t *testing.T) {
	s := newShelf(t)
	s.Held(sampletest.Day(4, 8), "甲", 12604, nil)
	d := fill(t, s, "{{语言 中文}}\n# {{期间}}\n参加{{活动.人次 | 多}}人次。", Job{Lang: model.EN})
	if got := d.Text(); got != "2026年\n参加1.2万多人次。\n" || d.Lang != model.ZH {
		t.Error(got)
	}
}

// TestYearOffTheCalendar: twelve months from July to June are a year too.
func TestYearOffTheCalendar(t *testing.T) {
	s := newShelf(t)
	for text, want := range map[string]string{"2025-07..2026-06": "一年来", "2025-07..2026-05": "2025年7月1日至2026年5月31日", "2025-07-02..2026-06": "2025年7月2日至2026年6月30日"} {
		p, err := model.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := fill(t, s, "{{时段}}", Job{Period: p}).Text(); got != want+"\n" {
			t.Errorf("%s is %s", text, got)
		}
	}
}

// TestTraceOfOthers: a sentence depends on the records it names and on those by
// which it was chosen, not only on those it counts.
func TestTraceOfOthers(t *testing.T) {
	s := newShelf(t)
	party := s.Put("org", model.Values{"name": "社区党委", "type": "党委"})
	branch := s.Put("org", model.Values{"name": "一支部", "type": "党支部"})
	s.Put("meeting", model.Values{"date": sampletest.Day(1, 5), "type": "党课", "org": model.Ref{ID: party.ID}, "topic": "甲", "expected": int64(3), "present": int64(3)})
	d := fill(t, s, "{{会议学习.次数 组织.类型=党委}}次。{{每条 会议学习}}{{组织}}、{{完}}开会。活动。{{如果 组织机构.个数 类型=党支部}}党课{{会议学习.次数 类型=党课}}次。{{结束}}", Job{})
	all := d.Sentences()
	if len(all) != 4 || all[0].Text != "1次。" || all[2].Text != "活动。" || all[2].Typed != "活动。" || len(all[2].Figures) != 0 {
		t.Fatalf("%+v", all)
	}
	for i, want := range [][]string{{party.ID}, {party.ID}, nil, {branch.ID}} {
		for _, r := range []*model.Record{party, branch} {
			if got := all[i].DependsOn(r.ID); got != slices.Contains(want, r.ID) {
				t.Errorf("%s depends on %s: %v", all[i].Text, r.ID, got)
			}
		}
	}
}

// TestCommunityIsNobody: in public, honours of the community are told however few;
// those of a resident are not.
func TestCommunityIsNobody(t *testing.T) {
	s := newShelf(t)
	for range 2 {
		s.Put("honour", model.Values{"title": "文明社区", "level": "市", "giver": "市文明委", "date": sampletest.Day(3, 1), "winner": "社区"})
	}
	src, job := "市级{{荣誉.项数 级别=市}}项。省级{{荣誉.项数 级别=省}}项。", Job{Audience: model.Public}
	if got := fill(t, s, src, job).Text(); got != "市级2项。\n" {
		t.Error(got)
	}
	s.Put("honour", model.Values{"title": "好邻居", "level": "省", "giver": "省文明办", "date": sampletest.Day(3, 2), "winner": "个人", "winner_ref": model.Ref{Text: "张桂英"}})
	if got := fill(t, s, src, job).Text(); got != "省级不足3项。\n" {
		t.Error(got)
	}
}
