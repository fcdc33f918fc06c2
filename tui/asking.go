package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// asking is the line at the foot in which a reason is typed. Without a reason
// nothing happens: the journal must say why.
type asking struct {
	question model.Words
	in       part.Input
	take     func(reason string) tea.Cmd
}

// mostReason is the longest reason, in characters.
const mostReason = 200

func newAsking(s *session, question model.Words, take func(reason string) tea.Cmd) *asking {
	a := &asking{question: question, take: take}
	a.in = part.Input{Metric: s.metric}
	a.in.Limit, a.in.Clean = mostReason, model.Clean
	return a
}

// press handles a key; gone is called, first, when the question is over.
func (a *asking) press(key tea.KeyPressMsg, gone func()) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		gone()
		return nil
	case "enter":
		reason := strings.TrimSpace(a.in.Value())
		if reason == "" {
			return complain(&model.Problem{Words: words.NeedReason})
		}
		gone()
		return a.take(reason)
	}
	a.in.Update(key)
	return nil
}

// under draws the line below the room lines of a frame.
func (a *asking) under(s *session, fr *frame, w, room int) {
	for len(fr.lines) < room {
		fr.lines = append(fr.lines, "")
	}
	line, x := ask(s, a.question, model.Words{}, &a.in, w)
	fr.cursor = &tea.Position{X: x, Y: len(fr.lines)}
	fr.lines = append(fr.lines, line)
}
