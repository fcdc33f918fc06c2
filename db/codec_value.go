package db

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"taizhang/model"
)

// decodeAs reads the value of a declared field. What does not fit the
// declaration comes back as generic data, so that it is shown, refused on the
// next edit, and never lost.
func decodeAs(f *model.Field, b []byte) any {
	if v, ok := decodeTyped(f, b); ok {
		return v
	}
	return decodeAny(b, 0)
}

func decodeTyped(f *model.Field, b []byte) (any, bool) {
	switch f.Type {
	case model.TypeText, model.TypeNote, model.TypeTime, model.TypePick:
		return decodeText(b)
	case model.TypeInt:
		n, ok := decodeInt(b)
		return n, ok
	case model.TypeMoney:
		n, ok := decodeInt(b)
		return model.Money(n), ok
	case model.TypeDec:
		return decodeDec(b)
	case model.TypeBool:
		return len(b) == 1 && b[0] == 0xF5, len(b) == 1 && b[0]&^1 == 0xF4
	case model.TypeDate:
		s, ok := decodeText(b)
		if !ok {
			return nil, false
		}
		d, err := model.ParseDate(s)
		return d, err == nil
	case model.TypePeriod:
		s, ok := decodeText(b)
		return model.PeriodKey(s), ok
	case model.TypeOccasion:
		s, ok := decodeText(b)
		return occasion(s), ok
	case model.TypeRef:
		r, ok := decodeRef(b)
		return r, ok
	case model.TypePicks:
		return decodeList(b, decodeText)
	case model.TypeRefs:
		return decodeList(b, decodeRef)
	case model.TypeList:
		return decodeList(b, func(b []byte) (model.Row, bool) {
			row := model.Row{}
			err := eachPair(b, func(key, value []byte) bool {
				i := slices.IndexFunc(f.Sub, func(s *model.Field) bool { return s.Key == string(key) })
				if i >= 0 {
					row[f.Sub[i].Key] = decodeAs(f.Sub[i], value)
				} else {
					row[string(key)] = decodeAny(value, 0)
				}
				return true
			})
			return row, err == nil
		})
	}
	return nil, false
}

func decodeText(b []byte) (string, bool) {
	s, _, err := text(b)
	return string(s), err == nil && utf8.Valid(s)
}

func decodeInt(b []byte) (int64, bool) {
	major, n, _, err := head(b)
	if err != nil || major > majorNeg || n > math.MaxInt64 {
		return 0, false
	}
	if major == majorNeg {
		return ^int64(n), true
	}
	return int64(n), true
}

func decodeDec(b []byte) (any, bool) {
	exponent, mantissa, ok := decimal(b)
	if !ok || exponent > 0 || exponent < -3 || exponent < 0 && mantissa%10 == 0 {
		return nil, false
	}
	for ; exponent > -3; exponent-- {
		if mantissa > math.MaxInt64/10 || mantissa < math.MinInt64/10 {
			return nil, false
		}
		mantissa *= 10
	}
	return model.Dec(mantissa), true
}

func decimal(b []byte) (exponent, mantissa int64, ok bool) {
	if len(b) < 4 || b[0] != majorTag<<5|tagDecimal || b[1] != majorArray<<5|2 {
		return 0, 0, false
	}
	exponent, ok1 := decodeInt(b[2:])
	rest, err := skip(b[2:])
	if err != nil {
		return 0, 0, false
	}
	mantissa, ok2 := decodeInt(rest)
	return exponent, mantissa, ok1 && ok2
}

func decodeRef(b []byte) (model.Ref, bool) {
	major, n, rest, err := head(b)
	if err != nil {
		return model.Ref{}, false
	}
	if major == majorTag && n == tagIdentifier {
		id, ok := decodeText(rest)
		return model.Ref{ID: id}, ok
	}
	s, ok := decodeText(b)
	return model.Ref{Text: s}, ok
}

// occasion is the exact inverse of model.Occasion.String.
func occasion(s string) model.Occasion {
	if len(s) > 4 && (s[4] < '0' || s[4] > '9') {
		year, err := strconv.Atoi(s[:4])
		for _, name := range []string{strings.TrimPrefix(s[4:], "年"), s[4:]} {
			if o := (model.Occasion{Name: name, Year: year}); err == nil && year > 0 && o.String() == s {
				return o
			}
		}
	}
	return model.Occasion{Name: s}
}

func decodeList[T any](b []byte, one func([]byte) (T, bool)) (any, bool) {
	_, n, _, err := head(b)
	if err != nil || n > uint64(len(b)) {
		return nil, false
	}
	out := make([]T, 0, n)
	fits := true
	err = eachItem(b, func(item []byte) bool {
		v, ok := one(item)
		out, fits = append(out, v), ok
		return ok
	})
	return out, err == nil && fits
}

// decodeAny reads generic data: text, whole numbers as int64, model.Dec, bool,
// float64, model.Ref for identifiers, []any, map[string]any, nil, and Raw for
// everything else. Encoding the result gives the same bytes again.
func decodeAny(b []byte, depth int) any {
	major, n, rest, err := head(b)
	if err != nil || depth > mostDepth {
		return Raw(b)
	}
	switch major {
	case majorUint, majorNeg:
		if i, ok := decodeInt(b); ok {
			return i
		}
	case majorText:
		if s, ok := decodeText(b); ok {
			return s
		}
	case majorArray:
		list := []any{}
		if eachItem(b, func(item []byte) bool {
			list = append(list, decodeAny(item, depth+1))
			return true
		}) == nil {
			return list
		}
	case majorMap:
		m := map[string]any{}
		if eachPair(b, func(key, value []byte) bool {
			m[string(key)] = decodeAny(value, depth+1)
			return true
		}) != nil {
			break
		}
		if again, err := appendMap(nil, m); err == nil && bytes.Equal(again, b) { // blanks inside would be dropped
			return m
		}
	case majorTag:
		if n == tagIdentifier {
			if id, ok := decodeText(rest); ok && id != "" {
				return model.Ref{ID: id}
			}
		}
		if d, ok := decodeDec(b); ok {
			return d
		}
	case majorSimple:
		switch {
		case b[0] == 0xF4, b[0] == 0xF5:
			return b[0] == 0xF5
		case b[0] == 0xF6:
			return nil
		}
		var f float64
		if b[0] >= 0xF9 && cbor.Unmarshal(b, &f) == nil && f == f {
			return f
		}
	}
	return Raw(b)
}
