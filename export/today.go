package export

import (
	"cmp"
	"slices"
	"strings"

	"taizhang/model"
)

// Todo is one thing to be done, by the day it is due.
type Todo struct {
	Register *model.Register // of what
	Tag      model.Words     // in a word: 公开, or the register's name
	Key      string          // what, for scripts: close, notice
	Due      model.Date
	Words    model.Words // what is to be done: 书面告知
	Text     string      // about what, as the reader may see it
	Clock    model.Words // how the time stands: 还有5天, !逾期3天
	Late     bool
	Who      model.Ref // who is responsible; blank: nobody in particular
	WhoName  string
	Mine     bool          // it is the reader's
	Record   *model.Record // what to open; nil: a disclosure not begun
	Slot     *model.Slot   // of a disclosure
	View     string        // the register's screen on which it stands, by model.View.Key; "": none
	Type     string        // of a meeting not held: what Record, the branch, lacks
}

// Usual takes for each matter its own number of days ahead.
const Usual = -1

// Today lists what is due today or soon, each matter so long ahead as its
// register says: see Dues.
func Today(src Source, l model.Lang) ([]Todo, error) {
	return Dues(src, src.Context().Today(), Usual, l)
}

// Dues lists what is to be done as of a day: first what is the reader's own, the
// most urgent first. within is how many days ahead to look, Usual for each
// matter's own. It reads the catalogue and two years of disclosures, and of every
// register that declares dates to watch so far back as it says.
func Dues(src Source, on model.Date, within int, l model.Lang) ([]Todo, error) {
	c := src.Context().On(on)
	b, err := DueBoard(src, on)
	if err != nil {
		return nil, err
	}
	var out []Todo
	ahead := model.Ahead
	if within >= 0 {
		ahead = within
	}
	for _, s := range b.TodoWithin(ahead) {
		d := slotTodo(c, s, on, l)
		d.name(c)
		out = append(out, d)
	}
	for _, reg := range c.Schema.Registers {
		if reg.Due == nil {
			continue
		}
		var span model.Period
		if reg.DueBack > 0 {
			span = model.Period{From: on.AddDays(-reg.DueBack), To: on}
		}
		spoken := map[string]bool{}
		err := src.Scan(reg.Key, span, func(r *model.Record) error {
			if reg.DueOf != nil { // the newest comes first
				if of := reg.DueOf(r); of == "" || spoken[of] {
					return nil
				} else {
					spoken[of] = true
				}
			}
			for _, due := range c.DuesOf(r) {
				if due.Stands(on, within) {
					d := recordTodo(c, r, due, on, l)
					d.name(c)
					out = append(out, d)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	meetings, err := meetingTodos(src, on, within, l)
	if err != nil {
		return nil, err
	}
	out = append(out, meetings...)
	slices.SortStableFunc(out, func(a, b Todo) int {
		return cmp.Or(-compareBool(a.Mine, b.Mine), a.Due.Compare(b.Due), a.Register.Rank-b.Register.Rank, cmp.Compare(a.Text, b.Text))
	})
	return out, nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// slotTodo is a disclosure to write, carry on or take down.
func slotTodo(c *model.Context, s *model.Slot, on model.Date, l model.Lang) Todo {
	state, _ := c.Schema.Vocab("DSTATE").Term(s.State)
	return Todo{Register: model.Issue, Tag: model.W("公开", "Disclosure"), Key: "disclose", Words: state.Words(), Due: s.Due, Clock: model.SlotNotice(s, on),
		Late: s.Overdue(on) || s.State == model.IssueExpired, Record: s.Issue, Slot: s, Who: s.Who(),
		Text: c.Schema.Vocab("DCLASS").Text(model.CatalogueClass.Of(s.Item), l) + " " + model.CatalogueTopic2.Of(s.Item) + " " + s.Period.Text(l)}
}

// recordTodo is a date to watch of a record.
func recordTodo(c *model.Context, r *model.Record, due model.Due, on model.Date, l model.Lang) Todo {
	day := due.Day.Last()
	return Todo{Register: r.Register, Tag: r.Register.Words, Key: due.Key, Words: due.Words, Due: day, Clock: model.DaysLeft(on.DaysUntil(day)), Late: on.After(day),
		Who: due.Who, Record: r, Text: aboutRecord(c, r, l, on)}
}

// aboutRecord says which record it is, as it may be read over a shoulder.
func aboutRecord(c *model.Context, r *model.Record, l model.Lang, on model.Date) string {
	var parts []string
	for _, key := range r.Register.DueAbout {
		f := r.Register.Field(key)
		if text := oneLine(c.MaskField(r, f, r.Get(key), model.Inside, l, on)); text != "" {
			parts = append(parts, text)
		}
	}
	if parts == nil {
		return oneLine(model.TitleIn(c.Title(r), l))
	}
	return strings.Join(parts, " ")
}

// name says whose it is.
func (d *Todo) name(c *model.Context) {
	d.Mine = d.Who.ID != "" && d.Who.ID == c.Actor.Staff
	if !d.Who.IsZero() {
		d.WhoName = oneLine(c.NameOf(d.Who))
	}
}
