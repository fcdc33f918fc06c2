package model

import "encoding/json"

// Unplain is the way back from Plain: it turns the exchange form of a field's
// value, as encoding/json reads it with numbers kept, into the value stored. It
// judges nothing but the form, so that what was once accepted comes back as it
// was, whatever the vocabularies say now. ok is false for another form.
func (s *Schema) Unplain(f *Field, v any) (value any, ok bool) {
	switch x := v.(type) {
	case string:
		return s.unplainText(f, x)
	case bool:
		return x, f.Type == TypeBool
	case json.Number:
		return unplainNumber(f, x.String())
	case []any:
		return s.unplainList(f, x)
	}
	return nil, false
}

func (s *Schema) unplainText(f *Field, x string) (value any, ok bool) {
	var err error
	switch f.Type {
	case TypeText, TypeNote, TypeTime, TypePick:
		return x, x != ""
	case TypeMoney:
		value, err = ParseSignedMoney(x)
	case TypeDate:
		value, err = ParseDate(x)
	case TypePeriod:
		return PeriodKey(x), x != ""
	case TypeOccasion:
		name, year := SplitOccasion(x)
		o := Occasion{Name: name, Year: year}
		return o, name != "" && o.String() == x
	case TypeRef:
		return s.unplainRef(x), x != ""
	default:
		return nil, false
	}
	return value, err == nil
}

// unplainRef tells an id from a text by its form alone: text that looks like an
// id is never stored as text, see ParseRef.
func (s *Schema) unplainRef(x string) Ref {
	if s.OfID(x) != nil {
		return Ref{ID: x}
	}
	return Ref{Text: x}
}

func unplainNumber(f *Field, x string) (value any, ok bool) {
	switch f.Type {
	case TypeInt:
		n, fault := fixedPoint(x, 0)
		return n, fault == numberFine
	case TypeDec:
		d, err := ParseDec(x)
		return d, err == nil
	}
	return nil, false
}

func (s *Schema) unplainList(f *Field, x []any) (value any, ok bool) {
	var texts []string
	var refs []Ref
	var rows []Row
	for _, e := range x {
		switch e := e.(type) {
		case string:
			texts, refs = append(texts, e), append(refs, s.unplainRef(e))
		case map[string]any:
			row, ok := s.unplainRow(f, e)
			if !ok {
				return nil, false
			}
			rows = append(rows, row)
		default:
			return nil, false
		}
	}
	switch {
	case len(x) == 0:
		return nil, false
	case f.Type == TypePicks:
		return texts, len(texts) == len(x)
	case f.Type == TypeRefs:
		return refs, len(texts) == len(x)
	case f.Type == TypeList:
		return rows, len(rows) == len(x)
	}
	return nil, false
}

// unplainRow keeps a cell of no column it knows, as the file of the ledger does.
func (s *Schema) unplainRow(f *Field, cells map[string]any) (Row, bool) {
	row := Row{}
	for key, v := range cells {
		sub := f.subKey(key)
		if sub == nil {
			row[key] = v
			continue
		}
		value, ok := s.Unplain(sub, v)
		if !ok {
			return nil, false
		}
		row[key] = value
	}
	return row, true
}

// subKey is the column of a list with that key, nil when there is none.
func (f *Field) subKey(key string) *Field {
	for _, s := range f.Sub {
		if s.Key == key {
			return s
		}
	}
	return nil
}
