package tui

import (
	"strings"

	"taizhang/model"
	"taizhang/tui/words"
)

// helpPart is a paragraph of the help screen with its head.
type helpPart struct{ head, text string }

// explainer is a screen that has more to say than its keys, about where the
// cursor is.
type explainer interface {
	explain(s *session) (title string, parts []helpPart)
}

// explain tells what the field with the cursor is for and how it is filled in,
// all of it from its declaration.
func (f *form) explain(s *session) (title string, parts []helpPart) {
	e := f.current()
	if e == nil {
		return "", nil
	}
	l := s.lang
	name := e.f.Words.In(l)
	if e.list != nil {
		name = e.list.Words.In(l) + " > " + name
	}
	title = model.Sayf(words.FieldHelp.ZH, words.FieldHelp.EN, name).In(l)
	add := func(head model.Words, text string) {
		if text != "" {
			parts = append(parts, helpPart{head.In(l), text})
		}
	}
	comma := model.W("、", ", ").In(l)
	what := []string{e.f.Hint.In(l)}
	if e.list != nil && what[0] == "" {
		what[0] = e.list.Hint.In(l)
	}
	if in := f.section(f.at); in != (model.Words{}) {
		what = append(what, model.Sayf(words.InSection.ZH, words.InSection.EN, in).In(l))
	}
	add(words.HelpWhat, joined(what, model.W("；", "; ").In(l)))
	add(words.HelpHow, e.f.How().In(l))
	if e.list != nil {
		add(words.HelpRow, e.list.How().In(l))
	}
	add(words.HelpNeed, f.needText(e).In(l))
	if e.f.Vocab != "" {
		var terms []string
		for _, t := range f.opts.schema.Vocab(e.f.Vocab).Live() {
			terms = append(terms, t.Words().In(l))
		}
		add(words.HelpWords, strings.Join(terms, comma))
	}
	privacy := e.f
	if e.list != nil {
		privacy = e.list
	}
	add(words.HelpWho, f.seenBy(privacy, l))
	if l == model.ZH {
		add(words.HelpNames, strings.Join(e.f.Aliases, comma))
	}
	if e.list == nil && f.task == nil {
		add(words.HelpKey, e.f.Key)
	}
	return title, parts
}

func joined(parts []string, mark string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, mark)
}

// needText says whether the field must be filled.
func (f *form) needText(e *editor) model.Words {
	switch {
	case e.f.Need == model.Required:
		return words.NeedAlways
	case e.f.Need == model.Either && e.f.Why != (model.Words{}):
		return model.Sayf(words.NeededWhen.ZH, words.NeededWhen.EN, e.f.Why)
	}
	return words.NeedNever
}

// seenBy says how the field appears in what is written for each audience, those
// of one kind together.
func (f *form) seenBy(fd *model.Field, l model.Lang) string {
	if f.task != nil { // a setting is in no file
		return ""
	}
	var hows []model.Words
	who := map[model.Words][]string{}
	for _, a := range model.Audiences() {
		how := fd.SeenBy(a)
		if who[how] == nil {
			hows = append(hows, how)
		}
		who[how] = append(who[how], a.Words().In(l))
	}
	out := []string{fd.ClassWords().In(l)}
	for _, how := range hows {
		out = append(out, strings.Join(who[how], model.W("、", ", ").In(l))+words.Colon.In(l)+how.In(l))
	}
	return strings.Join(out, model.W("；", "; ").In(l))
}
