package ingest

import (
	"context"
	"strings"
	"time"

	"taizhang/db"
	"taizhang/model"
)

// book answers what the rules ask of the ledger while rows are judged. It is
// told of some hundred rows ahead and fetches what they name in one visit, and
// whatever is asked of one of them it looks up for all: no row costs a visit of
// its own.
type book struct {
	*db.Book // what is added up
	ctx      context.Context
	schema   *model.Schema
	view     func(context.Context, func(*db.Snapshot) error) error // one visit
	fault    error                                                 // met where a method cannot return one

	records map[string]*model.Record // nil: there is none
	named   map[asked][]string
	back    map[asked][]string // what refers to an id
	held    map[asked][]string // who has a number
	dated   map[days][]string
	hand    []string            // ids that the rows ahead name, and what those belong to
	cells   map[string][]string // what the rows ahead have in a field, by its key
}

// asked is a question about a register: for a name, an id, or a number in a
// field.
type asked struct {
	register, field, text string
	most                  int
}

// days asks what is dated between two of them.
type days struct {
	register string
	from, to model.Date
	most     int
}

const (
	ahead  = 1000                  // rows that are fetched for together
	keep   = 50_000                // records remembered at most
	deep   = 3                     // a visit names a person, the person's household, the household's compound
	learnt = 20                    // records that point at one, fetched with it
	moment = 25 * time.Millisecond // for which one visit copies out
)

func newBook(ctx context.Context, l *db.Ledger) *book {
	return &book{Book: l.Book(ctx), ctx: ctx, schema: l.Schema(), view: l.View, records: map[string]*model.Record{}, named: map[asked][]string{}}
}

// Err is the first failure.
func (b *book) Err() error {
	if b.fault != nil {
		return b.fault
	}
	return b.Book.Err()
}

// visit copies out one thing after another, for a moment at a time.
func (b *book) visit(n int, each func(*db.Snapshot, int)) {
	for i := 0; i < n && b.fault == nil; {
		b.fault = b.view(b.ctx, func(s *db.Snapshot) error {
			stop := time.Now().Add(moment)
			for first := i; i < n && (i-first < 16 || time.Now().Before(stop)); i++ {
				each(s, i)
			}
			return nil
		})
	}
}

// cell is what a row has in a field, as it will be read.
type cell struct {
	field *model.Field
	text  string
}

// ready fetches what rows name: records by id or name, and those they belong to.
// of is the register that the rows are of.
func (b *book) ready(of *model.Register, cells []cell) {
	if len(b.records) > keep || len(b.named) > keep {
		clear(b.records)
		clear(b.named)
	}
	b.hand, b.cells = nil, map[string][]string{}
	b.back, b.held, b.dated = map[asked][]string{}, map[asked][]string{}, map[days][]string{}
	taken := map[string]bool{}
	take := func(id string) {
		if !taken[id] {
			taken[id] = true
			b.hand = append(b.hand, id)
		}
	}
	var names []asked
	for _, c := range cells {
		text, _ := model.Clean(strings.Join(strings.Fields(c.text), " "))
		if text == "" {
			continue
		}
		b.cells[c.field.Key] = append(b.cells[c.field.Key], text)
		if id := model.TidyID(text); b.schema.OfID(id) != nil {
			take(id)
			continue
		}
		refs := c.field.Refs
		if c.field.Key == of.NameField && of.Doubts != nil && c.field.Type != model.TypeRef {
			refs = []string{of.Key}
		}
		for _, register := range refs {
			q := asked{register: register, text: text}
			if _, ok := b.named[q]; !ok {
				b.named[q] = nil
				names = append(names, q)
			}
			for _, id := range b.named[q] {
				take(id)
			}
		}
	}
	b.visit(len(names), func(s *db.Snapshot, i int) {
		b.named[names[i]] = s.Named(names[i].register, names[i].text)
	})
	for _, q := range names {
		for _, id := range b.named[q] {
			take(id)
		}
	}
	level := b.hand
	for range deep {
		b.visit(len(level), func(s *db.Snapshot, i int) { b.learn(s, level[i]) })
		from := len(b.hand)
		for _, id := range level {
			rec := b.records[id]
			if rec == nil {
				continue
			}
			for _, f := range rec.Register.Fields {
				for _, ref := range model.RefsIn(f, rec.Values[f.Key]) {
					if ref.ID != "" {
						take(ref.ID)
					}
				}
			}
		}
		level = b.hand[from:]
	}
}

// learn remembers one record.
func (b *book) learn(s *db.Snapshot, id string) {
	if _, ok := b.records[id]; !ok {
		b.records[id] = s.Record(id)
	}
}

// Record implements model.Book.
func (b *book) Record(id string) *model.Record {
	if _, ok := b.records[id]; !ok {
		b.visit(1, func(s *db.Snapshot, _ int) { b.learn(s, id) })
	}
	return b.records[id]
}

// Named implements model.Book.
func (b *book) Named(register, name string) []string {
	q := asked{register: register, text: name}
	if _, ok := b.named[q]; !ok {
		b.visit(1, func(s *db.Snapshot, _ int) { b.named[q] = s.Named(register, name) })
	}
	return b.named[q]
}

// Referring implements model.Book.
func (b *book) Referring(register, id string) []string {
	q := asked{register: register, text: id}
	like := func() (out []string) {
		for _, other := range b.hand {
			if b.schema.OfID(other) == b.schema.OfID(id) {
				out = append(out, other)
			}
		}
		return out
	}
	b.all(b.back, q, like, func(s *db.Snapshot, q asked) []string {
		ids := s.Referring(register, q.text)
		for _, from := range ids[max(0, len(ids)-learnt):] {
			b.learn(s, from)
		}
		return ids
	})
	return b.back[q]
}

// Holding implements model.Finder.
func (b *book) Holding(register, field, value string, most int) []string {
	q := asked{register, field, value, most}
	numbers := func() (out []string) {
		for _, text := range b.cells[field] {
			out = append(out, model.SameNumbers(text)...)
		}
		return out
	}
	b.all(b.held, q, numbers, func(s *db.Snapshot, q asked) []string {
		ids := s.Holding(register, field, q.text, most)
		for _, id := range ids {
			b.learn(s, id)
		}
		return ids
	})
	return b.held[q]
}

// all answers a question, and where it was not asked before the same question of
// everything like it that is at hand.
func (b *book) all(known map[asked][]string, q asked, like func() []string, answer func(*db.Snapshot, asked) []string) {
	if _, ok := known[q]; ok {
		return
	}
	list := []asked{q}
	known[q] = nil
	for _, text := range like() {
		other := asked{q.register, q.field, text, q.most}
		if _, ok := known[other]; !ok {
			known[other] = nil
			list = append(list, other)
		}
	}
	b.visit(len(list), func(s *db.Snapshot, i int) { known[list[i]] = answer(s, list[i]) })
}

// Between implements model.Finder.
func (b *book) Between(register string, from, to model.Date, most int) []string {
	q := days{register, from, to, most}
	if _, ok := b.dated[q]; !ok {
		b.visit(1, func(s *db.Snapshot, _ int) {
			b.dated[q] = s.Between(register, from, to, most)
			for _, id := range b.dated[q] {
				b.learn(s, id)
			}
		})
	}
	return b.dated[q]
}
