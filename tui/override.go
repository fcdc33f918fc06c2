package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// pickReasons asks an approver for the reason of each thing that the privacy
// check found, one after the other, and then writes the file with them. Esc
// leaves it unwritten.
func pickReasons(s *session, b *export.Blocked, given []string, show func(*pick), write func([]string) tea.Cmd) *pick {
	n := len(given)
	found := b.Found[n]
	title := model.Sayf(words.OverrideAsk.ZH, words.OverrideAsk.EN, n+1, len(b.Found), found.Kind.Words(), found.Masked, export.LeastReason)
	return newPick(s, title, nil, func(_, typed string) tea.Cmd {
		if model.Characters(typed) < export.LeastReason {
			show(pickReasons(s, b, given, show, write))
			return complain(model.Problemf(words.OverrideShort.ZH, words.OverrideShort.EN, export.LeastReason))
		}
		reasons := append(given[:n:n], typed)
		if len(reasons) < len(b.Found) {
			show(pickReasons(s, b, reasons, show, write))
			return nil
		}
		return write(reasons)
	})
}
