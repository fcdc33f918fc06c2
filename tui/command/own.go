package command

import (
	"encoding/json"
	"strconv"
	"strings"

	"taizhang/model"
)

// What an office may keep under keys of its own: enough for a remark or a small
// list, not for a file.
const (
	ownName  = 40    // characters in a key
	ownText  = 4_000 // characters in a text
	ownDepth = 8     // lists and objects inside each other
)

// isOwn says whether a name is such a key; one that the settings declare is a
// field like any other.
func isOwn(reg *model.Register, name string) bool {
	return len(name) > len(model.Own) && strings.HasPrefix(name, model.Own) && reg.Field(name) == nil
}

// distinct refuses a field that is named twice, under whatever names, since one
// of the values would be lost, and own values that could not be given back as
// they came. Names of no field are left to model.Context.Read.
func distinct(reg *model.Register, set []model.Input) error {
	seen := map[string]bool{}
	for _, in := range set {
		key, label := in.Name, model.W(in.Name, in.Name)
		if isOwn(reg, key) {
			if err := checkOwn(in); err != nil {
				return usage("%s：%s", "%s: %s", model.Shorten(key), model.AsWords(err))
			}
		} else if f, err := reg.FindField(key); err == nil {
			key, label = f.Key, model.Sayf("%s（%s）", "%s (%s)", f.Words, f.Key)
		}
		if seen[key] {
			return usage("%s：写了两次，请只写一次", "%s: given twice; give it once", label)
		}
		seen[key] = true
	}
	return nil
}

func checkOwn(in model.Input) error {
	if err := model.CheckText(in.Name, false); err != nil {
		return err
	}
	if n := model.Characters(in.Name); n > ownName {
		return model.Problemf("名字最多%d个字", "a name has at most %d characters", ownName)
	}
	return checkOwnValue(in.Value, 0)
}

// checkOwnValue looks at a value and everything inside it.
func checkOwnValue(v any, depth int) error {
	if depth > ownDepth {
		return model.Problemf("列表和对象最多套%d层", "lists and objects may be at most %d deep", ownDepth)
	}
	switch x := v.(type) {
	case string:
		if n := model.Characters(x); n > ownText {
			return model.Problemf("最多%d个字，现在有%d个", "at most %d characters, this has %d", ownText, n)
		}
		return model.CheckText(x, true)
	case json.Number:
		if _, err := strconv.ParseInt(x.String(), 10, 64); err == nil {
			return nil
		}
		if _, err := x.Float64(); err != nil || !strings.ContainsAny(x.String(), ".eE") {
			return model.Problemf("数字太大，请写成文字 \"%s\"", "the number is too large; write it as text, \"%s\"", model.Shorten(x.String()))
		}
	case []any:
		for _, e := range x {
			if err := checkOwnValue(e, depth+1); err != nil {
				return err
			}
		}
	case map[string]any:
		for k, e := range x {
			if err := model.CheckText(k, false); err != nil {
				return err
			}
			if err := checkOwnValue(e, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownValues is what text may stand for under an own key: the text, and the
// number or the yes or no that JSON brought in.
func ownValues(text string) []any {
	out := []any{text}
	var v any
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if dec.Decode(&v) == nil && !dec.More() {
		switch v.(type) {
		case json.Number, bool:
			out = append(out, v)
		}
	}
	return out
}
