package model

// meetingDoubts asks about a second entry of one meeting, one that was too small
// to be held, and a vote that did not carry: more than half of those entitled must
// be present, and more than half of them agree (domain.md §9).
func meetingDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	d.future("date")
	day, org, kind := MeetingDate.Of(r), MeetingOrg.Of(r), MeetingType.Of(r)
	if org.ID != "" && day.Precision == ByDay {
		found := d.others(c.Book.Referring("meeting", org.ID), func(o *Record) bool {
			return MeetingOrg.Of(o) == org && MeetingDate.Of(o) == day && MeetingType.Of(o) == kind
		})
		if found != nil {
			d.add([]string{"date", "org", "type"}, found, "%s 这一天已经登记过%s", "%s: a meeting of this kind on that day is entered already", c.NameOf(org), c.termWords("MTYPE", kind))
		}
	}
	expected, present := MeetingExpected.Of(r), MeetingPresent.Of(r)
	if !heldByUs(r) || expected == 0 || !MeetingPresent.Has(r) {
		return d.list
	}
	if halfMissed(r) {
		d.add([]string{"present", "expected"}, nil, "应到%d人只到了%d人，不超过半数", "only %[2]d of %[1]d came, not more than half", expected, present)
	}
	if yes, voted := One(r.Get("votes"))["yes"].(int64); voted && 2*yes <= expected {
		d.add([]string{"votes", "expected"}, nil, "赞成%d票不超过应到%d人的半数，没有通过", "%d votes for are not more than half of the %d entitled: it did not pass", yes, expected)
	}
	if listed := int64(len(MeetingAbsent.Of(r))); listed > 0 && listed < expected-present {
		d.add([]string{"absent", "present"}, nil, "缺席%d人，名单只有%d人", "%d were absent, %d are listed", expected-present, listed)
	}
	return d.list
}
