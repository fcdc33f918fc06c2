package term

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// The greatest terminal the program runs in, and the size of one that names
// none (a serial line, an SSH client without a window).
const (
	MaxCols, MaxRows         = 1000, 500
	defaultCols, defaultRows = 80, 24
)

// SizeError says that the terminal claims an absurd size.
type SizeError struct{ Cols, Rows int }

// Error implements error.
func (e *SizeError) Error() string {
	return fmt.Sprintf("terminal of %dx%d cells is larger than %dx%d", e.Cols, e.Rows, MaxCols, MaxRows)
}

// CheckSize must pass before the program is made: Bubble Tea allocates the
// whole window before a model sees its size, and a client may claim 65535x65535
// (more than 4 GB). A size of zero counts as 80x24.
func CheckSize(cols, rows int) (w, h int, err error) {
	if cols <= 0 {
		cols = defaultCols
	}
	if rows <= 0 {
		rows = defaultRows
	}
	if cols > MaxCols || rows > MaxRows {
		return 0, 0, &SizeError{cols, rows}
	}
	return cols, rows, nil
}

// ClampFilter is for tea.WithFilter: it keeps later changes of the size, which
// Bubble Tea allocates too, within bounds.
func ClampFilter(_ tea.Model, msg tea.Msg) tea.Msg {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		if size.Width <= 0 {
			size.Width = defaultCols
		}
		if size.Height <= 0 {
			size.Height = defaultRows
		}
		size.Width, size.Height = min(size.Width, MaxCols), min(size.Height, MaxRows)
		return size
	}
	return msg
}

// Environ returns the environment for tea.WithEnvironment without COLUMNS and
// LINES: for a terminal of size zero Bubble Tea believes them, unchecked. And
// NO_COLOR counts whatever it says (no-color.org); Bubble Tea wants a number or
// a truth value.
func Environ(env []string) []string {
	var out []string
	for _, e := range env {
		if value, ok := strings.CutPrefix(e, "NO_COLOR="); ok && value != "" {
			e = "NO_COLOR=1"
		}
		if !strings.HasPrefix(e, "COLUMNS=") && !strings.HasPrefix(e, "LINES=") {
			out = append(out, e)
		}
	}
	return out
}
