package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// pick is a choice made over the rows: a short list, narrowed by what is typed.
type pick struct {
	title  model.Words
	in     part.Input
	picker *part.Picker
	// take is told the id chosen; "" with what was typed where nothing fits.
	take func(id, typed string) tea.Cmd
}

// pickMsg brings a choice that needed something of the ledger.
type pickMsg struct {
	list *list
	pick *pick
	err  error
}

func newPick(s *session, title model.Words, options []part.Option, take func(id, typed string) tea.Cmd) *pick {
	p := &pick{title: title, picker: part.NewPicker(s.metric, options, pinyin), take: take}
	p.picker.Numbers = len(options) <= 10
	p.in = part.Input{Metric: s.metric}
	p.in.Limit, p.in.Clean = 40, model.Clean
	return p
}

func (p *pick) update(msg tea.Msg) {
	if p.in.Update(msg) {
		p.picker.SetQuery(strings.TrimSpace(p.in.Value()))
	}
}

// press handles keys while the choice is open; shut closes it.
func (p *pick) press(key tea.KeyPressMsg, shut func()) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		shut()
		return nil
	case "home", "end", "left", "right": // of the line typed
		p.update(key)
		return nil
	}
	event := p.picker.Update(key)
	switch {
	case event == part.Chosen, event == part.None && key.String() == "enter":
		shut()
		o, ok := p.picker.Selected()
		if !ok {
			return p.take("", strings.TrimSpace(p.in.Value()))
		}
		return p.take(o.ID, "")
	case event == part.None:
		p.update(key)
	}
	return nil
}

// over draws the choice at the bottom of a frame, and puts the cursor where its
// line is typed.
func (p *pick) over(s *session, fr *frame, w, h int) {
	hits, all := p.picker.Count()
	rows := min(max(hits, 1), max(4, h/2-2), h-5)
	line, x := ask(s, p.title, model.Words{}, &p.in, w)
	lines := append([]string{line}, p.picker.View(min(w, pickWidth), rows+1)...)
	if hits == all && hits <= rows { // the count would say nothing
		lines = lines[:len(lines)-1]
	}
	over(fr, s.metric.Rule(w), lines, h)
	fr.cursor = &tea.Position{X: x, Y: h - len(lines)}
}

// pickSort offers the orders: by date, by id, by any field; what is chosen again
// turns round.
func (l *list) pickSort(s *session) *pick {
	options := []part.Option{{ID: byDates, Text: words.OrderDate.In(s.lang)}, {ID: byIDs, Text: words.RecordID.In(s.lang)}}
	columns := l.columns(s)
	add := func(f *model.Field) {
		if s.mayBeColumn(f) && f.Type != model.TypeList && (f.Key != l.reg.DateField) {
			options = append(options, part.Option{ID: f.Key, Text: f.Words.In(s.lang)})
		}
	}
	for _, f := range columns {
		add(f)
	}
	for _, f := range l.reg.Fields {
		if !slices.Contains(columns, f) {
			add(f)
		}
	}
	for i := range options {
		if options[i].ID == l.sort.key {
			w := words.Down
			if l.sort.up {
				w = words.Up
			}
			options[i].Extra = w.In(s.lang)
		}
	}
	p := newPick(s, words.SortAsk, options, func(id, typed string) tea.Cmd {
		if typed != "" {
			return complain(model.Problemf(words.NoSuch.ZH, words.NoSuch.EN, typed))
		}
		up := id != byDates // dates begin with the newest, everything else with the first
		if id == l.sort.key {
			up = !l.sort.up
		}
		l.sort = sorting{id, up}
		return l.query(s)
	})
	p.picker.Select(l.sort.key)
	return p
}

// pickGroup offers what the rows can be grouped by.
func (l *list) pickGroup(s *session) *pick {
	options := []part.Option{{ID: "", Text: words.NoGroups.In(s.lang)}, {ID: byMonths, Text: words.OrderMonth.In(s.lang)}}
	for _, f := range l.reg.Fields {
		if groupable(f) && s.mayBeColumn(f) {
			options = append(options, part.Option{ID: f.Key, Text: f.Words.In(s.lang)})
		}
	}
	p := newPick(s, words.GroupAsk, options, func(id, typed string) tea.Cmd {
		if typed != "" {
			return complain(model.Problemf(words.NoSuch.ZH, words.NoSuch.EN, typed))
		}
		l.group = id
		return l.query(s)
	})
	p.picker.Select(l.group)
	return p
}
