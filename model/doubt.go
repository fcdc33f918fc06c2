package model

import (
	"slices"
	"strings"
	"unicode"
)

// Doubt is what was probably not meant but may well be: it is asked about, and
// never refused. What cannot be is for Register.Check.
type Doubt struct {
	Words          // one sentence
	About []string // keys of the fields it is about
	Found []string // ids of the records it is about, if any
}

// Finder is a Book that can also be asked for what is like a record. Its
// answers come from indexes; at most most ids, in no promised order.
type Finder interface {
	Book
	// Between returns live records of a register dated between two days.
	Between(register string, from, to Date, most int) []string
	// Holding returns live records with exactly that phone, identity or card
	// number in a field, however it is written.
	Holding(register, field, value string, most int) []string
}

// mostFound bounds how many records one doubt looks at or names.
const (
	mostLookedAt = 300
	mostFound    = 5
)

// Doubts asks what is doubtful about a record that is about to be stored, as
// Prepare would store it. before is the stored version, nil for a new record:
// of an edit, only what it touches is asked about. A record that Check refuses
// is not doubted.
func (c *Context) Doubts(r, before *Record) []Doubt {
	if r.Register.Doubts == nil {
		return nil
	}
	full := r.Clone()
	if c.Prepare(full, before) != nil {
		return nil
	}
	doubts := full.Register.Doubts(full, c)
	if before == nil {
		return doubts
	}
	changed := Changed(full.Register, before.Values, full.Values)
	return slices.DeleteFunc(doubts, func(d Doubt) bool {
		return !slices.ContainsFunc(d.About, func(key string) bool { return contains(changed, key) })
	})
}

// doubts collects what one register asks.
type doubts struct {
	c    *Context
	r    *Record
	list []Doubt
}

func (d *doubts) add(about, found []string, zh, en string, args ...any) {
	d.list = append(d.list, Doubt{Words: Sayf(zh, en, args...), About: about, Found: found[:min(len(found), mostFound)]})
}

// others returns those of the ids' records that are in use, are not the record
// itself and answer to like.
func (d *doubts) others(ids []string, like func(*Record) bool) (found []string) {
	for i, id := range slices.Backward(ids) { // the latest entered are the likeliest
		if id == d.r.ID || len(ids)-i > mostLookedAt {
			continue
		}
		if o := d.c.Book.Record(id); o != nil && o.State.Live() && like(o) && !contains(found, id) {
			found = append(found, id)
		}
	}
	return found
}

// named looks among the records of exactly the same name.
func (d *doubts) named(like func(*Record) bool) []string {
	reg := d.r.Register
	name, _ := d.r.Get(reg.NameField).(string)
	if name == "" {
		return nil
	}
	return d.others(d.c.Book.Named(reg.Key, name), like)
}

func anyRecord(*Record) bool { return true }

// sameName asks about a second record of one name, in registers where a name
// stands for one thing.
func sameName(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	if found := d.named(anyRecord); found != nil {
		d.add([]string{r.Register.NameField}, found, "已经登记过叫“%s”的%s", "%q is registered already under %s", c.Title(r), r.Register.Words)
	}
	return d.list
}

// future asks about a matter said to be done on a day to come.
func (d *doubts) future(key string) {
	if day, ok := d.r.Get(key).(Date); ok && day.First().After(d.c.Today()) {
		d.add([]string{key}, nil, "日期 %s 还没有到", "the date %s is still to come", day)
	}
}

// unusual asks about an amount outside what is usual.
func (d *doubts) unusual(key string, least, most Money) {
	m, ok := d.r.Get(key).(Money)
	label := d.r.Register.Field(key).Words
	switch {
	case !ok || m == 0:
	case m < least:
		d.add([]string{key}, nil, "“%s”只有 %s 元，比通常的少得多", "%s is only %s yuan, far below the usual", label, m.Text())
	case m > most:
		d.add([]string{key}, nil, "“%s”有 %s 元，比通常的多得多", "%s is %s yuan, far above the usual", label, m.Text())
	}
}

// Alike is how like two titles are, from 0 to 100: what is left of the longer
// one when every character put in, left out or changed is taken off. Spaces,
// punctuation, width and case do not count. Titles with different numbers in
// them are not alike at all: the third and the fourth lecture.
func Alike(a, b string) int {
	x, y := essence(a), essence(b)
	if numbersIn(a) != numbersIn(b) {
		return 0
	}
	most := max(len(x), len(y))
	if most == 0 {
		return 0
	}
	return 100 * (most - distance(x, y)) / most
}

func essence(s string) (out []rune) {
	for _, r := range halfWidth(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, unicode.ToLower(r))
		}
	}
	return out
}

// numbersIn is the runs of digits with a space between: 2027 3 8.
func numbersIn(s string) string {
	return strings.Join(strings.FieldsFunc(halfWidth(s), func(r rune) bool { return !unicode.IsDigit(r) }), " ")
}

// distance is Levenshtein's.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
