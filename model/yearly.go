package model

// LeastYear is the least that a measure came to in any complete year of a period,
// and which year that was: 每年都达 (domain.md §6). A year counts that lies in the
// period as a whole and is over; one without any record came to nothing. A period
// of zero begins with the year of the first record that counts. ok is false when
// no year is complete.
func (reg *Register) LeastYear(c *Context, m *Measure, records []*Record, p Period) (least Tally, year int, ok bool) {
	byYear := map[int][]*Record{}
	first := int(c.Today().Year)
	for _, r := range records {
		y := int(r.Date().Year)
		byYear[y] = append(byYear[y], r)
		if r.Counted() {
			first = min(first, y)
		}
	}
	if p.IsZero() {
		p = Period{NewDate(first, 1, 1), c.Today()}
	}
	for y := int(p.From.Year); y <= int(p.To.Year); y++ {
		span := YearOf(NewDate(y, 1, 1))
		if span.From.Before(p.From) || span.To.After(p.To) || !span.To.Before(c.Today()) {
			continue
		}
		t := reg.Tally(c, m, byYear[y])
		if !ok || t.Value < least.Value {
			least, year, ok = t, y, true
		}
	}
	return least, year, ok
}
