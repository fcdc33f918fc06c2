package cell

import "strings"

// Bar is a horizontal bar of at most w cells for n where most fills them. It
// begins at 0, and what is not 0 is seen. Blocks are of ambiguous width, so wide
// terminals get #.
func (m Metric) Bar(n, most int64, w int) string {
	if n <= 0 || most <= 0 || w <= 0 {
		return ""
	}
	n = min(n, most)
	if m.IsWide() {
		return strings.Repeat("#", max(1, int(float64(n)/float64(most)*float64(w)+0.5)))
	}
	eighths := max(1, int(float64(n)/float64(most)*float64(8*w)+0.5))
	bar := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return bar
}

// Spark is a row of numbers, a cell for each, from 0 to the largest; "" for none
// or where all are 0.
func (m Metric) Spark(values []int64) string {
	most := int64(0)
	for _, v := range values {
		most = max(most, v)
	}
	if most == 0 {
		return ""
	}
	levels := []rune("▁▂▃▄▅▆▇█")
	if m.IsWide() {
		levels = []rune("_.:-=+*#")
	}
	var b strings.Builder
	for _, v := range values {
		at := 0
		if v > 0 { // what is not 0 differs from 0
			at = 1 + int(float64(v)/float64(most)*float64(len(levels)-1)-0.5)
		}
		b.WriteRune(levels[max(0, min(at, len(levels)-1))])
	}
	return b.String()
}
