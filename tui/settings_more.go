package tui

import (
	"reflect"
	"strings"

	"taizhang/model"
)

// registerTask adds a register with the fields it is named and dated by, or
// changes its names. More fields are added one by one.
type registerTask struct {
	declaration
	was *model.CustomRegister
}

func (t *registerTask) again() bool { return t.was == nil }

func (t *registerTask) form() (*model.Register, model.Values) {
	v := model.Values{}
	fs := labels(model.W("菜单里叫什么，例：养犬登记", "what the menu calls it"))
	if t.was == nil {
		fs = append(fs,
			&model.Field{Key: "name_field", Words: model.W("名称项", "Name field"), Type: model.TypeText, Max: 20, Need: model.Required, Default: always("名称"),
				Hint: model.W("每条记录靠它认，例：犬名", "what a record is known by")},
			&model.Field{Key: "date_field", Words: model.W("日期项", "Date field"), Type: model.TypeText, Max: 20, Default: always("日期"),
				Hint: model.W("按它分期间；空着按登记日", "periods go by it; blank: by the day of entry")},
			&model.Field{Key: "letter", Words: model.W("编号字母", "Letters of ids"), Type: model.TypeText, Max: 3, Hint: model.W("X 加一两个字母；空着自动给", "X and one or two more; blank: given")},
			&model.Field{Key: "key", Words: model.W("键", "Key"), Type: model.TypeText, Max: 32, Hint: model.W("空着按拼音；存后不能改", "blank: by pinyin; it never changes")})
	} else {
		put(v, "zh", t.was.ZH)
		put(v, "en", t.was.EN)
	}
	t.reg = &model.Register{Fields: fs}
	return t.reg, v
}

func (t *registerTask) save(s *session, v model.Values) (string, error) {
	err := s.changeSettings(func(c *model.Custom) error {
		if t.was != nil {
			now := c.Register(t.was.Key)
			if now == nil || !reflect.DeepEqual(*now, *t.was) {
				return changedMeanwhile()
			}
			now.ZH, now.EN = text(v, "zh"), text(v, "en")
			return nil
		}
		reg := model.CustomRegister{ZH: text(v, "zh"), EN: text(v, "en"), Letter: strings.ToUpper(text(v, "letter"))}
		reg.Key = newKey(text(v, "key"), reg.ZH, func(key string) bool { return c.Register(key) != nil })
		if reg.Letter == "" {
			reg.Letter = c.NewLetter()
		}
		taken := func(key string) bool { return key == reg.NameField }
		reg.NameField = model.NewKey(text(v, "name_field"), taken)
		reg.Fields = []model.CustomField{{Key: reg.NameField, ZH: text(v, "name_field"), EN: usual(text(v, "name_field")), Type: "text",
			Required: true, Col: 1, Cells: 24}}
		if date := text(v, "date_field"); date != "" {
			reg.DateField = model.NewKey(date, taken)
			reg.Fields = append(reg.Fields, model.CustomField{Key: reg.DateField, ZH: date, EN: usual(date), Type: "date",
				Required: true, Carry: true, Col: 2})
		}
		c.Registers = append(c.Registers, reg)
		return nil
	})
	return text(v, "zh"), err
}

// usual is the English of the labels that the form offers.
func usual(zh string) string {
	return map[string]string{"名称": "Name", "日期": "Date"}[zh]
}

// vocabTask adds or changes a vocabulary of the office's own. A term taken out
// of the list is no longer offered.
type vocabTask struct {
	declaration
	was *model.CustomVocab
}

func (t *vocabTask) again() bool { return t.was == nil }

func (t *vocabTask) form() (*model.Register, model.Values) {
	v := model.Values{}
	fs := append(labels(model.W("例：天气情况", "what it lists")), &model.Field{Key: "terms", Words: model.W("词", "Terms"), Type: model.TypeList, Need: model.Required,
		Hint: model.W("用分号隔开，可带英文：晴 sunny；小雨", "with semicolons between, English may follow"),
		Sub: []*model.Field{
			{Key: "zh", Words: model.W("词", "Term"), Type: model.TypeText, Max: 30, Need: model.Required},
			{Key: "en", Words: model.W("英文", "English"), Type: model.TypeText, Max: 40},
		}})
	if t.was != nil {
		put(v, "zh", t.was.ZH)
		put(v, "en", t.was.EN)
		var rows []model.Row
		for _, term := range t.was.Terms {
			if !term.Retired {
				row := model.Row{"zh": term.ZH}
				put(row, "en", term.EN)
				rows = append(rows, row)
			}
		}
		put(v, "terms", rows)
	}
	t.reg = &model.Register{Fields: fs}
	return t.reg, v
}

func (t *vocabTask) save(s *session, v model.Values) (string, error) {
	err := s.changeSettings(func(c *model.Custom) error {
		now := &model.CustomVocab{}
		if t.was != nil {
			if now = c.Vocab(t.was.Code); now == nil || !reflect.DeepEqual(*now, *t.was) {
				return changedMeanwhile()
			}
		} else {
			code := model.NewKey(text(v, "zh"), func(key string) bool { return c.Vocab(strings.ToUpper(key)) != nil })
			c.Vocabs = append(c.Vocabs, model.CustomVocab{Code: strings.ToUpper(code)})
			now = &c.Vocabs[len(c.Vocabs)-1]
		}
		now.ZH, now.EN = text(v, "zh"), text(v, "en")
		now.Terms = nil // those left out come back as retired: see Custom.Keep
		rows, _ := v["terms"].([]model.Row)
		for _, row := range rows {
			term := model.CustomTerm{ZH: text(row, "zh"), EN: text(row, "en")}
			if t.was != nil {
				for _, old := range t.was.Terms {
					if old.ZH == term.ZH {
						term.Initials = old.Initials
					}
				}
			}
			now.Terms = append(now.Terms, term)
		}
		return nil
	})
	return text(v, "zh"), err
}

// termTask adds a term to a built-in vocabulary that the office may change, or
// puts one of its terms aside.
type termTask struct {
	declaration
	was *model.CustomTerm
}

func (t *termTask) again() bool { return t.was == nil }

func (t *termTask) form() (*model.Register, model.Values) {
	v := model.Values{}
	fs := []*model.Field{
		{Key: "en", Words: model.W("英文", "English"), Type: model.TypeText, Max: 40, Hint: model.W("空着就用中文", "blank: the Chinese one")},
		{Key: "initials", Words: model.W("简拼", "Initials"), Type: model.TypeText, Max: 20, Hint: model.W("空着按拼音", "blank: by pinyin")},
		{Key: "retired", Words: model.W("不再提供", "Not offered"), Type: model.TypeBool, Hint: model.W("内置的词也能这样收起，旧记录不变", "a built-in term can be put aside so; old records stay")},
	}
	if t.was == nil {
		fs = append([]*model.Field{
			{Key: "vocab", Words: model.W("词表", "Vocabulary"), Type: model.TypePick, Vocab: setOwnVocabs, Need: model.Required, Carry: true},
			{Key: "zh", Words: model.W("词", "Term"), Type: model.TypeText, Max: 30, Need: model.Required, Hint: model.W("例：养老服务", "in Chinese")},
		}, fs...)
	} else {
		put(v, "en", t.was.EN)
		put(v, "initials", t.was.Initials)
		put(v, "retired", t.was.Retired)
	}
	t.reg = &model.Register{Fields: fs}
	return t.reg, v
}

func (t *termTask) save(s *session, v model.Values) (string, error) {
	name := text(v, "zh")
	if t.was != nil {
		name = t.was.ZH
	}
	err := s.changeSettings(func(c *model.Custom) error {
		term := model.CustomTerm{ZH: name, EN: text(v, "en"), Initials: text(v, "initials"), Retired: yes(v, "retired")}
		if t.was != nil {
			now := c.Term(t.was.Vocab, t.was.ZH)
			if now == nil || *now != *t.was {
				return changedMeanwhile()
			}
			term.Vocab = now.Vocab
			*now = term
			return nil
		}
		schema, _ := model.NewSchemaWith(*c)
		for _, vocab := range schema.Vocabs() {
			if vocab.Own && vocab.Words.ZH == text(v, "vocab") {
				term.Vocab = vocab.Code
			}
		}
		c.Terms = append(c.Terms, term)
		return nil
	})
	return name, err
}
