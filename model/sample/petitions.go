package sample

import "taizhang/model"

// petitionTable: month and day received, channel, kind, topic, persons, way,
// handler, petitioner, request, action, days to the reply, answer, whom it was
// passed to or is about. The last one is still open.
const petitionTable = `
105|来访|咨询求助|民生|1|当场|郑春燕|田素芬|咨询高龄津贴怎么办|当场讲明条件和材料，代填申请表|0|满意|
112|电话|建议意见|环境卫生|1|自办|吴海涛|曹文斌|楼下垃圾桶满了没人清|联系保洁当日清运，增加一次收运|2|满意|
119|12345|申诉求决|物业|1|自办|孙玉兰|邱立群|暖气不热，物业不来修|协调物业换阀门，室温达标|6|满意|
126|来访|咨询求助|民生|2|当场|郑春燕|汤桂兰|咨询临时救助|当场说明政策，转民政窗口预约|0|满意|
203|来信|建议意见|民生|1|自办|陈静||希望阅览室周末开放|周末由志愿者值守开放|9|满意|
209|网络|建议意见|治安|1|自办|吴海涛|许海波|小区西门路灯不亮|报修后更换灯头两处|4|满意|
226|来访|申诉求决|物业|6|自办|孙玉兰|江玉梅|六户反映屋顶漏水，要求动用维修资金|指导业主表决，维修资金批复后已施工|41|基本满意|
302|电话|咨询求助|民生|1|当场|郑春燕|龚爱华|咨询居住证办理|当场告知窗口和所需材料|0|满意|
305|上级转办|申诉求决|环境卫生|1|自办|吴海涛|谭永刚|餐馆油烟扰民|会同城管查看，餐馆加装净化器|24|基本满意|
311|来访|建议意见|物业|1|自办|孙玉兰|卢志远|建议增设电动车充电桩|物业选址安装十个充电口|35|满意|
318|12345|申诉求决|治安|1|自办|吴海涛|贺建军|楼上夜间噪音|上门劝导，双方约定时间|5|满意|
325|来信|检举控告|其他|1|自办|赵立新||反映物业公共收益账目不清|核对账目，物业补公示三个季度收益|28||和平物业项目经理
403|来访|咨询求助|民生|1|当场|郑春燕|石秀英|咨询残疾人两项补贴|当场核对证件，代为申报|0|满意|
410|人大代表|建议意见|环境卫生|1|上报|周慧敏|市人大代表联络站|建议整治河边绿化带|上报街道列入整治计划|18|基本满意|街道城建办
416|电话|建议意见|环境卫生|1|自办|吴海涛|薛丽华|绿化带有人种菜|联合网格员清理并补种草皮|8|满意|
423|网络|申诉求决|物业|1|自办|孙玉兰|范志强|停车位被长期占用|物业清理车位并公布规则|12|满意|
507|来访|咨询求助|民生|3|当场|陈静|方雪琴|咨询暑期托管|当场介绍春蕾阵地安排|0|满意|
513|12345|申诉求决|环境卫生|1|转送|吴海涛|姚国庆|路口施工围挡占道|不属本社区职权，转送区住建部门并告知|3|满意|区住建部门
521|来访|申诉求决|物业|1|自办|孙玉兰|彭桂珍|电梯经常停运|督促维保单位更换部件|15|满意|
604|电话|咨询求助|民生|1|当场|郑春燕|袁翠萍|咨询居家养老服务|当场登记，次日上门评估|0|满意|
611|来访|建议意见|治安|1|自办|吴海涛|邹德明|建议增加巡逻|平安志愿者夜间增加一班|7|满意|
618|其他|建议意见|民生|1|自办|王思远|金小敏|网格群里建议装晾衣架|两处空地安装晾衣架|20|满意|
702|12345|申诉求决|物业|1|自办|孙玉兰|蒋文清|下水道反水|疏通主管道，更换井盖|3|满意|
709|来访|申诉求决|民生|1|转送|郑春燕|傅玉珍|反映医保报销问题|转送区医保经办机构并陪同咨询|4|基本满意|区医保经办机构
723|网络|建议意见|环境卫生|1|自办|吴海涛|崔海燕|遛狗不牵绳|开展文明养犬宣传，设提示牌|10|满意|
806|来访|咨询求助|民生|1|当场|郑春燕|潘秀兰|咨询助学金|当场核对条件，发放申请表|0|满意|
818|电话|申诉求决|治安|1|自办|吴海涛|戴国强|楼道堆放杂物|上门清理三个单元并张贴告知|6|满意|
903|上级转办|申诉求决|物业|1|自办|孙玉兰|夏春生|物业费涨价没有协商|组织业主代表与物业协商，暂缓调价|38|基本满意|
916|来信|建议意见|民生|1|自办|王思远||希望公开栏字再大些|公开栏改用大号字|5|满意|
1014|来访|咨询求助|民生|1|当场|郑春燕|钟桂英|咨询退役军人优待证|当场预约采集信息|0|满意|
1116|12345|申诉求决|物业|1|自办|孙玉兰|廖志明|地下车库渗水|做防水处理|12|满意|
`

// mediationTable: month and day, kind of dispute, mediator, parties, dispute,
// result, agreement.
const mediationTable = `
319|噪音|吴海涛|贺建军、楼上住户|楼上夜间装修，楼下无法休息|约定晚八点以后不施工，楼上当面致歉|是
611|邻里|孙玉兰|四单元两户|空调外机滴水到楼下窗台|加装导水管，费用各半|是
922|婚姻家庭|郑春燕|一户父女|赡养费和照料时间争执|两次调解，分歧仍在，建议到街道调解委员会|否
`

// petitions enters what people wrote, called and came about, and the disputes
// that were settled.
func (f *filler) petitions() {
	var values []model.Values
	var days []model.Date
	table := lines(petitionTable)
	for i, c := range table {
		day := f.day(number(c[0]))
		v := model.Values{"date": day, "channel": c[1], "kind": c[2], "topic": c[3], "persons": int64(number(c[4])), "way": c[5],
			"receiver": f.staff["陈静"], "owner": f.staff[c[6]], "request": c[8]}
		set(v, "petitioner", c[7])
		if c[5] != "当场" && c[7] != "" {
			v["noticed_on"] = day.AddDays(2)
		}
		switch {
		case c[2] == model.Accusation:
			v["accused"] = model.Ref{Text: c[12]}
		case c[12] != "":
			v["passed_to"] = c[12]
		}
		if i+1 < len(table) {
			v["closed"], v["replied_on"], v["action"] = true, day.AddDays(number(c[10])), c[9]
			set(v, "satisfaction", c[11])
		}
		values, days = append(values, v), append(days, day)
	}
	f.add("petition", days, values)

	values, days = nil, nil
	for _, c := range lines(mediationTable) {
		day := f.day(number(c[0]))
		values = append(values, model.Values{"date": day, "kind": c[1], "mediator": f.staff[c[2]], "parties": c[3], "dispute": c[4], "result": c[5], "agreement": c[6] == "是"})
		days = append(days, day)
	}
	f.add("mediation", days, values)
}
