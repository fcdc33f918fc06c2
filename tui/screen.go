package tui

import (
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// screen is one thing a person looks at. The app keeps them on a stack; only
// the top one gets keys. A screen keeps no sizes: view is told them.
type screen interface {
	// init starts what the screen needs to read.
	init(s *session) tea.Cmd
	// update handles a message that is for this screen.
	update(s *session, msg tea.Msg) tea.Cmd
	// view draws the body in at most h lines of w cells.
	view(s *session, w, h int) frame
	// title names the screen in the title line.
	title(s *session) string
	// place selects the screen's actions.
	place() place
	// register is what the policy is asked about, nil when none.
	register() *model.Register
	// refresh reads again after another login changed the ledger.
	refresh(s *session) tea.Cmd
	// typing reports whether a text field has the cursor, so that letters are text.
	typing() bool
}

// frame is what a screen draws: lines, and the cell of the insertion point when
// a text field has the cursor. Terminals open the input method's window there.
type frame struct {
	lines  []string
	cursor *tea.Position
}

// Messages by which screens talk to the app.
type (
	toastMsg struct {
		text  model.Words
		bad   bool
		order int64 // of what an update said; 0 for the answer of a command
	}
	clearToastMsg struct{ id int }
	revisionMsg   struct {
		rev      uint64
		readOnly model.Words // why the ledger can only be read; none: it can be written to
	}
	readOnlyMsg  struct{ why model.Words }
	openedMsg    struct{ session *session }
	dismissedMsg struct{ err error } // the person was disabled meanwhile
	hangupMsg    struct{}            // the line is gone or the program is asked to end
)

// addressed is a message for one screen, wherever on the stack it is by then.
type addressed interface{ to() screen }

// keeper is a screen with something half written.
type keeper interface {
	// keep writes it into the ledger's drafts.
	keep(s *session) tea.Cmd
}

// push opens a screen on top as soon as the update is over. It is no command:
// keys that follow in the same packet must reach the new screen.
func (s *session) push(sc screen) tea.Cmd {
	s.moves = append(s.moves, func(a *App) tea.Cmd { return a.open(sc) })
	return nil
}

// pop closes the top screen as soon as the update is over.
func (s *session) pop() tea.Cmd {
	s.moves = append(s.moves, (*App).pop)
	return nil
}

// waiter is a screen that for a moment cannot take keys, because it waits for
// the ledger. What is typed meanwhile is kept for it, or for the screen that
// follows.
type waiter interface{ waiting() bool }

// overlay is a screen that lies over another for a moment. What the ledger
// answers meanwhile is held for the one beneath.
type overlay interface{ overlay() }

// say shows a message in the footer line for a while.
func say(text model.Words) tea.Cmd { return toast(toastMsg{text: text}) }

// complain shows an error there.
func complain(err error) tea.Cmd {
	return toast(toastMsg{text: model.AsWords(err), bad: true})
}

// said counts what was said. Commands run side by side, so that the second of two
// messages may arrive first.
var said atomic.Int64

func toast(msg toastMsg) tea.Cmd {
	msg.order = said.Add(1)
	return func() tea.Msg { return msg }
}
