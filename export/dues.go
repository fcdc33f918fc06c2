package export

import (
	"encoding/json"
	"io"

	"taizhang/model"
)

// todoJSON is a thing to be done as scripts read it.
type todoJSON struct {
	Register string     `json:"register"`
	What     string     `json:"what"`
	ID       string     `json:"id,omitempty"` // blank: not entered yet
	About    string     `json:"about"`
	Due      model.Date `json:"due"`
	Left     int        `json:"days_left"`
	Overdue  bool       `json:"overdue"`
	Who      string     `json:"who,omitempty"` // id of the staff record, or a name
	Mine     bool       `json:"mine"`
}

// DuesJSON writes what is to be done as of a day.
func DuesJSON(w io.Writer, todo []Todo, on model.Date) error {
	out := make([]todoJSON, len(todo))
	for i, d := range todo {
		out[i] = todoJSON{Register: d.Register.Key, What: d.Key, About: d.Text, Due: d.Due, Left: on.DaysUntil(d.Due), Overdue: d.Late, Who: d.Who.ID, Mine: d.Mine}
		if out[i].Who == "" {
			out[i].Who = d.Who.Text
		}
		if d.Record != nil {
			out[i].ID = d.Record.ID
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// DuesTable writes what is to be done for people.
func DuesTable(w io.Writer, todo []Todo, l model.Lang) error {
	if len(todo) == 0 {
		_, err := io.WriteString(w, model.W("没有要办的事。", "Nothing is to be done now.").In(l)+"\n")
		return err
	}
	var rows [][]string
	for _, d := range todo {
		id, who := "-", orDash(d.WhoName)
		if d.Record != nil {
			id = d.Record.ID
		}
		if d.Mine {
			who += model.W("（我）", " (me)").In(l)
		}
		rows = append(rows, []string{d.Due.String(), d.Clock.In(l), who, d.Tag.In(l), d.Words.In(l), d.Text, id})
	}
	return Table(w, []Column{{Head: model.W("期限", "Due").In(l)}, {Head: model.W("时限", "Clock").In(l)}, {Head: model.W("责任人", "Who").In(l), Most: 16},
		{Head: model.W("台账", "Register").In(l)}, {Head: model.W("要办", "To do").In(l)}, {Head: model.W("事项", "About").In(l), Most: 40}, {Head: idWords.In(l)}}, rows)
}
