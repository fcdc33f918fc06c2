package db

import (
	"encoding/binary"
)

// head reads the head of the first item of b.
func head(b []byte) (major byte, n uint64, rest []byte, err error) {
	if len(b) == 0 {
		return 0, 0, nil, errMalformed
	}
	major, low := b[0]>>5, b[0]&31
	b = b[1:]
	switch {
	case low < 24:
		return major, uint64(low), b, nil
	case low > 27 || len(b) < 1<<(low-24):
		return 0, 0, nil, errMalformed
	}
	switch low {
	case 24:
		n = uint64(b[0])
	case 25:
		n = uint64(binary.BigEndian.Uint16(b))
	case 26:
		n = uint64(binary.BigEndian.Uint32(b))
	case 27:
		n = binary.BigEndian.Uint64(b)
	}
	return major, n, b[1<<(low-24):], nil
}

// skip returns what follows the first item of b.
func skip(b []byte) ([]byte, error) {
	for left := uint64(1); left > 0; left-- {
		if len(b) > 0 && b[0]>>5 == majorText && int(b[0]&31) < min(24, len(b)) { // most items are short text
			b = b[1+int(b[0]&31):]
			continue
		}
		major, n, rest, err := head(b)
		if err != nil {
			return nil, err
		}
		b = rest
		switch major {
		case majorBytes, majorText:
			if n > uint64(len(b)) {
				return nil, errMalformed
			}
			b = b[n:]
		case majorArray, majorMap:
			if n > uint64(len(b)) { // each item takes a byte at least
				return nil, errMalformed
			}
			left += n
			if major == majorMap {
				left += n
			}
		case majorTag:
			left++
		}
	}
	return b, nil
}

// text reads a text string that is the first item of b; the bytes are b's own.
func text(b []byte) (s, rest []byte, err error) {
	if len(b) > 0 && b[0]>>5 == majorText && int(b[0]&31) < min(24, len(b)) {
		n := 1 + int(b[0]&31)
		return b[1:n], b[n:], nil
	}
	major, n, rest, err := head(b)
	if err != nil || major != majorText || n > uint64(len(rest)) {
		return nil, nil, errMalformed
	}
	return rest[:n], rest[n:], nil
}

// eachPair calls fn for the pairs of a map with text keys, with the value's
// bytes, until fn returns false.
func eachPair(b []byte, fn func(key, value []byte) bool) error {
	major, n, b, err := head(b)
	if err != nil || major != majorMap {
		return errMalformed
	}
	for ; n > 0; n-- {
		key, rest, err := text(b)
		if err != nil {
			return err
		}
		if b, err = skip(rest); err != nil {
			return err
		}
		if !fn(key, rest[:len(rest)-len(b)]) {
			return nil
		}
	}
	return nil
}

// eachItem calls fn for the elements of an array until fn returns false.
func eachItem(b []byte, fn func(item []byte) bool) error {
	major, n, b, err := head(b)
	if err != nil || major != majorArray {
		return errMalformed
	}
	for ; n > 0; n-- {
		rest, err := skip(b)
		if err != nil {
			return err
		}
		if !fn(b[:len(b)-len(rest)]) {
			return nil
		}
		b = rest
	}
	return nil
}
