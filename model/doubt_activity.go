package model

// What an activity is asked about.
const (
	leastAttend = 5
	mostAttend  = 2_000
	alikeTitles = 80 // percent
	mostCost    = Money(200_000_00)
)

func activityDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	day := ActivityDate.Of(r)
	if f, ok := c.Book.(Finder); ok && day.Precision == ByDay {
		found := d.others(f.Between("activity", day, day, mostLookedAt), func(o *Record) bool {
			return ActivityDate.Of(o) == day && Alike(ActivityTitle.Of(o), ActivityTitle.Of(r)) >= alikeTitles
		})
		if found != nil {
			d.add([]string{"date", "title"}, found, "同一天已经登记过名称相近的活动", "an activity of nearly the same title on that day is entered already")
		}
	}
	if ActivityHeld.Of(r) == HeldDone {
		d.future("date")
		if n := ActivityAttendTotal.Of(r); n < leastAttend || n > mostAttend {
			d.add([]string{"attend_total", "held"}, nil, "一场活动 %d 人次，通常在 %d 到 %d 之间", "%d attendances at one activity; usual are %d to %d", n, leastAttend, mostAttend)
		}
	}
	d.unusual("cost", 0, mostCost)
	return d.list
}
