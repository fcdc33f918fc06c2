package tui

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/cell"
	input "taizhang/tui/term"
	"taizhang/tui/words"
)

// Opened is a ledger with the person who opened it.
type Opened struct {
	Ledger *db.Ledger
	Actor  model.Actor
	Name   string // of the person

	Preferences model.Preferences // of the person
}

// Options of one run of the screens.
type Options struct {
	Opened *Opened  // nil: the first run
	Start  *Starter // used when Opened is nil
	Lang   model.Lang
	Wide   int // cells of an ambiguous character; 0 asks the terminal
	Now    func() time.Time
	// Fetch gives the command that brings a file to the person's own computer;
	// nil: there is none.
	Fetch func(path string) string
	Bring string // the command that takes a file from there to here; "": there is none
	// FullRedraw sends everything that the renderer writes, for a terminal that
	// the sparing output does not suit.
	FullRedraw bool
}

func newSession(o *Opened, l model.Lang, m cell.Metric) *session {
	return &session{ledger: o.Ledger, actor: o.Actor, name: o.Name, preferences: o.Preferences,
		community: o.Ledger.Info().Community, lang: l, metric: m, probed: m, now: o.Ledger.Now, shared: &shared{}}
}

// New builds the program's model.
func New(o Options, m cell.Metric) *App {
	if o.Opened != nil {
		s := newSession(o.Opened, o.Lang, m)
		s.fixed, s.fetch, s.bring = o.Wide != 0, o.Fetch, o.Bring
		s.measure()
		return newApp(s, s.opening()...)
	}
	s := &session{schema: model.NewSchema(), lang: o.Lang, metric: m, now: o.Now, shared: &shared{}}
	return newApp(s, newFirst(s, o.Start))
}

// ErrNoTerminal says that the screens need a real terminal.
var ErrNoTerminal = &model.Problem{Words: words.NoTerminal}

// Run shows the screens on a terminal until the person leaves or the line is
// gone; then what was being typed is kept as a draft.
func Run(ctx context.Context, o Options, in, out *os.File) error {
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) || os.Getenv("TERM") == "dumb" {
		return ErrNoTerminal
	}
	w, h, err := term.GetSize(out.Fd())
	if err != nil {
		return err
	}
	// Before the program is made: it allocates the whole window first.
	if w, h, err = input.CheckSize(w, h); err != nil {
		return &model.Problem{Words: model.Sayf(words.Absurd.ZH, words.Absurd.EN, input.MaxCols, input.MaxRows)}
	}
	wide := o.Wide
	if wide == 0 {
		wide = input.ProbeAmbiguous(in, out, 300*time.Millisecond)
	}
	reader := input.NewReader(in)
	defer reader.Close()
	var screen io.Writer = out
	filter := input.ClampFilter
	if !o.FullRedraw && (o.Opened == nil || !o.Opened.Preferences.Redraw) {
		sparing := input.NewWriter(out, w, h, false)
		screen, filter = sparing, sparing.Filter
	}
	p := tea.NewProgram(New(o, cell.Metric{Ambiguous: wide}), tea.WithContext(ctx), tea.WithInput(reader), tea.WithOutput(screen),
		tea.WithWindowSize(w, h), tea.WithEnvironment(input.Environ(os.Environ())),
		tea.WithFPS(30), tea.WithFilter(filter), tea.WithoutSignalHandler())
	reader.Refused = func(int) { p.Send(toastMsg{text: words.PasteTooBig, bad: true}) }
	reader.Ended = func(error) { p.Send(hangupMsg{}) }
	// Bubble Tea knows nothing of SIGHUP and would die at it without a draft.
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGHUP, syscall.SIGTERM, os.Interrupt)
	defer signal.Stop(stop)
	go func() {
		if _, ok := <-stop; ok {
			p.Send(hangupMsg{})
		}
	}()
	last, err := p.Run()
	if a, ok := last.(*App); ok && err == nil && a.dismissed != nil {
		return a.dismissed
	}
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil
	}
	return err
}
