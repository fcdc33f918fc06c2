package tui

import (
	"context"
	"errors"
	"sync"
	"time"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/part"
)

// session is what the screens of one login share: the ledger, who is at the
// keyboard, the language and the measure of the terminal.
type session struct {
	ledger    *db.Ledger // nil until one is opened or created
	schema    *model.Schema
	actor     model.Actor
	community string
	name      string // of the person, for the title line
	lang      model.Lang
	metric    cell.Metric
	now       func() time.Time

	mu      sync.Mutex
	pickers map[string]*names // by register; commands fill it, so it is locked
}

// patience is how long an action waits for the ledger before it says "busy".
const patience = 5 * time.Second

// ask runs f under the usual deadline.
func (s *session) ask(f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return f(ctx)
}

// revision is the ledger's revision, 0 when it cannot be told.
func (s *session) revision() uint64 {
	if s.ledger == nil {
		return 0
	}
	rev, err := s.ledger.Revision()
	if err != nil {
		return 0
	}
	return rev
}

func (s *session) view(f func(*db.Snapshot) error) error {
	return s.ask(func(ctx context.Context) error { return s.ledger.View(ctx, f) })
}

func (s *session) write(req db.RequestID, ops ...db.Op) (res db.Result, err error) {
	err = s.ask(func(ctx context.Context) error {
		res, err = s.ledger.Write(ctx, s.actor, req, ops...)
		return err
	})
	var c *db.Conflict
	if errors.As(err, &c) { // people are named, not numbered
		_ = s.view(func(sn *db.Snapshot) error {
			c.By = s.context(sn).NameOf(model.Ref{ID: c.By})
			return nil
		})
	}
	return res, err
}

func (s *session) draft(key string) (found *db.Draft, err error) {
	list, err := s.drafts()
	for i := range list {
		if list[i].Key == key {
			found = &list[i]
		}
	}
	return found, err
}

func (s *session) drafts() (list []db.Draft, err error) {
	err = s.ask(func(ctx context.Context) error {
		list, err = s.ledger.Drafts(ctx, s.actor)
		return err
	})
	return list, err
}

// newRequest marks a form from the moment it opens. Without randomness there
// is no id, and a retry is only not recognised.
func (s *session) newRequest() db.RequestID {
	id, _ := s.ledger.NewRequest()
	return id
}

func (s *session) record(id string) (r *model.Record, err error) {
	err = s.view(func(sn *db.Snapshot) error {
		r, err = sn.Get(id)
		return err
	})
	return r, err
}

func (s *session) saveDraft(d db.Draft) error {
	return s.ask(func(ctx context.Context) error { return s.ledger.SaveDraft(ctx, s.actor, d) })
}

func (s *session) dropDraft(key string) error {
	return s.ask(func(ctx context.Context) error { return s.ledger.DropDraft(ctx, s.actor, key) })
}

// names are the records of one register as a pick list shows them.
type names struct {
	rev     uint64
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
	registers map[string]*names
	terms     map[string]*part.Picker
}

// loadOptions reads the pick lists a form of the register needs. A register
// that has not changed since the last form is not read again.
func (s *session) loadOptions(reg *model.Register) (*options, error) {
	o := &options{s: s, lang: s.lang, registers: map[string]*names{}, terms: map[string]*part.Picker{}}
	rev := s.revision()
	s.mu.Lock()
	defer s.mu.Unlock()
	var missing []string
	for _, key := range targets(reg) {
		if n := s.pickers[key]; n != nil && n.rev == rev {
			o.registers[key] = n
		} else {
			missing = append(missing, key)
		}
	}
	if len(missing) == 0 {
		return o, nil
	}
	found := map[string][]db.Option{}
	err := s.view(func(sn *db.Snapshot) error {
		for _, key := range missing {
			found[key] = sn.Options(key)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, key := range missing {
		n := newNames(s.metric, found[key])
		n.rev = rev
		if s.pickers == nil {
			s.pickers = map[string]*names{}
		}
		s.pickers[key] = n
		o.registers[key] = n
	}
	return o, nil
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
	if p := o.terms[f.Key]; p != nil {
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
		for _, t := range o.s.schema.Vocab(f.Vocab).Live() {
			if oc, err := model.ParseOccasion(t.ZH, today); err == nil {
				opts = append(opts, part.Option{ID: oc.String(), Text: oc.String(), Extra: english(t, o.lang)})
			}
		}
	default:
		for _, t := range o.s.schema.Vocab(f.Vocab).Live() {
			text := t.Words().In(o.lang)
			show := text
			if o.lang == model.EN && t.ZH != t.EN {
				show += "  " + t.ZH // so that pinyin finds it in English too
			}
			opts = append(opts, part.Option{ID: text, Text: show})
		}
	}
	p := part.NewPicker(o.s.metric, opts, pinyin)
	p.Numbers = false
	o.terms[f.Key] = p
	return p
}

func english(t model.Term, l model.Lang) string {
	if l == model.EN {
		return t.EN
	}
	return ""
}

// joined is the pick list of a field that may refer to several registers.
func (o *options) joined(f *model.Field) *part.Picker {
	if p := o.terms[f.Key]; p != nil {
		return p
	}
	var opts []part.Option
	for _, key := range f.Refs {
		opts = append(opts, o.registers[key].options...)
	}
	p := part.NewPicker(o.s.metric, opts, pinyin)
	o.terms[f.Key] = p
	return p
}

// Record implements model.Book: enough of a record to know that it is there.
func (o *options) Record(id string) *model.Record {
	reg := o.s.schema.OfID(id)
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
	if reg := o.s.schema.OfID(id); reg != nil {
		if n := o.registers[reg.Key]; n != nil {
			return n.ids[id]
		}
	}
	return ""
}

// context is the setting in which the rules of the model run on the screen.
func (s *session) context(book model.Book) *model.Context {
	return &model.Context{Schema: s.schema, Book: book, Now: s.now(), Actor: s.actor}
}

// clean guards the terminal against what a file may hold.
func clean(text string) string {
	out, _ := model.Clean(text)
	return out
}

// keys asks for all rows of a list.
func (s *session) keys(q db.Query) ([]db.Key, error) {
	ctx, cancel := context.WithTimeout(context.Background(), scanPatience)
	defer cancel()
	q.States = []model.State{model.Final, model.Draft, model.Void}
	return s.ledger.Keys(ctx, q, nil)
}

// scanPatience bounds a look through a whole register.
const scanPatience = 60 * time.Second

// rows reads records as the cells of a list.
func (s *session) rows(reg *model.Register, keys []db.Key, columns []*model.Field) (map[db.Key]row, error) {
	out := make(map[db.Key]row, len(keys))
	err := s.view(func(sn *db.Snapshot) error {
		c := s.context(sn)
		records, err := sn.Load(reg.Key, keys)
		if err != nil {
			return err
		}
		for i, r := range records {
			if r == nil {
				continue
			}
			line := row{id: r.ID, void: r.State == model.Void, cells: make([]string, len(columns))}
			for j, f := range columns {
				v := r.Values[f.Key]
				if f.Computed != nil {
					v = f.Computed(r, c)
				}
				line.cells[j] = clean(c.MaskText(f, v, model.Inside, s.lang, c.Today()))
			}
			out[keys[i]] = line
		}
		return nil
	})
	return out, err
}
