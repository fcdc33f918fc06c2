package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// View implements tea.Model: title line, body, footer.
func (a *App) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: words.Product.In(a.s.lang)}
	if a.w < leastWidth || a.h < leastHeight {
		lines := a.s.metric.Wrap(model.Sayf(words.TooSmall.ZH, words.TooSmall.EN, a.w, a.h).In(a.s.lang), max(a.w, 2))
		lines = lines[:min(len(lines), max(a.h, 1))]
		for i, l := range lines {
			lines[i] = a.s.metric.Cut(l, max(a.w, 1))
		}
		v.Content = strings.Join(lines, "\n")
		return v
	}
	if a.locked {
		v.Content = strings.Join(a.lockLines(), "\n")
		return v
	}
	foot := a.footLines()
	body := a.h - 1 - len(foot)
	f := a.top().view(a.s, a.w, body)
	lines := make([]string, 0, a.h)
	lines = append(lines, a.titleLine())
	for i := range body {
		if i < len(f.lines) {
			lines = append(lines, f.lines[i])
		} else {
			lines = append(lines, "")
		}
	}
	lines = append(lines, foot...)
	v.Content = strings.Join(lines, "\n")
	if f.cursor != nil {
		v.Cursor = tea.NewCursor(f.cursor.X, f.cursor.Y+1)
		v.Cursor.Blink = false
	}
	return v
}

func (a *App) titleLine() string {
	var parts []string
	if a.s.community != "" {
		parts = append(parts, a.s.community)
	} else {
		parts = append(parts, words.Product.In(a.s.lang))
	}
	for _, sc := range a.stack {
		if t := sc.title(a.s); t != "" {
			parts = append(parts, t)
		}
	}
	right := a.s.name
	left := strings.Join(parts, " > ")
	m := a.s.metric
	mark := ""
	if a.s.readOnly != (model.Words{}) {
		mark = words.ReadOnly.In(a.s.lang) + " "
	}
	w := a.w - m.Width(right) - m.Width(mark) - 1
	return bold.Render(m.Fit(left, w)) + " " + bad.Render(mark) + faint.Render(right)
}

// mostSaid bounds the lines of a message below the screen.
const mostSaid = 4

// footLines are what is being done, the toast, whole, or the main actions of this
// screen.
func (a *App) footLines() []string {
	m := a.s.metric
	if j := a.s.showing(); j != nil {
		return []string{accent.Render(m.Cut(j.line().In(a.s.lang), a.w))}
	}
	if a.toast == (model.Words{}) {
		return []string{faint.Render(m.Cut(strings.Join(footActions(a.s, a.top(), a.w), "  "), a.w))}
	}
	style := good
	if a.toastBad {
		style = bad
	}
	text := clean(a.toast.In(a.s.lang))
	lines := m.Lines(text, a.w)
	var out []string
	for i, l := range lines {
		line := text[l.Start:l.End]
		if i == mostSaid-1 && i < len(lines)-1 {
			line = m.Cut(strings.ReplaceAll(text[l.Start:], "\n", " "), a.w)
		}
		if out = append(out, style.Render(line)); len(out) == mostSaid {
			break
		}
	}
	return out
}

// mostFoot is the most actions a footer names. Those that every screen has
// always stay.
const mostFoot = 6

// footActions names the main actions that are not off, as many as there is room
// for.
func footActions(s *session, on screen, w int) []string {
	var out []string
	common := 0
	for i := range actions {
		act := &actions[i]
		if act.on&on.place() == 0 || !act.foot || s.refusal(act, on) != nil {
			continue
		}
		out = append(out, keyName(act.keys[0], s.lang)+" "+act.words.In(s.lang))
		switch act.id {
		case actPalette, actHelp, actBack, actQuit:
			common++
		}
	}
	for len(out) > common && (len(out) > mostFoot || s.metric.Width(strings.Join(out, "  ")) > w) {
		own := len(out) - common
		out = append(out[:own-1], out[own:]...)
	}
	return out
}

// The few styles there are: words say what a colour says (terminal.md §7).
var (
	bold    = lipgloss.NewStyle().Bold(true)
	faint   = lipgloss.NewStyle().Faint(true)
	reverse = lipgloss.NewStyle().Reverse(true)
	good    = lipgloss.NewStyle().Foreground(lipgloss.Color("2"))
	bad     = lipgloss.NewStyle().Foreground(lipgloss.Color("1")).Bold(true)
	accent  = lipgloss.NewStyle().Foreground(lipgloss.Color("4"))
)

var underline = lipgloss.NewStyle().Underline(true)
