package model

import (
	"fmt"
	"strconv"
	"strings"
)

// FormatID writes an id: register letter, year, serial per register and year.
// Four digits are enough to read aloud on the phone; more are used when needed.
func FormatID(letter string, year, serial int) string {
	return fmt.Sprintf("%s-%04d-%04d", letter, year, serial)
}

// SplitID takes an id apart. ok is false for any text that is not an id in its
// only form (so that a name is never mistaken for one).
func SplitID(id string) (letter string, year, serial int, ok bool) {
	parts := strings.Split(id, "-")
	if len(parts) != 3 || len(parts[0]) == 0 || len(parts[0]) > 3 || len(parts[1]) != 4 || len(parts[2]) < 4 || len(parts[2]) > 9 {
		return "", 0, 0, false
	}
	for _, c := range parts[0] {
		if c < 'A' || c > 'Z' {
			return "", 0, 0, false
		}
	}
	year, err1 := strconv.Atoi(parts[1])
	serial, err2 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil || serial <= 0 || year < 0 || FormatID(parts[0], year, serial) != id {
		return "", 0, 0, false
	}
	return parts[0], year, serial, true
}

// TidyID turns what a person types for an id (lower case, full width, no
// leading zeros) into its only form; other text comes back unchanged.
func TidyID(s string) string {
	t := strings.ToUpper(strings.TrimSpace(halfWidth(s)))
	parts := strings.Split(t, "-")
	if len(parts) == 3 && len(parts[1]) == 4 {
		if n, err := strconv.Atoi(parts[2]); err == nil && n > 0 {
			if y, err := strconv.Atoi(parts[1]); err == nil && y > 0 {
				t = FormatID(parts[0], y, n)
			}
		}
	}
	if _, _, _, ok := SplitID(t); ok {
		return t
	}
	return s
}
