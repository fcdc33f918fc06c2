package model

// templates are those the program brings (domain.md §12, 17). An office changes
// one by saving its own under the same name.
var templates = []Template{
	template("activity", W("三八评选", "Women's Day awards"),
		"title", "庆“三八”五好文明家庭、平安家庭、好媳妇评选", "lines", "妇女儿童、文明创建", "form", "评选表彰", "role", "主办", "key_event", "是",
		"audience", "妇女、居民", "occasion", "三八"),
	template("activity", W("五一晚会", "May Day show"),
		"title", "庆五一劳动者之歌广场文艺晚会", "lines", "文体", "programmes", "文体社", "form", "文艺演出", "role", "主办", "scale", "是",
		"audience", "居民", "occasion", "五一"),
	template("visit", W("七一走访", "1 July visits"),
		"occasion", "七一", "way", "入户", "fund", "党费"),
	template("visit", W("春节慰问", "Spring Festival visits"),
		"occasion", "春节", "way", "入户", "fund", "街道民政"),
	template("activity", W("暑期实践", "Summer practice"),
		"title", "{年}年暑期青少年社会实践", "lines", "青少年、志愿服务", "programmes", "春蕾阵地", "form", "社会实践", "role", "主办", "audience", "青少年"),
	template("activity", W("主题党日", "Party day"),
		"title", "{月}月主题党日：{主题}", "lines", "党建", "programmes", "先锋社", "form", "座谈", "role", "主办", "audience", "党员"),
	template("issue", W("党务双月公开", "Party disclosure of two months"),
		"period", "{年}-B{双月}", "kind", "正常", "scope", "社会", "forms", "公开栏",
		"body", "一、工作计划和决议的执行情况：\n二、发展党员情况：\n三、党费收缴和使用情况：\n四、党员群众关心的其他事项："),
	template("activity", W("重阳敬老", "Double Ninth"),
		"title", "{年}年重阳节敬老活动", "lines", "老龄、志愿服务", "programmes", "夕阳阵地", "form", "慰问", "role", "主办", "audience", "老年人", "occasion", "重阳"),
	template("meeting", W("支委会", "Branch committee"),
		"type", "支委会", "topic", "{月}月支委会：{议题}", "hours", "1"),
	template("meeting", W("党员大会", "Members' meeting"),
		"type", "党员大会", "topic", "{月}月党员大会：{议题}", "hours", "1.5"),
	template("meeting", W("主题党日", "Party day"),
		"type", "主题党日", "topic", "{月}月主题党日：{主题}", "hours", "1.5"),
	template("meeting", W("党课", "Party lecture"),
		"type", "党课", "topic", "党课：{题目}", "hours", "1.5"),
	template("activity", W("消防演练", "Fire drill"),
		"title", "{年}年消防安全知识讲座和疏散演练", "lines", "消防安全", "form", "培训", "role", "主办", "audience", "居民"),
	template("activity", W("义诊", "Free clinic"),
		"title", "{月}月义诊进小区", "lines", "老龄、志愿服务", "programmes", "连心社", "form", "义诊", "role", "主办", "audience", "老年人、居民"),
}

func template(register string, name Words, pairs ...string) Template {
	t := Template{Words: name, Register: register}
	for i := 0; i < len(pairs); i += 2 {
		t.Texts = append(t.Texts, TemplateText{pairs[i], pairs[i+1]})
	}
	return t
}
