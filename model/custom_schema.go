package model

import (
	"maps"
	"slices"
	"strings"
)

// NewSchemaWith returns the built-in registers and vocabularies with what the
// office adds. The built-in declarations are copied before anything is added to
// them: several ledgers may be open in one process.
//
// It always returns a schema that works: an entry that cannot be used (written
// by a newer program) is left out, and its values are then shown as they are.
// Settings with any problem are not to be stored.
func NewSchemaWith(c Custom) (*Schema, Problems) {
	b := &customBuilder{custom: c, vocabs: maps.Clone(vocabularies), registers: map[string]*Register{}}
	for _, reg := range builtin {
		b.registers[reg.Key] = reg
	}
	b.addVocabs()
	b.addTerms()
	b.addRegisters()
	b.addFields()
	s := newSchema(b.live, b.removed, b.vocabs)
	s.templates, s.office, s.fonts = b.templates(), c.Office, c.Fonts
	if c.Notice != nil {
		s.notice = *c.Notice
	}
	if c.Deadlines != nil {
		s.deadlines = *c.Deadlines
	}
	return s, b.problems
}

// With returns the schema with more vocabularies, for forms that are no record.
func (s *Schema) With(vocabs ...*Vocab) *Schema {
	out := *s
	out.vocabs = maps.Clone(s.vocabs)
	for _, v := range vocabs {
		out.vocabs[v.Code] = v
	}
	return &out
}

// All lists every register, those no longer offered too: what lies in the file.
func (s *Schema) All() []*Register {
	return append(slices.Clip(s.Registers), s.removed...)
}

// Vocabs lists the vocabularies that an office may change and the others, by
// code.
func (s *Schema) Vocabs() []*Vocab {
	return slices.SortedFunc(maps.Values(s.vocabs), func(a, b *Vocab) int { return strings.Compare(a.Code, b.Code) })
}

type customBuilder struct {
	custom    Custom
	vocabs    map[string]*Vocab
	registers map[string]*Register // built-in and the office's, without added fields
	live      []*Register
	removed   []*Register
	problems  Problems
}

func (b *customBuilder) addVocabs() {
	if len(b.custom.Vocabs) > mostVocabs {
		b.refuse(customPlace{EntryVocab, mostVocabs + 1, ""}, "", "词表最多%d个", "at most %d vocabularies", mostVocabs)
	}
	for i, cv := range b.custom.Vocabs {
		at := customPlace{EntryVocab, i + 1, cv.Code}
		if !customKey(cv.Code, "X_", 'A', 'Z') {
			b.refuse(at, "code", "代码应以 X_ 开头，后面是1至30个大写字母、数字或 _", "the code must be X_ and 1 to 30 capitals, digits or _")
			continue
		}
		if b.vocabs[cv.Code] != nil {
			b.refuse(at, "code", "代码重复", "the code is used twice")
			continue
		}
		b.label(at, "zh", cv.ZH, mostLabel, true, marksInLabel)
		b.label(at, "en", cv.EN, mostLabelEN, false, marksInWords)
		for _, v := range b.vocabs {
			if v.Words.ZH == cv.ZH && cv.ZH != "" {
				b.refuse(at, "zh", "已有词表“%s”", "there is a vocabulary %q already", cv.ZH)
			}
		}
		v := &Vocab{Code: cv.Code, Words: bothWords(cv.ZH, cv.EN), Own: true}
		for j, t := range cv.Terms {
			if t.Vocab != "" {
				b.refuse(customPlace{EntryTerm, j + 1, entryName(cv.Code, t.ZH)}, "vocab", "词表里的词不再写 vocab", "a term inside a vocabulary names no vocab")
			}
			b.term(v, customPlace{EntryTerm, j + 1, entryName(cv.Code, t.ZH)}, t, nil)
		}
		b.vocabs[cv.Code] = v
	}
}

func (b *customBuilder) addTerms() {
	copied := map[string]bool{}
	for i, t := range b.custom.Terms {
		at := customPlace{EntryTerm, i + 1, entryName(t.Vocab, t.ZH)}
		v := b.vocabs[t.Vocab]
		switch {
		case v == nil:
			b.refuse(at, "vocab", "没有词表“%s”", "there is no vocabulary %q", Shorten(t.Vocab))
			continue
		case vocabularies[t.Vocab] == nil:
			b.refuse(at, "vocab", "本单位词表的词写在词表里", "terms of an office's own vocabulary stand inside it")
			continue
		case !v.Own:
			b.refuse(at, "vocab", "词表 %s“%s”按规定使用，不能增减", "the vocabulary %s (%s) follows a rule and cannot be changed", t.Vocab, v.Words)
			continue
		}
		if !copied[t.Vocab] {
			v = &Vocab{Code: v.Code, Words: v.Words, Own: true, Terms: slices.Clone(v.Terms)}
			b.vocabs[t.Vocab], copied[t.Vocab] = v, true
		}
		b.term(v, at, t, vocabularies[t.Vocab])
	}
}

// term adds a term, or changes the one of a built-in vocabulary.
func (b *customBuilder) term(v *Vocab, at customPlace, t CustomTerm, original *Vocab) {
	b.label(at, "zh", t.ZH, mostTerm, true, marksInTerm)
	b.label(at, "en", t.EN, mostLabelEN, false, marksInWords)
	if strings.ContainsFunc(t.Initials, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) || len(t.Initials) > 20 {
		b.refuse(at, "initials", "简拼应是小写字母和数字，最多20个", "initials are small letters and digits, at most 20")
	}
	w := bothWords(t.ZH, t.EN)
	now := Term{ZH: w.ZH, EN: w.EN, Initials: t.Initials, Retired: t.Retired}
	if now.Initials == "" {
		now.Initials = Initials(t.ZH)
	}
	same := slices.IndexFunc(v.Terms, func(o Term) bool { return o.ZH == t.ZH })
	if same >= 0 && original != nil && slices.ContainsFunc(original.Terms, func(o Term) bool { return o.ZH == t.ZH }) &&
		b.first(at.n-1, t) {
		old := v.Terms[same]
		now.Other = old.Other
		if t.EN == "" {
			now.EN = old.EN
		}
		if t.Initials == "" {
			now.Initials = old.Initials
		}
		v.Terms[same] = now
		return
	}
	if slices.ContainsFunc(v.Terms, func(o Term) bool {
		return nameKey(o.ZH) == nameKey(t.ZH) || t.EN != "" && nameKey(o.EN) == nameKey(t.EN)
	}) {
		b.refuse(at, "zh", "词表里已有这个词", "the vocabulary has the term already")
		return
	}
	if v.Terms = append(v.Terms, now); len(v.Terms) > mostTerms {
		b.refuse(at, "", "一个词表最多%d个词", "at most %d terms in a vocabulary", mostTerms)
	}
}

// first reports whether no entry before the i-th is about the same built-in term.
func (b *customBuilder) first(i int, t CustomTerm) bool {
	return !slices.ContainsFunc(b.custom.Terms[:i], func(o CustomTerm) bool { return o.Vocab == t.Vocab && o.ZH == t.ZH })
}

func bothWords(zh, en string) Words {
	if en == "" {
		en = zh
	}
	return Words{zh, en}
}

// addRegisters makes the office's registers, still without their fields, so that
// fields may refer to any of them.
func (b *customBuilder) addRegisters() {
	if len(b.custom.Registers) > mostRegisters {
		b.refuse(customPlace{EntryRegister, mostRegisters + 1, ""}, "", "自建台账最多%d个", "at most %d registers", mostRegisters)
	}
	letters, names := map[string]bool{}, map[string]string{}
	for _, reg := range builtin {
		for _, n := range append([]string{reg.Key, reg.Words.ZH, reg.Words.EN}, reg.Aliases...) {
			names[nameKey(n)] = reg.Key
		}
	}
	for i, cr := range b.custom.Registers {
		at := customPlace{EntryRegister, i + 1, cr.Key}
		okLetter := len(cr.Letter) >= 2 && len(cr.Letter) <= 3 && cr.Letter[0] == 'X' &&
			!strings.ContainsFunc(cr.Letter, func(r rune) bool { return r < 'A' || r > 'Z' })
		switch {
		case !customKey(cr.Key, Own, 'a', 'z'):
			b.refuse(at, "key", "键应以 x_ 开头，后面是1至30个小写字母、数字或 _", "the key must be x_ and 1 to 30 small letters, digits or _")
			continue
		case b.registers[cr.Key] != nil:
			b.refuse(at, "key", "键重复", "the key is used twice")
			continue
		case !okLetter:
			b.refuse(at, "letter", "编号字母“%s”应是 X 加一至两个大写字母，例 XA", "the letter %q must be X and one or two capitals, such as XA", Shorten(cr.Letter))
			continue
		case letters[cr.Letter]:
			b.refuse(at, "letter", "编号字母 %s 重复", "the letter %s is used twice", cr.Letter)
			continue
		}
		letters[cr.Letter] = true
		b.label(at, "zh", cr.ZH, mostLabel, true, marksInLabel)
		b.label(at, "en", cr.EN, mostLabelEN, false, marksInWords)
		if !cr.Removed {
			for part, n := range map[string]string{"zh": cr.ZH, "en": cr.EN} {
				if other := names[nameKey(n)]; n != "" && other != "" && other != cr.Key {
					b.refuse(at, part, "“%s”已是台账 %s 的名称", "%q is a name of the register %s already", Shorten(n), other)
				} else if n != "" {
					names[nameKey(n)] = cr.Key
				}
			}
		}
		const afterBuiltin = 10_000
		b.registers[cr.Key] = &Register{Key: cr.Key, Letter: cr.Letter, Words: bothWords(cr.ZH, cr.EN), Group: Behind, Shelf: ShelfOwn,
			Rank: afterBuiltin + i, NameField: cr.NameField, DateField: cr.DateField, Removed: cr.Removed}
	}
}

// addFields makes every register that differs from its built-in declaration.
func (b *customBuilder) addFields() {
	added := map[string][]CustomField{}
	number := map[string][]int{}
	for i, f := range b.custom.Fields {
		at := customPlace{EntryField, i + 1, entryName(f.Register, f.Key)}
		switch {
		case b.custom.Register(f.Register) != nil:
			b.refuse(at, "register", "自建台账的项目写在该台账里", "fields of an office's own register stand inside it")
		case b.registers[f.Register] == nil:
			b.refuse(at, "register", "没有台账“%s”", "there is no register %q", Shorten(f.Register))
		default:
			added[f.Register] = append(added[f.Register], f)
			number[f.Register] = append(number[f.Register], i+1)
		}
	}
	for _, reg := range builtin {
		if len(added[reg.Key]) == 0 {
			b.live = append(b.live, reg)
			continue
		}
		b.live = append(b.live, b.extend(reg, added[reg.Key], number[reg.Key]))
	}
	done := map[string]bool{}
	for i, cr := range b.custom.Registers {
		reg := b.registers[cr.Key]
		if reg == nil || done[cr.Key] || reg.Letter != cr.Letter || !customKey(cr.Key, Own, 'a', 'z') {
			continue
		}
		done[cr.Key] = true
		reg = b.extend(reg, cr.Fields, nil)
		b.checkHeads(customPlace{EntryRegister, i + 1, cr.Key}, reg, cr)
		if reg.Removed {
			b.removed = append(b.removed, reg)
		} else {
			b.live = append(b.live, reg)
		}
	}
}

// checkHeads checks which fields a register is named and dated by.
func (b *customBuilder) checkHeads(at customPlace, reg *Register, cr CustomRegister) {
	head := func(part, key string, types ...Type) string {
		f := reg.Field(key)
		switch {
		case key == "":
			return ""
		case f == nil || f.Removed:
			b.refuse(at, part, "没有项目“%s”", "there is no field %q", Shorten(key))
		case !slices.Contains(types, f.Type):
			b.refuse(at, part, "项目“%s”的类型不能这样用", "the type of the field %q does not serve for this", Shorten(key))
		default:
			return key
		}
		return ""
	}
	reg.NameField = head("name_field", cr.NameField, TypeText)
	if reg.DateField = head("date_field", cr.DateField, TypeDate); reg.DateField != "" {
		reg.Field(reg.DateField).Default = today
	}
	live := slices.ContainsFunc(cr.Fields, func(f CustomField) bool { return !f.Removed })
	if !live && !cr.Removed {
		b.refuse(at, "fields", "至少要有一个项目", "there must be a field at least")
	}
}

// extend copies a register and adds fields to the copy.
func (b *customBuilder) extend(old *Register, add []CustomField, numbers []int) *Register {
	reg := *old
	reg.removed = nil
	if len(add) > mostFields {
		b.refuse(customPlace{EntryRegister, 1, reg.Key}, "fields", "一个台账最多自加%d个项目", "at most %d fields in a register", mostFields)
	}
	keys, names := map[string]bool{"note": true}, map[string]string{}
	builtIn := slices.Concat(old.Fields, []*Field{noteField()})
	for _, f := range builtIn {
		keys[f.Key] = true
		for _, n := range append([]string{f.Key, f.Words.ZH, f.Words.EN}, f.Aliases...) {
			names[nameKey(n)] = f.Key
		}
	}
	for _, n := range reservedLabels {
		names[nameKey(n)] = n
	}
	var fields []*Field
	for i, cf := range add {
		at := customPlace{EntryField, i + 1, entryName(reg.Key, cf.Key)}
		if numbers != nil {
			at.n = numbers[i]
		} else if cf.Register != "" {
			b.refuse(at, "register", "台账里的项目不再写 register", "a field inside a register names no register")
		}
		switch {
		case !customKey(cf.Key, Own, 'a', 'z'):
			b.refuse(at, "key", "键应以 x_ 开头，后面是1至30个小写字母、数字或 _", "the key must be x_ and 1 to 30 small letters, digits or _")
			continue
		case keys[cf.Key]:
			b.refuse(at, "key", "键重复", "the key is used twice")
			continue
		}
		keys[cf.Key] = true
		f := b.field(at, cf, false)
		if f == nil {
			continue
		}
		if f.Removed {
			reg.removed = append(reg.removed, f)
			continue
		}
		for _, part := range []string{"zh", "en"} {
			n := cf.ZH
			if part == "en" {
				n = cf.EN
			}
			if other := names[nameKey(n)]; n != "" && other != "" && other != cf.Key {
				b.refuse(at, part, "“%s”已是 %s 的名称", "%q is a name of %s already", Shorten(n), other)
			} else if n != "" {
				names[nameKey(n)] = cf.Key
			}
		}
		fields = append(fields, f)
	}
	if len(fields) > 0 && len(old.Fields) > 0 {
		fields[0].Section = W("本单位自加", "The office's own")
	}
	at := len(old.Fields)
	if at > 0 && old.Fields[at-1].Key == "note" { // remarks stay last
		at--
	}
	reg.Fields = slices.Concat(old.Fields[:at], fields, old.Fields[at:])
	return reg.prepare()
}
