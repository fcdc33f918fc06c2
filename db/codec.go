package db

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"taizhang/model"
)

// Values are stored in CBOR (RFC 8949) in its core deterministic form, a
// standard that describes itself: the same value is always the same bytes, and
// what this program does not know keeps its bytes. The encoder and reader are
// written out here because records are read field by field, by a declaration;
// the tests hold them against a complete CBOR library.
//
//	text, note, pick, time      text string
//	date, period, occasion      text string, the stored form (2026-03-08, 2027-B1, 2027春节)
//	int, money (分)             integer
//	dec                         tag 4, [exponent, mantissa], exponent -3 to 0, the largest possible
//	bool                        true, false
//	ref                         tag 39 on the id; plain text string where it is text
//	picks, refs                 array
//	list                        array of maps by the keys of the columns

// Raw is one CBOR item this program has no plain form for (a byte string, a
// foreign tag). It is kept and written back as it came.
type Raw string

// MarshalJSON writes the item in hexadecimal.
func (r Raw) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `"%x"`, string(r)), nil }

const (
	majorUint = iota
	majorNeg
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple
)

const (
	tagDecimal    = 4
	tagIdentifier = 39
	mostDepth     = 16 // of arrays in arrays; records have 3
)

var errMalformed = errors.New("malformed CBOR")

func appendHead(b []byte, major byte, n uint64) []byte {
	m := major << 5
	switch {
	case n < 24:
		return append(b, m|byte(n))
	case n <= math.MaxUint8:
		return append(b, m|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, m|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, m|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, m|27), n)
}

func appendText(b []byte, s string) []byte {
	return append(appendHead(b, majorText, uint64(len(s))), s...)
}

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, majorNeg, uint64(^n))
	}
	return appendHead(b, majorUint, uint64(n))
}

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 0xF5)
	}
	return append(b, 0xF4)
}

func appendDec(b []byte, exponent, mantissa int64) []byte {
	for exponent < 0 && mantissa%10 == 0 {
		exponent, mantissa = exponent+1, mantissa/10
	}
	return appendInt(appendInt(append(b, majorTag<<5|tagDecimal, majorArray<<5|2), exponent), mantissa)
}

func appendRef(b []byte, r model.Ref) []byte {
	if r.ID == "" {
		return appendText(b, r.Text)
	}
	return appendText(appendHead(b, majorTag, tagIdentifier), r.ID)
}

// coreDeterministic writes what appendValue leaves to the library: floats.
var coreDeterministic = func() cbor.EncMode {
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // the library's own options
	}
	return m
}()

// appendValue encodes a value of a field, or generic data.
func appendValue(b []byte, v any) ([]byte, error) {
	switch x := v.(type) {
	case nil:
		return append(b, 0xF6), nil
	case string:
		if !utf8.ValidString(x) {
			return nil, errors.New("text is not UTF-8")
		}
		return appendText(b, x), nil
	case bool:
		return appendBool(b, x), nil
	case int64:
		return appendInt(b, x), nil
	case int:
		return appendInt(b, int64(x)), nil
	case uint64:
		return appendHead(b, majorUint, x), nil
	case model.Money:
		return appendInt(b, int64(x)), nil
	case model.Dec:
		return appendDec(b, -3, int64(x)), nil
	case model.Date:
		return appendText(b, x.String()), nil
	case model.Occasion:
		return appendText(b, x.String()), nil
	case model.PeriodKey:
		return appendText(b, string(x)), nil
	case model.Ref:
		return appendRef(b, x), nil
	case json.Number:
		return appendNumber(b, x)
	case Raw:
		return append(b, x...), nil
	case float64:
		f, err := coreDeterministic.Marshal(x)
		return append(b, f...), err
	case []string:
		return appendList(b, x)
	case []model.Ref:
		return appendList(b, x)
	case []model.Row:
		return appendList(b, x)
	case []any:
		return appendList(b, x)
	case map[string]any:
		return appendMap(b, x)
	}
	return nil, fmt.Errorf("a value of type %T cannot be stored", v)
}

func appendList[T any](b []byte, list []T) (out []byte, err error) {
	out = appendHead(b, majorArray, uint64(len(list)))
	for _, e := range list {
		if out, err = appendValue(out, e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// appendNumber keeps a number from JSON exact: a decimal stays a decimal.
func appendNumber(b []byte, n json.Number) ([]byte, error) {
	if i, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return appendInt(b, i), nil
	}
	if d, err := model.ParseDec(string(n)); err == nil {
		return appendDec(b, -3, int64(d)), nil
	}
	f, err := n.Float64()
	if err != nil {
		return nil, err
	}
	return appendValue(b, f)
}

// appendMap writes keys in the order of their encodings: shorter first, then
// bytewise. Blank values have no place in the file.
func appendMap(b []byte, m map[string]any) (out []byte, err error) {
	var few [24]string
	keys := few[:0]
	for k, v := range m {
		if !model.Blank(v) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(p, q string) int {
		if len(p) != len(q) {
			return len(p) - len(q)
		}
		if p < q {
			return -1
		}
		return 1
	})
	out = appendHead(b, majorMap, uint64(len(keys)))
	for _, k := range keys {
		if out, err = appendValue(appendText(out, k), m[k]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// head reads the head of the first item of b.
func head(b []byte) (major byte, n uint64, rest []byte, err error) {
	if len(b) == 0 {
		return 0, 0, nil, errMalformed
	}
	major, low := b[0]>>5, b[0]&31
	b = b[1:]
	switch {
	case low < 24:
		return major, uint64(low), b, nil
	case low > 27 || len(b) < 1<<(low-24):
		return 0, 0, nil, errMalformed
	}
	switch low {
	case 24:
		n = uint64(b[0])
	case 25:
		n = uint64(binary.BigEndian.Uint16(b))
	case 26:
		n = uint64(binary.BigEndian.Uint32(b))
	case 27:
		n = binary.BigEndian.Uint64(b)
	}
	return major, n, b[1<<(low-24):], nil
}

// skip returns what follows the first item of b.
func skip(b []byte) ([]byte, error) {
	for left := uint64(1); left > 0; left-- {
		if len(b) > 0 && b[0]>>5 == majorText && int(b[0]&31) < min(24, len(b)) { // most items are short text
			b = b[1+int(b[0]&31):]
			continue
		}
		major, n, rest, err := head(b)
		if err != nil {
			return nil, err
		}
		b = rest
		switch major {
		case majorBytes, majorText:
			if n > uint64(len(b)) {
				return nil, errMalformed
			}
			b = b[n:]
		case majorArray, majorMap:
			if n > uint64(len(b)) { // each item takes a byte at least
				return nil, errMalformed
			}
			left += n
			if major == majorMap {
				left += n
			}
		case majorTag:
			left++
		}
	}
	return b, nil
}

// text reads a text string that is the first item of b; the bytes are b's own.
func text(b []byte) (s, rest []byte, err error) {
	if len(b) > 0 && b[0]>>5 == majorText && int(b[0]&31) < min(24, len(b)) {
		n := 1 + int(b[0]&31)
		return b[1:n], b[n:], nil
	}
	major, n, rest, err := head(b)
	if err != nil || major != majorText || n > uint64(len(rest)) {
		return nil, nil, errMalformed
	}
	return rest[:n], rest[n:], nil
}

// eachPair calls fn for the pairs of a map with text keys, with the value's
// bytes, until fn returns false.
func eachPair(b []byte, fn func(key, value []byte) bool) error {
	major, n, b, err := head(b)
	if err != nil || major != majorMap {
		return errMalformed
	}
	for ; n > 0; n-- {
		key, rest, err := text(b)
		if err != nil {
			return err
		}
		if b, err = skip(rest); err != nil {
			return err
		}
		if !fn(key, rest[:len(rest)-len(b)]) {
			return nil
		}
	}
	return nil
}

// eachItem calls fn for the elements of an array until fn returns false.
func eachItem(b []byte, fn func(item []byte) bool) error {
	major, n, b, err := head(b)
	if err != nil || major != majorArray {
		return errMalformed
	}
	for ; n > 0; n-- {
		rest, err := skip(b)
		if err != nil {
			return err
		}
		if !fn(b[:len(b)-len(rest)]) {
			return nil
		}
		b = rest
	}
	return nil
}

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
