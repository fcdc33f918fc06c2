package model

import "strings"

const capitalDigits = "零壹贰叁肆伍陆柒捌玖"

func capitalDigit(n uint64) string { return capitalDigits[n*3 : n*3+3] }

// Capitals writes an amount in the Chinese capitals of receipts and payout
// sheets, without 人民币: 壹仟肆佰零玖元伍角整. Of the ways the banks accept it
// is the one of domain.md §6: 零 where the last digit of the yuan is 0 and jiao
// follow, 整 after 元 and after 角.
func (m Money) Capitals() string {
	n := magnitude(int64(m))
	yuan, jiao, fen := n/100, n/10%10, n%10
	var b strings.Builder
	if m < 0 {
		b.WriteString("负")
	}
	if yuan > 0 || n == 0 {
		b.WriteString(capitalNumber(yuan) + "元")
	}
	switch {
	case jiao > 0:
		if yuan > 0 && yuan%10 == 0 {
			b.WriteString("零")
		}
		b.WriteString(capitalDigit(jiao) + "角")
	case fen > 0 && yuan > 0:
		b.WriteString("零")
	}
	if fen > 0 {
		b.WriteString(capitalDigit(fen) + "分")
	} else {
		b.WriteString("整")
	}
	return b.String()
}

// capitalNumber reads a whole number: what stands before 亿 is read like a
// number of its own, and so is what stands before 万. One 零 stands for all
// zeros between two digits; zeros that only end what is before 亿 or 万 are
// silent.
func capitalNumber(n uint64) string {
	for _, unit := range []struct {
		size uint64
		word string
	}{{1_0000_0000, "亿"}, {1_0000, "万"}, {1000, "仟"}, {100, "佰"}, {10, "拾"}} {
		if n < unit.size {
			continue
		}
		text := capitalNumber(n/unit.size) + unit.word
		if rest := n % unit.size; rest > 0 {
			if rest < unit.size/10 {
				text += "零"
			}
			text += capitalNumber(rest)
		}
		return text
	}
	return capitalDigit(n)
}
