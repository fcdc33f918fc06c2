package tui

import (
	"context"
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
	pick    *pick  // open over the rows: what to write, and for whom
	path    string // of the file written last
	purses  []purse
	doubts  []model.Words // what is over a budget, asked about before saving
	unsaved bool          // changed since the last draft; a timer runs
	ink     *ink
}

// views are the screens that registers declare, by model.View.Key.
var views = map[string]func(*session) screen{
	"grid": func(s *session) screen { return newGrid(s) },
}

// gridShow narrows the rows.
type gridShow uint8

const (
	showAll gridShow = iota
	showMissing
	showReached
	showTicked
)

// gridText is a person as text.
type gridText struct {
	name, address, cats, search string
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

// refresh reads again when somebody entered a visit, a person or a plan.
func (g *grid) refresh(s *session) tea.Cmd {
	g.take()
	seq := g.seq
	return func() tea.Msg {
		changed := true
		err := s.view(func(sn *db.Snapshot) (err error) {
			changed, err = changedSince(sn, seq, model.Visit.Key, model.Person.Key, model.Household.Key, model.Round.Key, model.Budget.Key)
			return err
		})
		if err != nil || !changed {
			return nil
		}
		return gridStaleMsg{g}
	}
}

// load reads people and visits. At the first time it also looks for an occasion
// and for a draft of it.
func (g *grid) load(s *session, fresh bool) tea.Cmd {
	g.turn++
	msg := gridMsg{grid: g, turn: g.turn, occasion: g.occasion}
	slot := g.slot
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), scanPatience)
		defer cancel()
		if msg.seq, _, msg.err = s.ledger.Head(ctx); msg.err != nil {
			return msg
		}
		src, err := s.source(ctx)
		if err != nil {
			msg.err = err
			return msg
		}
		c := src.Context()
		if msg.occasion.IsZero() {
			if msg.occasion, msg.err = comingOccasion(src, c.Today()); msg.err != nil {
				return msg
			}
		}
		if msg.cov, msg.err = export.Coverage(src, gridQuery(msg.occasion, c.Today())); msg.err != nil {
			return msg
		}
		msg.texts = gridTexts(s, c, msg.cov)
		if msg.purses, msg.err = readPurses(src); msg.err != nil {
			return msg
		}
		if msg.opts, msg.err = s.loadOptions(model.Visit); msg.err != nil {
			return msg
		}
		if fresh {
			msg.common = commonOf(c, msg.cov)
			if msg.draft, msg.err = s.resume(slot, func(d db.Draft) bool {
				o, ok := gridOccasion(d.Key)
				return ok && o == msg.occasion.String()
			}); msg.draft != nil {
				msg.values = readGridDraft(c, *msg.draft)
			}
		}
		if msg.err == nil {
			msg.err = src.Err()
		}
		return msg
	}
}

// gridQuery says who is to be visited: for an occasion, or for none those in
// special care whom nobody has seen for a month.
func gridQuery(o model.Occasion, today model.Date) model.CoverageQuery {
	if o.Name == model.RoutineVisit {
		return model.NewCoverageQuery(model.Occasion{}, model.SpecialCareDays, today)
	}
	return model.NewCoverageQuery(o, 0, today)
}

// reached reports whether somebody needs no visit now.
func (g *grid) reached(row *model.CoverageRow) bool { return row.Reached(&g.cov.CoverageQuery) }

// comingOccasion is the one people are visited for now: of the plan that holds
// today or begins next, else the festival of these days, else that of the plan
// which ended last.
func comingOccasion(src *export.Ledger, today model.Date) (model.Occasion, error) {
	var next, last *model.Record
	err := src.Scan(model.Round.Key, model.Period{}, func(r *model.Record) error {
		switch {
		case model.RoundTo.Of(r).Last().Before(today):
			if last == nil || model.RoundTo.Of(r).After(model.RoundTo.Of(last)) {
				last = r
			}
		case next == nil || model.RoundFrom.Of(r).Before(model.RoundFrom.Of(next)):
			next = r
		}
		return nil
	})
	switch o, ok := model.OccasionAt(today); {
	case err != nil:
		return o, err
	case next != nil:
		return model.RoundOccasion.Of(next), nil
	case ok:
		return o, nil
	case last != nil:
		return model.RoundOccasion.Of(last), nil
	default:
		return model.ParseOccasion(model.FestivalNames()[2], today)
	}
}

// gridTexts reads what the rows show, as the person at the screen may see it.
func gridTexts(s *session, c *model.Context, cov *model.Coverage) map[string]gridText {
	out := map[string]gridText{}
	mask := func(h interface{ Key() string }, r *model.Record, v any) string {
		return clean(c.MaskText(r.Register.Field(h.Key()), v, model.Inside, s.lang, c.Today()))
	}
	for _, row := range slices.Concat(cov.Rows, cov.Extra) {
		p := row.Person
		t := gridText{name: mask(model.PersonName, p, model.PersonName.Of(p)), address: mask(model.PersonHousehold, p, model.PersonHousehold.Of(p))}
		var cats []string
		for _, cat := range row.Cats {
			cats = append(cats, c.Schema.Vocab("CAT").Text(cat, s.lang))
		}
		t.cats = strings.Join(cats, model.W("、", ", ").In(s.lang))
		t.search = t.name + " " + t.address + " " + t.cats + " " + p.ID
		out[p.ID] = t
	}
	return out
}

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
		if msg.grid == g && g.unsaved {
			return g.keep(s)
		}
	case gridWrittenMsg:
		if msg.grid == g {
			return g.written(msg)
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
		if g.show == showMissing && reached || g.show == showReached && !reached || g.show == showTicked && !g.ticked[row.Person.ID] {
			continue
		}
		if text != "" && !strings.Contains(strings.ToLower(g.texts[row.Person.ID].search), text) {
			if _, ok := pinyin(g.texts[row.Person.ID].name).Match(text); !ok {
				continue
			}
		}
		g.rows = append(g.rows, row)
	}
	g.table.SetRows(len(g.rows))
}

// current is the row of the cursor, nil where there is none.
func (g *grid) current() *model.CoverageRow {
	if g.table.Cursor >= len(g.rows) {
		return nil
	}
	return g.rows[g.table.Cursor]
}

func (g *grid) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	g.path = ""
	if g.table.Move(name) {
		return nil
	}
	a := find(onGrid, name)
	if a == nil {
		return nil
	}
	row := g.current()
	switch a.id {
	case actBack:
		return g.leave(s)
	case actTick:
		if row == nil {
			return nil
		}
		if g.reached(row) {
			return say(words.GridReached)
		}
		g.tick(row.Person.ID, !g.ticked[row.Person.ID])
		g.table.Move("down")
		return g.changed()
	case actTickAll:
		return g.tickAll()
	case actOpen:
		switch {
		case row == nil:
			return nil
		case g.reached(row):
			return s.push(newDetail(model.Visit, row.Visits[len(row.Visits)-1].ID))
		}
		return s.push(g.openForm(s, row.Person.ID))
	case actEdit:
		return s.push(g.openForm(s, ""))
	case actFilter:
		g.mode = filtering
	case actSpan:
		g.show = (g.show + 1) % (showTicked + 1)
		g.narrow()
	case actPeriod:
		g.mode, g.bad = choosingPeriod, model.Words{}
		g.prompt.SetValue("")
	case actSave:
		return g.save(s)
	case actWrite:
		g.pick = g.pickSheet(s)
	}
	return nil
}

func (g *grid) tick(person string, on bool) {
	if on {
		g.ticked[person] = true
		return
	}
	delete(g.ticked, person)
}

// tickAll ticks everybody shown who is missing, or releases them all.
func (g *grid) tickAll() tea.Cmd {
	var open []string
	for _, row := range g.rows {
		if !g.reached(row) {
			open = append(open, row.Person.ID)
		}
	}
	all := !slices.ContainsFunc(open, func(id string) bool { return !g.ticked[id] })
	for _, id := range open {
		g.tick(id, !all)
	}
	return g.changed()
}

func (g *grid) pressFilter(key tea.KeyPressMsg) tea.Cmd {
	switch name := key.String(); name {
	case "enter":
		g.mode = browsing
	case "esc", "ctrl+c":
		g.mode = browsing
		g.filter.SetValue("")
		g.narrow()
	case "up", "down", "pgup", "pgdown":
		g.table.Move(name)
	default:
		if g.filter.Update(key) {
			g.narrow()
		}
	}
	return nil
}

func (g *grid) pressOccasion(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		g.mode = browsing
		return nil
	case "enter":
		f := model.Visit.Field(model.VisitOccasion.Key())
		v, err := s.context(nil).Parse(f, g.prompt.Value())
		o, ok := v.(model.Occasion)
		switch {
		case err != nil:
			g.bad = model.AsWords(err)
			return nil
		case !ok:
			g.mode = browsing
			return nil
		}
		keep := g.keepDraft(s, false) // what was ticked for the other occasion waits as its draft
		g.mode, g.occasion, g.cov, g.slot = browsing, o, nil, ""
		return tea.Sequence(keep, g.load(s, true))
	}
	g.bad = model.Words{}
	g.prompt.Update(key)
	return nil
}
