package model

import "testing"

func TestHanNumber(t *testing.T) {
	for n, want := range map[int]string{1: "一", 9: "九", 10: "十", 11: "十一", 19: "十九", 20: "二十", 21: "二十一", 90: "九十", 99: "九十九", 0: "0", 100: "100"} {
		if got := HanNumber(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
