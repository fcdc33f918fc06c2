package model

import (
	"fmt"
	"strings"
	"testing"
)

// An id is taken apart only in the form in which it is given out.
func TestSplitID(t *testing.T) {
	for _, letter := range []string{"A", "KK", "XYZ", "", "ABCD", "a", "É"} {
		for _, year := range []string{"2026", "0000", "202", "20266", "2o26", "+026", "-026", "２０２６"} {
			for _, serial := range []string{"0001", "9999", "10000", "123456789", "1234567890", "0000", "00000", "01234", "001", "+001", "12a4"} {
				id := letter + "-" + year + "-" + serial
				l, y, s, ok := SplitID(id)
				good := letter >= "A" && letter <= "ZZZ" && len(letter) <= 3 && strings.ToUpper(letter) == letter && len(letter) > 0 && letter != "É" &&
					(year == "2026" || year == "0000") && (serial == "0001" || serial == "9999" || serial == "10000" || serial == "123456789")
				if ok != good {
					t.Errorf("%q: %v", id, ok)
				}
				if ok && FormatID(l, y, s) != id {
					t.Errorf("%q comes back as %q", id, FormatID(l, y, s))
				}
			}
		}
	}
	for _, id := range []string{"", "-", "--", "A-2026", "A-2026-0001-1", "A-2026-0001 ", " A-2026-0001", fmt.Sprint("A-2026-", -1)} {
		if _, _, _, ok := SplitID(id); ok {
			t.Errorf("%q is taken for an id", id)
		}
	}
}

func BenchmarkSplitID(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, ok := SplitID("V-2026-0317"); !ok {
			b.Fatal()
		}
	}
}
