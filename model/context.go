package model

import "time"

// Book is what a rule may ask of the ledger while it looks at one record.
// Inside a write it answers from the transaction, so that what is checked is
// what is stored.
type Book interface {
	// Record returns a record by id, nil when there is none.
	Record(id string) *Record
	// Named returns the ids of a register's live records of exactly that name.
	Named(register, name string) []string
	// Referring returns the ids of a register's records that point at id.
	Referring(register, id string) []string
}

// Namer is a Book that knows the titles of records without reading them.
type Namer interface {
	// Name returns the title of a record, "" when it is not at hand.
	Name(id string) string
}

// Context is everything outside a record that its rules depend on. Time and
// actor are passed in here, never reached for.
type Context struct {
	Schema *Schema
	Book   Book
	Now    time.Time
	Actor  Actor
	Way    Way // how the version that is judged comes about

	Reason string // given with the version that is judged
	// Peer reports whether another administrator could confirm what this one
	// does; nil: none.
	Peer func() bool
	// Everybody is the privacy check with all people on file, which costs a look
	// at each of them; nil: not at hand, nothing is checked.
	Everybody func() (*Lint, error)
}

// Today is the civil date of now in Asia/Shanghai.
func (c *Context) Today() Date { return DateOf(c.Now) }

// On is the context of the same reader on another day.
func (c *Context) On(day Date) *Context {
	if day == c.Today() {
		return c
	}
	out := *c
	out.Now = time.Date(int(day.Year), time.Month(day.Month), int(day.Day), 12, 0, 0, 0, Zone)
	return &out
}

// Value is what a record holds under a field, computed where it is not stored.
func (c *Context) Value(r *Record, f *Field) any {
	if f.Computed != nil {
		return f.Computed(r, c)
	}
	return r.Values[f.Key]
}

// Title names a record for people: its name, or what its register makes of it.
// A record without any comes back as its id.
func (c *Context) Title(r *Record) string {
	t := ""
	if r.Shown == Sealed {
		return RestrictedWords.ZH
	}
	if r.Register.Title != nil {
		t = r.Register.Title(r, c)
	} else if f := r.Register.Field(r.Register.NameField); f != nil {
		t = c.Text(f, r.Values[f.Key], ZH)
	}
	if t == "" {
		return r.ID
	}
	return t
}

// NameOf returns the title of the record a reference points to, or its text.
func (c *Context) NameOf(ref Ref) string {
	if ref.ID == "" {
		return ref.Text
	}
	if n, ok := c.Book.(Namer); ok {
		if name := n.Name(ref.ID); name != "" {
			return name
		}
	}
	if c.Book != nil {
		if r := c.Book.Record(ref.ID); r != nil {
			return c.Title(r)
		}
	}
	return ref.ID
}
