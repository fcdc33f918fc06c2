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
	letter, rest, _ := strings.Cut(id, "-")
	digits, count, ok := strings.Cut(rest, "-")
	if !ok || len(letter) == 0 || len(letter) > 3 || len(digits) != 4 || len(count) < 4 || len(count) > 9 || len(count) > 4 && count[0] == '0' {
		return "", 0, 0, false
	}
	for i := range len(letter) {
		if letter[i] < 'A' || letter[i] > 'Z' {
			return "", 0, 0, false
		}
	}
	year, ok1 := wholeNumber(digits)
	serial, ok2 := wholeNumber(count)
	if !ok1 || !ok2 || serial == 0 {
		return "", 0, 0, false
	}
	return letter, year, serial, true
}

// wholeNumber reads nothing but digits, at most nine.
func wholeNumber(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
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
