package words

import "taizhang/model"

// Searching all registers at once.
var (
	Search       = w("查找", "Search")
	SearchMenu   = w("查找：在全部台账里", "Search all registers")
	SearchLabel  = w("查找：", "search: ")
	Searching    = w("正在查找", "searching")
	SearchNone   = w("没有查到“%s”。少写几个字，或者换一种写法：", "Nothing found for %q. Type less of it, or in another way:")
	SearchIntro  = w("在全部台账里查找，新的在前。空格隔开的几个词要都有。可以写：", "Looks through all registers, newest first. Words apart by spaces must all be there. Type:")
	SearchRights = w("您无权看全的内容不查；已删除的在回收站里。", "What you may not see in full is not searched; deleted records are in the recycle bin.")
	// SearchMatch marks what answers, for who sees no bold.
	SearchMatch = w("【%s】", "[%s]")
)

// SearchWays are what can be typed into the search, each with examples.
var SearchWays = []struct{ What, Examples model.Words }{
	{w("文字", "text"), w("慰问、门球、abc", "春节, gate ball")},
	{w("拼音或首字母", "pinyin, initials"), w("zhangguiying、zgy、张gy", "zhangguiying, zgy, 张gy")},
	{w("编号", "id"), w("V-2026-0317、v-317、317", "V-2026-0317, v-317, 317")},
	{w("金额", "amount of money"), w("500、500.00、1.2万", "500, 500.00, 1.2万")},
	{w("日期、期间", "date, period"), w("0308、3月8日、2026-03、2026Q1", "0308, 2026-03-08, 2026-03, 2026Q1")},
	{w("电话、证件、卡号", "phone, ID, card"), w("整个号码，或者后四位", "the whole number, or its last four digits")},
}
