package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

// icsWriter writes records with a day as a calendar (RFC 5545): what is planned,
// what is due. Each is a day of its own with a reminder a week before. What it
// says are the cells that every other format gets, so it holds nothing the reader
// may not see.
type icsWriter struct {
	w    *bufio.Writer
	t    *table
	day  *model.Field
	said []int // of the fields: what the title is made of
}

// calendarField is the field under which a record stands in a calendar, nil where
// the register has none.
func calendarField(reg *model.Register) *model.Field {
	key := reg.Calendar
	if key == "" {
		key = reg.DateField
	}
	if f := reg.Field(key); f != nil && f.Type == model.TypeDate {
		return f
	}
	return nil
}

func (c *icsWriter) begin(t *table) error {
	c.t = t
	c.day = calendarField(t.Job.Register)
	shown := false
	for i, f := range t.fields {
		switch {
		case f == c.day:
			shown = true
		case t.Job.Register.NameField != "" && f.Key == t.Job.Register.NameField:
			c.said = []int{i}
		}
	}
	if c.day == nil || !shown {
		return model.Problemf("“%s”没有可以写进日历的日期", "%s has no date for a calendar", t.Job.Register.Words)
	}
	if c.said == nil {
		for rank := 1; rank < 100 && len(c.said) < 3; rank++ { // the first columns of its list
			for i, f := range t.fields {
				if f.Col == rank && f != c.day {
					c.said = append(c.said, i)
				}
			}
		}
	}
	for _, line := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//taizhang//" + map[model.Lang]string{model.ZH: "ZH", model.EN: "EN"}[t.Lang], "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"X-WR-CALNAME:" + icsText(t.src.Unit()+" "+t.Job.Register.Words.In(t.Lang))} {
		if err := c.line(line); err != nil {
			return err
		}
	}
	return nil
}

// holds reports whether a record has a day in the period; one that is known to
// the month only has none.
func (c *icsWriter) holds(r *model.Record) (model.Date, bool) {
	d, ok := r.Get(c.day.Key).(model.Date)
	return d, ok && d.Precision == model.ByDay
}

func (c *icsWriter) row(l line) error {
	day, ok := c.holds(l.rec)
	if !ok {
		return nil
	}
	cells := l.cells[1:] // behind the id or the number
	var title, about []string
	for _, i := range c.said {
		if cells[i] != "" {
			title = append(title, cells[i])
		}
	}
	for i, f := range c.t.fields {
		if f.Col > 0 && f != c.day && cells[i] != "" {
			about = append(about, c.t.heads[i+1]+model.W("：", ": ").In(c.t.Lang)+cells[i])
		}
	}
	if title == nil {
		title = []string{c.t.Job.Register.Words.In(c.t.Lang)}
	}
	text := icsText(strings.Join(title, " "))
	compact := func(d model.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
	for _, line := range []string{
		"BEGIN:VEVENT", "UID:" + c.t.uid(l.rec.ID), "DTSTAMP:" + compact(c.t.src.Context().Today()) + "T000000Z",
		"DTSTART;VALUE=DATE:" + compact(day), "DTEND;VALUE=DATE:" + compact(day.AddDays(1)), "SUMMARY:" + text,
		"DESCRIPTION:" + icsText(strings.Join(about, "\n")), "TRANSP:TRANSPARENT",
		"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D", "DESCRIPTION:" + text, "END:VALARM", "END:VEVENT",
	} {
		if err := c.line(line); err != nil {
			return err
		}
	}
	return nil
}

// uid stays the same for a record however often it is exported, so that a
// calendar changes the entry it has; nobody can tell the record's id from it.
func (t *table) uid(id string) string {
	ledger := ""
	if l, ok := t.src.(*Ledger); ok {
		ledger = l.l.Info().ID
	}
	sum := sha256.Sum256([]byte("taizhang ics\x00" + ledger + "\x00" + id))
	id = strings.Map(func(r rune) rune { // letters: digits could look like a phone number
		if r <= '9' {
			return r - '0' + 'g'
		}
		return r
	}, hex.EncodeToString(sum[:16]))
	return id + "@taizhang"
}

func (c *icsWriter) end(Result) error {
	if err := c.line("END:VCALENDAR"); err != nil {
		return err
	}
	return c.w.Flush()
}

var icsMarks = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// icsPlain takes the escapes out again, for the privacy check.
var icsPlain = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n")

// icsText escapes a text.
func icsText(s string) string { return icsMarks.Replace(clean(s)) }

// line writes one line, folded after at most 75 octets and never inside a
// character.
func (c *icsWriter) line(s string) error {
	const most = 75
	for room := most; len(s) > room; room = most - 1 { // a line that goes on begins with a space
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		if _, err := c.w.WriteString(s[:cut] + "\r\n "); err != nil {
			return err
		}
		s = s[cut:]
	}
	_, err := c.w.WriteString(s + "\r\n")
	return err
}

func newICS(w io.Writer) *icsWriter { return &icsWriter{w: bufio.NewWriterSize(w, 64<<10)} }
