package model

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// book is a ledger in memory for tests.
type book struct {
	records map[string]*Record
	serial  map[string]int
}

func newBook() *book { return &book{map[string]*Record{}, map[string]int{}} }

func (b *book) Record(id string) *Record { return b.records[id] }

func (b *book) Named(register, name string) []string {
	return b.where(register, func(r *Record) bool {
		f := r.Register.Field(r.Register.NameField)
		if f == nil || r.State == Void {
			return false
		}
		switch v := r.Values[f.Key].(type) {
		case string:
			return v == name
		case Ref:
			if p := b.records[v.ID]; p != nil {
				return p.Values["name"] == name
			}
			return v.Text == name
		}
		return false
	})
}

func (b *book) Referring(register, id string) []string {
	return b.where(register, func(r *Record) bool {
		return slices.ContainsFunc(r.Register.Fields, func(f *Field) bool {
			return slices.Contains(RefsIn(f, r.Values[f.Key]), Ref{ID: id})
		})
	})
}

func (b *book) Walk(register string, p Period, _ []string, fn func(*Record)) bool {
	for _, id := range b.where(register, func(r *Record) bool { return r.State == Final && (p.IsZero() || p.Contains(r.Date())) }) {
		fn(b.records[id])
	}
	return true
}

func (b *book) where(register string, fits func(*Record) bool) []string {
	var ids []string
	for id, r := range b.records {
		if r.Register.Key == register && fits(r) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// keep stores a record as it is, under the next id of its register and year
// 2027, and returns a reference to it.
func (b *book) keep(r *Record) Ref {
	if r.ID == "" {
		b.serial[r.Register.Letter]++
		r.ID = FormatID(r.Register.Letter, 2027, b.serial[r.Register.Letter])
	}
	r.Version++
	b.records[r.ID] = r
	return Ref{ID: r.ID}
}

// desk is a context with a book, a clerk 李敏 and the day 2027-03-10.
type desk struct {
	*Context
	*book
	t *testing.T
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	b := newBook()
	d := &desk{&Context{Schema: NewSchema(), Book: b, Now: time.Date(2027, 3, 10, 10, 0, 0, 0, Zone)}, b, t}
	clerk := b.keep(record(Staff, Values{"name": "李敏", "login": "limin", "roles": []string{"录入"}}))
	d.Actor = Actor{Staff: clerk.ID, Login: "limin", Roles: []Role{Clerk}}
	return d
}

func record(reg *Register, vals Values) *Record {
	r := NewRecord(reg)
	for k, v := range vals {
		r.Set(k, v)
	}
	return r
}

// read makes a record of typed texts: key, text, key, text…
func (d *desk) read(reg *Register, pairs ...string) (*Record, error) {
	d.t.Helper()
	var in []Input
	for i := 0; i < len(pairs); i += 2 {
		in = append(in, Input{pairs[i], pairs[i+1]})
	}
	vals, err := d.Read(reg, in)
	if err != nil {
		return nil, err
	}
	r := record(reg, vals)
	d.serial[reg.Letter]++
	r.ID = FormatID(reg.Letter, 2027, d.serial[reg.Letter])
	return r, d.Prepare(r, nil)
}

// add is read of a record that must be good, and keeps it.
func (d *desk) add(reg *Register, pairs ...string) *Record {
	d.t.Helper()
	r, err := d.read(reg, pairs...)
	if err != nil {
		d.t.Fatalf("%s %v: %s", reg.Key, pairs, Say(err, ZH))
	}
	d.keep(r)
	return r
}

// refused is read of a record that must be refused at that field.
func (d *desk) refused(field string, reg *Register, pairs ...string) {
	d.t.Helper()
	_, err := d.read(reg, pairs...)
	errs, ok := err.(Errors)
	if !ok {
		d.t.Errorf("%s %v: want a refusal at %s, got %v", reg.Key, pairs, field, err)
		return
	}
	if _, ok := errs.Of(field); !ok {
		d.t.Errorf("%s %v: want a refusal at %s, got %v", reg.Key, pairs, field, errs)
	}
	for _, e := range errs {
		if e.ZH == "" || e.EN == "" {
			d.t.Errorf("%s: refusal without words: %+v", reg.Key, e)
		}
	}
}

func onDay(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(fmt.Sprint(s, err))
	}
	return d
}
