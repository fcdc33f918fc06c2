package tui

import (
	"reflect"
	"strings"

	"taizhang/model"
)

// templateTask adds a template of the office's own or changes one. Most are
// saved from a form that is filled in; here their slots are written.
type templateTask struct {
	declaration
	was *model.CustomTemplate
}

func (t *templateTask) again() bool { return t.was == nil }

func (t *templateTask) form() (*model.Register, model.Values) {
	v := model.Values{}
	fs := append(labels(model.W("例：夜校开班", "what it is called")), &model.Field{Key: "texts", Words: model.W("填写内容", "What it fills"), Type: model.TypeList, Need: model.Required,
		Hint: model.W("名称 | 第{届}期夜校；条线 | 文体", "title | Evening class {edition}; lines | culture, sport"),
		Sub: []*model.Field{
			{Key: "field", Words: model.W("项目", "Field"), Type: model.TypeText, Max: 40, Need: model.Required},
			{Key: "text", Words: model.W("内容", "Text"), Type: model.TypeText, Max: 4000, Need: model.Required},
		}})
	if t.was == nil {
		fs = append([]*model.Field{{Key: "register", Words: model.W("用在台账", "Register"), Type: model.TypePick, Vocab: setRegisters, Need: model.Required, Carry: true}}, fs...)
	} else {
		put(v, "zh", t.was.ZH)
		put(v, "en", t.was.EN)
		var rows []model.Row
		for _, x := range t.was.Texts {
			rows = append(rows, model.Row{"field": x.Field, "text": onOneLine(x.Text)})
		}
		put(v, "texts", rows)
	}
	t.reg = &model.Register{Fields: fs}
	return t.reg, v
}

func (t *templateTask) save(s *session, v model.Values) (string, error) {
	err := s.changeSettings(func(c *model.Custom) error {
		schema, _ := model.NewSchemaWith(*c)
		now := &model.CustomTemplate{}
		if t.was != nil {
			if now = c.Template(t.was.Key); now == nil || !reflect.DeepEqual(*now, *t.was) {
				return changedMeanwhile()
			}
		} else {
			reg, err := schema.FindRegister(text(v, "register"))
			if err != nil {
				return err
			}
			c.Templates = append(c.Templates, model.CustomTemplate{Register: reg.Key,
				Key: model.NewKey(text(v, "zh"), func(key string) bool { return c.Template(key) != nil })})
			now = &c.Templates[len(c.Templates)-1]
		}
		now.ZH, now.EN, now.Texts = text(v, "zh"), text(v, "en"), nil
		reg := schema.Register(now.Register)
		rows, _ := v["texts"].([]model.Row)
		for _, row := range rows {
			x := model.CustomTemplateText{Field: text(row, "field"), Text: text(row, "text")}
			if reg != nil {
				f, err := reg.FindField(x.Field)
				kept := t.was != nil && t.was.Fills(x.Field)
				if err != nil && !kept { // one that is gone may stay
					return err
				}
				if f != nil {
					x.Field = f.Key
				}
			}
			if t.was != nil {
				for _, old := range t.was.Texts {
					if old.Field == x.Field && onOneLine(old.Text) == x.Text {
						x.Text = old.Text // with its lines
					}
				}
			}
			now.Texts = append(now.Texts, x)
		}
		return nil
	})
	return text(v, "zh"), err
}

// onOneLine shows a text of several lines in a cell of one.
func onOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
