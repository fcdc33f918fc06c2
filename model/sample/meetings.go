package sample

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// branchTable: branch, members, who chairs.
const branchTable = `
和平社区第一党支部|48|赵立新
和平社区第二党支部|46|孙玉兰
和平社区第三党支部|47|钱卫东
和平社区第四党支部|45|李晓梅
`

// branchMeetings is the year of every branch: month and day, type, topic.
const branchMeetings = `
0108|支委会|安排全年组织生活
0110|主题党日|清扫楼院迎新年
0122|组织生活会|查摆问题、交流思想
0123|民主评议|党员民主评议
0206|支委会|研究春节走访名单
0208|主题党日|春节前探望老党员
0306|支委会|安排志愿服务月
0310|主题党日|志愿服务进楼院
0320|党员大会|通过年度学习计划
0403|支委会|检查一季度工作
0410|主题党日|重温入党誓词
0508|支委会|讨论发展对象培养
0510|主题党日|帮助困难家庭打扫
0605|支委会|推荐先进党员
0610|主题党日|参观社区阵地建设
0618|党员大会|评议并推荐先进党员
0624|党课|怎样做好居民的贴心人
0703|支委会|安排暑期值班
0710|主题党日|交流七一学习体会
0807|支委会|检查上半年工作
0810|主题党日|给户外劳动者送清凉
0904|支委会|研究结对帮扶
0910|主题党日|邻里节志愿服务
0917|党员大会|讨论接收预备党员
1009|支委会|安排重阳走访
1010|主题党日|陪老人过重阳
1106|支委会|检查结对帮扶
1110|主题党日|学习社区公约
1120|谈心谈话|支委与党员谈心
1204|支委会|准备年终总结
1210|主题党日|冬季安全隐患排查
1218|党员大会|通过年度工作报告
`

// committeeMeetings is the year of the Party committee: month and day, type,
// topic, expected, present.
const committeeMeetings = `
0105|工作会议|年初工作会：部署全年工作|10|10
0116|民主生活会|班子民主生活会|7|6
0121|专题学习|学习基层治理工作要求|10|9
0218|领导小组会|商定全年文体活动安排|9|8
0304|两委会|讨论妇女节评选办法|7|7
0325|专题学习|学习联系服务群众的做法|10|10
0421|领导小组会|落实广场晚会分工|9|9
0514|警示教育|观看警示教育片并讨论|10|10
0527|专题学习|学习居务公开规定|10|9
0708|两委会|讨论居民意见的答复|7|6
0714|领导小组会|总结上半年活动|9|8
0722|专题学习|学习社区矫正和禁毒知识|10|8
0923|专题学习|学习养老服务政策|10|10
1013|领导小组会|安排四季度活动|9|9
1022|警示教育|学习廉洁从业规定|10|9
1125|专题学习|学习财务管理规定|10|10
1203|业务培训|台账登记和隐私保护|10|10
`

// meetings enters the meetings of the report year: every branch met as often as
// it must, and the committee went to one meeting of the city.
func (f *filler) meetings() {
	var values []model.Values
	for i, b := range lines(branchTable) {
		for j, m := range lines(branchMeetings) {
			values = append(values, f.branchMeeting(b, m, (i+2*j)%4))
		}
	}
	party := f.orgs["和平社区党委"]
	for _, m := range lines(committeeMeetings) {
		v := model.Values{"date": f.day(number(m[0])), "type": m[1], "org": party, "topic": m[2], "place": f.venues["党员活动室"], "chair": f.staff["周慧敏"],
			"recorder": f.staff["王思远"], "expected": int64(number(m[3])), "present": int64(number(m[4])), "hours": model.Dec(2000)}
		switch m[1] {
		case "专题学习":
			v["programmes"], v["hours"] = []string{"先锋社"}, model.Dec(1500)
		case "工作会议":
			v["slogan"] = "服务再贴心，邻里更和谐"
		case "警示教育":
			v["campaign"] = f.campaigns["廉政主题教育"]
		case "民主生活会":
			v["absent"] = []model.Row{{"person": f.staff["林建国"], "reason": "因事"}}
		case "两委会":
			v["votes"] = []model.Row{{"yes": v["present"]}}
		case "领导小组会":
			if group, ok := f.orgs["文化活动领导小组"]; ok {
				v["org"] = group
			}
		}
		values = append(values, v)
	}
	values = append(values, model.Values{"date": date(fmt.Sprintf("%dH1", Year)), "type": model.MeetingElsewhere, "org": party, "topic": "全市社区党建工作座谈会",
		"host": "中共示例市委组织部", "level": "市", "capacity": "作经验介绍", "present": int64(2), "recorder": f.staff["王思远"]})
	days := make([]model.Date, len(values))
	for i, v := range values {
		days[i] = v["date"].(model.Date).Last()
	}
	f.add("meeting", days, values)
}

// branchMeeting is one meeting of a branch, of which a few members were missing.
func (f *filler) branchMeeting(branch, m []string, missing int) model.Values {
	members := number(branch[1])
	v := model.Values{"date": f.day(number(m[0])), "type": m[1], "org": f.orgs[branch[0]], "topic": m[2], "place": f.venues["党员活动室"],
		"chair": f.staff[branch[2]], "recorder": f.staff["王思远"], "hours": model.Dec(1500)}
	switch m[1] {
	case "支委会":
		members, missing = 5, missing/3
		v["hours"] = model.Dec(1000)
	case "谈心谈话":
		members, missing = 12, 0
	case "党课":
		v["lecturer"], v["programmes"] = f.staff["周慧敏"], []string{"先锋社"}
	}
	if strings.HasPrefix(m[2], "讨论接收") {
		v["votes"] = []model.Row{{"yes": int64(members - missing - 1), "abstained": int64(1)}}
	}
	v["expected"], v["present"] = int64(members), int64(members-missing)
	return v
}
