package model

import "slices"

// templates makes the office's own templates. What they put into fields is
// judged when they are used: a field or term may be gone by then, and the rest
// is still of use.
func (b *customBuilder) templates() (out []Template) {
	if len(b.custom.Templates) > mostTemplates {
		b.refuse(customPlace{EntryTemplate, mostTemplates + 1, ""}, "", "模板最多%d个", "at most %d templates", mostTemplates)
	}
	keys, names := map[string]bool{}, map[string]bool{}
	for i, t := range b.custom.Templates {
		at := customPlace{EntryTemplate, i + 1, t.Key}
		switch {
		case !customKey(t.Key, Own, 'a', 'z'):
			b.refuse(at, "key", "键应以 x_ 开头，后面是1至30个小写字母、数字或 _", "the key must be x_ and 1 to 30 small letters, digits or _")
			continue
		case keys[t.Key]:
			b.refuse(at, "key", "键重复", "the key is used twice")
			continue
		case b.registers[t.Register] == nil:
			b.refuse(at, "register", "没有台账“%s”", "there is no register %q", Shorten(t.Register))
			continue
		case len(t.Texts) == 0 || len(t.Texts) > mostFields:
			b.refuse(at, "texts", "模板应填1至%d个项目", "a template fills 1 to %d fields", mostFields)
			continue
		}
		keys[t.Key] = true
		b.label(at, "zh", t.ZH, mostLabel, true, marksInLabel)
		b.label(at, "en", t.EN, mostLabelEN, false, marksInWords)
		made := Template{Key: t.Key, Words: bothWords(t.ZH, t.EN), Register: t.Register}
		seen := map[string]bool{}
		for _, x := range t.Texts {
			err := CheckText(x.Text, true)
			switch {
			case x.Field == "" || seen[x.Field] || Characters(x.Field) > mostLabelEN:
				b.refuse(at, "texts", "项目“%s”写错或写了两次", "the field %q is wrong or given twice", Shorten(x.Field))
			case err != nil:
				b.refuse(at, "texts", "“%s”：%s", "%q: %s", Shorten(x.Field), AsWords(err))
			case Characters(x.Text) > maxNote:
				b.refuse(at, "texts", "“%s”太长，最多%d个字", "%q is too long: at most %d characters", Shorten(x.Field), maxNote)
			}
			seen[x.Field] = true
			made.Texts = append(made.Texts, TemplateText(x))
		}
		if t.Removed {
			continue
		}
		if name := t.Register + " " + nameKey(t.ZH); names[name] {
			b.refuse(at, "zh", "已有模板“%s”", "there is a template %q already", Shorten(t.ZH))
		} else {
			names[name] = true
		}
		out = append(out, made)
	}
	return out
}

// Fills reports whether the template puts something into a field.
func (t *CustomTemplate) Fills(field string) bool {
	return slices.ContainsFunc(t.Texts, func(x CustomTemplateText) bool { return x.Field == field })
}
