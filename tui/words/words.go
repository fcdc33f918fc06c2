// Package words holds every sentence of the interface, in both languages. A
// message is one model.Words made by W, which takes both texts: a message with
// only one language does not compile, and the test refuses an empty one.
// Register, field and vocabulary words stand with their declarations in model.
package words

import (
	"strconv"

	"taizhang/model"
)

// w is short for model.W.
var w = model.W

// Names of screens and parts of them.
var (
	Product    = w("台账", "taizhang")
	Today      = w("今日", "Today")
	Help       = w("帮助", "Help")
	New        = w("新增", "new")
	NewOf      = w("新增%s", "new %s")
	Editing    = w("修改", "edit")
	History    = w("历史", "History")
	Summary    = w("数字与汇总", "Figures and summary")
	OtherBooks = w("其他台账", "Other registers")
	Mine       = w("我", "me")
	DueLineOf  = w("%s %s：%s", "%s, %s: %s")
	DueLine    = w("%s：%s", "%s: %s")
	MoreTag    = w("更多", "More")
	DraftTag   = w("草稿", "Draft")
	VisitTag   = w("走访", "Visits")
	YearBefore = w("括号里是去年同期", "in brackets: a year before")
	MonthTag   = w("本月", "This month")
	YearAgoTag = w("去年此时", "A year ago")
	Menu       = w("菜单", "Menu")
	Period     = w("期间", "period")
	AllTime    = w("全部", "all")
	Filter     = w("筛选", "filter")
)

// Home.
var (
	TodayLines      = w("第%d–%d行，共%d行", "lines %d–%d of %d")
	TodayMore       = w("还有 %d 项到期的，回车全部列出", "%d more are due; Enter lists them all")
	TodayVisits     = w("%s：应走访 %d 户，还有 %d 户没有走访", "%s: %d households to visit, %d are missing")
	TodayCare       = w("重点照顾 %d 人，%d 天内没有走访的 %d 人", "special care: %d people; not visited for %d days: %d")
	TodayMonth      = w("%s（去年同月：%s）", "%s (a year ago: %s)")
	CountActivities = w("活动 %d 场，%d 人次", "%d activities, %d attendances")
	CountVisits     = w("走访 %d 户次，%s 元", "%d household visits, %s yuan")
	CountIssues     = w("公开 %d 期", "%d disclosures")
	ThenActivities  = w("%d 场，%d 人次", "%d, %d attendances") // beside CountActivities, and so on
	ThenVisits      = w("%d 户次，%s 元", "%d, %s yuan")
	ThenIssues      = w("%d 期", "%d")
	DraftLine       = w("%s · %s · %s", "%s - %s - %s")
	DraftNoName     = w("%s · %s", "%s - %s")
	MenuSummary     = w("数字与汇总", "Figures and summary")
	MenuOther       = w("其他台账", "Other registers")
)

// Lists.
var (
	Empty         = w("还没有记录。按 Ctrl-N 新增。", "No records yet. Ctrl-N adds one.")
	EmptyPeriod   = w("这个期间没有记录。Ctrl-N 新增，← → 换期间，Tab 换长短。", "Nothing in this period. Ctrl-N adds a record, left and right change the period, Tab its length.")
	ThisMonth     = w("本月", "This month")
	LastMonth     = w("上月", "Last month")
	ThisQuarter   = w("本季", "This quarter")
	LastQuarter   = w("上季", "Last quarter")
	ThisHalf      = w("本半年", "This half")
	ThisYear      = w("今年", "This year")
	LastYear      = w("去年", "Last year")
	JumpPrompt    = w("到哪一天（0308、上周五、春节）：", "To which day (0308, 2026-03-08, 春节): ")
	Jumped        = w("最近的一条是 %s", "the nearest is of %s")
	Ascending     = w("按%s升序", "by %s, ascending")
	Descending    = w("按%s降序", "by %s, descending")
	Up            = w("升序", "ascending")
	Down          = w("降序", "descending")
	OrderDate     = w("日期", "date")
	OrderMonth    = w("月份", "month")
	GroupedBy     = w("按%s分组", "grouped by %s")
	NotGiven      = w("（未填）", "(not given)")
	SortAsk       = w("按什么排序（再选一次倒过来）：", "Sort by (again: turn round): ")
	GroupAsk      = w("按什么分组：", "Group by: ")
	NoGroups      = w("不分组", "no groups")
	NoSuch        = w("没有“%s”可选", "there is no %q to choose")
	Total         = w("合计", "total")
	Marked        = w("已标记", "marked")
	Records       = w("%d条", "%d records")
	Record        = w("%d条", "%d record")
	NotCounted    = w("（另有草稿、作废%d条不计）", "(%d drafts or void not counted)")
	NotCountedIn  = w("（其中草稿、作废%d条不计）", "(%d of them drafts or void, not counted)")
	MarkedAway    = w("（其中%d条不在这里）", "(%d of them not shown here)")
	SeveralGroups = w("（有多个值的记录各组各计一次）", "(several values count in each)")
	Stopped       = w("已停止", "stopped")
	Unmarked      = w("已取消 %d 条标记", "%d marks taken off")
	MarkedAsk     = w("对标记的 %d 条：", "With the %d marked: ")
	MarkedSet     = w("改一项（加条线、项目，设单选项等）", "set a field (add a line of work, a programme, set a choice)")
	MarkedExport  = w("导出成文件", "export to a file")
	MarkedDelete  = w("删除（放入回收站，可撤销）", "delete (into the bin; can be undone)")
	MarkedInvert  = w("反选", "invert the marks")
	MarkedNone    = w("取消标记", "take the marks off")
	FieldAsk      = w("改哪一项：", "Which field: ")
	ValueAsk      = w("把 %d 条的“%s”改为：", "Set, in %d records, %q to: ")
	AddAsk        = w("给 %d 条的“%s”加上：", "Add, in %d records, to %q: ")
	FormatAsk     = w("写成什么文件：", "Which kind of file: ")
	ChosenRows    = w("选定的%d条", "%d chosen rows")
	SetDone       = w("已改 %d 条", "%d records changed")
	DeletedMany   = w("已删除 %d 条", "%d records deleted")
	SameAlready   = w("%d 条本来就是", "%d were so already")
	NotDone       = w("%d 条没有动，原因如下", "%d were left as they are, for these reasons")
	UndoOnce      = w("Ctrl-Z 一次撤销", "Ctrl-Z takes it all back")
	UndoTimes     = w("分 %d 次保存，Ctrl-Z 也要按这么多次", "stored in %d parts; Ctrl-Z takes back one at a time")
	WroteRows     = w("已写出 %d 条", "%d records written")
	LeftOut       = w("另有 %d 条没有写出：草稿、作废的，或不给这些读者看的", "%d more were left out: drafts, void, or not for these readers")
	Columns       = w("列", "Columns")
	ColumnsHint   = w("空格 显示或不显示，← → 前后移动，回车 保存。窗口窄时从右边省去", "Space shows or hides, left and right move, Enter keeps. Narrow windows drop from the right")
	ColumnsKept   = w("已记住这些列", "these columns are kept")
	NoColumns     = w("至少要显示一列", "show one column at least")
	Computed      = w("（自动算出）", "(computed)")
	EmptyFilter   = w("没有符合的记录。Esc 清除筛选，← → 换期间。", "Nothing matches. Esc clears the filter, left and right change the period.")
)

// Why an action can do nothing now.
var (
	OffNoDate   = w("这个台账没有日期，不分期间", "this register has no dates and no periods")
	OffOfFigure = w("这里只列一个数字背后的记录，没有期间可换", "these are the records behind a figure; there is no other period")
	OffNothing  = w("这里没有记录", "there is no record here")
	OffJump     = w("按日期排列、不分组时才能跳到某一天", "only rows in the order of dates, without groups, lead to a day")
	OffFold     = w("没有分组", "there are no groups")
	OffMarked   = w("还没有标记。按空格标记要处理的记录", "nothing is marked. Space marks the records to work on")
)

// Formats names the kinds of file that records are written to.
var Formats = map[string]model.Words{
	"xlsx": w("Excel 表格（WPS 可打开）", "Excel workbook"),
	"csv":  w("CSV 表格（给别的程序）", "CSV table (for other programs)"),
	"md":   w("文字表格（md）", "text table (md)"),
	"json": w("JSON（给别的程序）", "JSON (for other programs)"),
	"ics":  w("日历（ics，今天起的，提前7天提醒）", "calendar (ics, from today on, a reminder 7 days before)"),
}

// RecordID heads the column of ids; some registers have a 编号 of their own.
var RecordID = w("记录号", "id")

// Forms.
var (
	Save         = w("保存", "Save")
	SaveNew      = w("保存并再来一条", "Save and another")
	Back         = w("返回", "Back")
	MoreFields   = w("第%d/%d项", "%d of %d")
	NeededWhen   = w("必填的情况：%s", "needed when %s")
	Saved        = w("已保存 %s", "saved %s")
	SavedBack    = w("已保存 %s；它回到草稿，签过的审核、批准作废，请重新送审", "saved %s; it is a draft again and what was signed is void: submit it again")
	SavedAgain   = w("已保存 %s，可接着填下一条", "saved %s; the next one is ready")
	NotSaved     = w("有 %d 项需要改正，内容都还在", "%d fields need correcting; nothing you typed is lost")
	DraftKept    = w("草稿已保留，下次打开接着填", "draft kept; it will be here next time")
	DraftResumed = w("接着上次的草稿填写（Ctrl-X 丢弃草稿）", "your draft is back (Ctrl-X throws it away)")
	DraftGone    = w("草稿已丢弃", "draft thrown away")
	LeaveAsk     = w("草稿已存好。回车 离开，Esc 继续填写，Ctrl-X 丢弃草稿", "Your draft is kept. Enter leaves, Esc goes on writing, Ctrl-X throws it away")
	LeaveLost    = w("草稿没能存下，离开就没有了。Esc 留在这里，回车 放弃并离开", "The draft could not be kept; leaving loses it. Esc stays here, Enter leaves and gives it up")
	FutureDate   = w("将来的日期", "a date in the future")
	UseText      = w("照写“%s”", "use the text %q")
	NotThere     = w("没有“%s”。Ctrl-G 先登记，存好后回到这里", "there is no %q. Ctrl-G enters it now and comes back here")
	MoreBelow    = w("↓ 下面还有 %d 行", "%d more lines below")
	Full         = w("太长了，后面的没有放入（一次最多%d个字）", "too long: the rest was left out (at most %d characters at a time)")
	Removed      = w("已去掉 %d 个看不见的字符", "%d invisible characters were removed")
	PasteTooBig  = w("粘贴的内容超过 64 KB，没有放入", "the paste is larger than 64 KB and was left out")
	Choices      = w("↓ 选择，回车取用", "down to choose, Enter takes it")
	ChooseMany   = w("空格或回车添加，退格去掉最后一个", "Space or Enter adds, Backspace removes the last")
)

// Lists inside a record.
var (
	MustFill    = w("必须填写", "must be filled")
	AtCell      = w("第%d行“%s”：%s", "row %d, %s: %s")
	AtCellOne   = w("“%s”：%s", "%s: %s")
	RowRemoved  = w("已删去第%d行：%s。Ctrl-Z 放回", "row %d removed: %s. Ctrl-Z puts it back")
	RowRestored = w("已放回第%d行", "row %d is back")
	NoRow       = w("没有可放回的行", "there is no row to put back")
	RowCount    = w("%d 行", "%d rows")
	AtRow       = w("第%d行 %s", "row %d, %s")
	RowLeaves   = w("空着按回车到下一项", "Enter on the empty row goes on")
)

// What a field says of itself.
var (
	Must       = w("必填", "required")
	MustNow    = w("必填：%s", "required: %s")
	FillsIn    = w("空着自动填：%s", "blank: filled in as %s")
	ByProgram  = w("（自动）", " (automatic)")
	FieldHelp  = w("这一项：%s", "This field: %s")
	HelpWhat   = w("说明", "For")
	HelpHow    = w("怎么填", "How")
	HelpNeed   = w("必填", "Required")
	HelpWords  = w("可选的词", "Terms")
	HelpRow    = w("填表", "Table")
	HelpWho    = w("谁看得到", "Who sees it")
	HelpNames  = w("别名", "Also called")
	HelpKey    = w("命令行写", "Key")
	NeedAlways = w("总要填", "always")
	NeedNever  = w("可以空着", "may stay blank")
	InSection  = w("“%s”部分", "section %s")
)

// Details.
var (
	Version      = w("第%d版  %s  %s  %s", "v%d  %s  %s  %s")
	NeedReason   = w("请写明原因", "please give the reason")
	NotLive      = w("这条记录已%s，不能修改", "this record is %s and cannot be changed")
	VoidReason   = w("%s的原因（留作记录）：", "Reason why it is %s (kept with the record): ")
	VoidDone     = w("%s 已%s，记录仍可查", "%s is %s; it can still be read")
	RevealReason = w("为什么要看完整的号码（记入流水）：", "Why see the numbers in full (kept in the journal): ")
	Revealed     = w("[完整号码，%d秒后遮住]", "[numbers in full, hidden in %d seconds]")
	WhoTitle     = w("谁看过", "who looked")
	WhoIntro     = w("谁录入、改动、查看、导出过 %s，新的在前：", "Who entered, changed, looked at or exported %s, the newest first:")
	InYear       = w("%d年", "%d")
	MoreRelated  = w("另有更早的 %d 条，请在列表里查", "%d earlier ones are in the list")
	MergeAsk     = w("把哪一条并入 %s：", "Merge which record into %s: ")
	MergeIntro   = w("把 %s 并入 %s：空着的项目和列表会合在一起，引用会改过来。下面的项两条不同，请逐项选一边。", "%s is to be merged into %s: blanks and lists are joined, references turned. In these fields the two differ: choose for each.")
	MergeReason  = w("%s 并入 %s 的原因（留作记录）：", "Why %s is merged into %s (kept with the records): ")
	MergeDone    = w("%s 已并入 %s，改了%d条引用。Ctrl-Z 撤销", "%s was merged into %s; %d references were turned. Ctrl-Z undoes it")
	MergedInto   = w("已并入 %s", "merged into %s")
	ChangeWhy    = w("改已签领的款物要写原因：", "Signed for; why is it changed? ")
)

// Actions as the history names them, by the journal's word.
var Actions = map[string]model.Words{
	"add":  w("录入", "entered"),
	"edit": w("修改", "changed"),
	"void": w("作废", "voided"),

	"delete":   w("删除", "deleted"),
	"undelete": w("恢复", "restored"),
	"undo":     w("撤销", "undone"),
	"redo":     w("重做", "redone"),
	"merge":    w("合并", "merged"),
	"reveal":   w("看了完整的", "saw in full"),
	"export":   w("导出", "exported"),
	"import":   w("整本接收", "taken over"),

	"init": w("建账", "created"),
}

// Did names what was done to a record: an action, or a step of its chain.
func Did(reg *model.Register, action string) model.Words {
	if st := reg.StepOf(action); st != nil {
		return st.Words
	}
	return Actions[action]
}

// Figures.
var (
	WriteTo      = w("写到文件，给谁看：", "Write a file, for whom:")
	Written      = w("已写好：%s", "written: %s")
	Unrecorded   = w("%s（另有 %d 项没有记录）", "%s (%d more have no record)")
	PeriodPrompt = w("期间（2026、2026上、2026Q3、2026-03、A..B，空为全部）：", "Period (2026, 2026H1, 2026Q3, 2026-03, A..B, blank for all): ")
)

// Settings: what the office adds.
var (
	Settings       = w("本单位设置", "Settings")
	MenuSettings   = w("本单位设置：自加项目、台账、词", "Settings: own fields, registers, terms")
	OwnField       = w("自加项目", "own field")
	OwnRegister    = w("自建台账", "own register")
	OwnVocab       = w("自建词表", "own vocabulary")
	OwnTerm        = w("词", "term")
	SettingKinds   = w("加什么？（1 给台账加一项，2 新的台账，3 可选的词表，4 往现有词表里加词，5 模板）", "Add what? (1 a field of a register, 2 a new register, 3 a vocabulary, 4 a term of an existing one, 5 a template)")
	SettingsIntro  = w("这里加的项目和台账，与内置的一样填写、查找、导出。停用的不再显示，数据保留。", "What is added here is entered, found and exported like what is built in. What is removed is hidden; its data stays.")
	SettingsEmpty  = w("还没有自加的内容。按 Ctrl-N 新增。", "Nothing was added yet. Ctrl-N adds something.")
	SettingRemoved = w("已停用“%s”，数据都在；再按一次恢复", "%q was removed and its data kept; the same key brings it back")
	SettingBack    = w("已恢复“%s”", "%q is back in use")
	OutOfUse       = w("停用", "removed")
)

// First run.
var (
	Welcome    = w("台账：社区工作的记录本", "taizhang: the record book of a community office")
	FirstTime  = w("这里还没有台账。文件将建在：", "There is no ledger here yet. It will be created at:")
	NameAsk    = w("社区名称：", "Community: ")
	YouAsk     = w("您的姓名：", "Your name: ")
	NameHint   = w("例：文昌街道和平社区", "for example: Heping Community")
	OpenSample = w("打开示例社区看看（不影响正式台账）", "Look at the sample community (does not touch a real ledger)")
	CreateIt   = w("建立台账", "Create the ledger")
	NameNeeded = w("请先写社区名称", "please enter the name first")
	YouNeeded  = w("请再写您的姓名", "please enter your name too")
	Preparing  = w("正在准备示例 %d%%", "preparing the sample %d%%")
)

// Window and trouble.
var (
	ReadOnly  = w("[只读，不能保存]", "[read-only, cannot save]")
	TooSmall  = w("窗口太小，请放大到 60x16 以上（现在 %dx%d）", "The window is too small: 60x16 at least (now %dx%d)")
	NobodyYet = w("（未登记）", "(not registered)")
	KeysHelp  = w("按键", "Keys")
	DateHelp  = w("日期怎么写", "How to write a date")
	DateLines = w(
		"今 昨 前 -3（三天前） 8（本月8日） 0308 3.8 3月8日 周三 上周五 春节 七一\n粗略日期：2026上 2026Q3 2026-10 2026。看得到星期才算读懂；全角数字也行。",
		"今 昨 -3 (three days ago), 8 (the 8th), 0308, 3.8, 周三 or z3, 春节\ncoarse: 2026H1 2026Q3 2026-10 2026. The echo shows what was understood.")
	PickHelp  = w("选项怎么选", "How to choose")
	PickLines = w(
		"打拼音首字母、全拼、汉字或编号都能筛：kndy → 困难党员。↓ ↑ 移动，回车取用。\n可选几个的项目：回车或空格添加，退格去掉最后一个，空着按回车到下一项。",
		"Type initials, pinyin, Chinese or an id: kndy finds 困难党员. Down and up move, Enter takes.\nWhere several are allowed: Enter or Space adds, Backspace removes the last, Enter on nothing goes on.")
)

// Marks between words.
var Colon = w("：", ": ")

// NoTerminal is said where the screens cannot be drawn.
var NoTerminal = w("这里不是能画屏幕的终端。请用 taizhang --plain 一行一行地问答，或用命令 taizhang add、list、show、figures（taizhang help 有说明）",
	"This is not a terminal that can show screens. Use taizhang --plain for questions and answers line by line, or the commands taizhang add, list, show, figures (see taizhang help)")

// Absurd is said to a terminal that claims to be larger than any is.
var Absurd = w("终端报告的窗口大于 %dx%d，没有打开。请把窗口调小后重新登录",
	"The terminal claims a window larger than %dx%d; it was not opened. Make it smaller and log in again")

// Two clerks changed the same field.
var (
	ConflictTitle = w("两边都改了", "changed on both sides")
	ConflictIntro = w("您填写期间，%s 也改了这条记录。不同的项已经合在一起；下面的项两边都改了，请逐项选一边。", "While you were writing, %s changed this record too. Fields changed on one side are merged; these were changed on both: choose for each.")
	Yours         = w("您的", "yours")
	Blank         = w("（空）", "(blank)")
)

// Taking back.
var (
	Bin          = w("回收站", "Recycle bin")
	BinEmpty     = w("回收站是空的。", "The recycle bin is empty.")
	DaysLeft     = w("还有%d天", "%d days left")
	DeleteDone   = w("已删除 %s，Ctrl-Z 撤销，90天内可从回收站恢复", "deleted %s; Ctrl-Z takes it back, the bin keeps it for 90 days")
	UndeleteDone = w("已恢复 %s", "restored %s")
	UndoDone     = w("已撤销：%s %s %s。Ctrl-Y 重做", "undone: %s %s %s. Ctrl-Y does it again")
	RedoDone     = w("已重做：%s %s %s", "done again: %s %s %s")
)

// Of names a record, and how many were changed with it.
func Of(id string, n int) model.Words {
	if n <= 1 {
		return model.Words{ZH: id, EN: id}
	}
	return model.Sayf("%s 等%s条", "%s and %s more", id, model.W(strconv.Itoa(n), strconv.Itoa(n-1)))
}
