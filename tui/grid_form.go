package tui

import (
	"sync"

	"taizhang/model"
	"taizhang/tui/words"
)

// The grid's values are typed in the usual form, over some fields of the visit.

// commonFields are what all ticked people get alike.
var commonFields = []interface{ Key() string }{
	model.VisitDate, model.VisitWay, model.VisitVisitors, model.VisitAmount, model.VisitGoods, model.VisitFund, model.VisitReceipt,
}

// rowFields are what one person may get otherwise, or alone.
var rowFields = []interface{ Key() string }{
	model.VisitDate, model.VisitAmount, model.VisitGoods, model.VisitFund, model.VisitReceipt, model.VisitProxy,
	model.VisitChange, model.VisitNeedText, model.VisitNeedTopic, model.VisitSolvedNow, model.VisitNextDate,
}

// commonOf is what the occasion's plan proposes for all.
func commonOf(c *model.Context, cov *model.Coverage) model.Values {
	v := model.NewRecord(model.Visit)
	c.Defaults(v)
	if len(cov.Rounds) > 0 {
		r := cov.Rounds[0]
		if sum := model.RoundAmount.Of(r); sum > 0 {
			model.VisitAmount.Set(v, sum)
		}
		model.VisitGoods.Set(v, model.RoundGoods.Of(r))
		model.VisitFund.Set(v, model.RoundFund.Of(r))
		if model.RoundVisitors.Has(r) {
			model.VisitVisitors.Set(v, model.RoundVisitors.Of(r))
		}
	}
	out := model.Values{}
	for _, h := range commonFields {
		out[h.Key()] = v.Values[h.Key()]
	}
	return out
}

// gridTask lets a form give values to the grid; nothing is written to the
// ledger before the grid is saved.
type gridTask struct {
	person string // "" for all
	reg    *model.Register

	mu   sync.Mutex
	done model.Values // what was typed, once the form is closed
}

// openForm opens the form of all ticked people, or of one.
func (g *grid) openForm(s *session, person string) *form {
	t := &gridTask{person: person}
	handles, title := commonFields, words.GridCommon
	if person != "" {
		handles = rowFields
		name := g.texts[person].name
		title = model.W(name, name)
	}
	t.reg = &model.Register{Key: g.slot + "/" + person, Words: title}
	values := model.Values{}
	for _, h := range handles {
		f := *model.Visit.Field(h.Key()) // only the whole grid knows what is needed
		f.Need, f.Default, f.Section = model.Optional, nil, model.Words{}
		t.reg.Fields = append(t.reg.Fields, &f)
		if v, ok := g.own[person][f.Key]; ok && person != "" {
			values[f.Key] = v
		} else if v := g.common[f.Key]; !model.Blank(v) {
			values[f.Key] = v
		}
	}
	f := newForm(t.reg, values)
	f.task, g.filling = t, t
	return f
}

// take gets what a form on top has left behind, if it was saved.
func (g *grid) take() {
	t := g.filling
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done == nil {
		return
	}
	g.filling = nil
	if t.person == "" {
		for _, h := range commonFields {
			g.common[h.Key()] = t.done[h.Key()]
		}
		return
	}
	own := model.Values{}
	for _, h := range rowFields {
		if v := t.done[h.Key()]; !model.Equal(v, g.common[h.Key()]) {
			own[h.Key()] = v // nil: this one gets none of it
		}
	}
	g.own[t.person] = own
	g.ticked[t.person] = true // who writes what she got has visited her
}

// options implements task.
func (t *gridTask) options(s *session) (*options, error) {
	o, err := s.loadOptions(model.Visit)
	if err != nil {
		return nil, err
	}
	o.reg = t.reg
	return o, nil
}

// save implements task; it runs in a command.
func (t *gridTask) save(_ *session, v model.Values) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = v
	return t.reg.Words.ZH, nil
}

// title names the form: whom it is about.
func (t *gridTask) title() model.Words { return t.reg.Words }

// again implements task.
func (t *gridTask) again() bool { return false }
