package db

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"taizhang/model"
)

func (r *search) prepare(s *Snapshot) error {
	words, err := readQuery(r.Text, s.schema, r.today)
	if err != nil {
		return err
	}
	if r.words = words; len(words) == 0 {
		r.done = true
		return nil
	}
	states := r.States
	if states == nil {
		states = []model.State{model.Final, model.Draft}
	}
	for _, st := range states {
		r.states[st] = true
	}
	for _, key := range r.Registers {
		if s.schema.Register(key) == nil {
			return refuse(ExitUsage, "没有“%s”这种台账", "there is no register %q", model.Shorten(key))
		}
	}
	var targets []*model.Register
	var denied *Refusal
	registers := s.schema.Registers
	if r.Registers != nil {
		registers = s.schema.All()
	}
	for _, reg := range registers {
		if r.Registers != nil && !slices.Contains(r.Registers, reg.Key) {
			continue
		}
		if err := model.Can(r.actor, model.ActView, reg); err != nil {
			denied = cmp.Or(denied, &Refusal{Code: ExitDenied, Words: model.AsWords(err), Cause: err})
			continue
		}
		sd := &searched{reg: reg, fields: map[string]*searchedField{}, blocks: map[uint64]uint32{},
			some: make([]map[Key]bool, len(words)), last: ^uint64(0)}
		for at, f := range reg.Fields {
			if sf := r.open(reg, f, at); sf != nil {
				sd.fields[f.Key] = sf
				for _, t := range s.targets([]*model.Field{f}) {
					if sd.refers = true; !slices.Contains(targets, t) {
						targets = append(targets, t)
					}
				}
			}
		}
		r.found = append(r.found, sd)
		r.jobs = append(r.jobs, func(s *Snapshot, stop time.Time) bool { return sd.judge(s, words, stop) })
	}
	if denied != nil && (r.Registers != nil || len(r.found) == 0) { // who asks for all gets what she may see
		return denied
	}
	for i, w := range words {
		w.names = s.newNames(w.needle, targets, func(t *model.Register) bool {
			f := r.open(t, t.Field(t.NameField), 0)
			return f != nil && !f.number
		})
		w.names.many = true
		r.name(s, i, w)
		for _, t := range w.names.registers {
			r.jobs = append(r.jobs, func(s *Snapshot, stop time.Time) bool { return w.names.look(s, t, stop) })
		}
		r.jobs = append(r.jobs, func(s *Snapshot, _ time.Time) bool {
			w.names.derive(s)
			r.refer(s, i, w)
			return true
		})
	}
	for _, sd := range r.found {
		sd.next = r.start(sd)
	}
	r.jobs = append(r.jobs, r.plan)
	return nil
}

// open says how a field may be looked into by the actor; nil: not at all.
func (r *search) open(reg *model.Register, f *model.Field, at int) *searchedField {
	handlers := f.Class == model.Handler && reg.Guarded() // who is none finds it blank, see seen
	if !f.Stored() || !handlers && !f.ShownTo(model.Inside) ||
		slices.Contains(r.Except, f.Key) || slices.Contains(r.Except, reg.Key+"."+f.Key) {
		return nil
	}
	sf := &searchedField{Field: f, pinyin: answersToPinyin(reg, f.Key, f), order: 1000 + at}
	switch {
	case f.Key == reg.NameField:
		sf.order = 0
	case f.Col > 0:
		sf.order = f.Col
	}
	if !handlers && !f.InFull(r.actor, model.Inside) {
		// Who may enter records has the number before her and looks for whose it is.
		if sf.number = numberKind(f) && model.Can(r.actor, model.ActEdit, reg) == nil; !sf.number {
			return nil
		}
	}
	for _, c := range f.Sub {
		if !handlers && !c.InFull(r.actor, model.Inside) {
			continue
		}
		sf.sub = append(sf.sub, &searchedField{Field: c, pinyin: sf.pinyin && pinyinType(c.Type)})
	}
	return sf
}

// judge asks the filters of a register, until the time is up: in a query of many
// words each filter is asked many things.
func (sd *searched) judge(s *Snapshot, words []*word, stop time.Time) (done bool) {
	b := filters(s.tx, sd.reg)
	if b == nil {
		return true
	}
	p, c := prefix(sd.reg.Letter), b.Cursor()
	if sd.judged == nil {
		sd.judged = p
	}
	for k, stored := c.Seek(sd.judged); bytes.HasPrefix(k, p); k, stored = c.Next() {
		if time.Now().After(stop) && !bytes.Equal(k, sd.judged) {
			sd.judged = bytes.Clone(k)
			return false
		}
		f, may := readFilter(stored), uint32(0)
		if f == nil {
			continue
		}
		for i, w := range words {
			if w.mayBe(f) {
				may |= 1 << i
			}
		}
		sd.blocks[readBlock(k)] = may
	}
	return true
}

// name notes which records a word names by their ids, and which refer to them.
func (r *search) name(s *Snapshot, i int, w *word) {
	for _, sd := range r.found {
		sd.some[i] = map[Key]bool{}
	}
	for _, id := range w.ids {
		letter, _, _, _ := model.SplitID(id)
		if sd := r.of(letter); sd != nil {
			if _, raw := s.find(id); raw != nil {
				key, _ := KeyOf(id)
				sd.some[i][key] = true
			}
		}
	}
	if w.whole != "" {
		r.note(s, i, &names{ids: map[string]bool{w.whole: true}})
	}
}

// refer notes which records refer to a name that answers to a word.
func (r *search) refer(s *Snapshot, i int, w *word) {
	if !w.names.many {
		r.note(s, i, w.names)
		return
	}
	for _, sd := range r.found {
		if sd.refers {
			sd.any |= 1 << i
		}
	}
}

func (r *search) note(s *Snapshot, i int, n *names) {
	n.referrers(s, func(letter string, key Key) {
		if sd := r.of(letter); sd != nil && sd.refers {
			sd.some[i][key] = true
		}
	})
}

func (r *search) of(letter string) *searched {
	for _, sd := range r.found {
		if sd.reg.Letter == letter {
			return sd
		}
	}
	return nil
}
