//go:build ignore

// Shot turns a screen captured by "tmux capture-pane -e -p" into a page of one
// absolutely placed box per cell, so that the columns of Chinese and Latin text
// are exact whatever the fonts do.
//
//	tmux capture-pane -e -p | go run docs/pictures/shot.go > page.html
//
// With -pack it makes the browser's picture of that page small: a palette holds
// all the shades that text on one ground needs.
//
//	go run docs/pictures/shot.go -pack < page.png > small.png
package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// One cell, the margin round the screen, in CSS pixels.
const (
	cellWidth  = 10
	cellHeight = 24
	margin     = 14
)

// The sixteen colours of the terminal and its two own.
var palette = [16]string{
	"#2e3436", "#ef6b6b", "#8ac76f", "#e0c060", "#7fb0f0", "#c79ae0", "#6fc7c7", "#d3d7cf",
	"#7a7f7c", "#ff8f8f", "#a8e08f", "#f5dc85", "#a5caff", "#dfbaf5", "#9be3e3", "#ffffff",
}

const (
	ink   = "#dfe3e0"
	paper = "#1b2024"
)

// style is what SGR has set so far; the colours are "" for the terminal's own.
type style struct {
	bold, faint, underline, reverse bool
	fg, bg                          string
}

// set takes the parameters of one SGR sequence.
func (s *style) set(params string) {
	list := strings.Split(params, ";")
	for i := 0; i < len(list); i++ {
		n, _ := strconv.Atoi(list[i])
		switch {
		case n == 0:
			*s = style{}
		case n == 1:
			s.bold = true
		case n == 2:
			s.faint = true
		case n == 4:
			s.underline = true
		case n == 7:
			s.reverse = true
		case n == 22:
			s.bold, s.faint = false, false
		case n == 24:
			s.underline = false
		case n == 27:
			s.reverse = false
		case n >= 30 && n <= 37:
			s.fg = palette[n-30]
		case n >= 90 && n <= 97:
			s.fg = palette[n-90+8]
		case n == 39:
			s.fg = ""
		case n >= 40 && n <= 47:
			s.bg = palette[n-40]
		case n >= 100 && n <= 107:
			s.bg = palette[n-100+8]
		case n == 49:
			s.bg = ""
		case (n == 38 || n == 48) && i+2 < len(list) && list[i+1] == "5":
			if c, _ := strconv.Atoi(list[i+2]); c >= 0 && c < len(palette) {
				if n == 38 {
					s.fg = palette[c]
				} else {
					s.bg = palette[c]
				}
			}
			i += 2
		}
	}
}

// css is the style of one cell; "" where a blank would not show.
func (s style) css(text string) string {
	fg, bg := s.fg, s.bg
	if s.reverse {
		if fg, bg = bg, fg; fg == "" {
			fg = paper
		}
		if bg == "" {
			bg = ink
		}
	}
	var b strings.Builder
	if fg != "" {
		b.WriteString(";color:" + fg)
	}
	if bg != "" {
		b.WriteString(";background:" + bg)
	}
	if s.bold {
		b.WriteString(";font-weight:700")
	}
	if s.faint {
		b.WriteString(";opacity:.62")
	}
	if s.underline {
		b.WriteString(";box-shadow:inset 0 -1px " + ink)
	}
	if text == " " && bg == "" && !s.underline {
		return ""
	}
	return b.String() + ";"
}

// box writes one cell, or two for a wide character.
func box(w *bufio.Writer, x, y, cells int, text, css string) {
	class := ""
	if cells == 1 && text[0] >= 0x80 {
		class = ` class=n` // the Chinese font draws these two cells wide
	}
	fmt.Fprintf(w, `<b%s style="left:%dpx;top:%dpx;width:%dpx%s">%s</b>`+"\n",
		class, margin+x*cellWidth, margin+y*cellHeight, cells*cellWidth, strings.TrimSuffix(css, ";"), html.EscapeString(text))
}

// pack writes a picture again with few shades: near ones become the one of
// them that is seen most, so that the ground stays as it was.
func pack(w io.Writer, r io.Reader) error {
	src, err := png.Decode(r)
	if err != nil {
		return err
	}
	at := src.Bounds()
	for step := 12; ; step += 4 {
		seen := map[color.RGBA]map[color.Color]int{}
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				c := src.At(x, y)
				k := coarse(c, step)
				if seen[k] == nil {
					seen[k] = map[color.Color]int{}
				}
				seen[k][c]++
			}
		}
		if len(seen) > 64 {
			continue
		}
		groups := make([]color.RGBA, 0, len(seen))
		for k := range seen {
			groups = append(groups, k)
		}
		slices.SortFunc(groups, func(a, b color.RGBA) int { return order(a, b) })
		shades := make(color.Palette, len(groups))
		index := map[color.RGBA]uint8{}
		for i, k := range groups {
			index[k] = uint8(i)
			most := 0
			for c, n := range seen[k] {
				if n > most || n == most && order(c, shades[i]) < 0 {
					most, shades[i] = n, c
				}
			}
		}
		small := image.NewPaletted(at, shades)
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				small.SetColorIndex(x, y, index[coarse(src.At(x, y), step)])
			}
		}
		return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, small)
	}
}

// order is any fixed order of colours, so that the same page gives the same file.
func order(a, b color.Color) int {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	return cmp.Or(cmp.Compare(r1, r2), cmp.Compare(g1, g2), cmp.Compare(b1, b2))
}

// coarse rounds each part of a colour to a multiple of step.
func coarse(c color.Color, step int) color.RGBA {
	r, g, b, _ := c.RGBA()
	round := func(v uint32) uint8 { return uint8(min(255, (int(v>>8)+step/2)/step*step)) }
	return color.RGBA{round(r), round(g), round(b), 255}
}

func main() {
	cols := flag.Int("cols", 80, "columns of the screen")
	rows := flag.Int("rows", 24, "rows of the screen")
	cursor := flag.String("cursor", "", "place of the cursor, column,row from 0")
	size := flag.Bool("size", false, "print the size of the picture as width,height and leave")
	packing := flag.Bool("pack", false, "read a PNG and write it smaller")
	flag.Parse()
	if *packing {
		if err := pack(os.Stdout, os.Stdin); err != nil {
			fmt.Fprintln(os.Stderr, "shot:", err)
			os.Exit(1)
		}
		return
	}
	if *size {
		fmt.Printf("%d,%d\n", *cols*cellWidth+2*margin, *rows*cellHeight+2*margin)
		return
	}
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	fmt.Fprintf(w, `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:%s;color:%s}
b{position:absolute;height:%dpx;line-height:%dpx;overflow:hidden;white-space:pre;font:400 20px/%dpx "Noto Sans Mono CJK SC"}
b.n{font-family:"DejaVu Sans Mono";font-size:16.6px}
#cursor{background:%s;opacity:.8}
</style>
`, paper, ink, cellHeight, cellHeight, cellHeight, ink)

	in := bufio.NewScanner(os.Stdin)
	var s style
	for y := 0; in.Scan() && y < *rows; y++ {
		line, x := in.Text(), 0
		for line != "" {
			if rest, ok := strings.CutPrefix(line, "\x1b["); ok {
				end := strings.IndexFunc(rest, func(r rune) bool { return r >= '@' && r <= '~' })
				if end < 0 {
					break
				}
				if rest[end] == 'm' {
					s.set(rest[:end])
				}
				line = rest[end+1:]
				continue
			}
			text, rest, cells, _ := uniseg.FirstGraphemeClusterInString(line, -1)
			line = rest
			if cells == 0 {
				continue
			}
			if css := s.css(text); css != "" {
				box(w, x, y, cells, text, css)
			}
			x += cells
		}
	}
	if x, y, ok := strings.Cut(*cursor, ","); ok {
		cx, err1 := strconv.Atoi(x)
		cy, err2 := strconv.Atoi(y)
		if err1 != nil || err2 != nil {
			fmt.Fprintln(os.Stderr, "shot: -cursor takes column,row")
			os.Exit(2)
		}
		fmt.Fprintf(w, `<b id=cursor style="left:%dpx;top:%dpx;width:2px"></b>`+"\n", margin+cx*cellWidth, margin+cy*cellHeight)
	}
}
