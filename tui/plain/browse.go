package plain

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// page is how many records are told at once.
const page = 10

// isBack reports the answer that goes back one step.
func isBack(cmd string) bool { return cmd == "<" || cmd == "<<" || cmd == "q" }

// register is the menu of one register.
func (d *desk) register(reg *model.Register) error {
	if err := model.Can(d.actor, model.ActView, reg); err != nil {
		return err
	}
	for {
		view, tells := telling(reg)
		if tells == nil {
			d.sayf(wRegister, reg.Words)
		} else {
			d.sayf(wRegisterView, reg.Words, view)
		}
		text, err := d.ask(wChoose)
		if err != nil {
			return err
		}
		id, of, isID := d.idOf(text)
		switch cmd := command(text); {
		case isBack(cmd):
			return nil
		case cmd == "":
		case cmd == "1":
			err = d.enter(reg)
		case cmd == "2":
			err = d.list(reg, "")
		case cmd == "3":
			if text, err = d.ask(wFilter); err == nil {
				err = d.list(reg, text)
			}
		case cmd == "4" && tells != nil:
			err = tells(d)
		case isID:
			err = d.record(of, id)
		default:
			d.sayf(wNoChoice, model.Shorten(text))
		}
		if err := d.complain(err); err != nil {
			return err
		}
	}
}

// views tell the screens that registers declare, by model.View.Key.
var views = map[string]func(*desk) error{"strip": (*desk).meetings}

// telling is the register's screen that can be told line by line; nil for none.
func telling(reg *model.Register) (name model.Words, tell func(*desk) error) {
	for _, v := range reg.Views {
		if tell := views[v.Key]; tell != nil {
			return v.Words, tell
		}
	}
	return model.Words{}, nil
}

// list tells the records of a register, the latest first, page by page.
func (d *desk) list(reg *model.Register, text string) error {
	var keys []db.Key
	err := d.scan(func(ctx context.Context) (err error) {
		keys, err = d.ledger.Keys(ctx, db.Query{Register: reg.Key, Text: text, States: []model.State{model.Final, model.Draft, model.Void}}, nil)
		return err
	})
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		d.say(wNone)
		return nil
	}
	for from := 0; ; {
		to := min(from+page, len(keys))
		var records []*model.Record
		if err := d.visit(func(ctx context.Context) (err error) {
			records, err = d.ledger.Load(ctx, reg.Key, keys[from:to])
			return err
		}); err != nil {
			return err
		}
		d.sayf(wCount, len(keys), from+1)
		c := d.context()
		for i, r := range records {
			if r != nil {
				d.line(strconv.Itoa(from+i+1) + " " + d.brief(c, r))
			}
		}
		question := wListAsk
		if to == len(keys) {
			question = wListEnd
		}
	again:
		answer, err := d.ask(question)
		if err != nil {
			return err
		}
		cmd := command(answer)
		n, notNumber := strconv.Atoi(cmd)
		id, of, isID := d.idOf(answer)
		switch {
		case isBack(cmd), cmd == "" && to == len(keys):
			return nil
		case cmd == "":
			from = to
		case notNumber == nil && n >= 1 && n <= len(keys):
			var rec []*model.Record
			err := d.visit(func(ctx context.Context) (err error) {
				rec, err = d.ledger.Load(ctx, reg.Key, keys[n-1:n])
				return err
			})
			if err == nil && rec[0] != nil {
				err = d.record(reg, rec[0].ID)
			}
			if err = d.complain(err); err != nil {
				return err
			}
		case isID:
			if err := d.complain(d.record(of, id)); err != nil {
				return err
			}
		default:
			d.sayf(wNoChoice, model.Shorten(answer))
			goto again
		}
	}
}

// related says what names the record and what that comes to, a line each.
func (d *desk) related(c *model.Context, r *model.Record) {
	for _, t := range c.Related(r) {
		d.line(t.Words.In(d.lang) + words.Colon.In(d.lang) + model.Counted(len(t.Rows)+t.More).In(d.lang))
		fields, rows := t.Cells(c, d.lang)
		for i, row := range rows {
			parts := []string{t.Rows[i].ID}
			for at, f := range fields {
				if row[at] != "" {
					parts = append(parts, f.Words.In(d.lang)+" "+row[at])
				}
			}
			d.line(strings.Join(parts, model.W("，", ", ").In(d.lang)))
		}
		for i := range t.Years {
			d.line(model.Sayf(words.InYear.ZH, words.InYear.EN, t.Years[i].Year).In(d.lang) + words.Colon.In(d.lang) + t.Years[i].Text(c, d.lang))
		}
	}
}

// brief is a record in one line: its id, then the columns of its list by name.
func (d *desk) brief(c *model.Context, r *model.Record) string {
	parts := []string{r.ID}
	if !r.State.Live() || r.State == model.Draft {
		parts = append(parts, r.StateWords().In(d.lang))
	}
	for _, f := range columns(r.Register) {
		if text := d.value(c, r, f); text != "" {
			parts = append(parts, f.Words.In(d.lang)+" "+text)
		}
	}
	return strings.Join(parts, model.W("，", ", ").In(d.lang))
}

// columns are the fields of the register's list, by rank.
func columns(reg *model.Register) (fields []*model.Field) {
	for _, f := range reg.Fields {
		if f.Col > 0 {
			fields = append(fields, f)
		}
	}
	slices.SortStableFunc(fields, func(a, b *model.Field) int { return a.Col - b.Col })
	return fields
}

// value is a field of a record as the inside may see it, on one line.
func (d *desk) value(c *model.Context, r *model.Record, f *model.Field) string {
	v := c.Value(r, f)
	text := c.SeenText(r, f, v, d.lang)
	if date, ok := v.(model.Date); ok && text != "" {
		text = date.Echo(d.lang)
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// record tells one record, a field a line.
func (d *desk) record(reg *model.Register, id string) error {
	if err := model.Can(d.actor, model.ActView, reg); err != nil {
		return err
	}
	for {
		var r *model.Record
		var past []db.Version
		err := d.visit(func(ctx context.Context) error {
			return d.ledger.View(ctx, func(sn *db.Snapshot) (err error) {
				if r, err = sn.Get(id); err == nil {
					past, err = sn.History(id)
				}
				return err
			})
		})
		if err != nil {
			return err
		}
		d.line(r.ID + " " + r.Register.Words.In(d.lang) + " " + r.StateWords().In(d.lang))
		c := d.context()
		colon := words.Colon.In(d.lang)
		for _, f := range r.Register.Fields {
			if text := d.value(c, r, f); text != "" {
				d.line(f.Words.In(d.lang) + colon + text)
			}
		}
		for _, k := range r.Values.Unknown(r.Register) {
			d.line(k + colon + c.Text(nil, r.Values[k], d.lang))
		}
		d.related(c, r)
	again:
		question := wRecordAsk
		if r.Register.Chain != nil {
			question = wChainAsk
		}
		text, err := d.ask(question)
		if err != nil {
			return err
		}
		switch cmd := command(text); {
		case isBack(cmd), cmd == "":
			return nil
		case cmd == "e":
			if err := d.complain(d.edit(r)); err != nil {
				return err
			}
		case cmd == "t" && r.Register.Chain != nil:
			if err := d.complain(d.steps(r)); err != nil {
				return err
			}
		case cmd == "h":
			for _, h := range past {
				d.sayf(wVersion, h.Record.Version, h.Entry.At.In(model.Zone).Format("2006-01-02 15:04"),
					c.NameOf(model.Ref{ID: h.Entry.By}), words.Did(r.Register, h.Entry.Action))
			}
			goto again
		default:
			d.sayf(wNoChoice, model.Shorten(text))
			goto again
		}
	}
}

// search looks through all registers.
func (d *desk) search() error {
	for {
		text, err := d.ask(wSearchAsk)
		if err != nil {
			return err
		}
		if cmd := command(text); cmd == "" || isBack(cmd) {
			return nil
		}
		var hits []db.Hit
		more := false
		if err := d.scan(func(ctx context.Context) (err error) {
			hits, more, err = d.ledger.Search(ctx, d.actor, db.SearchQuery{Text: text, Limit: page})
			return err
		}); err != nil {
			if err = d.complain(err); err != nil {
				return err
			}
			continue
		}
		if len(hits) == 0 {
			d.say(wNone)
			continue
		}
		for i, h := range hits {
			place := ""
			if h.Field != nil {
				place = h.Field.Words.In(d.lang)
			}
			d.sayf(wHit, i+1, h.ID, h.Register.Words, model.TitleIn(h.Title, d.lang), place, h.Snippet)
		}
		if more {
			d.say(wMoreHits)
		}
		answer, err := d.ask(wListEnd)
		if err != nil {
			return err
		}
		if n, e := strconv.Atoi(command(answer)); e == nil && n >= 1 && n <= len(hits) {
			if err := d.complain(d.record(hits[n-1].Register, hits[n-1].ID)); err != nil {
				return err
			}
		}
	}
}
