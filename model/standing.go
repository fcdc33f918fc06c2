package model

// InForce keeps of records that tell how things stood (see Register.Standing)
// those in force on a day: of each key the latest final one not dated after it.
// Of two of one day the one entered later counts. The zero day is the last of all. Other registers' records come
// back as they are.
func InForce(records []*Record, day Date) []*Record {
	if day.IsZero() {
		day = NewDate(MaxYear, 12, 31)
	}
	at := map[string]int{}
	var out []*Record
	for _, r := range records {
		if r.Register.Standing == nil {
			out = append(out, r)
			continue
		}
		if !r.Counted() || r.Date().First().After(day) {
			continue
		}
		key := r.Register.Key + " " + r.Register.Standing(r)
		i, seen := at[key]
		switch {
		case !seen:
			at[key] = len(out)
			out = append(out, r)
		case later(r, out[i]):
			out[i] = r
		}
	}
	return out
}

// later says whether a was dated, or on the same day entered, after b.
func later(a, b *Record) bool {
	if c := a.Date().Compare(b.Date()); c != 0 {
		return c > 0
	}
	return a.ID > b.ID
}

// stoodBetween says of a thing with a beginning and an end, both inclusive and
// blank where not known, whether it stood on a day.
func stoodBetween(from, to string) func(*Record, Date) bool {
	return func(r *Record, on Date) bool {
		first, _ := r.Get(from).(Date)
		last, _ := r.Get(to).(Date)
		if on.IsZero() { // all time: what still stands
			return last.IsZero()
		}
		return !first.First().After(on) && (last.IsZero() || !last.Last().Before(on))
	}
}

// one community: its profile and its population stand for the whole.
func whole(*Record) string { return "" }
