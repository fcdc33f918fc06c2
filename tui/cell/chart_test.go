package cell

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBar(t *testing.T) {
	for _, c := range []struct {
		m       Metric
		n, most int64
		w       int
		want    string
	}{
		{Narrow, 10, 10, 4, "████"}, {Narrow, 5, 10, 4, "██"}, {Narrow, 1, 1000, 4, "▏"}, {Narrow, 3, 8, 1, "▍"}, {Narrow, 0, 10, 4, ""}, {Narrow, 20, 10, 4, "████"},
		{Wide, 10, 10, 4, "####"}, {Wide, 1, 1000, 4, "#"}, {Wide, 5, 10, 4, "##"}, {Narrow, 5, 0, 4, ""}, {Narrow, 5, 5, 0, ""},
	} {
		if got := c.m.Bar(c.n, c.most, c.w); got != c.want {
			t.Errorf("%d of %d in %d: %q, want %q", c.n, c.most, c.w, got, c.want)
		}
	}
	for m, want := range map[Metric]string{Narrow: "▁▂█▅", Wide: "_.#="} {
		if got := m.Spark([]int64{0, 1, 100, 60}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if Narrow.Spark(nil) != "" || Narrow.Spark([]int64{0, 0}) != "" {
		t.Error("a year of nothing is drawn")
	}
	rapid.Check(t, func(t *rapid.T) {
		m, w := metrics(t), rapid.IntRange(0, 60).Draw(t, "w")
		most := rapid.Int64Range(1, 1<<60).Draw(t, "most")
		n := rapid.Int64Range(0, most).Draw(t, "n")
		if got := m.Width(m.Bar(n, most, w)); got > w {
			t.Fatalf("%d cells of %d", got, w)
		}
		if got := m.Width(m.Spark([]int64{n, most, 0})); got != 3 {
			t.Fatalf("%d cells for three", got)
		}
		if strings.ContainsAny(m.Bar(n, most, w), "█") && m.IsWide() {
			t.Fatal("a block in a wide terminal")
		}
	})
}
