package sample

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// inner turns quotation marks into those that stand inside others.
var inner = strings.NewReplacer("“", "‘", "”", "’")

// activityTable is the report year: month and day, title, lines of work,
// programmes, form, audience, place, attendances. It has 73 lines, and 12,604
// attendances in all.
const activityTable = `
0106|“年货进小区”便民服务日|志愿服务 民政救助|连心社|便民服务|居民 老年人|广场|168
0110|寒假安全第一课|消防安全 青少年|春蕾阵地|讲座|青少年|中心|46
0114|先锋社一月学习会|党建|先锋社|培训|党员|党员室|45
0117|老年人冬季保健讲座|老龄|夕阳阵地|讲座|老年人|中心|62
0124|小小志愿者楼道清洁行动|青少年 爱国卫生|春蕾阵地|社会实践|青少年|小区|58
0128|在职党员进社区服务日|党建 志愿服务|先锋社 连心社|志愿服务|在职党员 居民|广场|86
0131|迎新春写春联送祝福|文体|文体社|节庆|居民|中心|210
0207|迎新春军民联欢会|双拥 文体|文体社|文艺演出|居民|广场|280
0210|烟花爆竹安全宣传|消防安全 平安综治||宣传|居民|广场|268
0214|空巢老人年夜饭志愿服务|老龄 志愿服务|连心社 夕阳阵地|志愿服务|老年人 志愿者|中心|64
0225|先锋社二月学习会|党建|先锋社|培训|党员|党员室|44
0228|寒假实践优秀少年表彰|青少年|春蕾阵地|评选表彰|青少年|中心|48
0302|元宵灯谜游园会|文体|文体社|节庆|居民|广场|520
0304|学雷锋志愿服务集市|志愿服务|连心社|志愿服务|居民 志愿者|广场|260
0307|“三八”五好文明家庭、平安家庭、好媳妇评选|妇女儿童 文明创建|文体社|评选表彰|妇女 居民|中心|128
0312|植绿护绿义务劳动|爱国卫生 志愿服务|连心社|志愿服务|居民 志愿者|小区|76
0318|先锋社三月学习会|党建|先锋社|培训|党员|党员室|47
0321|读书社春季书友会|文体|读书社|读书|居民|中心|38
0324|世界防治结核病日义诊|红十字 爱国卫生|夕阳阵地|义诊|居民 老年人|广场|96
0328|老年人智能手机培训班|老龄 科普|夕阳阵地|培训|老年人|中心|52
0403|清明文明祭扫宣传|文明创建||宣传|居民|广场|230
0408|邻街道社区党委来访交流|党建 共建|先锋社|接待参观|党员 共建单位|党员室|24
0411|春季门球邀请赛|文体 老龄|文体社 夕阳阵地|体育比赛|老年人|广场|84
0415|国家安全教育日讲座|平安综治||讲座|居民|中心|68
0418|城东区“人口计生杯”第四届六人制室内足球赛|文体|文体社|体育比赛|居民 青少年|区体育馆|260
0423|世界读书日全民阅读活动|文体 青少年|读书社|读书|居民 青少年|中心|142
0425|先锋社四月学习会|党建|先锋社|培训|党员|党员室|46
0428|燃气安全入户宣传|消防安全||宣传|居民|小区|410
0430|庆五一劳动者之歌广场文艺晚会|文体 重大活动|文体社|文艺演出|居民|广场|1500
0504|五四青年志愿集市|青少年 志愿服务|春蕾阵地|志愿服务|青少年 志愿者|广场|112
0509|母亲节亲子手工坊|妇女儿童|春蕾阵地|亲子|妇女 青少年|中心|56
0512|防灾减灾日疏散演练|民防 消防安全||培训|居民|广场|286
0516|助残日走进残疾人家庭|助残|连心社|慰问|残疾人 志愿者|小区|42
0520|先锋社五月学习会|党建|先锋社|培训|党员|党员室|46
0523|读书社“好书换着看”|文体|读书社|读书|居民|中心|64
0527|外省兄弟单位参观交流|党建 共建|先锋社|接待参观|党员 共建单位|中心|36
0530|庆六一少儿才艺展演|妇女儿童 青少年|春蕾阵地|文艺演出|青少年|广场|380
0606|高考护航志愿岗|志愿服务 青少年|连心社|志愿服务|志愿者|小区|60
0617|端午包粽子送温情|文体 老龄|连心社 夕阳阵地|节庆|居民 老年人|中心|132
0625|国际禁毒日宣传|平安综治||宣传|居民|广场|240
0626|党员政治生日座谈会|党建|先锋社|座谈|党员|党员室|48
0630|庆七一歌咏会|党建 文体 重大活动|先锋社 文体社|文艺演出|党员 居民|广场|620
0706|暑期小小读书郎开班|青少年|春蕾阵地 读书社|读书|青少年|中心|66
0711|暑期防溺水讲座|青少年 平安综治|春蕾阵地|讲座|青少年|中心|88
0715|先锋社七月学习会|党建|先锋社|培训|党员|党员室|45
0722|高温慰问户外劳动者|民政救助 共建|连心社|慰问|外来人员 志愿者|小区|75
0725|老党员讲红色故事|党建 青少年|先锋社 春蕾阵地|讲座|青少年 党员|中心|82
0729|“迎八一 创和谐”女子篮球友谊赛|文体 双拥 共建|文体社|体育比赛|妇女 居民|广场|230
0804|暑期科普小实验|科普 青少年|春蕾阵地|亲子|青少年|中心|60
0808|全民健身日广场舞展示|文体|文体社|文艺演出|居民|广场|460
0815|夏夜纳凉露天电影|文体|文体社|节庆|居民|广场|400
0819|先锋社八月学习会|党建|先锋社|培训|党员|党员室|43
0826|暑期社会实践总结表彰|青少年|春蕾阵地|评选表彰|青少年|中心|72
0905|慈善周旧衣捐赠|民政救助 志愿服务|连心社|志愿服务|居民 志愿者|广场|130
0916|先锋社九月学习会|党建|先锋社|培训|党员|党员室|46
0919|全国科普日进小区|科普|读书社|展览|居民|广场|320
0923|中秋邻里百家宴|文体 文明创建|文体社 连心社|节庆|居民|广场|580
0926|“天都华庭杯”爱国歌曲大家唱|文体|文体社|文艺演出|居民|区文化馆|48
1012|重阳敬老长寿宴|老龄 民政救助|夕阳阵地 连心社|慰问|老年人|中心|156
1016|重阳义诊进小区|老龄 红十字|夕阳阵地|义诊|老年人 居民|广场|138
1021|先锋社十月学习会|党建|先锋社|培训|党员|党员室|47
1024|读书社秋季书友会|文体|读书社|读书|居民|中心|41
1031|秋季居民趣味运动会|文体|文体社|体育比赛|居民|广场|437
1107|消防宣传月逃生体验|消防安全||培训|居民 青少年|广场|350
1111|先锋社十一月学习会|党建|先锋社|培训|党员|党员室|46
1118|廉政微课堂|廉政 党建|先锋社|讲座|党员|党员室|48
1121|独居老人结对探访|老龄 志愿服务|连心社 夕阳阵地|志愿服务|志愿者 老年人|小区|70
1204|国家宪法日宣传|平安综治||宣传|居民|广场|290
1205|国际志愿者日表彰会|志愿服务|连心社|评选表彰|志愿者|中心|110
1209|先锋社十二月学习会|党建|先锋社|培训|党员|党员室|46
1216|冬衣送温暖|民政救助 志愿服务|连心社|便民服务|居民 外来人员|广场|140
1219|夕阳阵地新年茶话会|老龄|夕阳阵地|座谈|老年人|中心|78
1226|迎新年邻里联欢会|文体 文明创建|文体社|文艺演出|居民|广场|380
`

// places are the short names of the table.
var places = map[string]string{"广场": "健身文化广场", "中心": "文化活动中心", "党员室": "党员活动室",
	"小区": "各小区", "区体育馆": "城东区体育馆", "区文化馆": "城东区文化馆"}

// lineOwner is who looks after a line of work; others are 孙玉兰's.
var lineOwner = map[string]string{"党建": "赵立新", "廉政": "赵立新", "文体": "李晓梅", "妇女儿童": "李晓梅", "青少年": "陈静",
	"老龄": "郑春燕", "助残": "郑春燕", "民政救助": "郑春燕", "志愿服务": "王思远", "消防安全": "吴海涛", "平安综治": "吴海涛",
	"民防": "吴海涛"}

// festivalWords find the festival an activity was held for, in its title.
var festivalWords = [][2]string{{"迎新春", "春节"}, {"年货", "春节"}, {"年夜饭", "春节"}, {"烟花", "春节"}, {"元宵", "元宵"},
	{"学雷锋", "学雷锋"}, {"三八", "三八"}, {"清明", "清明"}, {"五一", "五一"}, {"五四", "五四"}, {"助残日", "助残日"}, {"六一", "六一"},
	{"端午", "端午"}, {"七一", "七一"}, {"八一", "八一"}, {"中秋", "中秋"}, {"重阳", "重阳"}}

// formTimes are the hours at which a form is usually held.
var formTimes = map[string][2]string{"文艺演出": {"19:00", "21:00"}, "体育比赛": {"09:00", "17:00"}, "宣传": {"08:30", "11:30"},
	"培训": {"15:00", "16:30"}, "讲座": {"14:30", "16:00"}}

// activityDetails completes the activities that have more to tell.
func (f *filler) activityDetails(title string, v model.Values) {
	has := func(s string) bool { return strings.Contains(title, s) }
	results := func(rows ...model.Row) { v["results"] = rows }
	key := true
	switch {
	case has("足球赛"):
		v["role"], v["host"], v["level"], v["edition"], v["sponsor"] = "协办", "城东区计划生育协会", "区", "第四届", "人口计生杯"
		v["teams"] = []model.Ref{f.teams["青年男子足球队"]}
	case has("好媳妇"):
		results(model.Row{"n": int64(4), "unit": "户", "label": "五好文明家庭、平安家庭"}, model.Row{"n": int64(9), "unit": "人", "label": "好媳妇"})
	case has("劳动者之歌"):
		v["scale"] = true
		v["teams"] = []model.Ref{f.teams["舞蹈队"], f.teams["腰鼓队"]}
		results(model.Row{"n": int64(14), "unit": "个", "label": "节目"})
	case has("女子篮球"):
		v["partners"], v["teams"] = []model.Ref{f.partners["示例学院"]}, []model.Ref{f.teams["女子篮球队"]}
		results(model.Row{"label": "比分 42比38"})
	case has("大家唱"):
		v["role"], v["host"], v["level"], v["sponsor"] = "报送", "城东区文化馆", "区", "天都华庭杯"
		v["teams"] = []model.Ref{f.teams["舞蹈队"]}
		results(model.Row{"n": int64(2), "unit": "个", "label": "节目"})
	case has("邻街道"):
		v["role"], v["host"], v["visitors"], v["region"] = "接待", "和平社区党委", "邻街道社区党委", "本区"
	case has("外省"):
		v["role"], v["host"], v["visitors"], v["region"] = "接待", "和平社区党委", "外省兄弟单位", "外省"
	case has("歌咏会"):
		v["scale"] = true
		v["teams"] = []model.Ref{f.teams["舞蹈队"]}
	case has("门球"):
		key, v["teams"] = false, []model.Ref{f.teams["门球队"]}
	case has("好书换着看"):
		key = false
		results(model.Row{"n": int64(86), "unit": "本", "label": "交换图书"})
	default:
		key = false
	}
	if key {
		v["key_event"] = true
	}
	if f.round > 0 { // the plan and the campaigns are the report year's
		return
	}
	if ref, ok := f.plans[planOf[title]]; ok {
		v["plans"] = []model.Ref{ref}
	}
	if ref, ok := f.campaigns[campaignOf[title]]; ok {
		v["campaign"] = ref
	}
}

// activities enters the events of the round's year.
func (f *filler) activities() {
	table := lines(activityTable)
	values, days := make([]model.Values, 0, len(table)), make([]model.Date, 0, len(table))
	for _, c := range table {
		v := f.activity(c)
		values = append(values, v)
		days = append(days, v["date"].(model.Date))
	}
	for i, ref := range f.add("activity", days, values) {
		if f.round == 0 && strings.Contains(table[i][1], "好媳妇") {
			f.womensDay = ref
		}
	}
}

func (f *filler) activity(c []string) model.Values {
	title, form, audience := c[1], c[4], words(c[5])
	lineTags := words(c[2])
	total := int64(number(c[7]))
	occasion := ""
	for _, w := range festivalWords {
		if strings.Contains(title, w[0]) {
			occasion = w[1]
			break
		}
	}
	day := f.day(number(c[0])).AddDays(f.shift(occasion))
	if f.round > 0 { // other years were like this one, never the same
		total = max(5, total*int64(80+f.rng.IntN(41))/100)
		day = day.AddDays(f.rng.IntN(5) - 2)
	}
	if first := model.NewDate(f.year(), 1, 3); day.Before(first) {
		day = first
	}
	if last := model.NewDate(f.year(), 12, 30); day.After(last) {
		day = last
	}
	if f.part() > 1 {
		title = fmt.Sprintf("%s（第%d场）", title, f.part())
	}
	venue := model.Ref{Text: places[c[6]]}
	if ref, ok := f.venues[places[c[6]]]; ok {
		venue = ref
	}
	owner := lineOwner[lineTags[0]]
	if owner == "" {
		owner = "孙玉兰"
	}
	v := model.Values{"date": day, "title": title, "lines": lineTags, "form": form, "role": "主办", "level": "社区",
		"venue": venue, "audience": audience, "attend_total": total, "owner": f.staff[owner], "recorder": f.staff["王思远"],
		"held": "已举办", "evidence": fmt.Sprintf("HD%d-%04d", f.year(), f.count%10000),
		"summary": fmt.Sprintf("在%s开展“%s”，参加%d人次，现场秩序良好，居民反映较好。", places[c[6]], inner.Replace(title), total)}
	set(v, "programmes", words(c[3]))
	set(v, "occasion", occasion)
	from, to := "09:30", "11:00"
	if t, ok := formTimes[form]; ok {
		from, to = t[0], t[1]
	}
	v["time_from"], v["time_to"] = from, to

	party := total / 8
	if slices.Equal(audience, []string{"党员"}) {
		party = total
	}
	v["attend_party"], v["attend_other"] = party, total-party
	for _, part := range []struct{ who, key string }{{"青少年", "attend_youth"}, {"老年人", "attend_elderly"}, {"志愿者", "attend_volunteer"}} {
		if slices.Contains(audience, part.who) {
			v[part.key] = max(1, total*6/10/int64(len(audience)))
		}
	}
	if n, ok := v["attend_volunteer"].(int64); ok {
		v["volunteer_hours"] = model.Dec(n) * 2500
	}
	switch {
	case total >= 300:
		v["cost"], v["cost_source"] = yuan(int(total)*6), "党组织服务群众专项"
	case form == "讲座" || form == "评选表彰":
		v["cost"], v["cost_source"] = yuan(300+int(total)*5), "服务经费"
	}
	f.activityDetails(title, v)
	return v
}

// shift is by how many days a festival of the lunar calendar stands apart from
// where it was in the report year.
func (f *filler) shift(festival string) int {
	then, ok1 := model.FestivalDate(festival, Year)
	now, ok2 := model.FestivalDate(festival, f.year())
	if !ok1 || !ok2 {
		return 0
	}
	return model.NewDate(f.year(), int(then.Month), int(then.Day)).DaysUntil(now)
}
