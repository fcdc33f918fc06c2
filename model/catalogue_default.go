package model

import "strings"

// defaultItems is the catalogue that an office may begin with (domain.md §8.3):
// class, topic, item, cadence, scope, elements. What the law does not fix is the
// office's to change.
const defaultItems = `
党务|目标任务|年度计划、任期目标及落实|年|社会|年度计划、任期目标、完成情况
党务|学习和组织生活|党员学习、三会一课、主题党日|2月|党内|时间、内容、应到和实到人数
党务|组织建设|发展党员、组织关系转接|2月|党内|名单、程序、结果；公示不少于5个工作日
党务|组织建设|党费收缴、使用、管理|年|党内|收缴、使用、结余
党务|学习和组织生活|民主评议、组织生活会结果|年|党内|评议结果、整改情况
党务|联系服务群众|联系服务群众、慰问困难党员|2月|社会|走访户数、解决事项、慰问金额
党务|党风廉政建设|党风廉政、责任制、处分|年|党内|责任分工、落实情况
党务|组织建设|换届、评先评优|即时|社会|程序、人选、结果；公示3至7天
居务|组织机构|成员分工、联系方式、监督电话|长期|社会|姓名、职务、分工、电话
居务|民主协商|居民会议决定、协商成果及落实|季|社会|议题、决定、落实情况
居务|社会救助|低保、特困、临时救助、困境儿童、残疾人补贴|季|社会|人数、标准、金额；公示7天
居务|救灾捐赠|救灾、捐赠物资接收与发放|季|社会|来源、数量、发放
居务|为民办实事|为民办实事项目进度|季|社会|项目、进度、完成时间
居务|公共事务|公益性岗位、保障性住房、各类评选|即时|社会|条件、程序、结果
财务|工作经费|居委会工作经费收支|季|社会|逐笔收支
财务|专项经费|党组织服务群众专项经费|季|社会|项目、金额、完成情况
财务|慰问捐赠|慰问金、捐款收支|即时|社会|来源、对象人数、金额
财务|集体资产|固定资产、场地出租收益|半年|社会|资产、收益、去向
`

// defaultBases are what a class is disclosed by; the office completes the
// articles.
var defaultBases = map[string]string{
	"党务": "《中国共产党党务公开条例（试行）》",
	"居务": "《中华人民共和国城市居民委员会组织法》",
	"财务": "《中华人民共和国城市居民委员会组织法》、街道财务管理规定",
}

// DefaultItems are the items of the default catalogue without the people: the
// values of catalogue records.
func DefaultItems() []Values {
	no := map[string]int64{}
	var out []Values
	for _, line := range strings.Split(strings.TrimSpace(defaultItems), "\n") {
		c := strings.Split(line, "|")
		class := c[0]
		no[class]++
		forms := []string{"公开栏", "微信群"}
		if c[4] == "党内" {
			forms = []string{"会议通报"}
		}
		out = append(out, Values{
			CatalogueNo.Key(): no[class], CatalogueClass.Key(): class, CatalogueTopic1.Key(): c[1], CatalogueTopic2.Key(): c[2],
			CatalogueCadence.Key(): c[3], CatalogueScope.Key(): c[4], CatalogueElements.Key(): c[5], CatalogueBasis.Key(): defaultBases[class],
			CatalogueForms.Key(): forms, CatalogueAnchor.Key(): int64(1), CatalogueGraceDays.Key(): int64(15), CatalogueMinDays.Key(): int64(7),
			CatalogueSupervisors.Key(): class != "党务", CatalogueMask.Key(): "公示"})
	}
	return out
}

// DefaultCatalogue is the default catalogue in force from a day on, each class
// disclosed by the body that owes it, with who drafts, reviews and approves.
func DefaultCatalogue(drafter, reviewer, approver Ref, from Date) []Values {
	items := DefaultItems()
	for _, v := range items {
		body := "社区居民委员会"
		if v[CatalogueClass.Key()] == "党务" {
			body = "社区党组织"
		}
		v[CatalogueBodyOrg.Key()] = Ref{Text: body}
		v[CatalogueDrafter.Key()], v[CatalogueReviewer.Key()], v[CatalogueApprover.Key()] = drafter, reviewer, approver
		v[CatalogueFrom.Key()] = from
	}
	return items
}
