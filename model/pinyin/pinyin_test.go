package pinyin

import (
	"slices"
	"testing"
	"unicode"

	dictionary "github.com/mozillazg/go-pinyin"
)

// TestDictionary compares the dictionary in the program with the one it was made
// from, for every character there is.
func TestDictionary(t *testing.T) {
	known := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		toned, plain := Readings(r)
		if !unicode.Is(unicode.Han, r) {
			if toned != "" || plain != nil {
				t.Errorf("%c is no Han character and reads %s %v", r, toned, plain)
			}
			continue
		}
		want := ""
		if all := dictionary.SinglePinyin(r, dictionary.Args{Style: dictionary.Tone3}); len(all) > 0 {
			want = all[0]
			known++
		}
		var readings []string
		for _, s := range dictionary.SinglePinyin(r, dictionary.Args{Style: dictionary.Normal, Heteronym: true}) {
			if Plain(s) && !slices.Contains(readings, s) {
				readings = append(readings, s)
			}
		}
		if toned != want || !slices.Equal(plain, readings) {
			t.Errorf("%c reads %q %q, the dictionary says %q %q", r, toned, plain, want, readings)
		}
	}
	if known < 41_000 {
		t.Errorf("only %d characters are known", known)
	}
}

func BenchmarkReadings(b *testing.B) {
	for b.Loop() {
		if toned, _ := Readings('曾'); toned == "" {
			b.Fatal("曾 is not known")
		}
	}
}
