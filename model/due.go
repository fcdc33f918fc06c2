package model

import (
	"cmp"
	"slices"
)

// Due is a date to watch 时限: what is to be done about a record, by when and by
// whom. A register declares which its records have; see Register.Due.
type Due struct {
	Key    string // stable name in JSON, within the register
	Day    Date
	Words  Words // what is to be done: 书面告知
	Who    Ref   // who is responsible; blank: nobody in particular
	Ahead  int   // so many days before the day it begins to stand among what is to be done; 0: 3
	Lapses bool  // a right that is gone once the day is past: not overdue
}

// usualAhead is how many days ahead of its day a matter is to be done.
const usualAhead = 3

// dueBack is how far back most registers look for what was left open, in days.
const dueBack = 400

// overFor is for how many days what has ended by itself, an agreement or the term
// of an honour, is spoken of.
const overFor = 60

// Stands reports whether it is among what is to be done on a day, or within so
// many days from it; within < 0 takes each matter's own.
func (d Due) Stands(on Date, within int) bool {
	if within < 0 {
		within = cmp.Or(d.Ahead, usualAhead)
	}
	left := on.DaysUntil(d.Day.Last())
	return !d.Day.IsZero() && left <= within && (left >= 0 || !d.Lapses)
}

// DuesOf lists the dates to watch of a final record, the earliest first.
func (c *Context) DuesOf(r *Record) []Due {
	if r.Register.Due == nil || r.State != Final {
		return nil
	}
	out := slices.DeleteFunc(r.Register.Due(r, c), func(d Due) bool { return d.Day.IsZero() })
	slices.SortStableFunc(out, func(a, b Due) int { return a.Day.Compare(b.Day) })
	return out
}
