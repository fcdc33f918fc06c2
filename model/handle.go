package model

// Handle gives compile-time safety to code that means one particular field:
// ActivityAttendTotal.Of(rec) is an int64. A handle that does not fit its
// declaration fails the test of this package.
type Handle[T any] struct{ register, key string }

// Key is the field's key.
func (h Handle[T]) Key() string { return h.key }

// Of returns the value, or the zero value when the field is blank.
func (h Handle[T]) Of(r *Record) T {
	v, _ := r.Values[h.key].(T)
	return v
}

// Has reports whether the field is filled.
func (h Handle[T]) Has(r *Record) bool { return !Blank(r.Values[h.key]) }

// Set stores a value; a blank one clears the field.
func (h Handle[T]) Set(r *Record, v T) { r.Set(h.key, v) }

// handles lists every handle with a sample of its type, for the test.
var handles []struct {
	register, key string
	zero          any
}

func handle[T any](register, key string) Handle[T] {
	var zero T
	handles = append(handles, struct {
		register, key string
		zero          any
	}{register, key, zero})
	return Handle[T]{register, key}
}
