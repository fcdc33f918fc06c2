package model

import (
	"slices"
	"time"
)

// State of a record (not of the matter it describes).
type State uint8

const (
	Final   State = iota // entered, counts
	Draft                // begun, counts nowhere
	Void                 // withdrawn with a reason 作废; kept, counts nowhere
	Deleted              // in the recycle bin 回收站; found by its id alone
)

// Live reports whether a record in the state is in use: listed, offered, named
// by others.
func (s State) Live() bool { return s == Final || s == Draft }

// String is the form used in files and JSON.
func (s State) String() string { return [...]string{"final", "draft", "void", "deleted"}[s] }

// Words names the state on screen.
func (s State) Words() Words {
	return [...]Words{{"有效", "final"}, {"草稿", "draft"}, {"作废", "void"}, {"已删除", "deleted"}}[s]
}

// Stamp says who did something and when (UTC).
type Stamp struct {
	By string // id of the staff record
	At time.Time
}

// Values are the contents of a record by field key. A key that the declaration
// does not know (written by a newer program, or the office's own) is kept as
// plain data and goes back into the file untouched.
type Values map[string]any

// Row is one row of a list inside a record, by the keys of Field.Sub.
type Row = map[string]any

// Ref points to a record by id, or holds text where the field allows it.
// Exactly one of the two is set.
type Ref struct{ ID, Text string }

// IsZero reports whether the reference is blank.
func (r Ref) IsZero() bool { return r.ID == "" && r.Text == "" }

// String is the id or the text: the form of JSON and files.
func (r Ref) String() string {
	if r.ID != "" {
		return r.ID
	}
	return r.Text
}

// Record is one entry of a register.
type Record struct {
	ID       string // A-2026-0317; "" until it is stored
	Register *Register
	Version  int // 1 for the first
	State    State
	Created  Stamp
	Updated  Stamp
	Values   Values
	Shown    Shown // how much of it is here for who reads it
}

// NewRecord returns an empty record of a register.
func NewRecord(reg *Register) *Record {
	return &Record{Register: reg, Values: Values{}}
}

// Get returns the value under a key, nil when blank.
func (r *Record) Get(key string) any { return r.Values[key] }

// Set stores a value; a blank one removes the key, so that "never filled" and
// "emptied" are the same bytes in the file.
func (r *Record) Set(key string, v any) {
	if Blank(v) {
		delete(r.Values, key)
		return
	}
	r.Values[key] = v
}

// Date is the civil date under which the record is listed and counted: the
// register's date field, or the day it was entered.
func (r *Record) Date() Date {
	if d, ok := r.Values[r.Register.DateField].(Date); ok {
		return d
	}
	if p, ok := r.Values[r.Register.DateField].(PeriodKey); ok {
		return p.Span().To
	}
	if r.Created.At.IsZero() {
		return Date{}
	}
	return DateOf(r.Created.At)
}

// Clone copies the record so that changing the copy leaves the original alone.
func (r *Record) Clone() *Record {
	c := *r
	c.Values = make(Values, len(r.Values))
	for k, v := range r.Values {
		c.Values[k] = v // values are never changed in place
	}
	return &c
}

// Blank reports whether a value counts as not filled. Zero numbers and "no"
// are answers, not blanks.
func Blank(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return x == ""
	case []string:
		return len(x) == 0
	case Ref:
		return x.IsZero()
	case []Ref:
		return len(x) == 0
	case []Row:
		return len(x) == 0
	case Date:
		return x.IsZero()
	case Occasion:
		return x.Name == ""
	case PeriodKey:
		return x == ""
	}
	return false
}

// Equal compares two values of a field.
func Equal(a, b any) bool {
	if Blank(a) || Blank(b) {
		return Blank(a) && Blank(b)
	}
	switch x := a.(type) {
	case []string:
		y, ok := b.([]string)
		return ok && equalSlices(x, y, func(p, q string) bool { return p == q })
	case []Ref:
		y, ok := b.([]Ref)
		return ok && equalSlices(x, y, func(p, q Ref) bool { return p == q })
	case []Row:
		y, ok := b.([]Row)
		return ok && equalSlices(x, y, equalMaps)
	case []any:
		y, ok := b.([]any)
		return ok && equalSlices(x, y, Equal)
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && equalMaps(x, y)
	}
	return a == b
}

func equalSlices[T any](a, b []T, same func(T, T) bool) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

func equalMaps(a, b map[string]any) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		w, ok := b[k]
		if !ok || !Equal(v, w) {
			return false
		}
	}
	return true
}

// Changed lists the keys whose values differ between two versions, in the
// order of the declaration, unknown keys last.
func Changed(reg *Register, before, after Values) []string {
	var keys []string
	for _, f := range reg.AllFields() {
		if f.Stored() && !Equal(before[f.Key], after[f.Key]) {
			keys = append(keys, f.Key)
		}
	}
	seen := map[string]bool{}
	for _, vs := range []Values{before, after} {
		for _, k := range vs.Unknown(reg) {
			if !seen[k] && !Equal(before[k], after[k]) {
				keys = append(keys, k)
			}
			seen[k] = true
		}
	}
	return keys
}

// Unknown lists the keys that the register does not declare, sorted.
func (v Values) Unknown(reg *Register) []string {
	var keys []string
	for k := range v {
		if reg.Field(k) == nil {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}
