package report

import (
	"slices"
	"strings"

	"taizhang/model"
)

// Global is a name that every template may use.
type Global struct {
	model.Words
	Help model.Words
	say  func(*filler) string
}

// Globals are the names every template may use.
var Globals = []Global{
	{model.W("社区名称", "community"), model.W("本社区的名称", "the community's name"), func(f *filler) string { return f.src.Unit() }},
	{model.W("期间", "period"), model.W("报告的期间，例 2026年上半年", "the period, such as first half of 2026"), func(f *filler) string { return f.periodText() }},
	{model.W("年", "year"), model.W("期间的年份，例 2026", "the year of the period"), func(f *filler) string { return model.Dec(int64(f.job.Period.To.Year) * 1000).String() }},
	{model.W("上年", "year before"), model.W("前一年，例 2025", "the year before"), func(f *filler) string { return model.Dec(int64(f.job.Period.To.Year-1) * 1000).String() }},
	{model.W("时段", "span"), model.W("句首用：一年来、上半年、三季度、3月份", "to begin a sentence with: over the year, in the quarter"), func(f *filler) string { return f.spanText() }},
	{model.W("止日", "last day"), model.W("期间的最后一天", "the last day of the period"), func(f *filler) string { return format{}.date(f.job.Period.To, f.job.Lang) }},
	{model.W("今天", "today"), model.W("写出报告的日期", "the day the report is written"), func(f *filler) string { return format{}.date(f.c.Today(), f.job.Lang) }},
}

// FindGlobal returns the name, nil when there is none.
func findGlobal(name string) *Global {
	for i := range Globals {
		if g := &Globals[i]; g.ZH == name || strings.EqualFold(g.EN, strings.ReplaceAll(name, "_", " ")) {
			return g
		}
	}
	return nil
}

var specials = map[string]string{"序": "序", "no": "序", "序号": "序", "组": "组", "group": "组", "编号": "编号", "id": "编号", "逐项": "逐项", "item-no": "逐项"}

// name reads a tag that is a single name; nil: it is none.
func (p *parser) name(t token, args []word, f format, s scope) *name {
	text := args[0].text
	n := &name{at: at(t.at), format: f}
	for i := len(s.loops) - 1; i >= 0; i-- {
		reg := s.loops[i]
		path := findPath(p.schema, reg, joined(args)) // English names have spaces
		said := reg.FindSentence(joined(args))
		if path == nil && said == nil {
			continue
		}
		if n.reg, n.path, n.said = reg, path, said; path != nil {
			n.said = nil
			last := path[len(path)-1]
			if w := f.unfitFor(false, false, false, last); w != (model.Words{}) {
				p.fail(t.at, w)
			}
		}
		return n
	}
	if special := specials[strings.ToLower(text)]; special != "" && len(args) == 1 && (special == "逐项" || len(s.loops) > 0 || s.group != nil) {
		n.special = special
		return n
	}
	if g := findGlobal(joined(args)); g != nil {
		n.global = g.ZH
		return n
	}
	return nil
}

func joined(args []word) string {
	var out []string
	for _, a := range args {
		out = append(out, a.text)
	}
	return strings.Join(out, " ")
}

// names are all that a single name may be here.
func (p *parser) names(s scope) (out []string) {
	for _, g := range Globals {
		out = append(out, g.ZH, g.EN)
	}
	for _, kw := range [][]string{kwLoop, kwGroup, kwIf, kwElse, kwEnd, kwGap, kwPhrase, kwRate, kwMore, kwYearly, kwTable, kwLang} {
		out = append(out, kw...)
	}
	for _, reg := range s.loops {
		out = append(out, fieldNames(reg)...)
		for _, said := range reg.Sentences {
			out = append(out, said.Words.ZH, said.Words.EN)
		}
		out = append(out, "序", "编号")
	}
	if s.group != nil {
		out = append(out, "组", "序")
	}
	out = append(out, "逐项")
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
