package words

// Entry at speed: completions, copies, templates, doubts.
var (
	CompletionMove = w("↓ 选用以前写过的", "Down: take one of those written before")
	CompletionTake = w("回车取用", "Enter takes it")
	WrittenBefore  = w("写过", "written before")

	CopyTitle   = w("照抄", "copy")
	CopyAsk     = w("照抄哪一条？打字查找：", "Copy which? Type to search: ")
	CopyNone    = w("没有找到。退格改字，Esc 返回。", "Nothing found. Backspace changes the words, Esc goes back.")
	CopyOnlyNew = w("只有新增时能照抄或套模板", "only a new record can copy another or use a template")
	CopyDone    = w("已照抄 %s；数目、日期和签领没有抄，请填", "copied %s; counts, dates and receipts are left for you")
	YearAgo     = w("去年此时", "a year ago")

	DoubtTitle = w("请核对", "Please check")
	DoubtIntro = w("还没有保存。下面几处请看一眼：没有问题按 Ctrl-S 照样保存；Esc 回到表单修改，内容都还在；回车打开旧的那一条。",
		"Nothing is saved yet. Please look at this: Ctrl-S saves all the same, Esc goes back to the form with everything in it, Enter opens the record that is there.")
)
