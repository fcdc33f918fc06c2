package report

import (
	"strings"

	"taizhang/model"
)

// Line is a line of a template file as a person edits it.
type Line struct {
	Text     string // without the marks of a heading
	Level    Level
	Explains []Explained
}

// Explained says what a tag asks for.
type Explained struct {
	Tag string // as written, without braces
	model.Words
}

// Explain gives the lines of a template file that hold anything, and what each of
// their tags stands for.
func Explain(src string, schema *model.Schema) ([]Line, error) {
	t, err := ParseText(src, schema, nil)
	if err != nil {
		return nil, err
	}
	x := &explainer{f: &filler{t: t, c: &model.Context{Schema: schema}}, words: map[int]model.Words{}}
	x.nodes(t.nodes)
	var out []Line
	for _, l := range t.lines {
		line := Line{}
		if line.Text, line.Level = heading(l.text); strings.TrimSpace(line.Text) == "" {
			continue
		}
		seen := map[string]bool{}
		for _, tag := range Tags(l.text) {
			text := strings.Trim(l.text[tag.From:tag.To], "{}｛｝ ")
			if w := x.words[l.from+tag.From]; w != (model.Words{}) && !seen[text] {
				seen[text] = true
				line.Explains = append(line.Explains, Explained{text, w})
			}
		}
		out = append(out, line)
	}
	return out, nil
}

// explainer says in words what the nodes of a template ask for.
type explainer struct {
	f     *filler
	words map[int]model.Words // by offset
}

func (x *explainer) nodes(list []node) {
	for _, n := range list {
		x.words[n.pos()] = x.node(n)
	}
}

func (x *explainer) node(n node) model.Words {
	describe := func(q *query) model.Words {
		w := x.f.describe(q, model.Period{})
		if q.period != "" {
			w = model.Sayf("%s，期间：%s", "%s; period: %s", w, q.period)
		}
		return w
	}
	switch n := n.(type) {
	case name:
		switch {
		case n.global != "":
			return findGlobal(n.global).Help
		case n.said != nil:
			return model.Sayf("这一条的%s", "the %s of the record", n.said.Words)
		case len(n.path) > 0:
			return model.Sayf("这一条的%s", "the %s of the record", n.path[len(n.path)-1].Words)
		case n.special == "序":
			return model.W("第几条", "which record it is")
		case n.special == "组":
			return model.W("这一组的名称", "the name of the group")
		case n.special == "编号":
			return model.W("这一条的编号，公开时不写", "the id of the record; not told in public")
		}
		return model.W("一是、二是……，只数留下来的段落", "1), 2) … of the paragraphs that stay")
	case figure:
		return model.Sayf("%s%s", "%s%s", describe(n.query), n.format.help())
	case rate:
		return model.Sayf("%s 占 %s 的百分比", "%s as a percentage of %s", describe(n.part), describe(n.whole))
	case compare:
		return model.Sayf("%s 比上年同期增减", "%s against the same period a year before", describe(n.query))
	case yearly:
		return model.Sayf("%s，各完整年度里最少的一年", "%s, of complete years the least", describe(n.query))
	case *loop:
		x.nodes(n.body)
		return model.Sayf("从这里到{{完}}，每条重复一次：%s", "from here to {{end}}, once for each: %s", describe(n.query))
	case *group:
		x.nodes(n.body)
		return model.Sayf("从这里到{{完}}，按“%[2]s”每组重复一次：%[1]s", "from here to {{end}}, once for each %[2]s: %[1]s", describe(n.query), n.by.Words)
	case *branch:
		x.nodes(n.yes)
		x.nodes(n.no)
		return model.W("从这里到{{结束}}或{{否则}}，条件成立时才写", "from here to {{end}} or {{else}}, only where this holds")
	case gap:
		return model.W("要由人写的一段；没写好不能定稿", "prose that a person writes; without it there is no final copy")
	case phrase:
		return model.W("规范用语", "an approved formula")
	case table:
		return model.Sayf("列表：%s", "a table: %s", describe(n.query))
	}
	return model.Words{}
}

// FormatHelp are the formats behind the |, by their Chinese and English names.
var FormatHelp = []struct{ Name, Help model.Words }{
	{model.W("精确", "exact"), model.W("原数；不写格式就是它", "the number itself; the same without a format")},
	{model.W("多", "more"), model.W("只往少里说：76 写 70多，1234 写 1200多", "in round numbers, never more than there is: more than 70 for 76")},
	{model.W("余", "more-yu"), model.W("同“多”，写 70余", "the same, in the other of its two Chinese forms")},
	{model.W("近", "nearly"), model.W("1960 写 近2000；说的比实际多，慎用", "nearly 2,000 for 1,960; says more than there is")},
	{model.W("元", "yuan"), model.W("金额，写到分：12,345.60", "money to the cent: 12,345.60")},
	{model.W("万元", "money"), model.W("金额，写 1.23万元，不往多里进", "money in round numbers, in Chinese by ten thousand; never rounded up")},
	{model.W("大写", "capitals"), model.W("金额大写：壹仟贰佰元整", "money in the Chinese capitals of cheques")},
	{model.W("汉数", "han"), model.W("七十三", "in Chinese numerals")},
	{model.W("日期", "date"), model.W("2026年3月8日", "the day; in English 2026-03-08")},
	{model.W("月日", "month-day"), model.W("3月8日", "in Chinese without the year")},
	{model.W("月份", "month"), model.W("3月", "the month; in English 2026-03")},
	{model.W("年份", "year"), model.W("2026", "the year")},
	{model.W("列举", "list"), model.W("几个值用顿号连起来；加 ；换成分号", "values joined by commas; with ; by semicolons")},
	{model.W("等2个", "first2"), model.W("写前两个，后面“等5个”；数字和量词可换", "the first two and how many there are; any number and counter")},
	{model.W("含零", "even-zero"), model.W("是零也写出来，不省句子", "a zero is said and drops nothing")},
}

// help says what the format makes of a value; blank where it is written as it is.
func (f format) help() model.Words {
	if !f.given {
		return model.Words{}
	}
	for _, h := range FormatHelp {
		if formats[h.Name.ZH] == f.how && f.how != howPlain || f.how == howFirst && h.Name.EN == "first2" {
			return model.Sayf("；%s：%s", "; %s: %s", h.Name, h.Help)
		}
	}
	return model.Words{}
}
