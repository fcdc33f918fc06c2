package model

import (
	"strconv"
	"strings"
)

// Rounding is how a number is said in prose (domain.md §6). A text never claims
// more than the ledger holds: the program rounds down, up only where a person
// chose 近.
type Rounding uint8

// The ways there are.
const (
	Exactly  Rounding = iota // 精确: 73
	MoreThan                 // 多: 70多
	Upwards                  // 余: 70余
	Nearly                   // 近: 近80, where no more than a twentieth is missing; else as 多
)

// ProseNumber writes a count of at least 0. Rounded, it is exact below ten, is
// cut to the ten below a hundred and keeps two digits above; from 10,000 on it
// counts in 万. Exact multiples are said as they are: 70, 1200, 2万.
func ProseNumber(n int64, how Rounding, l Lang) string {
	if how == Exactly || n < 10 {
		return plainCount(n, l)
	}
	unit := int64(10)
	for n/unit >= 100 {
		unit *= 10
	}
	down := n / unit * unit
	switch up := down + unit; {
	case down == n:
		return roundCount(n, "", l)
	case how == Nearly && (up-n)*20 <= up:
		if l == EN {
			return "nearly " + roundCount(up, "", l)
		}
		return "近" + roundCount(up, "", l)
	case l == EN:
		return "more than " + roundCount(down, "", l)
	case how == Upwards:
		return roundCount(down, "余", l)
	}
	return roundCount(down, "多", l)
}

// plainCount is a whole number as prose has it: 12604, 12,604.
func plainCount(n int64, l Lang) string {
	if l == ZH {
		return strconv.FormatInt(n, 10)
	}
	return strings.TrimSuffix(Money(n*100).Text(), ".00")
}

// roundCount writes a number of two leading digits, in 万 and 亿 where it is
// that large: 1.2万多.
func roundCount(n int64, more string, l Lang) string {
	if l == EN {
		return plainCount(n, l)
	}
	for _, u := range []struct {
		size int64
		word string
	}{{1_0000_0000, "亿"}, {1_0000, "万"}} {
		if n >= u.size {
			return Dec(n/(u.size/1000)).String() + u.word + more
		}
	}
	return strconv.FormatInt(n, 10) + more
}

// Prose writes an amount of at least 0 with its unit as sentences have it: from
// 10,000 yuan on in 万元 with at most two decimals, cut and marked 多 where more
// would be needed; below to the last 分 without needless zeros. In English yuan
// stands before the number.
func (m Money) Prose(l Lang) string {
	const wan = 10_000 * 100
	switch {
	case l == EN:
		return "yuan " + strings.TrimSuffix(m.Text(), ".00")
	case m < wan:
		return m.Yuan() + "元"
	}
	s := Dec(m/(wan/100)*10).String() + "万"
	if m%(wan/100) != 0 {
		s += "多"
	}
	return s + "元"
}

// Yuan is the bare number of yuan as prose has it: 999.5, 41500.
func (m Money) Yuan() string {
	s := m.String()
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
