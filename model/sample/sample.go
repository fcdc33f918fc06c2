// Package sample fills a ledger with an invented community: 示例市城东区文昌街道
// 和平社区, report year 2026. The same call always gives the same records, so that
// demonstrations, tests and measurements speak of the same figures.
package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"taizhang/model"
)

// Where the sample community lies, what it is called, and the year it reports on.
const (
	Place = "示例市城东区文昌街道"
	Name  = "和平社区"
	Year  = 2026
)

// batch is how many records Fill hands over at once, at most: what one
// transaction may hold.
const batch = 1000

// Entry is one record to be entered, with the moment it was written down.
type Entry struct {
	Values model.Values
	At     time.Time
}

// Writer enters records into a ledger.
type Writer interface {
	// Add enters records of one register, at most 1,000, in this order and
	// together, and returns their ids.
	Add(register string, entries []Entry) (ids []string, err error)
}

// Fill writes about n records. With few or none asked for it is the community
// of the report year, in which every figure is known; more add earlier years
// back to 2020 and then further people and events to each of them. Records come
// in the order in which they refer to each other. No record is written down
// later than today; what is in it does not depend on that day.
func Fill(w Writer, today model.Date, n int) error {
	f := &filler{w: w, today: today, rng: rand.New(rand.NewPCG(Year, 73)), births: map[string]int{}}
	f.office()
	f.phrases()
	f.community()
	for round := 0; f.err == nil && (round == 0 || f.count+f.last/2 < n); round++ {
		before := f.count
		f.round = round
		f.people()
		f.activities()
		f.visits()
		f.disclosures()
		if round == 0 { // the report year alone tells of these
			f.meetings()
			f.honours()
			f.support()
			f.petitions()
		}
		f.last = f.count - before
	}
	return f.err
}

// filler carries what later records need of earlier ones.
type filler struct {
	w     Writer
	today model.Date
	rng   *rand.Rand
	err   error // the first one; nothing is written after it

	round       int // 0 is the report year as it is known
	count, last int // records written in all, and in the last round

	births map[string]int // identity numbers given out, by date of birth

	staff, orgs, venues, teams, partners map[string]model.Ref
	campaigns, plans                     map[string]model.Ref // of the report year
	womensDay                            model.Ref            // the activity of the report year at which the community commended
	compounds                            []model.Ref
	items                                []item
	residents                            []resident
}

// years that have festival dates: the report year and six before it.
const years = 7

// year is the one the round is about.
func (f *filler) year() int { return Year - f.round%years }

// part says which of several rounds of the same year this is, 1 for the first.
func (f *filler) part() int { return f.round/years + 1 }

// day is a day of the round's year from month*100+day.
func (f *filler) day(monthDay int) model.Date {
	return model.NewDate(f.year(), monthDay/100, monthDay%100)
}

// add enters records and returns references to them.
func (f *filler) add(register string, days []model.Date, values []model.Values) []model.Ref {
	refs := make([]model.Ref, 0, len(values))
	for from := 0; from < len(values) && f.err == nil; from += batch {
		to := min(from+batch, len(values))
		entries := make([]Entry, 0, to-from)
		for i, v := range values[from:to] {
			entries = append(entries, Entry{v, f.stamp(days[from+i])})
		}
		ids, err := f.w.Add(register, entries)
		if err == nil && len(ids) != len(entries) {
			err = fmt.Errorf("%d ids for %d records of %s", len(ids), len(entries), register)
		}
		f.err = err
		for _, id := range ids {
			refs = append(refs, model.Ref{ID: id})
		}
	}
	f.count += len(refs)
	for len(refs) < len(values) { // after an error, so that callers need not look
		refs = append(refs, model.Ref{})
	}
	return refs
}

// stamp is five in the afternoon of the day, or of today when that is earlier.
func (f *filler) stamp(day model.Date) time.Time {
	if day.IsZero() || day.After(f.today) {
		day = f.today
	}
	return time.Date(int(day.Year), time.Month(day.Month), int(day.Day), 17, 0, 0, 0, model.Zone)
}

// addNamed enters records that have stood since the office was set up, and
// returns references by name.
func (f *filler) addNamed(register, name string, values []model.Values) map[string]model.Ref {
	return f.addNamedOn(model.NewDate(Year-years, 12, 1), register, name, values)
}

// addNamedOn is addNamed of what was entered on another day.
func (f *filler) addNamedOn(day model.Date, register, name string, values []model.Values) map[string]model.Ref {
	days := slices.Repeat([]model.Date{day}, len(values))
	out := map[string]model.Ref{}
	for i, ref := range f.add(register, days, values) {
		out[values[i][name].(string)] = ref
	}
	return out
}

// lines reads a table written as text: a line each, cells apart by |.
func lines(text string) [][]string {
	var out [][]string
	for line := range strings.Lines(strings.TrimSpace(text)) {
		out = append(out, strings.Split(strings.TrimSpace(line), "|"))
	}
	return out
}

// words splits a cell of several terms; an empty one has none.
func words(cell string) []string { return strings.Fields(cell) }

// date reads a date of a table; blank is none.
func date(s string) model.Date {
	d, _ := model.ParseDate(s)
	return d
}

// number reads a number of a table.
func number(s string) int {
	n, _ := model.ReadInt(s)
	return int(n)
}

// yuan is whole yuan.
func yuan(n int) model.Money { return model.Money(n) * 100 }

// set keeps a value unless it is blank, as a form does.
func set(v model.Values, key string, value any) {
	if !model.Blank(value) {
		v[key] = value
	}
}
