package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/part"
)

// names are the records of one register as a pick list shows them.
type names struct {
	seq     uint64              // head of the journal when they were read
	ids     map[string]string   // id → name
	named   map[string][]string // name → ids
	options []part.Option
	picker  *part.Picker
}

// options are the pick lists of one form, and at the same time the Book by
// which its fields are read without touching the file.
type options struct {
	s         *session
	lang      model.Lang
	schema    *model.Schema   // of the moment they were read
	reg       *model.Register // the form's, as it is declared in it
	registers map[string]*names
	terms     map[*model.Field]*part.Picker // cells of a list are fields too
}

// loadOptions reads the pick lists a form of the register needs. A register
// that has not changed since it was read last is not read again.
func (s *session) loadOptions(reg *model.Register) (*options, error) {
	o := &options{s: s, lang: s.lang, reg: reg, registers: map[string]*names{}, terms: map[*model.Field]*part.Picker{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[string][]db.Option{}
	var head uint64
	err := s.view(func(sn *db.Snapshot) (err error) {
		if head, _, err = sn.Head(); err != nil {
			return err
		}
		o.schema = sn.Schema()
		if now := o.schema.Register(reg.Key); now != nil {
			o.reg = now
		}
		for _, key := range append(targets(o.reg), targets(reg)...) { // an open form may still have fields since removed
			if n := s.pickers[key]; n != nil {
				changed, err := changedSince(sn, n.seq, key)
				if err != nil {
					return err
				}
				if !changed {
					n.seq = head
					o.registers[key] = n
					continue
				}
			}
			found[key] = sn.Options(key)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for key, list := range found {
		n := newNames(s.metric, list)
		n.seq = head
		if s.pickers == nil {
			s.pickers = map[string]*names{}
		}
		s.pickers[key], o.registers[key] = n, n
	}
	return o, nil
}

// mostEntries is how many journal entries are looked through before reading
// everything again is cheaper.
const mostEntries = 500

// changedSince reports whether records of the registers were written after the
// journal's entry seq.
func changedSince(sn *db.Snapshot, seq uint64, registers ...string) (bool, error) {
	entries, err := sn.EntriesSince(seq, mostEntries)
	if err != nil || len(entries) == mostEntries {
		return true, err
	}
	return slices.ContainsFunc(entries, func(e db.Entry) bool {
		return slices.Contains(registers, e.Register) || e.Action == db.ActSettings
	}), nil
}

// staleSince gives msg if records of the registers were written after the journal's
// entry seq, so that a screen reads again only what may have changed.
func (s *session) staleSince(seq uint64, msg tea.Msg, registers ...string) tea.Cmd {
	return func() tea.Msg {
		changed := true
		err := s.view(func(sn *db.Snapshot) (err error) {
			changed, err = changedSince(sn, seq, registers...)
			return err
		})
		if err != nil || !changed {
			return nil // a failure is shown by whatever the person does next
		}
		return msg
	}
}

// context is the setting in which the form's fields are read.
func (o *options) context() *model.Context {
	c := o.s.context(o)
	c.Schema = o.schema
	return c
}

// targets lists the registers that the fields of a register refer to.
func targets(reg *model.Register) []string {
	seen := map[string]bool{}
	var out []string
	var walk func(fs []*model.Field)
	walk = func(fs []*model.Field) {
		for _, f := range fs {
			for _, key := range f.Refs {
				if !seen[key] {
					seen[key] = true
					out = append(out, key)
				}
			}
			walk(f.Sub)
		}
	}
	walk(reg.Fields)
	return out
}

func newNames(m cell.Metric, list []db.Option) *names {
	n := &names{ids: make(map[string]string, len(list)), named: map[string][]string{}}
	for _, o := range list {
		n.ids[o.ID] = o.Name
		n.named[o.Name] = append(n.named[o.Name], o.ID)
	}
	n.options = make([]part.Option, len(list))
	for i, o := range list {
		take := o.Name
		if len(n.named[o.Name]) > 1 { // two of one name: only the id is exact
			take = o.ID
		}
		n.options[i] = part.Option{ID: take, Text: o.Name, Extra: o.ID}
	}
	n.picker = part.NewPicker(m, n.options, pinyin)
	return n
}

// pinyin is the matcher of every pick list.
func pinyin(text string) part.Matcher {
	p := model.NewPinyin(text)
	return &p
}

// picker returns the pick list of a field.
func (o *options) picker(f *model.Field) *part.Picker {
	switch f.Type {
	case model.TypeRef, model.TypeRefs:
		if len(f.Refs) == 1 {
			return o.registers[f.Refs[0]].picker
		}
		return o.joined(f)
	}
	if p := o.terms[f]; p != nil {
		return p
	}
	var opts []part.Option
	switch f.Type {
	case model.TypeBool:
		for _, w := range []model.Words{model.W("是", "yes"), model.W("否", "no")} {
			opts = append(opts, part.Option{ID: w.In(o.lang), Text: w.In(o.lang)})
		}
	case model.TypeOccasion:
		today := model.DateOf(o.s.now())
		for _, t := range o.schema.Vocab(f.Vocab).Live() {
			if oc, err := model.ParseOccasion(t.ZH, today); err == nil {
				opts = append(opts, part.Option{ID: oc.String(), Text: oc.String(), Extra: english(t, o.lang)})
			}
		}
	default:
		for _, t := range o.schema.Vocab(f.Vocab).Live() {
			text := t.Words().In(o.lang)
			show := t.Offered(o.lang)
			if o.lang == model.EN && t.ZH != t.EN {
				show += "  " + t.ZH // so that pinyin finds it in English too
			}
			opts = append(opts, part.Option{ID: text, Text: show})
		}
	}
	p := part.NewPicker(o.s.metric, opts, pinyin)
	p.Numbers = false
	o.terms[f] = p
	return p
}

func english(t model.Term, l model.Lang) string {
	if l == model.EN {
		return t.EN
	}
	return ""
}

// take is what a pick list puts into a field for a stored value: a term in the
// language of the screen, a name, or the id where the name is not unique.
func (o *options) take(f *model.Field, value string) string {
	switch f.Type {
	case model.TypePick, model.TypePicks:
		return o.schema.Vocab(f.Vocab).Text(value, o.lang)
	}
	if reg := o.schema.OfID(value); reg != nil {
		if n := o.registers[reg.Key]; n != nil {
			if name := n.ids[value]; name != "" && len(n.named[name]) == 1 {
				return name
			}
		}
	}
	return value
}

// joined is the pick list of a field that may refer to several registers.
func (o *options) joined(f *model.Field) *part.Picker {
	if p := o.terms[f]; p != nil {
		return p
	}
	var opts []part.Option
	for _, key := range f.Refs {
		opts = append(opts, o.registers[key].options...)
	}
	p := part.NewPicker(o.s.metric, opts, pinyin)
	o.terms[f] = p
	return p
}

// Record implements model.Book: enough of a record to know that it is there.
func (o *options) Record(id string) *model.Record {
	reg := o.schema.OfID(id)
	if reg == nil {
		return nil
	}
	n := o.registers[reg.Key]
	if n == nil {
		return nil
	}
	if _, ok := n.ids[id]; !ok {
		return nil
	}
	r := model.NewRecord(reg)
	r.ID = id
	return r
}

// Named implements model.Book.
func (o *options) Named(register, name string) []string {
	if n := o.registers[register]; n != nil {
		return n.named[name]
	}
	return nil
}

// Referring implements model.Book; no field of a form asks it.
func (o *options) Referring(string, string) []string { return nil }

// Name implements model.Namer.
func (o *options) Name(id string) string {
	if reg := o.schema.OfID(id); reg != nil {
		if n := o.registers[reg.Key]; n != nil {
			return n.ids[id]
		}
	}
	return ""
}
