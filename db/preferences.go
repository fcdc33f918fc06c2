package db

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// bucketPreferences holds what each member of staff prefers: staff id → a map
// with the hash of the rest. It is made by the first save, and programs that do
// not know it read past it. Like drafts, preferences stand in no journal.
var bucketPreferences = []byte("preferences")

// mostPreferences bounds the bytes of one person's preferences: the columns of
// every register chosen by hand are some 10 KB.
const mostPreferences = 64 << 10

// Preferences returns what the actor prefers; the zero value if nothing was
// ever chosen.
func (l *Ledger) Preferences(ctx context.Context, actor model.Actor) (p model.Preferences, err error) {
	err = l.visit(ctx, false, func(tx *bolt.Tx) error {
		a, err := l.snapshot(tx).staff(actor.Login)
		if err != nil {
			return err
		}
		p, _, err = readPreferences(tx, a.Staff)
		return err
	})
	return p, err
}

// SavePreferences changes what the actor prefers and returns what was stored.
// change is given the preferences as they are now, so that another login of the
// same person loses nothing; it may be called again if the write is repeated.
func (l *Ledger) SavePreferences(ctx context.Context, actor model.Actor, change func(*model.Preferences)) (p model.Preferences, err error) {
	err = l.visit(ctx, true, func(tx *bolt.Tx) error {
		a, err := l.snapshot(tx).staff(actor.Login)
		if err != nil {
			return err
		}
		var old []byte
		if p, old, err = readPreferences(tx, a.Staff); err != nil {
			return err
		}
		change(&p)
		raw, err := encodeSummed(preferencesMap(p))
		if err != nil {
			return err
		}
		if len(raw) > mostPreferences {
			return model.Problemf("偏好太多，没有存下，原来的仍然有效。请少选几个列", "there are too many preferences; they were not kept and the former ones hold. Choose fewer columns")
		}
		if bytes.Equal(raw, old) {
			return errUnchanged
		}
		return put(tx, bucketPreferences, []byte(a.Staff), raw)
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	return p, err
}

// readPreferences also returns the bytes they were read from, valid inside the
// transaction only.
func readPreferences(tx *bolt.Tx, staff string) (p model.Preferences, raw []byte, err error) {
	b := tx.Bucket(bucketPreferences)
	if b == nil {
		return p, nil, nil
	}
	if raw = b.Get([]byte(staff)); raw == nil {
		return p, nil, nil
	}
	if !sumHolds(raw) {
		return p, nil, damaged("偏好 preferences", nil)
	}
	return decodePreferences(raw), raw, nil
}

// preferencesMap is what is stored: blanks have no place in it.
func preferencesMap(p model.Preferences) map[string]any {
	m := maps.Clone(p.Other)
	if m == nil {
		m = map[string]any{}
	}
	m["lang"], m["start"], m["glyphs"], m["recent"] = p.Lang, p.Start, p.Glyphs, p.Recent
	if p.Redraw {
		m["redraw"] = true
	}
	if len(p.Templates) > 0 {
		list := make([]any, len(p.Templates))
		for i, t := range p.Templates {
			var fields, typed []string
			for _, x := range t.Texts {
				fields, typed = append(fields, x.Field), append(typed, x.Text)
			}
			list[i] = map[string]any{"name": t.Words.ZH, "register": t.Register, "fields": fields, "texts": typed}
		}
		m["templates"] = list
	}
	if len(p.Columns) > 0 {
		columns := make(map[string]any, len(p.Columns))
		for register, keys := range p.Columns {
			columns[register] = keys
		}
		m["columns"] = columns
	}
	if len(p.Heads) > 0 {
		heads := make(map[string]any, len(p.Heads))
		for register, list := range p.Heads {
			var flat []string // each followed by its field
			for _, h := range list {
				flat = append(flat, h.Text, h.Field)
			}
			heads[register] = flat
		}
		m["heads"] = heads
	}
	return m
}

func decodePreferences(raw []byte) (p model.Preferences) {
	m, _ := decodeAny(raw, 0).(map[string]any)
	text := func(key string) string {
		s, _ := m[key].(string)
		return s
	}
	p = model.Preferences{Lang: text("lang"), Start: text("start"), Glyphs: text("glyphs"), Recent: texts(m["recent"])}
	p.Redraw, _ = m["redraw"].(bool)
	if columns, _ := m["columns"].(map[string]any); len(columns) > 0 {
		p.Columns = make(map[string][]string, len(columns))
		for register, keys := range columns {
			p.Columns[register] = texts(keys)
		}
	}
	if heads, _ := m["heads"].(map[string]any); len(heads) > 0 {
		p.Heads = make(map[string][]model.Head, len(heads))
		for register, v := range heads {
			for pair := range slices.Chunk(texts(v), 2) {
				if len(pair) == 2 {
					p.Heads[register] = append(p.Heads[register], model.Head{Text: pair[0], Field: pair[1]})
				}
			}
		}
	}
	list, _ := m["templates"].([]any)
	for _, e := range list {
		one, _ := e.(map[string]any)
		name, _ := one["name"].(string)
		t := model.Template{Key: model.PersonalTemplate, Words: model.W(name, name)}
		t.Register, _ = one["register"].(string)
		typed := texts(one["texts"])
		for i, field := range texts(one["fields"]) {
			if i < len(typed) {
				t.Texts = append(t.Texts, model.TemplateText{Field: field, Text: typed[i]})
			}
		}
		p.Templates = append(p.Templates, t)
	}
	for _, known := range []string{"lang", "start", "glyphs", "recent", "redraw", "columns", "heads", "templates", "sum"} {
		delete(m, known)
	}
	if len(m) > 0 {
		p.Other = m
	}
	return p
}

// texts reads a list of texts; what is none is passed over.
func texts(v any) (out []string) {
	list, _ := v.([]any)
	for _, e := range list {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// preferences compares what each person prefers with its own hash.
func (v *verifier) preferences() error {
	return v.each(bucketPreferences, func(s *Snapshot, k, raw []byte) error {
		if !sumHolds(raw) || s.Record(string(k)) == nil {
			v.fault(Fault{}, "%s 的偏好不符", "the preferences of %s are damaged", model.Shorten(string(k)))
		}
		return nil
	})
}
