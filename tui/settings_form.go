package tui

import (
	"reflect"
	"strings"

	"taizhang/model"
	"taizhang/tui/part"
)

// The forms of the settings are declared as registers are, and filled in by the
// same form. What a field is called here is what its part is called in the
// settings file, so that a refusal finds its place.

// settingForm enters an entry of the settings, or changes the one of a row.
func settingForm(kind settingKind, r *settingRow, c *model.Custom) *form {
	var t interface {
		task
		form() (*model.Register, model.Values)
	}
	switch kind {
	case ownField:
		ft := &fieldTask{}
		if r != nil {
			ft.in, ft.was = r.in, c.Field(r.in, r.key)
		}
		t = ft
	case ownRegister:
		rt := &registerTask{}
		if r != nil {
			rt.was = c.Register(r.key)
		}
		t = rt
	case ownVocab:
		vt := &vocabTask{}
		if r != nil {
			vt.was = c.Vocab(r.key)
		}
		t = vt
	case ownOffice:
		ot := &officeTask{}
		if c != nil {
			ot.was, ot.fonts = c.Office, c.Fonts
			if c.Notice != nil {
				ot.notice = *c.Notice
			}
		}
		t = ot
	case ownDeadlines:
		dt := &deadlinesTask{}
		if c != nil && c.Deadlines != nil {
			dt.was = *c.Deadlines
		}
		t = dt
	case ownTemplate:
		pt := &templateTask{}
		if r != nil {
			pt.was = c.Template(r.key)
		}
		t = pt
	default:
		tt := &termTask{}
		if r != nil {
			tt.was = c.Term(r.in, r.key)
		}
		t = tt
	}
	reg, values := t.form()
	reg.Words = settingKinds[kind]
	reg.Key = "settings/" + settingKinds[kind].EN // names the draft
	if r != nil {
		reg.Key += "/" + r.in + "/" + r.key
	}
	f := newForm(reg, values)
	f.task, f.entry = t, settingEntries[kind]
	return f
}

// changedMeanwhile refuses to write over what someone else did to an entry.
func changedMeanwhile() error {
	return model.Problemf("填写期间别人改过这一条，没有保存。请返回再看一遍", "someone else changed this entry meanwhile; nothing was saved. Go back and look again")
}

// The vocabularies of these forms.
const (
	setRegisters = "X_SET_REGISTERS"
	setTypes     = "X_SET_TYPES"
	setClasses   = "X_SET_CLASSES"
	setVocabs    = "X_SET_VOCABS"
	setOwnVocabs = "X_SET_OWN_VOCABS"
	setOffices   = "X_SET_OFFICES"
	setFonts     = "X_SET_FONTS"
)

func termsOf(list []model.Words) (out []model.Term) {
	for _, w := range list {
		out = append(out, model.Term{ZH: w.ZH, EN: w.EN, Initials: model.Initials(w.ZH)})
	}
	return out
}

// settingOptions are the pick lists of the settings' forms.
func settingOptions(s *session, reg *model.Register) *options {
	schema := s.declared()
	var registers, vocabs, own []model.Words
	for _, r := range schema.Registers {
		registers = append(registers, r.Words)
	}
	for _, v := range schema.Vocabs() {
		vocabs = append(vocabs, v.Words)
		if v.Own && !strings.HasPrefix(v.Code, "X_") {
			own = append(own, v.Words)
		}
	}
	schema = schema.With(
		&model.Vocab{Code: setRegisters, Terms: termsOf(registers)}, &model.Vocab{Code: setTypes, Terms: termsOf(model.FieldTypes())},
		&model.Vocab{Code: setClasses, Terms: termsOf(model.FieldClasses())}, &model.Vocab{Code: setVocabs, Terms: termsOf(vocabs)},
		&model.Vocab{Code: setOwnVocabs, Terms: termsOf(own)},
		&model.Vocab{Code: setOffices, Terms: termsOf(model.Offices())},
		&model.Vocab{Code: setFonts, Terms: termsOf(model.FontChoices())})
	return &options{s: s, lang: s.lang, schema: schema, reg: reg, registers: map[string]*names{}, terms: map[*model.Field]*part.Picker{}}
}

// declaration is what the tasks have in common.
type declaration struct{ reg *model.Register }

// options implements task.
func (d *declaration) options(s *session) (*options, error) {
	if _, err := s.settings(); err != nil { // so that the lists are those of now
		return nil, err
	}
	return settingOptions(s, d.reg), nil
}

// text, number and yes read a form's values.
func text(v model.Values, key string) string { t, _ := v[key].(string); return t }
func number(v model.Values, key string) int  { n, _ := v[key].(int64); return int(n) }
func yes(v model.Values, key string) bool    { b, _ := v[key].(bool); return b }

// put keeps blanks out of a form's first values.
func put(v model.Values, key string, value any) {
	if n, ok := value.(int); ok {
		value = int64(n)
	}
	if !model.Blank(value) {
		v[key] = value
	}
}

func always(v any) func(*model.Context) any { return func(*model.Context) any { return v } }

// labels are the names that every entry has.
func labels(zhHint model.Words) []*model.Field {
	return []*model.Field{
		{Key: "zh", Words: model.W("名称", "Chinese name"), Type: model.TypeText, Max: 30, Need: model.Required, Hint: zhHint},
		{Key: "en", Words: model.W("英文名", "English name"), Type: model.TypeText, Max: 40, Hint: model.W("空着就用中文", "blank: the Chinese one")},
	}
}

// fieldTask adds or changes a field.
type fieldTask struct {
	declaration
	in  string // key of the register
	was *model.CustomField
}

func (t *fieldTask) again() bool { return t.was == nil }

func (t *fieldTask) form() (*model.Register, model.Values) {
	v := model.Values{}
	names := labels(model.W("表单里叫什么，例：天气", "what the form calls it"))
	fs := []*model.Field{names[0],
		{Key: "type", Words: model.W("类型", "Type"), Type: model.TypePick, Vocab: setTypes, Need: model.Required, Carry: true, Default: always("文字")},
		{Key: "vocab", Words: model.W("词表", "Vocabulary"), Type: model.TypePick, Vocab: setVocabs, Hint: model.W("单选、多选才填；新词表另加", "for pick and picks only")},
		{Key: "refs", Words: model.W("引用台账", "Refers to"), Type: model.TypePicks, Vocab: setRegisters, Hint: model.W("引用才填", "for references only")},
		{Key: "or_text", Words: model.W("也可照写", "Or text"), Type: model.TypeBool, Hint: model.W("引用时没有登记的也能写", "a reference may be plain text")},
		{Key: "sub", Words: model.W("列表各栏", "Columns"), Type: model.TypeList, Hint: model.W("列表才填：数量 整数；说明 文字", "for lists only: name type; name type"),
			Sub: []*model.Field{
				{Key: "zh", Words: model.W("栏名", "Name"), Type: model.TypeText, Max: 20, Need: model.Required},
				{Key: "type", Words: model.W("类型", "Type"), Type: model.TypePick, Vocab: setTypes},
				{Key: "key", Words: model.W("键", "Key"), Type: model.TypeText, Max: 30},
			}},
		{Key: "required", Words: model.W("必填", "Required"), Type: model.TypeBool},
		{Key: "class", Words: model.W("保密类别", "Privacy"), Type: model.TypePick, Vocab: setClasses, Need: model.Required, Carry: true, Default: always("内部"),
			Hint: model.W("公示只出现“可公开”的", "only open fields appear in public")},
		{Key: "col", Words: model.W("列表位置", "List column"), Type: model.TypeInt, Most: 99, Carry: true, Default: always(int64(3)),
			Hint: model.W("第几列，0 不列出", "which column, 0 for none")},
		{Key: "cells", Words: model.W("列宽", "Column width"), Type: model.TypeInt, Most: 60, Hint: model.W("空着按类型", "blank: by the type")},
		{Key: "max", Words: model.W("最多字数", "Most characters"), Type: model.TypeInt, Most: 4000},
		{Key: "carry", Words: model.W("下一条沿用", "Carried"), Type: model.TypeBool, Hint: model.W("“再来一条”时保留", "kept by save and another")},
		{Key: "hint", Words: model.W("提示", "Hint"), Type: model.TypeText, Max: 60},
		names[1],
	}
	if t.was == nil {
		fs = append([]*model.Field{{Key: "register", Words: model.W("加到台账", "Register"), Type: model.TypePick, Vocab: setRegisters, Need: model.Required, Carry: true}}, fs...)
		fs = append(fs, &model.Field{Key: "key", Words: model.W("键", "Key"), Type: model.TypeText, Max: 32, Hint: model.W("空着按拼音；存后不能改", "blank: by pinyin; it never changes")})
	} else {
		w := t.was
		put(v, "zh", w.ZH)
		put(v, "en", w.EN)
		put(v, "type", named(model.FieldTypes(), w.Type).ZH)
		put(v, "or_text", w.OrText)
		put(v, "required", w.Required)
		put(v, "col", w.Col)
		put(v, "carry", w.Carry)
		put(v, "hint", w.Hint)
		if w.Class == "" {
			put(v, "class", "内部")
		} else {
			put(v, "class", named(model.FieldClasses(), w.Class).ZH)
		}
		if w.Cells > 0 {
			put(v, "cells", w.Cells)
		}
		if w.Max > 0 {
			put(v, "max", w.Max)
		}
		var rows []model.Row
		for _, sub := range w.Sub {
			rows = append(rows, model.Row{"zh": sub.ZH, "type": named(model.FieldTypes(), sub.Type).ZH, "key": sub.Key})
		}
		put(v, "sub", rows)
	}
	t.reg = &model.Register{Fields: fs}
	return t.reg, v
}

// options implements task. Names of registers and vocabularies may have changed
// since the entry was stored, so they are put in here.
func (t *fieldTask) options(s *session) (*options, error) {
	o, err := t.declaration.options(s)
	if err == nil && t.was != nil {
		var refs []string
		for _, key := range t.was.Refs {
			if reg := o.schema.Register(key); reg != nil {
				refs = append(refs, reg.Words.ZH)
			}
		}
		reg := *t.reg // commands may run side by side
		reg.Fields = nil
		for _, f := range t.reg.Fields {
			own := *f
			switch {
			case f.Key == "refs":
				own.Default = always(refs)
			case f.Key == "vocab" && t.was.Vocab != "":
				own.Default = always(o.schema.Vocab(t.was.Vocab).Words.ZH)
			}
			reg.Fields = append(reg.Fields, &own)
		}
		o.reg = &reg
	}
	return o, err
}

// entry makes the settings' entry of the form's values.
func (t *fieldTask) entry(schema *model.Schema, v model.Values) model.CustomField {
	f := model.CustomField{}
	if t.was != nil {
		f = *t.was
	}
	f.ZH, f.EN, f.Hint, f.Type = text(v, "zh"), text(v, "en"), text(v, "hint"), keyOf(model.FieldTypes(), text(v, "type"))
	f.OrText, f.Required, f.Carry = yes(v, "or_text"), yes(v, "required"), yes(v, "carry")
	f.Col, f.Cells, f.Max = number(v, "col"), number(v, "cells"), number(v, "max")
	if class := keyOf(model.FieldClasses(), text(v, "class")); class != "internal" || f.Class != "" {
		f.Class = class
	}
	f.Vocab, f.Refs, f.Sub = "", nil, nil
	for _, vocab := range schema.Vocabs() {
		if name := text(v, "vocab"); name != "" && vocab.Words.ZH == name {
			f.Vocab = vocab.Code
		}
	}
	refs, _ := v["refs"].([]string)
	for _, name := range refs {
		for _, reg := range schema.Registers {
			if reg.Words.ZH == name {
				f.Refs = append(f.Refs, reg.Key)
			}
		}
	}
	rows, _ := v["sub"].([]model.Row)
	for _, row := range rows {
		f.Sub = append(f.Sub, t.column(row, f.Sub))
	}
	return f
}

// column makes a column of a list; one that was there keeps what the form does
// not show.
func (t *fieldTask) column(row model.Row, before []model.CustomField) model.CustomField {
	sub := model.CustomField{ZH: text(row, "zh"), Key: text(row, "key"), Type: "text"}
	if t.was != nil {
		for _, old := range t.was.Sub {
			if old.Key == sub.Key || sub.Key == "" && old.ZH == sub.ZH {
				zh := sub.ZH
				sub = old
				sub.ZH = zh
			}
		}
	}
	if name := text(row, "type"); name != "" {
		sub.Type = keyOf(model.FieldTypes(), name)
	}
	if sub.Key == "" {
		sub.Key = strings.TrimPrefix(model.NewKey("c"+sub.ZH, func(key string) bool {
			for _, b := range before {
				if model.Own+b.Key == key {
					return true
				}
			}
			return false
		}), model.Own)
	}
	return sub
}

// keyOf is the name in the file of what the form calls so.
func keyOf(list []model.Words, zh string) string {
	for _, w := range list {
		if w.ZH == zh {
			return w.EN
		}
	}
	return zh
}

func (t *fieldTask) save(s *session, v model.Values) (string, error) {
	var name string
	err := s.changeSettings(func(c *model.Custom) error {
		schema, _ := model.NewSchemaWith(*c)
		f := t.entry(schema, v)
		name = f.ZH
		if t.was != nil {
			now := c.Field(t.in, t.was.Key)
			if now == nil || !reflect.DeepEqual(*now, *t.was) {
				return changedMeanwhile()
			}
			*now = f
			return nil
		}
		reg, err := schema.FindRegister(text(v, "register"))
		if err != nil {
			return err
		}
		f.Key = newKey(text(v, "key"), f.ZH, func(key string) bool { return reg.Field(key) != nil })
		if own := c.Register(reg.Key); own != nil {
			own.Fields = append(own.Fields, f)
		} else {
			f.Register = reg.Key
			c.Fields = append(c.Fields, f)
		}
		return nil
	})
	return name, err
}

// newKey is the key typed, or one by pinyin.
func newKey(typed, zh string, taken func(string) bool) string {
	switch {
	case typed == "":
		return model.NewKey(zh, taken)
	case !strings.HasPrefix(typed, model.Own):
		return model.Own + typed
	}
	return typed
}
