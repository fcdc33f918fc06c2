package sample

import (
	"strconv"

	"taizhang/model"
)

// profileTable: valid from, area in km², place, bounds.
const profileTable = `
2004-08|1.2|城区东北侧|东至滨河路，南至文昌路，西至学院路，北至纺织厂宿舍
2015-06|1.5|城区东北侧|东至滨河路，南至文昌路，西至学院路，北至环城北路
`

// populationTable: date, households, residents, registered, floating, aged 60
// and over, aged 80 and over, minors.
const populationTable = `
2024-12-31|4058|11197|9801|1346|2263|361|1922
2025-12-31|4062|11242|9846|1379|2311|374|1914
2026-06-30|4062|11286|9874|1412|2348|386|1905
`

// orgEventTable: organisation, date, what happened, method, document.
const orgEventTable = `
和平社区党委|2004-08|成立|两推一选|文昌工委〔2004〕18号
和平社区居民委员会|2004-08|成立|公推直选|文昌办〔2004〕22号
和平社区第三党支部|2009-06|成立|两推一选|文昌工委〔2009〕9号
和平社区居务监督委员会|2012-03|成立|公推直选|
和平社区第四党支部|2015-06|成立|两推一选|文昌工委〔2015〕11号
和平社区党委|2021-05|换届|两推一选|文昌工委〔2021〕15号
和平社区居民委员会|2021-06|换届|公推直选|文昌办〔2021〕20号
`

// superiorTable: the organisations above, and what they are to the community.
const superiorTable = `
城东区委组织部|业务指导
文昌街道党工委|行政领导
`

// orgCountTable: branch, date, members, probationary, floating, reported in.
const orgCountTable = `
和平社区第一党支部|2024-12-31|46|1|2|14
和平社区第二党支部|2024-12-31|45|0|1|12
和平社区第三党支部|2024-12-31|46|1|1|9
和平社区第四党支部|2024-12-31|43|0|3|11
和平社区第一党支部|2025-12-31|48|1|2|15
和平社区第二党支部|2025-12-31|46|1|1|12
和平社区第三党支部|2025-12-31|47|0|1|10
和平社区第四党支部|2025-12-31|45|1|3|11
`

// cultureGroup is who works in the leading group for culture: name, capacity, duty.
const cultureGroup = `
赵立新|副组长|制度和计划
李晓梅|成员|活动组织、队伍管理
王思远|成员|宣传和志愿者
钱卫东|成员|经费和器材
何秀珍|成员|文艺节目编排
马国强|成员|体育比赛组织
`

// equipmentTable: name, quantity, unit, venue, when, where from.
const equipmentTable = `
远教设备|1|套|党员活动室|2019-10|配发
投影设备|1|套|党员活动室|2020-05|自购
音响设备|1|套|健身文化广场|2024-04|自购
乒乓球台|2|台|文化活动中心|2023-06|配发
健身器材|12|件|健身文化广场|2022-09|配发
触摸查询机|1|台|文化活动中心|2025-03|捐赠
`

// repertoireTable: title, team, first shown, shows, awards.
const repertoireTable = `
喜庆腰鼓|腰鼓队|2012-01|46|区广场文艺汇演二等奖
花棒舞|舞蹈队|2015-05|31|
单扇舞|舞蹈队|2018-10|22|市社区文化节优秀节目
大头娃娃舞|舞蹈队|2023-02|9|
`

// phaseTable: year, name, goal, result.
const phaseTable = `
2024|创建年|建起四社两阵地，定下章程和队伍|四社两阵地全部挂牌，六支队伍定期活动
2025|提升年|每个项目有志愿者骨干，活动上规模|志愿者骨干每个项目不少于五人
2026|成果展示年|把节目、赛事和志愿服务的成果展示给居民|
`

// campaignTable: name, stage, from, to, measures.
const campaignTable = `
廉政主题教育|整改落实|2027-01-04|2027-03-31|对照意见逐条整改，完善制度，回访提意见的居民
廉政主题教育|学习教育|2026-03-02|2026-11-30|办廉政微课堂，观看警示教育片，签订责任书，公开举报电话
文明创建在行动|集中整治|2026-04-01|2026-10-31|清理楼道，评选文明家庭，设文明劝导岗
`

// planTable: task, line of work, how many, per, due, owner, words in the title
// of activities, types of meetings. Of 老年人健康 five were planned and three held.
const planTable = `
先锋社每月一次理论学习|党建|1|月||赵立新|学习会|
四个支部每季度各开一次党员大会|党建|4|季||赵立新||党员大会
读书社每季度办一次书友活动|文体|1|季||陈静|书友会 读书|
举办三八评选表彰|妇女儿童|1||2026-03-31|李晓梅|评选|
举办两场大型广场文艺晚会|文体|2||2026-07-31|李晓梅||
组织群众体育赛事五场|文体|5||2026-12-15|李晓梅|球 运动会|
春蕾阵地寒暑假实践六场|青少年|6||2026-08-31|陈静|寒假 暑期|
夕阳阵地健康讲座、义诊五场|老龄|5||2026-10-31|郑春燕|保健 义诊 培训|
每季度一次消防安全宣传|消防安全|1|季||吴海涛|消防 安全|
志愿服务集市和表彰四场|志愿服务|4||2026-12-10|王思远|志愿|
廉政教育两场|廉政|2||2026-11-30|赵立新|廉政|警示教育
开好民主生活会|党建|1||2026-03-31|周慧敏||民主生活会
`

// planOf are the activities that name their item of the plan themselves.
var planOf = map[string]string{"庆五一劳动者之歌广场文艺晚会": "举办两场大型广场文艺晚会", "庆七一歌咏会": "举办两场大型广场文艺晚会"}

// campaignOf are the activities that belong to a campaign.
var campaignOf = map[string]string{"廉政微课堂": "廉政主题教育", "“三八”五好文明家庭、平安家庭、好媳妇评选": "文明创建在行动", "植绿护绿义务劳动": "文明创建在行动"}

// counts reads the cells of whole numbers into keys; blank ones stay blank.
func counts(v model.Values, cells []string, keys ...string) {
	for i, key := range keys {
		if cells[i] != "" {
			v[key] = int64(number(cells[i]))
		}
	}
}

// community enters what the community is: where it lies, who lives there, its
// organisations, what they own and what they plan.
func (f *filler) community() {
	var values []model.Values
	var days []model.Date
	enter := func(register string) {
		f.add(register, days, values)
		values, days = nil, nil
	}
	put := func(day model.Date, v model.Values) { values, days = append(values, v), append(days, day.Last()) }

	for _, c := range lines(profileTable) {
		area, _ := model.ParseDec(c[1])
		put(date(c[0]), model.Values{"name": Name, "street": "文昌街道", "district": "示例市城东区", "place": c[2], "bounds": c[3],
			"area_km2": area, "valid_from": date(c[0])})
	}
	enter("profile")
	for _, c := range lines(populationTable) {
		v := model.Values{"date": date(c[0])}
		counts(v, c[1:], "households", "resident", "registered", "floating", "age60", "age80", "minors")
		put(date(c[0]), v)
	}
	enter("population")
	for _, c := range lines(superiorTable) {
		put(date("2004-08"), model.Values{"name": c[0], "type": "上级", "relation": c[1]})
	}
	enter("org")
	for _, c := range lines(orgEventTable) {
		v := model.Values{"org": f.orgs[c[0]], "date": date(c[1]), "kind": c[2], "method": c[3]}
		set(v, "doc_no", c[4])
		put(date(c[1]), v)
	}
	enter("org_event")
	for _, c := range lines(orgCountTable) {
		v := model.Values{"org": f.orgs[c[0]], "date": date(c[1])}
		counts(v, c[2:], "members", "probationary", "floating", "reported_in")
		put(date(c[1]), v)
	}
	enter("org_count")
	var members []model.Row
	for _, c := range lines(cultureGroup) {
		members = append(members, model.Row{"person": f.staffOr(c[0]), "capacity": c[1], "duty": c[2]})
	}
	put(model.NewDate(2024, 3, 8), model.Values{"name": "文化活动领导小组", "date": date("2024-03-08"), "org": f.orgs["和平社区党委"], "head": f.staff["周慧敏"],
		"members": members, "duty": "统筹社区文体活动，定制度、定计划、定经费，每季度开一次会。", "doc_no": "和平党委〔2024〕3号"})
	f.orgs["文化活动领导小组"] = f.add("leading_group", days, values)[0]
	values, days = nil, nil
	for _, c := range lines(equipmentTable) {
		put(date(c[4]), model.Values{"name": c[0], "qty": int64(number(c[1])), "unit": c[2], "venue": f.venues[c[3]], "bought": date(c[4]), "source": c[5], "state": "在用"})
	}
	enter("equipment")
	for _, c := range lines(repertoireTable) {
		v := model.Values{"title": c[0], "team": f.teams[c[1]], "first": date(c[2]), "shows": int64(number(c[3]))}
		set(v, "awards", c[4])
		put(date(c[2]), v)
	}
	enter("repertoire")
	for _, c := range lines(phaseTable) {
		v := model.Values{"year": date(c[0]), "name": c[1], "goal": c[2]}
		set(v, "result", c[3])
		put(date(c[0]).First(), v)
	}
	enter("phase")
	f.intentions()
}

// intentions enters the campaigns and the plan of the report year, to which its
// activities refer.
func (f *filler) intentions() {
	var values []model.Values
	for _, c := range lines(campaignTable) {
		values = append(values, model.Values{"name": c[0], "stage": c[1], "from": date(c[2]), "to": date(c[3]), "measures": c[4]})
	}
	f.campaigns = f.addNamedOn(model.NewDate(Year, 3, 2), "campaign", "name", values)
	values = nil
	for _, c := range lines(planTable) {
		v := model.Values{"year": date(strconv.Itoa(Year)), "task": c[0], "line": c[1], "target_count": int64(number(c[2])), "owner": f.staff[c[5]]}
		set(v, "per", c[3])
		set(v, "due", date(c[4]))
		set(v, "keyword", c[6])
		set(v, "meetings", words(c[7]))
		values = append(values, v)
	}
	f.plans = f.addNamedOn(model.NewDate(Year, 1, 8), "plan", "task", values)
}
