package sample

import "taizhang/model"

// staffTable: name, posts, login, roles, duties, in the two committees.
const staffTable = `
林建国|第一书记||查看|统筹指导|否
周慧敏|书记 主任|zhouhm|审批 查看|全面工作|是
赵立新|副书记 组织员|zhaolx|审核 录入|党建、党务公开|是
孙玉兰|副主任|sunyl|审核 录入|居务、民政|是
钱卫东|委员|qianwd|财务 录入|财务、资产|是
李晓梅|委员|lixm|录入|妇女儿童、文体|是
吴海涛|委员|wuht|录入|平安综治、消防|是
郑春燕|工作人员|zhengcy|录入|民政救助、老龄|否
王思远|工作人员|wangsy|录入 管理|宣传、志愿服务|否
陈静|工作人员|chenj|录入|青少年、读书社|否
`

// orgTable: name, type, parent, secretary, founded.
const orgTable = `
和平社区党委|党委||周慧敏|2004-08
和平社区第一党支部|党支部|和平社区党委|赵立新|2004-08
和平社区第二党支部|党支部|和平社区党委|孙玉兰|2004-08
和平社区第三党支部|党支部|和平社区党委|钱卫东|2009-06
和平社区第四党支部|党支部|和平社区党委|李晓梅|2015-06
和平社区居民委员会|居委会||周慧敏|2004-08
和平社区居务监督委员会|居监委||郭志明|2012-03
和平社区文艺者协会|协会|和平社区居民委员会|何秀珍|2010-05
和平社区体育者协会|协会|和平社区居民委员会|马国强|2010-05
`

// compoundTable: name, households, buildings, property company, built, grid.
const compoundTable = `
和平小区|412|12|和平物业|1996|第一网格
文昌苑|356|9|文昌物业|2003|第一网格
中通花园|388|11|中通物业|2006|第一网格
锦绣家园|297|8|锦绣物业|2008|第二网格
阳光里|264|7|和平物业|1999|第二网格
光明小区|233|8|和平物业|1992|第二网格
丽景苑|318|9|丽景物业|2011|第三网格
书香名邸|276|6|丽景物业|2014|第三网格
育才家属院|148|5|自管|1988|第三网格
纺织厂宿舍|186|7|自管|1985|第四网格
邮电家属院|124|4|自管|1990|第四网格
新城小区|342|10|锦绣物业|2009|第四网格
桂花园|215|6|文昌物业|2005|第五网格
颐和居|198|5|丽景物业|2016|第五网格
滨河小区|305|9|中通物业|2001|第五网格
`

// venueTable: name, category, area, capacity, place, rooms, board number, rule.
const venueTable = `
党员活动室|室内|68|50|社区办公楼一层|||党员活动室管理制度
文化活动中心|室内|206|120|中通花园会所|多功能厅 健身房 棋牌室 阅览室 乒乓球室||文化活动中心管理制度
健身文化广场|室外|508|600|中通文化广场东侧|||广场活动公约
一号公开栏|公开栏|||社区办公楼门口||GK-01|
二号公开栏|公开栏|||和平小区北门||GK-02|
`

// teamTable: name, association, lead, founded, members, Party members, a week.
const teamTable = `
舞蹈队|和平社区文艺者协会|何秀珍|2010-05|32|6|3
腰鼓队|和平社区文艺者协会|丁桂英|2011-03|28|4|2
男子篮球队|和平社区体育者协会|马国强|2010-05|15|3|2
女子篮球队|和平社区体育者协会|罗小丽|2013-07|12|2|2
青年男子足球队|和平社区体育者协会|高俊杰|2012-04|18|1|1
门球队|和平社区体育者协会|宋德福|2010-09|21|9|4
`

// programmeTable: short name, full name, kind, purpose, body, target, lead, season.
const programmeTable = `
先锋社|党员先锋社|社|以理论学习带动党员在社区亮身份、作表率|社区党委|党员|赵立新|
文体社|群众文体社|社|以文艺和体育凝聚居民，志愿者为主体|文艺者协会、体育者协会|居民|李晓梅|
读书社|邻里读书社|社|共读好书，传递书香|社区居委会|居民|陈静|
连心社|帮扶连心社|社|帮助有困难的居民，送政策、送服务、送温暖|社区党委、志愿者|困难群众|郑春燕|
春蕾阵地|青少年春蕾阵地|阵地|寒暑假组织青少年开展社会实践|社区居委会|青少年|陈静|寒暑假
夕阳阵地|老年人夕阳阵地|阵地|健身、讲座、互助，丰富老年人生活|社区居委会|老年人|郑春燕|
`

// partnerTable: name, nature, kind, address, contact, phone, agreement.
const partnerTable = `
区亮化处|机关|共建|城东区文昌路2号|许工|0990-5550001|2024-03-12
示例学院|学校|共建|城东区学院路1号|蒋老师|0990-5550002|2024-09-01
`

// office enters what stands behind the records of every year.
func (f *filler) office() {
	var staff []model.Values
	for i, c := range lines(staffTable) {
		var posts []model.Row
		for _, p := range words(c[1]) {
			posts = append(posts, model.Row{"post": p, "from": model.NewDate(2018+i%3, 5, 1)})
		}
		v := model.Values{"name": c[0], "posts": posts, "roles": words(c[3]), "duties": c[4], "two_committees": c[5] == "是"}
		set(v, "login", c[2])
		staff = append(staff, v)
	}
	f.staff = f.addNamed("staff", "name", staff)

	f.orgs = map[string]model.Ref{}
	for _, c := range lines(orgTable) {
		v := model.Values{"name": c[0], "type": c[1], "secretary": f.staffOr(c[3]), "founded": date(c[4])}
		switch {
		case c[2] != "":
			v["parent"] = f.orgs[c[2]]
		default:
			v["parent"] = model.Ref{Text: Place}
		}
		for name, ref := range f.addNamed("org", "name", []model.Values{v}) { // one by one: they refer to each other
			f.orgs[name] = ref
		}
	}

	var compounds []model.Values
	var days []model.Date
	for _, c := range lines(compoundTable) {
		compounds = append(compounds, model.Values{"name": c[0], "households": int64(number(c[1])), "buildings": int64(number(c[2])),
			"property_co": c[3], "built": int64(number(c[4])), "grid": c[5]})
		days = append(days, model.NewDate(Year-years, 12, 1))
	}
	f.compounds = f.add("compound", days, compounds)

	rules := f.rules()
	var venues []model.Values
	for _, c := range lines(venueTable) {
		v := model.Values{"name": c[0], "category": c[1], "place": c[4], "keeper": f.staff["王思远"], "state": "在用"}
		if c[2] != "" {
			v["hours"] = "每天 8:00—21:00"
			v["area_m2"], v["capacity"] = model.Dec(number(c[2]))*1000, int64(number(c[3]))
		}
		var rooms []model.Row
		for _, r := range words(c[5]) {
			rooms = append(rooms, model.Row{"name": r})
		}
		set(v, "rooms", rooms)
		set(v, "board_no", c[6])
		if c[7] != "" {
			v["rule"] = rules[c[7]]
		}
		venues = append(venues, v)
	}
	f.venues = f.addNamed("venue", "name", venues)

	var teams []model.Values
	for _, c := range lines(teamTable) {
		teams = append(teams, model.Values{"name": c[0], "association": f.orgs[c[1]], "lead": model.Ref{Text: c[2]}, "founded": date(c[3]),
			"members": int64(number(c[4])), "party": int64(number(c[5])), "weekly": int64(number(c[6])), "filed": true})
	}
	f.teams = f.addNamed("team", "name", teams)

	var programmes []model.Values
	for _, c := range lines(programmeTable) {
		v := model.Values{"short": c[0], "full": c[1], "kind": c[2], "purpose": c[3], "body": c[4], "target": c[5],
			"lead": f.staff[c[6]], "from": model.NewDate(2024, 1, 1)}
		set(v, "season", c[7])
		programmes = append(programmes, v)
	}
	f.addNamed("programme", "short", programmes)

	var partners []model.Values
	for _, c := range lines(partnerTable) {
		partners = append(partners, model.Values{"name": c[0], "nature": c[1], "kind": c[2], "address": c[3],
			"contact": c[4], "phone": c[5], "agreement_on": date(c[6])})
	}
	f.partners = f.addNamed("partner", "name", partners)

	f.catalogue()
}

// staffOr refers to a member of staff, or holds the name of someone who is not.
func (f *filler) staffOr(name string) model.Ref {
	if ref, ok := f.staff[name]; ok {
		return ref
	}
	return model.Ref{Text: name}
}
