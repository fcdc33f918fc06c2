package tui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"taizhang/export/ingest"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// columns asks which column of the file is meant, and then what it is. Those that
// nobody knows come first. The answer is remembered for files to come.
func (n *intake) columns(s *session) tea.Cmd {
	if n.plan == nil || n.over || n.plan.HeadLine == 0 {
		return complain(&model.Problem{Words: words.IntakeNothing})
	}
	var first, rest []part.Option
	for i, c := range n.plan.Columns {
		o := part.Option{ID: strconv.Itoa(i), Text: clean(model.Shorten(c.Head)) + " → "}
		switch {
		case c.Use == ingest.Unknown:
			o.Text += words.IntakeUnknown.In(s.lang)
			first = append(first, o)
			continue
		case c.Field != nil:
			o.Text += c.Field.Words.In(s.lang)
		default:
			o.Text += words.IntakeLeave.In(s.lang)
		}
		rest = append(rest, o)
	}
	n.pick = newPick(s, words.IntakeColumn, append(first, rest...), func(id, _ string) tea.Cmd {
		i, err := strconv.Atoi(id)
		if err != nil {
			return nil
		}
		return n.becomes(s, n.plan.Columns[i])
	})
	return nil
}

// becomes asks what a column is, and looks through the file again.
func (n *intake) becomes(s *session, c ingest.Column) tea.Cmd {
	const leave = "-"
	options := []part.Option{{ID: leave, Text: words.IntakeLeave.In(s.lang)}}
	for _, f := range n.plan.Free(c) {
		options = append(options, part.Option{ID: f.Key, Text: f.Words.In(s.lang)})
	}
	title := model.Sayf(words.IntakeIs.ZH, words.IntakeIs.EN, clean(model.Shorten(c.Head)))
	n.pick = newPick(s, title, options, func(id, _ string) tea.Cmd {
		switch id {
		case "":
			return nil
		case leave:
			id = ""
		}
		register, head := n.reg.Key, model.Head{Text: c.Head, Field: id}
		return tea.Batch(s.prefer(func(p *model.Preferences) { p.SetHead(register, head) }), n.look(s))
	})
	return nil
}
