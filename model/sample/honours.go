package sample

import (
	"strings"

	"taizhang/model"
)

// honourTable: date, level, title, giver, winner, until when. All were in force
// through the report year.
const honourTable = `
2022-11|国家|少年儿童平安行动先进单位|全国少工委|社区|
2024-03|国家|全国妇女基层组织建设示范社区|全国妇联|社区|
2021-12|省|全民健身示范点|省体育局|社区|
2023-05|省|群众体育先进单位|省体育局|社区|
2023-12|省|志愿服务工作先进集体|省文明办|社区|
2024-08|省|文体俱乐部|省体育局|社区|2028-07
2025-03|省|优秀妇女之家|省妇联|社区|
2022-04|市|第一届文明社区|市文明委|社区|
2025-10|市|“文王杯”全民健身优秀项目示范一等奖|市体育局|社区|
2025-06|市|生态文明社区|市生态环境局|社区|2028-06
2024-12|市|和谐社区|市民政局|社区|2027-12
2026-06|区|先进基层党组织|区委|党委|
2026-01|区|平安社区|区平安办|社区|2027-01
2026-02|区|先进社区|区委、区政府|社区|
2023-12|区|文明社区|区文明委|社区|2026-12
`

// honours enters what the community was given, and whom it commended itself.
func (f *filler) honours() {
	var values []model.Values
	var days []model.Date
	for _, c := range lines(honourTable) {
		v := model.Values{"date": date(c[0]), "level": c[1], "title": c[2], "giver": c[3], "winner": c[4], "kind": "荣誉称号"}
		switch {
		case c[3] == "全国少工委":
			v["prints_giver"] = true
		case strings.HasSuffix(c[2], "一等奖"):
			v["kind"], v["grade"], v["event"] = "竞赛奖项", "一等奖", "“文王杯”全民健身优秀项目示范"
		case strings.Contains(c[2], "示范"):
			v["kind"] = "示范命名"
		}
		if until := date(c[5]); !until.IsZero() {
			v["valid_until"], v["review_on"] = until, until.First().AddDays(-30)
		}
		values, days = append(values, v), append(days, v["date"].(model.Date).Last())
	}
	f.add("honour", days, values)

	values, days = nil, nil
	for _, c := range lines("五好文明家庭|2|户\n平安家庭|2|户\n好媳妇|9|人") {
		values = append(values, model.Values{"activity": f.womensDay, "date": f.day(307), "title": c[0], "n": int64(number(c[1])), "unit": c[2]})
		days = append(days, f.day(307))
	}
	f.add("commendation", days, values)
}
