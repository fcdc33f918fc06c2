package model

import "slices"

// Two files of one person happen: entered twice by two clerks, or under a name
// with another character. Joining keeps one record, fills its blanks from the
// other, unites lists, and turns every reference to the other towards it.

// ActMerge joins a record and another that turned out to be of the same thing.
const ActMerge Action = "merge"

// Joined is what a kept record becomes by another of the same register.
type Joined struct {
	Values Values   // what changes in it
	Differ []string // keys in which both are filled and say different things: the kept one stands
}

// Join compares two records of one register field by field. What the register
// fills by itself is left to it.
func Join(keep, other *Record) Joined {
	out := Joined{Values: Values{}}
	for _, f := range keep.Register.AllFields() {
		if f.Stored() && !f.Auto {
			out.field(f, f.Key, keep, other)
		}
	}
	for _, key := range other.Values.Unknown(other.Register) {
		out.field(nil, key, keep, other)
	}
	return out
}

func (j *Joined) field(f *Field, key string, keep, other *Record) {
	mine, theirs := keep.Values[key], Retarget(other.Values[key], other.ID, keep.ID)
	if ref, ok := theirs.(Ref); ok && ref.ID == keep.ID {
		return // the other named this one, which cannot name itself
	}
	switch {
	case Blank(theirs), Equal(mine, theirs):
	case Blank(mine):
		j.Values[key] = theirs
	default:
		if all, ok := unite(f, mine, theirs); !ok {
			j.Differ = append(j.Differ, key)
		} else if !Equal(all, mine) {
			j.Values[key] = all
		}
	}
}

// unite puts what two lists hold into one, each thing once; not ok for what
// holds only one thing.
func unite(f *Field, mine, theirs any) (all any, ok bool) {
	switch x := mine.(type) {
	case []string:
		y, ok := theirs.([]string)
		return addMissing(x, y, func(a, b string) bool { return a == b }), ok
	case []Ref:
		y, ok := theirs.([]Ref)
		return addMissing(x, y, func(a, b Ref) bool { return a == b }), ok
	case []Row:
		y, ok := theirs.([]Row)
		if !ok || f == nil || f.One {
			return nil, false
		}
		return addMissing(x, y, equalMaps), true
	}
	return nil, false
}

func addMissing[T any](x, y []T, same func(a, b T) bool) []T {
	all := slices.Clone(x)
	for _, v := range y {
		if !slices.ContainsFunc(all, func(had T) bool { return same(had, v) }) {
			all = append(all, v)
		}
	}
	return all
}

// Retarget returns a value in which every reference to one id is one to another;
// a list that then names it twice names it once. The value itself is not changed.
func Retarget(v any, from, to string) any {
	switch x := v.(type) {
	case Ref:
		if x.ID == from {
			return Ref{ID: to}
		}
	case []Ref:
		if slices.Contains(x, Ref{ID: from}) {
			var out []Ref
			for _, ref := range x {
				if ref.ID == from {
					ref.ID = to
				}
				if !slices.Contains(out, ref) {
					out = append(out, ref)
				}
			}
			return out
		}
	case []Row:
		out := make([]Row, len(x))
		for i, row := range x {
			out[i] = make(Row, len(row))
			for key, cell := range row {
				out[i][key] = Retarget(cell, from, to)
			}
		}
		return out
	}
	return v
}

// Turn makes every reference of r to one record a reference to another. A record
// is never made to name itself: such a field is cleared.
func Turn(r *Record, from, to string) {
	for _, f := range r.Register.AllFields() {
		v := r.Values[f.Key]
		turned := Retarget(v, from, to)
		if Equal(v, turned) {
			continue
		}
		if ref, ok := turned.(Ref); ok && ref.ID == r.ID {
			turned = nil
		}
		r.Set(f.Key, turned)
	}
}
