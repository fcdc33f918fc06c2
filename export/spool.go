package export

import "encoding/binary"

// spool keeps lines of cells until it is known how many there are, packed
// together: a line costs its text and a byte for each cell.
type spool struct {
	parts [][]byte
	lines int
}

const spoolPart = 1 << 20

func (s *spool) add(cells []string) {
	size := 0
	for _, c := range cells {
		size += len(c) + binary.MaxVarintLen32
	}
	if n := len(s.parts); n == 0 || cap(s.parts[n-1])-len(s.parts[n-1]) < size {
		s.parts = append(s.parts, make([]byte, 0, max(spoolPart, size)))
	}
	p := &s.parts[len(s.parts)-1]
	for _, c := range cells {
		*p = binary.AppendUvarint(*p, uint64(len(c)))
		*p = append(*p, c...)
	}
	s.lines++
}

// each gives fn the lines, all of which have so many cells. The slice is good
// until the next.
func (s *spool) each(cells int, fn func([]string) error) error {
	line := make([]string, cells)
	for _, p := range s.parts {
		text := string(p) // the cells of a line share it
		for len(text) > 0 {
			for i := range line {
				n, w := uvarint(text)
				line[i], text = text[w:w+n], text[w+n:]
			}
			if err := fn(line); err != nil {
				return err
			}
		}
	}
	return nil
}

func uvarint(s string) (n, width int) {
	for shift := 0; ; shift += 7 {
		b := s[width]
		width++
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n, width
		}
	}
}
