package term

import (
	"errors"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestCheckSize(t *testing.T) {
	for _, c := range []struct {
		cols, rows, w, h int
		ok               bool
	}{
		{80, 24, 80, 24, true},
		{0, 0, 80, 24, true},
		{0, 50, 80, 50, true},
		{1000, 500, 1000, 500, true},
		{1001, 24, 0, 0, false},
		{80, 501, 0, 0, false},
		{65535, 65535, 0, 0, false},
	} {
		w, h, err := CheckSize(c.cols, c.rows)
		var size *SizeError
		if w != c.w || h != c.h || (err == nil) != c.ok || err != nil && !errors.As(err, &size) {
			t.Errorf("%dx%d: %dx%d, %v", c.cols, c.rows, w, h, err)
		}
	}
}

func TestClampFilter(t *testing.T) {
	if got := ClampFilter(nil, tea.WindowSizeMsg{Width: 65535, Height: 600}); got != (tea.WindowSizeMsg{Width: 1000, Height: 500}) {
		t.Errorf("%v", got)
	}
	if got := ClampFilter(nil, tea.WindowSizeMsg{}); got != (tea.WindowSizeMsg{Width: 80, Height: 24}) {
		t.Errorf("%v", got)
	}
	if got := ClampFilter(nil, "other"); got != "other" {
		t.Errorf("%v", got)
	}
}

func TestEnviron(t *testing.T) {
	if got := Environ([]string{"TERM=xterm", "COLUMNS=65535", "LINES=65535", "NO_COLOR=yes"}); !slices.Equal(got, []string{"TERM=xterm", "NO_COLOR=1"}) {
		t.Errorf("%v", got)
	}
}
