package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// doubting asks about what is doubtful in a form before it is saved: it shows
// the records it may repeat, and whether it is saved all the same is for the
// clerk to say. Nothing is refused here.
type doubting struct {
	form    *form
	another bool
	doubts  []model.Doubt
	found   []copyRow // all records named, in the order of the doubts
	lines   []int     // by line of the list: index into found, -1 for a sentence
	texts   []string
	table   part.Table
}

type (
	// doubtsMsg brings what is doubtful instead of a save.
	doubtsMsg struct {
		form    *form
		another bool
		doubts  []model.Doubt
		found   []copyRow
	}
	// sureMsg tells the form to save all the same.
	sureMsg struct {
		form    *form
		another bool
	}
)

// doubts asks the model about a record as it would be stored, within one visit.
// A form that was stored already, by a try that ended in an unclear error, is
// not doubted again.
func (s *session) doubts(reg *model.Register, request db.RequestID, op db.Op) (doubts []model.Doubt, found []copyRow, err error) {
	if reg.Doubts == nil {
		return nil, nil, nil
	}
	err = s.view(func(sn *db.Snapshot) error {
		if sn.Requested(request) {
			return nil
		}
		c := s.context(sn)
		c.Schema = sn.Schema()
		r := model.NewRecord(reg)
		var before *model.Record
		if op.ID != "" {
			if before = sn.Record(op.ID); before == nil {
				return nil // the write says so
			}
			r = before.Clone()
		}
		for k, v := range op.Values {
			r.Set(k, v)
		}
		doubts = c.Doubts(r, before)
		for _, d := range doubts {
			for _, id := range d.Found {
				if o := sn.Record(id); o != nil {
					found = append(found, copyRow{id: id, reg: o.Register.Key, title: clean(c.Title(o)), date: o.Date()})
				}
			}
		}
		return nil
	})
	return doubts, found, err
}

func newDoubting(s *session, msg doubtsMsg) *doubting {
	d := &doubting{form: msg.form, another: msg.another, doubts: msg.doubts, found: msg.found}
	at := 0
	first := -1
	for _, doubt := range d.doubts {
		d.lines, d.texts = append(d.lines, -1), append(d.texts, doubt.In(s.lang))
		for range doubt.Found {
			if at < len(d.found) {
				if first < 0 {
					first = len(d.lines)
				}
				d.lines, d.texts = append(d.lines, at), append(d.texts, "")
				at++
			}
		}
	}
	d.table.SetRows(len(d.lines))
	d.table.Go(max(0, first))
	return d
}

func (d *doubting) init(*session) tea.Cmd     { return nil }
func (d *doubting) refresh(*session) tea.Cmd  { return nil }
func (d *doubting) place() place              { return onDoubt }
func (d *doubting) register() *model.Register { return d.form.reg }
func (d *doubting) typing() bool              { return false }
func (d *doubting) title(s *session) string   { return words.DoubtTitle.In(s.lang) }

// keep implements keeper: what the form below holds is what is half written.
func (d *doubting) keep(s *session) tea.Cmd { return d.form.keep(s) }

func (d *doubting) update(s *session, msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	a := find(onDoubt, key.String())
	if a == nil {
		return nil
	}
	switch a.id {
	case actMove:
		d.table.Move(key.String())
	case actOpen:
		if i := d.lines[d.table.Cursor]; i >= 0 {
			id := d.found[i].id
			if reg := s.declared().OfID(id); reg != nil {
				return s.push(newDetail(reg, id))
			}
		}
	case actSave:
		s.pop()
		f, another := d.form, d.another
		f.saving = true // what is typed now is for after the save
		return func() tea.Msg { return sureMsg{f, another} }
	case actMerge:
		d.form.twinOf = d.found[d.lines[d.table.Cursor]].id
		s.pop()
		f := d.form
		f.saving = true
		return func() tea.Msg { return sureMsg{f, false} }
	case actBack:
		return s.pop()
	}
	return nil
}

// off implements offer: a merge needs a record under the cursor, of the form's
// register, and a form that no other waits for.
func (d *doubting) off(a act) model.Words {
	if a != actMerge || !d.form.reg.Twins {
		return model.Words{}
	}
	i := d.lines[d.table.Cursor]
	switch {
	case i < 0 || d.found[i].reg != d.form.reg.Key:
		return words.OffNoOld
	case d.form.nested:
		return words.OffNested
	}
	return model.Words{}
}

func (d *doubting) view(s *session, w, h int) frame {
	m := s.metric
	lines := append(m.Wrap(words.DoubtIntro.In(s.lang), w), "")
	from, to := d.table.Window(max(1, h-len(lines)))
	for i := from; i < to; i++ {
		mark := m.Mark(i == d.table.Cursor)
		if d.lines[i] < 0 {
			text := []string{m.Cut("? "+d.texts[i], w-2)}
			if len(d.lines) < h/2 { // there is room to read it whole
				text = m.Wrap("? "+d.texts[i], w-2)
			}
			for j, t := range text {
				if j > 0 {
					mark = "    "
				}
				lines = append(lines, mark+bold.Render(m.Cut(t, w-m.Width(mark))))
			}
			continue
		}
		r := d.found[d.lines[i]]
		line := m.Fit(mark+"    "+m.Fit(r.id, 13)+" "+m.Fit(r.date.String(), 11)+r.title, w)
		if i == d.table.Cursor {
			line = reverse.Render(line)
		}
		lines = append(lines, line)
	}
	return frame{lines: lines[:min(len(lines), h)]}
}
