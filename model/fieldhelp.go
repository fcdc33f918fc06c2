package model

// What a field says of itself: how it is typed, and who sees what is in it.

// How says how a value of the field is typed.
func (f *Field) How() Words {
	switch f.Type {
	case TypeNote:
		return Sayf("多行文字，最多%d个字；Ctrl-J 换行", "several lines, at most %d characters; Ctrl-J begins a new one", f.Limit())
	case TypeInt:
		return Words{"整数，如 45、1,045、25人、1.2万，全角数字也行", "a whole number, such as 45 or 1,045"}.and(f.within())
	case TypeDec:
		return W("数字，最多三位小数，如 12、0.5、1.2万", "a number with at most three decimals, such as 12 or 0.5")
	case TypeMoney:
		return W("金额（元），如 500、1,234.50、1.2万元", "an amount in yuan, such as 500 or 1,234.50")
	case TypeBool:
		return W("“是”或“否”：s 或 f", "yes or no: y or n")
	case TypeDate:
		return W("日期：今 昨 -3 8 0308 3.8 周三 上周五 春节 20270308；粗略的：2026上 2026Q3 2026-10 2026",
			"a date: today yesterday -3 8 0308 3.8 wed last fri 春节 20270308; coarse: 2026H1 2026Q3 2026-10 2026")
	case TypeTime:
		return W("时间：1430、14:30、9点半", "a time: 1430, 14:30")
	case TypePick:
		return W("从词表里选一个：打拼音首字母、全拼或汉字，回车取用", "one term of the list: type its beginning or pinyin initials, Enter takes it")
	case TypePicks:
		return W("从词表里选，可选几个：打拼音首字母、全拼或汉字，回车或空格添加，退格去掉最后一个",
			"one or more terms of the list: type a beginning or pinyin initials, Enter adds, Backspace removes the last")
	case TypeRef:
		return W("选已登记的一条：打拼音首字母、汉字或编号，回车取用", "a registered entry: type initials, the name or the id, Enter takes it").and(f.orText())
	case TypeRefs:
		return W("选已登记的，可选几条：打拼音首字母、汉字或编号，回车添加，退格去掉最后一个",
			"registered entries, one or more: type initials, the name or the id, Enter adds, Backspace removes the last").and(f.orText())
	case TypeList:
		if f.One {
			return W("一行几格：回车到下一格", "one row of cells: Enter goes to the next")
		}
		return W("小表格：回车到下一格，最后一行空着按回车就离开；也可一次打完或粘贴几行，如表格软件里复制的",
			"a small table: Enter goes to the next cell, Enter on the empty last row leaves it; a whole row, or rows copied from a spreadsheet, can be typed or pasted at once")
	case TypeOccasion:
		return W("节日和年份，如 春节、2027春节；打拼音首字母筛选", "a festival and its year, such as 2027春节; type pinyin initials")
	case TypePeriod:
		return W("公开期：2027-B1（双月）、2027-Q1、2027-03、2027-H1、2027", "a period: 2027-B1 (two months), 2027-Q1, 2027-03, 2027-H1, 2027")
	}
	return Sayf("一行文字，最多%d个字", "one line, at most %d characters", f.Limit())
}

func (w Words) and(more Words) Words {
	if more == (Words{}) {
		return w
	}
	return Words{w.ZH + "；" + more.ZH, w.EN + "; " + more.EN}
}

func (f *Field) within() Words {
	switch {
	case f.Most > 0:
		return Sayf("%d 至 %d", "%d to %d", f.Min, f.Most)
	case f.Min > 0:
		return Sayf("不小于 %d", "at least %d", f.Min)
	}
	return Words{}
}

func (f *Field) orText() Words {
	if !f.OrText {
		return Words{}
	}
	return W("没有登记的可以直接写", "what is not registered may be written as it is")
}

// Privacy names the field's privacy class and what follows for publication, in
// a few words; nothing for what is open to all.
func (f *Field) Privacy() Words {
	class := classWords[f.Class]
	switch {
	case f.Class == Handler:
		return Words{class.ZH + "，只给经办人看", class.EN + ", for the handler only"}
	case f.show(Public) == hidden:
		return Words{class.ZH + "，不公示", class.EN + ", never published"}
	case f.show(Public) == masked:
		return Words{class.ZH + "，公示时打码", class.EN + ", masked when published"}
	}
	return Words{}
}

var classWords = [...]Words{
	Open:      {"一般信息", "ordinary"},
	Internal:  {"内部信息", "internal"},
	Personal:  {"个人信息", "personal data"},
	Sensitive: {"敏感信息", "sensitive data"},
	Handler:   {"经办信息", "confidential"},
}

// ClassWords names the field's privacy class.
func (f *Field) ClassWords() Words { return classWords[f.Class] }

// SeenBy says in words how the field appears in what is written for an audience.
func (f *Field) SeenBy(a Audience) Words {
	return [...]Words{
		hidden:  {"不出现", "left out"},
		masked:  {"打码", "masked"},
		byRight: {"有录入权的看全，其他人打码或不显示", "in full to those who enter records, else masked or left out"},
		full:    {"全部", "in full"},
	}[f.show(a)]
}

// Audiences lists those for whom files are written.
func Audiences() []Audience { return []Audience{Inside, Superior, Public, Accounts} }
