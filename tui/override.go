package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// refusedFile is what every screen does with a public file that says too much:
// the list of what was found, and for who may let it stand the question for its
// reasons, put by show, after which again writes the file with them. ok is false
// for any other error.
func refusedFile(s *session, err error, show func(*pick), again func(reasons []string) tea.Cmd) (report []string, ok bool) {
	var blocked *export.Blocked
	if !errors.As(err, &blocked) {
		return nil, false
	}
	if blocked.Asks {
		show(pickReasons(s, blocked, nil, show, again))
	}
	return append([]string{blocked.Words.In(s.lang)}, blocked.Lines(s.lang)...), true
}

// reportOver lays what there is to tell over the foot of a screen.
func reportOver(s *session, fr *frame, report []string, w, h int) {
	var lines []string
	for _, line := range report {
		for _, l := range s.metric.Wrap(clean(line), w) {
			lines = append(lines, accent.Render(l))
		}
	}
	over(fr, s.metric.Rule(w), lines[:min(len(lines), h-2)], h)
}

// pickReasons asks for the reason of each thing that the privacy check found, one
// after the other, and then writes the file with them. Esc leaves it unwritten.
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
