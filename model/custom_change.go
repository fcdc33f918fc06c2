package model

import (
	"slices"
)

// keptRaw leaves out the refusals of values that were in the record before
// their field was declared, or before its type was changed: they stay as they
// are until somebody writes something better.
func keptRaw(errs Errors, r, before *Record) Errors {
	if before == nil {
		return errs
	}
	return slices.DeleteFunc(errs, func(e FieldError) bool {
		v := r.Values[e.Field.Key]
		return len(e.Field.Key) > len(Own) && e.Field.Key[:len(Own)] == Own &&
			!Blank(v) && !e.Field.Holds(v) && Equal(v, before.Values[e.Field.Key])
	})
}

// Keep returns the settings with everything that they leave out of the former
// ones marked as removed or retired: nothing that records may hold is forgotten.
func (c Custom) Keep(old Custom) Custom {
	c = c.Clone()
	c.Fields = keepFields(c.Fields, old.Fields)
	for _, was := range old.Registers {
		if now := c.Register(was.Key); now != nil {
			now.Fields = keepFields(now.Fields, was.Fields)
			continue
		}
		was.Removed, was.Fields = true, cloneFields(was.Fields)
		c.Registers = append(c.Registers, was)
	}
	for _, was := range old.Vocabs {
		if now := c.Vocab(was.Code); now != nil {
			now.Terms = keepTerms(now.Terms, was.Terms, nil)
			continue
		}
		was.Removed, was.Terms = true, slices.Clone(was.Terms)
		c.Vocabs = append(c.Vocabs, was)
	}
	c.Terms = keepTerms(c.Terms, old.Terms, func(t CustomTerm) bool { // a built-in term comes back by itself
		v := vocabularies[t.Vocab]
		return v != nil && slices.ContainsFunc(v.Terms, func(o Term) bool { return o.ZH == t.ZH })
	})
	if c.Office == "" { // a file that does not speak of it leaves it as it is
		c.Office = old.Office
	}
	if c.Notice == nil { // a file that does not speak of it leaves it as it is
		c.Notice = old.Notice
	}
	if c.Fonts == "" {
		c.Fonts = old.Fonts
	}
	if c.Deadlines == nil {
		c.Deadlines = old.Deadlines
	}
	for _, was := range old.Templates {
		if c.Template(was.Key) == nil {
			was.Removed, was.Texts = true, slices.Clone(was.Texts)
			c.Templates = append(c.Templates, was)
		}
	}
	return c
}

func keepFields(now, old []CustomField) []CustomField {
	for _, was := range old {
		if fieldAt(now, was.Register, was.Key) < 0 {
			was.Removed = true
			now = append(now, was)
		}
	}
	return now
}

func keepTerms(now, old []CustomTerm, builtIn func(CustomTerm) bool) []CustomTerm {
	for _, was := range old {
		same := func(t CustomTerm) bool { return t.Vocab == was.Vocab && t.ZH == was.ZH }
		if slices.ContainsFunc(now, same) || builtIn != nil && builtIn(was) {
			continue
		}
		was.Retired = true
		now = append(now, was)
	}
	return now
}

// CustomChange is one difference between two settings.
type CustomChange struct {
	Entry string // activity.x_weather, x_dogs, X_KIND, LINE.夜校
	Mark  string // + new, - removed, ~ changed, ^ brought back
	Words        // the line that tells a person

	Removed bool // the entry is marked removed or retired
}

// ChangesTo lists what differs from these settings to others, in the order of
// the others.
func (c Custom) ChangesTo(now Custom) []CustomChange {
	var out []CustomChange
	add := func(mark string, kind Words, entry string, name Words, removed bool) {
		out = append(out, CustomChange{entry, mark, Sayf("%s %s %s %s", "%s %s %s %s", mark, kind, entry, name), removed})
	}
	mark := func(was, is, wasThere, same bool) string {
		switch {
		case !wasThere:
			return "+"
		case !was && is:
			return "-"
		case was && !is:
			return "^"
		case !same:
			return "~"
		}
		return ""
	}
	fields := func(in string, old, fs []CustomField) {
		for _, f := range fs {
			i := fieldAt(old, f.Register, f.Key)
			was := CustomField{}
			if i >= 0 {
				was = old[i]
			}
			t, _ := typeNamed(f.Type)
			w := bothWords(f.ZH, f.EN)
			w.ZH, w.EN = w.ZH+"（"+fieldTypes[t].ZH+"）", w.EN+" ("+fieldTypes[t].EN+")"
			if m := mark(was.Removed, f.Removed, i >= 0, sameField(was, f)); m != "" {
				add(m, EntryField, entryName(in+f.Register, f.Key), w, f.Removed)
			}
		}
		if i := slices.IndexFunc(old, func(f CustomField) bool { return fieldAt(fs, f.Register, f.Key) < 0 }); i >= 0 {
			add("-", EntryField, entryName(in+old[i].Register, old[i].Key), bothWords(old[i].ZH, old[i].EN), true)
		}
	}
	terms := func(in string, old, ts []CustomTerm) {
		for _, t := range ts {
			i := slices.IndexFunc(old, func(o CustomTerm) bool { return o.Vocab == t.Vocab && o.ZH == t.ZH })
			was := CustomTerm{}
			if i >= 0 {
				was = old[i]
			}
			m := mark(was.Retired, t.Retired, i >= 0, was == t)
			if i < 0 && t.Retired {
				m = "-"
			}
			if m != "" {
				add(m, EntryTerm, entryName(in+t.Vocab, t.ZH), bothWords(t.ZH, t.EN), t.Retired)
			}
		}
		for _, t := range old {
			if !slices.ContainsFunc(ts, func(o CustomTerm) bool { return o.Vocab == t.Vocab && o.ZH == t.ZH }) {
				add("^", EntryTerm, entryName(in+t.Vocab, t.ZH), bothWords(t.ZH, t.EN), false)
			}
		}
	}
	for _, v := range now.Vocabs {
		was := c.Vocab(v.Code)
		old := CustomVocab{}
		if was != nil {
			old = *was
		}
		if m := mark(old.Removed, v.Removed, was != nil, old.ZH == v.ZH && old.EN == v.EN); m != "" {
			add(m, EntryVocab, v.Code, bothWords(v.ZH, v.EN), v.Removed)
		}
		terms(v.Code, old.Terms, v.Terms)
	}
	terms("", c.Terms, now.Terms)
	for _, r := range now.Registers {
		was := c.Register(r.Key)
		old := CustomRegister{}
		if was != nil {
			old = *was
		}
		same := old.ZH == r.ZH && old.EN == r.EN && old.Letter == r.Letter && old.NameField == r.NameField && old.DateField == r.DateField
		if m := mark(old.Removed, r.Removed, was != nil, same); m != "" {
			add(m, EntryRegister, r.Key, bothWords(r.ZH, r.EN), r.Removed)
		}
		fields(r.Key, old.Fields, r.Fields)
	}
	fields("", c.Fields, now.Fields)
	for _, t := range now.Templates {
		old := CustomTemplate{}
		was := c.Template(t.Key)
		if was != nil {
			old = *was
		}
		same := old.ZH == t.ZH && old.EN == t.EN && old.Register == t.Register && slices.Equal(old.Texts, t.Texts)
		if m := mark(old.Removed, t.Removed, was != nil, same); m != "" {
			add(m, EntryTemplate, t.Key, bothWords(t.ZH, t.EN), t.Removed)
		}
	}
	if c.Office != now.Office {
		add("~", entryOffice, "office", Offices()[max(0, named(Offices(), string(now.Office)))], false)
	}
	if now.Notice != nil && (c.Notice == nil || *c.Notice != *now.Notice) {
		add("~", entryNotice, "notice", W("监督电话、意见箱、审批行", "supervision phone, opinion box, line of approval"), false)
	}
	if c.Fonts != now.Fonts {
		add("~", entryFonts, "fonts", FontChoices()[max(0, named(FontChoices(), string(now.Fonts)))], false)
	}
	if !c.Deadlines.Equal(now.Deadlines) {
		add("~", entryDeadlines, "deadlines", W("信访、回访、三会一课", "petitions, calling back, meetings"), false)
	}
	if len(out) == 0 && string(c.JSON()) != string(now.JSON()) {
		add("~", W("次序", "order"), "settings", W("只是次序不同", "only the order differs"), false)
	}
	return out
}

func sameField(a, b CustomField) bool {
	if !slices.Equal(a.Refs, b.Refs) || !slices.EqualFunc(a.Sub, b.Sub, sameField) {
		return false
	}
	a.Refs, b.Refs, a.Sub, b.Sub = nil, nil, nil, nil
	return a.Register == b.Register && a.Key == b.Key && a.ZH == b.ZH && a.EN == b.EN && a.Type == b.Type && a.Max == b.Max &&
		a.Required == b.Required && a.Vocab == b.Vocab && a.OrText == b.OrText && a.Class == b.Class && a.Mask == b.Mask &&
		a.Carry == b.Carry && a.Col == b.Col && a.Cells == b.Cells && a.Hint == b.Hint && a.HintEN == b.HintEN && a.Removed == b.Removed
}

// Condition is a change that holds only while no record stands against it.
type Condition struct {
	Register     string
	Key          string // a record with a value of the old type there stands against it; "": any record
	EntryProblem        // the refusal
}

// Conditions lists what must be true of the records for these settings to become
// others; problems are changes that are refused whatever the records hold.
func (c Custom) Conditions(now Custom) (conds []Condition, problems Problems) {
	fields := func(in string, old, fs []CustomField) {
		for _, f := range fs {
			i := fieldAt(old, f.Register, f.Key)
			if i < 0 || keepsValues(old[i], f) {
				continue
			}
			from, _ := typeNamed(old[i].Type)
			to, _ := typeNamed(f.Type)
			entry := entryName(in+f.Register, f.Key)
			conds = append(conds, Condition{in + f.Register, f.Key, standing(EntryField, entry,
				Sayf("已有记录填了这一项，不能把类型从“%s”改为“%s”；可停用它，另加一项", "records hold values of it, so its type cannot change from %s to %s; remove it and add another",
					fieldTypes[from], fieldTypes[to]))})
		}
	}
	fields("", c.Fields, now.Fields)
	for i, r := range now.Registers {
		old := c.Register(r.Key)
		if old == nil {
			continue
		}
		if old.Letter != r.Letter {
			problems = append(problems, customPlace{EntryRegister, i + 1, r.Key}.problem("letter", Sayf("编号字母不能改，旧编号是 %s-…", "the letter cannot change, ids are %s-…", old.Letter)))
		}
		if old.NameField != r.NameField || old.DateField != r.DateField {
			conds = append(conds, Condition{r.Key, "", standing(EntryRegister, r.Key,
				W("已有记录，不能再改名称项和日期项", "it has records, so the fields it is named and dated by cannot change"))})
		}
		fields(r.Key, old.Fields, r.Fields)
	}
	return conds, problems
}

// standing refuses a change of an entry's type, for the sake of the records.
func standing(kind Words, entry string, why Words) EntryProblem {
	return EntryProblem{Problem: Problemf("%s %s：%s", "%s %s: %s", kind, entry, why), Kind: kind, Entry: entry, Part: "type", Why: why}
}

// keepsValues reports whether every value of the one declaration is one of the
// other too.
func keepsValues(old, now CustomField) bool {
	isText := func(name string) bool { return name == fieldTypes[TypeText].EN || name == fieldTypes[TypeNote].EN }
	if old.Type != now.Type && (!isText(old.Type) || !isText(now.Type)) {
		return false
	}
	for _, sub := range old.Sub {
		if i := fieldAt(now.Sub, "", sub.Key); i >= 0 && !keepsValues(sub, now.Sub[i]) {
			return false
		}
	}
	return true
}
