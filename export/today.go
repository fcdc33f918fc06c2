package export

import (
	"cmp"
	"slices"

	"taizhang/model"
)

// TodoKind is why something stands on the list of today.
type TodoKind uint8

// In the order in which they stand on one day.
const (
	TodoDisclosure TodoKind = iota // a disclosure to write, carry on or take down
	TodoOpinion                    // an opinion to answer
	TodoNeed                       // a need to solve
	TodoFollow                     // somebody to be seen again
)

// Words names the kind in a word.
func (k TodoKind) Words() model.Words {
	return [...]model.Words{model.W("公开", "Disclosure"), model.W("意见", "Opinion"), model.W("诉求", "Need"), model.W("回访", "See again")}[k]
}

// Todo is one thing to be done, by the day it is due.
type Todo struct {
	Kind   TodoKind
	Due    model.Date
	Text   string      // what, as the reader may see it
	Clock  model.Words // how the time stands: 还有5天, !逾期3天
	Late   bool
	Record *model.Record // what to open; nil: a disclosure not begun
	Slot   *model.Slot   // of a disclosure
}

// How far Today looks: so many days ahead for what is due, and so many back for
// what was left open.
const (
	todayAhead = 3
	todayBack  = 400
)

// Today lists what is due, the most urgent first: disclosures by their clock,
// opinions, needs and follow-up visits. It reads the catalogue, two years of
// disclosures, and 400 days of the rest.
func Today(src Source, l model.Lang) ([]Todo, error) {
	c := src.Context()
	today := c.Today()
	b, err := DueBoard(src, today)
	if err != nil {
		return nil, err
	}
	var out []Todo
	for _, s := range b.Todo() {
		out = append(out, Todo{Kind: TodoDisclosure, Due: s.Due, Clock: model.SlotNotice(s, today), Late: s.Overdue(today) || s.State == model.IssueExpired, Record: s.Issue, Slot: s,
			Text: c.Schema.Vocab("DCLASS").Text(model.CatalogueClass.Of(s.Item), l) + " " + model.CatalogueTopic2.Of(s.Item) + " " + s.Period.Text(l) +
				" [" + c.Schema.Vocab("DSTATE").Text(s.State, l) + "]"})
	}
	add := func(kind TodoKind, due model.Date, r *model.Record, text string) {
		if due.IsZero() || today.DaysUntil(due) > todayAhead {
			return
		}
		out = append(out, Todo{Kind: kind, Due: due, Text: text, Clock: model.DaysLeft(today.DaysUntil(due)), Late: today.After(due), Record: r})
	}
	masked := func(r *model.Record, key string) string {
		f := r.Register.Field(key)
		return oneLine(c.MaskField(r, f, r.Get(key), model.Inside, l, today))
	}
	seen := map[string]model.Date{} // the last visit of everybody
	asked := map[string]*model.Record{}
	for _, part := range []struct {
		register string
		each     func(*model.Record)
	}{
		{model.Opinion.Key, func(r *model.Record) {
			if !model.OpinionAnsweredOn.Has(r) {
				add(TodoOpinion, model.OpinionDue.Of(r), r, masked(r, model.OpinionContent.Key()))
			}
		}},
		{model.Needs.Key, func(r *model.Record) {
			if state := model.NeedState.Of(r); state == model.NeedOpen || state == model.NeedInHand {
				add(TodoNeed, model.NeedDue.Of(r), r, masked(r, model.NeedPerson.Key())+" "+masked(r, model.NeedText.Key()))
			}
		}},
		{model.Visit.Key, func(r *model.Record) {
			person := model.VisitPerson.Of(r).ID
			if day := model.VisitDate.Of(r); day.After(seen[person]) { // the newest visit says when the next is
				seen[person] = day
				delete(asked, person)
				if model.VisitNextDate.Has(r) {
					asked[person] = r
				}
			}
		}},
	} {
		err := src.Scan(part.register, model.Period{From: today.AddDays(-todayBack), To: today}, func(r *model.Record) error {
			part.each(r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, r := range asked {
		if p := c.Book.Record(model.VisitPerson.Of(r).ID); p != nil && !model.GoneBy(p, today) {
			add(TodoFollow, model.VisitNextDate.Of(r), r, masked(r, model.VisitPerson.Key())+" "+masked(r, model.VisitHousehold.Key()))
		}
	}
	slices.SortStableFunc(out, func(a, b Todo) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
	})
	return out, nil
}
