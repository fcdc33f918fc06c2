package sample

import "taizhang/model"

// ruleTable: title, made, revised, state, keeper.
const ruleTable = `
社区工作职责|2024-01||有效|赵立新
会议制度|2024-01||有效|赵立新
社区文体活动章程|2024-02||有效|李晓梅
档案管理制度|2024-02||有效|王思远
理论学习制度|2024-01|2026-01|修订|赵立新
党务公开制度|2024-03||有效|王思远
居务公开制度|2024-03||有效|郑春燕
财务管理制度|2024-03|2025-12|修订|钱卫东
来信来访接待制度|2024-04||有效|孙玉兰
走访慰问制度|2024-04||有效|郑春燕
志愿服务制度|2024-05||有效|王思远
党风廉政建设责任制|2026-01||有效|赵立新
党员活动室管理制度|2024-06||有效|王思远
文化活动中心管理制度|2024-06||有效|王思远
广场活动公约|2024-06||有效|王思远
值班制度|2015-03||废止|吴海涛
`

// pledges are who answers for clean conduct, and for what; the last has not
// signed yet.
const pledges = `
周慧敏|党委第一责任人|2026-01-12
赵立新|党务、组织工作|2026-01-12
孙玉兰|居务、民政救助|2026-01-12
钱卫东|财务、资产|2026-01-12
李晓梅|妇女儿童、文体|2026-01-13
吴海涛|平安综治、消防|2026-01-13
王思远|宣传、志愿服务|
`

// phraseTable: short, kind, approved, full text. Invented for the sample.
const phraseTable = `
三贴近|口号|是|贴近居民所盼、贴近楼院实情、贴近日常小事
三保|口号|是|保楼院平安、保老幼安心、保邻里和气
三上门|口号|是|政策上门讲、困难上门问、服务上门办
四必访|口号|是|生病住院必访、遇到难处必访、老人独居必访、邻里不和必访
年度口号|口号|是|服务再贴心，邻里更和谐
品牌|口号|是|“邻里同心——四社两阵地”
品牌目标|套话|是|让服务到楼院，让文化进家门，让邻里常来往
指导句|套话|是|在上级党委的指导和街道的支持下
贯彻句|套话|是|围绕全年目标，一件一件抓落实
下一步|套话|是|下一步，我们将把做得好的坚持下去，把做得不够的补上来
认同感|效果|是|居民对社区的认同感更强了，参加活动的人更多了
氛围|效果|是|楼院里打招呼的多了，互相帮忙的多了
口碑|效果|否|居民说起社区，夸的多、埋怨的少
`

// contributionTable: month and day, partner, kind, content, value, venue, receipt.
const contributionTable = `
0416|区亮化处|劳务|为健身文化广场架灯通电|18000|健身文化广场|
0706|示例学院|资金|支持春蕾阵地暑期实践|5000||GJ-2026-001
0729|示例学院|劳务|组队参加女子篮球友谊赛并派出裁判|1200|健身文化广场|
0915|示例学院|实物|为阅览室赠书200册|6000|文化活动中心|
`

// formOpinions: opinion, topic, adopted, answer.
const formOpinions = `
健身文化广场晚上音乐声偏大|环境卫生|是|与活动队伍约定晚上九点前结束
丽景苑门口停车乱|物业|是|请物业划了停车线
希望多办老年人手机培训|民生|是|列入下半年计划
育才家属院路灯不亮|治安|是|已报修，装了感应灯
纺织厂宿舍下水道常堵|物业|是|已约产权单位一起查看
阅览室周末也开放|民生|是|周六上午开放
楼道里堆放杂物|环境卫生|是|组织志愿者清理
小区内再建一个停车楼|物业|否|没有用地，已向居民说明
`

// donationTable: date, giver, how to publish, yuan, goods, use, receipt. Of the
// years 2024 to 2026 the least came to exactly 10,000 yuan.
const donationTable = `
2024-01-18|和平社区爱心居民|匿名|4300||帮扶困难党员|JZ-2024-001
2024-05-26|文昌餐饮店|实名|3000|米 20 袋|助老|JZ-2024-002
2024-08-20|中通物业|实名|5000||助学|JZ-2024-003
2025-01-16|和平社区爱心居民|匿名|2000||帮扶困难党员|JZ-2025-001
2025-08-22|中通物业|实名|5000||助学|JZ-2025-002
2025-12-10|一位退休教师|无|3000||助学|JZ-2025-003
2026-01-20|示例学院|实名||棉被 12 床|冬季送温暖|JZ-2026-001
2026-02-06|文昌餐饮店|实名|3500|米 15 袋|助老|JZ-2026-002
2026-06-28|一位退休教师|无|3000||助学|JZ-2026-003
2026-08-18|中通物业|实名|5000||助学|JZ-2026-004
`

// rules enters the rules of the office, which venues name.
func (f *filler) rules() map[string]model.Ref {
	var values []model.Values
	var days []model.Date
	for _, c := range lines(ruleTable) {
		v := model.Values{"title": c[0], "made": date(c[1]), "state": c[3], "keeper": f.staff[c[4]]}
		set(v, "revised", date(c[2]))
		if c[0] == "党风廉政建设责任制" {
			var duties []model.Row
			for _, p := range lines(pledges) {
				row := model.Row{"owner": f.staff[p[0]], "duty": p[1]}
				set(row, "signed", date(p[2]))
				duties = append(duties, row)
			}
			v["duties"], v["doc_no"] = duties, "和平党委发〔2026〕1号"
		}
		values, days = append(values, v), append(days, v["made"].(model.Date).Last())
	}
	rules := map[string]model.Ref{}
	for i, ref := range f.add("rule", days, values) {
		rules[values[i]["title"].(string)] = ref
	}
	return rules
}

// phrases enters what the office approved to say.
func (f *filler) phrases() {
	var values []model.Values
	var days []model.Date
	for _, c := range lines(phraseTable) {
		v := model.Values{"short": c[0], "kind": c[1], "full": c[3]}
		if c[2] == "是" {
			v["approved"], v["approved_by"], v["approved_on"] = true, f.staff["周慧敏"], model.NewDate(Year, 1, 6)
		}
		values, days = append(values, v), append(days, model.NewDate(Year, 1, 5))
	}
	f.add("phrase", days, values)
}

// support enters what partners, residents and givers brought in the report year,
// and the gifts of the two years before it.
func (f *filler) support() {
	var values []model.Values
	var days []model.Date
	for _, c := range lines(contributionTable) {
		v := model.Values{"date": f.day(number(c[0])), "partner": f.partners[c[1]], "kind": c[2], "content": c[3], "value": yuan(number(c[4]))}
		set(v, "venue", f.venues[c[5]])
		set(v, "receipt_no", c[6])
		values, days = append(values, v), append(days, v["date"].(model.Date))
	}
	f.add("contribution", days, values)

	var opinions []model.Row
	for _, c := range lines(formOpinions) {
		opinions = append(opinions, model.Row{"text": c[0], "topic": c[1], "adopted": c[2] == "是", "answer": c[3]})
	}
	f.add("opinion_form", []model.Date{f.day(619)}, []model.Values{{"topic": "上半年居民意见", "from": f.day(608), "to": f.day(619), "target": "居民", "way": "上户",
		"issued": int64(500), "returned": int64(463), "valid": int64(451), "opinions": opinions}})

	values, days = nil, nil
	for _, c := range lines(donationTable) {
		giver := model.Ref{Text: c[1]}
		if ref, ok := f.partners[c[1]]; ok {
			giver = ref
		}
		v := model.Values{"date": date(c[0]), "giver": giver, "publish_as": c[2], "use": c[5], "receipt_no": c[6], "earmarked": c[5] == "助学"}
		if c[3] != "" {
			v["amount"] = yuan(number(c[3]))
		}
		if g := words(c[4]); len(g) == 3 {
			v["goods"] = []model.Row{{"item": g[0], "qty": model.Dec(number(g[1])) * 1000, "unit": g[2]}}
		}
		values, days = append(values, v), append(days, v["date"].(model.Date))
	}
	f.add("donation", days, values)
}
