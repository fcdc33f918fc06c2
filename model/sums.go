package model

import (
	"math/bits"
	"strings"
)

// Sum is a total under a list, such as 结余 200.00.
type Sum struct {
	Words Words
	Value any // Money, Dec or int64
}

// Sums adds up the rows of a list: what its declaration makes of them, else
// every column of money. Sums too large to hold are left out, as is all of a
// list without rows.
func (f *Field) Sums(rows []Row) []Sum {
	if len(rows) == 0 {
		return nil
	}
	if f.Totals != nil {
		return f.Totals(rows)
	}
	var out []Sum
	for _, s := range f.Sub {
		if s.Type != TypeMoney {
			continue
		}
		sum, ok := sumMoney(rows, s.Key, nil)
		if ok {
			out = append(out, Sum{s.Words, sum})
		}
	}
	return out
}

// SumText writes what a list comes to: in lists that count things the quantity
// of each unit, then the sums. 2 袋、1 桶  合计 130.00
func (c *Context) SumText(f *Field, rows []Row, l Lang) string {
	var parts []string
	if counts := f.countText(rows, l); counts != "" {
		parts = append(parts, counts)
	}
	for _, s := range f.Sums(rows) {
		parts = append(parts, s.Words.In(l)+" "+c.Text(nil, s.Value, l))
	}
	return strings.Join(parts, "  ")
}

// countText adds up quantities of the same unit, in the order of the units.
func (f *Field) countText(rows []Row, l Lang) string {
	q := f.quantity()
	if q < 0 {
		return ""
	}
	var units []string
	sums := map[string]Dec{}
	for _, row := range rows {
		var n Dec
		switch x := row[f.Sub[q].Key].(type) {
		case Dec:
			n = x
		case int64:
			if x < -1<<50 || x > 1<<50 {
				return ""
			}
			n = Dec(x * 1000)
		default:
			continue
		}
		unit, _ := row[f.Sub[q+1].Key].(string)
		if _, seen := sums[unit]; !seen {
			units = append(units, unit)
		}
		if sums[unit] += n; sums[unit] > 1<<61 || sums[unit] < -1<<61 {
			return ""
		}
	}
	for i, unit := range units {
		units[i] = strings.TrimSpace(sums[unit].String() + " " + unit)
	}
	return strings.Join(units, listMark(l))
}

// sumMoney adds up a column of money over the rows that are wanted (nil: all);
// not ok when the sum is too large to hold.
func sumMoney(rows []Row, key string, want func(Row) bool) (sum Money, ok bool) {
	for _, row := range rows {
		if want != nil && !want(row) {
			continue
		}
		m, _ := row[key].(Money)
		if next := sum + m; (next < sum) != (m < 0) {
			return 0, false
		} else {
			sum = next
		}
	}
	return sum, true
}

// times is a price for a quantity, rounded to the nearest 分; not ok when it is
// negative or too large to hold.
func times(price Money, quantity Dec) (Money, bool) {
	if price < 0 || quantity < 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(price), uint64(quantity))
	lo, carry := bits.Add64(lo, 500, 0)
	if hi += carry; hi >= 1000 {
		return 0, false
	}
	n, _ := bits.Div64(hi, lo, 1000)
	return Money(n), n < 1<<62
}

// worth is what goods come to: price times quantity, a price without a quantity
// counted once.
func worth(rows []Row) []Sum {
	var sum Money
	priced := false
	for _, row := range rows {
		price, ok := row["price"].(Money)
		if !ok {
			continue
		}
		quantity, ok := row["qty"].(Dec)
		if !ok {
			quantity = 1000
		}
		part, ok := times(price, quantity)
		if !ok || sum+part < sum {
			return nil
		}
		sum, priced = sum+part, true
	}
	if !priced {
		return nil
	}
	return []Sum{{W("合计", "total"), sum}}
}

// balance is what finance lines come to.
func balance(rows []Row) []Sum {
	in, ok1 := sumMoney(rows, "amount", func(r Row) bool { return r["kind"] == "收" })
	out, ok2 := sumMoney(rows, "amount", func(r Row) bool { return r["kind"] == "支" })
	if !ok1 || !ok2 {
		return nil
	}
	return []Sum{{W("收入", "income"), in}, {W("支出", "expense"), out}, {W("结余", "balance"), in - out}}
}
