package db

import (
	"strings"

	"taizhang/model"
)

// Walk implements model.Walker: the date index chooses, and of each record no
// more is decoded than the fields named. It holds the lock for some milliseconds
// in each thousand records, once for the same question.
func (s *Snapshot) Walk(register string, p model.Period, fields []string, fn func(*model.Record)) bool {
	at := walk{register, p, strings.Join(fields, " ")}
	list, ok := s.walks[at]
	if !ok {
		var err error
		if list, err = s.List(walkQuery(register, p, fields)); err != nil {
			s.fault = err
			return false
		}
		if s.walks == nil {
			s.walks = map[walk][]*model.Record{}
		}
		s.walks[at] = list
	}
	return walked(list, fn)
}

// walkQuery asks for one record more than may be walked.
func walkQuery(register string, p model.Period, fields []string) Query {
	return Query{Register: register, Period: &p, Fields: fields, States: []model.State{model.Final}, Limit: model.MostWalked + 1}
}

func walked(list []*model.Record, fn func(*model.Record)) bool {
	if len(list) > model.MostWalked {
		return false
	}
	for _, r := range list {
		fn(r)
	}
	return true
}

// walk names what a Book was asked to walk through.
type walk struct {
	register string
	period   model.Period
	fields   string
}

// Walk implements model.Walker. It reads without holding the lock, and what it
// has read it remembers: thousands of records may ask for the same sum.
func (b *Book) Walk(register string, p model.Period, fields []string, fn func(*model.Record)) bool {
	b.mu.Lock()
	at := walk{register, p, strings.Join(fields, " ")}
	list, ok := b.walks[at]
	if !ok {
		var err error
		if list, err = b.ledger.List(b.ctx, walkQuery(register, p, fields)); err != nil && b.err == nil {
			b.err = err
		}
		if b.walks == nil {
			b.walks = map[walk][]*model.Record{}
		}
		b.walks[at] = list
	}
	failed := b.err != nil
	b.mu.Unlock()
	return !failed && walked(list, fn)
}
