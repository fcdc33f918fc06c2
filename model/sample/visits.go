package sample

import (
	"slices"

	"taizhang/model"
)

// How many visits a round has.
const (
	springVisits = 61 // households at the Spring Festival
	partyVisits  = 23 // on the Party's anniversary
	agedVisits   = 18 // at the Double Ninth Festival, to people over 80
	plainVisits  = 48 // through the year
)

// aid is the money a category usually gets at the Spring Festival, and whose.
var aid = map[string]struct {
	yuan int
	fund string
}{
	"困难党员": {1000, "上级党委拨付"}, "老党员": {800, "党费"}, "低保户": {800, "街道民政"}, "特困": {1500, "街道民政"},
	"低边": {600, "街道民政"}, "残疾人": {600, "残联"}, "重残": {1000, "残联"}, "大病": {3000, "慈善会"},
	"困难职工": {1000, "工会"}, "计生特殊家庭": {1000, "街道民政"}, "优抚对象": {800, "街道民政"}, "困境儿童": {1000, "妇联"},
}

// needTable is what people ask for: topic, the need, what was done, solved.
const needTable = `
民生|楼道灯不亮，夜间上下楼不方便|联系物业更换声控灯，当天恢复|是
环境卫生|垃圾桶离单元门太近，夏天气味大|与物业商定移到院墙边|是
物业|顶楼屋面渗水，雨天更明显|物业已列入维修计划|否
治安|单元门禁失灵，外人随意进出|协调物业更换门禁|是
民生|想了解老年人助餐服务怎样申请|帮助填表，已开始送餐|是
民生|家中水龙头漏水，自己修不了|志愿者上门更换|是
其他|希望阅览室周末延长开放|社区研究后周末延长两小时|是
环境卫生|楼前绿化带杂草多|组织义务劳动清理|是
物业|电梯经常停运，老人出行难|上报街道，督促物业整改|否
民生|希望代办老年优待证|代办后送到家中|是
治安|楼下电动车充电拉飞线|增设充电桩，清理飞线|是
民生|孩子假期无人照看|介绍参加暑期实践活动|是
`

// visits enters the round's visits and the needs that came of them.
func (f *filler) visits() {
	year := f.year()
	spring, _ := model.FestivalDate("春节", year)
	ninth, _ := model.FestivalDate("重阳", year)
	aided := f.households(func(r resident) bool { return len(r.cats) > 0 })
	members := f.households(func(r resident) bool {
		return slices.Contains(r.cats, "困难党员") || slices.Contains(r.cats, "老党员")
	})
	aged := f.households(func(r resident) bool { return model.AgeOn(r.birth, ninth) >= 80 })

	f.rounds(spring, first(aided, springVisits), first(members, partyVisits))
	var values []model.Values
	add := func(r resident, day model.Date, occasion string) model.Values {
		i := len(values)
		visitors := [][]string{{"郑春燕", "王思远"}, {"周慧敏", "赵立新"}, {"孙玉兰", "陈静"}, {"赵立新", "李晓梅"}}[i%4]
		v := model.Values{"date": day, "occasion": model.Occasion{Name: occasion, Year: year}, "person": r.ref, "household": r.household,
			"way": "入户", "visitors": []model.Ref{f.staff[visitors[0]], f.staff[visitors[1]]}}
		v["consent_pub"] = []model.Row{{"consent": "无"}}
		if i%3 == 0 {
			v["consent_pub"] = []model.Row{{"consent": "匿名", "date": day}}
		}
		values = append(values, v)
		return v
	}
	receipt := func(v model.Values) {
		v["receipt"] = "已签"
		if len(values)%17 == 0 {
			v["receipt"], v["proxy"] = "代领", "女儿"
		}
	}
	for i, r := range first(aided, springVisits) {
		v := add(r, spring.AddDays(-22+i/4), "春节")
		given, ok := aid[r.cats[0]]
		if !ok {
			given.yuan, given.fund = 500, "居委会经费"
		}
		v["amount"], v["fund"] = yuan(given.yuan), given.fund
		v["goods"] = []model.Row{{"item": "米", "qty": model.Dec(1000), "unit": "袋"}, {"item": "油", "qty": model.Dec(1000), "unit": "桶"}}
		receipt(v)
	}
	for i, r := range first(members, partyVisits) {
		v := add(r, model.NewDate(year, 6, 22+i/4), "七一")
		v["amount"], v["fund"] = yuan(500), "党组织服务群众专项"
		if r.cats[0] == "困难党员" {
			v["amount"], v["fund"] = yuan(1000), "上级党委拨付"
		}
		receipt(v)
	}
	for i, r := range first(aged, agedVisits) {
		v := add(r, ninth.AddDays(-6+i/4), "重阳")
		v["goods"], v["fund"] = []model.Row{{"item": "牛奶", "qty": model.Dec(1000), "unit": "箱", "price": yuan(60)}}, "居委会经费"
		if i%4 == 0 {
			v["team"], v["hours"] = f.teams["舞蹈队"], model.Dec(4000)
		}
		receipt(v)
	}
	needs := lines(needTable)
	asked := map[int]int{} // visit → need
	for i := range plainVisits {
		r := aided[(i*7+3)%len(aided)]
		v := add(r, model.NewDate(year, 1+i/4, 3+i%4*7), "日常走访")
		if i%4 == 1 {
			asked[len(values)-1] = i / 4 % len(needs) // the need itself says what, and what became of it
		}
		if r.alone {
			v["next_date"] = v["date"].(model.Date).AddDays(30)
		}
	}
	days := make([]model.Date, len(values))
	for i, v := range values {
		days[i] = v["date"].(model.Date)
	}
	f.needs(needs, asked, values, f.add("visit", days, values))
}

// needs enters what was asked for on some of the visits.
func (f *filler) needs(table [][]string, asked map[int]int, visits []model.Values, refs []model.Ref) {
	var values []model.Values
	var days []model.Date
	for i, v := range visits {
		n, ok := asked[i]
		if !ok {
			continue
		}
		c, day := table[n], v["date"].(model.Date)
		need := model.Values{"date": day, "source": refs[i], "person": v["person"], "topic": c[0], "text": c[1],
			"owner": f.staff["郑春燕"], "due": day.AddDays(15), "state": "办理中", "action": c[2]}
		if c[3] == "是" {
			need["state"], need["closed_on"], need["result"] = "办结", day.AddDays(6), c[2]
			need["revisit_on"], need["satisfaction"] = day.AddDays(20), "满意"
		}
		values, days = append(values, need), append(days, day)
	}
	f.add("need", days, values)
}

// households takes of each household the first resident that qualifies.
func (f *filler) households(qualifies func(resident) bool) []resident {
	seen := map[model.Ref]bool{}
	var out []resident
	for _, r := range f.residents {
		if qualifies(r) && !seen[r.household] {
			seen[r.household] = true
			out = append(out, r)
		}
	}
	return out
}

// first takes at most n.
func first(list []resident, n int) []resident { return list[:min(n, len(list))] }

// rounds enters what was planned: by name for the Spring Festival and the
// Party's anniversary, whose rolls are decided one by one, and by category for
// the Double Ninth and the Spring Festival to come.
func (f *filler) rounds(spring model.Date, atSpring, atParty []resident) {
	year := f.year()
	people := func(list []resident) []model.Ref {
		refs := make([]model.Ref, len(list))
		for i, r := range list {
			refs[i] = r.ref
		}
		return refs
	}
	visitors := []model.Ref{f.staff["郑春燕"], f.staff["周慧敏"]}
	occasion := func(name string, year int) model.Occasion { return model.Occasion{Name: name, Year: year} }
	values := []model.Values{
		{"occasion": occasion("春节", year), "people": people(atSpring), "visitors": visitors, "fund": "街道民政", "budget": yuan(60000)},
		{"occasion": occasion("七一", year), "people": people(atParty), "visitors": visitors, "fund": "党组织服务群众专项", "budget": yuan(20000)},
		{"occasion": occasion("重阳", year), "cats": []string{model.CatAged}, "visitors": visitors, "fund": "居委会经费",
			"goods": []model.Row{{"item": "牛奶", "qty": model.Dec(1000), "unit": "箱", "price": yuan(60)}}},
	}
	days := []model.Date{spring.AddDays(-50), model.NewDate(year, 6, 1), model.NewDate(year, 9, 20)}
	if f.round == 0 {
		values = append(values, model.Values{"occasion": occasion("春节", year+1), "cats": words("困难党员 低保户 特困 大病 重残 困境儿童"),
			"visitors": visitors, "amount": yuan(800), "fund": "街道民政", "budget": yuan(50000)})
		days = append(days, model.NewDate(year, 11, 16))
	}
	f.add("round", days, values)
}
