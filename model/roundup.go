package model

// Roundup is what a report says of several records of a register at once, where
// that is no measure: 第一书记1人、书记兼主任1人. It is declared with the register and
// named in templates like a measure.
type Roundup struct {
	Key   string
	Words Words
	Say   func([]*Record, *Context) []Share
}

// Share is one item of a roundup: what, how many, and the ids of the records.
type Share struct {
	Words Words
	N     int64
	Unit  Words
	IDs   []string
}

// FindRoundup returns the roundup with that key or name, nil when there is none.
func (reg *Register) FindRoundup(name string) *Roundup {
	for i := range reg.Roundups {
		s := &reg.Roundups[i]
		if goesBy(name, s.Key, s.Words) {
			return s
		}
	}
	return nil
}

// staffByPost says who is in post on the context's day, each person once.
func staffByPost(staff []*Record, c *Context) (out []Share) {
	for _, l := range StaffByPost(staff, c.Today()) {
		out = append(out, Share{l.Words(), int64(len(l.IDs)), W("人", "persons"), l.IDs})
	}
	return out
}
