package model

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Parse reads what a person typed into a field. Blank text gives nil. The error
// is a sentence in both languages without the field's name.
func (c *Context) Parse(f *Field, text string) (any, error) {
	if err := CheckText(text, f.Type == TypeNote || f.Type == TypeList); err != nil {
		return nil, err
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	switch f.Type {
	case TypeText, TypeNote:
		clean, _ := Clean(text)
		if f.Tidy != nil {
			tidy, err := f.Tidy(clean)
			if err != nil {
				return nil, err
			}
			clean = tidy
		}
		if n := Characters(clean); n > f.Limit() {
			return nil, Problemf("最多%d个字，现在有%d个", "at most %d characters, this has %d", f.Limit(), n)
		}
		return clean, nil
	case TypeInt:
		n, err := ReadInt(text)
		if err != nil {
			return nil, err
		}
		return n, f.bounds(n)
	case TypeDec:
		d, err := readDec(withoutUnit(text), text)
		if err != nil {
			return nil, err
		}
		if d < 0 && f.Min >= 0 {
			return nil, Problemf("不能是负数", "must not be negative")
		}
		return d, nil
	case TypeMoney:
		m, err := ParseMoney(text)
		if err != nil {
			return nil, err
		}
		return m, nil
	case TypeBool:
		return parseBool(text)
	case TypeDate:
		d, err := ReadDate(text, c.Today())
		if err != nil {
			return nil, err
		}
		return d, nil
	case TypeTime:
		return parseTime(text)
	case TypePick:
		v, err := c.Schema.Vocab(f.Vocab).Find(text)
		if err != nil {
			return nil, err
		}
		return v, nil
	case TypePicks:
		return c.parsePicks(f, splitTerms(text))
	case TypeRef:
		r, err := c.ParseRef(f, text)
		if err != nil {
			return nil, err
		}
		return r, nil
	case TypeRefs:
		return c.parseRefs(f, splitNames(text))
	case TypeList:
		return c.parseRows(f, text)
	case TypeOccasion:
		return c.parseOccasion(f, text)
	case TypePeriod:
		p, err := ParsePeriodKey(text)
		if err != nil {
			return nil, err
		}
		return p, nil
	}
	panic(fmt.Sprintf("field type %d cannot be read", f.Type))
}

// Accept reads a value from JSON: what Parse reads as a string, and the
// natural JSON form of every type.
func (c *Context) Accept(f *Field, v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case string:
		return c.Parse(f, x)
	case json.Number:
		return c.Parse(f, x.String())
	case bool:
		return c.Parse(f, strconv.FormatBool(x))
	case map[string]any:
		if f.Type == TypeList && f.One {
			return c.acceptRows(f, []any{x})
		}
	case []any:
		switch f.Type {
		case TypeList:
			return c.acceptRows(f, x)
		case TypePicks, TypeRefs:
			texts := make([]string, len(x))
			for i, e := range x {
				s, ok := e.(string)
				if !ok {
					return nil, Problemf("列表里只能是文字", "the list may hold texts only")
				}
				if err := CheckText(s, false); err != nil {
					return nil, err
				}
				texts[i] = s
			}
			if f.Type == TypePicks {
				return c.parsePicks(f, texts)
			}
			return c.parseRefs(f, texts)
		}
	}
	return nil, Problemf("这种JSON值放不进这一项", "this kind of JSON value does not fit the field")
}

func (f *Field) bounds(n int64) error {
	switch {
	case n < f.Min && f.Min == 0:
		return Problemf("不能是负数", "must not be negative")
	case n < f.Min:
		return Problemf("不能小于%d", "must be at least %d", f.Min)
	case f.Most > 0 && n > f.Most:
		return Problemf("不能大于%d", "must be at most %d", f.Most)
	}
	return nil
}

func parseBool(text string) (any, error) {
	switch nameKey(text) {
	case "是", "有", "对", "√", "true", "yes", "y", "1", "s":
		return true, nil
	case "否", "无", "不", "×", "false", "no", "n", "0", "f":
		return false, nil
	}
	return nil, Problemf("请填“是”或“否”", "answer yes or no")
}

// parseTime reads hh:mm, also 1430, 9点, 9点半, 14：30.
func parseTime(text string) (any, error) {
	t := halfWidth(strings.TrimSpace(text))
	t = strings.NewReplacer("点半", ":30", "点", ":", "时", ":", "分", "").Replace(t)
	h, m, found := strings.Cut(strings.TrimSuffix(t, ":"), ":")
	if !found && len(h) > 2 {
		h, m = h[:len(h)-2], h[len(h)-2:]
	}
	if m == "" {
		m = "0"
	}
	hh, err1 := strconv.Atoi(h)
	mm, err2 := strconv.Atoi(m)
	if err1 != nil || err2 != nil || hh < 0 || hh > 23 || mm < 0 || mm > 59 {
		return nil, Problemf("“%s”不是时间，请写如 14:30", "%q is not a time; write it like 14:30", Shorten(text))
	}
	return fmt.Sprintf("%02d:%02d", hh, mm), nil
}
