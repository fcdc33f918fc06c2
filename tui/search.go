package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
)

// search looks for text through all registers at once, as it is typed. What was
// found last stays on the screen until the next answer is there. Searching
// happens in commands; the next letter cancels one that is under way.
type search struct {
	input part.Input
	table part.Table // of hits
	hits  []db.Hit
	more  bool   // there are further ones in the ledger
	found string // the text that hits answer to
	seq   uint64 // head of the journal before they were looked for

	turn    int // counts queries, so that a late answer is dropped
	given   int // the turn that was answered last
	asking  context.Context
	cancel  context.CancelFunc // ends what was asked in this turn
	paging  bool               // the next page is on its way
	stale   bool               // others saved while a query was under way
	opening bool               // Enter waits for the answer, to open its first hit
}

// searchPage is how many hits are asked for at once, and searchAhead how near
// to the last one the cursor comes before more are.
const (
	searchPage  = 50
	searchAhead = 20
)

// mostRefreshed bounds how many hits are looked for again when others saved;
// those behind come again by scrolling.
const mostRefreshed = 5000

// searchLimit is the longest text the screen takes, in characters; db takes no more.
const searchLimit = 200

type (
	// searchAskMsg says that nothing more was typed for a moment.
	searchAskMsg struct {
		search *search
		turn   int
	}
	// searchMsg brings hits: the first ones, or a page to put behind them.
	searchMsg struct {
		search *search
		turn   int
		text   string
		next   bool
		seq    uint64
		hits   []db.Hit
		more   bool
		err    error
	}
	// searchStaleMsg says that others saved records.
	searchStaleMsg struct{ search *search }
)

// An answer may come when the record of a hit lies above the search.
func (m searchAskMsg) to() screen   { return m.search }
func (m searchMsg) to() screen      { return m.search }
func (m searchStaleMsg) to() screen { return m.search }

func newSearch(s *session) *search {
	f := &search{input: part.Input{Metric: s.metric}}
	f.input.Clean, f.input.Limit = model.Clean, searchLimit
	return f
}

func (f *search) init(*session) tea.Cmd     { return nil }
func (f *search) place() place              { return onSearch }
func (f *search) register() *model.Register { return nil }
func (f *search) typing() bool              { return true }

// waiting implements waiter: what is typed behind an Enter that came before the
// answer is for the record it opens.
func (f *search) waiting() bool { return f.opening }

func (f *search) text() string { return strings.TrimSpace(f.input.Value()) }

// refresh looks again if a record was written since.
func (f *search) refresh(s *session) tea.Cmd {
	if f.text() == "" {
		return nil
	}
	seq := f.seq
	var keys []string
	for _, reg := range s.declared().All() {
		keys = append(keys, reg.Key)
	}
	return func() tea.Msg {
		changed := true
		err := s.view(func(sn *db.Snapshot) (err error) {
			changed, err = changedSince(sn, seq, keys...)
			return err
		})
		if err != nil || !changed {
			return nil // a failure is shown by whatever the person does next
		}
		return searchStaleMsg{f}
	}
}

// typed starts anew after a change of the text: the query under way is
// cancelled, the next one waits for a pause.
func (f *search) typed() tea.Cmd {
	f.begin()
	if f.text() == "" {
		f.hits, f.more, f.found, f.given = nil, false, "", f.turn
		f.table = part.Table{}
		return nil
	}
	turn := f.turn
	return tea.Tick(filterPause, func(time.Time) tea.Msg { return searchAskMsg{f, turn} })
}

// begin opens a turn and ends the one before.
func (f *search) begin() {
	f.turn++
	f.leave()
	f.asking, f.cancel = context.WithCancel(context.Background())
	f.paging, f.stale, f.opening = false, false, false
}

// leave cancels what is under way.
func (f *search) leave() {
	if f.cancel != nil {
		f.cancel()
	}
}

// ask looks for the first hits, as many as were there before if others saved.
func (f *search) ask(s *session, limit int) tea.Cmd {
	return f.look(s, db.SearchQuery{Limit: limit})
}

// page looks for the hits behind the last one, when the cursor comes near it.
func (f *search) page(s *session) tea.Cmd {
	if !f.more || f.paging || f.given != f.turn || f.table.Cursor < len(f.hits)-searchAhead {
		return nil
	}
	f.paging = true
	last := f.hits[len(f.hits)-1]
	return f.look(s, db.SearchQuery{Limit: searchPage, After: &last})
}

func (f *search) look(s *session, q db.SearchQuery) tea.Cmd {
	q.Text = f.text()
	msg := searchMsg{search: f, turn: f.turn, text: q.Text, next: q.After != nil}
	asking := f.asking
	return func() tea.Msg {
		msg.seq, msg.hits, msg.more, msg.err = s.search(asking, q)
		return msg
	}
}

func (f *search) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case searchAskMsg:
		if msg.turn == f.turn && f.given != f.turn {
			return f.ask(s, searchPage)
		}
	case searchStaleMsg:
		if f.text() == "" {
			return nil
		}
		if f.given != f.turn || f.paging {
			f.stale = true
			return nil
		}
		return f.again(s)
	case searchMsg:
		if msg.turn == f.turn {
			return f.answer(s, msg)
		}
	case tea.PasteMsg:
		if f.input.Update(msg) {
			return f.typed()
		}
	case tea.KeyPressMsg:
		return f.press(s, msg)
	}
	return nil
}

// again asks once more for what is shown.
func (f *search) again(s *session) tea.Cmd {
	f.begin()
	return f.ask(s, max(searchPage, min(len(f.hits), mostRefreshed)))
}

// answer takes hits. Looked for again, the cursor stays on its record.
func (f *search) answer(s *session, msg searchMsg) tea.Cmd {
	f.given, f.paging = msg.turn, false
	opening := f.opening
	f.opening = false
	if msg.err != nil {
		if errors.Is(msg.err, context.Canceled) {
			return nil
		}
		return complain(msg.err)
	}
	if msg.next {
		f.add(msg.hits)
	} else {
		same := msg.text == f.found
		at := f.current()
		f.hits, f.found, f.seq = msg.hits, msg.text, msg.seq
		if !same {
			f.table = part.Table{}
		}
		f.table.SetRows(len(f.hits))
		if same && at != nil {
			if i := slices.IndexFunc(f.hits, func(h db.Hit) bool { return h.ID == at.ID }); i >= 0 {
				f.table.Go(i)
			}
		}
	}
	f.more = msg.more
	switch {
	case opening && len(f.hits) > 0:
		return f.open(s)
	case f.stale:
		return f.again(s)
	}
	return f.page(s)
}

// add puts a page behind the hits. A record that others gave an older date
// meanwhile stands there already.
func (f *search) add(page []db.Hit) {
	there := make(map[string]bool, len(f.hits))
	for _, h := range f.hits {
		there[h.ID] = true
	}
	for _, h := range page {
		if !there[h.ID] {
			f.hits = append(f.hits, h)
		}
	}
	f.table.SetRows(len(f.hits))
}

// current is the hit with the cursor.
func (f *search) current() *db.Hit {
	if f.table.Cursor < len(f.hits) {
		return &f.hits[f.table.Cursor]
	}
	return nil
}

func (f *search) open(s *session) tea.Cmd {
	h := f.current()
	if h == nil {
		return nil
	}
	return s.push(newDetail(s.latest(h.Register), h.ID))
}

func (f *search) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	if a := find(onSearch, name); a != nil {
		switch a.id {
		case actBack:
			f.leave()
			f.turn++ // whatever still comes is too late
			return s.pop()
		case actOpen:
			if f.given == f.turn || f.text() == f.found { // the same is being looked for again
				return f.open(s)
			}
			f.begin() // no more waiting for further letters
			f.opening = true
			return f.ask(s, searchPage)
		case actMove:
			f.table.Move(name)
			return f.page(s)
		}
	}
	if f.input.Update(key) {
		return f.typed()
	}
	return nil
}

// search asks the ledger, and for the journal's head before.
func (s *session) search(asking context.Context, q db.SearchQuery) (seq uint64, hits []db.Hit, more bool, err error) {
	ctx, cancel := context.WithTimeout(asking, scanPatience)
	defer cancel()
	q.States = []model.State{model.Final, model.Draft, model.Void} // as the lists
	if seq, _, err = s.ledger.Head(ctx); err != nil {
		return 0, nil, false, err
	}
	hits, more, err = s.ledger.Search(ctx, s.actor, q)
	return seq, hits, more, err
}
