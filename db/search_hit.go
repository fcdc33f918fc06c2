package db

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

func (r *search) add(s *Snapshot, sd *searched, key Key, raw []byte) error {
	rec, _, err := decodeRecord(sd.reg, raw)
	if err != nil {
		return damaged(key.ID(sd.reg), err)
	}
	r.hits = append(r.hits, r.hit(s, sd, rec))
	return nil
}

// hit describes a record that was found.
func (r *search) hit(s *Snapshot, sd *searched, rec *model.Record) Hit {
	c := r.context(s)
	h := Hit{ID: rec.ID, Register: sd.reg, Date: rec.Date(), State: rec.State, StateWords: rec.StateWords(), Title: shownTitle(c, rec.ID)}
	w := r.words[0]
	if slices.Contains(w.ids, rec.ID) {
		h.Snippet, h.To = rec.ID, len(rec.ID)
		return h
	}
	order := make([]*searchedField, 0, len(sd.fields))
	for _, f := range sd.fields {
		order = append(order, f)
	}
	slices.SortFunc(order, func(a, b *searchedField) int { return a.order - b.order })
	for _, read := range readings {
		for _, f := range order {
			v := rec.Values[f.Key]
			if model.Blank(v) {
				continue
			}
			t, from, to, ok := r.place(s, w, f, v, read)
			if !ok {
				continue
			}
			h.Field = f.Field
			if full := c.MaskText(f.Field, v, model.Inside, model.ZH, r.today); full != t {
				if i := strings.Index(full, t); i >= 0 {
					t, from, to = full, from+i, to+i
				}
			}
			h.Snippet, h.From, h.To = cut(t, from, to)
			return h
		}
	}
	if f := sd.fields[sd.reg.DateField]; f != nil && w.period != nil && w.period.Contains(h.Date) {
		h.Field, h.Snippet = f.Field, c.Text(f.Field, rec.Values[f.Key], model.ZH)
		h.To = len(h.Snippet)
	}
	return h
}

// reading is a way in which a word may be meant; the first that answers is shown.
type reading uint8

const (
	asText reading = iota
	asNumber
	asAmount
	asDate
	asPinyin
	asReference
)

var readings = [...]reading{asText, asNumber, asAmount, asDate, asPinyin, asReference}

// place finds the text in a value that answers to a word, and the bytes of it
// that do.
func (r *search) place(s *Snapshot, w *word, f *searchedField, v any, read reading) (t string, from, to int, ok bool) {
	switch x := v.(type) {
	case []string:
		for _, e := range x {
			if t, from, to, ok = r.place(s, w, f, e, read); ok {
				return t, from, to, ok
			}
		}
	case []model.Ref:
		for _, e := range x {
			if t, from, to, ok = r.place(s, w, f, e, read); ok {
				return t, from, to, ok
			}
		}
	case []model.Row:
		for _, row := range x {
			if t, from, to, ok = r.place(s, w, f, row, read); ok {
				return t, from, to, ok
			}
		}
	case []any: // what does not fit its declaration
		for _, e := range x {
			if t, from, to, ok = r.place(s, w, f, e, read); ok {
				return t, from, to, ok
			}
		}
	case model.Row:
		for _, c := range f.sub {
			if t, from, to, ok = r.place(s, w, c, x[c.Key], read); ok {
				return t, from, to, ok
			}
		}
	case model.Money:
		return x.Text(), 0, len(x.Text()), read == asAmount && w.amount != nil && *w.amount == x
	case model.Ref:
		if x.ID == "" {
			return r.place(s, w, f, x.Text, read)
		}
		if read == asReference && (x.ID == w.whole || w.names.has(s, x.ID)) {
			name := s.nameOf(x.ID, 0)
			if from, to, ok := w.where(name); ok {
				return name, from, to, true
			}
			return name, 0, len(name), true
		}
	case model.Date:
		t = x.String()
		return t, 0, len(t), read == asDate && w.day != "" && strings.HasPrefix(t, w.day)
	case model.Occasion:
		return r.place(s, w, f, x.String(), read)
	case model.PeriodKey:
		return r.place(s, w, f, string(x), read)
	case string:
		switch {
		case f.Type == model.TypeDate: // not in its form
			return x, 0, len(x), read == asDate && w.day != "" && strings.HasPrefix(x, w.day)
		case f.number && read == asNumber:
			shown := r.masked(s, f.Field, x)
			if ok, from, to := w.answersNumber(x, shown); ok {
				return shown(), from, to, true
			}
		case f.number:
		case numberKind(f.Field):
			return x, 0, len(x), read == asNumber && w.number != "" && plainNumber(x) == w.number
		case read == asText:
			from, to, ok = w.findIn(x)
			return x, from, to, ok
		case read == asPinyin && f.pinyin:
			from, to, ok = w.findSound(x)
			return x, from, to, ok
		}
	}
	return "", 0, 0, false
}

// nameOf is the name that findNames goes by.
func (s *Snapshot) nameOf(id string, depth int) string {
	reg, raw := s.find(id)
	if raw == nil || depth > 1 {
		return id
	}
	var one [1][]byte
	value := fields(raw, one[:], reg.NameField)[0]
	if ref, ok := decodeRef(value); ok && value != nil {
		if ref.ID != "" {
			return s.nameOf(ref.ID, depth+1)
		}
		return ref.Text
	}
	return id
}

// where finds the bytes of a text that answer to the needle.
func (n *needle) where(s string) (from, to int, ok bool) {
	if from, to, ok = n.findIn(s); ok {
		return from, to, ok
	}
	return n.findSound(s)
}

// findIn finds the bytes of a text that hold the needle, folded.
func (n *needle) findIn(s string) (from, to int, ok bool) {
	var folded []byte
	var at []int // where each byte of folded comes from
	for i, r := range s {
		was := len(folded)
		folded = utf8.AppendRune(folded, foldRune(r))
		for range len(folded) - was {
			at = append(at, i)
		}
	}
	at = append(at, len(s))
	i := bytes.Index(folded, n.text)
	if i < 0 {
		return 0, 0, false
	}
	return at[i], at[i+len(n.text)], true
}

// findSound finds the bytes of a text that answer to the needle as pinyin.
func (n *needle) findSound(s string) (from, to int, ok bool) {
	if !n.soundsIn([]byte(s)) {
		return 0, 0, false
	}
	const atStart, whole = 1000, 2000 // scores of model.Pinyin
	for i := range s {
		if score, ok := model.NewPinyin(s[i:]).Match(n.pinyin); !ok || score < atStart {
			continue
		}
		for j := i; j < len(s); {
			_, size := utf8.DecodeRuneInString(s[j:])
			j += size
			if score, ok := model.NewPinyin(s[i:j]).Match(n.pinyin); ok && score >= whole {
				return i, j, true
			}
		}
	}
	return 0, len(s), true
}
