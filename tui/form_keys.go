package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// enterTarget opens the form of the register that the field refers to, with
// what was typed as the name.
func (f *form) enterTarget(s *session) tea.Cmd {
	e := f.current()
	switch {
	case e == nil:
		return nil
	case len(e.f.Refs) == 0 && e.f.Vocab != "" && e.picks():
		return f.addTerm(s, e)
	case len(e.f.Refs) == 0:
		return nil
	}
	reg := s.declared().Register(e.f.Refs[0])
	if err := model.Can(s.actor, model.ActAdd, reg); err != nil {
		return complain(err)
	}
	carried := model.Values{}
	if q := e.query(); q != "" && reg.NameField != "" && reg.Field(reg.NameField).Type == model.TypeText {
		carried[reg.NameField] = q
	}
	f.child = newForm(reg, carried)
	f.child.nested, f.child.slot = true, reg.Key+"/"+s.newRequest().String()
	s.push(f.child)
	return f.keep(s)
}

// press handles a key while the form is being filled in.
func (f *form) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	e := f.current()
	name := key.String()
	if f.pressCompletion(name) {
		return nil
	}
	if t := f.rows(); t != nil {
		if cmd, done := f.pressTable(t, name); done {
			return cmd
		}
	}
	if e != nil {
		switch {
		case f.picker != nil && f.rows() == nil && name == "up" && f.picker.AtTop():
			if !e.moved { // nothing is above: back to the field before
				return f.move(s, -1)
			}
			e.moved = false // the list is an offer again
			if e.query() == "" && !e.several() {
				f.picker.Select(e.text())
			}
			return nil
		case f.picker != nil && (name == "up" || name == "down" || (name == "pgup" || name == "pgdown") && (e.moved || e.query() != "")):
			begun := e.text() != "" && !e.suggests() // Enter would take a row of the list as it stands
			if e.several() {
				begun = e.query() != ""
			}
			if e.moved || begun || name != "down" { // else the first ↓ marks the first row
				f.picker.Update(key)
			}
			e.moved = true
			return nil
		case e.note != nil && (name == "up" || name == "down" || name == "pgup" || name == "pgdown"):
			line, of := e.note.Position()
			if back := name == "up" || name == "pgup"; back && line > 1 || !back && line < of {
				e.note.Update(key)
				return nil
			}
		case e.note != nil && name == "ctrl+j":
			return f.typed(f.fields[f.at].edit(tea.PasteMsg{Content: "\n"}))
		case e.f.Type == model.TypePicks && name == "space" && (e.moved || e.in.Value() != "" && s.lang == model.ZH): // names and English terms hold spaces
			return f.takeOption(false)
		case f.picker != nil && name == "enter" && (e.query() != "" && !e.suggests() || e.moved):
			return f.takeOption(true)
		}
	}
	if e == nil && (name == "left" || name == "right") {
		step := map[string]int{"left": -1, "right": 1}[name]
		f.at = len(f.fields) + max(0, min(len(buttons)-1, f.at-len(f.fields)+step))
		return nil
	}
	if a := find(onForm, name); a != nil {
		switch a.id {
		case actNext:
			if e == nil && name == "enter" {
				return f.push(s, f.at-len(f.fields))
			}
			return f.move(s, 1)
		case actPrev:
			return f.move(s, -1)
		case actSection:
			f.jump(map[string]int{"pgup": -1, "pgdown": 1}[name])
			return nil
		case actSave:
			return f.save(s, false)
		case actSaveNew:
			return f.save(s, true)
		case actDiscard:
			return f.leave(s)
		case actRegister:
			return f.enterTarget(s)
		case actCopy:
			return f.copyFrom(s)
		case actTemplate:
			return f.useTemplates(s)
		case actPhrase:
			return f.choosePhrase(s)
		case actBack:
			return f.leave(s)
		}
	}
	if e != nil {
		return f.typed(f.fields[f.at].edit(key))
	}
	return nil
}

// pasted puts a paste into the field with the cursor. Rows pasted into a table
// may put the cursor into another cell.
func (f *form) pasted(msg tea.PasteMsg) tea.Cmd {
	was := f.current()
	cmd := f.typed(f.fields[f.at].edit(msg))
	if e := f.current(); e != was {
		f.focus()
	}
	return cmd
}

// typed follows a change: narrow the list, and save a draft after a pause.
func (f *form) typed(changed bool, notice model.Words) tea.Cmd {
	var cmds []tea.Cmd
	if notice != (model.Words{}) {
		cmds = append(cmds, say(notice))
	}
	if changed {
		f.fields[f.at].err = model.Words{}
		e := f.current()
		e.err = model.Words{}
		f.narrow()
		cmds = append(cmds, f.touched())
	}
	return tea.Batch(cmds...)
}

// touched sees to it that a draft follows a change.
func (f *form) touched() tea.Cmd {
	if f.unsaved {
		return nil
	}
	f.unsaved = true
	return tea.Tick(draftPause, func(time.Time) tea.Msg { return pauseMsg{f} })
}

// takeOption takes the row of the pick list. Where nothing fits, the text stays
// and is judged on leaving, since some fields accept text.
func (f *form) takeOption(next bool) tea.Cmd {
	e := f.current()
	o, ok := f.picker.Selected()
	if !ok {
		if e.several() { // names written out, with commas between, or free text
			e.check(f.ctx, f.opts.lang)
			if next && e.err == (model.Words{}) && e.query() != "" {
				return f.moveRaw(1)
			}
			return nil
		}
		if next {
			return f.moveRaw(1)
		}
		return nil
	}
	e.take(o.ID)
	if t := f.rows(); t != nil {
		t.store()
	}
	cmd := f.typed(true, model.Words{})
	e.fresh, e.moved = true, false
	if next && !e.several() {
		return tea.Batch(cmd, f.moveRaw(1))
	}
	return cmd
}

func (f *form) move(s *session, by int) tea.Cmd { return f.moveRaw(by) }

// moveRaw leaves the field, judging it, and goes to another. A bad value never
// holds the cursor back.
func (f *form) moveRaw(by int) tea.Cmd {
	if t := f.rows(); t != nil {
		if t.leaveCell(f.ctx); t.step(by) {
			f.focus()
			return nil
		}
	}
	f.judge()
	f.offer(f.opts.s)
	switch {
	case f.at >= len(f.fields) && by < 0:
		f.at = len(f.fields) - 1
	case f.at >= len(f.fields):
		f.at = len(f.fields) + (f.at-len(f.fields)+1)%len(buttons)
	default:
		f.at = max(0, f.at+by)
	}
	f.focus()
	return nil
}

func (f *form) push(s *session, button int) tea.Cmd {
	switch button {
	case 0:
		return f.save(s, false)
	case 1:
		return f.save(s, true)
	}
	return f.leave(s)
}
