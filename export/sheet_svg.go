package export

import (
	"bufio"
	"fmt"
	"html"
	"strings"
)

// The drawing, in units of which 600 are its width.
const (
	svgWide  = 600
	svgBar   = 14
	svgStep  = 22
	svgLabel = 150 // the names of the bars
	svgValue = 60  // the numbers behind them
)

// html draws the chart without a script or a library: bars from 0, the number
// behind each, hatched instead of coloured, so that it prints in black and white.
// no tells it from the other drawings of the page. Who hears the page read hears the same numbers.
func (c *chart) html(w *bufio.Writer, no int) {
	most := int64(1)
	spoken := make([]string, len(c.values))
	for i, v := range c.values {
		most = max(most, v)
		spoken[i] = c.labels[i] + " " + count(v)
	}
	e := html.EscapeString
	high := len(c.values)*svgStep + 8
	fmt.Fprintf(w, "<figure>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" xmlns=\"http://www.w3.org/2000/svg\">\n", svgWide, high, e(c.caption+"："+strings.Join(spoken, "；")))
	fmt.Fprintf(w, "<defs><pattern id=\"hatch%d\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#fff\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" stroke=\"#000\" stroke-width=\"2.4\"/></pattern></defs>\n", no)
	for i, v := range c.values {
		y := 4 + i*svgStep
		wide := float64(svgWide-svgLabel-svgValue) * float64(v) / float64(most)
		fmt.Fprintf(w, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"12\">%s</text>", svgLabel-6, y+svgBar-3, e(shortLabel(c.labels[i])))
		if v > 0 {
			fmt.Fprintf(w, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"url(#hatch%d)\" stroke=\"#000\" stroke-width=\"0.8\"/>", svgLabel, y, max(wide, 1), svgBar, no)
		}
		fmt.Fprintf(w, "<text x=\"%.1f\" y=\"%d\" font-size=\"12\">%d</text>\n", svgLabel+wide+5, y+svgBar-3, v)
	}
	fmt.Fprintf(w, "<line x1=\"%d\" y1=\"0\" x2=\"%d\" y2=\"%d\" stroke=\"#000\"/>\n</svg>\n<figcaption>%s</figcaption>\n</figure>\n", svgLabel, svgLabel, high, e(c.caption))
}

// shortLabel keeps a name within its room; the table has it whole.
func shortLabel(s string) string {
	const room = 22 // columns
	if columns(s) <= room {
		return s
	}
	r := []rune(s)
	for columns(string(r)) > room-2 {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}
