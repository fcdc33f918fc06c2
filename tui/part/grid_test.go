package part

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"taizhang/tui/cell"
)

func TestShare(t *testing.T) {
	cols := []Column{{"品名", 30, 8, false}, {"数量", 8, 6, true}, {"单位", 20, 8, false}}
	for _, c := range []struct {
		w    int
		want string
	}{
		{80, "30 8 20"}, {60, "30 8 20"}, {50, "20 8 20"}, {30, "10 8 10"}, {24, "8 6 8"}, {23, ""},
	} {
		if got := strings.Trim(fmt.Sprint(Share(cols, c.w)), "[]"); got != c.want {
			t.Errorf("in %d cells: %s, want %s", c.w, got, c.want)
		}
	}
}

// Whatever its columns and however small the window, no line is wider than it,
// and the cell with the cursor is in sight where it is said to be.
func TestGridView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom([]cell.Metric{cell.Narrow, cell.Wide}).Draw(t, "m")
		g := Grid{Metric: m}
		cols := make([]Column, rapid.IntRange(1, 12).Draw(t, "cols"))
		for i := range cols {
			least := rapid.IntRange(4, 12).Draw(t, "least")
			cols[i] = Column{rapid.SampledFrom([]string{"品名", "Quantity", "“价”"}).Draw(t, "head"), least + rapid.IntRange(0, 30).Draw(t, "more"), least, false}
		}
		for range 5 {
			rows := rapid.IntRange(1, 20).Draw(t, "rows")
			row, col := rapid.IntRange(0, rows-1).Draw(t, "row"), rapid.IntRange(0, len(cols)-1).Draw(t, "col")
			w, h := rapid.IntRange(30, 120).Draw(t, "w"), rapid.IntRange(2, 12).Draw(t, "h")
			lines, x, y := g.View(w, h, cols, rows, row, col, func(r, c, width int) string {
				if r == row && c == col {
					return m.Fit("@", width)
				}
				return m.Fit("街道社区", width)
			})
			if len(lines) > h {
				t.Fatalf("%d lines in %d", len(lines), h)
			}
			for _, l := range lines {
				if m.Width(l) > w {
					t.Fatalf("%d cells in %d: %q", m.Width(l), w, l)
				}
			}
			before, _, found := strings.Cut(lines[y], "@")
			if !found || m.Width(before) != x {
				t.Fatalf("the cursor is not at %d,%d of\n%s", x, y, strings.Join(lines, "\n"))
			}
		}
	})
}
