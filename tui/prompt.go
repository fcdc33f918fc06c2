package tui

import (
	"taizhang/model"
	"taizhang/tui/part"
)

// ask draws a question with the line in which it is answered, the refusal in
// place of the question when there is one, and returns the cursor's column.
func ask(s *session, question, refusal model.Words, in *part.Input, w int) (string, int) {
	const least = 20
	label, style := question.In(s.lang), bold
	if refusal != (model.Words{}) {
		label, style = refusal.In(s.lang)+" ", bad
	}
	label = s.metric.Cut(label, w-least)
	at := s.metric.Width(label)
	text, x := in.View(max(least, min(40, w-at-1)))
	return style.Render(label) + underline.Render(text), at + x
}
