package model

import "testing"

// TestProseNumber holds the table of domain.md §6.
func TestProseNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 9: "9", 10: "10", 15: "10多", 70: "70", 73: "70多", 100: "100", 105: "100多", 128: "120多", 206: "200多",
		508: "500多", 1043: "1000多", 9999: "9900多", 12604: "1.2万多", 20000: "2万", 20001: "2万多", 123456: "12万多", 250_000_000: "2.5亿"} {
		if got := ProseNumber(n, MoreThan, ZH); got != want {
			t.Errorf("%d 多 = %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int64]string{73: "70余", 2030: "2000余", 2000: "2000", 5: "5"} {
		if got := ProseNumber(n, Upwards, ZH); got != want {
			t.Errorf("%d 余 = %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int64]string{1960: "近2000", 1900: "1900", 71: "70多", 79: "近80", 199999: "近20万"} {
		if got := ProseNumber(n, Nearly, ZH); got != want {
			t.Errorf("%d 近 = %s, want %s", n, got, want)
		}
	}
	for how, want := range map[Rounding]string{Exactly: "12,604", MoreThan: "more than 12,000"} {
		if got := ProseNumber(12604, how, EN); got != want {
			t.Errorf("English %d = %s, want %s", how, got, want)
		}
	}
	for m, want := range map[Money]string{4150000: "4.15万元", 1200000: "1.2万元", 1000000: "1万元", 99950: "999.5元", 0: "0元", 999999: "9999.99元",
		1234567: "1.23万多元", 100000000: "100万元"} {
		if got := m.Prose(ZH); got != want {
			t.Errorf("%s = %s, want %s", m, got, want)
		}
	}
	if got := Money(4150000).Prose(EN); got != "yuan 41,500" {
		t.Error(got)
	}
}

// TestProseNumberNeverClaimsMore: what 多 and 余 say is at most what there is.
func TestProseNumberNeverClaimsMore(t *testing.T) {
	for n := int64(0); n < 30_000; n++ {
		for _, how := range []Rounding{Exactly, MoreThan, Upwards} {
			said, err := ReadInt(trimMore(ProseNumber(n, how, ZH)))
			if err != nil || said > n {
				t.Fatalf("%d is said as %s", n, ProseNumber(n, how, ZH))
			}
		}
	}
}

func trimMore(s string) string {
	for _, w := range []string{"多", "余"} {
		if len(s) > len(w) && s[len(s)-len(w):] == w {
			return s[:len(s)-len(w)]
		}
	}
	return s
}
