package db

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"taizhang/model"
)

// Query chooses records of one register. Blank parts choose everything; several
// parts must all hold.
type Query struct {
	Register string
	Period   *model.Period // by the register's date; a longer span must lie inside; nil or zero: all time
	States   []model.State // nil: all but void
	Where    []Cond
	Text     string   // searched for in all text, see In
	In       []string // the fields that Text is searched for in; nil: all, and the id
	Fields   []string // the only values a returned record needs; nil: all
	Limit    int      // 0: no limit
	Offset   int
}

// Cond is a condition on one field. A field of several values, and a list,
// holds it if one of them does.
type Cond struct {
	Field  string
	Values []any  // equals one of these; nil among them: blank
	Text   string // contains this, whatever the case
}

// matcher is a query made ready: it looks at encoded records only.
type matcher struct {
	Query
	reg    *model.Register
	states [4]bool
	where  []encodedCond
	find   *textMatch
	shown  []string // keys that pinyin is matched against
}

type encodedCond struct {
	field  string
	values [][]byte // nil among them: blank
	blank  bool
	text   *textMatch
}

// compile makes a query ready. Text also finds what refers to a live record
// whose name holds it: their ids are looked up once, here.
func (s *Snapshot) compile(q Query) (*matcher, error) {
	m := &matcher{Query: q, reg: s.schema.Register(q.Register)}
	if m.reg == nil {
		return nil, model.Problemf("没有“%s”这种台账", "there is no register %q", model.Shorten(q.Register))
	}
	if q.Period != nil && q.Period.IsZero() {
		m.Period = nil
	}
	states := q.States
	if states == nil {
		states = []model.State{model.Final, model.Draft}
	}
	for _, st := range states {
		m.states[st] = true
	}
	for _, c := range q.Where {
		e := encodedCond{field: c.Field}
		for _, v := range c.Values {
			if model.Blank(v) {
				e.blank = true
				continue
			}
			b, err := appendValue(nil, v)
			if err != nil {
				return nil, err
			}
			e.values = append(e.values, b)
		}
		if c.Text != "" {
			var fields []*model.Field
			if f := m.reg.Field(c.Field); f != nil {
				fields = append(fields, f)
			}
			e.text = s.textMatch(c.Text, fields)
		}
		m.where = append(m.where, e)
	}
	if q.Text != "" {
		m.find = s.textMatch(q.Text, m.reg.Fields)
		m.find.narrow(s, m.reg)
		for _, f := range m.reg.Fields {
			if answersToPinyin(m.reg, f.Key, f) && (q.In == nil || slices.Contains(q.In, f.Key)) {
				m.shown = append(m.shown, f.Key)
			}
		}
	}
	return m, nil
}

// needsRecord reports whether the date index alone cannot decide.
func (m *matcher) needsRecord() bool { return len(m.where) > 0 || m.find != nil }

// dated decides by the date index.
func (m *matcher) dated(k, v []byte) bool {
	if len(v) != 2 || int(v[0]) >= len(m.states) || !m.states[v[0]] {
		return false
	}
	if m.Period == nil {
		return true
	}
	return m.Period.Contains(indexed(k, v))
}

// indexed is the date that an entry of the date index stands for.
func indexed(k, v []byte) model.Date {
	day := binary.BigEndian.Uint32(k[len(k)-keyLength-4:])
	return model.Date{Year: int16(day / 10000), Month: int8(day / 100 % 100), Day: int8(day % 100), Precision: model.Precision(v[1])}
}

// match decides by the stored record.
func (m *matcher) match(s *Snapshot, raw []byte, id string) bool {
	values := valuesOf(raw)
	for _, c := range m.where {
		if !c.match(s, values) {
			return false
		}
	}
	if m.find == nil {
		return true
	}
	if m.In == nil && m.find.holds(id) {
		return true
	}
	// Text stands in the file as it is: where its bytes do not occur at all,
	// nothing needs taking apart.
	if m.find.exact && !m.find.names.many && len(m.find.names.ids) == 0 && !bytes.Contains(values, m.find.text) {
		return false
	}
	found := false
	_ = eachPair(values, func(key, value []byte) bool {
		if m.In != nil && !slices.Contains(m.In, string(key)) || m.sealed(string(key)) {
			return true
		}
		found = m.find.in(s, value, slices.Contains(m.shown, string(key)))
		return !found
	})
	return found
}

// sealed reports a field that nobody may see: finding a record by it would tell
// what it holds.
func (m *matcher) sealed(key string) bool {
	f := m.reg.Field(key)
	return f != nil && (sealedClass(m.reg, f) || f.Removed)
}

// sealedClass reports a field of class Handler in a register that names no
// handlers. Where it does the bytes hold it for them alone, see seen.
func sealedClass(reg *model.Register, f *model.Field) bool {
	return f.Class == model.Handler && !reg.Guarded()
}

func (c *encodedCond) match(s *Snapshot, values []byte) bool {
	var value []byte
	_ = eachPair(values, func(key, v []byte) bool {
		if string(key) == c.field {
			value = v
		}
		return value == nil
	})
	if value == nil {
		return c.blank
	}
	if c.text != nil && !c.text.in(s, value, false) {
		return false
	}
	if c.values == nil {
		return !c.blank
	}
	return slices.ContainsFunc(c.values, func(want []byte) bool { return contains(value, want) })
}

// contains reports whether an encoded value equals want, or holds it as an
// element or cell. Equal values are equal bytes.
func contains(value, want []byte) bool {
	if bytes.Equal(value, want) {
		return true
	}
	found := false
	switch value[0] >> 5 {
	case majorArray:
		_ = eachItem(value, func(item []byte) bool {
			found = contains(item, want)
			return !found
		})
	case majorMap:
		_ = eachPair(value, func(_, cell []byte) bool {
			found = contains(cell, want)
			return !found
		})
	}
	return found
}

// textMatch looks for text in encoded values.
type textMatch struct {
	*needle
	names *names // records whose name holds it

	// What may hold it, by filter and index, without a look at the record.
	blocks map[uint64]bool // those with a filter; nil: look at all
	refer  map[Key]bool    // refer to one of the names
}

// textMatch prepares the search for text in values of the fields.
func (s *Snapshot) textMatch(typed string, fields []*model.Field) *textMatch {
	t := &textMatch{needle: newNeedle(typed)}
	t.names = s.newNames(t.needle, s.targets(fields), func(*model.Register) bool { return true })
	for _, reg := range t.names.registers {
		t.names.look(s, reg, time.Time{})
	}
	t.names.derive(s)
	return t
}

// narrow finds out which records of a register may hold the text.
func (t *textMatch) narrow(s *Snapshot, reg *model.Register) {
	b := filters(s.tx, reg)
	if b == nil || t.names.many || s.mayBeNumber(string(t.text)) {
		return
	}
	t.blocks, t.refer = map[uint64]bool{}, map[Key]bool{}
	t.names.referrers(s, func(letter string, key Key) {
		if letter == reg.Letter {
			t.refer[key] = true
		}
	})
	eachWithPrefix(b, prefix(reg.Letter), func(k, stored []byte) bool {
		if f := readFilter(stored); f != nil {
			t.blocks[readBlock(k)] = t.mayBeIn(f) || t.maySoundIn(f)
		}
		return true
	})
}

// mayBeNumber reports a text that may be part of an id, a date or a phone
// number, of which filters know only the whole.
func (s *Snapshot) mayBeNumber(folded string) bool {
	if strings.ContainsAny(folded, "0123456789-+ ") {
		return strings.Trim(folded, "abcdefghijklmnopqrstuvwxyz0123456789-+ ") == ""
	}
	return slices.ContainsFunc(s.schema.Registers, func(reg *model.Register) bool {
		return strings.Contains(strings.ToLower(reg.Letter), folded)
	})
}

// cannot reports a record that need not be looked at.
func (t *textMatch) cannot(key Key) bool {
	may, known := t.blocks[key.block()]
	return known && !may && !t.refer[key]
}

// targets lists the registers that fields may refer to by name.
func (s *Snapshot) targets(fields []*model.Field) (out []*model.Register) {
	for _, f := range fields {
		for _, key := range f.Refs {
			if reg := s.schema.Register(key); reg != nil && !slices.Contains(out, reg) {
				out = append(out, reg)
			}
		}
		for _, reg := range s.targets(f.Sub) {
			if !slices.Contains(out, reg) {
				out = append(out, reg)
			}
		}
	}
	return out
}

func (t *textMatch) holds(s string) bool { return t.needle.in([]byte(s)) }

// in looks through a value and everything inside it.
func (t *textMatch) in(s *Snapshot, value []byte, pinyin bool) bool {
	major, n, rest, err := head(value)
	if err != nil {
		return false
	}
	found := false
	switch major {
	case majorText:
		words, _, err := text(value)
		return err == nil && (t.needle.in(words) || pinyin && t.soundsIn(words))
	case majorTag:
		if n == tagIdentifier {
			id, _, err := text(rest)
			return err == nil && (t.needle.in(id) || t.names.has(s, string(id)))
		}
	case majorArray:
		_ = eachItem(value, func(item []byte) bool {
			found = t.in(s, item, pinyin)
			return !found
		})
	case majorMap:
		_ = eachPair(value, func(_, cell []byte) bool {
			found = t.in(s, cell, pinyin)
			return !found
		})
	}
	return found
}
