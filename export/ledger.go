package export

import (
	"context"

	"taizhang/db"
	"taizhang/model"
)

// Ledger is a Source over a ledger file. It remembers what records refer to and
// fetches that for many records in one visit, so that no row costs a visit of
// its own.
type Ledger struct {
	// Query narrows the records of its register; others are read whole.
	Query db.Query
	// Keys are the records of the Query's register that are read, in this order,
	// in place of what the Query chooses; nil: by the Query.
	Keys []db.Key
	// Progress is told how far a scan is; nil: nobody.
	Progress db.Progress

	ctx   context.Context
	l     *db.Ledger
	c     *model.Context
	seq   uint64
	hash  string
	known map[string]*model.Record // nil: there is none
	back  map[backRef][]string     // what refers to the records in hand
	hand  []*model.Record          // being given to whoever scans
	fault error                    // met where a method cannot return one
}

// backRef asks which records of a register point at a record.
type backRef struct{ register, id string }

const (
	chunk = 100    // records whose references are fetched in one visit
	keep  = 50_000 // records remembered at most
)

// FromLedger reads a ledger as the actor may.
func FromLedger(ctx context.Context, l *db.Ledger, actor model.Actor) (*Ledger, error) {
	s := &Ledger{ctx: ctx, l: l, known: map[string]*model.Record{}, back: map[backRef][]string{}}
	s.c = &model.Context{Schema: l.Schema(), Book: s, Now: l.Now(), Actor: actor}
	seq, hash, err := l.Head(ctx)
	s.seq, s.hash = seq, hash.Short()
	return s, err
}

// Context implements Source.
func (s *Ledger) Context() *model.Context { return s.c }

// Unit implements Source.
func (s *Ledger) Unit() string { return s.l.Info().Community }

// Head implements Source: the head at the time the reading began.
func (s *Ledger) Head() (seq uint64, hash string) { return s.seq, s.hash }

// Err is what went wrong while answering the model's questions. Scan returns it
// too.
func (s *Ledger) Err() error { return s.fault }

// Scan implements Source.
func (s *Ledger) Scan(register string, period model.Period, fn func(*model.Record) error) error {
	if s.fault != nil { // what is remembered may be wrong
		return s.fault
	}
	q := db.Query{Register: register}
	if s.Query.Register == register {
		q = s.Query
	}
	if s.Keys != nil && s.Query.Register == register {
		return s.Each(register, s.Keys, nil, func(_ db.Key, r *model.Record) error {
			if r.State != model.Final {
				return nil
			}
			return fn(r)
		})
	}
	q.States, q.Fields = []model.State{model.Final}, nil
	if !period.IsZero() {
		q.Period = &period
	}
	var waiting []*model.Record
	give := func() error {
		if err := s.fetch(waiting); err != nil {
			return err
		}
		s.hand = waiting
		for _, r := range waiting {
			if err := fn(r); err != nil {
				return err
			}
			if s.fault != nil {
				return s.fault
			}
		}
		waiting = waiting[:0]
		return nil
	}
	err := s.l.Scan(s.ctx, q, s.Progress, func(r *model.Record) error {
		if waiting = append(waiting, r); len(waiting) < chunk {
			return nil
		}
		return give()
	})
	if err != nil {
		return err
	}
	return give()
}

// fetch remembers what the records refer to, and what that refers to in turn: a
// visit names a person, the person's household, the household's compound.
func (s *Ledger) fetch(records []*model.Record) error {
	clear(s.back)
	if len(s.known) > keep {
		clear(s.known)
	}
	ids := s.unknown(records)
	if len(ids) == 0 {
		return nil
	}
	err := s.l.View(s.ctx, func(sn *db.Snapshot) error {
		for range 3 {
			var found []*model.Record
			for _, id := range ids {
				if r := sn.Record(id); r != nil {
					s.known[id] = r
					found = append(found, r)
				}
			}
			ids = s.unknown(found)
		}
		return nil
	})
	if err != nil {
		s.fault = err
	}
	return err
}

// unknown lists what the records refer to and was never asked for, and notes it
// as absent.
func (s *Ledger) unknown(records []*model.Record) (ids []string) {
	for _, r := range records {
		for _, f := range r.Register.Fields {
			for _, ref := range model.RefsIn(f, r.Values[f.Key]) {
				if _, ok := s.known[ref.ID]; !ok && ref.ID != "" {
					s.known[ref.ID] = nil
					ids = append(ids, ref.ID)
				}
			}
		}
	}
	return ids
}

// Record implements model.Book.
func (s *Ledger) Record(id string) *model.Record {
	if r, ok := s.known[id]; ok {
		return r
	}
	s.look(func(sn *db.Snapshot) { s.known[id] = sn.Record(id) })
	return s.known[id]
}

// Named implements model.Book.
func (s *Ledger) Named(register, name string) (ids []string) {
	s.look(func(sn *db.Snapshot) { ids = sn.Named(register, name) })
	return ids
}

// Referring implements model.Book. Whoever asks it of one record in hand will ask
// it of the next, so it is looked up for all of them at once.
func (s *Ledger) Referring(register, id string) []string {
	ask := backRef{register, id}
	if ids, ok := s.back[ask]; ok {
		return ids
	}
	s.look(func(sn *db.Snapshot) {
		s.back[ask] = sn.Referring(register, id)
		for _, r := range s.hand {
			ids := sn.Referring(register, r.ID)
			s.back[backRef{register, r.ID}] = ids
			for _, id := range ids {
				if _, ok := s.known[id]; !ok {
					s.known[id] = sn.Record(id)
				}
			}
		}
	})
	return s.back[ask]
}

// look visits the ledger for an answer. When it fails the scan does: whether a
// record may be shown can hang on the answer.
func (s *Ledger) look(fn func(*db.Snapshot)) {
	err := s.l.View(s.ctx, func(sn *db.Snapshot) error {
		fn(sn)
		return nil
	})
	if err != nil && s.fault == nil {
		s.fault = err
	}
}
