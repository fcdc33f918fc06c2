package db

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"taizhang/model"
)

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
