package tui

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
)

// marks are the rows marked to be acted on. A mark belongs to a record: it stays
// when the order, the period or the filter change. "All" means the rows shown
// when it was said; what others enter later is not marked.
type marks struct {
	all  bool // all rows shown but those in set; else those in set
	set  map[db.Key]struct{}
	away map[db.Key]struct{} // marked, and not among the rows shown
	sums *sums               // of the marked; nil: not known
}

func (m *marks) has(k db.Key) bool {
	_, in := m.set[k]
	return in != m.all
}

// count is how many are marked, of rows shown.
func (m *marks) count(rows int) int {
	if m.all {
		return rows - len(m.set) + len(m.away)
	}
	return len(m.set) + len(m.away)
}

func (m *marks) any(rows int) bool { return m.count(rows) > 0 }

// unknown reports that there is something to add up.
func (m *marks) unknown(rows int) bool { return m.any(rows) && m.sums == nil }

func (m *marks) none() { *m = marks{} }

func (m *marks) put(set *map[db.Key]struct{}, k db.Key) {
	if *set == nil {
		*set = map[db.Key]struct{}{}
	}
	(*set)[k] = struct{}{}
}

// toggle marks a row, or releases it.
func (m *marks) toggle(k db.Key) {
	if _, in := m.set[k]; in {
		delete(m.set, k)
		return
	}
	m.put(&m.set, k)
}

// settle keeps the marks on their records when other rows are shown.
func (m *marks) settle(before, now []db.Key) {
	if !m.any(len(before)) {
		m.none()
		return
	}
	all := map[db.Key]struct{}{}
	for _, k := range m.of(before) {
		all[k] = struct{}{}
	}
	*m = marks{away: all}
	for _, k := range now {
		if _, ok := all[k]; ok {
			m.put(&m.set, k)
			delete(all, k)
		}
	}
}

// of lists the marked, those of the rows shown in their order first.
func (m *marks) of(rows []db.Key) []db.Key {
	out := make([]db.Key, 0, m.count(len(rows)))
	for _, k := range rows {
		if m.has(k) {
			out = append(out, k)
		}
	}
	for k := range m.away {
		out = append(out, k)
	}
	return out
}

// copy is for a command to read while the screen goes on.
func (m *marks) copy() marks {
	return marks{all: m.all, set: maps.Clone(m.set), away: maps.Clone(m.away)}
}

// mark marks the row and goes to the next; on the head of a group its records.
func (l *list) mark(s *session) tea.Cmd {
	g, k, ok := l.at(l.table.Cursor)
	if !ok {
		return nil
	}
	if k != 0 {
		l.toggle(k, len(l.keys))
		l.table.Move("down")
		return tea.Batch(l.fetch(s), l.retotal(s))
	}
	keys, marked := l.groups[g].keys, 0
	for _, k := range keys {
		if l.marks.has(k) {
			marked++
		}
	}
	for _, k := range keys { // all of the group, or none if all are
		if l.marks.has(k) == (marked == len(keys)) {
			l.marks.toggle(k)
		}
	}
	l.marks.sums = nil
	return l.retotal(s)
}

// toggle changes one mark, and the sum of the marked by what the row tells.
func (l *list) toggle(k db.Key, rows int) {
	known := l.marks.sums
	if known == nil && !l.marks.any(rows) && l.totals != nil {
		empty := newSums(l.totals.fields)
		known = &empty
	}
	l.marks.toggle(k)
	r, at := l.rows[k]
	if known == nil || !at || len(r.sums.values) != len(known.values) {
		l.marks.sums = nil
		return
	}
	sign := -1
	if l.marks.has(k) {
		sign = 1
	}
	known.merge(&r.sums, sign)
	l.marks.sums = known
}

// retotal adds up the marked if their sum does not follow from what is known.
func (l *list) retotal(s *session) tea.Cmd {
	if l.totals == nil || !l.marks.unknown(len(l.keys)) {
		return nil // the total of the rows is under way, or nothing is to be done
	}
	return l.total(s)
}

// markAll marks all rows shown, or none if all are.
func (l *list) markAll(s *session) tea.Cmd {
	n := len(l.keys)
	if l.marks.count(n)-len(l.marks.away) == n {
		l.marks.none()
		return nil
	}
	l.marks.all, l.marks.set, l.marks.sums = true, nil, nil
	if l.totals != nil && len(l.marks.away) == 0 {
		l.marks.sums = l.totals.clone()
	}
	return l.retotal(s)
}

// invert marks what is not marked of the rows shown.
func (l *list) invert(s *session) tea.Cmd {
	l.marks.all = !l.marks.all
	known := l.marks.sums
	l.marks.sums = nil
	if len(l.marks.away) == 0 && l.totals != nil && (known != nil || l.marks.all && len(l.marks.set) == 0) {
		rest := l.totals.clone()
		if known != nil {
			rest.merge(known, -1)
		}
		l.marks.sums = rest
	}
	return l.retotal(s)
}
