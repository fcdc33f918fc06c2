package model

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// The table of domain.md §6, and what follows from its rules at their edges.
func TestCapitals(t *testing.T) {
	for text, want := range map[string]string{
		"0": "零元整", "0.05": "伍分", "0.50": "伍角整", "1.05": "壹元零伍分", "10": "壹拾元整", "1409.50": "壹仟肆佰零玖元伍角整",
		"1680.32": "壹仟陆佰捌拾元零叁角贰分", "6007.14": "陆仟零柒元壹角肆分", "12300": "壹万贰仟叁佰元整", "16409.02": "壹万陆仟肆佰零玖元零贰分",
		"10100": "壹万零壹佰元整", "107000.53": "壹拾万柒仟元零伍角叁分", "1000000": "壹佰万元整", "100000001": "壹亿零壹元整",
		"100010000": "壹亿零壹万元整", "10001": "壹万零壹元整",

		"0.55": "伍角伍分", "10.05": "壹拾元零伍分", "10.50": "壹拾元零伍角整", "100.01": "壹佰元零壹分", "1001": "壹仟零壹元整", "1010": "壹仟零壹拾元整",
		"10010": "壹万零壹拾元整", "20000000": "贰仟万元整", "10005000": "壹仟万伍仟元整", "100001000": "壹亿零壹仟元整", "110000000": "壹亿壹仟万元整",
		"1000000000000": "壹万亿元整", "92233720368547758.07": "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分",
	} {
		m, err := ParseMoney(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Capitals(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := Money(-5050).Capitals(); got != "负伍拾元零伍角整" {
		t.Error(got)
	}
	if got := Money(math.MinInt64).Capitals(); !strings.HasPrefix(got, "负玖亿") {
		t.Error(got)
	}
}

// Whatever is written in capitals reads back as the same amount, so no two
// amounts are written alike, and never with two 零 in a row.
func TestCapitalsReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 20_000 {
		m := Money(r.Int64() >> (i % 63))
		if i%3 == 0 { // many zeros
			m = Money(r.Int64N(1000)) * Money(math.Pow10(r.IntN(12)))
		}
		text := m.Capitals()
		if back := readCapitals(text); back != m {
			t.Fatalf("%s: %s reads as %s", m, text, back)
		}
		if strings.Contains(text, "零零") {
			t.Fatalf("%s: %s", m, text)
		}
	}
}

// readCapitals adds up digits and units from left to right.
func readCapitals(s string) (total Money) {
	var section, digit Money // below the next 万 or 亿; the digit before a unit
	var whole Money
	for _, c := range s {
		switch c {
		case '拾', '佰', '仟':
			section += digit * map[rune]Money{'拾': 10, '佰': 100, '仟': 1000}[c]
			digit = 0
		case '万':
			whole = whole/100000000*100000000 + (whole%100000000+section+digit)*10000
			section, digit = 0, 0
		case '亿':
			whole = (whole + section + digit) * 100000000
			section, digit = 0, 0
		case '元':
			total = (whole + section + digit) * 100
			digit = 0
		case '角':
			total += digit * 10
			digit = 0
		case '分':
			total += digit
		case '整':
		default:
			digit = Money(strings.Index(capitalDigits, string(c)) / 3)
		}
	}
	return total
}
