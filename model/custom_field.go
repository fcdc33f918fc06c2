package model

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// field makes a declaration of an entry, nil when it cannot be used.
func (b *customBuilder) field(at customPlace, cf CustomField, inList bool) *Field {
	t, ok := typeNamed(cf.Type)
	if !ok || inList && t == TypeList {
		b.refuse(at, "type", "类型“%s”不认识，可用：%s", "the type %q is not known; use %s", Shorten(cf.Type), typeList())
		return nil
	}
	f := &Field{Key: cf.Key, Words: bothWords(cf.ZH, cf.EN), Type: t, Max: cf.Max, Vocab: cf.Vocab, Refs: slices.Clone(cf.Refs),
		OrText: cf.OrText, Carry: cf.Carry, Col: cf.Col, Cells: cf.Cells, Removed: cf.Removed,
		Lint: t == TypeText || t == TypeNote}
	if cf.Hint != "" {
		f.Hint = bothWords(cf.Hint, cf.HintEN)
	}
	if cf.Required {
		f.Need = Required
	}
	b.label(at, "zh", cf.ZH, mostLabel, true, marksInLabel)
	b.label(at, "en", cf.EN, mostLabelEN, false, marksInLabel)
	b.label(at, "hint", cf.Hint, mostHint, false, "")
	b.label(at, "hint_en", cf.HintEN, mostHint, false, "")
	b.privacy(at, cf, f)
	usable := b.typeParts(at, cf, f, inList)
	switch {
	case cf.Max < 0, cf.Max > 0 && t != TypeText && t != TypeNote, cf.Max > (&Field{Type: t}).Limit():
		b.refuse(at, "max", "最多字数 %d 不对：文字 1 至 %d，长文字 1 至 %d", "max %d is wrong: text takes 1 to %d, note 1 to %d", cf.Max, maxText, maxNote)
		f.Max = 0
	}
	if cf.Col < 0 || cf.Col > 99 {
		b.refuse(at, "col", "列表位置应是 0 至 99", "col must be 0 to 99")
		f.Col = 0
	}
	if cf.Cells != 0 && (cf.Cells < 2 || cf.Cells > 60) {
		b.refuse(at, "cells", "列宽应是 2 至 60", "cells must be 2 to 60")
		f.Cells = 0
	}
	if f.Cells == 0 {
		f.Cells = usualCells(t)
	}
	if !usable {
		return nil
	}
	return f
}

// privacy sets class and mask. A reference to a resident is personal whatever
// the settings say.
func (b *customBuilder) privacy(at customPlace, cf CustomField, f *Field) {
	var ok bool
	if f.Class, ok = classNamed(cf.Class); !ok {
		b.refuse(at, "class", "保密类别“%s”不认识，可用：open internal personal sensitive", "the class %q is not known; use open, internal, personal or sensitive", Shorten(cf.Class))
		f.Class = Sensitive
	}
	if f.Mask, ok = fieldMasks[cf.Mask]; !ok && cf.Mask != "" {
		b.refuse(at, "mask", "脱敏方式“%s”不认识，可用：%s", "the mask %q is not known; use %s", Shorten(cf.Mask),
			strings.Join(slices.Sorted(maps.Keys(fieldMasks)), " "))
		f.Class = Sensitive
	}
	for target, mask := range map[string]Mask{"household": MaskAddress, "person": MaskName} {
		if slices.Contains(cf.Refs, target) {
			f.Class = max(f.Class, Personal)
			if f.Mask == MaskNone || target == "person" {
				f.Mask = mask
			}
		}
	}
}

// typeParts checks what only some types have, and whether it can be used.
func (b *customBuilder) typeParts(at customPlace, cf CustomField, f *Field, inList bool) bool {
	usable := true
	bad := func(part, zh, en string, args ...any) {
		b.refuse(at, part, zh, en, args...)
		usable = false
	}
	picks := f.Type == TypePick || f.Type == TypePicks
	if f.Type == TypeOccasion && cf.Vocab == "" {
		f.Vocab = "OCC"
	}
	v := b.vocabs[cf.Vocab]
	switch {
	case picks && cf.Vocab == "":
		bad("vocab", "单选、多选要写明词表", "a pick needs a vocabulary")
	case picks && v == nil:
		bad("vocab", "没有词表“%s”", "there is no vocabulary %q", Shorten(cf.Vocab))
	case picks && !cf.Removed && b.goneVocab(cf.Vocab):
		bad("vocab", "词表“%s”已停用", "the vocabulary %q is no longer used", Shorten(cf.Vocab))
	case !picks && cf.Vocab != "" && (f.Type != TypeOccasion || cf.Vocab != "OCC"):
		bad("vocab", "这种类型没有词表", "this type has no vocabulary")
	}
	refs := f.Type == TypeRef || f.Type == TypeRefs
	if refs != (len(cf.Refs) > 0) {
		bad("refs", "引用要写明台账，别的类型不写", "a reference names registers, other types none")
	}
	for i, key := range cf.Refs {
		if b.registers[key] == nil || slices.Contains(cf.Refs[:i], key) {
			bad("refs", "没有台账“%s”，或写了两次", "there is no register %q, or it is named twice", Shorten(key))
		}
	}
	if cf.OrText && !refs {
		b.refuse(at, "or_text", "只有引用可以照写文字", "only a reference may be text instead")
		f.OrText = false
	}
	if (f.Type == TypeList) != (len(cf.Sub) > 0) || len(cf.Sub) > mostColumns {
		bad("sub", "列表要有1至%d栏，别的类型没有", "a list has 1 to %d columns, other types none", mostColumns)
	}
	if inList && (cf.Removed || cf.Col != 0 || cf.Carry || cf.Register != "") {
		b.refuse(at, "sub", "列表的栏不能停用、不列入列表、不沿用", "a column of a list cannot be removed, shown in lists or carried")
	}
	seen := map[string]bool{}
	for i, sub := range cf.Sub {
		subAt := customPlace{W("栏", "column"), i + 1, entryName(at.entry, sub.Key)}
		if key := sub.Key; !customKey("x_"+key, Own, 'a', 'z') || key[0] < 'a' || key[0] > 'z' {
			b.refuse(subAt, "key", "键应是小写字母、数字或 _，以字母开头", "the key must be small letters, digits or _, a letter first")
			usable = false
			continue
		}
		s := b.field(subAt, sub, true)
		if s == nil {
			usable = false
			continue
		}
		if s.Class < f.Class { // a row is shown by its cells
			s.Class = f.Class
		}
		for _, n := range []string{s.Key, s.Words.ZH} {
			if seen[nameKey(n)] {
				b.refuse(subAt, "key", "栏名重复", "the column is named twice")
				usable = false
			}
		}
		seen[nameKey(s.Key)], seen[nameKey(s.Words.ZH)] = true, true
		f.Sub = append(f.Sub, s)
	}
	return usable
}

func (b *customBuilder) goneVocab(code string) bool {
	v := b.custom.Vocab(code)
	return v != nil && v.Removed
}

func typeList() string {
	out := make([]string, len(fieldTypes))
	for i, w := range fieldTypes {
		out[i] = w.EN
	}
	return strings.Join(out, " ")
}

// usualCells is the width of a column by its type.
func usualCells(t Type) int {
	switch t {
	case TypeBool:
		return 4
	case TypeInt, TypeDec, TypeTime:
		return 6
	case TypePick, TypeRef, TypePeriod:
		return 8
	case TypeDate, TypeMoney, TypeOccasion:
		return 10
	}
	return 12
}

// NewKey makes a key for a new entry from its Chinese name by pinyin, unlike
// those taken.
func NewKey(zh string, taken func(key string) bool) string {
	base := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, Initials(zh))
	base = Own + base[:min(len(base), 24)]
	if base == Own {
		base = Own + "f"
	}
	key := base
	for n := 2; taken(key); n++ {
		key = base + strconv.Itoa(n)
	}
	return key
}

// NewLetter is the first letter pair that no register of the office uses.
func (c *Custom) NewLetter() string {
	for first := 'A'; first <= 'Z'; first++ {
		if l := "X" + string(first); !slices.ContainsFunc(c.Registers, func(r CustomRegister) bool { return r.Letter == l }) {
			return l
		}
	}
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			l := "X" + string(first) + string(second)
			if !slices.ContainsFunc(c.Registers, func(r CustomRegister) bool { return r.Letter == l }) {
				return l
			}
		}
	}
	return ""
}
