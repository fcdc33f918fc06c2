package sample

import (
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
)

// The characters that names are made of. Names are drawn from them at random,
// so that any likeness is chance.
var (
	surnames = strings.Fields("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 欧阳 司马 单 解 仇")
	menOld   = strings.Fields("国 建 德 福 志 永 金 玉 文 长 宝 春 洪 庆 振 世 明 忠 林 生")
	menNew   = strings.Fields("伟 强 磊 军 洋 勇 杰 涛 超 辉 刚 鹏 浩 宇 轩 博 泽 晨 俊 凯")
	womenOld = strings.Fields("秀 英 桂 兰 珍 玉 凤 梅 淑 素 云 莲 琴 芳 香 华 荣 菊 芝 贞")
	womenNew = strings.Fields("丽 敏 静 艳 娟 霞 燕 玲 丹 萍 红 婷 雪 倩 颖 琳 欣 怡 涵 悦")
)

// resident is what visits need of a person.
type resident struct {
	ref, household model.Ref
	birth          model.Date
	cats           []string
	alone          bool
}

// living is a kind of household: how many of a round's 120 are like that, who
// lives there, and the categories that its heads are in by turns.
type living struct {
	households int
	ages       [][2]int // of each person: youngest, oldest
	cats       []string // a blank one is a household without
}

// livings make 120 households and 200 people. Those in a category suffice for
// 61 visits at the Spring Festival and 23 on the Party's anniversary.
var livings = []living{
	{40, [][2]int{{66, 97}}, words(`困难党员 独居 老党员 老党员 低保户 优抚对象 困难党员 独居 特困 老党员`)},
	{22, [][2]int{{28, 59}}, []string{"低保户", "", "残疾人", "失业", "重残", "大病", "", "困难职工", "低保户", "", "计生特殊家庭"}},
	{24, [][2]int{{64, 90}, {62, 88}}, words(`空巢老人 困难党员 空巢老人 退役军人`)},
	{12, [][2]int{{36, 60}, {34, 58}}, []string{"", "", "低边", "", "", "楼组长"}},
	{22, [][2]int{{32, 50}, {30, 48}, {3, 17}}, []string{"", "", "困境儿童", "", "", "流动人口", "", "志愿者骨干", "", "", "军属"}},
}

// memberCats are the categories of Party members.
var memberCats = map[string]bool{"困难党员": true, "老党员": true, "楼组长": true, "志愿者骨干": true}

// causes give the reason of hardship and what goes with it.
var causes = map[string]string{"低保户": "缺劳力", "特困": "年老", "残疾人": "因残", "重残": "因残", "失业": "失业", "大病": "因病",
	"低边": "因学", "困难党员": "年老", "困难职工": "意外"}

// people enters the round's households and who lives in them.
func (f *filler) people() {
	var homes, persons []model.Values
	var of []int // household of each person
	f.residents = f.residents[:0]
	for _, l := range livings {
		for i := range l.households {
			cat := l.cats[i%len(l.cats)]
			surname := f.pick(surnames)
			for j, ages := range l.ages {
				v, r := f.person(j, surname, cat, ages)
				if r.alone = len(l.ages) == 1; r.alone && cat == "困难党员" {
					f.category(v, &r, "空巢老人", 66)
				}
				if j == 0 {
					homes = append(homes, f.home(len(homes), v["name"].(string), cat))
				}
				persons, of = append(persons, v), append(of, len(homes)-1)
				f.residents = append(f.residents, r)
			}
		}
	}
	days := make([]model.Date, len(persons))
	for i := range days {
		days[i] = model.NewDate(f.year(), 1, 2)
	}
	refs := f.add("household", days[:len(homes)], homes)
	for i, v := range persons {
		v["household"] = refs[of[i]]
		f.residents[i].household = refs[of[i]]
	}
	for i, ref := range f.add("person", days, persons) {
		f.residents[i].ref = ref
	}
}

// home is where a household lives; the blocks fill up evenly.
func (f *filler) home(i int, head, cat string) model.Values {
	n := f.round*120 + i
	v := model.Values{"head": model.Ref{Text: head}, "compound": f.compounds[n%len(f.compounds)],
		"building": strconv.Itoa(1 + n/len(f.compounds)%4), "unit": strconv.Itoa(1 + n/60%3),
		"room": fmt.Sprintf("%d0%d", 1+n/7%6, 1+n%3), "grid": "第" + []string{"一", "二", "三", "四", "五"}[n%len(f.compounds)/3] + "网格"}
	if class, ok := map[string]string{"低保户": "低保", "特困": "特困", "低边": "低边"}[cat]; ok {
		v["income_class"] = class
	}
	return v
}

// person is the j-th of a household; the first is its head and, but for
// children, the one in the category.
func (f *filler) person(j int, surname, cat string, ages [2]int) (model.Values, resident) {
	age := ages[0] + f.rng.IntN(ages[1]-ages[0]+1)
	if cat == "老党员" {
		age = max(age, 76)
	}
	birth := model.NewDate(f.year()-age, 1+f.rng.IntN(12), 1+f.rng.IntN(28))
	male := f.rng.IntN(2) == 0
	if j == 1 {
		male, surname = !male, f.pick(surnames)
	}
	v := model.Values{"name": surname + f.given(male, age), "id_no": f.idNumber(birth, male), "birth": birth, "sex": map[bool]string{true: "男", false: "女"}[male],
		"relation": []string{"户主", "配偶", "子女"}[j]}
	if age >= 16 {
		v["phone"] = fmt.Sprintf("1990000%04d", f.rng.IntN(10000))
	}
	r := resident{birth: birth}
	switch {
	case j == 0 && cat != "困境儿童", j == 2 && cat == "困境儿童":
		f.category(v, &r, cat, age)
	case j == 1 && age >= 80 && f.rng.IntN(3) == 0:
		f.category(v, &r, "失能", age)
	}
	if age < 14 {
		v["guardian"] = model.Ref{Text: "父母"}
		v["guardian_ok"] = []model.Row{{"ok": true, "on": model.NewDate(f.year(), 1, 2)}}
	}
	if v["politics"] == nil {
		v["politics"] = map[bool]string{true: "共青团员", false: "群众"}[age >= 14 && age <= 20]
	}
	return v, r
}

// category files a person under a category, with what belongs to it.
func (f *filler) category(v model.Values, r *resident, cat string, age int) {
	if cat == "" {
		return
	}
	r.cats = append(r.cats, cat)
	rows, _ := v["cats"].([]model.Row)
	v["cats"] = append(rows, model.Row{"cat": cat, "from": model.NewDate(f.year()-min(1+f.rng.IntN(4), age), 1, 1)})
	if c, ok := causes[cat]; ok {
		v["cause"] = []string{c}
		v["paired_with"], v["paired_on"] = f.staff["郑春燕"], model.NewDate(f.year(), 1, 10)
	}
	switch cat {
	case "残疾人":
		v["disability"], v["grade"] = "视力", int64(3)
	case "重残":
		v["disability"], v["grade"] = "肢体", int64(1)
	case "大病":
		v["health"] = "长期治疗，定期复查"
	case "失能":
		v["health"] = "生活不能自理，由家人照料"
	}
	if memberCats[cat] {
		joined := min(age-1, 20+f.rng.IntN(6))
		v["politics"], v["joined_on"] = "中共党员", model.NewDate(f.year()-age+joined, 7, 1)
		v["branch"] = f.orgs[fmt.Sprintf("和平社区第%s党支部", f.pick([]string{"一", "二", "三", "四"}))]
	}
}

// given is a given name as people of that age have it.
func (f *filler) given(male bool, age int) string {
	var from []string
	switch {
	case male && age >= 60:
		from = menOld
	case male:
		from = menNew
	case age >= 60:
		from = womenOld
	default:
		from = womenNew
	}
	name := f.pick(from)
	if f.rng.IntN(5) > 0 {
		name += f.pick(from)
	}
	return name
}

// idNumber gives out a number of the region 999999, which is assigned to no
// place: valid to the check digit, and never anyone's.
func (f *filler) idNumber(birth model.Date, male bool) string {
	day := strconv.Itoa(int(birth.SortKey()))
	f.births[day]++
	serial := f.births[day] * 2
	if male {
		serial--
	}
	first := fmt.Sprintf("999999%s%03d", day, serial%1000)
	return first + string(model.CheckDigit(first))
}

func (f *filler) pick(from []string) string { return from[f.rng.IntN(len(from))] }
