package report

import (
	"slices"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/model/sample"
)

// shelf is a ledger in memory: a Source and the book behind it.
type shelf struct {
	t       testing.TB
	c       *model.Context
	byID    map[string]*model.Record
	records []*model.Record
	scans   int
}

func (s *shelf) Context() *model.Context        { return s.c }
func (s *shelf) Unit() string                   { return sample.Name }
func (s *shelf) Record(id string) *model.Record { return s.byID[id] }
func (s *shelf) Named(register, name string) (ids []string) {
	for _, r := range s.records {
		if f := r.Register.Field(r.Register.NameField); f != nil && r.Register.Key == register && r.Values[f.Key] == any(name) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
func (s *shelf) Referring(string, string) []string { return nil }

func (s *shelf) Walk(register string, p model.Period, _ []string, fn func(*model.Record)) bool {
	return s.Scan(register, p, func(r *model.Record) error { fn(r); return nil }) == nil
}

func (s *shelf) Scan(register string, p model.Period, fn func(*model.Record) error) error {
	s.scans++
	for i := len(s.records) - 1; i >= 0; i-- {
		if r := s.records[i]; r.Register.Key == register && r.State == model.Final && (p.IsZero() || p.Contains(r.Date())) {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// Add implements sample.Writer: the rules' own derived values are set, what they
// refuse is refused.
func (s *shelf) Add(register string, entries []sample.Entry) (ids []string, err error) {
	reg := s.c.Schema.Register(register)
	for _, e := range entries {
		r := &model.Record{Register: reg, Version: 1, Values: e.Values, Created: model.Stamp{At: e.At}}
		n := 1
		for _, o := range s.records {
			if o.Register == reg {
				n++
			}
		}
		r.ID = model.FormatID(reg.Letter, 2026, n)
		if reg.Fill != nil {
			reg.Fill(r, s.c)
		}
		s.records = append(s.records, r)
		s.byID[r.ID] = r
		ids = append(ids, r.ID)
	}
	return ids, nil
}

func newShelf(t testing.TB) *shelf {
	s := &shelf{t: t, byID: map[string]*model.Record{}}
	s.c = &model.Context{Schema: model.NewSchema(), Book: s, Now: time.Date(2027, 1, 10, 9, 0, 0, 0, model.Zone),
		Actor: model.Actor{Staff: "S-2026-0001", Roles: []model.Role{model.Clerk}}}
	return s
}

var full *shelf

// community is the sample community in its report year.
func community(t testing.TB) *shelf {
	if full == nil {
		s := newShelf(t)
		if err := sample.Fill(s, model.NewDate(2027, 1, 10), 0); err != nil {
			t.Fatal(err)
		}
		full = s
	}
	return full
}

func (s *shelf) put(register string, v model.Values) *model.Record {
	s.t.Helper()
	ids, err := s.Add(register, []sample.Entry{{Values: v, At: s.c.Now}})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.byID[ids[0]]
}

// held puts an activity.
func (s *shelf) held(on model.Date, title string, people int64, more model.Values) *model.Record {
	v := model.Values{"date": on, "title": title, "attend_total": people, "held": "已举办", "role": "主办", "level": "社区", "lines": []string{"文体"}}
	for k, x := range more {
		v[k] = x
	}
	return s.put("activity", v)
}

func day(m, d int) model.Date { return model.NewDate(2026, m, d) }

var year2026 = model.YearOf(model.NewDate(2026, 1, 1))

// fill fills a text of one template.
func fill(t testing.TB, s *shelf, src string, job Job) *Document {
	t.Helper()
	tpl, err := ParseText(src, s.c.Schema, nil)
	if err != nil {
		t.Fatalf("%s\n%v", src, model.Say(err, model.ZH))
	}
	if job.Period.IsZero() {
		job.Period = year2026
	}
	doc, err := tpl.Fill(s, job)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func text(t testing.TB, s *shelf, src string) string {
	t.Helper()
	d := fill(t, s, src, Job{})
	out := d.Text()
	if out != "" {
		out = out[:len(out)-1]
	}
	return out
}

func has(list []string, s string) bool { return slices.Contains(list, s) }
