package model

// LeastYear is the least that a measure came to in any complete year: 每年都达
// (domain.md §6).
type LeastYear struct {
	Tally                      // of the least year
	Year, First, Last int      // which one it is, and the years that were looked at
	All               []string // ids of the records of all of them
}

// LeastYear finds the least of the complete years up to a day: those that are
// over then, and over today. They begin with the year of the first record that
// counts, or with the last n of them; n 0 is all. A year without any record came
// to nothing. ok is false when no year is complete.
func (reg *Register) LeastYear(c *Context, m *Measure, records []*Record, to Date, n int) (least LeastYear, ok bool) {
	if c.Today().Before(to) {
		to = c.Today()
	}
	last := int(to.Year)
	if to.Before(YearOf(to).To) {
		last--
	}
	first, byYear := last+1, map[int][]*Record{}
	for _, r := range records {
		if d := r.Date(); r.Counted() && !d.IsZero() && int(d.Year) <= last {
			byYear[int(d.Year)] = append(byYear[int(d.Year)], r)
			first = min(first, int(d.Year))
		}
	}
	if n > 0 {
		first = max(first, last-n+1)
	}
	for y := first; y <= last; y++ {
		t := reg.Tally(c.For(m, YearOf(NewDate(y, 1, 1))), m, byYear[y])
		if y == first || t.Value < least.Value {
			least.Tally, least.Year = t, y
		}
		least.All = append(least.All, t.IDs...)
	}
	least.First, least.Last = first, last
	return least, first <= last
}
