package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// templating chooses a template for a form by digit, initials or name, asks for
// what it leaves open, and saves the form as a template of the office's own.
type templating struct {
	form   *form
	day    model.Date
	list   []model.Template
	picker *part.Picker
	asked  part.Input // narrows the list, or answers a question
	bad    model.Words

	chosen  *model.Template
	open    []string // slots still to be asked for
	answers map[string]string
	naming  bool // asks for the name of a new template
	saving  bool
}

// saveAsTemplate is the last row of the list.
const saveAsTemplate = "+"

// templateSavedMsg answers the saving of a template.
type templateSavedMsg struct {
	templating *templating
	name       string
	err        error
}

// useTemplates opens the choice of a template.
func (f *form) useTemplates(s *session) tea.Cmd {
	if f.id != "" || f.task != nil {
		return complain(model.Problemf(words.CopyOnlyNew.ZH, words.CopyOnlyNew.EN))
	}
	f.judge() // so that the day is what was just typed
	t := &templating{form: f, day: f.day(s), list: append(s.preferences.TemplatesOf(f.reg.Key), f.opts.schema.Templates(f.reg.Key)...)}
	t.input(s)
	opts := make([]part.Option, 0, len(t.list)+1)
	for i, tm := range t.list {
		own := ""
		switch tm.Key {
		case "":
		case model.PersonalTemplate:
			own = words.MyTemplate.In(s.lang)
		default:
			own = words.OwnTemplate.In(s.lang)
		}
		text := tm.Words.In(s.lang)
		if s.lang == model.EN && tm.Words.ZH != tm.Words.EN {
			text += "  " + tm.Words.ZH // so that pinyin finds it in English too
		}
		opts = append(opts, part.Option{ID: string(rune('0' + i)), Text: clean(text), Extra: own})
	}
	opts = append(opts, part.Option{ID: saveAsTemplate, Text: words.TemplateSave.In(s.lang)})
	t.picker = part.NewPicker(s.metric, opts, pinyin)
	t.picker.Numbers = true
	t.picker.View(1, len(opts)+1) // a digit may come before the first drawing
	s.push(t)
	return f.keep(s)
}

func (t *templating) input(s *session) {
	t.asked = part.Input{Metric: s.metric}
	t.asked.Limit, t.asked.Clean = 60, model.Clean
}

func (t *templating) init(*session) tea.Cmd     { return nil }
func (t *templating) refresh(*session) tea.Cmd  { return nil }
func (t *templating) register() *model.Register { return t.form.reg }
func (t *templating) typing() bool              { return true }
func (t *templating) waiting() bool             { return t.saving }
func (t *templating) title(s *session) string   { return words.Templates.In(s.lang) }

// keep implements keeper: what the form below holds is what is half written.
func (t *templating) keep(s *session) tea.Cmd { return t.form.keep(s) }

// asking reports whether a line is to be answered, not a template chosen.
func (t *templating) asking() bool { return t.naming || t.chosen != nil }

func (t *templating) place() place {
	if t.asking() {
		return onSlot
	}
	return onTemplates
}

func (t *templating) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case templateSavedMsg:
		if msg.templating != t {
			return nil
		}
		t.saving = false
		if msg.err != nil {
			t.bad = model.AsWords(msg.err)
			return nil
		}
		s.pop()
		return say(model.Sayf(words.TemplateSaved.ZH, words.TemplateSaved.EN, msg.name))
	case tea.PasteMsg:
		t.typed(t.asked.Update(msg))
	case tea.KeyPressMsg:
		return t.press(s, msg)
	}
	return nil
}

func (t *templating) typed(changed bool) {
	if changed {
		t.bad = model.Words{}
		if !t.asking() {
			t.picker.SetQuery(strings.TrimSpace(t.asked.Value()))
		}
	}
}

func (t *templating) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	a := find(t.place(), key.String())
	switch {
	case a != nil && a.id == actBack:
		return s.pop()
	case t.asking() && a != nil && a.id == actTake:
		return t.answer(s)
	case t.asking():
		t.typed(t.asked.Update(key))
	case t.picker.Update(key) == part.Chosen:
		return t.take(s)
	case a == nil || a.id != actMove:
		t.typed(t.asked.Update(key))
	}
	return nil
}

// take goes on with the template that is marked.
func (t *templating) take(s *session) tea.Cmd {
	o, _ := t.picker.Selected()
	t.input(s)
	if o.ID == saveAsTemplate {
		t.naming = true
		return nil
	}
	t.chosen = &t.list[int([]rune(o.ID)[0]-'0')]
	t.open, t.answers = t.chosen.Asks(t.day), map[string]string{}
	return t.next(s)
}

// next uses the template once nothing is open any more.
func (t *templating) next(s *session) tea.Cmd {
	if len(t.open) > 0 {
		return nil
	}
	s.pop()
	return t.form.useTemplate(s, t.chosen, t.day, t.answers)
}

func (t *templating) answer(s *session) tea.Cmd {
	text := strings.TrimSpace(t.asked.Value())
	if text == "" {
		t.bad = words.TemplateBlank
		return nil
	}
	if t.naming {
		return t.save(s, text)
	}
	t.answers[t.open[0]] = text
	t.open = t.open[1:]
	t.input(s)
	return t.next(s)
}

// save keeps the form as a template: an administrator's is the office's own, with
// its former text in the history of the settings; anybody else's is hers alone.
// One of the same name is replaced.
func (t *templating) save(s *session, name string) tea.Cmd {
	r := t.form.draftRecord()
	texts := model.TemplateOf(t.form.ctx, r)
	if len(texts) == 0 {
		t.bad = words.TemplateEmpty
		return nil
	}
	made := model.CustomTemplate{ZH: name, Register: t.form.reg.Key}
	for _, x := range texts {
		made.Texts = append(made.Texts, model.CustomTemplateText(x))
	}
	if model.Can(s.actor, model.ActSettings, nil) != nil {
		s.pop()
		return tea.Batch(s.prefer(func(p *model.Preferences) {
			p.SetTemplate(model.Template{Words: model.W(name, name), Register: made.Register, Texts: texts})
		}), say(model.Sayf(words.TemplateMine.ZH, words.TemplateMine.EN, name)))
	}
	t.saving = true
	return func() tea.Msg {
		err := s.changeSettings(func(c *model.Custom) error {
			for i, old := range c.Templates {
				if old.ZH == name && old.Register == made.Register {
					made.Key, made.EN = old.Key, old.EN
					c.Templates[i] = made
					return nil
				}
			}
			made.Key = model.NewKey(name, func(key string) bool { return c.Template(key) != nil })
			c.Templates = append(c.Templates, made)
			return nil
		})
		return templateSavedMsg{t, name, err}
	}
}

// useTemplate fills the fields that nobody typed in.
func (f *form) useTemplate(s *session, t *model.Template, day model.Date, answers map[string]string) tea.Cmd {
	texts, told := t.Fill(f.ctx, day, answers)
	values := model.Values{}
	for _, x := range texts {
		if fd := f.reg.Field(x.Field); fd != nil {
			values[x.Field], _ = f.ctx.Parse(fd, x.Text)
		}
	}
	f.fill(s, values)
	rest := tea.Batch(f.touched(), f.toBlank(s))
	if len(told) > 0 {
		return tea.Batch(complain(&model.Problem{Words: told[0]}), rest)
	}
	return tea.Batch(say(model.Sayf(words.TemplateUsed.ZH, words.TemplateUsed.EN, t.Words)), rest)
}

func (t *templating) view(s *session, w, h int) frame {
	question := words.TemplateAsk
	switch {
	case t.naming:
		question = words.TemplateName
	case t.chosen != nil && len(t.open) > 0:
		question = model.Sayf(words.TemplateSlot.ZH, words.TemplateSlot.EN, t.chosen.Words, t.open[0])
	}
	line, x := ask(s, question, t.bad, &t.asked, w)
	fr := frame{lines: []string{line, ""}, cursor: &tea.Position{X: x, Y: 0}}
	if !t.asking() {
		_, all := t.picker.Count()
		fr.lines = append(fr.lines, t.picker.View(min(w-1, pickWidth), min(all+1, h-2))...)
		return fr
	}
	if t.naming {
		for _, l := range s.metric.Wrap(words.TemplateHelp.In(s.lang), w) {
			fr.lines = append(fr.lines, faint.Render(l))
		}
	}
	return fr
}
