// Package sampletest keeps a ledger in memory, for tests of what is written from
// one: what reports read, the book behind it, and what the sample is written to.
package sampletest

import (
	"testing"
	"time"

	"taizhang/model"
	"taizhang/model/sample"
)

// Shelf is the ledger in memory. Records are numbered by register in 2026.
type Shelf struct {
	C       *model.Context
	ByID    map[string]*model.Record
	Records []*model.Record // in the order of entry

	t      testing.TB
	serial map[*model.Register]int
}

// New is an empty one, read by a clerk in January 2027.
func New(t testing.TB) *Shelf {
	s := &Shelf{t: t, ByID: map[string]*model.Record{}, serial: map[*model.Register]int{}}
	s.C = &model.Context{Schema: model.NewSchema(), Book: s, Now: time.Date(2027, 1, 10, 9, 0, 0, 0, model.Zone),
		Actor: model.Actor{Staff: "S-2026-0001", Roles: []model.Role{model.Clerk}}}
	return s
}

// Community is one with the sample community in its report year.
func Community(t testing.TB) *Shelf {
	s := New(t)
	if err := sample.Fill(s, model.NewDate(2027, 1, 10), 0); err != nil {
		t.Fatal(err)
	}
	return s
}

// Only is one whose scans give a part of the records; all can still be looked up.
func (s *Shelf) Only(keep func(int) bool) *Shelf {
	out := &Shelf{t: s.t, ByID: map[string]*model.Record{}, serial: map[*model.Register]int{}}
	c := *s.C
	c.Book = out
	out.C = &c
	for i, r := range s.Records {
		if keep(i) {
			out.Records = append(out.Records, r)
		}
		out.ByID[r.ID] = r
		out.serial[r.Register]++
	}
	return out
}

// Context implements what reports read from, as do Unit and Scan.
func (s *Shelf) Context() *model.Context { return s.C }

// Unit is the community's name.
func (s *Shelf) Unit() string { return sample.Name }

// Record implements model.Book, as do Named, Referring and Walk.
func (s *Shelf) Record(id string) *model.Record { return s.ByID[id] }

// Named finds records by the field that names them.
func (s *Shelf) Named(register, name string) (ids []string) {
	for _, r := range s.Records {
		if f := r.Register.Field(r.Register.NameField); f != nil && r.Register.Key == register && r.Values[f.Key] == any(name) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// Referring finds nothing: no report asks.
func (s *Shelf) Referring(string, string) []string { return nil }

// Walk is Scan that cannot be stopped.
func (s *Shelf) Walk(register string, p model.Period, _ []string, fn func(*model.Record)) bool {
	return s.Scan(register, p, func(r *model.Record) error { fn(r); return nil }) == nil
}

// Scan gives the final records of a register in a period, newest first.
func (s *Shelf) Scan(register string, p model.Period, fn func(*model.Record) error) error {
	for i := len(s.Records) - 1; i >= 0; i-- {
		if r := s.Records[i]; r.Register.Key == register && r.State == model.Final && (p.IsZero() || p.Contains(r.Date())) {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// Add implements sample.Writer: the values that the rules derive are set; nothing
// is refused.
func (s *Shelf) Add(register string, entries []sample.Entry) (ids []string, err error) {
	reg := s.C.Schema.Register(register)
	for _, e := range entries {
		s.serial[reg]++
		r := &model.Record{Register: reg, ID: model.FormatID(reg.Letter, 2026, s.serial[reg]), Version: 1, Values: e.Values, Created: model.Stamp{At: e.At}}
		if reg.Fill != nil {
			reg.Fill(r, s.C)
		}
		s.Records = append(s.Records, r)
		s.ByID[r.ID] = r
		ids = append(ids, r.ID)
	}
	return ids, nil
}

// Put puts a record.
func (s *Shelf) Put(register string, v model.Values) *model.Record {
	s.t.Helper()
	ids, err := s.Add(register, []sample.Entry{{Values: v, At: s.C.Now}})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.ByID[ids[0]]
}

// Held puts an activity.
func (s *Shelf) Held(on model.Date, title string, people int64, more model.Values) *model.Record {
	v := model.Values{"date": on, "title": title, "attend_total": people, "held": "已举办", "role": "主办", "level": "社区", "lines": []string{"文体"}}
	for k, x := range more {
		v[k] = x
	}
	return s.Put("activity", v)
}

// Day is a day of the report year.
func Day(m, d int) model.Date { return model.NewDate(2026, m, d) }
