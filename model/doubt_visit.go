package model

// Aid that is usual for one visit (domain.md §9: 500 to 3,000 元; a small gift
// at a bedside is less).
const (
	leastAid = Money(50_00)
	mostAid  = Money(5_000_00)
)

func visitDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	d.future("date")
	d.unusual("amount", leastAid, mostAid)
	d.overspent()
	o := VisitOccasion.Of(r)
	_, festival := o.Date()
	// Routine visits come every month: only one on the same day is a second entry.
	again := func(v *Record) bool {
		return v.State == Final && VisitOccasion.Of(v) == o && (festival || VisitDate.Of(v) == VisitDate.Of(r))
	}
	if p := VisitPerson.Of(r); p.ID != "" {
		who := c.at(p)
		if who != nil && GoneBy(who, VisitDate.Of(r)) {
			d.add([]string{"person", "date"}, []string{p.ID}, "%s 那时已经%s", "%s was no longer here: %s", c.NameOf(p), Person.Over(who))
		}
		found := d.others(c.Book.Referring("visit", p.ID), func(v *Record) bool { return VisitPerson.Of(v) == p && again(v) })
		if found != nil {
			d.add([]string{"person", "occasion", "date"}, found, "%s %s 已经走访过", "%s was visited for %s already", c.NameOf(p), o)
		}
		// What is given is shown on the page of the household, and 户次 counts it.
		if h := VisitHousehold.Of(r); who != nil && h.ID != "" && PersonHousehold.Has(who) && PersonHousehold.Of(who) != h {
			d.add([]string{"person", "household"}, []string{h.ID}, "%s 登记的户是 %s，不是 %s", "%s belongs to the household %s, not to %s", c.NameOf(p), c.NameOf(PersonHousehold.Of(who)), c.NameOf(h))
		}
	}
	if h := VisitHousehold.Of(r); h.ID != "" && festival && givesAid(r) {
		found := d.others(c.Book.Referring("visit", h.ID), func(v *Record) bool {
			return VisitHousehold.Of(v) == h && VisitPerson.Of(v) != VisitPerson.Of(r) && again(v) && givesAid(v)
		})
		if found != nil {
			d.add([]string{"household", "occasion", "amount", "goods"}, found, "这一户 %s 已经发放过慰问金或慰问品", "this household was given aid for %s already", o)
		}
	}
	return d.list
}
