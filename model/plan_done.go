package model

import "strings"

// What serves an item of the plan, in its year and not after today:
//   - an activity that was held and names the item among its plans;
//   - an activity that was held, names no plan at all, is of the item's line of
//     work and has one of the item's words in its title;
//   - a meeting of one of the item's types.
//
// Each counts once for an item. An activity may serve several items.

// PlanServed lists the ids of what serves an item; not ok where the book cannot
// go through a year. All items of a year ask the same question of the date
// index, which a book answers once.
func (c *Context) PlanServed(plan *Record) (ids []string, ok bool) {
	w, ok := c.Book.(Walker)
	if !ok || !PlanYear.Has(plan) {
		return nil, false
	}
	year := YearOf(PlanYear.Of(plan))
	words := strings.Fields(strings.ToLower(PlanKeyword.Of(plan)))
	ok = w.Walk("activity", year, servingActivity, func(a *Record) {
		if a.Counted() && !a.Date().First().After(c.Today()) && servesPlan(a, plan, words) {
			ids = append(ids, a.ID)
		}
	})
	if types := PlanMeetings.Of(plan); ok && len(types) > 0 {
		ok = w.Walk("meeting", year, servingMeeting, func(m *Record) {
			if m.Counted() && !m.Date().First().After(c.Today()) && contains(types, MeetingType.Of(m)) {
				ids = append(ids, m.ID)
			}
		})
	}
	c.rests(ids)
	return ids, ok
}

// What PlanServed lets its conditions see.
var (
	servingActivity = []string{"date", "title", "lines", "plans", "held"}
	servingMeeting  = []string{"date", "type"}
)

// servesPlan says whether an activity of the year serves an item with these words.
func servesPlan(a, plan *Record, words []string) bool {
	if named := ActivityPlans.Of(a); len(named) > 0 {
		return plan.ID != "" && contains(named, Ref{ID: plan.ID})
	}
	if !contains(ActivityLines.Of(a), PlanLine.Of(plan)) {
		return false
	}
	title := strings.ToLower(ActivityTitle.Of(a))
	for _, w := range words {
		if strings.Contains(title, w) {
			return true
		}
	}
	return false
}

// PlanDone counts what serves an item.
func (c *Context) PlanDone(plan *Record) (int64, bool) {
	ids, ok := c.PlanServed(plan)
	return int64(len(ids)), ok
}

// planPeriods is how many periods of an item a year has; 1 for none.
func planPeriods(plan *Record) int64 {
	if n := cadenceMonths[PlanPer.Of(plan)]; n > 0 {
		return int64(12 / n)
	}
	return 1
}

// PlanTarget is how many are to be held in the whole year.
func PlanTarget(plan *Record) int64 { return max(1, PlanTargetCount.Of(plan)) * planPeriods(plan) }

// PlanBehind is by how many an item lags on a day: what its periods that are
// over ask for, or after its due day all of it, less what was held. An item
// without either is due at the end of the year.
func (c *Context) PlanBehind(plan *Record, day Date) (int64, bool) {
	done, ok := c.PlanDone(plan)
	if !ok {
		return 0, false
	}
	year := PlanYear.Of(plan)
	expected := int64(0)
	switch due := PlanDue.Of(plan); {
	case year.Last().Before(day), PlanDue.Has(plan) && due.Last().Before(day):
		expected = PlanTarget(plan)
	case PlanDue.Has(plan) || year.First().After(day):
	default:
		months := int64(12) / planPeriods(plan)
		expected = max(1, PlanTargetCount.Of(plan)) * ((int64(day.Month) - 1) / months)
	}
	return max(0, expected-done), true
}
