package plain

import (
	"taizhang/model"
	"taizhang/tui/words"
)

var w = model.W

var (
	wToday     = w("%s，%s，今天 %s。", "%s, %s, today is %s.")
	wMenu      = w("菜单。写序号或名称，回车。", "Menu. Type a number or a name and Enter.")
	wSubmenu   = w("%s。写序号或名称，回车；< 返回。", "%s. Type a number or a name and Enter; < back.")
	wMenuItem  = w("%s %s", "%s %s")
	wBack      = w("返回", "Back")
	wOther     = words.OtherBooks
	wFigures   = w("数字与汇总", "Figures")
	wSearch    = w("查找全部台账", "Search all registers")
	wQuit      = w("离开", "Leave")
	wChoose    = w("请选：", "Choice: ")
	wNoChoice  = w("没有“%s”这一项。", "There is no choice %q.")
	wBye       = w("再见。", "Goodbye.")
	wEnded     = w("输入结束。", "End of input.")
	wRegister  = w("%s。1 新增，2 列表，3 筛选，< 返回。也可以直接写编号。", "%s. 1 new, 2 list, 3 filter, < back. An id opens its record.")
	wFilter    = w("含有的文字或拼音首字母：", "Text or pinyin initials: ")
	wNone      = w("没有记录。", "No records.")
	wCount     = w("共%d条，从第%d条起：", "%d records, from number %d:")
	wListAsk   = w("回车 下一页，序号 打开，< 返回：", "Enter next page, number opens, < back: ")
	wListEnd   = w("到底了。序号 打开，< 返回：", "End of the list. Number opens, < back: ")
	wSearchAsk = w("找什么（文字、拼音、编号，< 返回）：", "Search for (text, pinyin, id; < back): ")
	wHit       = w("%d %s，%s，%s，%s：%s", "%d %s, %s, %s, %s: %s")
	wMoreHits  = w("还有更多，请写得细一些。", "There are more; be more specific.")
	wWhy       = w("原因（留作记录，空着不保存）：", "reason (kept with the record; blank saves nothing): ")
	wRecordAsk = w("e 修改，h 历史，< 返回：", "e edit, h history, < back: ")
	wVersion   = w("第%d版，%s，%s，%s", "version %d, %s, %s, %s")
	wPeriodAsk = w("期间（如 2026、2026H1、2026-03，回车是 %s，< 返回）：", "Period (2026, 2026H1, 2026-03; Enter for %s; < back): ")
	wFigure    = w("%s，%s：%s %s", "%s, %s: %s %s")
)

// Forms.
var (
	wNew       = w("新增%s。每项一行；? 说明，< 上一项，. 不变，- 清空，>> 跳到核对保存，<< 离开（草稿保留）。", "New %s. One field a line; ? help, < back, . keep, - clear, >> on to checking and saving, << leave (the draft is kept).")
	wEdit      = w("修改 %s。", "Editing %s.")
	wResume    = w("有 %s 没写完的草稿。1 接着写，2 重新开始：", "There is an unfinished draft of %s. 1 go on with it, 2 start anew: ")
	wField     = w("第%d项，共%d项：%s%s", "Field %d of %d: %s%s")
	wSection   = w("以下是%s。", "Section: %s.")
	wRequired  = w("，必填", ", required")
	wOptional  = w("，可不填", ", optional")
	wEither    = w("，%s时必填", ", required when: %s")
	wNowShort  = w("%s [%s]：", "%s [%s]: ")
	wEmpty     = w("%s：", "%s: ")
	wChoices   = w("可选：%s", "Choices: %s")
	wChoice    = w("%d %s", "%d %s")
	wMany      = w("有%d个可选。写名称、首字母或编号，? 加几个字就列出相近的。", "%d choices. Type a name, initials or an id; ? with some letters lists what is like it.")
	wLike      = w("相近的：%s。写序号也可以。", "Like it: %s. A number is enough.")
	wNoLike    = w("没有相近的。", "Nothing is like it.")
	wSeveral   = w("可以写几个，用顿号分开；前面加 + 是在现有的上面添加。", "Several may be given, with commas between; + in front adds to what is there.")
	wNumbers   = w("写序号、名称或拼音首字母都可以。", "A number, the name or pinyin initials will do.")
	wNoteHelp  = w("可以写几段：行末加一个反斜杠，就接着写下一段。", "For several paragraphs end a line with a backslash and go on in the next.")
	wRowsHelp  = w("每行一条，依次写 %s，用空格或竖线分开；写空行结束。", "One row a line: %s, apart by spaces or |; a blank line ends.")
	wRow       = w("第%d行：", "Row %d: ")
	wWrong     = w("没有采用：%s。请重写。", "Not taken: %s. Please try again.")
	wMust      = w("“%s”必须填写。", "%s must be filled.")
	wTaken     = w("记下：%s", "Taken: %s")
	wReview    = w("填写完了，请核对：", "All fields are done. Please check:")
	wReviewOld = w("现在的内容：", "As it stands:")
	wItem      = w("%d %s：%s", "%d %s: %s")
	wDoubt     = w("请留意：%s", "Please note: %s")
	wReviewAsk = w("s 保存，序号 改那一项，<< 离开（草稿保留），x 丢弃：", "s save, number changes that field, << leave (the draft is kept), x discard: ")
	wSaved     = w("已保存，编号 %s。", "Saved as %s.")
	wAnother   = w("n 再登一条（沿用日期等），回车 返回：", "n another one (date and place are carried over), Enter back: ")
	wKept      = w("草稿已保留，下次可以接着写。", "The draft is kept; you can go on with it later.")
	wNothing   = w("没有改动。", "Nothing was changed.")
	wDiscard   = w("确定丢弃？写 x 丢弃，回车 继续：", "Discard for sure? x discards, Enter goes on: ")
	wGone      = w("已丢弃。", "Discarded.")
	wCutOff    = w("输入在填写%s时结束，没有保存；已填的内容留作草稿", "input ended while %s was being filled in; nothing was saved, what was filled in is kept as a draft")
	wFieldErr  = w("%s：%s", "%s: %s")
	wTheirs    = w("再写 s 按您填的保存，写序号可改，x 丢弃您的、保留对方的。", "s again saves yours, a number changes a field, x discards yours and keeps theirs.")
	wBoth      = w("%s：现在是“%s”，您填的是“%s”", "%s: now %q, yours %q")
)

// dateHelp is how a date is written.
var dateHelp = words.DateLines
