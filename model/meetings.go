package model

import (
	"cmp"
	"slices"
)

// MeetingRule says how often a Party branch holds a kind of meeting 三会一课.
type MeetingRule struct {
	Type  string // a term of MTYPE
	Times int    // a year, at least
	Basis Words
}

// branchRules is the basis of all that are built in: chapter 4 of the rules.
var branchRules = W("《中国共产党支部工作条例（试行）》第四章", "Rules on the work of Party branches (trial), ch. 4")

// groupMeeting is required only where a branch has groups on file.
const groupMeeting = "党小组会"

// MeetingRules are the rules as built in; an office changes the numbers in its
// settings (Deadlines.Meetings).
var MeetingRules = []MeetingRule{
	{"党员大会", 4, branchRules},
	{"支委会", 12, branchRules},
	{groupMeeting, 12, branchRules},
	{"主题党日", 12, branchRules},
	{"党课", 1, branchRules},
	{"组织生活会", 1, branchRules},
	{"民主评议", 1, branchRules},
	{"谈心谈话", 1, branchRules},
}

// MeetingRules are the rules that the office goes by.
func (d Deadlines) MeetingRules() []MeetingRule {
	out := make([]MeetingRule, 0, len(MeetingRules))
	for _, r := range MeetingRules {
		if r.Times = cmp.Or(d.Meetings[r.Type], r.Times); r.Times > 0 {
			out = append(out, r)
		}
	}
	return out
}

// periods are the stretches of the rule that end in the span: a month, a quarter
// or whatever divides the year evenly; else the years.
func (r MeetingRule) periods(span Period) (out []Period) {
	months := 12
	if 12%r.Times == 0 {
		months = 12 / r.Times
	}
	for day := NewDate(int(span.From.Year), 1, 1); !day.After(span.To); day = day.AddMonths(months) {
		if p := (Period{From: day, To: day.AddMonths(months).AddDays(-1)}); !p.To.Before(span.From) && !p.To.After(span.To) {
			out = append(out, p)
		}
	}
	return out
}

// MeetingCell is how a branch does with one kind of meeting in a span.
type MeetingCell struct {
	Rule     MeetingRule
	Required int       // in the span; 0: not asked for
	Held     []*Record // in the span up to the day
	Missing  []Period  // of those begun by the day, the ones without any
	Expected int64     // members, all meetings together
	Present  int64
}

// Late reports whether a period is over and nothing was held in it.
func (m *MeetingCell) Late(on Date) bool {
	return slices.ContainsFunc(m.Missing, func(p Period) bool { return on.After(p.To) })
}

// MeetingRow is a branch with its kinds of meeting, in the order of the rules.
type MeetingRow struct {
	Branch *Record
	Cells  []MeetingCell
}

// MeetingStrip sets against the rules what the Party branches held in a span, up
// to a day. What a branch's groups held counts for it. orgs and meetings may come
// in any order.
func (c *Context) MeetingStrip(orgs, meetings []*Record, span Period, on Date) []MeetingRow {
	branchOf, groups := map[string]string{}, map[string]int{}
	var rows []MeetingRow
	for _, o := range orgs {
		switch {
		case o.State != Final || OrgEnded.Has(o) && OrgEnded.Of(o).Last().Before(span.From):
		case OrgType.Of(o) == "党支部":
			branchOf[o.ID] = o.ID
			rows = append(rows, MeetingRow{Branch: o})
		case OrgType.Of(o) == "党小组":
			branchOf[o.ID] = OrgParent.Of(o).ID
			groups[OrgParent.Of(o).ID]++
		}
	}
	slices.SortFunc(rows, func(a, b MeetingRow) int { return cmp.Compare(a.Branch.ID, b.Branch.ID) })
	type of struct{ branch, kind string }
	held := map[of][]*Record{}
	for _, m := range meetings {
		if day := MeetingDate.Of(m); m.State == Final && !day.First().After(on) {
			k := of{branchOf[MeetingOrg.Of(m).ID], MeetingType.Of(m)}
			held[k] = append(held[k], m)
		}
	}
	for i := range rows {
		row := &rows[i]
		for _, rule := range c.Schema.Deadlines().MeetingRules() {
			cell := MeetingCell{Rule: rule}
			all := held[of{row.Branch.ID, rule.Type}]
			for _, m := range all {
				if span.Contains(MeetingDate.Of(m)) {
					cell.Held = append(cell.Held, m)
					cell.Expected += MeetingExpected.Of(m)
					cell.Present += MeetingPresent.Of(m)
				}
			}
			if rule.Type != groupMeeting || groups[row.Branch.ID] > 0 {
				cell.required(rule, row.Branch, all, span, on)
			}
			row.Cells = append(row.Cells, cell)
		}
	}
	return rows
}

// required counts the periods of a rule and those without a meeting.
func (m *MeetingCell) required(rule MeetingRule, branch *Record, held []*Record, span Period, on Date) {
	periods := rule.periods(span)
	per := 1
	if 12%rule.Times != 0 {
		per = rule.Times
	}
	for _, p := range periods {
		if p.To.Before(OrgFounded.Of(branch).First()) {
			continue
		}
		m.Required += per
		n := 0
		for _, r := range held {
			if p.Contains(MeetingDate.Of(r)) {
				n++
			}
		}
		if n < per && !p.From.After(on) {
			m.Missing = append(m.Missing, p)
		}
	}
}
