package tui

import (
	"cmp"

	"taizhang/model"
	"taizhang/tui/words"
)

// officeTask sets how many people share the steps of an approval, and what
// stands at the foot of posters.
type officeTask struct {
	declaration
	was    model.Office
	notice model.Notice // as it was
	fonts  model.Fonts
}

func (t *officeTask) again() bool { return false }

func (t *officeTask) form() (*model.Register, model.Values) {
	t.reg = &model.Register{Fields: []*model.Field{{Key: "office", Words: model.W("办公室人数", "Office of"), Type: model.TypePick, Vocab: setOffices, Need: model.Required,
		Hint: model.W("三人以上：拟稿、审核、审批各一人；两人：拟稿、审批不同；一人：写明理由", "three: each step another; two: drafter and approver differ; one: with a reason")},
		{Key: "fonts", Words: model.W("Word 字体", "Word fonts"), Type: model.TypePick, Vocab: setFonts, Need: model.Required,
			Hint: model.W("打印出来不是仿宋，就换成 Windows 自带的", "if paper shows another font, take those of Windows")},
		{Key: "phone", Words: model.W("监督电话", "Supervision phone"), Type: model.TypeText, Max: 60, Section: words.OfficeFoot, Hint: words.OfficeFootHint},
		{Key: "box", Words: model.W("意见箱", "Opinion box"), Type: model.TypeText, Max: 60, Hint: model.W("社区一楼大厅意见箱", "where it hangs")},
		{Key: "approval", Words: model.W("印审核审批人", "Print who approved"), Type: model.TypeBool, Hint: model.W("空着：不印", "blank: not printed")}}}
	out := model.Values{"office": officeWords(t.was).ZH, "approval": t.notice.Approval, "fonts": named(model.FontChoices(), string(cmp.Or(t.fonts, model.FontsGB))).ZH}
	put(out, "phone", t.notice.Phone)
	put(out, "box", t.notice.Box)
	return t.reg, out
}

// officeAbout says how it stands: who approves, and the phone on posters.
func officeAbout(schema *model.Schema) model.Words {
	about, phone := officeWords(schema.Office()), words.OfficeNoPhone
	if n := schema.Notice(); n.Phone != "" {
		phone = model.W(n.Phone, n.Phone)
	}
	return model.Sayf(words.OfficeAbout.ZH, words.OfficeAbout.EN, about, phone)
}

// officeWords names a kind of office; a blank one is of three.
func officeWords(o model.Office) model.Words {
	if o == "" {
		o = model.OfficeThree
	}
	return named(model.Offices(), string(o))
}

func (t *officeTask) save(s *session, v model.Values) (string, error) {
	name := text(v, "office")
	notice := model.Notice{Phone: text(v, "phone"), Box: text(v, "box"), Approval: yes(v, "approval")}
	if err := notice.Check(); err != nil {
		return "", err
	}
	err := s.changeSettings(func(c *model.Custom) error {
		var now model.Notice
		if c.Notice != nil {
			now = *c.Notice
		}
		if c.Office != t.was || now != t.notice || c.Fonts != t.fonts {
			return changedMeanwhile()
		}
		if notice != now {
			c.Notice = &notice
		}
		if fonts := model.Fonts(keyOf(model.FontChoices(), text(v, "fonts"))); fonts != cmp.Or(c.Fonts, model.FontsGB) {
			c.Fonts = fonts
		}
		c.Office = model.Office(keyOf(model.Offices(), name))
		return nil
	})
	return name, err
}
