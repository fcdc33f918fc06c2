package export

import (
	"encoding/json"
	"io"

	"taizhang/model"
)

// Board lays out the disclosures whose periods end in p, as of a day.
func Board(src Source, p model.Period, on model.Date) (*model.Board, error) {
	b := model.NewBoard(p, on)
	for _, part := range []struct {
		register string
		period   model.Period
		add      func(*model.Record)
	}{{model.Catalogue.Key, model.Period{}, b.AddItem}, {model.Issue.Key, model.Period{From: p.From.AddMonths(-12), To: p.To}, b.AddIssue}} {
		err := src.Scan(part.register, part.period, func(r *model.Record) error {
			part.add(r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	b.Finish()
	return b, nil
}

// DueBoard is the board that says what is to be done on a day: the periods that
// end in its year and the year before.
func DueBoard(src Source, on model.Date) (*model.Board, error) {
	return Board(src, model.Period{From: model.NewDate(int(on.Year)-1, 1, 1), To: model.NewDate(int(on.Year), 12, 31)}, on)
}

// slotJSON is a slot as scripts read it.
type slotJSON struct {
	Item    string          `json:"item"`
	Class   string          `json:"class"`
	Topic   string          `json:"topic"`
	Period  model.PeriodKey `json:"period"`
	Due     model.Date      `json:"due"`
	Left    int             `json:"days_left"`
	Overdue bool            `json:"overdue"`
	State   string          `json:"state"`
	Issue   string          `json:"issue,omitempty"`
}

// SlotsJSON writes slots of a board.
func SlotsJSON(w io.Writer, b *model.Board, slots []*model.Slot) error {
	out := make([]slotJSON, len(slots))
	for i, s := range slots {
		out[i] = slotJSON{Item: s.Item.ID, Class: model.CatalogueClass.Of(s.Item), Topic: model.CatalogueTopic2.Of(s.Item), Period: s.Period,
			Due: s.Due, Left: s.DaysLeft(b.On), Overdue: s.Overdue(b.On), State: s.State}
		if s.Issue != nil {
			out[i].Issue = s.Issue.ID
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// SlotsTable writes slots of a board for people.
func SlotsTable(w io.Writer, c *model.Context, b *model.Board, slots []*model.Slot, l model.Lang) error {
	if len(slots) == 0 {
		_, err := io.WriteString(w, model.W("没有要办的公开。", "Nothing is to be disclosed now.").In(l)+"\n")
		return err
	}
	var rows [][]string
	for _, s := range slots {
		id := "-"
		if s.Issue != nil {
			id = s.Issue.ID
		}
		rows = append(rows, []string{s.Due.String(), model.SlotNotice(s, b.On).In(l), c.Schema.Vocab("DSTATE").Text(s.State, l),
			c.Schema.Vocab("DCLASS").Text(model.CatalogueClass.Of(s.Item), l), model.CatalogueTopic2.Of(s.Item), s.Period.Text(l), id})
	}
	return Table(w, []Column{{Head: model.W("应公开日", "Due").In(l)}, {Head: model.W("时限", "Clock").In(l)}, {Head: model.W("状态", "State").In(l)},
		{Head: model.W("类别", "Class").In(l)}, {Head: model.W("事项", "Item").In(l), Most: 36}, {Head: model.W("公开期", "Period").In(l), Most: 28}, {Head: idWords.In(l)}}, rows)
}
