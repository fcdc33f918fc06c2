package report

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// TestGoldenSentences fills the sentences of domain.md §3.3 and §11 from the
// sample community.
func TestGoldenSentences(t *testing.T) {
	s := community(t)
	for src, want := range map[string]string{
		"一年来，共开展各类活动{{活动.场次|多}}场，参加党员、居民{{活动.人次|多}}人次。":  "一年来，共开展各类活动70多场，参加党员、居民1.2万多人次。",
		"活动{{活动.场次}}场、{{ 活动.人次 }}人次。":                    "活动73场、12604人次。",
		"｛｛活动．场次　｜　余｝｝场":                                 "70余场",
		"按期率{{率 公开.按期 事项.类别=党务 / 公开.已公开 事项.类别=党务}}。":     "按期率83.3%。",
		"春节走访{{走访.户数 归属场合=春节}}户，七一{{走访.户数 归属场合=“七一”}}户。": "春节走访61户，七一23户。",
		"{{社区名称}}{{期间}}工作总结":                             "和平社区2026年工作总结",
		"活动{{活动.场次|汉数}}场":                                "活动七十三场",
		"共{{活动.场次 级别>=国家}}场国家级活动，区级以上{{活动.场次 级别 >= 区}}场。": "区级以上" + count(s, func(r *model.Record) bool {
			return has([]string{"区", "市", "省", "国家"}, model.ActivityLevel.Of(r))
		}) + "场。",
		"# 标题\n## 甲\n### 乙\n一段。\n### 丙\n又一段。\n## 丁\n末段。":                                "标题\n一、甲\n（一）乙\n一段。\n（二）丙\n又一段。\n二、丁\n末段。",
		"Held {{Activity.events | more}} events, {{Activity.attendances}} attendances.": "Held 70多 events, 12604 attendances.",
	} {
		if got := text(t, s, src); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}

// count counts held activities by hand.
func count(s *shelf, want func(*model.Record) bool) string {
	n := int64(0)
	for _, r := range s.Records {
		if r.Register.Key == "activity" && model.ActivityHeld.Of(r) == model.HeldDone && year2026.Contains(r.Date()) && want(r) {
			n++
		}
	}
	return model.ProseNumber(n, model.Exactly, model.ZH)
}

// TestZeroRule drops what says nothing and leaves the sentence whole.
func TestZeroRule(t *testing.T) {
	s := newShelf(t)
	s.Held(sampletest.Day(3, 8), "甲", 20, nil)
	s.Held(sampletest.Day(4, 8), "乙", 30, model.Values{"lines": []string{"老龄"}})
	for src, want := range map[string]string{
		"走访{{走访.户次}}户。":                "",
		"开展活动{{活动.场次}}场，走访{{走访.户次}}户。": "开展活动2场。",
		"走访{{走访.户次}}户，开展活动{{活动.场次}}场。": "开展活动2场。",
		"一年来，走访{{走访.户次}}户，发放{{走访.金额|万元}}，其中困难党员{{走访.户次 类别=困难党员}}户次。又开会。": "又开会。",
		"活动{{活动.场次}}场，其中党建{{活动.场次 条线=党建}}场、老龄{{活动.场次 条线=老龄}}场。":          "活动2场，其中老龄1场。",
		"活动{{活动.场次}}场，其中：党建{{活动.场次 条线=党建}}场、老龄{{活动.场次 条线=老龄}}场。":         "活动2场，其中：老龄1场。",
		"党建{{活动.场次 条线=党建}}场，其中老龄{{活动.场次 条线=老龄}}场。":                       "老龄1场。",
		"活动{{活动.场次}}场（其中党建{{活动.场次 条线=党建}}场），走访{{走访.户次}}户；人次{{活动.人次}}。":   "活动2场；人次50。",
		"一年来，走访{{走访.户次}}户，其中老龄活动{{活动.场次 条线=老龄}}场。":                       "一年来，老龄活动1场。",
		"{{每条 活动}}{{名称}}！{{完}}。": "甲！乙！",
		"活动{{活动.场次}}场（老龄{{活动.场次 条线=老龄}}场，党建{{活动.场次 条线=党建}}场）。":                                                                                                    "活动2场（老龄1场）。",
		"Held {{activity.events}} (elderly {{activity.events lines=elderly}}, Party {{activity.events lines=党建}}, science {{activity.events lines=科普}}), in all.": "Held 2 (elderly 1), in all.",
		"By month: {{each activity}}{{date | month}} ({{title}}); {{end}}":                                                                                        "By month: 3月 (甲); 4月 (乙)。",
		"活动{{活动.场次}}场（其中老龄{{活动.场次 条线=老龄}}场）。":                                                                                                                     "活动2场（其中老龄1场）。",
		"逾期{{走访.户次 | 含零}}户。": "逾期0户。",
		"开展了{{每条 活动 条线=党建}}{{名称}}、{{完}}等活动，共{{活动.场次}}场。":     "共2场。",
		"{{每条 活动 序=一是}}{{序}}{{角色句}}；{{完}}":                   "一是举办了甲；二是举办了乙。",
		"开展了{{每条 活动}}“{{名称}}”、{{完}}等活动。":                     "开展了“甲”、“乙”等活动。",
		"开展了{{活动.名称 | 等1个}}活动。":                              "开展了甲等2个活动。",
		"开展了{{活动.名称 | 等2个}}活动。":                              "开展了甲、乙活动。",
		"## 走访\n走访{{走访.户次}}户。\n## 活动\n活动{{活动.场次}}场。":         "一、活动\n活动2场。",
		"{{如果 走访.户次}}走访。{{否则}}没有走访。{{结束}}":                   "没有走访。",
		"{{如果 期间=年}}\n全年。\n{{结束}}\n{{如果 期间=月}}\n本月。\n{{结束}}": "全年。",
		"{{循环 活动 排序=人次 倒序}}\n{{名称}}有{{人次}}人。\n{{结束}}":        "乙有30人。\n甲有20人。",
		"{{分组 活动 按 条线}}{{组}}{{活动.场次}}场、{{完}}共{{活动.场次}}场。":    "文体1场、老龄1场共2场。",
		"{{每条 活动}}{{名称}}同日{{活动.场次 日期=2026 名称=@名称}}场；{{完}}":   "甲同日1场；乙同日1场。",
	} {
		if got := text(t, s, src); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
	d := fill(t, s, "走访{{走访.户次}}户。开展活动{{活动.场次}}场。", Job{})
	if len(d.Dropped) != 1 || d.Dropped[0].Text != "走访0户。" {
		t.Errorf("dropped %v", d.Dropped)
	}
}

// TestFaults names the unknown thing, its line and what it may have been.
func TestFaults(t *testing.T) {
	schema := model.NewSchema()
	for src, want := range map[string]string{
		"{{语言 法文}}":       "{{语言}} 后面写 中文 或 英文",
		"好\n{{活动.场刺}}":    "第2行：没有“场刺”这个“活动”的统计项或字段，是不是“场次”？",
		"{{话动.场次}}":       "第1行：没有“话动”这个台账，是不是“活动”？",
		"{{社区名陈}}":        "是不是“社区名称”？",
		"{{活动.场次 | 多少}}":  "没有“多少”这个格式",
		"{{活动.场次 条线=文艺}}": "不在可选范围内",
		"{{活动.场次 级鳖>=区}}": "是不是“级别”？",
		"{{活动.场次 | 大写}}":  "这个格式只用于金额",
		"{{每条 活动}}{{名称}}": "没有用 {{完}} 结束",
		"{{结束}}":          "前面没有与它成对的标记",
		"{{活动.场次":         "没有在同一行用 }} 结束",
		"{{每条 活动}}{{每条 走访}}{{每条 需求}}{{每条 活动}}{{名称}}{{完}}{{完}}{{完}}{{完}}": "最多套3层",
		"{{活动.场次 期间=前年}}": "看不懂期间",
		"{{率 活动.场次}}":     "率要写两个统计项",
		"{{}}":            "里是空的",
	} {
		_, err := ParseText(src, schema, nil)
		if err == nil || !strings.Contains(model.Say(err, model.ZH), want) {
			t.Errorf("%s: %v, want %s", src, err, want)
		}
	}
}

// TestFiguresOpen: every figure carries its exact value, its query and the
// records behind it.
func TestFiguresOpen(t *testing.T) {
	s := community(t)
	d := fill(t, s, "活动{{活动.场次 条线=文体|多}}场。\n【说明】{{待补 存在问题}}", Job{})
	f := d.Figures[0]
	if len(d.Figures) != 1 || f.No != 1 || f.Register != "activity" || f.Measure != "events" || f.Query.ZH != "活动·场次，条线=文体，2026年" {
		t.Fatalf("%+v", f)
	}
	n, err := model.ReadInt(f.Value)
	if err != nil || int(n) != len(f.IDs) {
		t.Errorf("%s and %d ids", f.Value, len(f.IDs))
	}
	for _, id := range f.IDs {
		if !has(model.ActivityLines.Of(s.ByID[id]), "文体") {
			t.Errorf("%s is no record of the line", id)
		}
	}
	if !d.Open() || d.Gaps[0].Text != "【待补：存在问题】" {
		t.Errorf("gaps %v", d.Gaps)
	}
}
