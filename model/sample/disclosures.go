package sample

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// people who draft and review a class; 周慧敏 approves.
var drafters = map[string][2]string{"党务": {"王思远", "赵立新"}, "居务": {"郑春燕", "孙玉兰"}, "财务": {"钱卫东", "孙玉兰"}}

// item is an entry of the catalogue for which the round has issues.
type item struct {
	ref   model.Ref
	class string
	no    int
	name  string
}

// running are the items whose issues the sample tells: one a class.
var running = map[string]string{"党务": "联系服务群众、慰问困难党员", "居务": "居民会议决定、协商成果及落实", "财务": "居委会工作经费收支"}

// catalogue enters the disclosure items.
func (f *filler) catalogue() {
	var values []model.Values
	for _, v := range model.DefaultItems() {
		values = append(values, f.catalogueItem(v))
	}
	refs := f.addNamed("catalogue", "topic2", values)
	for _, v := range values {
		class, name := v["class"].(string), v["topic2"].(string)
		if running[class] == name {
			f.items = append(f.items, item{refs[name], class, int(v["no"].(int64)), name})
		}
	}
}

// catalogueItem completes an item of the default catalogue.
func (f *filler) catalogueItem(v model.Values) model.Values {
	class, name := v["class"].(string), v["topic2"].(string)
	people := drafters[class]
	v["body_org"] = f.orgs[map[bool]string{true: "和平社区党委", false: "和平社区居民委员会"}[class == "党务"]]
	v["from"], v["filed_on"] = f.inForce(class, name), model.NewDate(Year-2, 1, 20)
	v["drafter"], v["reviewer"], v["approver"] = f.staff[people[0]], f.staff[people[1]], f.staff["周慧敏"]
	return v
}

// inForce is since when an item is disclosed: those that the sample tells of in
// the report year, the rest with the catalogue of the next.
func (f *filler) inForce(class, name string) model.Date {
	if strings.HasPrefix(name, running[class]) {
		return model.NewDate(Year, 1, 1)
	}
	return model.NewDate(Year+1, 1, 1)
}

// disclosures enters the round's issues and what residents said about them: six
// issues of Party affairs, the third of them late, four of neighbourhood affairs
// and four of finance.
func (f *filler) disclosures() {
	if f.part() > 1 && f.round%years == 0 {
		f.moreItems()
	}
	var values []model.Values
	var days []model.Date
	for _, it := range f.items {
		count, letter := 4, "Q"
		if it.class == "党务" {
			count, letter = 6, "B"
		}
		for i := 1; i <= count; i++ {
			v := f.issue(it, model.PeriodKey(fmt.Sprintf("%d-%s%d", f.year(), letter, i)), i == count, it.class == "党务" && i == 3)
			values, days = append(values, v), append(days, v["posted"].([]model.Row)[0]["on"].(model.Date))
		}
	}
	f.opinions(f.add("issue", days, values), days)
}

// moreItems stands for a further part of the community, which discloses on its
// own: no item has two issues of one period.
func (f *filler) moreItems() {
	var values []model.Values
	for i, it := range f.items {
		no := 100 + f.part()
		name := fmt.Sprintf("%s（第%d片区）", running[it.class], f.part())
		for _, v := range model.DefaultItems() {
			if v["class"] == it.class && v["topic2"] == running[it.class] {
				v["no"], v["topic1"], v["topic2"], v["elements"] = int64(no), running[it.class], name, "同主项"
				values = append(values, f.catalogueItem(v))
			}
		}
		f.items[i].no, f.items[i].name = no, name
	}
	refs := f.addNamed("catalogue", "topic2", values)
	for i := range f.items {
		f.items[i].ref = refs[f.items[i].name]
	}
}

// issue is one disclosure that has gone the whole way; the last of the year
// still hangs.
func (f *filler) issue(it item, period model.PeriodKey, hangs, late bool) model.Values {
	end := period.Span().To
	day := end.AddDays(8)
	if late {
		day = end.AddDays(20)
	}
	by := func(name string, on model.Date) []model.Row { return []model.Row{{"by": f.staff[name], "on": on}} }
	people := drafters[it.class]
	v := model.Values{"code": fmt.Sprintf("%s-%s-%02d", it.class, period, it.no), "item": it.ref, "period": period, "kind": "正常",
		"title": it.name + "（" + period.Text(model.ZH) + "）", "boards": []model.Ref{f.venues["一号公开栏"], f.venues["二号公开栏"]},
		"due": end.AddDays(15), "up_until": day.AddDays(7), "version": int64(1), "state": "公开中",
		"drafted": by(people[0], day.AddDays(-5)), "reviewed": by(people[1], day.AddDays(-3)), "approved": by("周慧敏", day.AddDays(-1)),
		"posted": by(people[0], day), "photo_no": "GK" + string(period),
		"chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true}
	if !hangs {
		v["state"], v["removed"] = "已撤下", by(people[0], day.AddDays(9))
	}
	if it.class != "党务" {
		v["sup_opinion"] = "经审查，内容属实，同意公开。"
		v["meeting"] = []model.Row{{"form": "居务监督委员会会议", "date": day.AddDays(-2), "present": int64(5)}}
	}
	n := int(end.Month)
	switch it.class {
	case "党务":
		v["body"] = fmt.Sprintf("%s，党员干部联系服务群众%d户次，帮助解决实际问题%d件。欢迎广大党员群众监督。", period.Text(model.ZH), 20+n*3, 2+n%4)
	case "居务":
		v["body"] = fmt.Sprintf("%s，召开居民代表会议%d次，议定事项%d件，已全部落实。欢迎居民监督。", period.Text(model.ZH), 1+n%2, 2+n/3)
	case "财务":
		v["finance"] = f.finance(period.Span())
	}
	return v
}

// financeTable: month of the quarter and day, income or expense, item, yuan, fund, department.
const financeTable = `
0|5|收|街道拨付工作经费|36000|居委会经费|综合
0|12|支|办公用品、印刷|2860|居委会经费|综合
1|8|支|水电、通信|4315|居委会经费|综合
1|20|支|居民活动材料|6240|居委会经费|文体
2|6|支|公共设施维修|9750|居委会经费|居务
2|18|支|志愿者误餐补助|3180|居委会经费|志愿服务
`

// finance is a quarter item by item, each line by three people.
func (f *filler) finance(quarter model.Period) []model.Row {
	var rows []model.Row
	for i, c := range lines(financeTable) {
		amount := yuan(number(c[4]))
		if c[2] == "支" {
			amount += model.Money(int(quarter.To.Month)*1250 + i*335)
		}
		day := quarter.From.AddMonths(number(c[0])).AddDays(number(c[1]) - 1)
		rows = append(rows, model.Row{"no": int64(i + 1), "date": day, "kind": c[2], "item": c[3], "amount": amount, "fund": c[5], "dept": c[6],
			"handler": "钱卫东", "witness": "孙玉兰", "approver": "周慧敏", "voucher_no": fmt.Sprintf("PZ%d%02d-%02d", day.Year, day.Month, i+1)})
	}
	return rows
}

// opinionTable: issue, days after it was posted, channel, topic, opinion,
// answer, days to the answer, adopted.
const opinionTable = `
1|2|意见箱|民生|希望公开栏字号再大一些，方便老年人看|已改用大号字，并增加一份大字版|3|是
4|1|微信|其他|主题活动能否提前三天通知|已在楼栋群提前发布活动预告|2|是
7|3|来访|物业|协商成果中的停车位划线何时完成|物业已在本月底前完成划线|4|是
10|2|会议|环境卫生|建议公开维修工程的施工单位|下期起一并公开施工单位和工期|4|是
12|4|热线|其他|请说明志愿者误餐补助的标准|按街道规定每人每次十五元，已张贴说明|5|否
`

func (f *filler) opinions(issues []model.Ref, posted []model.Date) {
	var values []model.Values
	var days []model.Date
	for _, c := range lines(opinionTable) {
		n := number(c[0])
		day := posted[n].AddDays(number(c[1]))
		values = append(values, model.Values{"date": day, "issue": issues[n], "channel": c[2], "topic": c[3], "content": c[4],
			"owner": f.staff["王思远"], "due": day.AddDays(5), "answer": c[5], "answered_on": day.AddDays(number(c[6])),
			"adopted": c[7] == "是", "satisfaction": "满意"})
		days = append(days, day)
	}
	f.add("opinion", days, values)
}
