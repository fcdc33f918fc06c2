package export

import (
	"context"
	"slices"
	"time"

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
	known map[string]*other    // what records refer to; nil: there is none
	taken []*other             // those of them that were taken apart
	back  map[backRef][]string // what refers to the records in hand
	hand  []string             // ids of those being given to whoever scans
	walks *db.Book             // remembers what was added up
	fault error                // met where a method cannot return one
}

// other is a record that others refer to, taken apart when first asked for:
// most often only its name is.
type other struct {
	db.Encoded
	whole *model.Record
}

// backRef asks which records of a register point at a record.
type backRef struct{ register, id string }

const (
	chunk = 1000   // records whose references are fetched together
	keep  = 50_000 // records remembered at most
	apart = 2000   // of them taken apart, which is several times as large
	deep  = 3      // a visit names a person, the person's household, the household's compound
)

// FromLedger reads a ledger as the actor may.
func FromLedger(ctx context.Context, l *db.Ledger, actor model.Actor) (*Ledger, error) {
	s := &Ledger{ctx: ctx, l: l, known: map[string]*other{}, back: map[backRef][]string{}}
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
	if s.byKeys(register) {
		return s.Each(register, s.Keys, nil, func(_ db.Key, r *model.Record) error {
			if r.State != model.Final {
				return nil
			}
			return fn(r)
		})
	}
	return s.scan(register, period, func(e db.Encoded) error {
		r, err := e.Record()
		if err != nil {
			return err
		}
		return fn(r)
	})
}

// Reversed implements Source: one history each of what was made void, which is
// little.
func (s *Ledger) Reversed(register string, fn func(*model.Record, string) error) error {
	list, err := s.l.List(s.ctx, db.Query{Register: register, States: []model.State{model.Void}})
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.Register.Paid == nil || !r.Register.Paid(r) {
			continue
		}
		past, err := s.l.History(s.ctx, r.ID)
		if err != nil {
			return err
		}
		reason, undone := "", false
		for _, v := range past {
			switch model.Action(v.Entry.Action) {
			case model.ActVoid:
				reason, undone = v.Entry.Reason, false
			case model.ActUndo: // entered by mistake and taken back: no money went out
				undone = v.Record.State == model.Void
			}
		}
		if undone {
			continue
		}
		if err := fn(r, reason); err != nil {
			return err
		}
	}
	return s.fault
}

// byKeys reports that a register is read by the keys that a list holds.
func (s *Ledger) byKeys(register string) bool { return s.Keys != nil && s.Query.Register == register }

// scan is Scan for records as they lie in the file, and not by keys.
func (s *Ledger) scan(register string, period model.Period, fn func(db.Encoded) error) error {
	if s.fault != nil { // what is remembered may be wrong
		return s.fault
	}
	q := db.Query{Register: register}
	if s.Query.Register == register {
		q = s.Query
	}
	q.States, q.Fields = []model.State{model.Final}, nil
	if !period.IsZero() {
		q.Period = &period
	}
	return s.l.ScanEncoded(s.ctx, q, s.Progress, func(all []db.Encoded) error {
		for part := range slices.Chunk(all, chunk) {
			var ids, refs []string
			for _, e := range part {
				ids = append(ids, e.ID())
				e.Refs(func(id string) { refs = append(refs, id) })
			}
			if err := s.fetch(ids, refs); err != nil {
				return err
			}
			for _, e := range part {
				if err := fn(e); err != nil {
					return err
				}
				if s.fault != nil {
					return s.fault
				}
			}
		}
		return s.ctx.Err()
	})
}

// fetch takes records in hand by their ids, and remembers what they refer to and
// what that refers to in turn. Copying it out is all that is done under the lock, and for a moment at a time.
func (s *Ledger) fetch(hand, refs []string) error {
	s.hand = hand
	clear(s.back)
	if len(s.known) > keep {
		clear(s.known)
	}
	if len(s.taken) > apart || len(s.known) == 0 {
		for _, o := range s.taken {
			o.whole = nil
		}
		clear(s.taken)
		s.taken = s.taken[:0]
	}
	type want struct {
		id    string
		level int
	}
	var queue []want
	ask := func(id string, level int) {
		if _, ok := s.known[id]; !ok && level < deep {
			s.known[id] = nil
			queue = append(queue, want{id, level})
		}
	}
	for _, id := range refs {
		ask(id, 0)
	}
	for len(queue) > 0 {
		err := s.l.View(s.ctx, func(sn *db.Snapshot) error {
			stop := time.Now().Add(moment)
			for n := 1; len(queue) > 0 && (n%64 != 0 || time.Now().Before(stop)); n++ {
				w := queue[0]
				queue = queue[1:]
				e, ok, err := sn.Encoded(w.id)
				if err != nil {
					return err
				}
				if ok {
					s.known[w.id] = &other{Encoded: e}
					e.Refs(func(id string) { ask(id, w.level+1) })
				}
			}
			return nil
		})
		if err != nil {
			s.fault = err
			return err
		}
	}
	return nil
}

// moment is how long one visit copies out.
const moment = 25 * time.Millisecond

// Record implements model.Book.
func (s *Ledger) Record(id string) *model.Record {
	if _, ok := s.known[id]; !ok {
		s.look(func(sn *db.Snapshot) error { return s.learn(sn, id) })
	}
	o := s.known[id]
	if o == nil {
		return nil
	}
	if o.whole == nil {
		r, err := o.Encoded.Record()
		if err != nil {
			s.blame(err)
			return nil
		}
		o.whole, s.taken = r, append(s.taken, o)
	}
	return o.whole
}

// learn remembers one record.
func (s *Ledger) learn(sn *db.Snapshot, id string) error {
	e, ok, err := sn.Encoded(id)
	if err != nil {
		return err
	}
	s.known[id] = nil
	if ok {
		s.known[id] = &other{Encoded: e}
	}
	return nil
}

// Name implements model.Namer by reading no more than the name.
func (s *Ledger) Name(id string) string {
	if o := s.known[id]; o != nil {
		return o.Name()
	}
	return ""
}

// Named implements model.Book.
func (s *Ledger) Named(register, name string) (ids []string) {
	s.look(func(sn *db.Snapshot) error {
		ids = sn.Named(register, name)
		return nil
	})
	return ids
}

// Referring implements model.Book. Whoever asks it of one record in hand will ask
// it of the next, so it is looked up for all of them at once.
func (s *Ledger) Referring(register, id string) []string {
	ask := backRef{register, id}
	if ids, ok := s.back[ask]; ok {
		return ids
	}
	s.look(func(sn *db.Snapshot) error {
		s.back[ask] = sn.Referring(register, id)
		for _, id := range s.hand {
			ids := sn.Referring(register, id)
			s.back[backRef{register, id}] = ids
			for _, id := range ids {
				if _, ok := s.known[id]; !ok {
					if err := s.learn(sn, id); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	return s.back[ask]
}

// Walk implements model.Walker, without holding the lock.
func (s *Ledger) Walk(register string, p model.Period, fields []string, fn func(*model.Record)) bool {
	if s.walks == nil {
		s.walks = s.l.Book(s.ctx)
	}
	ok := s.walks.Walk(register, p, fields, fn)
	s.blame(s.walks.Err())
	return ok
}

// look visits the ledger for an answer. When it fails the scan does: whether a
// record may be shown can hang on the answer.
func (s *Ledger) look(fn func(*db.Snapshot) error) { s.blame(s.l.View(s.ctx, fn)) }

// blame keeps the first fault.
func (s *Ledger) blame(err error) {
	if s.fault == nil {
		s.fault = err
	}
}
