package db

import (
	"bytes"
	"slices"
	"strings"

	"taizhang/model"
)

// possible decides by the filters and what refers, without the record.
func (r *search) possible(sd *searched, key Key, date model.Date) bool {
	if block := key.block(); block != sd.last {
		may, known := sd.blocks[block]
		if !known {
			may = ^uint32(0)
		}
		sd.last, sd.may = block, may
	}
	for i, w := range r.words {
		if (sd.may|sd.any)>>i&1 == 0 && !sd.some[i][key] && !sd.dated(w, date) {
			return false
		}
	}
	return true
}

// dated reports whether a word means the date of a record.
func (sd *searched) dated(w *word, date model.Date) bool {
	return w.period != nil && sd.reg.DateField != "" && sd.fields[sd.reg.DateField] != nil && w.period.Contains(date)
}

// passes decides on a stored record.
func (r *search) passes(s *Snapshot, sd *searched, key Key, date model.Date, raw []byte) bool {
	var values []byte
	for i, w := range r.words {
		if sd.dated(w, date) || sd.some[i][key] && slices.Contains(w.ids, key.ID(sd.reg)) {
			continue
		}
		// Text stands in the file as it is: where its bytes do not occur at all,
		// nothing needs taking apart.
		if !w.names.many && !sd.some[i][key] && !w.traced(raw) {
			return false
		}
		if values == nil {
			values = valuesOf(raw)
		}
		found := false
		_ = eachPair(values, func(k, value []byte) bool {
			if f := sd.fields[string(k)]; f != nil {
				found = r.answers(s, w, f, value)
			}
			return !found
		})
		if !found {
			return false
		}
	}
	return true
}

// answers reports whether an encoded value answers to a word.
func (r *search) answers(s *Snapshot, w *word, f *searchedField, value []byte) (found bool) {
	major, n, rest, err := head(value)
	if err != nil {
		return false
	}
	switch major {
	case majorUint, majorNeg:
		m, ok := decodeInt(value)
		return ok && f.Type == model.TypeMoney && w.amount != nil && int64(*w.amount) == m
	case majorText:
		t, _, err := text(value)
		if err != nil {
			return false
		}
		if f.number {
			how, _, _ := w.answersNumber(string(t), r.masked(s, f.Field, string(t)))
			return how
		}
		switch {
		case f.Type == model.TypeDate:
			return w.day != "" && bytes.HasPrefix(t, []byte(w.day))
		case numberKind(f.Field):
			return w.number != "" && plainNumber(string(t)) == w.number
		}
		return w.in(t) || f.pinyin && w.soundsIn(t)
	case majorTag:
		if n == tagIdentifier {
			id, _, err := text(rest)
			return err == nil && (string(id) == w.whole || w.names.has(s, string(id)))
		}
	case majorArray:
		_ = eachItem(value, func(item []byte) bool {
			found = r.answers(s, w, f, item)
			return !found
		})
	case majorMap:
		_ = eachPair(value, func(key, cell []byte) bool {
			for _, c := range f.sub {
				if c.Key == string(key) {
					found = r.answers(s, w, c, cell)
				}
			}
			return !found
		})
	}
	return found
}

// masked is how a value is shown to the actor; it runs only for the few values
// whose number answers.
func (r *search) masked(s *Snapshot, f *model.Field, value string) func() string {
	return func() string { return r.context(s).MaskText(f, value, model.Inside, model.ZH, r.today) }
}

// answersNumber compares a masked number: all of it, or the end that is shown.
func (w *word) answersNumber(value string, shown func() string) (ok bool, from, to int) {
	if w.number == "" {
		return false, 0, 0
	}
	switch n := plainNumber(value); {
	case n == w.number:
		return true, 0, len(shown())
	case len(w.number) == shortNumber && strings.HasSuffix(n, w.number):
		t := shown()
		return strings.HasSuffix(strings.ToLower(t), w.number), len(t) - shortNumber, len(t)
	}
	return false, 0, 0
}

func (r *search) context(s *Snapshot) *model.Context {
	return &model.Context{Schema: s.schema, Book: s, Now: r.now, Actor: r.actor}
}
