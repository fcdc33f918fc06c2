package model

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestParseMoney(t *testing.T) {
	for in, want := range map[string]string{
		"1234": "1234.00", "1,234.50": "1234.50", "¥500": "500.00", "￥５００": "500.00", "500元": "500.00", "0.5万": "5000.00",
		"1.2万元": "12000.00", "１，２３４．５": "1234.50", "1，234，567.8": "1234567.80", "0": "0.00", "0.05": "0.05", "0。5": "0.50",
		" 1 234 ": "1234.00", "1.234567万": "12345.67", "68.4万元": "684000.00", "1,234万": "12340000.00", "+5": "5.00",
		"92233720368547758.07": "92233720368547758.07",
	} {
		if m, err := ParseMoney(in); err != nil || m.String() != want {
			t.Errorf("ParseMoney(%q) = %s, %v; want %s", in, m, err, want)
		}
	}
	for in, reason := range map[string]string{
		"-5": "不能为负", "-¥5": "不能为负", "1.234": "两位小数", "1.2345678万": "两位小数", "92233720368547758.08": "太大",
		"99999999999999999999": "太大", "99999999999999999万": "太大", "": "看不懂", "元": "看不懂", "万": "看不懂", "1,23": "看不懂",
		"1234,567": "看不懂", ",123": "看不懂", "1.": "看不懂", ".5": "看不懂", "1.2.3": "看不懂", "1e5": "看不懂", "五百": "看不懂", "--5": "看不懂",
		"-¥-5": "看不懂", "0x10": "看不懂", "约500": "看不懂", "1.2万5": "看不懂", "NaN": "看不懂",
	} {
		m, err := ParseMoney(in)
		if p, ok := err.(*Problem); !ok || !strings.Contains(p.ZH, reason) || p.EN == "" || m != 0 {
			t.Errorf("ParseMoney(%q) = %s, %v; want %s", in, m, err, reason)
		}
	}
	for _, in := range []string{"-1,234.50", "-¥1234.5", "¥-1234.50元", "－1234.50"} {
		if m, err := ParseSignedMoney(in); err != nil || m != -123450 {
			t.Errorf("ParseSignedMoney(%q) = %s, %v", in, m, err)
		}
	}
}

func TestMoneyText(t *testing.T) {
	for m, want := range map[Money]string{0: "0.00", 5: "0.05", -5: "-0.05", 123450: "1,234.50", 100000000: "1,000,000.00", 99999: "999.99",
		math.MaxInt64: "92,233,720,368,547,758.07", math.MinInt64: "-92,233,720,368,547,758.08"} {
		if m.Text() != want || m.String() != strings.ReplaceAll(want, ",", "") {
			t.Errorf("%d: %s %s", int64(m), m.Text(), m)
		}
	}
}

func TestNumbersInJSON(t *testing.T) {
	type pair struct {
		M Money
		D Dec
	}
	b, err := json.Marshal(pair{-123450, 12500})
	if err != nil || string(b) != `{"M":"-1234.50","D":12.5}` {
		t.Fatalf("%s, %v", b, err)
	}
	var back pair
	if err := json.Unmarshal(b, &back); err != nil || back != (pair{-123450, 12500}) {
		t.Errorf("%v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"M":1234.5,"D":"0.125"}`), &back); err != nil || back != (pair{123450, 125}) {
		t.Errorf("%v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"M":null,"D":null}`), &back); err != nil || back != (pair{123450, 125}) {
		t.Errorf("%v, %v", back, err)
	}
	for _, bad := range []string{`{"M":"1.234"}`, `{"D":1e3}`, `{"M":{}}`, `{"D":true}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}

func TestParseDec(t *testing.T) {
	for in, want := range map[string]string{"12": "12", "1,234.567": "1234.567", "-0.5": "-0.5", "０．１０": "0.1", "1.2万": "12000", "1.2345678万": "12345.678",
		"0.001": "0.001", "-0": "0", "100.010": "100.01"} {
		if d, err := ParseDec(in); err != nil || d.String() != want {
			t.Errorf("ParseDec(%q) = %s, %v; want %s", in, d, err, want)
		}
	}
	for _, in := range []string{"", "1.2345", "1e3", "9223372036854775.808", "12㎡", "-"} {
		if d, err := ParseDec(in); err == nil || d != 0 {
			t.Errorf("ParseDec(%q) = %s", in, d)
		}
	}
	if s := Dec(math.MinInt64).String(); s != "-9223372036854775.808" {
		t.Error(s)
	}
}

func TestReadInt(t *testing.T) {
	for in, want := range map[string]int64{"1045": 1045, "1,045": 1045, "１０４５": 1045, "1，045": 1045, "25人": 25, "25户": 25, "25 场": 25, "1045人次": 1045,
		"12户次": 12, "1.2万": 12000, "1.2万人": 12000, "-3": -3, "0": 0, "007": 7, "9223372036854775807": math.MaxInt64} {
		if n, err := ReadInt(in); err != nil || n != want {
			t.Errorf("ReadInt(%q) = %d, %v; want %d", in, n, err, want)
		}
	}
	for _, in := range []string{"", "人", "三十余人", "30余人", "30多", "三十", "12.5", "1.23456万", "3百", "1,04", "25人人", "约25", "25-30", "9223372036854775808", "2几"} {
		n, err := ReadInt(in)
		if p, ok := err.(*Problem); !ok || p.ZH == "" || p.EN == "" || n != 0 {
			t.Errorf("ReadInt(%q) = %d, %v", in, n, err)
		}
	}
}
