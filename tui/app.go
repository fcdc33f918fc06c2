// Package tui is the screen program: one App with a stack of screens drawn by
// Bubble Tea. Drawing returns text and cursor; reading and writing the ledger
// happens in commands, never in an update.
package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"taizhang/db"
	"taizhang/model"
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

	toast      model.Words
	toastBad   bool
	toastID    int
	toastOrder int64 // of the last that an update said
	rev        uint64
	early      []tea.Msg // typed while the top screen was waiting

	held []tea.Msg // answers for the screen under an overlay

	lastKey time.Time // when somebody was last there
	locked  bool

	dismissed error // why the person was shown out
}

// mostEarly bounds what is kept of what is typed ahead.
const mostEarly = 4096

// newApp starts on screens that lie on each other.
func newApp(s *session, stack ...screen) *App {
	return &App{s: s, stack: stack, w: 80, h: 24}
}

// begin starts every screen of the stack.
func (a *App) begin() tea.Cmd {
	var cmds []tea.Cmd
	for _, sc := range a.stack {
		cmds = append(cmds, sc.init(a.s))
	}
	return tea.Batch(cmds...)
}

func (a *App) top() screen { return a.stack[len(a.stack)-1] }

// Init implements tea.Model. Synchronized output is switched on by hand because
// Bubble Tea does not ask for it over SSH; a terminal without it ignores it.
func (a *App) Init() tea.Cmd {
	s := a.s
	return tea.Batch(
		func() tea.Msg { return readOnlyMsg{s.notWritable()} },
		func() tea.Msg { return tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset} },
		a.begin(), a.watch())
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
	if a.s.preferences.Redraw && isKeys(msg) {
		cmds = append(cmds, tea.ClearScreen)
	}
	for {
		cmds = append(cmds, a.move())
		for _, key := range a.s.pressed {
			a.early = append(a.early, key)
		}
		a.s.pressed = nil
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
		cmds = append(cmds, next(a))
	}
	return tea.Batch(cmds...)
}

// open puts a screen on top.
func (a *App) open(sc screen) tea.Cmd {
	a.stack = append(a.stack, sc)
	a.toast = model.Words{} // it spoke of the screen below
	return sc.init(a.s)
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
	if _, ok := msg.(workDoneMsg); ok {
		if _, msg = a.s.workUpdate(msg); msg == nil {
			return nil
		}
	}
	if isKeys(msg) {
		if a.locked {
			return a.unlock()
		}
		a.touched()
	}
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
		if a.abandoned() {
			cmds = append(cmds, a.lock())
		}
		if msg.rev != a.rev {
			a.rev = msg.rev
			cmds = append(cmds, a.top().refresh(a.s), a.s.still())
		}
		return tea.Batch(cmds...)
	case dismissedMsg:
		a.dismissed = msg.err
		return a.end()
	case openedMsg:
		a.s, a.rev = msg.session, 0
		a.stack = a.s.opening()
		return a.begin()
	case hangupMsg:
		return a.end()
	case preferencesMsg:
		return a.s.preferred(msg)
	case addressed:
		return msg.to().update(a.s, msg)
	case latelyMsg:
		if msg.err == nil { // a failure is shown by whatever the person does next
			a.s.lately = msg.lately
		}
		if p, ok := a.top().(*palette); ok {
			p.build(a.s)
		}
	case renewMsg:
		return a.renew()
	case workMsg:
		cmd, _ := a.s.workUpdate(msg)
		return cmd
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
		if cmd, done := a.common(msg); done {
			return cmd
		}
	}
	if _, ok := a.top().(overlay); ok && !isKeys(msg) {
		a.held = append(a.held, msg)
		return nil
	}
	return a.top().update(a.s, msg)
}

// end keeps what is half written and leaves.
func (a *App) end() tea.Cmd {
	leave := func() tea.Msg { a.s.leave(); return nil }
	return tea.Sequence(append(a.keepAll(), leave, tea.Quit)...)
}

// still looks whether the person may still be here: someone else has changed the
// ledger, and it may have been her own record.
func (s *session) still() tea.Cmd {
	if s.ledger == nil {
		return nil
	}
	return func() tea.Msg {
		err := s.ask(func(ctx context.Context) error {
			_, err := s.ledger.Actor(ctx)
			return err
		})
		if db.ExitCode(err) == db.ExitDenied {
			return dismissedMsg{err}
		}
		return nil // a ledger that is busy is asked again with the next change
	}
}

// isKeys reports whether somebody typed this.
func isKeys(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return true
	}
	return false
}

// keepAll keeps what is half written: forms lie under help and under each other.
func (a *App) keepAll() (cmds []tea.Cmd) {
	for _, sc := range a.stack {
		if k, ok := sc.(keeper); ok {
			cmds = append(cmds, k.keep(a.s))
		}
	}
	return cmds
}

// common handles the keys that mean the same on every screen, and says why an
// action is off.
func (a *App) common(key tea.KeyPressMsg) (tea.Cmd, bool) {
	top := a.top()
	if top.typing() && key.Text != "" {
		return nil, false
	}
	act := find(top.place(), key.String())
	if act == nil {
		return nil, false
	}
	_, over := top.(overlay)
	if j := a.s.showing(); j != nil && act.id == actBack && !over {
		return j.stop(a.s), true
	}
	switch act.id {
	case actRedraw:
		return tea.ClearScreen, true
	case actHelp:
		look := a.s.look()
		return tea.Batch(a.s.push(newHelp(a.s, top)), look), true
	}
	if top.typing() && top.place()&typingPlaces == 0 { // a line at the foot has the keys
		return nil, false
	}
	if err := a.s.refusal(act, top); err != nil {
		return complain(err), true
	}
	switch act.id {
	case actSearch:
		return a.s.push(newSearch(a.s)), true
	case actPalette:
		look := a.s.look()
		return tea.Batch(a.s.push(newPalette(a.s, top)), look), true
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
	_, was := a.top().(overlay)
	a.stack = a.stack[:len(a.stack)-1]
	cmds := []tea.Cmd{a.top().refresh(a.s)}
	if _, is := a.top().(overlay); was && !is {
		held := a.held
		a.held = nil
		for _, msg := range held {
			cmds = append(cmds, a.handle(msg))
		}
	}
	return tea.Batch(cmds...)
}

// show puts a message into the footer, errors longer than news.
func (a *App) show(msg toastMsg) tea.Cmd {
	if msg.order != 0 && msg.order < a.toastOrder { // overtaken by a later one
		return nil
	}
	a.toastOrder = max(a.toastOrder, msg.order)
	a.toast, a.toastBad = msg.text, msg.bad
	a.toastID++
	id, wait := a.toastID, 3*time.Second
	if msg.bad { // there is more to read
		wait = 6*time.Second + time.Duration(len(msg.text.ZH))*20*time.Millisecond
	}
	return tea.Tick(wait, func(time.Time) tea.Msg { return clearToastMsg{id} })
}
