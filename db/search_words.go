package db

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/model"
)

// What is typed into the search box is read in every way it can be: 0308 is a
// text, a number and the 8th of March; 317 is the 317th record of this year in
// every register. Words apart by spaces must all be found.

// word is one word of a query with its readings.
type word struct {
	*needle

	ids    []string // of the records it may name, whole and in short forms
	whole  string   // the id, if it is a whole one: what refers to it is found too
	amount *model.Money
	period *model.Period // of the register's date
	day    string        // how a date in other fields begins; "" when the period is none of one day or month
	number string        // as plainNumber, if it may be a phone, identity or card number
	names  *names

	// A record holds none of these bytes, and nothing in full width if wide is
	// set: it does not answer by its own values. nil: it must be taken apart.
	traces [][]byte
	wide   bool
}

// Limits of a query. One with more words is looked for as one text.
const (
	mostWords = 16
	mostQuery = 200 // characters
)

// readQuery takes a query apart; no words are no query.
func readQuery(text string, schema *model.Schema, today model.Date) ([]*word, error) {
	text, _ = model.Clean(strings.ToValidUTF8(text, ""))
	if model.Characters(text) > mostQuery {
		return nil, refuse(ExitUsage, "查找的内容最多%d个字", "search for at most %d characters", mostQuery)
	}
	parts := strings.Fields(strings.Map(blank, text))
	if len(parts) > mostWords {
		parts = []string{strings.TrimSpace(text)}
	}
	var words []*word
	for _, p := range withoutUnits(parts) {
		words = append(words, readWord(p, schema, today))
	}
	return words, nil
}

// withoutUnits drops the unit that stands apart from its amount: 6000 元, ¥ 6000.
// One written onto it is read with it.
func withoutUnits(parts []string) (out []string) {
	amount := func(i int) bool {
		if i < 0 || i >= len(parts) {
			return false
		}
		_, err := model.ParseSignedMoney(fold(parts[i]))
		return err == nil
	}
	for i, p := range parts {
		switch fold(p) {
		case "元", "块", "元整":
			if amount(i - 1) {
				continue
			}
		case "¥", "￥":
			if amount(i + 1) {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

func blank(r rune) rune {
	if r == '\u3000' || r == '\u00A0' {
		return ' '
	}
	return r
}

func readWord(typed string, schema *model.Schema, today model.Date) *word {
	w := &word{needle: newNeedle(typed)}
	half := fold(typed)
	w.readID(half, schema, today)
	if m, err := model.ParseSignedMoney(half); err == nil {
		w.amount = &m
	}
	if p, ok := readPeriod(half, today); ok {
		w.period = &p
		switch {
		case p.From == p.To:
			w.day = p.From.String()
		case p == model.MonthOf(p.From):
			w.day = p.From.String()[:len("2026-03")]
		}
	}
	if strings.Trim(half, "0123456789-+ x") == "" {
		if n := plainNumber(half); len(n) == shortNumber || len(n) >= leastNumber {
			w.number = n
		}
	}
	w.trace()
	return w
}

// trace finds what a record that answers must hold as it is stored.
func (w *word) trace() {
	letters := strings.ContainsFunc(string(w.text), func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Han, r)
	})
	if letters || w.number != "" {
		return
	}
	w.traces = [][]byte{w.text}
	w.wide = !w.exact
	if w.day != "" {
		w.traces = append(w.traces, []byte(w.day))
	}
	if w.amount != nil {
		w.traces = append(w.traces, appendInt(nil, int64(*w.amount)))
	}
}

// traced reports whether a record may answer by its own values.
func (w *word) traced(raw []byte) bool {
	if w.traces == nil {
		return true
	}
	for _, t := range w.traces {
		if bytes.Contains(raw, t) {
			return true
		}
	}
	return w.wide && w.hasWide(raw)
}

// hasWide reports a character that becomes one of the needle's when folded.
func (n *needle) hasWide(raw []byte) bool {
	for {
		i := bytes.IndexByte(raw, 0xEF) // begins all of them in UTF-8
		if i < 0 {
			return false
		}
		r, size := utf8.DecodeRune(raw[i:])
		if f := foldRune(r); f != r && bytes.ContainsRune(n.text, f) {
			return true
		}
		raw = raw[i+size:]
	}
}

// shortNumber is how much of a masked number is shown at its end, and so found.
const shortNumber = 4

// leastNumber is the length of the shortest phone number.
const leastNumber = 7

// readID reads a-2026-0317, a-317 and a317 of this year, 2026-317 and 317 of
// any register.
func (w *word) readID(half string, schema *model.Schema, today model.Date) {
	if id := model.TidyID(half); schema.OfID(id) != nil {
		w.ids, w.whole = []string{id}, id
		return
	}
	year := int(today.Year)
	letters := strings.TrimRight(half, "0123456789-")
	rest := strings.TrimPrefix(half[len(letters):], "-")
	if y, serial, ok := strings.Cut(rest, "-"); ok && len(y) == 4 {
		n, ok := serialOf(y)
		if !ok {
			return
		}
		year, rest = n, serial
	}
	serial, ok := serialOf(rest)
	if !ok || letters == "" && half[0] == '-' {
		return
	}
	for _, reg := range schema.Registers {
		if letters != "" && strings.ToUpper(letters) != reg.Letter {
			continue
		}
		id := model.FormatID(reg.Letter, year, serial)
		if w.ids = append(w.ids, id); letters != "" {
			w.whole = id
		}
	}
}

func serialOf(s string) (int, bool) {
	if s == "" || len(s) > 9 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0
}

// readPeriod reads days, months and longer periods, all with a digit in front.
// Short and bare numbers are none: a year alone is in nearly everything, and 8
// is more often a number than the 8th.
func readPeriod(half string, today model.Date) (p model.Period, ok bool) {
	switch bare := strings.Trim(half, "0123456789") == ""; {
	case half == "" || half[0] < '0' || half[0] > '9':
		return p, false
	case bare && (utf8.RuneCountInString(half) < 4 || len(half) == 5 || len(half) == 7):
		return p, false
	case bare && len(half) == 4:
		if d, err := model.ReadDate(half, today); err == nil && d.Precision == model.ByDay {
			return model.DayOf(d), true
		}
		return p, false
	}
	if p, err := model.ParsePeriod(half); err == nil {
		return p, true
	}
	if month, ok := strings.CutSuffix(strings.TrimSuffix(half, "份"), "月"); ok {
		m, err := strconv.Atoi(month)
		if err != nil || m < 1 || m > 12 {
			return p, false
		}
		year := int(today.Year)
		if m > int(today.Month) {
			year--
		}
		return model.MonthOf(model.NewDate(year, m, 1)), true
	}
	d, err := model.ReadDate(half, today)
	if err != nil || d.Precision != model.ByDay {
		return p, false
	}
	return model.DayOf(d), true
}

// mayBe says whether a block may hold the word, other than by the date of its
// records or by what they refer to.
func (w *word) mayBe(f filter) bool {
	return w.mayBeIn(f) || w.maySoundIn(f) ||
		w.amount != nil && f.has(hashMoney(int64(*w.amount))) ||
		w.day != "" && f.has(hashBytes(gramDate, w.day)) ||
		w.number != "" && f.has(hashBytes(gramNumber, w.number))
}
