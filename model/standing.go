package model

// InForce keeps of records that tell how things stood (see Register.Standing)
// those in force on a day: of each key the latest final one not dated after it.
// Of two of one day the one entered later counts. Other registers' records come
// back as they are.
func InForce(records []*Record, day Date) []*Record {
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
		key := r.Register.Standing(r)
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

// one community: its profile and its population stand for the whole.
func whole(*Record) string { return "" }
