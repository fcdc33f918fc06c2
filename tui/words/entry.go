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

	Phrases       = w("用语", "Phrases")
	PhraseAsk     = w("插入哪条用语？首字母、拼音或汉字：", "Insert which phrase? Initials, pinyin or any part: ")
	PhraseOpen    = w("未批准", "not approved")
	PhraseNone    = w("还没有登记用语。在“用语”台账里登记，审核、审批人员批准后排在前面。Esc 返回。", "No phrases are registered yet. Enter them in the register of phrases; those that were approved come first. Esc goes back.")
	PhraseNotHere = w("用语写进文字项目里：请先把光标移到那一项", "a phrase goes into a field of text: put the cursor there first")

	Templates     = w("模板", "Templates")
	TemplateAsk   = w("套用哪个模板？数字或首字母：", "Which template? Digit or letters: ")
	TemplateSlot  = w("%s，请填“%s”：", "%s, fill in %s: ")
	TemplateBlank = w("这里不能空着。Esc 返回。", "This cannot stay blank. Esc goes back.")
	TemplateSave  = w("把这张表存为模板", "save this form as a template")
	TemplateName  = w("模板叫什么名字？", "What is the template called? ")
	TemplateHelp  = w("会重复的内容存进模板，日期、数目和个人信息不存；名称里的年份记作 {年}，套用时按日期填。同名的模板会被替换。要套用时再问的字，在设置（菜单 9，s）里写成 {届} 这样。",
		"What repeats goes into the template, without dates, counts and personal data; a year in a title becomes {year} and follows the date. A template of the same name is replaced. Words to be asked for each time are written like {edition} in the settings (menu 9, s).")
	TemplateEmpty  = w("这张表里还没有能存进模板的内容", "there is nothing in this form yet that a template could hold")
	TemplateSaved  = w("已存为模板“%s”，Ctrl-T 套用", "saved as the template %s; Ctrl-T uses it")
	TemplateUsed   = w("已套用模板“%s”，请补上其余各项", "used the template %s; fill in the rest")
	TemplateMine   = w("已存为您自己的模板“%s”，Ctrl-T 套用", "saved as your own template %s; Ctrl-T uses it")
	PreferTemplate = w("我的模板“%s”", "my template %s")
	TemplateKeep   = w("留着", "keep it")
	TemplateRemove = w("删去", "remove it")
	MyTemplate     = w("我的", "mine")
	OwnTemplate    = w("本单位", "own")
	OwnTemplates   = w("模板", "template")

	TermFixed = w("“%s”按规定使用，不能加词", "%s follows a rule: nothing can be added")
	TermBlank = w("先打出要加进“%s”的词，再按 Ctrl-G", "type what is to be added to %s first, then Ctrl-G")
	TermAdded = w("已把“%s”加进词表，以后都能选", "added %q to the list; it is offered from now on")
	TermNew   = w("词表里没有“%s”，Ctrl-G 加进去（管理员）", "%q is not in the list; Ctrl-G adds it (administrators)")
)
