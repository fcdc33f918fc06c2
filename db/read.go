package db

import (
	"bytes"
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Snapshot is the ledger at one moment, inside View. It implements model.Book.
// Records it returns stay valid afterwards and must not be changed in place.
type Snapshot struct {
	tx     *bolt.Tx
	schema *model.Schema
	cache  map[string]*model.Record
	walks  map[walk][]*model.Record
	fault  error // damage met where a method cannot return an error

	// Who reads, see seen.
	whole bool // everything is given out
	login func() (string, error)
	asked bool
	who   string
}

func (l *Ledger) snapshot(tx *bolt.Tx) *Snapshot {
	return &Snapshot{tx: tx, schema: l.Schema(), cache: map[string]*model.Record{}, login: l.login}
}

// View runs fn on the ledger as it is at one moment. It holds the lock, shared
// with other readers, while fn runs: fn must neither wait nor read more than
// some hundred records; Ledger.Scan and Ledger.Keys are for more. fn's error is
// returned as it is.
func (l *Ledger) View(ctx context.Context, fn func(*Snapshot) error) error {
	return l.visit(ctx, false, func(tx *bolt.Tx) error {
		s := l.snapshot(tx)
		if err := fn(s); err != nil {
			return err
		}
		return s.fault
	})
}

// Revision is the number of the last transaction; see Ledger.Revision.
func (s *Snapshot) Revision() uint64 { return uint64(s.tx.ID()) }

// raw returns the bytes of a record for who reads, nil when there is none.
func (s *Snapshot) raw(reg *model.Register, key Key) []byte { return s.seen(reg, s.stored(reg, key)) }

// stored returns the bytes of a record as they lie in the file.
func (s *Snapshot) stored(reg *model.Register, key Key) []byte {
	b := s.tx.Bucket(bucketRecords(reg.Key))
	if b == nil {
		return nil
	}
	return b.Get(key.bytes())
}

// find returns the register and the bytes of an id for who reads.
func (s *Snapshot) find(id string) (*model.Register, []byte) {
	reg, raw := s.findStored(id)
	return reg, s.seen(reg, raw)
}

// findStored is find for the bytes as they lie in the file.
func (s *Snapshot) findStored(id string) (*model.Register, []byte) {
	reg := s.schema.OfID(id)
	key, ok := KeyOf(id)
	if reg == nil || !ok {
		return nil, nil
	}
	return reg, s.stored(reg, key)
}

// Record implements model.Book. A record that cannot be read counts as absent
// here, and makes the whole visit fail.
func (s *Snapshot) Record(id string) *model.Record {
	if r, ok := s.cache[id]; ok {
		return r
	}
	reg, raw := s.find(id)
	if raw == nil {
		return nil
	}
	r, _, err := decodeRecord(reg, raw)
	if err != nil {
		s.fault = damaged(id, err)
		return nil
	}
	s.cache[id] = r
	return r
}

// Name implements model.Namer by reading no more than the name.
func (s *Snapshot) Name(id string) string {
	reg, raw := s.find(id)
	if raw == nil {
		return ""
	}
	return nameIn(reg, raw)
}

// nameIn reads the title of a stored record where that is a field of its own.
func nameIn(reg *model.Register, raw []byte) string {
	if reg.Title != nil || reg.NameField == "" {
		return ""
	}
	var one [1][]byte
	name, _ := decodeText(fields(raw, one[:], reg.NameField)[0])
	return name
}

// Named implements model.Book. Where a register is named by another record, as
// a household by its head, that record's name finds it.
func (s *Snapshot) Named(register, name string) (ids []string) {
	reg := s.schema.Register(register)
	if reg == nil || name == "" {
		return nil
	}
	p := append(append(prefix(reg.Letter), name...), 0)
	eachWithPrefix(s.tx.Bucket(indexName), p, func(k, _ []byte) bool {
		if len(k) == len(p)+keyLength {
			ids = append(ids, readKey(k).ID(reg))
		}
		return true
	})
	if f := reg.Field(reg.NameField); f != nil && f.Type == model.TypeRef {
		for _, target := range f.Refs {
			if target == register {
				continue
			}
			for _, id := range s.Named(target, name) {
				for _, from := range s.Referring(register, id) {
					if r := s.Record(from); r != nil && r.State.Live() && r.Values[f.Key] == (model.Ref{ID: id}) {
						ids = append(ids, from)
					}
				}
			}
		}
	}
	return ids
}

// Referring implements model.Book: void records included, deleted ones not, in
// the order of their ids.
func (s *Snapshot) Referring(register, id string) (ids []string) {
	reg := s.schema.Register(register)
	if reg == nil {
		return nil
	}
	p := append(prefix(id), prefix(reg.Letter)...)
	eachWithPrefix(s.tx.Bucket(indexBack), p, func(k, _ []byte) bool {
		if key := readKey(k); s.refers(reg, key, id) {
			ids = append(ids, key.ID(reg))
		}
		return true
	})
	return ids
}

// refers reports whether what the reader may see of a record refers to id: the
// index knows more.
func (s *Snapshot) refers(reg *model.Register, key Key, id string) (is bool) {
	if s.whole || !reg.Guarded() {
		return true
	}
	if e, err := encoded(reg, s.raw(reg, key)); err == nil {
		e.Refs(func(to string) { is = is || to == id })
	}
	return is
}

// Get returns a record for editing or printing, after comparing its hash with
// the journal's. An unknown id is a *model.Problem.
func (s *Snapshot) Get(id string) (*model.Record, error) {
	r, _, err := s.checked(id)
	return r, err
}

func (s *Snapshot) checked(id string) (*model.Record, []byte, error) {
	reg, raw := s.findStored(id)
	if raw == nil {
		return nil, nil, errNotFound(id)
	}
	r, _, err := s.proven(reg, id, raw)
	if err != nil {
		return nil, nil, err
	}
	return s.seenVersion(r, r), raw, nil
}

// proven decodes a stored version of a record whose hash the journal confirms.
func (s *Snapshot) proven(reg *model.Register, id string, raw []byte) (*model.Record, Entry, error) {
	r, seq, err := decodeRecord(reg, raw)
	if err != nil {
		return nil, Entry{}, damaged(id, err)
	}
	e, ok, err := s.Entry(seq)
	if err != nil {
		return nil, Entry{}, err
	}
	if !ok || r.ID != id || e.ID != id || e.Version != r.Version || e.Record != hashRecord(raw) {
		return nil, Entry{}, damaged(fmt.Sprintf("%s 第%d版与流水不符 version does not match the journal", id, r.Version), nil)
	}
	return r, e, nil
}

// version returns one version of a record, for writes, which see everything.
func (s *Snapshot) version(reg *model.Register, id string, version int) (*model.Record, error) {
	key, _ := KeyOf(id)
	if b := s.tx.Bucket(bucketHistory(reg.Key)); b != nil {
		if raw := b.Get(versionKey(key, version)); raw != nil {
			r, _, err := s.proven(reg, id, raw)
			return r, err
		}
	}
	r, err := s.Get(id)
	if err == nil && r.Version != version {
		err = damaged(fmt.Sprintf("%s 缺少第%d版 version missing", id, version), nil)
	}
	return r, err
}

// Version is one version of a record with the journal entry that made it: who,
// when, what, why, and which fields.
type Version struct {
	Record *model.Record
	Entry  Entry
}

// History returns all versions of a record, oldest first.
func (s *Snapshot) History(id string) ([]Version, error) {
	reg, raw := s.findStored(id)
	if raw == nil {
		return nil, errNotFound(id)
	}
	now, _, err := s.proven(reg, id, raw)
	if err != nil {
		return nil, err
	}
	var out []Version
	add := func(raw []byte) error {
		r, e, err := s.proven(reg, id, raw)
		if err == nil && r.Version != len(out)+1 {
			err = damaged(fmt.Sprintf("%s 缺少第%d版 version missing", id, len(out)+1), nil)
		}
		if err == nil {
			r = s.seenVersion(r, now)
			out = append(out, Version{r, silent(r, e)})
		}
		return err
	}
	if b := s.tx.Bucket(bucketHistory(reg.Key)); b != nil {
		key, _ := KeyOf(id)
		p, c := key.bytes(), b.Cursor()
		for k, v := c.Seek(p); k != nil && bytes.HasPrefix(k, p); k, v = c.Next() {
			if err := add(v); err != nil {
				return nil, err
			}
		}
	}
	return out, add(raw)
}

// Option is a record as a picker offers it.
type Option struct{ ID, Name string }

// Options returns the live records of a register by name, for pickers. A
// register without a name of its own gives its titles, read record by record.
func (s *Snapshot) Options(register string) []Option {
	reg := s.schema.Register(register)
	if reg == nil {
		return nil
	}
	var out []Option
	if f := reg.Field(reg.NameField); f == nil || f.Type != model.TypeText {
		c := &model.Context{Schema: s.schema, Book: s}
		recs := s.tx.Bucket(bucketRecords(reg.Key))
		if recs == nil {
			return nil
		}
		eachWithPrefix(recs, nil, func(k, _ []byte) bool {
			if r := s.Record(readKey(k).ID(reg)); r != nil && r.State.Live() {
				out = append(out, Option{r.ID, c.Title(r)})
			}
			return true
		})
		return out
	}
	p := prefix(reg.Letter)
	eachWithPrefix(s.tx.Bucket(indexName), p, func(k, _ []byte) bool {
		if name := k[len(p):]; len(name) > keyLength {
			out = append(out, Option{readKey(k).ID(reg), string(name[:len(name)-keyLength-1])})
		}
		return true
	})
	return out
}
