package model

func personDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	if f, ok := c.Book.(Finder); ok && PersonIDNo.Has(r) {
		found := d.others(f.Holding("person", "id_no", PersonIDNo.Of(r), mostLookedAt), anyRecord)
		if found != nil {
			d.add([]string{"id_no"}, found, "这个身份证号已经登记过", "this ID number is registered already")
			return d.list // the same person, whatever else agrees
		}
	}
	found := d.named(func(o *Record) bool {
		if a, b := PersonIDNo.Of(r), PersonIDNo.Of(o); a != "" && b != "" {
			return false // two numbers: two people
		}
		return PersonBirth.Has(r) && PersonBirth.Of(o) == PersonBirth.Of(r)
	})
	if found != nil {
		d.add([]string{"name", "birth"}, found, "同名、同出生日期的人已经登记过", "someone of the same name and birth is registered already")
		return d.list
	}
	if PersonPhone.Has(r) {
		found = d.named(func(o *Record) bool { return PersonPhone.Of(o) == PersonPhone.Of(r) })
		if found != nil {
			d.add([]string{"name", "phone"}, found, "同名、同电话的人已经登记过", "someone of the same name and phone is registered already")
		}
	}
	return d.list
}

// householdDoubts asks about a second household of one head.
func householdDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	head := HouseholdHead.Of(r)
	if head.ID == "" {
		return nil
	}
	found := d.others(c.Book.Referring("household", head.ID), func(o *Record) bool { return HouseholdHead.Of(o) == head })
	if found != nil {
		d.add([]string{"head"}, found, "%s 已经是另一户的户主", "%s is the head of another household already", c.NameOf(head))
	}
	return d.list
}
