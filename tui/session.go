package tui

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/cell"
)

// session is what the screens of one login share: the ledger, who is at the
// keyboard, the language and the measure of the terminal.
type session struct {
	ledger      *db.Ledger    // nil until one is opened or created
	schema      *model.Schema // without a ledger; see declared
	actor       model.Actor
	community   string
	name        string // of the person, for the title line
	lang        model.Lang
	preferences model.Preferences
	metric      cell.Metric
	probed      cell.Metric // as the terminal or the command line has it
	fixed       bool        // the command line said so, whatever is preferred
	now         func() time.Time
	bring       string                   // the command that brings a file here from there; "": nobody knows
	fetch       func(path string) string // the command that brings a file to the person's computer, see export.Fetch; nil: nobody knows

	readOnly model.Words // why the ledger can only be read, as of a second ago; see App.watch

	moves   []func(*App) tea.Cmd // screens to open and close, in order
	pressed []tea.KeyPressMsg    // keys to press on the screen that is then on top
	works   []*work              // long work under way
	lately  db.Lately            // what the person did last, as of the last look

	*shared
}

// shared is what commands fill, too, so it is locked.
type shared struct {
	mu      sync.Mutex
	written string            // path of the file written last; see wroteFile
	window  *db.Window        // in which drafts stand open; see here
	pickers map[string]*names // by register
}

// become puts a session that differs by change in the place of this one as soon as
// the update is over. Commands under way read language and measure of the one they
// began with, so these are never written in place.
func (s *session) become(change func(*session)) {
	s.moves = append(s.moves, func(a *App) tea.Cmd {
		next := *a.s
		change(&next)
		a.s = &next
		return nil
	})
}

// patience is how long an action waits for the ledger before it says "busy".
const patience = 5 * time.Second

// ask runs f under the usual deadline.
func (s *session) ask(f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return f(ctx)
}

// revision is the ledger's revision, 0 when it cannot be told.
func (s *session) revision() uint64 {
	if s.ledger == nil {
		return 0
	}
	rev, err := s.ledger.Revision()
	if err != nil {
		return 0
	}
	return rev
}

// notWritable says why the ledger can only be read; none: it can be written to.
func (s *session) notWritable() model.Words {
	if s.ledger == nil {
		return model.Words{}
	}
	if r := s.ledger.ReadOnly(); r != nil {
		return r.Words
	}
	return model.Words{}
}

func (s *session) view(f func(*db.Snapshot) error) error {
	return s.ask(func(ctx context.Context) error { return s.ledger.View(ctx, f) })
}

func (s *session) write(req db.RequestID, ops ...db.Op) (res db.Result, err error) {
	err = s.ask(func(ctx context.Context) error {
		res, err = s.ledger.Write(ctx, s.actor, req, ops...)
		return err
	})
	var c *db.Conflict
	if errors.As(err, &c) { // people are named, not numbered
		_ = s.view(func(sn *db.Snapshot) error {
			c.By = s.context(sn).NameOf(model.Ref{ID: c.By})
			return nil
		})
	}
	return res, err
}

// here is the window of this login, by which a draft is known to be open.
func (s *session) here() *db.Window {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.window == nil && s.ledger != nil {
		s.window, _ = s.ledger.NewWindow() // without one, drafts only look closed
	}
	return s.window
}

// leave gives up the window: what is half written may be gone on with elsewhere.
func (s *session) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.window.Close()
	s.window = nil
}

// resume takes up a draft: that of the key, or the newest that fits and is not
// open in another window. found is nil when there is none.
func (s *session) resume(key string, fits func(db.Draft) bool) (found *db.Draft, err error) {
	if key != "" {
		return s.takeDraft(key)
	}
	list, err := s.drafts()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b db.Draft) int { return b.At.Compare(a.At) })
	for _, d := range list {
		if !fits(d) {
			continue
		}
		if found, err = s.takeDraft(d.Key); found != nil || err != nil && db.ExitCode(err) != db.ExitBusy {
			return found, err
		}
	}
	return nil, nil
}

func (s *session) takeDraft(key string) (found *db.Draft, err error) {
	w := s.here()
	err = s.ask(func(ctx context.Context) error {
		d, ok, err := s.ledger.TakeDraft(ctx, s.actor, key, w)
		if ok && err == nil {
			found = &d
		}
		return err
	})
	if err == nil || db.ExitCode(err) == db.ExitBusy {
		return found, err
	}
	list, err := s.drafts() // where nothing can be written it is shown all the same
	if i := slices.IndexFunc(list, func(d db.Draft) bool { return d.Key == key }); i >= 0 {
		found = &list[i]
	}
	return found, err
}

func (s *session) drafts() (list []db.Draft, err error) {
	err = s.ask(func(ctx context.Context) error {
		list, err = s.ledger.Drafts(ctx, s.actor)
		return err
	})
	return list, err
}

// newRequest marks a form from the moment it opens. Without randomness there
// is no id, and a retry is only not recognised.
func (s *session) newRequest() db.RequestID {
	id, _ := s.ledger.NewRequest()
	return id
}

func (s *session) record(id string) (r *model.Record, err error) {
	err = s.view(func(sn *db.Snapshot) error {
		r, err = sn.Get(id)
		return err
	})
	return r, err
}

// saveDraft stores a draft; open says that its form stays open in this window.
func (s *session) saveDraft(d db.Draft, open bool) error {
	d.In, d.Closed = s.here(), !open
	return s.ask(func(ctx context.Context) error { return s.ledger.SaveDraft(ctx, s.actor, d) })
}

func (s *session) dropDraft(key string) error {
	return s.ask(func(ctx context.Context) error { return s.ledger.DropDraft(ctx, s.actor, key) })
}

// context is the setting in which the rules of the model run on the screen.
func (s *session) context(book model.Book) *model.Context {
	return &model.Context{Schema: s.declared(), Book: book, Now: s.now(), Actor: s.actor}
}

// clean guards the terminal against what a file may hold.
func clean(text string) string {
	out, _ := model.Clean(text)
	return out
}

// keys asks for all rows of a list, and the journal's head before them.
func (s *session) keys(ctx context.Context, q db.Query) (seq uint64, keys []db.Key, err error) {
	q.States = []model.State{model.Final, model.Draft, model.Void}
	if seq, _, err = s.ledger.Head(ctx); err != nil {
		return 0, nil, err
	}
	keys, err = s.ledger.Keys(ctx, q, nil)
	return seq, keys, err
}

// scanPatience bounds a look through a whole register.
const scanPatience = 60 * time.Second
