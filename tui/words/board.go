package words

// The board of disclosures.
var (
	BoardAll       = w("全部", "all")
	BoardTodo      = w("应办", "to do")
	BoardDown      = w("待撤下、重新张贴", "to take down or repost")
	BoardArchived  = w("归档", "archived")
	BoardYear      = w("%d年公开看板", "Disclosures of %d")
	BoardNone      = w("公开目录是空的。按 d 用默认目录（%d项，可以再改），或在公开目录里 Ctrl-N 新增。", "The catalogue is empty. d enters the default one (%d items, yours to change), or Ctrl-N in the catalogue adds an item.")
	BoardNoRows    = w("这里没有。Tab 换一种看法，← → 换年份。", "Nothing here. Tab changes what is shown, left and right the year.")
	BoardRate      = w("%s 应%d 已%d 按期%d %s", "%s due %d posted %d in time %d, %s")
	BoardRepost    = w("挂的天数不够，应重新张贴", "hung too short: post again")
	BoardNoSlot    = w("这一年还没有要公开的期", "no period of this year is owed")
	BoardEvent     = w("随事项公开", "with the event")
	BoardBegun     = w("%s 已经起草，不能记无变动", "%s is begun; no note of no change")
	DefaultDrafter = w("默认目录：责任人（拟稿）", "Default catalogue: who drafts")
	DefaultReview  = w("默认目录：审核人", "Default catalogue: who reviews")
	DefaultApprove = w("默认目录：审批人", "Default catalogue: who approves")
	DefaultMade    = w("已登记默认目录 %d 项，可逐项修改", "%d items of the default catalogue entered, each yours to change")
	OverrideAsk    = w("放行第%d处（共%d处）%s %s，理由（至少%d个字）：", "Let stand %d of %d, %s %s; reason (%d characters or more): ")
	OverrideShort  = w("理由至少%d个字", "a reason has at least %d characters")
	OffCatalogue   = w("公开目录里已有事项", "the catalogue has items already")
)
