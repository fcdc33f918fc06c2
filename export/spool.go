package export

import (
	"encoding/binary"
	"errors"
	"os"
	"slices"
)

// spool keeps lines of cells until it is known how many there are, packed
// together: a line costs its text and a byte for each cell. What is more than a
// little lies on the disk, in a file that has no name there: whatever ends the
// program, nothing of the lines is left behind.
type spool struct {
	part  []byte
	file  *os.File // nil: all lines are in part
	sizes []int    // of the parts in the file
	lines int
}

const spoolPart = 1 << 20

// add takes a line.
func (s *spool) add(cells []string) error {
	if s.part == nil {
		s.part = make([]byte, 0, spoolPart+spoolPart/16)
	}
	for _, c := range cells {
		s.part = binary.AppendUvarint(s.part, uint64(len(c)))
		s.part = append(s.part, c...)
	}
	s.lines++
	if len(s.part) < spoolPart {
		return nil
	}
	return s.put()
}

// put moves the part to the disk.
func (s *spool) put() error {
	if s.file == nil {
		f, err := os.CreateTemp("", "taizhang-")
		if err != nil {
			return fileProblem(os.TempDir(), err)
		}
		if err := os.Remove(f.Name()); err != nil {
			return errors.Join(fileProblem(os.TempDir(), err), f.Close())
		}
		s.file = f
	}
	if _, err := s.file.Write(s.part); err != nil {
		return fileProblem(os.TempDir(), err)
	}
	s.sizes = append(s.sizes, len(s.part))
	s.part = s.part[:0]
	return nil
}

// close lets go of the file.
func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		s.file = nil
	}
}

// each gives fn the lines, all of which have so many cells. The slice is good
// until the next.
func (s *spool) each(cells int, fn func([]string) error) error {
	line := make([]string, cells)
	read := func(part []byte) error {
		text := string(part) // the cells of a line share it
		for len(text) > 0 {
			for i := range line {
				n, w := uvarint(text)
				line[i], text = text[w:w+n], text[w+n:]
			}
			if err := fn(line); err != nil {
				return err
			}
		}
		return nil
	}
	var part []byte
	at := int64(0)
	for _, size := range s.sizes {
		part = slices.Grow(part[:0], size)[:size]
		if _, err := s.file.ReadAt(part, at); err != nil {
			return fileProblem(os.TempDir(), err)
		}
		if err := read(part); err != nil {
			return err
		}
		at += int64(size)
	}
	return read(s.part)
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
