package words

// Why an action is off for a moment.
var (
	OffNow      = w("现在不行：%s", "not now: %s")
	OffNoView   = w("这个台账没有另外的一屏", "this register has no screen of its own besides the list")
	OffNoLine   = w("没有选中的一行", "no line is selected")
	OffNotLive  = w("这条记录已作废或删除，不能再改", "this record is void or deleted and cannot be changed any more")
	OffErase    = w("登记过款物、公开过的记录不能删除，只能更正、冲销或作废", "a record of money or goods given, or one made public, cannot be deleted; correct, reverse or void it")
	OffNoTwins  = w("只有人员和户可以合并", "only people and households can be merged")
	OffNoSecret = w("这里没有遮住的、您可以看的号码", "there is no masked number here that is for you to see")
	OffNoOld    = w("请先选中已有的一条", "choose the record that is there first")
	OffNested   = w("请按 Esc 返回原来的表，在那里填已有的这一位", "go back with Esc and name the record that is there")
	OffUndo     = w("您最近没有可以撤销的改动", "you have changed nothing lately that could be undone")
	OffRedo     = w("没有可以重做的", "there is nothing to redo")
)

// The palette.
var (
	Palette      = w("命令", "Commands")
	PaletteAsk   = w("命令：", "Command: ")
	PaletteNone  = w("没有这个命令", "there is no such command")
	GoNew        = w("新增 %s", "new %s")
	GoRecord     = w("%s %s", "%s %s")
	GoHome       = w("首页", "home screen")
	MoreCommands = w("命令", "command")
	OfRegister   = w("台账", "register")
	SwitchLang   = w("语言：English", "language: 中文 (Chinese)")
	QuitProgram  = w("退出程序", "leave the program")
	GoSummary    = w("写汇总文件（报告）", "write the summary file (report)")
	GoUndo       = w("撤销我最近的一次改动", "undo my last change")
	GoRedo       = w("把撤销的再做回来", "redo what was undone")
	TooDeep      = w("打开的画面太多了，请先按 Esc 返回几层", "too many screens lie on each other; go back a few with Esc first")
	BackUpNow    = w("备份台账", "back up the ledger (backup)")
	VerifyNow    = w("核对台账", "verify the ledger")
)

// Preferences.
var (
	Preferences      = w("我的偏好", "My preferences")
	MenuPreferences  = w("我的偏好：语言、首屏、字符宽度", "My preferences: language, first screen, glyphs")
	PreferIntro      = w("只对您自己有效，换一台电脑登录也跟着您。", "They are yours alone and follow you to every terminal.")
	PreferLang       = w("语言", "language")
	PreferStart      = w("登录后先看", "first screen")
	PreferGlyphs     = w("线条和标点的宽度", "width of rules and marks")
	PreferRedraw     = w("每次整屏重画", "draw the whole screen each time")
	PreferColumns    = w("%s 列表的列", "columns of the list %s")
	LangFollows      = w("跟随环境", "as the environment says")
	StartHome        = w("今日（首页）", "Today (home screen)")
	StartSearchIt    = w("查找", "search")
	GlyphsAsk        = w("自动（问终端）", "automatic (ask the terminal)")
	GlyphsOne        = w("窄：占一格", "narrow: one cell")
	GlyphsTwo        = w("宽：占两格", "wide: two cells")
	RedrawNo         = w("否：只画变动的地方", "no: only what changed")
	RedrawYes        = w("是：屏幕常花时用", "yes: for terminals that lose characters")
	ColumnsAsChosen  = w("自选 %d 列", "%d chosen columns")
	ColumnsDeclared  = w("恢复原来的列", "back to the usual columns")
	ColumnsUnchanged = w("保持不变", "leave them")
)

// Long work.
var (
	JobWorking = w("正在%s… %d%%（Esc 取消）", "%s... %d%% (Esc cancels)")
	JobLong    = w("正在%s…（Esc 取消）", "%s... (Esc cancels)")
	Cancelling = w("正在取消…", "cancelling...")
	Cancelled  = w("已取消，没有改动任何内容", "cancelled; nothing was changed")
	DoCount    = w("统计", "counting")
	DoSummary  = w("写汇总", "writing the summary")
	DoBackup   = w("备份", "backing up")
	DoVerify   = w("核对", "verifying")
	DoLook     = w("处理", "working")
	BackedUp   = w("已备份并核对：%s（%d 条记录）", "backed up and verified: %s (%d records)")
	Verified   = w("核对无误：%d 条记录，流水 %d 条", "all is well: %d records, %d journal entries")
)

// Locked covers the screen of someone who was called away.
var Locked = w("10 分钟没有操作，屏幕已遮住；填了一半的已存为草稿。按任意键继续", "Nobody was here for 10 minutes, so the screen is covered; what was half filled is kept as a draft. Any key goes on.")
