package term

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"
)

// pen is how a cell is drawn: what the SGR sequences since the last reset add
// up to.
type pen struct {
	attrs      uint16 // bit n: SGR n, of 1 to 9
	underline  uint8  // style of the underline, with attrs bit 4
	fg, bg, ul colour
}

// colour is none (0), one of SGR 30–37 and 90–97, one of 256, or 24 bits.
type colour uint32

const (
	basic colour = (iota + 1) << 24
	indexed
	rgb
)

// bits of pen.attrs that show on a space.
const onSpace = 1<<4 | 1<<7 | 1<<9

// read changes the pen as an SGR sequence does, or reports that it holds
// something unknown.
func (p *pen) read(params ansi.Params) bool {
	if len(params) == 0 {
		*p = pen{}
		return true
	}
	for i := 0; i < len(params); i++ {
		n := params[i].Param(0)
		if params[i].HasMore() && n != 4 && n != 38 && n != 48 && n != 58 {
			return false
		}
		switch {
		case n == 0:
			*p = pen{}
		case n == 4:
			p.underline = 1
			if params[i].HasMore() {
				i++
				if i >= len(params) || params[i].HasMore() {
					return false
				}
				p.underline = uint8(params[i].Param(1))
			}
			p.attrs |= 1 << 4
			if p.underline == 0 {
				p.attrs &^= 1 << 4
			}
		case n < 10:
			p.attrs |= 1 << n
		case n == 21:
			p.attrs, p.underline = p.attrs|1<<4, 2
		case n == 22:
			p.attrs &^= 1<<1 | 1<<2
		case n == 24:
			p.attrs, p.underline = p.attrs&^(1<<4), 0
		case n == 25:
			p.attrs &^= 1<<5 | 1<<6
		case n == 23, 27 <= n && n <= 29:
			p.attrs &^= 1 << (n - 20)
		case 30 <= n && n <= 37:
			p.fg = basic + colour(n-30)
		case 40 <= n && n <= 47:
			p.bg = basic + colour(n-40)
		case 90 <= n && n <= 97:
			p.fg = basic + colour(n-90+8)
		case 100 <= n && n <= 107:
			p.bg = basic + colour(n-100+8)
		case n == 39:
			p.fg = 0
		case n == 49:
			p.bg = 0
		case n == 59:
			p.ul = 0
		case n == 38, n == 48, n == 58:
			c, used, ok := readColour(params[i+1:])
			if !ok {
				return false
			}
			i += used
			switch n {
			case 38:
				p.fg = c
			case 48:
				p.bg = c
			case 58:
				p.ul = c
			}
		default:
			return false
		}
	}
	return true
}

// readColour reads what follows 38, 48 or 58: 5 n, 2 r g b, or with colons
// 2 space r g b.
func readColour(params ansi.Params) (c colour, used int, ok bool) {
	at := func(i int) colour { return colour(params[i].Param(0) & 0xff) }
	switch {
	case len(params) >= 2 && params[0].Param(0) == 5:
		return indexed + at(1), 2, true
	case len(params) >= 4 && params[0].Param(0) == 2:
		if params[0].HasMore() { // the empty place of the colour space
			if len(params) < 5 || !params[3].HasMore() {
				return 0, 0, false
			}
			return rgb + at(2)<<16 + at(3)<<8 + at(4), 5, true
		}
		return rgb + at(1)<<16 + at(2)<<8 + at(3), 4, true
	}
	return 0, 0, false
}

// space is the part of the pen that can be seen on a space.
func (p pen) space() pen {
	if p.attrs&onSpace != 0 {
		return p
	}
	return pen{bg: p.bg}
}

// appendTo appends the sequence that turns the pen that is in use into p.
func (p pen) appendTo(b []byte, used pen) []byte {
	switch {
	case p == used:
		return b
	case p == pen{}:
		return append(b, ansi.ResetStyle...)
	}
	b = append(b, "\x1b["...)
	sep := used != pen{}
	if sep {
		b = append(b, '0')
	}
	add := func(s string) {
		if sep {
			b = append(b, ';')
		}
		sep = true
		b = append(b, s...)
	}
	for n := 1; n < 10; n++ {
		switch {
		case p.attrs&(1<<n) == 0:
		case n == 4 && p.underline > 1:
			add("4:" + strconv.Itoa(int(p.underline)))
		default:
			add(strconv.Itoa(n))
		}
	}
	add30 := func(c colour, base int) {
		n := int(c & 0xff)
		switch c &^ 0xffffff {
		case basic:
			if n >= 8 {
				n += 52 // 90 and 100
			}
			add(strconv.Itoa(base + n))
		case indexed:
			add(strconv.Itoa(base+8) + ";5;" + strconv.Itoa(n))
		case rgb:
			add(strconv.Itoa(base+8) + ";2;" + strconv.Itoa(int(c>>16&0xff)) + ";" + strconv.Itoa(int(c>>8&0xff)) + ";" + strconv.Itoa(n))
		}
	}
	add30(p.fg, 30)
	add30(p.bg, 40)
	if p.ul != 0 && p.ul&^0xffffff != basic {
		add30(p.ul, 50)
	}
	return append(b, 'm')
}
