package tui

import (
	"strings"

	"taizhang/model"
)

// act identifies something a person can do on a screen.
type act uint8

const (
	actNone act = iota
	actMove
	actOpen
	actNew
	actEdit
	actVoid
	actSave
	actSaveNew
	actNext
	actPrev
	actTake
	actDiscard
	actRegister
	actFilter
	actEarlier
	actLater
	actSpan
	actPeriod
	actWrite
	actBack
	actRedraw
	actHelp
	actQuit
	actLang
	actDigit
	actChoose
	actDelete
	actUndo
	actRedo
	actRestore
	actRemove
	actSearch
	actSection
	actRowGone
	actRowBack
	actView
	actTick
	actTickAll
	actSort
	actGroup
	actFold
	actColumns
	actJump
	actMark
	actMarkAll
	actInvert
	actMarked
	actDefault
	actCopy
	actTemplate
	actPhrase
	actPalette
	actMerge
	actReveal
	actWho
	actSteps
	actClip
	actIntake
	actGap
	actAside
)

// place is where an action applies, as a set of screens.
type place uint64

const (
	onHome place = 1 << iota
	onList
	onForm
	onRows // a list inside a form
	onDetail
	onFigures
	onHelp
	onFirst
	onMenu
	onConflict
	onBin
	onSettings
	onKinds
	onSearch
	onGrid
	onChoice
	onColumns
	onCopy
	onDoubt
	onTemplates
	onSlot
	onPalette
	onPreferences
	onSteps
	onWho
	onBoard
	onIntake
	onStrip
	onReports
	onReport
	onSheet
	onParagraph
	endOfPlaces // each has its words in placeWords
)

const everywhere = ^place(0)

// typingPlaces are the screens that are for typing; on others a line at the foot
// takes the keys while it is asked for.
const typingPlaces = onForm | onRows | onSearch | onParagraph

// action is one line of the table from which footer, help and key handling all
// come, so that none of them can promise what the others do not do.
type action struct {
	id    act
	on    place
	keys  []string     // as Bubble Tea names them; the first is shown
	words model.Words  // two or three words, for the footer
	help  model.Words  // one sentence, for the help screen
	foot  bool         // stands in the footer
	may   model.Action // asked of the policy for the screen's register; "" is always allowed
}

// clipKey is told where a file was written.
const clipKey = "="

// actions is the action table. Single letters stand only on screens without a
// text field and always have a twin that an input method lets through. Keys that
// terminals, input methods and multiplexers take for themselves are not in it
// (TestNoTrapKeys).
var actions = []action{
	{actMove, onHome | onList | onDetail | onFigures | onReports | onReport | onSheet | onHelp | onMenu | onBin | onSettings | onKinds | onPalette | onPreferences, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actDigit, onHome | onMenu | onKinds, []string{"0-9"}, model.W("菜单", "menu"), model.W("按数字直接打开", "open by its digit"), true, ""},
	{actOpen, onHome | onList | onFigures | onReports | onMenu | onKinds, []string{"enter"}, model.W("打开", "open"), model.W("打开所在的一行", "open the current line"), true, ""},
	{actMove, onSearch, []string{"up", "down", "pgup", "pgdown"}, model.W("移动", "move"), model.W("在查到的记录里上下移动、翻页", "move through what was found"), true, ""},
	{actOpen, onSearch, []string{"enter"}, model.W("打开", "open"), model.W("打开所在的一条；返回时还在原处", "open the current record; coming back, it is where it was"), true, ""},
	{actNone, onSearch, []string{"home", "end", "ctrl+u", "ctrl+k"}, model.W("改字", "edit"), model.W("光标到头、尾；从光标删到开头、末尾", "cursor to the start, the end; delete to the start, to the end"), false, ""},
	{actNew, onList, []string{"ctrl+n", "n"}, model.W("新增", "new"), model.W("新增一条记录", "enter a new record"), true, model.ActAdd},
	{actFilter, onList, []string{"/", "ctrl+f"}, model.W("筛选", "filter"), model.W("边打字边筛选：汉字、首字母、编号", "filter as you type: text, pinyin initials, id"), true, ""},
	{actWrite, onFigures, []string{"ctrl+s", "w"}, model.W("写成文件", "write"), model.W("把这个期间的汇总写成文件", "write the summary of this period to a file"), true, model.ActExport},
	{actSearch, onHome | onMenu | onDetail | onFigures | onReports | onBin | onSettings, []string{"/", "ctrl+f", "ctrl+r"}, model.W("查找", "search"), model.W("在全部台账里查找，边打字边出结果", "search all registers, as you type"), true, ""},
	{actSearch, onList | onGrid | onReport | onSheet, []string{"ctrl+r"}, model.W("查找", "search"), model.W("在全部台账里查找，边打字边出结果", "search all registers, as you type"), false, ""},
	{actEarlier, onList | onFigures | onReports | onStrip, []string{"left"}, model.W("前一期", "earlier"), model.W("换到前一个期间", "the period before"), false, ""},
	{actLater, onList | onFigures | onReports | onStrip, []string{"right"}, model.W("后一期", "later"), model.W("换到后一个期间", "the period after"), false, ""},
	{actSpan, onList | onFigures | onReports | onStrip, []string{"tab"}, model.W("期间长短", "period length"), model.W("期间的长短：月、季、半年、年、全部", "length of the period: month, quarter, half, year, all"), true, ""},
	{actPeriod, onList | onFigures | onReports | onStrip, []string{"ctrl+g", "p"}, model.W("期间", "period"), model.W("写出期间，例 2026上", "type a period, such as 2026H1"), false, ""},
	{actMark, onList, []string{"space"}, model.W("标记", "mark"), model.W("标记这一行，或取消；在一组的标题上标记整组", "mark this row or release it; on the head of a group, its records"), true, ""},
	{actMarkAll, onList, []string{"ctrl+e", "a"}, model.W("全部标记", "mark all"), model.W("标记显示的全部记录；已全部标记时取消", "mark all rows shown, or none if all are"), false, ""},
	{actInvert, onList, []string{"*", "i"}, model.W("反选", "invert"), model.W("标记没有标记的，取消已标记的", "mark what is not marked and release what is"), false, ""},
	{actMarked, onList, []string{"ctrl+x", "m"}, model.W("处理标记的", "marked rows"), model.W("把标记的记录一起改一项、导出或删除", "set a field of the marked records, export or delete them"), false, ""},
	{actSort, onList, []string{"ctrl+o", "s"}, model.W("排序", "sort"), model.W("按任何一项排序，再选一次倒过来；汉字按拼音，2号楼在10号楼前", "sort by any field; chosen again, it turns round; Chinese by pinyin, numbers by value"), false, ""},
	{actGroup, onList, []string{"ctrl+u", "g"}, model.W("分组", "group"), model.W("按月或按条线、项目、场合等分组，带小计", "group by month, line of work, programme, occasion and so on, with subtotals"), false, ""},
	{actFold, onList | onFigures, []string{"-", "z"}, model.W("展开/收起", "fold"), model.W("展开或收起所有的组；回车展开所在的一组", "open or close all groups; Enter opens the current one"), false, ""},
	{actColumns, onList, []string{"ctrl+k", "c"}, model.W("列", "columns"), model.W("选择显示哪些列、怎样排列，各人记住各人的", "choose the columns and their order; everyone keeps her own"), false, ""},
	{actJump, onList, []string{"ctrl+d", "j"}, model.W("到某天", "to a day"), model.W("跳到离某一天最近的一行，例 0308、上周五", "go to the row nearest to a day, such as 0308"), false, ""},
	{actTake, onChoice, []string{"enter"}, model.W("选用", "take"), model.W("选用所在的一行", "take the current line"), true, ""},
	{actMove, onChoice, []string{"up", "down", "pgup", "pgdown"}, model.W("移动", "move"), model.W("上下移动；打字缩小范围", "move; type to narrow the list"), true, ""},
	{actBack, onChoice, []string{"esc", "ctrl+c"}, model.W("返回", "back"), model.W("返回，不选", "back without a choice"), true, ""},
	{actMove, onColumns, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actChoose, onColumns, []string{"space"}, model.W("显示/不显示", "show or hide"), model.W("显示这一列，或不显示", "show this column or hide it"), true, ""},
	{actEarlier, onColumns, []string{"left"}, model.W("前移", "earlier"), model.W("把这一列往前移", "move this column to the left"), true, ""},
	{actLater, onColumns, []string{"right"}, model.W("后移", "later"), model.W("把这一列往后移", "move this column to the right"), true, ""},
	{actSave, onColumns, []string{"enter", "ctrl+s"}, model.W("保存", "keep"), model.W("照此显示，并记住", "show them so from now on"), true, ""},
	{actBack, onColumns, []string{"esc", "ctrl+c"}, model.W("返回", "back"), model.W("返回，不改", "back without a change"), true, ""},
	{actDefault, onColumns, []string{"ctrl+x"}, model.W("恢复默认", "default"), model.W("恢复默认的列", "the columns as declared"), true, ""},
	{actEdit, onDetail, []string{"enter", "ctrl+e", "e"}, model.W("修改", "edit"), model.W("修改这条记录", "change this record"), true, model.ActEdit},
	{actSteps, onDetail, []string{"ctrl+t", "t"}, model.W("办理", "steps"), model.W("审批单和步骤：送审、通过、批准、张贴、更正……", "the approval sheet and its steps: submit, pass, approve, post, correct and so on"), true, ""},
	{actMove, onBoard, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actOpen, onBoard, []string{"enter"}, model.W("打开/起草", "open or begin"), model.W("打开这一期；还没有起草的，照上一期的内容起草", "open the disclosure; one not begun is begun from the text of the last"), true, ""},
	{actNext, onBoard, []string{".", "]"}, model.W("后一格", "next cell"), model.W("同一事项的后一期", "the next period of the item"), false, ""},
	{actPrev, onBoard, []string{",", "["}, model.W("前一格", "cell before"), model.W("同一事项的前一期", "the period of the item before"), false, ""},
	{actEarlier, onBoard, []string{"left"}, model.W("前一年", "year before"), model.W("前一年", "the year before"), false, ""},
	{actLater, onBoard, []string{"right"}, model.W("后一年", "next year"), model.W("后一年", "the next year"), false, ""},
	{actSpan, onBoard, []string{"tab"}, model.W("应办/全部", "show"), model.W("全部、应办、待撤下和重新张贴、归档", "all, to do, to take down or repost, archived"), true, ""},
	{actNew, onBoard, []string{"ctrl+n", "n"}, model.W("无变动", "no change"), model.W("这一期记“本期无变动”：写明原因，照样审批、张贴", "enter that nothing changed in this period: with the reason, approved and posted all the same"), true, model.ActAdd},
	{actDefault, onBoard, []string{"ctrl+x", "d"}, model.W("默认目录", "defaults"), model.W("公开目录还是空的：登记默认目录，责任人、审核人、审批人问一次", "while the catalogue is empty: enter the default one, asking once who drafts, reviews and approves"), false, model.ActAdd},
	{actMove, onStrip, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actOpen, onStrip, []string{"enter"}, model.W("打开/补登", "open or enter"), model.W("打开这一格的会议；一次也没有的，登记一次，支部和类型填好", "open the meetings of the cell; where there is none, the form of one with branch and type filled in"), true, ""},
	{actNext, onStrip, []string{".", "]"}, model.W("后一格", "next cell"), model.W("同一支部的后一种会议", "the next kind of meeting of the branch"), true, ""},
	{actPrev, onStrip, []string{",", "["}, model.W("前一格", "cell before"), model.W("同一支部的前一种会议", "the kind of meeting before"), false, ""},
	{actNew, onStrip, []string{"ctrl+n", "n"}, model.W("新增", "new"), model.W("登记这个支部的这种会议", "enter a meeting of this branch and kind"), true, model.ActAdd},
	{actMove, onSteps, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actWrite, onSteps, []string{"ctrl+o", "w"}, model.W("公示单", "poster"), model.W("写出公示单：A4、A3 网页可打印，或纯文本；写出前做隐私检查", "write the poster: a page to print on A4 or A3, or plain text; the privacy check reads it first"), true, model.ActExport},
	{actTake, onSteps, []string{"enter"}, model.W("办理", "take it"), model.W("办理所在的一步；不能办的说明为什么", "take the current step, or see why it is not open"), true, ""},
	{actNew, onDetail, []string{"ctrl+n", "n"}, model.W("新增", "new"), model.W("在这个台账里新增一条", "enter another record of this register"), false, model.ActAdd},
	{actDelete, onDetail, []string{"ctrl+d", "delete"}, model.W("删除", "delete"), model.W("删除这条记录（90天内可从回收站恢复；发过款物的只能冲销，公开过的只能作废）", "delete this record (the bin keeps it for 90 days; what was paid can only be reversed, what was published only voided)"), false, model.ActDelete},
	{actUndo, onHome | onMenu | onList | onDetail, []string{"ctrl+z", "u"}, model.W("撤销", "undo"), model.W("撤销我自己最近的一次改动", "undo the last change of my own"), false, model.ActUndo},
	{actRedo, onHome | onMenu | onList | onDetail, []string{"ctrl+y"}, model.W("重做", "redo"), model.W("把撤销的再做回来", "do again what was undone"), false, model.ActRedo},
	{actRestore, onBin, []string{"enter", "ctrl+s"}, model.W("恢复", "restore"), model.W("把这条记录恢复到原来的台账", "put the record back into its register"), true, model.ActUndelete},
	{actVoid, onDetail, []string{"ctrl+x"}, model.W("作废", "void"), model.W("作废这条记录；发过款物的即冲销（要写原因，仍可查）", "void this record, reverse a payment (with a reason; it stays readable)"), true, model.ActVoid},
	{actMerge, onDetail, []string{"ctrl+g", "m"}, model.W("合并", "merge"), model.W("同一个人、同一户登记了两次：把另一条并入这一条（可撤销）", "one person or household was entered twice: merge the other record into this one (can be undone)"), false, model.ActMerge},
	{actReveal, onDetail, []string{"ctrl+k", "v"}, model.W("看完整号码", "reveal"), model.W("身份证号、电话等遮住的号码显示30秒（要写原因，记入流水），再按遮住", "show masked numbers such as the ID number for 30 seconds (with a reason, kept in the journal); again hides them"), false, model.ActReveal},
	{actWho, onDetail, []string{"ctrl+o", "w"}, model.W("谁看过", "who"), model.W("谁查看、导出、改动过这条记录", "who looked at, exported or changed this record"), false, model.ActWho},
	{actMove, onWho, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actMerge, onDoubt, []string{"ctrl+g", "m"}, model.W("并入旧的", "merge"), model.W("就是已有的那一位、那一户：保存后并入选中的一条", "it is the one that is there: save, and merge it into the marked record"), true, model.ActMerge},
	{actNew, onSettings, []string{"ctrl+n", "n"}, model.W("新增", "new"), model.W("加项目、台账、词表、词或模板", "add a field, a register, a vocabulary, a term or a template"), true, model.ActSettings},
	{actEdit, onSettings, []string{"enter", "ctrl+e", "e"}, model.W("修改", "edit"), model.W("修改这一条", "change this entry"), true, model.ActSettings},
	{actRemove, onSettings, []string{"ctrl+x", "delete"}, model.W("停用/恢复", "remove/restore"), model.W("停用这一条，或恢复使用；已有的记录不变", "put this entry aside, or back in use; records stay as they are"), true, model.ActSettings},
	{actNext, onForm | onFirst, []string{"enter", "tab", "down"}, model.W("下一项", "next"), model.W("到下一项；有选项时回车取用选中的", "next field; Enter takes the marked choice"), true, ""},
	{actPrev, onForm | onFirst, []string{"shift+tab", "up"}, model.W("上一项", "previous"), model.W("回到上一项", "previous field"), true, ""},
	{actNext, onRows, []string{"enter", "tab"}, model.W("下一格", "next"), model.W("到下一格；有选项时回车取用选中的；最后一行空着时离开表格", "next cell; Enter takes the marked choice; on the empty last row it leaves the table"), true, ""},
	{actPrev, onRows, []string{"shift+tab"}, model.W("上一格", "previous"), model.W("回到上一格；在第一格时离开表格", "previous cell; from the first one it leaves the table"), true, ""},
	{actMove, onRows, []string{"up", "down", "left", "right"}, model.W("换行换格", "move"), model.W("到上下行、左右格；有选项时上下移动选择", "to the row above or below, to the cell beside; in a pick list up and down choose"), false, ""},
	{actRowGone, onRows, []string{"ctrl+r"}, model.W("删行", "remove row"), model.W("删去这一行", "remove this row"), true, ""},
	{actRowBack, onRows, []string{"ctrl+z"}, model.W("放回", "put back"), model.W("放回刚删去的一行", "put back the row just removed"), false, ""},
	{actSection, onForm | onRows, []string{"pgdown", "pgup"}, model.W("下一部分", "section"), model.W("到下一部分、上一部分的第一项", "the first field of the next section, of the one before"), false, ""},
	{actNone, onForm, []string{"ctrl+j"}, model.W("换行", "new line"), model.W("在多行的项目里换行", "a new line, in fields of several lines"), false, ""},
	{actNone, onForm | onRows, []string{"ctrl+u", "ctrl+k"}, model.W("删到头、尾", "cut"), model.W("从光标删到开头、末尾", "delete to the start, to the end"), false, ""},
	{actSave, onForm | onRows, []string{"ctrl+s"}, model.W("保存", "save"), model.W("在任何一项都能保存", "save, from any field"), true, ""},
	{actSaveNew, onForm | onRows, []string{"ctrl+n"}, model.W("再来一条", "another"), model.W("保存，接着填同类的下一条（日期、地点、条线保留）", "save and enter another like it (date, place and lines carried)"), true, ""},
	{actRegister, onForm | onRows, []string{"ctrl+g"}, model.W("先登记", "enter it"), model.W("引用的人、户、单位还没登记：先登记，存好后回到这一项；词表里没有的词：加进词表（管理员）", "the person, household or unit is not registered yet: enter it now and come back to this field; a word missing from a list is added to it (administrators)"), false, ""},
	{actMove, onConflict, []string{"up", "down", "pgup", "pgdown"}, model.W("上下", "move"), model.W("到上一项、下一项；长的先往下读完，翻页也行", "the field above or below; what is long is scrolled through first; pages too"), true, ""},
	{actChoose, onConflict, []string{"space", "left", "right", "tab"}, model.W("换一边", "switch"), model.W("这一项用您的还是用对方的", "keep yours or take theirs"), true, ""},
	{actSave, onConflict, []string{"enter", "ctrl+s"}, model.W("照此保存", "save so"), model.W("按选好的保存", "save as chosen"), true, ""},
	{actCopy, onForm | onRows, []string{"ctrl+d"}, model.W("照抄", "copy"), model.W("照抄以前的一条：去年此时的排在最前，可打字查找", "copy an earlier record: those of a year ago come first, typing searches"), false, ""},
	{actTemplate, onForm | onRows, []string{"ctrl+t"}, model.W("模板", "template"), model.W("套用模板，或把这张表存为模板", "fill in by a template, or save this form as one"), false, ""},
	{actPhrase, onForm | onRows | onParagraph, []string{"ctrl+y"}, model.W("用语", "phrase"), model.W("在文字项目里插入一条用语的全文：打首字母、拼音或汉字找", "insert the full text of a phrase into a field of text: found by initials, pinyin or any part of it"), false, ""},
	{actMove, onCopy | onDoubt, []string{"up", "down", "pgup", "pgdown"}, model.W("上下", "move"), model.W("上一条、下一条", "the record above or below"), false, ""},
	{actTake, onCopy, []string{"enter"}, model.W("照抄这一条", "copy it"), model.W("照抄选中的一条，数目、日期和签领不抄", "copy the marked record, without counts, dates and receipts"), true, ""},
	{actMove, onTemplates, []string{"up", "down", "pgup", "pgdown"}, model.W("上下", "move"), model.W("上一个、下一个模板", "the template above or below"), false, ""},
	{actTake, onTemplates, []string{"enter", "0-9"}, model.W("套用", "use it"), model.W("按数字或首字母选一个模板，回车套用：只填空着的项目", "choose a template by its digit or initials, Enter uses it: only blank fields are filled"), true, ""},
	{actTake, onSlot, []string{"enter"}, model.W("填入", "fill in"), model.W("模板里要补的字", "the words that the template leaves open"), true, ""},
	{actSave, onDoubt, []string{"ctrl+s"}, model.W("仍然保存", "save all the same"), model.W("核对过了，照样保存", "it is right as it is: save it"), true, ""},
	{actOpen, onDoubt, []string{"enter"}, model.W("打开旧的", "open the old one"), model.W("看看已有的那一条", "look at the record that is there"), true, ""},
	{actDiscard, onForm, []string{"ctrl+x"}, model.W("丢弃草稿", "discard"), model.W("丢弃草稿（会先问一次）", "throw the draft away (asks first)"), false, ""},
	{actSave, onFirst, []string{"ctrl+s"}, model.W("建立", "create"), model.W("建立台账，同 [建立台账]", "create the ledger, as [Create the ledger] does"), true, ""},
	{actLang, onFirst, []string{"ctrl+e"}, model.W("English", "中文"), model.W("换语言", "change the language"), true, ""},
	{actView, onList, []string{"ctrl+t", "t"}, model.W("看板", "board"), model.W("这个台账自己的一屏：走访表、公开看板、三会一课", "the screen that only this register has: the grid of visits, the board of disclosures, the meetings of the branches"), true, ""},
	{actMove, onGrid, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actTick, onGrid, []string{"space"}, model.W("勾", "tick"), model.W("这个人走访了：勾上，或取消", "this person was visited: tick, or take the tick back"), true, ""},
	{actTickAll, onGrid, []string{"ctrl+t", "t"}, model.W("全勾", "all"), model.W("勾上显示的人里还没走访的，再按取消", "tick all shown who are missing; once more releases them"), true, ""},
	{actEdit, onGrid, []string{"ctrl+e", "e"}, model.W("都是", "for all"), model.W("勾上的人都一样的：日期、走访人、慰问金、慰问品、来源", "what all ticked get alike: date, visitors, money, goods, source"), true, ""},
	{actOpen, onGrid, []string{"enter"}, model.W("这个人", "this one"), model.W("这个人不一样的；走访过的打开记录", "what this person gets otherwise; for who was visited, the record"), true, ""},
	{actSave, onGrid, []string{"ctrl+s"}, model.W("保存", "save"), model.W("登记勾上的人，一次存完", "enter the visits of all who are ticked, at once"), true, model.ActAdd},
	{actSpan, onGrid, []string{"tab"}, model.W("显示", "show"), model.W("全部、还没走访的、走访过的、勾上的、30天没人走访的", "everybody, missing, visited, ticked, not seen for 30 days"), false, ""},
	{actPeriod, onGrid, []string{"ctrl+g", "p"}, model.W("场合", "occasion"), model.W("换一个场合", "another occasion"), true, ""},
	{actFilter, onGrid, []string{"/", "ctrl+f"}, model.W("筛选", "filter"), model.W("按姓名、首字母、地址、类别筛选", "by name, initials, address, category"), false, ""},
	{actWrite, onGrid, []string{"ctrl+o", "w"}, model.W("打印", "print"), model.W("写成文件：发放明细表（签领），或还没走访的名单", "write a file: the payout sheet to sign, or the list of who is missing"), true, model.ActExport},
	{actUndo, onGrid, []string{"ctrl+z", "u"}, model.W("撤销", "undo"), model.W("撤销我自己最近的一次改动", "undo the last change of my own"), false, model.ActUndo},
	{actRedo, onGrid, []string{"ctrl+y"}, model.W("重做", "redo"), model.W("把撤销的再做回来", "do again what was undone"), false, model.ActRedo},
	{actTake, onPalette, []string{"enter"}, model.W("执行", "run"), model.W("执行所在的一行", "run the current line"), true, ""},
	{actTake, onPreferences, []string{"enter"}, model.W("选择", "choose"), model.W("给所在的一项另选", "choose anew for the current line"), true, ""},
	{actClip, onList | onFigures | onReport | onSheet | onSteps | onGrid, []string{clipKey, "y"}, model.W("复制文件", "copy"), model.W("把刚写出的文字文件（md、csv、txt）复制到自己电脑的剪贴板", "copy the text file just written (md, csv, txt) to the clipboard of your computer"), false, model.ActExport},
	{actIntake, onList, []string{"+"}, model.W("导入", "import"), model.W("从 xlsx、csv、json 文件导入旧台账", "bring in a ledger kept as xlsx, csv or json"), false, model.ActAdd},
	{actMove, onIntake, []string{"up", "down", "pgup", "pgdown", "home", "end"}, model.W("移动", "move"), model.W("上下移动、翻页、到头到尾", "move, page, first and last"), false, ""},
	{actSave, onIntake, []string{"ctrl+s"}, model.W("导入", "enter"), model.W("把核对过的行登记进台账（一步，可撤销）", "enter the rows that were looked through (one step, can be undone)"), true, model.ActAdd},
	{actColumns, onIntake, []string{"ctrl+k", "c"}, model.W("对列", "columns"), model.W("说明文件里的一列是哪个项目，以后的文件照此办理", "say which field a column of the file is, for this file and those to come"), true, model.ActAdd},
	{actPeriod, onIntake, []string{"ctrl+g", "f"}, model.W("换文件", "another file"), model.W("换一个文件，或改好后再核对一遍", "another file, or the same once more after it was put right"), true, ""},
	{actNext, onReport, []string{"tab"}, model.W("下一个数", "next figure"), model.W("到下一个数；下面写明它是什么、准数多少", "to the next figure; below stands what it is, and exactly how much"), true, ""},
	{actEdit, onReport, []string{"ctrl+e", "e"}, model.W("改这一段", "rewrite"), model.W("改这一段的文字；从台账算的数仍是算的，改动存进文稿", "rewrite this paragraph; what is counted stays counted, the change is kept in the saved report"), true, model.ActEdit},
	{actWrite, onReport | onSheet, []string{"ctrl+s", "w"}, model.W("写成文件", "write"), model.W("写成文件：草稿、定稿，或定稿并记为已上报", "write the file: a draft, the final copy, or the final copy noted as sent"), true, model.ActExport},
	{actGap, onReport, []string{"ctrl+g", "g"}, model.W("下一处待补", "next gap"), model.W("到下一处要写的文字", "to the next place where prose is missing"), true, ""},
	{actAside, onReport, []string{"ctrl+t", "t"}, model.W("核对", "to look at"), model.W("列出待补、要核对的、没有写出和省去的、上报后变了的；再按回到文字", "list gaps, warnings, what was not told or left out, what changed since it was sent; again brings the text"), true, ""},
	{actOpen, onReport, []string{"enter"}, model.W("打开记录", "records"), model.W("打开这个数背后的记录；返回时还在原处", "open the records behind this figure; coming back, you are where you were"), true, ""},
	{actPrev, onReport, []string{"shift+tab"}, model.W("上一个数", "figure before"), model.W("回到上一个数", "back to the figure before"), false, ""},
	{actEarlier, onReport | onSheet, []string{"left"}, model.W("看左边", "to the left"), model.W("比屏幕宽的表：看左边的列", "a table wider than the screen: the columns to the left"), false, ""},
	{actLater, onReport | onSheet, []string{"right"}, model.W("看右边", "to the right"), model.W("比屏幕宽的表：看右边的列", "a table wider than the screen: the columns to the right"), true, ""},
	{actRestore, onReport, []string{"ctrl+x"}, model.W("恢复模板", "template's text"), model.W("这一段恢复模板的文字", "bring the template's text of this paragraph back"), false, model.ActEdit},
	{actNone, onParagraph, []string{"enter", "up", "down", "pgup", "pgdown", "home", "end"}, model.W("换行、移动", "new line, move"), model.W("换行另起一段；上下移动、翻页、到头到尾", "Enter begins a new paragraph; move, page, first and last"), false, ""},
	{actSave, onParagraph, []string{"ctrl+s"}, model.W("保存", "save"), model.W("把这一段存进文稿", "keep this paragraph in the saved report"), true, model.ActEdit},
	{actPalette, everywhere &^ (onForm | onRows | onParagraph | onFirst | onHelp | onSearch | onPalette | onColumns | onDoubt | onChoice | onCopy | onTemplates | onSlot), []string{"ctrl+p", ":"}, model.W("命令", "commands"), model.W("全部命令和台账，打拼音首字母或英文找", "every command and register, found by pinyin initials or English words"), true, ""},
	{actPalette, onForm | onRows | onParagraph | onSearch, []string{"ctrl+p"}, model.W("命令", "commands"), model.W("全部命令和台账，打拼音首字母或英文找", "every command and register, found by pinyin initials or English words"), false, ""},
	{actHelp, everywhere &^ (onForm | onRows | onParagraph | onFirst | onHelp | onSearch | onPalette | onChoice | onCopy | onTemplates | onSlot), []string{"?", "f1"}, model.W("帮助", "help"), model.W("这一屏能做什么", "what this screen can do"), true, ""},
	{actHelp, onForm | onRows | onParagraph | onFirst | onSearch | onPalette | onChoice | onCopy | onTemplates | onSlot, []string{"f1", "ctrl+o"}, model.W("帮助", "help"), model.W("这一屏能做什么", "what this screen can do"), true, ""},
	{actRedraw, everywhere, []string{"ctrl+l"}, model.W("重画", "redraw"), model.W("重画屏幕", "draw the screen again"), false, ""},
	{actBack, onRows, []string{"esc"}, model.W("出表", "leave table"), model.W("离开表格，到下一项", "leave the table for the next field"), true, ""},
	{actBack, onCopy | onDoubt | onTemplates | onSlot | onGrid | onSearch | onList | onForm | onDetail | onWho | onFigures | onHelp | onMenu | onConflict | onBin | onSettings | onKinds | onPalette | onPreferences | onSteps | onBoard | onIntake | onStrip | onReports | onReport | onSheet | onParagraph, []string{"esc", "ctrl+c"}, model.W("返回", "back"), model.W("返回；填了一半的自动存为草稿", "back; what is half filled is kept as a draft"), true, ""},
	{actQuit, onHome | onFirst, []string{"ctrl+c", "q"}, model.W("退出", "quit"), model.W("退出", "leave the program"), true, ""},
}

// fullWidth maps what an input method left on produces for command keys.
var fullWidth = strings.NewReplacer("？", "?", "／", "/", "：", ":", "－", "-", "＊", "*", "＝", "=", "＋", "+", "，", ",", "。", ".", "【", "[", "】", "]", "０", "0", "１", "1", "２", "2", "３", "3",
	"４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

// find returns the action a key stands for on a screen.
func find(on place, key string) *action {
	key = fullWidth.Replace(key)
	for i := range actions {
		a := &actions[i]
		if a.on&on == 0 {
			continue
		}
		for _, k := range a.keys {
			if k == key {
				return a
			}
		}
	}
	return nil
}
