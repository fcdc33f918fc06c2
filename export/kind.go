package export

import (
	"strconv"
	"strings"
	"time"

	"taizhang/model"
)

// kind is what the texts of a column are in a spreadsheet.
type kind uint8

const (
	kindText  kind = iota // also of digits: ids, phones, buildings
	kindNote              // long text
	kindWhole             // a whole number
	kindDec               // thousandths
	kindMoney             // 分
	kindDate              // a day; a month or a year stays a text
	kindShare             // a percentage, to a tenth
	kindAny               // of each cell what it is
)

// textCell is how long the texts of a cell marked as text may be: longer ones
// some spreadsheets show as ####.
const textCell = 255

// kindOf is the kind of a field's column.
func kindOf(f *model.Field) kind {
	switch f.Type {
	case model.TypeInt:
		return kindWhole
	case model.TypeDec:
		return kindDec
	case model.TypeMoney:
		return kindMoney
	case model.TypeDate:
		return kindDate
	case model.TypeText:
		if f.Limit() <= textCell {
			return kindText
		}
	case model.TypeTime, model.TypePick, model.TypePeriod, model.TypeOccasion, model.TypeRef, model.TypeBool:
		return kindText
	}
	return kindNote
}

// number reads a number as the kind writes it, in its own unit: whole, 分 or
// thousandths. What is written otherwise, such as 不公布 or 18岁以上, is none: a
// cell holds nothing that its text, masked for the reader, does not say.
func (k kind) number(s string) (int64, bool) {
	if s == "" {
		return 0, false
	}
	switch k {
	case kindWhole:
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil && strconv.FormatInt(n, 10) == s
	case kindMoney:
		m, err := model.ParseSignedMoney(s)
		return int64(m), err == nil && (m.Text() == s || m.String() == s)
	case kindShare:
		d, err := model.ParseDec(strings.TrimSuffix(s, "%"))
		return int64(d), err == nil && strings.HasSuffix(s, "%") && int64(d)%100 == 0
	case kindDec:
		d, err := model.ParseDec(s)
		return int64(d), err == nil && d.String() == s
	}
	return 0, false
}

// sum writes a sum of such numbers.
func (k kind) sum(n int64) string {
	switch k {
	case kindMoney:
		return model.Money(n).Text()
	case kindDec:
		return model.Dec(n).String()
	}
	return strconv.FormatInt(n, 10)
}

// dayOf reads a day as a date column writes it. Before March 1900 spreadsheets
// disagree on what day a number is.
func dayOf(s string) (time.Time, bool) {
	t, err := time.Parse("2006-01-02", s)
	return t, err == nil && t.Year() > 1900
}

// exact is how large a whole number a cell keeps to the last digit: fifteen digits.
const exact = 1_000_000_000_000_000

// of is the kind of one cell of a column.
func (k kind) of(s string) kind {
	if k != kindAny {
		return k
	}
	for _, k := range []kind{kindWhole, kindMoney, kindDec, kindShare} {
		if _, ok := k.number(s); ok {
			return k
		}
	}
	return kindNote
}

// value is what a cell holds: a number, a day or the text.
func (k kind) value(s string) any {
	if k == kindDate {
		if t, ok := dayOf(s); ok {
			return t
		}
		return s
	}
	n, ok := k.number(s)
	if !ok || n >= exact || n <= -exact {
		return s
	}
	switch k {
	case kindMoney:
		return float64(n) / 100
	case kindDec:
		return float64(n) / 1000
	case kindShare:
		return float64(n) / 100_000
	}
	return n
}
