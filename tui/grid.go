package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// grid 走访表 is occasion × people: who is to be visited, with a tick for each
// who was. The same screen enters the visits, shows who is missing, and is the
// list to sign by. What is ticked is saved in one transaction.
type grid struct {
	occasion model.Occasion
	cov      *model.Coverage
	rows     []*model.CoverageRow // of the filter, in the order of the walk
	texts    map[string]gridText  // by person: what the row shows, read once
	opts     *options             // names of staff and the like
	table    part.Table
	seq      uint64 // head of the journal before it was read
	turn     int
	today    model.Date // when it was read

	show   gridShow
	filter part.Input
	prompt part.Input // a typed occasion
	mode   listMode
	bad    model.Words

	ticked  map[string]bool
	common  model.Values            // what all ticked ones get
	own     map[string]model.Values // by person: what this one gets instead; nil in it: nothing
	filling *gridTask               // of the form on top
	request db.RequestID
	slot    string // key of its draft; "" until it is open
	saving  bool
	leaving bool
	pick    *pick    // open over the rows: what to write, and for whom
	path    string   // of the file written last
	report  []string // what the privacy check found in it
	purses  []purse
	doubts  []model.Words // what is over a budget, asked about before saving
	unsaved bool          // changed since the last draft; a timer runs
	drafted bool          // there may be a draft of it
	ink     *ink
}

// views are the screens that registers declare, by model.View.Key.
var views = map[string]func(*session) screen{
	"grid":  func(s *session) screen { return newGrid(s) },
	"board": func(s *session) screen { return newBoard(s) },
	"strip": func(s *session) screen { return newStrip(s) },
}

// focuser is such a screen that can begin at what a line of today is about.
type focuser interface{ focus(export.Todo) }

// gridShow narrows the rows.
type gridShow uint8

const (
	showAll gridShow = iota
	showMissing
	showReached
	showTicked
	showUnseen // not visited for SpecialCareDays by anybody, whatever for
)

// gridText is a person as text.
type gridText struct {
	name, address, cats, search string
	pinyin                      [2]part.Matcher // name and address
}

// fits reports whether the filter's text, in lower case, finds the person.
func (t *gridText) fits(text string) bool {
	if strings.Contains(t.search, text) {
		return true
	}
	for _, m := range t.pinyin {
		if _, ok := m.Match(text); ok {
			return true
		}
	}
	return false
}

func newGrid(s *session) *grid {
	g := &grid{filter: part.Input{Metric: s.metric}, prompt: part.Input{Metric: s.metric}, ink: &ink{}}
	g.filter.Clean, g.prompt.Clean = model.Clean, model.Clean
	g.filter.Limit, g.prompt.Limit = 40, 40
	g.empty()
	return g
}

// gridOf opens the grid of one occasion, as a draft does.
func gridOf(s *session, o model.Occasion) *grid {
	g := newGrid(s)
	g.occasion = o
	return g
}

func (g *grid) empty() {
	g.ticked, g.common, g.own = map[string]bool{}, model.Values{}, map[string]model.Values{}
}

type (
	gridMsg struct {
		grid     *grid
		turn     int
		occasion model.Occasion
		cov      *model.Coverage
		texts    map[string]gridText
		opts     *options
		purses   []purse
		seq      uint64
		common   model.Values // what the plan proposes; nil when it was read before
		draft    *db.Draft
		values   gridValues // of the draft
		err      error
	}
	gridSavedMsg struct {
		grid    *grid
		people  []string // in the order of the records
		records []db.Saved
		err     error
	}
	gridStaleMsg struct{ grid *grid }
)

func (g *grid) place() place {
	if g.pick != nil {
		return onChoice
	}
	return onGrid
}

func (g *grid) register() *model.Register { return model.Visit }
func (g *grid) typing() bool              { return g.mode != browsing || g.pick != nil }
func (g *grid) waiting() bool             { return g.cov == nil || g.saving }
func (g *grid) title(s *session) string   { return model.Visit.Views[0].Words.In(s.lang) }
func (g *grid) init(s *session) tea.Cmd   { return g.load(s, true) }
func (g *grid) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case gridStaleMsg:
		if msg.grid == g {
			return g.load(s, false)
		}
	case gridMsg:
		if msg.grid != g || msg.turn != g.turn {
			return nil
		}
		if msg.err != nil {
			if g.cov == nil {
				s.pop()
			}
			return complain(msg.err)
		}
		return g.arrive(s, msg)
	case gridSavedMsg:
		if msg.grid == g {
			return g.saved(s, msg)
		}
	case gridPauseMsg:
		if msg.grid == g && g.unsaved && !g.saving {
			return g.keep(s)
		}
	case gridWrittenMsg:
		if msg.grid == g {
			return g.written(s, msg)
		}
	case tea.PasteMsg:
		if g.pick != nil {
			g.pick.update(msg)
			return nil
		}
		switch g.mode {
		case filtering:
			g.filter.Update(msg)
			g.narrow()
		case choosingPeriod:
			g.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		switch {
		case g.waiting():
			if a := find(onGrid, msg.String()); a != nil && a.id == actBack && !g.saving {
				return s.pop()
			}
			return nil
		case g.pick != nil:
			return g.pick.press(msg, func() { g.pick = nil })
		case g.report != nil: // any key puts it away
			g.report = nil
			return nil
		case g.doubts != nil:
			return g.pressDoubts(s, msg)
		case g.leaving:
			return g.answer(s, msg)
		case g.mode == filtering:
			return g.pressFilter(msg)
		case g.mode == choosingPeriod:
			return g.pressOccasion(s, msg)
		}
		return g.press(s, msg)
	}
	return nil
}

// arrive takes what was read; cursor and ticks stay with their people.
func (g *grid) arrive(s *session, msg gridMsg) tea.Cmd {
	at := ""
	if g.cov != nil && g.table.Cursor < len(g.rows) {
		at = g.rows[g.table.Cursor].Person.ID
	}
	g.today = model.DateOf(s.now())
	g.occasion, g.cov, g.texts, g.opts, g.seq, g.purses = msg.occasion, msg.cov, msg.texts, msg.opts, msg.seq, msg.purses
	var cmd tea.Cmd
	if msg.common != nil {
		g.empty()
		g.common, g.request = msg.common, s.newRequest()
		if msg.draft != nil {
			g.resume(*msg.draft, msg.values)
			cmd = say(words.DraftResumed)
		}
		g.newSlot()
	}
	for _, row := range g.cov.Rows { // somebody else was faster
		if g.reached(row) {
			delete(g.ticked, row.Person.ID)
		}
	}
	g.narrow()
	if i := slices.IndexFunc(g.rows, func(r *model.CoverageRow) bool { return r.Person.ID == at }); i >= 0 {
		g.table.Go(i)
	}
	return cmd
}

// narrow applies the filter; some thousand people at most, whose texts are at hand.
func (g *grid) narrow() {
	g.rows = g.rows[:0:0]
	text := strings.ToLower(strings.TrimSpace(g.filter.Value()))
	for _, row := range slices.Concat(g.cov.Rows, g.cov.Extra) {
		reached := g.reached(row)
		if g.show == showMissing && reached || g.show == showReached && !reached || g.show == showTicked && !g.ticked[row.Person.ID] ||
			g.show == showUnseen && !g.unseen(row) {
			continue
		}
		if t := g.texts[row.Person.ID]; text != "" && !t.fits(text) {
			continue
		}
		g.rows = append(g.rows, row)
	}
	g.table.SetRows(len(g.rows))
}

// nobody says why no row is shown.
func (g *grid) nobody() model.Words {
	switch {
	case strings.TrimSpace(g.filter.Value()) != "":
		return model.Sayf(words.GridNoMatch.ZH, words.GridNoMatch.EN, strings.TrimSpace(g.filter.Value()))
	case len(g.cov.Rows)+len(g.cov.Extra) > 0:
		return words.GridNoneSuch
	}
	return words.GridEmpty
}

// current is the row of the cursor, nil where there is none.
func (g *grid) current() *model.CoverageRow {
	if g.table.Cursor >= len(g.rows) {
		return nil
	}
	return g.rows[g.table.Cursor]
}
