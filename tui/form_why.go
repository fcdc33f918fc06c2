package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// askWhy asks for the reason of a change that is refused without one.
func (f *form) askWhy(s *session, another bool) {
	f.why, f.whyMore = &part.Input{Metric: s.metric}, another
	f.why.Limit, f.why.Clean = 200, model.Clean
}

// pressWhy handles keys while it is typed. Back goes to the form, where all that
// was typed still stands.
func (f *form) pressWhy(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		f.why = nil
	case "enter", "ctrl+s":
		reason := strings.TrimSpace(f.why.Value())
		if reason == "" {
			return complain(&model.Problem{Words: words.NeedReason})
		}
		f.why = nil
		return f.store(s, f.whyMore, true, reason)
	default:
		f.why.Update(key)
	}
	return nil
}
