package db

import (
	"context"
	"sync"

	"taizhang/model"
)

// Book is a model.Book outside a visit: it reads what it is asked for in short
// visits and remembers it, so that printing thousands of rows that refer to the
// same people does not hold the lock. It shows each record as it was when first
// asked for.
type Book struct {
	ctx    context.Context
	ledger *Ledger

	mu      sync.Mutex
	records map[string]*model.Record
	walks   map[walk][]*model.Record
	err     error
}

// Book returns a Book whose visits end with ctx.
func (l *Ledger) Book(ctx context.Context) *Book {
	return &Book{ctx: ctx, ledger: l, records: map[string]*model.Record{}}
}

// Err is the first failure, since the methods of a model.Book return none. Who
// printed from a Book asks it before the file gets its name.
func (b *Book) Err() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

func (b *Book) visit(f func(*Snapshot)) {
	err := b.ledger.View(b.ctx, func(s *Snapshot) error {
		f(s)
		return nil
	})
	if err != nil && b.err == nil {
		b.err = err
	}
}

// Record implements model.Book.
func (b *Book) Record(id string) *model.Record {
	b.mu.Lock()
	defer b.mu.Unlock()
	r, ok := b.records[id]
	if !ok {
		b.visit(func(s *Snapshot) { r = s.Record(id) })
		b.records[id] = r
	}
	return r
}

// Named implements model.Book.
func (b *Book) Named(register, name string) (ids []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.visit(func(s *Snapshot) { ids = s.Named(register, name) })
	return ids
}

// Referring implements model.Book.
func (b *Book) Referring(register, id string) (ids []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.visit(func(s *Snapshot) { ids = s.Referring(register, id) })
	return ids
}
