package model

import (
	"cmp"
	"slices"
)

// MeetingRule says how often a Party branch holds a kind of meeting 三会一课.
type MeetingRule struct {
	Type  string // a term of MTYPE
	Short Words  // its name where there is little room
	Times int    // a year, at least
	Basis Words
	Talk  bool // goes on between two people: nobody is entitled to be there, so there is no half of them
}

// branchRules is the basis of all that are built in: chapter 4 of the rules.
var branchRules = W("《中国共产党支部工作条例（试行）》第四章", "Rules on the work of Party branches (trial), ch. 4")

// groupMeeting is required only where a branch has groups on file.
const groupMeeting = "党小组会"

// meetingLecture is asked of the branch's secretary once a year 书记党课: one that
// somebody else gave does not stand for it.
const meetingLecture = "党课"

// MeetingsCount says which meetings count as held; see Context.proper.
var MeetingsCount = W("到会超过应到的半数才算已开；党课要由书记讲。", "Held counts where more than half of those entitled came; lectures where a secretary gave them.")

// MeetingRules are the rules as built in; an office changes the numbers in its
// settings (Deadlines.Meetings).
var MeetingRules = []MeetingRule{
	{Type: "党员大会", Short: W("大会", "all"), Times: 4, Basis: branchRules},
	{Type: "支委会", Short: W("支委", "board"), Times: 12, Basis: branchRules},
	{Type: groupMeeting, Short: W("小组", "group"), Times: 12, Basis: branchRules},
	{Type: "主题党日", Short: W("党日", "day"), Times: 12, Basis: branchRules},
	{Type: meetingLecture, Short: W("党课", "lect."), Times: 1, Basis: branchRules},
	{Type: "组织生活会", Short: W("生活", "life"), Times: 1, Basis: branchRules},
	{Type: "民主评议", Short: W("评议", "review"), Times: 1, Basis: branchRules},
	{Type: "谈心谈话", Short: W("谈心", "talks"), Times: 1, Basis: branchRules, Talk: true},
}

// MeetingRules are the rules that the office goes by.
func (d Deadlines) MeetingRules() []MeetingRule {
	out := make([]MeetingRule, 0, len(MeetingRules))
	for _, r := range MeetingRules {
		if r.Times = d.MeetingTimes(r); r.Times > 0 {
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
	Held     []*Record // in the span up to the day, properly
	Short    []*Record // where not more than half of those entitled came: not held as the rules ask
	Others   []*Record // lectures that no secretary gave
	Missing  []Period  // of those begun by the day, the ones without enough
	Expected int64     // members, all meetings together, short ones too
	Present  int64
}

// All are the meetings behind the cell, those that do not count among them.
func (m *MeetingCell) All() []*Record { return slices.Concat(m.Held, m.Short, m.Others) }

// Lacking are the periods without enough meetings: those that are over on a day,
// and what still runs.
func (m *MeetingCell) Lacking(on Date) (over, runs []Period) {
	for _, p := range m.Missing {
		if on.After(p.To) {
			over = append(over, p)
		} else {
			runs = append(runs, p)
		}
	}
	return over, runs
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

// proper says how a meeting of a branch counts for a rule:
//   - more than half of those entitled must have come; where nobody wrote how many
//     were, it counts;
//   - a lecture counts when the branch's secretary gave it, or who was secretary or
//     first secretary of the community that day: the rules ask for 书记党课.
func (c *Context) proper(rule MeetingRule, branch, m *Record) (short, other bool) {
	short = !rule.Talk && halfMissed(m)
	if rule.Type == meetingLecture {
		who := MeetingLecturer.Of(m)
		other = who != OrgSecretary.Of(branch) && !c.wasSecretary(who, MeetingDate.Of(m).Last())
	}
	return short, other
}

// wasSecretary says whether a member of staff was secretary or first secretary on
// a day.
func (c *Context) wasSecretary(who Ref, day Date) bool {
	staff := c.at(who)
	if staff == nil || staff.Register != Staff {
		return false
	}
	posts := PostsOn(staff, day)
	return contains(posts, "书记") || contains(posts, "第一书记")
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
			var counts []*Record
			for _, m := range held[of{row.Branch.ID, rule.Type}] {
				inside := span.Contains(MeetingDate.Of(m))
				to := &cell.Held
				switch short, other := c.proper(rule, row.Branch, m); {
				case short:
					to = &cell.Short
				case other:
					to = &cell.Others
				default:
					counts = append(counts, m)
				}
				if inside {
					*to = append(*to, m)
					cell.Expected += MeetingExpected.Of(m)
					cell.Present += MeetingPresent.Of(m)
				}
			}
			if rule.Type != groupMeeting || groups[row.Branch.ID] > 0 {
				cell.required(rule, row.Branch, counts, span, on)
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
