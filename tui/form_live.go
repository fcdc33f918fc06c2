package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
)

// live is the record as the form stands: what is typed so far, and what the
// program will make of it. Nothing in it is stored.
type live struct {
	texts  []string // of the fields, as they were read last
	values model.Values
	record *model.Record          // with the blanks filled as a save would
	errs   map[string]model.Words // what the register's rules have against it, by field
	known  map[string]*model.Record
	asked  map[string]bool // ids being read, or found missing
	done   bool
}

// liveBook answers the rules while a form is being filled in. A record it does
// not hold yet counts as unknown and is noted, to be read in a command.
type liveBook struct {
	*options
	live   *live
	wanted []string
	unsure bool // something was asked that only the file knows
}

// Record implements model.Book.
func (b *liveBook) Record(id string) *model.Record {
	if r := b.live.known[id]; r != nil {
		return r
	}
	b.unsure = true
	if !b.live.asked[id] && b.schema.OfID(id) != nil {
		b.live.asked[id] = true
		b.wanted = append(b.wanted, id)
	}
	return nil
}

// Referring implements model.Book.
func (b *liveBook) Referring(string, string) []string {
	b.unsure = true
	return nil
}

// knownMsg brings records that the form's rules asked for.
type knownMsg struct {
	form    *form
	records map[string]*model.Record
}

// think brings the live record up to date. It costs nothing while no text has
// changed, and otherwise reads only the fields that did.
func (f *form) think(s *session) tea.Cmd {
	if !f.ready {
		return nil
	}
	lv := &f.live
	if len(lv.texts) != len(f.fields) {
		*lv = live{texts: make([]string, len(f.fields)), values: model.Values{}, known: lv.known, asked: lv.asked}
	}
	if lv.known == nil {
		lv.known, lv.asked = map[string]*model.Record{}, map[string]bool{}
	}
	for i, e := range f.fields {
		text := e.text()
		if text == lv.texts[i] {
			continue
		}
		lv.texts[i], lv.done = text, false
		var v any
		if e.rows != nil {
			if rows := e.rows.values(f.ctx); len(rows) > 0 {
				v = rows
			}
		} else if e.note != nil { // every text is a value, and a long one slow to judge
			v = strings.TrimSpace(text)
		} else if read, err := f.ctx.Parse(e.f, text); err == nil {
			v = read
		}
		if model.Blank(v) {
			delete(lv.values, e.f.Key)
		} else {
			lv.values[e.f.Key] = v
		}
	}
	if lv.done {
		return nil
	}
	lv.done = true
	r := model.NewRecord(f.reg)
	r.ID = f.id
	if f.stored != nil { // what only the program fills, and what is not in this form
		for k, v := range f.stored.Values {
			r.Values[k] = v
		}
		for _, e := range f.fields {
			delete(r.Values, e.f.Key)
		}
	}
	for k, v := range lv.values {
		r.Values[k] = v
	}
	book := &liveBook{options: f.opts, live: lv}
	c := *f.ctx
	c.Book = book
	if f.reg.Fill != nil {
		f.reg.Fill(r, &c)
	}
	clear(lv.errs)
	if f.reg.Check != nil {
		for _, e := range f.reg.Check(r, &c) {
			if lv.errs == nil {
				lv.errs = map[string]model.Words{}
			}
			if lv.errs[e.Field.Key] == (model.Words{}) && lv.values[e.Field.Key] != nil {
				lv.errs[e.Field.Key] = e.Words
			}
		}
	}
	for _, fd := range f.reg.Fields {
		if fd.Computed == nil {
			continue
		}
		book.unsure = false
		v := fd.Computed(r, &c)
		if m, zero := v.(model.Money); book.unsure || zero && m == 0 {
			v = nil
		}
		r.Set(fd.Key, v)
	}
	lv.record = r
	return f.fetch(s, book.wanted)
}

// fetch reads the records the rules asked for.
func (f *form) fetch(s *session, ids []string) tea.Cmd {
	if len(ids) == 0 || s.ledger == nil {
		return nil
	}
	ids = slices.Clone(ids)
	return func() tea.Msg {
		msg := knownMsg{form: f, records: map[string]*model.Record{}}
		_ = s.view(func(sn *db.Snapshot) error { // without them the form only says less
			for _, id := range ids {
				if r, err := sn.Get(id); err == nil {
					msg.records[id] = r
				}
			}
			return nil
		})
		return msg
	}
}

// learn takes records that were read.
func (f *form) learn(msg knownMsg) {
	for id, r := range msg.records {
		f.live.known[id] = r
	}
	f.live.done = false
}

// forget drops what was read, after someone saved something.
func (f *form) forget() {
	clear(f.live.known)
	clear(f.live.asked)
	f.live.texts, f.live.done = nil, false
	for _, e := range f.fields {
		if e.rows != nil {
			e.rows.unread()
		}
	}
}

// willBe is what a save would put into a field that is blank, as text.
func (f *form) willBe(e *editor) string {
	r := f.live.record
	if r == nil || e.list != nil || e.text() != "" {
		return ""
	}
	return clean(f.ctx.Text(e.f, r.Values[e.f.Key], f.opts.lang))
}

// against is what the record as it stands has against a field that is filled.
func (f *form) against(e *editor) model.Words {
	if e.err != (model.Words{}) {
		return e.err
	}
	return f.live.errs[e.f.Key]
}

var _ model.Namer = (*liveBook)(nil)
