package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// settings lists what the office added to the built-in registers. Only an
// administrator gets to see it, since everything here changes it.
type settings struct {
	set   db.Settings
	rows  []settingRow
	table part.Table
	ready bool
	kinds *part.Picker // what to add, while that is asked
}

// settingKind is what an entry of the settings is.
type settingKind uint8

const (
	ownField settingKind = iota
	ownRegister
	ownVocab
	ownTerm
	ownTemplate
	ownOffice // this and the next are always there: they are changed, never added
	ownDeadlines
)

var settingKinds = [...]model.Words{ownField: words.OwnField, ownRegister: words.OwnRegister, ownVocab: words.OwnVocab, ownTerm: words.OwnTerm, ownTemplate: words.OwnTemplates, ownOffice: words.OwnOffice, ownDeadlines: words.OwnDeadlines}

// addable are the kinds that the office adds.
var addable = settingKinds[:ownOffice]

// settingEntries are what the settings' refusals call the kinds; what is no
// entry of a list has none.
var settingEntries = [len(settingKinds)]model.Words{ownField: model.EntryField, ownRegister: model.EntryRegister, ownVocab: model.EntryVocab, ownTerm: model.EntryTerm,
	ownTemplate: model.EntryTemplate}

// settingRow is one entry as a line.
type settingRow struct {
	kind    settingKind
	in, key string // register and field, register, vocabulary, vocabulary and term, template
	name    model.Words
	about   model.Words
	removed bool
}

func newSettings() *settings { return &settings{} }

type settingsMsg struct {
	settings *settings
	set      db.Settings
	schema   *model.Schema
	err      error
}

// settingDoneMsg answers a removal or its undoing.
type settingDoneMsg struct {
	settings *settings
	said     model.Words
	err      error
}

func (t *settings) register() *model.Register { return nil }
func (t *settings) typing() bool              { return false }
func (t *settings) waiting() bool             { return !t.ready }
func (t *settings) title(s *session) string   { return words.Settings.In(s.lang) }
func (t *settings) refresh(s *session) tea.Cmd {
	return func() tea.Msg {
		set, err := s.settings()
		return settingsMsg{t, set, s.declared(), err}
	}
}

func (t *settings) place() place {
	if t.kinds != nil {
		return onKinds
	}
	return onSettings
}

func (t *settings) init(s *session) tea.Cmd {
	if err := model.Can(s.actor, model.ActSettings, nil); err != nil {
		s.pop()
		return complain(err)
	}
	return t.refresh(s)
}

func (t *settings) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case settingsMsg:
		if msg.settings != t {
			return nil
		}
		if msg.err != nil {
			s.pop()
			return complain(msg.err)
		}
		t.set, t.rows, t.ready = msg.set, settingRows(&msg.set.Custom, msg.schema), true
		t.table.SetRows(len(t.rows))
	case settingDoneMsg:
		if msg.settings != t {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		return tea.Batch(say(msg.said), t.refresh(s))
	case tea.KeyPressMsg:
		if t.kinds != nil {
			return t.pressKind(s, msg)
		}
		return t.press(s, msg)
	}
	return nil
}

func (t *settings) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	if t.table.Move(name) {
		return nil
	}
	a := find(onSettings, name)
	if a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		return s.pop()
	case actNew:
		var opts []part.Option
		for _, w := range addable {
			opts = append(opts, part.Option{ID: w.ZH, Text: w.In(s.lang)})
		}
		t.kinds = part.NewPicker(s.metric, opts, pinyin)
		t.kinds.Numbers = true
		t.kinds.View(1, len(opts)+1) // a digit may come before the first drawing
	case actEdit:
		if t.table.Cursor < len(t.rows) {
			r := t.rows[t.table.Cursor]
			return s.push(settingForm(r.kind, &r, &t.set.Custom))
		}
	case actRemove:
		if t.table.Cursor < len(t.rows) {
			if t.rows[t.table.Cursor].kind >= ownOffice {
				return complain(&model.Problem{Words: words.OfficeStays})
			}
			return t.remove(s, t.rows[t.table.Cursor])
		}
	}
	return nil
}

// pressKind handles keys while it is asked what to add.
func (t *settings) pressKind(s *session, key tea.KeyPressMsg) tea.Cmd {
	if a := find(onKinds, key.String()); a != nil && a.id == actBack {
		t.kinds = nil
		return nil
	}
	if t.kinds.Update(key) != part.Chosen {
		return nil
	}
	o, _ := t.kinds.Selected()
	t.kinds = nil
	for kind, w := range addable {
		if w.ZH == o.ID {
			return s.push(settingForm(settingKind(kind), nil, nil))
		}
	}
	return nil
}

// remove puts an entry aside, or brings it back. It asks nothing: the same key
// undoes it.
func (t *settings) remove(s *session, r settingRow) tea.Cmd {
	said := words.SettingRemoved
	if r.removed {
		said = words.SettingBack
	}
	return func() tea.Msg {
		err := s.changeSettings(func(c *model.Custom) error {
			flag := r.flag(c)
			if flag == nil || *flag != r.removed {
				return model.Problemf("这一条刚刚被别人改过，请再看一遍", "someone else has just changed this entry; look again")
			}
			*flag = !r.removed
			return nil
		})
		return settingDoneMsg{t, model.Sayf(said.ZH, said.EN, r.name), err}
	}
}

// flag is where the settings say whether the entry is in use.
func (r settingRow) flag(c *model.Custom) *bool {
	switch r.kind {
	case ownField:
		if f := c.Field(r.in, r.key); f != nil {
			return &f.Removed
		}
	case ownRegister:
		if reg := c.Register(r.key); reg != nil {
			return &reg.Removed
		}
	case ownVocab:
		if v := c.Vocab(r.key); v != nil {
			return &v.Removed
		}
	case ownTerm:
		if t := c.Term(r.in, r.key); t != nil {
			return &t.Retired
		}
	case ownTemplate:
		if t := c.Template(r.key); t != nil {
			return &t.Removed
		}
	}
	return nil
}

// settingRows lists the entries: fields by register, registers, vocabularies,
// terms.
func settingRows(c *model.Custom, schema *model.Schema) []settingRow {
	var out []settingRow
	fields := func(reg *model.Register, fs []model.CustomField) {
		for _, f := range fs {
			if f.Register != "" && f.Register != reg.Key {
				continue
			}
			about := named(model.FieldTypes(), f.Type)
			if v := f.Vocab; v != "" {
				about = model.Sayf("%s %s", "%s %s", about, schema.Vocab(v).Words)
			}
			class := f.Class
			if class == "" {
				class = "internal"
			}
			about = model.Sayf("%s，%s", "%s, %s", about, named(model.FieldClasses(), class))
			out = append(out, settingRow{kind: ownField, in: reg.Key, key: f.Key, removed: f.Removed, about: about,
				name: model.Sayf("%s · %s", "%s - %s", reg.Words, entryWords(f.ZH, f.EN))})
		}
	}
	for _, reg := range schema.All() {
		if own := c.Register(reg.Key); own != nil {
			fields(reg, own.Fields)
		} else {
			fields(reg, c.Fields)
		}
	}
	for _, r := range c.Registers {
		out = append(out, settingRow{kind: ownRegister, key: r.Key, name: entryWords(r.ZH, r.EN), removed: r.Removed,
			about: model.Sayf("编号 %s-…", "ids %s-…", r.Letter)})
	}
	for _, v := range c.Vocabs {
		words := model.Words{}
		for _, t := range v.Terms {
			if !t.Retired {
				w := entryWords(t.ZH, t.EN)
				words.ZH, words.EN = words.ZH+"、"+w.ZH, words.EN+", "+w.EN
			}
		}
		words.ZH, words.EN = strings.TrimPrefix(words.ZH, "、"), strings.TrimPrefix(words.EN, ", ")
		out = append(out, settingRow{kind: ownVocab, key: v.Code, name: entryWords(v.ZH, v.EN), removed: v.Removed, about: words})
	}
	for _, t := range c.Terms {
		out = append(out, settingRow{kind: ownTerm, in: t.Vocab, key: t.ZH, removed: t.Retired,
			name: model.Sayf("%s · %s", "%s - %s", schema.Vocab(t.Vocab).Words, entryWords(t.ZH, t.EN))})
	}
	for _, t := range c.Templates {
		name := entryWords(t.ZH, t.EN)
		var about model.Words
		if reg := schema.Register(t.Register); reg != nil {
			name = model.Sayf("%s · %s", "%s - %s", reg.Words, name)
			about = templateAbout(reg, t.Texts)
		}
		out = append(out, settingRow{kind: ownTemplate, key: t.Key, name: name, removed: t.Removed, about: about})
	}
	out = append(out, settingRow{kind: ownOffice, name: words.OfficeFor, about: officeAbout(schema)})
	out = append(out, settingRow{kind: ownDeadlines, name: words.DeadlinesFor, about: deadlinesAbout(schema.Deadlines())})
	return out
}

// templateAbout says what a template fills.
func templateAbout(reg *model.Register, texts []model.CustomTemplateText) (about model.Words) {
	for i, x := range texts {
		name := model.W(x.Field, x.Field)
		if f := reg.Field(x.Field); f != nil {
			name = f.Words
		}
		if i > 0 {
			name = model.Sayf("、%s", ", %s", name)
		}
		about.ZH, about.EN = about.ZH+name.ZH, about.EN+name.EN
	}
	return about
}

func entryWords(zh, en string) model.Words {
	if en == "" {
		en = zh
	}
	return model.W(zh, en)
}

// named finds the words of a type or class by its name in the file.
func named(list []model.Words, name string) model.Words {
	for _, w := range list {
		if w.EN == name {
			return w
		}
	}
	return model.W(name, name)
}

func (t *settings) view(s *session, w, h int) frame {
	m := s.metric
	if !t.ready {
		return frame{}
	}
	if t.kinds != nil {
		lines := append(m.Wrap(words.SettingKinds.In(s.lang), w), "")
		return frame{lines: append(lines, t.kinds.View(min(w-1, pickWidth), len(addable)+1)...)}
	}
	lines := m.Wrap(words.SettingsIntro.In(s.lang), w)
	for i := range lines {
		lines[i] = faint.Render(lines[i])
	}
	lines = append(lines, "")
	if !slices.ContainsFunc(t.rows, func(r settingRow) bool { return r.kind < ownOffice }) { // only those that are always there
		for _, l := range m.Wrap(words.SettingsEmpty.In(s.lang), w-2) {
			lines = append(lines, "  "+l)
		}
		lines = append(lines, "")
	}
	kind := 0
	for _, k := range settingKinds {
		kind = max(kind, m.Width(k.In(s.lang)))
	}
	gone := m.Width(words.OutOfUse.In(s.lang))
	name := (w - kind - gone - 6) / 2
	from, to := t.table.Window(max(1, h-len(lines)))
	for i := from; i < to; i++ {
		r := t.rows[i]
		state := ""
		if r.removed {
			state = words.OutOfUse.In(s.lang)
		}
		mark := m.Mark(i == t.table.Cursor)
		line := mark + m.Fit(settingKinds[r.kind].In(s.lang), kind) + " " + m.Fit(state, gone) + " " +
			m.Fit(clean(r.name.In(s.lang)), name) + " " + clean(r.about.In(s.lang))
		line = m.Fit(line, w)
		switch {
		case i == t.table.Cursor:
			line = reverse.Render(line)
		case r.removed:
			line = faint.Render(line)
		}
		lines = append(lines, line)
	}
	return frame{lines: lines}
}
