package tui

import "taizhang/model"

// officeTask sets how many people share the steps of an approval.
type officeTask struct {
	declaration
	was model.Office
}

func (t *officeTask) again() bool { return false }

func (t *officeTask) form() (*model.Register, model.Values) {
	t.reg = &model.Register{Fields: []*model.Field{{Key: "office", Words: model.W("办公室人数", "Office of"), Type: model.TypePick, Vocab: setOffices, Need: model.Required,
		Hint: model.W("三人以上：拟稿、审核、审批各一人；两人：拟稿、审批不同；一人：写明理由", "three: each step another; two: drafter and approver differ; one: with a reason")}}}
	return t.reg, model.Values{"office": officeWords(t.was).ZH}
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
	err := s.changeSettings(func(c *model.Custom) error {
		if c.Office != t.was {
			return changedMeanwhile()
		}
		c.Office = model.Office(keyOf(model.Offices(), name))
		return nil
	})
	return name, err
}
