package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/words"
)

// lockAfter is how long nobody touches a key before the screen is covered: a
// clerk called away leaves no resident's record in sight.
const lockAfter = 10 * time.Minute

// touched notes that somebody is there.
func (a *App) touched() { a.lastKey = a.s.now() }

// abandoned reports whether nobody has been for long enough. A clock that was
// set back begins anew.
func (a *App) abandoned() bool {
	now := a.s.now()
	if a.lastKey.IsZero() || now.Before(a.lastKey) {
		a.lastKey = now
	}
	return a.s.ledger != nil && !a.locked && now.Sub(a.lastKey) >= lockAfter
}

// lock covers the screen and keeps what is half written.
func (a *App) lock() tea.Cmd {
	a.locked = true
	for _, sc := range a.stack {
		if h, ok := sc.(hider); ok {
			h.hide()
		}
	}
	return tea.Batch(a.keepAll()...)
}

// unlock is for any key, which does nothing else: whoever comes back does not
// know what stands beneath.
func (a *App) unlock() tea.Cmd {
	a.locked = false
	a.touched()
	return nil
}

// lockLines is what is seen meanwhile; it names nobody.
func (a *App) lockLines() []string {
	m := a.s.metric
	var out []string
	for range max(0, a.h/2-2) {
		out = append(out, "")
	}
	for _, l := range m.Wrap(words.Locked.In(a.s.lang), a.w-4) {
		out = append(out, "  "+l)
	}
	return out
}
