package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

func (g *grid) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	g.path = ""
	if g.table.Move(name) {
		return nil
	}
	a := find(onGrid, name)
	if a == nil {
		return nil
	}
	row := g.current()
	switch a.id {
	case actBack:
		return g.leave(s)
	case actTick:
		if row == nil {
			return nil
		}
		if g.reached(row) {
			return say(words.GridReached)
		}
		g.tick(row.Person.ID, !g.ticked[row.Person.ID])
		g.table.Move("down")
		return g.changed()
	case actTickAll:
		return g.tickAll()
	case actOpen:
		switch {
		case row == nil:
			return nil
		case g.reached(row):
			return s.push(newDetail(model.Visit, row.Visits[len(row.Visits)-1].ID))
		}
		return s.push(g.openForm(s, row.Person.ID))
	case actEdit:
		return s.push(g.openForm(s, ""))
	case actFilter:
		g.mode = filtering
	case actSpan:
		g.show = (g.show + 1) % (showUnseen + 1)
		g.narrow()
	case actPeriod:
		g.mode, g.bad = choosingPeriod, model.Words{}
		g.prompt.SetValue("")
	case actSave:
		return g.save(s)
	case actClip:
		return s.clip()
	case actWrite:
		g.pick = g.pickSheet(s)
	}
	return nil
}

func (g *grid) tick(person string, on bool) {
	if on {
		g.ticked[person] = true
		return
	}
	delete(g.ticked, person)
}

// tickAll ticks everybody shown who is missing, or releases them all.
func (g *grid) tickAll() tea.Cmd {
	var open []string
	for _, row := range g.rows {
		if !g.reached(row) {
			open = append(open, row.Person.ID)
		}
	}
	all := !slices.ContainsFunc(open, func(id string) bool { return !g.ticked[id] })
	for _, id := range open {
		g.tick(id, !all)
	}
	return g.changed()
}

func (g *grid) pressFilter(key tea.KeyPressMsg) tea.Cmd {
	switch name := key.String(); name {
	case "enter":
		g.mode = browsing
	case "esc", "ctrl+c":
		g.mode = browsing
		g.filter.SetValue("")
		g.narrow()
	case "up", "down", "pgup", "pgdown":
		g.table.Move(name)
	default:
		if g.filter.Update(key) {
			g.narrow()
		}
	}
	return nil
}

func (g *grid) pressOccasion(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		g.mode = browsing
		return nil
	case "enter":
		f := model.Visit.Field(model.VisitOccasion.Key())
		v, err := s.context(nil).Parse(f, g.prompt.Value())
		o, ok := v.(model.Occasion)
		switch {
		case err != nil:
			g.bad = model.AsWords(err)
			return nil
		case !ok:
			g.mode = browsing
			return nil
		}
		keep := g.keepDraft(s, false) // what was ticked for the other occasion waits as its draft
		g.mode, g.occasion, g.cov, g.slot, g.drafted = browsing, o, nil, "", false
		return tea.Sequence(keep, g.load(s, true))
	}
	g.bad = model.Words{}
	g.prompt.Update(key)
	return nil
}
