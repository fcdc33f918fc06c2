package model

import "strings"

// The pieces that several declarations share.

// today offers the current day.
func today(c *Context) any { return c.Today() }

// always offers the same value.
func always(v any) func(*Context) any { return func(*Context) any { return v } }

// actor offers the staff record of whoever enters the record.
func actor(c *Context) any { return c.actorRef() }

func (c *Context) actorRef() Ref { return Ref{ID: c.Actor.Staff} }

// signature declares "who, when" of a step of the approval sheet.
func signature(key, zh, en string) *Field {
	return &Field{Key: key, Words: W(zh, en), Type: TypeList, One: true, Class: Internal, Hint: W("姓名 日期", "name date"), Sub: []*Field{
		{Key: "by", Words: W("签署人", "By"), Type: TypeRef, Refs: []string{"staff"}, Need: Required},
		{Key: "on", Words: W("日期", "On"), Type: TypeDate},
	}}
}

// signed is the value of a signature by the actor, today.
func (c *Context) signed() []Row { return []Row{{"by": c.actorRef(), "on": c.Today()}} }

// One returns the single row of a composite field, an empty one when it is
// blank.
func One(v any) Row {
	if rows, ok := v.([]Row); ok && len(rows) > 0 {
		return rows[0]
	}
	return Row{}
}

// at follows a reference to its record: nil when it is blank, text or unknown.
func (c *Context) at(ref Ref) *Record {
	if ref.ID == "" || c.Book == nil {
		return nil
	}
	return c.Book.Record(ref.ID)
}

// beginning is the first n characters of a text on one line.
func beginning(s string, n int) string {
	runes := []rune(strings.ReplaceAll(s, "\n", " "))
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n]) + "…"
}

// refuse names the field by its key; rules live inside declarations and cannot
// mention the variable they are building.
func refuse(errs Errors, r *Record, key, zh, en string, args ...any) Errors {
	return errs.Refuse(r.Register.Field(key), zh, en, args...)
}

// checkOrder refuses a later date or time that comes before the earlier one.
func checkOrder(errs Errors, r *Record, earlier, later string) Errors {
	first, last := r.Register.Field(earlier), r.Register.Field(later)
	var wrong bool
	switch a := r.Get(earlier).(type) {
	case Date:
		b, ok := r.Get(later).(Date)
		wrong = ok && b.Last().Before(a.First())
	case string:
		b, ok := r.Get(later).(string)
		wrong = ok && b < a
	}
	if wrong {
		return errs.Refuse(last, "不能早于“%s”", "must not be before %s", first.Words)
	}
	return errs
}

// checkRowOrder is checkOrder inside the rows of a list.
func checkRowOrder(errs Errors, r *Record, key, earlier, later string) Errors {
	rows, _ := r.Get(key).([]Row)
	for i, row := range rows {
		a, _ := row[earlier].(Date)
		b, ok := row[later].(Date)
		if ok && !a.IsZero() && b.Last().Before(a.First()) {
			errs = refuse(errs, r, key, "第%d行的止期早于起期", "row %d ends before it begins", i+1)
		}
	}
	return errs
}

// checkAtMost refuses a part that is greater than its whole.
func checkAtMost(errs Errors, r *Record, part, whole string) Errors {
	n, ok1 := r.Get(part).(int64)
	total, ok2 := r.Get(whole).(int64)
	if ok1 && ok2 && n > total {
		return refuse(errs, r, part, "%d 多于“%s”%d", "%d is more than %s, %d", n, r.Register.Field(whole).Words, total)
	}
	return errs
}

// tidyPhone takes 7 to 12 digits with the marks people put between them, and
// turns the full-width ones an input method leaves into plain ones.
func tidyPhone(s string) (string, error) {
	s = strings.TrimSpace(halfWidth(s))
	digits := 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case !strings.ContainsRune("+- ", c):
			digits = -100
		}
	}
	if digits < 7 || digits > 12 {
		return "", Problemf("应为7至12位数字，可带 + - 和空格", "7 to 12 digits, with + - and spaces")
	}
	return s, nil
}

// tidyIDNumber takes a citizen identity number 公民身份号码 (GB 11643).
func tidyIDNumber(s string) (string, error) {
	id, err := ParseIDNumber(s)
	if err != nil {
		return "", err
	}
	return id.String(), nil
}

// fill sets a blank field.
func fill(r *Record, key string, v any) {
	if Blank(r.Get(key)) {
		r.Set(key, v)
	}
}
