package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Template fills a new record of one register with what is always the same about
// a kind of occasion. Its texts are what a person would type; a word in braces
// is a slot: the date fills {年} {月} {日} {双月} {节日}, in English {year} {month}
// {day} {bimonth} {festival}; anything else ({届}) is asked for.
type Template struct {
	Key      string // of the office's own ones; "" for those of the program
	Words    Words
	Register string
	Texts    []TemplateText
}

// TemplateText is what a template puts into a field.
type TemplateText struct{ Field, Text string }

// Templates lists the templates of a register, "" for all: the office's own
// first. One of its own takes the place of a built-in one of the same name.
func (s *Schema) Templates(register string) []Template {
	out := slices.Clone(s.templates)
	for _, t := range templates {
		if !slices.ContainsFunc(out, func(own Template) bool { return own.Words.ZH == t.Words.ZH && own.Register == t.Register }) {
			out = append(out, t)
		}
	}
	return slices.DeleteFunc(out, func(t Template) bool {
		return s.Register(t.Register) == nil || register != "" && t.Register != register
	})
}

// FindTemplate returns the template of a register that a person means: by name
// in either language, key or initials.
func (s *Schema) FindTemplate(register, name string) (Template, error) {
	list := s.Templates(register)
	want := nameKey(name)
	for _, is := range []func(Template) bool{
		func(t Template) bool {
			return nameKey(t.Words.ZH) == want || nameKey(t.Words.EN) == want || t.Key == name
		},
		func(t Template) bool { return Initials(t.Words.ZH) == want },
	} {
		if i := slices.IndexFunc(list, is); i >= 0 && want != "" {
			return list[i], nil
		}
	}
	var zh, en []string
	for _, t := range list {
		zh, en = append(zh, t.Words.ZH), append(en, t.Words.EN)
	}
	if len(list) == 0 {
		return Template{}, Problemf("这个台账还没有模板", "this register has no templates")
	}
	return Template{}, Problemf("没有模板“%s”。可用的有：%s", "there is no template %q; there are: %s", Shorten(name), Words{strings.Join(zh, "、"), strings.Join(en, ", ")})
}

// slots are the words in braces of a text, each once.
func slots(text string, found []string) []string {
	for {
		_, rest, ok := strings.Cut(text, "{")
		if !ok {
			return found
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			return found
		}
		if text = after; name != "" && !strings.Contains(name, "{") && !contains(found, name) {
			found = append(found, name)
		}
	}
}

// slotOfDate is what the day says for a slot.
func slotOfDate(name string, day Date) (string, bool) {
	day = day.First()
	switch name {
	case "年", "year":
		return strconv.Itoa(int(day.Year)), true
	case "月", "month":
		return strconv.Itoa(int(day.Month)), true
	case "日", "day":
		return strconv.Itoa(int(day.Day)), true
	case "双月", "bimonth":
		return strconv.Itoa((int(day.Month) + 1) / 2), true
	case "节日", "festival":
		o, ok := OccasionAt(day)
		return o.Name, ok
	}
	return "", false
}

// Given lists the slots that no date fills.
func (t *Template) Given() []string {
	return slices.DeleteFunc(t.slots(nil), func(name string) bool {
		_, known := slotOfDate(name, NewDate(2027, 2, 6)) // 春节
		return known
	})
}

// Asks lists the slots that the day does not fill, in the order of the fields.
func (t *Template) Asks(day Date) []string { return t.AsksBut(day, nil) }

// AsksBut is Asks where some fields are filled already and need no answer.
func (t *Template) AsksBut(day Date, filled map[string]bool) []string {
	return slices.DeleteFunc(t.slots(filled), func(name string) bool {
		_, ok := slotOfDate(name, day)
		return ok
	})
}

func (t *Template) slots(but map[string]bool) (all []string) {
	for _, x := range t.Texts {
		if !but[x.Field] {
			all = slots(x.Text, all)
		}
	}
	return all
}

// Fill gives the texts for a record of a day, slots filled in, as Parse reads
// them. What cannot be used (a field that is gone, a term that is no longer
// offered, a text that does not fit) is left out and told, one sentence each.
func (t *Template) Fill(c *Context, day Date, answers map[string]string) (texts []TemplateText, told []Words) {
	reg := c.Schema.Register(t.Register)
	if reg == nil {
		return nil, []Words{Sayf("模板“%s”的台账已经没有了", "the register of the template %s is gone", t.Words)}
	}
	then := *c
	day = day.First()
	then.Now = time.Date(int(day.Year), time.Month(day.Month), int(day.Day), 12, 0, 0, 0, Zone) // so that 春节 is the one near the day
	for _, x := range t.Texts {
		f := reg.Field(x.Field)
		if f == nil || f.Removed || !f.InForm() {
			told = append(told, Sayf("模板里的“%s”这一项已经没有了", "the template names a field %s that is gone", Shorten(x.Field)))
			continue
		}
		text := x.Text
		for _, name := range slots(text, nil) {
			v, ok := answers[name]
			if !ok {
				v, ok = slotOfDate(name, day)
			}
			if ok {
				text = strings.ReplaceAll(text, "{"+name+"}", v)
			}
		}
		v, err := then.Parse(f, text)
		if err != nil {
			told = append(told, Sayf("模板里的“%s”用不上：%s", "the template's %s cannot be used: %s", f.Words, AsWords(err)))
			continue
		}
		kept, gone := c.withoutRetired(f, v)
		if gone != "" {
			told = append(told, Sayf("模板里的“%s”：“%s”已经停用", "the template's %s: %s is no longer used", f.Words, gone))
		}
		if !Blank(kept) {
			texts = append(texts, TemplateText{f.Key, then.Input(f, kept, ZH)})
		}
	}
	return texts, told
}

// withoutRetired leaves out the terms that are no longer offered.
func (c *Context) withoutRetired(f *Field, v any) (kept any, gone string) {
	retired := func(value string) bool {
		t, ok := c.Schema.Vocab(f.Vocab).Term(value)
		return ok && t.Retired
	}
	switch x := v.(type) {
	case string:
		if f.Type == TypePick && retired(x) {
			return nil, x
		}
	case []string:
		var list, out []string
		for _, s := range x {
			if retired(s) {
				out = append(out, s)
			} else {
				list = append(list, s)
			}
		}
		return list, strings.Join(out, "、")
	}
	return v, ""
}

// TemplateOf makes the texts of a template from a record as it is filled in: of
// the fields that repeat, without anything about a person, and with {年} where
// a text names the year of its day.
func TemplateOf(c *Context, r *Record) (texts []TemplateText) {
	for _, f := range r.Register.Fields {
		v := r.Values[f.Key]
		if !f.Repeats() || Blank(v) || !f.Holds(v) || f.Class > Internal {
			continue
		}
		text := c.Input(f, v, ZH)
		if f.Type == TypeText || f.Type == TypeNote {
			text = replaceYear(text, r.Date(), "{年}")
		}
		texts = append(texts, TemplateText{f.Key, text})
	}
	return texts
}
