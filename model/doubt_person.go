package model

// personDoubts asks about a second file for somebody, and about a file without
// any number by which one could be told from another.
func personDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	d.samePerson()
	if !PersonIDNo.Has(r) && !PersonOtherID.Has(r) && !PersonNoID.Has(r) {
		d.add([]string{"id_no", "other_id", "no_id_reason"}, nil, "没有身份证号和其他证件，请写明原因",
			"no ID number and no other document: say why")
	}
	return d.list
}

// samePerson looks for a file of the same person: by either form of the ID
// number, by name and birth, by name and phone.
func (d *doubts) samePerson() {
	r := d.r
	if f, ok := d.c.Book.(Finder); ok && PersonIDNo.Has(r) {
		var ids []string
		for _, number := range SameNumbers(PersonIDNo.Of(r)) {
			ids = append(ids, f.Holding("person", "id_no", number, mostLookedAt)...)
		}
		found := d.others(ids, anyRecord)
		if found != nil {
			d.add([]string{"id_no"}, found, "这个身份证号已经登记过", "this ID number is registered already")
			return // the same person, whatever else agrees
		}
	}
	found := d.named(func(o *Record) bool {
		if PersonIDNo.Has(r) && PersonIDNo.Has(o) {
			return false // two numbers: two people
		}
		return PersonBirth.Has(r) && PersonBirth.Of(o) == PersonBirth.Of(r)
	})
	if found != nil {
		d.add([]string{"name", "birth"}, found, "同名、同出生日期的人已经登记过", "someone of the same name and birth is registered already")
		return
	}
	if PersonPhone.Has(r) {
		found = d.named(func(o *Record) bool { return PersonPhone.Of(o) == PersonPhone.Of(r) })
		if found != nil {
			d.add([]string{"name", "phone"}, found, "同名、同电话的人已经登记过", "someone of the same name and phone is registered already")
		}
	}
}

// SameNumbers are the forms in which one ID number may be on file.
func SameNumbers(number string) []string {
	id, err := ParseIDNumber(number)
	if err != nil {
		return []string{number}
	}
	out := []string{id.Long()}
	if short := id.Short(); short != "" {
		out = append(out, short)
	}
	return out
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
