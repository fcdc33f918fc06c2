// Package tui is the screen program: one App with a stack of screens drawn by
// Bubble Tea. Drawing returns text and cursor; reading and writing the ledger
// happens in commands, never in an update.
package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"taizhang/model"
	"taizhang/tui/words"
)

// Smallest window that can be worked in (terminal.md §7).
const (
	leastWidth  = 60
	leastHeight = 16
)

// App is the Bubble Tea model of one login.
type App struct {
	s     *session
	stack []screen
	w, h  int

	toast    model.Words
	toastBad bool
	toastID  int
	rev      uint64
	early    []tea.Msg // typed while the top screen was waiting
}

// mostEarly bounds what is kept of what is typed ahead.
const mostEarly = 4096

// newApp starts on a screen: home, or the first run.
func newApp(s *session, first screen) *App {
	return &App{s: s, stack: []screen{first}, w: 80, h: 24}
}

func (a *App) top() screen { return a.stack[len(a.stack)-1] }

// Init implements tea.Model. Synchronized output is switched on by hand because
// Bubble Tea does not ask for it over SSH; a terminal without it ignores it.
func (a *App) Init() tea.Cmd {
	s := a.s
	return tea.Batch(
		func() tea.Msg { return readOnlyMsg{s.notWritable()} },
		func() tea.Msg { return tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset} },
		a.top().init(a.s), a.watch())
}

// watch asks for the ledger's revision in a while. It touches no lock, so many
// idle logins cost nothing.
func (a *App) watch() tea.Cmd {
	s := a.s
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return revisionMsg{s.revision(), s.notWritable()} })
}

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmds := []tea.Cmd{a.handle(msg)}
	for {
		cmds = append(cmds, a.move())
		if len(a.early) == 0 || a.waiting() {
			return a, tea.Batch(cmds...)
		}
		next := a.early[0]
		a.early = a.early[1:]
		cmds = append(cmds, a.handle(next))
	}
}

// waiting reports whether the top screen can take no keys now.
func (a *App) waiting() bool {
	w, ok := a.top().(waiter)
	return ok && w.waiting()
}

// move opens and closes screens as the last update wished.
func (a *App) move() tea.Cmd {
	var cmds []tea.Cmd
	for len(a.s.moves) > 0 {
		next := a.s.moves[0]
		a.s.moves = a.s.moves[1:]
		if next == nil {
			cmds = append(cmds, a.pop())
			continue
		}
		a.stack = append(a.stack, next)
		a.toast = model.Words{} // it spoke of the screen below
		cmds = append(cmds, next.init(a.s))
	}
	return tea.Batch(cmds...)
}

// typedAhead keeps a key or paste for later if the top screen is waiting. Going
// back always works.
func (a *App) typedAhead(msg tea.Msg) bool {
	key, isKey := msg.(tea.KeyPressMsg)
	_, isPaste := msg.(tea.PasteMsg)
	if !isKey && !isPaste || !a.waiting() {
		return false
	}
	if act := find(a.top().place(), key.String()); isKey && act != nil && act.id == actBack {
		a.early = nil
		return false
	}
	if len(a.early) < mostEarly {
		a.early = append(a.early, msg)
	}
	return true
}

// handle gives one message to whom it belongs.
func (a *App) handle(msg tea.Msg) tea.Cmd {
	if a.typedAhead(msg) {
		return nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		return nil
	case readOnlyMsg:
		a.s.readOnly = msg.why
		return nil
	case revisionMsg:
		a.s.readOnly = msg.readOnly
		cmds := []tea.Cmd{a.watch()}
		if msg.rev != a.rev {
			a.rev = msg.rev
			cmds = append(cmds, a.top().refresh(a.s))
		}
		return tea.Batch(cmds...)
	case openedMsg:
		a.s, a.rev = msg.session, 0
		home := newHome()
		a.stack = []screen{home}
		return home.init(a.s)
	case hangupMsg:
		var last []tea.Cmd
		for _, sc := range a.stack { // forms lie under help and under each other
			if k, ok := sc.(keeper); ok {
				last = append(last, k.keep(a.s))
			}
		}
		leave := func() tea.Msg { a.s.leave(); return nil }
		return tea.Sequence(append(last, leave, tea.Quit)...)
	case preferencesMsg:
		return a.s.preferred(msg)
	case addressed:
		return msg.to().update(a.s, msg)
	case pauseMsg:
		return msg.form.pause(a.s)
	case toastMsg:
		return a.show(msg)
	case clearToastMsg:
		if msg.id == a.toastID { // a newer message stays
			a.toast = model.Words{}
		}
		return nil
	case tea.KeyPressMsg:
		if a.w < leastWidth || a.h < leastHeight {
			return nil
		}
		if cmd, done := a.common(msg.String()); done {
			return cmd
		}
	}
	return a.top().update(a.s, msg)
}

// common handles the keys that mean the same on every screen.
func (a *App) common(key string) (tea.Cmd, bool) {
	if a.top().typing() && len(key) == 1 {
		return nil, false
	}
	act := find(a.top().place(), key)
	if act == nil {
		return nil, false
	}
	switch act.id {
	case actRedraw:
		return tea.ClearScreen, true
	case actHelp:
		h := newHelp(a.top().place(), a.top().register())
		if e, ok := a.top().(explainer); ok {
			h.heading, h.about = e.explain(a.s)
		}
		return a.s.push(h), true
	case actSearch:
		if a.top().typing() { // a filter or a reason is being written
			return nil, false
		}
		return a.s.push(newSearch(a.s)), true
	}
	if act.may != "" && a.top().register() != nil {
		if err := model.Can(a.s.actor, act.may, a.top().register()); err != nil {
			return complain(err), true
		}
	}
	switch act.id {
	case actUndo:
		return a.s.undo(false), true
	case actRedo:
		return a.s.undo(true), true
	}
	return nil, false
}

func (a *App) pop() tea.Cmd {
	if len(a.stack) == 1 {
		return tea.Quit
	}
	a.stack = a.stack[:len(a.stack)-1]
	return a.top().refresh(a.s)
}

// show puts a message into the footer, errors longer than news.
func (a *App) show(msg toastMsg) tea.Cmd {
	a.toast, a.toastBad = msg.text, msg.bad
	a.toastID++
	id, wait := a.toastID, 3*time.Second
	if msg.bad { // there is more to read
		wait = 6*time.Second + time.Duration(len(msg.text.ZH))*20*time.Millisecond
	}
	return tea.Tick(wait, func(time.Time) tea.Msg { return clearToastMsg{id} })
}

// View implements tea.Model: title line, body, footer.
func (a *App) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: words.Product.In(a.s.lang)}
	if a.w < leastWidth || a.h < leastHeight {
		v.Content = a.s.metric.Cut(model.Sayf(words.TooSmall.ZH, words.TooSmall.EN, a.w, a.h).In(a.s.lang), max(a.w, 1))
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

// mostFoot bounds the lines of a message below the screen.
const mostFoot = 4

// footLines are the toast, whole, or the actions of this screen that stand in
// the table as footer actions.
func (a *App) footLines() []string {
	m := a.s.metric
	if a.toast != (model.Words{}) {
		style := good
		if a.toastBad {
			style = bad
		}
		text := clean(a.toast.In(a.s.lang))
		lines := m.Lines(text, a.w)
		var out []string
		for i, l := range lines {
			line := text[l.Start:l.End]
			if i == mostFoot-1 && i < len(lines)-1 {
				line = m.Cut(strings.ReplaceAll(text[l.Start:], "\n", " "), a.w)
			}
			if out = append(out, style.Render(line)); len(out) == mostFoot {
				break
			}
		}
		return out
	}
	var parts []string
	for _, act := range actions {
		if act.on&a.top().place() != 0 && act.foot && act.applies(a.top().register()) {
			parts = append(parts, keyName(act.keys[0], a.s.lang)+" "+act.words.In(a.s.lang))
		}
	}
	return []string{faint.Render(m.Cut(strings.Join(parts, "  "), a.w))}
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
