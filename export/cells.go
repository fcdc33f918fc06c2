package export

import (
	"taizhang/db"
	"taizhang/model"
)

// cells makes the lines of a table from records as they lie in the file. Only
// what is a column is read, and a value that came before is known by its bytes:
// most columns hold few different ones. What a value looks like depends on
// nothing else of its record.
//
// It is for audiences from whom no record is withheld.
type cells struct {
	t        *table
	c        *model.Context
	column   map[string]int // by key
	known    []map[string]string
	computed []int // columns that need the whole record
	line     []string
}

const (
	cellBytes = 64   // a longer value is not remembered
	cellCount = 2000 // values remembered in a column
)

func newCells(t *table, c *model.Context) *cells {
	s := &cells{t: t, c: c, column: map[string]int{}, known: make([]map[string]string, len(t.fields)), line: make([]string, len(t.fields)+1)}
	for i, f := range t.fields {
		if f.Computed != nil {
			s.computed = append(s.computed, i)
			continue
		}
		s.column[f.Key] = i
		s.known[i] = map[string]string{}
	}
	return s
}

// of is the line of a record: its id and the cells. It is good until the next.
func (s *cells) of(e db.Encoded) ([]string, error) {
	clear(s.line)
	s.line[0] = e.ID()
	err := e.Each(func(key, value []byte) bool {
		if i, ok := s.column[string(key)]; ok {
			s.line[i+1] = s.text(i, e, value)
		}
		return true
	})
	if err != nil || len(s.computed) == 0 {
		return s.line, err
	}
	r, err := e.Record()
	if err != nil {
		return nil, err
	}
	for _, i := range s.computed {
		s.line[i+1] = s.t.cell(s.c, s.t.fields[i], s.t.fields[i].Computed(r, s.c))
	}
	return s.line, nil
}

func (s *cells) text(i int, e db.Encoded, value []byte) string {
	known, f := s.known[i], s.t.fields[i]
	text, ok := known[string(value)]
	if !ok {
		text = s.t.cell(s.c, f, e.Value(f.Key, value))
		if len(value) <= cellBytes && len(known) < cellCount {
			known[string(value)] = text
		}
	}
	return text
}
